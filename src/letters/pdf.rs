//! PDF from Typst templates, inside the process: no network, no file, no clock.
//!
//! A template sees its own folder of embedded sources, the fonts that come with Typst, `data.json` with the
//! typed data of the letter, and the pictures it was given. The output is PDF/A-2a (ISO 19005-2: readable
//! for decades) and PDF/UA-1 (ISO 14289-1: readable with a screen reader).

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Every Typst source of `templates/letters`, by the name under which another source imports it.
const SOURCES: [(&str, &str); 5] = [
    ("letter.typ", include_str!("../../templates/letters/letter.typ")),
    ("first_reminder.nl.typ", include_str!("../../templates/letters/first_reminder.nl.typ")),
    ("first_reminder.en.typ", include_str!("../../templates/letters/first_reminder.en.typ")),
    ("collection_notice.nl.typ", include_str!("../../templates/letters/collection_notice.nl.typ")),
    ("collection_notice.en.typ", include_str!("../../templates/letters/collection_notice.en.typ")),
];

/// The name under which a template finds its data.
const DATA: &str = "data.json";

/// One document to be set: which template, with which data.
#[derive(Debug)]
pub struct Manuscript<'a, D> {
    /// A file of `templates/letters`: `first_reminder.nl.typ`.
    pub template: &'static str,
    /// What the template reads as `data.json`.
    pub data: &'a D,
    /// Pictures by name: `("payment.svg", bytes)`.
    pub pictures: Vec<(&'static str, Vec<u8>)>,
    /// The day of the letter, which is also the creation date in the file.
    pub written_on: NaiveDate,
    /// What identifies this document for good, such as the outbox id; only its hash lands in the file.
    pub identity: String,
}

/// Why there is no PDF. Always a fault of the program, never of a borrower's data.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The data cannot be written as JSON.
    #[error("the data of {template} cannot be written as JSON")]
    Data {
        /// The template.
        template: &'static str,
        /// What `serde_json` says.
        source: serde_json::Error,
    },
    /// Typst refuses the template or the export.
    #[error("{template} cannot be set: {reason}")]
    Typst {
        /// The template.
        template: &'static str,
        /// The first complaint of the compiler.
        reason: String,
    },
}

/// The parts of a [`World`] that are the same for every letter.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    let sources =
        SOURCES.iter().filter_map(|(name, text)| Some(Source::new(file_id(name)?, (*text).to_owned()))).collect();
    Shop {
        library: LazyHash::new(Library::builder().build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources,
    }
});

/// The id of an embedded or virtual file. `None` cannot happen for the names in this folder: they are plain.
fn file_id(name: &str) -> Option<FileId> {
    VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What one letter may see.
struct Desk {
    main: FileId,
    files: Vec<(FileId, Bytes)>,
    today: Option<Datetime>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHOP.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHOP.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHOP.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(file, _)| *file == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHOP.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

/// Sets a document. The same manuscript gives the same bytes, on every machine.
pub fn set<D: Serialize>(manuscript: &Manuscript<'_, D>) -> Result<Vec<u8>, PdfError> {
    let template = manuscript.template;
    let refused = |reason: String| PdfError::Typst { template, reason };
    let json = serde_json::to_vec(manuscript.data).map_err(|source| PdfError::Data { template, source })?;
    let unnamed = || refused("a file has a name that Typst cannot use".to_owned());
    let mut files = vec![(file_id(DATA).ok_or_else(unnamed)?, Bytes::new(json))];
    for (name, bytes) in &manuscript.pictures {
        files.push((file_id(name).ok_or_else(unnamed)?, Bytes::new(bytes.clone())));
    }
    let desk =
        Desk { main: file_id(template).ok_or_else(unnamed)?, files, today: midnight(manuscript.written_on, false) };
    let document = typst::compile(&desk).output.map_err(|errors| refused(first(&errors)))?;
    let options = PdfOptions {
        ident: Smart::Custom(manuscript.identity.clone()),
        creator: Smart::Custom(Some("Energiehuis".to_owned())),
        timestamp: midnight(manuscript.written_on, true).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| refused(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| refused(first(&errors)))
}

/// Empties Typst's cache. Call it between batches of letters (20 keeps the program under 100 MB), or the
/// cache keeps every letter ever set, with the names in it.
pub fn forget() {
    comemo::evict(0);
}

fn midnight(day: NaiveDate, with_time: bool) -> Option<Datetime> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    if with_time {
        Datetime::from_ymd_hms(day.year(), month, date, 0, 0, 0)
    } else {
        Datetime::from_ymd(day.year(), month, date)
    }
}

/// The first complaint, with its hints: enough to find the fault in a template.
fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map_or_else(
        || "Typst gave no reason".to_owned(),
        |error| {
            let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
            if hints.is_empty() {
                error.message.to_string()
            } else {
                format!("{} ({})", error.message, hints.join("; "))
            }
        },
    )
}
