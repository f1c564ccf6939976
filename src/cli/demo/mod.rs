//! `energiehuis demo`: a living house of thirteen municipalities, made up from a seed.
//!
//! Everything in it came about by the services that people and programs use: nothing is written past them. The
//! clock is moved, chance comes from the seed, and the bank of the demo writes CODA files that are imported like
//! any other. At the end the house lives on its own date.

mod acts;
mod bank;
mod borrower;
mod build;
mod census;
mod debits;
mod diary;
mod dice;
mod errands;
mod family;
mod form;
mod funds;
mod nights;
mod numbers;
mod payments;
mod routine;
mod scale;
mod staff;
mod story;
mod tally;
mod towns;
mod works;
mod world;

use clap::value_parser;

use super::house::{self, Globals, Open};
use super::output::{print_note, print_text};
use super::{Failure, serve};
use crate::clock::Clock;
use crate::config::{Log, Settings, Sources};
use crate::services::demo_house::{self, DemoHouse, Found};
use crate::telemetry;
use scale::Scale;

/// The seed of a demo for which none is given.
const SEED: u64 = 1;

/// Make a living house with invented families, tell its story, and open it
///
/// Three funds, about 120 families and six years, made with the same services that people use. The bank files it
/// imports and the letters it writes lie in the data folder. A second start finds the house again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  energiehuis demo\n  energiehuis demo --once --seed 7\n  \
                        energiehuis --data /tmp/huis demo --seed 7")]
pub(super) struct Demo {
    /// Tell the story and stop; do not open the pages
    #[arg(long)]
    once: bool,
    /// The house follows from this number; 1 for a new house when left out
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(0..=i64::MAX.unsigned_abs()))]
    seed: Option<u64>,
    /// How many families ask for help
    #[arg(long, value_name = "N", default_value_t = 120, value_parser = value_parser!(u32).range(8..=1000), hide = true)]
    families: u32,
    /// How many years the story takes
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = value_parser!(u32).range(1..=6), hide = true)]
    years: u32,
}

impl Demo {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let mut settings = settings(globals)?;
        // Nobody in a made-up house can be written to: mails stay in the folder, whatever the settings say.
        settings.mail.smtp_url = None;
        // Its letters should look whole, also on a machine where nobody has set anything.
        let organisation = &mut settings.organisation;
        organisation.phone.get_or_insert_with(|| "056 00 00 99".to_owned());
        if !organisation.address.contains(',') {
            "Voorbeeldstraat 1, 8500 Kortrijk".clone_into(&mut organisation.address);
        }
        house::runtime()?.block_on(async {
            let open = self.ready(settings).await?;
            let answer = self.show(&open).await;
            let closed = open.close().await;
            answer.and(closed)
        })
    }

    /// The house, made now or found again, open on its own date.
    async fn ready(&self, settings: Settings) -> Result<Open, Failure> {
        let mut open = house::open(settings.clone()).await?;
        let found = demo_house::look(&open.house).await.map_err(Failure::unavailable);
        let made = match found {
            Ok(Found::Demo(mark)) => self.found_again(&mark).map(|()| false),
            Ok(Found::Real) => Err(real_house()),
            Ok(Found::CutOff(mark)) => {
                print_note(&format!(
                    "The making of the house of seed {} was cut off; it is thrown away and made again.",
                    mark.seed
                ));
                match demo_house::demolish(&open.house).await {
                    Ok(true) => {
                        open.close().await?;
                        open = house::open(settings.clone()).await?;
                        self.make(&open, &settings).await.map(|()| true)
                    }
                    Ok(false) => Err(Failure::Unavailable("the house that was cut off is still there".to_owned())),
                    Err(error) => Err(Failure::unavailable(error)),
                }
            }
            Ok(Found::Empty) => self.make(&open, &settings).await.map(|()| true),
            Err(error) => Err(error),
        };
        match made {
            Ok(false) => Ok(open),
            // Opened again, the house lives on its own date.
            Ok(true) => {
                open.close().await?;
                house::open(settings).await
            }
            Err(error) => {
                open.close().await?;
                Err(error)
            }
        }
    }

    fn found_again(&self, mark: &DemoHouse) -> Result<(), Failure> {
        if let Some(seed) = self.seed.filter(|seed| *seed != mark.seed) {
            return Err(Failure::Input(format!(
                "--seed is {seed}, but the database holds the demo house of seed {}; use --seed {} or another folder \
                 with --data",
                mark.seed, mark.seed
            )));
        }
        print_text(&format!("The demo house of seed {} was found again; nothing was made.\n", mark.seed));
        Ok(())
    }

    async fn make(&self, open: &Open, settings: &Settings) -> Result<(), Failure> {
        let began_at = Clock::system().now();
        let seed = self.seed.unwrap_or(SEED);
        let mark = DemoHouse { seed, families: self.families, years: self.years, began_at, finished_at: None };
        print_note("The house is being made: less than a minute. Ctrl-C is safe, the next start begins again.");
        let tally = build::build(&open.house, settings, &mark).await?;
        let scale = Scale { families: self.families, years: self.years };
        print_text(&story::of_the_years(&tally, Scale::first_day(), scale.last_day()));
        let seconds = (Clock::system().now() - began_at).num_seconds();
        print_note(&format!("The house was made in {seconds} seconds."));
        Ok(())
    }

    /// Tells how the house stands, and opens it unless it was asked only once.
    async fn show(&self, open: &Open) -> Result<(), Failure> {
        let (text, ok) = story::of_today(&open.house).await?;
        print_text(&text);
        print_text(story::where_to_look());
        print_note(&format!("The data folder is {}", open.settings.data.display()));
        if !ok {
            return Err(Failure::NotOk("the ledger of the demo house does not agree with the rest".to_owned()));
        }
        if self.once {
            return Ok(());
        }
        let found = demo_house::look(&open.house).await.map_err(Failure::unavailable)?;
        if let Found::Demo(mark) = found {
            print_text("Sign in as one of these; the passwords are of this made-up house only:");
            for account in staff::accounts(&mut build::passwords(mark.seed)) {
                print_text(&format!("  {:<17} {:<40} {}", account.role.code(), account.email, account.password));
            }
        }
        serve::serve(open).await
    }
}

/// The settings. The log is quiet unless somebody asked for more: six years of nights would fill the screen.
fn settings(globals: &Globals) -> Result<Settings, Failure> {
    let sources = Sources::of_process(globals.data.clone(), globals.config.clone());
    let (settings, listed) = Settings::read(&sources).map_err(Failure::input)?;
    let chosen = listed.iter().any(|line| line.name == "log.level" && line.source != "default");
    let level = if chosen { settings.log.level.clone() } else { "warn".to_owned() };
    telemetry::start(&Log { level, ..settings.log.clone() });
    Ok(settings)
}

fn real_house() -> Failure {
    Failure::Input(
        "the database holds a house that was not made up; the demo does not touch it: use another folder with --data, \
         and another database than that of DATABASE_URL"
            .to_owned(),
    )
}
