//! `energiehuis database -- COMMAND`: runs a program on the database of the house, private or not.

use std::process::Command;

use super::{Failure, Globals, with_house};

/// Options of `database`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The program finds DATABASE_URL in its environment, and PGHOST, PGPORT, PGUSER and PGDATABASE for the \
                  programs of PostgreSQL.\n\nExamples:\n  energiehuis database -- psql\n  \
                  energiehuis database -- pg_dump --format=custom --file=house.dump\n  \
                  energiehuis --data /srv/energiehuis database -- psql -c 'SELECT count(*) FROM loans'"
)]
pub(super) struct Arguments {
    /// The program and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// Opens the house, runs the program to its end, and closes the house.
pub(super) fn run(globals: &Globals, arguments: &Arguments) -> Result<(), Failure> {
    with_house(globals, async |open| {
        let Some((program, rest)) = arguments.command.split_first() else {
            return Err(Failure::Input("COMMAND is empty; write a program such as psql".to_owned()));
        };
        let mut command = Command::new(program);
        command.args(rest).envs(open.database_environment());
        let status = tokio::task::spawn_blocking(move || command.status()).await.map_err(Failure::unavailable)?;
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Failure::NotOk(format!("{program} ended with {status}"))),
            Err(error) => Err(Failure::Input(format!("COMMAND is {program}, which could not be run: {error}"))),
        }
    })
}
