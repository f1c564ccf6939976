//! The check of a finished file against the guidelines, before it may leave.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::charset::is_allowed;
use super::grammar::{COLLECTIONS, Content, Leaf, Part, TRANSFERS};
use super::line::{MOST_CENTS, id_problem};
use super::tree::{self, Node};
use super::{ID_SIGNS, MESSAGE_ID_SIGNS};
use crate::domain::identity::{CreditorId, EnterpriseNumber, Iban, Ogm, Reach};
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Problems, Text};

/// Messages by their namespace: what may stand in them, the element around them, the element of a line.
const MESSAGES: [(&str, Part, &str, &str); 2] = [
    ("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09", TRANSFERS, "CstmrCdtTrfInitn", "CdtTrfTxInf"),
    ("urn:iso:std:iso:20022:tech:xsd:pain.008.001.08", COLLECTIONS, "CstmrDrctDbtInitn", "DrctDbtTxInf"),
];

/// Checks a payment file of ours: elements and their order, lengths, signs, amounts, dates and check digits; that
/// counts and sums are those of its lines; that no identifier comes twice; that an amendment is announced.
///
/// # Errors
/// Every field that is wrong: its path, as in `PmtInf[1]/CdtTrfTxInf[3]/Cdtr/Nm`, its value, what would be right.
pub fn check(bytes: &[u8]) -> Result<(), Vec<FieldProblem>> {
    let document = tree::read(bytes)?;
    let mut problems = Problems::default();
    let namespace = document.attributes.iter().find(|(name, _)| name == "xmlns").map_or("", |(_, value)| value);
    let Some((_, grammar, message, line)) = MESSAGES.iter().find(|(known, ..)| *known == namespace) else {
        problems.add("Document", namespace, Text::new("pain-namespace"));
        return Err(problems.into_vec());
    };
    element(&document, grammar, "", &mut problems);
    if problems.is_empty()
        && let Some(message) = document.all(message).next()
    {
        sums(message, line, &mut problems);
        identifiers(message, line, &mut problems);
        amendments(message, line, &mut problems);
    }
    problems.into_result()
}

/// Checks one element and everything in it.
fn element(node: &Node, part: &Part, path: &str, problems: &mut Problems) {
    let expected_attributes: &[&str] = match (part.name, part.content) {
        ("Document", _) => &["xmlns"],
        (_, Content::Leaf(Leaf::Amount)) => &["Ccy"],
        _ => &[],
    };
    let attributes: Vec<&str> = node.attributes.iter().map(|(name, _)| name.as_str()).collect();
    if attributes != expected_attributes {
        problems.add(path, attributes.join(" "), Text::new("pain-attributes"));
    }
    match part.content {
        Content::Leaf(leaf) => {
            if !node.children.is_empty() {
                problems.add(path, &node.children[0].name, Text::new("pain-no-element"));
            } else if let Some(text) = leaf_problem(node, leaf) {
                problems.add(path, &node.text, text);
            }
        }
        Content::All(parts) => children(node, parts, path, problems),
        Content::Some(parts) => {
            children(node, parts, path, problems);
            if node.children.is_empty() {
                problems.add(path, "", Text::new("pain-empty"));
            }
        }
        Content::OneOf(parts) => match node.children.as_slice() {
            [child] => match parts.iter().find(|part| part.name == child.name) {
                Some(part) => element(child, part, &below(path, child, None), problems),
                None => problems.add(below(path, child, None), "", Text::new("pain-no-element")),
            },
            _ => problems.add(path, node.children.len(), Text::new("pain-one-of")),
        },
    }
}

/// Checks that the elements of a parent are these, in this order, each as often as it may be.
fn children(node: &Node, parts: &[Part], path: &str, problems: &mut Problems) {
    if !node.text.is_empty() {
        problems.add(path, &node.text, Text::new("pain-no-text"));
    }
    let mut rest = node.children.as_slice();
    for part in parts {
        let count = rest.iter().take_while(|child| child.name == part.name).count();
        let (these, after) = rest.split_at(count);
        rest = after;
        if count < part.least {
            problems.add(join(path, part.name), "", Text::new("pain-missing"));
        } else if count > part.most {
            problems.add(join(path, part.name), count, Text::new("pain-one-of"));
        }
        for (number, child) in (1..).zip(these) {
            element(child, part, &below(path, child, (part.most > 1).then_some(number)), problems);
        }
    }
    for child in rest {
        problems.add(below(path, child, None), "", Text::new("pain-no-element"));
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

/// The path of a child. The one around the whole message is left out: it says nothing.
fn below(path: &str, child: &Node, number: Option<usize>) -> String {
    if MESSAGES.iter().any(|(_, _, message, _)| *message == child.name) {
        return String::new();
    }
    let path = join(path, &child.name);
    number.map_or(path.clone(), |number| format!("{path}[{number}]"))
}

/// What is wrong with a text, if anything.
fn leaf_problem(node: &Node, leaf: Leaf) -> Option<Text> {
    let text = node.text.as_str();
    let wrong = |right: bool, key: &str| (!right).then(|| Text::new(key));
    match leaf {
        Leaf::Id => id_problem(text, ID_SIGNS),
        Leaf::Words(_) if text.is_empty() => Some(Text::new("pain-empty")),
        Leaf::Words(_) if !text.chars().all(is_allowed) || text.trim() != text => Some(Text::new("pain-signs")),
        Leaf::Words(most) if text.len() > most => {
            Some(Text::new("pain-too-long").with("length", text.len()).with("most", most))
        }
        Leaf::Words(_) => None,
        Leaf::Code(codes) => (!codes.contains(&text)).then(|| Text::new("pain-code").with("codes", codes.join(", "))),
        Leaf::Date => wrong(date(text).is_some(), "pain-date"),
        Leaf::Moment => wrong(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").is_ok(), "pain-date"),
        Leaf::Count => wrong(text.len() <= 15 && text.parse::<u64>().is_ok_and(|count| count > 0), "pain-count"),
        Leaf::Sum => wrong(money(text).is_some_and(Money::is_positive), "pain-amount"),
        Leaf::Amount => {
            let euro = node.attributes.iter().any(|(name, value)| name == "Ccy" && value == "EUR");
            let right = money(text).is_some_and(|amount| (1..=MOST_CENTS).contains(&amount.cents()));
            wrong(euro && right, "pain-amount")
        }
        Leaf::Iban => wrong(
            Iban::parse(text).is_ok_and(|iban| iban.as_str() == text && iban.reach() != Reach::OutsideSepa),
            "pain-iban",
        ),
        Leaf::Enterprise => wrong(
            EnterpriseNumber::parse(text).is_ok_and(|number| number.canonical() == text),
            "pain-enterprise-number",
        ),
        Leaf::Creditor => wrong(CreditorId::parse(text).is_ok_and(|id| id.canonical() == text), "pain-creditor-id"),
        Leaf::Ogm => wrong(Ogm::parse(text).is_ok_and(|ogm| ogm.canonical() == text), "pain-ogm"),
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// An amount with exactly two decimals.
fn money(text: &str) -> Option<Money> {
    let two = text.split_once('.').is_some_and(|(_, cents)| cents.len() == 2);
    text.parse().ok().filter(|_| two)
}

/// Counts and sums, of each batch and of all of them.
fn sums(message: &Node, line: &str, problems: &mut Problems) {
    let (mut count, mut sum) = (0, Money::ZERO);
    for (number, batch) in (1..).zip(message.all("PmtInf")) {
        let amounts: Vec<Money> = batch.all(line).map(amount).collect();
        let own: Money = amounts.iter().sum();
        total(batch, (amounts.len(), own), &format!("PmtInf[{number}]"), problems);
        (count, sum) = (count + amounts.len(), sum + own);
    }
    if let Some(header) = message.all("GrpHdr").next() {
        total(header, (count, sum), "GrpHdr", problems);
    }
}

fn total(node: &Node, (count, sum): (usize, Money), path: &str, problems: &mut Problems) {
    let (told_count, told_sum) = (node.text_at(&["NbOfTxs"]), node.text_at(&["CtrlSum"]));
    if told_count != count.to_string() {
        problems.add(format!("{path}/NbOfTxs"), told_count, Text::new("pain-total").with("right", count));
    }
    if told_sum != sum.to_string() {
        problems.add(format!("{path}/CtrlSum"), told_sum, Text::new("pain-total").with("right", sum));
    }
}

/// The amount of a line of either message.
fn amount(line: &Node) -> Money {
    let told = [line.text_at(&["Amt", "InstdAmt"]), line.text_at(&["InstdAmt"])].concat();
    money(&told).unwrap_or_default()
}

/// Every identifier comes once.
fn identifiers(message: &Node, line: &str, problems: &mut Problems) {
    let message_id = message.text_at(&["GrpHdr", "MsgId"]);
    if message_id.len() > MESSAGE_ID_SIGNS {
        let text = Text::new("pain-too-long").with("length", message_id.len()).with("most", MESSAGE_ID_SIGNS);
        problems.add("GrpHdr/MsgId", message_id, text);
    }
    let (mut batches, mut lines) = (HashSet::new(), HashSet::new());
    for (number, batch) in (1..).zip(message.all("PmtInf")) {
        let id = batch.text_at(&["PmtInfId"]);
        if !batches.insert(id) {
            problems.add(format!("PmtInf[{number}]/PmtInfId"), id, Text::new("pain-id-twice"));
        }
        for (place, line_node) in (1..).zip(batch.all(line)) {
            let id = line_node.text_at(&["PmtId", "EndToEndId"]);
            if !lines.insert(id) {
                let path = format!("PmtInf[{number}]/{line}[{place}]/PmtId/EndToEndId");
                problems.add(path, id, Text::new("pain-id-twice"));
            }
        }
    }
}

/// An amendment is announced where there is one, and only there.
fn amendments(message: &Node, line: &str, problems: &mut Problems) {
    for (number, batch) in (1..).zip(message.all("PmtInf")) {
        for (place, line_node) in (1..).zip(batch.all(line)) {
            for mandate in line_node.all("DrctDbtTx").flat_map(|debit| debit.all("MndtRltdInf")) {
                let told = mandate.text_at(&["AmdmntInd"]);
                if (told == "true") != mandate.all("AmdmntInfDtls").next().is_some() {
                    let path = format!("PmtInf[{number}]/{line}[{place}]/DrctDbtTx/MndtRltdInf/AmdmntInd");
                    problems.add(path, told, Text::new("pain-amendment-told"));
                }
            }
        }
    }
}
