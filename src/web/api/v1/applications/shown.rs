//! Applications as JSON. Of a national number only the last two digits leave the house.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::domain::eligibility::Verdict;
use crate::i18n::{Lang, pick, tell};
use crate::services::applications::Submitted;
use crate::services::desk::{ApplicationFile, ApplicationLine};

/// The answer to a submission.
pub(super) fn submitted(submitted: &Submitted, lang: Lang) -> Value {
    json!({
        "application_id": submitted.application_id,
        "number": submitted.number,
        "verdict": verdict(&submitted.verdict, lang),
    })
}

/// A verdict with its sentences in one language, and the figures it stands on, whose sources are in both.
fn verdict(verdict: &Verdict, lang: Lang) -> Value {
    let findings: Vec<Value> = verdict
        .findings
        .iter()
        .map(|finding| {
            json!({
                "rule": finding.rule, "result": finding.result, "text": tell(lang, &finding.text),
                "source": pick(lang, &finding.source_nl, &finding.source), "valid_from": finding.valid_from,
                "figures": finding.figures,
            })
        })
        .collect();
    json!({ "outcome": verdict.outcome, "judged_on": verdict.judged_on, "findings": findings })
}

/// Applications in a list.
pub(super) fn list(lines: &[ApplicationLine]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "application_id": line.application_id, "number": line.number, "product": line.product,
                "applicant": line.applicant, "municipality": line.municipality, "amount": line.amount,
                "state": line.state, "outcome": line.outcome, "applied_on": line.applied_on,
                "submitted_at": line.submitted_at, "decided_at": line.decided_at, "votes": line.votes,
            })
        })
        .collect();
    json!({ "applications": lines })
}

/// One application with its file.
pub(super) fn file(file: &ApplicationFile, lang: Lang) -> Value {
    let head = &file.head;
    let people: Vec<Value> = file
        .people
        .iter()
        .map(|person| {
            json!({
                "name": person.name, "role": person.role, "insz_tail": person.insz_tail, "born_on": person.born_on,
                "email": person.email, "phone": person.phone,
            })
        })
        .collect();
    json!({
        "application_id": head.application_id,
        "number": head.number,
        "product": head.product,
        "fund": head.fund,
        "municipality": { "nis_code": head.nis_code, "name": head.municipality },
        "applied_on": head.applied_on,
        "amount": head.amount,
        "instalments": head.instalments,
        "state": head.state,
        "came_by": head.came_by,
        "submitted_at": head.submitted_at,
        "decided_at": head.decided_at,
        "refusal_reason": head.refusal_reason,
        "withdrawn_at": head.withdrawn_at,
        "signed_at": head.signed_at,
        "loan": head.loan_id.map(|loan_id| json!({ "loan_id": loan_id, "number": head.loan_number })),
        "dwelling": {
            "address": head.address, "built_in": head.built_in, "bought_on": head.bought_on,
            "epc_label": head.epc_label, "epc_score": head.epc_score,
        },
        "people": people,
        "answers": head.answers,
        "incomes": incomes(file),
        "quotes": quotes(file),
        "votes": votes(file),
        "commitments": commitments(file),
        "verdict": stored_verdict(&head.verdict, lang),
    })
}

/// A verdict as stored; one that cannot be read is shown as it stands.
fn stored_verdict(stored: &Value, lang: Lang) -> Value {
    Verdict::deserialize(stored).map_or_else(|_| stored.clone(), |read| verdict(&read, lang))
}

fn incomes(file: &ApplicationFile) -> Vec<Value> {
    let incomes = file.incomes.iter();
    incomes
        .map(|line| json!({ "name": line.name, "kind": line.kind, "year": line.income_year, "amount": line.amount }))
        .collect()
}

fn quotes(file: &ApplicationFile) -> Vec<Value> {
    let quotes = file.quotes.iter();
    quotes
        .map(|line| {
            json!({
                "quote_id": line.quote_id, "work": line.work, "description": line.description,
                "improves_energy": line.improves_energy, "structural": line.structural,
                "contractor": line.contractor, "amount": line.amount, "valid_until": line.valid_until,
                "invoiced": line.invoiced,
            })
        })
        .collect()
}

fn votes(file: &ApplicationFile) -> Vec<Value> {
    let votes = file.votes.iter();
    votes
        .map(|line| json!({ "voter": line.voter, "vote": line.vote, "reason": line.reason, "voted_at": line.voted_at }))
        .collect()
}

fn commitments(file: &ApplicationFile) -> Vec<Value> {
    let lines = file.commitments.iter();
    lines
        .map(|line| json!({ "funder": line.funder, "kind": line.kind, "committed": line.committed, "left": line.left }))
        .collect()
}
