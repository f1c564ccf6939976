//! The committee: two people, neither the maker, and never more than the fund has.

use energiehuis::domain::application::State;
use energiehuis::domain::eligibility::Outcome;
use energiehuis::services::Error;
use energiehuis::services::applications::{Ballot, Vote, vote, withdraw};
use serde_json::json;

use super::family::{Town, family, form, refusal};

#[tokio::test]
async fn the_second_yes_approves_and_promises_the_money() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(1, 50_000).await.application_id;
    let first = town.approve(&town.one, id).await.unwrap();
    assert_eq!((first.state, first.approvals), (State::Submitted, 1));
    assert_eq!(town.committed().await, "0.00");
    let second = town.approve(&town.two, id).await.unwrap();
    assert_eq!((second.state.code(), second.approvals), ("approved", 2));
    assert_eq!(town.committed().await, "50000.00");
    assert_eq!(town.state(id).await, "approved");
    assert_eq!(town.count("audit_rows WHERE action = 'application.approved'").await, 1);
    let said = refusal(town.approve(&town.one, id).await);
    assert!(said.contains("approved"), "{said}");
    town.test.finish().await;
}

#[tokio::test]
async fn one_person_never_decides_alone() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(2, 50_000).await.application_id;
    town.approve(&town.one, id).await.unwrap();
    assert!(refusal(town.approve(&town.one, id).await).contains("before"));
    assert!(matches!(town.approve(&town.officer, id).await, Err(Error::Forbidden)));
    assert_eq!(town.state(id).await, "submitted");
    town.test.finish().await;
}

#[tokio::test]
async fn the_maker_never_votes_not_by_the_service_and_not_by_sql() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(3, 50_000).await.application_id;
    let maker =
        energiehuis::services::Actor { role: energiehuis::domain::access::Role::CommitteeMember, ..town.desk.clone() };
    assert!(refusal(town.approve(&maker, id).await).contains("You made this application"));
    let written = sqlx::query(
        "INSERT INTO application_votes (application_id, made_by, voter_id, vote, reason, voted_at)
         VALUES ($1, $2, $2, 'approve', '', $3)",
    )
    .bind(id)
    .bind(town.desk.user_id)
    .bind(town.test.clock.now())
    .execute(&town.test.pool)
    .await
    .unwrap_err();
    assert_eq!(written.as_database_error().unwrap().constraint(), Some("application_votes_voter_check"));
    let disguised = sqlx::query(
        "INSERT INTO application_votes (application_id, made_by, voter_id, vote, reason, voted_at)
         VALUES ($1, $2, $3, 'approve', '', $4)",
    )
    .bind(id)
    .bind(town.one.user_id)
    .bind(town.desk.user_id)
    .bind(town.test.clock.now())
    .execute(&town.test.pool)
    .await
    .unwrap_err();
    assert_eq!(disguised.as_database_error().unwrap().constraint(), Some("application_votes_maker_fkey"));
    town.test.finish().await;
}

#[tokio::test]
async fn a_no_needs_a_reason_and_ends_it() {
    let town = Town::with_room(100_000).await;
    let id = town.apply(4, 50_000).await.application_id;
    let no = async |reason: &str| {
        let ballot = Ballot { application_id: id, vote: Vote::Refuse, reason: reason.to_owned() };
        vote(&town.test.house, &town.one, ballot).await
    };
    assert!(matches!(no(" ").await, Err(Error::Invalid(_))));
    assert_eq!(no("De werken zijn al gestart.").await.unwrap().state.code(), "refused");
    assert!(refusal(town.approve(&town.two, id).await).contains("refused"));
    assert_eq!(town.committed().await, "0.00");
    town.test.finish().await;
}

#[tokio::test]
async fn what_the_rules_refuse_or_do_not_know_yet_cannot_be_approved() {
    let town = Town::with_room(100_000).await;
    let mut sent = family(5, 50_000);
    sent["answers"]["other_real_estate"] = json!("yes");
    let no = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(no.verdict.outcome, Outcome::NotEligible);
    assert!(refusal(town.approve(&town.one, no.application_id).await).contains("A rule is not met"));
    let mut sent = family(6, 50_000);
    sent["answers"]["solvency_inquiry"] = json!("");
    let unknown = town.submit(&town.desk, form(&sent)).await.unwrap();
    assert_eq!(unknown.verdict.outcome, Outcome::Incomplete);
    assert!(refusal(town.approve(&town.one, unknown.application_id).await).contains("missing"));
    town.test.finish().await;
}

#[tokio::test]
async fn two_last_votes_at_once_for_the_last_50_000_approve_exactly_one() {
    let town = Town::with_room(50_000).await;
    let (first, second) = (town.apply(7, 50_000).await.application_id, town.apply(8, 50_000).await.application_id);
    for id in [first, second] {
        town.approve(&town.one, id).await.unwrap();
    }
    let (one, other) = tokio::join!(town.approve(&town.two, first), town.approve(&town.two, second));
    let approved = [&one, &other].into_iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(approved, 1, "{one:?} {other:?}");
    let said = refusal(if one.is_err() { one } else { other });
    assert!(said.contains("50,000.00"), "{said}");
    assert_eq!(town.committed().await, "50000.00");
    assert_eq!(town.count("applications WHERE state = 'approved'").await, 1);
    // The vote that came too late was not counted either: it can be given again when there is money.
    assert_eq!(town.count("application_votes").await, 3);
    town.test.finish().await;
}

#[tokio::test]
async fn two_applications_for_one_dwelling_stay_under_its_ceiling() {
    let town = Town::with_room(200_000).await;
    let (first, second) = (town.apply(9, 30_000).await, town.apply(9, 30_000).await);
    assert_eq!(second.verdict.outcome, Outcome::Eligible);
    for id in [first.application_id, second.application_id] {
        town.approve(&town.one, id).await.unwrap();
    }
    town.approve(&town.two, first.application_id).await.unwrap();
    let said = refusal(town.approve(&town.two, second.application_id).await);
    assert!(said.contains("30,000.00 was promised before"), "{said}");
    assert_eq!(town.committed().await, "30000.00");
    let third = town.apply(9, 20_001).await;
    assert_eq!(third.verdict.outcome, Outcome::NotEligible);
    town.test.finish().await;
}

#[tokio::test]
async fn withdrawing_gives_the_money_back_to_who_comes_next() {
    let town = Town::with_room(50_000).await;
    let (first, second) = (town.apply(10, 50_000).await.application_id, town.apply(11, 50_000).await.application_id);
    for member in [&town.one, &town.two] {
        town.approve(member, first).await.unwrap();
    }
    town.approve(&town.one, second).await.unwrap();
    refusal(town.approve(&town.two, second).await);
    let released = withdraw(&town.test.house, &town.desk, first).await.unwrap();
    assert_eq!(released.to_string(), "50000.00");
    assert_eq!(town.committed().await, "0.00");
    assert!(refusal(withdraw(&town.test.house, &town.desk, first).await).contains("withdrawn"));
    assert_eq!(town.approve(&town.two, second).await.unwrap().state.code(), "approved");
    town.test.finish().await;
}
