//! The free first reminder says what the law demands, in every language, and nothing it should not.

use energiehuis::domain::money::Money;
use energiehuis::letters::{DueInstalment, FirstReminder, Language, LetterError, pdf};
use scraper::{Html, Selector};

use super::samples::{day, first_reminder};

const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];

/// What WER art. XIX.2, § 2 wants in the reminder, and what makes it possible to pay or to ask for help.
fn required(letter: &FirstReminder) -> Vec<String> {
    let words: &[&str] = match letter.language {
        Language::Nl => &[
            "€ 250,00",
            "Aflossing 7 van 60",
            "10 november 2024",
            "9 december 2024",
            "14 kalenderdagen",
            "herinnering is gratis",
            "geen kosten",
            "geen schadevergoeding",
            "hoogstens € 7,50",
            "ondernemingsnummer 0207.494.678",
            "beheert de lening in opdracht van OCMW Kortrijk",
            "afbetalingsplan",
            "al betaald?",
        ],
        Language::En => &[
            "€250.00",
            "Instalment 7 of 60",
            "10 November 2024",
            "9 December 2024",
            "14 calendar days",
            "reminder is free",
            "no costs",
            "not ask any compensation",
            "next letter is free too",
            "enterprise number 0207.494.678",
            "payment plan",
            "already paid?",
        ],
    };
    let facts = [
        &letter.loan_number,
        &letter.product,
        &letter.creditor.name,
        &letter.creditor.place.street,
        &letter.creditor.place.town,
        &letter.account.beneficiary,
        &letter.account.ogm,
        &letter.house.phone,
        &letter.helper.name,
        &letter.helper.phone,
        &letter.helper.email,
    ];
    let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    all.extend(facts.into_iter().cloned());
    all.push("BE68 5390 0754 7034".to_owned());
    all
}

/// Text without the difference between spaces, line ends and no-break spaces, or between capitals.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn assert_says_all(text: &str, letter: &FirstReminder) {
    let text = plain(text);
    for statement in required(letter) {
        assert!(text.contains(&plain(&statement)), "“{statement}” is missing in: {text}");
    }
}

fn html_text(html: &str) -> String {
    Html::parse_document(html).root_element().text().collect::<Vec<_>>().join("")
}

#[test]
fn every_mail_says_what_the_law_demands_in_text_and_in_html() {
    for language in LANGUAGES {
        let letter = first_reminder(language);
        let mail = letter.mail().unwrap();
        assert_says_all(&mail.text, &letter);
        assert_says_all(&html_text(&mail.html), &letter);
        let page = Html::parse_document(&mail.html);
        assert_eq!(page.errors, Vec::<String>::new(), "the HTML has faults");
        let root = page.select(&Selector::parse("html[lang]").unwrap()).next().unwrap();
        assert_eq!(root.value().attr("lang"), Some(language.code()));
        assert_eq!(page.select(&Selector::parse("h1").unwrap()).count(), 1);
        insta::assert_snapshot!(
            format!("first_reminder.{}.txt", language.code()),
            format!("{}\n\n{}", mail.subject, mail.text)
        );
        insta::assert_snapshot!(format!("first_reminder.{}.html", language.code()), mail.html);
    }
}

/// The text of all pages, read back from the file's own fonts and character maps.
pub(crate) fn pdf_text(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap()
}

/// Text without any space: a PDF breaks lines where it likes.
pub(crate) fn solid(text: &str) -> String {
    plain(text).replace(' ', "")
}

#[test]
fn every_letter_says_what_the_law_demands() {
    for language in LANGUAGES {
        let letter = first_reminder(language);
        let text = solid(&pdf_text(&letter.pdf().unwrap()));
        for statement in required(&letter).iter().chain(&letter.addressee) {
            assert!(text.contains(&solid(statement)), "“{statement}” is missing in: {text}");
        }
    }
}

#[test]
fn every_letter_is_one_page_for_screen_readers_and_for_the_archive() {
    for (language, tag) in [(Language::Nl, "nl-BE"), (Language::En, "en-GB")] {
        let bytes = first_reminder(language).pdf().unwrap();
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        assert_eq!(document.get_pages().len(), 1);
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), tag.as_bytes());
        let marks = catalog.get_deref(b"MarkInfo", &document).unwrap().as_dict().unwrap();
        assert!(marks.get(b"Marked").unwrap().as_bool().unwrap());
        let metadata = document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
        let metadata = metadata.as_stream().unwrap().get_plain_content().unwrap();
        let metadata = String::from_utf8(metadata).unwrap();
        for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "L-2024-00012"] {
            assert!(metadata.contains(claim), "{claim} is missing in: {metadata}");
        }
        // A title bar and a search index show the title: the loan, and nobody.
        assert!(!metadata.contains("Peeters"));
    }
}

#[test]
fn the_subject_and_the_file_name_name_the_loan_and_nobody() {
    let letter = first_reminder(Language::Nl);
    assert_eq!(letter.mail().unwrap().subject, "Gratis herinnering voor uw lening L-2024-00012");
    assert_eq!(letter.file_name(), "herinnering-L-2024-00012.pdf");
    let crooked = FirstReminder { loan_number: "../a b".to_owned(), ..first_reminder(Language::En) };
    assert_eq!(crooked.file_name(), "reminder----a-b.pdf");
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let first = first_reminder(Language::Nl).pdf().unwrap();
    pdf::forget();
    assert_eq!(first_reminder(Language::Nl).pdf().unwrap(), first);
}

#[test]
fn a_name_with_markup_stays_a_name() {
    let name = "#panic(\"x\") *An* <b>$1$</b> \\ [De Wit] // @Gent";
    for language in LANGUAGES {
        let letter = FirstReminder {
            addressee: vec![name.to_owned(), "#import \"secret.typ\"".to_owned()],
            greeting: name.to_owned(),
            ..first_reminder(language)
        };
        assert!(solid(&pdf_text(&letter.pdf().unwrap())).contains(&solid(name)));
        let mail = letter.mail().unwrap();
        assert!(mail.text.contains(name));
        assert!(html_text(&mail.html).contains(name));
        assert!(!mail.html.contains("<b>"));
    }
}

#[test]
fn a_reminder_asks_the_sum_of_all_late_instalments() {
    let mut letter = first_reminder(Language::Nl);
    letter.instalments.push(DueInstalment {
        number: 8,
        of: 60,
        due_on: day(2024, 11, 12),
        open: Money::from_cents(12_345),
    });
    assert_eq!(letter.amount_due(), Money::from_cents(37_345));
    assert!(letter.mail().unwrap().text.contains("Bedrag: €\u{a0}373,45"));
}

#[test]
fn a_reminder_with_a_shorter_term_than_the_law_is_refused() {
    let letter = FirstReminder { pay_by: day(2024, 12, 3), ..first_reminder(Language::Nl) };
    let error = letter.pdf().unwrap_err();
    assert!(matches!(error, LetterError::TermTooShort { earliest, .. } if earliest == day(2024, 12, 4)));
    assert!(letter.mail().is_err());
}

#[test]
fn a_reminder_of_what_is_not_late_or_not_open_is_refused() {
    let mut letter = first_reminder(Language::Nl);
    letter.instalments[0].due_on = letter.written_on;
    assert!(matches!(letter.pdf().unwrap_err(), LetterError::NotLate { number: 7, .. }));
    letter.instalments.clear();
    assert!(matches!(letter.pdf().unwrap_err(), LetterError::NothingDue(_)));
}
