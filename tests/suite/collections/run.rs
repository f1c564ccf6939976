//! The file: made by one, released by another, valid, the same bytes for ever, and gone when nobody sends it.

use energiehuis::services::Error;
use energiehuis::services::collections::{export, release};
use serde_json::json;

use super::till::{Till, assert_valid, run_id, texts};

#[tokio::test]
async fn a_file_is_valid_and_says_what_the_mandates_say() {
    let mut till = Till::new().await;
    let (one, other) = (till.family(None).await, till.family(None).await);
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let made = till.make().await;
    let run = &made["run"];
    assert_eq!((&run["lines"], &run["total"], &run["first_on"]), (&json!(2), &json!("300.00"), &json!("2022-05-02")));
    assert_eq!((&run["send_by"], &made["blocked"]), (&json!("2022-04-28"), &json!([])));
    let file = till.leave(&made).await;
    assert_valid(&file);
    assert_eq!(texts(&file, "MsgId"), [run["message_id"].as_str().unwrap()]);
    assert_eq!(
        (texts(&file, "SeqTp"), texts(&file, "ReqdColltnDt")),
        (vec!["RCUR".to_owned()], vec!["2022-05-02".to_owned()])
    );
    let sorted = |name| {
        let mut all = texts(&file, name);
        all.sort();
        all
    };
    assert_eq!(sorted("MndtId"), ["ML202200001", "ML202200002"]);
    assert_eq!(texts(&file, "DtOfSgntr"), ["2022-02-07", "2022-02-07"]);
    assert_eq!(sorted("Ref"), [one.ogm.canonical(), other.ogm.canonical()]);
    let lines = till.collections(&one).await;
    assert_eq!(lines[0].state, "exported");
    assert!(texts(&file, "EndToEndId").contains(&lines[0].end_to_end_id));
    assert_eq!(till.mandate_of(&one).await.last_collected_on.unwrap().to_string(), "2022-04-27");
    till.finish().await;
}

#[tokio::test]
async fn it_takes_two_people_and_the_same_file_comes_out_every_time() {
    let mut till = Till::new().await;
    till.family(None).await;
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let made = till.make().await;
    let (accountant, run) = (till.street.town.accountant.clone(), run_id(&made));
    let refused = |outcome: Result<(), Error>| match outcome {
        Err(Error::Refused(text)) => text.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(release(till.house(), &accountant, run).await), "collection-run-own");
    let early = export(till.house(), &till.manager, run).await.map(|_| ());
    assert_eq!(refused(early), "collection-run-not-released");
    let officer = release(till.house(), &till.street.town.officer, run).await;
    assert!(matches!(officer, Err(Error::Forbidden)), "{officer:?}");
    let direct =
        sqlx::query("UPDATE collection_runs SET state = 'released', released_by = made_by, released_at = now()")
            .execute(&till.street.town.test.pool)
            .await;
    assert!(direct.unwrap_err().to_string().contains("collection_runs_maker_check"), "the database says it too");
    let first = till.leave(&made).await;
    release(till.house(), &till.manager, run).await.unwrap();
    till.go_to("2022-06-30");
    let again = export(till.house(), &till.manager, run).await.unwrap();
    assert_eq!(again.bytes, first);
    assert_eq!(hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&first)), made["run"]["sha256"].as_str().unwrap());
    till.finish().await;
}

#[tokio::test]
async fn what_is_in_a_file_is_in_no_other() {
    let mut till = Till::new().await;
    till.family(None).await;
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let (accountant, manager) = (till.street.town.accountant.clone(), till.manager.clone());
    let (one, two) = tokio::join!(till.try_make(&accountant), till.try_make(&manager));
    let made = [one, two].into_iter().filter_map(Result::ok).filter(|made| made["run"].is_object()).count();
    assert_eq!((made, till.count("collection_runs").await), (1, 1));
    assert_eq!(till.night("2022-04-27").await["notices"], 0, "what is in a file is left alone");
    till.finish().await;
}

#[tokio::test]
async fn a_file_that_nobody_sent_lapses_and_its_collections_get_a_new_day_and_notice() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let made = till.make().await;
    till.go_to("2022-04-29");
    let late = release(till.house(), &till.manager, run_id(&made)).await;
    assert!(matches!(late, Err(Error::Refused(text)) if text.key == "collection-run-late"));
    let report = till.night("2022-04-29").await;
    assert_eq!((&report["lapsed"], &report["notices"], &report["made"]), (&json!(1), &json!(1), &json!(0)));
    let lapsed = release(till.house(), &till.manager, run_id(&made)).await;
    assert!(matches!(lapsed, Err(Error::Refused(text)) if text.key == "collection-run-lapsed"));
    let line = till.collections(&family).await.remove(0);
    assert_eq!((line.state.as_str(), line.collect_on.to_string().as_str(), line.run_id), ("made", "2022-05-13", None));
    till.finish().await;
}

#[tokio::test]
async fn nothing_to_collect_is_said_and_a_wrong_fund_too() {
    let till = Till::new().await;
    let empty = till.try_make(&till.street.town.accountant).await;
    assert!(matches!(empty, Err(Error::Refused(text)) if text.key == "collection-run-empty"));
    till.finish().await;
}
