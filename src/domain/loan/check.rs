//! Which events make sense today. The fold asks less: a fact that was true when it was recorded stays foldable,
//! whatever else becomes known.

use chrono::{Datelike, NaiveDate};

use super::super::calendar;
use super::super::money::Money;
use super::super::schedule::{Frequency, PlanLine};
use super::contradiction::positive;
use super::event::{LoanEvent, Usage};
use super::fact::LoanFact;
use super::refused::Refused;
use super::state::{Discharge, InstalmentState, LoanState, Status};
use super::terms::{Pace, Repayment};
use super::trigger::Trigger;

/// Calendar days in which a consumer may take a contract back (Code of Economic Law, art. VII.83).
const WITHDRAWAL_DAYS: u32 = 14;

/// The longest payment holiday, in periods.
const HOLIDAY_MOST: u32 = 60;

/// The longest schedule, in instalments: 45 years of months.
const INSTALMENTS_MOST: u32 = 540;

impl LoanState {
    /// Says why an event is not allowed now. It asks more than the fold does: a fact that was true when it was
    /// recorded stays foldable whatever else becomes known, but a new one must make sense today.
    ///
    /// # Errors
    /// The one reason, with the values that are wrong and what would be right.
    pub fn check(&self, fact: &LoanFact) -> Result<(), Refused> {
        let on = fact.effective_on;
        if on > self.as_of {
            return Err(Refused::InFuture { effective_on: on, today: self.as_of });
        }
        self.contradiction(fact)?;
        if self.status == Status::Closed && !may_follow_the_end(&fact.event) {
            return Err(Refused::Closed);
        }
        match &fact.event {
            LoanEvent::PaymentReceived { .. } if self.drawn.is_zero() => Err(Refused::NothingDrawn),
            LoanEvent::PaymentReceived { amount, usage, .. } => self.check_early(*amount, *usage, on),
            LoanEvent::TrancheDrawn { .. } if self.overpaid.is_positive() => Err(Refused::Overpaid(self.overpaid)),
            LoanEvent::DrawsClosed => self.draws_open(),
            LoanEvent::Withdrawn => self.check_withdrawal(on),
            LoanEvent::OverpaymentRefunded { amount, .. } => at_most("amount", *amount, self.overpaid),
            LoanEvent::HolidayGranted { instalments } => {
                between("instalments", *instalments, (1, HOLIDAY_MOST))?;
                self.runs("holiday_granted")
            }
            LoanEvent::Rescheduled { instalments, frequency, first_due_on } => {
                between("instalments", *instalments, (1, INSTALMENTS_MOST / frequency.months()))?;
                after("first_due_on", *first_due_on, on)?;
                self.runs("rescheduled")
            }
            LoanEvent::PlanAgreed { lines } => {
                self.is_claimed("plan_agreed")?;
                check_plan(lines, on)?;
                adds_up(lines, self.outstanding)
            }
            LoanEvent::DebtSettlementAdmitted if self.debt_settlement.is_some() => {
                Err(self.not_now("debt_settlement_admitted", "it was admitted already"))
            }
            LoanEvent::DebtSettlementRuled { lines, remitted } => self.check_ruling(lines, *remitted, on),
            _ => self.check_end(fact),
        }
    }

    /// Events towards the end of a loan.
    fn check_end(&self, fact: &LoanFact) -> Result<(), Refused> {
        let on = fact.effective_on;
        match &fact.event {
            LoanEvent::CalledDue { trigger, .. } if !Trigger::ALL.contains(trigger) => {
                Err(Refused::NotThisProduct { event: trigger.code(), product: self.terms.product.code() })
            }
            LoanEvent::Accelerated { noticed_on, .. } => self.check_acceleration(*noticed_on, on),
            LoanEvent::ExitValued { value_at_exit, valued_by } => {
                positive(*value_at_exit)?;
                named("valued_by", valued_by)?;
                self.check_exit()
            }
            LoanEvent::Spread { amount, instalments, frequency, first_due_on } => {
                after("first_due_on", *first_due_on, on)?;
                self.check_spread(*amount, (*instalments, *frequency, *first_due_on), on)
            }
            LoanEvent::WrittenOff { evidence } => {
                named("evidence", evidence)?;
                self.check_write_off()
            }
            LoanEvent::DischargeRequested { reference } => {
                named("reference", reference)?;
                match self.discharge {
                    Some(_) => Err(Refused::DischargeAskedAgain),
                    None if !self.lost().is_positive() => {
                        Err(self.not_now("discharge_requested", "write it off first"))
                    }
                    None => Ok(()),
                }
            }
            LoanEvent::DischargeDecided { reference, .. } => {
                named("reference", reference)?;
                if self.discharge == Some(Discharge::Requested) { Ok(()) } else { Err(Refused::NoDischargeAsked) }
            }
            _ => Ok(()),
        }
    }

    /// On a loan with interest, takes no more than what is due and the instalment after it, unless it was said how the
    /// schedule changes.
    fn check_early(&self, amount: Money, usage: Usage, on: NaiveDate) -> Result<(), Refused> {
        let chosen = usage != Usage::Instalments;
        if !self.bears_interest() || self.called.is_some() || self.written_off.is_positive() || chosen {
            return Ok(());
        }
        let due = self.inner.lines.iter().filter(|line| line.instalment.due_on <= on);
        let next = self.inner.lines.iter().find(|line| line.instalment.due_on > on && line.open.is_positive());
        let claimable: Money = due.chain(next).map(|line| line.open).sum();
        if amount > claimable { Err(Refused::EarlyWithInterest { amount, claimable }) } else { Ok(()) }
    }

    fn check_withdrawal(&self, on: NaiveDate) -> Result<(), Refused> {
        let signed_on = self.terms.signed_on;
        let last = calendar::add_days(signed_on, WITHDRAWAL_DAYS);
        if on > last {
            return Err(Refused::WithdrawnTooLate { signed_on, last, effective_on: on });
        }
        match self.called {
            Some(called) => Err(Refused::AlreadyCalled(called.due_on)),
            None => Ok(()),
        }
    }

    /// Instalments run: draws are closed and something of them is still to come.
    fn runs(&self, event: &'static str) -> Result<(), Refused> {
        let by_terms = matches!(self.terms.repayment, Repayment::Instalments { .. }) && self.called.is_none();
        if !by_terms && !self.inner.replanned {
            return Err(match self.terms.repayment {
                Repayment::Instalments { .. } => self.not_now(event, "agree on a plan"),
                _ => Refused::NotThisProduct { event, product: self.terms.product.code() },
            });
        }
        self.is_claimed(event)
    }

    /// What was drawn is claimed: in instalments, or in one sum that is due.
    fn is_claimed(&self, event: &'static str) -> Result<(), Refused> {
        if self.written_off.is_positive() {
            return Err(self.not_now(event, "what is paid after a write-off is recovered"));
        }
        let waits = !matches!(self.terms.repayment, Repayment::Instalments { .. })
            && self.called.is_none()
            && !self.inner.replanned
            && self.status != Status::Matured;
        if self.planned || waits { Err(self.not_now(event, "call it due or close its draws first")) } else { Ok(()) }
    }

    fn check_ruling(&self, lines: &[PlanLine], remitted: Money, on: NaiveDate) -> Result<(), Refused> {
        if self.debt_settlement.is_none() {
            return Err(self.not_now("debt_settlement_ruled", "record first that the request was admitted"));
        }
        self.something_drawn()?;
        if remitted.is_negative() {
            return Err(Refused::NotPositive(remitted));
        }
        at_most("remitted", remitted, self.outstanding)?;
        if !lines.is_empty() {
            check_plan(lines, on)?;
        }
        adds_up(lines, self.outstanding - remitted)
    }

    /// Two unpaid instalments or a fifth of all that is to be repaid, late when the registered notice was sent and still
    /// unpaid a month after it (Code of Economic Law, art. VII.105).
    fn check_acceleration(&self, noticed_on: NaiveDate, on: NaiveDate) -> Result<(), Refused> {
        self.runs("accelerated")?;
        // What the notice was about: late on its day, and still.
        let late = |line: &&InstalmentState| line.instalment.payable_on < noticed_on && line.open.is_positive();
        let unpaid = self.inner.lines.iter().filter(late).count();
        let overdue: Money = self.inner.lines.iter().filter(late).map(|line| line.open).sum();
        let total: Money = self.inner.lines.iter().map(|line| line.instalment.total).sum();
        let fifth = Money::round_half_up(total.decimal() / rust_decimal::Decimal::from(5));
        if unpaid < 2 && overdue < fifth {
            return Err(Refused::TooSoonToAccelerate { unpaid, overdue, total });
        }
        let until = calendar::add_months(noticed_on, 1, noticed_on.day());
        if on <= until { Err(Refused::NoticeTooShort { noticed_on, until, effective_on: on }) } else { Ok(()) }
    }

    fn check_exit(&self) -> Result<(), Refused> {
        let has_share = matches!(self.terms.repayment, Repayment::OnExit { gain: Some(_) });
        if !has_share || self.inner.valued {
            return Err(Refused::NoGainShare);
        }
        if self.called.is_some() { Ok(()) } else { Err(Refused::NotExited) }
    }

    fn check_spread(
        &self,
        amount: Money,
        (count, frequency, first_due_on): (u32, Frequency, NaiveDate),
        on: NaiveDate,
    ) -> Result<(), Refused> {
        let Repayment::Bullet { matures_on, spread_months_max } = self.terms.repayment else {
            return Err(Refused::NotThisProduct { event: "spread", product: self.terms.product.code() });
        };
        if spread_months_max == 0 {
            return Err(Refused::NoSpreading);
        }
        positive(amount)?;
        at_most("amount", amount, self.outstanding)?;
        between("instalments", count, (1, spread_months_max / frequency.months()))?;
        let due_on = self.called.map_or(matures_on, |called| called.due_on);
        // The OCMW may decide in the year before.
        if self.called.is_none() && calendar::add_years(matures_on, -1) > on {
            return Err(self.not_now("spread", "it can be decided in the year before it is due"));
        }
        let pace = Pace { frequency, due_day: first_due_on.day() };
        let (last, latest) = (pace.later(first_due_on, count - 1), add_months(due_on, spread_months_max));
        if last > latest { Err(Refused::SpreadTooLong { last, latest }) } else { Ok(()) }
    }

    fn check_write_off(&self) -> Result<(), Refused> {
        let due = self.called.is_some() || self.status == Status::Matured || self.inner.claimed;
        let nothing_open = self.inner.lines.iter().all(|line| line.open.is_zero());
        if self.written_off.is_positive() || self.outstanding.is_zero() && nothing_open {
            return Err(self.not_now("written_off", "nothing is owed on it"));
        }
        // Interest or a share of a gain that is left when all principal came back.
        if due || self.outstanding.is_zero() {
            Ok(())
        } else {
            Err(self.not_now("written_off", "accelerate it or call it due first"))
        }
    }

    fn not_now(&self, event: &'static str, instead: &'static str) -> Refused {
        Refused::NotNow { event, status: self.status.code(), instead }
    }
}

/// What may still happen to a loan on which nothing is owed.
fn may_follow_the_end(event: &LoanEvent) -> bool {
    matches!(
        event,
        LoanEvent::PaymentReceived { .. }
            | LoanEvent::PaymentReversed { .. }
            | LoanEvent::OverpaymentRefunded { .. }
            | LoanEvent::ExitValued { .. }
            | LoanEvent::DischargeRequested { .. }
            | LoanEvent::Corrected { .. }
            | LoanEvent::TrancheDrawn { .. }
            | LoanEvent::DrawsClosed
            | LoanEvent::DischargeDecided { .. }
    )
}

fn check_plan(lines: &[PlanLine], on: NaiveDate) -> Result<(), Refused> {
    let Some(first) = lines.first() else { return Err(Refused::EmptyPlan) };
    after("first due date", first.due_on, on)?;
    for line in lines {
        positive(line.amount)?;
    }
    for (number, pair) in (2..).zip(lines.windows(2)) {
        if let [before, line] = pair
            && line.due_on <= before.due_on
        {
            return Err(Refused::PlanOrder { number, date: line.due_on });
        }
    }
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    between("number of plan lines", count, (1, INSTALMENTS_MOST))
}

fn adds_up(lines: &[PlanLine], owed: Money) -> Result<(), Refused> {
    let sum: Money = lines.iter().map(|line| line.amount).sum();
    if sum == owed { Ok(()) } else { Err(Refused::PlanSum { sum, owed }) }
}

fn between(field: &'static str, value: u32, (least, most): (u32, u32)) -> Result<(), Refused> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(Refused::Count { field, value, least, most }) }
}

fn after(field: &'static str, date: NaiveDate, effective_on: NaiveDate) -> Result<(), Refused> {
    if date > effective_on { Ok(()) } else { Err(Refused::NotAfter { field, date, effective_on }) }
}

fn at_most(field: &'static str, amount: Money, most: Money) -> Result<(), Refused> {
    if amount > most { Err(Refused::MoreThan { field, amount, most }) } else { Ok(()) }
}

fn named(field: &'static str, text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() { Err(Refused::NoReference(field)) } else { Ok(()) }
}

fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    calendar::add_months(date, i32::try_from(months).unwrap_or(i32::MAX), date.day())
}
