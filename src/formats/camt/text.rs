//! From the bytes of an XML file to text: the byte order mark, else what the declaration says, else UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::findings::{problem_at, quoted};
use crate::domain::text::Text;
use crate::formats::bank::{Place, Problem};

/// How far the declaration is looked for.
const DECLARATION: usize = 200;

/// True for bytes that begin as XML does.
pub(in crate::formats) fn begins_as_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    first == Some(&b'<') || bytes.starts_with(b"\xFF\xFE<") || bytes.starts_with(b"\xFE\xFF\0<")
}

/// The text of a file with the name of its character set.
pub(super) fn decode(bytes: &[u8]) -> Result<(&'static str, Cow<'_, str>), Box<Problem>> {
    let (encoding, content) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (declared(bytes)?, bytes),
    };
    if encoding == UTF_8 {
        return match std::str::from_utf8(content) {
            Ok(text) => Ok(("utf-8", Cow::Borrowed(text))),
            Err(error) => Err(not_in(content.get(..error.valid_up_to()).unwrap_or_default(), "UTF-8")),
        };
    }
    let (text, broken) = encoding.decode_without_bom_handling(content);
    if broken { Err(not_in(&[], encoding.name())) } else { Ok((encoding.name(), text)) }
}

/// What the XML declaration says; UTF-8 when it says nothing (XML 1.0, 4.3.3). UTF-16 cannot be declared in
/// bytes that are readable as ASCII, so it counts as UTF-8, as browsers do.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, Box<Problem>> {
    let start = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes)).into_owned();
    let declaration = start.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let value = declaration.and_then(|declaration| declaration.split("encoding").nth(1));
    let label = value.and_then(|value| value.split(['"', '\'']).nth(1));
    let Some(label) = label else { return Ok(UTF_8) };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => {
            let expected = Text::new("camt-known-character-set");
            Err(Box::new(problem_at(
                Place::Line(1),
                Text::new("camt-character-set").with_part("name", quoted(label)),
                expected,
            )))
        }
    }
}

fn not_in(before: &[u8], encoding: &str) -> Box<Problem> {
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let expected = Text::new("camt-text-in").with("name", encoding);
    Box::new(problem_at(Place::Line(line), Text::new("camt-foreign-byte"), expected))
}
