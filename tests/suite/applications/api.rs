//! The programs' door, through the whole router.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use energiehuis::domain::product::Product;
use energiehuis::services::Actor;
use energiehuis::web::{About, AppState, router};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::family::{Town, family};

/// An answer of the door.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    kind: String,
    location: Option<String>,
    replayed: bool,
    body: Value,
}

/// The door of a town, and how to call it.
struct Door(Router);

impl Door {
    fn of(town: &Town) -> Self {
        let about = About {
            organisation: "Energiehuis".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            session: Duration::from_hours(1),
            jobs: Vec::new(),
        };
        Self(router(&AppState::new(town.test.house.clone(), about)))
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        (token, headers): (&str, &[(&str, &str)]),
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = self.0.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, kind) = (answer.status(), header("content-type").unwrap_or_default());
        let (location, replayed) = (header("location"), header("idempotency-replayed").is_some());
        let bytes = axum::body::to_bytes(answer.into_body(), 1_000_000).await.unwrap();
        Answer { status, kind, location, replayed, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    async fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.call("POST", path, (token, &[]), Some(body)).await
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path, (token, &[]), None).await
    }
}

/// A token that stands for somebody for a day.
async fn token(town: &Town, actor: &Actor) -> String {
    let token = town.test.house.secrets.token();
    let now = town.test.clock.now();
    sqlx::query(
        "INSERT INTO api_tokens (token_sha256, user_id, label, created_at, expires_at) VALUES ($1, $2, 'test', $3, $4)",
    )
    .bind(Sha256::digest(token.as_bytes()).as_slice())
    .bind(actor.user_id)
    .bind(now)
    .bind(now + chrono::TimeDelta::days(1))
    .execute(&town.test.pool)
    .await
    .unwrap();
    token
}

#[tokio::test]
async fn a_program_submits_two_people_decide_and_an_officer_signs() {
    let town = Town::with_room(100_000).await;
    let door = Door::of(&town);
    let (desk, one, two, officer) = (
        token(&town, &town.desk).await,
        token(&town, &town.one).await,
        token(&town, &town.two).await,
        token(&town, &town.officer).await,
    );
    let made = door.post("/api/v1/applications", &desk, &family(1, 50_000)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    assert_eq!(made.body["verdict"]["outcome"], "eligible");
    let ceiling =
        made.body["verdict"]["findings"].as_array().unwrap().iter().find(|each| each["rule"] == "amount_ceiling");
    let ceiling = ceiling.unwrap();
    assert_eq!(ceiling["valid_from"], "2022-09-01");
    assert!(ceiling["text"].as_str().unwrap().contains("the most is €\u{a0}50,000.00"), "{ceiling}");
    let [english, dutch] = [
        "Noodkoopfonds, from September 2022: at most 50,000 per dwelling",
        "Noodkoopfonds, vanaf september 2022: hoogstens 50.000 euro per woning",
    ];
    assert_eq!(ceiling["source"], english);
    assert_eq!(
        (&ceiling["figures"][0]["source"], &ceiling["figures"][0]["source_nl"]),
        (&english.into(), &dutch.into())
    );
    let place = made.location.unwrap();
    for (voter, state) in [(&one, "submitted"), (&two, "approved")] {
        let voted = door.post(&format!("{place}/votes"), voter, &json!({ "vote": "approve" })).await;
        assert_eq!((voted.status, &voted.body["state"]), (StatusCode::OK, &state.into()), "{voted:?}");
    }
    let foreseen = door.post(&format!("{place}/sign/preview"), &officer, &json!({ "signed_on": "2022-10-17" })).await;
    assert_eq!(town.count("loans").await, 0, "a preview writes nothing");
    let signed = door.post(&format!("{place}/sign"), &officer, &json!({ "signed_on": "2022-10-17" })).await;
    assert_eq!(foreseen.body["contract"].to_string(), signed.body["contract"].to_string());
    assert_eq!(signed.body["contract"]["state"]["status"], "signed");
    assert_eq!(signed.status, StatusCode::CREATED, "{signed:?}");
    assert_eq!(signed.body["number"], "L-2022-00001");
    let file = door.get(&place, &desk).await;
    assert_eq!(file.body["state"], "signed");
    assert_eq!(file.body["loan"]["number"], "L-2022-00001");
    assert_eq!(file.body["commitments"][0]["left"], "50000.00");
    assert!(!file.body.to_string().contains("930518001"), "the national number left the house");
    let list = door.get("/api/v1/applications?state=signed", &desk).await;
    assert_eq!(list.body["applications"].as_array().unwrap().len(), 1, "{list:?}");
    town.test.finish().await;
}

#[tokio::test]
async fn a_program_signs_a_rolling_loan_with_the_valuation_that_its_share_of_the_gain_starts_from() {
    let town = Town::on("2022-10-17", Product::RollingFund, 100_000).await;
    let door = Door::of(&town);
    let (desk, officer) = (token(&town, &town.desk).await, token(&town, &town.officer).await);
    let mut sent = family(1, 30_000);
    sent["product"] = json!("rolling_fund");
    let place = door.post("/api/v1/applications", &desk, &sent).await.location.unwrap();
    for voter in [&town.one, &town.two] {
        let voter = token(&town, voter).await;
        door.post(&format!("{place}/votes"), &voter, &json!({ "vote": "approve" })).await;
    }
    let sign = format!("{place}/sign");
    let wrong =
        json!({ "signed_on": "17-10-2022", "first_due_after_months": "soon", "valuation": { "value": "12.345" } });
    let refused = door.post(&sign, &officer, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
    let fields: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|each| &each["field"]).collect();
    assert_eq!(fields, ["signed_on", "first_due_after_months", "valuation.value", "valuation.valued_by"]);
    let bare = door.post(&sign, &officer, &json!({ "valuation": null })).await;
    assert_eq!(bare.body["errors"][0]["field"], "valuation.value", "{bare:?}");
    assert_eq!(town.count("loans").await, 0);
    let valuation = json!({ "value": "145000.00", "valued_by": "surveyor Peeters, 3 October 2022" });
    let signed = door.post(&sign, &officer, &json!({ "valuation": valuation })).await;
    assert_eq!(signed.status, StatusCode::CREATED, "{signed:?}");
    let terms: Value = sqlx::query_scalar("SELECT repayment FROM loans").fetch_one(&town.test.pool).await.unwrap();
    assert_eq!(
        terms,
        json!({ "kind": "on_exit", "gain": { "share": "25", "value_before": "145000.00", "at_most": "30000.00",
                "valued_by": "surveyor Peeters, 3 October 2022" } })
    );
    town.test.finish().await;
}

#[tokio::test]
async fn another_municipality_does_not_exist_and_a_token_that_does_not_work_is_told_so() {
    let town = Town::with_room(100_000).await;
    let door = Door::of(&town);
    let (desk, other) = (token(&town, &town.desk).await, token(&town, &town.other_desk).await);
    let place = door.post("/api/v1/applications", &desk, &family(2, 10_000)).await.location.unwrap();
    for (method, path) in [("GET", place.clone()), ("POST", format!("{place}/withdraw"))] {
        let answer = door.call(method, &path, (&other, &[]), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {answer:?}");
    }
    assert_eq!(door.get("/api/v1/applications", &other).await.body["applications"], json!([]));
    for wrong in ["", "0000"] {
        let answer = door.get(&place, wrong).await;
        assert_eq!((answer.status, answer.kind.as_str()), (StatusCode::UNAUTHORIZED, "application/problem+json"));
    }
    town.test.hand.advance(chrono::TimeDelta::days(1));
    assert_eq!(door.get(&place, &desk).await.status, StatusCode::UNAUTHORIZED, "a token ends");
    assert_eq!(door.get("/api/v1/nothing", "").await.kind, "application/problem+json");
    town.test.finish().await;
}

#[tokio::test]
async fn the_same_key_is_answered_the_same_and_a_changed_body_is_a_conflict() {
    let town = Town::with_room(100_000).await;
    let door = Door::of(&town);
    let desk = token(&town, &town.desk).await;
    let send = async |body: &Value| {
        let headers: &[(&str, &str)] = &[("Idempotency-Key", "e4b1")];
        door.call("POST", "/api/v1/applications", (&desk, headers), Some(body)).await
    };
    let first = send(&family(3, 10_000)).await;
    let second = send(&family(3, 10_000)).await;
    assert_eq!((second.status, &second.body, second.replayed), (StatusCode::CREATED, &first.body, true));
    assert!(!first.replayed);
    let other = send(&family(3, 10_001)).await;
    assert_eq!((other.status, other.kind.as_str()), (StatusCode::CONFLICT, "application/problem+json"), "{other:?}");
    assert_eq!(town.count("applications").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn wrong_fields_come_back_as_a_problem_document_in_the_language_that_was_asked() {
    let town = Town::with_room(100_000).await;
    let door = Door::of(&town);
    let desk = token(&town, &town.desk).await;
    let mut sent = family(4, 10_000);
    sent["amount"] = json!("-1");
    sent["people"][0]["insz"] = json!("93051800299");
    for (language, title, amount) in [
        ("fr, nl;q=0.8", "Sommige velden kloppen niet", "Het bedrag moet meer zijn dan 0,00."),
        ("de", "Some fields are not right", "The amount must be more than 0.00."),
    ] {
        let headers: &[(&str, &str)] = &[("Accept-Language", language)];
        let answer = door.call("POST", "/api/v1/applications", (&desk, headers), Some(&sent)).await;
        assert_eq!(
            (answer.status, answer.kind.as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json")
        );
        assert_eq!((&answer.body["title"], &answer.body["status"]), (&title.into(), &422.into()));
        let errors = answer.body["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert_eq!((&errors[0]["field"], &errors[0]["problem"]), (&"amount".into(), &amount.into()));
        assert_eq!((&errors[1]["field"], &errors[1]["value"]), (&"people[0].insz".into(), &"".into()));
    }
    let unread = door.post("/api/v1/applications", &desk, &json!({ "ammount": "1" })).await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);
    assert!(unread.body["detail"].as_str().unwrap().contains("ammount"), "{unread:?}");
    town.test.finish().await;
}

#[tokio::test]
async fn roles_hold_at_the_door() {
    let town = Town::with_room(100_000).await;
    let door = Door::of(&town);
    let (desk, one, accountant) =
        (token(&town, &town.desk).await, token(&town, &town.one).await, token(&town, &town.accountant).await);
    let place = door.post("/api/v1/applications", &desk, &family(5, 10_000)).await.location.unwrap();
    let (vote, nothing) = (json!({ "vote": "approve" }), json!({}));
    let table = [
        ("votes", &desk, &vote),
        ("sign", &one, &nothing),
        ("votes", &accountant, &vote),
        ("withdraw", &one, &nothing),
    ];
    for (path, who, body) in table {
        let answer = door.post(&format!("{place}/{path}"), who, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {answer:?}");
    }
    assert_eq!(door.post("/api/v1/applications", &one, &family(6, 10_000)).await.status, StatusCode::FORBIDDEN);
    town.test.finish().await;
}
