//! The pages, over HTTP and in a real browser.

mod browser;
mod door;
mod locales;
mod pages;

use std::time::Duration;

use energiehuis::domain::access::Role;
use energiehuis::services::Actor;
use energiehuis::services::users::{NewUser, add};
use energiehuis::web::{About, AppState, router};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use tokio::task::JoinHandle;

use crate::support::TestHouse;

const PASSWORD: &str = "vier gewone woorden samen";

/// A house whose pages are open on a free port, with one person per role.
struct OpenHouse {
    house: TestHouse,
    address: String,
    server: JoinHandle<()>,
}

fn address_of(role: Role) -> String {
    format!("{role}@w13.example")
}

impl OpenHouse {
    async fn new() -> Self {
        let house = TestHouse::new().await;
        for role in Role::PEOPLE {
            let new = NewUser {
                email: address_of(role),
                name: format!("Somebody, {role}"),
                role,
                nis_code: (role == Role::HousingDesk).then(|| "34022".to_owned()),
                password: Some(PASSWORD.to_owned()),
                language: "nl".to_owned(),
            };
            add(&house.house, &Actor::system(), new).await.unwrap();
        }
        let about = About {
            organisation: "Welzijnsvereniging W13".to_owned(),
            base_url: "http://localhost".to_owned(),
            session: Duration::from_hours(8),
            jobs: Vec::new(),
        };
        let app = AppState::new(house.house.clone(), about);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router(&app)).await.unwrap() });
        Self { house, address, server }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// A browser without scripts: keeps cookies, follows nothing.
    fn client(&self) -> Client {
        Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap()
    }

    async fn enter(&self, client: &Client, email: &str, password: &str) -> StatusCode {
        let typed = [("email", email), ("password", password), ("next", "/loans")];
        client.post(self.url("/sign-in")).form(&typed).send().await.unwrap().status()
    }

    async fn signed_in(&self, role: Role) -> Client {
        let client = self.client();
        assert_eq!(self.enter(&client, &address_of(role), PASSWORD).await, StatusCode::SEE_OTHER, "{role}");
        client
    }

    async fn status(&self, client: &Client, path: &str) -> u16 {
        client.get(self.url(path)).send().await.unwrap().status().as_u16()
    }

    async fn text(&self, client: &Client, path: &str) -> String {
        client.get(self.url(path)).send().await.unwrap().text().await.unwrap()
    }

    async fn finish(self) {
        self.server.abort();
        self.house.finish().await;
    }
}
