//! What the program writes about itself: log lines on standard error, for people or as JSON.
//!
//! Log lines carry identifiers and figures, never names, IBANs or addresses.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Log, LogFormat};

/// Begins to write log lines. A second call changes nothing, so that tests may start a house each.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Text => builder.with_target(false).finish().try_init(),
        LogFormat::Json => builder.json().finish().try_init(),
    };
    if started.is_err() {
        tracing::debug!("log lines were already being written");
    }
}
