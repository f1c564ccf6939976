//! What people read, in Dutch and English: sentences by their key, dates and amounts.
//!
//! Sentences are Project Fluent messages under `templates/locales/<language>/<area>.ftl`. Dutch is the first
//! language: what has no English text yet is shown in Dutch.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::clock;
use crate::domain::money::Money;
use crate::domain::text::Text;

static_loader! {
    static LOCALES = {
        locales: "./templates/locales",
        fallback_language: "nl",
        // Marks that isolate text directions are for mixed scripts; here they would only be copied along.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static DUTCH: LanguageIdentifier = langid!("nl");
static ENGLISH: LanguageIdentifier = langid!("en");

/// A language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Dutch as written in Flanders; the first language.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// The code in the database and in `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// The language of a code, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The best language for an `Accept-Language` header; order counts, weights do not.
    pub fn from_accept(header: &str) -> Self {
        header
            .split(',')
            .find_map(|part| Self::from_code(part.trim().split([';', '-']).next().unwrap_or_default()))
            .unwrap_or_default()
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::Nl => &DUTCH,
            Self::En => &ENGLISH,
        }
    }
}

/// The sentence of a key.
pub fn say(lang: Lang, key: &str) -> String {
    LOCALES.try_lookup(lang.identifier(), key).unwrap_or_else(|| unknown(key))
}

/// The sentence of a key with values, each as in [`Text`].
pub fn say_with(lang: Lang, key: &str, values: &[(&str, String)]) -> String {
    let values = values.iter().map(|(name, value)| (Cow::from((*name).to_owned()), shown(lang, value))).collect();
    LOCALES.try_lookup_with_args(lang.identifier(), key, &values).unwrap_or_else(|| unknown(key))
}

/// A sentence of a rule. Amounts (`25000.00`) and dates (`2026-01-31`) are shown as the language writes them; whole
/// numbers choose between one and many.
pub fn tell(lang: Lang, text: &Text) -> String {
    let values = text.values.iter().map(|(name, value)| (Cow::from(name.clone()), shown(lang, value)));
    let parts = text.parts.iter().map(|(name, part)| (Cow::from(name.clone()), tell(lang, part).into()));
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values.chain(parts).collect();
    LOCALES.try_lookup_with_args(lang.identifier(), &text.key, &values).unwrap_or_else(|| unknown(&text.key))
}

/// Words that are data and kept in both languages; those of the other language where they are missing.
pub fn pick<'a>(lang: Lang, dutch: &'a str, english: &'a str) -> &'a str {
    match (lang, dutch, english) {
        (Lang::Nl, "", other) | (Lang::En, other, "") => other,
        (Lang::Nl, dutch, _) => dutch,
        (Lang::En, _, english) => english,
    }
}

/// A key without a sentence is a defect that must not cost anybody the page.
fn unknown(key: &str) -> String {
    tracing::error!(key, "a sentence is missing");
    key.to_owned()
}

fn shown(lang: Lang, value: &str) -> FluentValue<'static> {
    if let Ok(day) = value.parse::<NaiveDate>() {
        return date_short(lang, day).into();
    }
    let cents = value.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 2);
    if let Some(amount) = value.parse::<Money>().ok().filter(|_| cents) {
        return format!("€\u{a0}{}", money(lang, amount)).into();
    }
    match value.parse::<i32>() {
        Ok(number) if number.to_string() == value => number.into(),
        _ => value.to_owned().into(),
    }
}

/// An amount without its sign of currency: `1.234,50` or `1,234.50`.
pub fn money(lang: Lang, amount: Money) -> String {
    let dutch = amount.to_dutch();
    match lang {
        Lang::Nl => dutch,
        Lang::En => dutch
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    }
}

/// A day in full: `16 oktober 2026`, `16 October 2026`.
pub fn date_long(lang: Lang, day: NaiveDate) -> String {
    let month = say(lang, &format!("month-{}", day.month()));
    format!("{} {month} {}", day.day(), day.year())
}

/// A day in short: `16/10/2026`.
pub fn date_short(_: Lang, day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A moment, in Belgian time: `16/10/2026 09:05`.
pub fn moment(_: Lang, at: DateTime<Utc>) -> String {
    at.with_timezone(&clock::ZONE).format("%d/%m/%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_dates_are_written_as_the_language_does() {
        let amount = Money::from_cents(123_456_750);
        assert_eq!(money(Lang::Nl, amount), "1.234.567,50");
        assert_eq!(money(Lang::En, amount), "1,234,567.50");
        let day = NaiveDate::from_ymd_opt(2026, 10, 16).unwrap_or_default();
        assert_eq!(date_long(Lang::Nl, day), "16 oktober 2026");
        assert_eq!(date_long(Lang::En, day), "16 October 2026");
        assert_eq!(date_short(Lang::Nl, day), "16/10/2026");
    }

    #[test]
    fn words_that_are_missing_in_a_language_are_those_of_the_other() {
        assert_eq!((pick(Lang::Nl, "dak", "roof"), pick(Lang::En, "dak", "roof")), ("dak", "roof"));
        assert_eq!((pick(Lang::Nl, "", "roof"), pick(Lang::En, "dak", "")), ("roof", "dak"));
    }

    #[test]
    fn a_browser_gets_the_first_of_its_languages_that_we_speak() {
        assert_eq!(Lang::from_accept("fr-BE,fr;q=0.9,en;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept("nl-BE,nl;q=0.9,en;q=0.8"), Lang::Nl);
        assert_eq!(Lang::from_accept("*"), Lang::Nl);
    }
}
