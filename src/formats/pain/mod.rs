//! Payment files that leave for the bank: ISO 20022 **pain.001.001.09** (credit transfers) and **pain.008.001.08**
//! (direct debits), in the subset that the implementation guidelines of the European Payments Council (EPC132-08,
//! EPC130-08, EPC131-08) and Febelfin's standards allow.
//!
//! ```text
//! transfers(head, lines)             -> Built { file, blocked }       pain.001
//! collections(head, creditor, lines) -> Built { file, blocked }       pain.008
//! check(bytes)                       -> fine, or every field that is wrong
//! ```
//!
//! * A line that cannot be paid as it is (a wrong account, a name of which nothing is left, an amount out of bounds, a
//!   missing mandate) is **blocked** with every reason; it is never shortened, cut or sent with less. The other
//!   lines leave.
//! * Lines are gathered into one `PmtInf` per date, account, scheme and sequence type, in that order, and keep their
//!   own order inside it. The same input gives the same bytes.
//! * Before bytes are handed out they are read back by [`check`], which knows the elements, their order, lengths and
//!   signs from the guidelines and not from the writer, adds the sums and counts up again and looks for identifiers
//!   that come twice. The tests hold the same files against the XSDs of ISO 20022.
//! * Addresses are left out: an unstructured one is refused since 15 November 2026, and no rule asks for one between
//!   accounts of the European Economic Area.
//!
//! Why not the crate `sepa`, which writes both messages: it has its own types for accounts, amounts in cents and
//! parties beside ours, refuses a whole file where one line must be blocked, and does not name the initiating party
//! by its enterprise number. The elements are a page of functions over quick-xml's writer; what is hard is which line may
//! leave, and that is ours either way.

mod charset;
mod check;
mod collections;
mod elements;
mod grammar;
mod line;
mod mandate;
mod transfers;
mod tree;

use chrono::{NaiveDate, NaiveDateTime};

pub use charset::{Transliterated, is_allowed, transliterate};
pub use check::check;
pub use collections::{Collection, Scheme, Sequence, collections};
pub use mandate::{Amendment, Mandate, OriginalAccount, OriginalCreditor};
pub use transfers::{Transfer, transfers};

use crate::domain::identity::{EnterpriseNumber, Iban, Ogm};
use crate::domain::money::Money;
use crate::domain::text::FieldProblem;

/// The most signs of a message identifier here: four less than the 35 of the standard and its hyphen, so that the
/// number of a batch fits behind it.
pub const MESSAGE_ID_SIGNS: usize = 30;
/// The most signs of any other identifier.
pub const ID_SIGNS: usize = 35;
/// The most signs of a name.
pub const NAME_SIGNS: usize = 70;
/// The most signs of a free communication.
pub const REMITTANCE_SIGNS: usize = 140;

/// What a message says of itself and of who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Unique for ever, at most [`MESSAGE_ID_SIGNS`] signs. The batches are called after it: `…-1`, `…-2`.
    pub message_id: String,
    /// When it was made, on the clock of the house; seconds.
    pub created_at: NaiveDateTime,
    /// Who sends it, and whose accounts they are.
    pub name: String,
    /// The enterprise number of the sender.
    pub enterprise_number: EnterpriseNumber,
}

/// What the other side reads: one of the two, never both (EPC rule).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remittance {
    /// A structured communication: `Strd`, type `SCOR`, issuer `BBA`.
    Structured(Ogm),
    /// Words: `Ustrd`.
    Free(String),
}

/// What came of a list of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The file; none when every line is blocked.
    pub file: Option<PainFile>,
    /// The lines that stay behind, in the order in which they were given.
    pub blocked: Vec<Blocked>,
}

/// A file that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PainFile {
    /// The XML, UTF-8.
    pub bytes: Vec<u8>,
    /// Its payment blocks, in order.
    pub batches: Vec<Batch>,
}

impl PainFile {
    /// How many lines are in the file.
    pub fn count(&self) -> usize {
        self.batches.iter().map(|batch| batch.lines.len()).sum()
    }

    /// What they come to, in euro.
    pub fn sum(&self) -> Money {
        self.batches.iter().map(|batch| batch.sum).sum()
    }
}

/// One `PmtInf`: what the bank books as one movement where the account is set to batch booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// `PmtInfId`: the message identifier, a hyphen, and its number from 1.
    pub batch_id: String,
    /// The account of ours.
    pub account: Iban,
    /// The day on which the bank executes or collects.
    pub on: NaiveDate,
    /// Its lines: places in the list that was given, from 0.
    pub lines: Vec<usize>,
    /// Their sum, in euro.
    pub sum: Money,
}

/// A line that does not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Its place in the list that was given, from 0.
    pub position: usize,
    /// Its end-to-end identifier, as it was given.
    pub end_to_end_id: String,
    /// Everything that is wrong with it.
    pub problems: Vec<FieldProblem>,
}
