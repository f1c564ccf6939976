//! May this file be booked? Everything that is wrong is said at once, before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::import::Chain;
use crate::domain::fund::first_open;
use crate::domain::matching::{Break, Link, follows};
use crate::domain::text::Text;
use crate::formats::bank::{Balances, BankFile, Statement};
use crate::services::Error;
use crate::storage::bank::{self, FundAccount, KnownStatement};
use crate::storage::periods;

/// A statement of an account of ours; when it is new, it follows on what is known.
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
    pub(super) known: Vec<(NewStatement<'a>, Option<KnownStatement>)>,
}

/// Why a file may not be booked.
#[derive(Debug, Default)]
pub(super) struct Unfit {
    /// Everything that is wrong with it.
    pub(super) problems: Vec<Text>,
    /// True when nothing is wrong but that something before it is missing.
    pub(super) only_missing: bool,
}

/// Checks what a file says against what the house knows, and locks its accounts for this import. The inner
/// error is everything that is wrong with the file.
pub(super) async fn accept<'a>(
    tx: &mut PgConnection,
    file: &'a BankFile,
    (chain, today): (Chain, NaiveDate),
) -> Result<Result<Accepted<'a>, Unfit>, Error> {
    let ibans: Vec<_> = file.statements.iter().filter_map(|statement| statement.account.iban.clone()).collect();
    let accounts = bank::lock_accounts(tx, &ibans).await?;
    let mut problems = Vec::new();
    let mut sound = Vec::new();
    for (position, statement) in (1_i16..).zip(&file.statements) {
        match on_its_own(statement, &accounts, today) {
            Ok((fund, sha256, link)) => {
                sound.push(NewStatement { position, fund, sha256, link, first: false, statement });
            }
            Err(found) => problems.extend(found),
        }
    }
    let hashes: Vec<[u8; 32]> = sound.iter().map(|new| new.sha256).collect();
    let before = bank::statements_known(tx, &hashes).await?;
    let mut seen = HashSet::new();
    let mut accepted = Accepted::default();
    for new in sound {
        let known = before.get(&new.sha256);
        if seen.insert(new.sha256) && known.is_none() {
            accepted.new.push(new);
        } else {
            accepted.known.push((new, known.cloned()));
        }
    }
    accepted.new.sort_by_key(|new| (new.fund.fund_id, new.link.on, new.link.sequence, new.position));
    let funds: Vec<Uuid> = accounts.iter().map(|account| account.fund_id).collect();
    problems.extend(too_late(&accepted.new, &periods::closed_through(tx, &funds).await?));
    let mut breaks = breaks(&mut accepted.new, bank::last_links(tx, &funds).await?);
    breaks.retain(|(broken, _)| chain != Chain::AcceptNumbers || !matches!(broken, Break::Number { .. }));
    let missing = breaks.iter().all(|(broken, _)| !matches!(broken, Break::Earlier { .. }));
    let only_missing = problems.is_empty() && missing;
    problems.extend(breaks.into_iter().map(|(_, text)| text));
    Ok(if problems.is_empty() { Ok(accepted) } else { Err(Unfit { problems, only_missing }) })
}

/// What is wrong with a statement whatever came before it; else its account, its fingerprint and its place in the
/// chain.
fn on_its_own(
    statement: &Statement,
    accounts: &[FundAccount],
    today: NaiveDate,
) -> Result<(FundAccount, [u8; 32], Link), Vec<Text>> {
    let mut problems = Vec::new();
    let about = |key: &str| Text::new(key).with("sequence", format!("{:03}", statement.sequence));
    if let Some(application) = &statement.details_feed {
        problems.push(about("bank-problem-second-feed").with("application", application));
    }
    if statement.account.currency != "EUR" {
        problems.push(about("bank-problem-currency").with("currency", &statement.account.currency));
    }
    let of_account = |account: &&FundAccount| statement.account.iban.as_ref() == Some(&account.iban);
    let fund = accounts.iter().find(of_account).cloned();
    if fund.is_none() {
        problems.push(about("bank-problem-account-unknown").with("account", statement.account_number()));
    }
    let latest = statement.lines.iter().map(|line| line.booked_on).max();
    let latest = latest.map_or(statement.on, |day| day.max(statement.on));
    if latest > today {
        problems.push(about("bank-problem-after-today").with("on", latest).with("today", today));
    }
    let sha256: Option<[u8; 32]> = hex::decode(&statement.fingerprint).ok().and_then(|bytes| bytes.try_into().ok());
    match (fund, sha256, statement.balances) {
        (Some(fund), Some(sha256), Some(balances)) if problems.is_empty() => {
            Ok((fund, sha256, link(statement, balances)))
        }
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
/// Answers where one does not, with the sentence for people.
fn breaks(new: &mut [NewStatement<'_>], mut last: HashMap<Uuid, Link>) -> Vec<(Break, Text)> {
    let mut breaks = Vec::new();
    for statement in new {
        let before = last.insert(statement.fund.fund_id, statement.link);
        statement.first = before.is_none();
        if let Err(broken) = follows(before, statement.link) {
            breaks.push((broken, broken.text().with("fund", &statement.fund.code)));
        }
    }
    breaks
}

/// The place of a statement in the chain of its account.
fn link(statement: &Statement, balances: Balances) -> Link {
    Link { sequence: statement.sequence, on: statement.on, old_balance: balances.old, new_balance: balances.new }
}
