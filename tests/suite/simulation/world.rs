//! The house, its funds, its families, and where the story is.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use energiehuis::domain::fund::{Fund, FundingSource};
use energiehuis::domain::identity::Iban;
use energiehuis::domain::ledger::{Account, FundingKind, FundingShare};
use energiehuis::domain::loan::{LoanEvent, LoanFact, LoanState, Status, corrected, fold};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::services::bank::BankFile;
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::{Error, House};
use energiehuis::storage::loans::{Loan, facts_of};
use uuid::Uuid;

use super::contracts::Intent;
use super::credits::Waiting;
use super::dice::Dice;
use super::options::Options;
use super::tally::Tally;
use crate::bank::account::Account as BankAccount;
use crate::support::town::{KORTRIJK, Town};

/// The first day, a Friday: every quarter of the story ends on the tenth of a month.
pub(super) const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 10).unwrap();

/// A fund with its account at the bank.
pub(super) struct Purse {
    pub(super) fund: Fund,
    pub(super) sources: Vec<FundingSource>,
    pub(super) account: BankAccount,
    /// The day through which its bank has told everything.
    pub(super) told_through: NaiveDate,
    /// Its last file, which may come twice.
    pub(super) last_file: Option<BankFile>,
    /// What each closed day said of its accounts; it says so for ever.
    pub(super) told: BTreeMap<NaiveDate, BTreeMap<Account, Money>>,
    /// Its last closed day.
    pub(super) closed_through: Option<NaiveDate>,
}

/// A family with a loan.
pub(super) struct Contract {
    pub(super) loan: Loan,
    pub(super) shares: Vec<FundingShare>,
    pub(super) quote_id: Uuid,
    pub(super) purse: usize,
    /// In how many of a hundred times it pays what is due.
    pub(super) pays: u32,
    /// How much more happens to it than to a quiet family.
    pub(super) eventful: u32,
    /// Everything that happened to it, as the database has it.
    pub(super) facts: Vec<LoanFact>,
    /// The first day whose books changed since the last check.
    pub(super) changed_from: Option<NaiveDate>,
    /// Where it stood at the last look.
    pub(super) status: Status,
}

/// Says where the story was when it broke.
pub(super) struct Place {
    pub(super) options: Options,
    pub(super) year: u32,
    pub(super) day: NaiveDate,
    pub(super) doing: String,
}

impl Drop for Place {
    #[expect(clippy::print_stderr, reason = "whoever reads a failure must know how to see it again")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self { options, year, day, doing } = self;
            eprintln!("the simulation broke in year {year}, on {day}, at {doing}; again: SIMULATION=\"{options}\"");
        }
    }
}

/// Everything.
pub(super) struct World {
    pub(super) town: Town,
    pub(super) dice: Dice,
    pub(super) purses: Vec<Purse>,
    pub(super) contracts: Vec<Contract>,
    /// Families that will come, the last first.
    pub(super) intents: Vec<Intent>,
    /// Bank lines that wait for a person.
    pub(super) waiting: Vec<Waiting>,
    pub(super) tally: Tally,
    pub(super) place: Place,
}

impl Contract {
    /// The loan on a day, as it is known now.
    pub(super) fn on(&self, day: NaiveDate) -> LoanState {
        fold(&self.loan.terms, &self.facts, day).unwrap()
    }

    /// Takes over what the database has, and remembers from which day on the books may be others.
    fn know(&mut self, facts: Vec<LoanFact>) {
        let was = corrected(&self.facts);
        let day_of = |id: Uuid| was.iter().find(|fact| fact.fact_id == id).map(|fact| fact.effective_on);
        let fresh = facts.iter().filter(|fact| !self.facts.iter().any(|known| known.fact_id == fact.fact_id));
        let days = fresh.flat_map(|fact| match &fact.event {
            LoanEvent::Corrected { fact_id, replacement, .. } => {
                [day_of(*fact_id), replacement.as_ref().map(|right| right.effective_on)]
            }
            _ => [Some(fact.effective_on), None],
        });
        let first = days.flatten().min();
        self.changed_from = self.changed_from.into_iter().chain(first).min();
        self.facts = facts;
    }
}

impl World {
    /// A house with four funds, each with money of its own kind, and nobody's loan.
    pub(super) async fn new(options: Options) -> Self {
        use FundingKind::{CreditLine, Grant, OwnMeans};
        let mut dice = Dice::of(options.seed);
        let town = Town::on(&FIRST.to_string()).await;
        let intents = super::contracts::intents(&mut dice, options);
        let place = Place { options, year: 0, day: FIRST, doing: "the beginning".to_owned() };
        let (purses, contracts, waiting) = (Vec::new(), Vec::new(), Vec::new());
        let mut world = Self { town, dice, purses, contracts, intents, waiting, tally: Tally::default(), place };
        world.open("NKF", Product::EmergencyBuyer, &[(CreditLine, 30), (CreditLine, 60)]).await;
        world.open("ROL", Product::RollingFund, &[(CreditLine, 30), (Grant, 40), (OwnMeans, 17)]).await;
        world.open("EL", Product::EnergyLoan, &[(Grant, 11), (CreditLine, 40)]).await;
        world.open("MVL", Product::RenovationLoan, &[(OwnMeans, 7), (CreditLine, 80), (Grant, 13)]).await;
        world.first_statements().await;
        world
    }

    /// A fund; each source is worth so many thousands for each family there will be.
    async fn open(&mut self, code: &str, product: Product, kinds: &[(FundingKind, i64)]) {
        let bban = format!("{:012}", 1_000_000 + code.bytes().map(i64::from).sum::<i64>());
        let iban = Iban::from_bban("BE", &bban).unwrap().canonical();
        let new = NewFund { code: code.to_owned(), name: format!("Fonds {code}"), product, iban, bic: None };
        let fund = open_fund(self.house(), &self.town.accountant, new).await.unwrap();
        let mut sources = Vec::new();
        for (kind, thousands) in kinds {
            let back = *kind == FundingKind::CreditLine;
            let new = NewSource {
                fund_id: fund.fund_id,
                kind: *kind,
                funder: if back { "VEKA".to_owned() } else { "Provincie West-Vlaanderen".to_owned() },
                nis_code: back.then(|| KORTRIJK.to_owned()),
                ceiling: Money::from_euros(thousands * 1000 * i64::from(self.place.options.loans)),
                pass_on_within_days: back.then_some(30),
                available_from: FIRST,
                ends_on: None,
                funder_iban: back.then(|| "BE68 5390 0754 7034".to_owned()),
            };
            sources.push(add_source(self.house(), &self.town.accountant, new).await.unwrap());
        }
        let account = BankAccount::of(&fund);
        let (told, closed_through) = (BTreeMap::new(), None);
        let told_through = FIRST.pred_opt().unwrap();
        self.purses.push(Purse { fund, sources, account, told_through, last_file: None, told, closed_through });
    }

    pub(super) fn house(&self) -> &House {
        &self.town.test.house
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.town.test.clock.today()
    }

    /// Moves the clock to the morning of a day, never back.
    pub(super) fn go_to(&mut self, day: NaiveDate) {
        if day > self.today() {
            self.town.test.hand.set_local(day, NaiveTime::from_hms_opt(8, 0, 0).unwrap());
        }
        self.place.day = self.today();
    }

    /// Something begins: the clock moves on a little, so that no two things are known at one moment.
    pub(super) fn begin(&mut self, doing: impl Into<String>) {
        self.town.test.hand.advance(TimeDelta::seconds(3));
        self.place.doing = doing.into();
    }

    /// The same, about one loan.
    pub(super) fn begin_with(&mut self, what: &str, index: usize) {
        let number = self.contracts[index].loan.number.clone();
        self.begin(format!("{what} of {number}"));
    }

    /// A day in a stretch of days, both ends included.
    pub(super) fn day_between(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = u32::try_from((last - first).num_days().max(0)).unwrap();
        first + Days::new(u64::from(self.dice.between(0, days)))
    }

    /// Reads again what is known of some loans.
    pub(super) async fn reload(&mut self, indexes: &[usize]) {
        let ids: Vec<Uuid> = indexes.iter().map(|index| self.contracts[*index].loan.loan_id).collect();
        let mut db = self.house().read().await.unwrap();
        let mut facts = facts_of(&mut db, &ids).await.unwrap();
        drop(db);
        for index in indexes {
            let contract = &mut self.contracts[*index];
            contract.know(facts.remove(&contract.loan.loan_id).unwrap_or_default());
        }
    }

    /// How many rows there are of everything that may be written: nothing may be, when something is refused.
    pub(super) async fn rows(&self) -> Vec<i64> {
        let counts = "SELECT ARRAY[
            (SELECT count(*) FROM loan_facts), (SELECT count(*) FROM journal_entries), (SELECT count(*) FROM postings),
            (SELECT count(*) FROM commitment_movements), (SELECT count(*) FROM payment_orders),
            (SELECT count(*) FROM bank_lines), (SELECT count(*) FROM bank_statements),
            (SELECT count(*) FROM bank_decisions), (SELECT count(*) FROM answers),
            (SELECT count(*) FROM audit_rows), (SELECT count(*) FROM invoices), (SELECT count(*) FROM tranches),
            (SELECT count(*) FROM fund_closings), (SELECT count(*) FROM loans)]";
        sqlx::query_scalar(counts).fetch_one(&self.town.test.pool).await.unwrap()
    }

    /// Counts why something was not done. What is no refusal is a defect.
    pub(super) fn refused(&mut self, error: Error, what: &str) {
        let why = match error {
            Error::Refused(text) | Error::Conflict(text) => text.key,
            Error::Invalid(problems) => {
                problems.into_iter().map(|problem| problem.text.key).collect::<Vec<_>>().join("+")
            }
            Error::NotFound { kind, .. } => format!("no {kind}"),
            other @ (Error::Forbidden | Error::Storage(_) | Error::Internal(_)) => {
                panic!("{what} is no refusal but: {other:?}")
            }
        };
        self.tally.refused(&why);
    }

    /// Ends the story, and counts what is there.
    pub(super) async fn end(mut self) -> Tally {
        for index in 0..self.contracts.len() {
            self.begin_with("the twin", index);
            self.replay(index);
        }
        self.begin("the end");
        let pool = &self.town.test.pool;
        let kinds = sqlx::query_as("SELECT kind, count(*) FROM loan_facts GROUP BY kind ORDER BY kind");
        self.tally.facts = kinds.fetch_all(pool).await.unwrap().into_iter().collect::<BTreeMap<String, i64>>();
        self.tally.loans = self.contracts.len();
        self.tally.entries = self.town.count("journal_entries").await;
        self.tally.landed = self.town.count("journal_entries WHERE belongs_on IS NOT NULL").await;
        self.tally.lines = self.town.count("bank_lines").await;
        self.town.test.finish().await;
        self.tally
    }
}
