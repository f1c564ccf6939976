//! Which message a file is, by its namespace.

use std::fmt;

use quick_xml::events::BytesStart;

use super::findings::{as_is, problem_at, quoted};
use crate::domain::text::Text;
use crate::formats::bank::{Format, Place, Problem};

/// The namespaces of ISO 20022 begin so.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// Versions whose layout this reader knows.
const VERSIONS: [(&str, u8); 5] = [("02", 2), ("03", 3), ("04", 4), ("06", 6), ("08", 8)];

/// A message and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Message {
    /// camt.053: a statement with balances.
    Statement(u8),
    /// camt.054: details of totals, never money of its own.
    Notification(u8),
}

impl Message {
    /// The message of a root element.
    pub(super) fn of(root: &BytesStart<'_>, line: usize) -> Result<Self, Box<Problem>> {
        let name = root.name();
        let wanted = match name.prefix() {
            Some(prefix) => format!("xmlns:{}", prefix.into_inner()),
            None => "xmlns".to_owned(),
        };
        let mut attributes = root.attributes().flatten();
        let namespace = attributes.find(|attribute| attribute.key.into_inner() == wanted);
        let namespace = namespace.map(|attribute| attribute.value.trim().to_owned());
        let local = name.local_name().into_inner();
        let place = || Place::Element { line, path: local.chars().take(60).collect() };
        if local != "Document" {
            return Err(Box::new(problem_at(place(), quoted(local), as_is("Document"))));
        }
        let Some(namespace) = namespace else {
            return Err(Box::new(problem_at(place(), Text::new("camt-no-namespace"), Text::new("camt-namespace"))));
        };
        let known = namespace.strip_prefix(NAMESPACE).and_then(Self::of_name);
        known.ok_or_else(|| {
            let found = Text::new("camt-other-namespace").with_part("name", quoted(&namespace));
            Box::new(problem_at(place(), found, Text::new("camt-namespace")))
        })
    }

    fn of_name(name: &str) -> Option<Self> {
        let (message, version) = name.rsplit_once('.')?;
        let (_, version) = VERSIONS.iter().find(|(text, _)| *text == version)?;
        match message {
            "camt.053.001" => Some(Self::Statement(*version)),
            "camt.054.001" => Some(Self::Notification(*version)),
            _ => None,
        }
    }

    /// The element in which the message stands.
    pub(super) fn body(self) -> &'static str {
        match self {
            Self::Statement(_) => "BkToCstmrStmt",
            Self::Notification(_) => "BkToCstmrDbtCdtNtfctn",
        }
    }

    /// The same as a format of bank files.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Statement(version) => Format::Camt053(version),
            Self::Notification(version) => Format::Camt054(version),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.format().fmt(f)
    }
}
