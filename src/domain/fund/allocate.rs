//! Which sources pay for a loan, and how much of it each.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::ledger::FundingKind;
use super::super::money::Money;
use super::super::product::Product;
use super::FundingSource;

/// A source, and what may still be promised out of it.
#[derive(Debug, Clone)]
pub struct Room {
    /// The source.
    pub source: FundingSource,
    /// Room left, in euro; none for a source that revolves, whose limit is the money of the fund.
    pub room: Option<Money>,
}

/// Why no sources can pay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotFund {
    /// No source is open for this municipality on this day.
    #[error("no funding source of this fund is open for municipality {nis_code} on {on}")]
    NoSource {
        /// NIS code.
        nis_code: String,
        /// The day.
        on: NaiveDate,
    },
    /// The credit lines that are open have too little left.
    #[error("the credit line has room for {room}, which is less than {amount}")]
    NoRoom {
        /// What is asked.
        amount: Money,
        /// The most one line has left.
        room: Money,
    },
}

/// Divides an amount over sources, to the cent. An emergency-buyer loan is paid wholly by the credit line of the
/// project that VEKA approved for the municipality, the oldest line with room first; other products by every
/// source that is open, by the weight of their ceilings.
pub fn allocate(
    product: Product,
    nis_code: &str,
    rooms: &[Room],
    (amount, on): (Money, NaiveDate),
) -> Result<Vec<(Uuid, Money)>, CannotFund> {
    let open = rooms.iter().filter(|room| room.source.is_active(on) && room.source.serves(nis_code));
    let none = || CannotFund::NoSource { nis_code: nis_code.to_owned(), on };
    if product == Product::EmergencyBuyer {
        let mut lines: Vec<&Room> = open.filter(|room| room.source.kind == FundingKind::CreditLine).collect();
        lines.sort_by_key(|line| (line.source.available_from, line.source.source_id));
        let most = lines.iter().filter_map(|line| line.room).max();
        let fits = lines.iter().find(|line| line.room.is_none_or(|room| amount <= room));
        return match (fits, most) {
            (Some(line), _) => Ok(vec![(line.source.source_id, amount)]),
            (None, Some(room)) => Err(CannotFund::NoRoom { amount, room }),
            (None, None) => Err(none()),
        };
    }
    let mut sources: Vec<&FundingSource> = open.map(|room| &room.source).collect();
    sources.sort_by_key(|source| source.source_id);
    let weights: Vec<u64> =
        sources.iter().map(|source| u64::try_from(source.ceiling.cents()).unwrap_or_default()).collect();
    let parts = amount.split(&weights);
    if parts.is_empty() {
        return Err(none());
    }
    let shares = sources.iter().map(|source| source.source_id).zip(parts);
    Ok(shares.filter(|(_, part)| part.is_positive()).collect())
}
