//! An SMTP server inside the test: takes mails on a free port of this machine, keeps them, and refuses or
//! hangs up when it is told to (RFC 5321, as much as a client needs).

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// A mail as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The envelope's sender.
    pub(crate) from: String,
    /// The envelope's recipients.
    pub(crate) to: Vec<String>,
    /// Headers and body, dots unstuffed, lines ending in CRLF.
    pub(crate) raw: Vec<u8>,
}

/// What the server says when a mail is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// 250: takes it.
    Accept,
    /// 550 at RCPT TO, naming the address as real servers do.
    Refuse,
    /// 451 after DATA.
    Later,
    /// Closes the connection after DATA without an answer.
    HangUp,
    /// Takes the mail and never answers: whoever sent it cannot know.
    Silent,
}

/// The server; stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Sink {
    port: u16,
    state: Arc<Mutex<State>>,
    listener: JoinHandle<()>,
}

#[derive(Debug)]
struct State {
    manner: Manner,
    messages: Vec<Message>,
    /// Rings when a mail is left without an answer.
    left: Arc<Notify>,
}

impl Sink {
    /// Starts on a free port.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State { manner: Manner::Accept, messages: Vec::new(), left: Arc::default() }));
        let shared = Arc::clone(&state);
        let listener = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A client that goes away in the middle is no concern of the server.
                tokio::spawn(async move { converse(stream, &state).await.unwrap_or_default() });
            }
        });
        Self { port, state, listener }
    }

    /// The URL for `Post::smtp`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// How the next mails are met.
    pub(crate) fn behave(&self, manner: Manner) {
        lock(&self.state).manner = manner;
    }

    /// Waits until a mail lies here without an answer.
    pub(crate) async fn left_waiting(&self) {
        let left = Arc::clone(&lock(&self.state).left);
        left.notified().await;
    }

    /// Takes out the mails that arrived, oldest first. What is left when a test ends was not looked at.
    pub(crate) fn taken(&self) -> Vec<Message> {
        std::mem::take(&mut lock(&self.state).messages)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink.test ESMTP\r\n").await?;
    let (mut from, mut to) = (String::new(), Vec::new());
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let manner = lock(state).manner;
        let (verb, rest) = line.trim_end().split_at(line.trim_end().len().min(4));
        let answer = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => "250-sink.test\r\n250 8BITMIME\r\n".to_owned(),
            "MAIL" => {
                from = address(rest);
                "250 sender ok\r\n".to_owned()
            }
            "RCPT" if manner == Manner::Refuse => format!("550 5.1.1 <{}>: user unknown\r\n", address(rest)),
            "RCPT" => {
                to.push(address(rest));
                "250 recipient ok\r\n".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go ahead\r\n").await?;
                let raw = data(&mut stream).await?;
                match manner {
                    Manner::HangUp => return Ok(()),
                    Manner::Later => "451 4.3.0 try again later\r\n".to_owned(),
                    Manner::Silent => {
                        let message = Message { from, to, raw };
                        let left = {
                            let mut state = lock(state);
                            state.messages.push(message);
                            Arc::clone(&state.left)
                        };
                        left.notify_one();
                        return std::future::pending().await;
                    }
                    Manner::Accept | Manner::Refuse => {
                        let message = Message { from: std::mem::take(&mut from), to: std::mem::take(&mut to), raw };
                        let mut state = lock(state);
                        state.messages.push(message);
                        format!("250 2.0.0 queued as {}\r\n", state.messages.len())
                    }
                }
            }
            "RSET" => {
                (from, to) = (String::new(), Vec::new());
                "250 forgotten\r\n".to_owned()
            }
            "NOOP" => "250 still here\r\n".to_owned(),
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 not known here\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

/// What stands between the angle brackets.
fn address(rest: &str) -> String {
    rest.split_once('<')
        .and_then(|(_, tail)| tail.split_once('>'))
        .map_or_else(String::new, |(found, _)| found.to_owned())
}

/// The mail up to the lone dot, with doubled dots made single (RFC 5321, 4.5.2).
async fn data(stream: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(raw);
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
