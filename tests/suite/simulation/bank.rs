//! The banks of the funds: each tells everything in CODA files, now and then twice, or with something wrong in it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use energiehuis::domain::ledger::FundingKind;
use energiehuis::domain::loan::LoanEvent;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{EntryToWrite, StatementToWrite};
use energiehuis::services::bank::{BankFile, FileState, import};
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::storage::ledger::funding_received;
use energiehuis::storage::payment_orders::{OrderFilter, list};
use uuid::Uuid;

use super::credits::{About, Coming, Waiting, stranger};
use super::world::{FIRST, World};
use crate::bank::account::{Account, charged, executed, file, paid, total};
use crate::support::town::euros;

impl World {
    /// The banks tell of grants and own means that came in on the first day.
    pub(super) async fn first_statements(&mut self) {
        for purse in 0..self.purses.len() {
            let gifts = self.purses[purse].sources.iter().filter(|source| source.kind != FundingKind::CreditLine);
            let gift = |amount: Money, ogm| Coming { on: FIRST, entry: paid(amount, ogm), about: About::Other };
            let coming = gifts.map(|source| gift(source.ceiling, source.ogm)).collect();
            self.tell(purse, coming).await;
        }
    }

    /// A bank tells everything until today.
    pub(super) async fn statement(&mut self, purse: usize) {
        let code = self.purses[purse].fund.code.clone();
        self.begin(format!("a statement of {code}"));
        let (after, until) = (self.purses[purse].told_through, self.today());
        if until <= after {
            return;
        }
        let mut coming = self.credits(purse, (after, until));
        coming.extend(self.returned(purse, (after, until)));
        coming.extend(self.ordered(purse, (after, until)).await);
        coming.extend(self.of_funders(purse, &coming, until).await);
        coming.extend(self.oddities((after, until)));
        // Now and then a line is of long ago.
        for movement in &mut coming {
            if self.dice.percent(1) {
                let days = u64::from(self.dice.between(10, 400));
                movement.on = (movement.on - Days::new(days)).max(FIRST);
            }
        }
        coming.sort_by_key(|movement| movement.on);
        self.tell(purse, coming).await;
    }

    /// Writes a statement of today and takes it in.
    async fn tell(&mut self, purse: usize, coming: Vec<Coming>) {
        let on = self.today();
        let entries = in_totals(&coming);
        let statement = statement(&mut self.purses[purse].account, on, entries);
        let bytes = file(&format!("{on}.cod"), &[statement]);
        let mut report = import(self.house(), &self.town.accountant, vec![bytes.clone()]).await.unwrap();
        let report = report.files.remove(0);
        assert_eq!(report.state, FileState::Imported, "{report:#?}");
        self.purses[purse].told_through = on;
        self.purses[purse].last_file = Some(bytes);
        let mut left = coming.clone();
        for line in report.suspense {
            let same = |movement: &Coming| movement.on == line.booked_on && movement.entry.line.amount == line.amount;
            let place = left.iter().position(same);
            let about = place.map_or(About::Other, |place| left.remove(place).about);
            self.waiting.push(Waiting { bank_line_id: line.bank_line_id, purse, amount: line.amount, about, looks: 0 });
        }
        let mut known: Vec<usize> = coming.iter().filter_map(|movement| loan_of(movement.about)).collect();
        known.sort_unstable();
        known.dedup();
        self.reload(&known).await;
    }

    /// Direct debits that come back: a debit without an order.
    fn returned(&mut self, purse: usize, (after, until): (NaiveDate, NaiveDate)) -> Vec<Coming> {
        let recent = |on: NaiveDate| on > after - Days::new(100) && on < until;
        let mut found = Vec::new();
        for (index, contract) in self.contracts.iter().enumerate().filter(|(_, contract)| contract.purse == purse) {
            for fact in contract.facts.iter().filter(|fact| recent(fact.effective_on)) {
                if let LoanEvent::PaymentReceived { payment_id, amount, .. } = fact.event {
                    found.push((index, payment_id, amount, fact.effective_on));
                }
            }
        }
        let mut coming = Vec::new();
        for (index, payment_id, amount, paid_on) in found {
            if self.dice.percent(2) {
                let on = self.day_between(paid_on.max(after) + Days::new(1), until);
                coming.push(Coming { on, entry: executed(amount, "X"), about: About::Return(index, payment_id) });
            }
        }
        coming
    }

    /// Orders that the bank executes: mostly all of them; seldom twice, or for another amount.
    async fn ordered(&mut self, purse: usize, (after, until): (NaiveDate, NaiveDate)) -> Vec<Coming> {
        let filter = OrderFilter { fund_id: Some(self.purses[purse].fund.fund_id), ..OrderFilter::default() };
        let mut db = self.house().read().await.unwrap();
        let open = list(&mut db, &OrderFilter { paid: Some(false), ..filter }).await.unwrap();
        drop(db);
        let mut coming = Vec::new();
        for order in open {
            if !self.dice.percent(92) {
                continue;
            }
            let on = self.day_between(order.ordered_on.max(after + Days::new(1)), until);
            let entry = |amount| executed(amount, &order.end_to_end_id);
            let about = About::Other;
            match self.dice.between(1, 60) {
                1 => coming.push(Coming { on, entry: entry(order.amount + euros(1)), about }),
                2 => {
                    coming.push(Coming { on, entry: entry(order.amount), about });
                    coming.push(Coming { on: until, entry: entry(order.amount), about });
                }
                _ => coming.push(Coming { on, entry: entry(order.amount), about }),
            }
        }
        coming
    }

    /// Funders fill the account up before it is empty, as far as they promised.
    async fn of_funders(&mut self, purse: usize, coming: &[Coming], on: NaiveDate) -> Option<Coming> {
        let moved: Money = coming.iter().map(|movement| movement.entry.line.amount).sum();
        let short = euros(5_000) - self.purses[purse].account.balance - moved;
        let mut db = self.house().read().await.unwrap();
        let received: BTreeMap<Uuid, Money> = funding_received(&mut db, None).await.unwrap().into_iter().collect();
        drop(db);
        let lines = self.purses[purse].sources.iter().filter(|source| source.kind == FundingKind::CreditLine);
        let (source, room) = lines
            .map(|source| (source, source.ceiling - received.get(&source.source_id).copied().unwrap_or_default()))
            .find(|(_, room)| room.is_positive())?;
        if !short.is_positive() {
            return None;
        }
        let amount = (short + euros(20_000)).min(room);
        Some(Coming { on, entry: paid(amount, source.ogm), about: About::Other })
    }

    /// Charges, and money of strangers.
    fn oddities(&mut self, (after, until): (NaiveDate, NaiveDate)) -> Vec<Coming> {
        let mut entries = Vec::new();
        if self.dice.percent(30) {
            entries.push(charged(self.dice.money(Money::from_cents(1), euros(20))));
        }
        if self.dice.percent(5) {
            entries.push(paid(self.dice.money(euros(1), euros(900)), stranger()));
        }
        let first = after + Days::new(1);
        let about = About::Other;
        entries.into_iter().map(|entry| Coming { on: self.day_between(first, until), entry, about }).collect()
    }

    /// What was repaid goes back to the funders.
    pub(super) async fn pass_on(&mut self, purse: usize) {
        self.begin("passing on");
        let fund_id = self.purses[purse].fund.fund_id;
        pass_on(self.house(), &self.town.accountant, fund_id).await.unwrap();
    }
}

/// Three of more than twenty payments came in one total, as those of somebody who pays for many.
fn in_totals(coming: &[Coming]) -> Vec<EntryToWrite> {
    let mut entries: Vec<EntryToWrite> = coming.iter().map(dated).collect();
    let credits: Vec<usize> =
        (0..coming.len()).filter(|place| coming[*place].entry.line.amount.is_positive()).collect();
    let of_one_day = credits.windows(3).find(|places| coming[places[0]].on == coming[places[2]].on);
    if let Some(places) = of_one_day {
        let mut sum = total(places.iter().map(|place| entries[*place].clone()).collect());
        sum.line.booked_on = coming[places[0]].on;
        sum.line.value_on = Some(coming[places[0]].on);
        let last = places[2];
        entries[last] = sum;
        for place in places[..2].iter().rev() {
            entries.remove(*place);
        }
    }
    entries
}

fn dated(movement: &Coming) -> EntryToWrite {
    let mut entry = movement.entry.clone();
    entry.line.booked_on = movement.on;
    entry.line.value_on = Some(movement.on);
    entry
}

fn loan_of(about: About) -> Option<usize> {
    match about {
        About::Loan(index) => Some(index),
        About::Return(..) | About::Other => None,
    }
}

/// The next statement of an account.
pub(super) fn statement(account: &mut Account, on: NaiveDate, entries: Vec<EntryToWrite>) -> StatementToWrite {
    account.sequence = account.sequence % 999 + 1;
    let statement = StatementToWrite {
        created_on: on,
        duplicate: false,
        bic: "KREDBEBB".to_owned(),
        holder_number: None,
        holder: "ENERGIEHUIS".to_owned(),
        description: "ZICHTREKENING".to_owned(),
        account: account.iban.clone(),
        sequence: account.sequence,
        old_balance: account.balance,
        old_balance_on: on,
        new_balance_on: on,
        entries,
        messages: Vec::new(),
    };
    account.balance = statement.new_balance();
    statement
}

/// A file that comes again, or that does not follow on what is known.
pub(super) fn broken(account: &Account, on: NaiveDate) -> BankFile {
    let mut account = account.clone();
    account.balance += Money::from_cents(1);
    let broken = statement(&mut account, on, Vec::new());
    file("broken.cod", &[broken])
}

/// A line that waits, taken out of those that do.
pub(super) fn take(waiting: &mut Vec<Waiting>, bank_line_id: Uuid) {
    waiting.retain(|line| line.bank_line_id != bank_line_id);
}
