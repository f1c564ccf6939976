//! The queue of the bank as the accountant works through it: proposals confirmed, lines split and taken together, and
//! decisions taken back. And the same for programs.

use energiehuis::domain::access::Role;
use energiehuis::services::Actor;
use energiehuis::services::ledger::check::check;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use super::Desk;
use crate::bank::account::{executed, paid, says};
use crate::support::town::{KORTRIJK, euros};

/// The path of the form of the first line that waits.
const FIRST: &str = "#waiting td a.button";

async fn agrees(desk: &Desk) {
    let found = check(desk.street.town.house(), &Actor::system()).await.unwrap();
    assert!(found.ok, "{:#?}", found.differences);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_confirmed_with_one_click_taken_back_and_split_over_two_loans() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let (one, other) = (desk.street.family(None).await, desk.street.family(None).await);
    desk.street.town.test.go_to("2022-05-02");
    let text = format!("aflossing {}", one.number);
    let file = desk.street.purse.account.file("2022-05-02", vec![says(euros(300), &text)]);
    person.upload(&[&file]).await.says("1 lijn wacht op u");

    let page = person.get("/bank").await;
    page.says("Binnengekomen: € 300,00");
    assert_eq!(page.all("#waiting .proposals strong"), [format!("Betaling op {}", one.number)]);
    page.says("Het nummer ervan staat in de tekst.");
    let path = page.attribute(FIRST, "href").unwrap();
    let hidden = |name: &str| page.attribute(&format!("#waiting .proposals input[name={name}]"), "value").unwrap();
    let fields: Vec<(&str, String)> =
        ["to", "loan", "payment", "paid_by", "reason"].into_iter().map(|name| (name, hidden(name))).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = person.post(&path, &fields).await;
    done.says(&format!("Toegewezen aan {}", one.number));
    done.says("Er wacht niets");
    assert_eq!(desk.street.town.state(&one).await.repaid, euros(300));

    let placed = person.get(&path).await;
    placed.says("Het nummer ervan staat in de tekst.");
    let undo = placed.attribute("form.card", "action").unwrap();
    let line = path.rsplit('/').next().unwrap();
    let silent = person.post(&undo, &[("reason", " "), ("line", line)]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("Schrijf wat er fout was.");
    let undone = person.post(&undo, &[("reason", "Voor twee leningen"), ("line", line)]).await;
    undone.says("De lijn wacht weer.");
    assert_eq!(desk.street.town.state(&one).await.repaid, euros(0));
    agrees(&desk).await;

    let form = person.get(&path).await;
    form.says("“Voor twee leningen”");
    assert_eq!(
        form.attribute("#loan", "value").as_deref(),
        Some(one.number.as_str()),
        "the best proposal is filled in"
    );
    let split = |amount: &'static str| {
        vec![
            ("to", "loan"),
            ("loan", one.number.as_str()),
            ("amount", amount),
            ("to2", "loan"),
            ("loan2", other.number.as_str()),
            ("amount2", "150"),
            ("reason", "Voor twee leningen"),
        ]
    };
    let wrong = person.post(&path, &split("149,99")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("De delen zijn samen € 299,99");
    assert_eq!(wrong.attribute("#amount2", "value").as_deref(), Some("150"), "what was typed is kept");
    person.post(&path, &split("")).await.says("Toegewezen aan");
    for family in [&one, &other] {
        assert_eq!(desk.street.town.state(family).await.repaid, euros(150));
    }
    agrees(&desk).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_are_ticked_are_decided_together_and_a_booked_line_can_be_taken_back() {
    let mut desk = Desk::open().await;
    let person = desk.accountant().await;
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-05-02");
    let lines = vec![says(euros(80), "vergissing"), executed(euros(80), "X"), paid(euros(150), family.ogm)];
    let file = desk.street.purse.account.file("2022-05-02", lines);
    person.upload(&[&file]).await;
    let page = person.get("/bank").await;
    let html = scraper::Html::parse_document(&page.html);
    let ticks = scraper::Selector::parse("#waiting .ticks input").unwrap();
    let ids: Vec<String> = html.select(&ticks).map(|tick| tick.attr("value").unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    person.get(&format!("/bank/merge?line={}", ids[0])).await.says("Vink minstens twee lijnen aan.");
    let both = person.get(&format!("/bank/merge?line={}&line={}", ids[0], ids[1])).await;
    both.says("Deze lijnen heffen elkaar op.");
    let sent = [("line", ids[1].as_str()), ("nothing", "yes"), ("reason", "Betaling en terugkeer")];
    person.post(&format!("/bank/lines/{}", ids[0]), &sent).await.says("De lijn is toegewezen.");
    person.get("/bank").await.says("Er wacht niets");

    let statements = person.get("/bank/statements").await;
    let path = statements.attribute("tbody td a", "href").unwrap();
    let booked = person.get(&path).await;
    let links = scraper::Html::parse_document(&booked.html);
    let selector = scraper::Selector::parse("td small a[href^='/bank/lines/']").unwrap();
    let hrefs: Vec<String> = links.select(&selector).map(|link| link.attr("href").unwrap().to_owned()).collect();
    assert_eq!(hrefs.len(), 3, "every line can be looked at: {hrefs:?}");
    let line = person.get(&hrefs[2]).await;
    let undo = line.attribute("form.card", "action").unwrap();
    let id = undo.split('/').nth(3).unwrap().to_owned();
    person.post(&undo, &[("reason", "Verkeerde familie"), ("line", &id)]).await.says("De lijn wacht weer.");
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(0));
    person.get("/bank").await.says("Het was geboekt, en iemand nam dat terug.");
    agrees(&desk).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_takes_a_second_person_and_agencies_are_entered_on_their_page() {
    let mut desk = Desk::open().await;
    let first = desk.accountant().await;
    let second = desk.person(Role::Accountant, Some(KORTRIJK)).await;
    let file = desk.street.purse.account.file("2022-02-07", vec![says(euros(75), "voor het dak")]);
    first.upload(&[&file]).await;
    let path = first.get("/bank").await.attribute(FIRST, "href").unwrap();
    let refund = [("to", "refund"), ("reason", "Niet van ons")];
    first.post(&path, &refund).await.says("Een tweede persoon moet hetzelfde vragen");
    first.get("/bank").await.says("Wacht op een tweede persoon");
    first.get(&path).await.says("Iemand anders moet het bevestigen.");
    first.post(&path, &refund).await.says("U vroeg dit al.");
    // Who works for one town sends nothing back: the money may be of another one.
    assert_eq!(second.post(&path, &refund).await.status, StatusCode::FORBIDDEN);

    let wrong = first.post("/bank/known/agencies", &[("name", "Fluvius"), ("iban", "BE00")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let iban = "BE68 5390 0754 7034";
    first.post("/bank/known/agencies", &[("name", "Fluvius"), ("iban", iban)]).await.says("De rekening is toegevoegd.");
    assert_eq!(first.get("/bank/known").await.all("tbody th"), ["Fluvius"]);
    first.post("/bank/known/agencies/remove", &[("iban", iban)]).await.says("De rekening is weggehaald.");
    desk.close().await;
}

/// Path, then the status for each role in the order of [`Role::PEOPLE`] with what it takes to be understood.
const GOLDEN: [(&str, &str, [u16; 6]); 4] = [
    ("GET", "/api/v1/bank/lines?waiting=true", [403, 403, 200, 403, 200, 200]),
    ("POST", "/api/v1/bank/lines/00000000-0000-0000-0000-000000000000/decisions", [403, 403, 403, 403, 422, 403]),
    (
        "POST",
        "/api/v1/bank/lines/00000000-0000-0000-0000-000000000000/decisions/preview",
        [403, 403, 403, 403, 422, 403],
    ),
    ("POST", "/api/v1/bank/decisions/00000000-0000-0000-0000-000000000000/undo", [403, 403, 403, 403, 422, 403]),
];

async fn call(desk: &Desk, (method, path): (&str, &str), token: &str, (body, key): (&Value, &str)) -> (u16, Value) {
    let url = format!("{}{path}", desk.address);
    let client = Client::new();
    let request = if method == "GET" { client.get(url) } else { client.post(url).json(body) };
    let answer = request.bearer_auth(token).header("idempotency-key", key).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_see_what_waits_decide_and_take_back_as_their_role_may() {
    let mut desk = Desk::open().await;
    let family = desk.street.family(None).await;
    desk.street.town.test.go_to("2022-05-02");
    let file = desk.street.purse.account.file("2022-05-02", vec![says(euros(150), &family.number)]);
    desk.street.town.import(file).await;
    for (place, role) in Role::PEOPLE.into_iter().enumerate() {
        let token = token(&desk, role).await;
        for (method, path, expected) in GOLDEN {
            let (status, body) = call(&desk, (method, path), &token, (&json!({}), "golden")).await;
            assert_eq!(status, expected[place], "{method} {path} for {role}: {body}");
        }
    }
    let token = desk.street.town.token("accountant").await;
    let (_, listed) = call(&desk, ("GET", "/api/v1/bank/lines?waiting=true"), &token, (&Value::Null, "")).await;
    let line = &listed["lines"][0];
    assert_eq!((&line["amount"], &line["reason"]), (&json!("150.00"), &json!("loan_number_in_text")));
    let proposal = &line["proposals"][0];
    assert_eq!((&proposal["kind"], &proposal["loan"]), (&json!("loan"), &json!(family.number)));
    assert_eq!((&proposal["certainty"], &proposal["reasons"][0]["code"]), (&json!("possible"), &json!("file_number")));

    let path = format!("/api/v1/bank/lines/{}/decisions", line["bank_line_id"].as_str().unwrap());
    let body = json!({ "reason": "phone", "parts": [{ "kind": "loan", "loan": family.number }] });
    let client = Client::new();
    let send = async |path: &str, body: &Value, key: Option<&str>| {
        let mut request = client.post(format!("{}{path}", desk.address)).json(body).bearer_auth(&token);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.send().await.unwrap()
    };
    assert_eq!(send(&path, &body, None).await.status(), 400, "no decision without a key");
    let preview = send(&format!("{path}/preview"), &body, None).await;
    assert_eq!(preview.status(), 200);
    let preview = preview.text().await.unwrap();
    let made = send(&path, &body, Some("d-1")).await;
    assert_eq!(made.status(), 201);
    let place = made.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(made.text().await.unwrap(), preview);
    let again = send(&path, &body, Some("d-1")).await;
    assert_eq!((again.status().as_u16(), again.headers()["idempotency-replayed"].to_str().unwrap()), (201, "true"));
    let other = send(&path, &json!({ "reason": "other", "parts": [{ "kind": "not_ours" }] }), Some("d-2")).await;
    assert_eq!(other.status(), 409);
    let problem: Value = other.json().await.unwrap();
    assert_eq!(problem["detail"], "This line was assigned already.");
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(150));
    let undone = send(&format!("{place}/undo"), &json!({ "reason": "wrong family" }), Some("u-1")).await;
    assert_eq!(undone.status(), 200);
    assert_eq!(desk.street.town.state(&family).await.repaid, euros(0));
    agrees(&desk).await;
    desk.close().await;
}

/// A token of somebody with a role.
async fn token(desk: &Desk, role: Role) -> String {
    use energiehuis::services::users::{NewToken, NewUser, add, add_token};
    let email = format!("{role}.api@w13.example");
    let nis_code = (role == Role::HousingDesk).then(|| KORTRIJK.to_owned());
    let new = NewUser {
        email: email.clone(),
        name: role.to_string(),
        role,
        nis_code,
        password: None,
        language: "nl".to_owned(),
    };
    add(desk.street.town.house(), &Actor::system(), new).await.unwrap();
    let new = NewToken { email, label: "golden".to_owned(), days: 9 };
    add_token(desk.street.town.house(), &Actor::system(), &new).await.unwrap().0
}
