//! Who may take which step, and in which order; the database says the same.

use energiehuis::domain::access::Role;
use energiehuis::services::Actor;
use energiehuis::services::payments::{Step, runs, show};
use uuid::Uuid;

use super::{Office, make_on, person, refusal};

#[tokio::test]
async fn two_different_people_release_and_the_maker_is_never_alone() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    assert_eq!(refusal(office.export(&run).await), "payments-not-exportable");
    office.release(office.maker(), &run, &[]).await.unwrap();
    assert_eq!(refusal(office.release(office.maker(), &run, &[]).await), "payments-released-before");
    assert_eq!(refusal(office.export(&run).await), "payments-not-exportable");
    office.release(&office.second, &run, &[]).await.unwrap();
    assert_eq!(refusal(office.release(&office.manager, &run, &[]).await), "payments-not-releasable");
    office.export(&run).await.unwrap();
    assert_eq!(refusal(office.cancel(&run, "too late").await), "payments-not-cancellable");
    office.close().await;
}

#[tokio::test]
async fn whoever_approved_an_invoice_and_whoever_made_the_run_do_not_make_two() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    // The member of the committee who approved the invoice became an accountant since.
    let approver = Actor { role: Role::Accountant, ..office.town.committee[0].clone() };
    let run = office.make().await;
    office.release(office.maker(), &run, &[]).await.unwrap();
    assert_eq!(refusal(office.release(&approver, &run, &[]).await), "payments-not-independent");
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.close().await;
}

#[tokio::test]
async fn steps_out_of_turn_are_refused_with_the_reason() {
    let office = Office::open().await;
    let nothing = office.take(office.maker(), make_on("2022-02-09")).await;
    assert_eq!(refusal(nothing), "payments-nothing-waits");
    office.order(1, 2_000).await;
    for (day, reason) in [
        ("2022-02-04", "execute_on: payments-day-past"),
        ("2022-02-12", "execute_on: payments-day-closed"),
        ("2022-04-15", "execute_on: payments-day-far"),
    ] {
        assert_eq!(refusal(office.take(office.maker(), make_on(day)).await), reason, "{day}");
    }
    let run = office.make().await;
    let nobody = Step::Export { run: "P-1999-00001".to_owned() };
    assert_eq!(refusal(office.take(office.maker(), nobody).await), "no payment run");
    assert_eq!(refusal(office.cancel(&run, "  ").await), "reason: payments-reason-needed");
    office.release(&office.manager, &run, &[]).await.unwrap();
    // The day on which it was to be executed goes by.
    office.town.test.go_to("2022-02-10");
    assert_eq!(refusal(office.release(&office.second, &run, &[]).await), "payments-day-past");
    office.cancel(&run, "the day went by").await.unwrap();
    assert_eq!(refusal(office.release(&office.second, &run, &[]).await), "payments-not-releasable");
    assert_eq!(refusal(office.cancel(&run, "twice").await), "payments-not-cancellable");
    office.close().await;
}

#[tokio::test]
async fn a_run_whose_order_was_paid_some_other_way_does_not_leave() {
    let mut office = Office::open().await;
    let (_, approved) = office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let run = office.make().await;
    office.release(&office.manager, &run, &[]).await.unwrap();
    let typed = crate::bank::account::executed(approved.order.amount, &approved.order.end_to_end_id);
    office.town.import(office.purse.account.file("2022-02-07", vec![typed])).await;
    assert_eq!(refusal(office.release(&office.second, &run, &[]).await), "payments-orders-left");
    office.cancel(&run, "one was paid by hand").await.unwrap();
    assert_eq!(office.make().await.head.count, 1);
    office.close().await;
}

/// What each role may do: read, make, release, download.
const GOLDEN: [(Role, [bool; 4]); 6] = [
    (Role::Administrator, [false, false, false, false]),
    (Role::HousingDesk, [false, false, false, false]),
    (Role::LoanOfficer, [true, false, false, false]),
    (Role::CommitteeMember, [false, false, false, false]),
    (Role::Accountant, [true, true, true, true]),
    (Role::Manager, [true, true, true, true]),
];

#[tokio::test]
async fn accountants_and_managers_pay_and_nobody_else() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let (run, _) = office.sent().await;
    let house = office.town.house();
    for (role, [reads, makes, releases, downloads]) in GOLDEN {
        let actor = person(&office.town, role, &format!("the-{role}")).await;
        let number = &run.head.number;
        assert_eq!(runs(house, &actor).await.is_ok(), reads, "{role} lists");
        assert_eq!(show(house, &actor, number).await.is_ok(), reads, "{role} reads");
        let made = refusal(office.take(&actor, make_on("2022-02-09")).await);
        assert_eq!(made == "forbidden", !makes, "{role} makes: {made}");
        let released = refusal(office.release(&actor, &run, &[]).await);
        assert_eq!(released == "forbidden", !releases, "{role} releases: {released}");
        let downloaded = energiehuis::services::payments::file(house, &actor, number).await;
        assert_eq!(downloaded.is_ok(), downloads, "{role} downloads");
        if makes {
            // Who works for one municipality does not pay for all of them.
            let local = Actor { nis_code: Some("34022".to_owned()), ..actor };
            assert_eq!(refusal(office.take(&local, make_on("2022-02-09")).await), "forbidden", "{role}");
        }
    }
    let night = office.take(&Actor::system(), make_on("2022-02-09")).await;
    assert_eq!(refusal(night), "forbidden", "the house itself pays nobody");
    office.close().await;
}

/// The constraint with which the database refuses a statement.
async fn refused(office: &Office, statement: String) -> String {
    let error = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&office.town.test.pool).await.unwrap_err();
    error.as_database_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_database_refuses_what_the_steps_do_not_allow() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    let id = run.head.payment_run_id;
    let release =
        |who: Uuid, position| format!("INSERT INTO payment_run_releases VALUES ('{id}', '{who}', {position}, now())");
    let (maker, manager) = (office.maker().user_id, office.manager.user_id);
    let export =
        format!("INSERT INTO payment_run_exports VALUES ('{id}', 'x.xml', 'x', sha256('x'), now(), '{maker}')");
    assert_eq!(refused(&office, export.clone()).await, "payment_runs_released");
    office.release(office.maker(), &run, &[]).await.unwrap();
    assert_eq!(refused(&office, release(maker, 2)).await, "payment_run_releases_pkey");
    let approver = office.town.committee[0].user_id;
    assert_eq!(refused(&office, release(approver, 2)).await, "payment_run_releases_independent");
    assert_eq!(refused(&office, release(manager, 1)).await, "payment_run_releases_position_key");
    assert_eq!(refused(&office, release(manager, 3)).await, "payment_run_releases_position_check");
    office.release(&office.manager, &run, &[]).await.unwrap();
    let forged = export.replace("sha256('x')", "sha256('y')");
    assert_eq!(refused(&office, forged).await, "payment_run_exports_sha256_check");
    office.export(&run).await.unwrap();
    assert_eq!(refused(&office, export).await, "payment_runs_exported");
    let cancel = format!("INSERT INTO payment_run_cancellations VALUES ('{id}', 'x', now(), '{maker}')");
    assert_eq!(refused(&office, cancel).await, "payment_runs_exported");
    for table in [
        "payment_runs",
        "payment_run_batches",
        "payment_run_orders",
        "payment_run_releases",
        "payment_run_exports",
        "contractor_accounts",
    ] {
        let column = column(table);
        let change = format!("UPDATE {table} SET {column} = {column}");
        assert_eq!(refused(&office, change).await, format!("{table}_append_only"));
        assert_eq!(refused(&office, format!("DELETE FROM {table}")).await, format!("{table}_append_only"));
    }
    let elsewhere = "UPDATE contractors SET iban = 'BE68539007547034'".to_owned();
    assert_eq!(refused(&office, elsewhere).await, "contractors_iban_recorded");
    office.close().await;
}

fn column(table: &str) -> &'static str {
    if table == "contractor_accounts" { "contractor_id" } else { "payment_run_id" }
}
