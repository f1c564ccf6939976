//! What each event of a loan does to the books: a T-account for every event, one line for each posting.

use proptest::prelude::*;

use super::super::super::loan::{
    GainShare, LoanEvent, LoanFact, LoanTerms, NewDebtor, Payer, Repayment, Replacement, Trigger, Usage, fold,
};
use super::super::super::product::Product;
use super::super::super::schedule::{DayCount, Frequency, Method, PlanLine, Remainder};
use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A loan and the books it is kept in.
struct Life {
    terms: LoanTerms,
    shares: Vec<FundingShare>,
    facts: Vec<LoanFact>,
}

impl Life {
    fn new(product: Product, repayment: Repayment, shares: &[FundingShare]) -> Self {
        let (principal, signed_on) = (money("6000"), on("2026-01-05"));
        let terms = LoanTerms { product, principal, signed_on, repayment };
        let mut life = Self { terms, shares: shares.to_vec(), facts: Vec::new() };
        life.note("2026-01-05", LoanEvent::Signed);
        life
    }

    /// 6,000 from VEKA for twenty years.
    fn bullet() -> Self {
        let repayment = Repayment::Bullet { matures_on: on("2046-01-05"), spread_months_max: 300 };
        Self::new(Product::EmergencyBuyer, repayment, &veka_only())
    }

    /// 6,000 in 60 months at a yearly rate, two thirds of it from VEKA.
    fn instalments(rate: &str) -> Self {
        let repayment = Repayment::Instalments {
            count: 60,
            frequency: Frequency::Monthly,
            due_day: 5,
            first_due_on: on("2026-04-05"),
            method: Method::Annuity,
            annual_rate: rate.parse().unwrap(),
            remainder: Remainder::Last,
            day_count: DayCount::Thirty360,
        };
        Self::new(Product::RenovationLoan, repayment, &veka_and_province())
    }

    /// 6,000 of the province, with a quarter of the gain.
    fn rolling() -> Self {
        let gain = GainShare {
            share: "25".parse().unwrap(),
            value_before: money("120000"),
            valued_by: "surveyor, 2025".to_owned(),
            at_most: None,
        };
        let shares = [FundingShare { source_id: PROVINCE, weight: 1, revolves: true }];
        Self::new(Product::RollingFund, Repayment::OnExit { gain: Some(gain) }, &shares)
    }

    /// Takes a fact in without a look at the books.
    fn note(&mut self, day: &str, event: LoanEvent) -> Uuid {
        let fact = self.fact(day, event);
        let fact_id = fact.fact_id;
        self.facts.push(fact);
        fact_id
    }

    fn fact(&self, day: &str, event: LoanEvent) -> LoanFact {
        let noon = on(day).and_hms_opt(12, 0, 0).unwrap().and_utc();
        LoanFact::new(id(1000 + self.facts.len() as u128), on(day), noon, event)
    }

    fn drawn(mut self, amount: &str) -> Self {
        self.note("2026-02-02", LoanEvent::TrancheDrawn { tranche_id: id(50), amount: money(amount) });
        self.note("2026-02-03", LoanEvent::DrawsClosed);
        self
    }

    /// The books of a day, and the entry that a further fact makes in them.
    fn entry(&mut self, day: &str, event: LoanEvent, counter: Counter) -> String {
        let reason = Reason::of_event(&event);
        let at = |life: &Self| match fold(&life.terms, &life.facts, on(day)) {
            Ok(state) => balances(&state, &life.shares),
            Err(_) => Balances::new(),
        };
        let before = at(self);
        self.note(day, event);
        let after = at(self);
        match change((reason, on(day)), LOAN, (&before, &after), counter).unwrap() {
            Some(entry) => t(Ok(entry)),
            None => "no entry".to_owned(),
        }
    }

    fn pays(&mut self, day: &str, payment: u128, amount: &str) -> String {
        self.entry(day, LoanEvent::payment(id(payment), money(amount)), Counter::Bank)
    }
}

#[test]
fn a_signature_a_closing_and_a_new_debtor_move_nothing() {
    let mut life = Life::bullet();
    life.facts.clear();
    assert_eq!(life.entry("2026-01-05", LoanEvent::Signed, Counter::None), "no entry");
    assert_eq!(life.entry("2026-01-06", LoanEvent::Withdrawn, Counter::None), "no entry");
    let mut life = Life::instalments("0").drawn("6000");
    let moves_nothing = [
        LoanEvent::HolidayGranted { instalments: 3 },
        LoanEvent::Rescheduled { instalments: 80, frequency: Frequency::Monthly, first_due_on: on("2026-06-05") },
        LoanEvent::PlanAgreed { lines: vec![PlanLine { due_on: on("2026-07-01"), amount: money("6000") }] },
        LoanEvent::DebtorChanged { debtor_id: id(7), cause: NewDebtor::Heir },
        LoanEvent::DebtSettlementAdmitted,
        LoanEvent::Accelerated { noticed_on: on("2026-02-01"), due_on: on("2026-05-20") },
    ];
    for event in moves_nothing {
        let kind = event.kind();
        assert_eq!(life.entry("2026-05-06", event, Counter::None), "no entry", "{kind}");
    }
    let mut life = Life::bullet().drawn("6000");
    let call = LoanEvent::CalledDue { trigger: Trigger::MovedOut, due_on: on("2026-08-01") };
    assert_eq!(life.entry("2026-05-06", call, Counter::None), "no entry");
    let spread = LoanEvent::Spread {
        amount: money("6000"),
        instalments: 300,
        frequency: Frequency::Monthly,
        first_due_on: on("2026-08-01"),
    };
    assert_eq!(life.entry("2026-05-07", spread, Counter::None), "no entry");
}

#[test]
fn an_invoice_that_is_approved_draws_a_tranche() {
    let draw = LoanEvent::TrancheDrawn { tranche_id: id(50), amount: money("5250.40") };
    assert_eq!(
        Life::bullet().entry("2026-03-02", draw, Counter::Contractor(Some(ORDER))),
        book(&[
            "tranche_approved",
            "1100 loans_receivable (loan)                 5250.40",
            "2000 contractors_payable (loan, order)                 5250.40",
        ])
    );
}

#[test]
fn a_payment_repays_the_loan_and_the_credit_line_behind_it() {
    assert_eq!(
        Life::bullet().drawn("6000").pays("2026-03-02", 1, "250"),
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
    let mut life = Life::instalments("0").drawn("400");
    life.pays("2026-03-01", 1, "300");
    assert_eq!(
        life.pays("2026-03-02", 2, "120"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             120.00",
            "1100 loans_receivable (loan)                            100.00",
            "2210 borrower_overpayments (loan)                        20.00",
            "2100 owed_to_funder (VEKA)                     66.67",
            "2110 due_to_funder (VEKA)                                66.67",
        ])
    );
    assert_eq!(
        life.entry(
            "2026-03-10",
            LoanEvent::OverpaymentRefunded { refund_id: id(60), amount: money("20") },
            Counter::Refund(Some(ORDER))
        ),
        book(&[
            "overpayment_refunded",
            "2210 borrower_overpayments (loan)              20.00",
            "2220 refunds_payable (loan, order)                       20.00",
        ])
    );
}

#[test]
fn money_that_had_no_owner_finds_its_loan() {
    let mut life = Life::bullet().drawn("6000");
    assert_eq!(
        life.entry("2026-03-02", LoanEvent::payment(id(1), money("75")), Counter::Unmatched),
        book(&[
            "payment_received",
            "2200 unmatched_receipts                        75.00",
            "1100 loans_receivable (loan)                             75.00",
            "2100 owed_to_funder (VEKA)                     75.00",
            "2110 due_to_funder (VEKA)                                75.00",
        ])
    );
}

#[test]
fn a_returned_payment_is_the_same_entry_on_the_other_side() {
    let mut life = Life::instalments("0").drawn("400");
    life.pays("2026-03-01", 1, "300");
    life.pays("2026-03-02", 2, "120");
    let back = |reason: &str| LoanEvent::PaymentReversed { payment_id: id(2), reason: reason.to_owned() };
    assert_eq!(
        life.entry("2026-03-04", back("returned direct debit, MD06"), Counter::Bank),
        book(&[
            "payment_reversed",
            "1100 loans_receivable (loan)                  100.00",
            "2210 borrower_overpayments (loan)              20.00",
            "1000 cash_at_bank                                       120.00",
            "2100 owed_to_funder (VEKA)                               66.67",
            "2110 due_to_funder (VEKA)                      66.67",
        ])
    );
    // The debit lay unexplained until somebody said what it was.
    let mut life = Life::bullet().drawn("400");
    life.pays("2026-03-02", 2, "120");
    assert_eq!(
        life.entry("2026-03-04", back("returned"), Counter::Unexplained),
        book(&[
            "payment_reversed",
            "1100 loans_receivable (loan)                  120.00",
            "1200 unexplained_payments                               120.00",
            "2100 owed_to_funder (VEKA)                              120.00",
            "2110 due_to_funder (VEKA)                     120.00",
        ])
    );
}

#[test]
fn interest_is_income_when_it_is_received() {
    let mut life = Life::instalments("2.25").drawn("6000");
    // 1.13 for three days of February, 11.25 for a month, and the first instalment: 94.57 and 11.25.
    assert_eq!(
        life.pays("2026-04-07", 1, "118.20"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             118.20",
            "1100 loans_receivable (loan)                             94.57",
            "4010 interest_income (loan)                              23.63",
            "2100 owed_to_funder (VEKA)                     63.05",
            "2110 due_to_funder (VEKA)                                63.05",
        ])
    );
    let grant = LoanEvent::PaymentReceived {
        payment_id: id(2),
        amount: money("900"),
        payer: Payer::Grant,
        usage: Usage::LowerInstalments,
    };
    assert_eq!(
        life.entry("2026-04-20", grant, Counter::Bank),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             900.00",
            "1100 loans_receivable (loan)                            900.00",
            "2100 owed_to_funder (VEKA)                    600.00",
            "2110 due_to_funder (VEKA)                               600.00",
        ])
    );
}

#[test]
fn a_house_that_is_sold_brings_a_share_of_its_gain() {
    let mut life = Life::rolling().drawn("6000");
    let sold = LoanEvent::CalledDue { trigger: Trigger::RightsTransferred, due_on: on("2040-06-01") };
    assert_eq!(life.entry("2040-05-01", sold, Counter::None), "no entry");
    let valued = LoanEvent::ExitValued { value_at_exit: money("150000"), valued_by: "deed of sale".to_owned() };
    assert_eq!(life.entry("2040-05-02", valued, Counter::None), "no entry");
    assert_eq!(
        life.pays("2040-05-30", 1, "13500"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                           13500.00",
            "1100 loans_receivable (loan)                           6000.00",
            "4020 gain_share_income (loan)                          7500.00",
        ])
    );
}

#[test]
fn a_court_remits_a_part() {
    let mut life = Life::instalments("0").drawn("6000");
    life.note("2026-05-02", LoanEvent::DebtSettlementAdmitted);
    let ruled = LoanEvent::DebtSettlementRuled {
        lines: vec![PlanLine { due_on: on("2027-01-01"), amount: money("4500") }],
        remitted: money("1500"),
    };
    assert_eq!(
        life.entry("2026-09-01", ruled, Counter::None),
        book(&[
            "remitted",
            "1100 loans_receivable (loan)                           1500.00",
            "6100 write_off_loss (loan)                   1500.00",
        ])
    );
}

/// A loan of 6,000, of which 3,000 came back and the rest was given up.
fn given_up() -> Life {
    let mut life = Life::instalments("0").drawn("6000");
    life.pays("2026-04-07", 1, "3000");
    life.note("2031-08-01", LoanEvent::Accelerated { noticed_on: on("2031-06-01"), due_on: on("2031-08-15") });
    life
}

fn write_off() -> LoanEvent {
    LoanEvent::WrittenOff { evidence: "file 2031/17".to_owned() }
}

fn decided(granted: bool) -> LoanEvent {
    LoanEvent::DischargeDecided { granted, reference: "VR 2032/5".to_owned() }
}

#[test]
fn what_is_given_up_is_a_loss_until_the_government_takes_its_part_over() {
    let mut life = given_up();
    assert_eq!(
        life.entry("2032-01-10", write_off(), Counter::None),
        book(&[
            "written_off",
            "1100 loans_receivable (loan)                           3000.00",
            "6100 write_off_loss (loan)                   3000.00",
        ])
    );
    let asked = LoanEvent::DischargeRequested { reference: "letter 44".to_owned() };
    assert_eq!(life.entry("2032-01-11", asked, Counter::None), "no entry");
    assert_eq!(
        life.entry("2032-05-01", decided(true), Counter::None),
        book(&[
            "discharge_decided",
            "6100 write_off_loss (loan)                             2000.00",
            "2100 owed_to_funder (VEKA)                   2000.00",
        ])
    );
    // What is recovered all the same belongs to VEKA for its part.
    assert_eq!(
        life.pays("2033-01-05", 2, "300"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             300.00",
            "6100 write_off_loss (loan)                              100.00",
            "2110 due_to_funder (VEKA)                               200.00",
        ])
    );
}

#[test]
fn a_discharge_that_is_refused_makes_the_house_pay() {
    let mut life = given_up();
    life.note("2032-01-10", write_off());
    assert_eq!(
        life.entry("2032-05-01", decided(false), Counter::None),
        book(&[
            "discharge_decided",
            "2100 owed_to_funder (VEKA)                   2000.00",
            "2110 due_to_funder (VEKA)                              2000.00",
        ])
    );
    assert_eq!(
        life.pays("2033-01-05", 2, "300"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             300.00",
            "6100 write_off_loss (loan)                              300.00",
        ])
    );
}

#[test]
fn a_recovery_before_any_decision_is_passed_on_like_a_repayment() {
    let mut life = given_up();
    life.note("2032-01-10", write_off());
    assert_eq!(
        life.pays("2033-01-05", 2, "300"),
        book(&[
            "payment_received",
            "1000 cash_at_bank                             300.00",
            "6100 write_off_loss (loan)                              300.00",
            "2100 owed_to_funder (VEKA)                    200.00",
            "2110 due_to_funder (VEKA)                               200.00",
        ])
    );
}

#[test]
fn a_correction_books_the_difference_that_it_makes() {
    let mut life = given_up();
    let fact_id = life.note("2032-01-10", write_off());
    let undone = LoanEvent::Corrected { fact_id, replacement: None, reason: "found in Spain".to_owned() };
    assert_eq!(
        life.entry("2032-02-01", undone, Counter::None),
        book(&[
            "fact_corrected",
            "1100 loans_receivable (loan)                 3000.00",
            "6100 write_off_loss (loan)                             3000.00",
        ])
    );
    let later = Replacement { effective_on: on("2032-01-31"), event: Box::new(write_off()) };
    let again = LoanEvent::Corrected { fact_id, replacement: Some(later), reason: "not in Spain".to_owned() };
    let mut right = life;
    // Recorded later than the first correction, so it is the one that counts.
    let entry = right.entry("2032-02-02", again, Counter::None);
    assert_eq!(
        entry,
        book(&[
            "fact_corrected",
            "1100 loans_receivable (loan)                           3000.00",
            "6100 write_off_loss (loan)                   3000.00",
        ])
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn many_small_payments_pass_on_what_one_large_would(
        payments in prop::collection::vec(1_i64..5_000, 1..40),
        weights in prop::collection::vec((1_u64..1_000_000, any::<bool>()), 1..5),
    ) {
        let shares: Vec<FundingShare> = (10_u128..)
            .zip(&weights)
            .map(|(id, (weight, revolves))| FundingShare { source_id: Uuid::from_u128(id), weight: *weight, revolves: *revolves })
            .collect();
        let mut life = Life { shares: shares.clone(), ..Life::bullet().drawn("6000") };
        let state = |life: &Life| balances(&fold(&life.terms, &life.facts, on("2027-01-01")).unwrap(), &life.shares);
        let mut passed: std::collections::BTreeMap<Uuid, Money> = std::collections::BTreeMap::new();
        let mut repaid = Money::ZERO;
        for (number, cents) in (100_u128..).zip(payments) {
            let before = state(&life);
            life.note("2026-06-01", LoanEvent::payment(id(number), Money::from_cents(cents)));
            let entry = change((Reason::PaymentReceived, day()), LOAN, (&before, &state(&life)), Counter::Bank).unwrap().unwrap();
            for posting in entry.postings().iter().filter(|posting| posting.account == Account::DueToFunder) {
                *passed.entry(posting.source_id.unwrap()).or_default() -= posting.amount;
            }
            repaid += Money::from_cents(cents);
        }
        let repaid = repaid.min(money("6000"));
        let all: Vec<u64> = shares.iter().map(|share| share.weight).collect();
        for (share, whole) in shares.iter().zip(repaid.split(&all)) {
            let is = passed.get(&share.source_id).copied().unwrap_or_default();
            prop_assert_eq!(is, if share.revolves { Money::ZERO } else { whole });
        }
    }
}
