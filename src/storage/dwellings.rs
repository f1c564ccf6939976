//! Dwellings, one row per address.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Error, money};
use crate::domain::application::Dwelling;
use crate::domain::money::Money;
use crate::domain::product::Product;

/// A dwelling the house knows, as far as a new application is checked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its identifier.
    pub dwelling_id: Uuid,
    /// NIS code of its municipality.
    pub nis_code: String,
}

/// Adds a dwelling, or finds the one at this address. What was not told before is filled in; what was, stays.
pub async fn upsert(
    db: &mut PgConnection,
    (dwelling_id, dwelling): (Uuid, &Dwelling),
    created_at: DateTime<Utc>,
) -> Result<Known, Error> {
    Ok(sqlx::query_as!(
        Known,
        "INSERT INTO dwellings AS d (dwelling_id, street, house_number, box, postcode, locality, nis_code, built_in,
                                     bought_on, epc_label, epc_number, epc_score, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT ON CONSTRAINT dwellings_address_key DO UPDATE
         SET built_in = coalesce(d.built_in, excluded.built_in), bought_on = coalesce(d.bought_on, excluded.bought_on),
             epc_label = coalesce(d.epc_label, excluded.epc_label),
             epc_number = coalesce(d.epc_number, excluded.epc_number),
             epc_score = coalesce(d.epc_score, excluded.epc_score)
         RETURNING dwelling_id, nis_code",
        dwelling_id,
        dwelling.street,
        dwelling.number,
        dwelling.box_number,
        dwelling.postcode,
        dwelling.locality,
        dwelling.nis_code,
        dwelling.built_in,
        dwelling.bought_on,
        dwelling.epc_label,
        dwelling.epc_number,
        dwelling.epc_score,
        created_at,
    )
    .fetch_one(db)
    .await?)
}

/// What a product has promised for a dwelling in other applications: a ceiling holds per dwelling. Money that was
/// given back because the works cost less is not counted.
pub async fn already_promised(
    db: &mut PgConnection,
    (dwelling_id, product): (Uuid, Product),
    except: Option<Uuid>,
) -> Result<Money, Error> {
    let sum: Decimal = sqlx::query_scalar!(
        r#"SELECT coalesce(sum(m.amount), 0) AS "sum!"
           FROM commitment_movements m JOIN applications a USING (application_id)
           WHERE a.dwelling_id = $1 AND a.product = $2 AND a.application_id IS DISTINCT FROM $3
             AND m.kind IN ('committed', 'released')"#,
        dwelling_id,
        product.code(),
        except,
    )
    .fetch_one(db)
    .await?;
    money("commitment_movements", sum)
}

/// An application for a dwelling that the family still asks for, or that became a loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What people call the application.
    pub number: String,
    /// NIS code of its municipality.
    pub nis_code: String,
    /// Whether the committee has said yes.
    pub approved: bool,
    /// Its loan, once signed.
    pub loan_id: Option<Uuid>,
}

/// Applications of a product for a dwelling, however its address is written, that were neither refused nor withdrawn.
pub async fn claims(
    db: &mut PgConnection,
    (dwelling_id, product): (Uuid, Product),
    except: Option<Uuid>,
) -> Result<Vec<Claim>, Error> {
    Ok(sqlx::query_as!(
        Claim,
        r#"SELECT a.number, a.nis_code, a.decided_at IS NOT NULL AS "approved!", l.loan_id AS "loan_id?"
           FROM dwellings own
           JOIN dwellings d ON plain_address(d.street, d.house_number, d.box, d.postcode)
                             = plain_address(own.street, own.house_number, own.box, own.postcode)
           JOIN applications a ON a.dwelling_id = d.dwelling_id
           LEFT JOIN loans l USING (application_id)
           WHERE own.dwelling_id = $1 AND a.product = $2 AND a.application_id IS DISTINCT FROM $3
             AND a.state IN ('submitted', 'approved', 'signed')
           ORDER BY a.submitted_at, a.number"#,
        dwelling_id,
        product.code(),
        except,
    )
    .fetch_all(db)
    .await?)
}
