//! The table of settings: name, variable, default, meaning, parser.

use std::path::Path;

use super::Settings;
use super::parse::{self, Parsed, Unit};

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The key in the TOML file; a dot is a table.
    pub name: &'static str,
    /// The name in the environment.
    pub variable: &'static str,
    /// The text that holds when nobody says anything.
    pub default: Standard,
    /// What the setting is for, in one line.
    pub doc: &'static str,
    /// Puts a text into the settings, or says what would be right.
    pub(super) apply: fn(&mut Settings, Text<'_>) -> Parsed<()>,
    /// The value as people may see it.
    pub(super) show: fn(&Settings) -> Option<String>,
}

/// What holds when nobody says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// This text.
    Text(&'static str),
    /// Nothing: the setting is not set.
    Nothing,
    /// Something worked out from other settings or from the machine.
    Derived,
}

/// A text and the folder from which a relative path in it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) beside: Option<&'a Path>,
}

macro_rules! apply {
    ($($field:ident).+ = $parser:expr) => {
        |settings, from| {
            let parser: fn(Text<'_>) -> Parsed<_> = $parser;
            settings.$($field).+ = parser(from)?;
            Ok(())
        }
    };
}

/// Every setting of the house, in the order in which `energiehuis settings` lists them.
pub static TABLE: &[Setting] = &[
    Setting {
        name: "database_url",
        variable: "DATABASE_URL",
        default: Standard::Nothing,
        doc: "PostgreSQL 15 or later; when not set the program runs a private one in the data folder",
        apply: apply!(database_url = |from| parse::database_url(from.text).map(Some)),
        show: |settings| settings.database_url.as_ref().map(super::SecretUrl::hidden),
    },
    Setting {
        name: "pg_bin",
        variable: "PG_BIN",
        default: Standard::Nothing,
        doc: "folder with initdb and postgres for the private PostgreSQL, when it is not in a usual place",
        apply: apply!(pg_bin = |from| parse::folder(from.text, from.beside).map(Some)),
        show: |settings| settings.pg_bin.as_ref().map(|path| path.display().to_string()),
    },
    Setting {
        name: "data",
        variable: "ENERGIEHUIS_DATA",
        default: Standard::Derived,
        doc: "folder of the private database, the outbox and energiehuis.toml (or --data)",
        apply: apply!(data = |from| parse::folder(from.text, from.beside)),
        show: |settings| Some(settings.data.display().to_string()),
    },
    Setting {
        name: "listen",
        variable: "ENERGIEHUIS_LISTEN",
        default: Standard::Text("127.0.0.1:8080"),
        doc: "address and port of the web pages and the API",
        apply: apply!(listen = |from| parse::value(from.text, "an address and port such as 127.0.0.1:8080")),
        show: |settings| Some(settings.listen.to_string()),
    },
    Setting {
        name: "base_url",
        variable: "ENERGIEHUIS_BASE_URL",
        default: Standard::Derived,
        doc: "address that people type; links in letters start with it",
        apply: apply!(base_url = |from| parse::base_url(from.text)),
        show: |settings| Some(settings.base_url.clone()),
    },
    Setting {
        name: "bank_folder",
        variable: "ENERGIEHUIS_BANK_FOLDER",
        default: Standard::Nothing,
        doc: "folder in which bank files are laid; a job takes them in and moves them aside",
        apply: apply!(bank_folder = |from| parse::folder(from.text, from.beside).map(Some)),
        show: |settings| settings.bank_folder.as_ref().map(|path| path.display().to_string()),
    },
    Setting {
        name: "mail.smtp_url",
        variable: "ENERGIEHUIS_SMTP_URL",
        default: Standard::Nothing,
        doc: "SMTP server; when not set mails become .eml files in the outbox folder",
        apply: apply!(mail.smtp_url = |from| parse::smtp_url(from.text).map(Some)),
        show: |settings| settings.mail.smtp_url.as_ref().map(super::SecretUrl::hidden),
    },
    Setting {
        name: "mail.from",
        variable: "ENERGIEHUIS_MAIL_FROM",
        // A reserved name (RFC 2606): nothing sent by accident reaches anybody.
        default: Standard::Text("Energiehuis W13 <energiehuis@energiehuis.invalid>"),
        doc: "sender of every mail",
        apply: apply!(mail.from = |from| parse::mailbox(from.text)),
        show: |settings| Some(settings.mail.from.to_string()),
    },
    Setting {
        name: "mail.outbox",
        variable: "ENERGIEHUIS_OUTBOX",
        default: Standard::Derived,
        doc: "folder for mails when there is no SMTP server, and for letters to print",
        apply: apply!(mail.outbox = |from| parse::folder(from.text, from.beside)),
        show: |settings| Some(settings.mail.outbox.display().to_string()),
    },
    Setting {
        name: "organisation.name",
        variable: "ENERGIEHUIS_ORGANISATION_NAME",
        default: Standard::Text("Welzijnsvereniging W13"),
        doc: "name of the house in its letters",
        apply: apply!(organisation.name = |from| parse::words(from.text)),
        show: |settings| Some(settings.organisation.name.clone()),
    },
    Setting {
        name: "organisation.enterprise_number",
        variable: "ENERGIEHUIS_ORGANISATION_ENTERPRISE_NUMBER",
        default: Standard::Text("0566.988.259"),
        doc: "enterprise number of the house; a reminder must state it (WER Book XIX)",
        apply: apply!(organisation.enterprise_number = |from| parse::enterprise_number(from.text)),
        show: |settings| Some(settings.organisation.enterprise_number.clone()),
    },
    Setting {
        name: "organisation.address",
        variable: "ENERGIEHUIS_ORGANISATION_ADDRESS",
        default: Standard::Text("8500 Kortrijk"),
        doc: "postal address of the house on one line, parts separated by commas",
        apply: apply!(organisation.address = |from| parse::words(from.text)),
        show: |settings| Some(settings.organisation.address.clone()),
    },
    Setting {
        name: "organisation.phone",
        variable: "ENERGIEHUIS_ORGANISATION_PHONE",
        default: Standard::Nothing,
        doc: "telephone number for people with a question",
        apply: apply!(organisation.phone = |from| parse::words(from.text).map(Some)),
        show: |settings| settings.organisation.phone.clone(),
    },
    Setting {
        name: "organisation.email",
        variable: "ENERGIEHUIS_ORGANISATION_EMAIL",
        default: Standard::Text("energiehuis@energiehuis.invalid"),
        doc: "mail address for people with a question",
        apply: apply!(organisation.email = |from| parse::email(from.text)),
        show: |settings| Some(settings.organisation.email.clone()),
    },
    Setting {
        name: "log.format",
        variable: "ENERGIEHUIS_LOG_FORMAT",
        default: Standard::Text("text"),
        doc: "text or json",
        apply: apply!(log.format = |from| parse::log_format(from.text)),
        show: |settings| Some(if settings.log.format == super::LogFormat::Json { "json" } else { "text" }.to_owned()),
    },
    Setting {
        name: "log.level",
        variable: "ENERGIEHUIS_LOG_LEVEL",
        default: Standard::Text("warn,energiehuis=info"),
        doc: "error, warn, info, debug or trace, or a filter per part of the program",
        apply: apply!(log.level = |from| parse::log_level(from.text)),
        show: |settings| Some(settings.log.level.clone()),
    },
    Setting {
        name: "jobs.worker",
        variable: "ENERGIEHUIS_WORKER",
        default: Standard::Text("on"),
        doc: "whether serve also runs the jobs: on or off",
        apply: apply!(jobs.worker = |from| parse::switch(from.text)),
        show: |settings| Some(if settings.jobs.worker { "on" } else { "off" }.to_owned()),
    },
    Setting {
        name: "jobs.heartbeat_seconds",
        variable: "ENERGIEHUIS_HEARTBEAT_SECONDS",
        default: Standard::Text("30"),
        doc: "how often the worker looks for work that is due, in seconds",
        apply: apply!(jobs.heartbeat = |from| parse::span(from.text, Unit::Seconds, (1, 3600))),
        show: |settings| Some(settings.jobs.heartbeat.as_secs().to_string()),
    },
    Setting {
        name: "session_hours",
        variable: "ENERGIEHUIS_SESSION_HOURS",
        default: Standard::Text("8"),
        doc: "how long a person stays signed in without doing anything, in hours",
        apply: apply!(session = |from| parse::span(from.text, Unit::Hours, (1, 24 * 7))),
        show: |settings| Some((settings.session.as_secs() / 3600).to_string()),
    },
];
