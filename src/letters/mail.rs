//! Mails: a subject, a plain text and an HTML body that say the same.

use askama::Template;

use super::first_reminder::View;
use super::words::Language;

/// A mail, ready for its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The subject. It travels in the open, so it names the loan number and nobody.
    pub subject: String,
    /// The body for who reads plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

#[derive(Template)]
#[template(path = "mails/first_reminder.nl.txt")]
struct DutchText<'a> {
    letter: &'a View<'a>,
}

#[derive(Template)]
#[template(path = "mails/first_reminder.nl.html")]
struct DutchHtml<'a> {
    letter: &'a View<'a>,
}

#[derive(Template)]
#[template(path = "mails/first_reminder.en.txt")]
struct EnglishText<'a> {
    letter: &'a View<'a>,
}

#[derive(Template)]
#[template(path = "mails/first_reminder.en.html")]
struct EnglishHtml<'a> {
    letter: &'a View<'a>,
}

/// The mail of the first reminder.
pub(super) fn first_reminder(language: Language, letter: &View<'_>) -> Result<Mail, askama::Error> {
    let number = letter.loan_number;
    Ok(match language {
        Language::Nl => Mail {
            subject: format!("Gratis herinnering voor uw lening {number}"),
            text: DutchText { letter }.render()?,
            html: DutchHtml { letter }.render()?,
        },
        Language::En => Mail {
            subject: format!("Free reminder about your loan {number}"),
            text: EnglishText { letter }.render()?,
            html: EnglishHtml { letter }.render()?,
        },
    })
}
