//! Mijn `VerbouwLening`: one at a time for a dwelling, so many draws in so much time, and then instalments.

use energiehuis::domain::loan::LoanState;
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::applications::{import_csv, withdraw};
use energiehuis::services::contracts::{Contract, Signed, sign};
use energiehuis::services::draws::close::close;
use energiehuis::services::invoices::approve::approve;
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::loans::load::states;
use energiehuis::services::{Error, desk};
use serde_json::{Value, json};
use uuid::Uuid;

use super::family::{Town, family, form, refusal};

/// What a family sends for the dwelling at this number of the street.
fn asks(number: usize) -> Value {
    let mut sent = family(number, 24_000);
    sent["product"] = json!("renovation_loan");
    sent["instalments"] = json!(120);
    sent["works"][0]["quotes"][0]["valid_until"] = json!("2033-01-01");
    sent["incomes"] = json!([{ "kind": "joint_taxable", "year": 2021, "amount": "24350.00" }]);
    sent
}

async fn town() -> Town {
    Town::on("2023-02-06", Product::RenovationLoan, 500_000).await
}

async fn approved(town: &Town, application_id: Uuid) {
    for member in [&town.one, &town.two] {
        town.approve(member, application_id).await.unwrap();
    }
}

async fn signed(town: &Town, sent: &Value) -> (Uuid, Signed) {
    let submitted = town.submit(&town.desk, form(sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "eligible", "{:#?}", submitted.verdict);
    approved(town, submitted.application_id).await;
    let contract = Contract::of(submitted.application_id);
    (submitted.application_id, sign(&town.test.house, &town.officer, contract).await.unwrap())
}

/// An invoice, received by one and to be approved by another.
async fn invoice(town: &Town, (application_id, loan): &(Uuid, Signed), (number, euros): (&str, i64)) -> Uuid {
    let file = desk::application(&town.test.house, &town.officer, *application_id).await.unwrap();
    let new = NewInvoice {
        loan_id: loan.loan_id,
        quote_id: file.quotes[0].quote_id,
        enterprise_number: "0566.988.259".to_owned(),
        work_kind: None,
        invoice_number: number.to_owned(),
        invoiced_on: town.test.clock.today(),
        amount: Money::from_euros(euros),
        reference: None,
    };
    receive(&town.test.house, &town.officer, new).await.unwrap().invoice_id
}

async fn draw(town: &Town, file: &(Uuid, Signed), number: &str, euros: i64) -> Result<(), Error> {
    let invoice_id = invoice(town, file, (number, euros)).await;
    approve(&town.test.house, &town.one, invoice_id).await.map(|_| ())
}

async fn state(town: &Town, loan: &Signed) -> LoanState {
    let mut db = town.test.house.read().await.unwrap();
    states(&mut db, &[loan.loan_id], town.test.clock.today()).await.unwrap().remove(0).1
}

/// Field and sentence of the one problem.
fn problem<T: std::fmt::Debug>(answer: Result<T, Error>) -> (String, String) {
    let Err(Error::Invalid(problems)) = answer else { panic!("it was not refused: {answer:?}") };
    assert_eq!(problems.len(), 1, "{problems:?}");
    (problems[0].field.clone(), tell(Lang::En, &problems[0].text))
}

#[tokio::test]
async fn a_dwelling_has_one_at_a_time_however_its_address_is_written() {
    let town = town().await;
    let first = town.submit(&town.desk, form(&asks(1))).await.unwrap();
    let mut again = asks(1);
    again["dwelling"]["street"] = json!("VOORBEELD-STRAAT");
    let one_at_a_time = "A dwelling has one Mijn VerbouwLening at a time.";
    let said = problem(town.submit(&town.desk, form(&again)).await);
    let by_application =
        format!("In application {} this loan is asked for the same dwelling. {one_at_a_time}", first.number);
    assert_eq!(said, ("dwelling.street".to_owned(), by_application));
    // The dwelling next door is another one, and so is a box.
    town.submit(&town.desk, form(&asks(11))).await.unwrap();
    again["dwelling"]["box"] = json!("1");
    town.submit(&town.desk, form(&again)).await.unwrap();
    again["dwelling"]["box"] = json!("");

    approved(&town, first.application_id).await;
    let loan = sign(&town.test.house, &town.officer, Contract::of(first.application_id)).await.unwrap();
    let by_loan = format!("Loan {} for this dwelling is not repaid yet. {one_at_a_time}", loan.number);
    assert_eq!(problem(town.submit(&town.desk, form(&again)).await).1, by_loan);
    // Who may not see the other file is not told its number.
    let mut elsewhere = asks(1);
    elsewhere["dwelling"]["street"] = json!("voorbeeldstraat");
    elsewhere["dwelling"]["municipality"] = json!("Menen");
    let said = problem(town.submit(&town.other_desk, form(&elsewhere)).await).1;
    assert_eq!(said, format!("For this dwelling there is a loan already, or one is asked for. {one_at_a_time}"));

    // Nothing was drawn and draws are closed: the loan is over, and there can be another one.
    close(&town.test.house, &town.officer, loan.loan_id).await.unwrap();
    town.submit(&town.desk, form(&again)).await.unwrap();
    assert_eq!(town.count("applications").await, 4);
    town.test.finish().await;
}

#[tokio::test]
async fn two_that_were_asked_for_in_one_moment_are_not_both_approved() {
    let town = town().await;
    let first = town.submit(&town.desk, form(&asks(1))).await.unwrap();
    let other = town.submit(&town.desk, form(&asks(2))).await.unwrap();
    // As two requests would have been written that did not see each other.
    sqlx::query(
        "UPDATE applications SET dwelling_id = (SELECT dwelling_id FROM applications WHERE application_id = $1)",
    )
    .bind(first.application_id)
    .execute(&town.test.pool)
    .await
    .unwrap();
    approved(&town, first.application_id).await;
    town.approve(&town.one, other.application_id).await.unwrap();
    let said = refusal(town.approve(&town.two, other.application_id).await);
    assert!(said.starts_with(&format!("In application {} ", first.number)), "{said}");
    assert_eq!(town.committed().await, "24000.00");
    withdraw(&town.test.house, &town.desk, first.application_id).await.unwrap();
    town.approve(&town.two, other.application_id).await.unwrap();
    town.test.finish().await;
}

#[tokio::test]
async fn a_file_with_two_for_one_dwelling_is_told_by_line_and_column() {
    let town = town().await;
    let heading = "product;amount;instalments;dwelling_street;dwelling_number;dwelling_postcode;dwelling_locality;\
                   dwelling_municipality;main_residence;dependants;applicant_given_name;applicant_family_name;\
                   applicant_insz;applicant_born_on;work1_kind;work1_improves_energy;work1_structural";
    let row = |street: &str, number: usize| {
        let insz = super::family::insz(number);
        format!(
            "renovation_loan;24000.00;300;{street};7;8500;Kortrijk;Kortrijk;yes;0;An;Voorbeeld;{insz};1993-05-18;roof;yes;no"
        )
    };
    let file = format!("{heading}\n{}\n{}\n", row("Kerkstraat", 1), row("kerkstraat", 2));
    let report = import_csv(&town.test.house, &town.officer, file.as_bytes(), false).await.unwrap();
    let places: Vec<_> = report.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
    assert_eq!(places, [(3, "dwelling_street")], "{report:?}");
    assert_eq!(town.count("applications").await, 0);
    let file = format!("{heading}\n{}\n", row("Kerkstraat", 1));
    let report = import_csv(&town.test.house, &town.officer, file.as_bytes(), false).await.unwrap();
    assert_eq!(report.applications.len(), 1);
    town.test.finish().await;
}

#[tokio::test]
async fn a_loan_is_drawn_as_often_as_the_rules_of_its_application_allow() {
    let town = town().await;
    let file = signed(&town, &asks(1)).await;
    for number in ["F-1", "F-2", "F-3", "F-4", "F-5", "F-6"] {
        draw(&town, &file, number, 3_000).await.unwrap();
    }
    let said = refusal(draw(&town, &file, "F-7", 3_000).await);
    assert_eq!(said, "The contract allows 6 draws, and 6 were made. This invoice cannot be paid from the loan.");
    assert_eq!((town.count("tranches").await, state(&town, &file.1).await.drawn), (6, Money::from_euros(18_000)));
    town.test.finish().await;

    let town = Town::on("2026-01-05", Product::RenovationLoan, 500_000).await;
    let mut sent = asks(1);
    sent["incomes"][0]["year"] = json!(2024);
    let file = signed(&town, &sent).await;
    for number in ["F-1", "F-2", "F-3"] {
        draw(&town, &file, number, 3_000).await.unwrap();
    }
    assert!(refusal(draw(&town, &file, "F-4", 3_000).await).contains("allows 3 draws, and 3 were made"));
    town.test.finish().await;
}

#[tokio::test]
async fn the_last_draw_is_36_months_after_the_signature_at_most() {
    let town = town().await;
    let file = signed(&town, &asks(1)).await;
    town.test.go_to("2026-02-06");
    draw(&town, &file, "F-1", 3_000).await.unwrap();
    town.test.go_to("2026-02-07");
    let said = refusal(draw(&town, &file, "F-2", 3_000).await);
    let right = "The contract was signed on 06/02/2023; the last draw was possible until 06/02/2026, 36 months later. Today is 07/02/2026.";
    assert_eq!(said, right);
    assert_eq!(town.count("tranches").await, 1);
    town.test.finish().await;
}

#[tokio::test]
async fn interest_runs_on_what_is_drawn_and_instalments_begin_after_the_last_draw() {
    let town = town().await;
    let file = signed(&town, &asks(1)).await;
    draw(&town, &file, "F-1", 12_000).await.unwrap();
    town.test.go_to("2023-05-03");
    let drawing = state(&town, &file.1).await;
    // 2.25 % of 12,000 is 22.50 a month; the first month has 25 days of thirty: 6 February to 1 March.
    let interest: Vec<_> = drawing.instalments.iter().filter(|line| line.open.is_positive()).collect();
    let told: Vec<_> = interest
        .iter()
        .map(|line| (line.instalment.due_on.to_string(), line.instalment.interest.to_string()))
        .collect();
    let told: Vec<_> = told.iter().map(|(on, interest)| (on.as_str(), interest.as_str())).collect();
    assert_eq!(told, [("2023-03-01", "18.75"), ("2023-04-01", "22.50"), ("2023-05-01", "22.50")]);
    draw(&town, &file, "F-2", 12_000).await.unwrap();
    close(&town.test.house, &town.officer, file.1.loan_id).await.unwrap();
    let repaying = state(&town, &file.1).await;
    let lines: Vec<_> = repaying.instalments.iter().filter(|line| line.instalment.principal.is_positive()).collect();
    assert_eq!((lines.len(), lines[0].instalment.due_on.to_string().as_str()), (120, "2023-07-01"));
    assert_eq!(lines.iter().map(|line| line.instalment.principal).sum::<Money>(), Money::from_euros(24_000));
    // numpy_financial.pmt(0.0225/12, 120, -24000) = 223.53; the first line bears the days before it too.
    assert_eq!(lines[1].instalment.total.to_string(), "223.53");
    town.test.finish().await;
}

#[tokio::test]
async fn a_fund_for_it_is_opened_on_the_command_line() {
    let town = Town::with_room(100_000).await;
    let program = town.test.program();
    let iban = "BE68 5390 0754 7034";
    let opened = program.run(&[
        "fund",
        "open",
        "--code",
        "MVL",
        "--name",
        "Mijn VerbouwLening",
        "--product",
        "renovation_loan",
        "--iban",
        iban,
    ]);
    assert_eq!(opened.status, 0, "{opened:?}");
    let mut sent = asks(1);
    sent["incomes"][0]["year"] = json!(2020);
    let submitted = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(submitted.verdict.outcome.code(), "eligible", "{:#?}", submitted.verdict);
    town.test.finish().await;
}
