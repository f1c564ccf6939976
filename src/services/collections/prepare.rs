//! Every night: ends mandates that were idle for too long, frees what nobody sent in time, makes a collection for every
//! claim that falls due soon, and tells the borrower beforehand.
//!
//! What is to be done is a function of (facts, mandates, collections, day); what was done is a row for each claim and
//! attempt, and one for each notice. A second run finds its rows and does nothing; one that died goes on where it
//! stopped. What a borrower was told and is no longer so gets a new day, as far away as a notice must be, and a new notice.

mod plan;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use self::plan::{Known, Step, plan};
use super::change::record;
use super::notice::{self, About};
use super::terms;
use crate::domain::collection::{Change, Dropped, Terms};
use crate::domain::loan::LoanState;
use crate::letters;
use crate::services::arrears::Sender;
use crate::services::loans::load;
use crate::services::{Actor, Error, House};
use crate::storage::arrears::Addressee;
use crate::storage::collections::{self, Creditor, MandateRow, NewNotice};
use crate::storage::loans::Loan;
use crate::storage::{self};

/// What a run did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct PrepareReport {
    /// Loans with a mandate, or with a collection that has not left, that were looked at.
    pub loans: usize,
    /// Collections that were made.
    pub made: usize,
    /// Notices that were written: of new collections, and of those that changed.
    pub notices: usize,
    /// Notices of borrowers without a mail address, to be printed and posted.
    pub letters_to_print: usize,
    /// Collections that were let go: paid otherwise, or nobody may collect any more.
    pub dropped: usize,
    /// Mandates that ended after their idle months.
    pub expired: usize,
    /// Files that nobody sent in time.
    pub lapsed: usize,
    /// Loans that could not be collected because their fund has no creditor identifier.
    pub without_creditor: usize,
}

/// After so many letters Typst forgets what it has set.
const LETTERS_REMEMBERED: usize = 20;

/// Prepares what falls due within the horizon of a day, `batch` loans at a time, each loan in its own transaction. A
/// date after today is today: nothing is done ahead of its day.
///
/// A loan whose notice cannot be set does not keep the others from theirs; it is named in the error at the end.
pub async fn prepare(house: &House, sender: &Sender, on: NaiveDate, batch: u16) -> Result<PrepareReport, Error> {
    let today = house.clock.today();
    let mut run = Run::begin(house, sender, (on.min(today), today)).await?;
    run.tidy().await?;
    let mut after = 0;
    loop {
        let mut db = house.read().await?;
        let page = collections::loans_with_work(&mut db, after, i64::from(batch)).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        let loan_ids: Vec<Uuid> = page.iter().map(|(_, loan_id)| *loan_id).collect();
        let work = Work::read(&mut db, &loan_ids, today).await?;
        drop(db);
        run.report.loans += work.states.len();
        for (loan, state) in &work.states {
            run.loan(loan, state, &work).await?;
        }
    }
    letters::pdf::forget();
    run.end()
}

/// A page of loans with everything that decides what is done.
struct Work {
    states: Vec<(Loan, LoanState)>,
    mandates: HashMap<Uuid, MandateRow>,
    addressees: HashMap<Uuid, Addressee>,
    collections: HashMap<Uuid, Vec<collections::Collection>>,
    announced: HashMap<Uuid, crate::domain::collection::Announced>,
}

impl Work {
    async fn read(db: &mut PgConnection, loan_ids: &[Uuid], today: NaiveDate) -> Result<Self, Error> {
        let states = load::states(db, loan_ids, today).await?;
        let mandates = collections::active_of_loans(db, loan_ids).await?;
        let debtor = |(loan, state): &(Loan, LoanState)| (loan.loan_id, state.debtor_id.unwrap_or(loan.borrower_id));
        let debtors: Vec<(Uuid, Uuid)> = states.iter().map(debtor).collect();
        let addressees = storage::arrears::addressees(db, &debtors).await?;
        let mut by_loan: HashMap<Uuid, Vec<collections::Collection>> = HashMap::new();
        let known = collections::of_loans(db, loan_ids, today).await?;
        let ids: Vec<Uuid> = known.iter().map(|collection| collection.collection_id).collect();
        let announced = collections::latest_notices(db, &ids).await?;
        for collection in known {
            by_loan.entry(collection.loan_id).or_default().push(collection);
        }
        Ok(Self { states, mandates, addressees, collections: by_loan, announced })
    }
}

/// A run in progress.
struct Run<'a> {
    house: &'a House,
    sender: &'a Sender,
    /// The day it works for, and the day it works on.
    days: (NaiveDate, NaiveDate),
    terms: Terms,
    creditors: HashMap<Uuid, Creditor>,
    report: PrepareReport,
    problems: Vec<String>,
    set: usize,
}

impl<'a> Run<'a> {
    async fn begin(house: &'a House, sender: &'a Sender, days: (NaiveDate, NaiveDate)) -> Result<Self, Error> {
        let mut db = house.read().await?;
        let terms = terms(&mut db, days.1).await?;
        let creditors = collections::creditors_on(&mut db, days.1).await?;
        let (report, problems, set) = (PrepareReport::default(), Vec::new(), 0);
        Ok(Self { house, sender, days, terms, creditors, report, problems, set })
    }

    /// Ends what has ended by itself: mandates after their idle months, and files that the bank would no longer take.
    async fn tidy(&mut self) -> Result<(), Error> {
        let (today, now) = (self.days.1, self.house.clock.now());
        let mut tx = self.house.begin().await?;
        self.report.expired = collections::expire_idle(&mut tx, today, self.terms.idle_months).await?.len();
        for late in collections::late_runs(&mut tx, today).await? {
            collections::take_out_of_run(&mut tx, late.run_id).await?;
            collections::lapse(&mut tx, late.run_id, now).await?;
            self.report.lapsed += 1;
        }
        self.house.commit(tx).await
    }

    /// Does what is to be done for one loan, all or nothing.
    async fn loan(&mut self, loan: &Loan, state: &LoanState, work: &Work) -> Result<(), Error> {
        let mandate = work.mandates.get(&loan.loan_id);
        let creditor = self.creditors.get(&loan.fund_id).cloned();
        if mandate.is_some() && creditor.is_none() {
            self.report.without_creditor += 1;
        }
        let mandate = match (mandate, &creditor) {
            (Some(row), Some(creditor)) => Some(self.under_creditor(row, creditor).await?),
            _ => None,
        };
        let collections = work.collections.get(&loan.loan_id).map(Vec::as_slice).unwrap_or_default();
        let known = Known { loan, state, mandate: mandate.as_ref(), collections, announced: &work.announced };
        let made = (&self.house.ids, self.house.clock.now());
        let steps = plan(&known, creditor.as_ref(), (self.days, &self.terms), made);
        if steps.is_empty() {
            return Ok(());
        }
        let Some(addressee) = work.addressees.get(&loan.loan_id) else { return Ok(()) };
        let mut tx = self.house.begin().await?;
        let mut done = PrepareReport::default();
        for step in &steps {
            match (step, mandate.as_ref(), creditor.as_ref()) {
                (Step::LetGo(collection_id, because), ..) => {
                    done.dropped += self.let_go(&mut tx, (*collection_id, *because)).await?;
                }
                (Step::Announce(new), Some(mandate), Some(creditor)) => {
                    let about = About {
                        loan,
                        collection: &new.collection,
                        mandate: &mandate.mandate,
                        creditor,
                        addressee,
                        occasion: new.occasion,
                    };
                    let Some(set) = self.set(&about) else { continue };
                    self.announce(&mut tx, (new, set), &mut done).await?;
                }
                (Step::Announce(_), ..) => {}
            }
        }
        self.house.commit(tx).await?;
        self.report.made += done.made;
        self.report.notices += done.notices;
        self.report.letters_to_print += done.letters_to_print;
        self.report.dropped += done.dropped;
        Ok(())
    }

    /// The mandate under the identifier that its fund has now: a change is an amendment that each bank hears of.
    async fn under_creditor(&self, row: &MandateRow, creditor: &Creditor) -> Result<MandateRow, Error> {
        if row.mandate.creditor == creditor.identifier {
            return Ok(row.clone());
        }
        let mut tx = self.house.begin().await?;
        let locked = collections::lock_mandate(&mut tx, row.mandate_id).await?;
        let Some(mut locked) = locked else { return Ok(row.clone()) };
        match locked.mandate.clone().amend(Change::Creditor(creditor.identifier.clone())) {
            Ok((changed, amendment)) => {
                locked.mandate = changed;
                collections::update_mandate(&mut tx, locked.mandate_id, &locked.mandate).await?;
                let why = "the fund collects under another identifier";
                record(&mut tx, (self.house, &Actor::system()), (locked.mandate_id, &amendment, why)).await?;
                self.house.commit(tx).await?;
            }
            // Somebody else was first.
            Err(_) => drop(tx),
        }
        Ok(locked)
    }

    async fn let_go(&self, tx: &mut PgConnection, dropped: (Uuid, Dropped)) -> Result<usize, Error> {
        let done = collections::drop_lines(tx, &[dropped], self.days.1).await?;
        Ok(usize::try_from(done).unwrap_or_default())
    }

    /// Sets a notice; one that cannot be set is told at the end.
    fn set(&mut self, about: &About<'_>) -> Option<notice::Set> {
        self.set += 1;
        if self.set.is_multiple_of(LETTERS_REMEMBERED) {
            letters::pdf::forget();
        }
        match notice::set(self.house, self.sender, about, self.days.1) {
            Ok(set) => Some(set),
            Err(error) => {
                self.problems.push(format!("{}: {error}", about.loan.number));
                None
            }
        }
    }

    /// Writes a collection and its notice; nothing where somebody else was first with it.
    async fn announce(
        &self,
        tx: &mut PgConnection,
        (new, set): (&plan::Announcement, notice::Set),
        done: &mut PrepareReport,
    ) -> Result<(), Error> {
        let collection = &new.collection;
        let written = match &new.was {
            None => collections::insert_collections(tx, std::slice::from_ref(collection)).await?.len() == 1,
            Some(was) => collections::revise(tx, was, collection).await?,
        };
        if !written {
            return Ok(());
        }
        storage::documents::insert(tx, &set.document).await?;
        let row = NewNotice {
            collection_id: collection.collection_id,
            revision: collection.revision,
            announced: &set.announced,
            document_id: set.document.document_id,
            created_at: self.house.clock.now(),
        };
        collections::insert_notice(tx, &row).await?;
        if let Some(message) = &set.message {
            storage::outbox::enqueue(tx, message).await?;
        }
        done.made += usize::from(new.was.is_none());
        done.notices += 1;
        done.letters_to_print += usize::from(set.message.is_none());
        Ok(())
    }

    fn end(self) -> Result<PrepareReport, Error> {
        let Some(first) = self.problems.first() else { return Ok(self.report) };
        let count = self.problems.len();
        Err(Error::internal(format!("{count} of the notices could not be written; the first is of {first}")))
    }
}
