//! The same steps over the doors: programs with a key, and the command line with a token.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use energiehuis::clock::Clock;
use energiehuis::domain::calendar::next_banking_day;
use energiehuis::web::{About, AppState, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::bank::{as_total, debit};
use super::{Office, payer};
use crate::bank::account::sent_back;
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

#[tokio::test]
async fn a_program_attaches_a_run_places_a_return_and_confirms_an_account() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let (run, _) = office.sent().await;
    office.town.test.go_to("2022-02-09");
    let nameless = as_total(office.purse.account.file("2022-02-09", vec![debit(euros(2_000), "VERZAMELBETALING")]));
    office.town.import(nameless).await;
    let (door, token) = (Door::of(&office), office.town.token("accountant").await);
    let lines = || door.call(("GET", "/api/v1/bank/lines?waiting=true"), &token, (None, Value::Null));
    let waiting = lines().await.json();
    let proposal = &waiting["lines"][0]["proposals"][0];
    assert_eq!((&proposal["kind"], &proposal["run"]), (&json!("run"), &json!(run.head.number)), "{waiting}");
    assert_eq!(proposal["reasons"][0]["code"], "run_of_that_sum");
    let decide = |line: &Value, key: &'static str, part: Value| {
        let path = format!("/api/v1/bank/lines/{}/decisions", line["bank_line_id"].as_str().unwrap());
        let body = json!({ "reason": "De som van die ronde", "parts": [part] });
        let (door, token) = (&door, &token);
        async move { door.call(("POST", &path), token, (Some(key), body)).await }
    };
    let placed = decide(&waiting["lines"][0], "run-1", json!({ "kind": "run", "run": run.head.number })).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&placed.body));

    office.town.test.go_to("2022-02-10");
    office.town.import(office.purse.account.file("2022-02-10", vec![sent_back(euros(2_000), "", "AC04")])).await;
    let waiting = lines().await.json();
    let part = json!({ "kind": "returned_order", "payment_order_id": run.orders[0].payment_order_id });
    let placed = decide(&waiting["lines"][0], "back-1", part.clone()).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&placed.body));
    let again = decide(&waiting["lines"][0], "back-1", part).await;
    assert!(again.replayed && again.body == placed.body);
    let path = format!("/api/v1/payment-runs/{}", run.head.number);
    let shown = door.call(("GET", &path), &token, (None, Value::Null)).await.json();
    assert_eq!(shown["orders"][0]["came_back"]["code"], "AC04", "{shown}");

    let order: String =
        sqlx::query_scalar("SELECT end_to_end_id FROM payment_orders").fetch_one(&office.town.test.pool).await.unwrap();
    // Whoever let it go waits in no run: here the account of the contractor is the one it came back from.
    let path = format!("/api/v1/payment-orders/{order}/confirm");
    let silent = door.call(("POST", &path), &token, (None, json!({ "note": "" }))).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let officer = office.town.token("officer").await;
    let may_not = door.call(("POST", &path), &officer, (None, json!({ "note": "x" }))).await;
    assert_eq!(may_not.status, StatusCode::FORBIDDEN);
    let cleared = door.call(("POST", &path), &token, (None, json!({ "note": "called 056 12 34 56" }))).await;
    assert_eq!((cleared.status, &cleared.json()["end_to_end_id"]), (StatusCode::OK, &json!(order)));
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_attaches_a_run_places_a_return_and_takes_both_back() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let (run, _) = office.sent().await;
    office.town.test.go_to("2022-02-09");
    let nameless = as_total(office.purse.account.file("2022-02-09", vec![debit(euros(2_000), "VERZAMELBETALING")]));
    let debit = office.town.import(nameless).await.suspense[0].bank_line_id.to_string();
    office.town.test.go_to("2022-02-10");
    let back = office.purse.account.file("2022-02-10", vec![sent_back(euros(2_000), "", "AC04")]);
    let credit = office.town.import(back).await.suspense[0].bank_line_id.to_string();
    let program = office.town.test.program();
    let of_run = format!("run:{}", run.head.number);
    let queue = program.json(&["bank", "queue", "--format", "json"]);
    assert_eq!(queue["lines"][0]["proposals"][0]["part"], of_run.as_str(), "{queue}");
    let of_order = format!("returned-order:{}", run.orders[0].payment_order_id);
    let decide = |line: &str, part: &str| program.run(&["bank", "decide", line, "--part", part, "--reason", "gebeld"]);
    let early = decide(&credit, &of_order);
    assert_eq!(early.status, 2);
    assert!(early.err.contains("The bank has not paid this order"), "{}", early.err);
    let made = decide(&debit, &of_run);
    assert_eq!(made.status, 0, "{made:?}");
    assert!(made.out.contains("contractors_payable"), "{}", made.out);
    let undo = |out: &str| {
        let id = out.split("bank undo ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        program.run(&["bank", "undo", &id, "--reason", "verkeerd"])
    };
    let back = decide(&credit, &of_order);
    assert_eq!(back.status, 0, "{back:?}");
    let shown = program.run(&["payment", "show", &run.head.number]);
    assert!(shown.out.contains("came back on 2022-02-10 (AC04: REKENING AFGESLOTEN)"), "{}", shown.out);
    let too_soon = undo(&made.out);
    assert_eq!(too_soon.status, 2);
    assert!(too_soon.err.contains("came back or was let go since"), "{}", too_soon.err);
    assert_eq!(undo(&back.out).status, 0);
    assert_eq!(undo(&made.out).status, 0);
    assert_eq!(office.see(&run).await.head.paid, 0);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_and_the_command_line_ask_together_for_another_account() {
    let mut office = Office::open().await;
    let order = office.order_to_sender().await;
    let (door, token) = (Door::of(&office), office.town.token("accountant").await);
    let path = format!("/api/v1/payment-orders/{order}/redirect");
    let ask = |iban: &str| json!({ "iban": iban, "reason": "gebeld" });
    let officer = office.town.token("officer").await;
    let may_not = door.call(("POST", &path), &officer, (None, ask("BE43068999999501"))).await;
    assert_eq!(may_not.status, StatusCode::FORBIDDEN);
    let wrong = door.call(("POST", &path), &token, (None, ask("BE43068999999502"))).await;
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("iban")));
    let first = door.call(("POST", &path), &token, (None, ask("BE43 0689 9999 9501"))).await;
    assert_eq!((first.status, &first.json()["asked_by"]), (StatusCode::ACCEPTED, &Value::Null));

    let folder = tempfile::tempdir().unwrap();
    let file = |who: &str, token: &str| {
        let path = folder.path().join(who);
        std::fs::write(&path, token).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (same, other) = (file("same", &token), file("other", &office.town.token("manager").await));
    office.town.execute("UPDATE api_tokens SET expires_at = '2100-01-01T00:00:00Z'").await;
    let program = office.town.test.program();
    let ask = |token: &str| {
        let what = ["payment", "redirect", &order, "--iban", "BE43068999999501", "--reason", "called"];
        program.run(&[&what[..], &["--token-file", token]].concat())
    };
    let twice = ask(&same);
    assert_eq!(twice.status, 2);
    assert!(twice.err.contains("A second person must ask for the same."), "{}", twice.err);
    let second = ask(&other);
    assert_eq!(second.status, 0, "{second:?}");
    assert!(second.out.contains("goes to BE43068999999501 from now on"), "{}", second.out);
    office.close().await;
}
