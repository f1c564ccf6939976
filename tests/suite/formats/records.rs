//! CODA records by position, typed here from the standard and not from the writer, so that the two can disagree.

use energiehuis::formats::coda::Problem;
use energiehuis::i18n::{Lang, tell};

/// A problem as the program prints it.
pub(super) fn english(problem: &Problem) -> String {
    problem.in_english(|text| tell(Lang::En, text))
}

/// A record of 128 positions with these texts at these positions, counted from 1.
pub(super) fn record(start: &str, fields: &[(usize, &str)]) -> String {
    let mut signs: Vec<char> = start.chars().collect();
    signs.resize(128, ' ');
    for (position, text) in fields {
        for (offset, sign) in text.chars().enumerate() {
            signs[position - 1 + offset] = sign;
        }
    }
    assert_eq!(signs.len(), 128, "a field runs over the end of {start}");
    signs.into_iter().collect()
}

/// A record written as `start|position:text|position:text`.
fn typed(text: &str) -> String {
    let (start, fields) = text.split_once('|').unwrap();
    let fields: Vec<(usize, &str)> = fields
        .split('|')
        .map(|field| field.split_once(':').unwrap())
        .map(|(position, text)| (position.parse().unwrap(), text))
        .collect();
    record(start, &fields)
}

/// A statement of the account BE68 5390 0754 7034 with old balance 1,000.00: a receipt of 150.00 with OGM
/// (records 2.1 to 2.3), a bank's total of 70.10 with details of 50.00 and 20.10, and a cost of 0.10.
/// New balance 1,220.00.
pub(super) fn good() -> Vec<String> {
    [
        "00000|6:161026|12:000|15:05|35:ENERGIEHUIS|61:GKCCBEBB|72:00566988259|84:00000|128:2",
        "12|3:201|6:BE68539007547034|40:EUR|43:0|44:000000001000000|59:151026|65:ENERGIEHUIS|91:NOODKOOPFONDS|126:201",
        "21|3:00010000|11:REF-1|32:0|33:000000000150000|48:161026|54:00150000|62:1|63:101321988730446|116:161026\
         |122:201|125:0|126:1|128:0",
        "22|3:00010000|64:E2E-77|99:KREDBEBB|126:1|128:0",
        "23|3:00010000|11:BE43068999999501|45:EUR|48:AN DE GEVER|126:0|128:0",
        "21|3:00020000|11:REF-2|32:0|33:000000000070100|48:161026|54:20150000|62:0|116:161026|122:201|125:1|126:0|128:0",
        "21|3:00020001|32:0|33:000000000050000|48:161026|54:60150000|62:0|63:lening L-12|116:161026|122:201|125:0\
         |126:0|128:0",
        "21|3:00020002|32:0|33:000000000020100|48:161026|54:60150000|62:1|63:102090933755493|116:161026|122:201|125:1\
         |126:0|128:0",
        "21|3:00030000|11:REF-3|32:1|33:000000000000100|48:000000|54:03537000|62:0|63:kosten|116:161026|122:201|125:0\
         |126:0|128:0",
        "8|2:201|5:BE68539007547034|39:EUR|42:0|43:000000001220000|58:161026|128:0",
        "9|17:000009|23:000000000000100|38:000000000220100|128:2",
    ]
    .map(typed)
    .to_vec()
}

/// The lines of a file as the bytes of a file.
pub(super) fn file(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

/// The good file with a text put over a line (counted from 1) at a position.
pub(super) fn with(line: usize, position: usize, text: &str) -> Vec<u8> {
    let mut lines = good();
    let start = lines[line - 1].clone();
    lines[line - 1] = record(&start, &[(position, text)]);
    file(&lines)
}
