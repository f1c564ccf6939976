//! What a job is, read from `jobs/<name>.toml`: when it is due, in which zone, and its bounds.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use serde::Deserialize;

use super::runners::Runner;

/// The files of `jobs/`, embedded; `tests/suite/tidy` holds this list against the folder.
const FILES: [(&str, &str); 6] = [
    ("arrears_day", include_str!("../../jobs/arrears_day.toml")),
    ("bank_folder", include_str!("../../jobs/bank_folder.toml")),
    ("collections_prepare", include_str!("../../jobs/collections_prepare.toml")),
    ("instalments_due", include_str!("../../jobs/instalments_due.toml")),
    ("ledger_check", include_str!("../../jobs/ledger_check.toml")),
    ("outbox_send", include_str!("../../jobs/outbox_send.toml")),
];

/// A job as its file describes it.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Name of the file and of the runner.
    pub name: &'static str,
    /// When it is due, as written.
    pub cron: String,
    /// The zone the cron expression is read in, summer time included.
    pub zone: Tz,
    /// How long a run may take before another may take it over, in minutes.
    pub lease_minutes: u16,
    /// How often a run is tried before it has failed.
    pub max_attempts: u16,
    /// How many loans or messages are worked on in one transaction.
    pub batch: u16,
    /// What it does, in Dutch.
    pub description_nl: String,
    /// What it does, in English.
    pub description_en: String,
    /// The code that does it.
    pub runner: Runner,
    schedule: Cron,
}

/// Why a file in `jobs/` is not a job.
#[derive(Debug, thiserror::Error)]
#[error("jobs/{name}.toml: {problem}")]
pub struct InvalidDefinition {
    /// Name of the file.
    pub name: String,
    /// What is wrong, and what would be right.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cron: String,
    zone: String,
    lease_minutes: u16,
    max_attempts: u16,
    batch: u16,
    description: Description,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    nl: String,
    en: String,
}

impl Definition {
    fn parse(name: &'static str, text: &str) -> Result<Self, InvalidDefinition> {
        let wrong = |problem: String| InvalidDefinition { name: name.to_owned(), problem };
        let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let schedule = file.cron.parse::<Cron>().map_err(|error| {
            wrong(format!("cron “{}” is not right: {error}; write five fields like “30 2 * * *”", file.cron))
        })?;
        let zone = file
            .zone
            .parse::<Tz>()
            .map_err(|_| wrong(format!("zone “{}” does not exist; write one like Europe/Brussels", file.zone)))?;
        for (field, value) in
            [("lease_minutes", file.lease_minutes), ("max_attempts", file.max_attempts), ("batch", file.batch)]
        {
            if value == 0 {
                return Err(wrong(format!("{field} is 0; it must be 1 or more")));
            }
        }
        let runner = Runner::named(name).ok_or_else(|| wrong("has no runner in src/jobs/runners".to_owned()))?;
        Ok(Self {
            name,
            cron: file.cron,
            zone,
            lease_minutes: file.lease_minutes,
            max_attempts: file.max_attempts,
            batch: file.batch,
            description_nl: file.description.nl,
            description_en: file.description.en,
            runner,
            schedule,
        })
    }

    /// The first moment after `after` at which the job is due. None only for a date that never comes.
    pub fn next_due(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = after.with_timezone(&self.zone);
        self.schedule.find_next_occurrence(&local, false).ok().map(|due| due.with_timezone(&Utc))
    }

    /// The last moment up to and including `until` at which the job was due.
    pub fn last_due(&self, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = until.with_timezone(&self.zone);
        self.schedule.find_previous_occurrence(&local, true).ok().map(|due| due.with_timezone(&Utc))
    }
}

/// Every job of the house, or the first file that is wrong.
pub fn all() -> Result<Vec<Definition>, InvalidDefinition> {
    FILES.into_iter().map(|(name, text)| Definition::parse(name, text)).collect()
}

/// The job of a name.
pub fn named(name: &str) -> Result<Option<Definition>, InvalidDefinition> {
    Ok(all()?.into_iter().find(|definition| definition.name == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn job(cron: &str) -> Definition {
        let text = format!(
            "cron = \"{cron}\"\nzone = \"Europe/Brussels\"\nlease_minutes = 1\nmax_attempts = 1\nbatch = 1\n\
             [description]\nnl = \"x\"\nen = \"x\"\n"
        );
        Definition::parse("arrears_day", &text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn half_past_two_in_brussels_is_half_past_two_in_summer_and_in_winter() {
        let job = job("30 2 * * *");
        assert_eq!(job.next_due(utc("2022-01-10T12:00:00Z")), Some(utc("2022-01-11T01:30:00Z")));
        assert_eq!(job.next_due(utc("2022-07-10T12:00:00Z")), Some(utc("2022-07-11T00:30:00Z")));
    }

    #[test]
    fn a_day_whose_half_past_two_does_not_exist_still_has_its_run() {
        // On 27 March 2022 the clock went from 02:00 to 03:00.
        let job = job("30 2 * * *");
        let due = job.next_due(utc("2022-03-26T12:00:00Z")).unwrap_or_default();
        assert!(due >= utc("2022-03-27T00:00:00Z") && due < utc("2022-03-28T00:00:00Z"), "{due}");
    }

    #[test]
    fn a_day_whose_half_past_two_comes_twice_has_one_run() {
        let job = job("30 2 * * *");
        let first = job.next_due(utc("2022-10-29T12:00:00Z")).unwrap_or_default();
        let second = job.next_due(first).unwrap_or_default();
        assert_eq!(first, utc("2022-10-30T00:30:00Z"));
        assert_eq!(second, utc("2022-10-31T01:30:00Z"));
    }

    #[test]
    fn the_last_due_moment_includes_now() {
        let job = job("30 2 * * *");
        assert_eq!(job.last_due(utc("2022-01-11T01:30:00Z")), Some(utc("2022-01-11T01:30:00Z")));
        assert_eq!(job.last_due(utc("2022-01-11T01:29:59Z")), Some(utc("2022-01-10T01:30:00Z")));
    }

    #[test]
    fn every_embedded_file_is_a_job() {
        assert_eq!(all().map(|jobs| jobs.len()).unwrap_or_default(), FILES.len());
    }

    #[test]
    fn a_wrong_file_is_named_with_what_is_wrong() {
        let error = Definition::parse("arrears_day", "cron = \"every day\"").err().map(|e| e.to_string());
        assert!(error.is_some_and(|text| text.starts_with("jobs/arrears_day.toml: ")));
    }
}
