//! Which character set a bank file is in, and its lines as characters.
//!
//! CODA does not say. Banks and the programs between send ASCII, UTF-8, CP850 (DOS) or windows-1252; positions
//! count characters, so the choice must be made before a field can be cut out.

use serde::Serialize;

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

/// One line of a file, without its line end.
#[derive(Debug, Clone)]
pub(super) struct TextLine {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) signs: Vec<char>,
}

/// Splits a file in lines and decodes them. A byte order mark and a missing last line end are no content.
pub(super) fn decode(bytes: &[u8]) -> (Encoding, Vec<TextLine>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    let lines: Vec<&[u8]> = lines.into_iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    let encoding = recognise(bytes, &lines);
    let lines = lines
        .into_iter()
        .zip(1..)
        .map(|(line, number)| TextLine { number, signs: decode_line(line, encoding) })
        .collect();
    (encoding, lines)
}

fn recognise(bytes: &[u8], lines: &[&[u8]]) -> Encoding {
    if bytes.is_ascii() {
        return Encoding::Ascii;
    }
    if std::str::from_utf8(bytes).is_ok() {
        // Valid UTF-8 can be an accident of one code page; the length of the lines decides.
        let accented = || lines.iter().filter(|line| !line.is_ascii());
        let as_bytes = accented().filter(|line| line.len() == 128).count();
        let as_signs = accented().filter(|line| decode_line(line, Encoding::Utf8).len() == 128).count();
        if as_signs >= as_bytes {
            return Encoding::Utf8;
        }
    }
    // 0x81 to 0x9F are letters in CP850, rare punctuation in windows-1252, except the euro sign and the curly
    // apostrophes, which real windows-1252 texts do hold. From 0xC0 on it is the other way round.
    let dos = bytes.iter().filter(|byte| matches!(**byte, 0x81..=0x90 | 0x93..=0x9B | 0x9D)).count();
    let windows = bytes.iter().filter(|byte| **byte >= 0xC0).count();
    if dos > windows { Encoding::Cp850 } else { Encoding::Windows1252 }
}

fn decode_line(line: &[u8], encoding: Encoding) -> Vec<char> {
    match encoding {
        Encoding::Ascii | Encoding::Utf8 => String::from_utf8_lossy(line).chars().collect(),
        Encoding::Cp850 => line
            .iter()
            .map(|byte| match byte.checked_sub(0x80) {
                Some(high) => CP850.get(usize::from(high)).copied().unwrap_or('\u{fffd}'),
                None => char::from(*byte),
            })
            .collect(),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0.chars().collect(),
    }
}
