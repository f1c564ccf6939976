//! The pages of the bank, the funds, the payment orders, the letters and the jobs, over HTTP with a signed-in
//! session, on a street of families.

mod bank;
mod collections;
mod contractors;
mod files;
mod funds;
mod jobs;
mod known;
mod letters;
mod loans;
mod payments;
mod queue;
mod roles;
mod sources;

use std::sync::Arc;
use std::time::Duration;

use energiehuis::domain::access::Role;
use energiehuis::jobs::{Definition, Tools, definition, run_by_hand};
use energiehuis::services::Actor;
use energiehuis::services::bank::BankFile;
use energiehuis::services::users::{NewUser, add};
use energiehuis::web::{About, AppState, ScheduledJob, router};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use scraper::{Html, Selector};
use tokio::task::JoinHandle;

use crate::jobs::street::Street;

const PASSWORD: &str = "vier gewone woorden samen";

/// A street of families, and the doors of the house open on a free port.
struct Desk {
    street: Street,
    address: String,
    server: JoinHandle<()>,
}

/// A page as it came.
struct Shown {
    status: StatusCode,
    html: String,
}

/// Somebody at a desk: a browser without scripts that keeps cookies and follows where forms lead.
struct Person {
    address: String,
    client: Client,
}

impl Desk {
    /// On 7 February 2022; nothing has happened.
    async fn open() -> Self {
        let street = Street::new().await;
        let jobs = definition::all().unwrap();
        let about = About {
            organisation: "Welzijnsvereniging W13".to_owned(),
            base_url: "http://localhost".to_owned(),
            session: Duration::from_hours(400 * 24),
            jobs: jobs.into_iter().map(|job| scheduled(job, &street.tools)).collect(),
        };
        let app = AppState::new(street.town.house().clone(), about).paying_as(payments::payer());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router(&app)).await.unwrap() });
        Self { street, address, server }
    }

    /// Somebody with a role, signed in; of one municipality or of all.
    async fn person(&self, role: Role, nis_code: Option<&str>) -> Person {
        let email = format!("{role}.{}@w13.example", nis_code.unwrap_or("all"));
        let new = NewUser {
            email: email.clone(),
            name: format!("Somebody, {role}"),
            role,
            nis_code: nis_code.map(str::to_owned),
            password: Some(PASSWORD.to_owned()),
            language: "nl".to_owned(),
        };
        add(self.street.town.house(), &Actor::system(), new).await.unwrap();
        let client = Client::builder().cookie_store(true).redirect(Policy::limited(5)).build().unwrap();
        let person = Person { address: self.address.clone(), client };
        let entered = person.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(entered.status, StatusCode::OK, "{}", entered.html);
        person
    }

    async fn accountant(&self) -> Person {
        self.person(Role::Accountant, None).await
    }

    /// The server stops, and nothing is left over.
    async fn close(self) {
        self.server.abort();
        self.street.finish().await;
    }
}

/// A job as `serve` hands it to the pages.
fn scheduled(job: Definition, tools: &Tools) -> ScheduledJob {
    let (job, tools) = (Arc::new(job), tools.clone());
    let due = Arc::clone(&job);
    ScheduledJob {
        name: job.name,
        description_nl: job.description_nl.clone(),
        description_en: job.description_en.clone(),
        cron: job.cron.clone(),
        next_due: Arc::new(move |after| due.next_due(after)),
        run_by_hand: Arc::new(move |actor, for_date| {
            let (job, tools) = (Arc::clone(&job), tools.clone());
            Box::pin(async move { run_by_hand(&tools, &actor, &job, for_date).await })
        }),
    }
}

impl Person {
    async fn ask(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.address)).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Shown {
        Shown::of(self.ask(path).await).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        Shown::of(self.client.post(format!("{}{path}", self.address)).form(fields).send().await.unwrap()).await
    }

    /// Sends files as the form of the bank does.
    async fn upload(&self, files: &[&BankFile]) -> Shown {
        let form = files.iter().fold(Form::new(), |form, file| {
            form.part("files", Part::bytes(file.bytes.clone()).file_name(file.name.clone()))
        });
        let sent = self.client.post(format!("{}/bank/files", self.address)).multipart(form).send().await;
        Shown::of(sent.unwrap()).await
    }
}

impl Shown {
    async fn of(response: Response) -> Self {
        Self { status: response.status(), html: response.text().await.unwrap() }
    }

    /// The words at every place that a CSS selector finds, with single spaces.
    fn all(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        page.select(&Selector::parse(selector).unwrap()).map(|found| words(found.text().collect())).collect()
    }

    /// All words of the page.
    fn words(&self) -> String {
        self.all("main").join(" ")
    }

    /// An attribute of the first place that a CSS selector finds.
    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.html);
        let found = page.select(&Selector::parse(selector).unwrap()).next()?;
        found.attr(name).map(str::to_owned)
    }

    #[track_caller]
    fn says(&self, words: &str) {
        assert!(self.words().contains(words), "“{words}” is missing in: {}", self.words());
    }
}
