//! Statements and lines for people to look at, newest first, a page at a time.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::Outcome;
use super::files::money;
use crate::domain::matching::Reason;
use crate::domain::money::Money;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows come before it.
    pub offset: i64,
    /// How many rows it has at most.
    pub limit: i64,
}

impl Page {
    /// Page `number`, from 1, of `size` rows.
    pub fn of(number: u32, size: u16) -> Self {
        let limit = i64::from(size.max(1));
        Self { offset: i64::from(number.saturating_sub(1)) * limit, limit }
    }
}

/// Which lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// Of this fund only.
    pub fund_id: Option<Uuid>,
    /// Of this statement only.
    pub bank_statement_id: Option<Uuid>,
    /// Booked or settled to this loan only.
    pub loan_id: Option<Uuid>,
    /// This line only.
    pub bank_line_id: Option<Uuid>,
    /// Only those in suspense that nobody has settled yet.
    pub suspense_only: bool,
    /// Only those of loans in this municipality.
    pub nis_code: Option<String>,
}

/// A statement as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedStatement {
    /// Its identifier.
    pub bank_statement_id: Uuid,
    /// The file it came in.
    pub bank_file_id: Uuid,
    /// The name of that file.
    pub file_name: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Code of the fund.
    pub fund: String,
    /// Its number of the year.
    pub sequence: i16,
    /// Its date.
    pub on: NaiveDate,
    /// The balance before.
    pub old_balance: Money,
    /// The balance after.
    pub new_balance: Money,
    /// How many lines it has, totals and details included.
    pub lines: i64,
    /// How many of them wait for a person.
    pub waiting: i64,
}

/// A line as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedLine {
    /// Its identifier.
    pub bank_line_id: Uuid,
    /// Its statement.
    pub bank_statement_id: Uuid,
    /// Code of the fund.
    pub fund: String,
    /// Its place in the statement.
    pub ordinal: i32,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// The value date, when the bank knows it.
    pub value_on: Option<NaiveDate>,
    /// Positive is money in.
    pub amount: Money,
    /// The name of the other side.
    pub counterparty_name: Option<String>,
    /// The account of the other side.
    pub counterparty_iban: Option<String>,
    /// The structured communication, twelve digits.
    pub structured: Option<String>,
    /// Free text.
    pub free: Option<String>,
    /// What became of it at import.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// The loan it was booked to, at import or by a person later.
    pub loan_id: Option<Uuid>,
    /// Number of that loan.
    pub loan_number: Option<String>,
    /// In suspense: a loan it may be about.
    pub suggested_loan_id: Option<Uuid>,
    /// Number of that loan.
    pub suggested_loan_number: Option<String>,
    /// The payment order it executed, or brought back.
    pub payment_order_id: Option<Uuid>,
    /// What else is known of a line that is about an order or a run of ours.
    #[serde(flatten)]
    pub ours: Ours,
    /// The funder that paid.
    pub funder: Option<String>,
    /// When a person settled it, if one did.
    pub settled_at: Option<DateTime<Utc>>,
    /// Why, in that person's words.
    pub settled_because: Option<String>,
    /// What can be taken back: the decision about it, or the line itself where the import booked it, or ended a
    /// collection by it.
    pub bank_decision_id: Option<Uuid>,
}

/// What is known of a line that is about an order or a run of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ours {
    /// Who the order pays.
    pub creditor: Option<String>,
    /// The payment run that it executed as one amount.
    pub payment_run: Option<String>,
    /// Why the bank says that something came back, as ISO code.
    pub return_reason: Option<String>,
}

/// Statements, newest first; of one fund when asked.
pub async fn list_statements(
    db: &mut PgConnection,
    fund_id: Option<Uuid>,
    page: Page,
) -> Result<Vec<ListedStatement>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.bank_statement_id, s.bank_file_id, f.name AS file_name, f.received_at, fund.code AS fund, s.sequence,
                  s.new_balance_on, s.old_balance, s.new_balance, counted.lines AS "lines!", counted.waiting AS "waiting!"
           FROM bank_statements s
           JOIN bank_files f USING (bank_file_id)
           JOIN funds fund ON fund.fund_id = s.fund_id
           CROSS JOIN LATERAL (
                SELECT count(*) AS lines,
                       count(*) FILTER (WHERE w.bank_line_id IS NOT NULL) AS waiting
                FROM bank_lines l LEFT JOIN waiting_bank_lines w USING (bank_line_id)
                WHERE l.bank_statement_id = s.bank_statement_id) AS counted
           WHERE $1::uuid IS NULL OR s.fund_id = $1
           ORDER BY s.new_balance_on DESC, s.booked_at DESC, s.bank_file_id DESC, s.position DESC
           OFFSET $2 LIMIT $3"#,
        fund_id,
        page.offset,
        page.limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ListedStatement {
                bank_statement_id: row.bank_statement_id,
                bank_file_id: row.bank_file_id,
                file_name: row.file_name,
                received_at: row.received_at,
                fund: row.fund,
                sequence: row.sequence,
                on: row.new_balance_on,
                old_balance: money(row.old_balance)?,
                new_balance: money(row.new_balance)?,
                lines: row.lines,
                waiting: row.waiting,
            })
        })
        .collect()
}

/// Lines, newest first, with what became of each.
pub async fn list_lines(db: &mut PgConnection, filter: &LineFilter, page: Page) -> Result<Vec<ListedLine>, Error> {
    let mut lines = read_lines(db, filter, page).await?;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.bank_line_id).collect();
    let mut ours = ours(db, &ids).await?;
    for line in &mut lines {
        line.ours = ours.remove(&line.bank_line_id).unwrap_or_default();
    }
    Ok(lines)
}

/// What is known of lines that are about an order or a run of ours.
async fn ours(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<HashMap<Uuid, Ours>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id AS "bank_line_id!", l.return_reason, o.creditor_name AS "creditor?",
                  (SELECT string_agg(run.number, ', ' ORDER BY run.number)
                   FROM standing_payment_run_executions x JOIN payment_runs run USING (payment_run_id)
                   WHERE x.bank_line_id = l.bank_line_id) AS payment_run
           FROM bank_lines l LEFT JOIN payment_orders o USING (payment_order_id) WHERE l.bank_line_id = ANY($1)"#,
        bank_line_ids
    )
    .fetch_all(db)
    .await?;
    let ours = rows.into_iter().map(|row| {
        let (creditor, payment_run, return_reason) = (row.creditor, row.payment_run, row.return_reason);
        (row.bank_line_id, Ours { creditor, payment_run, return_reason })
    });
    Ok(ours.collect())
}

async fn read_lines(db: &mut PgConnection, filter: &LineFilter, page: Page) -> Result<Vec<ListedLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.bank_statement_id, fund.code AS fund, l.ordinal, l.booked_on, l.value_on, l.amount,
                  l.counterparty_name, l.counterparty_iban, l.structured, l.free, CASE WHEN r.bank_line_id IS NULL THEN l.outcome ELSE 'suspense' END AS "outcome!",
                  CASE WHEN r.bank_line_id IS NULL THEN l.reason ELSE 'booking_undone' END AS "reason!",
                  l.loan_id AS named_loan_id, named.number AS "named_number?", d.loan_id AS "settled_loan_id?",
                  settled.number AS "settled_number?", l.payment_order_id, source.funder AS "funder?",
                  d.settled_at AS "settled_at?", d.reason AS "settled_because?",
                  coalesce(d.bank_decision_id, CASE WHEN (l.outcome = 'booked' AND r.bank_line_id IS NULL)
                           OR EXISTS (SELECT 1 FROM standing_collection_returns c WHERE c.bank_line_id = l.bank_line_id AND c.bank_decision_id IS NULL)
                           THEN l.bank_line_id END) AS bank_decision_id
           FROM bank_lines l
           JOIN bank_statements s USING (bank_statement_id)
           JOIN funds fund ON fund.fund_id = l.fund_id
           LEFT JOIN bank_line_settlements d USING (bank_line_id)
           LEFT JOIN bank_line_reopenings r ON r.bank_line_id = l.bank_line_id
           LEFT JOIN waiting_bank_lines w ON w.bank_line_id = l.bank_line_id
           LEFT JOIN loans named ON named.loan_id = l.loan_id LEFT JOIN loans settled ON settled.loan_id = d.loan_id
           LEFT JOIN funding_sources source ON source.source_id = l.source_id
           WHERE ($1::uuid IS NULL OR l.fund_id = $1)
             AND ($2::uuid IS NULL OR l.bank_statement_id = $2)
             AND ($3::uuid IS NULL OR EXISTS (SELECT 1 FROM bank_decision_parts p WHERE p.bank_decision_id = d.bank_decision_id AND p.loan_id = $3) OR (l.loan_id = $3 AND l.outcome = 'booked' AND r.bank_line_id IS NULL))
             AND ($4::uuid IS NULL OR l.bank_line_id = $4)
             AND (NOT $5::bool OR w.bank_line_id IS NOT NULL)
             AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM bank_decision_parts p JOIN loans o USING (loan_id)
                                             WHERE p.bank_decision_id = d.bank_decision_id AND o.nis_code = $6) OR (named.nis_code = $6 AND l.outcome = 'booked' AND r.bank_line_id IS NULL))
           ORDER BY s.new_balance_on DESC, s.booked_at DESC, s.bank_file_id DESC, s.position DESC, l.ordinal
           OFFSET $7 LIMIT $8"#,
        filter.fund_id,
        filter.bank_statement_id,
        filter.loan_id,
        filter.bank_line_id,
        filter.suspense_only,
        filter.nis_code,
        page.offset,
        page.limit
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    rows.map(|row| {
        let outcome = Outcome::of_code(&row.outcome)?;
        let settled = (row.settled_loan_id, row.settled_number);
        let (booked, suggested) = loans(outcome, (row.named_loan_id, row.named_number), settled);
        Ok(ListedLine {
            bank_line_id: row.bank_line_id,
            bank_statement_id: row.bank_statement_id,
            fund: row.fund,
            ordinal: row.ordinal,
            booked_on: row.booked_on,
            value_on: row.value_on,
            amount: money(row.amount)?,
            counterparty_name: row.counterparty_name,
            counterparty_iban: row.counterparty_iban,
            structured: row.structured,
            free: row.free,
            outcome,
            reason: row.reason.parse().map_err(|error| Error::corrupt("bank_lines", error))?,
            loan_id: booked.0,
            loan_number: booked.1,
            suggested_loan_id: suggested.0,
            suggested_loan_number: suggested.1,
            payment_order_id: row.payment_order_id,
            ours: Ours::default(),
            funder: row.funder,
            settled_at: row.settled_at,
            settled_because: row.settled_because,
            bank_decision_id: row.bank_decision_id,
        })
    })
    .collect()
}

/// A loan and its number, if there is one.
type Numbered = (Option<Uuid>, Option<String>);

/// The loan that a line is booked to, and the one it may be about.
fn loans(outcome: Outcome, named: Numbered, settled: Numbered) -> (Numbered, Numbered) {
    match outcome {
        Outcome::Suspense => (settled, named),
        Outcome::Booked | Outcome::Detailed => (named, (None, None)),
    }
}
