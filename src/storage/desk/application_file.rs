//! One application with everything that belongs to its file.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// The application itself.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its identifier.
    pub application_id: Uuid,
    /// What people call it.
    pub number: String,
    /// Code of the product.
    pub product: String,
    /// Name of the fund that would lend.
    pub fund: String,
    /// NIS code of the municipality.
    pub nis_code: String,
    /// Its name.
    pub municipality: String,
    /// The day whose rules judge it.
    pub applied_on: NaiveDate,
    /// The sum asked for.
    pub amount: Money,
    /// Wanted number of instalments.
    pub instalments: Option<i32>,
    /// What the family declared.
    pub answers: serde_json::Value,
    /// What the rules said.
    pub verdict: serde_json::Value,
    /// Code of the state.
    pub state: String,
    /// The maker.
    pub made_by: Uuid,
    /// Name of the maker.
    pub maker: String,
    /// The door it came by.
    pub came_by: String,
    /// Since when the family waits.
    pub submitted_at: DateTime<Utc>,
    /// When the committee decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub refusal_reason: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When the contract was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// The loan that came of it.
    pub loan_id: Option<Uuid>,
    /// Number of that loan.
    pub loan_number: Option<String>,
    /// The dwelling, on one line.
    pub address: String,
    /// Year in which it was built.
    pub built_in: Option<i16>,
    /// Day on which it was bought.
    pub bought_on: Option<NaiveDate>,
    /// Label of the energy certificate.
    pub epc_label: Option<String>,
    /// Score of the energy certificate.
    pub epc_score: Option<i32>,
}

/// The application with its dwelling.
pub async fn head(db: &mut PgConnection, application_id: Uuid) -> Result<Option<Head>, Error> {
    let row = sqlx::query!(
        r#"SELECT a.application_id, a.number, a.product, f.name AS fund, a.nis_code, m.name AS municipality, a.applied_on,
                  a.amount, a.instalments, a.answers, a.verdict, a.state, a.made_by, u.name AS maker, a.came_by,
                  a.submitted_at, a.decided_at, a.refusal_reason, a.withdrawn_at, a.signed_at,
                  l.loan_id AS "loan_id?", l.number AS "loan_number?",
                  d.street || ' ' || d.house_number || coalesce(' bus ' || d.box, '') || ', ' || d.postcode || ' '
                  || d.locality AS "address!", d.built_in, d.bought_on, d.epc_label, d.epc_score
           FROM applications a JOIN funds f USING (fund_id) JOIN municipalities m ON m.nis_code = a.nis_code
           JOIN users u ON u.user_id = a.made_by JOIN dwellings d USING (dwelling_id)
           LEFT JOIN loans l USING (application_id)
           WHERE a.application_id = $1"#,
        application_id
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Head {
            application_id: row.application_id,
            number: row.number,
            product: row.product,
            fund: row.fund,
            nis_code: row.nis_code,
            municipality: row.municipality,
            applied_on: row.applied_on,
            amount: money("applications", row.amount)?,
            instalments: row.instalments,
            answers: row.answers,
            verdict: row.verdict,
            state: row.state,
            made_by: row.made_by,
            maker: row.maker,
            came_by: row.came_by,
            submitted_at: row.submitted_at,
            decided_at: row.decided_at,
            refusal_reason: row.refusal_reason,
            withdrawn_at: row.withdrawn_at,
            signed_at: row.signed_at,
            loan_id: row.loan_id,
            loan_number: row.loan_number,
            address: row.address,
            built_in: row.built_in,
            bought_on: row.bought_on,
            epc_label: row.epc_label,
            epc_score: row.epc_score,
        })
    })
    .transpose()
}

/// Somebody who asks. Of the national number only its last two digits leave the database.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// Full name.
    pub name: String,
    /// Code of the part they have.
    pub role: String,
    /// Last two digits of the national number.
    pub insz_tail: String,
    /// Birth date.
    pub born_on: NaiveDate,
    /// Mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// The people of an application, the applicant first.
pub async fn people(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<PersonLine>, Error> {
    Ok(sqlx::query_as!(
        PersonLine,
        r#"SELECT p.given_name || ' ' || p.family_name AS "name!", ap.role, right(p.insz, 2) AS "insz_tail!", p.born_on,
                  p.email, p.phone
           FROM application_people ap JOIN persons p USING (person_id)
           WHERE ap.application_id = $1 ORDER BY ap.role"#,
        application_id
    )
    .fetch_all(db)
    .await?)
}

/// An income of a year.
#[derive(Debug, Clone)]
pub struct IncomeLine {
    /// Whose.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// The year.
    pub income_year: i16,
    /// A year's sum.
    pub amount: Money,
}

/// The incomes of an application.
pub async fn incomes(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<IncomeLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.given_name AS "name!", i.kind, i.income_year, i.amount
           FROM application_incomes i JOIN persons p USING (person_id) WHERE i.application_id = $1 ORDER BY i.line"#,
        application_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let amount = money("application_incomes", row.amount)?;
            Ok(IncomeLine { name: row.name, kind: row.kind, income_year: row.income_year, amount })
        })
        .collect()
}

/// A quote with the works it is for.
#[derive(Debug, Clone)]
pub struct QuoteLine {
    /// Its identifier.
    pub quote_id: Uuid,
    /// Code of the kind of works.
    pub work: String,
    /// The works in words.
    pub description: String,
    /// Whether they improve the energy performance.
    pub improves_energy: bool,
    /// Whether they repair a structural defect.
    pub structural: bool,
    /// The contractor.
    pub contractor: String,
    /// The price.
    pub amount: Money,
    /// Last day on which the price holds.
    pub valid_until: NaiveDate,
    /// What was invoiced on it and not refused.
    pub invoiced: Money,
}

/// The quotes of an application.
pub async fn quotes(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<QuoteLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT q.quote_id, w.kind, w.description, w.improves_energy, w.structural, c.name AS contractor, q.amount,
                  q.valid_until, coalesce((SELECT sum(i.amount) FROM invoices i
                                           WHERE i.quote_id = q.quote_id AND i.state <> 'refused'), 0) AS "invoiced!"
           FROM application_quotes q JOIN application_works w USING (work_id) JOIN contractors c USING (contractor_id)
           WHERE q.application_id = $1 ORDER BY w.kind, q.quote_id"#,
        application_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(QuoteLine {
                quote_id: row.quote_id,
                work: row.kind,
                description: row.description,
                improves_energy: row.improves_energy,
                structural: row.structural,
                contractor: row.contractor,
                amount: money("application_quotes", row.amount)?,
                valid_until: row.valid_until,
                invoiced: money("invoices", row.invoiced)?,
            })
        })
        .collect()
}

/// A vote.
#[derive(Debug, Clone)]
pub struct VoteLine {
    /// Who.
    pub voter_id: Uuid,
    /// Their name.
    pub voter: String,
    /// `approve` or `refuse`.
    pub vote: String,
    /// Why.
    pub reason: String,
    /// When.
    pub voted_at: DateTime<Utc>,
}

/// The votes on an application, in order.
pub async fn votes(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<VoteLine>, Error> {
    Ok(sqlx::query_as!(
        VoteLine,
        "SELECT v.voter_id, u.name AS voter, v.vote, v.reason, v.voted_at
         FROM application_votes v JOIN users u ON u.user_id = v.voter_id
         WHERE v.application_id = $1 ORDER BY v.voted_at",
        application_id
    )
    .fetch_all(db)
    .await?)
}

/// What a source has promised to an application and has not given yet.
#[derive(Debug, Clone)]
pub struct CommitmentLine {
    /// Who gives.
    pub funder: String,
    /// Code of the kind of source.
    pub kind: String,
    /// Promised.
    pub committed: Money,
    /// Not yet drawn or released.
    pub left: Money,
}

/// What is promised to an application, per source.
pub async fn commitments(db: &mut PgConnection, application_id: Uuid) -> Result<Vec<CommitmentLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.funder, s.kind, coalesce(sum(m.amount) FILTER (WHERE m.kind = 'committed'), 0) AS "committed!",
                  sum(m.amount) AS "left!"
           FROM commitment_movements m JOIN funding_sources s USING (source_id)
           WHERE m.application_id = $1 GROUP BY s.source_id, s.funder, s.kind ORDER BY 3 DESC, s.funder"#,
        application_id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(CommitmentLine {
                funder: row.funder,
                kind: row.kind,
                committed: money("commitment_movements", row.committed)?,
                left: money("commitment_movements", row.left)?,
            })
        })
        .collect()
}

/// A deed in the history of a record.
#[derive(Debug, Clone)]
pub struct DeedLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: String,
    /// What: `application.submitted`.
    pub action: String,
}

/// What was done to some records, the latest last.
pub async fn deeds(db: &mut PgConnection, subjects: &[Uuid]) -> Result<Vec<DeedLine>, Error> {
    Ok(sqlx::query_as!(
        DeedLine,
        "SELECT r.at, u.name AS who, r.action FROM audit_rows r JOIN users u USING (user_id)
         WHERE r.subject_id = ANY($1) ORDER BY r.at, r.audit_row_id",
        subjects
    )
    .fetch_all(db)
    .await?)
}
