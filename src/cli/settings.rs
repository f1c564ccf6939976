//! `energiehuis settings`: what holds, and why.

use super::{Failure, Format, Globals, house, print_json, print_table};

/// Options of `settings`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  energiehuis settings\n  ENERGIEHUIS_LISTEN=0.0.0.0:80 energiehuis settings --format json\n  \
                        energiehuis --config /etc/energiehuis.toml settings"
)]
pub(super) struct Arguments {
    /// How to show them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Lists every setting with its value, where it came from and what it is for.
pub(super) fn run(globals: &Globals, arguments: &Arguments) -> Result<(), Failure> {
    let (_, listed) = house::settings(globals)?;
    match arguments.format {
        Format::Json => print_json(&listed)?,
        Format::Table => print_table(
            &["Setting", "Variable", "Value", "Source", "Meaning"],
            listed.into_iter().map(|line| {
                let value = line.value.unwrap_or_else(|| "-".to_owned());
                vec![line.name.to_owned(), line.variable.to_owned(), value, line.source, line.doc.to_owned()]
            }),
        ),
    }
    Ok(())
}
