//! Every page for every role: who may see it, and whether it is a page that everybody can read.

use energiehuis::domain::access::Role;
use scraper::{ElementRef, Html, Selector};
use uuid::Uuid;

use super::OpenHouse;

/// Path, then the status for each role in the order of [`Role::PEOPLE`]: administrator, housing desk, loan officer,
/// committee member, accountant, manager.
const GOLDEN: [(&str, [u16; 6]); 16] = [
    ("/", [200, 200, 200, 200, 200, 200]),
    ("/applications", [403, 200, 200, 200, 403, 200]),
    ("/applications/new", [403, 200, 200, 403, 403, 403]),
    ("/applications/{unknown}", [403, 404, 404, 404, 403, 404]),
    ("/loans", [403, 200, 200, 200, 200, 200]),
    ("/loans/{unknown}", [403, 404, 404, 404, 404, 404]),
    ("/bank", [403, 403, 200, 403, 200, 200]),
    ("/bank/lines/{unknown}", [403, 403, 403, 403, 404, 403]),
    ("/bank/merge?line={unknown}&line=00000000-0000-0000-0000-000000000001", [403, 403, 403, 403, 404, 403]),
    ("/bank/known", [403, 403, 200, 403, 200, 200]),
    ("/payment-orders", [403, 403, 200, 403, 200, 200]),
    ("/collections", [403, 403, 200, 403, 200, 200]),
    ("/collections/runs/{unknown}", [403, 403, 404, 403, 404, 404]),
    ("/funds", [403, 403, 200, 200, 200, 200]),
    ("/letters", [403, 403, 200, 403, 200, 200]),
    ("/jobs", [200, 403, 200, 403, 200, 200]),
];

fn select(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|found| found.html()).collect()
}

/// What a reader with a keyboard or a screen reader needs of every page.
fn check(page: &Html, what: &str) {
    let one = |selector: &str| Selector::parse(selector).unwrap();
    assert_eq!(select(page, "h1").len(), 1, "{what}: one h1");
    assert_eq!(select(page, "main").len(), 1, "{what}: one main");
    assert!(page.select(&one("html[lang]")).next().is_some(), "{what}: a language");
    assert!(!page.select(&one("title")).next().unwrap().inner_html().starts_with(" ·"), "{what}: a title");
    assert!(select(page, "script, [style], [onclick]").is_empty(), "{what}: no scripts, no styles inside");
    for field in page.select(&one("input:not([type=hidden]), select, textarea")) {
        let id = field.value().id().unwrap_or_else(|| panic!("{what}: {} has no id", field.html()));
        let label = format!("label[for=\"{id}\"]");
        let labels: Vec<ElementRef<'_>> = page.select(&one(&label)).collect();
        assert_eq!(labels.len(), 1, "{what}: {id} has one label");
        assert!(labels[0].text().any(|words| !words.trim().is_empty()), "{what}: {id} has an empty label");
    }
    for link in page.select(&one("a, button")) {
        assert!(link.text().any(|words| !words.trim().is_empty()), "{what}: {} is empty", link.html());
    }
    for table in page.select(&one("table")) {
        assert!(table.select(&one("caption")).next().is_some(), "{what}: a table has no caption");
        assert!(table.select(&one("th:not([scope])")).next().is_none(), "{what}: a heading without a scope");
    }
    let mut ids: Vec<String> =
        page.select(&one("[id]")).filter_map(|one| one.value().id().map(str::to_owned)).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{what}: an id is used twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_every_role_as_the_golden_table_says() {
    let open = OpenHouse::new().await;
    for (place, role) in Role::PEOPLE.into_iter().enumerate() {
        let client = open.signed_in(role).await;
        for (path, expected) in GOLDEN {
            let url = open.url(&path.replace("{unknown}", &Uuid::nil().to_string()));
            let answer = client.get(url).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), expected[place], "{path} for {role}");
            check(&Html::parse_document(&answer.text().await.unwrap()), &format!("{path} for {role}"));
        }
    }
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_leads_only_where_the_role_may_go() {
    let open = OpenHouse::new().await;
    for role in Role::PEOPLE {
        let client = open.signed_in(role).await;
        let page = Html::parse_document(&open.text(&client, "/").await);
        for link in page.select(&Selector::parse(".menu a, .tile").unwrap()) {
            let href = link.value().attr("href").unwrap();
            assert_eq!(open.status(&client, href).await, 200, "{href} for {role}");
        }
    }
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_speak_the_language_that_was_chosen() {
    let open = OpenHouse::new().await;
    let client = open.signed_in(Role::Manager).await;
    assert!(open.text(&client, "/loans").await.contains("Geen leningen gevonden"));
    client.post(open.url("/language")).form(&[("language", "en"), ("back", "/loans")]).send().await.unwrap();
    let page = open.text(&client, "/loans").await;
    assert!(page.contains("No loans found") && page.contains("<html lang=\"en\">"));
    // The choice stays with the account.
    let again = open.signed_in(Role::Manager).await;
    assert!(open.text(&again, "/loans").await.contains("No loans found"));
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_with_mistakes_comes_back_as_it_was_typed() {
    let open = OpenHouse::new().await;
    let client = open.signed_in(Role::LoanOfficer).await;
    let typed = [("product", "emergency_buyer"), ("amount", "veel"), ("people[0].given_name", "<An> & \"Jo\"")];
    let answer = client.post(open.url("/applications")).form(&typed).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 422);
    let text = answer.text().await.unwrap();
    let page = Html::parse_document(&text);
    check(&page, "the form again");
    let value = |id: &str| {
        let field = Selector::parse(&format!("#{id}")).unwrap();
        page.select(&field).next().unwrap().value().attr("value").unwrap().to_owned()
    };
    assert_eq!(value("amount"), "veel");
    assert_eq!(value("people-0--given-name"), "<An> & \"Jo\"");
    assert!(select(&page, "#amount[aria-invalid=true]").len() == 1, "the field says that it is wrong");
    for link in page.select(&Selector::parse(".note.bad a").unwrap()) {
        let target = link.value().attr("href").unwrap().replace('#', "");
        let found = page.select(&Selector::parse(&format!("[id=\"{target}\"]")).unwrap()).count();
        assert_eq!(found, 1, "{target}");
        assert!(link.text().next().is_some_and(|name| !name.trim().starts_with("Dit is")), "{target} has no name");
    }
    open.finish().await;
}
