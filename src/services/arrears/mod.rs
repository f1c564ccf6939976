//! Walks every loan up the arrears ladder: an internal signal first, then the free first reminder.
//!
//! What is due is a function of (facts, ladder, date); what was done is a row per loan, instalment and step.
//! A second run finds its rows and does nothing; a run that died goes on where it stopped.

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
    next_letter_cost: crate::domain::money::Money,
}

/// Takes every step due on a date, `batch` loans at a time, each loan in its own transaction.
pub async fn walk_ladder(house: &House, sender: &Sender, on: NaiveDate, batch: u16) -> Result<ArrearsReport, Error> {
    let mut report = ArrearsReport::default();
    let rules = rules_on(house, on).await?;
    let mut after = 0;
    loop {
        let mut db = house.read().await?;
        let page = storage::arrears::owing_loans(&mut db, after, i64::from(batch)).await?;
        let Some((last, _)) = page.last() else { return Ok(report) };
        after = *last;
        let loan_ids: Vec<Uuid> = page.iter().map(|(_, loan_id)| *loan_id).collect();
        let states = load::states(&mut db, &loan_ids, on).await?;
        let taken = storage::arrears::taken_steps(&mut db, &loan_ids).await?;
        let addressees = storage::arrears::addressees(&mut db, &loan_ids).await?;
        drop(db);
        report.loans += states.len();
        for work in work_of(&states, &addressees, &taken, &rules.ladder, on) {
            take(house, sender, &rules, &work, on, &mut report).await?;
        }
        // Typst keeps what it has set; a night of letters must not keep all of them.
        letters::pdf::forget();
    }
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
        if state.planned {
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

/// Takes the steps of one loan, all or none.
async fn take(
    house: &House,
    sender: &Sender,
    rules: &Rules,
    work: &Work<'_>,
    on: NaiveDate,
    report: &mut ArrearsReport,
) -> Result<(), Error> {
    // The letter is set before the transaction begins: nothing holds a lock while Typst works.
    let letter = if work.reminders.is_empty() { None } else { Some(reminder::set(house, sender, rules, work, on)?) };
    let now = house.clock.now();
    let mut tx = house.begin().await?;
    let mut new = 0;
    for step in &work.signals {
        new += usize::from(storage::arrears::take_step(&mut tx, &record(work.loan, step, on, None), now).await?);
    }
    let mut mailed = false;
    if let Some(letter) = &letter {
        storage::documents::insert(&mut tx, &letter.document).await?;
        for step in &work.reminders {
            let row = record(work.loan, step, on, Some(letter.document.document_id));
            if !storage::arrears::take_step(&mut tx, &row, now).await? {
                // Another worker was first with this letter: leave everything to it.
                return Ok(());
            }
        }
        if let Some(message) = &letter.message {
            mailed = storage::outbox::enqueue(&mut tx, message).await?;
        }
    }
    house.commit(tx).await?;
    report.signals += new;
    report.reminders += usize::from(mailed);
    report.letters_to_print += usize::from(letter.is_some_and(|letter| letter.message.is_none()));
    Ok(())
}

fn record<'a>(loan: &Loan, step: &'a StepDue, taken_on: NaiveDate, document_id: Option<Uuid>) -> NewStep<'a> {
    NewStep {
        loan_id: loan.loan_id,
        due_on: step.due_on,
        step: step.kind.code(),
        taken_on,
        open: step.open,
        days_overdue: step.days_overdue,
        document_id,
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
    let next_letter_cost = crate::domain::money::Money::exact(cost.value).map_err(Error::internal)?;
    Ok(Rules { ladder, next_letter_cost })
}

fn step(kind: StepKind, figure: &LadderFigure) -> Result<Step, Error> {
    let days_overdue = u32::try_from(figure.value)
        .map_err(|_| Error::internal(format!("{} is {}, which is not a number of days", figure.key, figure.value)))?;
    Ok(Step { kind, days_overdue })
}

/// The steps taken for a loan, newest first.
pub async fn steps_of(house: &House, actor: &Actor, loan_id: Uuid) -> Result<Vec<StepLine>, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    Ok(storage::arrears::steps_of(&mut db, loan_id).await?)
}
