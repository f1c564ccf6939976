//! The heartbeat of a running house.

use std::time::Duration;

use energiehuis::jobs::Heartbeat;

use super::street::Street;

/// Waits until the database gives an answer, at most half a minute.
async fn until(street: &Street, question: &'static str) {
    let asked = async {
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        loop {
            pause.tick().await;
            let yes: bool = sqlx::query_scalar(question).fetch_one(&street.town.test.pool).await.unwrap();
            if yes {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asked)
        .await
        .unwrap_or_else(|_| panic!("never came true: {question}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_house_that_runs_does_its_work_by_itself_and_can_be_stopped() {
    let mut street = Street::new().await;
    street.families(1).await;
    street.town.test.go_to("2022-05-12");
    let heartbeat = Heartbeat::start(street.tools.clone(), Duration::from_secs(1)).await.unwrap();
    until(&street, "SELECT count(*) = 6 FROM job_runs WHERE state = 'done'").await;
    until(&street, "SELECT count(*) = 1 FROM outbox_messages WHERE state = 'sent'").await;
    assert_eq!(street.sink.taken().len(), 1);
    heartbeat.stop().await.unwrap();
    street.finish().await;
}
