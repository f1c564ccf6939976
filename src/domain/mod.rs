//! Pure rules: no database, no web, no file, no clock. Time and chance are arguments.

pub mod access;
pub mod application;
pub mod arrears;
pub mod calendar;
pub mod collection;
pub mod eligibility;
pub mod fund;
pub mod identity;
pub mod ledger;
pub mod loan;
pub mod matching;
pub mod money;
pub mod municipality;
pub mod payment_run;
pub mod product;
pub mod rules;
pub mod schedule;
pub mod text;
pub mod veka;
