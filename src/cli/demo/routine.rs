//! What comes back every week, month or quarter: bank files, the accountant's desk, and the work of the night.

use std::fs;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::bank::{Movement, OtherSide};
use super::errands::told;
use super::funds::Instruction;
use super::numbers::{self, Holder};
use super::scale::Scale;
use super::world::World;
use crate::cli::Failure;
use crate::domain::calendar::{add_months, is_banking_day, next_banking_day};
use crate::domain::identity::Ogm;
use crate::domain::loan::{Payer, Usage};
use crate::domain::matching::Reason;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::formats::coda::TextToWrite;
use crate::services::bank::{BankFile, FileReport, FileState, Settlement, import, settle};
use crate::services::funds::pass_on::pass_on;

/// In the last so many months the house is seen day by day, before that week by week.
const CLOSE_LOOK_MONTHS: i32 = 2;

impl World {
    /// The whole story, from the first day to the last.
    pub(super) async fn live(&mut self) -> Result<(), Failure> {
        let last = self.scale.last_day();
        self.strangers_will_pay(last)?;
        for day in Scale::first_day().iter_days().take_while(|day| *day <= last) {
            if self.is_seen_daily(day) || day.weekday() == Weekday::Mon {
                self.night(day).await?;
            }
            if !is_banking_day(day) {
                continue;
            }
            if day == last {
                // The visitor comes in on this morning: nothing of the day has been done yet.
                self.at(day, 9, 0);
                return Ok(());
            }
            self.office_hours(day).await?;
            self.desk_of_the_accountant(day).await?;
            if self.is_seen_daily(day) || last_banking_day_of_week(day) {
                self.bank_files(day).await?;
            }
        }
        Ok(())
    }

    /// In the last weeks three things come by that nobody can place yet, so that somebody has to find out.
    fn strangers_will_pay(&mut self, last: NaiveDate) -> Result<(), Failure> {
        let stranger = |n: u32, name: &str| numbers::account(Holder::Other(n)).map(|iban| OtherSide::new(name, &iban));
        let of_nobody = Ogm::from_base(9_990_000_001).map_err(Failure::unavailable)?;
        let (energy, buyers) = (self.fund_of(Product::EnergyLoan), self.fund_of(Product::EmergencyBuyer));
        let words = |text: &str| TextToWrite::Free(text.to_owned());
        let sums = [Money::from_euros(75), Money::from_cents(12_550), Money::from_euros(250)];
        let [one, two, three] = [
            Movement::paid_in(sums[0], stranger(2, "Notaris Vercruysse")?, words("dossier zie brief")),
            Movement::paid_in(sums[1], stranger(3, "Lagae-Baert")?, TextToWrite::Structured(of_nobody)),
            Movement::paid_in(sums[2], stranger(4, "Vanhee")?, words("terugbetaling noodkooplening")),
        ];
        self.funds[energy].account.expect(last - Days::new(41), one);
        self.funds[energy].account.expect(last - Days::new(20), two);
        self.funds[buyers].account.expect(last - Days::new(7), three);
        Ok(())
    }

    fn is_seen_daily(&self, day: NaiveDate) -> bool {
        day > add_months(self.scale.last_day(), -CLOSE_LOOK_MONTHS, 31)
    }

    /// The heartbeat at seven: claims, the arrears ladder, the outbox.
    async fn night(&mut self, day: NaiveDate) -> Result<(), Failure> {
        self.at(day, 7, 0);
        let reminders = self.nights.pass().await?;
        self.tally.of(day).reminders += reminders;
        Ok(())
    }

    /// What the accountant does at fixed times.
    async fn desk_of_the_accountant(&mut self, day: NaiveDate) -> Result<(), Failure> {
        self.at(day, 15, 0);
        let is_first = next_banking_day(day.with_day(1).unwrap_or(day)) == day;
        let of_a_quarter = matches!(day.month(), 1 | 4 | 7 | 10) && day > Scale::first_day() + Days::new(31);
        if is_first && of_a_quarter {
            for fund in &mut self.funds {
                let words = "Rekeningkosten voorbije kwartaal";
                fund.account.expect(day, Movement::charge(Money::from_cents(975), words));
            }
            self.pass_on(day).await?;
        }
        self.collect(day).await?;
        self.pay(day).await?;
        if next_banking_day(day.with_day(20).unwrap_or(day)) == day {
            self.settle(day).await?;
        }
        Ok(())
    }

    /// What borrowers repaid on a credit line goes back to its funder.
    async fn pass_on(&mut self, day: NaiveDate) -> Result<(), Failure> {
        for at in 0..self.funds.len() {
            let fund_id = self.funds[at].fund_id;
            let orders = pass_on(&self.house, &self.staff.accountant, fund_id).await.map_err(told)?;
            for order in orders {
                self.tally.of(day).passed_on += order.amount;
                let instruction = Instruction {
                    amount: order.amount,
                    creditor: &order.creditor_name,
                    iban: &order.creditor_iban,
                    remittance: &order.remittance,
                    end_to_end_id: &order.end_to_end_id,
                };
                if self.types_orders(day) {
                    self.funds[at].execute(&instruction, day);
                }
            }
        }
        Ok(())
    }

    /// The accountant places what the bank file could not, with the family on the telephone. What came in the last
    /// days waits until the next month.
    async fn settle(&mut self, day: NaiveDate) -> Result<(), Failure> {
        let mut left = Vec::new();
        for (fund, line) in std::mem::take(&mut self.suspense) {
            let known = self
                .unreferenced
                .iter()
                .find(|one| one.fund == fund && one.booked_on == line.booked_on && one.amount == line.amount);
            let Some(known) = known.filter(|_| line.booked_on + Days::new(10) <= day) else {
                left.push((fund, line));
                continue;
            };
            self.at(day, 15, 30);
            let reason = "Rekening van het gezin herkend, telefonisch bevestigd".to_owned();
            let settlement = Settlement {
                bank_line_id: line.bank_line_id,
                loan_id: known.loan_id,
                reason,
                payer: Payer::default(),
                usage: Usage::default(),
            };
            settle(&self.house, &self.staff.accountant, settlement).await.map_err(told)?;
            self.tally.of(day).settled += 1;
        }
        self.suspense = left;
        Ok(())
    }

    /// The bank lays its files in the folder and the accountant imports them, at four.
    async fn bank_files(&mut self, day: NaiveDate) -> Result<(), Failure> {
        self.at(day, 16, 0);
        for at in 0..self.funds.len() {
            let account = &mut self.funds[at].account;
            let Some(file) = account.file_until(day)? else { continue };
            let name = format!("{}-{day}.cod", account.code);
            let folder = self.coda.join(day.year().to_string());
            fs::create_dir_all(&folder)
                .and_then(|()| fs::write(folder.join(&name), &file.content))
                .map_err(|error| Failure::Unavailable(format!("{} cannot be written: {error}", folder.display())))?;
            let year = self.tally.of(day);
            year.files += 1;
            year.statements += file.statements;
            let files = vec![BankFile { name, bytes: file.content }];
            let report = import(&self.house, &self.staff.accountant, files).await.map_err(told)?;
            for file in report.files {
                self.imported(day, at, file)?;
            }
        }
        Ok(())
    }

    fn imported(&mut self, day: NaiveDate, fund: usize, file: FileReport) -> Result<(), Failure> {
        if file.state != FileState::Imported {
            let problems: Vec<String> = file.problems.iter().map(|text| format!("{text:?}")).collect();
            return Err(Failure::Unavailable(format!("{} was not imported: {}", file.name, problems.join("; "))));
        }
        let year = self.tally.of(day);
        for sum in &file.booked {
            if matches!(sum.reason, Reason::LoanReference | Reason::LoanReferenceRebuilt | Reason::LoanReferenceInText)
            {
                year.repayments += sum.lines;
                year.repaid += sum.amount;
            }
            match sum.reason {
                Reason::CollectionCredited | Reason::CollectionTotal => year.collected += sum.amount,
                Reason::CollectionReturned => {
                    year.collected += sum.amount;
                    year.came_back += sum.lines;
                }
                _ => {}
            }
        }
        year.suspense += file.suspense.len();
        self.suspense.extend(file.suspense.into_iter().map(|line| (fund, line)));
        Ok(())
    }
}

fn last_banking_day_of_week(day: NaiveDate) -> bool {
    let next = next_banking_day(day + Days::new(1));
    next.iso_week() != day.iso_week()
}
