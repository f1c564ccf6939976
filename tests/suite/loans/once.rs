//! An event is recorded once, whatever the retries.

use serde_json::json;

use super::Desk;

#[tokio::test]
async fn the_same_key_with_another_event_or_for_another_loan_is_a_conflict() {
    let mut desk = Desk::open().await;
    let (one, other) = (desk.family().await, desk.family().await);
    desk.town.test.go_to("2022-05-16");
    let send = async |number: &str, instalments: u32| {
        let path = format!("/api/v1/loans/{number}/events");
        let event = json!({ "kind": "holiday_granted", "instalments": instalments });
        desk.call(("POST", &path), "officer", Some("h-1"), Some(&event)).await
    };
    let first = send(&one.number, 1).await;
    assert_eq!((first.status.as_u16(), first.replayed), (201, false), "{first:?}");
    let before = desk.rows().await;
    assert_eq!(send(&one.loan_id.to_string(), 1).await.text, first.text, "by its identifier it is the same loan");
    for (number, instalments) in [(&one.number, 2), (&other.number, 1)] {
        let answer = send(number, instalments).await;
        assert_eq!(answer.status.as_u16(), 409, "{answer:?}");
        assert_eq!(answer.body["detail"], "This key was used before with another request. Use a new key.");
    }
    assert_eq!(desk.rows().await, before);
    desk.close().await;
}

#[tokio::test]
async fn a_refused_event_leaves_its_key_free_and_no_event_comes_without_a_key() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-16");
    let path = format!("/api/v1/loans/{}/events", family.number);
    let wrong = json!({ "kind": "holiday_granted", "instalments": 61 });
    let refused = desk.call(("POST", &path), "officer", Some("h-1"), Some(&wrong)).await;
    assert_eq!(refused.body["detail"], "The number of instalments is 61. It must be from 1 to 60.");
    let right = json!({ "kind": "holiday_granted", "instalments": 1 });
    assert_eq!(desk.call(("POST", &path), "officer", Some("h-1"), Some(&right)).await.status.as_u16(), 201);
    assert_eq!(desk.send("officer", &family, &right).await.status.as_u16(), 201, "another key is another event");
    let without = desk.call(("POST", &path), "officer", None, Some(&right)).await;
    assert_eq!(
        (without.status.as_u16(), &without.body["title"]),
        (400, &json!("The header “Idempotency-Key” is missing"))
    );
    let holidays = desk.town.count("loan_facts WHERE kind = 'holiday_granted'").await;
    assert_eq!(holidays, 2);
    desk.close().await;
}

#[tokio::test]
async fn two_calls_at_once_with_one_key_record_once() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-16");
    let path = format!("/api/v1/loans/{}/events", family.number);
    let event = json!({ "kind": "holiday_granted", "instalments": 1 });
    let send = || desk.call(("POST", &path), "officer", Some("h-1"), Some(&event));
    let (one, two) = tokio::join!(send(), send());
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (201, 201), "{one:?} {two:?}");
    assert_eq!(one.text, two.text);
    assert_ne!(one.replayed, two.replayed);
    assert_eq!(desk.town.count("loan_facts WHERE kind = 'holiday_granted'").await, 1);
    desk.close().await;
}
