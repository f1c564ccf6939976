//! `energiehuis loan event` and `energiehuis loan show --known-at`.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use super::Desk;
use crate::support::program::{Answer, Program};

/// The program with something on its standard input.
fn with_input(program: &Program, arguments: &[&str], input: &str) -> Answer {
    let mut command = program.command(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Answer::of(child.wait_with_output().unwrap())
}

// The program reads the machine's clock: here it is long after the family signed.
#[tokio::test]
async fn an_event_in_a_file_is_previewed_and_recorded_to_the_same_byte() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    let program = desk.town.test.program();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event.json");
    let event =
        json!({ "kind": "called_due", "trigger": "death", "due_on": "2023-01-31", "effective_on": "2022-12-01" });
    std::fs::write(&file, event.to_string()).unwrap();
    let file = file.to_str().unwrap();
    let base = ["loan", "event", &family.number, "--file", file, "--format", "json"];
    let before = desk.rows().await;
    let previewed = program.run(&[base.as_slice(), &["--preview"]].concat());
    assert_eq!(previewed.status, 0, "{previewed:?}");
    assert_eq!(desk.rows().await, before);
    let keyed = [base.as_slice(), &["--key", "death-1"]].concat();
    let recorded = program.run(&keyed);
    assert_eq!((recorded.status, &recorded.out), (0, &previewed.out), "{recorded:?}");
    assert_eq!(program.run(&keyed).out, recorded.out);
    let table = program.run(&["loan", "show", &family.number, "--as-of", "2022-12-31", "--known-at", "2022-12-31"]);
    assert!(
        table.out.contains("repaying · at the end of 2022-12-31, as believed at the end of 2022-12-31"),
        "{table:?}"
    );
    let arguments = ["loan", "show", &family.number, "--as-of", "2022-12-31", "--format", "json"];
    assert_eq!(program.json(&arguments)["status"], "called_due");
    desk.close().await;
}

#[tokio::test]
async fn a_wrong_event_exits_with_two_and_writes_nothing() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    let program = desk.town.test.program();
    let before = desk.rows().await;
    let table = [
        (
            r#"{"kind": "holiday_granted", "instalments": 0, "x": 1}"#,
            "energiehuis: instalments “0”: Write a whole number from 1 to 540.\nx “”: This field does not belong \
             here. There are: kind, effective_on, instalments.\n",
        ),
        (r#"{"kind": "draws_closed"}"#, "energiehuis: Draws were closed on 07/02/2022. Nothing more can be drawn.\n"),
        (
            "[]",
            "energiehuis: --file does not hold a JSON object: invalid type: sequence, expected a map at line 1 column 0\n",
        ),
    ];
    for (event, sentence) in table {
        let answer = with_input(&program, &["loan", "event", &family.number, "--file", "-"], event);
        assert_eq!((answer.status, answer.err.as_str()), (2, sentence), "{event}");
    }
    let nobody = with_input(&program, &["loan", "event", "L-1", "--file", "-"], r#"{"kind": "draws_closed"}"#);
    assert_eq!((nobody.status, nobody.err.as_str()), (2, "energiehuis: there is no loan L-1\n"));
    let missing = program.run(&["loan", "event", &family.number, "--file", "/nowhere/event.json"]);
    assert_eq!(missing.status, 2, "{missing:?}");
    let date = program.run(&["loan", "show", &family.number, "--known-at", "30-06-2022"]);
    assert_eq!(date.status, 2, "{date:?}");
    assert_eq!(desk.rows().await, before);
    let input = r#"{"kind": "holiday_granted", "instalments": 2, "effective_on": "2022-05-16"}"#;
    let shown = with_input(&program, &["loan", "event", &family.number, "--file", "-", "--preview"], input);
    assert!(shown.out.contains("preview; nothing was written") && shown.out.contains("now repaying"), "{shown:?}");
    desk.close().await;
}
