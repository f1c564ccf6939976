//! Totals, details and parts: what is written by the bank in levels is booked at the last of them, once.

use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::services::bank::BankFile;

use super::account::{Account, paid, says, total};
use super::story::{Story, euros};

/// Gives the movements of a file other transaction types and categories (record 2.1, positions 54 and 59 to 61),
/// in their order.
fn retyped(file: BankFile, codes: &[(&str, &str)]) -> BankFile {
    let mut codes = codes.iter();
    let text = String::from_utf8(file.bytes).unwrap();
    let lines = text.lines().map(|line| {
        if !line.starts_with("21") {
            return format!("{line}\n");
        }
        let (kind, category) = codes.next().unwrap();
        format!("{}{kind}{}{category}{}\n", &line[..53], &line[54..58], &line[61..])
    });
    BankFile { bytes: lines.collect::<String>().into_bytes(), ..file }
}

#[tokio::test]
async fn of_an_amount_with_parts_the_gross_goes_to_the_loan_and_the_commission_to_charges() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.test.go_to("2022-06-02");
    let mut whole = total(vec![says(euros(100), ""), says(Money::from_cents(-125), "")]);
    whole.line.text = paid(euros(1), family.loan.ogm).line.text;
    let file = retyped(account.file("2022-06-02", vec![whole]), &[("3", "000"), ("8", "100"), ("8", "013")]);
    let report = story.import(file).await;
    let booked: Vec<_> = report.booked.iter().map(|sum| (sum.reason, sum.amount)).collect();
    assert_eq!(booked, [(Reason::LoanReference, euros(100)), (Reason::BankCharge, Money::from_cents(-125))]);
    assert_eq!(report.suspense, []);
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert_eq!(story.state(&family).await.repaid, euros(100));
    story.finish().await;
}

#[tokio::test]
async fn details_of_a_detail_are_booked_and_a_total_without_details_waits() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.test.go_to("2022-06-02");
    let ogm = family.loan.ogm;
    // A total of 30.00: a subtotal of 30.00 with details of 10.00 and 20.00 below it. The writer makes two levels
    // of one, so the sum of what it writes is corrected by the types: 2 moves the balance, 7 and 9 do not.
    let mut nested = total(vec![says(euros(30), ""), paid(euros(10), ogm), paid(euros(20), ogm)]);
    nested.line.amount = euros(60);
    let alone = says(euros(9), "");
    let file = account.file("2022-06-02", vec![nested, alone]);
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let halved = text
        .lines()
        .map(|line| format!("{}\n", line.replace("000000000060000", "000000000030000")))
        .map(|line| line.replace("000000000069000", "000000000039000").replace("000000050069000", "000000050039000"))
        .collect::<String>();
    account.balance -= euros(30);
    let codes = [("2", "000"), ("7", "000"), ("9", "000"), ("9", "000"), ("2", "000")];
    let report = story.import(retyped(BankFile { bytes: halved.into_bytes(), ..file }, &codes)).await;
    let booked: Vec<_> = report.booked.iter().map(|sum| (sum.reason, sum.lines, sum.amount)).collect();
    assert_eq!(booked, [(Reason::LoanReference, 2, euros(30))]);
    let waiting: Vec<_> = report.suspense.iter().map(|line| (line.reason, line.amount)).collect();
    assert_eq!(waiting, [(Reason::TotalWithoutDetails, euros(9))]);
    assert_eq!(report.lines, 5);
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    story.finish().await;
}
