//! T-accounts that a bookkeeper can read: one line for each posting, debit left, credit right.

use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::loan::{LoanEvent, LoanFact, LoanState, LoanTerms, Repayment};
use super::super::money::Money;
use super::super::product::Product;
use super::*;

const LOAN: Uuid = Uuid::from_u128(1);
const ORDER: Uuid = Uuid::from_u128(2);
const VEKA: Uuid = Uuid::from_u128(10);
const PROVINCE: Uuid = Uuid::from_u128(11);

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn receipt(principal: &str, overpaid: &str) -> Receipt {
    Receipt { principal: money(principal), overpaid: money(overpaid) }
}

/// An entry as a bookkeeper writes it.
fn t(entry: Result<JournalEntry, Unbalanced>) -> String {
    let entry = entry.unwrap();
    assert_eq!(entry.postings().iter().map(|posting| posting.amount).sum::<Money>(), Money::ZERO);
    let mut lines = vec![entry.reason().to_string()];
    for posting in entry.postings() {
        let owner = match (posting.loan_id, posting.source_id, posting.payment_order_id) {
            (Some(_), None, Some(_)) => " (loan, order)",
            (Some(_), None, None) => " (loan)",
            (None, Some(source), None) if source == VEKA => " (VEKA)",
            (None, Some(_), None) => " (province)",
            (None, Some(_), Some(_)) => " (VEKA, order)",
            (None, None, Some(_)) => " (order)",
            _ => "",
        };
        let name = format!("{} {}{owner}", posting.account.number(), posting.account);
        let side = if posting.amount.is_positive() {
            format!("{name:<42}{:>10}", posting.amount)
        } else {
            format!("{name:<42}{:>20}", -posting.amount)
        };
        lines.push(side);
    }
    lines.join("\n")
}

fn veka_only() -> [FundingShare; 1] {
    [FundingShare { source_id: VEKA, weight: 1, revolves: false }]
}

fn veka_and_province() -> [FundingShare; 2] {
    [
        FundingShare { source_id: VEKA, weight: 2, revolves: false },
        FundingShare { source_id: PROVINCE, weight: 1, revolves: true },
    ]
}

fn book(lines: &[&str]) -> String {
    lines.join("\n")
}

#[test]
fn money_of_a_funder_arrives() {
    assert_eq!(
        t(funding_received(day(), VEKA, FundingKind::CreditLine, money("1800000"))),
        book(&[
            "funding_received",
            "1000 cash_at_bank                         1800000.00",
            "2100 owed_to_funder (VEKA)                          1800000.00",
        ])
    );
    assert_eq!(
        t(funding_received(day(), PROVINCE, FundingKind::Grant, money("100000"))),
        book(&[
            "funding_received",
            "1000 cash_at_bank                          100000.00",
            "3000 grants (province)                               100000.00",
        ])
    );
    let own = funding_received(day(), PROVINCE, FundingKind::OwnMeans, money("5")).unwrap();
    assert_eq!(own.effect_on(Account::OwnMeans), money("-5"));
}

#[test]
fn an_invoice_is_approved_and_the_contractor_is_paid() {
    assert_eq!(
        t(tranche_approved(day(), LOAN, ORDER, money("8250.40"))),
        book(&[
            "tranche_approved",
            "1100 loans_receivable (loan)                 8250.40",
            "2000 contractors_payable (loan, order)                 8250.40",
        ])
    );
    assert_eq!(
        t(contractor_paid(day(), LOAN, ORDER, money("8250.40"))),
        book(&[
            "contractor_paid",
            "2000 contractors_payable (loan, order)       8250.40",
            "1000 cash_at_bank (order)                              8250.40",
        ])
    );
}

#[test]
fn a_payment_repays_the_loan_and_the_credit_line_behind_it() {
    let shares = veka_only();
    let pass_on = PassOn { repaid_before: Money::ZERO, shares: &shares };
    assert_eq!(
        t(payment_received(day(), LOAN, receipt("250", "0"), &pass_on)),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             250.00",
            "1100 loans_receivable (loan)                            250.00",
            "2100 owed_to_funder (VEKA)                    250.00",
            "2110 due_to_funder (VEKA)                               250.00",
        ])
    );
}

#[test]
fn what_a_grant_lent_stays_in_the_fund_and_what_is_too_much_is_owed_back() {
    let shares = veka_and_province();
    let pass_on = PassOn { repaid_before: money("300"), shares: &shares };
    assert_eq!(
        t(payment_received(day(), LOAN, receipt("100", "20"), &pass_on)),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             120.00",
            "1100 loans_receivable (loan)                            100.00",
            "2210 borrower_overpayments (loan)                        20.00",
            "2100 owed_to_funder (VEKA)                     66.67",
            "2110 due_to_funder (VEKA)                                66.67",
        ])
    );
}

#[test]
fn a_reversed_payment_is_the_same_entry_on_the_other_side() {
    let shares = veka_and_province();
    let before = PassOn { repaid_before: money("300"), shares: &shares };
    let paid = payment_received(day(), LOAN, receipt("100", "20"), &before).unwrap();
    let after = PassOn { repaid_before: money("400"), shares: &shares };
    let reversed = payment_reversed(day(), LOAN, receipt("100", "20"), &after);
    assert_eq!(
        t(reversed.clone()),
        book(&[
            "payment_reversed",
            "1000 cash_at_bank                                       120.00",
            "1100 loans_receivable (loan)                  100.00",
            "2210 borrower_overpayments (loan)              20.00",
            "2100 owed_to_funder (VEKA)                               66.67",
            "2110 due_to_funder (VEKA)                      66.67",
        ])
    );
    assert_eq!(reverse(&paid, day()).unwrap().postings(), reversed.unwrap().postings());
}

#[test]
fn what_a_payment_did_is_read_from_the_loan_before_and_after_it() {
    let terms = LoanTerms {
        product: Product::EmergencyBuyer,
        principal: money("1000"),
        signed_on: day(),
        repayment: Repayment::Bullet { matures_on: NaiveDate::from_ymd_opt(2046, 3, 2).unwrap() },
    };
    let noon = day().and_hms_opt(12, 0, 0).unwrap().and_utc();
    let fact = |event| LoanFact::new(day(), noon, event);
    let paid = |id, amount| fact(LoanEvent::PaymentReceived { payment_id: Uuid::from_u128(id), amount: money(amount) });
    let drawn = LoanState::open(&terms, &fact(LoanEvent::Signed))
        .and_then(|loan| loan.apply(&fact(LoanEvent::TrancheDrawn { tranche_id: ORDER, amount: money("1000") })))
        .unwrap();
    let first = drawn.clone().apply(&paid(1, "1500")).unwrap();
    assert_eq!(Receipt::between(&drawn, &first), Ok(receipt("1000", "500")));
    let second = first.clone().apply(&paid(2, "800")).unwrap();
    assert_eq!(Receipt::between(&first, &second), Ok(receipt("0", "800")));
    // Without the first payment the second repays 800: 200 is owed again and nothing is overpaid.
    let undo = LoanEvent::PaymentReversed { payment_id: Uuid::from_u128(1), reason: "returned".to_owned() };
    let third = second.clone().apply(&fact(undo)).unwrap();
    assert_eq!(Receipt::between(&second, &third), Ok(receipt("200", "1300")));
}

#[test]
fn money_without_an_owner_waits_and_then_finds_its_loan() {
    assert_eq!(
        t(receipt_unmatched(day(), money("75"))),
        book(&[
            "receipt_unmatched",
            "1000 cash_at_bank                              75.00",
            "2200 unmatched_receipts                                  75.00",
        ])
    );
    assert_eq!(
        t(receipt_unmatched(day(), money("-75"))),
        book(&[
            "receipt_unmatched",
            "1000 cash_at_bank                                        75.00",
            "1200 unexplained_payments                      75.00",
        ])
    );
    let shares = veka_only();
    let pass_on = PassOn { repaid_before: Money::ZERO, shares: &shares };
    assert_eq!(
        t(receipt_allocated(day(), LOAN, receipt("75", "0"), &pass_on)),
        book(&[
            "receipt_allocated",
            "2200 unmatched_receipts                        75.00",
            "1100 loans_receivable (loan)                             75.00",
            "2100 owed_to_funder (VEKA)                     75.00",
            "2110 due_to_funder (VEKA)                                75.00",
        ])
    );
}

#[test]
fn money_goes_back_to_the_funder_and_to_the_borrower() {
    assert_eq!(
        t(passed_to_funder(day(), VEKA, ORDER, money("325"))),
        book(&[
            "passed_to_funder",
            "2110 due_to_funder (VEKA, order)              325.00",
            "1000 cash_at_bank (order)                               325.00",
        ])
    );
    assert_eq!(
        t(passed_on_due(day(), VEKA, money("325"))),
        book(&[
            "passed_on_due",
            "2100 owed_to_funder (VEKA)                    325.00",
            "2110 due_to_funder (VEKA)                               325.00",
        ])
    );
    assert_eq!(
        t(overpayment_refunded(day(), LOAN, money("20"))),
        book(&[
            "overpayment_refunded",
            "2210 borrower_overpayments (loan)              20.00",
            "1000 cash_at_bank                                        20.00",
        ])
    );
}

#[test]
fn a_fee_comes_in_and_the_bank_takes_its_charge() {
    assert_eq!(
        t(fee_received(day(), money("322"))),
        book(&[
            "fee_received",
            "1000 cash_at_bank                             322.00",
            "4000 fee_income                                         322.00",
        ])
    );
    assert_eq!(
        t(bank_charge(day(), money("3.50"))),
        book(&[
            "bank_charge",
            "6000 bank_charges                               3.50",
            "1000 cash_at_bank                                         3.50",
        ])
    );
}

#[test]
fn what_does_not_balance_is_no_entry() {
    let says = |postings| JournalEntry::new(Reason::BankCharge, day(), postings).unwrap_err().to_string();
    let cash = |amount| Posting::debit(Account::CashAtBank, money(amount));
    assert_eq!(says(vec![]), "an entry bank_charge of 0 postings is none; it takes at least two");
    assert_eq!(says(vec![cash("0"), cash("0")]), "an entry bank_charge posts 0.00 to cash_at_bank");
    assert_eq!(says(vec![cash("5"), cash("-4.99")]), "an entry bank_charge is out of balance by 0.01");
    let orphan = Posting::credit(Account::LoansReceivable, money("5"));
    assert_eq!(says(vec![cash("5"), orphan]), "an entry bank_charge posts to loans_receivable without its loan");
    assert_eq!(
        bank_charge(day(), money("-3.50")).unwrap_err().to_string(),
        "an amount of -3.50 cannot be booked as bank_charge"
    );
    assert!(bank_charge(day(), Money::ZERO).is_err());
}

#[test]
fn every_code_reads_back_and_numbers_are_unique_and_sorted() {
    for account in Account::ALL {
        assert_eq!(account.code().parse(), Ok(account));
    }
    for reason in Reason::ALL {
        assert_eq!(reason.code().parse(), Ok(reason));
    }
    for kind in [FundingKind::CreditLine, FundingKind::Grant, FundingKind::OwnMeans] {
        assert_eq!(kind.code().parse(), Ok(kind));
    }
    assert!(Account::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
}

proptest! {
    #[test]
    fn many_small_payments_pass_on_what_one_large_would(
        payments in prop::collection::vec(1_i64..5_000, 1..60),
        weights in prop::collection::vec((1_u64..1_000_000, any::<bool>()), 1..5),
    ) {
        let shares: Vec<FundingShare> = (10_u128..)
            .zip(&weights)
            .map(|(id, (weight, revolves))| FundingShare { source_id: Uuid::from_u128(id), weight: *weight, revolves: *revolves })
            .collect();
        let of_source = |entry: &JournalEntry, account: Account, source: Uuid| -> Money {
            let lines = entry.postings().iter().filter(|p| p.account == account && p.source_id == Some(source));
            lines.map(|posting| posting.amount).sum()
        };
        let mut repaid = Money::ZERO;
        let mut entries = Vec::new();
        for cents in payments {
            let principal = Money::from_cents(cents);
            let pass_on = PassOn { repaid_before: repaid, shares: &shares };
            let paid = Receipt { principal, overpaid: Money::ZERO };
            entries.push(payment_received(day(), LOAN, paid, &pass_on).unwrap());
            repaid += principal;
        }
        let all: Vec<u64> = shares.iter().map(|share| share.weight).collect();
        for (share, whole) in shares.iter().zip(repaid.split(&all)) {
            let passed: Money = entries.iter().map(|entry| of_source(entry, Account::DueToFunder, share.source_id)).sum();
            prop_assert_eq!(-passed, if share.revolves { Money::ZERO } else { whole });
        }
    }
}
