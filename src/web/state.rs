//! What every handler can reach.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::text::Text;
use crate::services::job_runs::JobRun;
use crate::services::payments::Payer;
use crate::services::users::Door;
use crate::services::{Actor, Error, House};

/// What the pages say about the house, and how they behave.
#[derive(Debug, Clone)]
pub struct About {
    /// Name of the organisation, on top of every page.
    pub organisation: String,
    /// The address people type; `https://` makes the session cookie a secure one.
    pub base_url: String,
    /// How long a person stays signed in without doing anything.
    pub session: Duration,
    /// What happens by the clock; the doors do not know each other, so whoever opens both passes it on.
    pub jobs: Vec<ScheduledJob>,
}

/// The next moment after another at which something is due.
pub type NextDue = Arc<dyn Fn(DateTime<Utc>) -> Option<DateTime<Utc>> + Send + Sync>;

/// A run that somebody asked for, as it ended.
pub type Run = Pin<Box<dyn Future<Output = Result<JobRun, Error>> + Send>>;

/// Runs a job for a date because somebody asks.
pub type RunByHand = Arc<dyn Fn(Actor, NaiveDate) -> Run + Send + Sync>;

/// A job as the pages show it.
#[derive(Clone)]
pub struct ScheduledJob {
    /// Its name.
    pub name: &'static str,
    /// What it does, in Dutch.
    pub description_nl: String,
    /// What it does, in English.
    pub description_en: String,
    /// When it is due, as its file says it, in Belgian time.
    pub cron: String,
    /// When it is due.
    pub next_due: NextDue,
    /// Runs it now, for whoever may.
    pub run_by_hand: RunByHand,
}

impl std::fmt::Debug for ScheduledJob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ScheduledJob").field(&self.name).finish()
    }
}

/// The house and its door. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    door: Door,
    about: Arc<About>,
    payer: Option<Arc<Payer>>,
}

impl AppState {
    /// A web door to a house.
    pub fn new(house: House, about: About) -> Self {
        Self { door: Door::new(house), about: Arc::new(about), payer: None }
    }

    /// The same door, that can also write files for the bank, in the name of the house.
    #[must_use]
    pub fn paying_as(self, payer: Payer) -> Self {
        Self { payer: Some(Arc::new(payer)), ..self }
    }

    /// In whose name files for the bank are written.
    pub(super) fn payer(&self) -> Result<&Payer, Error> {
        self.payer.as_deref().ok_or_else(|| Error::refused(Text::new("payments-no-payer")))
    }

    /// The house.
    pub fn house(&self) -> &House {
        self.door.house()
    }

    /// Where people come in.
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// A job by its name.
    pub(super) fn job(&self, name: &str) -> Option<&ScheduledJob> {
        self.about.jobs.iter().find(|job| job.name == name)
    }

    /// What the pages say about the house.
    pub fn about(&self) -> &About {
        &self.about
    }
}
