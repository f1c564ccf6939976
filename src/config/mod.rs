//! Settings: read once at start from the command line, the environment and an optional TOML file, all checked
//! together. Every mistake is reported at once, with the name, the value, where it came from and what would be right.
//!
//! Order: command line, environment, file, default. The file is the one of `--config` or `ENERGIEHUIS_CONFIG`, or
//! else `energiehuis.toml` in the data folder when it is there.

mod file;
mod nearest;
mod parse;
mod sources;
mod table;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;

pub use sources::Sources;
pub use table::{Setting, TABLE};

/// Every setting, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The PostgreSQL database to use; none means the private one in the data folder.
    pub database_url: Option<SecretUrl>,
    /// The folder with `initdb` and `postgres`, when they are not in a usual place.
    pub pg_bin: Option<PathBuf>,
    /// The folder that holds everything the house keeps on disk. Absolute.
    pub data: PathBuf,
    /// The address and port the web door listens on.
    pub listen: SocketAddr,
    /// The address people type, without a slash at the end; links in letters start with it.
    pub base_url: String,
    /// The folder in which bank files are laid for the house to take in; none when nobody lays them there. Absolute.
    pub bank_folder: Option<PathBuf>,
    /// How mail leaves the house.
    pub mail: Mail,
    /// Who the house is, as its letters say it.
    pub organisation: Organisation,
    /// What the program writes about itself.
    pub log: Log,
    /// The work that happens by the clock.
    pub jobs: Jobs,
    /// How long a person stays signed in without doing anything.
    pub session: Duration,
}

/// How mail leaves the house.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The SMTP server; none means that mails become `.eml` files in `outbox`.
    pub smtp_url: Option<SecretUrl>,
    /// The sender of every mail.
    pub from: Mailbox,
    /// The folder for mails when there is no SMTP server, and for letters to be printed. Absolute.
    pub outbox: PathBuf,
}

/// Who the house is. A reminder must name the creditor and its enterprise number (WER art. XIX.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The name, as the Crossroads Bank for Enterprises has it.
    pub name: String,
    /// The enterprise number, as `0566.988.259`.
    pub enterprise_number: String,
    /// The postal address on one line, parts separated by commas.
    pub address: String,
    /// The telephone number for people with a question; none leaves the line out.
    pub phone: Option<String>,
    /// The mail address for people with a question.
    pub email: String,
}

/// What the program writes about itself, to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Lines for people or for machines.
    pub format: LogFormat,
    /// A filter of `tracing`, such as `info` or `warn,energiehuis=debug`.
    pub level: String,
}

/// The shape of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One line of text per event.
    Text,
    /// One JSON document per event.
    Json,
}

/// The work that happens by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jobs {
    /// Whether `serve` also runs the jobs.
    pub worker: bool,
    /// How often the worker looks for work that is due.
    pub heartbeat: Duration,
}

/// An address that may hold a password: it does not show itself by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// The address with its password.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The address with its password hidden, for people.
    pub fn hidden(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else { return "***".to_owned() };
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        // A query can carry a password too (`?password=`): show none of it.
        let path = path.split('?').next().unwrap_or_default();
        match authority.rsplit_once('@') {
            Some((user, host)) => {
                let name = user.split(':').next().unwrap_or_default();
                let secret = if user.contains(':') { ":***" } else { "" };
                format!("{scheme}://{name}{secret}@{host}{path}")
            }
            None => format!("{scheme}://{authority}{path}"),
        }
    }
}

impl std::fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hidden())
    }
}

/// One line of `energiehuis settings`: what holds, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    /// The key in the file.
    pub name: &'static str,
    /// The name in the environment.
    pub variable: &'static str,
    /// The value that holds, passwords hidden; none when it is not set.
    pub value: Option<String>,
    /// Where the value came from.
    pub source: String,
    /// What the setting is for.
    pub doc: &'static str,
}

/// Everything that is wrong with the settings, in one message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(.0))]
pub struct ConfigError(pub Vec<Mistake>);

/// One thing that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// A value that cannot be right.
    #[error("{name} = {value:?} ({origin}): expected {expected}")]
    Value {
        /// The setting, by its key in the file.
        name: &'static str,
        /// The value found; hidden for a secret.
        value: String,
        /// Where the value came from.
        origin: String,
        /// What would be right.
        expected: String,
    },
    /// A name that is no setting.
    #[error("{name} ({origin}): no such setting{}", suggestion(.nearest.as_deref()))]
    Unknown {
        /// The name found.
        name: String,
        /// Where it was found.
        origin: String,
        /// The setting that was probably meant.
        nearest: Option<String>,
    },
    /// The file could not be read, or is not TOML.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
}

fn summary(mistakes: &[Mistake]) -> String {
    let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    match lines.as_slice() {
        [one] => format!("wrong setting: {one}"),
        many => format!("{} wrong settings:\n  {}", many.len(), many.join("\n  ")),
    }
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(|| "; `energiehuis settings` lists them".to_owned(), |name| format!("; did you mean {name}?"))
}

impl Settings {
    /// Settings from `sources`, and the list of what holds and why.
    pub fn read(sources: &Sources) -> Result<(Self, Vec<Listed>), ConfigError> {
        sources::read(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::SecretUrl;

    #[test]
    fn a_password_does_not_show() {
        let hidden = |url: &str| SecretUrl(url.to_owned()).hidden();
        assert_eq!(hidden("postgres://house:s3cret@db:5432/house"), "postgres://house:***@db:5432/house");
        assert_eq!(hidden("postgres://db/house?user=a&password=s3cret"), "postgres://db/house");
        assert_eq!(hidden("postgres://house:p@ss@db/house"), "postgres://house:***@db/house");
        assert_eq!(hidden("s3cret"), "***");
        assert_eq!(
            format!("{:?}", SecretUrl("smtps://u:s3cret@mail.example".to_owned())),
            "smtps://u:***@mail.example"
        );
    }
}
