//! Agreements, decisions and the ends of loans.

use energiehuis::domain::ledger::{Counter, FundingShare};
use energiehuis::domain::loan::{GainShare, LoanEvent, LoanTerms, Repayment};
use energiehuis::domain::product::Product;
use energiehuis::domain::schedule::Rate;
use energiehuis::services::loans::book::{NewFact, book};
use energiehuis::storage::{commitments, loans};
use rust_decimal::Decimal;
use serde_json::json;

use super::{Desk, figures, heir, lines};
use crate::support::town::{Family, energy_loan, euros};

#[tokio::test]
async fn instalments_move_change_in_number_and_follow_a_plan() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-16");
    let holiday = json!({ "kind": "holiday_granted", "instalments": 3 });
    let answer = desk.happens("officer", &family, &holiday).await;
    assert_eq!(answer["loan"], *family.number);
    assert_eq!((&answer["effective_on"], &answer["event"]), (&json!("2022-05-16"), &holiday));
    assert_eq!(answer["entries"], json!([]));
    let lines = answer["state"]["instalments"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[1]["instalment"]["due_on"]), (60, &json!("2022-09-01")));

    let fewer = json!({ "kind": "rescheduled", "instalments": "48", "first_due_on": "2022-12-01" });
    let answer = desk.happens("officer", &family, &fewer).await;
    let last = answer["state"]["instalments"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["instalment"]["due_on"], "2026-11-01");

    let plan = json!({
        "kind": "plan_agreed",
        "lines": [{ "due_on": "2022-12-01", "amount": "4000" }, { "due_on": "2023-12-01", "amount": 5000 }],
    });
    let answer = desk.happens("officer", &family, &plan).await;
    let totals: Vec<_> = answer["state"]["instalments"].as_array().unwrap().iter().map(|line| &line["open"]).collect();
    assert_eq!(totals, ["4000.00", "5000.00"]);
    desk.close().await;
}

#[tokio::test]
async fn a_contract_that_is_taken_back_releases_what_was_promised() {
    let mut desk = Desk::open().await;
    let family = desk.signed(9000).await;
    desk.town.draw(&family, ("F-1", euros(4000))).await;
    assert_eq!(desk.promised(&family).await, "5000.00");
    desk.town.test.go_to("2022-02-14");
    let answer = desk.happens("officer", &family, &json!({ "kind": "withdrawn" })).await;
    assert_eq!(answer["state"]["status"], "called_due");
    assert_eq!(answer["state"]["called"]["due_on"], "2022-03-16");
    assert_eq!(desk.promised(&family).await, "0.00");
    desk.close().await;
}

#[tokio::test]
async fn draws_that_close_release_what_was_promised_and_an_invoice_that_waits_comes_first() {
    let mut desk = Desk::open().await;
    let family = desk.signed(9000).await;
    desk.town.draw(&family, ("F-1", euros(4000))).await;
    let path = format!("/api/v1/loans/{}/invoices", family.number);
    let wrong = json!({ "quote_id": "a quote", "amount": "-5", "invoiced_on": "5/2/2022" });
    let refused = desk.call(("POST", &path), "officer", None, Some(&wrong)).await;
    let fields: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["quote_id", "enterprise_number", "invoice_number", "invoiced_on", "amount"]);
    let right = desk.paper(&family, ("F-2", "1000")).await;
    let received = desk.call(("POST", &path), "officer", None, Some(&right)).await;
    assert_eq!((received.status.as_u16(), &received.body["amount"]), (201, &json!("1000.00")), "{received:?}");
    let again = desk.call(("POST", &path), "officer", None, Some(&right)).await;
    assert_eq!(again.body["errors"][0]["field"], "invoice_number", "an invoice comes once");
    let invoice = &received.body["invoice_id"];
    let closing = json!({ "kind": "draws_closed" });
    let refused = desk.send("officer", &family, &closing).await;
    assert_eq!(refused.body["detail"], "Invoices waiting for a decision: 1. Decide on those first.");
    let draw = json!({ "kind": "tranche_drawn", "invoice_id": invoice });
    let other = desk.signed(9000).await;
    assert_eq!(desk.send("first", &other, &draw).await.status.as_u16(), 404, "an invoice of another loan is not there");
    assert_eq!(desk.send("officer", &family, &draw).await.status.as_u16(), 403);
    let drawn = desk.happens("first", &family, &draw).await;
    assert_eq!(lines(&drawn, 0), ["loans_receivable debit 1000.00", "contractors_payable credit 1000.00"]);
    let answer = desk.happens("officer", &family, &closing).await;
    assert_eq!(figures(&answer["state"], &["drawn", "undrawn"]), json!({ "drawn": "5000.00", "undrawn": "0.00" }));
    assert_eq!(desk.promised(&family).await, "0.00");
    desk.close().await;
}

#[tokio::test]
async fn a_bullet_is_called_due_by_a_death_goes_to_an_heir_and_is_spread() {
    let mut desk = Desk::open().await;
    desk.town.test.go_to("2022-10-03");
    let family = desk.emergency_buyers().await;
    desk.town.test.go_to("2023-01-16");
    let death = json!({
        "kind": "called_due", "trigger": "death", "due_on": "2023-06-30", "effective_on": "2023-01-09",
    });
    let answer = desk.happens("officer", &family, &death).await;
    assert_eq!(answer["effective_on"], "2023-01-09");
    assert_eq!(answer["state"]["status"], "called_due");

    let change = json!({ "kind": "debtor_changed", "person": heir(), "cause": "heir" });
    let answer = desk.happens("officer", &family, &change).await;
    assert_eq!(answer["event"], json!({ "kind": "debtor_changed", "cause": "heir" }), "who they are stays inside");
    assert!(answer["state"].get("debtor_id").is_none());
    let debtor_id = desk.loan(&family).await["state"]["debtor_id"].as_str().unwrap().to_owned();
    let again = json!({ "kind": "debtor_changed", "person_id": debtor_id, "cause": "heir" });
    let refused = desk.send("officer", &family, &again).await;
    assert_eq!(refused.body["errors"][0]["problem"], "This person owes the loan already.");

    let spread = json!({ "kind": "spread", "amount": "12000", "instalments": 240, "first_due_on": "2023-07-31" });
    let answer = desk.happens("first", &family, &spread).await;
    let due: Vec<_> = answer["state"]["instalments"].as_array().unwrap().iter().take(2).collect();
    assert_eq!((&due[0]["instalment"]["due_on"], &due[0]["open"]), (&json!("2023-06-30"), &json!("8000.00")));
    assert_eq!((&due[1]["instalment"]["due_on"], &due[1]["open"]), (&json!("2023-07-31"), &json!("50.00")));
    desk.close().await;
}

#[tokio::test]
async fn a_loan_is_accelerated_after_a_notice() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-07-05");
    let soon = json!({ "kind": "accelerated", "noticed_on": "2022-06-20", "due_on": "2022-08-01" });
    let refused = desk.send("first", &family, &soon).await;
    let sentence = "The registered notice of 20/06/2022 gives until 20/07/2022. 05/07/2022 is too early.";
    assert_eq!(refused.body["detail"], sentence);
    let accelerated = json!({ "kind": "accelerated", "noticed_on": "2022-06-02", "due_on": "2022-08-01" });
    let answer = desk.happens("first", &family, &accelerated).await;
    assert_eq!(answer["state"]["called"]["trigger"], "acceleration");
    desk.close().await;
}

#[tokio::test]
async fn a_loan_is_written_off_and_the_house_is_discharged_of_its_debt() {
    let mut desk = Desk::open().await;
    desk.town.test.go_to("2022-10-03");
    let family = desk.emergency_buyers().await;
    desk.town.test.go_to("2023-01-16");
    let moved = json!({ "kind": "called_due", "trigger": "moved_out", "due_on": "2023-01-31" });
    desk.happens("officer", &family, &moved).await;
    let too_soon = desk.send("officer", &family, &json!({ "kind": "discharge_requested", "reference": "V-1" })).await;
    let sentence = "Not possible now: the request for a discharge. The loan is called due. Write it off first.";
    assert_eq!(too_soon.body["detail"], sentence);
    let answer = desk.happens("first", &family, &json!({ "kind": "written_off", "evidence": "file 2023/4" })).await;
    assert_eq!(lines(&answer, 0), ["loans_receivable credit 20000.00", "write_off_loss debit 20000.00"]);
    desk.happens("officer", &family, &json!({ "kind": "discharge_requested", "reference": "V-1" })).await;
    let granted = json!({ "kind": "discharge_decided", "granted": true, "reference": "V-1" });
    let answer = desk.happens("first", &family, &granted).await;
    assert_eq!(lines(&answer, 0), ["write_off_loss credit 20000.00", "owed_to_funder debit 20000.00"]);
    assert_eq!(answer["state"]["discharge"], "granted");
    desk.close().await;
}

#[tokio::test]
async fn a_court_halts_collection_and_remits_a_part() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-06-10");
    desk.happens("officer", &family, &json!({ "kind": "debt_settlement_admitted" })).await;
    desk.town.test.go_to("2022-07-05");
    let ruling = json!({
        "kind": "debt_settlement_ruled", "remitted": "4000.00",
        "lines": [{ "due_on": "2022-09-01", "amount": "2500" }, { "due_on": "2023-09-01", "amount": "2500" }],
    });
    let answer = desk.happens("first", &family, &ruling).await;
    assert_eq!(lines(&answer, 0), ["loans_receivable credit 4000.00", "write_off_loss debit 4000.00"]);
    let expected = json!({ "outstanding": "5000.00", "remitted": "4000.00" });
    assert_eq!(figures(&answer["state"], &["outstanding", "remitted"]), expected);
    desk.close().await;
}

/// A loan of the rolling fund, with a fifth of the gain; signed past the forms, which know no share of a gain.
async fn rolling_loan(desk: &mut Desk) -> Family {
    let form = energy_loan(77, 12_000, None);
    let application_id = desk.town.apply(form).await.application_id;
    desk.town.approve(application_id).await;
    let model = desk.signed(1500).await;
    let (house, officer) = (desk.town.house(), &desk.town.officer);
    let mut tx = house.begin().await.unwrap();
    let like = loans::get(&mut tx, model.loan_id).await.unwrap().unwrap();
    let gain = GainShare {
        share: Rate::percent(Decimal::from(20)).unwrap(),
        value_before: euros(150_000),
        valued_by: "surveyor".to_owned(),
        at_most: None,
    };
    let loan = loans::Loan {
        loan_id: house.ids.next(),
        number: "L-2022-00077".to_owned(),
        serial: 77,
        ogm: energiehuis::domain::identity::Ogm::from_base(1_000_000_077).unwrap(),
        application_id,
        terms: LoanTerms {
            product: Product::RollingFund,
            principal: euros(12_000),
            signed_on: like.terms.signed_on,
            repayment: Repayment::OnExit { gain: Some(gain) },
        },
        ..like
    };
    let promised = commitments::left_of(&mut tx, application_id).await.unwrap();
    let share = |(source_id, amount): &(uuid::Uuid, energiehuis::domain::money::Money)| FundingShare {
        source_id: *source_id,
        weight: u64::try_from(amount.cents()).unwrap(),
        revolves: true,
    };
    loans::insert(&mut tx, &loan, &promised.iter().map(share).collect::<Vec<_>>()).await.unwrap();
    let idempotency_key = format!("signed:{}", loan.loan_id);
    let fact = NewFact { event: LoanEvent::Signed, effective_on: loan.terms.signed_on, idempotency_key };
    book(&mut tx, (house, officer), (loan.loan_id, fact), Counter::None).await.unwrap();
    house.commit(tx).await.unwrap();
    Family { application_id, loan_id: loan.loan_id, number: loan.number, ogm: loan.ogm }
}

#[tokio::test]
async fn the_fund_gets_its_share_of_the_gain_when_the_house_is_sold() {
    let mut desk = Desk::open().await;
    let family = rolling_loan(&mut desk).await;
    desk.town.draw(&family, ("F-77", euros(12_000))).await;
    desk.town.test.go_to("2022-11-07");
    let sold = json!({ "kind": "called_due", "trigger": "rights_transferred", "due_on": "2022-12-31" });
    desk.happens("officer", &family, &sold).await;
    let valued = json!({ "kind": "exit_valued", "value_at_exit": "185000", "valued_by": "deed of sale" });
    let answer = desk.happens("officer", &family, &valued).await;
    let shares: Vec<_> = answer["state"]["instalments"].as_array().unwrap().iter().map(|line| &line["open"]).collect();
    assert_eq!(shares, ["12000.00", "7000.00"]);
    desk.close().await;
}
