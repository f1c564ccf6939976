//! The door for programs and the command line.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use energiehuis::formats::coda::ReturnKind;
use energiehuis::services::Actor;
use energiehuis::services::users::{NewToken, add_token};
use energiehuis::web::{About, AppState, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::bank::{says, sent};
use super::till::{DEBTOR, ELSEWHERE, Till, assert_valid};
use crate::bank::account::{came_back, collected};

struct Door {
    till: Till,
    door: Router,
}

impl Door {
    async fn open() -> Self {
        let till = Till::new().await;
        let about = About {
            organisation: "Energiehuis".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            session: Duration::from_hours(1),
            jobs: Vec::new(),
        };
        let door = router(&AppState::new(till.house().clone(), about));
        Self { till, door }
    }

    async fn token(&self, who: &str) -> String {
        let new = NewToken { email: format!("{who}@w13.example"), label: "door".to_owned(), days: 366 };
        add_token(self.till.house(), &Actor::system(), &new).await.unwrap().0
    }

    async fn post(&self, who: &str, path: &str, key: Option<&str>, body: &Value) -> (StatusCode, bool, Vec<u8>) {
        let request = Request::builder().method("POST").uri(format!("/api/v1/{path}"));
        let mut request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token(who).await));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let answer = self.door.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let (status, replayed) = (answer.status(), answer.headers().contains_key("idempotency-replayed"));
        let bytes = axum::body::to_bytes(answer.into_body(), 10_000_000).await.unwrap();
        (status, replayed, bytes.to_vec())
    }

    async fn get(&self, who: &str, path: &str) -> (StatusCode, Value) {
        let request = Request::builder().uri(format!("/api/v1/{path}"));
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token(who).await));
        let answer = self.door.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        let bytes = axum::body::to_bytes(answer.into_body(), 10_000_000).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap())
    }
}

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[tokio::test]
async fn a_program_registers_changes_and_stops_a_mandate_once_for_each_key() {
    let mut door = Door::open().await;
    let family = door.till.street.family(None).await;
    let path = format!("loans/{}/mandates", family.number);
    let new = json!({ "iban": DEBTOR, "signed_on": "2022-02-07" });
    assert_eq!(door.post("officer", &path, None, &new).await.0, StatusCode::BAD_REQUEST, "no key");
    let first = door.post("officer", &path, Some("m-1"), &new).await;
    assert_eq!((first.0, first.1), (StatusCode::CREATED, false));
    let again = door.post("officer", &path, Some("m-1"), &new).await;
    assert_eq!((again.0, again.1, &again.2), (StatusCode::CREATED, true, &first.2));
    let other = json!({ "iban": ELSEWHERE, "signed_on": "2022-02-07" });
    assert_eq!(door.post("officer", &path, Some("m-1"), &other).await.0, StatusCode::CONFLICT);
    let mandate = json_of(&first.2)["mandate_id"].as_str().unwrap().to_owned();
    let change = json!({ "iban": ELSEWHERE, "reason": "other bank" });
    let amended = door.post("officer", &format!("{path}/{mandate}/amend"), Some("m-2"), &change).await;
    assert_eq!((amended.0, &json_of(&amended.2)["iban"]), (StatusCode::OK, &json!("BE92731123456723")));
    let stopped =
        door.post("officer", &format!("{path}/{mandate}/stop"), Some("m-3"), &json!({ "reason": "asked" })).await;
    let standing =
        json!({ "state": "stopped", "on": "2022-02-07", "because": { "cause": "person", "reason": "asked" } });
    assert_eq!((stopped.0, &json_of(&stopped.2)["standing"]), (StatusCode::OK, &standing));
    let wrong = json!({ "iban": "BE00", "signed_on": "2023-01-01", "colour": "blue" });
    assert_eq!(door.post("officer", &path, Some("m-4"), &wrong).await.0, StatusCode::BAD_REQUEST, "an unknown field");
    let elsewhere = door.till.street.family(None).await;
    let of_another = format!("loans/{}/mandates/{mandate}/stop", elsewhere.number);
    let refused = door.post("officer", &of_another, Some("m-5"), &json!({ "reason": "x" })).await;
    assert_eq!(refused.0, StatusCode::NOT_FOUND);
    let (status, listed) = door.get("officer", &path).await;
    assert_eq!((status, listed["mandates"].as_array().unwrap().len()), (StatusCode::OK, 1));
    door.till.finish().await;
}

#[tokio::test]
async fn a_program_makes_a_file_another_releases_it_and_it_leaves() {
    let mut door = Door::open().await;
    door.till.family(None).await;
    door.till.night("2022-04-11").await;
    door.till.go_to("2022-04-27");
    let ask = json!({ "fund": "EL" });
    for (who, status) in [("officer", 403), ("first", 403), ("desk", 403)] {
        assert_eq!(door.post(who, "collection-runs", Some("r-0"), &ask).await.0.as_u16(), status, "{who}");
    }
    let made = door.post("accountant", "collection-runs", Some("r-1"), &ask).await;
    assert_eq!(made.0, StatusCode::CREATED, "{}", String::from_utf8_lossy(&made.2));
    let repeated = door.post("accountant", "collection-runs", Some("r-1"), &ask).await;
    assert_eq!((repeated.1, &repeated.2), (true, &made.2));
    let run = json_of(&made.2)["run"]["run_id"].as_str().unwrap().to_owned();
    let nothing = json!({});
    let own = door.post("accountant", &format!("collection-runs/{run}/release"), None, &nothing).await;
    assert_eq!(own.0, StatusCode::UNPROCESSABLE_ENTITY, "never who made it");
    let released = door.post("manager", &format!("collection-runs/{run}/release"), None, &nothing).await;
    assert_eq!((released.0, &json_of(&released.2)["state"]), (StatusCode::OK, &json!("released")));
    let left = door.post("accountant", &format!("collection-runs/{run}/export"), None, &nothing).await;
    assert_eq!(left.0, StatusCode::OK);
    assert_valid(&left.2);
    let again = door.post("manager", &format!("collection-runs/{run}/export"), None, &nothing).await;
    assert_eq!(again.2, left.2);
    let (_, shown) = door.get("manager", &format!("collection-runs/{run}")).await;
    assert_eq!(shown["collections"][0]["state"], "exported");
    door.till.finish().await;
}

#[tokio::test]
async fn the_command_line_registers_a_mandate_and_lists_what_there_is() {
    let mut door = Door::open().await;
    let family = door.till.street.family(None).await;
    let program = door.till.street.town.test.program();
    let add = ["mandate", "add", family.number.as_str(), "--iban", DEBTOR, "--signed-on", "2022-02-07"];
    let answer = program.run(&add);
    // The program reads the machine's clock, on which a mandate of 2022 has ended: it says so.
    assert!(answer.status == 2 && answer.err.contains("--signed-on"), "{answer:?}");
    let wrong = program.run(&["mandate", "add", "L-1", "--iban", DEBTOR, "--signed-on", "2022-02-07"]);
    assert!(wrong.status == 2 && wrong.err.contains("There is no loan"), "{wrong:?}");
    door.till.mandate(&family, "recurrent").await;
    let listed = program.json(&["mandate", "list", &family.number, "--format", "json"]);
    assert_eq!(listed["mandates"][0]["reference"], "ML202200001");
    let all = program.json(&["collection", "list", "--format", "json"]);
    assert_eq!((all["runs"].as_array().unwrap().len(), &all["funds"]), (0, &json!(["EL"])));
    let nobody = program.run(&["collection", "run", "--fund", "EL", "--token", "nobody"]);
    assert!(nobody.status == 2 && nobody.err.contains("--token stands for nobody"), "{nobody:?}");
    door.till.finish().await;
}

#[tokio::test]
async fn a_program_takes_a_return_back_once_and_is_told_what_became_of_the_second_try() {
    let mut door = Door::open().await;
    let family = door.till.family(None).await;
    let line = sent(&mut door.till, &[&family]).await.remove(0);
    door.till.go_to("2022-05-02");
    let back = came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AM04"));
    says(&mut door.till, vec![collected(line.amount, &line.end_to_end_id), back]).await;
    let path = format!("bank/decisions/{}/undo", door.till.line(-150).await);
    let why = json!({ "reason": "the bank was wrong" });
    assert_eq!(door.post("desk", &path, Some("u-1"), &why).await.0, StatusCode::FORBIDDEN);
    let undone = door.post("accountant", &path, Some("u-1"), &why).await;
    assert_eq!((undone.0, &json_of(&undone.2)["remarks"]), (StatusCode::OK, &json!(["retry_dropped"])));
    let again = door.post("accountant", &path, Some("u-1"), &why).await;
    assert_eq!((again.1, &again.2), (true, &undone.2));
    assert_eq!(door.post("accountant", &path, Some("u-2"), &why).await.0, StatusCode::CONFLICT, "it was undone");
    assert_eq!(door.till.states(&family).await, ["credited", "dropped"]);
    door.till.finish().await;
}
