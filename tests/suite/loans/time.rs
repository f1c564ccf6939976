//! Two axes of time: where a loan stood on a day, and what was believed at the end of another.

use serde_json::json;

use super::Desk;

#[tokio::test]
async fn what_was_owed_on_a_day_and_what_was_believed_then() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-07-05");
    let late = json!({
        "kind": "called_due", "trigger": "moved_out", "due_on": "2022-06-30", "effective_on": "2022-05-20",
    });
    desk.happens("officer", &family, &late).await;
    let read = async |query: &str| {
        let path = format!("/api/v1/loans/{}{query}", family.number);
        desk.call(("GET", &path), "officer", None, None).await
    };
    let now = read("?as_of=2022-06-01").await.body;
    assert_eq!((&now["state"]["status"], &now["as_of"]), (&json!("called_due"), &json!("2022-06-01")));
    assert!(now.get("known_at").is_none());
    let then = read("?as_of=2022-06-01&known_at=2022-07-04").await.body;
    assert_eq!((&then["state"]["status"], &then["known_at"]), (&json!("repaying"), &json!("2022-07-04")));
    assert!(then["facts"].as_array().unwrap().iter().all(|fact| fact["event"]["kind"] != "called_due"));
    let by_then = read("?as_of=2022-06-01&known_at=2022-07-05").await.body;
    assert_eq!(by_then["state"], now["state"], "the whole of the day counts");
    let wrong = read("?as_of=1-6-2022").await;
    assert_eq!((wrong.status.as_u16(), &wrong.body["errors"][0]["field"]), (422, &json!("as_of")));
    for query in ["?as_of=2022-02-06", "?known_at=2022-02-06"] {
        assert_eq!(read(query).await.status.as_u16(), 404, "{query}");
    }
    desk.close().await;
}
