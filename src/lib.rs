//! The back office of an Energiehuis: applications of emergency buyers, interest-free loans, the rolling
//! fund that pays for them, and what all of it owes to the public.
//!
//! Rooms, and who may know whom (checked by `tests/suite/tidy`):
//!
//! ```text
//! domain   pure rules; knows no database, web, file or clock
//! formats  pure codecs: bytes <-> domain values
//! storage  all SQL; private row structs
//! services one file per use case: write transaction, permission, audit row, outbox row
//! letters  typed letters, mails and documents
//! web, jobs, cli   three doors that never call each other
//! ```

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod formats;
pub mod i18n;
pub mod jobs;
pub mod letters;
pub mod services;
pub mod storage;
pub mod telemetry;
pub mod web;
