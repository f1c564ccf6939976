//! Promises money of a fund to an application, inside the transaction that approves it, and again inside one that
//! finds that its draws had not ended.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::fund::{CannotFund, CommitmentKind, Room, allocate};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::{Error, House};
use crate::storage::commitments::{self, Movement};
use crate::storage::{self, funds};

/// Money to promise to an application that is being approved.
#[derive(Debug, Clone)]
pub struct Commitment {
    /// The application.
    pub application_id: Uuid,
    /// The fund that will lend.
    pub fund_id: Uuid,
    /// The municipality of the dwelling (NIS code).
    pub nis_code: String,
    /// How much, in euro.
    pub amount: Money,
    /// The day of the decision.
    pub effective_on: NaiveDate,
}

/// Locks the fund, divides the amount over its sources and promises it. Refuses, with the figures, what the fund
/// has no room for. Call it once, in the transaction of the second approval; answers per source.
pub async fn commit(tx: &mut PgConnection, house: &House, new: &Commitment) -> Result<Vec<(Uuid, Money)>, Error> {
    let fund = funds::lock(tx, new.fund_id).await?.ok_or_else(|| Error::not_found("fund", new.fund_id))?;
    let free = commitments::free_to_lend(tx, new.fund_id, new.effective_on).await?;
    if new.amount > free {
        return Err(no_room("funding-no-room", new.amount, free));
    }
    let mut rooms = Vec::new();
    for source in funds::sources(tx, Some(new.fund_id)).await? {
        let room = if source.revolves { None } else { Some(commitments::source_room(tx, source.source_id).await?) };
        rooms.push(Room { source, room });
    }
    let parts = allocate(fund.product, &new.nis_code, &rooms, (new.amount, new.effective_on))
        .map_err(|reason| Error::Refused(cannot(&reason)))?;
    promise(tx, house, (new, &parts), format!("committed:{}", new.application_id)).await?;
    Ok(parts)
}

/// Promises again what an application was promised before and lost, from the sources that had promised it. Refuses,
/// with the figures, what the fund or a source has no room for any more.
pub async fn commit_again(
    tx: &mut PgConnection,
    house: &House,
    (new, parts): (&Commitment, &[(Uuid, Money)]),
    idempotency_key: String,
) -> Result<(), Error> {
    funds::lock(tx, new.fund_id).await?.ok_or_else(|| Error::not_found("fund", new.fund_id))?;
    let free = commitments::free_to_lend(tx, new.fund_id, new.effective_on).await?;
    if new.amount > free {
        return Err(no_room("funding-no-room", new.amount, free));
    }
    for source in funds::sources(tx, Some(new.fund_id)).await?.iter().filter(|source| !source.revolves) {
        let part: Money = parts.iter().filter(|(id, _)| *id == source.source_id).map(|(_, part)| *part).sum();
        let room = commitments::source_room(tx, source.source_id).await?;
        if part > room {
            return Err(no_room("funding-no-room-in-line", part, room));
        }
    }
    promise(tx, house, (new, parts), idempotency_key).await
}

async fn promise(
    tx: &mut PgConnection,
    house: &House,
    (new, parts): (&Commitment, &[(Uuid, Money)]),
    idempotency_key: String,
) -> Result<(), Error> {
    let movements: Vec<Movement> = parts
        .iter()
        .map(|(source_id, amount)| Movement {
            movement_id: house.ids.next(),
            application_id: new.application_id,
            fund_id: new.fund_id,
            source_id: *source_id,
            kind: CommitmentKind::Committed,
            amount: *amount,
            effective_on: new.effective_on,
            booked_at: house.clock.now(),
            idempotency_key: idempotency_key.clone(),
        })
        .collect();
    commitments::insert(tx, &movements).await.map_err(|error| refused_by_database(error, new.amount))
}

fn no_room(key: &str, amount: Money, room: Money) -> Error {
    Error::Refused(Text::new(key).with("amount", amount).with("room", room.or_zero()))
}

fn cannot(reason: &CannotFund) -> Text {
    match reason {
        CannotFund::NoSource { on, nis_code } => {
            Text::new("funding-no-source").with("on", on).with("nisCode", nis_code)
        }
        CannotFund::NoRoom { amount, room } => {
            Text::new("funding-no-room-in-line").with("amount", amount).with("room", room.or_zero())
        }
    }
}

/// The database asks the same again; what it refuses was asked twice, or without the lock.
fn refused_by_database(error: storage::Error, amount: Money) -> Error {
    match error.constraint() {
        Some("commitment_movements_fund_room" | "commitment_movements_source_room") => {
            Error::Refused(Text::new("funding-no-room-now").with("amount", amount))
        }
        Some("commitment_movements_idempotency_key_key") => Error::Conflict(Text::new("funding-committed-before")),
        _ => error.into(),
    }
}
