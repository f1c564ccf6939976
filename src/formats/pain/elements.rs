//! The elements that both messages have, and how a message becomes bytes. Names are those of ISO 20022; what they mean
//! is said where the lines are built.

use chrono::NaiveDate;
use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Batch, Blocked, Built, Head, PainFile, check};
use crate::domain::identity::{CreditorId, Iban, Ogm};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};

/// An element on its way into a file.
#[derive(Debug)]
pub(super) struct Element {
    name: &'static str,
    attribute: Option<(&'static str, &'static str)>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Text(String),
    Elements(Vec<Element>),
}

/// An element around others, in this order.
pub(super) fn around(name: &'static str, elements: impl Into<Vec<Element>>) -> Element {
    Element { name, attribute: None, content: Content::Elements(elements.into()) }
}

/// An element with a text.
pub(super) fn text(name: &'static str, text: impl ToString) -> Element {
    Element { name, attribute: None, content: Content::Text(text.to_string()) }
}

/// An element around a code or an identification: `<SvcLvl><Cd>SEPA</Cd></SvcLvl>`.
pub(super) fn holding(name: &'static str, inner: &'static str, value: impl ToString) -> Element {
    around(name, [text(inner, value)])
}

/// `GrpHdr` over these batches.
pub(super) fn group_header(head: &Head, name: &str, batches: &[Batch]) -> Element {
    let count: usize = batches.iter().map(|batch| batch.lines.len()).sum();
    let sum: Money = batches.iter().map(|batch| batch.sum).sum();
    let number = around("Othr", [text("Id", head.enterprise_number.canonical()), text("Issr", "KBO-BCE")]);
    let initiator = around("InitgPty", [text("Nm", name), around("Id", [around("OrgId", [number])])]);
    let created_at = head.created_at.format("%Y-%m-%dT%H:%M:%S");
    around(
        "GrpHdr",
        [
            text("MsgId", &head.message_id),
            text("CreDtTm", created_at),
            text("NbOfTxs", count),
            text("CtrlSum", sum),
            initiator,
        ],
    )
}

/// The n-th batch of a message, from 1.
pub(super) fn batch(head: &Head, number: usize, (account, on): (&Iban, NaiveDate), lines: &[(usize, Money)]) -> Batch {
    Batch {
        batch_id: format!("{}-{number}", head.message_id),
        account: account.clone(),
        on,
        lines: lines.iter().map(|(position, _)| *position).collect(),
        sum: lines.iter().map(|(_, amount)| *amount).sum(),
    }
}

/// How every `PmtInf` begins. `BtchBookg` true: the bank books it as one movement.
pub(super) fn payment(batch: &Batch, method: &'static str) -> Vec<Element> {
    vec![
        text("PmtInfId", &batch.batch_id),
        text("PmtMtd", method),
        text("BtchBookg", true),
        text("NbOfTxs", batch.lines.len()),
        text("CtrlSum", batch.sum),
    ]
}

pub(super) fn party(name: &'static str, who: &str) -> Element {
    holding(name, "Nm", who)
}

pub(super) fn account(name: &'static str, iban: &Iban) -> Element {
    around(name, [holding("Id", "IBAN", iban.as_str())])
}

/// The bank of an account in the zone, which finds it by the account itself.
pub(super) fn no_agent(name: &'static str) -> Element {
    around(name, [around("FinInstnId", [holding("Othr", "Id", "NOTPROVIDED")])])
}

pub(super) fn amount(amount: Money) -> Element {
    Element { attribute: Some(("Ccy", "EUR")), ..text("InstdAmt", amount) }
}

pub(super) fn creditor_id(creditor: &CreditorId) -> Element {
    let number = [text("Id", creditor.canonical()), holding("SchmeNm", "Prtry", "SEPA")];
    around("Id", [around("PrvtId", [around("Othr", number)])])
}

/// `RmtInf` with a structured communication.
pub(super) fn structured(ogm: Ogm) -> Element {
    let kind = around("Tp", [holding("CdOrPrtry", "Cd", "SCOR"), text("Issr", "BBA")]);
    let reference = around("CdtrRefInf", [kind, text("Ref", ogm.canonical())]);
    around("RmtInf", [around("Strd", [reference])])
}

/// `RmtInf` with words.
pub(super) fn free(words: String) -> Element {
    holding("RmtInf", "Ustrd", words)
}

/// The file of a message, checked: its namespace, its own element, the group header and the payments.
///
/// # Errors
/// What the check of the guidelines finds in it; nothing of such a file may leave.
pub(super) fn finish(
    (namespace, name): (&'static str, &'static str),
    content: Vec<Element>,
    (batches, blocked): (Vec<Batch>, Vec<Blocked>),
) -> Result<Built, Vec<FieldProblem>> {
    if batches.is_empty() {
        return Ok(Built { file: None, blocked });
    }
    let document = Element { attribute: Some(("xmlns", namespace)), ..around("Document", [around(name, content)]) };
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let unwritable = |error: std::io::Error| vec![FieldProblem::new("Document", error, Text::new("pain-unreadable"))];
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).map_err(unwritable)?;
    write(&mut writer, &document).map_err(unwritable)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    check(&bytes)?;
    Ok(Built { file: Some(PainFile { bytes, batches }), blocked })
}

fn write(writer: &mut Writer<Vec<u8>>, element: &Element) -> std::io::Result<()> {
    let open = writer.create_element(element.name).with_attributes(element.attribute);
    match &element.content {
        Content::Text(text) => {
            // An apostrophe is written as it is; & < > are not in the character set, and would be escaped.
            open.write_text_content(BytesText::from_escaped(partial_escape(text)))?;
        }
        Content::Elements(elements) => {
            open.write_inner_content(|writer| elements.iter().try_for_each(|element| write(writer, element)))?;
        }
    }
    Ok(())
}
