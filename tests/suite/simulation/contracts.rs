//! Families that come, sign, and have their contractors paid.

use chrono::{Datelike, Days, NaiveDate};
use energiehuis::domain::calendar;
use energiehuis::domain::identity::Ogm;
use energiehuis::domain::ledger::{Counter, FundingShare};
use energiehuis::domain::loan::{GainShare, LoanEvent, LoanTerms, Repayment, Status};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::domain::schedule::{DayCount, Frequency, Method, Rate, Remainder};
use energiehuis::services::draws::close::close;
use energiehuis::services::funds::commit::{Commitment, commit};
use energiehuis::services::invoices::approve::approve;
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::invoices::refuse::refuse;
use energiehuis::services::loans::book::{NewFact, book};
use energiehuis::storage::loans::{Loan, insert, next_serial};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::dice::Dice;
use super::events::Who;
use super::options::Options;
use super::world::{Contract, FIRST, World};
use crate::support::town::{KORTRIJK, ROOFER, euros};

/// Somebody who will come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intent {
    pub(super) on: NaiveDate,
    pub(super) product: Product,
}

/// Everybody who will come, the last first: a fifth in the first year, the others in the first half of the story, so
/// that there are years enough for what happens in the end.
pub(super) fn intents(dice: &mut Dice, options: Options) -> Vec<Intent> {
    use Product::{EmergencyBuyer, EnergyLoan, RenovationLoan, RollingFund};
    let products = [(7, EmergencyBuyer), (4, RollingFund), (5, EnergyLoan), (4, RenovationLoan)];
    let half = (options.years * 365 / 2).max(200);
    let one = |number: u32| {
        let days = if number * 5 < options.loans { 200 } else { half };
        let on = FIRST + Days::new(u64::from(dice.between(1, days)));
        Intent { on, product: dice.weighed(products.to_vec()).unwrap() }
    };
    let mut intents: Vec<Intent> = (0..options.loans).map(one).collect();
    intents.sort_by_key(|intent| std::cmp::Reverse(intent.on));
    intents
}

/// The contracts of one product, of every generation and with every rule for cents and days.
fn terms(dice: &mut Dice, product: Product, signed_on: NaiveDate) -> LoanTerms {
    let (principal, repayment) = match product {
        Product::EmergencyBuyer => {
            let (most, spread_months_max) = *dice.pick(&[(25_000, 0), (30_000, 0), (50_000, 300), (50_000, 240)]);
            let years = if dice.percent(70) { 20 } else { i32::try_from(dice.between(3, 9)).unwrap() };
            let matures_on = calendar::add_years(signed_on, years);
            (dice.money(euros(2_000), euros(most)), Repayment::Bullet { matures_on, spread_months_max })
        }
        Product::RollingFund => {
            let gain = dice.percent(70).then(|| GainShare {
                share: Rate::percent(Decimal::new(i64::from(dice.between(500, 6_000)), 2)).unwrap(),
                value_before: dice.money(euros(60_000), euros(180_000)),
                valued_by: "schatter".to_owned(),
                at_most: dice.percent(40).then(|| dice.money(euros(1_000), euros(30_000))),
            });
            (dice.money(euros(8_000), euros(45_000)), Repayment::OnExit { gain })
        }
        Product::EnergyLoan => {
            let rate = *dice.pick(&[0, 0, 0, 100, 200]);
            let method = *dice.pick(&[
                Method::Linear,
                Method::Linear,
                Method::Linear,
                Method::Linear,
                Method::Bullet,
                Method::BulletThenSpread,
            ]);
            let rate = if method == Method::BulletThenSpread { 0 } else { rate };
            (dice.money(euros(1_250), euros(15_000)), instalments(dice, signed_on, (method, rate), 120))
        }
        Product::RenovationLoan => {
            let rate = *dice.pick(&[0, 225, 275]);
            let method = *dice.pick(&[Method::Annuity, Method::Annuity, Method::Annuity, Method::Bullet]);
            (dice.money(euros(1_250), euros(60_000)), instalments(dice, signed_on, (method, rate), 300))
        }
    };
    // A family that needs next to nothing still divides it into cents.
    let principal = if dice.percent(3) { dice.money(Money::from_cents(5), euros(2)) } else { principal };
    LoanTerms { product, principal, signed_on, repayment }
}

fn instalments(dice: &mut Dice, signed_on: NaiveDate, (method, rate): (Method, i64), months_most: u32) -> Repayment {
    use Frequency::{Monthly, Quarterly, Yearly};
    let frequency = *dice.pick(&[Monthly, Monthly, Monthly, Quarterly, Yearly]);
    let due_day = *dice.pick(&[1, 1, 5, 15, 28, 30, 31]);
    let months = i32::try_from(dice.between(1, 9)).unwrap();
    Repayment::Instalments {
        count: dice.between(12, months_most) / frequency.months() + 1,
        frequency,
        due_day,
        first_due_on: calendar::add_months(signed_on, months, due_day),
        method,
        annual_rate: Rate::percent(Decimal::new(rate, 2)).unwrap(),
        remainder: *dice.pick(&[Remainder::Last, Remainder::First]),
        day_count: *dice.pick(&[DayCount::Thirty360, DayCount::Actual365]),
    }
}

impl World {
    /// A family signs, if its fund has the money.
    pub(super) async fn sign(&mut self, intent: Intent) {
        self.begin(format!("a signature for {}", intent.product));
        let purse = self.purses.iter().position(|purse| purse.fund.product == intent.product).unwrap();
        let back = if self.dice.percent(20) { self.dice.between(0, 5) } else { 0 };
        let closed = self.purses[purse].closed_through.unwrap_or(FIRST);
        let signed_on = (self.today() - Days::new(u64::from(back))).max(closed + Days::new(1));
        let terms = terms(&mut self.dice, intent.product, signed_on);
        terms.check().unwrap();
        let (application_id, borrower_id, dwelling_id, quote_id) = self.application(purse, &terms).await;
        let fund_id = self.purses[purse].fund.fund_id;
        let mut tx = self.house().begin().await.unwrap();
        let promise = Commitment {
            application_id,
            fund_id,
            nis_code: KORTRIJK.to_owned(),
            amount: terms.principal,
            effective_on: self.today(),
        };
        let parts = match commit(&mut tx, self.house(), &promise).await {
            Ok(parts) => parts,
            Err(error) => {
                drop(tx);
                return self.refused(error, "a promise");
            }
        };
        let shares: Vec<FundingShare> = parts.iter().map(|part| self.share(purse, *part)).collect();
        let serial = next_serial(&mut tx).await.unwrap();
        let loan = Loan {
            loan_id: self.house().ids.next(),
            number: format!("L-{}-{serial:05}", signed_on.year()),
            serial,
            ogm: Ogm::from_base(1_000_000_000 + u64::try_from(serial).unwrap()).unwrap(),
            application_id,
            fund_id,
            borrower_id,
            nis_code: KORTRIJK.to_owned(),
            dwelling_id,
            terms,
            made_by: self.town.officer.user_id,
            created_at: self.town.test.clock.now(),
        };
        insert(&mut tx, &loan, &shares).await.unwrap();
        let idempotency_key = format!("signed:{}", loan.loan_id);
        let fact = NewFact { event: LoanEvent::Signed, effective_on: signed_on, idempotency_key };
        book(&mut tx, (self.house(), &self.town.officer), (loan.loan_id, fact), Counter::None).await.unwrap();
        self.house().commit(tx).await.unwrap();
        let pays = *self.dice.pick(&[99, 99, 97, 90, 60, 20]);
        let eventful = *self.dice.pick(&[1, 1, 1, 2, 6]);
        let (facts, changed_from, status) = (Vec::new(), None, Status::Signed);
        self.contracts.push(Contract { loan, shares, quote_id, purse, pays, eventful, facts, changed_from, status });
        let index = self.contracts.len() - 1;
        self.reload(&[index]).await;
        if self.dice.percent(10) {
            self.think_better(index).await;
        }
    }

    /// A family takes its contract back within days, or a day too late; some have drawn already.
    async fn think_better(&mut self, index: usize) {
        if self.dice.percent(50) {
            self.draw(index).await;
        }
        let later = self.today() + Days::new(u64::from(self.dice.between(0, 16)));
        self.go_to(later);
        self.record(index, Who::Officer, json!({ "kind": "withdrawn" })).await;
    }

    fn share(&self, purse: usize, (source_id, amount): (Uuid, Money)) -> FundingShare {
        let source = self.purses[purse].sources.iter().find(|source| source.source_id == source_id).unwrap();
        FundingShare { source_id, weight: u64::try_from(amount.cents()).unwrap(), revolves: source.revolves }
    }

    /// An application that was approved, with one quote of its whole amount, written straight into the tables:
    /// application, person, dwelling and quote.
    async fn application(&self, purse: usize, terms: &LoanTerms) -> (Uuid, Uuid, Uuid, Uuid) {
        let ids = &self.house().ids;
        let [person_id, dwelling_id, application_id, work_id, quote_id] = std::array::from_fn(|_| ids.next());
        sqlx::query(
            "WITH person AS (
                 INSERT INTO persons (person_id, given_name, family_name, insz, born_on, language, created_at)
                 SELECT $1, 'Voornaam', 'Naam', lpad((count(*) + 1)::text, 11, '0'), '1980-01-01', 'nl', $8 FROM persons),
             dwelling AS (
                 INSERT INTO dwellings (dwelling_id, street, house_number, postcode, locality, nis_code, created_at)
                 VALUES ($2, 'Voorbeeldstraat', $2::text, '8500', 'Kortrijk', '34022', $8)),
             contractor AS (
                 INSERT INTO contractors (contractor_id, name, enterprise_number, iban, created_at)
                 VALUES (md5('contractor')::uuid, 'Dakwerken Voorbeeld', $10, 'BE92731123456723', $8)
                 ON CONFLICT DO NOTHING),
             application AS (
                 INSERT INTO applications (application_id, number, product, fund_id, nis_code, dwelling_id, applied_on,
                                           amount, answers, verdict, state, made_by, came_by, submitted_at, decided_at)
                 SELECT $3, 'A-' || $3::text, product, fund_id, '34022', $2, $11, $7, '{}', '{}', 'approved', $9,
                        'api', $8, $8 FROM funds WHERE fund_id = $6),
             work AS (
                 INSERT INTO application_works (work_id, application_id, kind, description, improves_energy, structural)
                 VALUES ($4, $3, 'roof', 'Dak', true, true))
             INSERT INTO application_quotes (quote_id, application_id, work_id, contractor_id, amount, quoted_on,
                                             valid_until)
             VALUES ($5, $3, $4, md5('contractor')::uuid, $7, $8::date, $8::date + 90)",
        )
        .bind(person_id)
        .bind(dwelling_id)
        .bind(application_id)
        .bind(work_id)
        .bind(quote_id)
        .bind(self.purses[purse].fund.fund_id)
        .bind(terms.principal.decimal())
        .bind(self.town.test.clock.now())
        .bind(self.town.officer.user_id)
        .bind(ROOFER.replace('.', ""))
        .bind(terms.signed_on)
        .execute(&self.town.test.pool)
        .await
        .unwrap();
        (application_id, person_id, dwelling_id, quote_id)
    }

    /// An invoice comes in and is approved, for a part of what is left or the whole of it; now and then for more.
    pub(super) async fn draw(&mut self, index: usize) {
        self.begin_with("a draw", index);
        let today = self.today();
        let contract = &self.contracts[index];
        let state = contract.on(today);
        let left = contract.loan.terms.principal - state.drawn;
        let amount = match self.dice.between(1, 20) {
            1 => left + euros(1),
            2..=8 => left,
            9..=10 => self.dice.money(Money::from_cents(1), euros(1).min(left)),
            _ => self.dice.money(Money::from_cents(1), left),
        };
        if !amount.is_positive() {
            return;
        }
        let contract = &self.contracts[index];
        let new = NewInvoice {
            loan_id: contract.loan.loan_id,
            quote_id: contract.quote_id,
            enterprise_number: ROOFER.to_owned(),
            work_kind: None,
            invoice_number: self.house().ids.next().to_string(),
            invoiced_on: today,
            amount,
            reference: None,
        };
        let invoice = match receive(self.house(), &self.town.officer, new).await {
            Ok(invoice) => invoice,
            Err(error) => return self.refused(error, "an invoice"),
        };
        match approve(self.house(), &self.town.committee[0], invoice.invoice_id).await {
            Ok(_) => self.reload(&[index]).await,
            Err(error) => {
                self.refused(error, "an approval");
                let decided = refuse(self.house(), &self.town.committee[0], invoice.invoice_id, "kan niet");
                decided.await.unwrap();
            }
        }
    }

    /// The works are finished.
    pub(super) async fn finish_works(&mut self, index: usize) {
        self.begin_with("the end of draws", index);
        match close(self.house(), &self.town.officer, self.contracts[index].loan.loan_id).await {
            Ok(_) => self.reload(&[index]).await,
            Err(error) => self.refused(error, "an end of draws"),
        }
    }
}
