//! Passwords as Argon2id (RFC 9106), 19 MiB, two passes, one lane: the OWASP advice of 2023 for servers.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::services::Error;

/// Memory in KiB.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash of the same cost that no password opens: who guesses an address waits as long as who guesses a password.
/// Its salt and its digest are sixteen and thirty-two times the letter A.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$QUFBQUFBQUFBQUFBQUFBQQ$QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE";

fn argon() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password, in PHC format. Takes tens of milliseconds: run it off the async threads.
pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<String, Error> {
    let hash: PasswordHash = argon()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// Whether a password belongs to a hash. Without a hash it works as long and says no.
pub(super) fn verify(password: &str, hash: Option<&str>) -> bool {
    let Ok(argon) = argon() else { return false };
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    argon.verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_and_no_other() {
        let own = hash("vier gewone woorden samen", [7; 16]).unwrap_or_default();
        assert!(own.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{own}");
        assert!(verify("vier gewone woorden samen", Some(&own)));
        assert!(!verify("vier gewone woorden", Some(&own)));
    }

    #[test]
    fn nobody_s_hash_is_a_hash_and_opens_for_nobody() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!verify("", None));
    }
}
