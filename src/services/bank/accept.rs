//! May this file be booked? Everything that is wrong is said at once, before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::fund::first_open;
use crate::domain::matching::{Link, follows};
use crate::domain::text::Text;
use crate::formats::coda::{CodaFile, Problem, Statement};
use crate::services::Error;
use crate::storage::bank::{self, FundAccount, KnownStatement};
use crate::storage::periods;

/// A statement that is new and follows on what is known.
#[derive(Debug)]
pub(super) struct NewStatement<'a> {
    /// Its place in the file, from 1.
    pub(super) position: i16,
    pub(super) fund: FundAccount,
    pub(super) sha256: [u8; 32],
    pub(super) link: Link,
    /// True when it is the first of its account.
    pub(super) first: bool,
    pub(super) statement: &'a Statement,
}

/// What is in a file that may be booked.
#[derive(Debug, Default)]
pub(super) struct Accepted<'a> {
    /// To be booked, each account in the order of its chain.
    pub(super) new: Vec<NewStatement<'a>>,
    /// Booked before; none where it stands twice in this very file.
    pub(super) known: Vec<(&'a Statement, FundAccount, Option<KnownStatement>)>,
}

/// Checks what a file says against what the house knows, and locks its accounts for this import. The inner
/// error is everything that is wrong with the file.
pub(super) async fn accept<'a>(
    tx: &mut PgConnection,
    file: &'a CodaFile,
    today: NaiveDate,
) -> Result<Result<Accepted<'a>, Vec<Text>>, Error> {
    let ibans: Vec<_> = file.statements.iter().filter_map(|statement| statement.account.iban.clone()).collect();
    let accounts = bank::lock_accounts(tx, &ibans).await?;
    let mut problems = Vec::new();
    let mut sound = Vec::new();
    for (position, statement) in (1_i16..).zip(&file.statements) {
        match on_its_own(statement, &accounts, today) {
            Ok((fund, sha256)) => sound.push((position, fund, sha256, statement)),
            Err(found) => problems.extend(found),
        }
    }
    let hashes: Vec<[u8; 32]> = sound.iter().map(|(_, _, sha256, _)| *sha256).collect();
    let before = bank::statements_known(tx, &hashes).await?;
    let mut seen = HashSet::new();
    let mut accepted = Accepted::default();
    for (position, fund, sha256, statement) in sound {
        let known = before.get(&sha256);
        if seen.insert(sha256) && known.is_none() {
            let link = link(statement);
            accepted.new.push(NewStatement { position, fund, sha256, link, first: false, statement });
        } else {
            accepted.known.push((statement, fund, known.cloned()));
        }
    }
    accepted.new.sort_by_key(|new| (new.fund.fund_id, new.link.on, new.link.sequence, new.position));
    let funds: Vec<Uuid> = accounts.iter().map(|account| account.fund_id).collect();
    problems.extend(too_late(&accepted.new, &periods::closed_through(tx, &funds).await?));
    chain(&mut accepted.new, bank::last_links(tx, &funds).await?, &mut problems);
    Ok(if problems.is_empty() { Ok(accepted) } else { Err(problems) })
}

/// What is wrong with a statement whatever came before it.
fn on_its_own(
    statement: &Statement,
    accounts: &[FundAccount],
    today: NaiveDate,
) -> Result<(FundAccount, [u8; 32]), Vec<Text>> {
    let mut problems = Vec::new();
    let about = |key: &str| Text::new(key).with("sequence", format!("{:03}", statement.sequence));
    if let Some(application) = &statement.separate_application {
        problems.push(about("bank-problem-second-feed").with("application", application));
    }
    if statement.account.currency != "EUR" {
        problems.push(about("bank-problem-currency").with("currency", &statement.account.currency));
    }
    let of_account = |account: &&FundAccount| statement.account.iban.as_ref() == Some(&account.iban);
    let fund = accounts.iter().find(of_account).cloned();
    if fund.is_none() {
        let iban = statement.account.iban.as_ref();
        let account = iban.map_or_else(|| statement.account.number.clone(), ToString::to_string);
        problems.push(about("bank-problem-account-unknown").with("account", account));
    }
    let latest = statement.movements.iter().map(|movement| movement.booked_on).max();
    let latest = latest.map_or(statement.date(), |day| day.max(statement.date()));
    if latest > today {
        problems.push(about("bank-problem-after-today").with("on", latest).with("today", today));
    }
    let sha256: Option<[u8; 32]> = hex::decode(&statement.fingerprint).ok().and_then(|bytes| bytes.try_into().ok());
    match (fund, sha256) {
        (Some(fund), Some(sha256)) if problems.is_empty() => Ok((fund, sha256)),
        _ => Err(problems),
    }
}

/// New statements of a day that is closed.
fn too_late(new: &[NewStatement<'_>], closed: &HashMap<Uuid, NaiveDate>) -> Vec<Text> {
    let problem = |new: &NewStatement<'_>| {
        let closed = closed.get(&new.fund.fund_id).filter(|closed| new.link.on <= **closed)?;
        let text = Text::new("bank-problem-period-closed").with("fund", &new.fund.code).with("on", new.link.on);
        let sequence = format!("{:03}", new.link.sequence);
        Some(text.with("sequence", sequence).with("open", first_open(*closed)))
    };
    new.iter().filter_map(problem).collect()
}

/// Each new statement follows on the one before it: the last one known of its account, then each other.
fn chain(new: &mut [NewStatement<'_>], mut last: HashMap<Uuid, Link>, problems: &mut Vec<Text>) {
    for statement in new {
        let before = last.insert(statement.fund.fund_id, statement.link);
        statement.first = before.is_none();
        if let Err(broken) = follows(before, statement.link) {
            problems.push(broken.text().with("fund", &statement.fund.code));
        }
    }
}

/// The place of a statement in the chain of its account.
pub(super) fn link(statement: &Statement) -> Link {
    Link {
        sequence: statement.sequence,
        on: statement.date(),
        old_balance: statement.old_balance,
        new_balance: statement.new_balance,
    }
}

/// A finding of the reader as a sentence; its parts have names, for who shows them in columns.
pub(super) fn finding(problem: &Problem) -> Text {
    let text = match (problem.line, problem.record_name(), problem.field_name()) {
        (Some(line), Some(record), Some(field)) => {
            Text::new("bank-problem-record").with("line", line).with_part("record", record).with_part("field", field)
        }
        (Some(line), ..) => Text::new("bank-problem-line").with("line", line),
        (None, ..) => Text::new("bank-problem-file"),
    };
    text.with_part("found", problem.found.clone()).with_part("expected", problem.expected.clone())
}
