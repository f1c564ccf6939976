//! What people do on a day: each act calls the service that a page or a program would call.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::borrower::{Borrower, Due};
use super::diary::{Act, Part};
use super::errands::{self, told};
use super::family::{Fate, Flaw};
use super::form::form;
use super::funds::Instruction;
use super::world::{CaseFile, DemoLoan, Unreferenced, World};
use super::{bank::Movement, numbers};
use crate::cli::Failure;
use crate::domain::calendar::next_banking_day;
use crate::domain::money::Money;
use crate::formats::coda::TextToWrite;
use crate::services;
use crate::services::invoices::approve::approve;
use crate::services::invoices::receive::{NewInvoice, receive};

impl World {
    /// Does what the diary says for a day, from nine o'clock on.
    pub(super) async fn office_hours(&mut self, day: NaiveDate) -> Result<(), Failure> {
        self.at(day, 9, 0);
        while let Some(act) = self.diary.next(day) {
            self.minutes_pass();
            self.perform(day, act).await?;
        }
        Ok(())
    }

    async fn perform(&mut self, day: NaiveDate, act: Act) -> Result<(), Failure> {
        match act {
            Act::Submit(family) => self.submit(day, family).await,
            Act::FirstVote(family) => self.first_vote(day, family).await,
            Act::SecondVote(family) => self.second_vote(day, family).await,
            Act::Refuse(family) => {
                let reason = self.reason_to_refuse(family);
                self.refuse(day, family, reason).await
            }
            Act::Withdraw(family) => self.withdraw(day, family).await,
            Act::Sign(family) => self.sign(day, family).await,
            Act::Invoice { family, work, part } => self.invoice(day, family, (work, part)).await,
            Act::Approve { family, invoice_id } => self.approve(day, family, invoice_id).await,
            Act::Close(family) => self.close(day, family).await,
            Act::Mandate(family) => self.mandate(day, family).await,
            Act::AmendMandate(family) => self.amend_mandate(family).await,
            Act::StopMandate(family) => self.stop_mandate(family).await,
        }
    }

    async fn submit(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let maker = self.maker(at);
        let form = form(&self.families[at], &self.payments.accounts)?;
        let application_id = errands::submit(&self.house, &maker, form).await?;
        self.files[at] = CaseFile { application_id: Some(application_id), loan: None };
        self.tally.of(day).asked += 1;
        match self.families[at].fate {
            Fate::Runs | Fate::WithdrawnAfterYes => {
                let days = self.dice.between(24, 88);
                self.diary.note_after(day, days, Act::FirstVote(at));
            }
            Fate::YesAtTheEnd => self.diary.note_after(day, 46, Act::FirstVote(at)),
            Fate::NotEligible(_) => {
                let days = self.dice.between(9, 30);
                self.diary.note_after(day, days, Act::Refuse(at));
            }
            Fate::PaperMissing => self.diary.note_after(day, 152, Act::Refuse(at)),
            Fate::Withdrawn => {
                let days = self.dice.between(6, 24);
                self.diary.note_after(day, days, Act::Withdraw(at));
            }
        }
        Ok(())
    }

    async fn first_vote(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let member = self.member(at, 0);
        let application_id = self.application_of(at)?;
        errands::approve(&self.house, &member, application_id).await.map_err(told)?;
        let days = self.dice.between(0, 6);
        self.diary.note_after(day, days, Act::SecondVote(at));
        Ok(())
    }

    /// The second yes promises the money; where the fund has no room left, it becomes a no.
    async fn second_vote(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let member = self.member(at, 1);
        let application_id = self.application_of(at)?;
        match errands::approve(&self.house, &member, application_id).await {
            Ok(()) => {}
            Err(services::Error::Refused(_)) => {
                return self.refuse(day, at, "Het fonds heeft geen ruimte meer voor dit bedrag").await;
            }
            Err(error) => return Err(Failure::unavailable(error)),
        }
        self.tally.of(day).approved += 1;
        let (days, next) = match self.families[at].fate {
            Fate::WithdrawnAfterYes => (self.dice.between(5, 19), Act::Withdraw(at)),
            Fate::YesAtTheEnd => (20, Act::Sign(at)),
            _ => (self.dice.between(5, 19), Act::Sign(at)),
        };
        self.diary.note_after(day, days, next);
        Ok(())
    }

    fn reason_to_refuse(&self, at: usize) -> &'static str {
        match self.families[at].fate {
            Fate::NotEligible(Flaw::OtherHouse) => "Het gezin heeft een ander onroerend goed",
            Fate::NotEligible(Flaw::Income) => "Het inkomen ligt boven de grens",
            Fate::NotEligible(Flaw::TooMuch) => "Het gevraagde bedrag ligt boven het maximum",
            _ => "Het sociaal onderzoek van het OCMW is na vijf maanden niet ontvangen",
        }
    }

    async fn refuse(&mut self, day: NaiveDate, at: usize, reason: &str) -> Result<(), Failure> {
        let member = self.member(at, 1);
        errands::refuse(&self.house, &member, self.application_of(at)?, reason).await?;
        self.tally.of(day).refused += 1;
        Ok(())
    }

    async fn withdraw(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        errands::withdraw(&self.house, &self.officer(at), self.application_of(at)?).await?;
        self.tally.of(day).withdrawn += 1;
        Ok(())
    }

    async fn sign(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let asked = (self.application_of(at)?, self.families[at].amount);
        let loan = errands::sign(&self.house, &self.officer(at), asked, self.families[at].valuation(day)).await?;
        let year = self.tally.of(day);
        year.signed += 1;
        year.lent += loan.left;
        self.files[at].loan = Some(loan);
        let mut days = self.dice.between(21, 60);
        for work in 0..self.families[at].works.len() {
            let large = self.families[at].works[work].quoted > Money::from_euros(8_000);
            let parts: &[Part] = if large { &[Part::Deposit, Part::Rest] } else { &[Part::Whole] };
            for part in parts {
                self.diary.note_after(day, days, Act::Invoice { family: at, work, part: *part });
                days += self.dice.between(14, 45);
            }
        }
        self.diary.note_after(day, days, Act::Close(at));
        Ok(())
    }

    async fn invoice(&mut self, day: NaiveDate, at: usize, (work, part): (usize, Part)) -> Result<(), Failure> {
        let mut loan = self.loan_of(at)?;
        let planned = self.families[at].works[work].clone();
        let deposit = Money::from_cents(planned.quoted.cents() * 2 / 5);
        let wanted = match part {
            Part::Whole => planned.quoted,
            Part::Deposit => deposit,
            Part::Rest => planned.quoted - deposit,
        };
        // One firm in six needs less than it thought; what is above the contract the family pays itself.
        let saved = if part != Part::Deposit && self.dice.percent(16) { self.dice.between(40, 450) } else { 0 };
        let amount = (wanted - Money::from_euros(i64::from(saved))).min(loan.left);
        if !amount.is_positive() {
            return Ok(());
        }
        let officer = self.officer(at);
        let quote_id = errands::quote_of(&self.house, &officer, loan.loan_id, planned.kind).await?;
        let firm = u32::try_from(planned.firm).unwrap_or_default();
        let number = self.tally.total(|year| year.invoices) + 1;
        self.tally.of(day).invoices += 1;
        let new = NewInvoice {
            loan_id: loan.loan_id,
            quote_id,
            enterprise_number: numbers::enterprise_number(100 + firm)?.canonical(),
            work_kind: Some(planned.kind.code().to_owned()),
            invoice_number: format!("F{}-{number:04}", day.year()),
            invoiced_on: day,
            amount,
            reference: None,
        };
        let invoice = receive(&self.house, &officer, new).await.map_err(told)?;
        loan.left -= amount;
        self.files[at].loan = Some(loan);
        let days = self.dice.between(2, 9);
        self.diary.note_after(day, days, Act::Approve { family: at, invoice_id: invoice.invoice_id });
        Ok(())
    }

    async fn approve(&mut self, day: NaiveDate, at: usize, invoice_id: Uuid) -> Result<(), Failure> {
        let approved = approve(&self.house, &self.member(at, 2), invoice_id).await.map_err(told)?;
        let order = approved.order;
        let instruction = Instruction {
            amount: order.amount,
            creditor: &order.creditor_name,
            iban: &order.creditor_iban,
            remittance: &order.remittance,
            end_to_end_id: &order.end_to_end_id,
        };
        let fund = self.fund_of(self.families[at].product);
        self.funds[fund].draw_on_line(order.amount, self.families[at].town.nis_code, day);
        if self.types_orders(day) {
            self.funds[fund].execute(&instruction, day);
        }
        self.tally.of(day).paid_to_contractors += order.amount;
        Ok(())
    }

    /// The works are finished: what was not needed is free again, and the borrower begins to pay.
    async fn close(&mut self, day: NaiveDate, at: usize) -> Result<(), Failure> {
        let loan = self.loan_of(at)?;
        let officer = self.officer(at);
        match services::draws::close::close(&self.house, &officer, loan.loan_id).await {
            Ok(_) => {}
            Err(services::Error::Refused(_)) => {
                self.diary.note_after(day, 6, Act::Close(at));
                return Ok(());
            }
            Err(error) => return Err(Failure::unavailable(error)),
        }
        self.tally.of(day).works_finished += 1;
        let schedule = errands::schedule(&self.house, &officer, loan.loan_id).await?;
        self.will_pay(day, at, (&loan, &schedule))
    }

    fn will_pay(&mut self, day: NaiveDate, at: usize, (loan, schedule): (&DemoLoan, &[Due])) -> Result<(), Failure> {
        let collected = self.will_sign(day, at);
        let account = self.account_of(at)?;
        let borrower = Borrower {
            account: &account,
            budget_manager: &self.budget_manager,
            reference: loan.reference,
            number: &loan.number,
            habit: self.families[at].habit,
            collected,
            from: day,
            until: self.scale.last_day(),
        };
        let fund = self.fund_of(self.families[at].product);
        for (on, movement) in borrower.transfers(schedule, &mut self.dice) {
            let on = on.max(day + chrono::Days::new(1));
            if let Movement { text: TextToWrite::Free(_), amount, .. } = movement {
                let booked_on = next_banking_day(on);
                self.unreferenced.push(Unreferenced { fund, booked_on, amount, loan_id: loan.loan_id });
            }
            self.funds[fund].account.expect(on, movement);
        }
        Ok(())
    }

    fn application_of(&self, at: usize) -> Result<Uuid, Failure> {
        let found = self.files[at].application_id;
        found.ok_or_else(|| Failure::Unavailable(format!("family {at} of the demo has no application")))
    }

    pub(super) fn loan_of(&self, at: usize) -> Result<DemoLoan, Failure> {
        let found = self.files[at].loan.clone();
        found.ok_or_else(|| Failure::Unavailable(format!("family {at} of the demo has no loan")))
    }
}
