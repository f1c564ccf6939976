//! Hands over what waits in the outbox.
//!
//! Take, commit, send, mark: a crash after sending and before marking sends once more with the same
//! Message-ID after the lease; nothing is ever lost, and no second row can exist for the same notice.

use chrono::Duration;
use serde::Serialize;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::arrears::Sender;
use super::post::{Correspondent, Enclosure, OutgoingMail, Post, PostError};
use super::{Actor, Error, House};
use crate::domain::access::Permission;
use crate::storage;
use crate::storage::documents::Document;
pub use crate::storage::outbox::MessageLine;
use crate::storage::outbox::{Outcome, QueuedMessage};

/// How long a message stays with the worker that took it: longer than a mail server may keep one waiting, so
/// that nobody else takes what is still on its way.
const LEASE: Duration = Duration::minutes(15);
/// After so many tries a message has failed and a person must look.
const MAX_ATTEMPTS: i16 = 8;

/// What a run of the outbox did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutboxReport {
    /// Handed over.
    pub sent: usize,
    /// To be tried again.
    pub later: usize,
    /// Refused for good.
    pub failed: usize,
}

/// What became of one message.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Sent,
    Later,
    Failed,
}

/// Sends everything whose time has come, `batch` messages at once.
pub async fn send(house: &House, post: &Post, sender: &Sender, batch: u16) -> Result<OutboxReport, Error> {
    let mut report = OutboxReport::default();
    // What is put off during this run is for a later run.
    let begun_at = house.clock.now();
    loop {
        let mut db = house.read().await?;
        let retry_at = house.clock.now() + LEASE;
        let taken = storage::outbox::take(&mut db, begun_at, retry_at, i64::from(batch)).await?;
        drop(db);
        if taken.is_empty() {
            return Ok(report);
        }
        deliver_all(house, post, sender, taken, &mut report).await?;
    }
}

/// Delivers a batch, all of it at once: a server that is slow with one mail is so with all of them together.
/// A fault with one is told after the others are done.
async fn deliver_all(
    house: &House,
    post: &Post,
    sender: &Sender,
    taken: Vec<QueuedMessage>,
    report: &mut OutboxReport,
) -> Result<(), Error> {
    let mut deliveries = JoinSet::new();
    for message in taken {
        let (house, post, sender) = (house.clone(), post.clone(), sender.clone());
        deliveries.spawn(async move { deliver(&house, &post, &sender, message).await });
    }
    let mut fault = None;
    for fate in deliveries.join_all().await {
        match fate {
            Ok(Fate::Sent) => report.sent += 1,
            Ok(Fate::Later) => report.later += 1,
            Ok(Fate::Failed) => report.failed += 1,
            Err(error) => fault = Some(error),
        }
    }
    fault.map_or(Ok(()), Err)
}

async fn deliver(house: &House, post: &Post, sender: &Sender, message: QueuedMessage) -> Result<Fate, Error> {
    let (message_id, attempts) = (message.message_id, message.attempts);
    let result = post.send(&outgoing(sender, message)).await;
    let now = house.clock.now();
    let (fate, outcome) = match &result {
        Ok(sent) => (Fate::Sent, Outcome::Sent(&sent.receipt)),
        Err(PostError::Unreachable(why)) if attempts < MAX_ATTEMPTS => {
            (Fate::Later, Outcome::Later(why, now + patience(attempts)))
        }
        Err(PostError::Unreachable(why) | PostError::Refused(why)) => {
            tracing::warn!(message = %message_id, attempts, "a message could not be delivered, a person must look");
            (Fate::Failed, Outcome::Failed(why))
        }
    };
    let mut db = house.read().await?;
    storage::outbox::mark(&mut db, (message_id, attempts), now, outcome).await?;
    Ok(fate)
}

/// A quarter of an hour, then twice as long each time, at most a day.
fn patience(attempts: i16) -> Duration {
    let doublings = u32::from(attempts.unsigned_abs()).saturating_sub(1).min(7);
    Duration::minutes(15 * i64::from(2_u32.pow(doublings))).min(Duration::days(1))
}

fn outgoing(sender: &Sender, message: QueuedMessage) -> OutgoingMail {
    let attachment = match (message.file_name, message.media_type, message.content) {
        (Some(file_name), Some(mime), Some(bytes)) => vec![Enclosure { file_name, mime, bytes }],
        _ => Vec::new(),
    };
    OutgoingMail {
        message_id: message.message_id,
        from: sender.mail_from.clone(),
        // A letter invites an answer: it goes to where people read it.
        reply_to: (sender.house.email != sender.mail_from.address)
            .then(|| Correspondent { name: Some(sender.house.name.clone()), address: sender.house.email.clone() }),
        to: Correspondent { name: Some(message.recipient_name), address: message.recipient_email },
        subject: message.subject,
        text: message.body_text,
        html: message.body_html,
        attachments: attachment,
        date: message.created_at,
    }
}

/// The latest messages; of one loan if asked.
pub async fn latest(
    house: &House,
    actor: &Actor,
    loan_id: Option<Uuid>,
    limit: u16,
) -> Result<Vec<MessageLine>, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    Ok(storage::outbox::latest(&mut db, loan_id, actor.nis_code.as_deref(), i64::from(limit)).await?)
}

/// A letter as it left the house.
pub async fn document(house: &House, actor: &Actor, document_id: Uuid) -> Result<Document, Error> {
    actor.require(Permission::SeeLoans)?;
    let mut db = house.read().await?;
    let found = storage::documents::find(&mut db, document_id).await?;
    found
        .filter(|document| document.nis_code.as_deref().is_none_or(|nis_code| actor.sees(nis_code)))
        .ok_or_else(|| Error::not_found("document", document_id))
}
