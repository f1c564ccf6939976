//! Bank files that a program of the bank, or a person, lays in a folder: taken in and moved aside.
//!
//! ```text
//! folder/            what was laid there
//! folder/imported/   booked
//! folder/known/      booked before
//! folder/held/       waits for a statement that is missing; the house keeps it and books it when that has come
//! folder/refused/    nothing was booked; beside it stands why, in a .txt of the same name
//! ```
//!
//! A file is moved after its booking is safe. Where the program stops in between, the next time finds it known.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::Serialize;

use super::import::{BankFile, OnGap, import_with};
use super::report::{FileReport, FileState};
use crate::i18n::{Lang, tell};
use crate::services::{Actor, Error, House};

/// How long a file must have been left alone: a program may still be writing it.
const QUIET: Duration = Duration::from_mins(1);

/// What was taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FolderReport {
    /// Files of which something was booked, those that had waited and followed now included.
    pub imported: usize,
    /// Files that were booked before.
    pub known: usize,
    /// Files that wait for a statement that is missing.
    pub held: usize,
    /// Files of which nothing was booked.
    pub refused: usize,
    /// Files that were left for the next time: too many at once, or still being written.
    pub left: usize,
    /// What became of each file, in the order in which they were taken.
    pub files: Vec<TakenFile>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenFile {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub state: FileState,
    /// How many lines were kept.
    pub lines: usize,
    /// How many of them wait for a person.
    pub waiting: usize,
}

/// Takes in what lies in the folder, at most `batch` files at once. No folder is no work.
///
/// # Errors
/// The folder cannot be read or written, or the database failed: what was not moved is taken again the next time.
pub async fn take_in(house: &House, folder: Option<&Path>, batch: u16) -> Result<FolderReport, Error> {
    let Some(folder) = folder else {
        return Ok(FolderReport::default());
    };
    let failed = |error: io::Error| Error::internal(format!("the folder of bank files: {error}"));
    let (mut names, mut left) = quiet(folder).map_err(failed)?;
    left += names.len().saturating_sub(usize::from(batch));
    names.truncate(usize::from(batch));
    let mut files = Vec::with_capacity(names.len());
    for path in &names {
        let bytes = std::fs::read(path).map_err(failed)?;
        files.push(BankFile { name: name(path), bytes });
    }
    let report = import_with(house, &Actor::system(), files, OnGap::Hold).await?;
    // What waited and followed now was no file of the folder any more.
    for (path, outcome) in names.iter().zip(&report.files) {
        set_aside(folder, path, outcome).map_err(failed)?;
    }
    let taken = |file: &FileReport| TakenFile {
        name: file.name.clone(),
        state: file.state,
        lines: file.lines,
        waiting: file.suspense.len(),
    };
    Ok(FolderReport {
        imported: report.count(FileState::Imported),
        known: report.count(FileState::Known),
        held: report.count(FileState::Held),
        refused: report.count(FileState::Refused),
        left,
        files: report.files.iter().map(taken).collect(),
    })
}

/// The files that have been left alone long enough, by name, and how many have not.
///
/// The age of a file is counted from a mark that is written there and then: a folder on another machine has a clock
/// of its own.
fn quiet(folder: &Path) -> io::Result<(Vec<PathBuf>, usize)> {
    std::fs::create_dir_all(folder)?;
    let now = mark(folder)?;
    let (mut ready, mut young) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if hidden || !entry.file_type()?.is_file() {
            continue;
        }
        let age = now.duration_since(entry.metadata()?.modified()?).unwrap_or_default();
        if age >= QUIET { ready.push(entry.path()) } else { young += 1 }
    }
    ready.sort();
    Ok((ready, young))
}

/// What the clock of the folder says.
fn mark(folder: &Path) -> io::Result<SystemTime> {
    let path = folder.join(".energiehuis");
    std::fs::write(&path, b"")?;
    let now = std::fs::metadata(&path)?.modified()?;
    std::fs::remove_file(&path)?;
    Ok(now)
}

/// Moves a file to where its outcome says, with the reasons beside it when it was refused.
fn set_aside(folder: &Path, path: &Path, outcome: &FileReport) -> io::Result<()> {
    let place = folder.join(match outcome.state {
        FileState::Imported => "imported",
        FileState::Known => "known",
        FileState::Held => "held",
        FileState::Refused | FileState::Discarded => "refused",
    });
    std::fs::create_dir_all(&place)?;
    let target = free(&place, path.file_name().unwrap_or_default());
    if outcome.state == FileState::Refused {
        let sentences = outcome.problems.iter().flat_map(|problem| [tell(Lang::Nl, problem), tell(Lang::En, problem)]);
        let mut reasons = target.clone().into_os_string();
        reasons.push(".txt");
        std::fs::write(reasons, sentences.collect::<Vec<_>>().join("\n") + "\n")?;
    }
    std::fs::rename(path, target)
}

/// A name that is not taken yet: `a.cod`, `a.cod.2`, …
fn free(place: &Path, name: &OsStr) -> PathBuf {
    let numbered = |number: usize| {
        let mut numbered = name.to_os_string();
        if number > 1 {
            numbered.push(format!(".{number}"));
        }
        place.join(numbered)
    };
    let mut number = 1;
    while numbered(number).exists() {
        number += 1;
    }
    numbered(number)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
