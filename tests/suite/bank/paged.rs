//! The queue a page at a time: every line comes by once, whatever is decided meanwhile, and all of it is counted.

use energiehuis::domain::money::Money;
use energiehuis::services::bank::{Part, QueuePage, decide, queue_page};
use energiehuis::services::{Actor, Error};
use serde_json::json;
use uuid::Uuid;

use super::account::{Account, executed, paid, says};
use super::decide::request;
use super::story::{Story, euros};

async fn page(story: &Story, after: Option<Uuid>) -> QueuePage {
    let part = Part { fund: None, after, limit: 3 };
    queue_page(story.house(), &story.accountant, part).await.unwrap()
}

fn amounts(page: &QueuePage) -> Vec<Money> {
    page.lines.iter().map(|line| line.line.amount).collect()
}

/// Eight lines of two days that nobody can place: seven come in, one goes out.
async fn eight(story: &Story) {
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    story.test.go_to("2022-06-02");
    story.import(account.file("2022-06-02", (1..=4).map(|sum| says(euros(sum), "?")).collect())).await;
    story.test.go_to("2022-06-03");
    let mut lines: Vec<_> = (5..=7).map(|sum| says(euros(sum), "?")).collect();
    lines.push(executed(euros(8), "X"));
    story.import(account.file("2022-06-03", lines)).await;
}

#[tokio::test]
async fn every_line_comes_by_once_although_lines_are_decided_between_two_pages() {
    let story = Story::new().await;
    eight(&story).await;
    let first = page(&story, None).await;
    assert_eq!(amounts(&first), [1, 2, 3].map(euros));
    assert_eq!((first.total.count, first.total.came_in, first.total.went_out), (8, euros(28), euros(8)));

    // The last line of the page is placed, and one that is still to come: nothing is shown twice and nothing is left out.
    let last = first.next.unwrap();
    assert_eq!(last, first.lines[2].line.bank_line_id);
    let second = page(&story, Some(last)).await;
    for line in [last, second.lines[1].line.bank_line_id] {
        let form = json!({ "reason": "Niet van ons", "parts": [{ "kind": "not_ours" }] });
        decide(story.house(), &story.accountant, request(line, &form)).await.unwrap();
    }
    let second = page(&story, Some(last)).await;
    assert_eq!(amounts(&second), [4, 6, 7].map(euros));
    assert_eq!((second.total.count, second.total.came_in, second.total.went_out), (6, euros(20), euros(8)));
    let third = page(&story, second.next).await;
    assert_eq!((amounts(&third), third.next), (vec![euros(-8)], None));
    let beyond = page(&story, Some(third.lines[0].line.bank_line_id)).await;
    assert_eq!((amounts(&beyond), beyond.next, beyond.total.count), (vec![], None, 6));
    story.finish().await;
}

#[tokio::test]
async fn a_page_after_no_line_is_refused_and_a_town_counts_its_own_lines_only() {
    let story = Story::new().await;
    eight(&story).await;
    let part = Part { fund: None, after: Some(Uuid::from_u128(7)), limit: 3 };
    let refused = queue_page(story.house(), &story.accountant, part.clone()).await;
    assert!(matches!(&refused, Err(Error::Invalid(problems)) if problems[0].field == "after"), "{refused:?}");
    let of_town = Actor { nis_code: Some("34022".to_owned()), ..story.accountant.clone() };
    let own = queue_page(story.house(), &of_town, Part { after: None, ..part.clone() }).await.unwrap();
    assert_eq!((own.lines.len(), own.total.count, own.total.came_in), (0, 0, Money::ZERO));
    let other = Part { fund: Some("NONE".to_owned()), after: None, limit: 3 };
    assert_eq!(queue_page(story.house(), &story.accountant, other).await.unwrap().total.count, 0);
    let forbidden = queue_page(story.house(), &story.committee, Part { after: None, ..part }).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)));
    story.finish().await;
}

#[tokio::test]
async fn the_command_line_pages_too_and_lists_everything_when_not_told_to() {
    let story = Story::new().await;
    eight(&story).await;
    let program = story.test.program();
    let all = program.json(&["bank", "queue", "--format", "json"]);
    assert_eq!((all["lines"].as_array().unwrap().len(), &all["next"]), (8, &serde_json::Value::Null));
    assert_eq!(all["total"], json!({ "count": 8, "came_in": "28.00", "went_out": "8.00" }));
    let first = program.json(&["bank", "queue", "--limit", "5", "--format", "json"]);
    let next = first["next"].as_str().unwrap();
    let rest = program.json(&["bank", "queue", "--limit", "5", "--after", next, "--format", "json"]);
    let joined: Vec<_> =
        [&first, &rest].into_iter().flat_map(|page| page["lines"].as_array().unwrap().clone()).collect();
    assert_eq!(&joined, all["lines"].as_array().unwrap());
    let shown = program.run(&["bank", "queue", "--limit", "5"]).out;
    assert!(shown.contains("8 lines wait: 28.00 came in, 8.00 went out"), "{shown}");
    assert!(shown.contains(&format!("5 of them are shown; the next begin with --after {next}")), "{shown}");
    let nobody = program.run(&["bank", "queue", "--after", "00000000-0000-0000-0000-000000000007"]);
    assert_eq!(nobody.status, 2);
    assert!(nobody.err.contains("--after is"), "{}", nobody.err);
    story.finish().await;
}
