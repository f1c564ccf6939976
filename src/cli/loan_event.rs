//! `energiehuis loan event`: what happened to a loan, from a file, recorded or only previewed.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::house::{self, Globals};
use super::{Failure, Format, print_table, print_text};
use crate::domain::text::FieldProblem;
use crate::i18n::{Lang, tell};
use crate::services::Once;
use crate::services::loans::events::{EventForm, Request, preview, record};
use crate::services::{Actor, Error};

/// Record what happened to a loan, or preview what it would do
///
/// The file holds one JSON object: the kind of the event, the fields of that kind, and in `effective_on` the day from
/// which it counts; today when left out. Everything that is wrong is told at once, and then nothing is written and the
/// exit status is 2. A preview prints what recording would print, to the byte, and writes nothing.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  energiehuis loan event L-2026-00012 --file holiday.json --preview
  energiehuis loan event L-2026-00012 --file holiday.json --key holiday-2026-07
  echo '{\"kind\": \"draws_closed\"}' | energiehuis loan event L-2026-00012 --file -

Events:
  {\"kind\": \"withdrawn\"}                              taken back within 14 days
  {\"kind\": \"tranche_drawn\", \"invoice_id\": \"…\"}      an invoice is approved by a second person
  {\"kind\": \"draws_closed\"}                           the works are finished
  {\"kind\": \"holiday_granted\", \"instalments\": 3}    due dates are skipped, nothing is lost
  {\"kind\": \"rescheduled\", \"instalments\": 48, \"first_due_on\": \"2026-11-01\"}
  {\"kind\": \"plan_agreed\", \"lines\": [{\"due_on\": \"2026-11-01\", \"amount\": \"500.00\"}]}
  {\"kind\": \"called_due\", \"trigger\": \"death\", \"due_on\": \"2027-03-31\"}
  {\"kind\": \"accelerated\", \"noticed_on\": \"2026-08-01\", \"due_on\": \"2026-10-01\"}
  {\"kind\": \"exit_valued\", \"value_at_exit\": \"185000.00\", \"valued_by\": \"deed of sale\"}
  {\"kind\": \"spread\", \"amount\": \"20000.00\", \"instalments\": 240, \"first_due_on\": \"2042-11-01\"}
  {\"kind\": \"debtor_changed\", \"person_id\": \"…\", \"cause\": \"heir\"}   or \"person\": {…} as in an application
  {\"kind\": \"debt_settlement_admitted\"}
  {\"kind\": \"debt_settlement_ruled\", \"lines\": [{\"due_on\": \"2026-11-01\", \"amount\": \"100.00\"}], \"remitted\": \"900.00\"}
  {\"kind\": \"written_off\", \"evidence\": \"file 2026/17\"}
  {\"kind\": \"discharge_requested\", \"reference\": \"VEKA 2026-0042\"}
  {\"kind\": \"discharge_decided\", \"granted\": true, \"reference\": \"VEKA 2026-0042\"}
  {\"kind\": \"corrected\", \"fact_id\": \"…\", \"reason\": \"wrong day\", \"replacement\": {\"effective_on\": \"2026-05-04\"}}
  {\"kind\": \"corrected\", \"fact_id\": \"…\", \"reason\": \"never happened\", \"replacement\": null}
  {\"kind\": \"overpayment_refunded\", \"amount\": \"25.00\", \"iban\": \"BE68 5390 0754 7034\", \"name\": \"An Voorbeeld\"}
  {\"kind\": \"payment\", \"bank_line_id\": \"…\", \"payer\": \"grant\", \"usage\": \"shorten_term\"}
  {\"kind\": \"payment_returned\", \"bank_line_id\": \"…\", \"payment_id\": \"…\", \"reason\": \"direct debit refused\"}
  {\"kind\": \"payment_moved\", \"payment_id\": \"…\", \"to_loan\": \"L-2026-00013\", \"reason\": \"wrong reference\"}

Identifiers of facts and payments: energiehuis loan show NUMBER --format json")]
pub(super) struct Event {
    /// Number of the loan, or its identifier
    #[arg(value_name = "NUMBER")]
    loan: String,
    /// The file with the event; - reads it from standard input
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Show what it would do, and write nothing
    #[arg(long)]
    preview: bool,
    /// The same key with the same event records it once, and answers the same
    #[arg(long, conflicts_with = "preview")]
    key: Option<String>,
    /// How to show the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Event {
    /// Records or previews it.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let Self { loan, file, preview: only_preview, key, format } = self;
        let content = read(&file)?;
        let form: EventForm = serde_json::from_slice(&content)
            .map_err(|error| Failure::Input(format!("--file does not hold a JSON object: {error}")))?;
        let once = key.map(|key| Once { key, body_sha256: Sha256::digest(&content).into() });
        let request = Request { loan, form, once };
        let answer = house::with_house(globals, async |open| {
            let (house, actor) = (&open.house, Actor::system());
            let answered = if only_preview {
                preview(house, &actor, request.clone()).await
            } else {
                record(house, &actor, request.clone()).await.map(|recorded| recorded.json)
            };
            answered.map_err(failure)
        })?;
        if format == Format::Json {
            print_text(&answer);
            return Ok(());
        }
        if only_preview {
            print_text("preview; nothing was written");
        }
        print(&serde_json::from_str(&answer).map_err(Failure::unavailable)?);
        Ok(())
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut content).map(|_| ())
    } else {
        std::fs::read(file).map(|found| content = found)
    };
    let name = file.display();
    read.map_err(|error| Failure::Input(format!("--file is “{name}”, which cannot be read: {error}")))?;
    Ok(content)
}

/// Wrong fields are those of the file, not options.
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

fn print(answer: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let state = &answer["state"];
    print_text(&format!(
        "{} · {} · counts from {}",
        text(&answer["loan"]),
        text(&answer["event"]["kind"]),
        text(&answer["effective_on"]),
    ));
    let mut rows = Vec::new();
    for entry in answer["entries"].as_array().into_iter().flatten() {
        for (place, line) in entry["lines"].as_array().into_iter().flatten().enumerate() {
            let first = |value: &Value| if place == 0 { text(value) } else { String::new() };
            rows.push(vec![
                first(&entry["effective_on"]),
                first(&entry["reason"]),
                text(&line["account"]),
                text(&line["debit"]),
                text(&line["credit"]),
            ]);
        }
    }
    if rows.is_empty() {
        print_text("nothing changes in the ledger");
    } else {
        print_table(&["day", "entry", "account", "debit", "credit"], rows);
    }
    let figures = ["drawn", "undrawn", "repaid", "outstanding", "overpaid", "remitted", "written_off", "recovered"];
    let shown = figures.iter().map(|name| format!("{} {}", name.replace('_', " "), text(&state[*name])));
    print_text(&format!("now {} · {}", text(&state["status"]), shown.collect::<Vec<_>>().join(" · ")));
}
