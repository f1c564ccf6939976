//! Why the database did not do what it was asked.

use sqlx::postgres::PgDatabaseError;

/// An error of the database, with the name of the constraint where one said no.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A named constraint refused a row; services translate the name into a sentence.
    #[error("the database refused a row: {name}")]
    Constraint {
        /// Name of the constraint, as in the migrations.
        name: String,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The database could not be reached or the statement failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// A row holds what no rule of ours would have written.
    #[error("table {table} holds a row that cannot be read: {problem}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// What is wrong with it, without personal data.
        problem: String,
    },
}

impl Error {
    /// The name of the constraint that refused a row, if one did.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Constraint { name, .. } => Some(name),
            Self::Database(_) | Self::Corrupt { .. } => None,
        }
    }

    /// What a constraint of ours says besides its name.
    pub(super) fn detail(&self) -> Option<&str> {
        match self {
            Self::Constraint { source, .. } => {
                source.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?.detail()
            }
            Self::Database(_) | Self::Corrupt { .. } => None,
        }
    }

    /// A row that cannot be read.
    pub fn corrupt(table: &'static str, problem: impl ToString) -> Self {
        Self::Corrupt { table, problem: problem.to_string() }
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        let name = source.as_database_error().and_then(|error| error.constraint()).map(str::to_owned);
        match name {
            Some(name) => Self::Constraint { name, source },
            None => Self::Database(source),
        }
    }
}
