//! The queue a page at a time: each page begins after the last line of the one before, so that a line that somebody
//! decides meanwhile moves nothing, and every line that waits comes by once.

use uuid::Uuid;

use super::queue::{QueueLine, with_proposals};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{self, WaitingFilter, WaitingTotals};

/// Which part of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Only lines on the account of the fund with this code.
    pub fund: Option<String>,
    /// Only what comes after this line, which may have been decided since; none for the beginning.
    pub after: Option<Uuid>,
    /// How many at most.
    pub limit: u16,
}

/// A part of the queue, and what all of it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// The lines, oldest first.
    pub lines: Vec<QueueLine>,
    /// All lines that wait, on this page or not.
    pub total: WaitingTotals,
    /// The line after which the next part begins; none at the end.
    pub next: Option<Uuid>,
}

/// A part of the lines that wait, oldest first, each with its proposals, and how much waits in all.
///
/// Somebody of one municipality sees the lines that may be about its loans, and counts those only.
///
/// # Errors
/// The actor may not see the bank; there is no line after which the part would begin.
pub async fn queue_page(house: &House, actor: &Actor, part: Part) -> Result<QueuePage, Error> {
    actor.require(Permission::SeeBank)?;
    let Part { fund, after, limit } = part;
    let filter = WaitingFilter { fund, nis_code: actor.nis_code.clone(), after, ..WaitingFilter::default() };
    let mut db = house.read().await?;
    if let Some(after) = after
        && !bank::is_line(&mut db, after).await?
    {
        return Err(Error::field("after", after, Text::new("queue-after-unknown")));
    }
    let limit = usize::from(limit.max(1));
    // One more than is shown tells whether there is a next part.
    let most = i64::try_from(limit + 1).map_err(Error::internal)?;
    let mut lines = bank::waiting_lines(&mut db, &filter, most).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.bank_line_id);
    let total = bank::waiting_totals(&mut db, &filter).await?;
    Ok(QueuePage { lines: with_proposals(&mut db, (house, actor), lines).await?, total, next })
}
