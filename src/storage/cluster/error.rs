//! Why there is no private PostgreSQL.

use std::path::{Path, PathBuf};

/// A private PostgreSQL that could not be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No programs of PostgreSQL on this machine.
    #[error(
        "no PostgreSQL found in {looked}: install it with `sudo apt-get install -y postgresql`, or name its folder in \
         PG_BIN, or set DATABASE_URL to a database that runs elsewhere"
    )]
    Missing {
        /// Where it was looked for.
        looked: String,
    },
    /// Only programs that are too old, or of another generation than the data.
    #[error(
        "PostgreSQL {needed} is needed{why}, found {found}: install it with \
         `sudo apt-get install -y postgresql-{number}`"
    )]
    Version {
        /// The version that would do, in words.
        needed: String,
        /// Why just that one.
        why: String,
        /// The versions found.
        found: String,
        /// The number of the package to install.
        number: u32,
    },
    /// No account to run as.
    #[error("PostgreSQL does not run as root and there is no account postgres or nobody on this machine")]
    Account,
    /// A folder that cannot be made, entered or locked.
    #[error("the folder {} cannot be used for the private PostgreSQL: {reason}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A program of PostgreSQL ended badly.
    #[error("{program} failed: {said}")]
    Program {
        /// The program.
        program: String,
        /// The last lines it wrote.
        said: String,
    },
}

impl ClusterError {
    /// A folder that cannot be used.
    pub(super) fn folder(path: &Path, reason: impl ToString) -> Self {
        Self::Folder { path: path.to_owned(), reason: reason.to_string() }
    }
}
