//! The account that the server runs as: our own, or, as root, one that is not root.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use super::ClusterError;

/// Accounts that root hands the server to, best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The user and group that the server runs as; none means those of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    other: Option<(u32, u32)>,
    own: u32,
}

/// The account for a server started by this program.
pub(super) fn for_server() -> Result<Account, ClusterError> {
    let own = rustix::process::geteuid();
    if !own.is_root() {
        return Ok(Account { other: None, own: own.as_raw() });
    }
    let other = CANDIDATES.into_iter().find_map(|name| Some((id("-u", name)?, id("-g", name)?)));
    Ok(Account { other: Some(other.ok_or(ClusterError::Account)?), own: 0 })
}

/// A number of an account, as the name service knows it.
fn id(flag: &str, name: &str) -> Option<u32> {
    let answer = Command::new("id").args([flag, name]).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(answer.stdout).ok()?.trim().parse().ok().filter(|number| *number != 0)
}

impl Account {
    /// The user and group to give folders to, when they are not ours already.
    pub(super) fn other(self) -> Option<(u32, u32)> {
        self.other
    }

    /// The number of the user that the server runs as.
    pub(super) fn uid(self) -> u32 {
        self.other.map_or(self.own, |(uid, _)| uid)
    }

    /// A command that runs as this account, apart from the terminal's Ctrl-C. Supplementary groups of root are
    /// dropped by the standard library together with its user.
    pub(super) fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).process_group(0);
        // Settings of a client in the environment (PGDATA, PGOPTIONS, …) are not for our server.
        for name in ["PGDATA", "PGPORT", "PGHOST", "PGOPTIONS", "PGUSER", "PGDATABASE", "PGSERVICE"] {
            command.env_remove(name);
        }
        if let Some((uid, gid)) = self.other {
            command.uid(uid).gid(gid);
        }
        command
    }
}
