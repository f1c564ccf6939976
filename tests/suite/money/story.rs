//! A fund, a family and a bank for these tests. What other parts of the house do (an approval, a statement) is
//! written here straight into the tables; everything that is tested goes through the services.

use chrono::NaiveDate;
use energiehuis::domain::access::Role;
use energiehuis::domain::fund::{Fund, FundingSource};
use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::ledger::{self, Counter, FundingKind, FundingShare, JournalEntry};
use energiehuis::domain::loan::{LoanEvent, LoanTerms, Repayment};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::commit::{Commitment, commit};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::invoices::approve::{Approved, approve};
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::loans::book::{Booking, NewFact, Outcome, book, book_many};
use energiehuis::services::{Actor, Error};
use energiehuis::storage::ledger::NewEntry;
use energiehuis::storage::loans::{Loan, insert};
use energiehuis::storage::{commitments, ledger as books, payment_orders};
use uuid::Uuid;

use crate::support::TestHouse;

pub(super) const KORTRIJK: &str = "34022";
pub(super) const ENTERPRISE_NUMBER: &str = "0566.988.259";

/// Whole euros.
pub(super) fn euros(amount: i64) -> Money {
    Money::from_euros(amount)
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A house with the people who work there.
pub(super) struct Story {
    pub(super) test: TestHouse,
    pub(super) officer: Actor,
    pub(super) committee: Actor,
    pub(super) accountant: Actor,
}

/// An application that was approved, before its money is promised.
#[derive(Clone, Copy)]
pub(super) struct Application {
    pub(super) application_id: Uuid,
    pub(super) quote_id: Uuid,
    pub(super) amount: Money,
    person_id: Uuid,
    dwelling_id: Uuid,
}

impl Story {
    pub(super) async fn on(day: &str) -> Self {
        let test = TestHouse::on(day).await;
        let mut people = Vec::new();
        for role in [Role::LoanOfficer, Role::CommitteeMember, Role::Accountant] {
            let user_id = test.house.ids.next();
            sqlx::query("INSERT INTO users (user_id, email, name, role, created_at) VALUES ($1, $2, $3, $3, $4)")
                .bind(user_id)
                .bind(format!("{role}@example.org"))
                .bind(role.code())
                .bind(test.clock.now())
                .execute(&test.pool)
                .await
                .unwrap();
            people.push(Actor { user_id, role, nis_code: None });
        }
        let [officer, committee, accountant] = <[Actor; 3]>::try_from(people).unwrap();
        Self { test, officer, committee, accountant }
    }

    pub(super) async fn fund(&self, code: &str, product: Product) -> Fund {
        let bban = format!("{:012}", 1_000_000 + code.bytes().map(i64::from).sum::<i64>());
        let iban = Iban::from_bban("BE", &bban).unwrap().canonical();
        let new = NewFund { code: code.to_owned(), name: format!("Fonds {code}"), product, iban, bic: None };
        open_fund(&self.test.house, &self.accountant, new).await.unwrap()
    }

    /// The Noodkoopfonds with a credit line of VEKA for the families of Kortrijk.
    pub(super) async fn emergency_fund(&self, ceiling: i64) -> (Fund, FundingSource) {
        let fund = self.fund("NKF", Product::EmergencyBuyer).await;
        let source = self.source(&fund, FundingKind::CreditLine, Some(KORTRIJK), ceiling).await;
        (fund, source)
    }

    pub(super) async fn source(
        &self,
        fund: &Fund,
        kind: FundingKind,
        nis_code: Option<&str>,
        ceiling: i64,
    ) -> FundingSource {
        let back = kind == FundingKind::CreditLine;
        let new = NewSource {
            fund_id: fund.fund_id,
            kind,
            funder: if back { "VEKA".to_owned() } else { "Provincie West-Vlaanderen".to_owned() },
            nis_code: nis_code.map(str::to_owned),
            ceiling: euros(ceiling),
            pass_on_within_days: back.then_some(30),
            available_from: day("2022-01-01"),
            ends_on: None,
            funder_iban: back.then(|| "BE68 5390 0754 7034".to_owned()),
        };
        add_source(&self.test.house, &self.accountant, new).await.unwrap()
    }

    /// The funder's money arrives; the statement of the bank says so.
    pub(super) async fn receive(&self, source: &FundingSource, amount: i64) {
        let today = self.test.clock.today();
        let entry = ledger::funding_received(today, source.source_id, source.kind, euros(amount)).unwrap();
        self.post(source.fund_id, entry).await;
    }

    /// Posts an entry, and gives the fund a bank statement that ends with its cash.
    pub(super) async fn post(&self, fund_id: Uuid, entry: JournalEntry) {
        let mut tx = self.test.house.begin().await.unwrap();
        books::insert_entries(&mut tx, &[self.new_entry(fund_id, entry)]).await.unwrap();
        self.test.house.commit(tx).await.unwrap();
        self.statement(fund_id).await;
    }

    pub(super) fn new_entry(&self, fund_id: Uuid, entry: JournalEntry) -> NewEntry {
        let entry_id = self.test.house.ids.next();
        NewEntry {
            entry_id,
            fund_id,
            idempotency_key: format!("test:{entry_id}"),
            booked_at: self.test.clock.now(),
            booked_by: Actor::SYSTEM_USER,
            reverses_entry_id: None,
            belongs_on: None,
            entry,
        }
    }

    /// A bank statement of today that ends with what the ledger says is on the account.
    pub(super) async fn statement(&self, fund_id: Uuid) {
        let (file, statement) = (self.test.house.ids.next(), self.test.house.ids.next());
        sqlx::query(
            "INSERT INTO bank_files (bank_file_id, sha256, name, content, encoding, received_at, received_by)
             VALUES ($1, $2, 'test', '', 'ascii', $3, $4)",
        )
        .bind(file)
        .bind(file.as_bytes().as_slice())
        .bind(self.test.clock.now())
        .bind(Actor::SYSTEM_USER)
        .execute(&self.test.pool)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO bank_statements (bank_statement_id, bank_file_id, fund_id, position, sequence, old_balance,
                                          new_balance, new_balance_on, sha256, booked_at)
             SELECT $1, $2, $3, 1, (SELECT count(*) + 1 FROM bank_statements), 0, sum(amount), $4, $5, $6
             FROM postings WHERE fund_id = $3 AND account = 'cash_at_bank'",
        )
        .bind(statement)
        .bind(file)
        .bind(fund_id)
        .bind(self.test.clock.today())
        .bind(statement.as_bytes().as_slice())
        .bind(self.test.clock.now())
        .execute(&self.test.pool)
        .await
        .unwrap();
    }

    /// An application from Kortrijk with one quote of its whole amount.
    pub(super) async fn application(&self, fund: &Fund, amount: i64) -> Application {
        let ids = &self.test.house.ids;
        let [person_id, dwelling_id, application_id, work_id, quote_id] = std::array::from_fn(|_| ids.next());
        let statements = [
            "INSERT INTO persons (person_id, given_name, family_name, insz, born_on, language, created_at)
             VALUES ($1, 'Voornaam', 'Naam', right(translate($1::text, '-abcdef', '0123456'), 11), '1980-01-01', 'nl', $8)",
            "INSERT INTO dwellings (dwelling_id, street, house_number, postcode, locality, nis_code, created_at)
             VALUES ($2, 'Voorbeeldstraat', $2::text, '8500', 'Kortrijk', '34022', $8)",
            "INSERT INTO contractors (contractor_id, name, enterprise_number, iban, created_at)
             VALUES (md5('contractor')::uuid, 'Dakwerken Voorbeeld', '0566988259', 'BE68539007547034', $8)
             ON CONFLICT DO NOTHING",
            "INSERT INTO applications (application_id, number, product, fund_id, nis_code, dwelling_id, applied_on,
                                       amount, answers, verdict, state, made_by, came_by, submitted_at, decided_at)
             SELECT $3, 'A-' || $3::text, product, fund_id, '34022', $2, $8::date, $7, '{}', '{}', 'approved', $9, 'api',
                    $8, $8 FROM funds WHERE fund_id = $6",
            "INSERT INTO application_works (work_id, application_id, kind, description, improves_energy, structural)
             VALUES ($4, $3, 'roof', 'Dak', true, true)",
            "INSERT INTO application_quotes (quote_id, application_id, work_id, contractor_id, amount, quoted_on,
                                             valid_until)
             VALUES ($5, $3, $4, md5('contractor')::uuid, $7, $8::date, $8::date + 90)",
        ];
        for statement in statements {
            // Every statement names every value, so that one list of them serves all.
            let whole = format!(
                "WITH given AS (SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::numeric,
                                       $8::timestamptz, $9::uuid) {statement}"
            );
            sqlx::query(sqlx::AssertSqlSafe(whole))
                .bind(person_id)
                .bind(dwelling_id)
                .bind(application_id)
                .bind(work_id)
                .bind(quote_id)
                .bind(fund.fund_id)
                .bind(euros(amount).decimal())
                .bind(self.test.clock.now())
                .bind(self.officer.user_id)
                .execute(&self.test.pool)
                .await
                .unwrap();
        }
        Application { application_id, quote_id, amount: euros(amount), person_id, dwelling_id }
    }

    /// The second approval: promises the money.
    pub(super) async fn commit(&self, fund: &Fund, application: &Application) -> Result<(), Error> {
        let new = Commitment {
            application_id: application.application_id,
            fund_id: fund.fund_id,
            nis_code: KORTRIJK.to_owned(),
            amount: application.amount,
            effective_on: self.test.clock.today(),
        };
        let mut tx = self.test.house.begin().await?;
        commit(&mut tx, &self.test.house, &new).await?;
        self.test.house.commit(tx).await
    }

    /// Signs the loan of an application whose money is promised: a bullet over twenty years.
    pub(super) async fn sign(&self, fund: &Fund, application: &Application, serial: i64) -> Uuid {
        let house = &self.test.house;
        let signed_on = self.test.clock.today();
        let mut tx = house.begin().await.unwrap();
        let mut shares = Vec::new();
        for (source_id, amount) in commitments::committed_to(&mut tx, application.application_id).await.unwrap() {
            let revolves = fund.product != Product::EmergencyBuyer;
            shares.push(FundingShare { source_id, weight: u64::try_from(amount.cents()).unwrap(), revolves });
        }
        let loan = Loan {
            loan_id: house.ids.next(),
            number: format!("L-2022-{serial:05}"),
            serial,
            ogm: Ogm::from_base(1_000_000_000 + u64::try_from(serial).unwrap()).unwrap(),
            application_id: application.application_id,
            fund_id: fund.fund_id,
            borrower_id: application.person_id,
            nis_code: KORTRIJK.to_owned(),
            dwelling_id: application.dwelling_id,
            terms: LoanTerms {
                product: fund.product,
                principal: application.amount,
                signed_on,
                repayment: Repayment::Bullet {
                    matures_on: signed_on + chrono::Months::new(240),
                    spread_months_max: 300,
                },
            },
            made_by: self.officer.user_id,
            created_at: self.test.clock.now(),
        };
        insert(&mut tx, &loan, &shares).await.unwrap();
        let idempotency_key = format!("signed:{}", loan.loan_id);
        let fact = NewFact { event: LoanEvent::Signed, effective_on: signed_on, idempotency_key };
        book(&mut tx, (house, &self.officer), (loan.loan_id, fact), Counter::None).await.unwrap();
        house.commit(tx).await.unwrap();
        loan.loan_id
    }

    pub(super) fn invoice(
        &self,
        loan_id: Uuid,
        application: &Application,
        (number, amount): (&str, i64),
    ) -> NewInvoice {
        NewInvoice {
            loan_id,
            quote_id: application.quote_id,
            enterprise_number: ENTERPRISE_NUMBER.to_owned(),
            work_kind: Some("roof".to_owned()),
            invoice_number: number.to_owned(),
            invoiced_on: self.test.clock.today(),
            amount: euros(amount),
            reference: None,
        }
    }

    /// An invoice, received by one and approved by another.
    pub(super) async fn draw(&self, loan_id: Uuid, application: &Application, amount: i64) -> Approved {
        let number = self.test.house.ids.next().to_string();
        let new = self.invoice(loan_id, application, (&number, amount));
        let invoice = receive(&self.test.house, &self.officer, new).await.unwrap();
        approve(&self.test.house, &self.committee, invoice.invoice_id).await.unwrap()
    }

    /// The bank pays an order to a contractor.
    pub(super) async fn bank_pays(&self, approved: &Approved) {
        let (order, today) = (&approved.order, self.test.clock.today());
        let loan_id = approved.tranche.loan_id;
        let entry = ledger::contractor_paid(today, loan_id, order.payment_order_id, order.amount).unwrap();
        self.pay(order.payment_order_id).await;
        self.post(order.fund_id, entry).await;
    }

    pub(super) async fn pay(&self, payment_order_id: Uuid) {
        let mut db = self.test.house.read().await.unwrap();
        payment_orders::mark_paid(&mut db, &[(payment_order_id, self.test.clock.today())]).await.unwrap();
    }

    /// A payment of a borrower, as the bank brings it.
    pub(super) fn payment(&self, loan_id: Uuid, (key, amount): (&str, Money)) -> Booking {
        let payment_id = self.test.house.ids.next();
        let fact = NewFact {
            event: LoanEvent::payment(payment_id, amount),
            effective_on: self.test.clock.today(),
            idempotency_key: key.to_owned(),
        };
        Booking { loan_id, fact, counter: Counter::Bank }
    }

    /// Books payments, as an import of the bank does, and gives the fund its statement.
    pub(super) async fn import(&self, fund: &Fund, bookings: Vec<Booking>) -> Vec<Outcome> {
        let house = &self.test.house;
        let mut tx = house.begin().await.unwrap();
        let outcomes = book_many(&mut tx, (house, &self.accountant), bookings).await.unwrap();
        house.commit(tx).await.unwrap();
        self.statement(fund.fund_id).await;
        outcomes
    }

    pub(super) async fn count(&self, table: &str) -> i64 {
        let statement = format!("SELECT count(*) FROM {table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&self.test.pool).await.unwrap()
    }
}

/// The key of the sentence with which a use case was refused.
pub(super) fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer.unwrap_err() {
        Error::Refused(text) | Error::Conflict(text) => text.key,
        Error::Invalid(problems) => problems.into_iter().map(|problem| problem.text.key).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
