//! Reading a large CODA file, beside the Python package febelfin-coda, each in a process of its own.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{self, EntryToWrite, LineToWrite, Part, StatementToWrite, TextToWrite};

use crate::report::Report;

/// How many movements.
const MOVEMENTS: u32 = 100_000;

/// How often each is measured; the quickest counts, for what is slower was disturbed.
const ROUNDS: usize = 3;

/// Reads as the examples of febelfin-coda do, and says how long it took and how much memory was used at most.
const PYTHON: &str = "
import resource, sys, time
from coda import CODA
start = time.perf_counter()
file = CODA(sys.argv[1])
took = time.perf_counter() - start
moves = sum(len(statement.moves) for statement in file.statements)
print(int(took * 1000000), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, moves)
";

/// What one process took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    time: Duration,
    /// The most memory it ever had (`VmHWM`), in kibibytes.
    peak: u64,
}

/// Measures reading in whole, reading as a stream, and the package in Python when it is installed.
pub(crate) fn measure(report: &mut Report) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.cod");
    let bytes = coda::write(&[statement(MOVEMENTS)]).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    report.about(&format!("Reading {MOVEMENTS} CODA movements, {} bytes", bytes.len()));
    drop(bytes);

    let own = |way: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["child", way]).arg(&path);
        best(command).expect("our own reader reads our own file")
    };
    let (whole, stream) = (own("read"), own("stream"));
    report.figure("in whole, every movement kept", whole.time, &memory(whole));
    report.figure("as a stream", stream.time, &memory(stream));
    let mut python = Command::new("python3");
    python.args(["-c", PYTHON]).arg(&path);
    match best(python) {
        Some(other) => {
            report.figure("febelfin-coda (Python)", other.time, &memory(other));
            report.at_least("febelfin-coda takes, of ours in whole", (other.time, whole.time), 8);
            report.verdict(whole.peak < other.peak, "less memory than febelfin-coda, in whole");
        }
        None => {
            println!("  febelfin-coda is not installed (pip install febelfin-coda==0.5.0): nothing to compare with")
        }
    }
    flat(report, folder.path(), stream);
}

/// A tenth of the file as a stream takes as much memory as all of it.
fn flat(report: &mut Report, folder: &Path, large: Taken) {
    let path = folder.join("small.cod");
    std::fs::write(&path, coda::write(&[statement(MOVEMENTS / 10)]).unwrap()).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "stream"]).arg(&path);
    let small = best(command).expect("our own reader reads our own file");
    let words = format!("a stream takes as much memory for a tenth of the file ({})", memory(small));
    // Pages come and go by a few: a quarter of a mebibyte is no growth.
    report.verdict(large.peak <= small.peak + 256, &words);
}

fn memory(taken: Taken) -> String {
    format!("{:>4} MiB at most", taken.peak.div_ceil(1024))
}

/// The quickest of some runs of a program that prints microseconds, kibibytes and the number of movements.
fn best(mut command: Command) -> Option<Taken> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let output = command.output().ok().filter(|output| output.status.success())?;
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<u64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
        let [micros, peak, movements] = numbers[..] else { panic!("{text}") };
        assert!(movements > 0 && movements <= u64::from(MOVEMENTS), "{movements} movements were read");
        rounds.push(Taken { time: Duration::from_micros(micros), peak });
    }
    rounds.into_iter().min_by_key(|taken| taken.time)
}

/// One measured run, in this process: reads the file and prints what it took.
pub(crate) fn child(way: &str, file: &str) {
    let start = Instant::now();
    let movements = if way == "read" { in_whole(file) } else { as_a_stream(file) };
    let took = start.elapsed();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("{} {} {movements}", took.as_micros(), peak.trim().trim_end_matches(" kB"));
}

fn in_whole(file: &str) -> usize {
    let bytes = std::fs::read(file).unwrap();
    let read = coda::read(&bytes).unwrap();
    read.statements.iter().map(|statement| statement.movements.len()).sum()
}

fn as_a_stream(file: &str) -> usize {
    let open = || BufReader::with_capacity(64 * 1024, File::open(file).unwrap());
    let encoding = coda::recognise(open()).unwrap();
    let mut movements = 0;
    for part in coda::stream(open(), encoding) {
        match part.unwrap() {
            Part::Movement(_) => movements += 1,
            Part::Statement(reading) => assert_eq!(reading.problems, []),
            Part::Problem(problem) => panic!("{problem:?}"),
        }
    }
    movements
}

/// One statement of receipts with a structured communication, each with all three records.
pub(crate) fn statement(movements: u32) -> StatementToWrite {
    let day = NaiveDate::from_ymd_opt(2022, 6, 2).unwrap();
    StatementToWrite {
        created_on: day,
        duplicate: false,
        bic: "KREDBEBB".to_owned(),
        holder_number: None,
        holder: "ENERGIEHUIS".to_owned(),
        description: "ZICHTREKENING".to_owned(),
        account: Iban::from_bban("BE", "000123456789").unwrap(),
        sequence: 1,
        old_balance: Money::ZERO,
        old_balance_on: day,
        new_balance_on: day,
        entries: (1..=movements).map(|serial| entry(serial, day)).collect(),
        messages: Vec::new(),
    }
}

fn entry(serial: u32, day: NaiveDate) -> EntryToWrite {
    let line = LineToWrite {
        amount: Money::from_euros(100),
        value_on: Some(day),
        booked_on: day,
        code: (1, 50),
        bank_reference: format!("REF{serial:012}"),
        text: TextToWrite::Structured(reference(serial)),
        customer_reference: format!("E2E-{serial:010}"),
        counterparty_iban: Some(Iban::from_bban("BE", &format!("{serial:012}")).unwrap()),
        counterparty_bic: "KREDBEBB".to_owned(),
        counterparty_name: format!("BETALER NUMMER {serial}"),
        returned: None,
    };
    EntryToWrite { line, details: Vec::new() }
}

/// The communication of a loan.
fn reference(serial: u32) -> Ogm {
    Ogm::from_base(1_000_000_000 + u64::from(serial)).unwrap()
}
