//! Orders that are not to contractors, and go to another account because two people said so; what a releaser must know
//! of the accounts of such orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::super::bank::Undoing;
use super::accounts::{RunPayee, change};
use super::reopen::Reopenable;
use crate::domain::identity::Iban;
use crate::domain::payment_run::{PaidAccount, Whose};

/// Somebody asks for another account.
#[derive(Debug)]
pub struct NewAsk<'a> {
    /// The order, locked; it waits outside any run.
    pub order: &'a Reopenable,
    /// The account.
    pub iban: &'a Iban,
    /// Why, when and by whom.
    pub said: Undoing<'a>,
}

/// Records an ask. The one before it, if there was one, no longer stands.
pub async fn insert_ask(db: &mut PgConnection, ask: &NewAsk<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_order_redirection_asks (payment_order_id, position, end_to_end_id, before, iban, reason,
                                                     asked_at, asked_by)
         SELECT $1, 1 + coalesce(max(position), 0), $2, $3, $4, $5, $6, $7
         FROM payment_order_redirection_asks WHERE payment_order_id = $1",
        ask.order.payment_order_id,
        ask.order.end_to_end_id,
        ask.order.creditor_iban,
        ask.iban.as_str(),
        ask.said.reason,
        ask.said.at,
        ask.said.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An ask that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectionAsk {
    /// Its place among the asks about the order.
    pub position: i32,
    /// The account that was asked for.
    pub iban: String,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: Uuid,
    /// What they are called.
    pub name: String,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// The ask that stands for each of these orders, by their end-to-end identification: the last one, unless a second
/// person has repeated it, or the order was sent or directed elsewhere since.
pub async fn last_asks(
    db: &mut PgConnection,
    end_to_end_ids: &[String],
) -> Result<HashMap<String, RedirectionAsk>, Error> {
    let rows = sqlx::query!(
        "SELECT o.end_to_end_id, a.position, a.iban, a.reason, a.asked_by, u.name, a.asked_at
         FROM payment_orders o JOIN payment_order_redirection_asks a USING (payment_order_id)
              JOIN users u ON u.user_id = a.asked_by
         WHERE o.end_to_end_id = ANY($1) AND a.end_to_end_id = o.end_to_end_id AND a.before = o.creditor_iban
           AND a.position = (SELECT max(position) FROM payment_order_redirection_asks l
                             WHERE l.payment_order_id = a.payment_order_id)
           AND NOT EXISTS (SELECT 1 FROM payment_order_redirections r
                           WHERE r.payment_order_id = a.payment_order_id AND r.position = a.position)",
        end_to_end_ids,
    )
    .fetch_all(db)
    .await?;
    let ask = rows.into_iter().map(|row| {
        let (position, iban, reason, asked_by) = (row.position, row.iban, row.reason, row.asked_by);
        let (name, asked_at) = (row.name, row.asked_at);
        (row.end_to_end_id, RedirectionAsk { position, iban, reason, asked_by, name, asked_at })
    });
    Ok(ask.collect())
}

/// Records that a second person asked for the same account; the order goes there from then on
/// (`payment_order_redirections_second`, `payment_order_redirections_waits`).
pub async fn insert_redirection(
    db: &mut PgConnection,
    (payment_order_id, position): (Uuid, i32),
    said: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_order_redirections (payment_order_id, position, reason, redirected_at, redirected_by)
         VALUES ($1, $2, $3, $4, $5)",
        payment_order_id,
        position,
        said.reason,
        said.at,
        said.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The orders in a run that are not to contractors and whose account may need a look, by the name of who is paid: they
/// were directed there, or a transfer to that account came back before the run left.
pub async fn redirected_in(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<RunPayee>, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.payment_order_id, p.creditor_name, p.creditor_iban, change.before AS "before?",
                  change.changed_on AS "changed_on?", change.reason AS "reason?", back.returned_on AS "back_on?",
                  back.return_reason AS "back_code?",
                  CASE WHEN change.before IS NULL THEN '{}'::text[]
                       ELSE ARRAY(SELECT DISTINCT c.name FROM contractor_accounts a JOIN contractors c USING (contractor_id)
                                  WHERE a.iban = p.creditor_iban ORDER BY c.name) END AS "others!",
                  (SELECT max(o.paid_on) FROM payment_orders o
                   WHERE o.kind <> 'contractor' AND o.creditor_iban = p.creditor_iban AND o.state = 'paid') AS "last_paid_on?"
           FROM payment_run_orders p
                LEFT JOIN LATERAL (
                    SELECT a.before, (r.redirected_at AT TIME ZONE 'Europe/Brussels')::date AS changed_on,
                           first.name || ': ' || a.reason || ' / ' || second.name || ': ' || r.reason AS reason
                    FROM payment_order_redirections r JOIN payment_order_redirection_asks a USING (payment_order_id, position)
                         JOIN users first ON first.user_id = a.asked_by
                         JOIN users second ON second.user_id = r.redirected_by
                    WHERE r.payment_order_id = p.payment_order_id AND a.iban = p.creditor_iban
                    ORDER BY r.position DESC LIMIT 1) change ON true
                LEFT JOIN LATERAL (
                    SELECT b.returned_on, l.return_reason
                    FROM standing_payment_order_returns b JOIN bank_lines l USING (bank_line_id)
                    WHERE b.creditor_iban = p.creditor_iban
                      AND NOT EXISTS (SELECT 1 FROM payment_run_exports e
                                      WHERE e.payment_run_id = p.payment_run_id AND e.exported_at <= b.returned_at)
                    ORDER BY b.returned_on DESC, b.returned_at DESC LIMIT 1) back ON true
           WHERE p.payment_run_id = $1 AND p.contractor_id IS NULL
             AND (change.before IS NOT NULL OR back.returned_on IS NOT NULL)
           ORDER BY p.creditor_name, p.position"#,
        payment_run_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let account = PaidAccount {
                change: change((row.before, row.changed_on, row.reason))?,
                last_paid_on: row.last_paid_on,
                came_back: row.back_on.zip(row.back_code),
                other_contractors: row.others,
                borrower_loan: None,
            };
            let whose = Whose::Order(row.payment_order_id);
            Ok(RunPayee { whose, name: row.creditor_name, iban: row.creditor_iban, account })
        })
        .collect()
}
