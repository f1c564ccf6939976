//! The programs of PostgreSQL on this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{ClusterError, OLDEST};

/// Where Debian and Ubuntu keep one folder per version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    bin: PathBuf,
    version: u32,
}

impl Programs {
    /// The path of one program.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

/// The newest programs, or those of the version that made the data. `PG_BIN`, when given, is the only place.
pub(super) fn find(pg_bin: Option<&Path>, data_version: Option<u32>) -> Result<Programs, ClusterError> {
    let folders = pg_bin.map_or_else(usual_folders, |folder| vec![folder.to_owned()]);
    let mut found: Vec<_> = folders.iter().filter_map(|folder| look(folder)).collect();
    if found.is_empty() {
        let looked = match pg_bin {
            Some(folder) => format!("{} (PG_BIN)", folder.display()),
            None => format!("{DEBIAN}/*/bin, the folder of pg_config, or PATH"),
        };
        return Err(ClusterError::Missing { looked });
    }
    found.sort_by_key(|programs| std::cmp::Reverse(programs.version));
    let fits = |programs: &&Programs| data_version.map_or(programs.version >= OLDEST, |v| v == programs.version);
    if let Some(programs) = found.iter().find(fits) {
        return Ok(programs.clone());
    }
    let versions: Vec<_> = found.iter().map(|programs| programs.version.to_string()).collect();
    Err(ClusterError::Version {
        needed: data_version.map_or_else(|| format!("{OLDEST} or later"), |version| version.to_string()),
        why: data_version.map_or_else(String::new, |_| " for the data that is there".to_owned()),
        found: versions.join(", "),
        number: data_version.unwrap_or(OLDEST),
    })
}

fn usual_folders() -> Vec<PathBuf> {
    let debian = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    debian.chain(of_pg_config()).chain(of_path()).collect()
}

fn of_pg_config() -> Option<PathBuf> {
    let answer = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok()?;
    Some(PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim()))
}

/// The folder on `PATH` that has the server, found by the shell that searches it.
fn of_path() -> Option<PathBuf> {
    let answer = Command::new("sh").args(["-c", "command -v postgres"]).stderr(Stdio::null()).output().ok()?;
    let program = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    // The folder of the real file: `postgres` on PATH is often one link without its companions.
    Some(program.canonicalize().ok()?.parent()?.to_owned())
}

/// The programs in a folder, when they are all there and say their version.
fn look(folder: &Path) -> Option<Programs> {
    ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file()).then_some(())?;
    let answer = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
    let text = String::from_utf8(answer.stdout).ok()?;
    let version = text.split_whitespace().nth(2)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    Some(Programs { bin: folder.to_owned(), version })
}
