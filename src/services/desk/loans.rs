//! Loans as people see them: figures are folded from facts, never stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::MOST;
use crate::domain::access::Permission;
use crate::domain::loan::{LoanFact, LoanState, fold};
use crate::domain::product::Product;
use crate::services::{Actor, Error, House};
use crate::storage::desk::application_file::{self, CommitmentLine, DeedLine, QuoteLine};
use crate::storage::desk::letters::{self, LetterLine};
use crate::storage::desk::loans::{self as table, InvoiceLine, Names, PostingLine};
use crate::storage::loans::{self, Loan, LoanFilter};
use crate::storage::persons;

/// A loan in a list.
#[derive(Debug, Clone)]
pub struct LoanLine {
    /// As signed.
    pub loan: Loan,
    /// The words that go with it.
    pub names: Names,
    /// Where it stands today.
    pub state: LoanState,
}

/// Which loans to list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only of this municipality (NIS code).
    pub nis_code: Option<String>,
    /// Only of this product.
    pub product: Option<Product>,
    /// Only those with an instalment that is overdue.
    pub overdue: bool,
    /// Only those with an invoice that waits for a decision.
    pub invoices: bool,
    /// Only numbers that hold this text.
    pub number_holds: Option<String>,
}

/// A loan with everything that hangs on it.
#[derive(Debug, Clone)]
pub struct LoanFile {
    /// The loan, its words and where it stands.
    pub line: LoanLine,
    /// What happened, in the order in which it counts.
    pub facts: Vec<LoanFact>,
    /// Who recorded each of them, by its identifier.
    pub recorders: HashMap<Uuid, String>,
    /// Name of who owes it, when it is no longer who signed.
    pub debtor: Option<String>,
    /// What that did to the ledger: whole entries.
    pub postings: Vec<PostingLine>,
    /// Invoices of contractors.
    pub invoices: Vec<InvoiceLine>,
    /// Quotes that an invoice can be for.
    pub quotes: Vec<QuoteLine>,
    /// What is still promised, per source.
    pub commitments: Vec<CommitmentLine>,
    /// Letters that were sent or wait.
    pub letters: Vec<LetterLine>,
    /// What was done to it, the oldest first.
    pub deeds: Vec<DeedLine>,
}

/// Loans by filter, as far as this actor may see them, the latest first.
pub async fn loans(house: &House, actor: &Actor, wanted: &Wanted) -> Result<Vec<LoanLine>, Error> {
    actor.require(Permission::SeeLoans)?;
    let nis_code = actor.nis_code.clone().or_else(|| wanted.nis_code.clone());
    let filter = LoanFilter {
        nis_code,
        product: wanted.product,
        number_holds: wanted.number_holds.clone(),
        // Who asks for what is overdue must not miss an old loan.
        limit: (!wanted.overdue && !wanted.invoices).then_some(MOST),
        ..LoanFilter::default()
    };
    let mut db = house.read().await?;
    let mut found = loans::list(&mut db, &filter).await?;
    if wanted.invoices {
        let waiting = table::with_waiting_invoices(&mut db).await?;
        found.retain(|loan| waiting.contains(&loan.loan_id));
    }
    let today = house.clock.today();
    let mut lines = Vec::with_capacity(found.len());
    let ids: Vec<Uuid> = found.iter().map(|loan| loan.loan_id).collect();
    let mut names = table::names(&mut db, &ids).await?;
    let mut facts = loans::facts_of(&mut db, &ids).await?;
    for loan in found {
        let own = facts.remove(&loan.loan_id).unwrap_or_default();
        let state = state(&loan, &own, today)?;
        let names = names.remove(&loan.loan_id).ok_or_else(|| Error::internal("a loan has no borrower"))?;
        if !wanted.overdue || state.overdue(today).is_positive() {
            lines.push(LoanLine { loan, names, state });
        }
    }
    Ok(lines)
}

/// One loan with its file.
pub async fn loan(house: &House, actor: &Actor, loan_id: Uuid) -> Result<LoanFile, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    let loan = loans::get_many(&mut db, &[loan_id])
        .await?
        .pop()
        .filter(|loan| actor.sees(&loan.nis_code))
        .ok_or_else(|| Error::not_found("loan", loan_id))?;
    let names = table::names(&mut db, &[loan_id]).await?.remove(&loan_id);
    let names = names.ok_or_else(|| Error::internal("a loan has no borrower"))?;
    let facts = loans::facts_of(&mut db, &[loan_id]).await?.remove(&loan_id).unwrap_or_default();
    let state = state(&loan, &facts, house.clock.today())?;
    let invoices = table::invoices(&mut db, loan_id).await?;
    let debtor = match state.debtor_id {
        Some(person_id) => persons::names(&mut db, &[person_id]).await?.remove(&person_id),
        None => None,
    };
    let mut subjects = vec![loan_id];
    subjects.extend(invoices.iter().map(|invoice| invoice.invoice_id));
    Ok(LoanFile {
        recorders: table::recorders(&mut db, loan_id).await?,
        debtor,
        postings: table::postings(&mut db, loan_id).await?,
        quotes: application_file::quotes(&mut db, loan.application_id).await?,
        commitments: application_file::commitments(&mut db, loan.application_id).await?,
        letters: letters::list(&mut db, Some(loan_id), None, MOST).await?,
        deeds: application_file::deeds(&mut db, &subjects).await?,
        line: LoanLine { loan, names, state },
        facts,
        invoices,
    })
}

fn state(loan: &Loan, facts: &[LoanFact], today: NaiveDate) -> Result<LoanState, Error> {
    fold(&loan.terms, facts, today).map_err(|error| Error::internal(format!("{}: {error}", loan.number)))
}
