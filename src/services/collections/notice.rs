//! The notice before a collection: its letter, and the mail that carries it.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::collection::{Announced, Mandate};
use crate::domain::identity::Iban;
use crate::letters::{CollectionNotice, Helper, Language, Occasion};
use crate::services::arrears::Sender;
use crate::services::{Error, House};
use crate::storage::arrears::Addressee;
use crate::storage::collections::{Collection, Creditor};
use crate::storage::documents::NewDocument;
use crate::storage::loans::Loan;
use crate::storage::outbox::NewMessage;

/// What a notice is about.
pub(super) struct About<'a> {
    pub(super) loan: &'a Loan,
    pub(super) collection: &'a Collection,
    pub(super) mandate: &'a Mandate,
    pub(super) creditor: &'a Creditor,
    pub(super) addressee: &'a Addressee,
    pub(super) occasion: Occasion,
}

/// A notice that is ready to be kept and sent.
pub(super) struct Set {
    pub(super) document: NewDocument,
    /// None: the borrower has no mail address, the letter is printed and posted.
    pub(super) message: Option<NewMessage>,
    pub(super) announced: Announced,
}

/// Sets a notice, as of today.
pub(super) fn set(house: &House, sender: &Sender, about: &About<'_>, today: NaiveDate) -> Result<Set, Error> {
    let About { loan, collection, mandate, creditor, addressee, occasion } = about;
    let (document_id, now) = (house.ids.next(), house.clock.now());
    let language = if addressee.language == "en" { Language::En } else { Language::Nl };
    let name = format!("{} {}", addressee.given_name, addressee.family_name);
    let notice = CollectionNotice {
        language,
        written_on: today,
        identity: document_id.to_string(),
        house: sender.house.clone(),
        creditor_name: creditor.name.clone(),
        creditor_id: creditor.identifier.canonical(),
        addressee: vec![name.clone(), addressee.street.clone(), addressee.town.clone()],
        greeting: name.clone(),
        loan_number: loan.number.clone(),
        amount: collection.amount,
        collect_on: collection.collect_on,
        due_on: collection.due_on,
        mandate: mandate.reference.to_string(),
        account_end: end(&mandate.debtor_iban),
        occasion: *occasion,
        helper: helper(sender, addressee),
    };
    let pdf = notice.pdf().map_err(Error::internal)?;
    let document = NewDocument {
        document_id,
        kind: "collection_notice".to_owned(),
        loan_id: Some(loan.loan_id),
        language: language.code().to_owned(),
        media_type: "application/pdf".to_owned(),
        file_name: notice.file_name(),
        sha256: Sha256::digest(&pdf).to_vec(),
        content: pdf,
        created_at: now,
    };
    let message = match &addressee.email {
        None => None,
        Some(email) => {
            let mail = notice.mail().map_err(Error::internal)?;
            Some(NewMessage {
                message_id: house.ids.next(),
                loan_id: loan.loan_id,
                rule: "collection_notice".to_owned(),
                occurrence: format!("{}/{}", collection.collection_id, collection.revision),
                recipient_name: name,
                recipient_email: email.clone(),
                subject: mail.subject,
                body_text: mail.text,
                body_html: mail.html,
                document_id: Some(document_id),
                created_at: now,
            })
        }
    };
    let announced = Announced {
        amount: collection.amount,
        collect_on: collection.collect_on,
        reference: mandate.reference.clone(),
        creditor: creditor.identifier.clone(),
        notified_on: today,
    };
    Ok(Set { document, message, announced })
}

/// The last four signs of an account: who owns it knows which one it is.
fn end(iban: &Iban) -> String {
    let bare = iban.as_str();
    bare.get(bare.len().saturating_sub(4)..).unwrap_or_default().to_owned()
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
