//! Takes in bank files: each in whole or not at all, and each once, whoever brings it and however often.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::accept::{Accepted, NewStatement, accept};
use super::book::{Origin, book};
use super::details::{explain, plan};
use super::held::{Held, follow, hold};
use super::prepare::{Candidate, candidates};
use super::report::{FileReport, FileState, ImportReport, StatementReport};
use crate::domain::access::Permission;
use crate::domain::matching::{Line, Nature, Reason, Reference};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::formats::bank::{self, Problem, Severity};
use crate::services::{Actor, Deed, Error, House};
use crate::storage;
use crate::storage::bank::{BankFileRow, LineRow, Outcome, Release, Said, StatementRow};

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankFile {
    /// The name it came with.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What becomes of a file that is right and does not follow on the last statement of its account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnGap {
    /// It is refused, and nothing of it is kept.
    Refuse,
    /// It is kept, shown, and booked as soon as what is missing has come.
    Hold,
}

/// How strictly a file must follow on what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chain {
    /// It is refused when it does not.
    Strict,
    /// It is held when something before it is missing.
    Hold,
    /// A person accepts that a number is missing; the balances must meet.
    AcceptNumbers,
}

/// A file that can be read, on its way in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Incoming<'a> {
    pub(super) file: &'a BankFile,
    pub(super) read: &'a bank::BankFile,
    pub(super) chain: Chain,
    /// Set when it was held and is tried again.
    pub(super) held: Option<Held<'a>>,
}

/// Imports files; one that does not follow is refused.
///
/// # Errors
/// As of [`import_with`].
pub async fn import(house: &House, actor: &Actor, files: Vec<BankFile>) -> Result<ImportReport, Error> {
    import_with(house, actor, files, OnGap::Refuse).await
}

/// Imports files. One that is refused leaves the others alone; nothing of it is written. After something was booked,
/// held files that follow now are booked too; their reports come after those of the files given.
///
/// Files are taken in the order of their statements, whatever order they are given in.
///
/// # Errors
/// The actor may not, or the database failed: files before the failure are booked, and known the next time.
pub async fn import_with(
    house: &House,
    actor: &Actor,
    files: Vec<BankFile>,
    on_gap: OnGap,
) -> Result<ImportReport, Error> {
    actor.require(Permission::ManageBank)?;
    let mut reports: Vec<(usize, FileReport)> = Vec::with_capacity(files.len());
    let mut sound = Vec::new();
    for (place, file) in files.iter().enumerate() {
        match bank::read(&file.bytes) {
            Ok(read) => sound.push((place, file, read)),
            Err(problems) => {
                reports.push((place, FileReport::refused(&file.name, problems.iter().map(Problem::text).collect())));
            }
        }
    }
    sound.sort_by_key(|(place, _, read)| {
        let first = read.statements.iter().map(|statement| (statement.on, statement.sequence)).min();
        // Details come after the totals that they are of.
        let only_details = read.statements.iter().all(|statement| statement.details_feed.is_some());
        (only_details, first, *place)
    });
    let chain = if on_gap == OnGap::Hold { Chain::Hold } else { Chain::Strict };
    for (place, file, read) in sound {
        let mut report = import_file(house, actor, Incoming { file, read: &read, chain, held: None }).await?;
        let doubtful = read.warnings.iter().filter(|warning| warning.severity == Severity::Doubtful);
        report.warnings = doubtful.map(Problem::text).collect();
        reports.push((place, report));
    }
    reports.sort_by_key(|(place, _)| *place);
    let mut files: Vec<FileReport> = reports.into_iter().map(|(_, report)| report).collect();
    if files.iter().any(|file| file.state == FileState::Imported) {
        files.extend(follow(house, actor).await?);
    }
    Ok(ImportReport { files })
}

/// One file, one transaction. A transaction that is not committed is rolled back when it is dropped.
pub(super) async fn import_file(house: &House, actor: &Actor, incoming: Incoming<'_>) -> Result<FileReport, Error> {
    let Incoming { file, read, chain, held } = incoming;
    let sha256: [u8; 32] = Sha256::digest(&file.bytes).into();
    let mut tx = house.begin().await?;
    if let Some(held) = held
        && !held.still_waits(&mut tx).await?
    {
        return Ok(FileReport::new(&file.name, FileState::Known));
    }
    // The accounts are locked first: whoever waited for another import of this file then sees it.
    let accepted = accept(&mut tx, read, (chain, house.clock.today())).await?;
    if let Some(known) = storage::bank::file_known(&mut tx, &sha256).await? {
        let mut report = FileReport::new(&file.name, FileState::Known);
        report.bank_file_id = Some(known.bank_file_id);
        report.known_since = Some(known.received_at);
        return known_now(house, actor, (tx, held), report).await;
    }
    let accepted = match accepted {
        Ok(accepted) => accepted,
        Err(unfit) if chain == Chain::Hold && unfit.only_missing => {
            return hold_now(house, actor, (tx, file, sha256), unfit.problems).await;
        }
        Err(unfit) => return Ok(FileReport::refused(&file.name, unfit.problems)),
    };
    let mut report = FileReport::new(&file.name, FileState::Imported);
    report.statements = statements(&accepted);
    let format = read.format.to_string();
    let row = BankFileRow {
        bank_file_id: house.ids.next(),
        sha256,
        name: &file.name,
        content: &file.bytes,
        format: &format,
        encoding: read.encoding,
        received_at: house.clock.now(),
        received_by: actor.user_id,
    };
    let mut known_since = accepted.known.iter().filter_map(|(_, known)| Some(known.as_ref()?.received_at)).max();
    match write(&mut tx, (house, actor), (&row, &accepted), &mut report).await {
        Ok(since) => known_since = known_since.max(since),
        Err(Stop::NoTotal(problems)) if chain == Chain::Hold => {
            // What was written of the file goes with its transaction.
            drop(tx);
            let tx = house.begin().await?;
            return hold_now(house, actor, (tx, file, sha256), problems).await;
        }
        Err(Stop::NoTotal(problems)) => return Ok(FileReport::refused(&file.name, problems)),
        Err(Stop::Failed(Error::Refused(text))) => return Ok(FileReport::refused(&file.name, vec![text])),
        Err(Stop::Failed(error)) => return Err(error),
    }
    if accepted.new.is_empty() && report.explained.is_empty() {
        report.state = FileState::Known;
        report.known_since = known_since;
        return known_now(house, actor, (tx, held), report).await;
    }
    report.bank_file_id = Some(row.bank_file_id);
    let detail = json!({
        "sha256": hex::encode(sha256),
        "statements": accepted.new.len(),
        "lines": report.lines,
        "suspense": report.suspense.len(),
        "explained": report.explained.len(),
    });
    let deed = Deed { action: "bank_file.imported", subject_kind: "bank_file", subject_id: row.bank_file_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    if let Some(held) = held {
        held.release(&mut tx, (house, actor), (Release::Imported, report.bank_file_id)).await?;
    }
    house.commit(tx).await?;
    Ok(report)
}

/// Why a file is not taken in.
enum Stop {
    /// Details in it are of totals that are not there, or do not wait.
    NoTotal(Vec<Text>),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Books what is new in a file, says so in the report, and keeps it: statements first, for details in the same file
/// may be of their totals. Answers since when details are known that came before.
async fn write(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (file, accepted): (&BankFileRow<'_>, &Accepted<'_>),
    report: &mut FileReport,
) -> Result<Option<DateTime<Utc>>, Stop> {
    let (mut lines, mut numbers) = (Vec::new(), HashMap::new());
    if !accepted.new.is_empty() {
        (lines, numbers) = write_statements(tx, (house, actor), (file, &accepted.new)).await?;
    }
    let plan = plan(tx, &accepted.feeds).await?.map_err(Stop::NoTotal)?;
    if !plan.is_empty() {
        if accepted.new.is_empty() {
            storage::bank::insert_file(tx, file).await?;
        }
        lines.extend(explain(tx, (house, actor), (file, &plan)).await?);
        numbers.extend(plan.numbers());
        report.explained = plan.report();
    }
    report.count(&lines, |statement| numbers.get(&statement).copied().unwrap_or_default());
    Ok(plan.known_since)
}

/// Holds a file that something before it is missing for.
async fn hold_now(
    house: &House,
    actor: &Actor,
    (mut tx, file, sha256): (Transaction<'static, Postgres>, &BankFile, [u8; 32]),
    problems: Vec<Text>,
) -> Result<FileReport, Error> {
    let mut report = FileReport { state: FileState::Held, ..FileReport::refused(&file.name, problems) };
    report.known_since = hold(&mut tx, (house, actor), (file, sha256, &report.problems)).await?;
    house.commit(tx).await?;
    Ok(report)
}

/// Ends the waiting of a held file whose lines were all booked from another one.
async fn known_now(
    house: &House,
    actor: &Actor,
    (mut tx, held): (Transaction<'static, Postgres>, Option<Held<'_>>),
    report: FileReport,
) -> Result<FileReport, Error> {
    if let Some(held) = held {
        held.release(&mut tx, (house, actor), (Release::Known, None)).await?;
        house.commit(tx).await?;
    }
    Ok(report)
}

/// The lines as kept, and the number of each statement by its identifier.
type Written = (Vec<LineRow>, HashMap<Uuid, u16>);

/// Books the new statements of a file and keeps them.
async fn write_statements(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (file, new): (&BankFileRow<'_>, &[NewStatement<'_>]),
) -> Result<Written, Error> {
    let mut rows = Vec::with_capacity(new.len());
    let mut keys = HashMap::new();
    let mut numbers = HashMap::new();
    let mut lines = Vec::new();
    for statement in new {
        let bank_statement_id = house.ids.next();
        let (fund_id, sha256, link) = (statement.fund.fund_id, statement.sha256, statement.link);
        let old_balance_on = statement.statement.balances.and_then(|balances| balances.old_on);
        let position = statement.position;
        rows.push(StatementRow { bank_statement_id, fund_id, position, link, old_balance_on, sha256 });
        keys.insert(bank_statement_id, hex::encode(&sha256[..12]));
        numbers.insert(bank_statement_id, link.sequence);
        if statement.first && !link.old_balance.is_zero() {
            lines.push(opening(statement, bank_statement_id, house.ids.next()));
        }
        lines.extend(candidates(&statement.statement.lines, (bank_statement_id, fund_id), &house.ids));
    }
    whole(new, &lines)?;
    let lines = book(tx, (house, actor), lines, (&keys, Origin::Bank)).await?;
    storage::bank::insert_file(tx, file).await?;
    storage::bank::insert_statements(tx, file, &rows).await?;
    storage::bank::insert_lines(tx, &lines).await?;
    Ok((lines, numbers))
}

/// What was on the account before the first statement, as a line of its own: the ledger begins with it, so that
/// its cash is the balance of the bank, and a person says whose it is.
fn opening<'a>(statement: &NewStatement<'_>, bank_statement_id: Uuid, bank_line_id: Uuid) -> Candidate<'a> {
    let amount = statement.link.old_balance;
    let old_balance_on = statement.statement.balances.and_then(|balances| balances.old_on);
    let row = LineRow {
        bank_line_id,
        bank_statement_id,
        fund_id: statement.fund.fund_id,
        ordinal: 0,
        sequence: "0000".to_owned(),
        detail: "0000".to_owned(),
        batch_of: None,
        amount,
        booked_on: old_balance_on.unwrap_or(statement.link.on).min(statement.link.on),
        value_on: None,
        kind: "opening".to_owned(),
        bank_reference: String::new(),
        counterparty_iban: None,
        counterparty_bic: None,
        counterparty_name: None,
        structured: None,
        free: None,
        end_to_end_id: None,
        said: Said::default(),
        outcome: Outcome::Suspense,
        reason: Reason::OpeningBalance,
        loan_id: None,
        payment_order_id: None,
        source_id: None,
        entry_id: None,
        details: None,
    };
    let (nature, reference) = (Nature::Opening, Reference::Absent);
    Candidate { row, line: Some(Line { amount, nature, reference, texts: Vec::new(), end_to_end_id: None }) }
}

/// What will be booked is what the balances say: the last defence against counting a total and its details.
fn whole(new: &[NewStatement<'_>], lines: &[Candidate<'_>]) -> Result<(), Error> {
    let moved: Money = lines.iter().filter_map(|line| line.line.as_ref()).map(|line| line.amount).sum();
    // The first statement of an account brings its old balance with it.
    let before = |new: &NewStatement<'_>| if new.first { Money::ZERO } else { new.link.old_balance };
    let expected: Money = new.iter().map(|new| new.link.new_balance - before(new)).sum();
    if moved == expected {
        Ok(())
    } else {
        Err(Error::internal(format!("lines of {moved} would be booked where the balances moved by {expected}")))
    }
}

fn statements(accepted: &Accepted<'_>) -> Vec<StatementReport> {
    let report = |statement: &NewStatement<'_>, known: bool| StatementReport {
        fund: statement.fund.code.clone(),
        sequence: statement.link.sequence,
        on: statement.link.on,
        old_balance: statement.link.old_balance,
        new_balance: statement.link.new_balance,
        known,
    };
    let known = accepted.known.iter().map(|(statement, _)| report(statement, true));
    known.chain(accepted.new.iter().map(|new| report(new, false))).collect()
}
