//! One statement or notification: account, balances and totals around its entries.

use chrono::NaiveDate;

use super::findings::{Findings, as_is, nothing, quoted};
use super::node::{Node, Spot};
use super::values::{self, compare, signed};
use crate::domain::identity::Iban;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::formats::bank::{Account, Balances, Line, Statement};

/// What entries need to know of their statement. It stands before them in every version.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) iban: Option<Iban>,
    pub(super) currency: String,
    /// The date of the closing balance, for an entry without a date of its own.
    pub(super) on: Option<NaiveDate>,
}

impl Context {
    /// Reads what was read of a statement before its first entry, which has the currency where the account has none.
    pub(super) fn of(statement: &Node, entry: Option<&Node>) -> Self {
        let of_entry = || entry.and_then(|entry| entry.find("Amt")).and_then(|amount| amount.currency.as_deref());
        let mut unheard = Findings::default();
        let path = "";
        let closing = statement.all("Bal").find(|node| balance_type(node) == Some("CLBD"));
        Self {
            iban: statement.text_at("Acct/Id/IBAN").and_then(|text| Iban::parse(text).ok()),
            currency: currency(statement).or_else(of_entry).unwrap_or_default().to_owned(),
            on: closing.and_then(|node| values::date(Spot { node, path }, "Dt", &mut unheard)),
        }
    }
}

/// The currency of the account; where the bank leaves it out, that of the balances.
fn currency(statement: &Node) -> Option<&str> {
    let of_balance = || statement.find("Bal/Amt").and_then(|amount| amount.currency.as_deref());
    statement.text_at("Acct/Ccy").or_else(of_balance)
}

fn balance_type(balance: &Node) -> Option<&str> {
    balance.text_at_any(&["Tp/CdOrPrtry/Cd", "Tp/Cd"])
}

/// What the entries of a statement came to.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) lines: Vec<Line>,
    pub(super) pending: Vec<Line>,
    /// Entries of any status: how many, and the sums of their amounts per direction.
    pub(super) credits: (usize, Money),
    pub(super) debits: (usize, Money),
    /// Of these, the ones that are booked.
    pub(super) booked_credits: (usize, Money),
    pub(super) booked_debits: (usize, Money),
    /// False as soon as an entry could not be read: sums would then only repeat that.
    pub(super) complete: bool,
}

/// What is known of the file around a statement.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    /// The day the message was made.
    pub(super) created_on: Option<NaiveDate>,
    /// The name of the feed, when it is one with details of totals.
    pub(super) details_feed: Option<String>,
    /// SHA-256 over what the statement says.
    pub(super) fingerprint: String,
}

/// Joins a statement from its header and its entries; none when it is of no account or no day.
pub(super) fn statement(
    spot: Spot<'_>,
    (context, counted): (Context, Counted),
    around: Around,
    findings: &mut Findings,
) -> Option<Statement> {
    let account = account(spot, &context, findings);
    let before = findings.problems.len();
    let balances = balances(spot, (&context, &around), findings);
    let sound = counted.complete && findings.problems.len() == before;
    totals(spot, &counted, findings);
    let closing = spot.node.all("Bal").find(|node| balance_type(node) == Some("CLBD"));
    if let (Some(balances), Some(node)) = (balances.filter(|_| sound), closing) {
        let moved = counted.lines.iter().filter(|line| line.moves_balance()).map(|line| line.amount).sum::<Money>();
        let right = balances.old + moved;
        let why = || {
            let text = Text::new("coda-old-balance-and-movements").with("old", balances.old).with("moved", moved);
            text.with("amount", right)
        };
        let path = format!("{}/Bal[CLBD]", spot.path);
        compare((Spot { node, path: &path }, "Amt"), (Some(balances.new), &right), why, findings);
    }
    let created_on = values::date(spot, "CreDtTm", findings).or(around.created_on);
    let on = balances.and_then(|balances| balances.new_on).or(context.on).or(created_on);
    let Some(on) = on else {
        findings.refuse(spot.place("CreDtTm"), nothing(), Text::new("camt-date"));
        return None;
    };
    let messages = spot.node.all("AddtlStmtInf").chain(spot.node.all("AddtlNtfctnInf"));
    Some(Statement {
        line: spot.node.line,
        fingerprint: around.fingerprint,
        created_on: created_on.unwrap_or(on),
        duplicate: matches!(spot.text("CpyDplctInd"), Some("DUPL" | "CODU")),
        details_feed: around.details_feed,
        bic: spot.node.text_at_any(&["Acct/Svcr/FinInstnId/BICFI", "Acct/Svcr/FinInstnId/BIC"]).map(str::to_owned),
        holder: spot.text("Acct/Ownr/Nm").unwrap_or_default().to_owned(),
        account: account?,
        sequence: sequence(spot),
        on,
        balances,
        lines: counted.lines,
        pending: counted.pending,
        messages: messages.map(|node| node.text.clone()).filter(|text| !text.is_empty()).collect(),
    })
}

fn account(spot: Spot<'_>, context: &Context, findings: &mut Findings) -> Option<Account> {
    let number = spot.node.text_at_any(&["Acct/Id/IBAN", "Acct/Id/Othr/Id"]);
    let Some(number) = number else {
        findings.refuse(spot.place("Acct/Id"), nothing(), Text::new("camt-account"));
        return None;
    };
    let iban = Iban::parse(number).ok();
    if iban.is_none() {
        findings.doubt(spot.place("Acct/Id"), quoted(number), Text::new("coda-account-number"));
    }
    if context.currency.is_empty() {
        findings.refuse(spot.place("Acct/Ccy"), nothing(), Text::new("coda-three-letters"));
    }
    Some(Account { iban, number: number.to_owned(), currency: context.currency.clone() })
}

/// The booked balances: opening (`OPBD`, else the closing one of the day before, `PRCD`) and closing (`CLBD`).
fn balances(spot: Spot<'_>, (context, around): (&Context, &Around), findings: &mut Findings) -> Option<Balances> {
    let found = |kind: &str| spot.node.all("Bal").find(|node| balance_type(node) == Some(kind));
    if around.details_feed.is_some() && found("CLBD").is_none() {
        return None;
    }
    let opening = found("OPBD").or_else(|| found("PRCD"));
    if opening.is_none() {
        findings.refuse(spot.place("Bal"), nothing(), Text::new("camt-opening-balance"));
    }
    let closing = found("CLBD");
    if closing.is_none() {
        findings.refuse(spot.place("Bal"), nothing(), Text::new("camt-closing-balance"));
    }
    let mut balance = |node: &Node, name: &str| {
        let path = format!("{}/Bal[{name}]", spot.path);
        let balance = Spot { node, path: &path };
        let amount = values::required_amount(balance, "Amt", findings);
        let credit = values::is_credit(balance, "CdtDbtInd", findings);
        let amount = amount?;
        if amount.currency != context.currency {
            let expected = Text::new("camt-currency-of-account").with("currency", &context.currency);
            findings.refuse(balance.place("Amt"), quoted(&amount.currency), expected);
        }
        Some((signed(amount.money, credit?), values::date(balance, "Dt", findings)))
    };
    let old = opening.and_then(|node| balance(node, balance_type(node).unwrap_or_default()));
    let new = closing.and_then(|node| balance(node, "CLBD"));
    let ((old, old_on), (new, new_on)) = (old?, new?);
    Some(Balances { old, old_on, new, new_on })
}

/// The totals that a bank may give (`TxsSummry`), against the entries. Whether they count what is only announced
/// is not said by the standard: either is right.
fn totals(spot: Spot<'_>, counted: &Counted, findings: &mut Findings) {
    if !counted.complete || spot.node.find("TxsSummry").is_none() {
        return;
    }
    let both = |one: (usize, Money), other: (usize, Money)| (one.0 + other.0, one.1 + other.1);
    let summaries = [
        ("TtlNtries", both(counted.credits, counted.debits), both(counted.booked_credits, counted.booked_debits)),
        ("TtlCdtNtries", counted.credits, counted.booked_credits),
        ("TtlDbtNtries", counted.debits, counted.booked_debits),
    ];
    for (name, all, booked) in summaries {
        let (count, sum) = (format!("TxsSummry/{name}/NbOfNtries"), format!("TxsSummry/{name}/Sum"));
        let said = values::count(spot, &count, findings).filter(|said| *said != all.0);
        let why = || Text::new("camt-entries-counted").with("count", booked.0);
        compare((spot, &count), (said, &booked.0), why, findings);
        let said = values::plain_amount(spot, &sum, findings).filter(|said| *said != all.1);
        if let Some(said) = said.filter(|said| *said != booked.1) {
            let why = Text::new("camt-sum-of-entries").with("amount", booked.1);
            findings.refuse(spot.place(&sum), as_is(said), why);
        }
    }
}

/// The number of the year: the electronic one, else the legal one, else 0. `2026201` is number 201 of 2026. Larger
/// numbers are folded to 1 to 999, so that each still follows on the one before.
fn sequence(spot: Spot<'_>) -> u16 {
    let text = spot.node.text_at_any(&["ElctrncSeqNb", "LglSeqNb"]).unwrap_or_default();
    let number = text.parse::<u64>().unwrap_or(0);
    let of_year = if text.len() == 7 && text.starts_with("20") { number % 1000 } else { number };
    let folded = if of_year > 999 { (of_year - 1) % 999 + 1 } else { of_year };
    u16::try_from(folded).unwrap_or(0)
}
