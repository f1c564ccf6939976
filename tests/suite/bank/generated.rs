//! Files from seeds, imported: every line of the bank becomes one line of the house, and money moves once.

use std::collections::BTreeMap;

use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, Statement};
use energiehuis::services::bank::{BankFile, FileState};
use rust_decimal::Decimal;

use super::story::Story;
use crate::formats::coda_generator::{Made, chain};

fn file(name: &str, statements: &[Statement]) -> BankFile {
    BankFile { name: name.to_owned(), bytes: coda::compose(statements).unwrap() }
}

/// A line as the house keeps it: number, amount, and whether it moved money.
type Kept = (String, String, Money, bool);

async fn kept(story: &Story, sequence: u16) -> Vec<Kept> {
    let rows: Vec<(String, String, Decimal, String)> = sqlx::query_as(
        "SELECT l.sequence::text, l.detail::text, l.amount, l.outcome FROM bank_lines l JOIN bank_statements s
         USING (bank_statement_id) WHERE s.sequence = $1 AND l.ordinal > 0 ORDER BY l.ordinal",
    )
    .bind(i16::try_from(sequence).unwrap())
    .fetch_all(&story.test.pool)
    .await
    .unwrap();
    let line = |(sequence, detail, amount, outcome): (String, String, Decimal, String)| {
        (sequence, detail, Money::exact(amount).unwrap(), outcome != "detailed")
    };
    rows.into_iter().map(line).collect()
}

/// What must become of the lines of a statement: what has details is not booked itself, everything else is.
fn expected(made: &Made) -> Vec<Kept> {
    let mut details: BTreeMap<(u16, u16), usize> = BTreeMap::new();
    for total in made.expected.iter().filter_map(|line| line.batch_of) {
        *details.entry((total.sequence, total.detail)).or_default() += 1;
    }
    let movements = made.statement.movements.iter().map(|movement| {
        let (sequence, detail) = (movement.position.sequence, movement.position.detail);
        let booked = !details.contains_key(&(sequence, detail));
        (format!("{sequence:04}"), format!("{detail:04}"), movement.amount, booked)
    });
    movements.collect()
}

#[tokio::test]
async fn every_generated_line_is_kept_once_and_moves_its_money_once() {
    for seed in 0..4 {
        let story = Story::new().await;
        story.test.go_to("2026-06-01");
        let made = chain(seed, &story.fund.iban, 12);
        let statements: Vec<Statement> = made.iter().map(|made| made.statement.clone()).collect();
        // Two files, the later one first in the folder.
        let (early, late) = statements.split_at(5);
        story.import(file("1.cod", early)).await;
        story.import(file("2.cod", late)).await;
        for made in &made {
            assert_eq!(kept(&story, made.statement.sequence).await, expected(made), "seed {seed}");
        }
        let closing = statements.last().unwrap().new_balance;
        assert_eq!(story.balance("cash_at_bank").await, closing, "seed {seed}");

        // All of it again in one file, and once more as the bank's duplicate: nothing is new.
        let rows = story.rows().await;
        let again: Vec<Statement> =
            statements.iter().map(|one| Statement { duplicate: !one.duplicate, ..one.clone() }).collect();
        for (name, statements) in [("all.cod", &statements), ("duplicate.cod", &again)] {
            assert_eq!(story.offer(file(name, statements)).await.state, FileState::Known, "seed {seed}");
        }
        assert_eq!(story.rows().await, rows, "seed {seed}");
        story.finish().await;
    }
}
