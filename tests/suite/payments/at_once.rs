//! People who do the same thing at the same moment.

use energiehuis::domain::payment_run::RunState;
use energiehuis::services::Once;
use energiehuis::services::payments::{Step, take_once};

use super::{Office, make_on, payer, refusal};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_release_at_once_release_it_together() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    let (first, second) =
        tokio::join!(office.release(&office.manager, &run, &[]), office.release(&office.second, &run, &[]));
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    let seen = office.see(&run).await;
    assert_eq!((seen.head.state, seen.releases.len()), (RunState::Released, 2));
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_who_releases_twice_at_once_counts_once_and_a_third_comes_too_late() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    let (one, two) =
        tokio::join!(office.release(&office.manager, &run, &[]), office.release(&office.manager, &run, &[]));
    assert_eq!([one, two].into_iter().flatten().count(), 1);
    assert_eq!(office.see(&run).await.releases.len(), 1);
    let (one, two) = tokio::join!(office.release(office.maker(), &run, &[]), office.release(&office.second, &run, &[]));
    let late: Vec<String> = [one, two].into_iter().filter(Result::is_err).map(refusal).collect();
    assert_eq!(late, ["payments-not-releasable"]);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_exports_at_once_make_one_file() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    let (first, second) = tokio::join!(office.export(&run), office.export(&run));
    let sha256 = |outcome: &super::Outcome| outcome.run.export.as_ref().unwrap().sha256.clone();
    assert_eq!(sha256(&first.unwrap()), sha256(&second.unwrap()));
    assert_eq!(office.town.count("payment_run_exports").await, 1);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_exported_and_cancelled_at_once_is_one_of_the_two() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    let (exported, cancelled) = tokio::join!(office.export(&run), office.cancel(&run, "second thoughts"));
    assert_ne!(exported.is_ok(), cancelled.is_ok());
    let expected = if exported.is_ok() { RunState::Exported } else { RunState::Cancelled };
    assert_eq!(office.see(&run).await.head.state, expected);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_made_at_once_share_no_order() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let (first, second) = tokio::join!(
        office.take(office.maker(), make_on("2022-02-09")),
        office.take(&office.second, make_on("2022-02-09")),
    );
    let made: Vec<i64> = [first, second].into_iter().flatten().map(|made| made.run.head.count).collect();
    assert_eq!(made, [2], "one takes both orders, the other finds nothing");
    assert_eq!(office.town.count("payment_run_orders").await, 2);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_under_the_same_key_is_taken_once_and_answered_the_same() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let once = |body: u8| Once { key: "run-1".to_owned(), body_sha256: [body; 32] };
    let make = async |body: u8| {
        let step = make_on("2022-02-09");
        take_once(office.town.house(), office.maker(), (&payer(), &step), &once(body)).await
    };
    let first = make(1).await.unwrap();
    let again = make(1).await.unwrap();
    assert!(first.is_new && !again.is_new);
    assert_eq!(first.json, again.json);
    assert!(make(2).await.is_err(), "another body under the same key");
    assert_eq!(office.town.count("payment_runs").await, 1);
    let run: serde_json::Value = serde_json::from_str(&first.json).unwrap();
    let step = Step::Export { run: run["number"].as_str().unwrap().to_owned() };
    let other = take_once(office.town.house(), office.maker(), (&payer(), &step), &once(1)).await;
    assert!(other.is_err(), "another step under the same key");
    office.close().await;
}
