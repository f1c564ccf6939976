//! The municipalities an energy house works for.

use serde::Serialize;

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Municipality {
    /// Code of Statbel, five digits.
    pub nis_code: String,
    /// Its name.
    pub name: String,
    /// Its main postcode.
    pub postcode: String,
}

/// The municipality that a text names by its NIS code or, in capitals or not, by its name.
pub fn find<'a>(all: &'a [Municipality], text: &str) -> Option<&'a Municipality> {
    let wanted = text.trim().to_lowercase();
    all.iter().find(|one| one.nis_code == wanted || one.name.to_lowercase() == wanted)
}
