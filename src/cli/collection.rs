//! `energiehuis collection`: collecting by direct debit, from the notice to the file for the bank.

use std::path::PathBuf;

use super::house::{self, Globals, Open};
use super::{Failure, Format, fund, print_json, print_table, print_text};
use crate::domain::application::Loose;
use crate::services::Actor;
use crate::services::arrears::Sender;
use crate::services::collections::{CreditorForm, RunForm, export, make, overview, prepare, release, set_creditor};
use crate::services::users::actor_of_token;

/// Collections by direct debit
#[derive(Debug, clap::Subcommand)]
pub(super) enum Collection {
    /// Say under which SEPA creditor identifier a fund collects
    #[command(
        after_help = "Example:\n  energiehuis collection creditor --fund EL --identifier BE12ZZZ0456810810 --name \"Energiehuis W13\""
    )]
    Creditor {
        /// Code of the fund
        #[arg(long)]
        fund: String,
        /// The identifier that the bank gave
        #[arg(long)]
        identifier: String,
        /// The name on the statements of borrowers
        #[arg(long)]
        name: String,
        /// The first day; today when left out
        #[arg(long, value_name = "DATE")]
        valid_from: Option<String>,
    },
    /// Announce what falls due; the job `collections_prepare` does it every night
    Prepare {
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Make the file of a fund; somebody else releases it
    #[command(after_help = "Example:\n  energiehuis collection run --fund EL --through 2026-10-05 --token $TOKEN")]
    Run {
        /// Code of the fund
        #[arg(long)]
        fund: String,
        /// The last collection day that it takes; a week after the first possible one when left out
        #[arg(long, value_name = "DATE")]
        through: Option<String>,
        #[command(flatten)]
        who: Who,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Show the files, what waits for one, and what came back
    List {
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Let a file leave that somebody else made
    #[command(after_help = "Example:\n  energiehuis collection release ECMB12 --token $OTHER_TOKEN")]
    Release {
        /// The message identification of the file, as `collection list` shows it
        #[arg(value_name = "MESSAGE")]
        message: String,
        #[command(flatten)]
        who: Who,
    },
    /// Write a released file, always the same bytes
    #[command(after_help = "Example:\n  energiehuis collection export ECMB12 --out collect.xml --token $TOKEN")]
    Export {
        /// The message identification of the file
        #[arg(value_name = "MESSAGE")]
        message: String,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        who: Who,
    },
}

/// Who asks: it takes two people to let a file leave, so the command must know which one this is.
#[derive(Debug, clap::Args)]
pub(super) struct Who {
    /// Token of the person, as `energiehuis user token` gives it
    #[arg(long)]
    token: String,
}

impl Who {
    async fn actor(&self, open: &Open) -> Result<Actor, Failure> {
        let found = actor_of_token(&open.house, &self.token).await?;
        found.ok_or_else(|| {
            Failure::Input("--token stands for nobody; make one with `energiehuis user token`".to_owned())
        })
    }
}

impl Collection {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        house::with_house(globals, async |open| match &self {
            Self::Creditor { fund, identifier, name, valid_from } => {
                let valid_from = valid_from.as_deref().map(|text| fund::date("--valid-from", text)).transpose()?;
                let (fund, identifier, name) = (fund.clone(), identifier.clone(), name.clone());
                let form = CreditorForm { fund, identifier, name, valid_from };
                let set = set_creditor(&open.house, &Actor::system(), form).await?;
                print_text(&format!("{} collects as {}.", set.name, set.identifier));
                Ok(())
            }
            Self::Prepare { format } => announce(open, *format).await,
            Self::Run { fund, through, who, format } => {
                let through = through.as_deref().map(Loose::from).unwrap_or_default();
                let form = RunForm { fund: Loose::from(fund.as_str()), through };
                let made = make(&open.house, &who.actor(open).await?, (&form, None)).await?;
                print_run(&made.json, *format)
            }
            Self::List { format } => list(open, *format).await,
            Self::Release { message, who } => {
                let actor = who.actor(open).await?;
                release(&open.house, &actor, run_of(open, message).await?).await?;
                print_text(&format!("{message} may leave."));
                Ok(())
            }
            Self::Export { message, out, who } => {
                let actor = who.actor(open).await?;
                let left = export(&open.house, &actor, run_of(open, message).await?).await?;
                std::fs::write(out, &left.bytes)
                    .map_err(|error| Failure::Input(format!("--out {} cannot be written: {error}", out.display())))?;
                print_text(&format!("{} bytes in {}", left.bytes.len(), out.display()));
                Ok(())
            }
        })
    }
}

async fn announce(open: &Open, format: Format) -> Result<(), Failure> {
    let sender = Sender::of(&open.settings);
    let report = prepare(&open.house, &sender, open.house.clock.today(), 200).await?;
    if format == Format::Json {
        return print_json(&report);
    }
    print_text(&format!(
        "{} loans looked at: {} collections made, {} notices, {} of them to print, {} let go",
        report.loans, report.made, report.notices, report.letters_to_print, report.dropped
    ));
    Ok(())
}

fn print_run(json: &str, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        print_text(json);
        return Ok(());
    }
    let made: serde_json::Value = serde_json::from_str(json).map_err(Failure::unavailable)?;
    let run = &made["run"];
    match run["message_id"].as_str() {
        None => print_text("nothing may leave"),
        Some(message) => print_text(&format!(
            "{message}: {} collections, {} euro, to be sent by {}; somebody else releases it",
            run["lines"],
            run["total"].as_str().unwrap_or_default(),
            run["send_by"].as_str().unwrap_or_default(),
        )),
    }
    let blocked: Vec<Vec<String>> = made["blocked"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| {
            ["loan", "due_on", "amount", "because"].map(|name| line[name].as_str().unwrap_or_default().to_owned())
        })
        .map(Vec::from)
        .collect();
    if !blocked.is_empty() {
        print_table(&["stays behind", "due on", "amount", "why"], blocked);
    }
    Ok(())
}

async fn list(open: &Open, format: Format) -> Result<(), Failure> {
    let all = overview(&open.house, &Actor::system()).await?;
    if format == Format::Json {
        return print_json(&all);
    }
    let runs = all.runs.iter().map(|run| {
        let (first_on, send_by) = (run.first_on.to_string(), run.send_by.to_string());
        let (lines, total) = (run.lines.to_string(), run.total.to_string());
        vec![run.message_id.clone(), run.fund.clone(), run.state.clone(), lines, total, first_on, send_by]
    });
    print_table(&["file", "fund", "state", "lines", "total", "first day", "send by"], runs);
    let waiting = all.waiting.iter().filter(|line| line.run_id.is_none()).map(|line| {
        let (amount, collect_on) = (line.amount.to_string(), line.collect_on.to_string());
        vec![line.loan_number.clone(), amount, collect_on, line.blocked_because.clone().unwrap_or_default()]
    });
    print_table(&["announced", "amount", "collected on", "stayed behind because"], waiting);
    let returns = all.returns.iter().map(|line| {
        let (amount, on) = (line.amount.to_string(), line.returned_on.to_string());
        let reason = line.reason.clone().unwrap_or_default();
        vec![line.loan_number.clone(), amount, on, line.kind.clone(), reason, line.action.clone()]
    });
    print_table(&["came back", "amount", "on", "kind", "reason", "what to do"], returns);
    Ok(())
}

/// The run of a message identification.
async fn run_of(open: &Open, message: &str) -> Result<uuid::Uuid, Failure> {
    let all = overview(&open.house, &Actor::system()).await?;
    let found = all.runs.iter().find(|run| run.message_id.eq_ignore_ascii_case(message.trim()));
    found.map(|run| run.run_id).ok_or_else(|| {
        Failure::Input(format!("MESSAGE is “{message}”, which is no file of ours; `collection list` shows them"))
    })
}
