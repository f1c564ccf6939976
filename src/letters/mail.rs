//! Mails: a subject, a plain text and an HTML body that say the same.

use askama::Template;

use super::collection_notice;
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

#[derive(Template)]
#[template(path = "mails/collection_notice.nl.txt")]
struct DutchNoticeText<'a> {
    letter: &'a collection_notice::View<'a>,
}

#[derive(Template)]
#[template(path = "mails/collection_notice.nl.html")]
struct DutchNoticeHtml<'a> {
    letter: &'a collection_notice::View<'a>,
}

#[derive(Template)]
#[template(path = "mails/collection_notice.en.txt")]
struct EnglishNoticeText<'a> {
    letter: &'a collection_notice::View<'a>,
}

#[derive(Template)]
#[template(path = "mails/collection_notice.en.html")]
struct EnglishNoticeHtml<'a> {
    letter: &'a collection_notice::View<'a>,
}

/// The mail of the notice before a direct debit.
pub(super) fn collection_notice(
    language: Language,
    letter: &collection_notice::View<'_>,
) -> Result<Mail, askama::Error> {
    let (number, day) = (letter.loan_number, &letter.collect_on);
    Ok(match language {
        Language::Nl => Mail {
            subject: format!("Inning van uw aflossing op {day}, lening {number}"),
            text: DutchNoticeText { letter }.render()?,
            html: DutchNoticeHtml { letter }.render()?,
        },
        Language::En => Mail {
            subject: format!("Your instalment is collected on {day}, loan {number}"),
            text: EnglishNoticeText { letter }.render()?,
            html: EnglishNoticeHtml { letter }.render()?,
        },
    })
}
