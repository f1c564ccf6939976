//! CAMT.053 and CAMT.054, the account messages of ISO 20022 (`BankToCustomerStatement` and
//! `BankToCustomerDebitCreditNotification`), versions 02, 03, 04, 06 and 08.
//!
//! ```text
//! Document  BkToCstmrStmt          GrpHdr  Stmt+    Acct · Bal (OPBD, CLBD) · TxsSummry · Ntry*
//!           BkToCstmrDbtCdtNtfctn  GrpHdr  Ntfctn+  Acct · TxsSummry · Ntry*            details of totals, never money
//! Ntry      Amt · CdtDbtInd · Sts · BookgDt · ValDt · BkTxCd · NtryDtls* (Btch, TxDtls*)
//! ```
//!
//! One reader for all of them: elements are found by their local name, in the old and in the new layout. Checks, all
//! inside one file: well-formed, of a known namespace, without a DTD; pages complete; old balance and booked
//! entries give the new balance; transactions of a batch add up to their entry; number and totals of batches and
//! of `TxsSummry` where the bank gives them. Only `BOOK` is money; `PDNG`, `INFO` and `FUTR` are shown.

mod code;
mod entry;
mod findings;
mod node;
mod party;
mod remittance;
mod statement;
mod text;
mod transaction;
mod values;
mod version;
mod walk;

pub(in crate::formats) use text::begins_as_xml;

use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::formats::bank::{Format, Problem, Reading, StatementReading};
use chrono::NaiveDate;
use entry::{Head, wrapped};
use findings::{Findings, as_is, nothing};
use node::{Node, Spot};
use statement::{Around, Context, Counted};
use transaction::Transaction;
use walk::{Part, PartKind, Walk};

/// What can be read of a file.
#[derive(Debug)]
pub(in crate::formats) struct Camt {
    /// The message, when the namespace says one that is known.
    pub(in crate::formats) format: Option<Format>,
    /// The character set.
    pub(in crate::formats) encoding: &'static str,
    pub(in crate::formats) reading: Reading,
}

/// Reads as much of a file as can be read, with everything that is wrong in it. Never fails, on any bytes.
pub(in crate::formats) fn inspect(bytes: &[u8]) -> Camt {
    let (encoding, text) = match text::decode(bytes) {
        Ok(decoded) => decoded,
        Err(problem) => {
            let reading = Reading { statements: Vec::new(), problems: vec![*problem] };
            return Camt { format: None, encoding: "unknown", reading };
        }
    };
    let mut walk = Walk::new(&text);
    let mut collector = Collector::default();
    let stopped = loop {
        match walk.next() {
            Ok(Some(part)) => collector.take(part, &mut walk),
            Ok(None) => break None,
            Err(problem) => break Some(problem),
        }
    };
    let format = walk.message().map(version::Message::format);
    if let Some(problem) = stopped {
        collector.stop(*problem, &mut walk);
    } else if collector.statements.is_empty() {
        collector.problems.push(findings::problem_at(
            crate::formats::bank::Place::File,
            Text::new("camt-no-statement"),
            Text::new("camt-a-statement"),
        ));
    }
    let reading = Reading { statements: collector.statements, problems: collector.problems };
    Camt { format, encoding, reading }
}

/// Joins the parts of a message.
#[derive(Debug, Default)]
struct Collector {
    created_on: Option<NaiveDate>,
    statements: Vec<StatementReading>,
    /// Problems of no statement.
    problems: Vec<Problem>,
    /// The statement whose entries are being read.
    open: Open,
}

/// What stands before the transactions of an entry.
#[derive(Debug)]
enum Before {
    NotRead,
    Unreadable,
    Read(Box<Head>),
}

impl Before {
    fn of(head: Option<Head>) -> Self {
        head.map_or(Self::Unreadable, |head| Self::Read(Box::new(head)))
    }
}

/// A statement of which more entries may follow.
#[derive(Debug)]
struct Open {
    context: Option<Context>,
    counted: Counted,
    findings: Findings,
    /// What stands before the transactions of the entry that is open.
    head: Before,
    transactions: Vec<Transaction>,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            context: None,
            counted: Counted { complete: true, ..Counted::default() },
            findings: Findings::default(),
            head: Before::NotRead,
            transactions: Vec::new(),
        }
    }
}

impl Collector {
    fn take(&mut self, part: Part, walk: &mut Walk<'_>) {
        match part.kind {
            PartKind::Header => self.header(&part.node),
            PartKind::Transaction => {
                if let (Some((statement, _)), Some((entry, path))) = (walk.statement(), walk.entry()) {
                    self.open.transaction(&part, statement, Spot { node: entry, path: &path });
                }
            }
            PartKind::Entry => {
                if let Some((statement, _)) = walk.statement() {
                    self.open.entry(&part, statement);
                }
            }
            PartKind::Statement => self.close(&part.node, &part.path, walk),
        }
    }

    /// The header of the message: its day, and whether all of it is in this file.
    fn header(&mut self, node: &Node) {
        let (spot, mut findings) = (Spot { node, path: "GrpHdr" }, Findings::default());
        self.created_on = values::date(spot, "CreDtTm", &mut findings);
        pages(spot, "MsgPgntn", &mut findings);
        self.problems.append(&mut findings.problems);
    }

    fn close(&mut self, node: &Node, path: &str, walk: &mut Walk<'_>) {
        let mut open = std::mem::take(&mut self.open);
        open.findings.problems.append(&mut walk.findings.problems);
        let context = open.context.unwrap_or_else(|| Context::of(node, None));
        let feed = walk.message().filter(|message| matches!(message, version::Message::Notification(_)));
        let around = Around {
            created_on: self.created_on,
            details_feed: feed.map(|_| "camt.054".to_owned()),
            fingerprint: walk.fingerprint(),
        };
        let spot = Spot { node, path };
        pages(spot, "StmtPgntn", &mut open.findings);
        pages(spot, "NtfctnPgntn", &mut open.findings);
        let statement = statement::statement(spot, (context, open.counted), around, &mut open.findings);
        let mut problems = open.findings.problems;
        problems.sort_by_key(|problem| problem.place.line());
        self.statements.push(StatementReading { statement, problems });
    }

    /// Ends where the file cannot be read any further, with what there is of the statement that is open.
    fn stop(&mut self, problem: Problem, walk: &mut Walk<'_>) {
        self.open.counted.complete = false;
        if let Some((node, path)) = walk.take_statement() {
            self.close(&node, &path, walk);
        }
        self.problems.push(problem);
    }
}

impl Open {
    fn transaction(&mut self, part: &Part, statement: &Node, entry: Spot<'_>) {
        let context = self.context.get_or_insert_with(|| Context::of(statement, Some(entry.node)));
        if matches!(self.head, Before::NotRead) {
            self.head = Before::of(entry::head(entry, context, &mut self.findings));
        }
        let Before::Read(head) = &self.head else { return };
        let group = entry.node.all("NtryDtls").count() + 1;
        let spot = Spot { node: &part.node, path: &part.path };
        self.transactions.push(transaction::transaction(spot, (head, group), context, &mut self.findings));
    }

    fn entry(&mut self, part: &Part, statement: &Node) {
        let context = self.context.get_or_insert_with(|| Context::of(statement, Some(&part.node)));
        let spot = Spot { node: &part.node, path: &part.path };
        let head = match std::mem::replace(&mut self.head, Before::NotRead) {
            Before::NotRead => entry::head(spot, context, &mut self.findings),
            Before::Unreadable => None,
            Before::Read(head) => Some(*head),
        };
        let transactions = std::mem::take(&mut self.transactions);
        let Some(head) = head else {
            self.counted.complete = false;
            return;
        };
        self.counted.count(&head);
        let lines = if head.booked { &mut self.counted.lines } else { &mut self.counted.pending };
        entry::entry(spot, (&head, transactions), lines, (wrapped(part.number), &mut self.findings));
        if !head.booked {
            let status = spot.node.text_at_any(&["Sts/Cd", "Sts/Prtry", "Sts"]).unwrap_or_default();
            self.findings.remark(spot.place("Sts"), as_is(status), Text::new("camt-not-booked"));
        }
    }
}

impl Counted {
    fn count(&mut self, head: &Head) {
        let add = |(count, sum): &mut (usize, Money)| {
            *count += 1;
            *sum += head.amount.abs();
        };
        add(if head.credit { &mut self.credits } else { &mut self.debits });
        if head.booked {
            add(if head.credit { &mut self.booked_credits } else { &mut self.booked_debits });
        }
    }
}

/// A message or statement in pages is refused unless this is the only one: balances and entries of the others
/// are in other files.
fn pages(spot: Spot<'_>, name: &str, findings: &mut Findings) {
    if spot.node.find(name).is_none() {
        return;
    }
    let number = values::count(spot, &format!("{name}/PgNb"), findings).unwrap_or(1);
    let last = values::flag(spot, &format!("{name}/LastPgInd"));
    if number != 1 || !last {
        let found = Text::new("camt-page").with("number", number).with("last", if last { "yes" } else { "no" });
        findings.refuse(spot.place(name), found, Text::new("camt-whole"));
    }
    if spot.node.find(name).is_some_and(|node| node.children.is_empty()) {
        findings.remark(spot.place(name), nothing(), Text::new("camt-whole"));
    }
}
