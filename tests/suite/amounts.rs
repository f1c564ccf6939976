//! Laws of money: exact, never rounded in silence, and divided without a cent lost.

use energiehuis::domain::money::{InvalidMoney, Money};
use proptest::prelude::*;

/// Any amount that the database can hold, in cents.
fn cents() -> impl Strategy<Value = i64> {
    -99_999_999_999_999..=99_999_999_999_999_i64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_written_reads_back_as_the_same(cents in cents()) {
        let amount = Money::from_cents(cents);
        prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
        prop_assert_eq!(amount.cents(), cents);
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), amount);
    }

    #[test]
    fn what_a_fleming_writes_reads_back_as_the_same(cents in 0..=99_999_999_999_999_i64) {
        let amount = Money::from_cents(cents);
        prop_assert_eq!(Money::parse_typed(&amount.to_dutch()), Ok(amount));
    }

    #[test]
    fn sums_are_those_of_whole_cents(left in -1_000_000_000..1_000_000_000_i64, right in -1_000_000_000..1_000_000_000_i64) {
        let (a, b) = (Money::from_cents(left), Money::from_cents(right));
        prop_assert_eq!((a + b).cents(), left + right);
        prop_assert_eq!((a - b).cents(), left - right);
        prop_assert_eq!(a < b, left < right);
    }

    #[test]
    fn parts_add_up_and_none_is_a_cent_from_its_share(
        cents in cents(),
        weights in prop::collection::vec(0..1_000_000_u64, 1..8),
    ) {
        let amount = Money::from_cents(cents);
        let parts = amount.split(&weights);
        let total: u64 = weights.iter().sum();
        if total == 0 {
            prop_assert!(parts.is_empty());
        } else {
            prop_assert_eq!(parts.iter().sum::<Money>(), amount);
            for (part, weight) in parts.iter().zip(&weights) {
                let share = i128::from(cents) * i128::from(*weight);
                let off = i128::from(part.cents()) * i128::from(total) - share;
                prop_assert!(off.abs() < i128::from(total), "{part:?} of {amount:?} for {weight} of {total}");
            }
        }
    }

    #[test]
    fn no_text_is_read_as_money_by_accident(text in "\\PC{0,12}") {
        if let Ok(amount) = text.parse::<Money>() {
            prop_assert!(text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-'));
            prop_assert_eq!(amount.decimal(), text.parse::<rust_decimal::Decimal>().unwrap());
        }
    }
}

#[test]
fn what_people_type_is_read_or_refused() {
    let euros = |text: &str| Money::parse_typed(text).map(|amount| amount.to_string());
    for (typed, read) in [
        ("1234", "1234.00"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1234,5", "1234.50"),
        ("€ 1 234,50", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("-3,20", "-3.20"),
    ] {
        assert_eq!(euros(typed).as_deref(), Ok(read), "{typed}");
    }
    for two_ways in ["12.345", "12,345", "1234.567"] {
        assert!(matches!(euros(two_ways), Err(InvalidMoney::TooPrecise(_))), "{two_ways}");
    }
    for nothing in ["", "-", "abc", "1.2.3,4,5", "1e5", "١٢"] {
        assert!(euros(nothing).is_err(), "{nothing}");
    }
}

#[test]
fn a_third_decimal_a_float_and_too_much_are_refused_by_name() {
    assert!(matches!("1.005".parse::<Money>(), Err(InvalidMoney::TooPrecise(text)) if text == "1.005"));
    assert!(matches!("1000000000000".parse::<Money>(), Err(InvalidMoney::TooLarge(_))));
    assert!(matches!("1,50".parse::<Money>(), Err(InvalidMoney::NotANumber(_))));
    assert!(serde_json::from_str::<Money>("12.5").is_err(), "a JSON number may have been a float");
}
