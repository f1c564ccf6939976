//! The post: hands a mail to an SMTP server, or lays it as `.eml` in a folder when no server is set.
//!
//! A mail is built from the outbox row alone: its Message-ID, Date and MIME boundaries follow from the row, so
//! that a second attempt sends the same bytes and a mail system can see that it is the same message.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// How long the server may be silent before we try again later.
const PATIENCE: Duration = Duration::from_secs(30);

/// A name and a mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The name before the address, if any.
    pub name: Option<String>,
    /// The bare address: `loket@example.be`.
    pub address: String,
}

/// A file that travels with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its name, without personal data: `herinnering-EL-2024-0012.pdf`.
    pub file_name: String,
    /// Its media type: `application/pdf`.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// One mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The id of the outbox row: gives the Message-ID and the name of the `.eml` file.
    pub message_id: Uuid,
    /// Who sends; its domain is the right-hand side of the Message-ID.
    pub from: Correspondent,
    /// Where an answer should go, when not to the sender.
    pub reply_to: Option<Correspondent>,
    /// Who receives.
    pub to: Correspondent,
    /// The subject.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
    /// The files that go with it.
    pub attachments: Vec<Enclosure>,
    /// The moment in the Date header: that of the outbox row, not of the attempt.
    pub date: DateTime<Utc>,
}

/// A mail that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What the other side said (addresses taken out), or the name of the file.
    pub receipt: String,
}

/// Why a mail was not handed over. No variant names a person or an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// It will never go through as it is: a bad address, or a server that said no for good.
    #[error("the mail was refused for good: {0}")]
    Refused(String),
    /// It may go through later: no connection, a busy server, a full disk, our own account not accepted.
    #[error("the mail could not be handed over now: {0}")]
    Unreachable(String),
}

/// A setting of the post that cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the SMTP server's URL cannot be used: {0}; write it like smtp://user:password@mail.example.be:587?tls=required"
)]
pub struct InvalidSmtpUrl(String);

/// Where mails go.
#[derive(Debug, Clone)]
pub struct Post(Route);

#[derive(Debug, Clone)]
enum Route {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl Post {
    /// The post over SMTP, with a pool of connections.
    ///
    /// `smtps://…` is TLS from the first byte (port 465), `smtp://…?tls=required` STARTTLS (587),
    /// `smtp://…?tls=opportunistic` STARTTLS when offered, `smtp://…` none (25). A password without TLS is
    /// accepted only for this machine itself.
    pub fn smtp(url: &str) -> Result<Self, InvalidSmtpUrl> {
        if sends_password_in_the_open(url) {
            return Err(InvalidSmtpUrl("it has a password but no tls=required".to_owned()));
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            // The cause may quote the URL, password and all: it stays out.
            .map_err(|_| InvalidSmtpUrl("the scheme, the host or the tls part is not right".to_owned()))?;
        Ok(Self(Route::Smtp(builder.timeout(Some(PATIENCE)).build())))
    }

    /// The post into a folder: every mail becomes `<outbox id>.eml`, readable by its owner only.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Route::Folder(path.into()))
    }

    /// Hands one mail over.
    pub async fn send(&self, mail: &OutgoingMail) -> Result<Sent, PostError> {
        let message = mail.message()?;
        match &self.0 {
            Route::Smtp(transport) => {
                let answer = transport.send(message).await.map_err(|error| refusal(&error))?;
                Ok(Sent { receipt: without_addresses(&answer.message().collect::<Vec<_>>().join(" ")) })
            }
            Route::Folder(folder) => {
                let name = format!("{}.eml", mail.message_id);
                lay(folder.clone(), &name, &message.formatted()).await.map_err(|error| {
                    PostError::Unreachable(format!("the mail folder cannot be written: {}", error.kind()))
                })?;
                Ok(Sent { receipt: name })
            }
        }
    }
}

impl OutgoingMail {
    /// The mail as it travels (RFC 5322).
    fn message(&self) -> Result<Message, PostError> {
        let from = self.from.mailbox("sender")?;
        let message_id = format!("<{}@{}>", self.message_id, from.email.domain());
        let mut builder = Message::builder()
            .message_id(Some(message_id))
            .date(self.date.into())
            .from(from)
            .to(self.to.mailbox("recipient")?)
            .subject(one_line(&self.subject));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.mailbox("reply address")?);
        }
        let bodies = MultiPart::alternative()
            .boundary(format!("alternative-{}", self.message_id.simple()))
            .singlepart(SinglePart::plain(self.text.clone()))
            .singlepart(SinglePart::html(self.html.clone()));
        let mut whole = MultiPart::mixed().boundary(format!("mixed-{}", self.message_id.simple())).multipart(bodies);
        for enclosure in &self.attachments {
            let mime = ContentType::parse(&enclosure.mime)
                .map_err(|_| PostError::Refused("an attachment's media type is not like application/pdf".to_owned()))?;
            whole = whole.singlepart(Attachment::new(enclosure.file_name.clone()).body(enclosure.bytes.clone(), mime));
        }
        builder.multipart(whole).map_err(|error| PostError::Refused(format!("the mail cannot be built: {error}")))
    }
}

impl Correspondent {
    fn mailbox(&self, role: &str) -> Result<Mailbox, PostError> {
        let address = self.address.parse().map_err(|_| {
            PostError::Refused(format!("the {role}'s address is not a mail address like name@example.be"))
        })?;
        Ok(Mailbox::new(self.name.as_deref().map(one_line), address))
    }
}

/// A header is one line: a line break in a name or subject would start another header.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// True when a password would travel unencrypted to another machine.
fn sends_password_in_the_open(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((_, host)) = authority.rsplit_once('@') else { return false };
    let local = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':')));
    !local && !rest.split(['?', '&']).skip(1).any(|setting| setting == "tls=required")
}

/// Sorts what went wrong over SMTP into "never" and "later".
fn refusal(error: &smtp::Error) -> PostError {
    let Some(code) = error.status() else {
        // Network, timeout, TLS, a broken answer: the mail itself may be good.
        let kind = match () {
            () if error.is_timeout() => "the server does not answer in time",
            () if error.is_tls() => "no secure connection with the server",
            () if error.is_response() => "the server's answer is not SMTP",
            () if error.is_client() => "the server does not offer what this mail or the sign-in needs",
            () => "no connection with the server",
        };
        return PostError::Unreachable(kind.to_owned());
    };
    let code = code.to_string();
    let said = without_addresses(&std::error::Error::source(error).map(ToString::to_string).unwrap_or_default());
    let reason = format!("the server answered {code} {said}").trim_end().to_owned();
    // 530 to 538 speak about our own account (RFC 4954): no fault of the mail.
    if error.is_permanent() && !code.starts_with("53") {
        PostError::Refused(reason)
    } else {
        PostError::Unreachable(reason)
    }
}

/// What a server said, without the addresses it repeats: this text is stored and logged.
fn without_addresses(text: &str) -> String {
    text.split_whitespace()
        .map(|word| if word.contains('@') { "(address)" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes a file under another name first, so that who watches the folder never sees half a mail.
async fn lay(folder: PathBuf, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(&folder).await?;
    let draft = folder.join(format!(".{name}.part"));
    let mut file =
        tokio::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    tokio::fs::rename(&draft, folder.join(name)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_travel_in_the_open() {
        assert!(sends_password_in_the_open("smtp://u:p@mail.example.be:25"));
        assert!(sends_password_in_the_open("smtp://u:p@mail.example.be?tls=opportunistic"));
        assert!(sends_password_in_the_open("smtp://u:p@localhost.example.be"));
        assert!(!sends_password_in_the_open("smtp://u:p@mail.example.be:587?tls=required"));
        assert!(!sends_password_in_the_open("smtps://u:p@mail.example.be"));
        assert!(!sends_password_in_the_open("smtp://u:p@localhost:2525"));
        assert!(!sends_password_in_the_open("smtp://mail.example.be"));
    }

    #[test]
    fn what_a_server_says_is_kept_without_addresses() {
        assert_eq!(without_addresses("5.1.1 <an@example.be>: user unknown"), "5.1.1 (address) user unknown");
    }

    #[test]
    fn a_url_that_cannot_work_is_refused_without_repeating_its_password() {
        let said = Post::smtp("ftp://u:geheim@example.be").map(|_| ()).map_err(|error| error.to_string());
        assert!(said.as_ref().is_err_and(|text| text.contains("smtp://user:password@") && !text.contains("geheim")));
    }
}
