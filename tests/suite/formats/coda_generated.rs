//! Files from seeds: every line becomes what it must, whatever the line ends, the character set and the door, and no
//! damaged file is taken for a right one.

use std::io::BufReader;

use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, Encoding, Part, Severity, Statement};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::coda_generator::{Expected, Made, statements};

const SEEDS: std::ops::Range<u64> = 0..150;

fn bytes_of(made: &[Made]) -> Vec<u8> {
    let statements: Vec<Statement> = made.iter().map(|made| made.statement.clone()).collect();
    coda::compose(&statements).unwrap()
}

/// What was read, without what only the file can tell: lines and fingerprints.
fn bare(mut statement: Statement) -> Statement {
    statement.line = 0;
    statement.fingerprint = String::new();
    for movement in &mut statement.movements {
        movement.line = 0;
    }
    statement
}

#[test]
fn what_is_composed_reads_back_the_same() {
    for seed in SEEDS {
        let made = statements(seed);
        let read = coda::read(&bytes_of(&made)).unwrap_or_else(|problems| panic!("seed {seed}: {problems:?}"));
        assert_eq!(read.warnings, [], "seed {seed}");
        assert_eq!(read.statements.len(), made.len());
        for (read, made) in read.statements.into_iter().zip(made) {
            assert_eq!(bare(read), made.statement, "seed {seed}");
        }
    }
}

#[test]
fn every_line_becomes_what_it_must() {
    let mut seen = 0;
    for seed in SEEDS {
        let made = statements(seed);
        let read = coda::read(&bytes_of(&made)).unwrap();
        for (read, made) in read.statements.iter().zip(&made) {
            let became = read.movements.iter().map(|movement| Expected {
                amount: movement.amount,
                moves: movement.moves_balance(),
                batch_of: movement.batch_of,
                ogm: movement.ogm(),
                returned: movement.returned.clone(),
            });
            let became: Vec<Expected> = became.collect();
            assert_eq!(became, made.expected, "seed {seed}");
            seen += became.len();
        }
    }
    assert!(seen > 2_000, "only {seen} lines");
}

#[test]
fn a_statement_sent_again_has_the_fingerprint_of_the_first() {
    for seed in SEEDS {
        let made = statements(seed);
        let again: Vec<Made> = made
            .iter()
            .map(|made| {
                let statement = Statement { duplicate: !made.statement.duplicate, ..made.statement.clone() };
                Made { statement, ..made.clone() }
            })
            .collect();
        let prints = |made: &[Made]| -> Vec<String> {
            coda::read(&bytes_of(made)).unwrap().statements.into_iter().map(|one| one.fingerprint).collect()
        };
        let (first, second) = (prints(&made), prints(&again));
        assert_eq!(first, second, "seed {seed}");
        // Alone in a file it has the same one too: the code of the trailer that says so does not count.
        assert_eq!(prints(&made[..1]), first[..1]);
    }
}

/// A character set, and its byte for a letter with an accent.
type Page = (Encoding, fn(char) -> u8);

#[test]
fn line_ends_and_character_sets_change_nothing() {
    for seed in SEEDS {
        let utf8 = bytes_of(&statements(seed));
        let text = String::from_utf8(utf8.clone()).unwrap();
        let right = coda::read(&utf8).unwrap();
        let dos_ends = text.replace('\n', "\r\n");
        let open_end = text.trim_end_matches('\n');
        for other in [dos_ends.as_str(), open_end] {
            assert_eq!(coda::read(other.as_bytes()).unwrap(), right, "seed {seed}");
        }
        let pages: [Page; 2] = [
            (Encoding::Cp850, |sign| if sign == 'É' { 0x90 } else { 0xD4 }),
            (Encoding::Windows1252, |sign| u8::try_from(u32::from(sign)).unwrap()),
        ];
        for (encoding, high) in pages {
            let page = text.chars().map(|sign| if sign.is_ascii() { u8::try_from(sign).unwrap() } else { high(sign) });
            let read = coda::read(&page.collect::<Vec<u8>>()).unwrap();
            assert_eq!(read.encoding, if text.is_ascii() { Encoding::Ascii } else { encoding }, "seed {seed}");
            assert_eq!(read.statements, right.statements, "seed {seed}");
        }
    }
}

#[test]
fn a_stream_gives_the_same_as_the_whole_file() {
    for seed in SEEDS {
        let bytes = bytes_of(&statements(seed));
        let whole = coda::inspect(&bytes);
        // A buffer smaller than a record: nothing may hang on where it ends.
        let open = || BufReader::with_capacity(57, bytes.as_slice());
        let mut movements = Vec::new();
        let mut readings = whole.statements.iter();
        assert_eq!(coda::recognise(open()).unwrap(), whole.encoding);
        for part in coda::stream(open(), whole.encoding) {
            match part.unwrap() {
                Part::Movement(movement) => movements.push(*movement),
                Part::Statement(mut reading) => {
                    reading.statement.as_mut().unwrap().movements = std::mem::take(&mut movements);
                    assert_eq!(Some(&*reading), readings.next(), "seed {seed}");
                }
                Part::Problem(problem) => panic!("seed {seed}: {problem:?}"),
            }
        }
        assert_eq!(readings.next(), None);
    }
}

/// A way to damage a file, and the field that must be named; none where it depends on the place.
type Damage = (&'static str, Option<&'static str>, fn(&mut Vec<String>, &mut ChaCha20Rng) -> bool);

/// The place of a random record of these kinds.
fn place(lines: &[String], chance: &mut ChaCha20Rng, kinds: &[&str]) -> Option<usize> {
    let places: Vec<usize> =
        (0..lines.len()).filter(|at| kinds.iter().any(|kind| lines[*at].starts_with(kind))).collect();
    (!places.is_empty()).then(|| places[chance.random_range(0..places.len())])
}

/// Puts other signs on a position of a line of one of these kinds.
fn put(lines: &mut [String], chance: &mut ChaCha20Rng, kinds: &[&str], (position, text): (usize, &str)) -> bool {
    let Some(at) = place(lines, chance, kinds) else { return false };
    let mut signs: Vec<char> = lines[at].chars().collect();
    for (offset, sign) in text.chars().enumerate() {
        signs[position - 1 + offset] = sign;
    }
    lines[at] = signs.into_iter().collect();
    true
}

const DAMAGES: &[Damage] = &[
    ("a movement is lost", Some("number of records"), |lines, chance| {
        place(lines, chance, &["21"]).map(|at| lines.remove(at)).is_some()
    }),
    ("a movement comes twice", Some("number of records"), |lines, chance| {
        place(lines, chance, &["21"]).map(|at| lines.insert(at, lines[at].clone())).is_some()
    }),
    ("an amount has another figure", None, |lines, chance| {
        let Some(at) = place(lines, chance, &["21"]) else { return false };
        let other = if lines[at].as_bytes()[45] == b'9' { "8" } else { "9" };
        lines[at].replace_range(45..46, other);
        true
    }),
    ("a third decimal", Some("amount"), |lines, chance| put(lines, chance, &["21"], (47, "5"))),
    ("type 4", Some("transaction code"), |lines, chance| put(lines, chance, &["21"], (54, "4"))),
    ("another balance", Some("new balance"), |lines, chance| put(lines, chance, &["8"], (43, "999"))),
    ("another currency", Some("account"), |lines, chance| {
        put(lines, chance, &["8"], (17, "CHF")) && put(lines, chance, &["8"], (39, "CHF"))
    }),
    ("another total", Some("credit total"), |lines, chance| put(lines, chance, &["9"], (38, "777"))),
    ("no trailer", Some("end"), |lines, _| lines.pop().is_some()),
    ("no new balance", Some("order"), |lines, chance| {
        // An empty statement may do without.
        let Some(at) = place(lines, chance, &["8"]) else { return false };
        let empty = lines[at - 1].starts_with('1');
        lines.remove(at);
        !empty
    }),
    ("a control character", Some("text"), |lines, chance| put(lines, chance, &["21", "8"], (100, "\u{1}"))),
    ("a record too long", Some("length"), |lines, chance| {
        place(lines, chance, &["1", "2", "3", "4", "8"]).map(|at| lines[at].push('0')).is_some()
    }),
    ("a record too short", Some("length"), |lines, chance| {
        place(lines, chance, &["1", "2", "3", "4", "8"]).map(|at| lines[at].pop()).is_some()
    }),
    ("an unknown record", Some("identification"), |lines, chance| put(lines, chance, &["21", "8"], (1, "7"))),
];

#[test]
fn no_damaged_file_is_taken_for_a_right_one() {
    let mut tried = 0;
    for seed in SEEDS {
        let text = String::from_utf8(bytes_of(&statements(seed))).unwrap();
        for (number, (name, field, damage)) in DAMAGES.iter().enumerate() {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let mut chance = ChaCha20Rng::seed_from_u64(seed * 100 + u64::try_from(number).unwrap());
            if !damage(&mut lines, &mut chance) {
                continue;
            }
            tried += 1;
            let file = lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect::<Vec<u8>>();
            let problems = coda::read(&file).expect_err(&format!("seed {seed}: {name}"));
            assert!(problems.iter().all(|problem| problem.severity == Severity::Refused));
            let fields: Vec<_> = problems.iter().filter_map(|problem| problem.field).collect();
            assert!(field.is_none_or(|field| fields.contains(&field)), "seed {seed}: {name} gave {fields:?}");
        }
    }
    assert!(tried > 1_500, "only {tried} damaged files");
}

#[test]
fn a_file_that_stops_anywhere_is_refused() {
    for seed in SEEDS {
        let text = String::from_utf8(bytes_of(&statements(seed))).unwrap();
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        for _ in 0..10 {
            let lines: Vec<&str> = text.lines().collect();
            let whole = chance.random_range(0..lines.len());
            // A trailer may stop after its sums, and a file may stop after a statement: those are right.
            let room = if lines[whole].starts_with('9') { 52 } else { 128 };
            let part: String = lines[whole].chars().take(chance.random_range(1..room)).collect();
            let cut = [&lines[..whole], &[part.as_str()]].concat().join("\n");
            assert!(coda::read(cut.as_bytes()).is_err(), "seed {seed}, cut in line {}", whole + 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_damage_makes_the_reader_panic_or_lose_money(
        seed in 0_u64..1_000_000, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        swapped in any::<(prop::sample::Index, prop::sample::Index)>(), swap in any::<bool>(),
    ) {
        let text = String::from_utf8(bytes_of(&statements(seed))).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        if swap {
            let (one, other) = (swapped.0.index(lines.len()), swapped.1.index(lines.len()));
            lines.swap(one, other);
        }
        let mut bytes = lines.join("\n").into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // What is accepted explains its balances to the cent; a second feed with details has none.
        for statement in coda::read(&bytes).map(|file| file.statements).unwrap_or_default() {
            let moved: Money = statement.balance_movements().map(|movement| movement.amount).sum();
            prop_assert!(statement.separate_application.is_some() || statement.old_balance + moved == statement.new_balance);
            for total in &statement.movements {
                let details = statement.details_of(total);
                let sum: Money = details.iter().map(|detail| detail.amount).sum();
                prop_assert!(details.is_empty() || sum == total.amount);
            }
        }
    }
}
