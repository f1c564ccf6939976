//! One private PostgreSQL without fsync for all test processes of a run, a template with every migration applied,
//! and a copy of it per test.
//!
//! nextest gives every test a process of its own: they share the server by its folder in `target/tmp`, and it stops
//! a few seconds after the last of them. `cargo test` is one process and does the same.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use energiehuis::storage::MIGRATOR;
use energiehuis::storage::cluster::{Cluster, ClusterOptions};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

/// The shared server. Never dropped: the lock it holds ends with the process.
pub(crate) fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let options = ClusterOptions {
            data: Path::new(env!("CARGO_TARGET_TMPDIR")).join("house"),
            pg_bin: None,
            durable: false,
            linger: Duration::from_secs(3),
        };
        Cluster::start(&options).expect("the private PostgreSQL of the tests starts")
    })
}

/// A database of one test.
#[derive(Debug)]
pub(crate) struct TestDatabase {
    /// Its name; the number of the process is in it, so that a later run can tell that nobody uses it any more.
    pub(crate) name: String,
}

impl TestDatabase {
    /// A copy of the template: every migration applied, no rows but those of the migrations.
    pub(crate) async fn create() -> Self {
        let mut db = maintenance().await;
        let template = template(&mut db).await;
        let database = Self { name: next_name() };
        run(&mut db, format!("CREATE DATABASE {} TEMPLATE {template}", database.name)).await;
        db.close().await.unwrap();
        database
    }

    /// An empty database, without any migration.
    pub(crate) async fn create_empty() -> Self {
        let mut db = maintenance().await;
        let database = Self { name: next_name() };
        run(&mut db, format!("CREATE DATABASE {}", database.name)).await;
        db.close().await.unwrap();
        database
    }

    /// How to connect to it.
    pub(crate) fn options(&self) -> PgConnectOptions {
        cluster().connect_options(&self.name)
    }

    /// Its address, for a program of its own.
    pub(crate) fn url(&self) -> String {
        cluster().url(&self.name)
    }

    /// Connections to it.
    pub(crate) async fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(5).connect_with(self.options()).await.unwrap()
    }

    /// Removes it, whoever is still connected.
    pub(crate) async fn drop(self) {
        let mut db = maintenance().await;
        run(&mut db, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
        db.close().await.unwrap();
    }

    /// Removes it from where no one can wait: a test that failed.
    pub(crate) fn drop_blocking(self) {
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(self.drop());
        });
        // The test has failed already; a database left behind is removed by the next run.
        let _ = removing.join();
    }
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn maintenance() -> PgConnection {
    // The start of the server blocks; a test has nothing else to do meanwhile.
    PgConnection::connect_with(&cluster().connect_options("postgres")).await.unwrap()
}

async fn run(db: &mut PgConnection, statement: String) {
    // Names are made in this file, of letters, digits and underscores.
    sqlx::query(AssertSqlSafe(statement)).execute(db).await.unwrap();
}

/// The template for the migrations of this build, made by the first test that asks.
async fn template(db: &mut PgConnection) -> String {
    let mut hash = Sha256::new();
    for step in MIGRATOR.iter() {
        hash.update(step.version.to_be_bytes());
        hash.update(&step.checksum);
    }
    let name = format!("template_{}", &hex::encode(hash.finalize())[..16]);
    // Only one process makes it; the lock goes when the connection does.
    sqlx::query("SELECT pg_advisory_lock(7402211)").execute(&mut *db).await.unwrap();
    let databases: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database").fetch_all(&mut *db).await.unwrap();
    if !databases.contains(&name) {
        sweep(db, &databases).await;
        run(db, format!("CREATE DATABASE {name}_new")).await;
        let mut fresh = PgConnection::connect_with(&cluster().connect_options(&format!("{name}_new"))).await.unwrap();
        MIGRATOR.run(&mut fresh).await.expect("the migrations apply to an empty database");
        fresh.close().await.unwrap();
        run(db, format!("ALTER DATABASE {name}_new RENAME TO {name}")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock(7402211)").execute(db).await.unwrap();
    name
}

/// Removes templates of other migrations, and what processes that are gone left behind.
async fn sweep(db: &mut PgConnection, databases: &[String]) {
    for name in databases {
        let process = name.strip_prefix("test_").and_then(|rest| rest.split('_').next());
        let abandoned = process.is_some_and(|number| !Path::new("/proc").join(number).exists());
        if abandoned || name.starts_with("template_") {
            run(db, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}
