//! The lines that wait for somebody, each with what it may be about. Everything is looked up for all lines at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::loan::{LoanState, Status};
use crate::domain::matching::{
    About, Confidence, Facts, Grounds, LoanFacts, OrderFacts, PaidBy, Reason, RunFacts, Waiting, family_names,
    file_numbers, propose, words,
};
use crate::domain::money::Money;
use crate::services::loans::load;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{
    self, Candidate, RefundAsk, ShownDecision, Traces, WaitingFilter, WaitingLine, candidates, order_facts,
    source_facts, waiting_lines,
};
use crate::storage::payment_runs::{OpenBatch, open_batches};

/// A line that waits, with the best proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueLine {
    /// The line.
    pub line: WaitingLine,
    /// What it may be about, best first.
    pub proposals: Vec<ShownProposal>,
    /// Who asked for its money to go back, and waits for a second person.
    pub asked: Option<RefundAsk>,
}

/// A proposal as people and programs see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownProposal {
    /// What the line may be about.
    pub about: ShownAbout,
    /// Why, best reason first.
    pub grounds: Vec<Grounds>,
    /// How sure.
    pub confidence: Confidence,
    /// Who seems to pay.
    pub paid_by: PaidBy,
}

/// What a line may be about, with the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownAbout {
    /// A payment on a loan.
    Loan {
        /// Its number.
        number: String,
        /// Who signed it.
        borrower: String,
    },
    /// A payment on a loan that the bank gave back.
    Payment {
        /// The number of the loan.
        number: String,
        /// Who signed it.
        borrower: String,
        /// The payment.
        payment_id: Uuid,
    },
    /// Money of a funder.
    Source {
        /// The source.
        source_id: Uuid,
        /// Who funds.
        funder: String,
    },
    /// A payment order.
    Order {
        /// The order.
        payment_order_id: Uuid,
        /// Who is paid.
        creditor: String,
    },
    /// A payment order that came back.
    ReturnedOrder {
        /// The order.
        payment_order_id: Uuid,
        /// Who was paid.
        creditor: String,
    },
    /// A whole payment run.
    Run {
        /// Its number.
        number: String,
    },
}

/// One line that waits.
///
/// # Errors
/// The actor may not; no such line waits, or none that this actor may know of.
pub async fn queued(house: &House, actor: &Actor, bank_line_id: Uuid) -> Result<QueueLine, Error> {
    actor.require(Permission::ManageBank)?;
    let nis_code = actor.nis_code.clone();
    let filter = WaitingFilter { bank_line_id: Some(bank_line_id), nis_code, ..WaitingFilter::default() };
    let mut db = house.read().await?;
    let lines = waiting_lines(&mut db, &filter, 1).await?;
    let found = with_proposals(&mut db, (house, actor), lines).await?.pop();
    found.ok_or_else(|| Error::not_found("bank line", bank_line_id))
}

/// The decisions about a line, or the latest of all, the latest first.
///
/// # Errors
/// The actor may not see the bank.
pub async fn decisions(
    house: &House,
    actor: &Actor,
    (bank_line_id, limit): (Option<Uuid>, i64),
) -> Result<Vec<ShownDecision>, Error> {
    actor.require(Permission::SeeBank)?;
    let within = actor.nis_code.as_deref();
    Ok(bank::shown_decisions(&mut *house.read().await?, (bank_line_id, within), limit).await?)
}

pub(super) async fn with_proposals(
    db: &mut PgConnection,
    (house, actor): (&House, &Actor),
    lines: Vec<WaitingLine>,
) -> Result<Vec<QueueLine>, Error> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let known = Known::of(db, (house, actor), &lines).await?;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.bank_line_id).collect();
    let mut asked: HashMap<Uuid, RefundAsk> =
        bank::asks(db, &ids).await?.into_iter().map(|ask| (ask.bank_line_id, ask)).collect();
    let queued = lines.into_iter().map(|line| {
        let proposals = propose(&judged(&line), &known.facts).into_iter().filter_map(|proposal| known.shown(proposal));
        let (proposals, asked) = (proposals.collect(), asked.remove(&line.bank_line_id));
        QueueLine { line, proposals, asked }
    });
    Ok(queued.collect())
}

fn judged(line: &WaitingLine) -> Waiting<'_> {
    Waiting {
        fund_id: line.fund_id,
        amount: line.amount,
        structured: line.structured,
        free: line.free.as_deref(),
        end_to_end_id: line.end_to_end_id.as_deref(),
        mandate: line.mandate.as_deref(),
        iban: line.iban.as_ref(),
        name: line.name.as_deref(),
        is_opening: line.reason == Reason::OpeningBalance,
        comes_back: line.comes_back,
    }
}

/// What the house knows of the lines, and the words for it.
struct Known {
    facts: Facts,
    borrowers: HashMap<Uuid, String>,
    names: HashMap<Uuid, String>,
}

impl Known {
    async fn of(db: &mut PgConnection, (house, actor): (&House, &Actor), lines: &[WaitingLine]) -> Result<Self, Error> {
        let ibans: HashSet<Iban> = lines.iter().filter_map(|line| line.iban.clone()).collect();
        let ibans: Vec<Iban> = ibans.into_iter().collect();
        let payers = bank::payers(db, &ibans).await?;
        let agencies = bank::agencies_among(db, &ibans).await?;
        let mut traces = traces(lines);
        let references = lines.iter().flat_map(|line| [&line.end_to_end_id, &line.mandate]).flatten();
        let references: Vec<String> = references.map(|reference| reference.trim().to_owned()).collect();
        let collections = bank::collection_loans(db, &references).await?;
        traces.loan_ids = payers.values().flatten().map(|(loan_id, _)| *loan_id).collect();
        traces.loan_ids.extend(collections.values());
        let mut found = candidates(db, &traces, actor.nis_code.as_deref()).await?;
        let spoken: HashSet<String> =
            lines.iter().flat_map(|line| [&line.name, &line.free]).flatten().flat_map(|text| words(text)).collect();
        found.retain(|loan| is_named(loan, (&traces, &spoken)));
        let borrowers = found.iter().map(|loan| (loan.loan_id, borrower(loan))).collect();
        let (loans, today) = (found, house.clock.today());
        let ids: Vec<Uuid> = loans.iter().map(|loan| loan.loan_id).collect();
        let mut states: HashMap<Uuid, LoanState> =
            load::states(db, &ids, today).await?.into_iter().map(|(loan, state)| (loan.loan_id, state)).collect();
        let loans: BTreeMap<Uuid, LoanFacts> = loans
            .into_iter()
            .filter_map(|loan| Some((loan.loan_id, loan_facts(&states.remove(&loan.loan_id)?, loan, today))))
            .collect();
        let funds: HashSet<Uuid> = lines.iter().map(|line| line.fund_id).collect();
        let funds: Vec<Uuid> = funds.into_iter().collect();
        let sources = source_facts(db, &funds).await?;
        let out = |line: &&WaitingLine| line.amount.is_negative();
        let orders = orders_of(db, false, lines.iter().filter(out)).await?;
        let paid = orders_of(db, true, lines.iter().filter(|line| line.comes_back)).await?;
        let open = if lines.iter().any(|line| out(&line)) { open_batches(db, &funds).await? } else { Vec::new() };
        let mut names: HashMap<Uuid, String> =
            sources.iter().map(|(source, funder)| (source.source_id, funder.clone())).collect();
        names.extend(orders.iter().chain(&paid).map(|(order, creditor)| (order.order_id, creditor.clone())));
        names.extend(open.iter().map(|run| (run.payment_run_id, run.number.clone())));
        // Sources and orders are the whole house's: who works for one municipality places money on loans only.
        let whole = actor.nis_code.is_none();
        let facts = Facts {
            loans,
            payers,
            collections,
            agencies: agencies.into_iter().map(|iban| (iban, String::new())).collect(),
            sources: sources.into_iter().map(|(source, _)| source).filter(|_| whole).collect(),
            orders: orders.into_iter().map(|(order, _)| order).filter(|_| whole).collect(),
            paid: paid.into_iter().map(|(order, _)| order).filter(|_| whole).collect(),
            runs: open.into_iter().filter(|run| whole && run.whole).map(run_facts).collect(),
        };
        Ok(Self { facts, borrowers, names })
    }

    fn shown(&self, proposal: crate::domain::matching::Proposal) -> Option<ShownProposal> {
        let number = |loan_id: &Uuid| self.facts.loans.get(loan_id).map(|loan| loan.number.clone());
        let borrower = |loan_id: &Uuid| self.borrowers.get(loan_id).cloned().unwrap_or_default();
        let name = |id: &Uuid| self.names.get(id).cloned().unwrap_or_default();
        let about = match &proposal.about {
            About::Loan(loan_id) => ShownAbout::Loan { number: number(loan_id)?, borrower: borrower(loan_id) },
            About::Payment { loan_id, payment_id } => {
                let payment_id = *payment_id;
                ShownAbout::Payment { number: number(loan_id)?, borrower: borrower(loan_id), payment_id }
            }
            About::Source(source_id) => ShownAbout::Source { source_id: *source_id, funder: name(source_id) },
            About::Order(order_id) => ShownAbout::Order { payment_order_id: *order_id, creditor: name(order_id) },
            About::ReturnedOrder(order_id) => {
                ShownAbout::ReturnedOrder { payment_order_id: *order_id, creditor: name(order_id) }
            }
            About::Run(payment_run_id) => ShownAbout::Run { number: name(payment_run_id) },
        };
        let (grounds, confidence, paid_by) = (proposal.grounds, proposal.confidence, proposal.paid_by);
        Some(ShownProposal { about, grounds, confidence, paid_by })
    }
}

/// The orders that lines may execute, or bring back, each with who is paid.
async fn orders_of(
    db: &mut PgConnection,
    paid: bool,
    lines: impl Iterator<Item = &WaitingLine>,
) -> Result<Vec<(OrderFacts, String)>, Error> {
    let (ids, ibans): (Vec<_>, Vec<_>) = lines.map(|line| (line.end_to_end_id.clone(), line.iban.clone())).unzip();
    let (ids, ibans): (Vec<String>, Vec<Iban>) =
        (ids.into_iter().flatten().collect(), ibans.into_iter().flatten().collect());
    if ids.is_empty() && ibans.is_empty() {
        return Ok(Vec::new());
    }
    Ok(order_facts(db, paid, (&ids, &ibans)).await?)
}

/// A run that waits, as far as proposals depend on it.
fn run_facts(open: OpenBatch) -> RunFacts {
    let OpenBatch { payment_run_id, fund_id, amount, batch_id, message_id, .. } = open;
    RunFacts { payment_run_id, fund_id, amount, names: vec![batch_id, message_id] }
}

/// Everything by which loans can be found in these lines.
fn traces(lines: &[WaitingLine]) -> Traces {
    let mut ogms: HashSet<Ogm> = lines.iter().filter_map(|line| line.structured).collect();
    let (mut numbers, mut names) = (HashSet::new(), HashSet::new());
    for line in lines {
        for text in [&line.free, &line.end_to_end_id].into_iter().flatten() {
            ogms.extend(Ogm::find_all(text));
            numbers.extend(file_numbers(text));
        }
        for text in [&line.name, &line.free].into_iter().flatten() {
            names.extend(family_names(text));
        }
    }
    Traces {
        ogms: ogms.into_iter().collect(),
        numbers: numbers.into_iter().collect(),
        family_names: names.into_iter().collect(),
        loan_ids: Vec::new(),
    }
}

/// Whether a loan is named by more than a family name that many have: its state is worth the reading.
fn is_named(loan: &Candidate, (traces, spoken): (&Traces, &HashSet<String>)) -> bool {
    let first = |given: &str| words(given).into_iter().next().is_some_and(|word| spoken.contains(&word));
    traces.ogms.contains(&loan.ogm)
        || traces.numbers.contains(&loan.number)
        || traces.numbers.contains(&loan.application)
        || traces.loan_ids.contains(&loan.loan_id)
        || loan.people.iter().any(|(given, _)| first(given))
}

fn borrower(loan: &Candidate) -> String {
    let names = loan.people.iter().map(|(given, family)| format!("{given} {family}"));
    names.collect::<Vec<_>>().join(", ")
}

fn loan_facts(state: &LoanState, loan: Candidate, today: NaiveDate) -> LoanFacts {
    LoanFacts {
        loan_id: loan.loan_id,
        fund_id: loan.fund_id,
        number: loan.number,
        ogm: loan.ogm,
        application: loan.application,
        people: loan.people,
        claims: claims(state, today),
        closed: state.status == Status::Closed,
        payments: state
            .payments_that_stand()
            .map(|payment| (payment.payment_id, payment.effective_on, payment.amount))
            .collect(),
    }
}

/// Each sum that the family may be paying now: an instalment that is due, all of them, the next one, and all of them
/// with it.
fn claims(state: &LoanState, today: NaiveDate) -> Vec<Money> {
    let open = state.instalments.iter().filter(|line| line.open.is_positive());
    let (due, later): (Vec<_>, Vec<_>) = open.partition(|line| line.instalment.due_on <= today);
    let mut claims: Vec<Money> = due.iter().map(|line| line.open).collect();
    let all: Money = claims.iter().copied().sum();
    claims.push(all);
    if let Some(next) = later.first() {
        claims.extend([next.open, all + next.open]);
    }
    claims.retain(|claim| claim.is_positive());
    claims.sort_unstable_by_key(|claim| claim.cents());
    claims.dedup();
    claims
}
