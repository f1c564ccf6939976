//! `energiehuis doctor`: whether this machine can run the house, check by check.

use std::path::Path;

use chrono::{Offset, TimeDelta};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use serde::Serialize;

use super::{Failure, Format, Globals, house, print_json, print_table};
use crate::clock::{Clock, ZONE};
use crate::config::Settings;
use crate::storage::{self, Database};

/// How far the clocks of the machine and of the database may be apart.
const TOLERANCE: TimeDelta = TimeDelta::seconds(5);

/// Options of `doctor`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  energiehuis doctor\n  energiehuis doctor --format json\n  \
                        energiehuis --data /srv/energiehuis doctor\n\nExit status 1 when a check fails.")]
pub(super) struct Arguments {
    /// How to show the checks
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// One check and what came of it.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
}

impl Check {
    fn of(name: &'static str, result: Result<String, String>) -> Self {
        let ok = result.is_ok();
        Self { name, ok, detail: result.unwrap_or_else(|problem| problem) }
    }
}

/// Checks the machine and the house; changes nothing, except that a private database that was not there is made.
pub(super) fn run(globals: &Globals, arguments: &Arguments) -> Result<(), Failure> {
    let (settings, _) = house::settings(globals)?;
    let checks = house::runtime()?.block_on(examine(&settings));
    let failed = checks.iter().filter(|check| !check.ok).count();
    match arguments.format {
        Format::Json => print_json(&serde_json::json!({ "ok": failed == 0, "checks": checks }))?,
        Format::Table => print_table(
            &["Check", "", "What was found"],
            checks.into_iter().map(|check| {
                let verdict = if check.ok { "ok" } else { "FAILED" };
                vec![check.name.to_owned(), verdict.to_owned(), check.detail]
            }),
        ),
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::NotOk("one check failed".to_owned())),
        many => Err(Failure::NotOk(format!("{many} checks failed"))),
    }
}

async fn examine(settings: &Settings) -> Vec<Check> {
    let mut checks = Vec::new();
    match storage::connect(settings).await {
        Ok(database) => {
            checks.push(Check::of("database", server(&database).await));
            checks.push(Check::of("migrations", migrations(&database).await));
            checks.push(Check::of("clock", clock(&database).await));
            if let Err(error) = database.close().await {
                checks.push(Check::of("database stop", Err(error.to_string())));
            }
        }
        Err(error) => checks.push(Check::of("database", Err(error.to_string()))),
    }
    checks.push(Check::of("zone", zone()));
    checks.push(Check::of("outbox folder", outbox(&settings.mail.outbox)));
    if settings.mail.smtp_url.is_some() {
        checks.push(Check::of("mail server", smtp(settings).await));
    }
    checks.push(Check::of("fonts", fonts()));
    checks
}

async fn server(database: &Database) -> Result<String, String> {
    let server = storage::server(&database.pool).await.map_err(|error| error.to_string())?;
    let place = match database.private_folder() {
        Some(folder) => format!("private, in {}", folder.display()),
        None => "of DATABASE_URL".to_owned(),
    };
    Ok(format!("PostgreSQL {}, {place}", server.version))
}

async fn migrations(database: &Database) -> Result<String, String> {
    let schema = storage::schema(&database.pool).await.map_err(|error| error.to_string())?;
    match (schema.missing.len(), schema.unknown.len()) {
        (0, 0) => Ok(format!("{} applied, none missing", schema.applied)),
        (missing, 0) => Err(format!("{missing} of {} missing: run `energiehuis migrate`", missing + schema.applied)),
        (_, unknown) => Err(format!("{unknown} are from a newer energiehuis: use that one")),
    }
}

/// The machine's clock against that of the database.
async fn clock(database: &Database) -> Result<String, String> {
    let server = storage::server(&database.pool).await.map_err(|error| error.to_string())?;
    let clock = Clock::system();
    let (now, apart) = (clock.now(), (clock.now() - server.now).abs());
    if apart > TOLERANCE {
        return Err(format!("{} seconds from the database's clock: set the time of both", apart.num_seconds()));
    }
    Ok(format!("{}, business date {}", now.format("%Y-%m-%dT%H:%M:%SZ"), clock.today()))
}

/// Whether the time zone data in the program has Belgium one or two hours east of UTC.
fn zone() -> Result<String, String> {
    let offset = Clock::system().now().with_timezone(&ZONE).offset().fix().local_minus_utc();
    match offset {
        3600 | 7200 => Ok(format!("{ZONE}, {} hours from UTC today", offset / 3600)),
        other => Err(format!("{ZONE} is {other} seconds from UTC: the time of this machine cannot be right")),
    }
}

fn outbox(folder: &Path) -> Result<String, String> {
    let write = || {
        std::fs::create_dir_all(folder)?;
        let probe = folder.join(format!(".doctor-{}", std::process::id()));
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(&probe)
    };
    match write() {
        Ok(()) => Ok(format!("{} can be written", folder.display())),
        Err(error) => Err(format!("{} cannot be written: {error}", folder.display())),
    }
}

async fn smtp(settings: &Settings) -> Result<String, String> {
    let Some(url) = &settings.mail.smtp_url else { return Ok("not set".to_owned()) };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose()).map_err(|error| error.to_string())?;
    match transport.build::<Tokio1Executor>().test_connection().await {
        Ok(true) => Ok(format!("{} answers", url.hidden())),
        Ok(false) => Err(format!("{} answers, but not as a mail server", url.hidden())),
        Err(error) => Err(format!("{} cannot be reached: {error}", url.hidden())),
    }
}

/// The fonts of the letters are part of the program, so that a letter looks the same on every machine.
fn fonts() -> Result<String, String> {
    let count = typst_assets::fonts().count();
    if count == 0 {
        Err("none in this program: build it again".to_owned())
    } else {
        Ok(format!("{count} in the program"))
    }
}
