//! All integration tests in one binary: linking once is most of a test build on two cores.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop where it stands")]

mod amounts;
mod applications;
mod bank;
mod cluster;
mod collections;
mod demo;
mod desk;
mod formats;
mod house;
mod jobs;
mod journey;
mod letters;
mod loans;
mod money;
mod payments;
mod schedule_command;
mod settings;
mod simulation;
mod support;
mod tidy;
mod web;
