//! Time and chance as arguments: the one file that may ask the system for either.
//!
//! A business date is a calendar day in Europe/Brussels, whatever zone the machine is set to. Identifiers are
//! UUID version 7 (RFC 9562), their time taken from the injected clock, so that a house on a moved clock still
//! sorts its rows by the time of its own story. From one seed the same identifiers and tokens come out again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{Europe::Brussels, Tz};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

/// The zone of every business date: Belgium.
pub const ZONE: Tz = Brussels;

/// Where the time comes from. Cheap to clone; clones of a moved clock move together.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Moved(Arc<Mutex<DateTime<Utc>>>),
    Shifted(TimeDelta),
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still at `start` until its hand moves it.
    pub fn moved(start: DateTime<Utc>) -> (Self, ClockHand) {
        let moment = Arc::new(Mutex::new(start));
        (Self(Source::Moved(Arc::clone(&moment))), ClockHand(moment))
    }

    /// The clock of the machine plus a fixed offset, which may be negative: a demo house that lives on its own date.
    pub fn shifted(offset: TimeDelta) -> Self {
        Self(Source::Shifted(offset))
    }

    /// A clock that reads `moment` now and runs on from there.
    pub fn starting_at(moment: DateTime<Utc>) -> Self {
        Self::shifted(moment - system_now())
    }

    /// The moment now, in UTC.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_now(),
            Source::Moved(moment) => *held(moment),
            Source::Shifted(offset) => system_now() + *offset,
        }
    }

    /// The business date now: the day in Europe/Brussels.
    pub fn today(&self) -> NaiveDate {
        business_date(self.now())
    }

    /// How far this clock is from the machine's: zero for the system clock, nothing for a clock that stands still.
    pub fn offset(&self) -> Option<TimeDelta> {
        match &self.0 {
            Source::System => Some(TimeDelta::zero()),
            Source::Moved(_) => None,
            Source::Shifted(offset) => Some(*offset),
        }
    }
}

/// Moves a clock made by [`Clock::moved`], for a test or for a demo that lives six years in a minute.
#[derive(Debug, Clone)]
pub struct ClockHand(Arc<Mutex<DateTime<Utc>>>);

impl ClockHand {
    /// Puts the clock at `moment`, forwards or back.
    pub fn set(&self, moment: DateTime<Utc>) {
        *held(&self.0) = moment;
    }

    /// Puts the clock at a local time of a business date.
    pub fn set_local(&self, day: NaiveDate, time: NaiveTime) {
        self.set(local_moment(day, time));
    }

    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        let mut moment = held(&self.0);
        *moment += by;
    }

    /// Moves the clock to the same local time, `days` business dates later; summer time does not shift it.
    pub fn advance_days(&self, days: u32) {
        let mut moment = held(&self.0);
        let local = moment.with_timezone(&ZONE).naive_local();
        *moment = local_moment(local.date() + TimeDelta::days(i64::from(days)), local.time());
    }
}

/// The business date of a moment: its day in Europe/Brussels.
pub fn business_date(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&ZONE).date_naive()
}

/// The moment of a local time on a business date. An hour that comes twice (end of October) is the first of the
/// two; an hour that does not come (end of March) is read as one hour later.
pub fn local_moment(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time);
    ZONE.from_local_datetime(&local)
        .earliest()
        .or_else(|| ZONE.from_local_datetime(&(local + TimeDelta::hours(1))).earliest())
        .map_or_else(|| Utc.from_utc_datetime(&local), |moment| moment.with_timezone(&Utc))
}

/// The last moment of a business date, to the microsecond that the database keeps.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    local_moment(next, NaiveTime::MIN) - TimeDelta::microseconds(1)
}

#[expect(clippy::disallowed_methods, reason = "the one place that may ask the system for the time")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

/// A source of chance, shared by its clones: the system's, or one that starts from a seed.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Chance that nobody can guess, started from the operating system.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the system for chance")]
    pub fn system() -> Self {
        Self::over(ChaCha20Rng::from_rng(&mut rand::rng()))
    }

    /// Chance that comes out the same for the same seed; for tests and the demo, never for real secrets.
    pub fn seeded(seed: u64) -> Self {
        Self::over(ChaCha20Rng::seed_from_u64(seed))
    }

    fn over(rng: ChaCha20Rng) -> Self {
        Self(Arc::new(Mutex::new(rng)))
    }

    /// Bytes of chance, for a salt or a key.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        held(&self.0).fill_bytes(&mut bytes);
        bytes
    }

    /// A generator of its own, split off from this one, for a story that draws much.
    pub fn split(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_rng(&mut *held(&self.0))
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}

/// The source of identifiers: UUID version 7 with the time of a clock. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
    chance: Chance,
    last: Arc<Mutex<Last>>,
}

/// The identifier given last: its milliseconds and its 74 bits of chance.
#[derive(Debug, Default)]
struct Last {
    millis: u64,
    tail: u128,
}

impl Ids {
    /// Identifiers with the time of `clock` and the chance of `chance`.
    pub fn new(clock: Clock, chance: Chance) -> Self {
        Self { clock, chance, last: Arc::default() }
    }

    /// The next identifier. Within one millisecond each is larger than the one before, so that rows made in one
    /// breath, or on a clock that stands still, keep their order (RFC 9562 § 6.2, method 2).
    pub fn next(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default() & MILLIS;
        let fresh = u128::from_be_bytes(self.chance.bytes());
        let mut last = held(&self.last);
        let same = last.millis == millis && last.tail != 0;
        last.tail = if same { (last.tail + 1 + (fresh & STEP)) & TAIL } else { fresh & FRESH };
        last.millis = millis;
        compose(millis, last.tail)
    }
}

const MILLIS: u64 = (1 << 48) - 1;
const TAIL: u128 = (1 << 74) - 1;
/// A fresh tail leaves the highest bit free, so that counting on from it has room.
const FRESH: u128 = (1 << 73) - 1;
const STEP: u128 = (1 << 32) - 1;

/// RFC 9562 § 5.7: 48 bits of milliseconds, version 7, 12 bits, variant 10, 62 bits.
fn compose(millis: u64, tail: u128) -> Uuid {
    let upper = tail >> 62;
    let lower = tail & ((1 << 62) - 1);
    Uuid::from_u128((u128::from(millis) << 80) | (7 << 76) | (upper << 64) | (0b10 << 62) | lower)
}

/// The source of secrets: session keys, links in letters, salts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Secrets(Chance);

impl Secrets {
    /// Secrets drawn from `chance`.
    pub fn new(chance: Chance) -> Self {
        Self(chance)
    }

    /// A token of 256 bits as 64 lower-case hexadecimal digits.
    pub fn token(&self) -> String {
        hex::encode(self.0.bytes::<32>())
    }

    /// Bytes of chance, for a salt or a key.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        self.0.bytes()
    }
}

/// A lock whose data is right even after a thread died holding it: every write here is one assignment.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_business_date_is_the_day_in_brussels() {
        assert_eq!(business_date(utc("2022-06-30T21:59:59Z")), day("2022-06-30"));
        assert_eq!(business_date(utc("2022-06-30T22:00:00Z")), day("2022-07-01"));
        assert_eq!(business_date(utc("2022-12-31T23:00:00Z")), day("2023-01-01"));
    }

    #[test]
    fn a_local_hour_that_comes_twice_or_never_still_has_one_moment() {
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap_or_default();
        assert_eq!(local_moment(day("2022-10-30"), half_past_two), utc("2022-10-30T00:30:00Z"));
        assert_eq!(local_moment(day("2022-03-27"), half_past_two), utc("2022-03-27T01:30:00Z"));
    }

    #[test]
    fn a_business_date_ends_at_midnight_in_brussels() {
        assert_eq!(end_of(day("2022-06-30")), utc("2022-06-30T21:59:59.999999Z"));
        assert_eq!(business_date(end_of(day("2022-12-31"))), day("2022-12-31"));
    }

    #[test]
    fn a_moved_clock_stands_still_and_moves_with_all_its_clones() {
        let (clock, hand) = Clock::moved(utc("2022-10-16T08:00:00Z"));
        let other = clock.clone();
        hand.advance(TimeDelta::hours(16));
        assert_eq!(other.now(), utc("2022-10-17T00:00:00Z"));
        assert_eq!(clock.today(), day("2022-10-17"));
        hand.set(utc("2021-01-01T12:00:00Z"));
        assert_eq!(clock.today(), day("2021-01-01"));
    }

    #[test]
    fn days_advance_over_the_end_of_summer_time_at_the_same_local_hour() {
        let (clock, hand) = Clock::moved(utc("2022-10-29T06:00:00Z"));
        hand.advance_days(1);
        assert_eq!(clock.now(), utc("2022-10-30T07:00:00Z"));
    }

    #[test]
    fn a_shifted_clock_runs_on_from_its_own_date() {
        let clock = Clock::starting_at(utc("2020-02-29T10:00:00Z"));
        assert_eq!(clock.today(), day("2020-02-29"));
        assert!(clock.now() >= utc("2020-02-29T10:00:00Z"));
        assert!(clock.offset().is_some_and(|offset| offset < TimeDelta::zero()));
    }

    #[test]
    fn identifiers_of_one_moment_keep_their_order_and_repeat_from_the_seed() {
        let draw = || {
            let (clock, _) = Clock::moved(utc("2022-10-16T08:00:00Z"));
            let ids = Ids::new(clock, Chance::seeded(7));
            (0..1000).map(|_| ids.next()).collect::<Vec<_>>()
        };
        let ids = draw();
        assert!(ids.is_sorted_by(|a, b| a < b), "each is larger than the one before");
        assert_eq!(ids, draw());
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        let millis = u64::try_from(utc("2022-10-16T08:00:00Z").timestamp_millis()).unwrap_or_default();
        assert!(ids.iter().all(|id| id.as_u128() >> 80 == u128::from(millis)));
    }

    #[test]
    fn system_chance_does_not_repeat_and_seeded_chance_does() {
        assert_ne!(Secrets::new(Chance::system()).token(), Secrets::new(Chance::system()).token());
        assert_eq!(Secrets::new(Chance::seeded(1)).token(), Secrets::new(Chance::seeded(1)).token());
        assert_eq!(Secrets::new(Chance::seeded(1)).token().len(), 64);
    }
}
