//! A house that works: its people, its funds with their accounts at the bank, and families whose loans come about
//! as they do in life, through the services and bank files. Nothing here writes a table by itself, but for the
//! addresses of the social services.

use energiehuis::domain::access::Role;
use energiehuis::domain::fund::{Fund, FundingSource};
use energiehuis::domain::identity::{BirthCentury, Iban, Insz, Ogm};
use energiehuis::domain::ledger::FundingKind;
use energiehuis::domain::loan::LoanState;
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::letters::{Creditor, Letterhead, Place};
use energiehuis::services::applications::{Ballot, CameBy, Submission, Submitted, Vote, submit, vote};
use energiehuis::services::arrears::Sender;
use energiehuis::services::bank::{self, BankFile, FileReport, FileState};
use energiehuis::services::contracts::{Contract, sign};
use energiehuis::services::desk;
use energiehuis::services::draws::close::close;
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::invoices::approve::{Approved, approve};
use energiehuis::services::invoices::receive::{NewInvoice, receive};
use energiehuis::services::loans::show::show;
use energiehuis::services::post::Correspondent;
use energiehuis::services::users::{NewToken, NewUser, add, add_token};
use energiehuis::services::{Actor, House};
use serde_json::{Value, json};
use uuid::Uuid;

use super::TestHouse;
use crate::bank::account::{Account, paid};

/// NIS code of Kortrijk.
pub(crate) const KORTRIJK: &str = "34022";
/// The contractor of every quote here.
pub(crate) const ROOFER: &str = "0403.170.701";

/// Whole euros.
pub(crate) fn euros(amount: i64) -> Money {
    Money::from_euros(amount)
}

/// A house with the people who work there.
pub(crate) struct Town {
    pub(crate) test: TestHouse,
    pub(crate) desk: Actor,
    pub(crate) officer: Actor,
    pub(crate) committee: [Actor; 2],
    pub(crate) accountant: Actor,
}

/// A fund, where its money comes from, and its account at the bank.
pub(crate) struct Purse {
    pub(crate) fund: Fund,
    pub(crate) source: FundingSource,
    pub(crate) account: Account,
}

/// A family with a contract.
#[derive(Debug, Clone)]
pub(crate) struct Family {
    pub(crate) application_id: Uuid,
    pub(crate) loan_id: Uuid,
    pub(crate) number: String,
    pub(crate) ogm: Ogm,
}

impl Town {
    /// The house on a business date, with nobody's money in it.
    pub(crate) async fn on(day: &str) -> Self {
        let test = TestHouse::on(day).await;
        let desk = worker(&test.house, Role::HousingDesk, "desk").await;
        let officer = worker(&test.house, Role::LoanOfficer, "officer").await;
        let first = worker(&test.house, Role::CommitteeMember, "first").await;
        let second = worker(&test.house, Role::CommitteeMember, "second").await;
        let accountant = worker(&test.house, Role::Accountant, "accountant").await;
        Self { test, desk, officer, committee: [first, second], accountant }
    }

    pub(crate) fn house(&self) -> &House {
        &self.test.house
    }

    /// A token with which a program calls as one of the people here: `desk`, `officer`, `first`, `second`.
    pub(crate) async fn token(&self, who: &str) -> String {
        let new = NewToken { email: format!("{who}@w13.example"), label: "journey".to_owned(), days: 366 };
        add_token(self.house(), &Actor::system(), &new).await.unwrap().0
    }

    /// The fund for energy loans: a grant that revolves, on its account since today.
    pub(crate) async fn energy_fund(&self, amount: i64) -> Purse {
        let mut purse = self.purse(("EL", Product::EnergyLoan, "000123456789"), FundingKind::Grant, amount).await;
        let entries = vec![paid(euros(amount), purse.source.ogm)];
        self.import(purse.account.file(&self.test.clock.today().to_string(), entries)).await;
        purse
    }

    /// The Noodkoopfonds: a credit line of VEKA for the families of Kortrijk; nothing of it has come in.
    pub(crate) async fn emergency_fund(&self) -> Purse {
        let named = ("NKF", Product::EmergencyBuyer, "000987654321");
        self.purse(named, FundingKind::CreditLine, 1_800_000).await
    }

    async fn purse(&self, named: (&str, Product, &str), kind: FundingKind, ceiling: i64) -> Purse {
        let (code, product, bban) = named;
        let iban = Iban::from_bban("BE", bban).unwrap().canonical();
        let new = NewFund { code: code.to_owned(), name: format!("Fonds {code}"), product, iban, bic: None };
        let fund = open_fund(self.house(), &self.accountant, new).await.unwrap();
        let line = kind == FundingKind::CreditLine;
        let new = NewSource {
            fund_id: fund.fund_id,
            kind,
            funder: if line { "VEKA".to_owned() } else { "Provincie West-Vlaanderen".to_owned() },
            nis_code: line.then(|| KORTRIJK.to_owned()),
            ceiling: euros(ceiling),
            pass_on_within_days: line.then_some(30),
            available_from: "2022-01-01".parse().unwrap(),
            ends_on: None,
            funder_iban: line.then(|| "BE68 5390 0754 7034".to_owned()),
        };
        let source = add_source(self.house(), &self.accountant, new).await.unwrap();
        let account = Account::of(&fund);
        Purse { fund, source, account }
    }

    /// Tells the house whom the families of Kortrijk can call, and who lends to emergency buyers there.
    pub(crate) async fn know_social_service(&self, enterprise_number: &str) {
        sqlx::query(
            "INSERT INTO social_services (nis_code, name, enterprise_number, street, postcode, locality, phone, email)
             VALUES ('34022', 'OCMW Kortrijk', $1, 'Grote Markt 54', '8500', 'Kortrijk', '056 27 70 00',
                     'ocmw@kortrijk.example')",
        )
        .bind(enterprise_number)
        .execute(&self.test.pool)
        .await
        .unwrap();
    }

    /// A bank file that must be imported.
    pub(crate) async fn import(&self, file: BankFile) -> FileReport {
        let mut report = bank::import(self.house(), &self.accountant, vec![file]).await.unwrap();
        let report = report.files.remove(0);
        assert_eq!(report.state, FileState::Imported, "{report:#?}");
        report
    }

    /// A family asks at the desk.
    pub(crate) async fn apply(&self, form: Value) -> Submitted {
        let form = serde_json::from_value(form).unwrap();
        submit(self.house(), &self.desk, Submission { form, came_by: CameBy::Page, request: None }).await.unwrap()
    }

    /// Both members of the committee say yes.
    pub(crate) async fn approve(&self, application_id: Uuid) {
        for member in &self.committee {
            let ballot = Ballot { application_id, vote: Vote::Approve, reason: String::new() };
            vote(self.house(), member, ballot).await.unwrap();
        }
    }

    /// From asking to the signature, all on one day.
    pub(crate) async fn contract(&self, form: Value) -> Family {
        let submitted = self.apply(form).await;
        self.approve(submitted.application_id).await;
        let contract = Contract::of(submitted.application_id);
        let signed = sign(self.house(), &self.officer, contract).await.unwrap();
        let (loan_id, number, ogm) = (signed.loan_id, signed.number, signed.ogm);
        Family { application_id: submitted.application_id, loan_id, number, ogm }
    }

    /// The invoice of a quote, registered by the officer.
    pub(crate) async fn invoice(&self, family: &Family, (number, amount): (&str, Money)) -> Uuid {
        let file = desk::application(self.house(), &self.officer, family.application_id).await.unwrap();
        let quote = file.quotes.iter().find(|quote| quote.amount - quote.invoiced >= amount).unwrap();
        let new = NewInvoice {
            loan_id: family.loan_id,
            quote_id: quote.quote_id,
            enterprise_number: ROOFER.to_owned(),
            work_kind: None,
            invoice_number: number.to_owned(),
            invoiced_on: self.test.clock.today(),
            amount,
            reference: None,
        };
        receive(self.house(), &self.officer, new).await.unwrap().invoice_id
    }

    /// An invoice, received by one and approved by another.
    pub(crate) async fn draw(&self, family: &Family, invoice: (&str, Money)) -> Approved {
        let invoice_id = self.invoice(family, invoice).await;
        approve(self.house(), &self.committee[0], invoice_id).await.unwrap()
    }

    /// The works are finished; gives back what is free again.
    pub(crate) async fn finish_works(&self, family: &Family) -> Money {
        close(self.house(), &self.officer, family.loan_id).await.unwrap()
    }

    pub(crate) async fn state(&self, family: &Family) -> LoanState {
        show(self.house(), &self.officer, &family.number, None).await.unwrap().state
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        let statement = format!("SELECT count(*) FROM {table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&self.test.pool).await.unwrap()
    }

    /// Runs a statement that breaks something on purpose, or mends it.
    pub(crate) async fn execute(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.test.pool).await.unwrap();
    }
}

async fn worker(house: &House, role: Role, name: &str) -> Actor {
    let nis_code = (role == Role::HousingDesk).then(|| KORTRIJK.to_owned());
    let new = NewUser {
        email: format!("{name}@w13.example"),
        name: name.to_owned(),
        role,
        nis_code: nis_code.clone(),
        password: None,
        language: "nl".to_owned(),
    };
    let user_id = add(house, &Actor::system(), new).await.unwrap();
    Actor { user_id, role, nis_code }
}

/// Who writes the letters here.
pub(crate) fn sender() -> Sender {
    let place = Place { street: "President Kennedypark 10".to_owned(), town: "8500 Kortrijk".to_owned() };
    Sender {
        house: Letterhead {
            name: "Energiehuis W13".to_owned(),
            place: place.clone(),
            phone: "056 28 26 00".to_owned(),
            email: "vragen@energiehuis.example".to_owned(),
            website: "energiehuis.example".to_owned(),
        },
        creditor: Creditor { name: "Energiehuis W13".to_owned(), enterprise_number: "0566.988.259".to_owned(), place },
        mail_from: Correspondent {
            name: Some("Energiehuis W13".to_owned()),
            address: "leningen@energiehuis.example".to_owned(),
        },
    }
}

/// The `n`th person of this town, born in 1985.
fn person(n: u32, email: Option<&str>) -> Value {
    let insz = Insz::from_first_nine(850_712_000 + n, BirthCentury::Before2000).unwrap().canonical();
    json!({
        "given_name": "Lotte", "family_name": format!("Voorbeeld-{n}"), "insz": insz, "born_on": "1985-07-12",
        "email": email, "language": "nl",
    })
}

fn dwelling(n: u32) -> Value {
    json!({
        "street": "Zwevegemsestraat", "number": n.to_string(), "postcode": "8500", "locality": "Kortrijk",
        "municipality": "Kortrijk", "built_in": 1931, "bought_on": "2019-05-03", "epc_label": "F",
    })
}

fn quote(amount: i64, day: &str) -> Value {
    let contractor = json!({ "name": "Dakwerken Voorbeeld", "enterprise_number": ROOFER, "iban": "BE92731123456723" });
    json!({ "contractor": contractor, "amount": amount, "quoted_on": day, "valid_until": "2023-12-31" })
}

/// An energy loan for a roof, in 60 instalments; the household of the `n`th person.
pub(crate) fn energy_loan(n: u32, amount: i64, email: Option<&str>) -> Value {
    json!({
        "product": "energy_loan", "amount": amount, "instalments": 60,
        "people": [person(n, email)], "dwelling": dwelling(n),
        "works": [{
            "kind": "roof", "description": "Dak isoleren", "improves_energy": true, "structural": false,
            "quotes": [quote(amount, "2022-01-03")],
        }],
        "incomes": [
            { "kind": "joint_taxable", "year": 2019, "amount": 24_500 },
            { "kind": "gross", "year": 2021, "amount": 19_800 },
        ],
        "answers": { "sole_owner": true, "main_residence": true, "other_real_estate": false, "dependants": 1 },
    })
}

/// An emergency-buyer loan for a roof; the household of the `n`th person.
pub(crate) fn emergency_loan(n: u32, amount: i64, email: Option<&str>) -> Value {
    json!({
        "product": "emergency_buyer", "amount": amount,
        "people": [person(n, email)], "dwelling": dwelling(n),
        "works": [{
            "kind": "roof", "description": "Dak herstellen en isoleren", "improves_energy": true, "structural": true,
            "quotes": [quote(amount, "2022-01-03")],
        }],
        "incomes": [{ "kind": "joint_taxable", "year": 2019, "amount": 24_500 }],
        "answers": {
            "sole_owner": true, "main_residence": true, "other_real_estate": false, "structural_defects": true,
            "dependants": 1, "solvency_inquiry": "market_loan_would_fail",
        },
    })
}
