//! Lines of statements, written all at once.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::Outcome;
use super::files::column;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::matching::{Reason, ReturnKind};
use crate::domain::money::Money;

/// One line as the bank sent it, and what became of it.
#[derive(Debug, Clone)]
pub struct LineRow {
    /// Its identifier.
    pub bank_line_id: Uuid,
    /// Its statement.
    pub bank_statement_id: Uuid,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Its place in the statement, from 1; 0 for the balance before the first statement.
    pub ordinal: i32,
    /// The bank's number of the movement, four digits.
    pub sequence: String,
    /// The bank's number of the detail, four digits.
    pub detail: String,
    /// On a detail: the number of its total.
    pub batch_of: Option<String>,
    /// Seen from the account: positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// The value date, when the bank knows it.
    pub value_on: Option<NaiveDate>,
    /// The bank's transaction code: eight digits in CODA, `PMNT-RCDT-ESCT` in CAMT.
    pub kind: String,
    /// The bank's reference.
    pub bank_reference: String,
    /// The other side.
    pub counterparty_iban: Option<Iban>,
    /// The other side's bank.
    pub counterparty_bic: Option<String>,
    /// The other side's name.
    pub counterparty_name: Option<String>,
    /// The structured communication.
    pub structured: Option<Ogm>,
    /// Free text.
    pub free: Option<String>,
    /// The end-to-end identification.
    pub end_to_end_id: Option<String>,
    /// What else the bank says of it.
    pub said: Said,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// Booked: the loan. In suspense: the loan it may be about.
    pub loan_id: Option<Uuid>,
    /// The payment order it executed.
    pub payment_order_id: Option<Uuid>,
    /// The funding source that paid.
    pub source_id: Option<Uuid>,
    /// Its entry in the ledger.
    pub entry_id: Option<Uuid>,
    /// On a detail that came after its total: of which.
    pub details: Option<Details>,
}

/// Where a detail came from that its statement did not bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Details {
    /// The total that it is in.
    pub explains_line_id: Uuid,
    /// The file that brought it.
    pub details_file_id: Uuid,
}

/// What a bank says of some lines only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How an earlier payment or collection came back.
    pub return_kind: Option<ReturnKind>,
    /// Why, as ISO code (AM04, MD06).
    pub return_reason: Option<String>,
    /// The mandate of a direct debit.
    pub mandate_reference: Option<String>,
    /// Who collected with a direct debit.
    pub creditor_identifier: Option<String>,
    /// What became of a direct debit, in the words of CODA 127: `paid`, `technical`, `not_specified`,
    /// `debtor_disagrees`, `debtor_account`.
    pub debit_outcome: Option<String>,
    /// Purpose, an ISO code of four letters.
    pub purpose: Option<String>,
    /// Category purpose, an ISO code of four letters.
    pub category_purpose: Option<String>,
    /// Our own name of the payment file that this is the total of.
    pub batch_reference: Option<String>,
    /// For whom the other side paid or collected.
    pub counterparty_ultimate: Option<String>,
}

/// Adds lines; their entries must be there already.
pub async fn insert_lines(db: &mut PgConnection, lines: &[LineRow]) -> Result<(), Error> {
    let done = sqlx::query!(
        "INSERT INTO bank_lines (bank_line_id, bank_statement_id, fund_id, ordinal, sequence, detail, batch_of, amount,
                                 booked_on, value_on, kind, bank_reference, counterparty_iban, counterparty_bic,
                                 counterparty_name, structured, free, end_to_end_id, outcome, reason, loan_id,
                                 payment_order_id, source_id, entry_id, return_kind, return_reason, mandate_reference,
                                 creditor_identifier, debit_outcome, purpose, category_purpose, batch_reference,
                                 counterparty_ultimate, explains_line_id, details_file_id)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::char(4)[], $6::char(4)[],
                              $7::char(4)[], $8::numeric[], $9::date[], $10::date[], $11::text[], $12::text[],
                              $13::text[], $14::text[], $15::text[], $16::char(12)[], $17::text[], $18::text[],
                              $19::text[], $20::text[], $21::uuid[], $22::uuid[], $23::uuid[], $24::uuid[],
                              $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[],
                              $31::text[], $32::text[], $33::text[], $34::uuid[], $35::uuid[])",
        &column(lines, |line| line.bank_line_id),
        &column(lines, |line| line.bank_statement_id),
        &column(lines, |line| line.fund_id),
        &column(lines, |line| line.ordinal),
        &column(lines, |line| line.sequence.clone()) as _,
        &column(lines, |line| line.detail.clone()) as _,
        &column(lines, |line| line.batch_of.clone()) as _,
        &column(lines, |line| line.amount.decimal()),
        &column(lines, |line| line.booked_on),
        &column(lines, |line| line.value_on) as _,
        &column(lines, |line| line.kind.clone()),
        &column(lines, |line| line.bank_reference.clone()),
        &column(lines, |line| line.counterparty_iban.as_ref().map(Iban::canonical)) as _,
        &column(lines, |line| line.counterparty_bic.clone()) as _,
        &column(lines, |line| line.counterparty_name.clone()) as _,
        &column(lines, |line| line.structured.map(Ogm::canonical)) as _,
        &column(lines, |line| line.free.clone()) as _,
        &column(lines, |line| line.end_to_end_id.clone()) as _,
        &column(lines, |line| line.outcome.code().to_owned()),
        &column(lines, |line| line.reason.code().to_owned()),
        &column(lines, |line| line.loan_id) as _,
        &column(lines, |line| line.payment_order_id) as _,
        &column(lines, |line| line.source_id) as _,
        &column(lines, |line| line.entry_id) as _,
        &column(lines, |line| line.said.return_kind.map(ReturnKind::code)) as _,
        &column(lines, |line| line.said.return_reason.clone()) as _,
        &column(lines, |line| line.said.mandate_reference.clone()) as _,
        &column(lines, |line| line.said.creditor_identifier.clone()) as _,
        &column(lines, |line| line.said.debit_outcome.clone()) as _,
        &column(lines, |line| line.said.purpose.clone()) as _,
        &column(lines, |line| line.said.category_purpose.clone()) as _,
        &column(lines, |line| line.said.batch_reference.clone()) as _,
        &column(lines, |line| line.said.counterparty_ultimate.clone()) as _,
        &column(lines, |line| line.details.map(|details| details.explains_line_id)) as _,
        &column(lines, |line| line.details.map(|details| details.details_file_id)) as _,
    )
    .execute(db)
    .await?;
    if done.rows_affected() == u64::try_from(lines.len()).unwrap_or(u64::MAX) {
        Ok(())
    } else {
        Err(Error::corrupt("bank_lines", format!("{} of {} lines were kept", done.rows_affected(), lines.len())))
    }
}

/// The accounts from which these payments came, as far as the bank named them.
pub async fn accounts_of(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<Vec<Iban>, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT DISTINCT counterparty_iban AS "iban!" FROM bank_lines
           WHERE (bank_line_id = ANY($1) OR bank_line_id IN (
                  SELECT x.bank_line_id FROM bank_decision_parts p JOIN bank_decision_lines x USING (bank_decision_id)
                  WHERE p.payment_id = ANY($1) AND p.kind = 'loan')) AND counterparty_iban IS NOT NULL"#,
        bank_line_ids,
    );
    let ibans = found.fetch_all(db).await?;
    ibans.iter().map(|text| Iban::parse(text).map_err(|problem| Error::corrupt("bank_lines", problem))).collect()
}
