//! The harness itself: a copy per test, a moved clock, nothing left over.

use chrono::TimeDelta;

use crate::support::TestHouse;

#[tokio::test]
async fn a_test_house_has_every_migration_and_stands_on_its_own_date() {
    let house = TestHouse::new().await;
    let towns: i64 = sqlx::query_scalar("SELECT count(*) FROM municipalities").fetch_one(&house.pool).await.unwrap();
    assert_eq!(towns, 13);
    assert_eq!(house.clock.today().to_string(), "2022-10-16");
    house.go_to("2023-02-28");
    house.hand.advance(TimeDelta::days(1));
    assert_eq!(house.house.clock.today().to_string(), "2023-03-01");
    house.finish().await;
}

#[tokio::test]
async fn what_one_test_writes_no_other_test_sees() {
    let (one, other) = (TestHouse::new().await, TestHouse::new().await);
    sqlx::query("DELETE FROM house_clock").execute(&one.pool).await.unwrap();
    sqlx::query("INSERT INTO house_clock (offset_seconds) VALUES (60)").execute(&one.pool).await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM house_clock").fetch_one(&other.pool).await.unwrap();
    assert_eq!(rows, 0);
    one.finish().await;
    other.finish().await;
}

#[tokio::test]
async fn a_job_that_did_not_end_fails_the_test_that_left_it() {
    let house = TestHouse::new().await;
    sqlx::query(
        "INSERT INTO job_runs (job_run_id, job, due_at, for_date, state, asked_by, created_at)
         SELECT $1, 'arrears_day', $2, $3, 'waiting', user_id, $2 FROM users LIMIT 1",
    )
    .bind(house.house.ids.next())
    .bind(house.clock.now())
    .bind(house.clock.today())
    .execute(&house.pool)
    .await
    .unwrap();
    let finished = tokio::spawn(house.finish()).await;
    let panic = finished.expect_err("finish refuses").into_panic();
    let said = panic.downcast_ref::<String>().expect("a sentence");
    assert!(said.contains("job arrears_day due at") && said.contains("is waiting"), "{said}");
}

#[tokio::test]
async fn the_program_works_on_the_database_of_a_test() {
    let house = TestHouse::new().await;
    let answer = house.program().json(&["migrate", "--format", "json"]);
    assert_eq!(answer["applied_now"], 0);
    assert_eq!(answer["missing"], serde_json::json!([]));
    house.finish().await;
}

#[tokio::test]
async fn a_house_on_its_own_date_keeps_its_clock() {
    let house = TestHouse::new().await;
    let mut db = house.pool.acquire().await.unwrap();
    assert_eq!(energiehuis::storage::house_clock::offset(&mut db).await.unwrap(), None);
    for days in [-1500, 20] {
        energiehuis::storage::house_clock::set_offset(&mut db, TimeDelta::days(days)).await.unwrap();
        let offset = energiehuis::storage::house_clock::offset(&mut db).await.unwrap();
        assert_eq!(offset, Some(TimeDelta::days(days)));
    }
    drop(db);
    house.finish().await;
}
