//! How long, how many, and from which seed.

use std::fmt;
use std::ops::Range;

/// What is simulated. Written as `--years 45 --loans 200 --seed 7 --seeds 20`, each of which may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Options {
    /// For how many years.
    pub(super) years: u32,
    /// How many families.
    pub(super) loans: u32,
    /// The first seed.
    pub(super) seed: u64,
    /// How many seeds, one after another.
    pub(super) seeds: u64,
}

impl Options {
    /// Short enough for every change: less than a minute.
    pub(super) const SHORT: Self = Self { years: 12, loans: 30, seed: 1, seeds: 1 };

    /// What the environment asks for in `SIMULATION`, or the short form.
    pub(super) fn asked() -> Self {
        #[expect(clippy::disallowed_methods, reason = "how long a test runs is no setting of the house")]
        let text = std::env::var("SIMULATION").unwrap_or_default();
        Self::read(&text)
    }

    fn read(text: &str) -> Self {
        let mut options = Self::SHORT;
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.chunks(2) {
            let [name, value] = pair else { panic!("SIMULATION: {} has no number", pair[0]) };
            let number: u64 = value.parse().unwrap_or_else(|_| panic!("SIMULATION: {name} {value} is not a number"));
            let small = u32::try_from(number);
            match *name {
                "--years" => options.years = small.unwrap(),
                "--loans" => options.loans = small.unwrap(),
                "--seed" => options.seed = number,
                "--seeds" => options.seeds = number,
                _ => panic!("SIMULATION: {name} is not --years, --loans, --seed or --seeds"),
            }
        }
        options
    }

    /// Long enough for everything that can happen to a loan.
    pub(super) fn is_long(self) -> bool {
        self.years >= 45 && self.loans >= 200
    }

    /// The seeds, in order.
    pub(super) fn seeds(self) -> Range<u64> {
        self.seed..self.seed + self.seeds
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--years {} --loans {} --seed {}", self.years, self.loans, self.seed)
    }
}

#[test]
fn words_are_read_in_any_order_and_left_out() {
    assert_eq!(Options::read(""), Options::SHORT);
    let long = Options::read("--seed 7 --years 45 --loans 200");
    assert_eq!(long.to_string(), "--years 45 --loans 200 --seed 7");
    assert_eq!(Options::read("--seed 3 --seeds 4").seeds().collect::<Vec<_>>(), [3, 4, 5, 6]);
}
