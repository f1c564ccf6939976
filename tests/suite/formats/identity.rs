//! Check digits: oracles from published examples, and what they must catch.

use energiehuis::domain::identity::{
    BirthCentury, CreditorId, EnterpriseNumber, Iban, Insz, InvalidInsz, InvalidOgm, Ogm,
};
use proptest::prelude::*;

#[test]
fn published_structured_communications_are_right() {
    for (base, print) in [
        (3_219_887_304, "+++321/9887/30446+++"),
        (909_337_554, "+++090/9337/55493+++"),
        (1_234_567_890, "+++123/4567/89002+++"),
        (0, "+++000/0000/00097+++"),
        (1_197_530_766, "+++119/7530/76697+++"),
    ] {
        assert_eq!(Ogm::from_base(base).unwrap().to_string(), print);
        assert_eq!(Ogm::parse(print).unwrap().base(), base);
    }
}

#[test]
fn a_structured_communication_is_read_as_people_type_it() {
    let ogm = Ogm::from_base(3_219_887_304).unwrap();
    for typed in ["321988730446", "***321/9887/30446***", " 321 9887 30446 ", "321.9887.30446", "321-9887-30446"] {
        assert_eq!(Ogm::parse(typed), Ok(ogm), "{typed}");
    }
}

#[test]
fn a_wrong_structured_communication_is_refused_with_what_would_be_right() {
    let say = |text: &str| Ogm::parse(text).unwrap_err().to_string();
    assert_eq!(
        say("+++321/9887/30447+++"),
        "“+++321/9887/30447+++” ends in the check digits 47, but its first ten digits ask for 46; a digit is wrong"
    );
    assert_eq!(
        say("321/9887/3044"),
        "“321/9887/3044” has 11 digits; a structured communication has twelve, like +++321/9887/30446+++"
    );
    assert_eq!(
        say("rent of May"),
        "“rent of May” is not a structured communication; write twelve digits, like +++321/9887/30446+++"
    );
    // Zero is written 97, never 00.
    assert!(matches!(Ogm::parse("000000000000"), Err(InvalidOgm::Check { right: 97, .. })));
    assert!(Ogm::from_base(10_000_000_000).is_err());
}

#[test]
fn references_are_found_in_free_text() {
    let found = |text: &str| Ogm::find_all(text).iter().map(Ogm::to_string).collect::<Vec<_>>();
    assert_eq!(found("lening +++321/9887/30446+++ mei"), ["+++321/9887/30446+++"]);
    assert_eq!(found("321988730446"), ["+++321/9887/30446+++"]);
    assert_eq!(found("ref 12 321 - 9887 - 30446."), ["+++321/9887/30446+++"]);
    assert_eq!(
        found("090/9337/55493 en 321/9887/30446, 090933755493"),
        ["+++090/9337/55493+++", "+++321/9887/30446+++"]
    );
    assert_eq!(found("1321988730446"), [""; 0], "a digit directly before");
    assert_eq!(found("3219887304461"), [""; 0], "a digit directly after");
    assert_eq!(found("321/9887/30447"), [""; 0], "a wrong check");
    assert_eq!(found("321    9887/30446"), [""; 0], "four blanks between");
    assert_eq!(found("321x9887/30446"), [""; 0], "a letter between");
    assert_eq!(found("é€ 321/9887/30446 ü"), ["+++321/9887/30446+++"]);
}

#[test]
fn national_numbers_of_both_centuries_and_of_bis_are_right() {
    let insz = Insz::parse("93.05.18-223.61").unwrap();
    assert_eq!((insz.canonical().as_str(), insz.century()), ("93051822361", BirthCentury::Before2000));
    assert_eq!(insz.to_string(), "93.05.18-223.61");
    assert_eq!(Insz::parse("00012556777").unwrap().century(), BirthCentury::From2000);
    for month in [0, 25, 45] {
        let bis = Insz::from_first_nine(800_000_123 + month * 100_000, BirthCentury::Before2000).unwrap();
        assert_eq!(Insz::parse(&bis.to_string()), Ok(bis));
        assert_eq!(bis.is_bis(), month > 12);
    }
}

#[test]
fn a_wrong_national_number_is_refused_without_showing_it() {
    assert_eq!(Insz::parse("93051822362"), Err(InvalidInsz::Check));
    assert_eq!(Insz::parse("93131822361"), Err(InvalidInsz::Month));
    assert_eq!(Insz::parse("93053222361"), Err(InvalidInsz::Day));
    assert_eq!(Insz::parse("9305182236"), Err(InvalidInsz::Length(10)));
    assert_eq!(Insz::parse("93051822a61"), Err(InvalidInsz::Characters(11)));
    for typed in ["93051822362", "93131822361", "93053222361", "9305182236", "93051822a61"] {
        let said = Insz::parse(typed).unwrap_err().to_string();
        assert!(!said.contains("9305") && !said.contains("9313") && !said.contains("22361"), "{said}");
    }
    assert_eq!(format!("{:?}", Insz::parse("93051822361").unwrap()), "Insz(…)");
}

#[test]
fn enterprise_numbers_are_read_as_people_type_them() {
    for typed in ["0566.988.259", "0566988259", "BE 0566.988.259", "be0566988259", "566988259"] {
        assert_eq!(EnterpriseNumber::parse(typed).unwrap().to_string(), "0566.988.259", "{typed}");
    }
    assert_eq!(
        EnterpriseNumber::parse("0566.988.258").unwrap_err().to_string(),
        "“0566.988.258” ends in the check digits 58, but its first eight digits ask for 59; a digit is wrong"
    );
    assert!(EnterpriseNumber::parse("0456.810.810").is_ok());
    assert!(EnterpriseNumber::parse("2566.988.259").unwrap_err().to_string().contains("start with 0 or 1"));
}

#[test]
fn accounts_are_checked_by_country() {
    let iban = Iban::parse("be68 5390.0754-7034").unwrap();
    assert_eq!((iban.to_string().as_str(), iban.canonical().as_str()), ("BE68 5390 0754 7034", "BE68539007547034"));
    for right in ["NL91ABNA0417164300", "FR1420041010050500013M02606", "DE89370400440532013000", "LU280019400644750000"]
    {
        assert_eq!(Iban::parse(right).unwrap().canonical(), right);
    }
    assert_eq!(
        Iban::parse("BE6853900754703").unwrap_err().to_string(),
        "“BE6853900754703” has 15 signs; an IBAN that starts with BE has 16"
    );
    assert_eq!(
        Iban::parse("BE68539007547043").unwrap_err().to_string(),
        "“BE68539007547043” fails the check of its digits (modulo 97); a digit is wrong or two are swapped"
    );
    assert_eq!(Iban::from_bban("BE", "539007547034").unwrap(), iban);
    assert!(Iban::parse("é€").is_err() && Iban::parse("").is_err());
}

#[test]
fn creditor_identifiers_follow_from_the_enterprise_number() {
    let id = CreditorId::parse("BE12 ZZZ 0456810810").unwrap();
    assert_eq!(id, CreditorId::of(EnterpriseNumber::parse("0456.810.810").unwrap()));
    assert_eq!(id.to_string(), "BE12ZZZ0456810810");
    assert!(CreditorId::parse("BE13ZZZ0456810810").is_err());
}

#[test]
fn numbers_travel_as_plain_strings() {
    let ogm: Ogm = serde_json::from_str("\"+++321/9887/30446+++\"").unwrap();
    assert_eq!(serde_json::to_string(&ogm).unwrap(), "\"321988730446\"");
    let insz: Insz = serde_json::from_str("\"93.05.18-223.61\"").unwrap();
    assert_eq!(serde_json::to_string(&insz).unwrap(), "\"93051822361\"");
    let said = serde_json::from_str::<Iban>("\"BE00\"").unwrap_err().to_string();
    assert!(said.contains("BE00"), "{said}");
}

proptest! {
    #[test]
    fn every_wrong_digit_in_a_structured_communication_is_caught(base in 0_u64..10_000_000_000) {
        let right = Ogm::from_base(base).unwrap().canonical();
        for at in 0..12 {
            for digit in b'0'..=b'9' {
                let mut wrong = right.clone().into_bytes();
                if wrong[at] == digit { continue; }
                wrong[at] = digit;
                prop_assert!(Ogm::parse(std::str::from_utf8(&wrong).unwrap()).is_err());
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_in_a_structured_communication_is_caught(base in 0_u64..10_000_000_000) {
        let right = Ogm::from_base(base).unwrap().canonical();
        for at in 0..11 {
            let mut wrong = right.clone().into_bytes();
            wrong.swap(at, at + 1);
            if wrong == right.as_bytes() { continue; }
            let wrong = std::str::from_utf8(&wrong).unwrap();
            prop_assert!(Ogm::parse(wrong).is_err(), "{} passes for {}", wrong, right);
        }
    }

    #[test]
    fn a_communication_is_found_again_in_any_text(base in 0_u64..10_000_000_000, before in "[^0-9]{0,20}", after in "[^0-9]{0,20}") {
        let ogm = Ogm::from_base(base).unwrap();
        prop_assert_eq!(Ogm::find_all(&format!("{before}{ogm}{after}")), vec![ogm]);
    }

    #[test]
    fn looking_for_communications_never_panics(text in any::<String>()) {
        for ogm in Ogm::find_all(&text) {
            prop_assert_eq!(Ogm::parse(&ogm.canonical()), Ok(ogm));
        }
        let _ = (Ogm::parse(&text), Insz::parse(&text), EnterpriseNumber::parse(&text), Iban::parse(&text), CreditorId::parse(&text));
    }

    #[test]
    fn a_national_number_is_read_as_it_was_made(
        year in 0_u32..100, month in 0_u32..=12, raise in 0_u32..3, day in 0_u32..=31, order in 0_u32..1000, late in any::<bool>()
    ) {
        let century = if late { BirthCentury::From2000 } else { BirthCentury::Before2000 };
        let nine = ((year * 100 + month + raise * 20) * 100 + day) * 1000 + order;
        let insz = Insz::from_first_nine(nine, century).unwrap();
        prop_assert_eq!(Insz::parse(&insz.to_string()), Ok(insz));
        prop_assert_eq!(insz.canonical().parse::<Insz>(), Ok(insz));
    }

    #[test]
    fn every_wrong_digit_in_an_account_is_caught(bban in 0_u64..1_000_000_000_000) {
        let right = Iban::from_bban("BE", &format!("{bban:012}")).unwrap().canonical();
        for at in 2..16 {
            let mut wrong = right.clone().into_bytes();
            wrong[at] = if wrong[at] == b'9' { b'0' } else { wrong[at] + 1 };
            prop_assert!(Iban::parse(std::str::from_utf8(&wrong).unwrap()).is_err());
        }
    }

    #[test]
    fn an_enterprise_number_is_read_as_it_was_made(first_eight in 0_u32..20_000_000) {
        let number = EnterpriseNumber::from_first_eight(first_eight).unwrap();
        prop_assert_eq!(EnterpriseNumber::parse(&number.to_string()), Ok(number));
    }
}
