//! The SEPA creditor identifier of a Belgian creditor: `BE12ZZZ0456810810`.

use std::fmt;

use super::{EnterpriseNumber, mod97, stored_canonically, without};

/// A creditor identifier of an enterprise: BE, two check digits, a business code of three signs that is free to
/// use (and not part of the check), the enterprise number (EPC262-08).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditorId {
    business_code: String,
    enterprise: EnterpriseNumber,
}

/// Why a text is not a Belgian creditor identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCreditorId {
    /// Not BE, two digits, three signs and ten digits.
    #[error("“{0}” is not a Belgian creditor identifier; write it like BE12ZZZ0456810810")]
    Shape(String),
    /// The last ten digits are not an enterprise number.
    #[error("the creditor identifier must end in an enterprise number: {0}")]
    Enterprise(#[from] super::InvalidEnterpriseNumber),
    /// The two check digits are wrong.
    #[error("“{text}” has the check digits {found}, but its enterprise number asks for {right}")]
    Check {
        /// What was given.
        text: String,
        /// Its third and fourth sign.
        found: String,
        /// What they should be.
        right: String,
    },
}

impl CreditorId {
    /// Reads a creditor identifier with or without blanks, points and hyphens.
    pub fn parse(text: &str) -> Result<Self, InvalidCreditorId> {
        let bare = without(&['.', '-'], text).to_ascii_uppercase();
        let shaped = bare.len() == 17 && bare.starts_with("BE") && bare.bytes().all(|b| b.is_ascii_alphanumeric());
        if !shaped {
            return Err(InvalidCreditorId::Shape(text.to_owned()));
        }
        let enterprise = EnterpriseNumber::parse(&bare[7..])?;
        let (found, right) = (&bare[2..4], check_digits(enterprise));
        if found == right {
            Ok(Self { business_code: bare[4..7].to_owned(), enterprise })
        } else {
            Err(InvalidCreditorId::Check { text: text.to_owned(), found: found.to_owned(), right })
        }
    }

    /// The identifier of an enterprise with the business code `ZZZ`, which says nothing.
    pub fn of(enterprise: EnterpriseNumber) -> Self {
        Self { business_code: "ZZZ".to_owned(), enterprise }
    }

    /// The identifier as stored and as banks exchange it.
    pub fn canonical(&self) -> String {
        format!("BE{}{}{}", check_digits(self.enterprise), self.business_code, self.enterprise.canonical())
    }

    /// Whose identifier it is.
    pub fn enterprise(&self) -> EnterpriseNumber {
        self.enterprise
    }
}

fn check_digits(enterprise: EnterpriseNumber) -> String {
    format!("{:02}", 98 - mod97(enterprise.canonical().chars().chain("BE00".chars())))
}

impl fmt::Display for CreditorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.canonical())
    }
}

stored_canonically!(CreditorId, InvalidCreditorId);
