mod proposals;

use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const FUND: Uuid = Uuid::from_u128(1);
const OTHER_FUND: Uuid = Uuid::from_u128(2);
const LOAN: Uuid = Uuid::from_u128(10);
const SECOND_LOAN: Uuid = Uuid::from_u128(11);
const FOREIGN_LOAN: Uuid = Uuid::from_u128(12);
const SOURCE: Uuid = Uuid::from_u128(20);
const ORDER: Uuid = Uuid::from_u128(30);

fn ogm(base: u64) -> Ogm {
    match Ogm::from_base(base) {
        Ok(ogm) => ogm,
        Err(error) => panic!("{error}"),
    }
}

fn euros(amount: i64) -> Money {
    Money::from_euros(amount)
}

fn matcher() -> Matcher {
    let mut known = Known::default();
    for (loan_id, fund_id, serial) in [(LOAN, FUND, 12), (SECOND_LOAN, FUND, 13), (FOREIGN_LOAN, OTHER_FUND, 14)] {
        let number = format!("L-2026-{serial:05}");
        known.add_loan(KnownLoan { loan_id, fund_id, ogm: ogm(1_000_000_000 + serial), number });
    }
    let (ogm_of_source, kind) = (ogm(2_000_000_001), FundingKind::Grant);
    known.add_source(KnownSource { source_id: SOURCE, fund_id: FUND, ogm: ogm_of_source, kind, room: euros(1000) });
    known.add_order("EH-1".to_owned(), KnownOrder { order_id: ORDER, fund_id: FUND, amount: euros(500), paid: false });
    Matcher::new(known)
}

fn line(amount: Money) -> Line<'static> {
    Line { amount, nature: Nature::Payment, reference: Reference::Absent, texts: Vec::new(), end_to_end_id: None }
}

fn judge(line: &Line<'_>) -> Match {
    matcher().judge(FUND, line)
}

fn suspense(reason: Reason) -> Match {
    Match::Suspense { reason, suggestion: None }
}

fn paid_with(reference: Reference) -> Match {
    judge(&Line { reference, ..line(euros(100)) })
}

fn paid_saying(text: &str) -> Match {
    judge(&Line { texts: vec![text], ..line(euros(100)) })
}

#[test]
fn a_structured_communication_finds_its_loan() {
    let ours = ogm(1_000_000_012);
    assert_eq!(paid_with(Reference::Given(ours)), Match::Loan { loan_id: LOAN, certainty: Certainty::Structured });
    let rebuilt = paid_with(Reference::Rebuilt(ours));
    assert_eq!(rebuilt, Match::Loan { loan_id: LOAN, certainty: Certainty::Rebuilt });
    assert_eq!(rebuilt.reason(), Reason::LoanReferenceRebuilt);
}

#[test]
fn a_reference_that_is_right_and_not_ours_waits() {
    let foreign = ogm(9_999_999_999);
    assert_eq!(paid_with(Reference::Given(foreign)), suspense(Reason::UnknownReference));
    assert_eq!(paid_with(Reference::Rebuilt(foreign)), suspense(Reason::ReconstitutedReferenceUnknown));
    assert_eq!(paid_with(Reference::Invalid), suspense(Reason::InvalidReference));
    assert_eq!(paid_saying(&format!("factuur {foreign}")), suspense(Reason::UnknownReference));
    assert_eq!(paid_with(Reference::Absent), suspense(Reason::NoReference));
}

#[test]
fn a_reference_of_another_fund_waits() {
    assert_eq!(paid_with(Reference::Given(ogm(1_000_000_014))), suspense(Reason::ReferenceOfAnotherFund));
}

#[test]
fn a_reference_in_free_text_counts_only_when_it_is_ours() {
    let digits = ogm(1_000_000_012).canonical();
    let typed = format!("aflossing {} {} {} maart", &digits[..3], &digits[3..7], &digits[7..]);
    assert_eq!(paid_saying(&typed), Match::Loan { loan_id: LOAN, certainty: Certainty::FreeText });
}

#[test]
fn two_references_of_ours_in_one_line_wait() {
    let both = format!("{} en {}", ogm(1_000_000_012), ogm(1_000_000_013));
    assert_eq!(paid_saying(&both), suspense(Reason::TwoReferences));
    let second = ogm(1_000_000_013).to_string();
    let mixed = Line { reference: Reference::Given(ogm(1_000_000_012)), texts: vec![&second], ..line(euros(100)) };
    assert_eq!(judge(&mixed).reason(), Reason::TwoReferences);
    let same = ogm(1_000_000_012).to_string();
    let repeated = Line { texts: vec![&same], ..mixed };
    assert_eq!(judge(&repeated).reason(), Reason::LoanReference);
}

#[test]
fn a_loan_number_is_a_suggestion_and_never_a_booking() {
    for text in ["lening L-2026-00012", "l 2026 00012 februari", "L202600012", "Lening L/2026/00012."] {
        assert_eq!(
            paid_saying(text),
            Match::Suspense { reason: Reason::LoanNumberInText, suggestion: Some(LOAN) },
            "{text}"
        );
    }
    assert_eq!(paid_saying("L-2026-00012 en L-2026-00013"), suspense(Reason::NoReference));
    assert_eq!(paid_saying("L-2026-00014 van een ander fonds"), suspense(Reason::NoReference));
    assert_eq!(paid_saying("MAL-2026-00012"), suspense(Reason::NoReference));
}

#[test]
fn a_wrong_reference_with_a_loan_number_beside_it_suggests_the_loan() {
    let wrong = Line { reference: Reference::Invalid, texts: vec!["L-2026-00013"], ..line(euros(100)) };
    assert_eq!(judge(&wrong), Match::Suspense { reason: Reason::InvalidReference, suggestion: Some(SECOND_LOAN) });
}

#[test]
fn a_funder_pays_up_to_what_was_promised_and_no_cent_more() {
    let mut matcher = matcher();
    let paying = |amount| Line { reference: Reference::Given(ogm(2_000_000_001)), ..line(amount) };
    let paid = Match::Source { source_id: SOURCE, kind: FundingKind::Grant, certainty: Certainty::Structured };
    assert_eq!(matcher.judge(FUND, &paying(euros(600))), paid);
    assert_eq!(matcher.judge(FUND, &paying(euros(401))), suspense(Reason::SourcePaidTooMuch));
    assert_eq!(matcher.judge(FUND, &paying(euros(400))), paid);
    assert_eq!(matcher.judge(FUND, &paying(Money::from_cents(1))), suspense(Reason::SourcePaidTooMuch));
}

#[test]
fn an_order_is_paid_once_and_for_its_own_amount_only() {
    let mut matcher = matcher();
    let debit = |cents| Line { end_to_end_id: Some("EH-1"), ..line(Money::from_cents(cents)) };
    assert_eq!(matcher.judge(FUND, &debit(-49_999)), suspense(Reason::AmountDiffersFromOrder));
    assert_eq!(matcher.judge(OTHER_FUND, &debit(-50_000)), suspense(Reason::OrderOfAnotherFund));
    assert_eq!(matcher.judge(FUND, &debit(-50_000)), Match::Order { order_id: ORDER });
    assert_eq!(matcher.judge(FUND, &debit(-50_000)), suspense(Reason::OrderAlreadyPaid));
}

#[test]
fn money_out_needs_an_order_even_with_the_reference_of_a_loan() {
    let debit = Line { reference: Reference::Given(ogm(1_000_000_012)), ..line(euros(-100)) };
    assert_eq!(judge(&debit), suspense(Reason::DebitWithoutOrder));
    let unknown = Line { end_to_end_id: Some("NOTPROVIDED"), ..line(euros(-100)) };
    assert_eq!(judge(&unknown), suspense(Reason::DebitWithoutOrder));
}

#[test]
fn our_own_identification_on_money_in_is_no_payment_of_an_order() {
    let credit = Line { end_to_end_id: Some("EH-1"), ..line(euros(500)) };
    assert_eq!(judge(&credit), suspense(Reason::NoReference));
}

#[test]
fn the_nature_of_a_line_decides_where_no_reference_does() {
    let of = |nature, amount| judge(&Line { nature, ..line(amount) });
    assert_eq!(of(Nature::Charge, euros(-3)), Match::Charge);
    assert_eq!(of(Nature::Charge, euros(3)), Match::Charge);
    assert_eq!(of(Nature::Total, euros(3)), suspense(Reason::TotalWithoutDetails));
    assert_eq!(of(Nature::Total, euros(-3)), suspense(Reason::TotalWithoutDetails));
    assert_eq!(of(Nature::OwnAccounts, euros(3)), suspense(Reason::BetweenOwnAccounts));
    assert_eq!(of(Nature::OwnAccounts, euros(-3)), suspense(Reason::BetweenOwnAccounts));
}

#[test]
fn a_transfer_of_ours_that_came_back_waits_even_with_a_reference() {
    let back = Line { nature: Nature::Returned, reference: Reference::Given(ogm(1_000_000_012)), ..line(euros(5)) };
    assert_eq!(judge(&back), suspense(Reason::PaymentReturned));
}

#[test]
fn every_reason_reads_back_from_its_code() {
    for reason in Reason::ALL {
        assert_eq!(reason.code().parse(), Ok(reason));
    }
    assert_eq!("nonsense".parse::<Reason>(), Err(reason::UnknownReason("nonsense".to_owned())));
}

fn link(sequence: u16, on: &str, old: i64, new: i64) -> Link {
    let on: NaiveDate = on.parse().unwrap_or_default();
    Link { sequence, on, old_balance: euros(old), new_balance: euros(new) }
}

#[test]
fn a_statement_follows_on_balance_number_and_day() {
    let last = link(41, "2026-03-02", 0, 100);
    assert_eq!(follows(None, link(7, "2026-03-02", 55, 60)), Ok(()));
    assert_eq!(follows(Some(last), link(42, "2026-03-02", 100, 90)), Ok(()));
    assert_eq!(follows(Some(last), link(42, "2026-03-03", 100, 90)), Ok(()));
    let next = link(42, "2026-03-03", 101, 90);
    assert_eq!(follows(Some(last), next), Err(Break::Balance { last, next }));
    let next = link(43, "2026-03-03", 100, 90);
    assert_eq!(follows(Some(last), next), Err(Break::Number { last, next }));
    let next = link(41, "2026-03-03", 100, 90);
    assert_eq!(follows(Some(last), next), Err(Break::Number { last, next }));
    let next = link(42, "2026-03-01", 100, 90);
    assert_eq!(follows(Some(last), next), Err(Break::Earlier { last, next }));
}

#[test]
fn numbers_begin_again_in_a_new_year_and_a_bank_may_not_number() {
    let last = link(251, "2026-12-30", 0, 100);
    assert_eq!(follows(Some(last), link(1, "2027-01-04", 100, 90)), Ok(()));
    assert_eq!(follows(Some(last), link(1, "2026-12-31", 100, 90)), Ok(()));
    assert_eq!(follows(Some(last), link(252, "2026-12-31", 100, 90)), Ok(()));
    let next = link(2, "2027-01-04", 100, 90);
    assert_eq!(follows(Some(last), next), Err(Break::Number { last, next }));
    assert_eq!(follows(Some(link(0, "2026-03-02", 0, 100)), link(0, "2026-03-03", 100, 90)), Ok(()));
    assert_eq!(follows(Some(link(41, "2026-03-02", 0, 100)), link(0, "2026-03-03", 100, 90)), Ok(()));
    let (last, next) = (link(41, "2026-03-02", 0, 100), link(0, "2026-03-02", 100, 90));
    assert_eq!(follows(Some(last), next), Err(Break::Number { last, next }), "twice on one day, and no number to tell");
}

#[test]
fn a_broken_chain_names_what_was_expected_and_what_was_found() {
    let broken = follows(Some(link(41, "2026-03-02", 0, 100)), link(43, "2026-03-04", 250, 300));
    let text = broken.map_err(|broken| broken.text()).err();
    let text = text.map(|text| (text.key, text.values));
    let value = |name: &str| {
        text.as_ref()
            .and_then(|(_, values)| values.iter().find(|(key, _)| key == name))
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(text.as_ref().map(|(key, _)| key.as_str()), Some("bank-problem-balance-breaks"));
    assert_eq!(value("expected"), Some("100.00"));
    assert_eq!(value("found"), Some("250.00"));
    assert_eq!((value("sequence"), value("last"), value("expectedSequence")), (Some("043"), Some("041"), Some("042")));
}

proptest! {
    /// Whatever people type, a number found in it reads as one of ours and nothing panics.
    #[test]
    fn any_text_gives_loan_numbers_of_the_right_shape(text in ".{0,80}") {
        for number in loan_numbers(&text) {
            prop_assert!(number.starts_with("L-") && number.len() >= 12, "{number}");
        }
    }

    /// A text that names no loan of ours is never booked to one.
    #[test]
    fn no_text_without_our_reference_is_booked(text in "[0-9 +/.*-]{0,60}") {
        let ours = [ogm(1_000_000_012), ogm(1_000_000_013), ogm(1_000_000_014), ogm(2_000_000_001)];
        let found = Ogm::find_all(&text);
        prop_assume!(!found.iter().any(|hit| ours.contains(hit)));
        prop_assert!(matches!(paid_saying(&text), Match::Suspense { .. }), "{}", text);
    }
}
