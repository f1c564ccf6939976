//! The same steps over the doors: programs with a key, and the command line with a token.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use energiehuis::clock::Clock;
use energiehuis::domain::calendar::next_banking_day;
use energiehuis::web::{About, AppState, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Office, payer};
use crate::support::town::euros;

/// What a call was answered: the status, the body, and whether it is a repetition.
struct Answered {
    status: StatusCode,
    body: Vec<u8>,
    replayed: bool,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

struct Door(axum::Router);

impl Door {
    fn of(office: &Office) -> Self {
        let about = About {
            organisation: "Welzijnsvereniging W13".to_owned(),
            base_url: "http://localhost".to_owned(),
            session: Duration::from_hours(8),
            jobs: Vec::new(),
        };
        Self(router(&AppState::new(office.town.house().clone(), about).paying_as(payer())))
    }

    async fn call(&self, (method, path): (&str, &str), token: &str, (key, body): (Option<&str>, Value)) -> Answered {
        let mut request =
            Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.0.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, replayed) = (response.status(), response.headers().contains_key("idempotency-replayed"));
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answered { status, body, replayed }
    }
}

#[tokio::test]
async fn a_program_makes_releases_and_exports_a_run_with_a_key_for_every_step() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let door = Door::of(&office);
    let (maker, manager) = (office.town.token("accountant").await, office.town.token("manager").await);
    let make = json!({ "execute_on": "2022-02-09" });
    let without = door.call(("POST", "/api/v1/payment-runs"), &maker, (None, make.clone())).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
    let made = door.call(("POST", "/api/v1/payment-runs"), &maker, (Some("make-1"), make.clone())).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&made.body));
    let again = door.call(("POST", "/api/v1/payment-runs"), &maker, (Some("make-1"), make)).await;
    assert!(again.replayed);
    assert_eq!(again.body, made.body);
    let number = made.json()["number"].as_str().unwrap().to_owned();
    let at = |step: &str| format!("/api/v1/payment-runs/{number}{step}");

    let early = door.call(("POST", &at("/export")), &maker, (Some("export-0"), Value::Null)).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    for token in [&maker, &manager] {
        let released = door.call(("POST", &at("/release")), token, (Some("release-1"), Value::Null)).await;
        assert_eq!(released.status, StatusCode::OK, "{}", String::from_utf8_lossy(&released.body));
    }
    let exported = door.call(("POST", &at("/export")), &maker, (Some("export-1"), Value::Null)).await;
    assert_eq!(exported.json()["state"], "exported");
    let file = door.call(("GET", &at("/file")), &maker, (None, Value::Null)).await;
    assert!(file.body.starts_with(b"<?xml"));
    let listed = door.call(("GET", "/api/v1/payment-runs"), &maker, (None, Value::Null)).await.json();
    assert_eq!(listed["payment_runs"][0]["number"], number.as_str());
    let shown = door.call(("GET", &at("")), &maker, (None, Value::Null)).await.json();
    assert_eq!(shown["sum"], "2000.00");
    let late = door.call(("POST", &at("/cancel")), &maker, (Some("c"), json!({ "reason": "late" }))).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let officer = office.town.token("officer").await;
    let may_not = door.call(("GET", &at("/file")), &officer, (None, Value::Null)).await;
    assert_eq!(may_not.status, StatusCode::FORBIDDEN);
    let wrong =
        door.call(("POST", "/api/v1/payment-runs"), &maker, (Some("m2"), json!({ "execute_on": "soon" }))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_asks_two_people_for_their_tokens() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let folder = tempfile::tempdir().unwrap();
    let mut tokens = Vec::new();
    for who in ["accountant", "manager"] {
        let path = folder.path().join(who);
        std::fs::write(&path, office.town.token(who).await).unwrap();
        tokens.push(path.to_str().unwrap().to_owned());
    }
    // The program lives today; the token of 2022 must still work.
    office.town.execute("UPDATE api_tokens SET expires_at = '2100-01-01T00:00:00Z'").await;
    let program = office.town.test.program();
    let on = next_banking_day(Clock::system().today()).to_string();
    let made = program.json(&["payment", "run", "--on", &on, "--token-file", &tokens[0], "--format", "json"]);
    assert_eq!((made["state"].as_str(), made["sum"].as_str()), (Some("made"), Some("2000.00")));
    let number = made["number"].as_str().unwrap();
    let release = |token: &str| program.run(&["payment", "release", number, "--token-file", token]);
    assert_eq!(release(&tokens[0]).status, 0);
    let twice = release(&tokens[0]);
    assert_eq!(twice.status, 2);
    assert!(twice.err.contains("You have released this run before"), "{}", twice.err);
    assert_eq!(release(&tokens[1]).status, 0);
    let out = folder.path().join("payments.xml");
    let out = out.to_str().unwrap();
    let export = ["payment", "export", number, "--out", out, "--token-file", &tokens[0]];
    let exported = program.run(&export);
    assert_eq!(exported.status, 0, "{exported:?}");
    let bytes = std::fs::read(out).unwrap();
    let twice = program.run(&export);
    assert_eq!(
        (twice.status, std::fs::read(out).unwrap() == bytes),
        (2, true),
        "an existing file stays: {}",
        twice.err
    );
    let listed = program.json(&["payment", "list", "--format", "json"]);
    assert_eq!(listed[0]["state"], "exported");
    let shown = program.run(&["payment", "show", number]);
    assert!(shown.out.contains("released by manager"), "{}", shown.out);
    let strange = program.run(&["payment", "run", "--on", &on, "--token-file", "/nowhere"]);
    assert_eq!(strange.status, 2);
    let account = program.run(&["payment", "account", "0403.170.701"]);
    assert!(account.out.contains("came with a quote"), "{account:?}");
    assert_eq!(office.see_by_number(number).await.head.sum, euros(2_000));
    office.close().await;
}
