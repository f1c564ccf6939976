//! Reads one field of a form at a time and collects what is wrong.

use std::str::FromStr;

use chrono::NaiveDate;

use super::Loose;
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Problems, Text};

/// The longest text that a name, a street or a word may have.
pub(crate) const SHORT: usize = 100;
/// The longest description.
pub(crate) const LONG: usize = 1000;

/// Collects values and problems.
#[derive(Debug, Default)]
pub(crate) struct Reader(Problems);

impl Reader {
    /// Notes a problem.
    pub(crate) fn problem(&mut self, field: &str, value: impl ToString, text: Text) {
        self.0.add(field, value, text);
    }

    /// Everything that is wrong.
    pub(crate) fn into_problems(self) -> Vec<FieldProblem> {
        self.0.into_vec()
    }

    /// A field that must not be empty.
    pub(crate) fn required<'a>(&mut self, field: &str, value: &'a Loose) -> Option<&'a str> {
        let text = value.text();
        if text.is_none() {
            self.problem(field, "", Text::new("application-problem-required"));
        }
        text
    }

    /// A text that must not be empty, at most `most` signs, blanks between words single.
    pub(crate) fn words(&mut self, field: &str, value: &Loose, most: usize) -> Option<String> {
        self.required(field, value)?;
        self.optional_words(field, value, most)
    }

    /// A text that may be empty.
    pub(crate) fn optional_words(&mut self, field: &str, value: &Loose, most: usize) -> Option<String> {
        let words = value.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > most {
            let text =
                Text::new("application-problem-too-long").with("most", most).with("length", words.chars().count());
            self.problem(field, words.chars().take(40).collect::<String>(), text);
            return None;
        }
        if words.chars().any(char::is_control) {
            self.problem(field, "", Text::new("application-problem-control-signs"));
            return None;
        }
        Some(words)
    }

    /// A value that reads itself; `text` says what would be right.
    pub(crate) fn read<T: FromStr>(&mut self, field: &str, value: &Loose, text: Text) -> Option<T> {
        let typed = value.text()?;
        let read = typed.parse().ok();
        if read.is_none() {
            self.problem(field, typed, text);
        }
        read
    }

    /// A value that reads itself and whose error says, in a sentence of its own, what is wrong.
    pub(crate) fn number<T>(&mut self, field: &str, value: &Loose, key: &str) -> Option<T>
    where
        T: FromStr,
    {
        self.required(field, value)?;
        self.read(field, value, Text::new(key))
    }

    /// A date that must be given.
    pub(crate) fn date(&mut self, field: &str, value: &Loose) -> Option<NaiveDate> {
        self.required(field, value)?;
        self.optional_date(field, value)
    }

    /// A date that may be empty.
    pub(crate) fn optional_date(&mut self, field: &str, value: &Loose) -> Option<NaiveDate> {
        let date: NaiveDate = self.read(field, value, Text::new("application-problem-date"))?;
        // A year of two or five digits is a slip of the pen.
        if (1900..=2200).contains(&chrono::Datelike::year(&date)) {
            return Some(date);
        }
        self.problem(field, date, Text::new("application-problem-date"));
        None
    }

    /// An amount that must be given: `1234.50`, or as people type it. `12.345` is refused: to a person it is twelve
    /// thousand, to a program twelve.
    pub(crate) fn money(&mut self, field: &str, value: &Loose) -> Option<Money> {
        let typed = self.required(field, value)?;
        if is_ambiguous(typed) {
            self.problem(field, typed, Text::new("application-problem-amount-two-ways"));
            return None;
        }
        let amount = Money::parse_typed(typed).ok();
        if amount.is_none() {
            self.problem(field, typed, Text::new("application-problem-amount"));
        }
        amount
    }

    /// An amount above zero.
    pub(crate) fn positive_money(&mut self, field: &str, value: &Loose) -> Option<Money> {
        let amount = self.money(field, value)?;
        if amount.is_positive() {
            return Some(amount);
        }
        self.problem(field, amount, Text::new("application-problem-amount-positive"));
        None
    }

    /// A whole number between two bounds; may be empty.
    pub(crate) fn whole(&mut self, field: &str, value: &Loose, bounds: (i32, i32)) -> Option<i32> {
        let text = Text::new("application-problem-whole").with("least", bounds.0).with("most", bounds.1);
        let number: i32 = self.read(field, value, text.clone())?;
        if (bounds.0..=bounds.1).contains(&number) {
            return Some(number);
        }
        self.problem(field, number, text);
        None
    }

    /// Yes or no; may be empty.
    pub(crate) fn yes_no(&mut self, field: &str, value: &Loose) -> Option<bool> {
        let typed = value.text()?;
        match typed.to_lowercase().as_str() {
            "yes" | "ja" | "true" | "1" | "y" | "j" => Some(true),
            "no" | "nee" | "neen" | "false" | "0" | "n" => Some(false),
            _ => {
                self.problem(field, typed, Text::new("application-problem-yes-no"));
                None
            }
        }
    }

    /// One code of a closed list; may be empty.
    pub(crate) fn choice<T: FromStr>(&mut self, field: &str, value: &Loose, codes: &[&str]) -> Option<T> {
        self.read(field, value, Text::new("application-problem-choice").with("choices", codes.join(", ")))
    }
}

/// One point or comma with three digits after it.
fn is_ambiguous(typed: &str) -> bool {
    let mut parts = typed.split(['.', ',']);
    let (_, last) = (parts.next(), parts.next());
    parts.next().is_none() && last.is_some_and(|digits| digits.len() == 3)
}
