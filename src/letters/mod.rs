//! Typed letters and mails: one struct per document, its text in `templates/letters` (Typst) and
//! `templates/mails` (askama), in Dutch and English.
//!
//! Nothing here knows a clock, a file or a network: the day is an argument, the same input gives the same
//! bytes, and names reach the page as data, never as source.

mod collection_notice;
pub mod epc;
mod first_reminder;
mod mail;
pub mod pdf;
mod people;
mod words;

pub use collection_notice::{CollectionNotice, Occasion};
pub use first_reminder::{CostsAfterTerm, DueInstalment, FirstReminder, LetterError};
pub use mail::Mail;
pub use people::{Creditor, Helper, Letterhead, PaymentAccount, Place};
pub use words::Language;
