//! `energiehuis bank queue`, `decide`, `undo`: the lines that wait, and what is decided about them.

use clap::Args;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::application::Loose;
use crate::domain::money::Money;
use crate::domain::text::FieldProblem;
use crate::i18n::{Lang, say, tell};
use crate::services::Once;
use crate::services::bank::{
    self, Decided, DecisionForm, DecisionRequest, Part, PartForm, QueueLine, QueuePage, ShownAbout, ShownProposal,
    UndoRequest, WaitingTotals,
};
use crate::services::{Actor, Error, House};

/// How many lines are read at once.
const AT_ONCE: u16 = 500;

/// Lines that wait for somebody, oldest first, each with what it may be about
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank queue
  energiehuis bank queue --fund NKF --format json | jq '.lines[] | {bank_line_id, amount, proposals}'
  energiehuis bank queue --limit 50
  energiehuis bank queue --limit 50 --after LINE
      the next fifty, after the last line of the ones before

A proposal is never booked by itself: confirm it with `energiehuis bank decide`.")]
pub(super) struct Queue {
    /// Only lines on the account of this fund
    #[arg(long, value_name = "CODE")]
    fund: Option<String>,
    /// Only what comes after this line
    #[arg(long, value_name = "LINE")]
    after: Option<Uuid>,
    /// At most so many lines; every one when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Table for people, JSON for programs
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Queue {
    /// Lists them.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let page = house::with_house(globals, async |open| Ok(self.read(&open.house).await?))?;
        match self.format {
            Format::Json => print_json(&json!({
                "lines": page.lines.iter().map(row).collect::<Vec<_>>(), "total": page.total, "next": page.next,
            })),
            Format::Table => {
                print(&page);
                Ok(())
            }
        }
    }

    /// What was asked for, read a part at a time: however long the queue, it is one list.
    async fn read(&self, house: &House) -> Result<QueuePage, Error> {
        let total = WaitingTotals { count: 0, came_in: Money::ZERO, went_out: Money::ZERO };
        let mut all = QueuePage { lines: Vec::new(), total, next: self.after };
        let most = self.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        loop {
            let limit = u16::try_from(most - all.lines.len()).unwrap_or(AT_ONCE).min(AT_ONCE);
            let part = Part { fund: self.fund.clone(), after: all.next, limit };
            let read = bank::queue_page(house, &Actor::system(), part).await?;
            all.lines.extend(read.lines);
            (all.total, all.next) = (read.total, read.next);
            if all.next.is_none() || all.lines.len() >= most {
                return Ok(all);
            }
        }
    }
}

fn row(queued: &QueueLine) -> serde_json::Value {
    let line = &queued.line;
    json!({
        "bank_line_id": line.bank_line_id,
        "fund": line.fund,
        "booked_on": line.booked_on,
        "amount": line.amount,
        "counterparty": { "iban": line.iban.as_ref().map(ToString::to_string), "name": line.name },
        "structured": line.structured.map(|ogm| ogm.to_string()),
        "free": line.free,
        "reason": line.reason,
        "sentence": tell(Lang::En, &line.reason.text()),
        "refund_asked": queued.asked.is_some(),
        "proposals": queued.proposals.iter().map(proposal).collect::<Vec<_>>(),
    })
}

fn proposal(proposal: &ShownProposal) -> serde_json::Value {
    let reasons: Vec<serde_json::Value> = proposal
        .grounds
        .iter()
        .map(|ground| json!({ "code": ground.code(), "sentence": say(Lang::En, &format!("proposal-ground-{}", ground.code())) }))
        .collect();
    json!({ "part": part_of(&proposal.about), "certainty": proposal.confidence.code(), "paid_by": proposal.paid_by.code(),
            "reasons": reasons })
}

/// A proposal as `decide --part` takes it.
fn part_of(about: &ShownAbout) -> String {
    match about {
        ShownAbout::Loan { number, .. } => format!("loan:{number}"),
        ShownAbout::Payment { number, payment_id, .. } => format!("return:{number}/{payment_id}"),
        ShownAbout::Source { source_id, .. } => format!("source:{source_id}"),
        ShownAbout::Order { payment_order_id, .. } => format!("order:{payment_order_id}"),
        ShownAbout::ReturnedOrder { payment_order_id, .. } => format!("returned-order:{payment_order_id}"),
        ShownAbout::Run { number } => format!("run:{number}"),
    }
}

fn print(page: &QueuePage) {
    let (lines, total) = (&page.lines, &page.total);
    print_text(&format!("{} lines wait: {} came in, {} went out", total.count, total.came_in, total.went_out));
    if lines.is_empty() {
        return;
    }
    let rows = lines.iter().map(|queued| {
        let line = &queued.line;
        let best = queued.proposals.iter().map(|one| format!("{} ({})", part_of(&one.about), one.confidence.code()));
        let text = line.structured.map(|ogm| ogm.to_string()).or_else(|| line.free.clone()).unwrap_or_default();
        vec![
            line.bank_line_id.to_string(),
            format!("{} {}", line.fund, line.booked_on),
            format!("{:>14}", line.amount),
            text.chars().take(40).collect(),
            best.collect::<Vec<_>>().join("\n"),
        ]
    });
    print_table(&["line", "fund, day", "amount", "text", "may be"], rows);
    if let Some(next) = page.next {
        print_text(&format!("{} of them are shown; the next begin with --after {next}", lines.len()));
    }
}

/// Decide where the money of lines that wait goes: all of it, or nothing
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank decide LINE --part loan:L-2026-00012 --reason 'called: wrong communication'
  energiehuis bank decide LINE --part loan:L-2026-00012=100.00 --part loan:L-2026-00013 --reason 'pays for both'
      split; a part without an amount takes what the others leave
  energiehuis bank decide LINE --part loan:L-2026-00012 --paid-by budget_manager --reason 'OCMW pays'
      remembers from which account, and suggests it the next time
  energiehuis bank decide LINE --with OTHER --reason 'paid and given back by the bank'
      lines that cancel each other out
  energiehuis bank decide LINE --part return:L-2026-00012 --reason 'direct debit refused'
  energiehuis bank decide LINE --part order:ORDER=250.00 --part charge --reason 'the bank took its fee with it'
  energiehuis bank decide LINE --part returned-order:ORDER --reason 'the contractor has closed its account'
      the order waits again, for another run
  energiehuis bank decide LINE --part run:P-2026-00012 --reason 'the sum of that run, of that day'
      pays every order of the run on this account
  energiehuis bank decide LINE --part source:SOURCE --reason 'opening balance is own means'
  energiehuis bank decide LINE --part not-ours --reason 'meant for the neighbours'
  energiehuis bank decide LINE --part refund --reason 'not ours, send it back'
      a second person must ask for the same

Lines and proposals: energiehuis bank queue. Exit status: 0 decided · 2 refused, and nothing was written.")]
pub(super) struct Decide {
    /// The line
    #[arg(value_name = "LINE")]
    line: Uuid,
    /// Another line, decided together with it
    #[arg(long = "with", value_name = "LINE")]
    others: Vec<Uuid>,
    /// Where the money goes: `KIND[:WHAT][=AMOUNT]`
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<String>,
    /// Who paid, for parts that are loans
    #[arg(long, value_name = "WHO")]
    paid_by: Option<String>,
    /// What a payment does to instalments that are not due: `instalments`, `shorten_term` or `lower_instalments`
    #[arg(long, value_name = "HOW")]
    usage: Option<String>,
    /// Whose account it is, for a refund where the bank gave no name
    #[arg(long)]
    name: Option<String>,
    /// Why, for whoever checks it later
    #[arg(long)]
    reason: String,
    /// Show what it would do, and write nothing
    #[arg(long)]
    preview: bool,
    /// The same key with the same decision decides it once, and answers the same
    #[arg(long, conflicts_with = "preview")]
    key: Option<String>,
    /// How to show the answer
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Decide {
    /// Decides or previews.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let form = self.form();
        let body = format!(
            "{} {:?} {:?} {:?}",
            self.reason,
            self.others,
            self.parts,
            (&self.paid_by, &self.usage, &self.name)
        );
        let once = self.key.map(|key| Once { key, body_sha256: Sha256::digest(body.as_bytes()).into() });
        let request = DecisionRequest { bank_line_id: self.line, form, once };
        let decided = house::with_house(globals, async |open| {
            let (house, actor) = (&open.house, Actor::system());
            if self.preview {
                let answer = bank::preview_decision(house, &actor, request.clone()).await.map_err(failure)?;
                return Ok(Decided { bank_decision_id: None, answer, is_new: true, remarks: Vec::new() });
            }
            bank::decide(house, &actor, request.clone()).await.map_err(failure)
        })?;
        if self.format == Format::Json {
            print_text(&decided.answer);
            return Ok(());
        }
        match decided.bank_decision_id {
            _ if self.preview => print_text("preview; nothing was written"),
            Some(id) => print_text(&format!("decided; undo it with: energiehuis bank undo {id} --reason …")),
            None => print_text("asked for; a second person must ask for the same before the money goes back"),
        }
        print_entries(&decided.answer)
    }

    fn form(&self) -> DecisionForm {
        let loose = |text: &Option<String>| text.as_deref().map(Loose::from).unwrap_or_default();
        let part = |text: &String| {
            let (place, amount) = text.split_once('=').map_or((text.as_str(), None), |(place, sum)| (place, Some(sum)));
            let (kind, what) = place.split_once(':').unwrap_or((place, ""));
            let kind = kind.replace('-', "_");
            let mut part = PartForm { kind: Loose::from(kind.as_str()), ..PartForm::default() };
            part.amount = amount.map(Loose::from).unwrap_or_default();
            match kind.as_str() {
                "loan" => {
                    part.loan = Loose::from(what);
                    (part.paid_by, part.usage) = (loose(&self.paid_by), loose(&self.usage));
                }
                "return" => {
                    let (loan, payment) = what.split_once('/').unwrap_or((what, ""));
                    (part.loan, part.payment_id) = (Loose::from(loan), Loose::from(payment));
                }
                "source" => part.source_id = Loose::from(what),
                "order" | "returned_order" => part.payment_order_id = Loose::from(what),
                "run" => part.run = Loose::from(what),
                "refund" => part.name = loose(&self.name),
                _ => {}
            }
            part
        };
        DecisionForm {
            reason: Loose::from(self.reason.as_str()),
            lines: self.others.iter().map(|line| Loose::from(line.to_string())).collect(),
            parts: self.parts.iter().map(part).collect(),
        }
    }
}

/// Take back a decision, or what the import booked by itself: the line waits again
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank undo DECISION --reason 'it was for the neighbours'
  energiehuis bank undo LINE --reason 'right communication, wrong family'
      a line that the import booked by itself

Everything it booked is booked back; nothing is removed. Exit status: 0 undone · 2 refused, and nothing was written.")]
pub(super) struct Undo {
    /// The decision; or the line, where the import booked it
    #[arg(value_name = "DECISION")]
    id: Uuid,
    /// What was wrong, for whoever checks it later
    #[arg(long)]
    reason: String,
    /// How to show the answer
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Undo {
    /// Takes it back.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let request = UndoRequest { id: self.id, reason: self.reason, once: None };
        let undone = house::with_house(globals, async |open| {
            bank::undo(&open.house, &Actor::system(), request.clone()).await.map_err(failure)
        })?;
        if self.format == Format::Json {
            print_text(&undone.answer);
            return Ok(());
        }
        print_text("undone; the line waits again");
        for remark in &undone.remarks {
            print_text(&tell(Lang::En, &remark.text()));
        }
        print_entries(&undone.answer)
    }
}

/// Wrong fields are those of the decision, each with its part.
fn failure(error: Error) -> Failure {
    match error {
        Error::Invalid(problems) => {
            let sentence = |problem: &FieldProblem| {
                format!("{} “{}”: {}", problem.field, problem.value, tell(Lang::En, &problem.text))
            };
            Failure::Input(problems.iter().map(sentence).collect::<Vec<_>>().join("\n"))
        }
        other => other.into(),
    }
}

fn print_entries(answer: &str) -> Result<(), Failure> {
    let answer: serde_json::Value = serde_json::from_str(answer).map_err(Failure::unavailable)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut rows = Vec::new();
    for entry in answer["entries"].as_array().into_iter().flatten() {
        for (place, line) in entry["lines"].as_array().into_iter().flatten().enumerate() {
            let first = |value: &serde_json::Value| if place == 0 { text(value) } else { String::new() };
            let (day, reason) = (first(&entry["effective_on"]), first(&entry["reason"]));
            rows.push(vec![day, reason, text(&line["account"]), text(&line["debit"]), text(&line["credit"])]);
        }
    }
    if !rows.is_empty() {
        print_table(&["day", "entry", "account", "debit", "credit"], rows);
    }
    Ok(())
}
