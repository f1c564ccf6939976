//! Opening the database of the house: the one of `DATABASE_URL`, or the private one, with every migration applied.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};

use super::cluster::{self, Cluster, ClusterError, ClusterOptions};
use crate::config::Settings;

/// The migrations of `migrations/`, part of the program.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// The database of the house, open.
pub struct Database {
    /// Connections to it.
    pub pool: PgPool,
    url: String,
    cluster: Option<Cluster>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not the address: it may hold a password.
        f.debug_struct("Database").field("cluster", &self.cluster).finish_non_exhaustive()
    }
}

/// Why the database of the house is not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The private PostgreSQL did not start or stop.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// Nobody answers, or not us.
    #[error("the database {place} cannot be reached: {reason}; check DATABASE_URL and that PostgreSQL runs there")]
    Unreachable {
        /// Which one, without its password.
        place: String,
        /// What was said.
        reason: String,
    },
    /// An old PostgreSQL.
    #[error("the database {place} is PostgreSQL {found}: {} or later is needed", cluster::OLDEST)]
    TooOld {
        /// Which one, without its password.
        place: String,
        /// Its version.
        found: String,
    },
    /// A newer program was here.
    #[error(
        "the database has migration {version}, which this program does not know: it was written by a newer \
         energiehuis; use that one"
    )]
    Newer {
        /// The migration that is not known.
        version: i64,
    },
    /// A migration is not the one that was applied.
    #[error(
        "migration {version} is not the one that this database was made with; a landed migration is never edited: \
         use the program that made it, or an empty database"
    )]
    Changed {
        /// The migration that differs.
        version: i64,
    },
    /// A migration failed; the database is as it was before that migration.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[source] MigrateError),
    /// A question about the schema failed.
    #[error("the database failed: {0}")]
    Failed(#[from] sqlx::Error),
}

/// Opens the database and applies what migrations it lacks.
pub async fn open(settings: &Settings) -> Result<Database, OpenError> {
    let database = connect(settings).await?;
    match migrate(&database.pool).await {
        Ok(()) => Ok(database),
        Err(error) => {
            database.close().await?;
            Err(error)
        }
    }
}

/// Opens the database as it is.
pub async fn connect(settings: &Settings) -> Result<Database, OpenError> {
    let (options, cluster, place, url) = if let Some(url) = &settings.database_url {
        (PgConnectOptions::from_str(url.expose())?, None, url.hidden(), url.expose().to_owned())
    } else {
        let cluster = start_private(settings).await?;
        create_database(&cluster, cluster::DATABASE).await?;
        let (place, url) = (cluster.folder().display().to_string(), cluster.url(cluster::DATABASE));
        (cluster.connect_options(cluster::DATABASE), Some(cluster), place, url)
    };
    let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_secs(15));
    let options = options.application_name("energiehuis");
    let unreachable = |error: sqlx::Error| OpenError::Unreachable { place: place.clone(), reason: error.to_string() };
    let pool = pool.connect_with(options).await.map_err(unreachable)?;
    check_version(&pool, &place).await?;
    Ok(Database { pool, url, cluster })
}

/// Starts the private PostgreSQL of the data folder, off the runtime's threads: it blocks.
async fn start_private(settings: &Settings) -> Result<Cluster, ClusterError> {
    let options = ClusterOptions { pg_bin: settings.pg_bin.clone(), ..ClusterOptions::durable(settings.data.clone()) };
    tokio::task::spawn_blocking(move || Cluster::start(&options)).await.map_err(|error| ClusterError::Program {
        program: "the start of PostgreSQL".to_owned(),
        said: error.to_string(),
    })?
}

impl Database {
    /// Closes the connections, and stops the private PostgreSQL when nobody else uses it.
    pub async fn close(self) -> Result<(), OpenError> {
        self.pool.close().await;
        let Some(cluster) = self.cluster else { return Ok(()) };
        match tokio::task::spawn_blocking(move || cluster.stop()).await {
            Ok(stopped) => Ok(stopped?),
            Err(_) => Ok(()), // The runtime is going down: the watchman stops the server.
        }
    }

    /// What another program needs in its environment to find this database: `DATABASE_URL`, and for the private one
    /// what the programs of PostgreSQL read.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let Some(cluster) = &self.cluster else { return vec![("DATABASE_URL", self.url.clone())] };
        let host = cluster.sockets().display().to_string();
        vec![
            ("DATABASE_URL", self.url.clone()),
            ("PGHOST", host),
            ("PGPORT", cluster::PORT.to_string()),
            ("PGUSER", cluster::ROLE.to_owned()),
            ("PGDATABASE", cluster::DATABASE.to_owned()),
        ]
    }

    /// The folder of the private PostgreSQL; none when the database is that of `DATABASE_URL`.
    pub fn private_folder(&self) -> Option<&std::path::Path> {
        self.cluster.as_ref().map(Cluster::folder)
    }
}

/// Makes a database in a private cluster, when it is not there. Two programs at once make one.
async fn create_database(cluster: &Cluster, name: &str) -> Result<(), OpenError> {
    let mut db = PgConnection::connect_with(&cluster.connect_options("postgres")).await?;
    sqlx::query("SELECT pg_advisory_lock(7402210)").execute(&mut db).await?;
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(&mut db)
        .await?;
    if !known {
        // The name is ours, a constant; quoted all the same.
        let statement = format!("CREATE DATABASE \"{}\"", name.replace('"', "\"\""));
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut db).await?;
    }
    Ok(db.close().await?)
}

async fn check_version(pool: &PgPool, place: &str) -> Result<(), OpenError> {
    let number: String = sqlx::query_scalar("SHOW server_version_num").fetch_one(pool).await?;
    let major = number.parse::<u32>().unwrap_or_default() / 10_000;
    if major >= cluster::OLDEST {
        return Ok(());
    }
    Err(OpenError::TooOld { place: place.to_owned(), found: major.to_string() })
}

/// Applies what migrations a database lacks; refuses a database that a newer program has written.
pub async fn migrate(pool: &PgPool) -> Result<(), OpenError> {
    MIGRATOR.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => OpenError::Newer { version },
        MigrateError::VersionMismatch(version) => OpenError::Changed { version },
        other => OpenError::Migration(other),
    })
}

/// How a database stands against the migrations of this program.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Schema {
    /// Migrations that were applied.
    pub applied: usize,
    /// Migrations that were not, by number.
    pub missing: Vec<i64>,
    /// Migrations that this program does not know, by number.
    pub unknown: Vec<i64>,
}

/// How a database stands against the migrations of this program, without changing anything.
pub async fn schema(pool: &PgPool) -> Result<Schema, OpenError> {
    let known: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(pool).await?;
    let applied: Vec<i64> = if known {
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(pool)
            .await?
    } else {
        Vec::new()
    };
    Ok(Schema {
        applied: applied.len(),
        missing: MIGRATOR.iter().map(|step| step.version).filter(|version| !applied.contains(version)).collect(),
        unknown: applied.iter().copied().filter(|version| !MIGRATOR.version_exists(*version)).collect(),
    })
}

/// What a database server says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its version, such as `15.14`.
    pub version: String,
    /// Its time.
    pub now: chrono::DateTime<chrono::Utc>,
}

/// Asks a database server about itself.
pub async fn server(pool: &PgPool) -> Result<Server, OpenError> {
    let (version, now) =
        sqlx::query_as("SELECT split_part(current_setting('server_version'), ' ', 1), clock_timestamp()")
            .fetch_one(pool)
            .await?;
    Ok(Server { version, now })
}
