//! Reads the fields of one JSON object, each by its name, and tells at the end which ones nobody asked for.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::application::{LONG, Loose, Reader};
use crate::domain::money::Money;
use crate::domain::schedule::{Frequency, PlanLine};
use crate::domain::text::Text;

/// The fields of an object on their way in.
pub(super) struct Fields<'a> {
    reader: &'a mut Reader,
    /// What stands before a name: empty, or `replacement.event.`.
    path: String,
    map: &'a Map<String, Value>,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of an object that stands at `path`.
    pub(super) fn of(reader: &'a mut Reader, path: String, map: &'a Map<String, Value>) -> Self {
        Self { reader, path, map, asked: Vec::new() }
    }

    /// The fields of an object within this one, and its reader.
    pub(super) fn within<T>(
        &mut self,
        (name, map): (&str, &Map<String, Value>),
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Fields::of(self.reader, format!("{}{name}.", self.path), map);
        let found = read(&mut inner);
        inner.end();
        found
    }

    /// The reader, for values that read themselves, and the path of a name.
    pub(super) fn reader(&mut self, name: &str) -> (&mut Reader, String) {
        let path = self.field(name);
        (self.reader, path)
    }

    /// Notes a problem of a field.
    pub(super) fn problem(&mut self, name: &str, value: impl ToString, text: Text) {
        let path = self.field(name);
        self.reader.problem(&path, value, text);
    }

    /// The value of a field, as it was sent.
    pub(super) fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        self.map.get(name)
    }

    /// A field that is a text, a number, yes or no; none where it is something else, which is told.
    pub(super) fn loose(&mut self, name: &'static str) -> Option<Loose> {
        let Some(value) = self.value(name) else { return Some(Loose::default()) };
        let loose = serde_json::from_value(value.clone()).ok();
        if loose.is_none() {
            self.problem(name, "", Text::new("loan-event-problem-text"));
        }
        loose
    }

    /// Whether a field has something in it.
    pub(super) fn is_filled(&mut self, name: &'static str) -> bool {
        self.value(name).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// A text that must be there.
    pub(super) fn words(&mut self, name: &'static str) -> Option<String> {
        let loose = self.loose(name)?;
        self.reader.words(&format!("{}{name}", self.path), &loose, LONG)
    }

    /// A text that may be empty.
    pub(super) fn optional_words(&mut self, name: &'static str) -> Option<String> {
        let loose = self.loose(name)?;
        self.reader.optional_words(&format!("{}{name}", self.path), &loose, LONG)
    }

    /// An amount above zero.
    pub(super) fn amount(&mut self, name: &'static str) -> Option<Money> {
        let loose = self.loose(name)?;
        self.reader.positive_money(&format!("{}{name}", self.path), &loose)
    }

    /// An amount of 0.00 or more.
    pub(super) fn amount_or_nothing(&mut self, name: &'static str) -> Option<Money> {
        let loose = self.loose(name)?;
        let amount = self.reader.money(&format!("{}{name}", self.path), &loose)?;
        if amount.is_negative() {
            self.problem(name, amount, Text::new("loan-event-problem-not-negative"));
            return None;
        }
        Some(amount)
    }

    /// A day that must be there.
    pub(super) fn day(&mut self, name: &'static str) -> Option<NaiveDate> {
        let loose = self.loose(name)?;
        self.reader.date(&format!("{}{name}", self.path), &loose)
    }

    /// A day, today or before, that must be there.
    pub(super) fn past_day(&mut self, name: &'static str, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.day(name)?;
        if day > today {
            self.problem(name, day, Text::new("application-problem-future").with("today", today));
            return None;
        }
        Some(day)
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, name: &'static str, most: i32) -> Option<u32> {
        let loose = self.loose(name)?;
        let path = self.field(name);
        self.reader.required(&path, &loose)?;
        self.reader.whole(&path, &loose, (1, most)).map(i32::unsigned_abs)
    }

    /// Yes or no, that must be said.
    pub(super) fn yes_no(&mut self, name: &'static str) -> Option<bool> {
        let loose = self.loose(name)?;
        let path = self.field(name);
        self.reader.required(&path, &loose)?;
        self.reader.yes_no(&path, &loose)
    }

    /// An identifier that must be there.
    pub(super) fn id(&mut self, name: &'static str) -> Option<Uuid> {
        let loose = self.loose(name)?;
        let path = self.field(name);
        self.reader.required(&path, &loose)?;
        self.reader.read(&path, &loose, Text::new("loan-event-problem-id"))
    }

    /// One word of a closed list, that must be there.
    pub(super) fn word<T: DeserializeOwned>(&mut self, name: &'static str, codes: &[&str]) -> Option<T> {
        let loose = self.loose(name)?;
        let path = self.field(name);
        let typed = self.reader.required(&path, &loose)?;
        let found = codes.contains(&typed).then(|| serde_json::from_value(Value::from(typed)).ok()).flatten();
        if found.is_none() {
            let text = Text::new("application-problem-choice").with("choices", codes.join(", "));
            self.reader.problem(&path, typed, text);
        }
        found
    }

    /// One word of a closed list; what is usual where it is not said.
    pub(super) fn word_or<T: DeserializeOwned>(&mut self, name: &'static str, codes: &[&str], usual: T) -> Option<T> {
        if self.is_filled(name) { self.word(name, codes) } else { Some(usual) }
    }

    /// How often; every month where it is not said.
    pub(super) fn frequency(&mut self) -> Option<Frequency> {
        self.word_or("frequency", &["monthly", "quarterly", "yearly"], Frequency::Monthly)
    }

    /// An object that must be there.
    pub(super) fn object(&mut self, name: &'static str) -> Option<&'a Map<String, Value>> {
        let found = self.value(name).and_then(Value::as_object);
        if found.is_none() {
            self.problem(name, "", Text::new("loan-event-problem-object"));
        }
        found
    }

    /// The lines of a plan: a list that must be there.
    pub(super) fn plan(&mut self) -> Option<Vec<PlanLine>> {
        let Some(list) = self.value("lines").and_then(Value::as_array) else {
            self.problem("lines", "", Text::new("loan-event-problem-lines"));
            return None;
        };
        let lines: Vec<Option<PlanLine>> = list.iter().enumerate().map(|(at, line)| self.line(at, line)).collect();
        lines.into_iter().collect()
    }

    fn line(&mut self, at: usize, value: &Value) -> Option<PlanLine> {
        let name = format!("lines[{at}]");
        let Some(map) = value.as_object() else {
            self.problem(&name, "", Text::new("loan-event-problem-lines"));
            return None;
        };
        self.within((&name, map), |line| {
            let (due_on, amount) = (line.day("due_on"), line.amount("amount"));
            Some(PlanLine { due_on: due_on?, amount: amount? })
        })
    }

    /// Tells the fields that nobody asked for.
    pub(super) fn end(&mut self) {
        let unknown: Vec<&String> = self.map.keys().filter(|name| !self.asked.contains(&name.as_str())).collect();
        for name in unknown {
            let text = Text::new("loan-event-problem-unknown-field").with("choices", self.asked.join(", "));
            let path = self.field(name);
            self.reader.problem(&path, "", text);
        }
    }

    fn field(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }
}
