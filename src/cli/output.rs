//! What the command line prints: JSON for programs, tables and sentences for people.

#![expect(clippy::print_stderr, reason = "printing is what this file is for")]

use std::io::{self, Write};

use comfy_table::{Table, presets};
use serde::Serialize;

use super::Failure;

/// How a command shows its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON document on standard output.
    Json,
    /// A table for people.
    Table,
}

/// Prints one JSON document on one line, so that it pipes into other programs.
pub fn print_json(answer: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(answer).map_err(Failure::unavailable)?;
    print_text(&text);
    Ok(())
}

/// Prints a table with a heading per column.
pub fn print_table(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let mut table = Table::new();
    // Lines around the table and under its heading, none between rows: a long list stays readable.
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(headings.to_vec());
    for row in rows {
        table.add_row(row);
    }
    print_text(&table.to_string());
}

/// Prints a line or more of plain text.
///
/// Whoever reads may have stopped reading (`energiehuis loan list | head`): that is no error of ours.
pub fn print_text(text: &str) {
    let _stopped_reading = writeln!(io::stdout(), "{text}");
}

/// Says on standard error, in one sentence, what went wrong.
pub(super) fn complain(failure: &Failure) {
    eprintln!("energiehuis: {failure}");
}

/// Says something on standard error that is not part of the answer.
pub(super) fn print_note(text: &str) {
    eprintln!("{text}");
}
