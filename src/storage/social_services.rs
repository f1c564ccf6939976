//! The social service (OCMW) of each municipality: legal lender of an emergency-buyer loan, and whom a family calls.

use sqlx::PgConnection;

use super::Error;
use super::arrears::SocialService;

/// Adds the social service of a municipality, or corrects it (`social_services_nis_code_fkey`). Its town is split
/// into postcode and locality.
pub async fn put(db: &mut PgConnection, nis_code: &str, service: &SocialService) -> Result<(), Error> {
    let (postcode, locality) = service.town.split_once(' ').unwrap_or(("", service.town.as_str()));
    sqlx::query!(
        "INSERT INTO social_services (nis_code, name, enterprise_number, street, postcode, locality, phone, email)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (nis_code) DO UPDATE
         SET name = excluded.name, enterprise_number = excluded.enterprise_number, street = excluded.street,
             postcode = excluded.postcode, locality = excluded.locality, phone = excluded.phone, email = excluded.email",
        nis_code,
        service.name,
        service.enterprise_number,
        service.street,
        postcode,
        locality,
        service.phone,
        service.email,
    )
    .execute(db)
    .await?;
    Ok(())
}
