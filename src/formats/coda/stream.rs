//! Reads a file part by part, with one record and one movement in memory at a time.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::assemble::{Collected, StatementReading};
use super::encoding::Encoding;
use super::lines::{Lines, TextLine};
use super::problem::{Problem, quoted};
use super::statement::Movement;
use crate::domain::text::Text;

/// A part of a file, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A movement or a detail of the statement that ends after it.
    Movement(Box<Movement>),
    /// The end of a statement: the statement without its movements, which came before, and its problems.
    Statement(Box<StatementReading>),
    /// The file is no CODA file; nothing comes after it.
    Problem(Problem),
}

/// The parts of a file; see [`stream`].
#[derive(Debug)]
pub struct Stream<R> {
    lines: Lines<R>,
    encoding: Encoding,
    current: Option<Collected>,
    /// The file starts with empty lines: if nothing else follows, there is nothing in it.
    blank: bool,
    ended: bool,
    ready: VecDeque<Part>,
}

/// Reads a file part by part, in a character set that [`recognise`](super::recognise) found. However large the file
/// is, one movement is in memory at a time, and what is wrong with the statement.
///
/// A movement is given out before its statement has been checked: book nothing before the statement has come.
pub fn stream<R: BufRead>(file: R, encoding: Encoding) -> Stream<R> {
    let ready = VecDeque::with_capacity(2);
    Stream { lines: Lines::new(file), encoding, current: None, blank: false, ended: false, ready }
}

impl<R: BufRead> Iterator for Stream<R> {
    type Item = io::Result<Part>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(part) = self.ready.pop_front() {
                return Some(Ok(part));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.advance() {
                self.ended = true;
                return Some(Err(error));
            }
        }
    }
}

impl<R: BufRead> Stream<R> {
    /// Reads one line.
    fn advance(&mut self) -> io::Result<()> {
        let Self { lines, encoding, current, blank, ended, ready } = self;
        let Some((number, bytes)) = lines.next()? else {
            *ended = true;
            match current.take() {
                Some(last) => end(last, false, ready),
                None => ready.push_back(Part::Problem(Problem::of_file(Text::new("coda-nothing"), header()))),
            }
            return Ok(());
        };
        let line = TextLine::of(number, bytes, *encoding);
        if current.is_none() || line.text.starts_with('0') {
            match current.take() {
                Some(before) => end(before, true, ready),
                None if line.text.is_empty() => {
                    *blank = true;
                    return Ok(());
                }
                None => {
                    let problem = if *blank { Some(other_start("")) } else { not_coda(&line) };
                    if let Some(problem) = problem {
                        *ended = true;
                        ready.push_back(Part::Problem(problem));
                        return Ok(());
                    }
                }
            }
            *current = Some(Collected::new(number));
        }
        let closed = current.as_mut().and_then(|statement| statement.take(line));
        ready.extend(closed.map(|movement| Part::Movement(Box::new(movement))));
        Ok(())
    }
}

fn end(statement: Collected, follows: bool, ready: &mut VecDeque<Part>) {
    let (closed, reading) = statement.end(follows);
    ready.extend(closed.map(|movement| Part::Movement(Box::new(movement))));
    ready.push_back(Part::Statement(Box::new(reading)));
}

/// Why a file is no CODA file at all, from its first line, so that one sentence says it instead of one per line.
fn not_coda(first: &TextLine<'_>) -> Option<Problem> {
    if first.part(0, 5) != "00000" {
        return Some(other_start(first.part(0, 5)));
    }
    (first.part(127, 1) == "1").then(|| Problem {
        line: Some(1),
        record: Some("0"),
        field: Some("version"),
        ..Problem::of_file(Text::new("coda-old-layout"), Text::new("coda-version-2"))
    })
}

fn other_start(start: &str) -> Problem {
    let start: String = start.chars().flat_map(char::escape_debug).collect();
    let found = Text::new("coda-first-line").with_part("start", quoted(&start));
    Problem { line: Some(1), ..Problem::of_file(found, header()) }
}

fn header() -> Text {
    Text::new("coda-file")
}
