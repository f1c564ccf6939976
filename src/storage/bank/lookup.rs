//! Everything of ours that the lines of a file name, in three statements of SQL; payment orders have their own.

use sqlx::PgConnection;

use super::super::Error;
use super::files::money;
use crate::domain::identity::Ogm;
use crate::domain::matching::{Known, KnownLoan, KnownSource};

/// The references that stand in a file.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Valid structured communications, wherever they stand.
    pub ogms: Vec<Ogm>,
    /// Numbers of loans and applications in free text.
    pub loan_numbers: Vec<String>,
}

/// Looks up loans and funding sources. The accounts must be locked, so that another import cannot use up a
/// funder's promise meanwhile.
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
    let applications = sqlx::query!(
        "SELECT l.loan_id, l.fund_id, a.number FROM applications a JOIN loans l USING (application_id) WHERE a.number = ANY($1)",
        &wanted.loan_numbers
    )
    .fetch_all(&mut *db)
    .await?;
    for row in applications {
        known.add_application(row.number, (row.loan_id, row.fund_id));
    }
    let sources = sqlx::query!(
        r#"SELECT s.source_id, s.fund_id, s.ogm, s.kind,
                  s.ceiling + coalesce((SELECT sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                                        WHERE p.source_id = s.source_id AND e.reason = 'funding_received'), 0)
                  AS "room!"
           FROM funding_sources s WHERE s.ogm = ANY($1::text[])"#,
        &ogms
    )
    .fetch_all(db)
    .await?;
    for row in sources {
        let (ogm, room) = (ogm("funding_sources", &row.ogm)?, money(row.room)?);
        let kind = row.kind.parse().map_err(|problem| Error::corrupt("funding_sources", problem))?;
        known.add_source(KnownSource { source_id: row.source_id, fund_id: row.fund_id, ogm, kind, room });
    }
    Ok(known)
}

fn ogm(table: &'static str, digits: &str) -> Result<Ogm, Error> {
    Ogm::parse(digits).map_err(|_| Error::corrupt(table, "ogm has wrong check digits"))
}
