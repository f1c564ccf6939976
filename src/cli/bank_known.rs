//! `energiehuis bank agency`, `counterparty`: accounts of others that the house knows.

use clap::Subcommand;
use serde_json::json;

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::services::Actor;
use crate::services::bank::{self, Forgetting, NewAgency};

/// Accounts from which renovation grants are paid
#[derive(Debug, Subcommand)]
pub(super) enum Agency {
    /// List them
    List {
        /// Table for people, JSON for programs
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Add one: what comes from it and names exactly one loan is booked as its grant
    Add {
        /// The account
        #[arg(long)]
        iban: String,
        /// Whose it is
        #[arg(long)]
        name: String,
    },
    /// Remove one; what was booked stays
    Remove {
        /// The account
        #[arg(long)]
        iban: String,
    },
}

impl Agency {
    /// Runs the chosen command.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        house::with_house(globals, async |open| {
            let (house, actor) = (&open.house, Actor::system());
            match &self {
                Self::List { format } => {
                    let agencies = bank::agencies(house, &actor).await?;
                    match format {
                        Format::Json => print_json(&json!({ "agencies": agencies }))?,
                        Format::Table => {
                            let rows =
                                agencies.into_iter().map(|agency| vec![agency.name, agency.iban, agency.added_by]);
                            print_table(&["name", "account", "added by"], rows);
                        }
                    }
                }
                Self::Add { iban, name } => {
                    bank::add_agency(house, &actor, NewAgency { iban: iban.clone(), name: name.clone() }).await?;
                    print_text("added");
                }
                Self::Remove { iban } => {
                    bank::remove_agency(house, &actor, iban).await?;
                    print_text("removed");
                }
            }
            Ok(())
        })
    }
}

/// Who pays for which loan, as learned from decisions
#[derive(Debug, Subcommand)]
pub(super) enum Counterparty {
    /// List them, what was learned last first
    #[command(after_help = "Example:\n  energiehuis bank counterparty list --format json")]
    List {
        /// Table for people, JSON for programs
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Forget that an account pays for a loan; it is suggested no more, until a decision teaches it again
    #[command(after_help = "Example:\n  energiehuis bank counterparty forget --iban \"BE68 5390 0754 7034\" \\\n    \
                            --loan L-2026-00012 --reason \"the budget manager stopped\"")]
    Forget {
        /// The account
        #[arg(long)]
        iban: String,
        /// Number of the loan
        #[arg(long)]
        loan: String,
        /// Why, for whoever checks it later
        #[arg(long)]
        reason: String,
    },
}

impl Counterparty {
    /// Runs the chosen command.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        house::with_house(globals, async |open| {
            let (house, actor) = (&open.house, Actor::system());
            match &self {
                Self::List { format } => {
                    let known = bank::counterparties(house, &actor).await?;
                    match format {
                        Format::Json => print_json(&json!({ "counterparties": known }))?,
                        Format::Table => {
                            let rows = known.into_iter().map(|payer| {
                                vec![
                                    payer.iban,
                                    payer.kind,
                                    payer.loan,
                                    payer.learned_at.to_rfc3339(),
                                    payer.learned_by,
                                ]
                            });
                            print_table(&["account", "who", "loan", "learned", "from"], rows);
                        }
                    }
                }
                Self::Forget { iban, loan, reason } => {
                    let forgetting = Forgetting { iban: iban.clone(), loan: loan.clone(), reason: reason.clone() };
                    bank::forget_counterparty(house, &actor, forgetting).await?;
                    print_text("forgotten; it is suggested no more");
                }
            }
            Ok(())
        })
    }
}
