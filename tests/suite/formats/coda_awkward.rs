//! A table of awkward files, each with the exact sentences it must give: what is wrong, where, and what would be right.

use energiehuis::formats::coda;

use super::coda_awkward_files::{awkward_fields, awkward_links, broken_frames};
use super::records::english;

/// The file, whether it may be booked all the same, and everything that is said about it.
type Said = (&'static str, bool, &'static [&'static str]);

#[rustfmt::skip] // One sentence, one line: this is a table.
const SAID: &[Said] = &[
    ("nothing at all", false, &[
        "the file: found nothing in it, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("empty lines", false, &[
        "the file: found nothing in it, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("a PDF", false, &[
        "line 1: found a first line that starts with “%PDF-”, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("a CAMT file", false, &[
        "line 1: found a first line that starts with “<?xml”, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("a file in UTF-16", false, &[
        "line 1: found a first line that starts with “0\\00\\00”, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("a CODA file of version 1", false, &[
        "line 1, record 0, version: found “1”, the layout of before 2007, expected 2; ask the bank for CODA version 2",
    ]),
    ("a statement without its header", false, &[
        "line 1: found a first line that starts with “12201”, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("an empty line before the header", false, &[
        "line 1: found a first line that starts with “”, expected a CODA file, which starts with 00000 and the date",
    ]),
    ("line ends of an old Macintosh", false, &[
        "line 1, record 0, length: found 1418 positions, expected 128 positions",
        "line 1, record 0, end: found no more records after it, expected a record 9 at the end of the statement",
    ]),
    ("a header and nothing more", false, &[
        "line 1, record 0, end: found no more records after it, expected a record 9 at the end of the statement",
    ]),
    ("a file that stops after a movement", false, &[
        "line 6, record 2.1, end: found no more records after it, expected a record 9 at the end of the statement",
    ]),
    ("a line that is cut", false, &[
        "line 9, record 2.1, length: found 100 positions, expected 128 positions",
    ]),
    ("a line with a sign too many", false, &[
        "line 3, record 2.1, length: found 129 positions, expected 128 positions",
    ]),
    ("an empty line in the middle", false, &[
        "line 6, record unknown, length: found 0 positions, expected 128 positions",
        "line 12, record 9, number of records: found 9, expected 10, the records 1, 2, 3 and 8 of this statement",
    ]),
    ("a sign of DOS at the end", false, &[
        "line 11, record 9, number of records: found 9, expected 10, the records 1, 2, 3 and 8 of this statement",
        "line 12, record unknown, length: found 1 position, expected 128 positions",
    ]),
    ("a tab in a text", false, &[
        "line 7, record 2.1, text: found the control character U+0009 at position 70, expected printable characters only",
    ]),
    ("UTF-8 with one broken byte", false, &[
        "line 5, record 2.3, length: found 129 positions, expected 128 positions",
    ]),
    ("a record that CODA does not know", false, &[
        "line 4, record unknown, identification: found “52”, expected a record that starts with 0, 1, 21, 22, 23, 31, 32, 33, 4, 8 or 9",
    ]),
    ("no old balance", false, &[
        "line 2, record 2.1, order: found it after a record 0, expected a record 1",
        "line 10, record 9, number of records: found 9, expected 8, the records 1, 2, 3 and 8 of this statement",
    ]),
    ("two old balances", false, &[
        "line 3, record 1, order: found it after a record 1, expected a record 2.1, 8 or 9",
        "line 12, record 9, number of records: found 9, expected 10, the records 1, 2, 3 and 8 of this statement",
    ]),
    ("no new balance although money moved", false, &[
        "line 10, record 9, order: found it after a record 2.1, expected a record 2.2, 2.3, 3.1, 2.1 or 8",
        "line 10, record 9, number of records: found 9, expected 8, the records 1, 2, 3 and 8 of this statement",
    ]),
    ("no trailer between two statements", false, &[
        "line 10, record 8, end: found no more records after it, expected a record 9 at the end of the statement",
    ]),
    ("a message after the trailer", false, &[
        "line 12, record 4, order: found it after a record 9, expected a record 0, or the end of the file",
    ]),
    ("another application", false, &[
        "line 1, record 0, application code: found “99”, expected 05, as every CODA file has",
    ]),
    ("version 5", false, &[
        "line 1, record 0, version: found “5”, expected 2",
    ]),
    ("a creation date that does not exist", false, &[
        "line 1, record 0, creation date: found “310226”, expected a date as day, month, year (DDMMYY)",
    ]),
    ("an account structure that does not exist", false, &[
        "line 2, record 1, account structure: found “7”, expected 0, 1, 2 or 3",
    ]),
    ("a currency in small letters", false, &[
        "line 2, record 1, currency: found “eur”, expected three letters, like EUR",
    ]),
    ("an IBAN with a wrong digit", true, &[
        "line 2, record 1, account: found “BE68539007547035”, expected an account number whose check digits are right",
    ]),
    ("a Belgian number with a wrong digit", true, &[
        "line 2, record 1, account: found “539007547035”, expected an account number whose check digits are right",
    ]),
    ("another account at the end", false, &[
        "line 10, record 8, account: found “BE43068999999501 EUR”, expected “BE68539007547034 EUR”, as in record 1",
    ]),
    ("another currency at the end", false, &[
        "line 10, record 8, account: found “BE68539007547034 USD”, expected “BE68539007547034 EUR”, as in record 1",
    ]),
    ("a sign that is none", false, &[
        "line 9, record 2.1, sign: found “2”, expected 0 (credit) or 1 (debit)",
    ]),
    ("an amount with a letter", false, &[
        "line 3, record 2.1, amount: found “00000000015O000”, expected 15 digits, the last three decimals",
    ]),
    ("a third decimal", false, &[
        "line 3, record 2.1, amount: found 150.005, expected an amount in whole cents",
    ]),
    ("a value date that does not exist", false, &[
        "line 3, record 2.1, value date: found “310226”, expected a date as day, month, year (DDMMYY)",
    ]),
    ("no entry date", false, &[
        "line 3, record 2.1, entry date: found “      ”, expected a date as day, month, year (DDMMYY)",
    ]),
    ("transaction type 4", false, &[
        "line 3, record 2.1, transaction code: found “40150000”, expected a first digit from 0 to 9 other than 4, which no table of the standard holds",
    ]),
    ("a transaction code with blanks", false, &[
        "line 3, record 2.1, transaction code: found “0 15 000”, expected 8 digits",
    ]),
    ("a detail without its total", false, &[
        "line 7, record 2.1, transaction code: found “60150000”, expected a total of type 2 before it with the same sequence number",
        "line 8, record 2.1, transaction code: found “60150000”, expected a total of type 2 before it with the same sequence number",
    ]),
    ("details that do not add up", false, &[
        "line 6, record 2.1, amount: found €\u{a0}70.10, expected €\u{a0}70.11, the sum of its 2 details",
    ]),
    ("details of a detail that do not add up", false, &[
        "line 8, record 2.1, amount: found €\u{a0}20.10, expected €\u{a0}20.00, the sum of its only detail",
    ]),
    ("a communication type that does not exist", false, &[
        "line 3, record 2.1, communication type: found “2”, expected 0 or 1",
    ]),
    ("a structured communication with a wrong digit", true, &[
        "line 3, record 2.1, communication: found “321988730447”, expected a structured communication (type 101) whose check digits are right",
    ]),
    ("a rebuilt communication with a wrong digit", true, &[
        "line 8, record 2.1, communication: found “090933755494”, expected a structured communication rebuilt by the bank (type 102) whose check digits are right",
    ]),
    ("a structured communication with text behind it", true, &[
        "line 3, record 2.1, communication: found “en nog iets”, expected nothing after the positions of its type",
    ]),
    ("a globalisation code that is no digit", false, &[
        "line 6, record 2.1, globalisation code: found “A”, expected 0, 1, 2, 3, 4, 5, 6, 7, 8 or 9",
    ]),
    ("a level of details that is never closed", true, &[
        "line 6, record 2.1, globalisation code: found 1, expected a later record of this movement with the code 1, which closes the level of details",
    ]),
    ("a continuation of another movement", false, &[
        "line 4, record 2.2, sequence and detail number: found 0009/0000, expected 0001/0000, as in the record 2.1 before",
    ]),
    ("a continuation that was not promised", false, &[
        "line 3, record 2.1, next code: found 0, expected 1, for a record 2.2 follows",
    ]),
    ("a promised continuation that is not there", false, &[
        "line 6, record 2.1, next code: found 1, expected 0, or a record 2.2 or 2.3 before the record 2.1 that follows",
    ]),
    ("a promised information that is not there", false, &[
        "line 5, record 2.3, link code: found 1, expected 0, for a record 2.1 follows",
    ]),
    ("information of another movement", false, &[
        "line 6, record 3.1, sequence number: found 0007, expected 0001, as in the record 2.1 before",
    ]),
    ("information whose numbers do not run on", true, &[
        "line 6, record 3.1, sequence and detail number: found 0001/0005, expected 0002/0000 or 0001/0001",
    ]),
    ("a continuation of other information", false, &[
        "line 7, record 3.2, sequence and detail number: found 0001/0002, expected 0001/0001, as in the record 3.1 before",
    ]),
    ("numbers with a gap", true, &[
        "line 9, record 2.1, sequence and detail number: found 0004/0000, expected 0003/0000 or 0002/0003",
    ]),
    ("numbers that start at 2", true, &[
        "line 3, record 2.1, sequence and detail number: found 0002/0000, expected 0001/0000",
    ]),
    ("a wrong count", false, &[
        "line 11, record 9, number of records: found 8, expected 9, the records 1, 2, 3 and 8 of this statement",
    ]),
    ("a count with a letter", false, &[
        "line 11, record 9, number of records: found “00000A”, expected 6 digits",
    ]),
    ("a wrong debit total", false, &[
        "line 11, record 9, debit total: found €\u{a0}0.11, expected €\u{a0}0.10, the sum of its debit movements",
    ]),
    ("a wrong credit total", false, &[
        "line 11, record 9, credit total: found €\u{a0}220.11, expected €\u{a0}220.10, the sum of its credit movements",
    ]),
    ("one cent in the new balance", false, &[
        "line 10, record 8, new balance: found €\u{a0}1,220.01, expected €\u{a0}1,220.00, the old balance €\u{a0}1,000.00 and movements of €\u{a0}220.00 together",
    ]),
    ("one cent in the old balance", false, &[
        "line 10, record 8, new balance: found €\u{a0}1,220.00, expected €\u{a0}1,220.01, the old balance €\u{a0}1,000.01 and movements of €\u{a0}220.00 together",
    ]),
    ("a trailer that says more follows", true, &[
        "line 11, record 9, multiple file code: found 1 (another statement follows), expected 2, for no statement follows",
    ]),
    ("a trailer that stops after its sums", true, &[
        "line 11, record 9, length: found 57 positions, expected 128 positions",
        "line 11, record 9, multiple file code: found neither 1 nor 2, expected 2, for no statement follows",
    ]),
    ("a trailer that stops in its sums", false, &[
        "line 11, record 9, length: found 50 positions, expected 128 positions",
    ]),
];

#[test]
fn every_awkward_file_gives_exactly_its_sentences() {
    let files: Vec<(&str, Vec<u8>)> = [broken_frames(), awkward_fields(), awkward_links()].concat();
    assert_eq!(files.len(), SAID.len());
    for ((name, bytes), (of, booked, sentences)) in files.iter().zip(SAID) {
        assert_eq!(name, of, "the files and the sentences are in one order");
        let reading = coda::inspect(bytes);
        let parts = reading.statements.iter().flat_map(|part| &part.problems);
        let said: Vec<String> = reading.problems.iter().chain(parts).map(english).collect();
        assert_eq!(said, *sentences, "{name}");
        assert_eq!(coda::read(bytes).is_ok(), *booked, "{name}");
    }
}
