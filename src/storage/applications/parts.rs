//! People, incomes, works and quotes of an application.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use crate::domain::application::{Income, Quote, Role, Work};

/// Adds the people, in the order of their roles.
pub async fn insert_people(db: &mut PgConnection, application_id: Uuid, people: &[Uuid]) -> Result<(), Error> {
    let roles: Vec<String> = Role::ALL.iter().take(people.len()).map(|role| role.code().to_owned()).collect();
    sqlx::query!(
        "INSERT INTO application_people (application_id, person_id, role)
         SELECT $1, person_id, role FROM unnest($2::uuid[], $3::text[]) AS new (person_id, role)",
        application_id,
        people,
        &roles,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds the incomes, each with the person who earns it.
pub async fn insert_incomes(
    db: &mut PgConnection,
    application_id: Uuid,
    incomes: &[(Uuid, &Income)],
) -> Result<(), Error> {
    for (position, (person_id, income)) in incomes.iter().enumerate() {
        let line = i16::try_from(position + 1).map_err(|problem| Error::corrupt("application_incomes", problem))?;
        sqlx::query!(
            "INSERT INTO application_incomes (application_id, line, person_id, kind, income_year, amount)
             VALUES ($1, $2, $3, $4, $5, $6)",
            application_id,
            line,
            person_id,
            income.kind.code(),
            income.year,
            income.amount.decimal(),
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Works with their identifier, and their quotes, each with its identifier and its contractor.
pub type WorkParts<'a> = (Uuid, &'a Work, Vec<(Uuid, Uuid, &'a Quote)>);

/// Adds the works and their quotes.
pub async fn insert_works(db: &mut PgConnection, application_id: Uuid, works: &[WorkParts<'_>]) -> Result<(), Error> {
    for (work_id, work, quotes) in works {
        sqlx::query!(
            "INSERT INTO application_works (work_id, application_id, kind, description, improves_energy, structural)
             VALUES ($1, $2, $3, $4, $5, $6)",
            work_id,
            application_id,
            work.kind.code(),
            work.description,
            work.improves_energy,
            work.structural,
        )
        .execute(&mut *db)
        .await?;
        for (quote_id, contractor_id, quote) in quotes {
            sqlx::query!(
                "INSERT INTO application_quotes (quote_id, application_id, work_id, contractor_id, amount, quoted_on,
                                                 valid_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                quote_id,
                application_id,
                work_id,
                contractor_id,
                quote.amount.decimal(),
                quote.quoted_on,
                quote.valid_until,
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}
