//! Signing in with a real Chromium, driven through chromedriver on a free port.

use std::process::Stdio;

use energiehuis::domain::access::Role;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::{OpenHouse, PASSWORD, address_of};

/// A driver on a port that the system chose; it says which.
async fn driver() -> (Child, String) {
    let mut driver =
        Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return (driver, format!("http://127.0.0.1:{}", port.trim_end_matches('.')));
        }
    }
    panic!("chromedriver ended without a port");
}

async fn browser(address: &str, profile: &std::path::Path) -> Client {
    let profile = format!("--user-data-dir={}", profile.display());
    let mut wanted = serde_json::Map::new();
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        &profile,
    ];
    wanted.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
    ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(address).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_reads_in_english_and_signs_out() {
    let open = OpenHouse::new().await;
    let profile = tempfile::tempdir().unwrap();
    let (mut driver, address) = driver().await;
    let page = browser(&address, profile.path()).await;

    page.goto(&open.url("/loans")).await.unwrap();
    page.find(Locator::Css("#email")).await.unwrap().send_keys(&address_of(Role::Manager)).await.unwrap();
    page.find(Locator::Css("#password")).await.unwrap().send_keys(PASSWORD).await.unwrap();
    page.find(Locator::Css("button.do-it")).await.unwrap().click().await.unwrap();
    page.wait().for_element(Locator::Css(".menu")).await.unwrap();
    assert_eq!(page.current_url().await.unwrap().path(), "/loans", "after signing in one is where one wanted to be");

    page.find(Locator::Css("button[value=en]")).await.unwrap().click().await.unwrap();
    page.wait().for_element(Locator::Css("html[lang=en] .menu")).await.unwrap();
    assert_eq!(page.find(Locator::Css("h1")).await.unwrap().text().await.unwrap(), "Loans");
    let colour = page.find(Locator::Css(".top")).await.unwrap().css_value("background-color").await.unwrap();
    assert!(colour.contains("15, 76, 83"), "the style sheet is allowed and read: {colour}");

    page.find(Locator::Css(".out button")).await.unwrap().click().await.unwrap();
    page.wait().for_element(Locator::Css("#password")).await.unwrap();
    page.goto(&open.url("/loans")).await.unwrap();
    assert_eq!(page.current_url().await.unwrap().path(), "/sign-in");

    page.close().await.unwrap();
    driver.kill().await.unwrap();
    open.finish().await;
}
