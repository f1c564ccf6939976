//! A family applies: read, judged, decided by two, signed; by page, program and file.

mod api;
mod csv;
mod deciding;
mod family;
mod known;
mod rules;
mod sentences;
mod signing;
mod submitting;
