//! A family's file through the pages, without a script: asked, decided by two, signed, drawn.

use energiehuis::domain::access::Role;
use energiehuis::domain::identity::{BirthCentury, Insz};
use reqwest::StatusCode;

use super::{Desk, Person, Shown};

const KORTRIJK: Option<&str> = Some("34022");

/// What the officer types; a roof of 8,500 in 60 instalments.
fn typed(insz: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("product", "energy_loan"),
        ("amount", "8.500,00"),
        ("applied_on", "2022-02-07"),
        ("instalments", "60"),
        ("people[0].given_name", "Lotte"),
        ("people[0].family_name", "Van <b>Dak</b>"),
        ("people[0].insz", insz),
        ("people[0].born_on", "1990-01-01"),
        ("people[0].language", "nl"),
        ("dwelling.street", "Proefstraat"),
        ("dwelling.number", "9"),
        ("dwelling.postcode", "8500"),
        ("dwelling.locality", "Kortrijk"),
        ("dwelling.municipality", "34022"),
        ("works[0].kind", "roof"),
        ("works[0].description", "Dak isoleren"),
        ("works[0].improves_energy", "yes"),
        ("works[0].structural", "no"),
        ("works[0].quotes[0].contractor.name", "Dakwerken Voorbeeld"),
        ("works[0].quotes[0].contractor.enterprise_number", "0999.000.129"),
        ("works[0].quotes[0].contractor.iban", "BE68 5390 0754 7034"),
        ("works[0].quotes[0].amount", "8500"),
        ("works[0].quotes[0].quoted_on", "2022-02-01"),
        ("works[0].quotes[0].valid_until", "2022-06-30"),
        ("incomes[0].kind", "joint_taxable"),
        ("incomes[0].year", "2019"),
        ("incomes[0].amount", "24500"),
        ("incomes[1].kind", "gross"),
        ("incomes[1].year", "2021"),
        ("incomes[1].amount", "19800"),
        ("answers.sole_owner", "yes"),
        ("answers.main_residence", "yes"),
        ("answers.other_real_estate", "no"),
        ("answers.dependants", "1"),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

async fn send(person: &Person, path: &str, fields: &[(&'static str, String)]) -> Shown {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    person.post(path, &fields).await
}

/// The path behind the first form or link of the page that ends like this.
fn path(page: &Shown, selector: &str, attribute: &str) -> String {
    page.attribute(selector, attribute).unwrap_or_else(|| panic!("{selector} is missing in: {}", page.words()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_is_entered_decided_by_two_signed_and_drawn_through_the_pages() {
    let desk = Desk::open().await;
    let officer = desk.person(Role::LoanOfficer, None).await;
    let [one, two] =
        [desk.person(Role::CommitteeMember, None).await, desk.person(Role::CommitteeMember, KORTRIJK).await];
    let insz = Insz::from_first_nine(900_101_001, BirthCentury::Before2000).unwrap().canonical();

    let mut wrong = typed("90.01.01-001.00");
    wrong[1].1 = "8500.005".to_owned();
    let refused = send(&officer, "/applications", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("input[name='people[0].given_name']", "value").as_deref(), Some("Lotte"), "kept");
    assert_eq!(desk.street.town.count("applications").await, 0);

    let file = send(&officer, "/applications", &typed(&insz)).await;
    file.says("Voldoet");
    file.says("Van <b>Dak</b>");
    assert!(!file.html.contains("<b>Dak</b>"), "a name is never read as HTML");
    assert!(!file.html.contains(&insz), "the national number is masked");
    assert_eq!(file.attribute("form[action$='/vote']", "action"), None, "the maker does not decide");
    let file_path = path(&file, "form[action$='/withdraw']", "action").replace("/withdraw", "");

    let vote = format!("{file_path}/vote");
    one.post(&vote, &[("vote", "approve"), ("reason", "")]).await.says("Uw stem is geteld");
    one.post(&vote, &[("vote", "approve"), ("reason", "")]).await;
    assert_eq!(desk.street.town.count("application_votes").await, 1, "nobody votes twice");
    two.post(&vote, &[("vote", "approve"), ("reason", "")]).await.says("Goedgekeurd");

    let typed = [("signed_on", "2022-02-07"), ("first_due_after_months", "13"), ("valuation.value", "")];
    let mistake = officer.post(&format!("{file_path}/sign"), &typed).await;
    assert_eq!(mistake.status, StatusCode::UNPROCESSABLE_ENTITY);
    mistake.says("De eerste aflossing vervalt hoogstens 12 maanden na de ondertekening.");
    assert_eq!(mistake.attribute("input[name=first_due_after_months]", "value").as_deref(), Some("13"), "kept");
    assert_eq!(mistake.attribute("input[name='valuation.value']", "value"), None, "this contract shares no gain");
    let loan = officer.post(&format!("{file_path}/sign"), &[("signed_on", "2022-02-07")]).await;
    loan.says("Dit is de lening");
    assert_eq!(loan.all("table tbody tr").len(), 60, "sixty planned instalments");
    let invoices = path(&loan, "form[action$='/invoices']", "action");
    let quote = path(&loan, "select[name=quote_id] option[value*='-']", "value");
    let invoice = [
        ("quote_id", quote.as_str()),
        ("enterprise_number", "0999.000.129"),
        ("invoice_number", "F-77"),
        ("invoiced_on", "2022-02-07"),
        ("amount", "8.500,00"),
        ("reference", ""),
    ];
    officer.post(&invoices, &invoice).await.says("De factuur is ingevoerd");
    let waiting = one.get(&invoices.replace("/invoices", "")).await;
    let decide = path(&waiting, "form[action$='/decide']", "action");
    one.post(&decide, &[("decision", "approve"), ("reason", "")]).await;
    assert_eq!(desk.street.town.count("payment_orders").await, 1);
    desk.accountant().await.get("/payment-orders").await.says("Dakwerken Voorbeeld");
    desk.close().await;
}
