//! The QR code with which a banking app fills in a credit transfer: EPC069-12, "Quick Response Code:
//! Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer", version 002.

use std::fmt::Write as _;

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

use super::people::PaymentAccount;
use crate::domain::money::Money;

/// A beneficiary's name has at most 70 characters (AT-21).
const LONGEST_NAME: usize = 70;
/// The largest symbol the guidelines allow is version 13, 69 modules wide.
const WIDEST: usize = 69;
/// White modules around the symbol, so that a camera finds it (ISO/IEC 18004).
const QUIET: usize = 4;

/// Why a payment does not fit in an EPC code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEpc {
    /// AT-04 is from 0.01 to 999,999,999.99.
    #[error("a payment code needs an amount from 0.01 to 999999999.99; it is {0}")]
    Amount(Money),
    /// AT-05 holds the twelve digits of the structured communication.
    #[error("a payment code needs a structured communication of 12 digits, like +++321/9887/30446+++; it is “{0}”")]
    Communication(String),
    /// The text is too long for version 13.
    #[error("the payment does not fit in a QR code of version 13")]
    TooLong,
}

/// The text inside the code: one element per line, in the order of the guidelines; elements after the last
/// filled one are left out.
///
/// The structured communication goes in the structured remittance element (AT-05) as its twelve digits, its
/// electronic form in Belgium.
pub fn payload(account: &PaymentAccount, amount: Money) -> Result<String, InvalidEpc> {
    if !amount.is_positive() || amount > Money::from_cents(99_999_999_999) {
        return Err(InvalidEpc::Amount(amount));
    }
    let communication: String = account.ogm.chars().filter(char::is_ascii_digit).collect();
    if communication.len() != 12 {
        return Err(InvalidEpc::Communication(account.ogm.clone()));
    }
    let name: String = account.beneficiary.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let iban: String = account.iban.chars().filter(char::is_ascii_alphanumeric).collect();
    let elements = [
        "BCD",                   // service tag
        "002",                   // version: the BIC may stay out inside the EEA
        "1",                     // character set: UTF-8
        "SCT",                   // identification: SEPA credit transfer
        "",                      // BIC
        name.trim(),             // AT-21
        &iban,                   // AT-20
        &format!("EUR{amount}"), // AT-04
        "",                      // AT-44 purpose
        &communication,          // AT-05 structured; the unstructured one excludes it and stays out
    ];
    Ok(elements.join("\n"))
}

/// The code as an SVG picture: dark modules in one path on white, quiet zone included.
pub fn svg(account: &PaymentAccount, amount: Money) -> Result<String, InvalidEpc> {
    // Error correction M is what the guidelines prescribe.
    let code =
        QrCode::with_error_correction_level(payload(account, amount)?, EcLevel::M).map_err(|_| InvalidEpc::TooLong)?;
    let width = code.width();
    if width > WIDEST {
        return Err(InvalidEpc::TooLong);
    }
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                // Writing into a String cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    let side = width + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> PaymentAccount {
        PaymentAccount {
            iban: "BE68 5390 0754 7034".to_owned(),
            beneficiary: "Energiehuis W13".to_owned(),
            ogm: "+++321/9887/30446+++".to_owned(),
        }
    }

    #[test]
    fn the_elements_stand_in_the_order_of_epc069_12() {
        assert_eq!(
            payload(&account(), Money::from_cents(25_000)),
            Ok("BCD\n002\n1\nSCT\n\nEnergiehuis W13\nBE68539007547034\nEUR250.00\n\n321988730446".to_owned())
        );
    }

    #[test]
    fn a_line_break_in_a_name_does_not_shift_the_elements() {
        let account = PaymentAccount { beneficiary: "W13\nBE00\r".to_owned(), ..account() };
        let payload = payload(&account, Money::from_cents(1)).unwrap_or_default();
        assert_eq!(payload.lines().count(), 10);
        assert_eq!(payload.lines().nth(5), Some("W13 BE00"));
    }

    #[test]
    fn nothing_to_pay_and_no_communication_are_refused() {
        assert_eq!(payload(&account(), Money::ZERO), Err(InvalidEpc::Amount(Money::ZERO)));
        let account = PaymentAccount { ogm: "lening".to_owned(), ..account() };
        assert_eq!(payload(&account, Money::from_cents(1)), Err(InvalidEpc::Communication("lening".to_owned())));
    }
}
