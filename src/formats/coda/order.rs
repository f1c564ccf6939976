//! Which record may follow which, and whether the next and link codes keep their promises.

use super::line::Line;
use super::problem::{Findings, Place, found};
use super::records::{LINK, NEXT};

/// The record before, with what it promised.
#[derive(Debug)]
pub(super) struct Before {
    place: Place,
    next: bool,
    link: bool,
}

impl Before {
    /// Remembers a record, for the check of the one that follows.
    pub(super) fn of(line: &Line, findings: &mut Findings) -> Self {
        let has_next = matches!(line.place.record, "2.1" | "2.2" | "2.3" | "3.1" | "3.2" | "3.3");
        let has_link = has_next || matches!(line.place.record, "8" | "4");
        let mut code = |has, field| has && line.code(field, &[0, 1], findings) == Some(1);
        let (next, link) = (code(has_next, NEXT), code(has_link, LINK));
        Self { place: line.place, next, link }
    }

    /// Notes what the record that follows makes wrong.
    pub(super) fn check(&self, follows: &Line, findings: &mut Findings) {
        let (before, now) = (self.place.record, follows.place.record);
        let allowed = successors(before);
        if !allowed.contains(&now) {
            let expected = match allowed {
                [] => "a record 0, or the end of the file".to_owned(),
                [only] => format!("a record {only}"),
                [firsts @ .., last] => format!("a record {} or {last}", firsts.join(", ")),
            };
            findings.refuse(follows.place, "order", found(format!("it after a record {before}"), expected));
            return;
        }
        let continues = matches!(now, "2.2" | "2.3" | "3.2" | "3.3");
        if self.next != continues {
            let expected = if continues { format!("1, for a record {now} follows") } else { missing(before, now) };
            findings.refuse(self.place, NEXT.0, found(u8::from(self.next), expected));
        }
        let linked = matches!(now, "3.1" | "4");
        if !continues && self.link != linked {
            let expected = if linked { "1, for" } else { "0, for" };
            findings.refuse(
                self.place,
                LINK.0,
                found(u8::from(self.link), format!("{expected} a record {now} follows")),
            );
        }
    }
}

fn missing(before: &str, now: &str) -> String {
    let continuation = match before {
        "2.1" => "2.2 or 2.3",
        "2.2" => "2.3",
        "3.1" => "3.2",
        "3.2" => "3.3",
        _ => return "0, for this record is the last of its group".to_owned(),
    };
    format!("0, or a record {continuation} before the record {now} that follows")
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
