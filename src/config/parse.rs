//! Texts into values. Each parser says, when it refuses, what would be right.

use std::path::{Path, PathBuf, absolute};
use std::str::FromStr;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{Address, AsyncSmtpTransport, Tokio1Executor};
use sqlx::postgres::PgConnectOptions;

use super::{LogFormat, SecretUrl};

/// What would have been right.
pub(super) type Parsed<T> = Result<T, String>;

pub(super) fn database_url(text: &str) -> Parsed<SecretUrl> {
    let scheme = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if scheme && PgConnectOptions::from_str(text).is_ok() {
        return Ok(SecretUrl(text.to_owned()));
    }
    Err("an address such as postgres://user:password@host:5432/database".to_owned())
}

pub(super) fn smtp_url(text: &str) -> Parsed<SecretUrl> {
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(text) {
        Ok(_) => Ok(SecretUrl(text.to_owned())),
        Err(_) => Err("an address such as smtp://localhost:25, smtps://user:password@mail.example.be, \
                       or smtp://mail.example.be:587?tls=required"
            .to_owned()),
    }
}

pub(super) fn base_url(text: &str) -> Parsed<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') && !host.contains(['?', '#', ' ']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("an address such as https://energiehuis.example.be".to_owned()),
    }
}

pub(super) fn value<T: FromStr>(text: &str, expected: &str) -> Parsed<T> {
    text.parse().map_err(|_| expected.to_owned())
}

pub(super) fn mailbox(text: &str) -> Parsed<Mailbox> {
    value(text, "a sender such as Energiehuis <energiehuis@example.be>")
}

pub(super) fn email(text: &str) -> Parsed<String> {
    value::<Address>(text, "a mail address such as energiehuis@example.be").map(|address| address.to_string())
}

/// An absolute path; a relative one is taken from `beside`, the folder of the file that said it, or from where the
/// program was started.
pub(super) fn folder(text: &str, beside: Option<&Path>) -> Parsed<PathBuf> {
    let path = beside.map_or_else(|| PathBuf::from(text), |folder| folder.join(text));
    absolute(path).map_err(|_| "the path of a folder".to_owned())
}

pub(super) fn words(text: &str) -> Parsed<String> {
    let one_line = !text.trim().is_empty() && !text.contains(['\n', '\r']);
    one_line.then(|| text.trim().to_owned()).ok_or_else(|| "one line of text".to_owned())
}

pub(super) fn switch(text: &str) -> Parsed<bool> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err("on or off".to_owned()),
    }
}

pub(super) fn log_format(text: &str) -> Parsed<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("text or json".to_owned()),
    }
}

pub(super) fn log_level(text: &str) -> Parsed<String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err("error, warn, info, debug or trace, or a filter such as warn,energiehuis=debug".to_owned()),
    }
}

/// A whole number of units between two bounds, as a duration.
pub(super) fn span(text: &str, unit: Unit, bounds: (u64, u64)) -> Parsed<Duration> {
    let (least, most) = bounds;
    let (seconds, name) = match unit {
        Unit::Seconds => (1, "seconds"),
        Unit::Hours => (3600, "hours"),
    };
    match text.parse::<u64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(Duration::from_secs(number * seconds)),
        _ => Err(format!("a whole number of {name} from {least} to {most}")),
    }
}

/// The unit of a [`span`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    Seconds,
    Hours,
}

/// A Belgian enterprise number, with or without dots or `BE`; the last two digits are 97 minus the first eight
/// modulo 97. The answer is written as `0566.988.259`.
pub(super) fn enterprise_number(text: &str) -> Parsed<String> {
    let expected = || {
        "an enterprise number of ten digits whose last two are 97 minus the rest modulo 97, such as 0566.988.259"
            .to_owned()
    };
    let plain = text.trim().trim_start_matches("BE").replace(['.', ' '], "");
    if plain.len() != 10 || !plain.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(expected());
    }
    let (body, check) = plain.split_at(8);
    match (body.parse::<u32>(), check.parse::<u32>()) {
        (Ok(body), Ok(check)) if 97 - body % 97 == check => {
            Ok(format!("{}.{}.{}", &plain[..4], &plain[4..7], &plain[7..]))
        }
        _ => Err(expected()),
    }
}
