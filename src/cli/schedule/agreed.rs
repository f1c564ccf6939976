//! A plan that people agreed on, from `--line` or from a file.

use std::fs;
use std::path::Path;

use super::{Failure, Schedule, words};
use crate::domain::money::Money;
use crate::domain::schedule::{Plan, PlanLine};

impl Schedule {
    /// True when the lines are given instead of a formula.
    pub(super) fn is_agreed(&self) -> bool {
        !self.line.is_empty() || self.plan.is_some()
    }

    /// The plan of the lines; what only a formula needs has no place beside them.
    pub(super) fn agreed(&self, principal: Money) -> Result<Plan, Failure> {
        let of_a_formula = [
            ("instalments", &self.instalments),
            ("first-due", &self.first_due),
            ("rate", &self.rate),
            ("frequency", &self.frequency),
            ("method", &self.method),
            ("remainder", &self.remainder),
            ("day-count", &self.day_count),
            ("grace", &self.grace),
            ("spread", &self.spread),
        ];
        for (option, value) in of_a_formula {
            if let Some(value) = value {
                return Err(Failure::Input(format!(
                    "{option} “{value}” has no place in an agreed plan, which says its own dates and amounts at 0 %; \
                     leave --{option} out"
                )));
            }
        }
        let lines = match (&self.plan, self.line.as_slice()) {
            (None, texts) => texts.iter().map(|text| line(text)).collect::<Result<_, _>>()?,
            (Some(file), []) => from_file(file)?,
            (Some(file), [first, ..]) => {
                return Err(Failure::Input(format!(
                    "plan “{}” and line “{first}” are two plans; give either --plan or --line",
                    file.display()
                )));
            }
        };
        Plan::custom(principal, lines).map_err(Failure::input)
    }
}

/// The lines of a file; empty ones and remarks are passed over.
fn from_file(file: &Path) -> Result<Vec<PlanLine>, Failure> {
    let name = file.display();
    let content = fs::read_to_string(file).map_err(|error| {
        Failure::Input(format!("plan “{name}” cannot be read ({error}); give a file with one 2026-01-31=250.00 a line"))
    })?;
    let texts = (1..).zip(content.lines().map(str::trim));
    texts
        .filter(|(_, text)| !text.is_empty() && !text.starts_with('#'))
        .map(|(number, text)| {
            line(text).map_err(|error| Failure::Input(format!("plan “{name}”, row {number}: {error}")))
        })
        .collect()
}

fn line(text: &str) -> Result<PlanLine, Failure> {
    let (date, amount) =
        text.split_once('=').and_then(|(date, amount)| Some((words::read_date(date)?, amount))).ok_or_else(|| {
            Failure::Input(format!("line “{text}” is not a date and an amount; write it as 2026-01-31=250.00"))
        })?;
    let amount = amount.parse().map_err(|error| Failure::Input(format!("line “{text}”: amount {error}")))?;
    Ok(PlanLine { due_on: date, amount })
}
