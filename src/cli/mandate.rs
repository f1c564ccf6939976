//! `energiehuis mandate`: what borrowers allow the house to collect.

use uuid::Uuid;

use super::house::{self, Globals, Open};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::application::Loose;
use crate::services::collections::{AmendForm, MandateForm, MandateLine, StopForm, amend, of_loan, register, stop};
use crate::services::loans::named::named;
use crate::services::{Actor, Answered};

/// Mandates of borrowers for direct debit
#[derive(Debug, clap::Subcommand)]
pub(super) enum Mandate {
    /// Register the mandate that a borrower signed
    #[command(
        after_help = "Examples:\n  energiehuis mandate add L-2026-00012 --iban \"BE68 5390 0754 7034\" --signed-on 2026-09-01\n  \
                            energiehuis mandate add L-2026-00012 --iban \"BE68 5390 0754 7034\" --signed-on 2026-09-01 --kind one_off"
    )]
    Add(Add),
    /// Show the mandates of a loan and what was collected under them
    #[command(after_help = "Example:\n  energiehuis mandate list L-2026-00012 --format json")]
    List {
        /// Number of the loan, or its communication
        #[arg(value_name = "NUMBER")]
        loan: String,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Change the account or the reference of the active mandate of a loan
    #[command(
        after_help = "Example:\n  energiehuis mandate amend L-2026-00012 --iban \"BE71 0961 2345 6769\" --reason \"other bank\""
    )]
    Amend(Amend),
    /// Stop the active mandate of a loan
    #[command(after_help = "Example:\n  energiehuis mandate stop L-2026-00012 --reason \"asked by the borrower\"")]
    Stop {
        /// Number of the loan, or its communication
        #[arg(value_name = "NUMBER")]
        loan: String,
        /// Why, in a few words
        #[arg(long)]
        reason: String,
    },
}

/// A mandate.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// Number of the loan, or its communication
    #[arg(value_name = "NUMBER")]
    loan: String,
    /// The account
    #[arg(long)]
    iban: String,
    /// Its bank; left out: our bank finds it
    #[arg(long)]
    bic: Option<String>,
    /// In whose name it stands; left out: who owes the loan
    #[arg(long)]
    debtor_name: Option<String>,
    /// The day it was signed
    #[arg(long, value_name = "DATE")]
    signed_on: String,
    /// `recurrent` or `one_off`
    #[arg(long, default_value = "recurrent")]
    kind: String,
    /// The reference printed on it; left out: made from the number of the loan
    #[arg(long)]
    reference: Option<String>,
}

/// A change.
#[derive(Debug, clap::Args)]
pub(super) struct Amend {
    /// Number of the loan, or its communication
    #[arg(value_name = "NUMBER")]
    loan: String,
    /// The new account
    #[arg(long)]
    iban: Option<String>,
    /// Its bank
    #[arg(long)]
    bic: Option<String>,
    /// The new reference
    #[arg(long)]
    reference: Option<String>,
    /// Why, in a few words
    #[arg(long)]
    reason: String,
}

impl Mandate {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        house::with_house(globals, async |open| match &self {
            Self::Add(add) => add.run(open).await,
            Self::List { loan, format } => list(open, loan, *format).await,
            Self::Amend(change) => change.run(open).await,
            Self::Stop { loan, reason } => {
                let mandate_id = latest(open, loan).await?.mandate_id;
                let form = StopForm { reason: loose(reason) };
                say(&stop(&open.house, &Actor::system(), (mandate_id, &form, None)).await?)
            }
        })
    }
}

impl Add {
    async fn run(&self, open: &Open) -> Result<(), Failure> {
        let loan_id = named(&open.house, &Actor::system(), ("loan", &self.loan)).await?;
        let form = MandateForm {
            iban: loose(&self.iban),
            bic: maybe(self.bic.as_deref()),
            debtor_name: maybe(self.debtor_name.as_deref()),
            signed_on: loose(&self.signed_on),
            kind: loose(&self.kind),
            reference: maybe(self.reference.as_deref()),
        };
        say(&register(&open.house, &Actor::system(), (loan_id, &form, None)).await?)
    }
}

impl Amend {
    async fn run(&self, open: &Open) -> Result<(), Failure> {
        let mandate_id = latest(open, &self.loan).await?.mandate_id;
        let form = AmendForm {
            iban: maybe(self.iban.as_deref()),
            bic: maybe(self.bic.as_deref()),
            reference: maybe(self.reference.as_deref()),
            reason: loose(&self.reason),
        };
        say(&amend(&open.house, &Actor::system(), (mandate_id, &form, None)).await?)
    }
}

async fn list(open: &Open, loan: &str, format: Format) -> Result<(), Failure> {
    let loan_id: Uuid = named(&open.house, &Actor::system(), ("loan", loan)).await?;
    let found = of_loan(&open.house, &Actor::system(), loan_id).await?;
    if format == Format::Json {
        return print_json(&found);
    }
    let mandates = found.mandates.iter().map(|one| {
        let last = one.last_collected_on.map(|day| day.to_string()).unwrap_or_default();
        let signed_on = one.signed_on.to_string();
        vec![one.reference.clone(), one.kind.clone(), one.state.clone(), signed_on, last, one.expires_on.to_string()]
    });
    print_table(&["mandate", "kind", "state", "signed on", "last collected on", "ends when idle on"], mandates);
    let lines = found.collections.iter().map(|line| {
        let reason = line.return_reason.clone().or(line.blocked_because.clone()).or(line.dropped_because.clone());
        let (due_on, collect_on) = (line.due_on.to_string(), line.collect_on.to_string());
        let attempt = line.attempt.to_string();
        vec![due_on, attempt, line.amount.to_string(), collect_on, line.state.clone(), reason.unwrap_or_default()]
    });
    print_table(&["due on", "attempt", "amount", "collected on", "state", "why"], lines);
    Ok(())
}

/// The latest mandate of a loan.
async fn latest(open: &Open, loan: &str) -> Result<MandateLine, Failure> {
    let loan_id = named(&open.house, &Actor::system(), ("loan", loan)).await?;
    let found = of_loan(&open.house, &Actor::system(), loan_id).await?.mandates.into_iter().next();
    found.ok_or_else(|| Failure::Input(format!("{loan} has no mandate; register one with `mandate add`")))
}

fn say(answered: &Answered) -> Result<(), Failure> {
    let said: serde_json::Value = serde_json::from_str(&answered.json).map_err(Failure::unavailable)?;
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let state = said["standing"]["state"].as_str().unwrap_or_default();
    print_text(&format!("Mandate {} of {} is {state}.", text("reference"), text("loan")));
    Ok(())
}

fn loose(text: &str) -> Loose {
    Loose::from(text)
}

fn maybe(text: Option<&str>) -> Loose {
    text.map(Loose::from).unwrap_or_default()
}
