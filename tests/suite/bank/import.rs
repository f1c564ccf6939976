//! What becomes of each line.

use energiehuis::domain::identity::Ogm;
use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::services::bank::{self, FileReport};
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::storage::bank::{LineFilter, Outcome, Page};

use super::account::{Account, charged, executed, paid, rebuilt, says, total};
use super::story::{Story, euros, stranger};

fn booked(report: &FileReport) -> Vec<(Reason, usize, Money)> {
    report.booked.iter().map(|sum| (sum.reason, sum.lines, sum.amount)).collect()
}

fn waiting(report: &FileReport) -> Vec<(Reason, Money)> {
    report.suspense.iter().map(|line| (line.reason, line.amount)).collect()
}

#[tokio::test]
async fn every_line_finds_its_place_and_the_ledger_ends_where_the_bank_does() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let first = story.import(account.file("2022-01-03", vec![paid(euros(100_000), story.source.ogm)])).await;
    assert_eq!(booked(&first), [(Reason::SourceReference, 1, euros(100_000))]);
    let (family, approved) = story.repaying(12, 10_000).await;
    story.test.go_to("2022-06-02");
    let lines = vec![
        executed(euros(10_000), &approved.order.end_to_end_id),
        paid(euros(1000), family.loan.ogm),
        rebuilt(euros(500), family.loan.ogm),
        says(euros(500), &format!("juni {}", family.loan.ogm)),
        charged(Money::from_cents(350)),
        paid(euros(40), stranger()),
        says(euros(41), "bedankt"),
        says(euros(42), "lening L-2022-00012"),
        executed(euros(43), "NOTPROVIDED"),
    ];
    let report = story.import(account.file("2022-06-02", lines)).await;
    assert_eq!(
        booked(&report),
        [
            (Reason::LoanReference, 1, euros(1000)),
            (Reason::LoanReferenceRebuilt, 1, euros(500)),
            (Reason::LoanReferenceInText, 1, euros(500)),
            (Reason::OrderExecuted, 1, euros(-10_000)),
            (Reason::BankCharge, 1, Money::from_cents(-350)),
        ]
    );
    assert_eq!(
        waiting(&report),
        [
            (Reason::UnknownReference, euros(40)),
            (Reason::NoReference, euros(41)),
            (Reason::LoanNumberInText, euros(42)),
            (Reason::DebitWithoutOrder, euros(-43)),
        ]
    );
    assert_eq!((report.statements[0].old_balance, report.statements[0].new_balance), (euros(100_000), account.balance));
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert_eq!(story.balance("unmatched_receipts").await, euros(-123));
    assert_eq!(story.balance("unexplained_payments").await, euros(43), "gone, and not to be lent");
    assert_eq!(story.balance("contractors_payable").await, Money::ZERO);
    assert_eq!(story.balance("loans_receivable").await, euros(8000));
    assert_eq!(story.balance("due_to_funder").await, euros(-2000));
    assert_eq!(story.state(&family).await.repaid, euros(2000));
    story.finish().await;
}

#[tokio::test]
async fn a_person_sees_each_line_with_its_outcome_reason_and_suggestion() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 10_000).await;
    story.test.go_to("2022-06-02");
    let lines = vec![paid(euros(1000), family.loan.ogm), says(euros(42), "lening l 2022 00012"), says(euros(7), "?")];
    story.import(account.file("2022-06-02", lines)).await;
    let everything = LineFilter::default();
    let listed = bank::lines(story.house(), &story.accountant, everything.clone(), Page::of(1, 3)).await.unwrap();
    let seen: Vec<_> = listed.iter().map(|line| (line.outcome, line.reason, line.loan_number.as_deref())).collect();
    assert_eq!(
        seen,
        [
            (Outcome::Booked, Reason::LoanReference, Some("L-2022-00012")),
            (Outcome::Suspense, Reason::LoanNumberInText, None),
            (Outcome::Suspense, Reason::NoReference, None),
        ]
    );
    assert_eq!(listed[1].suggested_loan_id, Some(family.loan.loan_id));
    assert_eq!(listed[2].suggested_loan_number, None);
    let next = bank::lines(story.house(), &story.accountant, everything, Page::of(2, 3)).await.unwrap();
    assert_eq!(next.iter().map(|line| line.funder.as_deref()).collect::<Vec<_>>(), [Some("VEKA")]);
    let open = LineFilter { suspense_only: true, ..LineFilter::default() };
    let open = bank::lines(story.house(), &story.accountant, open, Page::of(1, 50)).await.unwrap();
    assert_eq!(open.len(), 2);
    let statements =
        bank::statements(story.house(), &story.accountant, Some(story.fund.fund_id), Page::of(1, 50)).await.unwrap();
    let figures: Vec<_> = statements.iter().map(|s| (s.sequence, s.lines, s.waiting, s.new_balance)).collect();
    assert_eq!(figures, [(2, 3, 2, account.balance), (1, 1, 0, euros(50_000))]);
    let desk = energiehuis::services::Actor { nis_code: Some("34013".to_owned()), ..story.officer.clone() };
    let elsewhere = bank::lines(story.house(), &desk, LineFilter::default(), Page::of(1, 50)).await.unwrap();
    assert_eq!(elsewhere, [], "Harelbeke does not see what a family of Kortrijk paid");
    story.finish().await;
}

#[tokio::test]
async fn a_total_and_its_details_are_booked_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (one, _) = story.repaying(12, 10_000).await;
    let (other, _) = story.repaying(13, 5000).await;
    story.test.go_to("2022-06-02");
    let batch = total(vec![paid(euros(1000), one.loan.ogm), paid(euros(500), other.loan.ogm), says(euros(7), "?")]);
    let report = story.import(account.file("2022-06-02", vec![batch])).await;
    assert_eq!(report.lines, 4);
    assert_eq!(booked(&report), [(Reason::LoanReference, 2, euros(1500))]);
    assert_eq!(waiting(&report), [(Reason::NoReference, euros(7))]);
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    let listed = bank::lines(story.house(), &story.accountant, LineFilter::default(), Page::of(1, 4)).await.unwrap();
    assert_eq!((listed[0].outcome, listed[0].reason), (Outcome::Detailed, Reason::DetailsBooked));
    assert_eq!(story.state(&one).await.repaid, euros(1000));
    assert_eq!(story.state(&other).await.repaid, euros(500));
    story.finish().await;
}

#[tokio::test]
async fn one_payment_settles_several_instalments_and_what_is_too_much_is_owed_back() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.test.go_to("2022-08-02");
    let twice = vec![paid(euros(250), family.loan.ogm), paid(euros(100), family.loan.ogm)];
    story.import(account.file("2022-08-02", twice)).await;
    let state = story.state(&family).await;
    let paid_so_far: Vec<i64> = state.instalments.iter().map(|line| line.paid.cents() / 100).collect();
    assert_eq!(paid_so_far, [100, 100, 100, 50, 0, 0, 0, 0, 0, 0]);
    story.test.go_to("2022-08-03");
    let rest = vec![paid(euros(700), family.loan.ogm), paid(euros(5), family.loan.ogm)];
    let report = story.import(account.file("2022-08-03", rest)).await;
    assert_eq!(waiting(&report), [(Reason::LoanRepaid, euros(5))], "a closed loan takes no money");
    let state = story.state(&family).await;
    assert_eq!((state.outstanding, state.overpaid), (Money::ZERO, euros(50)));
    assert_eq!(story.balance("borrower_overpayments").await, euros(-50));
    assert_eq!(story.balance("due_to_funder").await, euros(-1000));
    story.finish().await;
}

#[tokio::test]
async fn money_for_a_loan_that_cannot_take_it_waits_with_the_loan_as_suggestion() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let family = story.family(12, 1000).await;
    story.test.go_to("2022-06-02");
    let report = story.import(account.file("2022-06-02", vec![paid(euros(100), family.loan.ogm)])).await;
    assert_eq!(waiting(&report), [(Reason::NothingDrawn, euros(100))]);
    let line = bank::line(story.house(), &story.accountant, report.suspense[0].bank_line_id).await.unwrap();
    assert_eq!(line.suggested_loan_number.as_deref(), Some("L-2022-00012"));
    story.finish().await;
}

#[tokio::test]
async fn orders_to_contractors_and_funders_are_paid_by_the_bank_once_and_to_the_cent() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, approved) = story.repaying(12, 10_000).await;
    story.test.go_to("2022-06-02");
    let id = approved.order.end_to_end_id;
    let nearly = Money::from_cents(999_999);
    let lines = vec![
        executed(nearly, &id),
        executed(euros(10_000), &id),
        executed(euros(10_000), &id),
        paid(euros(1000), family.loan.ogm),
    ];
    let report = story.import(account.file("2022-06-02", lines)).await;
    assert_eq!(
        waiting(&report),
        [(Reason::AmountDiffersFromOrder, -nearly), (Reason::OrderAlreadyPaid, euros(-10_000))]
    );
    let orders = pass_on(story.house(), &story.accountant, story.fund.fund_id).await.unwrap();
    assert_eq!(orders.iter().map(|order| order.amount).collect::<Vec<_>>(), [euros(1000)]);
    story.test.go_to("2022-06-03");
    let back = vec![executed(euros(1000), &orders[0].end_to_end_id), executed(euros(10_000), &id)];
    let report = story.import(account.file("2022-06-03", back)).await;
    assert_eq!(booked(&report), [(Reason::OrderExecuted, 1, euros(-1000))]);
    assert_eq!(waiting(&report), [(Reason::OrderAlreadyPaid, euros(-10_000))]);
    assert_eq!(story.balance("due_to_funder").await, Money::ZERO);
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    story.finish().await;
}

#[tokio::test]
async fn a_funder_that_pays_more_than_it_promised_waits_and_money_of_another_fund_too() {
    let story = Story::new().await;
    let (other, other_source) = story.other_fund().await;
    let mut account = Account::of(&story.fund);
    let lines = vec![
        paid(euros(1_800_000), story.source.ogm),
        paid(Money::from_cents(1), story.source.ogm),
        paid(euros(9), other_source.ogm),
    ];
    let report = story.import(account.file("2022-01-03", lines)).await;
    assert_eq!(booked(&report), [(Reason::SourceReference, 1, euros(1_800_000))]);
    assert_eq!(
        waiting(&report),
        [(Reason::SourcePaidTooMuch, Money::from_cents(1)), (Reason::ReferenceOfAnotherFund, euros(9))]
    );
    let both = Ogm::find_all(&format!("{} {}", story.source.ogm, other_source.ogm));
    assert_eq!(both.len(), 2);
    let mut elsewhere = Account::of(&other);
    let text = format!("{} {}", story.source.ogm, other_source.ogm);
    let report = story.import(elsewhere.file("2022-01-03", vec![says(euros(3), &text)])).await;
    assert_eq!(waiting(&report), [(Reason::TwoReferences, euros(3))]);
    story.finish().await;
}
