//! People and programs that may come in, and the hashes they prove it with.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::access::Role;

/// Somebody who works here.
#[derive(Debug, Clone)]
pub struct User {
    /// Its identifier.
    pub user_id: Uuid,
    /// The address to sign in with, in lower case.
    pub email: String,
    /// The name that colleagues see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Set: they see the files of this municipality only.
    pub nis_code: Option<String>,
    /// Name of that municipality.
    pub municipality: Option<String>,
    /// Argon2id in PHC format; none: cannot sign in.
    pub password_hash: Option<String>,
    /// `nl` or `en`.
    pub language: String,
    /// Set: may no longer come in.
    pub disabled_at: Option<DateTime<Utc>>,
}

struct Row {
    user_id: Uuid,
    email: String,
    name: String,
    role: String,
    nis_code: Option<String>,
    municipality: Option<String>,
    password_hash: Option<String>,
    language: String,
    disabled_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for User {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            user_id: row.user_id,
            email: row.email,
            name: row.name,
            role: row.role.parse().map_err(|problem| Error::corrupt("users", problem))?,
            nis_code: row.nis_code,
            municipality: row.municipality,
            password_hash: row.password_hash,
            language: row.language,
            disabled_at: row.disabled_at,
        })
    }
}

/// The user with an address; it must be in lower case.
pub async fn by_email(db: &mut PgConnection, email: &str) -> Result<Option<User>, Error> {
    sqlx::query_as!(
        Row,
        r#"SELECT u.user_id, u.email, u.name, u.role, u.nis_code, m.name AS "municipality?", u.password_hash, u.language,
                  u.disabled_at
           FROM users u LEFT JOIN municipalities m USING (nis_code) WHERE u.email = $1"#,
        email
    )
    .fetch_optional(db)
    .await?
    .map(User::try_from)
    .transpose()
}

/// The user with an identifier.
pub async fn by_id(db: &mut PgConnection, user_id: Uuid) -> Result<Option<User>, Error> {
    sqlx::query_as!(
        Row,
        r#"SELECT u.user_id, u.email, u.name, u.role, u.nis_code, m.name AS "municipality?", u.password_hash, u.language,
                  u.disabled_at
           FROM users u LEFT JOIN municipalities m USING (nis_code) WHERE u.user_id = $1"#,
        user_id
    )
    .fetch_optional(db)
    .await?
    .map(User::try_from)
    .transpose()
}

/// The user whose token has this hash, while both may still come in.
pub async fn by_token(db: &mut PgConnection, sha256: &[u8], now: DateTime<Utc>) -> Result<Option<User>, Error> {
    sqlx::query_as!(
        Row,
        r#"SELECT u.user_id, u.email, u.name, u.role, u.nis_code, m.name AS "municipality?", u.password_hash, u.language,
                  u.disabled_at
           FROM api_tokens t JOIN users u USING (user_id) LEFT JOIN municipalities m USING (nis_code)
           WHERE t.token_sha256 = $1 AND t.expires_at > $2 AND u.disabled_at IS NULL"#,
        sha256,
        now
    )
    .fetch_optional(db)
    .await?
    .map(User::try_from)
    .transpose()
}

/// Adds a user.
pub async fn insert(db: &mut PgConnection, user: &User, created_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO users (user_id, email, name, role, nis_code, password_hash, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        user.user_id,
        user.email,
        user.name,
        user.role.code(),
        user.nis_code,
        user.password_hash,
        user.language,
        created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the language somebody chose.
pub async fn set_language(db: &mut PgConnection, user_id: Uuid, language: &str) -> Result<(), Error> {
    sqlx::query!("UPDATE users SET language = $2 WHERE user_id = $1", user_id, language).execute(db).await?;
    Ok(())
}

/// Closes an account, once; false when it was closed before.
pub async fn disable(db: &mut PgConnection, user_id: Uuid, at: DateTime<Utc>) -> Result<bool, Error> {
    let done =
        sqlx::query!("UPDATE users SET disabled_at = $2 WHERE user_id = $1 AND disabled_at IS NULL", user_id, at)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// A token of a program, as it is kept.
#[derive(Debug)]
pub struct Token<'a> {
    /// SHA-256 of the token; the token itself is never kept.
    pub sha256: &'a [u8],
    /// For whom it stands.
    pub user_id: Uuid,
    /// What it is for, in words.
    pub label: &'a str,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when it no longer works.
    pub expires_at: DateTime<Utc>,
}

/// Adds a token of a program.
pub async fn insert_token(db: &mut PgConnection, token: &Token<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO api_tokens (token_sha256, user_id, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        token.sha256,
        token.user_id,
        token.label,
        token.created_at,
        token.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
