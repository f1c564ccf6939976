//! T-accounts that a bookkeeper can read: one line for each posting, debit left, credit right.

mod loans;

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::money::Money;
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
fn a_contractor_and_a_refund_are_paid() {
    assert_eq!(
        t(contractor_paid(day(), LOAN, ORDER, money("8250.40"))),
        book(&[
            "contractor_paid",
            "2000 contractors_payable (loan, order)       8250.40",
            "1000 cash_at_bank (order)                              8250.40",
        ])
    );
    assert_eq!(
        t(refund_paid(day(), LOAN, ORDER, money("20"))),
        book(&[
            "refund_paid",
            "2220 refunds_payable (loan, order)             20.00",
            "1000 cash_at_bank (order)                                20.00",
        ])
    );
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
}

#[test]
fn money_goes_back_to_the_funder() {
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
