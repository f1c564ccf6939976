//! Who writes, who is owed, who is paid and who helps: the parties a letter names.

use serde::{Deserialize, Serialize};

/// A postal address as it is written on an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Street, number and box: `Voorbeeldstraat 27 bus 3`.
    pub street: String,
    /// Post code and town: `8500 Kortrijk`.
    pub town: String,
}

/// The Energiehuis that writes the letter and manages the loan: its letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// Its name: `Energiehuis W13`.
    pub name: String,
    /// Where it can be visited and written to.
    pub place: Place,
    /// The number a borrower may call, as it is printed.
    pub phone: String,
    /// The address a borrower may mail to.
    pub email: String,
    /// Its site, without `https://`.
    pub website: String,
}

/// To whom the debt is owed: the legal lender, by name, number and seat (WER art. XIX.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creditor {
    /// Its legal name: `OCMW Kortrijk`.
    pub name: String,
    /// Its enterprise number as printed: `0207.494.678`.
    pub enterprise_number: String,
    /// Its seat.
    pub place: Place,
}

/// The account that is to be paid, and with which communication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAccount {
    /// The IBAN, with or without spaces.
    pub iban: String,
    /// In whose name the account stands (banks check it against the IBAN).
    pub beneficiary: String,
    /// The structured communication as printed: `+++321/9887/30446+++`.
    pub ogm: String,
}

/// Who helps when paying is hard: the social service of the borrower's municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    /// Its name: `Sociale dienst OCMW Kortrijk`.
    pub name: String,
    /// Its number, as it is printed.
    pub phone: String,
    /// Its mail address.
    pub email: String,
}
