//! One stream of chance for a whole life of the house, in whole numbers only.

use energiehuis::domain::money::Money;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// Chance that comes out the same for the same seed.
#[derive(Debug)]
pub(super) struct Dice(ChaCha20Rng);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        self.0.random_range(least..=most.max(least))
    }

    /// True in so many of a hundred throws.
    pub(super) fn percent(&mut self, of_hundred: u32) -> bool {
        self.between(1, 100) <= of_hundred
    }

    /// The place of one of some.
    pub(super) fn place(&mut self, count: usize) -> usize {
        self.0.random_range(0..count)
    }

    /// One of some.
    pub(super) fn pick<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        &options[self.place(options.len())]
    }

    /// One of some, by weight.
    pub(super) fn weighed<T>(&mut self, options: Vec<(u32, T)>) -> Option<T> {
        let all: u32 = options.iter().map(|(weight, _)| *weight).sum();
        if all == 0 {
            return None;
        }
        let mut thrown = self.between(1, all);
        for (weight, option) in options {
            if thrown <= weight {
                return Some(option);
            }
            thrown -= weight;
        }
        None
    }

    /// An amount between two, often a whole number of euros.
    pub(super) fn money(&mut self, least: Money, most: Money) -> Money {
        let (least, most) = (least.cents(), most.cents().max(least.cents()));
        let cents = self.0.random_range(least..=most);
        let whole = cents - cents % 100;
        Money::from_cents(if whole >= least && self.percent(50) { whole } else { cents })
    }

    /// The same things in another order.
    pub(super) fn shuffled<T: Clone>(&mut self, things: &[T]) -> Vec<T> {
        let mut left = things.to_vec();
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let place = self.place(left.len());
            order.push(left.swap_remove(place));
        }
        order
    }
}
