//! An invoice becomes a tranche by two people, within its quote and its contract.

use energiehuis::domain::money::Money;
use energiehuis::services::draws::close::close;
use energiehuis::services::invoices::approve::approve;
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::invoices::refuse::refuse;
use energiehuis::services::{Actor, Error};
use energiehuis::storage::invoices::InvoiceState;
use energiehuis::storage::{commitments, invoices};
use uuid::Uuid;

use super::story::{Application, Story, euros, refusal};

async fn signed(amount: i64) -> (Story, Uuid, Application) {
    let story = Story::on("2022-10-17").await;
    let (fund, _) = story.emergency_fund(200_000).await;
    let application = story.application(&fund, amount).await;
    story.commit(&fund, &application).await.unwrap();
    let loan_id = story.sign(&fund, &application, 1).await;
    (story, loan_id, application)
}

#[tokio::test]
async fn whoever_entered_an_invoice_cannot_approve_it() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    // One person with both permissions: the house itself may do everything.
    let both = Actor { role: energiehuis::domain::access::Role::System, ..story.officer.clone() };
    let new = story.invoice(loan_id, &application, ("F-1", 10_000));
    let invoice = receive(house, &both, new).await.unwrap();
    assert_eq!(refusal(approve(house, &both, invoice.invoice_id).await), "invoicing-own-invoice");
    assert!(matches!(approve(house, &story.officer, invoice.invoice_id).await, Err(Error::Forbidden)));
    // And the database refuses it to a program that forgets to ask.
    let decision = InvoiceState::Approved { by: both.user_id, at: story.test.clock.now() };
    let mut db = house.read().await.unwrap();
    let refused = invoices::decide(&mut db, invoice.invoice_id, &decision).await.unwrap_err();
    assert_eq!(refused.constraint(), Some("invoices_maker_check"));
    drop(db);
    assert_eq!(story.count("tranches").await, 0);
    story.test.finish().await;
}

#[tokio::test]
async fn an_approved_invoice_is_a_tranche_an_order_and_less_commitment() {
    let (story, loan_id, application) = signed(30_000).await;
    let approved = story.draw(loan_id, &application, 12_000).await;
    assert_eq!(approved.order.amount, euros(12_000));
    assert_eq!(approved.order.creditor_name, "Dakwerken Voorbeeld");
    assert!(approved.order.end_to_end_id.starts_with("EH") && approved.order.end_to_end_id.len() <= 35);
    let mut db = story.test.house.read().await.unwrap();
    let left = commitments::left_of(&mut db, application.application_id).await.unwrap();
    drop(db);
    assert_eq!(left.iter().map(|(_, amount)| *amount).sum::<Money>(), euros(18_000));
    let again = approve(&story.test.house, &story.committee, approved.tranche.invoice_id).await;
    assert_eq!(refusal(again), "invoicing-decided-before");
    story.test.finish().await;
}

#[tokio::test]
async fn an_invoice_that_does_not_fit_is_refused_with_every_reason_at_once() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    let good = story.invoice(loan_id, &application, ("F-1", 20_000));
    receive(house, &story.officer, good.clone()).await.unwrap();
    assert_eq!(
        refusal(receive(house, &story.officer, NewInvoice { amount: euros(1_000), ..good.clone() }).await),
        "invoicing-number-twice"
    );
    let wrong = NewInvoice {
        enterprise_number: "0417.497.106".to_owned(),
        work_kind: Some("boiler".to_owned()),
        invoice_number: " ".to_owned(),
        invoiced_on: story.test.clock.today().succ_opt().unwrap(),
        amount: Money::from_cents(1_000_001),
        ..good
    };
    let problems = "invoicing-other-contractor, invoicing-other-works, invoicing-number, invoicing-in-future, \
                    invoicing-above-quote";
    assert_eq!(refusal(receive(house, &story.officer, wrong).await), problems);
    assert_eq!(story.count("invoices").await, 1);
    story.test.finish().await;
}

#[tokio::test]
async fn a_refused_invoice_leaves_its_room_to_another() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    let new = story.invoice(loan_id, &application, ("F-1", 30_000));
    let invoice = receive(house, &story.officer, new).await.unwrap();
    assert_eq!(refusal(close(house, &story.officer, loan_id).await), "invoicing-waits");
    assert_eq!(refusal(refuse(house, &story.committee, invoice.invoice_id, " ").await), "invoicing-reason");
    refuse(house, &story.committee, invoice.invoice_id, "De werken zijn niet klaar").await.unwrap();
    story.draw(loan_id, &application, 30_000).await;
    story.test.finish().await;
}

#[tokio::test]
async fn a_refused_invoice_comes_in_again_and_one_that_waits_does_not_in_other_punctuation() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    let new = story.invoice(loan_id, &application, ("2022/F-1", 3_000));
    let invoice = receive(house, &story.officer, new.clone()).await.unwrap();
    let again = NewInvoice { invoice_number: "2022 f1".to_owned(), ..new.clone() };
    assert_eq!(refusal(receive(house, &story.officer, again).await), "invoicing-number-twice");
    refuse(house, &story.committee, invoice.invoice_id, "Het bedrag is verkeerd overgenomen").await.unwrap();
    receive(house, &story.officer, NewInvoice { amount: euros(300), ..new }).await.unwrap();
    assert_eq!(story.count("invoices").await, 2);
    story.test.finish().await;
}

#[tokio::test]
async fn a_family_that_never_draws_gives_its_promise_back() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    assert_eq!(close(house, &story.officer, loan_id).await.unwrap(), euros(30_000));
    let mut db = house.read().await.unwrap();
    let left = commitments::left_of(&mut db, application.application_id).await.unwrap();
    drop(db);
    assert_eq!(left.iter().map(|(_, amount)| *amount).sum::<Money>(), Money::ZERO);
    let late = story.invoice(loan_id, &application, ("F-9", 1_000));
    assert_eq!(refusal(receive(house, &story.officer, late).await), "invoicing-draws-closed");
    story.test.finish().await;
}

#[tokio::test]
async fn closing_the_draws_frees_the_rest_once_and_ends_the_invoices() {
    let (story, loan_id, application) = signed(30_000).await;
    let house = &story.test.house;
    story.draw(loan_id, &application, 12_000).await;
    assert_eq!(close(house, &story.officer, loan_id).await.unwrap(), euros(18_000));
    assert_eq!(close(house, &story.officer, loan_id).await.unwrap(), Money::ZERO);
    let late = story.invoice(loan_id, &application, ("F-9", 1_000));
    assert_eq!(refusal(receive(house, &story.officer, late).await), "invoicing-draws-closed");
    story.test.finish().await;
}
