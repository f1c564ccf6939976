//! Which character set a bank file is in, and its bytes as characters.
//!
//! CODA does not say. Banks and the programs between send ASCII, UTF-8, CP850 (DOS) or windows-1252; positions
//! count characters, so the choice must be made before a field can be cut out.

use std::borrow::Cow;
use std::io::{self, BufRead};

use serde::Serialize;

use super::lines::Lines;

/// The character set that a file was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    /// No byte above 0x7F.
    #[serde(rename = "ascii")]
    Ascii,
    /// Lines are 128 characters long as UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// The DOS code page of western Europe.
    #[serde(rename = "cp850")]
    Cp850,
    /// The Windows code page of western Europe, and ISO-8859-1.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// CP850 from 0x80.
const CP850: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', //
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', //
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»', //
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐', //
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤', //
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀', //
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´', //
    '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
];

/// Finds out which character set a file is in, from all its lines.
///
/// # Errors
/// The file could not be read to its end.
pub fn recognise(file: impl BufRead) -> io::Result<Encoding> {
    let mut lines = Lines::new(file);
    let mut seen = Seen::default();
    while let Some((_, line)) = lines.next()? {
        if !line.is_ascii() {
            seen.take(line);
        }
    }
    Ok(seen.encoding())
}

/// What the lines with accents look like.
#[derive(Debug, Default)]
struct Seen {
    lines: usize,
    not_utf8: usize,
    as_bytes: usize,
    as_signs: usize,
    dos: usize,
    windows: usize,
}

impl Seen {
    fn take(&mut self, line: &[u8]) {
        self.lines += 1;
        match std::str::from_utf8(line) {
            Ok(text) => self.as_signs += usize::from(text.chars().count() == 128),
            Err(_) => self.not_utf8 += 1,
        }
        self.as_bytes += usize::from(line.len() == 128);
        // 0x81 to 0x9F are letters in CP850, rare punctuation in windows-1252, except the euro sign and the curly
        // apostrophes, which real windows-1252 texts do hold. From 0xC0 on it is the other way round.
        self.dos += line.iter().filter(|byte| matches!(**byte, 0x81..=0x90 | 0x93..=0x9B | 0x9D)).count();
        self.windows += line.iter().filter(|byte| **byte >= 0xC0).count();
    }

    fn encoding(&self) -> Encoding {
        if self.lines == 0 {
            Encoding::Ascii
        // Valid UTF-8 can be an accident of one code page; the length of the lines decides.
        } else if self.not_utf8 == 0 && self.as_signs >= self.as_bytes {
            Encoding::Utf8
        } else if self.dos > self.windows {
            Encoding::Cp850
        } else {
            Encoding::Windows1252
        }
    }
}

/// The characters of a line.
pub(super) fn decode(line: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Ascii | Encoding::Utf8 => String::from_utf8_lossy(line),
        Encoding::Cp850 => line
            .iter()
            .map(|byte| match byte.checked_sub(0x80) {
                Some(high) => CP850.get(usize::from(high)).copied().unwrap_or('\u{fffd}'),
                None => char::from(*byte),
            })
            .collect::<String>()
            .into(),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0,
    }
}
