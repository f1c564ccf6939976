//! A program that is killed while it imports leaves nothing half-booked: the next import books what the first one
//! would have booked.
//!
//! With `KILLED_LINES=50000` the file is as large as one likes (README, “Try it”).

use std::path::Path;
use std::process::{Command, Stdio};

use energiehuis::domain::money::Money;
use energiehuis::formats::coda::EntryToWrite;
use energiehuis::services::bank::BankFile;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sqlx::AssertSqlSafe;

use super::account::{Account, charged, file, paid, says};
use super::story::{Family, Story, euros, stranger};
use crate::support::database::cluster;
use crate::support::program::Answer;
use crate::support::wire::Wire;

/// How often the program is killed.
const KILLS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_is_killed_at_ten_moments_books_what_one_that_is_left_alone_books() {
    #[expect(clippy::disallowed_methods, reason = "how long a test runs is no setting of the house")]
    let count = std::env::var("KILLED_LINES").map_or(2000, |lines| lines.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();

    let undisturbed = Story::new().await;
    let path = prepare(&undisturbed, folder.path(), count).await;
    let wire = wire(&undisturbed, usize::MAX);
    let whole = Answer::of(import(&undisturbed, &wire, &path).output().unwrap());
    assert_eq!(whole.status, 0, "{whole:?}");
    let (bytes, everything) = (wire.carried(), undisturbed.rows().await);

    let disturbed = Story::new().await;
    let path = prepare(&disturbed, folder.path(), count).await;
    let nothing = disturbed.rows().await;
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_126);
    for _ in 0..KILLS {
        let moment = chance.random_range(0..bytes);
        let wire = self::wire(&disturbed, moment);
        let mut program = tokio::process::Command::from(import(&disturbed, &wire, &path)).spawn().unwrap();
        tokio::select! {
            () = wire.full() => program.kill().await.unwrap(), // SIGKILL
            // Two runs may differ by some bytes, so that the last moment may never come.
            ended = program.wait() => assert!(ended.unwrap().success()),
        }
        drop(wire);
        let rows = disturbed.rows().await;
        assert!(rows == nothing || rows == everything, "killed after {moment} of {bytes} bytes: {rows:?}");
    }
    let last = disturbed.test.program().run(&["bank", "import", &path]);
    assert_eq!(last.status, 0, "{last:?}");
    assert_eq!(disturbed.rows().await, everything);
    assert_eq!(booked(&disturbed).await, booked(&undisturbed).await);
    disturbed.finish().await;
    undisturbed.finish().await;
}

fn wire(story: &Story, limit: usize) -> Wire {
    Wire::to(cluster().sockets(), limit, &story.test.url())
}

fn import(story: &Story, wire: &Wire, path: &str) -> Command {
    let program = story.test.program().env("DATABASE_URL", &wire.url());
    let mut command = program.command(&["bank", "import", path]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Twenty families who repay, and a file with as many lines: the name of the file.
async fn prepare(story: &Story, folder: &Path, count: usize) -> String {
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(900_000), story.source.ogm)])).await;
    let mut families = Vec::new();
    for serial in 1..=20 {
        families.push(story.repaying(serial, 10_000).await.0);
    }
    let lines: Vec<usize> = (0..count).collect();
    let statements: Vec<_> = lines
        .chunks(9000)
        .zip(1..)
        .map(|(lines, day)| {
            let entries = lines.iter().map(|index| line(*index, &families)).collect();
            account.statement(&format!("2022-06-{day:02}"), entries)
        })
        .collect();
    let BankFile { name, bytes } = file("large.cod", &statements);
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn line(index: usize, families: &[Family]) -> EntryToWrite {
    let cents = Money::from_cents(i64::try_from(index % 97).unwrap() + 1);
    match index % 10 {
        0 => says(cents, "geen mededeling"),
        1 => paid(cents, stranger()),
        2 => charged(cents),
        _ => paid(cents, families[index % families.len()].loan.ogm),
    }
}

/// Everything that was booked, without the identifiers that chance gave.
async fn booked(story: &Story) -> Vec<String> {
    let questions = [
        "SELECT concat_ws(' ', s.sequence, l.ordinal, l.sequence, l.detail, l.amount, l.booked_on, l.outcome, l.reason,
                          o.number)
         FROM bank_lines l JOIN bank_statements s USING (bank_statement_id) LEFT JOIN loans o USING (loan_id)
         ORDER BY s.position, l.ordinal",
        "SELECT concat_ws(' ', p.account, o.number, e.effective_on, count(*), sum(p.amount))
         FROM postings p JOIN journal_entries e USING (entry_id) LEFT JOIN loans o USING (loan_id)
         GROUP BY p.account, o.number, e.effective_on ORDER BY p.account, o.number, e.effective_on",
        "SELECT concat_ws(' ', o.number, f.effective_on, f.kind, count(*))
         FROM loan_facts f JOIN loans o USING (loan_id) GROUP BY o.number, f.effective_on, f.kind
         ORDER BY o.number, f.effective_on, f.kind",
    ];
    let mut rows = Vec::new();
    for question in questions {
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(question)).fetch_all(&story.test.pool).await.unwrap();
        assert!(!found.is_empty());
        rows.extend(found);
    }
    rows
}
