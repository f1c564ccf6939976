//! Who helps a family of a municipality: kept by the administrator, named in every reminder.

use super::{Actor, Deed, Error, House};
use crate::domain::access::Permission;
use crate::domain::identity::EnterpriseNumber;
use crate::domain::text::Text;
use crate::storage;
pub use crate::storage::arrears::SocialService;

/// Keeps the social service (OCMW) of a municipality; a second time corrects it.
///
/// # Errors
/// The actor may not; the enterprise number is not one; there is no such municipality.
pub async fn keep(house: &House, actor: &Actor, nis_code: &str, service: &SocialService) -> Result<(), Error> {
    actor.require(Permission::ManageUsers)?;
    if EnterpriseNumber::parse(&service.enterprise_number).is_err() {
        let text = Text::new("invoicing-enterprise-number");
        return Err(Error::field("enterprise_number", &service.enterprise_number, text));
    }
    let mut tx = house.begin().await?;
    storage::social_services::put(&mut tx, nis_code, service).await.map_err(|error| match error.constraint() {
        Some("social_services_nis_code_fkey") => Error::not_found("municipality", nis_code),
        _ => error.into(),
    })?;
    let detail = serde_json::json!({ "nis_code": nis_code });
    let deed =
        Deed { action: "social_service.kept", subject_kind: "municipality", subject_id: house.ids.next(), detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await
}
