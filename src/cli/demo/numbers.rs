//! Numbers that are right and that nobody has.
//!
//! * National numbers: day counter 999. Real counters end at 997 for men and 998 for women, so no person has one;
//!   every person of the demo has another birth date instead.
//! * Enterprise numbers: from 0999.000.1xx up, far above the numbers given out so far.
//! * Accounts: bank code 999, which the list of the National Bank gives to no bank.
//! * Mail addresses: the top-level domain `invalid` (RFC 2606), to which no mail can go.

use chrono::{Datelike, NaiveDate};

use crate::cli::Failure;
use crate::domain::identity::{BirthCentury, EnterpriseNumber, Iban, Insz};

/// Counters that people with a national number never have.
const NOBODYS_COUNTER: u32 = 999;
/// The first eight digits of the first enterprise number.
const FIRST_ENTERPRISE: u32 = 9_990_001;
/// The bank code of all accounts, as the first three of twelve digits.
const NO_BANK: u64 = 999;

/// The national number of somebody born on a day.
pub(super) fn national_number(born_on: NaiveDate) -> Result<Insz, Failure> {
    let year = born_on.year().rem_euclid(100).unsigned_abs();
    let first_nine = ((year * 100 + born_on.month()) * 100 + born_on.day()) * 1000 + NOBODYS_COUNTER;
    let century = if born_on.year() < 2000 { BirthCentury::Before2000 } else { BirthCentury::From2000 };
    Insz::from_first_nine(first_nine, century).map_err(Failure::unavailable)
}

/// The enterprise number of the n-th firm.
pub(super) fn enterprise_number(n: u32) -> Result<EnterpriseNumber, Failure> {
    EnterpriseNumber::from_first_eight(FIRST_ENTERPRISE + n).map_err(Failure::unavailable)
}

/// Whose account it is: families, firms, funds and funders each have their own thousands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holder {
    /// A fund of the house.
    Fund(u32),
    /// A funder.
    Funder(u32),
    /// A firm.
    Firm(u32),
    /// A family.
    Family(u32),
    /// Somebody who pays for others, or by mistake.
    Other(u32),
}

/// The account of a holder.
pub(super) fn account(holder: Holder) -> Result<Iban, Failure> {
    let (thousands, n) = match holder {
        Holder::Fund(n) => (1, n),
        Holder::Funder(n) => (2, n),
        Holder::Firm(n) => (3, n),
        Holder::Family(n) => (4, n),
        Holder::Other(n) => (5, n),
    };
    let base = NO_BANK * 10_000_000 + thousands * 10_000 + u64::from(n);
    let check = match base % 97 {
        0 => 97,
        rest => rest,
    };
    Iban::from_bban("BE", &format!("{base:010}{check:02}")).map_err(Failure::unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_right_and_in_the_ranges_that_nobody_has() {
        let born_on = NaiveDate::from_ymd_opt(2001, 2, 3).unwrap_or_default();
        let number = national_number(born_on).map(Insz::canonical).unwrap_or_default();
        assert_eq!(&number[..9], "010203999");
        assert!(Insz::parse(&number).is_ok());
        let firm = enterprise_number(7).map(EnterpriseNumber::canonical).unwrap_or_default();
        assert!(firm.starts_with("0999000"), "{firm}");
        let iban = account(Holder::Family(12)).map(|iban| iban.canonical()).unwrap_or_default();
        assert!(Iban::parse(&iban).is_ok());
        assert_eq!(&iban[4..7], "999");
    }
}
