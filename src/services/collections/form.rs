//! Mandates, amendments and runs as people and programs send them: everything is text and everything may be missing.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::application::{LONG, Loose, Reader};
use crate::domain::collection::{MandateKind, MandateReference};
use crate::domain::identity::Iban;
use crate::domain::text::Text;
use crate::services::Error;

/// The most signs of a name in a payment file.
const NAME: usize = 70;

/// A mandate as it came in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MandateForm {
    /// The account.
    pub iban: Loose,
    /// Its bank; may be left out.
    pub bic: Loose,
    /// In whose name it stands; who owes the loan when left out.
    pub debtor_name: Loose,
    /// The day it was signed.
    pub signed_on: Loose,
    /// `recurrent` or `one_off`; recurrent when left out.
    pub kind: Loose,
    /// The reference printed on it; made from the number of the loan when left out.
    pub reference: Loose,
}

/// A mandate that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) iban: Iban,
    pub(super) bic: Option<String>,
    pub(super) debtor_name: Option<String>,
    pub(super) signed_on: NaiveDate,
    pub(super) kind: MandateKind,
    pub(super) reference: Option<MandateReference>,
}

impl MandateForm {
    /// The mandate; every field that is wrong is told at once.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Read, Error> {
        let mut reader = Reader::default();
        let iban = account(&mut reader, &self.iban);
        let bic = bic(&mut reader, &self.bic);
        let debtor_name = reader.optional_words("debtor_name", &self.debtor_name, NAME);
        let signed_on = reader.date("signed_on", &self.signed_on);
        if let Some(day) = signed_on.filter(|day| *day > today) {
            reader.problem("signed_on", day, Text::new("mandate-problem-future").with("today", today));
        }
        let kind = match self.kind.text() {
            None => Some(MandateKind::Recurrent),
            Some(code) => MandateKind::of_code(code),
        };
        if kind.is_none() {
            let text = Text::new("application-problem-choice").with("choices", "recurrent, one_off");
            reader.problem("kind", self.kind.text().unwrap_or_default(), text);
        }
        let reference = reference(&mut reader, &self.reference);
        let problems = reader.into_problems();
        match (iban, signed_on, kind) {
            (Some(iban), Some(signed_on), Some(kind)) if problems.is_empty() => {
                Ok(Read { iban, bic, debtor_name, signed_on, kind, reference })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// A change of a mandate as it came in: another account, another reference, or both.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AmendForm {
    /// The new account.
    pub iban: Loose,
    /// Its bank; may be left out.
    pub bic: Loose,
    /// The new reference.
    pub reference: Loose,
    /// Why, in a few words.
    pub reason: Loose,
}

/// A change that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadChange {
    pub(super) account: Option<(Iban, Option<String>)>,
    pub(super) reference: Option<MandateReference>,
    pub(super) reason: String,
}

impl AmendForm {
    pub(super) fn read(&self) -> Result<ReadChange, Error> {
        let mut reader = Reader::default();
        let (with_account, with_reference) = (self.iban.text().is_some(), self.reference.text().is_some());
        if !with_account && !with_reference {
            reader.problem("iban", "", Text::new("mandate-problem-no-change"));
        }
        let iban = if with_account { account(&mut reader, &self.iban) } else { None };
        let bic = bic(&mut reader, &self.bic);
        let reference = reference(&mut reader, &self.reference);
        let reason = reader.words("reason", &self.reason, LONG);
        let problems = reader.into_problems();
        match reason {
            Some(reason) if problems.is_empty() => {
                Ok(ReadChange { account: iban.map(|iban| (iban, bic)), reference, reason })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// The end of a mandate as it came in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StopForm {
    /// Why, in a few words.
    pub reason: Loose,
}

impl StopForm {
    pub(super) fn read(&self) -> Result<String, Error> {
        let mut reader = Reader::default();
        reader.words("reason", &self.reason, LONG).ok_or_else(|| Error::Invalid(reader.into_problems()))
    }
}

/// A run as it was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RunForm {
    /// Code of the fund.
    pub fund: Loose,
    /// The last collection day that it takes; a week after the first possible one when left out.
    pub through: Loose,
}

impl RunForm {
    pub(super) fn read(&self) -> Result<(String, Option<NaiveDate>), Error> {
        let mut reader = Reader::default();
        let fund = reader.words("fund", &self.fund, NAME);
        let through = reader.optional_date("through", &self.through);
        let problems = reader.into_problems();
        match fund {
            Some(fund) if problems.is_empty() => Ok((fund, through)),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// An account that can be collected from: an IBAN.
fn account(reader: &mut Reader, value: &Loose) -> Option<Iban> {
    let typed = reader.required("iban", value)?;
    let read = Iban::parse(typed).ok();
    if read.is_none() {
        reader.problem("iban", typed, Text::new("mandate-problem-iban"));
    }
    read
}

/// The BIC of a bank: eight or eleven letters and digits (ISO 9362).
fn bic(reader: &mut Reader, value: &Loose) -> Option<String> {
    let typed = value.text()?;
    let bare = typed.replace(' ', "").to_ascii_uppercase();
    let right = matches!(bare.len(), 8 | 11) && bare.bytes().all(|sign| sign.is_ascii_alphanumeric());
    if right {
        return Some(bare);
    }
    reader.problem("bic", typed, Text::new("mandate-problem-bic"));
    None
}

fn reference(reader: &mut Reader, value: &Loose) -> Option<MandateReference> {
    let typed = value.text()?;
    let read = MandateReference::parse(typed).ok();
    if read.is_none() {
        reader.problem("reference", typed, Text::new("mandate-problem-reference"));
    }
    read
}
