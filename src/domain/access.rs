//! Who may do what, and whose files they see.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The work somebody does here. A role is a set of permissions, nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The house itself at night: jobs.
    System,
    /// Accounts of people and tokens of programs; no files.
    Administrator,
    /// The housing desk (woonloket) of one municipality: takes the intake, sees its own files.
    HousingDesk,
    /// Processes applications, contracts and invoices.
    LoanOfficer,
    /// Decides, together with another, on what a third has made.
    CommitteeMember,
    /// Bank files, payment orders and runs, the ledger.
    Accountant,
    /// Asks whether the fund will last; reads everything, and changes nothing but closing a period and letting payments
    /// and collections leave.
    Manager,
}

/// Something a person can be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See applications.
    SeeApplications,
    /// Enter and withdraw applications.
    MakeApplications,
    /// Vote on applications and approve invoices.
    Decide,
    /// See loans, their schedules and letters.
    SeeLoans,
    /// Sign contracts, register invoices, close draws.
    ManageLoans,
    /// Import bank files and settle their lines.
    ManageBank,
    /// Register, amend and stop mandates of borrowers.
    ManageMandates,
    /// Make and release the files with which money is collected, and answer what came back.
    ManageCollections,
    /// See bank lines and payment orders.
    SeeBank,
    /// See funds and reports.
    SeeFunds,
    /// Make payment runs, cancel and export them, record another account of a contractor.
    MakePayments,
    /// Release payment runs.
    ReleasePayments,
    /// Open funds, add sources, order passing on to the funder, make reports.
    ManageFunds,
    /// Close periods of the ledger, for good.
    ClosePeriods,
    /// See jobs and the outbox.
    SeeJobs,
    /// Run jobs by hand.
    RunJobs,
    /// Manage accounts and tokens.
    ManageUsers,
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a role; use administrator, housing_desk, loan_officer, committee_member, accountant or manager")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role a person can have.
    pub const PEOPLE: [Self; 6] = [
        Self::Administrator,
        Self::HousingDesk,
        Self::LoanOfficer,
        Self::CommitteeMember,
        Self::Accountant,
        Self::Manager,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Administrator => "administrator",
            Self::HousingDesk => "housing_desk",
            Self::LoanOfficer => "loan_officer",
            Self::CommitteeMember => "committee_member",
            Self::Accountant => "accountant",
            Self::Manager => "manager",
        }
    }

    /// Whether this role holds a permission.
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::System => true,
            Self::Administrator => matches!(permission, P::ManageUsers | P::SeeJobs | P::RunJobs),
            Self::HousingDesk => matches!(permission, P::SeeApplications | P::MakeApplications | P::SeeLoans),
            Self::LoanOfficer => matches!(
                permission,
                P::SeeApplications
                    | P::MakeApplications
                    | P::SeeLoans
                    | P::ManageLoans
                    | P::ManageMandates
                    | P::SeeBank
                    | P::SeeFunds
                    | P::SeeJobs
            ),
            Self::CommitteeMember => matches!(permission, P::SeeApplications | P::Decide | P::SeeLoans | P::SeeFunds),
            Self::Accountant => matches!(
                permission,
                P::SeeLoans
                    | P::SeeBank
                    | P::ManageBank
                    | P::ManageMandates
                    | P::ManageCollections
                    | P::MakePayments
                    | P::ReleasePayments
                    | P::SeeFunds
                    | P::ManageFunds
                    | P::ClosePeriods
                    | P::SeeJobs
                    | P::RunJobs
            ),
            Self::Manager => matches!(
                permission,
                P::SeeApplications
                    | P::SeeLoans
                    | P::SeeBank
                    | P::ManageCollections
                    | P::MakePayments
                    | P::ReleasePayments
                    | P::SeeFunds
                    | P::ClosePeriods
                    | P::SeeJobs
            ),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::PEOPLE
            .into_iter()
            .chain([Self::System])
            .find(|role| role.code() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}
