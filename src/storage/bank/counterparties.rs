//! Who pays from which account, and the accounts of granting agencies.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::identity::Iban;
use crate::domain::matching::PaidBy;

/// Somebody who pays for a loan, as learned from a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRow {
    /// Its identifier.
    pub counterparty_id: Uuid,
    /// The account.
    pub iban: Iban,
    /// Who that is.
    pub kind: PaidBy,
    /// For which loan they pay.
    pub loan_id: Uuid,
    /// The line it was learned from.
    pub bank_line_id: Uuid,
    /// The decision it was learned from.
    pub bank_decision_id: Uuid,
}

/// Keeps what was learned; when and by whom is that of the decision.
pub async fn learn(
    db: &mut PgConnection,
    row: &LearnedRow,
    (learned_at, learned_by): (DateTime<Utc>, Uuid),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO counterparties (counterparty_id, iban, kind, loan_id, bank_line_id, bank_decision_id, learned_at, learned_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.counterparty_id,
        row.iban.as_str(),
        row.kind.code(),
        row.loan_id,
        row.bank_line_id,
        row.bank_decision_id,
        learned_at,
        learned_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who is known to pay from these accounts: learned from decisions that stand, or because the account paid for the loan
/// with its communication. What a person forgot since is left out. By account: the loan, and who that is.
pub async fn payers(
    db: &mut PgConnection,
    ibans: &[Iban],
) -> Result<HashMap<Iban, Vec<(Uuid, Option<PaidBy>)>>, Error> {
    let wanted: Vec<String> = ibans.iter().map(Iban::canonical).collect();
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (known.iban, known.loan_id) known.iban AS "iban!", known.loan_id AS "loan_id!", known.kind
           FROM (SELECT c.iban, c.loan_id, c.kind, c.learned_at AS known_at FROM counterparties c
                 WHERE c.iban = ANY($1)
                   AND NOT EXISTS (SELECT 1 FROM bank_decision_undoings u WHERE u.bank_decision_id = c.bank_decision_id)
                 UNION ALL
                 SELECT l.counterparty_iban, l.loan_id, NULL, s.booked_at
                 FROM bank_lines l JOIN bank_statements s USING (bank_statement_id)
                 WHERE l.counterparty_iban = ANY($1) AND l.loan_id IS NOT NULL AND l.outcome = 'booked' AND l.amount > 0
                   AND l.payment_order_id IS NULL  -- what comes back of an order is no payment
                   AND NOT EXISTS (SELECT 1 FROM bank_line_reopenings r WHERE r.bank_line_id = l.bank_line_id)) AS known
           WHERE NOT EXISTS (SELECT 1 FROM counterparty_forgettings f
                             WHERE f.iban = known.iban AND f.loan_id = known.loan_id AND f.forgotten_at >= known.known_at)
           ORDER BY known.iban, known.loan_id, known.kind IS NULL, known.known_at DESC"#,
        &wanted
    )
    .fetch_all(db)
    .await?;
    let mut payers: HashMap<Iban, Vec<(Uuid, Option<PaidBy>)>> = HashMap::new();
    for row in rows {
        let iban = Iban::parse(&row.iban).map_err(|problem| Error::corrupt("counterparties", problem))?;
        let kind = row.kind.as_deref().map(str::parse).transpose();
        let kind = kind.map_err(|problem| Error::corrupt("counterparties", problem))?;
        payers.entry(iban).or_default().push((row.loan_id, kind));
    }
    Ok(payers)
}

/// Somebody who pays for a loan, for people to look at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KnownPayer {
    /// The account.
    pub iban: String,
    /// Code of who that is.
    pub kind: String,
    /// Number of the loan.
    pub loan: String,
    /// The loan.
    pub loan_id: Uuid,
    /// The line it was learned from.
    pub bank_line_id: Uuid,
    /// When it was learned last.
    pub learned_at: DateTime<Utc>,
    /// From whose decision.
    pub learned_by: String,
}

/// What was learned and neither forgotten nor undone, the latest first; within one municipality or not.
pub async fn known_payers(
    db: &mut PgConnection,
    (iban, within): (Option<&Iban>, Option<&str>),
    limit: i64,
) -> Result<Vec<KnownPayer>, Error> {
    Ok(sqlx::query_as!(
        KnownPayer,
        r#"SELECT iban AS "iban!", kind AS "kind!", loan AS "loan!", loan_id AS "loan_id!", bank_line_id AS "bank_line_id!",
                  learned_at AS "learned_at!", learned_by AS "learned_by!"
           FROM (SELECT DISTINCT ON (c.iban, c.loan_id) c.iban, c.kind, l.number AS loan, c.loan_id, c.bank_line_id,
                        c.learned_at, u.name AS learned_by
                 FROM counterparties c JOIN loans l USING (loan_id) JOIN users u ON u.user_id = c.learned_by
                 WHERE ($1::text IS NULL OR c.iban = $1) AND ($2::text IS NULL OR l.nis_code = $2)
                   AND NOT EXISTS (SELECT 1 FROM bank_decision_undoings z WHERE z.bank_decision_id = c.bank_decision_id)
                   AND NOT EXISTS (SELECT 1 FROM counterparty_forgettings f WHERE f.iban = c.iban
                                   AND f.loan_id = c.loan_id AND f.forgotten_at >= c.learned_at)
                 ORDER BY c.iban, c.loan_id, c.learned_at DESC) AS known
           ORDER BY learned_at DESC, iban, loan_id LIMIT $3"#,
        iban.map(Iban::as_str),
        within,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Forgets that an account pays for a loan.
pub async fn forget(
    db: &mut PgConnection,
    (iban, loan_id): (&Iban, Uuid),
    forgotten: super::Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO counterparty_forgettings (iban, loan_id, reason, forgotten_at, forgotten_by) VALUES ($1, $2, $3, $4, $5)",
        iban.as_str(),
        loan_id,
        forgotten.reason,
        forgotten.at,
        forgotten.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An account from which renovation grants are paid.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Agency {
    /// Its identifier.
    pub granting_agency_id: Uuid,
    /// The account.
    pub iban: String,
    /// Whose it is.
    pub name: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: String,
}

/// The accounts of granting agencies, by name.
pub async fn agencies(db: &mut PgConnection) -> Result<Vec<Agency>, Error> {
    Ok(sqlx::query_as!(
        Agency,
        "SELECT a.granting_agency_id, a.iban, a.name, a.added_at, u.name AS added_by
         FROM granting_agencies a JOIN users u ON u.user_id = a.added_by WHERE a.removed_at IS NULL
         ORDER BY a.name, a.iban"
    )
    .fetch_all(db)
    .await?)
}

/// Those of these accounts that are of a granting agency.
pub async fn agencies_among(db: &mut PgConnection, ibans: &[Iban]) -> Result<HashSet<Iban>, Error> {
    let wanted: Vec<String> = ibans.iter().map(Iban::canonical).collect();
    let found =
        sqlx::query_scalar!("SELECT iban FROM granting_agencies WHERE removed_at IS NULL AND iban = ANY($1)", &wanted)
            .fetch_all(db)
            .await?;
    found.iter().map(|iban| Iban::parse(iban).map_err(|problem| Error::corrupt("granting_agencies", problem))).collect()
}

/// Adds an account (`granting_agencies_iban_key`).
pub async fn insert_agency(
    db: &mut PgConnection,
    (id, iban, name): (Uuid, &Iban, &str),
    (added_at, added_by): (DateTime<Utc>, Uuid),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO granting_agencies (granting_agency_id, iban, name, added_at, added_by) VALUES ($1, $2, $3, $4, $5)",
        id,
        iban.as_str(),
        name,
        added_at,
        added_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an account out of the list; false where it is not in it.
pub async fn remove_agency(
    db: &mut PgConnection,
    iban: &Iban,
    (removed_at, removed_by): (DateTime<Utc>, Uuid),
) -> Result<Option<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "UPDATE granting_agencies SET removed_at = $2, removed_by = $3 WHERE iban = $1 AND removed_at IS NULL
         RETURNING granting_agency_id",
        iban.as_str(),
        removed_at,
        removed_by,
    )
    .fetch_optional(db)
    .await?)
}
