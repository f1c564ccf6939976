//! What a line may be about, why, and how sure that is.

use uuid::Uuid;

/// What a line may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A payment on a loan.
    Loan(Uuid),
    /// A payment on a loan that the bank gave back.
    Payment {
        /// The loan.
        loan_id: Uuid,
        /// The payment.
        payment_id: Uuid,
    },
    /// Money of a funder.
    Source(Uuid),
    /// A payment order of ours.
    Order(Uuid),
    /// A payment order of ours that came back.
    ReturnedOrder(Uuid),
    /// A whole payment run.
    Run(Uuid),
}

/// Why, from the best reason to the weakest: the order of proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grounds {
    /// Its structured communication.
    Reference,
    /// Its communication inside free text.
    ReferenceInText,
    /// A collection of ours by direct debit, or its mandate.
    Collection,
    /// The end-to-end identification of an order.
    OrderReference,
    /// The name of a payment run, and its sum.
    RunReference,
    /// An order to that account, of that sum.
    OrderOfThatSum,
    /// An order of that sum that was paid to that account.
    PaidOrderOfThatSum,
    /// The only run that asks that sum of this account.
    RunOfThatSum,
    /// An account that pays for it, and exactly one claim of that sum.
    AccountAndSum,
    /// An account that pays for it.
    Account,
    /// Its number, or that of its application.
    FileNumber,
    /// An agency that grants renovation premiums.
    Agency,
    /// The first balance of an account.
    Opening,
    /// The name of a borrower.
    Name,
}

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// As good as certain; something else kept it from being booked.
    Certain,
    /// Nothing speaks against it.
    Likely,
    /// Worth a look.
    Possible,
    /// Ask somebody first.
    Weak,
}

impl Grounds {
    /// Every reason, best first.
    pub const ALL: [Self; 14] = [
        Self::Reference,
        Self::ReferenceInText,
        Self::Collection,
        Self::OrderReference,
        Self::RunReference,
        Self::OrderOfThatSum,
        Self::PaidOrderOfThatSum,
        Self::RunOfThatSum,
        Self::AccountAndSum,
        Self::Account,
        Self::FileNumber,
        Self::Agency,
        Self::Opening,
        Self::Name,
    ];

    /// The code in JSON; `proposal-ground-…` is its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::ReferenceInText => "reference_in_text",
            Self::Collection => "collection",
            Self::OrderReference => "order_reference",
            Self::RunReference => "run_reference",
            Self::OrderOfThatSum => "order_of_that_sum",
            Self::PaidOrderOfThatSum => "paid_order_of_that_sum",
            Self::RunOfThatSum => "run_of_that_sum",
            Self::AccountAndSum => "account_and_sum",
            Self::Account => "account",
            Self::FileNumber => "file_number",
            Self::Agency => "agency",
            Self::Opening => "opening",
            Self::Name => "name",
        }
    }

    pub(super) fn confidence(self) -> Confidence {
        match self {
            Self::Reference | Self::ReferenceInText | Self::Collection | Self::OrderReference | Self::RunReference => {
                Confidence::Certain
            }
            Self::OrderOfThatSum
            | Self::PaidOrderOfThatSum
            | Self::RunOfThatSum
            | Self::AccountAndSum
            | Self::Agency => Confidence::Likely,
            Self::Account | Self::FileNumber | Self::Opening => Confidence::Possible,
            Self::Name => Confidence::Weak,
        }
    }
}

impl Confidence {
    /// Every degree, surest first.
    pub const ALL: [Self; 4] = [Self::Certain, Self::Likely, Self::Possible, Self::Weak];

    /// The code in JSON; `proposal-…` is its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Weak => "weak",
        }
    }
}
