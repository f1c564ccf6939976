//! The folders of a private PostgreSQL, and the two locks that its users share.
//!
//! ```text
//! <folder>/cluster/      the data, made by initdb
//! <folder>/socket/       the Unix socket, 0700; elsewhere when the path would be too long for a socket
//! <folder>/server.log    what the server says
//! <folder>/users.lock    held shared by every program that uses the server
//! <folder>/start.lock    held while a program looks whether the server runs, and starts it
//! ```

use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ClusterError;
use super::account::Account;

/// Where root puts clusters whose data folder the server's account may not enter.
const SYSTEM: &str = "/var/lib/energiehuis";
/// The longest path of a Unix socket on Linux (`sun_path` is 108 bytes with its closing zero).
const LONGEST_SOCKET: usize = 107;

/// The folders of one cluster.
#[derive(Debug)]
pub(super) struct Home {
    folder: PathBuf,
    sockets: PathBuf,
    account: Account,
}

impl Home {
    /// Makes or finds the folders for the house in `data`.
    pub(super) fn open(data: &Path, account: Account) -> Result<Self, ClusterError> {
        let absolute = std::path::absolute(data).map_err(|error| ClusterError::folder(data, error))?;
        fs::create_dir_all(&absolute).map_err(|error| ClusterError::folder(&absolute, error))?;
        // The same house by another name (a symbolic link) is the same house.
        let data = absolute.canonicalize().map_err(|error| ClusterError::folder(&absolute, error))?;
        let mut folder = data.join("postgres");
        private(&folder, account)?;
        if !reachable(&folder, account) {
            // Leave no empty folder behind that looks like a cluster; it is not ours to fill.
            let _ = fs::remove_dir(&folder);
            fs::create_dir_all(SYSTEM).map_err(|error| ClusterError::folder(Path::new(SYSTEM), error))?;
            folder = Path::new(SYSTEM).join(name_of(&data));
            private(&folder, account)?;
            if !reachable(&folder, account) {
                return Err(ClusterError::folder(&folder, "the server's account may not enter it"));
            }
        }
        let mut sockets = folder.join("socket");
        if sockets.as_os_str().len() + "/.s.PGSQL.5432.lock".len() > LONGEST_SOCKET {
            sockets = Path::new("/tmp").join(format!("energiehuis-{}-{}", account.uid(), name_of(&folder)));
        }
        private(&sockets, account)?;
        Ok(Self { folder, sockets, account })
    }

    /// The folder of this cluster.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the socket.
    pub(super) fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// The account of the server.
    pub(super) fn account(&self) -> Account {
        self.account
    }

    /// The version of PostgreSQL that made the data; none before the first start.
    pub(super) fn version(&self) -> Result<Option<u32>, ClusterError> {
        let path = self.folder.join("cluster/PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let version = text.trim().parse();
                version.map(Some).map_err(|_| ClusterError::folder(&path, "it holds no version of PostgreSQL"))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ClusterError::folder(&path, error)),
        }
    }

    /// Becomes one of the users of the server, until the file is closed. Waits while the server is being stopped.
    pub(super) fn join_users(&self) -> Result<File, ClusterError> {
        let file = self.lock_file("users.lock")?;
        file.lock_shared().map_err(|error| ClusterError::folder(&self.folder, error))?;
        Ok(file)
    }

    /// Becomes the only one that may start the server, until the file is closed.
    pub(super) fn lock_start(&self) -> Result<File, ClusterError> {
        let file = self.lock_file("start.lock")?;
        file.lock().map_err(|error| ClusterError::folder(&self.folder, error))?;
        Ok(file)
    }

    fn lock_file(&self, name: &str) -> Result<File, ClusterError> {
        let path = self.folder.join(name);
        let open = || {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
            if let Some((uid, gid)) = self.account.other() {
                chown(&path, Some(uid), Some(gid))?; // The watchman opens it as the server's account.
            }
            Ok(file)
        };
        open().map_err(|error: std::io::Error| ClusterError::folder(&path, error))
    }
}

/// Makes a folder that only the server's account may enter, and checks that it is its own.
fn private(folder: &Path, account: Account) -> Result<(), ClusterError> {
    let make = || {
        match fs::create_dir(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let owner = fs::symlink_metadata(folder)?;
        if !owner.is_dir() {
            return Err(std::io::Error::other("it is not a folder"));
        }
        if let Some((uid, gid)) = account.other() {
            chown(folder, Some(uid), Some(gid))?;
        } else if owner.uid() != account.uid() {
            return Err(std::io::Error::other("it belongs to another user"));
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700))
    };
    make().map_err(|error| ClusterError::folder(folder, error))
}

/// Whether the server's account can really write there: asked by trying, not by guessing at every parent's rights.
fn reachable(folder: &Path, account: Account) -> bool {
    if account.other().is_none() {
        return true;
    }
    let test = account.command("test").arg("-w").arg(folder).current_dir("/").status();
    test.is_ok_and(|status| status.success())
}

/// A short name for a folder, the same every time.
fn name_of(folder: &Path) -> String {
    let hash = hex::encode(Sha256::digest(folder.as_os_str().as_encoded_bytes()));
    hash[..12].to_owned()
}
