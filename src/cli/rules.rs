//! `energiehuis rules`: the dated figures that judge applications.

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::services::Actor;
use crate::services::rules::{RulesCheck, check};

/// The dated figures that judge applications
#[derive(Debug, clap::Subcommand)]
pub(super) enum Rules {
    /// List every figure in force on a day, and everything that is wrong with any of them
    ///
    /// Wrong is: a gap while a product is open, another unit than the rule reads, no source, a figure below zero, a
    /// figure that no rule reads. Exit status 0 when nothing is wrong, 1 when something is. Changes nothing.
    #[command(after_help = "Examples:\n  energiehuis rules check\n  energiehuis rules check --on 2022-08-31\n  \
                            energiehuis rules check --format json | jq '.parameters[] | select(.confirmed | not)'")]
    Check {
        /// Day whose figures to list, as 2022-08-31; today when left out
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

impl Rules {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let Self::Check { on, format } = self;
        let on = on.map(|text| super::fund::date("--on", &text)).transpose()?;
        let answer = house::with_house(globals, async |open| {
            let on = on.unwrap_or_else(|| open.house.clock.today());
            check(&open.house, &Actor::system(), on).await.map_err(Failure::unavailable)
        })?;
        show(&answer, format)?;
        if answer.ok {
            return Ok(());
        }
        Err(Failure::NotOk(format!("{} things are wrong with the rules", answer.problems.len())))
    }
}

fn show(answer: &RulesCheck, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(answer);
    }
    print_text(&format!("figures in force on {}", answer.on));
    let rows = answer.parameters.iter().map(|row| {
        vec![
            row.product.map_or("every product", crate::domain::product::Product::code).to_owned(),
            row.figure.key.clone(),
            row.figure.to_string(),
            row.figure.unit.to_string(),
            row.figure.valid_from.to_string(),
            if row.figure.confirmed { String::new() } else { "not confirmed".to_owned() },
            row.figure.source.clone(),
        ]
    });
    print_table(&["product", "figure", "value", "unit", "since", "", "source"], rows);
    let unsure = answer.parameters.iter().filter(|row| !row.figure.confirmed).count();
    print_text(&format!("{} figures, {unsure} of them not confirmed", answer.parameters.len()));
    if !answer.problems.is_empty() {
        let rows = answer.problems.iter().map(|problem| {
            vec![
                problem.product.map_or("every product", crate::domain::product::Product::code).to_owned(),
                problem.key.clone(),
                problem.valid_from.map(|day| day.to_string()).unwrap_or_default(),
                problem.problem.clone(),
            ]
        });
        print_table(&["product", "figure", "from", "what is wrong"], rows);
    }
    Ok(())
}
