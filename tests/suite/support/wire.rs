//! The wire between a program and PostgreSQL, which carries so many bytes and then no more: a way to stop a program
//! at a chosen moment of its work without looking at a clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

const SOCKET: &str = ".s.PGSQL.5432";

/// A wire. When it is dropped its connections are cut.
pub(crate) struct Wire {
    folder: TempDir,
    /// The address of the database without the wire.
    direct: String,
    gauge: Arc<Gauge>,
    _carriers: JoinSet<()>,
}

#[derive(Default)]
struct Gauge {
    carried: AtomicUsize,
    limit: usize,
    full: Notify,
}

impl Wire {
    /// A wire to a database of the server that listens in a folder, for so many bytes from the program.
    pub(crate) fn to(sockets: &Path, limit: usize, url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let gauge = Arc::new(Gauge { limit, ..Gauge::default() });
        let mut carriers = JoinSet::new();
        carriers.spawn(accept(listener, sockets.join(SOCKET), Arc::clone(&gauge)));
        Self { folder, direct: url.to_owned(), gauge, _carriers: carriers }
    }

    /// The address of the database through the wire.
    pub(crate) fn url(&self) -> String {
        let (_, database) = self.direct.rsplit_once('/').unwrap();
        let (user, _) = self.direct.split_once('@').unwrap();
        let host = self.folder.path().display().to_string().replace('/', "%2F");
        format!("{user}@{host}:5432/{database}")
    }

    /// How many bytes came from the program so far.
    pub(crate) fn carried(&self) -> usize {
        self.gauge.carried.load(Ordering::SeqCst)
    }

    /// Until the wire has carried all that it may.
    pub(crate) async fn full(&self) {
        self.gauge.full.notified().await;
    }
}

async fn accept(listener: UnixListener, server: PathBuf, gauge: Arc<Gauge>) {
    let mut connections = JoinSet::new();
    loop {
        let (program, _) = listener.accept().await.unwrap();
        let (from_program, mut to_program) = program.into_split();
        let (mut from_server, to_server) = UnixStream::connect(&server).await.unwrap().into_split();
        connections.spawn(carry(from_program, to_server, Arc::clone(&gauge)));
        connections.spawn(async move {
            // The program may be gone.
            let _ = copy(&mut from_server, &mut to_program).await;
        });
    }
}

async fn carry(mut from: tokio::net::unix::OwnedReadHalf, mut to: tokio::net::unix::OwnedWriteHalf, gauge: Arc<Gauge>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let before = gauge.carried.fetch_add(read, Ordering::SeqCst);
        let allowed = gauge.limit.saturating_sub(before).min(read);
        if to.write_all(&buffer[..allowed]).await.is_err() {
            return;
        }
        if allowed < read {
            gauge.full.notify_one();
            // What is left never arrives.
            std::future::pending::<()>().await;
        }
    }
}
