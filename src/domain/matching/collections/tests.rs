use super::*;

const FUND: Uuid = Uuid::from_u128(1);
const OTHER_FUND: Uuid = Uuid::from_u128(2);
const LINE: Uuid = Uuid::from_u128(99);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// The `n`th collection of 150 euro, under a mandate of its own.
fn sent(n: u128) -> KnownCollection {
    KnownCollection {
        collection_id: Uuid::from_u128(100 + n),
        fund_id: FUND,
        loan_id: Uuid::from_u128(200 + n),
        mandate_id: Uuid::from_u128(300 + n),
        end_to_end_id: format!("EC{n}"),
        amount: Money::from_euros(150),
        paid: Money::from_euros(150),
        collect_on: day("2022-05-02"),
        batch: Some("ECMSG-1".to_owned()),
        standing: Collected::Sent,
    }
}

fn debits() -> Debits {
    let mandates = (1..=3).map(|n| (format!("ML{n}"), Uuid::from_u128(300 + n))).collect();
    Debits::new((1..=3).map(sent).collect(), mandates)
}

fn loan(n: u128) -> Uuid {
    Uuid::from_u128(200 + n)
}

fn part(n: u128, cents: i64) -> (Uuid, Money) {
    (loan(n), Money::from_cents(cents))
}

fn line(cents: i64) -> DebitLine<'static> {
    DebitLine {
        bank_line_id: LINE,
        fund_id: FUND,
        amount: Money::from_cents(cents),
        booked_on: day("2022-05-03"),
        end_to_end_id: None,
        mandate: None,
        batch: None,
        is_debit: true,
        is_total: false,
        comes_back: false,
        kind: None,
    }
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(100 + n)
}

fn waits(reason: Reason, n: u128) -> Debit {
    Debit::Waits { reason, suggestion: Some(Uuid::from_u128(200 + n)) }
}

#[test]
fn a_credit_is_known_by_our_identification_or_by_its_mandate() {
    let mut debits = debits();
    let by_id = DebitLine { end_to_end_id: Some("EC1"), ..line(15_000) };
    assert_eq!(debits.judge(&by_id), Some(Debit::Credited(id(1))));
    assert_eq!(debits.judge(&by_id), Some(waits(Reason::CollectionNotExpected, 1)), "not twice");
    let by_mandate = DebitLine { mandate: Some("ML2"), ..line(15_000) };
    assert_eq!(debits.judge(&by_mandate), Some(Debit::Credited(id(2))));
    let less = DebitLine { end_to_end_id: Some("EC3"), ..line(14_900) };
    assert_eq!(debits.judge(&less), Some(waits(Reason::CollectionOtherAmount, 3)));
    let elsewhere = DebitLine { fund_id: OTHER_FUND, end_to_end_id: Some("EC3"), ..line(15_000) };
    assert_eq!(debits.judge(&elsewhere), None);
}

#[test]
fn a_whole_batch_is_known_by_its_name_or_by_its_sum() {
    let all = Some(Debit::Total(vec![id(1), id(2), id(3)]));
    assert_eq!(debits().judge(&line(45_000)), all);
    assert_eq!(debits().judge(&DebitLine { is_debit: false, ..line(45_000) }), None, "any other credit of that sum");
    let named = DebitLine { batch: Some("ECMSG-1"), is_debit: false, ..line(45_000) };
    assert_eq!(debits().judge(&named), all);
    let late = DebitLine { booked_on: day("2022-05-20"), ..line(45_000) };
    assert_eq!(debits().judge(&late), None);
    let mut twice = debits();
    assert_eq!((twice.judge(&line(45_000)), twice.judge(&line(45_000))), (all, None));
    let mut two: Vec<KnownCollection> = (1..=4).map(sent).collect();
    for known in &mut two[2..] {
        known.batch = Some("ECOTHER-1".to_owned());
    }
    assert_eq!(Debits::new(two, HashMap::new()).judge(&line(30_000)), None, "two batches have this sum");
}

#[test]
fn what_comes_back_names_the_payment_that_it_undoes() {
    let known = (1..=3).map(sent).chain([KnownCollection { batch: None, ..sent(4) }]).collect();
    let mandates = (1..=3).map(|n| (format!("ML{n}"), Uuid::from_u128(300 + n))).collect();
    let mut debits = Debits::new(known, mandates);
    let credited = DebitLine { end_to_end_id: Some("EC1"), ..line(15_000) };
    debits.judge(&credited);
    let back =
        DebitLine { comes_back: true, kind: Some(ReturnKind::Refund), amount: Money::from_cents(-15_000), ..credited };
    let refund = Debit::Returned { collection_id: id(1), kind: ReturnKind::Refund, payment_id: Some(LINE) };
    assert_eq!(debits.judge(&back), Some(refund));
    assert_eq!(debits.judge(&back), Some(waits(Reason::CollectionReturnedBefore, 1)), "it comes back once");
    let before = DebitLine { mandate: Some("ML2"), comes_back: true, ..line(-15_000) };
    let rejected = Debit::Returned { collection_id: id(2), kind: ReturnKind::Reject, payment_id: None };
    assert_eq!(debits.judge(&before), Some(rejected), "no money had come");
    let more = DebitLine { end_to_end_id: Some("EC3"), comes_back: true, ..line(-15_500) };
    assert_eq!(debits.judge(&more), Some(waits(Reason::CollectionOtherAmount, 3)));
    let nothing = DebitLine { end_to_end_id: Some("EC3"), comes_back: true, ..line(0) };
    let rejected = Debit::Returned { collection_id: id(3), kind: ReturnKind::Reject, payment_id: None };
    assert_eq!(debits.judge(&nothing), Some(rejected), "told without an amount");
    debits.judge(&DebitLine { end_to_end_id: Some("EC4"), ..line(15_000) });
    let nothing = DebitLine { end_to_end_id: Some("EC4"), comes_back: true, ..line(0) };
    assert_eq!(debits.judge(&nothing), None, "no money left the account: the line that moves it says so too");
}

#[test]
fn a_return_of_which_nothing_is_known_waits_and_other_money_is_left_alone() {
    let strange = DebitLine { mandate: Some("XX"), comes_back: true, ..line(-15_000) };
    let unknown = Some(Debit::Waits { reason: Reason::CollectionReturnUnknown, suggestion: None });
    assert_eq!(debits().judge(&strange), unknown);
    assert_eq!(debits().judge(&DebitLine { is_debit: false, ..line(-15_000) }), None, "an order of ours");
    assert_eq!(debits().judge(&DebitLine { mandate: Some("XX"), ..line(-15_000) }), None, "a creditor of ours");
    assert_eq!(debits().judge(&DebitLine { is_debit: false, ..line(15_000) }), None, "a transfer of a borrower");
    assert_eq!(debits().judge(&line(0)), None);
}

#[test]
fn a_placed_line_credits_the_collection_that_it_names_or_the_only_one_that_fits() {
    let known: Vec<KnownCollection> = (1..=3).map(sent).collect();
    let credited = |line: PlacedLine<'_>, of| credited_by(&line, of, &known);
    let by_id = PlacedLine { end_to_end_id: Some("EC1"), ..PlacedLine::default() };
    assert_eq!(credited(by_id, part(1, 14_900)), Some(id(1)), "for whatever amount the bank credited");
    assert_eq!(credited(by_id, part(2, 15_000)), None, "it names the collection of another loan");
    let mandate_id = Some(Uuid::from_u128(302));
    let by_mandate = PlacedLine { mandate_id, is_debit: true, ..PlacedLine::default() };
    assert_eq!(credited(by_mandate, part(2, 15_000)), Some(id(2)));
    assert_eq!(credited(by_mandate, part(2, 14_900)), None);
    assert_eq!(credited(by_mandate, part(3, 15_000)), None, "the mandate of another loan");
    let by_batch = PlacedLine { batch: Some("ECMSG-1"), ..PlacedLine::default() };
    assert_eq!(credited(by_batch, part(3, 15_000)), Some(id(3)));
    let bare = PlacedLine { is_debit: true, ..PlacedLine::default() };
    assert_eq!(credited(bare, part(3, 15_000)), Some(id(3)), "the only open one");
    assert_eq!(credited(PlacedLine::default(), part(3, 15_000)), None, "a transfer is none");
    let mut two = known.clone();
    two.push(KnownCollection { loan_id: loan(3), ..sent(4) });
    assert_eq!(credited_by(&bare, part(3, 15_000), &two), None, "it is not certain which");
    two[2].standing = Collected::Returned;
    assert_eq!(credited_by(&bare, part(3, 15_000), &two), Some(id(4)));
}

#[test]
fn a_payment_that_went_back_takes_its_collection_with_it() {
    let mut known: Vec<KnownCollection> = (1..=3).map(sent).collect();
    let payment = |n: u128| Uuid::from_u128(400 + n);
    for (one, n) in known.iter_mut().zip(1..) {
        one.standing = Collected::Credited(payment(n));
    }
    assert_eq!(returned_by((loan(2), payment(2)), &known), Some(id(2)));
    assert_eq!(returned_by((loan(2), payment(1)), &known), None);
    let by_id = PlacedLine { end_to_end_id: Some("EC1"), is_debit: true, ..PlacedLine::default() };
    assert_eq!(payment_named(&by_id, part(1, 15_000), &known), Some(payment(1)));
    assert_eq!(payment_named(&by_id, part(1, 14_900), &known), None);
    assert_eq!(payment_named(&PlacedLine::default(), part(1, 15_000), &known), None, "any other debit of that sum");
}

#[test]
fn a_collection_becomes_another_payment_by_each_total_that_credits_it() {
    let (one, other) = (payment_in_total(LINE, id(1)), payment_in_total(FUND, id(1)));
    assert_eq!(one, payment_in_total(LINE, id(1)));
    assert!(one != other && one != payment_in_total(LINE, id(2)));
}
