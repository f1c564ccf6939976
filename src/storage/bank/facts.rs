//! Everything that the house knows of lines that wait, in a fixed number of statements however many lines.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::files::money;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::ledger::FundingKind;
use crate::domain::matching::{OrderFacts, Reason, SourceFacts};
use crate::domain::money::Money;

/// A line that waits, as the bank sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    /// The line.
    pub bank_line_id: Uuid,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Code of that fund.
    pub fund: String,
    /// What people call it.
    pub fund_name: String,
    /// Positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: chrono::NaiveDate,
    /// The structured communication.
    pub structured: Option<Ogm>,
    /// Free text.
    pub free: Option<String>,
    /// The end-to-end identification.
    pub end_to_end_id: Option<String>,
    /// The reference of the mandate, of a direct debit.
    pub mandate: Option<String>,
    /// The account of the other side.
    pub iban: Option<Iban>,
    /// The name of the other side.
    pub name: Option<String>,
    /// Why it waits.
    pub reason: Reason,
    /// Whether the bank says that a transfer of ours comes back with it.
    pub comes_back: bool,
    /// The municipality (NIS code) of the loan that the import thought of.
    pub nis_code: Option<String>,
    /// Whether the import ended a collection by it, and nobody took that back.
    pub ended_collection: bool,
}

/// Which lines that wait.
#[derive(Debug, Clone, Default)]
pub struct WaitingFilter {
    /// Only this one.
    pub bank_line_id: Option<Uuid>,
    /// Only on the account of the fund with this code.
    pub fund: Option<String>,
    /// Only those that may be about a loan of this municipality (NIS code), by the reference they hold.
    pub nis_code: Option<String>,
    /// Only those that come after this one in the order of the list, whether it still waits or not.
    pub after: Option<Uuid>,
}

/// Lines that wait, the oldest first.
pub async fn waiting_lines(
    db: &mut PgConnection,
    filter: &WaitingFilter,
    limit: i64,
) -> Result<Vec<WaitingLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.fund_id, f.code AS fund, f.name AS fund_name, l.amount, l.booked_on, l.structured, l.free,
                  l.end_to_end_id, l.mandate_reference, l.counterparty_iban, l.counterparty_name, lo.nis_code AS "nis_code?",
                  CASE WHEN l.outcome = 'suspense' THEN l.reason ELSE 'booking_undone' END AS "reason!",
                  (l.amount > 0 AND l.reason IN ('payment_returned', 'order_returned', 'order_returned_before',
                                                 'returned_other_amount', 'order_of_another_fund')) AS "comes_back!",
                  EXISTS (SELECT 1 FROM standing_collection_returns c
                          WHERE c.bank_line_id = l.bank_line_id AND c.bank_decision_id IS NULL) AS "ended!"
           FROM waiting_bank_lines w JOIN bank_lines l USING (bank_line_id) JOIN bank_statements s USING (bank_statement_id)
           JOIN funds f ON f.fund_id = l.fund_id LEFT JOIN loans lo ON lo.loan_id = l.loan_id
           WHERE ($1::uuid IS NULL OR l.bank_line_id = $1) AND ($2::text IS NULL OR f.code = $2)
             AND ($3::text IS NULL OR lo.nis_code = $3)
             AND ($4::uuid IS NULL OR (l.booked_on, s.new_balance_on, s.position, l.ordinal, l.bank_line_id) >
                  (SELECT a.booked_on, b.new_balance_on, b.position, a.ordinal, a.bank_line_id
                   FROM bank_lines a JOIN bank_statements b USING (bank_statement_id) WHERE a.bank_line_id = $4))
           ORDER BY l.booked_on, s.new_balance_on, s.position, l.ordinal, l.bank_line_id LIMIT $5"#,
        filter.bank_line_id,
        filter.fund,
        filter.nis_code,
        filter.after,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(WaitingLine {
                bank_line_id: row.bank_line_id,
                fund_id: row.fund_id,
                fund: row.fund,
                fund_name: row.fund_name,
                amount: money(row.amount)?,
                booked_on: row.booked_on,
                structured: row.structured.as_deref().and_then(|digits| Ogm::parse(digits).ok()),
                free: row.free,
                end_to_end_id: row.end_to_end_id,
                mandate: row.mandate_reference,
                iban: row.counterparty_iban.as_deref().and_then(|text| Iban::parse(text).ok()),
                name: row.counterparty_name,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("bank_lines", problem))?,
                comes_back: row.comes_back,
                nis_code: row.nis_code,
                ended_collection: row.ended,
            })
        })
        .collect()
}

/// What stands in lines, by which loans are looked up.
#[derive(Debug, Default)]
pub struct Traces {
    /// Structured communications, wherever they stand.
    pub ogms: Vec<Ogm>,
    /// Numbers of loans and applications.
    pub numbers: Vec<String>,
    /// What may be a family name, in small letters without accents.
    pub family_names: Vec<String>,
    /// Loans that are known to be paid from their accounts.
    pub loan_ids: Vec<Uuid>,
}

/// A loan that a line may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The loan.
    pub loan_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// Its number.
    pub number: String,
    /// Its communication.
    pub ogm: Ogm,
    /// The number of its application.
    pub application: String,
    /// Its municipality (NIS code).
    pub nis_code: String,
    /// Given names and family names of everybody who signed.
    pub people: Vec<(String, String)>,
}

/// The loans to which these traces lead, within one municipality or not.
pub async fn candidates(db: &mut PgConnection, traces: &Traces, within: Option<&str>) -> Result<Vec<Candidate>, Error> {
    let ogms: Vec<String> = traces.ogms.iter().map(|ogm| ogm.canonical()).collect();
    let rows = sqlx::query!(
        r#"WITH named AS (
               SELECT person_id FROM persons
               WHERE translate(lower(family_name), 'àáâäãçèéêëìíîïñòóôöõùúûü', 'aaaaaceeeeiiiinooooouuuu') = ANY($4)),
           found AS (
               SELECT loan_id FROM loans WHERE ogm = ANY($1::text[])
               UNION SELECT loan_id FROM loans WHERE number = ANY($2)
               UNION SELECT l.loan_id FROM loans l JOIN applications a USING (application_id) WHERE a.number = ANY($2)
               UNION SELECT unnest($3::uuid[])
               UNION SELECT l.loan_id FROM loans l JOIN named ON named.person_id = l.borrower_id
               UNION SELECT l.loan_id FROM loans l JOIN application_people ap USING (application_id)
                     JOIN named ON named.person_id = ap.person_id)
           SELECT l.loan_id, l.fund_id, l.number, l.ogm, a.number AS application, l.nis_code,
                  people.given AS "given!", people.family AS "family!"
           FROM found JOIN loans l USING (loan_id) JOIN applications a USING (application_id)
           CROSS JOIN LATERAL (
               SELECT array_agg(p.given_name ORDER BY p.person_id) AS given, array_agg(p.family_name ORDER BY p.person_id) AS family
               FROM persons p
               WHERE p.person_id = l.borrower_id OR p.person_id IN (SELECT ap.person_id FROM application_people ap
                                                                    WHERE ap.application_id = l.application_id)) AS people
           WHERE $5::text IS NULL OR l.nis_code = $5
           ORDER BY l.serial"#,
        &ogms,
        &traces.numbers,
        &traces.loan_ids,
        &traces.family_names,
        within
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Candidate {
                loan_id: row.loan_id,
                fund_id: row.fund_id,
                number: row.number,
                ogm: Ogm::parse(&row.ogm).map_err(|_| Error::corrupt("loans", "ogm has wrong check digits"))?,
                application: row.application,
                nis_code: row.nis_code,
                people: row.given.into_iter().zip(row.family).collect(),
            })
        })
        .collect()
}

/// The loans of our collections and mandates with these identifications or references.
pub async fn collection_loans(db: &mut PgConnection, references: &[String]) -> Result<HashMap<String, Uuid>, Error> {
    let rows = sqlx::query!(
        r#"SELECT end_to_end_id AS "reference!", loan_id AS "loan_id!" FROM collections WHERE end_to_end_id = ANY($1)
           UNION SELECT reference, loan_id FROM mandates WHERE reference = ANY($1)
           UNION SELECT a.was, m.loan_id FROM mandate_amendments a JOIN mandates m USING (mandate_id)
           WHERE a.kind = 'reference' AND a.was = ANY($1)"#,
        references
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.reference, row.loan_id)).collect())
}

/// The sources of these funds, with what may still come in from each.
pub async fn source_facts(db: &mut PgConnection, fund_ids: &[Uuid]) -> Result<Vec<(SourceFacts, String)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.source_id, s.fund_id, s.ogm, s.kind, s.funder_iban, s.funder,
                  s.ceiling + coalesce((SELECT sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                                        WHERE p.source_id = s.source_id AND e.reason = 'funding_received'), 0)
                  AS "room!"
           FROM funding_sources s WHERE s.fund_id = ANY($1) ORDER BY s.fund_id, s.available_from, s.source_id"#,
        fund_ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = |what: &str| Error::corrupt("funding_sources", what.to_owned());
            let kind: FundingKind = row.kind.parse().map_err(|_| corrupt("unknown kind"))?;
            let facts = SourceFacts {
                source_id: row.source_id,
                fund_id: row.fund_id,
                ogm: Ogm::parse(&row.ogm).map_err(|_| corrupt("ogm has wrong check digits"))?,
                iban: row.funder_iban.as_deref().and_then(|text| Iban::parse(text).ok()),
                is_given: kind != FundingKind::CreditLine,
                room: money(row.room)?,
            };
            Ok((facts, row.funder))
        })
        .collect()
}

/// Orders that wait for the bank and that lines may have executed, or that it has paid and lines may bring back: by
/// their identification, or by the account they pay. Each with who is paid.
pub async fn order_facts(
    db: &mut PgConnection,
    paid: bool,
    (end_to_end_ids, ibans): (&[String], &[Iban]),
) -> Result<Vec<(OrderFacts, String)>, Error> {
    let ibans: Vec<String> = ibans.iter().map(Iban::canonical).collect();
    let rows = sqlx::query!(
        "SELECT payment_order_id, fund_id, amount, creditor_iban, creditor_name, end_to_end_id FROM payment_orders
         WHERE state = CASE WHEN $3 THEN 'paid' ELSE 'ordered' END AND (end_to_end_id = ANY($1) OR creditor_iban = ANY($2))
         ORDER BY created_at, payment_order_id",
        end_to_end_ids,
        &ibans,
        paid
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let facts = OrderFacts {
                order_id: row.payment_order_id,
                fund_id: row.fund_id,
                amount: money(row.amount)?,
                iban: Iban::parse(&row.creditor_iban)
                    .map_err(|_| Error::corrupt("payment_orders", "IBAN is not one"))?,
                end_to_end_id: row.end_to_end_id,
            };
            Ok((facts, row.creditor_name))
        })
        .collect()
}
