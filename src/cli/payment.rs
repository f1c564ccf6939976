//! `energiehuis payment`: payment runs, and on which account contractors are paid.
//!
//! Who takes a step is who the token stands for: a run needs two different people at the command line too.

use std::path::{Path, PathBuf};

use super::house::{self, Globals, Open};
use super::payment_run::{print_contractors, print_list, print_outcome, print_payee, print_run};
use super::{Failure, Format, fund, print_json, print_text};
use crate::domain::identity::EnterpriseNumber;
use crate::services::Actor;
use crate::services::payments::{self, AccountChange, Confirmed, Payer, Redirection, Step, take};
use crate::services::users::actor_of_token;

/// Payment runs: make, release, export; accounts of contractors
#[derive(Debug, clap::Subcommand)]
pub(super) enum Payment {
    /// Make a run of the orders that wait
    #[command(after_help = "Examples:\n  energiehuis payment run --on 2026-11-30 --token-file me.token\n  \
                            energiehuis payment run --on 2026-11-30 --fund NKF --token-file me.token --format json")]
    Run {
        /// Banking day on which the bank is to pay
        #[arg(long, value_name = "DATE")]
        on: String,
        /// Code of the fund; left out: every fund
        #[arg(long)]
        fund: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// List the latest runs
    #[command(after_help = "Example:\n  energiehuis payment list --format json")]
    List {
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Show one run: orders, totals, accounts that need a look
    #[command(after_help = "Example:\n  energiehuis payment show P-2026-00012")]
    Show {
        /// Number of the run
        run: String,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Release a run; it takes two different people
    #[command(after_help = "Examples:\n  energiehuis payment release P-2026-00012 --token-file me.token\n  \
                            energiehuis payment release P-2026-00012 --token-file me.token \\\n    \
                            --confirm \"01890a5d-ac96-774b-bcce-b302099a8057=called 056 12 34 56, An confirmed\"")]
    Release {
        /// Number of the run
        run: String,
        /// How an account was verified: the identifier of the contractor or the order, =, and a note; may come more than
        /// once
        #[arg(long, value_name = "ID=NOTE")]
        confirm: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Cancel a run that has not left yet; its orders wait again
    #[command(
        after_help = "Example:\n  energiehuis payment cancel P-2026-00012 --reason \"wrong day\" --token-file me.token"
    )]
    Cancel {
        /// Number of the run
        run: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
    /// Make the file of a released run, once, and write it; the same bytes every time
    #[command(
        after_help = "Example:\n  energiehuis payment export P-2026-00012 --out payments.xml --token-file me.token"
    )]
    Export {
        /// Number of the run
        run: String,
        /// The file to write; an existing one is not overwritten
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        who: Who,
    },
    /// Say that the bank did not execute an order of an exported run; it waits again
    #[command(after_help = "Example:\n  energiehuis payment reopen EH01890a5dac96774bbcceb302099a8057 \\\n    \
                            --reason \"refused by the bank: account closed\" --token-file me.token")]
    Reopen {
        /// End-to-end identification of the order
        order: String,
        /// How that is known
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
    /// Say that an order whose money came back can be sent to the same account again
    #[command(after_help = "Example:\n  energiehuis payment confirm EH01890a5dac96774bbcceb302099a8057 \\\n    \
                            --note \"called 056 12 34 56: the account works again\" --token-file me.token")]
    Confirm {
        /// End-to-end identification of the order
        order: String,
        /// How the account was verified
        #[arg(long)]
        note: String,
        #[command(flatten)]
        who: Who,
    },
    /// Ask for another account for an order to a borrower, a funder or a sender; it takes two different people
    #[command(after_help = "Example:\n  energiehuis payment redirect EH01890a5dac96774bbcceb302099a8057 \\\n    \
                            --iban \"BE68 5390 0754 7034\" --reason \"called the family\" --token-file me.token")]
    Redirect {
        /// End-to-end identification of the order, which waits outside any run
        order: String,
        /// The account
        #[arg(long)]
        iban: String,
        /// How it is known that this is the account
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
    /// List contractors with the account each is paid on, and why somebody must look at it
    #[command(after_help = "Examples:\n  energiehuis payment contractors\n  \
                            energiehuis payment contractors --search dak --format json")]
    Contractors {
        /// Only those whose name, enterprise number or account holds this
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        search: String,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Show the accounts of a contractor, or record another one
    #[command(after_help = "Examples:\n  energiehuis payment account 0403.170.701\n  \
                            energiehuis payment account 0403.170.701 --iban \"BE68 5390 0754 7034\" \\\n    \
                            --reason \"called the number on the quote\" --token-file me.token")]
    Account {
        /// Enterprise number of the contractor
        contractor: String,
        /// The new account; left out: show
        #[arg(long, requires_all = ["reason", "token_file"])]
        iban: Option<String>,
        /// How it was verified
        #[arg(long, requires = "iban")]
        reason: Option<String>,
        /// File with your token, as `energiehuis user token` printed it
        #[arg(long, value_name = "FILE", requires = "iban")]
        token_file: Option<PathBuf>,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

/// Who takes a step, and how the answer is shown.
#[derive(Debug, clap::Args)]
pub(super) struct Who {
    /// File with your token, as `energiehuis user token` printed it
    #[arg(long, value_name = "FILE")]
    pub(super) token_file: PathBuf,
    /// How to show the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,
}

impl Payment {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::Run { on, fund, who } => {
                let execute_on = fund::date("--on", &on)?;
                step(globals, &who, &Step::Make { fund, execute_on })
            }
            Self::List { format } => list(globals, format),
            Self::Show { run, format } => show(globals, &run, format),
            Self::Release { run, confirm, who } => {
                let confirmed = confirm.iter().map(|text| confirmed(text)).collect::<Result<_, _>>()?;
                step(globals, &who, &Step::Release { run, confirmed })
            }
            Self::Cancel { run, reason, who } => step(globals, &who, &Step::Cancel { run, reason }),
            Self::Export { run, out, who } => export(globals, &who, (&run, &out)),
            Self::Reopen { order, reason, who } => step(globals, &who, &Step::Reopen { order, reason }),
            Self::Confirm { order, note, who } => confirm(globals, &who, (&order, &note)),
            Self::Redirect { order, iban, reason, who } => {
                super::payment_redirect::redirect(globals, &who, &Redirection { order, iban, reason })
            }
            Self::Contractors { search, format } => contractors(globals, &search, format),
            Self::Account { contractor, iban, reason, token_file, format } => match (iban, reason, token_file) {
                (Some(iban), Some(reason), Some(token_file)) => {
                    let change = AccountChange { enterprise_number: contractor, iban, reason };
                    change_account(globals, &Who { token_file, format }, &change)
                }
                _ => account(globals, &contractor, format),
            },
        }
    }
}

/// In whose name files for the bank are written.
pub(super) fn payer(open: &Open) -> Result<Payer, Failure> {
    let organisation = &open.settings.organisation;
    let enterprise_number = EnterpriseNumber::parse(&organisation.enterprise_number).map_err(Failure::input)?;
    Ok(Payer { name: organisation.name.clone(), enterprise_number })
}

fn confirmed(text: &str) -> Result<Confirmed, Failure> {
    let wrong = || {
        Failure::Input(format!(
            "--confirm is “{text}”; write the identifier of the contractor or the order, as `payment show` prints it, \
             =, and how the account was verified"
        ))
    };
    let (contractor, note) = text.split_once('=').ok_or_else(wrong)?;
    let about = contractor.trim().parse().map_err(|_| wrong())?;
    Ok(Confirmed { about, note: note.to_owned() })
}

/// For whom the token in a file stands.
pub(super) async fn actor(open: &Open, token_file: &Path) -> Result<Actor, Failure> {
    let name = token_file.display();
    let token = std::fs::read_to_string(token_file)
        .map_err(|error| Failure::Input(format!("--token-file is “{name}”, which cannot be read: {error}")))?;
    let actor = actor_of_token(&open.house, token.trim()).await?;
    actor.ok_or_else(|| {
        Failure::Input(format!("--token-file is “{name}”, which holds no token that works; see energiehuis user token"))
    })
}

fn step(globals: &Globals, who: &Who, step: &Step) -> Result<(), Failure> {
    let outcome = house::with_house(globals, async |open| {
        let actor = actor(open, &who.token_file).await?;
        Ok(take(&open.house, &actor, (&payer(open)?, step)).await?)
    })?;
    if who.format == Format::Json {
        print_json(&outcome)
    } else {
        print_outcome(&outcome);
        Ok(())
    }
}

fn list(globals: &Globals, format: Format) -> Result<(), Failure> {
    let runs = house::with_house(globals, async |open| Ok(payments::runs(&open.house, &Actor::system()).await?))?;
    if format == Format::Json {
        print_json(&runs)
    } else {
        print_list(&runs);
        Ok(())
    }
}

fn show(globals: &Globals, run: &str, format: Format) -> Result<(), Failure> {
    let view = house::with_house(globals, async |open| Ok(payments::show(&open.house, &Actor::system(), run).await?))?;
    if format == Format::Json {
        print_json(&view)
    } else {
        print_run(&view);
        Ok(())
    }
}

fn export(globals: &Globals, who: &Who, (run, out): (&str, &Path)) -> Result<(), Failure> {
    let (outcome, file) = house::with_house(globals, async |open| {
        let actor = actor(open, &who.token_file).await?;
        let step = Step::Export { run: run.to_owned() };
        let outcome = take(&open.house, &actor, (&payer(open)?, &step)).await?;
        Ok((outcome, payments::file(&open.house, &actor, run).await?))
    })?;
    write_new(out, &file.bytes)?;
    if who.format == Format::Json {
        return print_json(&outcome);
    }
    print_run(&outcome.run);
    print_text(&format!("written to {}", out.display()));
    Ok(())
}

/// A file for the bank is never written over something else.
fn write_new(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let name = out.display();
    let written = std::fs::File::create_new(out).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| {
        Failure::Input(format!(
            "--out is “{name}”, which cannot be written: {error}; the run is exported, ask again with another file"
        ))
    })
}

fn contractors(globals: &Globals, search: &str, format: Format) -> Result<(), Failure> {
    let found = house::with_house(globals, async |open| {
        Ok(payments::contractors(&open.house, &Actor::system(), search).await?)
    })?;
    print_contractors(&found, format)
}

fn account(globals: &Globals, contractor: &str, format: Format) -> Result<(), Failure> {
    let payee =
        house::with_house(globals, async |open| Ok(payments::payee(&open.house, &Actor::system(), contractor).await?))?;
    print_payee(&payee, format)
}

fn confirm(globals: &Globals, who: &Who, (order, note): (&str, &str)) -> Result<(), Failure> {
    let cleared = house::with_house(globals, async |open| {
        let actor = actor(open, &who.token_file).await?;
        Ok(payments::confirm(&open.house, &actor, (order, note)).await?)
    })?;
    if who.format == Format::Json {
        return print_json(&cleared);
    }
    print_text(&format!(
        "{} goes into the next run; whoever releases it sees that money came back",
        cleared.end_to_end_id
    ));
    Ok(())
}

fn change_account(globals: &Globals, who: &Who, change: &AccountChange) -> Result<(), Failure> {
    let changed = house::with_house(globals, async |open| {
        let actor = actor(open, &who.token_file).await?;
        Ok(payments::change_account(&open.house, &actor, change).await?)
    })?;
    if who.format == Format::Json {
        return print_json(&changed);
    }
    print_text(&format!(
        "{} is paid on {} from now on, before on {}; orders that wait and go there: {}. Whoever releases the next run sees it.",
        changed.contractor, changed.iban, changed.before, changed.directed
    ));
    Ok(())
}
