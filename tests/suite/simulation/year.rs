//! A year of the house: four quarters of things that happen on random days, and the closing of the books.

use chrono::{Datelike, Days, NaiveDate};
use energiehuis::domain::calendar;
use energiehuis::domain::loan::Status;
use energiehuis::services::ledger::close::{ClosePeriod, close};

use super::contracts::Intent;
use super::credits::Waiting;
use super::world::World;

/// Something that will happen this quarter.
#[derive(Debug, Clone, Copy)]
enum Act {
    Sign(Intent),
    Draw(usize),
    FinishWorks(usize),
    Event(usize),
    Blind(usize),
    Correct(usize),
    MovePayment(usize),
    Settle(Waiting),
    PassOn(usize),
    Fault(usize),
    Statement(usize),
}

impl World {
    /// From the tenth of January to the next.
    pub(super) async fn live_a_year(&mut self, year: u32) {
        self.place.year = year;
        for _ in 0..4 {
            let first = self.today();
            let last = calendar::add_months(first, 3, 10);
            let mut acts = self.acts(first + Days::new(1), last);
            acts.sort_by_key(|(day, _)| *day);
            for (day, act) in acts {
                self.go_to(day);
                self.act(act).await;
            }
            self.go_to(last);
            for purse in 0..self.purses.len() {
                self.statement(purse).await;
            }
        }
    }

    /// What will happen between two days.
    fn acts(&mut self, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, Act)> {
        let mut acts = Vec::new();
        while let Some(intent) = self.intents.last().copied().filter(|intent| intent.on <= last) {
            self.intents.pop();
            acts.push((intent.on.max(first), Act::Sign(intent)));
        }
        for index in 0..self.contracts.len() {
            for act in self.acts_of(index) {
                acts.push((self.day_between(first, last), act));
            }
        }
        for line in std::mem::take(&mut self.waiting) {
            if line.looks < 3 {
                let looks = self.dice.percent(60);
                self.waiting.push(Waiting { looks: line.looks + u32::from(looks), ..line });
                if looks {
                    acts.push((self.day_between(first, last), Act::Settle(line)));
                }
            }
        }
        for purse in 0..self.purses.len() {
            if self.dice.percent(70) {
                acts.push((self.day_between(first, last), Act::PassOn(purse)));
            }
            // A fund with a busy quarter is told of every month of it.
            if self.dice.percent(25) {
                acts.extend([1, 2].map(|months| (calendar::add_months(first, months, 10), Act::Statement(purse))));
            }
        }
        acts
    }

    /// What will happen to one loan.
    fn acts_of(&mut self, index: usize) -> Vec<Act> {
        let status = self.contracts[index].status;
        let mut acts = Vec::new();
        if status == Status::Closed {
            // Seldom, and mostly to be refused.
            if self.dice.percent(4) {
                acts.push(*self.dice.pick(&[
                    Act::Blind(index),
                    Act::Correct(index),
                    Act::Event(index),
                    Act::Fault(index),
                ]));
            }
            return acts;
        }
        if matches!(status, Status::Signed | Status::Drawing) {
            if self.dice.percent(55) {
                acts.push(Act::Draw(index));
            }
            if self.dice.percent(if status == Status::Drawing { 20 } else { 2 }) {
                acts.push(Act::FinishWorks(index));
            }
        }
        let often = match status {
            Status::Matured | Status::CalledDue | Status::WrittenOff => 35,
            Status::Repaying | Status::Drawing => 9,
            Status::Signed | Status::Waiting | Status::Closed => 4,
        };
        let eventful = self.contracts[index].eventful;
        if self.dice.percent((often * eventful).min(80)) {
            acts.push(Act::Event(index));
        }
        for (percent, act) in
            [(4, Act::Blind(index)), (7, Act::Correct(index)), (2, Act::MovePayment(index)), (2, Act::Fault(index))]
        {
            if self.dice.percent(percent * eventful) {
                acts.push(act);
            }
        }
        acts
    }

    async fn act(&mut self, act: Act) {
        match act {
            Act::Sign(intent) => self.sign(intent).await,
            Act::Draw(index) => self.draw(index).await,
            Act::FinishWorks(index) => self.finish_works(index).await,
            Act::Event(index) => self.event(index, true).await,
            Act::Blind(index) => self.event(index, false).await,
            Act::Correct(index) => self.correct(index).await,
            Act::MovePayment(index) => self.move_payment(index).await,
            Act::Settle(line) => self.settle(line).await,
            Act::PassOn(purse) => self.pass_on(purse).await,
            Act::Fault(index) => self.fault(index).await,
            Act::Statement(purse) => self.statement(purse).await,
        }
    }

    /// Most funds close their year in January, once everything agrees.
    pub(super) async fn close_the_year(&mut self) {
        let through = NaiveDate::from_ymd_opt(self.today().year() - 1, 12, 31).unwrap();
        for purse in 0..self.purses.len() {
            if self.dice.percent(85) {
                self.begin(format!("the closing of {}", self.purses[purse].fund.code));
                let fund_id = self.purses[purse].fund.fund_id;
                close(self.house(), &self.town.accountant, ClosePeriod { fund_id, through }).await.unwrap();
                self.purses[purse].closed_through = Some(through);
                let told = self.told(purse, through).await;
                self.purses[purse].told.insert(through, told);
            }
        }
    }
}
