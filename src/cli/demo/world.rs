//! The world of the demo: the house, its people, the families, the bank, and the clock that is moved.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use uuid::Uuid;

use super::bank::OtherSide;
use super::debits::Debits;
use super::diary::Diary;
use super::dice::Dice;
use super::family::Family;
use super::funds::DemoFund;
use super::nights::Nights;
use super::numbers::{self, Holder};
use super::payments::Payments;
use super::scale::Scale;
use super::staff::Staff;
use super::tally::Tally;
use crate::cli::Failure;
use crate::clock::ClockHand;
use crate::domain::identity::Ogm;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::services::bank::SuspenseLine;
use crate::services::{Actor, House};

/// Everything the story happens to.
#[derive(Debug)]
pub(super) struct World {
    pub(super) house: House,
    pub(super) hand: ClockHand,
    pub(super) nights: Nights,
    pub(super) scale: Scale,
    pub(super) dice: Dice,
    pub(super) staff: Staff,
    pub(super) funds: Vec<DemoFund>,
    pub(super) families: Vec<Family>,
    /// One per family, in the same order.
    pub(super) files: Vec<CaseFile>,
    pub(super) diary: Diary,
    pub(super) tally: Tally,
    /// Where the bank lays its files.
    pub(super) coda: PathBuf,
    /// Credits that the accountant has not placed yet.
    pub(super) suspense: Vec<(usize, SuspenseLine)>,
    /// Payments that come without a right reference, as the families would tell them on the telephone.
    pub(super) unreferenced: Vec<Unreferenced>,
    pub(super) budget_manager: OtherSide,
    pub(super) debits: Debits,
    pub(super) payments: Payments,
}

/// What the house keeps of a family.
#[derive(Debug, Clone, Default)]
pub(super) struct CaseFile {
    pub(super) application_id: Option<Uuid>,
    pub(super) loan: Option<DemoLoan>,
}

/// A loan, as far as the story needs it.
#[derive(Debug, Clone)]
pub(super) struct DemoLoan {
    pub(super) loan_id: Uuid,
    pub(super) number: String,
    pub(super) reference: Ogm,
    /// What can still be invoiced.
    pub(super) left: Money,
}

/// A payment that the bank file will not place.
#[derive(Debug, Clone)]
pub(super) struct Unreferenced {
    /// Place of the fund.
    pub(super) fund: usize,
    pub(super) booked_on: NaiveDate,
    pub(super) amount: Money,
    pub(super) loan_id: Uuid,
}

impl World {
    /// Moves the clock to a time of a day.
    pub(super) fn at(&self, day: NaiveDate, hour: u32, minute: u32) {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        self.hand.set_local(day, time);
    }

    /// Some minutes pass.
    pub(super) fn minutes_pass(&mut self) {
        let minutes = self.dice.between(3, 11);
        self.hand.advance(TimeDelta::minutes(i64::from(minutes)));
    }

    /// The place of the fund that lends a product.
    pub(super) fn fund_of(&self, product: Product) -> usize {
        self.funds.iter().position(|fund| fund.product == product).unwrap_or(0)
    }

    /// Who takes the request of a family in: the desk of its town where there is one, else a loan officer.
    pub(super) fn maker(&self, family: usize) -> Actor {
        let nis_code = self.families[family].town.nis_code;
        if self.staff.desk.nis_code.as_deref() == Some(nis_code) {
            self.staff.desk.clone()
        } else {
            self.officer(family)
        }
    }

    /// The loan officer of a family.
    pub(super) fn officer(&self, family: usize) -> Actor {
        self.staff.officers[family % self.staff.officers.len()].clone()
    }

    /// A member of the committee; for a family, `turn` 0 and 1 are two people.
    pub(super) fn member(&self, family: usize, turn: usize) -> Actor {
        self.staff.committee[(family + turn) % self.staff.committee.len()].clone()
    }

    /// The family's own account.
    pub(super) fn account_of(&self, family: usize) -> Result<OtherSide, Failure> {
        let family = &self.families[family];
        let iban = numbers::account(Holder::Family(family.number))?;
        Ok(OtherSide::new(&family.applicant().name(), &iban))
    }
}
