//! Awkward files: each the good file, spoilt in one place.

use super::records::{file, good, record, with};

/// The good file with its lines changed.
fn changed(change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut lines = good();
    change(&mut lines);
    file(&lines)
}

/// The good file with an information record after its first movement.
fn informed(fields: &[(usize, &str)]) -> Vec<u8> {
    changed(|lines| {
        lines[4] = record(&lines[4], &[(128, "1")]);
        let right = [(3, "00010001"), (32, "00150000"), (40, "0"), (126, "0"), (128, "0")];
        lines.insert(5, record("31", &[&right, fields].concat()));
        let last = lines.len() - 1;
        lines[last] = record(&lines[last], &[(17, "000010")]);
    })
}

/// Files that are no CODA file, or whose records are not what they should be.
pub(super) fn broken_frames() -> Vec<(&'static str, Vec<u8>)> {
    let swap16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    vec![
        ("nothing at all", Vec::new()),
        ("empty lines", b"\r\n\r\n".to_vec()),
        ("a PDF", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec()),
        ("a CAMT file", b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document/>\n".to_vec()),
        ("a file in UTF-16", swap16(&good().join("\n"))),
        ("a CODA file of version 1", with(1, 128, "1")),
        ("a statement without its header", changed(|lines| drop(lines.remove(0)))),
        ("an empty line before the header", changed(|lines| lines.insert(0, String::new()))),
        ("line ends of an old Macintosh", good().join("\r").into_bytes()),
        ("a header and nothing more", changed(|lines| lines.truncate(1))),
        ("a file that stops after a movement", changed(|lines| lines.truncate(6))),
        ("a line that is cut", changed(|lines| lines[8].truncate(100))),
        ("a line with a sign too many", changed(|lines| lines[2].insert(70, 'X'))),
        ("an empty line in the middle", changed(|lines| lines.insert(5, String::new()))),
        ("a sign of DOS at the end", [file(&good()), b"\x1A".to_vec()].concat()),
        ("a tab in a text", with(7, 70, "\t")),
        ("UTF-8 with one broken byte", {
            let mut bytes = with(5, 60, "é");
            let at = bytes.iter().position(|byte| *byte == 0xC3).unwrap();
            bytes[at + 1] = b'x';
            bytes
        }),
        ("a record that CODA does not know", with(4, 1, "5")),
        ("no old balance", changed(|lines| drop(lines.remove(1)))),
        ("two old balances", changed(|lines| lines.insert(2, lines[1].clone()))),
        ("no new balance although money moved", changed(|lines| drop(lines.remove(9)))),
        (
            "no trailer between two statements",
            changed(|lines| {
                let again = lines.clone();
                lines.pop();
                lines.extend(again);
            }),
        ),
        (
            "a message after the trailer",
            changed(|lines| {
                lines.push(record("4", &[(3, "00010000"), (33, "tot ziens"), (128, "0")]));
            }),
        ),
    ]
}

/// Files whose records are right and say something awkward.
pub(super) fn awkward_fields() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("another application", with(1, 15, "99")),
        ("version 5", with(1, 128, "5")),
        ("a creation date that does not exist", with(1, 6, "310226")),
        ("an account structure that does not exist", with(2, 2, "7")),
        (
            "a currency in small letters",
            changed(|lines| {
                lines[1] = record(&lines[1], &[(40, "eur")]);
                lines[9] = record(&lines[9], &[(39, "eur")]);
            }),
        ),
        (
            "an IBAN with a wrong digit",
            changed(|lines| {
                lines[1] = record(&lines[1], &[(6, "BE68539007547035")]);
                lines[9] = record(&lines[9], &[(5, "BE68539007547035")]);
            }),
        ),
        (
            "a Belgian number with a wrong digit",
            changed(|lines| {
                let block = "539007547035 EUR0BE                  ";
                lines[1] = record(&lines[1], &[(2, "0"), (6, block)]);
                lines[9] = record(&lines[9], &[(5, block)]);
            }),
        ),
        ("another account at the end", with(10, 5, "BE43068999999501")),
        ("another currency at the end", with(10, 39, "USD")),
        ("a sign that is none", with(9, 32, "2")),
        ("an amount with a letter", with(3, 33, "00000000015O000")),
        ("a third decimal", with(3, 33, "000000000150005")),
        ("a value date that does not exist", with(3, 48, "310226")),
        ("no entry date", with(3, 116, "      ")),
        ("transaction type 4", with(3, 54, "4")),
        ("a transaction code with blanks", with(3, 54, "0 15 000")),
        ("a detail without its total", with(6, 54, "1")),
        ("details that do not add up", with(7, 33, "000000000050010")),
        (
            "details of a detail that do not add up",
            changed(|lines| {
                lines[7] = record(&lines[7], &[(54, "7")]);
                lines.insert(8, record(&lines[7], &[(3, "00020003"), (33, "000000000020000"), (54, "9")]));
                let last = lines.len() - 1;
                lines[last] = record(&lines[last], &[(17, "000010")]);
            }),
        ),
    ]
}

/// Files whose records each say something right, and together something awkward.
pub(super) fn awkward_links() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a communication type that does not exist", with(3, 62, "2")),
        ("a structured communication with a wrong digit", with(3, 63, "101321988730447")),
        ("a rebuilt communication with a wrong digit", with(8, 63, "102090933755494")),
        ("a structured communication with text behind it", with(4, 11, "en nog iets")),
        ("a globalisation code that is no digit", with(6, 125, "A")),
        ("a level of details that is never closed", with(8, 125, "0")),
        ("a continuation of another movement", with(4, 3, "0009")),
        ("a continuation that was not promised", with(3, 126, "0")),
        ("a promised continuation that is not there", with(6, 126, "1")),
        ("a promised information that is not there", with(5, 128, "1")),
        ("information of another movement", informed(&[(3, "00070001")])),
        ("information whose numbers do not run on", informed(&[(3, "00010005")])),
        (
            "a continuation of other information",
            changed(|lines| {
                lines[4] = record(&lines[4], &[(128, "1")]);
                lines.insert(5, record("31", &[(3, "00010001"), (40, "0"), (126, "1"), (128, "0")]));
                lines.insert(6, record("32", &[(3, "00010002"), (126, "0"), (128, "0")]));
                let last = lines.len() - 1;
                lines[last] = record(&lines[last], &[(17, "000011")]);
            }),
        ),
        ("numbers with a gap", with(9, 3, "0004")),
        (
            "numbers that start at 2",
            changed(|lines| {
                for (at, place) in
                    [(2, "0002"), (3, "0002"), (4, "0002"), (5, "0003"), (6, "0003"), (7, "0003"), (8, "0004")]
                {
                    lines[at] = record(&lines[at], &[(3, place)]);
                }
            }),
        ),
        ("a wrong count", with(11, 17, "000008")),
        ("a count with a letter", with(11, 17, "00000A")),
        ("a wrong debit total", with(11, 23, "000000000000110")),
        ("a wrong credit total", with(11, 38, "000000000220110")),
        ("one cent in the new balance", with(10, 43, "000000001220010")),
        ("one cent in the old balance", with(2, 44, "000000001000010")),
        ("a trailer that says more follows", with(11, 128, "1")),
        ("a trailer that stops after its sums", changed(|lines| lines[10].truncate(57))),
        ("a trailer that stops in its sums", changed(|lines| lines[10].truncate(50))),
    ]
}
