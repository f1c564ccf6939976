//! The nights of the story: the jobs of the house, by its own heartbeat.

use std::path::Path;

use serde_json::Value;

use crate::cli::Failure;
use crate::config::Settings;
use crate::jobs::{self, Definition, Tools, definition};
use crate::services::House;
use crate::services::arrears::Sender;
use crate::services::post::Post;

/// The jobs and what they work with.
#[derive(Debug)]
pub(super) struct Nights {
    tools: Tools,
    jobs: Vec<Definition>,
}

impl Nights {
    /// The nights of a house whose mails stay in a folder: nobody in a made-up house can be written to.
    pub(super) fn new(house: &House, settings: &Settings, outbox: &Path) -> Result<Self, Failure> {
        let post = Post::folder(outbox);
        // A made-up house brings its own files; what lies in a folder of the machine is of a real one.
        let tools = Tools { house: house.clone(), post, sender: Sender::of(settings), bank_folder: None };
        Ok(Self { tools, jobs: definition::all().map_err(Failure::unavailable)? })
    }

    /// One heartbeat: everything that has come due, each job once. Answers how many reminders were written.
    pub(super) async fn pass(&self) -> Result<u64, Failure> {
        let mut reminders = 0;
        for run in jobs::beat(&self.tools, &self.jobs).await.map_err(Failure::unavailable)? {
            if let Some(error) = run.error {
                return Err(Failure::Unavailable(format!("job {} for {} failed: {error}", run.job, run.for_date)));
            }
            let count = |key: &str| run.report.as_ref().and_then(|report| report.get(key)).and_then(Value::as_u64);
            reminders += count("reminders").unwrap_or_default() + count("letters_to_print").unwrap_or_default();
        }
        Ok(reminders)
    }
}
