//! Direct debit in the demo: families sign mandates, the accountant makes the files, the manager lets them leave, and the
//! bank credits them, or gives something back.

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use super::bank::{Movement, OtherSide};
use super::diary::Act;
use super::errands::told;
use super::family::{Habit, Tale};
use super::numbers::{self, Holder};
use super::world::World;
use crate::cli::Failure;
use crate::domain::application::Loose;
use crate::domain::calendar::{add_months, next_banking_day};
use crate::domain::identity::CreditorId;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::formats::coda::{Return, ReturnKind, TextToWrite};
use crate::services::collections::{
    AmendForm, CollectionLine, CreditorForm, MandateForm, RunForm, StopForm, amend, answer_return, export, file, make,
    of_loan, overview, register, release, set_creditor, stop,
};
use crate::services::{self, Actor, House};

/// The name under which the bank credits a file of direct debits.
const TOTAL: &str = "DOMICILIERINGEN";
/// A return comes so many days after the collection.
const RETURNED_AFTER: u64 = 3;
/// A borrower who heard of it pays with a transfer, so many days after the return.
const MENDED_AFTER: u64 = 7;
/// The file of a month in which the second person is on leave, so many days before the end: nobody sends it.
const FORGOTTEN_BEFORE: i64 = 130;

/// What the story of direct debit must remember.
#[derive(Debug, Default)]
pub(super) struct Debits {
    files: u32,
    forgotten: bool,
}

/// Under which identifier the funds that can collect do so.
pub(super) async fn introduce(house: &House) -> Result<(), Failure> {
    for fund in ["EL", "NKF"] {
        let form = CreditorForm {
            fund: fund.to_owned(),
            identifier: CreditorId::of(numbers::enterprise_number(0)?).canonical(),
            name: "Energiehuis W13 demo".to_owned(),
            valid_from: None,
        };
        set_creditor(house, &Actor::system(), form).await.map_err(told)?;
    }
    Ok(())
}

impl Tale {
    /// The day from which the family wants to be collected from, in a story that ends on a day.
    fn since(self, last: NaiveDate) -> NaiveDate {
        match self {
            Self::Joins(days) => last - Days::new(days),
            Self::Idle => NaiveDate::MIN,
            Self::EndsSoon => add_months(last, -36, 30) + Days::new(40),
            _ => add_months(last, -9, 12),
        }
    }

    /// The day on which the family stops it.
    fn until(self, last: NaiveDate) -> Option<NaiveDate> {
        (self == Self::Stops).then(|| next_banking_day(add_months(last, -3, 12)))
    }

    /// What the bank says of a collection after it was credited: how many days later, how, and why.
    fn returns(self, line: &CollectionLine, last: NaiveDate) -> Option<(NaiveDate, ReturnKind, &'static str)> {
        let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default();
        let ago = months(last) - months(line.collect_on);
        let soon = line.collect_on + Days::new(RETURNED_AFTER);
        match self {
            Self::LacksMoney(when) if ago == when && line.attempt == 1 => Some((soon, ReturnKind::Return, "AM04")),
            Self::MovesBank if ago == 4 => Some((soon, ReturnKind::Return, "AC04")),
            Self::ClosesAccount if ago == 0 => Some((soon, ReturnKind::Return, "AC04")),
            // Within eight weeks, without a reason.
            Self::TakesBack if ago == 1 => Some((line.collect_on + Days::new(49), ReturnKind::Refund, "MD06")),
            _ => None,
        }
    }
}

impl World {
    /// The days between which a family is collected from, and so does not pay by itself; none where it always pays by
    /// itself. Its mandate is signed, and stopped, on those days.
    pub(super) fn will_sign(&mut self, day: NaiveDate, at: usize) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let Habit::ByDebit(tale) = self.families[at].habit else { return None };
        let last = self.scale.last_day();
        let on = next_banking_day(tale.since(last).max(day + Days::new(5)));
        self.diary.note(on, Act::Mandate(at));
        let until = tale.until(last).filter(|until| *until > on);
        if let Some(until) = until {
            self.diary.note(until, Act::StopMandate(at));
        }
        Some((on, until))
    }

    /// The family signs a mandate, and the officer registers it.
    pub(super) async fn mandate(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let loan = self.loan_of(at)?;
        let form = MandateForm {
            iban: Loose::from(self.account_of(at)?.iban),
            signed_on: Loose::from(day.to_string()),
            ..MandateForm::default()
        };
        match register(&self.house, &self.officer(at), (loan.loan_id, &form, None)).await {
            // A loan that was paid off meanwhile has nothing to collect.
            Ok(_) | Err(services::Error::Refused(_)) => Ok(()),
            Err(error) => Err(told(error)),
        }
    }

    /// The family rather pays by itself.
    pub(super) async fn stop_mandate(&mut self, at: usize) -> Result<(), Failure> {
        let Some(mandate_id) = self.mandate_of(at).await? else { return Ok(()) };
        let form = StopForm { reason: Loose::from("Het gezin betaalt liever zelf, met een doorlopende opdracht") };
        stop(&self.house, &self.officer(at), (mandate_id, &form, None)).await.map_err(told)?;
        Ok(())
    }

    /// The family tells its new account, and the return is off the list.
    pub(super) async fn amend_mandate(&mut self, at: usize) -> Result<(), Failure> {
        let (Some(mandate_id), loan) = (self.mandate_of(at).await?, self.loan_of(at)?) else { return Ok(()) };
        let account = numbers::account(Holder::Other(100 + self.families[at].number))?;
        let reason = Loose::from("Het gezin veranderde van bank; rekening gezien op een uittreksel");
        let form = AmendForm { iban: Loose::from(account.canonical()), reason, ..AmendForm::default() };
        amend(&self.house, &self.officer(at), (mandate_id, &form, None)).await.map_err(told)?;
        let all = overview(&self.house, &self.staff.accountant).await.map_err(told)?;
        for back in all.returns.iter().filter(|back| back.loan_id == loan.loan_id) {
            let note = "Nieuwe rekening genoteerd; deze aflossing komt met een overschrijving";
            answer_return(&self.house, &self.staff.accountant, (back.return_id, note)).await.map_err(told)?;
        }
        Ok(())
    }

    async fn mandate_of(&self, at: usize) -> Result<Option<Uuid>, Failure> {
        let found = of_loan(&self.house, &self.officer(at), self.loan_of(at)?.loan_id).await.map_err(told)?;
        Ok(found.mandates.first().map(|mandate| mandate.mandate_id))
    }

    /// Once a week the accountant makes a file of what is collected soon; the manager lets it leave. In the last days of
    /// the story one waits to be sent, and one for its second person.
    pub(super) async fn collect(&mut self, day: NaiveDate) -> Result<(), Failure> {
        let last = self.scale.last_day();
        let left = (last - day).num_days();
        let through = |days: u64| Some(last + Days::new(days));
        let (through, sends) = match left {
            _ if next_banking_day(last - Days::new(2)) == day => (through(5), false),
            _ if next_banking_day(last - Days::new(1)) == day => (through(9), false),
            7.. if super::payments::is_turn(day, (last, 7)) => (None, true),
            _ => return Ok(()),
        };
        self.at(day, 15, 10);
        let through = through.map(|on| Loose::from(on.to_string())).unwrap_or_default();
        let form = RunForm { fund: Loose::from("EL"), through };
        let made = match make(&self.house, &self.staff.accountant, (&form, None)).await {
            Ok(made) => made,
            Err(services::Error::Refused(_)) => return Ok(()),
            Err(error) => return Err(told(error)),
        };
        let answer: serde_json::Value = serde_json::from_str(&made.json).map_err(Failure::unavailable)?;
        let Some(run_id) = answer["run"]["run_id"].as_str().and_then(|id| id.parse::<Uuid>().ok()) else {
            return Ok(());
        };
        let forgets = !self.debits.forgotten && left <= FORGOTTEN_BEFORE && sends;
        if forgets {
            self.debits.forgotten = true;
        } else if sends {
            release(&self.house, &self.staff.manager, run_id).await.map_err(told)?;
            export(&self.house, &self.staff.accountant, run_id).await.map_err(told)?;
            self.bank_collects(run_id).await?;
        } else if left > 1 {
            release(&self.house, &self.staff.manager, run_id).await.map_err(told)?;
        }
        Ok(())
    }

    /// What the bank does with a file of direct debits: credits it on its day, as one sum or line by line, and gives back
    /// what it must.
    async fn bank_collects(&mut self, run_id: Uuid) -> Result<(), Failure> {
        let (_, lines) = file(&self.house, &self.staff.accountant, run_id).await.map_err(told)?;
        let fund = self.fund_of(Product::EnergyLoan);
        let last = self.scale.last_day();
        self.debits.files += 1;
        let days: std::collections::BTreeSet<NaiveDate> = lines.iter().map(|line| line.collect_on).collect();
        // One sum without details can only be told from its file where the whole file is collected on one day.
        let as_one = self.debits.files.is_multiple_of(2) && days.len() == 1;
        if let (true, Some(on)) = (as_one, days.first()) {
            let sum: Money = lines.iter().map(|line| line.amount).sum();
            self.funds[fund].account.expect(*on, Movement::collected(sum, None, ""));
        }
        for line in &lines {
            let Some(at) = self.family_of(line.loan_id) else { continue };
            let account = self.account_of(at)?;
            let movement = Movement::collected(line.amount, Some(account.clone()), &line.end_to_end_id);
            if !as_one {
                let total = OtherSide { name: TOTAL.to_owned(), iban: String::new() };
                self.funds[fund].account.expect(line.collect_on, movement.clone().inside_total_of(total));
            }
            let Habit::ByDebit(tale) = self.families[at].habit else { continue };
            let Some((on, kind, reason)) = tale.returns(line, last) else { continue };
            self.funds[fund].account.expect(on, movement.came_back(kind, reason));
            if tale == Tale::MovesBank {
                self.diary.note(on + Days::new(MENDED_AFTER), Act::AmendMandate(at));
                let paid = TextToWrite::Structured(self.loan_of(at)?.reference);
                let transfer = Movement::paid_in(line.amount, account, paid);
                self.funds[fund].account.expect(on + Days::new(MENDED_AFTER), transfer);
            }
        }
        Ok(())
    }

    fn family_of(&self, loan_id: Uuid) -> Option<usize> {
        self.files.iter().position(|file| file.loan.as_ref().is_some_and(|loan| loan.loan_id == loan_id))
    }
}

impl Movement {
    /// A direct debit of the house that the bank credits; without an identification it is a whole file.
    fn collected(amount: Money, from: Option<OtherSide>, end_to_end_id: &str) -> Self {
        Self {
            amount,
            other: from,
            text: TextToWrite::Free(String::new()),
            end_to_end_id: end_to_end_id.to_owned(),
            in_total_of: None,
            code: Some((5, 50)),
            returned: None,
        }
    }

    /// The same direct debit, given back.
    fn came_back(self, kind: ReturnKind, reason: &str) -> Self {
        let code = if kind == ReturnKind::Refund { (5, 5) } else { (5, 3) };
        let returned = Some(Return { kind: Some(kind), reason: Some(reason.to_owned()) });
        Self { amount: -self.amount, code: Some(code), returned, in_total_of: None, ..self }
    }
}
