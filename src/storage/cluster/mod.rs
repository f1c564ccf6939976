//! The private PostgreSQL: a house without `DATABASE_URL` runs its own, from the installed programs, without a
//! service, an account or a port.
//!
//! * It listens on a Unix socket in a folder that only its owner can enter; no TCP.
//! * PostgreSQL refuses to run as root, so as root it runs as `postgres` or `nobody`.
//! * Programs that use the same data folder share one server. Each holds a shared lock on `users.lock` as long as
//!   it lives. A watchman (a small shell waiting for the exclusive lock) stops the server when the last one is gone,
//!   however it went: the kernel lets go of the lock of a killed program too.
//! * A start after a crash is PostgreSQL's own recovery; a first start that was cut off leaves `cluster.new`, which
//!   the next one throws away.

mod account;
mod error;
mod home;
mod programs;
mod server;

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub use error::ClusterError;
use home::Home;
use programs::Programs;
pub use server::PORT;

/// The role that owns everything in a private cluster.
pub const ROLE: &str = "energiehuis";
/// The database of the house in a private cluster.
pub const DATABASE: &str = "energiehuis";
/// The oldest PostgreSQL that the house runs on.
pub const OLDEST: u32 = 15;

/// Where and how a private PostgreSQL runs.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// The data folder of the house; the cluster lives in `postgres` inside it when the server may go there.
    pub data: PathBuf,
    /// The folder with the programs of PostgreSQL; none looks in the usual places.
    pub pg_bin: Option<PathBuf>,
    /// Whether what was committed survives a power cut: yes for a house, no for tests.
    pub durable: bool,
    /// How long the server stays after its last user left: nothing for a house, seconds for test runs whose
    /// processes come and go.
    pub linger: Duration,
}

impl ClusterOptions {
    /// A durable cluster in `data`, from the programs in the usual places, that stops with its last user.
    pub fn durable(data: PathBuf) -> Self {
        Self { data, pg_bin: None, durable: true, linger: Duration::ZERO }
    }
}

/// A running private PostgreSQL, for as long as this value lives.
#[derive(Debug)]
pub struct Cluster {
    home: Home,
    programs: Programs,
    linger: Duration,
    /// The shared lock that keeps the server alive; none once given up.
    user: Option<File>,
}

impl Cluster {
    /// Starts the server of a data folder, or joins it when it runs already. Blocks: about a second the first time,
    /// a tenth after that.
    pub fn start(options: &ClusterOptions) -> Result<Self, ClusterError> {
        let account = account::for_server()?;
        let home = Home::open(&options.data, account)?;
        let user = home.join_users()?;
        let starting = home.lock_start()?;
        let programs = programs::find(options.pg_bin.as_deref(), home.version()?)?;
        if !server::is_running(&home) {
            server::create(&programs, &home, options.durable)?;
            server::start(&programs, &home, options.durable)?;
            server::post_watchman(&programs, &home, options.linger)?;
        }
        drop(starting);
        Ok(Self { home, programs, linger: options.linger, user: Some(user) })
    }

    /// How to connect to a database of this cluster.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.home.sockets())
            .port(PORT)
            .username(ROLE)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// The address of a database of this cluster, for another program's `DATABASE_URL`.
    pub fn url(&self, database: &str) -> String {
        let folder = self.home.sockets().display().to_string();
        let host: String = folder.bytes().map(percent).collect();
        format!("postgres://{ROLE}@{host}:{PORT}/{database}")
    }

    /// The folder of the socket.
    pub fn sockets(&self) -> &std::path::Path {
        self.home.sockets()
    }

    /// The folder that the cluster lives in.
    pub fn folder(&self) -> &std::path::Path {
        self.home.folder()
    }

    /// Leaves the cluster, and stops the server when nobody else uses it. Dropping the value does the same, in
    /// silence. Close the connections first: the server cuts off those that remain.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.leave()
    }

    fn leave(&mut self) -> Result<(), ClusterError> {
        let Some(user) = self.user.take() else { return Ok(()) };
        if !self.linger.is_zero() {
            return Ok(()); // The watchman does it, when nobody has come back.
        }
        let lock = |error: std::io::Error| ClusterError::folder(self.home.folder(), error);
        user.unlock().map_err(lock)?;
        match user.try_lock() {
            Ok(()) => server::stop(&self.programs, &self.home),
            // Somebody still uses the server, or the watchman was quicker and is stopping it: then wait for that.
            Err(std::fs::TryLockError::WouldBlock) => user.lock_shared().map_err(lock),
            Err(std::fs::TryLockError::Error(error)) => Err(lock(error)),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            tracing::warn!(%error, "the private PostgreSQL did not stop in good order");
        }
    }
}

/// A byte of a path as the host of an address (RFC 3986 § 2.1).
fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}
