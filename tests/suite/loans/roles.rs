//! Who may record what: a golden table of the kinds of events and the roles.

use energiehuis::domain::access::Role;
use energiehuis::services::Actor;
use energiehuis::services::Error;
use energiehuis::services::loans::events::{Request, preview, record};
use serde_json::json;

use super::Desk;

const COMMITTEE: [&str; 5] = ["accelerated", "spread", "debt_settlement_ruled", "written_off", "discharge_decided"];
const BANK: [&str; 4] = ["overpayment_refunded", "payment", "payment_returned", "payment_moved"];
const OFFICE: [&str; 10] = [
    "withdrawn",
    "draws_closed",
    "holiday_granted",
    "rescheduled",
    "plan_agreed",
    "called_due",
    "exit_valued",
    "debtor_changed",
    "debt_settlement_admitted",
    "discharge_requested",
];

/// What each role may record: what the committee decides, what moves money, and the rest.
const GOLDEN: [(Role, [bool; 3]); 6] = [
    (Role::Administrator, [false, false, false]),
    (Role::HousingDesk, [false, false, false]),
    (Role::LoanOfficer, [false, false, true]),
    (Role::CommitteeMember, [true, false, false]),
    (Role::Accountant, [false, true, false]),
    (Role::Manager, [false, false, false]),
];

#[tokio::test]
async fn each_role_records_its_events_and_no_other() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    let before = desk.rows().await;
    for (role, may) in GOLDEN {
        let actor = Actor { role, nis_code: None, ..desk.town.officer.clone() };
        let kinds = [COMMITTEE.as_slice(), BANK.as_slice(), OFFICE.as_slice()];
        for (kinds, may) in kinds.into_iter().zip(may) {
            for kind in kinds {
                // A field that no kind knows: who may, is told so.
                for kind in [(*kind).to_owned(), format!(" {kind} ")] {
                    let form = serde_json::from_value(json!({ "kind": kind, "nonsense": 1 })).unwrap();
                    let request = Request { loan: family.number.clone(), form, once: None };
                    let previewed = preview(desk.town.house(), &actor, request.clone()).await.unwrap_err();
                    let recorded = record(desk.town.house(), &actor, request).await.unwrap_err();
                    for error in [previewed, recorded] {
                        assert_eq!(matches!(error, Error::Invalid(_)), may, "{role} {kind}: {error:?}");
                        assert_eq!(matches!(error, Error::Forbidden), !may, "{role} {kind}: {error:?}");
                    }
                }
            }
        }
    }
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn what_the_committee_decided_is_corrected_by_the_committee() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-07-05");
    let accelerated = json!({ "kind": "accelerated", "noticed_on": "2022-06-02", "due_on": "2022-08-01" });
    desk.happens("first", &family, &accelerated).await;
    let fact_id = desk.fact(&family, "accelerated").await;
    let undo = json!({ "kind": "corrected", "fact_id": fact_id, "reason": "other loan", "replacement": null });
    for who in ["officer", "accountant", "desk"] {
        assert_eq!(desk.send(who, &family, &undo).await.status.as_u16(), 403, "{who}");
    }
    desk.happens("first", &family, &undo).await;
    desk.close().await;
}

#[tokio::test]
async fn a_loan_of_another_municipality_does_not_exist() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    let elsewhere = Actor { nis_code: Some("34013".to_owned()), ..desk.town.officer.clone() };
    let form = serde_json::from_value(json!({ "kind": "debt_settlement_admitted" })).unwrap();
    let request = Request { loan: family.number.clone(), form, once: None };
    let error = record(desk.town.house(), &elsewhere, request).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { kind: "loan", .. }), "{error:?}");
    let nobody = desk.call(("POST", "/api/v1/loans/L-1999-00001/events"), "officer", Some("k"), Some(&json!({}))).await;
    assert_eq!(nobody.status.as_u16(), 404);
    desk.close().await;
}
