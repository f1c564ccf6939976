//! A house with very many loans that are being repaid, each with its first instalment open.

use chrono::{NaiveDate, NaiveTime};
use energiehuis::clock::{Chance, Clock, ClockHand, Ids, Secrets, local_moment};
use energiehuis::domain::access::Role;
use energiehuis::domain::identity::Iban;
use energiehuis::domain::ledger::{Counter, FundingKind};
use energiehuis::domain::loan::{LoanEvent, Repayment};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::domain::schedule::{DayCount, Frequency, Method, Rate, Remainder};
use energiehuis::services::funds::add_source::{NewSource, add_source};
use energiehuis::services::funds::open_fund::{NewFund, open_fund};
use energiehuis::services::loans::book::{Booking, NewFact, Outcome, book_many};
use energiehuis::services::{Actor, House};
use sqlx::PgPool;
use uuid::Uuid;

/// What each family borrowed, in ten instalments.
const PRINCIPAL: i64 = 1000;

/// A house, and who works there.
pub(crate) struct Town {
    pub(crate) house: House,
    pub(crate) accountant: Actor,
    hand: ClockHand,
}

impl Town {
    /// On the day on which all contracts are signed.
    pub(crate) async fn new(pool: PgPool, loans: u32) -> Self {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let (clock, hand) = Clock::moved(local_moment(day("2022-01-03"), nine));
        let ids = Ids::new(clock.clone(), Chance::seeded(1));
        let house = House { pool, clock, ids, secrets: Secrets::new(Chance::seeded(2)) };
        let accountant = person(&house, Role::Accountant).await;
        let officer = person(&house, Role::LoanOfficer).await;
        contracts(&house, (&accountant, &officer), loans).await;
        life(&house, &officer).await;
        Self { house, accountant, hand }
    }

    /// Moves on to the day after the first instalments fell due.
    pub(crate) fn when_claims_are_open(&self) {
        self.hand.set_local(day("2022-06-03"), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn person(house: &House, role: Role) -> Actor {
    let user_id = house.ids.next();
    sqlx::query("INSERT INTO users (user_id, email, name, role, created_at) VALUES ($1, $2, $3, $3, $4)")
        .bind(user_id)
        .bind(format!("{role}@example.org"))
        .bind(role.code())
        .bind(house.clock.now())
        .execute(&house.pool)
        .await
        .unwrap();
    Actor { user_id, role, nis_code: None }
}

/// A fund with one credit line, and as many contracts as asked, table by table.
async fn contracts(house: &House, (accountant, officer): (&Actor, &Actor), loans: u32) {
    let iban = Iban::from_bban("BE", "000123456789").unwrap().canonical();
    let product = Product::EnergyLoan;
    let new = NewFund { code: "EL".to_owned(), name: "Energieleningen".to_owned(), product, iban, bic: None };
    let fund = open_fund(house, accountant, new).await.unwrap();
    let new = NewSource {
        fund_id: fund.fund_id,
        kind: FundingKind::CreditLine,
        funder: "VEKA".to_owned(),
        nis_code: None,
        ceiling: Money::from_euros(1_000_000_000),
        pass_on_within_days: Some(30),
        available_from: day("2022-01-01"),
        ends_on: None,
        funder_iban: Some("BE68 5390 0754 7034".to_owned()),
    };
    let source = add_source(house, accountant, new).await.unwrap();
    let repayment = serde_json::to_value(Repayment::Instalments {
        count: 10,
        frequency: Frequency::Monthly,
        due_day: 1,
        first_due_on: day("2022-06-01"),
        method: Method::Linear,
        annual_rate: Rate::ZERO,
        remainder: Remainder::Last,
        day_count: DayCount::Thirty360,
    })
    .unwrap();
    for statement in [
        "INSERT INTO persons (person_id, given_name, family_name, insz, born_on, language, created_at)
         SELECT md5('person' || n)::uuid, 'Voornaam', 'Naam', lpad(n::text, 11, '0'), '1980-01-01', 'nl', $5
         FROM generate_series(1, $1) AS n",
        "INSERT INTO dwellings (dwelling_id, street, house_number, postcode, locality, nis_code, created_at)
         SELECT md5('dwelling' || n)::uuid, 'Voorbeeldstraat', n::text, '8500', 'Kortrijk', '34022', $5
         FROM generate_series(1, $1) AS n",
        "INSERT INTO applications (application_id, number, product, fund_id, nis_code, dwelling_id, applied_on, amount,
                                   answers, verdict, state, made_by, came_by, submitted_at, decided_at)
         SELECT md5('application' || n)::uuid, 'A-2022-' || n, 'energy_loan', $2, '34022', md5('dwelling' || n)::uuid,
                $5::date, $7, '{}', '{}', 'approved', $4, 'api', $5, $5
         FROM generate_series(1, $1) AS n",
        "INSERT INTO loans (loan_id, number, serial, ogm, application_id, fund_id, borrower_id, nis_code, dwelling_id,
                            product, principal, signed_on, repayment, made_by, created_at)
         SELECT md5('loan' || n)::uuid, 'L-2022-' || lpad(n::text, 6, '0'), n,
                base || lpad(coalesce(nullif(base % 97, 0), 97)::text, 2, '0'), md5('application' || n)::uuid, $2,
                md5('person' || n)::uuid, '34022', md5('dwelling' || n)::uuid, 'energy_loan', $7, $5::date, $6, $4, $5
         FROM (SELECT n, 1000000000 + n AS base FROM generate_series(1, $1) AS n) AS numbered",
        "INSERT INTO loan_shares (loan_id, source_id, weight)
         SELECT md5('loan' || n)::uuid, $3, 100000 FROM generate_series(1, $1) AS n",
    ] {
        // Every statement names every value, so that one list of them serves all.
        let whole = format!(
            "WITH given AS (SELECT $1::int, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::jsonb, $7::numeric)
             {statement}"
        );
        sqlx::query(sqlx::AssertSqlSafe(whole))
            .bind(i32::try_from(loans).unwrap())
            .bind(fund.fund_id)
            .bind(source.source_id)
            .bind(officer.user_id)
            .bind(house.clock.now())
            .bind(&repayment)
            .bind(Money::from_euros(PRINCIPAL).decimal())
            .execute(&house.pool)
            .await
            .unwrap();
    }
}

/// Every loan is signed, drawn in full, and closed for drawing.
async fn life(house: &House, officer: &Actor) {
    let loans: Vec<Uuid> =
        sqlx::query_scalar("SELECT loan_id FROM loans ORDER BY serial").fetch_all(&house.pool).await.unwrap();
    for some in loans.chunks(20_000) {
        let mut bookings = Vec::new();
        for loan_id in some {
            let drawn = LoanEvent::TrancheDrawn { tranche_id: house.ids.next(), amount: Money::from_euros(PRINCIPAL) };
            for (event, counter) in [
                (LoanEvent::Signed, Counter::None),
                (drawn, Counter::Contractor(None)),
                (LoanEvent::DrawsClosed, Counter::None),
            ] {
                let idempotency_key = format!("{}:{loan_id}", event.kind());
                let fact = NewFact { event, effective_on: house.clock.today(), idempotency_key };
                bookings.push(Booking { loan_id: *loan_id, fact, counter });
            }
        }
        let mut tx = house.begin().await.unwrap();
        let outcomes = book_many(&mut tx, (house, officer), bookings).await.unwrap();
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Booked(_))));
        house.commit(tx).await.unwrap();
    }
}
