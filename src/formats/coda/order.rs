//! Which record may follow which, and whether the next and link codes keep their promises.

use super::line::Line;
use super::problem::{Findings, Place, as_is, one_of};
use super::records::{LINK, NEXT};
use crate::domain::text::Text;

/// The record before, with what it promised.
#[derive(Debug)]
pub(super) struct Before {
    place: Place,
    next: bool,
    link: bool,
}

impl Before {
    /// Remembers a record, for the check of the one that follows.
    pub(super) fn of(line: &Line<'_>, findings: &mut Findings) -> Self {
        let has_next = matches!(line.place.record, "2.1" | "2.2" | "2.3" | "3.1" | "3.2" | "3.3");
        let has_link = has_next || matches!(line.place.record, "8" | "4");
        let mut code = |has, field| has && line.code(field, &[0, 1], findings) == Some(1);
        let (next, link) = (code(has_next, NEXT), code(has_link, LINK));
        Self { place: line.place, next, link }
    }

    /// Notes what the record that follows makes wrong.
    pub(super) fn check(&self, follows: &Line<'_>, findings: &mut Findings) {
        let (before, now) = (self.place.record, follows.place.record);
        let allowed = successors(before);
        if !allowed.contains(&now) {
            let expected = match allowed {
                [] => Text::new("coda-record-0-or-end"),
                some => Text::new("coda-a-record").with_part("record", one_of(some)),
            };
            let found = Text::new("coda-after-record").with("record", before);
            findings.refuse(follows.place, "order", (found, expected));
            return;
        }
        let continues = matches!(now, "2.2" | "2.3" | "3.2" | "3.3");
        if self.next != continues {
            let expected = if continues { promise(1, now) } else { missing(before, now) };
            findings.refuse(self.place, NEXT.0, (as_is(u8::from(self.next)), expected));
        }
        let linked = matches!(now, "3.1" | "4");
        if !continues && self.link != linked {
            let expected = promise(u8::from(linked), now);
            findings.refuse(self.place, LINK.0, (as_is(u8::from(self.link)), expected));
        }
    }
}

/// The code that fits the record that follows.
fn promise(code: u8, now: &str) -> Text {
    Text::new("coda-for-record-follows").with("code", code).with("record", now)
}

fn missing(before: &str, now: &str) -> Text {
    let continuation = match before {
        "2.1" => one_of(&["2.2", "2.3"]),
        "2.2" => as_is("2.3"),
        "3.1" => as_is("3.2"),
        "3.2" => as_is("3.3"),
        _ => return Text::new("coda-last-of-group"),
    };
    Text::new("coda-no-record-or-before").with_part("continuation", continuation).with("record", now)
}

/// The records that the standard lets follow.
fn successors(record: &str) -> &'static [&'static str] {
    match record {
        "0" => &["1"],
        // A statement without movements may lack its record 8.
        "1" => &["2.1", "8", "9"],
        "2.1" => &["2.2", "2.3", "3.1", "2.1", "8"],
        "2.2" => &["2.3", "3.1", "2.1", "8"],
        "3.1" => &["3.2", "3.1", "2.1", "8"],
        "3.2" => &["3.3", "3.1", "2.1", "8"],
        "2.3" | "3.3" => &["3.1", "2.1", "8"],
        "8" | "4" => &["4", "9"],
        _ => &[],
    }
}
