//! Walks every loan up the arrears ladder: an internal signal first, then the free first reminder.
//!
//! What is due is a function of (facts, ladder, date); what was done is a row per loan, instalment and step.
//! A second run finds its rows and does nothing; a run that died goes on where it stopped. A run for an earlier
//! date takes the steps that were due on it, but asks for no more than what is still open today.

mod reminder;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

pub use reminder::Sender;

use super::loans::load;
use super::{Actor, Error, House};
use crate::domain::access::Permission;
use crate::domain::arrears::{Ladder, Step, StepDue, StepKind, steps_due};
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::letters;
use crate::storage;
pub use crate::storage::arrears::StepLine;
use crate::storage::arrears::{Addressee, LadderFigure, NewStep, TakenStep};
use crate::storage::loans::Loan;

/// What a run did.
#[derive(Debug, Default, Serialize)]
pub struct ArrearsReport {
    /// Loans that owe something and were looked at.
    pub loans: usize,
    /// Signals put on the desk of a loan officer.
    pub signals: usize,
    /// Reminders put in the outbox.
    pub reminders: usize,
    /// Reminders of borrowers without a mail address, to be printed and posted.
    pub letters_to_print: usize,
}

/// A step that is due and was not taken before.
struct Work<'a> {
    loan: &'a Loan,
    state: &'a LoanState,
    addressee: &'a Addressee,
    signals: Vec<StepDue>,
    reminders: Vec<StepDue>,
}

/// The ladder and its prices in force on a day.
pub(super) struct Rules {
    ladder: Ladder,
    next_letter_cost: Money,
}

/// Days of a run.
#[derive(Debug, Clone, Copy)]
struct Days {
    /// The date it works for: what had reached a step on it.
    on: NaiveDate,
    /// The day it works on: the date of its letters, and of what is still open.
    today: NaiveDate,
}

/// After so many letters Typst forgets what it has set: a night of letters must not keep all of them.
const LETTERS_REMEMBERED: usize = 20;

/// Takes every step due on a date, `batch` loans at a time, each loan in its own transaction. Nothing is done
/// ahead of its day: a date after today is today.
///
/// A loan whose letter cannot be set does not keep the others from theirs; it is named in the error at the end.
pub async fn walk_ladder(house: &House, sender: &Sender, on: NaiveDate, batch: u16) -> Result<ArrearsReport, Error> {
    let today = house.clock.today();
    let days = Days { on: on.min(today), today };
    let rules = rules_on(house, days.on).await?;
    let mut run = Run { house, sender, rules, days, report: ArrearsReport::default(), problems: Vec::new(), set: 0 };
    let mut after = 0;
    loop {
        let mut db = house.read().await?;
        let page = storage::arrears::owing_loans(&mut db, after, i64::from(batch)).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        let loan_ids: Vec<Uuid> = page.iter().map(|(_, loan_id)| *loan_id).collect();
        let states = load::states(&mut db, &loan_ids, today).await?;
        let taken = storage::arrears::taken_steps(&mut db, &loan_ids).await?;
        let debtor = |(loan, state): &(Loan, LoanState)| (loan.loan_id, state.debtor_id.unwrap_or(loan.borrower_id));
        let debtors: Vec<(Uuid, Uuid)> = states.iter().map(debtor).collect();
        let addressees = storage::arrears::addressees(&mut db, &debtors).await?;
        drop(db);
        run.report.loans += states.len();
        for work in work_of(&states, &addressees, &taken, &run.rules.ladder, days.on) {
            run.take(&work).await?;
        }
    }
    letters::pdf::forget();
    run.end()
}

/// A walk in progress.
struct Run<'a> {
    house: &'a House,
    sender: &'a Sender,
    rules: Rules,
    days: Days,
    report: ArrearsReport,
    /// What kept a loan from its letter, by loan number.
    problems: Vec<String>,
    set: usize,
}

fn work_of<'a>(
    states: &'a [(Loan, LoanState)],
    addressees: &'a HashMap<Uuid, Addressee>,
    taken: &HashSet<TakenStep>,
    ladder: &Ladder,
    on: NaiveDate,
) -> Vec<Work<'a>> {
    let mut all = Vec::new();
    for (loan, state) in states {
        // A loan of which a court holds the debts, or that was given up, gets no letters (Judicial Code, art. 1675/7).
        if !state.may_collect() {
            continue;
        }
        let Some(addressee) = addressees.get(&loan.loan_id) else { continue };
        let fresh = |step: &StepDue| !taken.contains(&(loan.loan_id, step.due_on, step.kind.code().to_owned()));
        let due: Vec<StepDue> = steps_due(&state.instalments, ladder, on).into_iter().filter(fresh).collect();
        let (signals, others): (Vec<_>, Vec<_>) =
            due.into_iter().partition(|step| step.kind == StepKind::InternalSignal);
        let reminders: Vec<StepDue> = others.into_iter().filter(|step| step.kind == StepKind::FirstReminder).collect();
        if !signals.is_empty() || !reminders.is_empty() {
            all.push(Work { loan, state, addressee, signals, reminders });
        }
    }
    all
}

impl Run<'_> {
    /// Takes the steps of one loan, all or none; its signals also when its letter cannot be set.
    async fn take(&mut self, work: &Work<'_>) -> Result<(), Error> {
        // The letter is set before the transaction begins: nothing holds a lock while Typst works.
        let letter = if work.reminders.is_empty() { None } else { self.letter(work) };
        let now = self.house.clock.now();
        let mut tx = self.house.begin().await?;
        let mut new = 0;
        for step in &work.signals {
            let row = self.record(work.loan, step, None);
            new += usize::from(storage::arrears::take_step(&mut tx, &row, now).await?);
        }
        let mut mailed = false;
        if let Some(letter) = &letter {
            storage::documents::insert(&mut tx, &letter.document).await?;
            for step in &work.reminders {
                let row = self.record(work.loan, step, Some(letter.document.document_id));
                if !storage::arrears::take_step(&mut tx, &row, now).await? {
                    // Another worker was first with this letter: leave everything to it.
                    return Ok(());
                }
            }
            if let Some(message) = &letter.message {
                mailed = storage::outbox::enqueue(&mut tx, message).await?;
            }
        }
        self.house.commit(tx).await?;
        self.report.signals += new;
        self.report.reminders += usize::from(mailed);
        self.report.letters_to_print += usize::from(letter.is_some_and(|letter| letter.message.is_none()));
        Ok(())
    }

    fn letter(&mut self, work: &Work<'_>) -> Option<reminder::Letter> {
        self.set += 1;
        if self.set.is_multiple_of(LETTERS_REMEMBERED) {
            letters::pdf::forget();
        }
        match reminder::set(self.house, self.sender, &self.rules, work, self.days.today) {
            Ok(letter) => Some(letter),
            Err(error) => {
                self.problems.push(format!("{}: {error}", work.loan.number));
                None
            }
        }
    }

    fn record<'a>(&self, loan: &Loan, step: &'a StepDue, document_id: Option<Uuid>) -> NewStep<'a> {
        let since = u32::try_from((self.days.today - self.days.on).num_days()).unwrap_or_default();
        NewStep {
            loan_id: loan.loan_id,
            due_on: step.due_on,
            step: step.kind.code(),
            taken_on: self.days.today,
            open: step.open,
            days_overdue: step.days_overdue + since,
            document_id,
        }
    }

    fn end(self) -> Result<ArrearsReport, Error> {
        let Some(first) = self.problems.first() else { return Ok(self.report) };
        let count = self.problems.len();
        Err(Error::internal(format!("{count} of the reminders could not be written; the first is of {first}")))
    }
}

/// The ladder of a day, from dated figures; a house without one does not guess.
async fn rules_on(house: &House, on: NaiveDate) -> Result<Rules, Error> {
    let mut db = house.read().await?;
    let figures = storage::arrears::ladder_figures(&mut db, on).await?;
    let figure = |key: &str| {
        figures.iter().find(|figure| figure.key == key).ok_or_else(|| {
            Error::internal(format!(
                "there is no figure {key} of the arrears ladder on {on}; add a row to rule_parameters"
            ))
        })
    };
    let signal = figure("arrears_internal_signal")?;
    let reminder = figure("arrears_first_reminder")?;
    let cost = figure("arrears_next_letter_cost")?;
    let ladder = Ladder {
        valid_from: reminder.valid_from,
        source: reminder.source.clone(),
        steps: vec![step(StepKind::InternalSignal, signal)?, step(StepKind::FirstReminder, reminder)?],
    };
    ladder.check().map_err(Error::internal)?;
    let next_letter_cost = Money::exact(cost.value).map_err(Error::internal)?;
    Ok(Rules { ladder, next_letter_cost })
}

fn step(kind: StepKind, figure: &LadderFigure) -> Result<Step, Error> {
    let days_overdue = u32::try_from(figure.value)
        .map_err(|_| Error::internal(format!("{} is {}, which is not a number of days", figure.key, figure.value)))?;
    Ok(Step { kind, days_overdue })
}

/// The steps taken for a loan, newest first; none where the loan is of another municipality than the reader.
pub async fn steps_of(house: &House, actor: &Actor, loan_id: Uuid) -> Result<Vec<StepLine>, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    Ok(storage::arrears::steps_of(&mut db, loan_id, actor.nis_code.as_deref()).await?)
}
