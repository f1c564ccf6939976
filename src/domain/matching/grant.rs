//! Renovation grants: what comes from an account of a granting agency and names exactly one loan is that loan's grant.

use uuid::Uuid;

use super::decide::Matcher;
use super::{Line, Match, Nature, Reason};

impl Matcher {
    /// What a line from the account of a granting agency is about, given what it is about otherwise: with the
    /// communication of a loan, or with one number of a loan or an application of this fund, it is certain. Anything
    /// else waits as before.
    pub fn granted(&self, fund_id: Uuid, line: &Line<'_>, found: Match) -> Match {
        match found {
            Match::Loan { loan_id, .. } => Match::Grant { loan_id },
            Match::Suspense { reason: Reason::NoReference | Reason::LoanNumberInText, suggestion: _ }
                if line.amount.is_positive() && line.nature == Nature::Payment =>
            {
                self.suggestion(fund_id, line).map_or(found, |loan_id| Match::Grant { loan_id })
            }
            other => other,
        }
    }
}
