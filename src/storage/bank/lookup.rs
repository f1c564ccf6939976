//! Everything of ours that the lines of a file name, in three statements of SQL.

use sqlx::PgConnection;

use super::super::Error;
use super::files::money;
use crate::domain::identity::Ogm;
use crate::domain::matching::{Known, KnownLoan, KnownOrder, KnownSource};

/// The references that stand in a file.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Valid structured communications, wherever they stand.
    pub ogms: Vec<Ogm>,
    /// Loan numbers in free text.
    pub loan_numbers: Vec<String>,
    /// End-to-end identifications of debits.
    pub end_to_end_ids: Vec<String>,
}

/// Looks up loans, funding sources and payment orders. The fund must be locked, so that an order cannot be
/// paid by another import meanwhile.
pub async fn known(db: &mut PgConnection, wanted: &Wanted) -> Result<Known, Error> {
    let mut known = Known::default();
    let ogms: Vec<String> = wanted.ogms.iter().map(|ogm| ogm.canonical()).collect();
    let loans = sqlx::query!(
        "SELECT loan_id, fund_id, ogm, number FROM loans WHERE ogm = ANY($1::text[]) OR number = ANY($2)",
        &ogms,
        &wanted.loan_numbers
    )
    .fetch_all(&mut *db)
    .await?;
    for row in loans {
        let ogm = ogm("loans", &row.ogm)?;
        known.add_loan(KnownLoan { loan_id: row.loan_id, fund_id: row.fund_id, ogm, number: row.number });
    }
    let sources = sqlx::query!(
        r#"SELECT s.source_id, s.fund_id, s.ogm,
                  s.ceiling + coalesce((SELECT sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                                        WHERE p.source_id = s.source_id AND e.reason = 'funding_received'), 0)
                  AS "room!"
           FROM funding_sources s WHERE s.ogm = ANY($1::text[])"#,
        &ogms
    )
    .fetch_all(&mut *db)
    .await?;
    for row in sources {
        let (ogm, room) = (ogm("funding_sources", &row.ogm)?, money(row.room)?);
        known.add_source(KnownSource { source_id: row.source_id, fund_id: row.fund_id, ogm, room });
    }
    let orders = sqlx::query!(
        r#"SELECT payment_order_id, fund_id, end_to_end_id, amount, state = 'paid' AS "paid!"
           FROM payment_orders WHERE end_to_end_id = ANY($1)"#,
        &wanted.end_to_end_ids
    )
    .fetch_all(db)
    .await?;
    for row in orders {
        let (order_id, amount) = (row.payment_order_id, money(row.amount)?);
        known.add_order(row.end_to_end_id, KnownOrder { order_id, fund_id: row.fund_id, amount, paid: row.paid });
    }
    Ok(known)
}

fn ogm(table: &'static str, digits: &str) -> Result<Ogm, Error> {
    Ogm::parse(digits).map_err(|_| Error::corrupt(table, "ogm has wrong check digits"))
}
