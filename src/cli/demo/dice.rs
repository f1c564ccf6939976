//! One stream of chance for the whole story, in whole numbers only.

use rand::RngExt;
use rand_chacha::ChaCha20Rng;

use crate::clock::Chance;

/// Chance that comes out the same for the same seed.
#[derive(Debug)]
pub(super) struct Dice(ChaCha20Rng);

impl Dice {
    /// A stream of its own, split off from the chance of the house.
    pub(super) fn of(chance: &Chance) -> Self {
        Self(chance.split())
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        self.0.random_range(least..=most.max(least))
    }

    /// True in so many of a hundred throws.
    pub(super) fn percent(&mut self, of_hundred: u32) -> bool {
        self.between(1, 100) <= of_hundred
    }

    /// One of some; `options` is never empty here.
    pub(super) fn pick<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        &options[self.0.random_range(0..options.len())]
    }
}
