//! What must hold at the end of every year: for the ledger as a whole, and for every loan whose books changed.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use energiehuis::clock::business_date;
use energiehuis::domain::ledger::{Account, Balances, balances};
use energiehuis::domain::loan::{FoldError, LoanFact, LoanState, admit, fold, fold_as_known};
use energiehuis::domain::money::Money;
use energiehuis::services::funds::history::history;
use energiehuis::services::funds::position::position;
use energiehuis::services::ledger::check::check;
use energiehuis::services::loans::show::{When, show_as_known};
use energiehuis::services::reports::veka;
use energiehuis::services::{Actor, Error};
use energiehuis::storage::ledger::{Movement, movements_of_loan};
use uuid::Uuid;

use super::sound::is_sound;
use super::world::World;

/// The accounts that are kept per loan and follow from its facts.
const OF_LOANS: [Account; 5] = [
    Account::LoansReceivable,
    Account::BorrowerOverpayments,
    Account::InterestIncome,
    Account::GainShareIncome,
    Account::WriteOffLoss,
];

impl World {
    /// Everything, after a year.
    pub(super) async fn check_everything(&mut self) {
        self.begin("the check of the ledger");
        let found = check(self.house(), &Actor::system()).await.unwrap();
        assert!(found.ok, "{:#?}", found.differences);
        for index in 0..self.contracts.len() {
            if let Some(from) = self.contracts[index].changed_from {
                self.begin_with("the check", index);
                self.check_loan(index, from).await;
                self.contracts[index].changed_from = None;
            }
        }
        self.begin("the check of the sources");
        self.check_sources().await;
        self.begin("the check of what was told");
        self.check_told().await;
        if !self.contracts.is_empty() {
            let index = self.dice.place(self.contracts.len());
            self.begin_with("the twin", index);
            self.replay(index);
            self.begin_with("what is shown", index);
            self.check_shown(index).await;
        }
        self.begin("the months of a fund");
        self.check_months().await;
        self.begin("the report of the year");
        self.check_report().await;
    }

    /// What people see of a loan on a day, as it was believed at the end of another.
    async fn check_shown(&mut self, index: usize) {
        let (signed_on, today) = (self.contracts[index].loan.terms.signed_on, self.today());
        let (as_of, known_at) = (self.day_between(signed_on, today), self.day_between(signed_on, today));
        let contract = &self.contracts[index];
        let when = When { as_of: Some(as_of), known_at: Some(known_at) };
        let shown = show_as_known(self.house(), &self.town.officer, &contract.loan.number, when).await;
        let known = |fact: &&LoanFact| business_date(fact.booked_at) <= known_at;
        let facts: Vec<LoanFact> = contract.facts.iter().filter(known).cloned().collect();
        match fold(&contract.loan.terms, &facts, as_of) {
            Ok(state) => assert_eq!(shown.unwrap().state, state),
            Err(error) => assert!(matches!(shown, Err(Error::NotFound { .. })), "{shown:?} {error}"),
        }
    }

    /// A fund as its chart has it is the fund as its position has it.
    async fn check_months(&mut self) {
        let fund_id = self.dice.pick(&self.purses).fund.fund_id;
        let months = history(self.house(), &self.town.accountant, fund_id, None).await.unwrap();
        let month = *self.dice.pick(&months);
        let found = position(self.house(), &self.town.accountant, Some(month.on)).await.unwrap();
        let found = found.into_iter().find(|position| position.fund.fund_id == fund_id).unwrap();
        assert_eq!(found.details, month.position, "{} on {}", found.code, month.on);
    }

    /// The report of the year that ended agrees with the ledger.
    async fn check_report(&mut self) {
        let year = self.today().year() - 1;
        let report = veka::run(self.house(), &self.town.accountant, year.to_string().parse().unwrap()).await.unwrap();
        let apart: Vec<_> = report.figures.ties.iter().filter(|tie| !tie.difference.is_zero()).collect();
        assert!(apart.is_empty(), "{apart:?}");
    }

    /// A loan on the days whose books changed, and on days of chance.
    async fn check_loan(&mut self, index: usize, from: NaiveDate) {
        let today = self.today();
        let mut db = self.house().read().await.unwrap();
        let movements = movements_of_loan(&mut db, self.contracts[index].loan.loan_id).await.unwrap();
        drop(db);
        let signed_on = self.contracts[index].loan.terms.signed_on;
        let mut days: Vec<NaiveDate> =
            (from.year()..today.year()).filter_map(|year| NaiveDate::from_ymd_opt(year, 12, 31)).collect();
        days.extend([self.day_between(signed_on, today), self.day_between(from, today), from, today]);
        let contract = &self.contracts[index];
        let shuffled = self.dice.shuffled(&contract.facts);
        let status = self.contracts[index].on(today).status;
        self.contracts[index].status = status;
        for day in days.into_iter().filter(|day| *day >= signed_on) {
            let contract = &self.contracts[index];
            let state = contract.on(day);
            is_sound(&state);
            if day == today || self.dice.percent(25) {
                let contract = &self.contracts[index];
                let other = fold(&contract.loan.terms, &shuffled, day).unwrap();
                assert_eq!(state, other, "the order in which facts are read changes nothing");
            }
            let booked = booked(&movements, day, None);
            let contract = &self.contracts[index];
            assert_eq!(booked, of_loan(&balances(&state, &contract.shares)), "the books of {day}: {}", told(contract));
            self.tally.folds += 1;
        }
        self.check_belief(index, &movements);
    }

    /// What was believed at a moment about a day is what had been booked by then.
    fn check_belief(&mut self, index: usize, movements: &[Movement]) {
        let today = self.today();
        let contract = &self.contracts[index];
        let known_at = self.dice.pick(&contract.facts).booked_at;
        let day = self.day_between(self.contracts[index].loan.terms.signed_on, today);
        let contract = &self.contracts[index];
        let believed = fold_as_known(&contract.loan.terms, &contract.facts, day, known_at);
        let believed = match believed {
            Ok(state) => balances(&state, &contract.shares),
            Err(FoldError::NotSigned(_)) => Balances::new(),
            Err(error) => panic!("{error}"),
        };
        let booked = booked(movements, day, Some(known_at));
        assert_eq!(booked, of_loan(&believed), "what was believed at {known_at} of {day}: {}", told(contract));
    }

    /// Each source that must be paid back has in the books what the loans say of it, at the end of the year.
    async fn check_sources(&mut self) {
        let day = NaiveDate::from_ymd_opt(self.today().year() - 1, 12, 31).unwrap();
        let mut expected: BTreeMap<(Uuid, Account), Money> = BTreeMap::new();
        for contract in self.contracts.iter().filter(|contract| contract.loan.terms.signed_on <= day) {
            for ((account, source), amount) in balances(&contract.on(day), &contract.shares) {
                if let Some(source_id) = source {
                    *expected.entry((source_id, account)).or_default() += amount;
                }
            }
        }
        let statement = "SELECT p.source_id, p.account, sum(p.amount)
                         FROM postings p JOIN journal_entries e USING (entry_id)
                         WHERE p.account IN ('owed_to_funder', 'due_to_funder')
                           AND e.reason NOT IN ('funding_received', 'passed_to_funder', 'passed_on_due')
                           AND coalesce(e.belongs_on, e.effective_on) <= $1
                         GROUP BY p.source_id, p.account";
        let rows: Vec<(Uuid, String, rust_decimal::Decimal)> =
            sqlx::query_as(statement).bind(day).fetch_all(&self.town.test.pool).await.unwrap();
        let booked = rows.into_iter().map(|(source_id, account, amount)| {
            ((source_id, account.parse::<Account>().unwrap()), Money::exact(amount).unwrap())
        });
        let booked: BTreeMap<_, _> = booked.filter(|(_, amount)| !amount.is_zero()).collect();
        expected.retain(|_, amount| !amount.is_zero());
        assert_eq!(booked, expected, "the sources on {day}");
    }

    /// What a fund told of a closed day it tells for ever.
    async fn check_told(&mut self) {
        for purse in 0..self.purses.len() {
            let days: Vec<NaiveDate> = self.purses[purse].told.keys().copied().collect();
            let some = [days.last().copied(), (!days.is_empty()).then(|| *self.dice.pick(&days))];
            for day in some.into_iter().flatten() {
                let now = self.told(purse, day).await;
                assert_eq!(now, self.purses[purse].told[&day], "{} on {day}", self.purses[purse].fund.code);
            }
        }
    }

    /// What the books of a fund say of each account at the end of a day.
    pub(super) async fn told(&self, purse: usize, day: NaiveDate) -> BTreeMap<Account, Money> {
        let statement = "SELECT p.account, sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                         WHERE p.fund_id = $1 AND e.effective_on <= $2 GROUP BY p.account";
        let rows: Vec<(String, rust_decimal::Decimal)> = sqlx::query_as(statement)
            .bind(self.purses[purse].fund.fund_id)
            .bind(day)
            .fetch_all(&self.town.test.pool)
            .await
            .unwrap();
        rows.into_iter().map(|(account, sum)| (account.parse().unwrap(), Money::exact(sum).unwrap())).collect()
    }

    /// The same loan, lived again: every fact admitted on the day it was booked, one after another.
    pub(super) fn replay(&self, index: usize) {
        let contract = &self.contracts[index];
        let terms = &contract.loan.terms;
        let mut facts = contract.facts.clone();
        facts.sort_by_key(|fact| (fact.booked_at, fact.fact_id));
        let mut known: Vec<LoanFact> = Vec::new();
        let mut grown: Option<LoanState> = None;
        for fact in facts {
            let today = business_date(fact.booked_at);
            let admitted = admit(terms, &known, &fact, today);
            let admitted = admitted.unwrap_or_else(|error| panic!("{error}, which was booked: {}", told(contract)));
            // Where a fact comes last, adding it is as good as folding everything again.
            let added = match grown {
                None => LoanState::open(terms, &fact).and_then(|state| state.on(today)),
                Some(state) => state.apply(&fact).and_then(|state| state.on(today)),
            };
            match added {
                Err(FoldError::OutOfOrder { .. }) => {}
                added => assert_eq!(added.unwrap(), admitted, "one more fact: {}", told(contract)),
            }
            grown = Some(admitted);
            known.push(fact);
        }
        let today = self.today();
        let twin = grown.unwrap().on(today).unwrap();
        assert_eq!(twin, contract.on(today), "the twin of {}", told(contract));
    }
}

/// What was booked on a loan, by the day it belongs to: up to a day, and by a moment.
fn booked(movements: &[Movement], day: NaiveDate, known_at: Option<DateTime<Utc>>) -> BTreeMap<Account, Money> {
    let mut sums: BTreeMap<Account, Money> = BTreeMap::new();
    for movement in movements {
        let belongs = movement.belongs_on.unwrap_or(movement.effective_on);
        let known = known_at.is_none_or(|moment| movement.booked_at <= moment);
        if belongs <= day && known && OF_LOANS.contains(&movement.account) {
            *sums.entry(movement.account).or_default() += movement.amount;
        }
    }
    sums.retain(|_, amount| !amount.is_zero());
    sums
}

/// The part of a loan's balances that its own accounts hold.
fn of_loan(balances: &Balances) -> BTreeMap<Account, Money> {
    let own = balances.iter().filter(|((_, source), amount)| source.is_none() && !amount.is_zero());
    own.map(|((account, _), amount)| (*account, *amount)).collect()
}

/// Everything that happened to a loan, for whoever looks for the reason.
fn told(contract: &super::world::Contract) -> String {
    let mut facts = contract.facts.clone();
    facts.sort_by_key(|fact| (fact.booked_at, fact.fact_id));
    let lines = facts.iter().map(|fact| {
        let event = serde_json::to_string(&fact.event).unwrap();
        format!("{} known {} {} {event}", fact.effective_on, fact.booked_at, fact.fact_id)
    });
    format!("{:?}\n{}", contract.loan.terms, lines.collect::<Vec<_>>().join("\n"))
}
