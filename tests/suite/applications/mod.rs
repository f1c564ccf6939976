//! A family applies: read, judged, decided by two, signed; by page, program and file.

mod api;
mod csv;
mod deciding;
mod family;
mod generations;
mod known;
mod renovation;
mod rules;
mod sentences;
mod signing;
mod submitting;
