//! The free first reminder: its letter, and the mail that carries it.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::super::post::Correspondent;
use super::{Rules, Work};
use crate::config::Settings;
use crate::domain::arrears::{Channel, pay_before};
use crate::domain::identity::EnterpriseNumber;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::letters::{
    CostsAfterTerm, Creditor, DueInstalment, FirstReminder, Helper, Language, Letterhead, PaymentAccount, Place,
};
use crate::services::{Error, House};
use crate::storage::arrears::{Addressee, SocialService};
use crate::storage::documents::NewDocument;
use crate::storage::outbox::NewMessage;

/// Who writes: the house, as its settings name it.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The head of its letters.
    pub house: Letterhead,
    /// The house as creditor.
    pub creditor: Creditor,
    /// The address its mails come from.
    pub mail_from: Correspondent,
}

impl Sender {
    /// The house as its settings name it.
    pub fn of(settings: &Settings) -> Self {
        let organisation = &settings.organisation;
        let (street, town) = organisation.address.split_once(',').unwrap_or((organisation.address.as_str(), ""));
        let place = Place { street: street.trim().to_owned(), town: town.trim().to_owned() };
        let website = settings.base_url.split_once("://").map_or(settings.base_url.as_str(), |(_, rest)| rest);
        Self {
            house: Letterhead {
                name: organisation.name.clone(),
                place: place.clone(),
                // A house without a telephone is reached by mail: a family is never left without a way to answer.
                phone: organisation.phone.clone().unwrap_or_else(|| organisation.email.clone()),
                email: organisation.email.clone(),
                website: website.to_owned(),
            },
            creditor: Creditor {
                name: organisation.name.clone(),
                enterprise_number: organisation.enterprise_number.clone(),
                place,
            },
            mail_from: Correspondent {
                name: settings.mail.from.name.clone(),
                address: settings.mail.from.email.to_string(),
            },
        }
    }
}

/// A letter that is ready to be kept and sent.
pub(super) struct Letter {
    pub(super) document: NewDocument,
    /// None: the borrower has no mail address, the letter is printed and posted.
    pub(super) message: Option<NewMessage>,
}

pub(super) fn set(
    house: &House,
    sender: &Sender,
    rules: &Rules,
    work: &Work<'_>,
    on: NaiveDate,
) -> Result<Letter, Error> {
    let (addressee, loan) = (work.addressee, work.loan);
    let document_id = house.ids.next();
    let language = if addressee.language == "en" { Language::En } else { Language::Nl };
    let channel = if addressee.email.is_some() { Channel::Email } else { Channel::Post };
    let reminder = FirstReminder {
        language,
        written_on: on,
        identity: document_id.to_string(),
        house: sender.house.clone(),
        creditor: creditor(sender, work)?,
        addressee: vec![
            format!("{} {}", addressee.given_name, addressee.family_name),
            addressee.street.clone(),
            addressee.town.clone(),
        ],
        greeting: format!("{} {}", addressee.given_name, addressee.family_name),
        loan_number: loan.number.clone(),
        product: product_name(loan.terms.product, language).to_owned(),
        instalments: overdue(work, on),
        pay_by: pay_before(on, channel),
        costs_after_term: CostsAfterTerm { compensation: Money::ZERO, next_letter: rules.next_letter_cost },
        account: PaymentAccount {
            iban: addressee.fund_iban.clone(),
            beneficiary: sender.house.name.clone(),
            ogm: loan.ogm.to_string(),
        },
        helper: helper(sender, addressee),
    };
    let pdf = reminder.pdf().map_err(Error::internal)?;
    let document = NewDocument {
        document_id,
        kind: "first_reminder".to_owned(),
        loan_id: Some(loan.loan_id),
        language: language.code().to_owned(),
        media_type: "application/pdf".to_owned(),
        file_name: reminder.file_name(),
        sha256: Sha256::digest(&pdf).to_vec(),
        content: pdf,
        created_at: house.clock.now(),
    };
    let message = match &addressee.email {
        Some(email) => Some(message(house, &reminder, work, email, document_id)?),
        None => None,
    };
    Ok(Letter { document, message })
}

fn message(
    house: &House,
    reminder: &FirstReminder,
    work: &Work<'_>,
    email: &str,
    document_id: uuid::Uuid,
) -> Result<NewMessage, Error> {
    let mail = reminder.mail().map_err(Error::internal)?;
    let occurrence = work.reminders.iter().map(|step| step.due_on).min().unwrap_or_default();
    Ok(NewMessage {
        message_id: house.ids.next(),
        loan_id: work.loan.loan_id,
        rule: "first_reminder".to_owned(),
        occurrence: occurrence.to_string(),
        recipient_name: format!("{} {}", work.addressee.given_name, work.addressee.family_name),
        recipient_email: email.to_owned(),
        subject: mail.subject,
        body_text: mail.text,
        body_html: mail.html,
        document_id: Some(document_id),
        created_at: house.clock.now(),
    })
}

/// Everything that is late, so that one letter says all of it.
fn overdue(work: &Work<'_>, on: NaiveDate) -> Vec<DueInstalment> {
    let count = u32::try_from(work.state.instalments.len()).unwrap_or(u32::MAX);
    let late = work.state.instalments.iter().filter(|line| line.open.is_positive() && line.instalment.payable_on < on);
    late.map(|line| DueInstalment {
        number: line.instalment.number,
        of: count,
        due_on: line.instalment.due_on,
        open: line.open,
    })
    .collect()
}

/// The OCMW is the legal lender of an emergency-buyer loan; of every other loan the house is.
fn creditor(sender: &Sender, work: &Work<'_>) -> Result<Creditor, Error> {
    match (&work.addressee.social_service, work.loan.terms.product) {
        (Some(service), Product::EmergencyBuyer) => lender(service),
        _ => Ok(sender.creditor.clone()),
    }
}

fn lender(service: &SocialService) -> Result<Creditor, Error> {
    let number = EnterpriseNumber::parse(&service.enterprise_number).map_err(Error::internal)?;
    Ok(Creditor {
        name: service.name.clone(),
        enterprise_number: number.to_string(),
        place: Place { street: service.street.clone(), town: service.town.clone() },
    })
}

fn helper(sender: &Sender, addressee: &Addressee) -> Helper {
    match &addressee.social_service {
        Some(service) => {
            Helper { name: service.name.clone(), phone: service.phone.clone(), email: service.email.clone() }
        }
        None => Helper {
            name: sender.house.name.clone(),
            phone: sender.house.phone.clone(),
            email: sender.house.email.clone(),
        },
    }
}

fn product_name(product: Product, language: Language) -> &'static str {
    match (product, language) {
        (Product::EmergencyBuyer, Language::Nl) => "Noodkooplening",
        (Product::EmergencyBuyer, Language::En) => "Emergency-buyer loan (noodkooplening)",
        (Product::RollingFund, Language::Nl) => "Rollend fonds",
        (Product::RollingFund, Language::En) => "Rolling fund (rollend fonds)",
        (Product::EnergyLoan, Language::Nl) => "Energielening",
        (Product::EnergyLoan, Language::En) => "Energy loan (energielening)",
        (Product::RenovationLoan, Language::Nl) => "Mijn VerbouwLening",
        (Product::RenovationLoan, Language::En) => "Renovation loan (Mijn VerbouwLening)",
    }
}
