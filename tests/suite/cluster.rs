//! The private PostgreSQL: as root and not, two programs at once, killed, missing, newer.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use energiehuis::storage::cluster::{Cluster, ClusterError, ClusterOptions, DATABASE, ROLE};
use sqlx::{Connection, PgConnection};

use crate::support::database::TestDatabase;
use crate::support::program::{Answer, PROGRAM, Program, server_runs};

/// A cluster of tests: not durable, gone with its last user.
fn options(data: &Path) -> ClusterOptions {
    ClusterOptions { data: data.to_owned(), pg_bin: None, durable: false, linger: Duration::ZERO }
}

/// A folder that every account may enter, as `/srv/energiehuis` would be.
fn open_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

async fn answers(cluster: &Cluster) -> bool {
    let Ok(mut db) = PgConnection::connect_with(&cluster.connect_options("postgres")).await else { return false };
    let one: i32 = sqlx::query_scalar("SELECT 1").fetch_one(&mut db).await.unwrap();
    one == 1
}

#[tokio::test]
async fn two_users_share_one_server_and_the_last_one_stops_it() {
    let folder = open_folder();
    let first = Cluster::start(&options(folder.path())).unwrap();
    let home = first.folder().to_owned();
    let mark = std::fs::read_to_string(home.join("cluster/postmaster.pid")).unwrap();
    let second = Cluster::start(&options(folder.path())).unwrap();
    assert_eq!(std::fs::read_to_string(home.join("cluster/postmaster.pid")).unwrap(), mark, "one server");

    first.stop().unwrap();
    assert!(answers(&second).await, "the second user still has its server");
    second.stop().unwrap();
    assert!(!server_runs(&home));
    assert!(!home.join("cluster/postmaster.pid").exists(), "a stop in good order");
}

#[tokio::test]
async fn only_the_socket_is_open_and_only_to_its_owner() {
    let folder = open_folder();
    let cluster = Cluster::start(&options(folder.path())).unwrap();
    let mut db = PgConnection::connect_with(&cluster.connect_options("postgres")).await.unwrap();
    let (addresses, user): (String, String) =
        sqlx::query_as("SELECT current_setting('listen_addresses'), current_user").fetch_one(&mut db).await.unwrap();
    assert_eq!((addresses.as_str(), user.as_str()), ("", ROLE));
    let mode = std::fs::metadata(cluster.folder().join("socket")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let root: bool = std::fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t");
    let server: String = sqlx::query_scalar("SELECT pg_backend_pid()::text").fetch_one(&mut db).await.unwrap();
    let status = std::fs::read_to_string(format!("/proc/{server}/status")).unwrap();
    assert!(!root || !status.contains("\nUid:\t0\t"), "the server of root is not root's");
    db.close().await.unwrap();
    cluster.stop().unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_still_has_a_server() {
    let folder = open_folder();
    let cluster = Cluster::start(&options(&folder.path().join("een-lange-naam-".repeat(8)))).unwrap();
    assert!(answers(&cluster).await);
    let mut db = PgConnection::connect(&cluster.url("postgres")).await.unwrap();
    let sockets: String =
        sqlx::query_scalar("SELECT current_setting('unix_socket_directories')").fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    cluster.stop().unwrap();
    let sockets = sockets.trim_matches('"');
    assert!(sockets.starts_with("/tmp/energiehuis-"), "{sockets}");
    std::fs::remove_dir(sockets).unwrap();
}

#[tokio::test]
async fn a_server_that_was_killed_starts_again() {
    let folder = open_folder();
    let cluster = Cluster::start(&options(folder.path())).unwrap();
    let home = cluster.folder().to_owned();
    let mark = std::fs::read_to_string(home.join("cluster/postmaster.pid")).unwrap();
    kill(mark.lines().next().unwrap());
    until(|| !server_runs(&home));
    // As in a restarted container, where the number soon belongs to another program: this one.
    let stale = mark.replacen(mark.lines().next().unwrap(), &std::process::id().to_string(), 1);
    std::fs::write(home.join("cluster/postmaster.pid"), stale).unwrap();

    let again = Cluster::start(&options(folder.path())).unwrap();
    assert!(answers(&again).await);
    drop(cluster);
    again.stop().unwrap();
    assert!(!server_runs(&home));
}

#[test]
fn a_program_that_was_killed_leaves_no_server_behind() {
    let folder = open_folder();
    let cluster = Cluster::start(&options(folder.path())).unwrap();
    let home = cluster.folder().to_owned();
    // Another program that uses the server: it holds the users' lock and waits for an input that does not come.
    let mut other = Command::new("sh")
        .args(["-c", "exec 9<users.lock; flock -s 9; echo holding; exec cat"])
        .current_dir(&home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(other.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "holding\n");
    cluster.stop().unwrap();
    assert!(server_runs(&home), "the other program still has its server");
    other.kill().unwrap(); // SIGKILL
    other.wait().unwrap();
    until(|| !home.join("cluster/postmaster.pid").exists());
    assert!(!server_runs(&home));
}

#[test]
fn two_programs_at_once_on_a_new_folder_make_one_house() {
    let folder = open_folder();
    let start = || {
        Command::new(PROGRAM)
            .arg("--data")
            .arg(folder.path())
            .args(["migrate", "--format", "json"])
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let (one, other) = (start(), start());
    let applied: Vec<u64> = [one, other]
        .map(|child| Answer::of(child.wait_with_output().unwrap()))
        .iter()
        .map(|answer| {
            assert_eq!(answer.status, 0, "{answer:?}");
            serde_json::from_str::<serde_json::Value>(&answer.out).unwrap()["applied"].as_u64().unwrap()
        })
        .collect();
    assert_eq!(applied[0], applied[1]);
    assert!(!server_runs(&folder.path().join("postgres")), "the server stopped with the last of them");
}

#[test]
fn somebody_who_is_not_root_has_a_house_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    if is_root() {
        // The program is built in a folder that nobody may not enter: hand it a copy.
        std::os::unix::fs::chown(folder.path(), Some(65534), Some(65534)).unwrap();
        let copy = folder.path().join("energiehuis");
        std::fs::copy(PROGRAM, &copy).unwrap();
        std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).unwrap();
        command.uid(65534).gid(65534).env("PROGRAM", copy);
    } else {
        command.env("PROGRAM", PROGRAM);
    }
    let script = r#"cd / && "$PROGRAM" migrate && "$PROGRAM" doctor --format json"#;
    command.args(["-c", script]).env("ENERGIEHUIS_DATA", folder.path().join("data")).env_remove("DATABASE_URL");
    let answer = Answer::of(command.output().unwrap());
    assert_eq!(answer.status, 0, "{answer:?}");
    assert!(answer.out.contains(&format!("private, in {}/data/postgres", folder.path().display())), "{answer:?}");
    assert!(!server_runs(&folder.path().join("data/postgres")));
}

#[test]
fn root_in_a_folder_that_the_server_may_not_enter_puts_it_elsewhere() {
    if !is_root() {
        return; // Only root hands its server to another account.
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap(); // as a home is
    let cluster = Cluster::start(&options(folder.path())).unwrap();
    let home = cluster.folder().to_owned();
    cluster.stop().unwrap();
    assert!(home.starts_with("/var/lib/energiehuis"), "{}", home.display());
    std::fs::remove_dir_all(home).unwrap();
}

#[test]
fn where_postgresql_is_missing_the_error_says_how_to_install_it() {
    let empty = tempfile::tempdir().unwrap();
    let program = Program::new().env("PG_BIN", empty.path().to_str().unwrap());
    let answer = program.run(&["migrate"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert!(answer.err.contains("sudo apt-get install -y postgresql"), "{answer:?}");
    assert!(answer.err.contains(empty.path().to_str().unwrap()), "{answer:?}");
}

#[test]
fn data_of_another_generation_asks_for_its_own_programs() {
    let folder = open_folder();
    Cluster::start(&options(folder.path())).unwrap().stop().unwrap();
    std::fs::write(folder.path().join("postgres/cluster/PG_VERSION"), "11\n").unwrap();
    let error = Cluster::start(&options(folder.path())).unwrap_err();
    assert!(matches!(error, ClusterError::Version { number: 11, .. }), "{error}");
    assert!(error.to_string().contains("PostgreSQL 11 is needed for the data that is there"), "{error}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let database = TestDatabase::create().await;
    let pool = database.pool().await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (29990101000000, 'from the future', true, '', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let answer = Program::new().env("DATABASE_URL", &database.url()).run(&["migrate"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert!(answer.err.contains("migration 29990101000000") && answer.err.contains("newer energiehuis"), "{answer:?}");
    database.drop().await;
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong_and_then_that_all_is_right() {
    let database = TestDatabase::create_empty().await;
    let program = Program::new().env("DATABASE_URL", &database.url());
    let sick = program.run(&["doctor", "--format", "json"]);
    assert_eq!(sick.status, 1, "{sick:?}");
    let report: serde_json::Value = serde_json::from_str(&sick.out).unwrap();
    let failed: Vec<_> = report["checks"].as_array().unwrap().iter().filter(|check| check["ok"] == false).collect();
    assert_eq!(failed.len(), 1, "{report}");
    assert_eq!(failed[0]["name"], "migrations");

    assert_eq!(program.run(&["migrate"]).status, 0);
    assert_eq!(program.json(&["doctor", "--format", "json"])["ok"], true);

    let nowhere = Program::new().env("DATABASE_URL", "postgres://house:s3cret@127.0.0.1:1/house");
    let answer = nowhere.run(&["doctor"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert!(answer.out.contains("cannot be reached") && !answer.out.contains("s3cret"), "{answer:?}");
    database.drop().await;
}

#[test]
fn another_program_runs_on_the_private_database() {
    let folder = open_folder();
    let database = |command: &[&str]| {
        let mut program = Command::new(PROGRAM);
        program.arg("--data").arg(folder.path()).args(["database", "--"]).args(command).env_remove("DATABASE_URL");
        Answer::of(program.output().unwrap())
    };
    let answer = database(&[
        "sh",
        "-c",
        "echo $DATABASE_URL $PGHOST $PGPORT $PGUSER $PGDATABASE; [ -S $PGHOST/.s.PGSQL.$PGPORT ]",
    ]);
    assert_eq!(answer.status, 0, "{answer:?}");
    let words: Vec<_> = answer.out.split_whitespace().collect();
    assert!(words[0].starts_with("postgres://energiehuis@%2F"), "{words:?}");
    assert_eq!(words[2..], ["5432", "energiehuis", "energiehuis"]);
    assert_eq!(database(&["sh", "-c", "exit 7"]).status, 1);
    assert_eq!(database(&["no-such-program"]).status, 2);
}

#[test]
fn a_wrong_setting_stops_the_program_before_it_does_anything() {
    let program = Program::new().env("ENERGIEHUIS_LISTEN", "8080").env("ENERGIEHUIS_WORKERS", "on");
    let answer = program.run(&["migrate"]);
    assert_eq!(answer.status, 2, "{answer:?}");
    assert!(answer.err.contains("listen = \"8080\"") && answer.err.contains("did you mean"), "{answer:?}");
    assert!(!program.data().exists(), "nothing was written");
    assert_ne!(DATABASE, "postgres", "the house has a database of its own");
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn kill(process: &str) {
    let status = Command::new("sh").args(["-c", "kill -KILL $0", process]).status().unwrap();
    assert!(status.success());
}

/// Waits for the thing itself, at most twenty seconds.
#[expect(clippy::disallowed_methods, reason = "another process ends when it ends; there is nothing to wait on")]
fn until(mut done: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not happen within twenty seconds");
}
