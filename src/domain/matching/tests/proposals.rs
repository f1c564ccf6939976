//! What a line that waits may be about: a table of lines, and what is true of all of them.

use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::propose::{
    About, BEST, Confidence, Facts, Grounds, LoanFacts, OrderFacts, SourceFacts, Waiting, family_names, propose,
};
use super::super::{PaidBy, PartKind, RunFacts, Undivided, divide};
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn ogm(base: u64) -> Ogm {
    Ogm::from_base(base).unwrap()
}

fn iban(number: u64) -> Iban {
    Iban::from_bban("BE", &format!("{number:012}")).unwrap()
}

fn euros(amount: i64) -> Money {
    Money::from_euros(amount)
}

const FUND: u128 = 1;

/// Loan `number` of the fund: its communication is 1000 more, its application has its number.
fn loan(number: u128) -> LoanFacts {
    LoanFacts {
        loan_id: id(100 + number),
        fund_id: id(FUND),
        number: format!("L-2026-{number:05}"),
        ogm: ogm(1000 + u64::try_from(number).unwrap()),
        application: format!("A-2025-{number:05}"),
        people: vec![("An Maria".to_owned(), format!("Van den Naam {number}"))],
        claims: vec![euros(50)],
        closed: false,
        payments: vec![(id(900 + number), NaiveDate::from_ymd_opt(2026, 5, 4).unwrap(), euros(50))],
    }
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    for number in 1..=5 {
        facts.loans.insert(id(100 + number), loan(number));
    }
    facts.loans.insert(id(199), LoanFacts { fund_id: id(2), ..LoanFacts { loan_id: id(199), ..loan(99) } });
    facts.payers.insert(iban(11), vec![(id(101), Some(PaidBy::BudgetManager)), (id(102), None)]);
    facts.payers.insert(iban(12), vec![(id(103), None)]);
    facts.collections.insert("EC1".to_owned(), id(104));
    facts.collections.insert("ML4".to_owned(), id(104));
    facts.agencies.insert(iban(20), "Fluvius".to_owned());
    let source = |number, is_given| SourceFacts {
        source_id: id(number),
        fund_id: id(FUND),
        ogm: ogm(u64::try_from(number).unwrap()),
        iban: Some(iban(u64::try_from(number).unwrap())),
        is_given,
        room: euros(1000),
    };
    facts.sources = vec![source(301, false), source(302, true)];
    facts.orders = vec![OrderFacts {
        order_id: id(400),
        fund_id: id(FUND),
        amount: euros(75),
        iban: iban(40),
        end_to_end_id: "EH400".to_owned(),
    }];
    facts.paid = vec![OrderFacts {
        order_id: id(401),
        fund_id: id(FUND),
        amount: euros(60),
        iban: iban(41),
        end_to_end_id: "EH401".to_owned(),
    }];
    let run = |number: u128, amount: i64| RunFacts {
        payment_run_id: id(number),
        fund_id: id(FUND),
        amount: euros(amount),
        names: vec![format!("P-2026-{number:05}-1a2b3c4d")],
    };
    facts.runs = vec![run(500, 700), run(501, 800), run(502, 800)];
    facts
}

fn credit(amount: i64) -> Waiting<'static> {
    Waiting {
        fund_id: id(FUND),
        amount: euros(amount),
        structured: None,
        free: None,
        end_to_end_id: None,
        mandate: None,
        iban: None,
        name: None,
        is_opening: false,
        comes_back: false,
    }
}

/// What is proposed, with the best reason and how sure it is.
fn best(line: &Waiting<'_>) -> Vec<(About, Grounds, Confidence)> {
    let found = propose(line, &facts());
    found.into_iter().map(|one| (one.about, one.grounds[0], one.confidence)).collect()
}

#[test]
fn each_trace_in_a_credit_leads_to_its_loan_with_its_reason() {
    use Confidence::{Certain, Likely, Possible, Weak};
    let about = |number: u128| About::Loan(id(100 + number));
    let (eleven, twelve) = (iban(11), iban(12));
    let text = ogm(1003).to_string().replace("+++", "").replace('/', " ");
    let cases = [
        (Waiting { structured: Some(ogm(1002)), ..credit(9) }, vec![(about(2), Grounds::Reference, Certain)]),
        (Waiting { free: Some(&text), ..credit(9) }, vec![(about(3), Grounds::ReferenceInText, Certain)]),
        (Waiting { end_to_end_id: Some("EC1"), ..credit(9) }, vec![(about(4), Grounds::Collection, Certain)]),
        (Waiting { mandate: Some("ML4"), ..credit(9) }, vec![(about(4), Grounds::Collection, Certain)]),
        (Waiting { iban: Some(&twelve), ..credit(50) }, vec![(about(3), Grounds::AccountAndSum, Likely)]),
        (Waiting { iban: Some(&twelve), ..credit(51) }, vec![(about(3), Grounds::Account, Possible)]),
        // Two loans claim that sum: the account alone does not say which.
        (
            Waiting { iban: Some(&eleven), ..credit(50) },
            vec![(about(1), Grounds::Account, Possible), (about(2), Grounds::Account, Possible)],
        ),
        (Waiting { free: Some("lening l 2026 00004"), ..credit(9) }, vec![(about(4), Grounds::FileNumber, Possible)]),
        (Waiting { free: Some("dossier A-2025-00004"), ..credit(9) }, vec![(about(4), Grounds::FileNumber, Possible)]),
        (Waiting { name: Some("VAN DEN NAAM 5 AN"), ..credit(9) }, vec![(about(5), Grounds::Name, Weak)]),
        (Waiting { name: Some("VAN DEN NAAM 5"), ..credit(9) }, vec![]),
        (
            Waiting { structured: Some(ogm(301)), ..credit(9) },
            vec![(About::Source(id(301)), Grounds::Reference, Certain)],
        ),
        (Waiting { is_opening: true, ..credit(9) }, vec![(About::Source(id(302)), Grounds::Opening, Possible)]),
        // Of another fund, and one digit beside a reference that is known: nobody.
        (Waiting { structured: Some(ogm(1099)), ..credit(9) }, vec![]),
        (Waiting { structured: Some(ogm(10_020)), ..credit(9) }, vec![]),
        (credit(50), vec![]),
    ];
    for (line, expected) in cases {
        assert_eq!(best(&line), expected, "{line:?}");
    }
}

#[test]
fn each_trace_in_a_debit_leads_to_its_order_or_to_the_payment_that_went_back() {
    let (contractor, payer) = (iban(40), iban(12));
    let order = About::Order(id(400));
    let back = About::Payment { loan_id: id(103), payment_id: id(903) };
    let collected = About::Payment { loan_id: id(104), payment_id: id(904) };
    let out = |amount| Waiting { amount: -euros(amount), ..credit(0) };
    let cases = [
        (Waiting { end_to_end_id: Some("EH400"), ..out(80) }, vec![(order, Grounds::OrderReference)]),
        (Waiting { iban: Some(&contractor), ..out(75) }, vec![(order, Grounds::OrderOfThatSum)]),
        (Waiting { iban: Some(&contractor), ..out(76) }, vec![]),
        (Waiting { iban: Some(&payer), ..out(50) }, vec![(back, Grounds::Account)]),
        (Waiting { iban: Some(&payer), ..out(49) }, vec![]),
        (Waiting { mandate: Some("ML4"), ..out(50) }, vec![(collected, Grounds::Collection)]),
    ];
    for (line, expected) in cases {
        let found: Vec<_> = best(&line).into_iter().map(|(about, grounds, _)| (about, grounds)).collect();
        assert_eq!(found, expected, "{line:?}");
    }
}

#[test]
fn what_comes_back_is_proposed_for_the_order_that_was_paid_and_for_no_loan() {
    let (contractor, payer) = (iban(41), iban(12));
    let returned = About::ReturnedOrder(id(401));
    let back = |amount| Waiting { comes_back: true, ..credit(amount) };
    let cases = [
        (Waiting { end_to_end_id: Some("EH401"), ..back(60) }, vec![(returned, Grounds::OrderReference)]),
        (Waiting { iban: Some(&contractor), ..back(60) }, vec![(returned, Grounds::PaidOrderOfThatSum)]),
        // A part of it, another fund, and money that only comes from there.
        (Waiting { end_to_end_id: Some("EH401"), iban: Some(&contractor), ..back(59) }, vec![]),
        (Waiting { fund_id: id(FUND + 1), end_to_end_id: Some("EH401"), ..back(60) }, vec![]),
        (Waiting { iban: Some(&contractor), ..credit(60) }, vec![]),
        (Waiting { iban: Some(&payer), structured: Some(ogm(1002)), ..back(50) }, vec![]),
    ];
    for (line, expected) in cases {
        let found: Vec<_> = best(&line).into_iter().map(|(about, grounds, _)| (about, grounds)).collect();
        assert_eq!(found, expected, "{line:?}");
    }
}

#[test]
fn a_debit_is_proposed_for_the_run_that_it_names_or_for_the_only_one_of_its_sum() {
    let run = |number: u128| About::Run(id(number));
    let out = |amount| Waiting { amount: -euros(amount), ..credit(0) };
    let cases = [
        (out(700), vec![(run(500), Grounds::RunOfThatSum)]),
        (out(701), vec![]),
        (out(800), vec![]),
        (Waiting { free: Some("run p-2026-00502-1a2b3c4d"), ..out(800) }, vec![(run(502), Grounds::RunReference)]),
        (Waiting { free: Some("run p-2026-00502-1a2b3c4d"), ..out(799) }, vec![]),
        (Waiting { fund_id: id(FUND + 1), ..out(700) }, vec![]),
        (credit(700), vec![]),
    ];
    for (line, expected) in cases {
        let found: Vec<_> = best(&line).into_iter().map(|(about, grounds, _)| (about, grounds)).collect();
        assert_eq!(found, expected, "{line:?}");
    }
}

#[test]
fn what_comes_from_an_agency_is_a_grant_and_its_account_says_nothing_of_a_family() {
    let agency = iban(20);
    let line = Waiting { iban: Some(&agency), free: Some("premie A-2025-00002"), ..credit(50) };
    let found = propose(&line, &facts());
    assert_eq!(found[0].about, About::Loan(id(102)));
    assert_eq!(
        (found[0].grounds.as_slice(), found[0].paid_by),
        (&[Grounds::FileNumber, Grounds::Agency][..], PaidBy::Agency)
    );
    assert_eq!(propose(&Waiting { iban: Some(&agency), ..credit(50) }, &facts()), []);
}

#[test]
fn who_paid_before_is_proposed_again_and_a_closed_loan_is_not() {
    let account = iban(11);
    let line = Waiting { iban: Some(&account), ..credit(9) };
    let mut facts = facts();
    assert_eq!(propose(&line, &facts)[0].paid_by, PaidBy::BudgetManager);
    facts.loans.get_mut(&id(101)).unwrap().closed = true;
    let found: Vec<About> = propose(&line, &facts).into_iter().map(|one| one.about).collect();
    assert_eq!(found, [About::Loan(id(102))]);
}

#[test]
fn a_better_reason_comes_first_and_a_name_last() {
    let account = iban(12);
    let line =
        Waiting { iban: Some(&account), free: Some("L-2026-00002"), name: Some("An Van Den Naam 1"), ..credit(50) };
    let found = best(&line);
    let order: Vec<Grounds> = found.into_iter().map(|(_, grounds, _)| grounds).collect();
    assert_eq!(order, [Grounds::AccountAndSum, Grounds::FileNumber, Grounds::Name]);
}

#[test]
fn names_are_looked_for_without_accents_and_in_runs_of_words() {
    let found = family_names("D'Haené  Zoë");
    for name in ["haene", "d haene", "d'haene", "zoe", "haene zoe"] {
        assert!(found.iter().any(|one| one == name), "{name} in {found:?}");
    }
}

#[test]
fn a_sum_is_divided_to_the_cent_or_not_at_all() {
    let some = |amounts: &[i64]| -> Vec<Option<Money>> { amounts.iter().map(|amount| Some(euros(*amount))).collect() };
    assert_eq!(divide(euros(10), &some(&[4, 6])), Ok(vec![euros(4), euros(6)]));
    assert_eq!(divide(euros(-10), &[Some(euros(4)), None]), Ok(vec![euros(-4), euros(-6)]));
    assert_eq!(divide(euros(10), &[None]), Ok(vec![euros(10)]));
    assert_eq!(divide(Money::ZERO, &[]), Ok(vec![]));
    assert_eq!(divide(euros(10), &some(&[4, 5])), Err(Undivided::OtherSum(euros(9))));
    assert_eq!(divide(euros(10), &[Some(euros(10)), None]), Err(Undivided::OtherSum(euros(10))));
    assert_eq!(divide(euros(10), &[None, None]), Err(Undivided::TwoRests));
    assert_eq!(divide(euros(10), &some(&[11, -1])), Err(Undivided::NotPositive(1)));
    assert_eq!(divide(euros(10), &[]), Err(Undivided::NoParts));
    assert_eq!(divide(Money::ZERO, &some(&[1])), Err(Undivided::NothingToPlace));
}

#[test]
fn money_that_came_in_and_money_that_went_out_go_to_different_places() {
    let takes = |amount: i64| -> Vec<&str> {
        PartKind::ALL.iter().filter(|kind| kind.takes(euros(amount))).map(|kind| kind.code()).collect()
    };
    assert_eq!(takes(1), ["loan", "source", "charge", "returned_order", "not_ours", "refund"]);
    assert_eq!(takes(-1), ["return", "source", "charge", "order", "run"]);
    assert!(takes(0).is_empty());
}

fn any_line() -> impl Strategy<Value = (i64, Option<u64>, String, Option<u64>, String)> {
    let text = prop_oneof![
        Just("L-2026-00001 L-2026-00002".to_owned()),
        Just("A-2025-00003 An Van den Naam 4".to_owned()),
        "[A-Za-z0-9 /+-]{0,40}",
    ];
    (-200_i64..200, proptest::option::of(1000_u64..1010), text, proptest::option::of(9_u64..42), "[A-Z ]{0,20}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn parts_add_up_to_the_whole_or_nothing_is_divided(
        cents in -100_000_i64..100_000,
        parts in proptest::collection::vec(proptest::option::of(-100_i64..60_000), 0..6),
    ) {
        let whole = Money::from_cents(cents);
        let parts: Vec<Option<Money>> = parts.into_iter().map(|part| part.map(Money::from_cents)).collect();
        if let Ok(divided) = divide(whole, &parts) {
            prop_assert_eq!(divided.iter().copied().sum::<Money>(), whole);
            prop_assert_eq!(divided.len(), parts.len());
            prop_assert!(divided.iter().all(|part| !part.is_zero() && part.is_negative() == whole.is_negative()));
            for (given, is) in parts.iter().zip(&divided) {
                prop_assert!(given.is_none_or(|given| given == is.abs()));
            }
        }
    }

    #[test]
    fn proposals_are_few_ranked_each_once_and_the_same_again((cents, base, free, account, name) in any_line()) {
        let account = account.map(iban);
        let line = Waiting {
            amount: Money::from_cents(cents * 100),
            structured: base.map(ogm),
            free: Some(&free),
            iban: account.as_ref(),
            name: Some(&name),
            ..credit(0)
        };
        let facts = facts();
        let found = propose(&line, &facts);
        prop_assert_eq!(&found, &propose(&line, &facts.clone()));
        prop_assert!(found.len() <= BEST);
        prop_assert!(found.windows(2).all(|pair| pair[0].grounds[0] <= pair[1].grounds[0]));
        for (place, one) in found.iter().enumerate() {
            prop_assert!(found.iter().skip(place + 1).all(|other| other.about != one.about));
            if let About::Loan(loan_id) = one.about {
                prop_assert_eq!(facts.loans[&loan_id].fund_id, id(FUND));
            }
        }
    }
}
