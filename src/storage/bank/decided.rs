//! Decisions for people to look at.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::files::money;
use crate::domain::money::Money;

/// A decision as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDecision {
    /// Its identifier.
    pub bank_decision_id: Uuid,
    /// Why, in the words of who decided.
    pub reason: String,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: String,
    /// Who asked first, where it took two.
    pub asked_by: Option<String>,
    /// Taken back: why.
    pub undone_because: Option<String>,
    /// Taken back: when.
    pub undone_at: Option<DateTime<Utc>>,
    /// Taken back: by whom.
    pub undone_by: Option<String>,
    /// Its lines: identifier, day, amount.
    pub lines: Vec<(Uuid, NaiveDate, Money)>,
    /// Its parts, in their order.
    pub parts: Vec<ShownPart>,
}

/// A part of a decision as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPart {
    /// Code of where it goes.
    pub kind: String,
    /// Positive is money in.
    pub amount: Money,
    /// The loan.
    pub loan_id: Option<Uuid>,
    /// Its number.
    pub loan: Option<String>,
    /// Who funds, who is paid, or the number of the run.
    pub name: Option<String>,
}

/// The decisions about a line, or the latest of all, the latest first; of one municipality only those about its loans.
pub async fn shown_decisions(
    db: &mut PgConnection,
    (bank_line_id, within): (Option<Uuid>, Option<&str>),
    limit: i64,
) -> Result<Vec<ShownDecision>, Error> {
    let rows = sqlx::query!(
        r#"SELECT d.bank_decision_id, d.reason, d.decided_at, by.name AS decided_by, asker.name AS "asked_by?",
                  u.reason AS "undone_because?", u.undone_at AS "undone_at?", undoer.name AS "undone_by?"
           FROM bank_decisions d JOIN users by ON by.user_id = d.decided_by
           LEFT JOIN users asker ON asker.user_id = d.asked_by
           LEFT JOIN bank_decision_undoings u USING (bank_decision_id)
           LEFT JOIN users undoer ON undoer.user_id = u.undone_by
           WHERE ($1::uuid IS NULL OR EXISTS (SELECT 1 FROM bank_decision_lines l
                                              WHERE l.bank_decision_id = d.bank_decision_id AND l.bank_line_id = $1))
             AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM bank_decision_parts p JOIN loans lo USING (loan_id)
                                              WHERE p.bank_decision_id = d.bank_decision_id AND lo.nis_code = $2))
           ORDER BY d.decided_at DESC, d.bank_decision_id DESC LIMIT $3"#,
        bank_line_id,
        within,
        limit
    )
    .fetch_all(&mut *db)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.bank_decision_id).collect();
    let mut shown: Vec<ShownDecision> = rows
        .into_iter()
        .map(|row| ShownDecision {
            bank_decision_id: row.bank_decision_id,
            reason: row.reason,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
            asked_by: row.asked_by,
            undone_because: row.undone_because,
            undone_at: row.undone_at,
            undone_by: row.undone_by,
            lines: Vec::new(),
            parts: Vec::new(),
        })
        .collect();
    let lines = sqlx::query!(
        "SELECT x.bank_decision_id, l.bank_line_id, l.booked_on, l.amount
         FROM bank_decision_lines x JOIN bank_lines l USING (bank_line_id)
         WHERE x.bank_decision_id = ANY($1) ORDER BY l.booked_on, l.bank_line_id",
        &ids
    )
    .fetch_all(&mut *db)
    .await?;
    for row in lines {
        let amount = money(row.amount)?;
        for decision in shown.iter_mut().filter(|decision| decision.bank_decision_id == row.bank_decision_id) {
            decision.lines.push((row.bank_line_id, row.booked_on, amount));
        }
    }
    for (decision_id, part) in parts(db, &ids).await? {
        for decision in shown.iter_mut().filter(|decision| decision.bank_decision_id == decision_id) {
            decision.parts.push(part.clone());
        }
    }
    Ok(shown)
}

async fn parts(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<(Uuid, ShownPart)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.bank_decision_id, p.kind, p.amount, p.loan_id, l.number AS "loan?",
                  coalesce(s.funder, o.creditor_name, r.number) AS name
           FROM bank_decision_parts p LEFT JOIN loans l USING (loan_id) LEFT JOIN funding_sources s USING (source_id)
           LEFT JOIN payment_orders o USING (payment_order_id)
           LEFT JOIN payment_runs r ON r.payment_run_id = p.payment_run_id
           WHERE p.bank_decision_id = ANY($1) ORDER BY p.bank_decision_id, p.place"#,
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let (loan_id, loan, name) = (row.loan_id, row.loan, row.name);
            let part = ShownPart { kind: row.kind, amount: money(row.amount)?, loan_id, loan, name };
            Ok((row.bank_decision_id, part))
        })
        .collect()
}
