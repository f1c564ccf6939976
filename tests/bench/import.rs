//! Importing, matching and booking a large bank file, beside a bare COPY of the same rows into the same tables.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use energiehuis::formats::coda;
use energiehuis::services::bank::{BankFile, FileState, import};
use energiehuis::storage::MIGRATOR;
use energiehuis::storage::cluster::{Cluster, ClusterOptions};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

use crate::coda::statement;
use crate::report::Report;
use crate::town::Town;

/// How many lines, each of another loan.
const LINES: u32 = 100_000;

/// The tables that an import writes, in an order in which their rows can be written; with the columns that the
/// database does not fill in itself, and what tells the new rows.
const TABLES: [(&str, &str, &str); 6] = [
    ("bank_files", "t.*", ""),
    ("bank_statements", "t.*", ""),
    (
        "journal_entries",
        "t.entry_id, t.fund_id, t.reason, t.idempotency_key, t.effective_on, t.booked_at, t.booked_by, \
         t.reverses_entry_id, t.belongs_on",
        "WHERE t.booked_at = (SELECT received_at FROM bank_files)",
    ),
    (
        "postings",
        "t.*",
        "JOIN journal_entries e USING (entry_id) WHERE e.booked_at = (SELECT received_at FROM bank_files)",
    ),
    ("loan_facts", "t.*", "WHERE t.booked_at = (SELECT received_at FROM bank_files)"),
    ("bank_lines", "t.*", ""),
];

/// Measures both on databases that start the same.
pub(crate) fn measure(report: &mut Report) {
    let options = ClusterOptions {
        data: Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench"),
        pg_bin: None,
        // Nothing waits for the disk, on either side: what is compared is work.
        durable: false,
        linger: Duration::ZERO,
    };
    let cluster = Cluster::start(&options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(both(report, &cluster));
    cluster.stop().unwrap();
}

async fn both(report: &mut Report, cluster: &Cluster) {
    let mut postgres = PgConnection::connect_with(&cluster.connect_options("postgres")).await.unwrap();
    for database in ["figures_import", "figures_copy"] {
        run(&mut postgres, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
    }
    run(&mut postgres, "CREATE DATABASE figures_import").await;
    report.about(&format!("Importing, matching and booking {LINES} lines against {LINES} open claims"));
    let pool = connect(cluster, "figures_import").await;
    MIGRATOR.run(&pool).await.unwrap();
    let start = Instant::now();
    let town = Town::new(pool.clone(), LINES).await;
    report.figure("(making the loans)", start.elapsed(), "");
    // Both sides start from tables whose statistics are known, as in a house that has run for a night.
    run(&mut pool.acquire().await.unwrap(), "VACUUM ANALYZE").await;
    pool.close().await;
    run(&mut postgres, "CREATE DATABASE figures_copy TEMPLATE figures_import").await;

    let pool = connect(cluster, "figures_import").await;
    let house = energiehuis::services::House { pool: pool.clone(), ..town.house.clone() };
    town.when_claims_are_open();
    let file = BankFile { name: "large.cod".to_owned(), bytes: coda::write(&[statement(LINES)]).unwrap() };
    let start = Instant::now();
    let imported = import(&house, &town.accountant, vec![file]).await.unwrap();
    let took = start.elapsed();
    let file = &imported.files[0];
    assert_eq!((file.state, file.lines), (FileState::Imported, LINES as usize), "{:?}", file.problems);
    assert!(file.suspense.is_empty(), "{:?}", file.suspense.first());
    report.figure("import, match and book", took, &format!("{} lines a second", per_second(took)));

    let copied = copy(cluster, &pool).await;
    report.figure("bare COPY of the same rows", copied, "bank, ledger and loan tables, one transaction");
    report.at_most("the import takes, of a bare COPY", (took, copied), 4);
    pool.close().await;
    for database in ["figures_import", "figures_copy"] {
        run(&mut postgres, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
    }
    postgres.close().await.unwrap();
}

/// Copies what the import wrote out of one database and into the other. Answers how long the second half took.
async fn copy(cluster: &Cluster, from: &PgPool) -> Duration {
    let folder = cluster.folder().to_owned();
    let path = |table: &str| -> PathBuf { folder.join(format!("figures-{table}.copy")) };
    let mut db = from.acquire().await.unwrap();
    for (table, columns, which) in TABLES {
        let out = format!("COPY (SELECT {columns} FROM {table} t {which}) TO '{}'", path(table).display());
        run(&mut db, &out).await;
    }
    drop(db);
    let mut db = PgConnection::connect_with(&cluster.connect_options("figures_copy")).await.unwrap();
    let start = Instant::now();
    let mut tx = db.begin().await.unwrap();
    for (table, columns, _) in TABLES {
        let columns = if columns == "t.*" { String::new() } else { format!("({})", columns.replace("t.", "")) };
        run(&mut tx, &format!("COPY {table} {columns} FROM '{}'", path(table).display())).await;
    }
    tx.commit().await.unwrap();
    let took = start.elapsed();
    let lines: i64 = sqlx::query_scalar("SELECT count(*) FROM bank_lines").fetch_one(&mut db).await.unwrap();
    assert_eq!(lines, i64::from(LINES), "all lines were copied");
    db.close().await.unwrap();
    for (table, ..) in TABLES {
        std::fs::remove_file(path(table)).unwrap();
    }
    took
}

async fn connect(cluster: &Cluster, database: &str) -> PgPool {
    PgPoolOptions::new().max_connections(2).connect_with(cluster.connect_options(database)).await.unwrap()
}

async fn run(db: &mut PgConnection, statement: &str) {
    // Nothing in a statement comes from outside this file.
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(db).await.unwrap();
}

fn per_second(took: Duration) -> u128 {
    u128::from(LINES) * 1000 / took.as_millis().max(1)
}
