//! A family of the demo: who they are, what they ask, and how their file will run.

use chrono::NaiveDate;

use super::towns::Town;
use crate::domain::application::WorkKind;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::i18n::{self, Lang};
use crate::services::contracts::Valuation;

/// Somebody of a family. Invented.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) given_name: &'static str,
    pub(super) family_name: &'static str,
    pub(super) born_on: NaiveDate,
    /// None: no mailbox, letters go by post.
    pub(super) email: Option<String>,
    pub(super) language: &'static str,
}

impl Member {
    /// Given name and family name.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// Works that a family plans, with their one quote.
#[derive(Debug, Clone)]
pub(super) struct PlannedWork {
    pub(super) kind: WorkKind,
    pub(super) description: &'static str,
    pub(super) improves_energy: bool,
    pub(super) structural: bool,
    /// Place of the firm in the list of firms.
    pub(super) firm: usize,
    /// The quote, in whole euros, taxes included.
    pub(super) quoted: Money,
}

/// A family and its request.
#[derive(Debug, Clone)]
pub(super) struct Family {
    /// Its place in the story, from 0.
    pub(super) number: u32,
    pub(super) members: Vec<Member>,
    pub(super) town: &'static Town,
    pub(super) street: &'static str,
    pub(super) house_number: u32,
    pub(super) built_in: u32,
    pub(super) epc_label: &'static str,
    pub(super) product: Product,
    pub(super) applied_on: NaiveDate,
    pub(super) amount: Money,
    /// Of an energy loan.
    pub(super) instalments: Option<u32>,
    pub(super) works: Vec<PlannedWork>,
    /// Joint taxable income of three years before.
    pub(super) income: Money,
    pub(super) dependants: u32,
    pub(super) fate: Fate,
    pub(super) habit: Habit,
}

/// How a request runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// To the committee, the notary's table and the works, as far as the story goes.
    Runs,
    /// The committee says yes in the last days of the story; the contract is still to be signed.
    YesAtTheEnd,
    /// A rule says no; the committee tells the family.
    NotEligible(Flaw),
    /// The solvency inquiry does not come.
    PaperMissing,
    /// The family finds another way before the committee meets.
    Withdrawn,
    /// The family gives up after the committee said yes.
    WithdrawnAfterYes,
}

/// What a rule does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// They own another house.
    OtherHouse,
    /// They earn too much.
    Income,
    /// They ask more than the ceiling.
    TooMuch,
}

/// How a borrower pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// On the day itself.
    OnTime,
    /// So many days before.
    Early(u32),
    /// Up to so many days later, but always.
    Late(u32),
    /// Half of it for three months after so many instalments, and the other half three months later.
    Halves(u32),
    /// Nothing more in the last so many months of the story.
    Stops(u32),
    /// Everything at once, so many months after the works.
    PaysOff(u32),
    /// Now and then without a reference.
    Forgets,
    /// Now and then with a wrong digit in the reference.
    Mistypes,
    /// Through the budget manager, who pays for several families at once.
    ByBudgetManager,
    /// On the day itself, and in the end by direct debit.
    ByDebit(Tale),
}

/// What happens to the mandate of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tale {
    /// Nothing: it is collected from month after month.
    Steady,
    /// In the month so many months before the last there is not enough money; it is tried again.
    LacksMoney(i32),
    /// Its account is closed, it tells the new one.
    MovesBank,
    /// It takes a collection back at its bank.
    TakesBack,
    /// Its account is closed in the last month, and nobody has heard from it yet.
    ClosesAccount,
    /// It rather pays by itself again.
    Stops,
    /// It signs so many days before the end.
    Joins(u64),
    /// Nothing is ever collected, until the mandate ends by itself.
    Idle,
    /// The same, and it ends soon.
    EndsSoon,
}

impl Family {
    /// What an expert says the dwelling is worth before the works, where the contract shares the gain.
    pub(super) fn valuation(&self, on: NaiveDate) -> Option<Valuation> {
        let value = Money::from_euros(118_000 + i64::from(self.built_in % 20) * 2_500);
        let valued_by = format!("Landmeter-expert Schatters & Co, {}", i18n::date_short(Lang::Nl, on));
        (self.product == Product::RollingFund).then_some(Valuation { value, valued_by })
    }

    /// The first of them, who signs.
    pub(super) fn applicant(&self) -> &Member {
        &self.members[0]
    }
}
