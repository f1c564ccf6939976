//! Makes the house of a seed: opens it, lets the story happen, and hands it over on its last day.

use std::fs;
use std::path::Path;

use chrono::NaiveTime;

use super::bank::OtherSide;
use super::debits::{self, Debits};
use super::diary::{Act, Diary};
use super::dice::Dice;
use super::nights::Nights;
use super::numbers::{self, Holder};
use super::payments::Payments;
use super::scale::Scale;
use super::tally::Tally;
use super::world::{CaseFile, World};
use super::{census, funds, staff};
use crate::cli::Failure;
use crate::clock::{Chance, Clock, Ids, Secrets, local_moment};
use crate::config::Settings;
use crate::domain::identity::EnterpriseNumber;
use crate::services::demo_house::{self, DemoHouse};
use crate::services::payments::Payer;
use crate::services::{Actor, House};

/// The streams of chance of a seed: one for the families and the story, one for what is random in any house.
const STORY: u64 = 0;
const HOUSE: u64 = 1;
const PASSWORDS: u64 = 2;

/// A stream of chance of a seed.
fn chance(seed: u64, stream: u64) -> Chance {
    Chance::seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(stream))
}

/// The chance that passwords come from, so that a later start can tell them again.
pub(super) fn passwords(seed: u64) -> Dice {
    Dice::of(&chance(seed, PASSWORDS))
}

/// Makes a house in an empty database and tells what happened. `machine` is the time of the machine.
pub(super) async fn build(real: &House, settings: &Settings, mark: &DemoHouse) -> Result<Tally, Failure> {
    let machine = Clock::system();
    demo_house::begin(real, mark).await.map_err(Failure::unavailable)?;
    let scale = Scale { families: mark.families, years: mark.years };
    let coda = settings.data.join("coda");
    empty(&coda, "cod")?;
    empty(&settings.mail.outbox, "eml")?;
    let start = local_moment(Scale::first_day(), NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default());
    let (clock, hand) = Clock::moved(start);
    let randomness = chance(mark.seed, HOUSE);
    let house = House {
        ids: Ids::new(clock.clone(), randomness.clone()),
        secrets: Secrets::new(randomness),
        clock,
        ..demo_house::in_haste(real).await.map_err(Failure::unavailable)?
    };
    let mut dice = Dice::of(&chance(mark.seed, STORY));
    let families = census::families(scale, &mut dice);
    let mut diary = Diary::default();
    for (at, family) in families.iter().enumerate() {
        diary.note(family.applied_on, Act::Submit(at));
    }
    let staff = staff::hire(&house, &mut passwords(mark.seed)).await?;
    staff::introduce(&house).await?;
    let funds = funds::open(&house, &Actor::system()).await?;
    debits::introduce(&house).await?;
    let organisation = &settings.organisation;
    let enterprise_number = EnterpriseNumber::parse(&organisation.enterprise_number).map_err(Failure::input)?;
    let payer = Payer { name: organisation.name.clone(), enterprise_number };
    let mut world = World {
        nights: Nights::new(&house, settings, &settings.mail.outbox)?,
        hand,
        scale,
        dice,
        staff,
        funds,
        files: vec![CaseFile::default(); families.len()],
        families,
        diary,
        tally: Tally::default(),
        coda,
        suspense: Vec::new(),
        unreferenced: Vec::new(),
        debits: Debits::default(),
        payments: Payments::of(payer),
        budget_manager: OtherSide::new("Budgetbeheer Zuid-West", &numbers::account(Holder::Other(1))?),
        house,
    };
    world.live().await?;
    let offset = world.house.clock.now() - machine.now();
    world.house.pool.close().await;
    demo_house::finish(real, offset).await.map_err(Failure::unavailable)?;
    Ok(world.tally)
}

/// Takes away what an earlier making left in a folder: only files of this ending, and those in folders of a year.
fn empty(folder: &Path, ending: &str) -> Result<(), Failure> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_year = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.parse::<u16>().is_ok());
        if path.is_dir() && is_year {
            empty(&path, ending)?;
        } else if path.extension().is_some_and(|own| own == ending) {
            fs::remove_file(&path)
                .map_err(|error| Failure::Unavailable(format!("{} cannot be removed: {error}", path.display())))?;
        }
    }
    Ok(())
}
