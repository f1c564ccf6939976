//! Everything that happens to a loan, through the programs' door and the command line.

mod command;
mod corrections;
mod lives;
mod money;
mod once;
mod refusals;
mod roles;
mod time;

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use energiehuis::services::ledger::check::check;
use energiehuis::services::{Actor, desk};
use energiehuis::web::{About, AppState, router};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::bank::account::{executed, says};
use crate::support::town::{Family, Purse, ROOFER, Town, emergency_loan, energy_loan, euros};

/// A house with loans, its door for programs, and a token for everybody who works there.
struct Desk {
    town: Town,
    purse: Purse,
    door: Router,
    tokens: [(&'static str, String); 4],
    families: u32,
}

/// What the door answered.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    replayed: bool,
    text: String,
    body: Value,
}

impl Desk {
    /// On Monday 7 February 2022, with 100,000 to lend as energy loans.
    async fn open() -> Self {
        Self::with(100_000).await
    }

    async fn with(amount: i64) -> Self {
        let town = Town::on("2022-02-07").await;
        let purse = town.energy_fund(amount).await;
        let about = About {
            organisation: "Energiehuis".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            session: Duration::from_hours(1),
            jobs: Vec::new(),
        };
        let door = router(&AppState::new(town.house().clone(), about));
        let mut tokens = Vec::new();
        for who in ["desk", "officer", "first", "accountant"] {
            // A token ends after a year; these lives are longer.
            tokens.push((who, town.token(who).await));
        }
        Self { town, purse, door, tokens: tokens.try_into().unwrap(), families: 0 }
    }

    /// A family that owes 9,000 in 60 instalments of 150, the first on Sunday 1 May 2022, payable on Monday.
    async fn family(&mut self) -> Family {
        let family = self.signed(9000).await;
        let invoice = format!("F-{}", self.families);
        self.town.draw(&family, (&invoice, euros(9000))).await;
        self.town.finish_works(&family).await;
        family
    }

    /// A family that signed an energy loan today and has drawn nothing.
    async fn signed(&mut self, amount: i64) -> Family {
        self.families += 1;
        self.town.contract(energy_loan(self.families, amount, None)).await
    }

    /// A family that bought a bad house in need: 20,000 of VEKA's credit line, wholly drawn.
    async fn emergency_buyers(&mut self) -> Family {
        self.town.emergency_fund().await;
        self.families += 1;
        let family = self.town.contract(emergency_loan(self.families, 20_000, None)).await;
        let invoice = format!("F-{}", self.families);
        self.town.draw(&family, (&invoice, euros(20_000))).await;
        self.town.finish_works(&family).await;
        family
    }

    /// A credit of today that nobody can place.
    async fn strange_credit(&mut self, amount: i64) -> Uuid {
        self.line(says(euros(amount), "?")).await
    }

    /// A debit of today that nobody can explain.
    async fn strange_debit(&mut self, amount: i64) -> Uuid {
        self.line(executed(euros(amount), "X")).await
    }

    async fn line(&mut self, entry: energiehuis::formats::coda::EntryToWrite) -> Uuid {
        let today = self.town.test.clock.today().to_string();
        let file = self.purse.account.file(&today, vec![entry]);
        // Of two statements of one day, the one that came in later is the last.
        self.town.test.hand.advance(chrono::TimeDelta::minutes(1));
        self.town.import(file).await.suspense[0].bank_line_id
    }

    async fn call(&self, (method, path): (&str, &str), who: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
        let token = &self.tokens.iter().find(|(name, _)| *name == who).unwrap().1;
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let answer = self.door.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, replayed) = (answer.status(), answer.headers().contains_key("idempotency-replayed"));
        let bytes = axum::body::to_bytes(answer.into_body(), 10_000_000).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status, replayed, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    /// The invoice of a contractor, as a program sends it.
    async fn paper(&self, family: &Family, (number, amount): (&str, &str)) -> Value {
        let desk = desk::application(self.town.house(), &self.town.officer, family.application_id).await.unwrap();
        json!({
            "quote_id": desk.quotes[0].quote_id, "enterprise_number": ROOFER, "invoice_number": number,
            "invoiced_on": self.town.test.clock.today(), "amount": amount,
        })
    }

    /// An event as it is, under a key of its own, without a preview.
    async fn send(&self, who: &str, family: &Family, event: &Value) -> Answer {
        let path = format!("/api/v1/loans/{}/events", family.number);
        let key = format!("send-{}", self.town.test.house.ids.next());
        self.call(("POST", &path), who, Some(&key), Some(event)).await
    }

    async fn foresee(&self, who: &str, family: &Family, event: &Value) -> Answer {
        let path = format!("/api/v1/loans/{}/events/preview", family.number);
        self.call(("POST", &path), who, None, Some(event)).await
    }

    /// An event: previewed, which writes nothing; recorded, which says the same to the byte; and asked once more
    /// under its key, which says it again and writes nothing.
    async fn happens(&self, who: &str, family: &Family, event: &Value) -> Value {
        let path = format!("/api/v1/loans/{}/events", family.loan_id);
        let key = format!("key-{}", self.town.count("answers").await);
        let before = self.rows().await;
        let previewed = self.foresee(who, family, event).await;
        assert_eq!(previewed.status, StatusCode::OK, "{event}: {}", previewed.text);
        assert_eq!(self.rows().await, before, "a preview writes nothing: {event}");
        let recorded = self.call(("POST", &path), who, Some(&key), Some(event)).await;
        assert_eq!(recorded.status, StatusCode::CREATED, "{event}: {}", recorded.text);
        assert_eq!(recorded.text, previewed.text, "what was previewed is what is recorded");
        let after = self.rows().await;
        assert_ne!(after, before);
        let again = self.call(("POST", &path), who, Some(&key), Some(event)).await;
        assert_eq!((again.status, again.replayed), (StatusCode::CREATED, true), "{again:?}");
        assert_eq!(again.text, recorded.text);
        assert_eq!(self.rows().await, after, "the second time writes nothing: {event}");
        recorded.body
    }

    async fn loan(&self, family: &Family) -> Value {
        let answer = self.call(("GET", &format!("/api/v1/loans/{}", family.number)), "officer", None, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.body
    }

    /// The identifier of the last fact of a kind.
    async fn fact(&self, family: &Family, kind: &str) -> String {
        let loan = self.loan(family).await;
        let facts = loan["facts"].as_array().unwrap();
        let found = facts.iter().rfind(|fact| fact["event"]["kind"] == kind);
        found.unwrap_or_else(|| panic!("no {kind} in {facts:?}"))["fact_id"].as_str().unwrap().to_owned()
    }

    /// What is promised to a family and neither drawn nor released.
    async fn promised(&self, family: &Family) -> String {
        let statement = "SELECT coalesce(sum(amount), 0)::text FROM commitment_movements WHERE application_id = $1";
        sqlx::query_scalar(statement).bind(family.application_id).fetch_one(&self.town.test.pool).await.unwrap()
    }

    /// How many rows there are of everything that an event may write.
    async fn rows(&self) -> Vec<i64> {
        let tables = [
            "loan_facts",
            "journal_entries",
            "postings",
            "commitment_movements",
            "payment_orders",
            "persons",
            "bank_decisions",
            "answers",
            "audit_rows",
        ];
        let mut rows = Vec::new();
        for table in tables {
            rows.push(self.town.count(table).await);
        }
        rows
    }

    /// Ends the test: the ledger agrees with every fact, and nothing is left over.
    async fn close(self) {
        let found = check(self.town.house(), &Actor::system()).await.unwrap();
        assert!(found.ok, "{:#?}", found.differences);
        self.town.test.finish().await;
    }
}

/// The lines of one of the entries of an answer, as `account side amount`.
fn lines(answer: &Value, entry: usize) -> Vec<String> {
    let lines = answer["entries"][entry]["lines"].as_array().unwrap();
    let side = |line: &Value| {
        let (side, amount) =
            if line["debit"].is_string() { ("debit", &line["debit"]) } else { ("credit", &line["credit"]) };
        format!("{} {side} {}", line["account"].as_str().unwrap(), amount.as_str().unwrap())
    };
    lines.iter().map(side).collect()
}

/// The figures of a state that are named.
fn figures(state: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), state[*name].clone())).collect::<serde_json::Map<_, _>>().into()
}

/// Somebody whom the house does not know yet.
fn heir() -> Value {
    json!({
        "given_name": "Jan", "family_name": "Erfgenaam", "insz": "93.05.18-223.61", "born_on": "1993-05-18",
        "email": "jan@erfgenaam.invalid", "language": "nl",
    })
}
