//! Accounts of others that the house knows, for programs and at the command line; and the queue a page at a time.

use reqwest::Client;
use serde_json::{Value, json};

use super::Desk;
use crate::bank::account::says;
use crate::support::town::euros;

const IBAN: &str = "BE68539007547034";

/// A call of a program: its status, and its body where it has one.
async fn call(desk: &Desk, (method, path): (&str, &str), token: &str, body: &Value) -> (u16, Value) {
    let url = format!("{}/api/v1/bank{path}", desk.address);
    let client = Client::new();
    let request = if method == "GET" { client.get(url) } else { client.post(url).json(body) };
    let answer = request.bearer_auth(token).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_list_what_is_known_and_forget_it() {
    let mut desk = Desk::open().await;
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-05-02");
    let file = desk.street.purse.account.file("2022-05-02", vec![says(euros(150), "voor het gezin")]);
    desk.street.town.import(file).await;
    let person = desk.accountant().await;
    let path = person.get("/bank").await.attribute("#waiting td a.button", "href").unwrap();
    let placed = [("to", "loan"), ("loan", family.number.as_str()), ("paid_by", "budget_manager"), ("reason", "OCMW")];
    person.post(&path, &placed).await.says("Toegewezen aan");

    let token = desk.street.town.token("accountant").await;
    let looks = desk.street.town.token("officer").await;
    let (status, listed) = call(&desk, ("GET", "/counterparties"), &looks, &Value::Null).await;
    let known = &listed["counterparties"][0];
    assert_eq!((status, &known["iban"], &known["kind"]), (200, &json!(IBAN), &json!("budget_manager")));
    assert_eq!(known["loan"], json!(family.number));
    let body = json!({ "iban": IBAN, "loan": family.number, "reason": "Begeleiding stopt" });
    let forget = ("POST", "/counterparties/forget");
    assert_eq!(call(&desk, forget, &looks, &body).await.0, 403);
    let (status, problem) = call(&desk, forget, &token, &json!({ "iban": IBAN, "loan": "L-1999-00001" })).await;
    assert_eq!((status, problem["errors"].as_array().unwrap().len()), (422, 2), "{problem}");
    assert_eq!(call(&desk, forget, &token, &body).await, (204, Value::Null));
    assert_eq!(call(&desk, ("GET", "/counterparties"), &token, &Value::Null).await.1["counterparties"], json!([]));
    let (status, problem) = call(&desk, forget, &token, &body).await;
    assert_eq!(status, 422, "what is forgotten is not known");
    assert!(problem.to_string().contains("is not known to pay for"), "{problem}");

    let new = json!({ "iban": IBAN, "name": "Fluvius" });
    assert_eq!(call(&desk, ("POST", "/agencies"), &looks, &new).await.0, 403);
    assert_eq!(call(&desk, ("POST", "/agencies"), &token, &new).await.0, 201);
    assert_eq!(call(&desk, ("POST", "/agencies"), &token, &new).await.0, 422, "it is in the list already");
    let (_, listed) = call(&desk, ("GET", "/agencies"), &looks, &Value::Null).await;
    assert_eq!(listed["agencies"][0]["name"], "Fluvius");
    assert_eq!(call(&desk, ("POST", "/agencies/remove"), &token, &json!({ "iban": IBAN })).await.0, 204);
    assert_eq!(call(&desk, ("POST", "/agencies/remove"), &token, &json!({ "iban": IBAN })).await.0, 422);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_lists_what_is_known_and_forgets_it() {
    let mut desk = Desk::open().await;
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-05-02");
    let file = desk.street.purse.account.file("2022-05-02", vec![says(euros(150), "voor het gezin")]);
    desk.street.town.import(file).await;
    let program = desk.street.town.test.program();
    let line = program.json(&["bank", "queue", "--format", "json"])["lines"][0]["bank_line_id"].clone();
    let part = format!("loan:{}", family.number);
    let decide = ["bank", "decide", line.as_str().unwrap(), "--part", &part, "--paid-by", "budget_manager"];
    assert_eq!(program.run(&[decide.as_slice(), &["--reason", "OCMW"]].concat()).status, 0);
    let list = ["bank", "counterparty", "list", "--format", "json"];
    assert_eq!(program.json(&list)["counterparties"][0]["loan"], json!(family.number));
    assert!(program.run(&list[..3]).out.contains("budget_manager"));
    let forget = ["bank", "counterparty", "forget", "--iban", IBAN, "--reason", "stops", "--loan"];
    let wrong = program.run(&[forget.as_slice(), &["L-1999-00001"]].concat());
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("--loan is “L-1999-00001”"), "{}", wrong.err);
    assert_eq!(program.run(&[forget.as_slice(), &[&family.number]].concat()).status, 0);
    assert_eq!(program.json(&list)["counterparties"], json!([]));
    assert_eq!(program.run(&[forget.as_slice(), &[&family.number]].concat()).status, 2, "forgotten already");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_programs_go_through_the_whole_queue() {
    let mut desk = Desk::open().await;
    let lines = (1..=103).map(|sum| says(euros(sum), "wie is dit")).collect();
    let file = desk.street.purse.account.file("2022-02-07", lines);
    desk.street.town.import(file).await;
    let person = desk.accountant().await;
    let first = person.get("/bank").await;
    first.says("103 lijnen wachten op iemand");
    first.says("Binnengekomen: € 5.356,00");
    first.says("hier staan er 100");
    assert_eq!(first.all("#waiting .queue tbody tr").len(), 100);
    let next = first.attribute("#waiting .pages a", "href").unwrap();
    let second = person.get(next.trim_end_matches("#waiting")).await;
    second.says("103 lijnen wachten op iemand");
    assert_eq!(second.all("#waiting .queue tbody td.num"), ["€ 101,00", "€ 102,00", "€ 103,00"]);
    assert_eq!(second.all("#waiting .pages a"), ["Terug naar het begin"]);
    assert_eq!(person.get("/bank?after=nothing").await.all("#waiting .queue tbody tr").len(), 100);

    let token = desk.street.town.token("accountant").await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/lines?waiting=true&limit=40{after}");
        let (status, page) = call(&desk, ("GET", &path), &token, &Value::Null).await;
        assert_eq!(status, 200, "{page}");
        assert_eq!(page["total"], json!({ "count": 103, "came_in": "5356.00", "went_out": "0.00" }));
        seen.extend(page["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, (1..=103).map(|sum| euros(sum).to_string()).collect::<Vec<_>>());
    let strange = "/lines?waiting=true&after=00000000-0000-0000-0000-000000000007";
    assert_eq!(call(&desk, ("GET", strange), &token, &Value::Null).await.0, 422);
    desk.close().await;
}
