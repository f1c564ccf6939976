//! Payment runs in the demo: in its last year the accountant no longer types orders at the bank but makes runs, two people
//! release them, and the bank executes what was exported.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::bank::{Movement, OtherSide};
use super::errands::told;
use super::form::NewAccounts;
use super::funds::Instruction;
use super::numbers::{self, Holder};
use super::world::World;
use crate::cli::Failure;
use crate::domain::calendar::{add_months, next_banking_day};
use crate::domain::identity::Iban;
use crate::domain::money::Money;
use crate::services::payments::{
    Confirmed, ContractorLine, Payer, RunView, Step, change_account_of, contractor, contractors, take,
};
use crate::services::{self, Actor};

/// Runs are made for so many months before the end.
const MONTHS: i32 = 12;
/// In the last so many days nothing is executed any more: what was made waits, in every state.
const LAST_DAYS: i64 = 30;
/// Days between two of the last runs.
const BETWEEN: u64 = 4;
/// A run is made on the wrong day, and an order is not executed, when so many days are left.
const MISHAPS_BEFORE: i64 = 220;

/// How far each of the last runs comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comes {
    Exported,
    ReleasedByTwo,
    ReleasedByOne,
    Made,
}

const LAST_RUNS: [Comes; 4] = [Comes::Exported, Comes::ReleasedByTwo, Comes::ReleasedByOne, Comes::Made];

/// What the story of payment runs must remember.
#[derive(Debug)]
pub(super) struct Payments {
    payer: Payer,
    /// How many runs the bank had.
    left: u32,
    cancelled: bool,
    /// Whether the bank has left an order unexecuted once, and its identification until the accountant knows.
    refused_once: bool,
    refused: Option<String>,
    /// How many of the last runs were made, and when the last of them.
    last_runs: usize,
    last_made_on: NaiveDate,
    changed: bool,
    /// Accounts that firms told meanwhile.
    pub(super) accounts: NewAccounts,
}

impl Payments {
    /// Before the first run.
    pub(super) fn of(payer: Payer) -> Self {
        let last_made_on = NaiveDate::MIN;
        Self {
            payer,
            left: 0,
            cancelled: false,
            refused_once: false,
            refused: None,
            last_runs: 0,
            last_made_on,
            changed: false,
            accounts: NewAccounts::new(),
        }
    }
}

/// Whether a day is the turn of something that comes every so many days, counted back from the last; on a day that is
/// no banking day, the next one is.
pub(super) fn is_turn(day: NaiveDate, (last, every): (NaiveDate, i64)) -> bool {
    let since = (every - (last - day).num_days().rem_euclid(every)) % every;
    next_banking_day(day - Days::new(since.unsigned_abs())) == day
}

impl World {
    /// Whether an order of a day is typed at the bank, and executed by itself.
    pub(super) fn types_orders(&self, day: NaiveDate) -> bool {
        day < add_months(self.scale.last_day(), -MONTHS, 1)
    }

    /// The payment runs of a day.
    pub(super) async fn pay(&mut self, day: NaiveDate) -> Result<(), Failure> {
        if self.types_orders(day) {
            return Ok(());
        }
        self.at(day, 15, 20);
        let last = self.scale.last_day();
        if (last - day).num_days() > LAST_DAYS {
            return if is_turn(day, (last, 14)) { self.pay_all(day).await } else { Ok(()) };
        }
        let Some(comes) = LAST_RUNS.get(self.payments.last_runs) else { return Ok(()) };
        if day < self.payments.last_made_on + Days::new(BETWEEN) {
            return Ok(());
        }
        self.last_run(day, *comes).await
    }

    /// A run from beginning to end; the bank has it the next day.
    async fn pay_all(&mut self, day: NaiveDate) -> Result<(), Failure> {
        let left = (self.scale.last_day() - day).num_days();
        if let Some(order) = self.payments.refused.take() {
            let reason = "Geweigerd door de bank: rekening van de begunstigde bestaat niet".to_owned();
            self.take(&self.staff.accountant, Step::Reopen { order, reason }).await?;
        }
        if !self.payments.changed && left < MISHAPS_BEFORE {
            self.payments.changed =
                self.accounts_change(51, "Nieuwe bank; gebeld naar het nummer op de offerte").await?;
        }
        let execute_on = next_banking_day(day + Days::new(1));
        if !self.payments.cancelled && left < MISHAPS_BEFORE {
            let wrong = next_banking_day(day + Days::new(40));
            let Some(run) = self.make_run(wrong).await? else { return Ok(()) };
            let reason = "Verkeerde uitvoeringsdatum".to_owned();
            self.take(&self.staff.accountant, Step::Cancel { run: run.head.number, reason }).await?;
            self.payments.cancelled = true;
        }
        let Some(run) = self.make_run(execute_on).await? else { return Ok(()) };
        self.let_leave(&run, Comes::Exported).await?;
        self.tally.of(day).runs += 1;
        self.bank_pays(&run, left)
    }

    /// One of the last runs, which the visitor finds as it is.
    async fn last_run(&mut self, day: NaiveDate, comes: Comes) -> Result<(), Failure> {
        let execute_on = next_banking_day(self.scale.last_day() + Days::new(1));
        if comes == Comes::Made {
            self.accounts_change(52, "Brief van de aannemer met een nieuwe rekening; gebeld, niemand bereikt").await?;
        }
        let Some(run) = self.make_run(execute_on).await? else { return Ok(()) };
        self.let_leave(&run, comes).await?;
        self.payments.last_runs += 1;
        self.payments.last_made_on = day;
        if comes == Comes::Exported {
            self.tally.of(day).runs += 1;
            self.two_on_one_account().await?;
        }
        Ok(())
    }

    async fn take(&self, actor: &Actor, step: Step) -> Result<RunView, Failure> {
        Ok(take(&self.house, actor, (&self.payments.payer, &step)).await.map_err(told)?.run)
    }

    /// A run of everything that waits; none where nothing does.
    async fn make_run(&self, execute_on: NaiveDate) -> Result<Option<RunView>, Failure> {
        let step = Step::Make { fund: None, execute_on };
        match take(&self.house, &self.staff.accountant, (&self.payments.payer, &step)).await {
            Ok(outcome) => Ok(Some(outcome.run)),
            Err(services::Error::Refused(_)) => Ok(None),
            Err(error) => Err(told(error)),
        }
    }

    /// The manager says how the accounts were verified, and the accountant releases too.
    async fn let_leave(&self, run: &RunView, comes: Comes) -> Result<(), Failure> {
        let number = || run.head.number.clone();
        if comes == Comes::Made {
            return Ok(());
        }
        let note = "Gebeld naar het gekende nummer; de zaakvoerder bevestigt de rekening".to_owned();
        let said = |about: Uuid| Confirmed { about, note: note.clone() };
        let confirmed = run.unconfirmed().map(|account| said(account.whose.id())).collect();
        self.take(&self.staff.manager, Step::Release { run: number(), confirmed }).await?;
        if comes == Comes::ReleasedByOne {
            return Ok(());
        }
        self.take(&self.staff.accountant, Step::Release { run: number(), confirmed: Vec::new() }).await?;
        if comes == Comes::Exported {
            self.take(&self.staff.accountant, Step::Export { run: number() }).await?;
        }
        Ok(())
    }

    /// The bank executes a run: one time as one amount for each account, the other time order by order; once there is an
    /// order that it does not execute.
    fn bank_pays(&mut self, run: &RunView, left: i64) -> Result<(), Failure> {
        self.payments.left += 1;
        let on = run.head.execute_on;
        if self.payments.left.is_multiple_of(2) {
            for total in &run.funds {
                let words = format!("VERZAMELBETALING {}", total.batch_id);
                if let Some(fund) = self.funds.iter_mut().find(|fund| fund.account.code == total.fund) {
                    fund.account.expect(on, Movement::run(total.sum, &words));
                }
            }
            return Ok(());
        }
        let refuses = !self.payments.refused_once && left < MISHAPS_BEFORE && run.orders.len() > 1;
        for (place, order) in run.orders.iter().enumerate() {
            if refuses && place == 0 {
                (self.payments.refused_once, self.payments.refused) = (true, Some(order.end_to_end_id.clone()));
                continue;
            }
            let iban = Iban::parse(&order.creditor_iban).map_err(Failure::unavailable)?;
            let instruction = Instruction {
                amount: order.amount,
                creditor: &order.creditor_name,
                iban: &iban,
                remittance: &order.remittance,
                end_to_end_id: &order.end_to_end_id,
            };
            if let Some(fund) = self.funds.iter_mut().find(|fund| fund.account.code == order.fund) {
                fund.execute(&instruction, on - Days::new(1));
            }
        }
        Ok(())
    }

    /// A contractor for whom something waits tells another account; false where there is none that can.
    async fn accounts_change(&mut self, firm: u32, reason: &str) -> Result<bool, Failure> {
        let iban = numbers::account(Holder::Firm(firm))?.canonical();
        for line in self.contractors().await?.iter().filter(|line| line.waiting > 0) {
            let found = contractor(&self.house, &self.staff.accountant, line.contractor_id).await.map_err(told)?;
            if found.open_run.is_none() && found.orders.iter().any(|order| order.run.is_none()) {
                self.account_changes(line, &iban, reason).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Two firms that went together are paid on one account.
    async fn two_on_one_account(&mut self) -> Result<(), Failure> {
        let lines = self.contractors().await?;
        let idle = lines.iter().find(|line| line.waiting == 0);
        let other = lines.iter().rev().find(|line| Some(&line.iban) != idle.map(|idle| &idle.iban));
        let (Some(idle), Some(other)) = (idle, other) else { return Ok(()) };
        self.account_changes(idle, &other.iban, "Overgenomen door de andere firma; akte gezien").await
    }

    async fn account_changes(&mut self, line: &ContractorLine, iban: &str, reason: &str) -> Result<(), Failure> {
        let change = (line.contractor_id, iban, reason);
        change_account_of(&self.house, &self.staff.accountant, change).await.map_err(told)?;
        self.payments.accounts.insert(line.enterprise_number.clone(), iban.to_owned());
        Ok(())
    }

    async fn contractors(&self) -> Result<Vec<ContractorLine>, Failure> {
        contractors(&self.house, &self.staff.accountant, "").await.map_err(told)
    }
}

impl Movement {
    /// A whole run, as one amount.
    fn run(amount: Money, words: &str) -> Self {
        let to = OtherSide { name: String::new(), iban: String::new() };
        Self::ordered(amount, to, (words, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_on_a_day_that_is_no_banking_day_comes_on_the_next_one() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let last = day("2026-09-30");
        assert!(is_turn(day("2026-09-23"), (last, 7)), "a Wednesday");
        assert!(!is_turn(day("2026-09-22"), (last, 7)));
        assert!(is_turn(day("2025-11-12"), (last, 7)), "a Wednesday after the holiday");
        // Saturday 12 September 2026 is eighteen days before the last.
        assert!(is_turn(day("2026-09-14"), (last, 18)));
        assert!(!is_turn(day("2026-09-15"), (last, 18)));
    }
}
