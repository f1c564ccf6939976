//! Walks through an XML file and gives its parts one by one: each transaction, each entry, each statement.
//!
//! What was given is forgotten, so memory holds one part and never a file. A DTD is refused and no entity is
//! known but the five of XML itself, so nothing in a file can grow or reach outside it.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesRef, BytesStart, Event};
use sha2::{Digest, Sha256};

use super::findings::{Findings, as_is, problem_at, quoted};
use super::node::Node;
use super::version::Message;
use crate::domain::text::Text;
use crate::formats::bank::{Place, Problem};

/// The deepest level of elements; a message of ISO 20022 has fewer than twenty.
const DEEPEST: usize = 64;

/// What a bank may change in a statement when it sends it again.
const SILENT: [&str; 4] = ["Id", "CreDtTm", "CpyDplctInd", "RptgSrc"];

/// A part of the message, complete but for the parts in it that were given before.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    pub(super) node: Node,
    /// Its path for problems: `Stmt[1]/Ntry[3]`.
    pub(super) path: String,
    /// Which one of its kind it is within the one above, from 1.
    pub(super) number: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Header,
    Transaction,
    Entry,
    Statement,
}

/// The walk through one file.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// The line at `counted`, from 1.
    line: usize,
    counted: usize,
    open: Vec<Node>,
    /// How many statements, entries, groups and transactions were begun, by their depth.
    numbers: [usize; 6],
    message: Option<Message>,
    hash: Sha256,
    /// True inside what a bank may change when it sends a statement again.
    silent: bool,
    /// Signs that no text may hold.
    pub(super) findings: Findings,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let (open, findings) = (Vec::new(), Findings::default());
        Self {
            reader,
            text,
            line: 1,
            counted: 0,
            open,
            numbers: [0; 6],
            message: None,
            hash: Sha256::new(),
            silent: false,
            findings,
        }
    }

    /// The message of the file, once its first elements were read.
    pub(super) fn message(&self) -> Option<Message> {
        self.message
    }

    /// What was read so far of the statement that is open.
    pub(super) fn statement(&self) -> Option<(&Node, String)> {
        self.open.get(2).filter(|node| is_statement(&node.name)).map(|node| (node, self.path(2)))
    }

    /// What was read so far of the entry that is open.
    pub(super) fn entry(&self) -> Option<(&Node, String)> {
        self.open.get(3).filter(|node| node.name == "Ntry").map(|node| (node, self.path(3)))
    }

    /// Takes the statement that is open, when the file ends in it.
    pub(super) fn take_statement(&mut self) -> Option<(Node, String)> {
        let path = self.path(2);
        self.open.truncate(3);
        self.open.pop().filter(|node| is_statement(&node.name)).map(|node| (node, path))
    }

    /// SHA-256 over what the statement that was given last says, in hexadecimal.
    pub(super) fn fingerprint(&mut self) -> String {
        hex::encode(std::mem::replace(&mut self.hash, Sha256::new()).finalize())
    }

    /// The next part; none at the end of the file.
    ///
    /// # Errors
    /// What makes the rest of the file unreadable.
    pub(super) fn next(&mut self) -> Result<Option<Part>, Box<Problem>> {
        loop {
            let line = self.line_at(self.reader.buffer_position());
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => self.open(&tag, line)?,
                Ok(Event::End(_)) => {
                    if let Some(part) = self.close() {
                        return Ok(Some(part));
                    }
                }
                Ok(Event::Text(text)) => self.add(&text, line)?,
                Ok(Event::CData(text)) => self.add(&text, line)?,
                Ok(Event::GeneralRef(reference)) => {
                    let sign = resolved(&reference).ok_or_else(|| {
                        self.refused(line, Text::new("camt-entity").with("name", &*reference), "camt-five-entities")
                    })?;
                    self.add(sign.encode_utf8(&mut [0; 4]), line)?;
                }
                Ok(Event::DocType(_)) => return Err(self.refused(line, Text::new("camt-dtd"), "camt-no-dtd")),
                Ok(Event::Eof) => return self.end(line),
                Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Err(error) => return Err(self.broken(&error)),
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, line: usize) -> Result<(), Box<Problem>> {
        let name = tag.local_name().into_inner().to_owned();
        let depth = self.open.len();
        if depth >= DEEPEST {
            return Err(self.refused(line, Text::new("camt-too-deep").with("most", DEEPEST), "camt-message-of-iso"));
        }
        let mut node = Node { name, line, ..Node::default() };
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| {
                self.refused(line, Text::new("camt-attribute").with("detail", error), "camt-well-formed")
            })?;
            if attribute.key.into_inner() == "Ccy" {
                node.currency = Some(attribute.value.trim().to_owned());
            }
        }
        match depth {
            0 if self.message.is_some() => {
                return Err(self.refused(line, Text::new("camt-second-root"), "camt-one-root"));
            }
            0 => self.message = Some(Message::of(tag, line)?),
            1 => self.check_body(&node)?,
            _ => {}
        }
        self.number(depth, &node.name);
        if depth == 2 {
            self.hash = Sha256::new();
        }
        if depth > 2 {
            self.silent |= depth == 3 && SILENT.contains(&node.name.as_str());
            self.say(&["<", &node.name]);
        }
        self.open.push(node);
        Ok(())
    }

    /// The message must be the one that the namespace promises.
    fn check_body(&self, node: &Node) -> Result<(), Box<Problem>> {
        let Some(message) = self.message else { return Ok(()) };
        if node.name == message.body() {
            return Ok(());
        }
        let place = Place::Element { line: node.line, path: format!("Document/{}", node.name) };
        let expected = Text::new("camt-body").with("name", message.body()).with("message", message);
        Err(Box::new(problem_at(place, quoted(&node.name), expected)))
    }

    fn number(&mut self, depth: usize, name: &str) {
        if is_counted(depth, name)
            && let Some((number, below)) = self.numbers.get_mut(depth..).and_then(<[usize]>::split_first_mut)
        {
            *number += 1;
            below.fill(0);
        }
    }

    fn close(&mut self) -> Option<Part> {
        let depth = self.open.len().checked_sub(1)?;
        let path = if is_part(depth, &self.open) { self.path(depth) } else { String::new() };
        let kind = part_kind(depth, &self.open);
        let mut node = self.open.pop()?;
        node.text = node.text.trim().to_owned();
        if depth > 2 {
            self.say(&[&node.text, node.currency.as_deref().unwrap_or_default(), ">"]);
            self.silent &= depth > 3;
        }
        if let Some(kind) = kind {
            let number = self.numbers.get(depth).copied().unwrap_or_default();
            return Some(Part { kind, node, path, number });
        }
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(node);
        }
        None
    }

    /// Adds to what tells two statements apart.
    fn say(&mut self, texts: &[&str]) {
        if !self.silent {
            for text in texts {
                self.hash.update(text);
            }
        }
    }

    /// Adds text to the element that is open.
    fn add(&mut self, text: &str, line: usize) -> Result<(), Box<Problem>> {
        if self.open.is_empty() {
            return if text.trim().is_empty() {
                Ok(())
            } else {
                Err(self.refused(line, quoted(text.trim()), "camt-one-root"))
            };
        }
        if let Some(sign) = text.chars().find(|sign| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r')) {
            let place = Place::Element { line, path: self.path(self.open.len() - 1) };
            let found = Text::new("camt-control-character").with("code", format!("U+{:04X}", u32::from(sign)));
            self.findings.refuse(place, found, Text::new("coda-printable-only"));
        }
        if let Some(node) = self.open.last_mut() {
            node.text.extend(text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\t' | '\n')));
        }
        Ok(())
    }

    fn end(&self, line: usize) -> Result<Option<Part>, Box<Problem>> {
        match self.open.last() {
            Some(node) => {
                let place = Place::Element { line, path: self.path(self.open.len() - 1) };
                let expected = Text::new("camt-closing-tag").with("name", &node.name);
                Err(Box::new(problem_at(place, Text::new("camt-end-of-file"), expected)))
            }
            None if self.message.is_none() => Err(self.refused(line, Text::new("camt-no-root"), "camt-message-of-iso")),
            None => Ok(None),
        }
    }

    fn broken(&mut self, error: &Error) -> Box<Problem> {
        let line = self.line_at(self.reader.error_position());
        match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                let expected = Text::new("camt-closing-tag").with("name", expected);
                let place = Place::Element { line, path: self.path(self.open.len().saturating_sub(1)) };
                Box::new(problem_at(place, Text::new("camt-closing-tag").with("name", found), expected))
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                self.refused(line, Text::new("camt-closing-tag").with("name", found), "camt-well-formed")
            }
            Error::Syntax(_) => self.refused(line, Text::new("camt-cut-off"), "camt-well-formed"),
            other => self.refused(line, as_is(other), "camt-well-formed"),
        }
    }

    fn refused(&self, line: usize, found: Text, expected: &str) -> Box<Problem> {
        let place = match self.open.len() {
            0 => Place::Line(line),
            depth => Place::Element { line, path: self.path(depth - 1) },
        };
        Box::new(problem_at(place, found, Text::new(expected)))
    }

    /// The path of an open element. It begins at the statement: what is above says nothing.
    fn path(&self, depth: usize) -> String {
        let from = if depth < 2 { 0 } else { 2 };
        let names = self.open.iter().enumerate().take(depth + 1).skip(from).map(|(at, node)| {
            match self.numbers.get(at).filter(|_| is_counted(at, &node.name)) {
                Some(number) => format!("{}[{number}]", node.name),
                None => node.name.clone(),
            }
        });
        names.collect::<Vec<_>>().join("/")
    }

    /// The line of a byte; bytes come in rising order.
    fn line_at(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(more) = self.text.as_bytes().get(self.counted..position) {
            self.line += more.iter().filter(|byte| **byte == b'\n').count();
            self.counted = position;
        }
        self.line
    }
}

fn is_statement(name: &str) -> bool {
    matches!(name, "Stmt" | "Ntfctn")
}

/// Elements that repeat and are told apart by their number.
fn is_counted(depth: usize, name: &str) -> bool {
    match depth {
        2 => is_statement(name),
        3 => name == "Ntry",
        4 => name == "NtryDtls",
        5 => name == "TxDtls",
        _ => false,
    }
}

fn is_part(depth: usize, open: &[Node]) -> bool {
    part_kind(depth, open).is_some()
}

fn part_kind(depth: usize, open: &[Node]) -> Option<PartKind> {
    let name = |at: usize| open.get(at).map_or("", |node| node.name.as_str());
    match depth {
        2 if name(2) == "GrpHdr" => Some(PartKind::Header),
        2 if is_statement(name(2)) => Some(PartKind::Statement),
        3 if name(3) == "Ntry" && is_statement(name(2)) => Some(PartKind::Entry),
        5 if name(5) == "TxDtls" && name(4) == "NtryDtls" && name(3) == "Ntry" && is_statement(name(2)) => {
            Some(PartKind::Transaction)
        }
        _ => None,
    }
}

/// The sign of `&#233;` or of one of the five entities that XML knows.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}
