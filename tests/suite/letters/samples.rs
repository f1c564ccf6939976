//! One sample of every letter, in every language: fictitious people with valid numbers.

use chrono::NaiveDate;
use energiehuis::domain::money::Money;
use energiehuis::letters::{
    CostsAfterTerm, Creditor, DueInstalment, FirstReminder, Helper, Language, Letterhead, PaymentAccount, Place,
};

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn place(street: &str, town: &str) -> Place {
    Place { street: street.to_owned(), town: town.to_owned() }
}

/// The reminder of one late instalment, with the house itself as creditor in English and an OCMW in Dutch.
pub(super) fn first_reminder(language: Language) -> FirstReminder {
    let house = Letterhead {
        name: "Energiehuis W13".to_owned(),
        place: place("Voorbeeldplein 13", "8500 Kortrijk"),
        phone: "056 00 00 13".to_owned(),
        email: "leningen@energiehuis.example".to_owned(),
        website: "www.energiehuis.example".to_owned(),
    };
    let (creditor, next_letter) = match language {
        Language::Nl => ("OCMW Kortrijk", Money::from_cents(750)),
        Language::En => ("Energiehuis W13", Money::ZERO),
    };
    FirstReminder {
        language,
        written_on: day(2024, 11, 20),
        identity: "018f6b1e-0000-7000-8000-000000000012".to_owned(),
        house,
        creditor: Creditor {
            name: creditor.to_owned(),
            enterprise_number: "0207.494.678".to_owned(),
            place: place("Voorbeeldstraat 27", "8500 Kortrijk"),
        },
        addressee: ["Sofie Peeters", "Sint-Denijsestraat 143 bus 2", "8500 Kortrijk"].map(str::to_owned).to_vec(),
        greeting: "Sofie Peeters".to_owned(),
        loan_number: "L-2024-00012".to_owned(),
        product: "Energielening".to_owned(),
        instalments: vec![DueInstalment {
            number: 7,
            of: 60,
            due_on: day(2024, 11, 10),
            open: Money::from_cents(25_000),
        }],
        pay_by: day(2024, 12, 9),
        costs_after_term: CostsAfterTerm { compensation: Money::ZERO, next_letter },
        account: PaymentAccount {
            iban: "BE68539007547034".to_owned(),
            beneficiary: "Energiehuis W13".to_owned(),
            ogm: "+++321/9887/30446+++".to_owned(),
        },
        helper: Helper {
            name: "Sociaal Huis Kortrijk (OCMW)".to_owned(),
            phone: "056 00 00 24".to_owned(),
            email: "sociaalhuis@kortrijk.example".to_owned(),
        },
    }
}
