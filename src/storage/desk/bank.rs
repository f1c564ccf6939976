//! Bank files and their lines, with what became of each.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// A file with its statement and the count of its lines.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// The file.
    pub bank_file_id: Uuid,
    /// Name of the file.
    pub name: String,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Who brought it.
    pub received_by: String,
    /// Statements in it.
    pub statements: i64,
    /// Day of the last closing balance.
    pub last_on: Option<NaiveDate>,
    /// Lines in it.
    pub lines: i64,
    /// Lines that still wait for somebody.
    pub suspense: i64,
}

/// One file, or the latest.
pub async fn files(db: &mut PgConnection, bank_file_id: Option<Uuid>, limit: i64) -> Result<Vec<FileLine>, Error> {
    Ok(sqlx::query_as!(
        FileLine,
        r#"SELECT f.bank_file_id, f.name, f.received_at, u.name AS received_by,
                  (SELECT count(*) FROM bank_statements s WHERE s.bank_file_id = f.bank_file_id) AS "statements!",
                  (SELECT max(s.new_balance_on) FROM bank_statements s WHERE s.bank_file_id = f.bank_file_id) AS last_on,
                  (SELECT count(*) FROM bank_lines l JOIN bank_statements s USING (bank_statement_id)
                   WHERE s.bank_file_id = f.bank_file_id) AS "lines!",
                  (SELECT count(*) FROM bank_lines l JOIN bank_statements s USING (bank_statement_id)
                   JOIN waiting_bank_lines w USING (bank_line_id) WHERE s.bank_file_id = f.bank_file_id) AS "suspense!"
           FROM bank_files f JOIN users u ON u.user_id = f.received_by
           WHERE $1::uuid IS NULL OR f.bank_file_id = $1
           ORDER BY f.received_at DESC, f.bank_file_id DESC LIMIT $2"#,
        bank_file_id,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// A statement of a file.
#[derive(Debug, Clone)]
pub struct StatementLine {
    /// The statement.
    pub bank_statement_id: Uuid,
    /// Name of the fund whose account it is of.
    pub fund: String,
    /// Number of the year.
    pub sequence: i16,
    /// Opening balance.
    pub old_balance: Money,
    /// Closing balance.
    pub new_balance: Money,
    /// Day of the closing balance.
    pub new_balance_on: NaiveDate,
    /// Whether it came in this file; else the file brought details of totals in it.
    pub own: bool,
}

/// The statements of a file, in its order, and those of which it explains totals.
pub async fn statements(db: &mut PgConnection, bank_file_id: Uuid) -> Result<Vec<StatementLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.bank_statement_id, f.name AS fund, s.sequence, s.old_balance, s.new_balance, s.new_balance_on,
                  s.bank_file_id = $1 AS "own!"
           FROM bank_statements s JOIN funds f USING (fund_id)
           WHERE s.bank_file_id = $1
              OR s.bank_statement_id IN (SELECT l.bank_statement_id FROM bank_lines l WHERE l.details_file_id = $1)
           ORDER BY s.bank_file_id = $1 DESC, s.new_balance_on, s.position"#,
        bank_file_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StatementLine {
                bank_statement_id: row.bank_statement_id,
                fund: row.fund,
                sequence: row.sequence,
                old_balance: money("bank_statements", row.old_balance)?,
                new_balance: money("bank_statements", row.new_balance)?,
                new_balance_on: row.new_balance_on,
                own: row.own,
            })
        })
        .collect()
}

/// A line of the bank.
#[derive(Debug, Clone)]
pub struct BankLine {
    /// The line.
    pub bank_line_id: Uuid,
    /// Its statement.
    pub bank_statement_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// Name of its fund.
    pub fund: String,
    /// Credit positive.
    pub amount: Money,
    /// The day of the bank.
    pub booked_on: NaiveDate,
    /// Whose account it came from or went to.
    pub counterparty: Option<String>,
    /// That account.
    pub counterparty_iban: Option<String>,
    /// The structured communication, twelve digits.
    pub structured: Option<String>,
    /// The free communication.
    pub free: Option<String>,
    /// Code of what became of it.
    pub outcome: String,
    /// Code of why.
    pub reason: String,
    /// Number of the loan it was booked on, now or by a settlement.
    pub loan: Option<String>,
    /// That loan.
    pub loan_id: Option<Uuid>,
    /// Who settled it, when somebody did.
    pub settled_by: Option<String>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// Whether it is a total whose details came in another file, and have taken its place.
    pub explained: bool,
    /// Whether it is such a detail.
    pub explains: bool,
}

/// Which lines to list.
#[derive(Debug, Clone, Default)]
pub struct LineFilter {
    /// Only of this file.
    pub bank_file_id: Option<Uuid>,
    /// Only this line.
    pub bank_line_id: Option<Uuid>,
    /// Only those that still wait for somebody.
    pub waiting: bool,
    /// Only those of loans in this municipality (NIS code).
    pub nis_code: Option<String>,
}

/// Lines by filter, in the order of the bank; details that came later stand under their total.
pub async fn lines(db: &mut PgConnection, filter: &LineFilter, limit: i64) -> Result<Vec<BankLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.bank_statement_id, l.fund_id, f.name AS fund, l.amount, l.booked_on,
                  l.counterparty_name, l.counterparty_iban, l.structured, l.free,
                  CASE WHEN r.bank_line_id IS NULL THEN l.outcome ELSE 'suspense' END AS "outcome!",
                  CASE WHEN r.bank_line_id IS NULL THEN l.reason ELSE 'booking_undone' END AS "reason!", lo.number AS "loan?",
                  lo.loan_id AS "loan_id?", u.name AS "settled_by?", z.settled_at AS "settled_at?",
                  l.explains_line_id IS NOT NULL AS "explains!",
                  EXISTS (SELECT 1 FROM bank_lines d WHERE d.explains_line_id = l.bank_line_id) AS "explained!"
           FROM bank_lines l JOIN bank_statements s USING (bank_statement_id) JOIN funds f ON f.fund_id = l.fund_id
           LEFT JOIN bank_line_settlements z USING (bank_line_id) LEFT JOIN users u ON u.user_id = z.settled_by
           LEFT JOIN bank_line_reopenings r ON r.bank_line_id = l.bank_line_id
           LEFT JOIN waiting_bank_lines w ON w.bank_line_id = l.bank_line_id
           LEFT JOIN loans lo ON lo.loan_id = coalesce(z.loan_id, l.loan_id)
           LEFT JOIN bank_lines total ON total.bank_line_id = l.explains_line_id
           WHERE ($1::uuid IS NULL OR s.bank_file_id = $1 OR l.details_file_id = $1)
             AND ($2::uuid IS NULL OR l.bank_line_id = $2)
             AND (NOT $3 OR w.bank_line_id IS NOT NULL)
             AND ($4::text IS NULL OR lo.nis_code = $4)
           ORDER BY l.booked_on, s.position, coalesce(total.ordinal, l.ordinal), l.ordinal LIMIT $5"#,
        filter.bank_file_id,
        filter.bank_line_id,
        filter.waiting,
        filter.nis_code,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BankLine {
                bank_line_id: row.bank_line_id,
                bank_statement_id: row.bank_statement_id,
                fund_id: row.fund_id,
                fund: row.fund,
                amount: money("bank_lines", row.amount)?,
                booked_on: row.booked_on,
                counterparty: row.counterparty_name,
                counterparty_iban: row.counterparty_iban,
                structured: row.structured,
                free: row.free,
                outcome: row.outcome,
                reason: row.reason,
                loan: row.loan,
                loan_id: row.loan_id,
                settled_by: row.settled_by,
                settled_at: row.settled_at,
                explained: row.explained,
                explains: row.explains,
            })
        })
        .collect()
}

/// The account of a fund at the bank beside the same in the ledger. Amounts in euro.
#[derive(Debug, Clone)]
pub struct Balance {
    /// Code of the fund.
    pub fund: String,
    /// What people call it.
    pub fund_name: String,
    /// Its account.
    pub iban: String,
    /// Number of the last statement; none before the first.
    pub sequence: Option<i16>,
    /// Day of its closing balance.
    pub on: Option<NaiveDate>,
    /// The closing balance of the last statement; 0.00 before the first.
    pub bank: Money,
    /// Cash at bank in the ledger.
    pub ledger: Money,
    /// Of that: of unknown owner.
    pub unmatched: Money,
    /// How many statements came in.
    pub statements: i64,
    /// How many of them do not begin where the one before ended. The import refuses these, so it is none.
    pub gaps: i64,
}

impl Balance {
    /// What the bank has more than the ledger.
    pub fn difference(&self) -> Money {
        self.bank - self.ledger
    }
}

/// The balances of every fund, by code.
pub async fn balances(db: &mut PgConnection) -> Result<Vec<Balance>, Error> {
    let rows = sqlx::query!(
        r#"SELECT f.code, f.name, f.iban, s.sequence AS "sequence?", s.new_balance_on AS "new_balance_on?",
                  coalesce(s.new_balance, 0) AS "bank!",
                  coalesce((SELECT sum(p.amount) FROM postings p
                            WHERE p.fund_id = f.fund_id AND p.account = 'cash_at_bank'), 0) AS "ledger!",
                  coalesce((SELECT -sum(p.amount) FROM postings p
                            WHERE p.fund_id = f.fund_id AND p.account IN ('unmatched_receipts', 'unexplained_payments')), 0) AS "unmatched!",
                  chain.statements AS "statements!", chain.gaps AS "gaps!"
           FROM funds f
           LEFT JOIN LATERAL (SELECT sequence, new_balance_on, new_balance FROM bank_statements
                              WHERE fund_id = f.fund_id
                              ORDER BY new_balance_on DESC, booked_at DESC, position DESC LIMIT 1) AS s ON true
           CROSS JOIN LATERAL (
                SELECT count(*) AS statements, count(*) FILTER (WHERE before <> old_balance) AS gaps
                FROM (SELECT old_balance, lag(new_balance) OVER (ORDER BY new_balance_on, booked_at, position) AS before
                      FROM bank_statements WHERE fund_id = f.fund_id) AS links) AS chain
           ORDER BY f.code"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Balance {
                fund: row.code,
                fund_name: row.name,
                iban: row.iban,
                sequence: row.sequence,
                on: row.new_balance_on,
                bank: money("bank_statements", row.bank)?,
                ledger: money("postings", row.ledger)?,
                unmatched: money("postings", row.unmatched)?,
                statements: row.statements,
                gaps: row.gaps,
            })
        })
        .collect()
}
