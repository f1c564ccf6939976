//! What the payer said: structured references and free text.

use super::findings::{Findings, quoted};
use super::node::{Node, Spot};
use crate::domain::identity::Ogm;
use crate::domain::text::Text;
use crate::formats::bank::Reference;

/// The communication of a transaction.
#[derive(Debug, Default)]
pub(super) struct Remittance {
    pub(super) reference: Option<Reference>,
    pub(super) free: String,
    pub(super) more: Vec<String>,
    pub(super) hints: Vec<String>,
}

/// Reads `RmtInf`: structured first, for an entry may hold both.
pub(super) fn remittance(spot: Spot<'_>, findings: &mut Findings) -> Remittance {
    let mut remittance = Remittance::default();
    let Some(info) = spot.node.find("RmtInf") else { return remittance };
    let texts: Vec<&str> = info.all("Ustrd").map(|node| node.text.as_str()).filter(|text| !text.is_empty()).collect();
    remittance.free = texts.join(" ");
    if texts.len() > 1 {
        // A reference may be cut where one text ends and the next begins.
        remittance.hints.push(texts.concat());
    }
    for (node, number) in info.all("Strd").zip(1..) {
        let path = format!("{}/RmtInf/Strd[{number}]", spot.path);
        structured(Spot { node, path: &path }, &mut remittance, findings);
        remittance.more.extend(node.all("AddtlRmtInf").map(|node| node.text.clone()));
    }
    remittance.more.retain(|text| !text.is_empty());
    remittance
}

/// One structured reference: the Belgian one (`SCOR`, issuer `BBA`), or ISO 11649 (`RF…`). Where the issuer is
/// missing, the check digits tell.
fn structured(spot: Spot<'_>, remittance: &mut Remittance, findings: &mut Findings) {
    let Some(text) = spot.text("CdtrRefInf/Ref") else { return };
    let issuer = spot.text("CdtrRefInf/Tp/Issr").unwrap_or_default();
    let place = || spot.place("CdtrRefInf/Ref");
    if let Ok(ogm) = Ogm::parse(text) {
        keep(Reference::Given(ogm), text, remittance);
    } else if issuer.eq_ignore_ascii_case("BBA") {
        findings.doubt(place(), quoted(text), Text::new("camt-communication"));
        keep(Reference::Invalid, text, remittance);
        remittance.more.push(text.to_owned());
    } else if let Some(body) = rf_body(text) {
        // A Belgian communication may be wrapped in one of ISO.
        remittance.hints.extend(Ogm::parse(&body).map(Ogm::canonical));
        remittance.more.push(text.to_owned());
    } else {
        if issuer.eq_ignore_ascii_case("ISO") || looks_like_rf(text) {
            findings.doubt(place(), quoted(text), Text::new("camt-creditor-reference"));
        }
        remittance.more.push(text.to_owned());
    }
}

/// The first reference counts; another one is a text in which it is found as well.
fn keep(reference: Reference, text: &str, remittance: &mut Remittance) {
    match remittance.reference {
        None => remittance.reference = Some(reference),
        Some(first) if first != reference => remittance.hints.push(text.to_owned()),
        Some(_) => {}
    }
}

fn looks_like_rf(text: &str) -> bool {
    let mut signs = text.bytes();
    signs.next() == Some(b'R')
        && signs.next() == Some(b'F')
        && signs.next().is_some_and(|sign| sign.is_ascii_digit())
        && signs.next().is_some_and(|sign| sign.is_ascii_digit())
}

/// The body of a creditor reference whose check digits are right: the whole with its first four signs at the end,
/// letters as 10 to 35, is 1 modulo 97 (ISO 11649, ISO 7064).
fn rf_body(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|sign| *sign != ' ').map(|sign| sign.to_ascii_uppercase()).collect();
    if !looks_like_rf(&text) || !(5..=25).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let (start, body) = text.split_at(4);
    let mut rest = 0_u32;
    for sign in body.chars().chain(start.chars()) {
        let value = sign.to_digit(36)?;
        rest = (rest * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    if rest == 1 { Some(body.to_owned()) } else { None }
}

/// The end-to-end identification; the word that banks write when there is none is none.
pub(super) fn end_to_end_id(node: &Node) -> Option<String> {
    let text = node.text_at("Refs/EndToEndId")?;
    let word: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let absent = word.is_empty() || word.eq_ignore_ascii_case("NOTPROVIDED");
    if absent { None } else { Some(text.to_owned()) }
}
