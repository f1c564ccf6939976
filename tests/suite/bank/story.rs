//! A fund and families for these tests. What happens before the bank file (an approval, a signature) is written
//! straight into the tables; everything about the bank goes through the services.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use energiehuis::domain::access::Role;
use energiehuis::domain::fund::{Fund, FundingSource};
use energiehuis::domain::identity::{Iban, Ogm};
use energiehuis::domain::ledger::{Counter, FundingKind, FundingShare};
use energiehuis::domain::loan::{LoanEvent, LoanState, LoanTerms, Repayment};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::domain::schedule::{DayCount, Frequency, Method, Rate, Remainder};
use energiehuis::services::bank::{self, BankFile, FileReport, FileState};
use energiehuis::services::draws::close::close;
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::commit::{Commitment, commit};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::invoices::approve::{Approved, approve};
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::ledger::check::check;
use energiehuis::services::loans::book::{NewFact, book};
use energiehuis::services::loans::load;
use energiehuis::services::{Actor, House};
use energiehuis::storage::commitments::committed_to;
use energiehuis::storage::loans::{Loan, insert};
use uuid::Uuid;

use crate::support::TestHouse;

pub(super) const KORTRIJK: &str = "34022";

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn euros(amount: i64) -> Money {
    Money::from_euros(amount)
}

/// A communication that belongs to nobody here.
pub(super) fn stranger() -> Ogm {
    Ogm::from_base(9_876_543_210).unwrap()
}

/// A house with the people who work there, and one fund for energy loans with a credit line.
pub(super) struct Story {
    pub(super) test: TestHouse,
    pub(super) officer: Actor,
    pub(super) committee: Actor,
    pub(super) accountant: Actor,
    pub(super) fund: Fund,
    pub(super) source: FundingSource,
}

/// A loan, and the quote that its invoices are of.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) loan: Loan,
    quote_id: Uuid,
}

impl Story {
    /// On 3 January 2022, before anything has happened.
    pub(super) async fn new() -> Self {
        let test = TestHouse::on("2022-01-03").await;
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
        let fund = fund(&test.house, &accountant, "EL", "000123456789").await;
        let source = source(&test.house, &accountant, &fund).await;
        Self { test, officer, committee, accountant, fund, source }
    }

    pub(super) fn house(&self) -> &House {
        &self.test.house
    }

    /// Another fund, with an account of its own.
    pub(super) async fn other_fund(&self) -> (Fund, FundingSource) {
        let fund = fund(self.house(), &self.accountant, "NKF", "000987654321").await;
        let source = source(self.house(), &self.accountant, &fund).await;
        (fund, source)
    }

    /// A loan of an amount, to be repaid in ten monthly instalments from 1 June 2022; nothing drawn yet.
    pub(super) async fn family(&self, serial: i64, amount: i64) -> Family {
        let (loan, quote_id) = self.application(serial, euros(amount)).await;
        let house = self.house();
        let mut tx = house.begin().await.unwrap();
        let promise = Commitment {
            application_id: loan.application_id,
            fund_id: loan.fund_id,
            nis_code: KORTRIJK.to_owned(),
            amount: loan.terms.principal,
            effective_on: house.clock.today(),
        };
        commit(&mut tx, house, &promise).await.unwrap();
        let shares: Vec<FundingShare> = committed_to(&mut tx, loan.application_id)
            .await
            .unwrap()
            .into_iter()
            .map(|(source_id, amount)| FundingShare {
                source_id,
                weight: u64::try_from(amount.cents()).unwrap(),
                revolves: false,
            })
            .collect();
        insert(&mut tx, &loan, &shares).await.unwrap();
        let idempotency_key = format!("signed:{}", loan.loan_id);
        let fact = NewFact { event: LoanEvent::Signed, effective_on: loan.terms.signed_on, idempotency_key };
        book(&mut tx, (house, &self.officer), (loan.loan_id, fact), Counter::None).await.unwrap();
        house.commit(tx).await.unwrap();
        Family { loan, quote_id }
    }

    /// A loan that is drawn in full and being repaid; its order to the contractor still waits for the bank.
    pub(super) async fn repaying(&self, serial: i64, amount: i64) -> (Family, Approved) {
        let family = self.family(serial, amount).await;
        let approved = self.draw(&family, amount).await;
        close(self.house(), &self.officer, family.loan.loan_id).await.unwrap();
        (family, approved)
    }

    /// An invoice, received by one and approved by another.
    pub(super) async fn draw(&self, family: &Family, amount: i64) -> Approved {
        let new = NewInvoice {
            loan_id: family.loan.loan_id,
            quote_id: family.quote_id,
            enterprise_number: "0566.988.259".to_owned(),
            work_kind: Some("roof".to_owned()),
            invoice_number: self.house().ids.next().to_string(),
            invoiced_on: self.house().clock.today(),
            amount: euros(amount),
            reference: None,
        };
        let invoice = receive(self.house(), &self.officer, new).await.unwrap();
        approve(self.house(), &self.committee, invoice.invoice_id).await.unwrap()
    }

    /// A file that must be imported.
    pub(super) async fn import(&self, file: BankFile) -> FileReport {
        let report = self.offer(file).await;
        assert_eq!(report.state, FileState::Imported, "{report:#?}");
        report
    }

    /// A file, whatever becomes of it.
    pub(super) async fn offer(&self, file: BankFile) -> FileReport {
        let mut report = bank::import(self.house(), &self.accountant, vec![file]).await.unwrap();
        assert_eq!(report.files.len(), 1);
        report.files.remove(0)
    }

    pub(super) async fn state(&self, family: &Family) -> LoanState {
        let mut db = self.house().read().await.unwrap();
        let loans = load::states(&mut db, &[family.loan.loan_id], self.house().clock.today()).await.unwrap();
        loans.into_iter().next().unwrap().1
    }

    /// The balance of an account of the fund: debits less credits.
    pub(super) async fn balance(&self, account: &str) -> Money {
        let sum: rust_decimal::Decimal =
            sqlx::query_scalar("SELECT coalesce(sum(amount), 0) FROM postings WHERE fund_id = $1 AND account = $2")
                .bind(self.fund.fund_id)
                .bind(account)
                .fetch_one(&self.test.pool)
                .await
                .unwrap();
        Money::exact(sum).unwrap()
    }

    /// How many rows each table has.
    pub(super) async fn rows(&self) -> BTreeMap<String, i64> {
        let tables: Vec<String> =
            sqlx::query_scalar("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'")
                .fetch_all(&self.test.pool)
                .await
                .unwrap();
        let mut rows = BTreeMap::new();
        for table in tables {
            let count = format!("SELECT count(*) FROM {table}");
            let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&self.test.pool).await.unwrap();
            rows.insert(table, count);
        }
        rows
    }

    /// The books agree with each other and with the bank, and nothing is left over.
    pub(super) async fn finish(self) {
        let check = check(self.house(), &self.accountant).await.unwrap();
        assert!(check.ok, "{check:#?}");
        self.test.finish().await;
    }

    /// An approved application with one quote of its whole amount, and the loan that will be signed for it.
    async fn application(&self, serial: i64, amount: Money) -> (Loan, Uuid) {
        let ids = &self.house().ids;
        let [person_id, dwelling_id, application_id, work_id, quote_id] = std::array::from_fn(|_| ids.next());
        let statements = [
            "INSERT INTO persons (person_id, given_name, family_name, insz, born_on, language, created_at)
             VALUES ($1, 'Voornaam', 'Naam', lpad($10::text, 11, '0'), '1980-01-01', 'nl', $8)",
            "INSERT INTO dwellings (dwelling_id, street, house_number, postcode, locality, nis_code, created_at)
             VALUES ($2, 'Voorbeeldstraat', $10::text, '8500', 'Kortrijk', '34022', $8)",
            "INSERT INTO contractors (contractor_id, name, enterprise_number, iban, created_at)
             VALUES (md5('contractor')::uuid, 'Dakwerken Voorbeeld', '0566988259', 'BE68539007547034', $8)
             ON CONFLICT DO NOTHING",
            "INSERT INTO applications (application_id, number, product, fund_id, nis_code, dwelling_id, applied_on,
                                       amount, answers, verdict, state, made_by, came_by, submitted_at, decided_at)
             VALUES ($3, 'A-2022-' || $10::text, 'energy_loan', $6, '34022', $2, $8::date, $7, '{}', '{}', 'approved',
                     $9, 'api', $8, $8)",
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
                                       $8::timestamptz, $9::uuid, $10::bigint) {statement}"
            );
            sqlx::query(sqlx::AssertSqlSafe(whole))
                .bind(person_id)
                .bind(dwelling_id)
                .bind(application_id)
                .bind(work_id)
                .bind(quote_id)
                .bind(self.fund.fund_id)
                .bind(amount.decimal())
                .bind(self.house().clock.now())
                .bind(self.officer.user_id)
                .bind(serial)
                .execute(&self.test.pool)
                .await
                .unwrap();
        }
        let loan = self.loan(serial, amount, (application_id, person_id, dwelling_id));
        (loan, quote_id)
    }

    /// The loan of an application: ten monthly instalments without interest.
    fn loan(&self, serial: i64, amount: Money, (application_id, borrower_id, dwelling_id): (Uuid, Uuid, Uuid)) -> Loan {
        Loan {
            loan_id: self.house().ids.next(),
            number: format!("L-2022-{serial:05}"),
            serial,
            ogm: Ogm::from_base(1_000_000_000 + u64::try_from(serial).unwrap()).unwrap(),
            application_id,
            fund_id: self.fund.fund_id,
            borrower_id,
            nis_code: KORTRIJK.to_owned(),
            dwelling_id,
            terms: LoanTerms {
                product: Product::EnergyLoan,
                principal: amount,
                signed_on: self.house().clock.today(),
                repayment: Repayment::Instalments {
                    count: 10,
                    frequency: Frequency::Monthly,
                    due_day: 1,
                    first_due_on: day("2022-06-01"),
                    method: Method::Linear,
                    annual_rate: Rate::ZERO,
                    remainder: Remainder::Last,
                    day_count: DayCount::Thirty360,
                },
            },
            made_by: self.officer.user_id,
            created_at: self.house().clock.now(),
        }
    }
}

async fn fund(house: &House, actor: &Actor, code: &str, bban: &str) -> Fund {
    let iban = Iban::from_bban("BE", bban).unwrap().canonical();
    let product = Product::EnergyLoan;
    let new = NewFund { code: code.to_owned(), name: format!("Fonds {code}"), product, iban, bic: None };
    open_fund(house, actor, new).await.unwrap()
}

async fn source(house: &House, actor: &Actor, fund: &Fund) -> FundingSource {
    let new = NewSource {
        fund_id: fund.fund_id,
        kind: FundingKind::CreditLine,
        funder: "VEKA".to_owned(),
        nis_code: None,
        ceiling: euros(1_800_000),
        pass_on_within_days: Some(30),
        available_from: day("2022-01-01"),
        ends_on: None,
        funder_iban: Some("BE68 5390 0754 7034".to_owned()),
    };
    add_source(house, actor, new).await.unwrap()
}
