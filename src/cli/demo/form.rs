//! The request of a family as a form: text, like any other that comes in.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::family::{Family, Fate, Flaw, Member, PlannedWork};
use super::numbers::{self, Holder};
use super::towns::FIRMS;
use crate::cli::Failure;
use crate::domain::application::{
    AnswersForm, ApplicationForm, ContractorForm, DwellingForm, IncomeForm, Loose, PersonForm, QuoteForm, WorkForm,
};
use crate::domain::calendar::add_months;
use crate::domain::product::Product;

/// Accounts that firms told later, by their enterprise number: their next quotes name them.
pub(super) type NewAccounts = BTreeMap<String, String>;

/// The form of a family.
pub(super) fn form(family: &Family, accounts: &NewAccounts) -> Result<ApplicationForm, Failure> {
    Ok(ApplicationForm {
        product: family.product.code().into(),
        applied_on: family.applied_on.to_string().into(),
        amount: family.amount.to_string().into(),
        instalments: optional(family.instalments.map(|count| count.to_string())),
        people: family.members.iter().map(person).collect::<Result<_, _>>()?,
        dwelling: dwelling(family),
        works: family.works.iter().map(|work| works((family, work), accounts)).collect::<Result<_, _>>()?,
        incomes: vec![income(family, "joint_taxable", 3), income(family, "gross", 1)],
        answers: answers(family),
    })
}

fn optional(text: Option<String>) -> Loose {
    text.map(Loose::from).unwrap_or_default()
}

fn yes_no(yes: bool) -> Loose {
    if yes { "yes".into() } else { "no".into() }
}

fn income(family: &Family, kind: &str, years_back: i32) -> IncomeForm {
    IncomeForm {
        earner: "applicant".into(),
        kind: kind.into(),
        year: (family.applied_on.year() - years_back).to_string().into(),
        amount: family.income.to_string().into(),
    }
}

fn person(member: &Member) -> Result<PersonForm, Failure> {
    Ok(PersonForm {
        given_name: member.given_name.into(),
        family_name: member.family_name.into(),
        insz: numbers::national_number(member.born_on)?.canonical().into(),
        born_on: member.born_on.to_string().into(),
        email: optional(member.email.clone()),
        phone: Loose::default(),
        language: member.language.into(),
    })
}

fn dwelling(family: &Family) -> DwellingForm {
    let months = match family.product {
        Product::EmergencyBuyer => 10,
        _ => 60,
    };
    DwellingForm {
        street: family.street.into(),
        number: family.house_number.to_string().into(),
        box_number: Loose::default(),
        postcode: family.town.postcode.into(),
        locality: family.town.name.into(),
        municipality: family.town.nis_code.into(),
        built_in: family.built_in.to_string().into(),
        bought_on: add_months(family.applied_on, -months, family.applied_on.day()).to_string().into(),
        epc_label: family.epc_label.into(),
        epc_number: Loose::default(),
        epc_score: Loose::default(),
    }
}

fn works((family, work): (&Family, &PlannedWork), accounts: &NewAccounts) -> Result<WorkForm, Failure> {
    let firm = u32::try_from(work.firm).unwrap_or_default();
    let number = numbers::enterprise_number(100 + firm)?;
    let first = numbers::account(Holder::Firm(firm))?.canonical();
    let quoted_on: NaiveDate = family.applied_on - Days::new(u64::from(6 + family.number % 21));
    Ok(WorkForm {
        kind: work.kind.code().into(),
        description: work.description.into(),
        improves_energy: yes_no(work.improves_energy),
        structural: yes_no(work.structural),
        quotes: vec![QuoteForm {
            contractor: ContractorForm {
                name: FIRMS[work.firm].name.into(),
                enterprise_number: number.canonical().into(),
                iban: accounts.get(&number.to_string()).cloned().unwrap_or(first).into(),
                email: format!("info.{firm}@aannemer.invalid").into(),
            },
            amount: work.quoted.to_string().into(),
            quoted_on: quoted_on.to_string().into(),
            valid_until: add_months(quoted_on, 6, quoted_on.day()).to_string().into(),
        }],
    })
}

fn answers(family: &Family) -> AnswersForm {
    let buyer = family.product == Product::EmergencyBuyer;
    let solvency = match family.fate {
        Fate::PaperMissing => Loose::default(),
        _ if buyer => "market_loan_would_fail".into(),
        _ => Loose::default(),
    };
    AnswersForm {
        sole_owner: yes_no(true),
        main_residence: yes_no(true),
        other_real_estate: yes_no(family.fate == Fate::NotEligible(Flaw::OtherHouse)),
        structural_defects: yes_no(family.product != Product::EnergyLoan),
        dependants: family.dependants.to_string().into(),
        solvency_inquiry: solvency,
        organisation: Loose::default(),
        priority_grounds: Vec::new(),
    }
}
