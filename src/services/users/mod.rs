//! Who works here: adding people and tokens, and proving who somebody is.

mod add;
mod password;
mod sign_in;
mod throttle;
mod token;

pub use add::{NewUser, add, disable};
pub use sign_in::{Door, Entry, sign_in, still_welcome};
pub use throttle::Throttle;
pub use token::{NewToken, actor_of_token, add_token};

use super::{Actor, Error, House};
use crate::domain::access::Role;
pub use crate::storage::users::User;

/// Keeps the language somebody chose for the pages: `nl` or `en`.
pub async fn choose_language(house: &House, actor: &Actor, language: &str) -> Result<(), Error> {
    let mut tx = house.begin().await?;
    crate::storage::users::set_language(&mut tx, actor.user_id, language).await?;
    house.commit(tx).await
}

impl User {
    /// This user as the one who asks.
    pub fn actor(&self) -> Actor {
        Actor { user_id: self.user_id, role: self.role, nis_code: self.nis_code.clone() }
    }

    /// Whether this user may come in at all: people who were not shut out.
    pub fn is_welcome(&self) -> bool {
        self.disabled_at.is_none() && self.role != Role::System
    }
}
