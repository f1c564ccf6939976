//! `energiehuis serve`: the pages and the API, and the jobs when this program also does those.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::house::{self, Globals, Open};
use super::{Failure, job, payment, print_text};
use crate::jobs::{self, Definition, Heartbeat, Tools, definition};
use crate::web::{self, About, AppState, ScheduledJob};

/// Open the pages, and run the jobs by the clock
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  energiehuis serve\n  ENERGIEHUIS_LISTEN=0.0.0.0:8080 ENERGIEHUIS_WORKER=off energiehuis serve"
)]
pub(super) struct Arguments {}

/// Does what was asked.
pub(super) fn run(globals: &Globals, _: &Arguments) -> Result<(), Failure> {
    house::with_house(globals, async |open| serve(open).await)
}

/// Serves until somebody says stop (ctrl-c or SIGTERM), then finishes what is in hand.
pub(super) async fn serve(open: &Open) -> Result<(), Failure> {
    let address = open.settings.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Failure::Unavailable(format!("listen is {address}, which cannot be used: {error}")))?;
    let bound = listener.local_addr().map_err(Failure::unavailable)?;
    let app = AppState::new(open.house.clone(), about(open)?).paying_as(payment::payer(open)?);
    let worker = open.settings.jobs;
    let heartbeat = if worker.worker {
        Some(Heartbeat::start(job::tools(open)?, worker.heartbeat).await.map_err(Failure::unavailable)?)
    } else {
        None
    };
    print_text(&format!("The house is open on http://{bound}"));
    let served = axum::serve(listener, web::router(&app)).with_graceful_shutdown(stopped()).await;
    if let Some(heartbeat) = heartbeat {
        heartbeat.stop().await.map_err(Failure::unavailable)?;
    }
    served.map_err(Failure::unavailable)
}

fn about(open: &Open) -> Result<About, Failure> {
    let jobs = definition::all().map_err(Failure::unavailable)?;
    let tools = job::tools(open)?;
    Ok(About {
        organisation: open.settings.organisation.name.clone(),
        base_url: open.settings.base_url.clone(),
        session: open.settings.session,
        jobs: jobs.into_iter().map(|job| scheduled(job, &tools)).collect(),
    })
}

/// A job as the pages show it. The doors do not know each other: this one hands on what the pages need.
fn scheduled(job: Definition, tools: &Tools) -> ScheduledJob {
    let (job, tools) = (Arc::new(job), tools.clone());
    let due = Arc::clone(&job);
    ScheduledJob {
        name: job.name,
        description_nl: job.description_nl.clone(),
        description_en: job.description_en.clone(),
        cron: job.cron.clone(),
        next_due: Arc::new(move |after| due.next_due(after)),
        run_by_hand: Arc::new(move |actor, for_date| {
            let (job, tools) = (Arc::clone(&job), tools.clone());
            Box::pin(async move { jobs::run_by_hand(&tools, &actor, &job, for_date).await })
        }),
    }
}

/// Waits for ctrl-c or SIGTERM.
async fn stopped() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "ctrl-c cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! { () = terminated => {}, () = interrupted => {} }
}
