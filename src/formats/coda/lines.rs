//! A bank file line by line, each as characters, with one line in memory at a time.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::encoding::{self, Encoding};

/// The lines of a file as bytes, without their ends. A byte order mark and a missing last line end are no content.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::with_capacity(256), number: 0 }
    }

    /// The next line and its number, counted from 1; none at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<(usize, &[u8])>> {
        self.buffer.clear();
        if self.reader.read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        let mut line = self.buffer.as_slice();
        if self.number == 0 {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            if line.is_empty() {
                return Ok(None);
            }
        }
        self.number += 1;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Ok(Some((self.number, line.strip_suffix(b"\r").unwrap_or(line))))
    }
}

/// One line as characters, because positions count characters and not bytes.
#[derive(Debug)]
pub(super) struct TextLine<'a> {
    /// Counted from 1.
    pub(super) number: usize,
    /// The characters.
    pub(super) text: Cow<'a, str>,
    /// Where each character starts, and the end; none when every character is one byte.
    starts: Option<Vec<usize>>,
    /// True when it holds nothing but printable ASCII, as nearly every line of nearly every bank.
    pub(super) plain: bool,
}

impl<'a> TextLine<'a> {
    pub(super) fn of(number: usize, bytes: &'a [u8], encoding: Encoding) -> Self {
        // No early exit: this way the whole line is compared a register at a time.
        let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte));
        if plain && let Ok(text) = std::str::from_utf8(bytes) {
            return Self { number, text: Cow::Borrowed(text), starts: None, plain };
        }
        let text = encoding::decode(bytes, encoding);
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect());
        Self { number, text, starts, plain: false }
    }

    /// The number of its characters.
    pub(super) fn len(&self) -> usize {
        self.starts.as_ref().map_or(self.text.len(), |starts| starts.len() - 1)
    }

    /// So many characters from one on, counted from 0; fewer where the line ends before.
    pub(super) fn part(&self, skip: usize, length: usize) -> &str {
        let end = (skip + length).min(self.len());
        let (from, to) = match &self.starts {
            None => (skip.min(end), end),
            Some(starts) => (starts[skip.min(end)], starts[end]),
        };
        self.text.get(from..to).unwrap_or_default()
    }

    /// The same line with blanks up to a length.
    pub(super) fn padded(&mut self, length: usize) {
        let missing = length.saturating_sub(self.len());
        let end = self.text.len();
        self.text.to_mut().push_str(&" ".repeat(missing));
        if let Some(starts) = &mut self.starts {
            starts.extend((1..=missing).map(|more| end + more));
        }
    }

    /// The name of the record that it starts as, or none when CODA knows no such record.
    pub(super) fn record(&self) -> Option<&'static str> {
        let bytes = self.text.as_bytes();
        match (bytes.first()?, bytes.get(1)) {
            (b'0', _) => Some("0"),
            (b'1', _) => Some("1"),
            (b'2', Some(b'1')) => Some("2.1"),
            (b'2', Some(b'2')) => Some("2.2"),
            (b'2', Some(b'3')) => Some("2.3"),
            (b'3', Some(b'1')) => Some("3.1"),
            (b'3', Some(b'2')) => Some("3.2"),
            (b'3', Some(b'3')) => Some("3.3"),
            (b'4', _) => Some("4"),
            (b'8', _) => Some("8"),
            (b'9', _) => Some("9"),
            _ => None,
        }
    }
}

/// So many characters of a text from one on, counted from 0; fewer where it ends before.
pub(super) fn part(text: &str, skip: usize, length: usize) -> &str {
    if text.is_ascii() {
        let end = (skip + length).min(text.len());
        return text.get(skip.min(end)..end).unwrap_or_default();
    }
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = starts.nth(skip).unwrap_or(text.len());
    let to = if length == 0 { from } else { starts.nth(length - 1).unwrap_or(text.len()) };
    text.get(from..to).unwrap_or_default()
}

/// The text without blanks on either side. Fields are mostly blanks, so those go first, byte by byte.
pub(super) fn trimmed(text: &str) -> &str {
    let text = without_end(text);
    let first = text.bytes().position(|byte| byte != b' ').unwrap_or(text.len());
    text.get(first..).unwrap_or_default().trim()
}

/// The text without blanks at its end.
pub(super) fn without_end(text: &str) -> &str {
    let end = text.bytes().rposition(|byte| byte != b' ').map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default().trim_end()
}
