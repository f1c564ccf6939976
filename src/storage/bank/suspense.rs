//! What waits in suspense, and whether the ledger says the same, line by line.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::files::money;
use crate::domain::ledger::Account;
use crate::domain::money::Money;

/// What waits in suspense on the account of a fund. Amounts in euro, both zero or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Suspense {
    /// Credits whose owner nobody has said.
    pub money_in: Money,
    /// Debits that nobody has explained.
    pub money_out: Money,
}

/// What waits in suspense, per fund; a fund where nothing waits is left out.
pub async fn open_suspense(db: &mut PgConnection) -> Result<HashMap<Uuid, Suspense>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.fund_id, coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0) AS "money_in!",
                  coalesce(-sum(l.amount) FILTER (WHERE l.amount < 0), 0) AS "money_out!"
           FROM bank_lines l JOIN waiting_bank_lines w USING (bank_line_id) GROUP BY l.fund_id"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.fund_id, Suspense { money_in: money(row.money_in)?, money_out: money(row.money_out)? })))
        .collect()
}

/// A line, or a decision about some, whose money in the suspense accounts is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The fund.
    pub fund_id: Uuid,
    /// The line; of a decision about more than one, the first.
    pub bank_line_id: Uuid,
    /// Unmatched receipts or unexplained payments.
    pub account: Account,
    /// What its entries should have moved there; debit positive, in euro.
    pub expected: Money,
    /// What they moved.
    pub found: Money,
}

/// Every line whose own entry, and every decision whose entries, moved another sum through the suspense accounts than
/// the bank says: a line in suspense puts its money there, a decision takes it out, taking it back puts it there again.
/// Entries are found by their keys, `decision:…`, `undo:…` and, of before there were decisions, `settle:…`.
pub async fn misplaced(db: &mut PgConnection) -> Result<Vec<Misplaced>, Error> {
    let rows = sqlx::query!(
        r#"WITH moved AS (
               SELECT split_part(split_part(e.idempotency_key, '#', 1), ':', 2) AS subject, p.account, sum(p.amount) AS amount
               FROM journal_entries e JOIN postings p USING (entry_id)
               WHERE p.account IN ('unmatched_receipts', 'unexplained_payments')
                 AND (e.idempotency_key LIKE 'decision:%' OR e.idempotency_key LIKE 'undo:%'
                      OR e.idempotency_key LIKE 'settle:%')
               GROUP BY 1, 2),
           should AS (
               -- A decision that stands has cleared its lines; one that was taken back has cleared nothing.
               SELECT d.bank_decision_id::text AS subject, d.fund_id, min(l.bank_line_id::text)::uuid AS bank_line_id, a.account,
                      coalesce(sum(l.amount) FILTER (WHERE u.bank_decision_id IS NULL
                               AND (l.amount > 0) = (a.account = 'unmatched_receipts')), 0) AS amount
               FROM bank_decisions d JOIN bank_decision_lines x USING (bank_decision_id) JOIN bank_lines l USING (bank_line_id)
               LEFT JOIN bank_decision_undoings u ON u.bank_decision_id = d.bank_decision_id
               CROSS JOIN (VALUES ('unmatched_receipts'), ('unexplained_payments')) AS a (account)
               -- The money of a total that was explained goes with its details.
               WHERE NOT EXISTS (SELECT 1 FROM bank_lines e WHERE e.explains_line_id = x.bank_line_id)
               GROUP BY d.bank_decision_id, d.fund_id, a.account
               UNION ALL
               -- What the import booked and a person took back has put its money in suspense.
               SELECT r.bank_line_id::text, l.fund_id, r.bank_line_id, a.account,
                      CASE WHEN (l.amount > 0) = (a.account = 'unmatched_receipts') THEN -l.amount ELSE 0 END
               FROM bank_line_reopenings r JOIN bank_lines l USING (bank_line_id)
               CROSS JOIN (VALUES ('unmatched_receipts'), ('unexplained_payments')) AS a (account))
           SELECT s.fund_id AS "fund_id!", s.bank_line_id AS "bank_line_id!", s.account AS "account!",
                  s.amount AS "expected!", coalesce(m.amount, 0) AS "found!"
           FROM should s LEFT JOIN moved m ON m.subject = s.subject AND m.account = s.account
           WHERE s.amount <> coalesce(m.amount, 0)
           UNION ALL
           SELECT l.fund_id, l.bank_line_id, CASE WHEN l.amount > 0 THEN 'unmatched_receipts' ELSE 'unexplained_payments' END,
                  -l.amount, coalesce(sum(p.amount), 0)
           FROM bank_lines l LEFT JOIN postings p ON p.entry_id = l.entry_id
                AND p.account = CASE WHEN l.amount > 0 THEN 'unmatched_receipts' ELSE 'unexplained_payments' END
           WHERE l.outcome = 'suspense' AND l.entry_id IS NOT NULL GROUP BY l.bank_line_id HAVING -l.amount <> coalesce(sum(p.amount), 0)
           ORDER BY 1, 2, 3"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Misplaced {
                fund_id: row.fund_id,
                bank_line_id: row.bank_line_id,
                account: row.account.parse().map_err(|problem| Error::corrupt("postings", problem))?,
                expected: money(row.expected)?,
                found: money(row.found)?,
            })
        })
        .collect()
}
