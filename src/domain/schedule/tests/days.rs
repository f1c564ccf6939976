//! Days of interest, and interest for days.

use super::*;

#[test]
fn days_count_as_isda_published_them() {
    // “30/360 day count conventions”, the sheet of examples that ISDA published on 22 December 2008, column
    // 30/360 (Bond Basis), and the calendar days of the same dates.
    for (from, to, thirty, actual) in [
        ("2006-08-20", "2007-02-20", 180, 184),
        ("2007-02-20", "2007-08-20", 180, 181),
        ("2006-08-31", "2007-02-28", 178, 181),
        ("2007-02-28", "2007-08-31", 183, 184),
        ("2007-08-31", "2008-02-29", 179, 182),
        ("2008-02-29", "2008-08-31", 182, 184),
        ("2006-01-31", "2006-02-28", 28, 28),
        ("2006-01-30", "2006-02-28", 28, 29),
        ("2006-02-28", "2006-03-03", 5, 3),
        ("2006-02-14", "2006-02-28", 14, 14),
        ("2006-09-30", "2006-10-31", 30, 31),
        ("2006-10-31", "2006-11-28", 28, 28),
        ("2007-02-26", "2008-02-29", 363, 368),
        ("2008-02-29", "2009-02-28", 359, 365),
        ("2008-02-28", "2008-03-31", 33, 32),
    ] {
        assert_eq!(DayCount::Thirty360.days(on(from), on(to)), thirty, "{from} to {to}");
        assert_eq!(DayCount::Actual365.days(on(from), on(to)), actual, "{from} to {to}");
        assert_eq!(DayCount::Thirty360.days(on(to), on(from)), 0);
    }
    assert_eq!(DayCount::Thirty360.year_fraction(on("2026-01-15"), on("2027-01-15")), rust_decimal::Decimal::ONE);
}

#[test]
fn interest_is_rounded_once_and_a_half_cent_goes_up() {
    let accrued = |rule: DayCount, balance: &str, rate: &str, to: &str| {
        rule.accrued(money(balance), rate.parse().unwrap(), on("2026-01-01"), on(to)).to_string()
    };
    assert_eq!(accrued(DayCount::Thirty360, "10000", "12", "2026-02-01"), "100.00");
    assert_eq!(accrued(DayCount::Actual365, "10000", "12", "2026-02-01"), "101.92");
    // 6.00 × 1 % ÷ 12 and 7.30 × 1 % × 25 ÷ 365 are half a cent exactly.
    assert_eq!(accrued(DayCount::Thirty360, "6", "1", "2026-02-01"), "0.01");
    assert_eq!(accrued(DayCount::Actual365, "7.30", "1", "2026-01-26"), "0.01");
    assert_eq!(accrued(DayCount::Actual365, "7.29", "1", "2026-01-26"), "0.00");
    for (balance, rate, to) in [("10000", "0", "2026-02-01"), ("10000", "12", "2026-01-01"), ("-5", "12", "2027-01-01")]
    {
        assert_eq!(accrued(DayCount::Actual365, balance, rate, to), "0.00");
    }
    assert_eq!(
        "act/360".parse::<DayCount>().unwrap_err().to_string(),
        "day count “act/360” does not exist; it is 30/360 or act/365"
    );
}
