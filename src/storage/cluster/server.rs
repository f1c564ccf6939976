//! Making, starting and stopping the server, through PostgreSQL's own programs.
//!
//! Paths are given relative to the cluster's folder: `pg_ctl` passes them through a shell.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::home::Home;
use super::programs::Programs;
use super::{ClusterError, ROLE};

/// The number in the name of the socket; nothing listens on a network port.
pub const PORT: u16 = 5432;

/// Waits until nobody holds the users' lock, then stops the server. `$1` is `pg_ctl`, `$2` the seconds to linger.
const WATCHMAN: &str = r#"
exec 9<users.lock || exit 1
while :; do
    flock -x 9 || exit 1
    [ "$2" -eq 0 ] && break
    flock -u 9
    sleep "$2"
    flock -n -x 9 && break
done
"$1" stop -D cluster -m fast -w
"#;

fn command(home: &Home, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = home.account().command(program);
    command.current_dir(home.folder());
    command
}

/// Whether the server of this folder runs: whether somebody listens on its socket.
pub(super) fn is_running(home: &Home) -> bool {
    UnixStream::connect(home.sockets().join(format!(".s.PGSQL.{PORT}"))).is_ok()
}

/// Removes the marks of a server that was killed when their process number now belongs to another program, as happens
/// at once in a restarted container, or to the server's own remains that nobody has buried yet; PostgreSQL takes any
/// process of its own user for a living server. Called with nobody listening and the start locked.
fn remove_stale_marks(home: &Home) {
    let socket = home.sockets().join(format!(".s.PGSQL.{PORT}.lock"));
    for mark in [home.folder().join("cluster/postmaster.pid"), socket] {
        let Ok(text) = fs::read_to_string(&mark) else { continue };
        let number = text.lines().next().unwrap_or_default();
        // No such process: PostgreSQL sees that itself. No command line: it has ended and waits to be buried.
        let Ok(line) = fs::read_to_string(format!("/proc/{number}/cmdline")) else { continue };
        let program = Path::new(line.split('\0').next().unwrap_or_default()).file_name();
        if !program.is_some_and(|name| name == "postgres" || name == "postmaster") {
            // When it cannot be removed, the start says why it failed.
            let _ = fs::remove_file(&mark);
        }
    }
}

/// Makes the cluster, when there is none. Made aside and moved into place, so that half a cluster is never used.
pub(super) fn create(programs: &Programs, home: &Home, durable: bool) -> Result<(), ClusterError> {
    let (cluster, fresh) = (home.folder().join("cluster"), home.folder().join("cluster.new"));
    if cluster.exists() {
        return Ok(());
    }
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(|error| ClusterError::folder(&fresh, error))?;
    }
    let mut initdb = command(home, programs.path("initdb"));
    initdb.args(["-D", "cluster.new", "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.arg("--no-instructions").args((!durable).then_some("--no-sync"));
    run(initdb, "initdb")?;
    fs::rename(&fresh, &cluster).map_err(|error| ClusterError::folder(&cluster, error))
}

/// Starts the server and waits until it answers.
pub(super) fn start(programs: &Programs, home: &Home, durable: bool) -> Result<(), ClusterError> {
    let path = home.folder().join("cluster/energiehuis.conf");
    let write = || {
        fs::write(&path, configuration(home.sockets(), durable))?;
        include(home.folder())
    };
    write().map_err(|error| ClusterError::folder(&path, error))?;
    let attempt = || {
        remove_stale_marks(home);
        let mut pg_ctl = command(home, programs.path("pg_ctl"));
        pg_ctl.args(["start", "-D", "cluster", "-l", "server.log", "-w", "-s", "-t", "120"]);
        run(pg_ctl, "pg_ctl start").map_err(|error| with_log(error, home))
    };
    // The last processes of a server that was killed hold its memory for a moment: then the second attempt works.
    attempt().or_else(|_| attempt())
}

/// Stops the server, when it runs, and waits until it is gone. Clients that are still there are cut off.
pub(super) fn stop(programs: &Programs, home: &Home) -> Result<(), ClusterError> {
    if !is_running(home) {
        return Ok(());
    }
    let mut pg_ctl = command(home, programs.path("pg_ctl"));
    pg_ctl.args(["stop", "-D", "cluster", "-m", "fast", "-w", "-s"]);
    run(pg_ctl, "pg_ctl stop")
}

/// Leaves the watchman behind who stops the server after its last user.
pub(super) fn post_watchman(programs: &Programs, home: &Home, linger: Duration) -> Result<(), ClusterError> {
    let mut watchman = command(home, "sh");
    watchman.args(["-c", WATCHMAN, "energiehuis-postgres-watchman"]);
    watchman.arg(programs.path("pg_ctl")).arg(linger.as_secs().to_string());
    watchman.stdout(Stdio::null()).stderr(Stdio::null());
    let posted = watchman.spawn();
    posted.map(drop).map_err(|error| ClusterError::Program { program: "sh".to_owned(), said: error.to_string() })
}

/// The settings of the server that are ours.
fn configuration(sockets: &Path, durable: bool) -> String {
    // A list of folders within a quoted value: double quotes for the list, single ones for the value.
    let sockets = sockets.display().to_string().replace('"', "\"\"").replace('\'', "''");
    let mut text = format!(
        "# Written by energiehuis at every start of the server.\n\
         listen_addresses = ''\n\
         unix_socket_directories = '\"{sockets}\"'\n\
         unix_socket_permissions = 0700\n\
         port = {PORT}\n\
         max_connections = 200\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n\
         jit = off\n"
    );
    if !durable {
        text.push_str(
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nwal_level = minimal\nmax_wal_senders = 0\n",
        );
    }
    text
}

/// Makes the server's own configuration end with ours, once.
fn include(folder: &Path) -> std::io::Result<()> {
    const LINE: &str = "include_if_exists = 'energiehuis.conf'";
    let path = folder.join("cluster/postgresql.conf");
    let mut text = fs::read_to_string(&path)?;
    if !text.lines().any(|line| line == LINE) {
        text = format!("{text}\n{LINE}\n");
        fs::write(&path, text)?;
    }
    Ok(())
}

/// Runs a program to its end; its last words are the error.
fn run(mut command: Command, program: &str) -> Result<(), ClusterError> {
    let failed = |said: String| ClusterError::Program { program: program.to_owned(), said };
    let output = command.output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(failed(last_lines(&String::from_utf8_lossy(&said))))
}

/// Adds what the server itself wrote to what `pg_ctl` said about it.
fn with_log(error: ClusterError, home: &Home) -> ClusterError {
    let log = fs::read(home.folder().join("server.log")).unwrap_or_default();
    match error {
        ClusterError::Program { program, said } => {
            let log = last_lines(&String::from_utf8_lossy(&log));
            ClusterError::Program { program, said: format!("{said}; server.log ends with: {log}") }
        }
        other => other,
    }
}

fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(6)..].join(" | ")
}
