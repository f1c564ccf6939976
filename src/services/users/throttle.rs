//! A brake on guessing passwords: five wrong ones, and the address must wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// Wrong passwords before an address must wait.
const TRIES: u32 = 5;
/// How long it waits after that, and how long a wrong try is remembered.
const WAIT: TimeDelta = TimeDelta::minutes(15);
/// More addresses than this are not remembered at once; somebody who tries so many is slowed by Argon2 itself.
const MOST: usize = 10_000;

/// Wrong tries per address, in memory: a restart forgets them. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Throttle(Arc<Mutex<HashMap<[u8; 32], Tries>>>);

#[derive(Debug, Clone, Copy)]
struct Tries {
    wrong: u32,
    last: DateTime<Utc>,
}

impl Throttle {
    /// Until when an address must wait, if it must.
    pub fn waits_until(&self, email: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = tries.get(&key(email))?;
        let until = tries.last + WAIT;
        (tries.wrong >= TRIES && until > now).then_some(until)
    }

    /// Notes a wrong password.
    pub fn wrong(&self, email: &str, now: DateTime<Utc>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, tries| tries.last + WAIT > now);
        let key = key(email);
        if all.len() >= MOST && !all.contains_key(&key) {
            // Invented addresses must not push out the one that is being guessed: the oldest goes.
            let oldest = all.iter().min_by_key(|(_, tries)| (tries.wrong, tries.last)).map(|(key, _)| *key);
            oldest.map(|oldest| all.remove(&oldest));
        }
        {
            let tries = all.entry(key).or_insert(Tries { wrong: 0, last: now });
            tries.wrong += 1;
            tries.last = now;
        }
    }

    /// Forgets an address that came in.
    pub fn right(&self, email: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(email));
    }
}

/// Addresses are kept as hashes: memory that leaks names nobody.
fn key(email: &str) -> [u8; 32] {
    Sha256::digest(email.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_a_quarter_of_an_hour_and_another_address_does_not() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let throttle = Throttle::default();
        for _ in 0..4 {
            throttle.wrong("a@w13.example", now);
        }
        assert_eq!(throttle.waits_until("a@w13.example", now), None);
        throttle.wrong("a@w13.example", now);
        assert_eq!(throttle.waits_until("a@w13.example", now), Some(now + WAIT));
        assert_eq!(throttle.waits_until("b@w13.example", now), None);
        assert_eq!(throttle.waits_until("a@w13.example", now + WAIT), None);
    }

    #[test]
    fn invented_addresses_do_not_push_out_the_one_that_is_guessed() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let throttle = Throttle::default();
        for _ in 0..5 {
            throttle.wrong("a@w13.example", now);
        }
        for number in 0..=MOST {
            throttle.wrong(&format!("{number}@invented.example"), now);
        }
        assert_eq!(throttle.waits_until("a@w13.example", now), Some(now + WAIT));
        assert!(throttle.0.lock().unwrap_or_else(PoisonError::into_inner).len() <= MOST);
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let throttle = Throttle::default();
        for _ in 0..5 {
            throttle.wrong("a@w13.example", now);
        }
        throttle.right("a@w13.example");
        assert_eq!(throttle.waits_until("a@w13.example", now), None);
    }
}
