//! The doors of a house on a moved clock: the API over HTTP, and the program on the same database and date.

use std::time::Duration;

use energiehuis::clock::Clock;
use energiehuis::domain::identity::Ogm;
use energiehuis::domain::money::Money;
use energiehuis::services::bank::BankFile;
use energiehuis::storage::house_clock;
use energiehuis::web::{About, AppState, router};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::program::{Answer, Program};
use crate::support::smtp::Sink;
use crate::support::town::{Town, euros};

/// A house with its doors open.
pub(super) struct Doors {
    pub(super) town: Town,
    pub(super) sink: Sink,
    address: String,
    client: reqwest::Client,
    server: JoinHandle<()>,
}

/// What the API answered.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) kind: String,
    pub(super) body: Value,
}

/// What a fund has, has promised, is owed, owes its funders, and can still lend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) cash: Money,
    pub(super) committed: Money,
    pub(super) outstanding: Money,
    pub(super) due_to_funder: Money,
    pub(super) free_to_lend: Money,
}

/// Cents written as people write them: `88691.67`.
pub(super) fn money(text: &str) -> Money {
    Money::parse_typed(text).unwrap()
}

/// Figures in whole euros, in the order of the report.
pub(super) fn figures([cash, committed, outstanding, due_to_funder, free_to_lend]: [i64; 5]) -> Figures {
    Figures {
        cash: euros(cash),
        committed: euros(committed),
        outstanding: euros(outstanding),
        due_to_funder: euros(due_to_funder),
        free_to_lend: euros(free_to_lend),
    }
}

impl Doors {
    /// Opens the doors on a business date.
    pub(super) async fn open(day: &str) -> Self {
        let town = Town::on(day).await;
        let about = About {
            organisation: "Energiehuis W13".to_owned(),
            base_url: "http://127.0.0.1".to_owned(),
            session: Duration::from_hours(1),
            jobs: Vec::new(),
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = router(&AppState::new(town.house().clone(), about));
        let server = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { town, sink: Sink::start().await, address, client: reqwest::Client::new(), server }
    }

    /// The morning of another business date.
    pub(super) fn go_to(&self, day: &str) {
        self.town.test.go_to(day);
        assert_eq!(self.town.test.clock.today().to_string(), day, "the business date");
    }

    /// A program calls as one of the people: `desk`, `officer`, `first`, `second`.
    pub(super) async fn post(&self, who: &str, path: &str, body: &Value) -> Reply {
        let token = self.town.token(who).await;
        let request = self.client.post(format!("{}/api/v1/{path}", self.address)).bearer_auth(token).json(body);
        let response = request.header("Accept-Language", "nl").send().await.unwrap();
        let kind = response.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
        Reply { status: response.status(), kind, body: response.json().await.unwrap() }
    }

    /// The program, on the database and the date of this house.
    pub(super) async fn program(&self) -> Program {
        let mut db = self.town.test.pool.acquire().await.unwrap();
        let offset = self.town.test.clock.now() - Clock::system().now();
        house_clock::set_offset(&mut db, offset).await.unwrap();
        // What is done here next comes after what the program does.
        self.town.test.hand.advance(chrono::TimeDelta::minutes(1));
        self.town
            .test
            .program()
            .env("ENERGIEHUIS_SMTP_URL", &self.sink.url())
            .env("ENERGIEHUIS_MAIL_FROM", "Energiehuis W13 <leningen@energiehuis.example>")
            .env("ENERGIEHUIS_ORGANISATION_NAME", "Energiehuis W13")
            .env("ENERGIEHUIS_ORGANISATION_ADDRESS", "President Kennedypark 10, 8500 Kortrijk")
            .env("ENERGIEHUIS_ORGANISATION_EMAIL", "vragen@energiehuis.example")
            .env("ENERGIEHUIS_ORGANISATION_PHONE", "056 28 26 00")
    }

    /// Runs the program to a good end: the JSON it printed.
    pub(super) async fn run(&self, arguments: &[&str]) -> Value {
        let program = self.program().await;
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
        // The API's server and the mail server live on this thread's runtime: they must go on meanwhile.
        let command = program.command(&arguments);
        let output = tokio::process::Command::from(command).output().await.unwrap();
        let answer = Answer::of(output);
        assert_eq!(answer.status, 0, "{answer:?}");
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error} in {answer:?}"))
    }

    /// A job by hand, to a good end: its report.
    pub(super) async fn job(&self, name: &str) -> Value {
        let run = self.run(&["job", "run", name]).await;
        assert_eq!(run["for_date"], self.town.test.clock.today().to_string());
        run["report"].clone()
    }

    /// Offers a bank file to the program: its exit status, and what became of the file.
    pub(super) async fn offer(&self, file: &BankFile) -> (i32, Value) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(&file.name);
        std::fs::write(&path, &file.bytes).unwrap();
        let answer = self.program().await.run(&["bank", "import", path.to_str().unwrap(), "--format", "json"]);
        let said: Value = serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error} in {answer:?}"));
        (answer.status, said["files"][0].clone())
    }

    /// A bank file that must be imported with every line booked.
    pub(super) async fn import(&self, file: &BankFile) {
        let (status, said) = self.offer(file).await;
        assert_eq!((status, &said["state"], &said["suspense"]), (0, &json!("imported"), &json!([])), "{said:#}");
    }

    /// The only fund of this house, today or at the end of another day.
    pub(super) async fn position(&self, as_of: Option<&str>) -> Figures {
        let mut arguments = vec!["fund", "position"];
        arguments.extend(as_of.iter().flat_map(|day| ["--as-of", day]));
        let said = self.run(&arguments).await;
        let [fund] = said["funds"].as_array().unwrap().as_slice() else { panic!("one fund: {said}") };
        let figure = |name: &str| money(fund[name].as_str().unwrap());
        Figures {
            cash: figure("cash"),
            committed: figure("committed"),
            outstanding: figure("outstanding"),
            due_to_funder: figure("due_to_funder"),
            free_to_lend: figure("free_to_lend"),
        }
    }

    /// The ledger agrees with itself, with the loans and with the bank, and holds so many entries.
    pub(super) async fn books_agree(&self, entries: u64) {
        let said = self.run(&["ledger", "check"]).await;
        assert_eq!(said, json!({ "ok": true, "entries": entries, "differences": [] }));
    }

    /// Closes the doors; nothing may be left over.
    pub(super) async fn close(self) {
        self.server.abort();
        self.town.test.finish().await;
    }
}

/// The reference of a borrower in an answer.
pub(super) fn ogm(answer: &Value) -> Ogm {
    Ogm::parse(answer["ogm"].as_str().unwrap()).unwrap()
}
