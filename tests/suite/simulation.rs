//! A house of random families through many years, from a seed: every product, every event, every fault that people
//! and banks make, facts that become known late, and corrections. After each year everything that must hold is
//! compared: the ledger with the facts, the facts with each other in any order, and what was told with what is.
//!
//! The services do the work on a real PostgreSQL; money moves only because a bank file says so. Chance comes from the
//! seed alone, so that a seed that failed fails again, at the same place.

mod bank;
mod check;
mod contracts;
mod correct;
mod credits;
mod dice;
mod events;
mod faults;
mod options;
mod sound;
mod tally;
mod world;
mod year;

use std::time::Instant;

use self::options::Options;
use self::world::World;

#[tokio::test]
async fn a_house_of_random_families_agrees_with_itself_after_every_year() {
    let asked = Options::asked();
    for seed in asked.seeds() {
        let options = Options { seed, seeds: 1, ..asked };
        let start = Instant::now();
        let mut world = World::new(options).await;
        for year in 1..=options.years {
            world.live_a_year(year).await;
            world.check_everything().await;
            world.close_the_year().await;
        }
        let tally = world.end().await;
        eprintln!("{}", tally.told(&options, start.elapsed().as_secs()));
        if options.is_long() {
            assert!(tally.missing().is_empty(), "in {options} nothing was ever {}", tally.missing().join(", "));
        }
    }
}
