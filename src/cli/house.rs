//! What every command needs: the options before its own, the settings, and the house with its database open.

use std::path::PathBuf;

use tokio::runtime::{Builder, Runtime};

use super::Failure;
use crate::clock::{Chance, Clock, Ids, Secrets};
use crate::config::{Listed, Settings, Sources};
use crate::services::House;
use crate::storage::{self, Database};
use crate::telemetry;

/// Options of every command.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Globals {
    /// Folder of the house: private database, outbox, energiehuis.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// File with settings; `energiehuis settings` lists them all
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// A house with its database open. Give it back with [`Open::close`].
#[derive(Debug)]
pub struct Open {
    /// What services work with.
    pub house: House,
    /// The settings it was opened with.
    pub settings: Settings,
    database: Database,
}

/// The settings, and the list of what holds and why. Log lines begin here.
pub(super) fn settings(globals: &Globals) -> Result<(Settings, Vec<Listed>), Failure> {
    let sources = Sources::of_process(globals.data.clone(), globals.config.clone());
    let (settings, listed) = Settings::read(&sources).map_err(Failure::input)?;
    telemetry::start(&settings.log);
    Ok((settings, listed))
}

/// The runtime of a command.
pub fn runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().enable_all().build().map_err(Failure::unavailable)
}

/// Opens the house: the database with every migration applied, and the clock it lives on.
pub async fn open(settings: Settings) -> Result<Open, Failure> {
    let database = storage::open(&settings).await.map_err(Failure::unavailable)?;
    match clock(&database).await {
        Ok(clock) => {
            let ids = Ids::new(clock.clone(), Chance::system());
            let secrets = Secrets::new(Chance::system());
            Ok(Open { house: House { pool: database.pool.clone(), clock, ids, secrets }, settings, database })
        }
        Err(error) => {
            database.close().await.map_err(Failure::unavailable)?;
            Err(Failure::unavailable(error))
        }
    }
}

/// The machine's clock, or that of a house that lives on its own date.
async fn clock(database: &Database) -> Result<Clock, storage::Error> {
    let mut db = database.pool.acquire().await?;
    Ok(storage::house_clock::offset(&mut db).await?.map_or_else(Clock::system, Clock::shifted))
}

impl Open {
    /// What another program needs in its environment to find the database.
    pub(super) fn database_environment(&self) -> Vec<(&'static str, String)> {
        self.database.environment()
    }

    /// Closes the connections, and stops the private PostgreSQL when nobody else uses it.
    pub async fn close(self) -> Result<(), Failure> {
        self.database.close().await.map_err(Failure::unavailable)
    }
}

/// Opens the house, does the work of a command, and closes the house whatever came of it.
pub fn with_house<T>(globals: &Globals, work: impl AsyncFnOnce(&Open) -> Result<T, Failure>) -> Result<T, Failure> {
    let (settings, _) = settings(globals)?;
    runtime()?.block_on(async {
        let open = open(settings).await?;
        let answer = work(&open).await;
        let closed = open.close().await;
        let answer = answer?;
        closed.map(|()| answer)
    })
}
