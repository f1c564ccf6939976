//! The bank: files that came in, their lines, and lines whose owner a person must name.

mod decide;
mod file;
mod held;
mod import;
mod imported;
mod known;
mod placing;
mod show;
mod statements;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::domain::matching::Confidence;
use crate::services::bank::{ShownAbout, ShownProposal, WaitingLine};
use crate::web::AppState;
use crate::web::frame::Frame;

/// Paths of the bank.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/bank", get(show::show))
        .route("/bank/statements", get(statements::show))
        .route("/bank/imported", get(imported::show))
        .route("/bank/files", post(import::upload).layer(DefaultBodyLimit::max(import::LARGEST_REQUEST)))
        .route("/bank/files/{bank_file_id}", get(file::show))
        .route("/bank/lines/{bank_line_id}", get(decide::form).post(decide::settle))
        .route("/bank/held/{held_file_id}", post(held::decide))
        .route("/bank/merge", get(decide::merge))
        .route("/bank/decisions/{id}/undo", post(decide::take_back))
        .route("/bank/known", get(known::show))
        .route("/bank/known/agencies", post(known::add))
        .route("/bank/known/agencies/remove", post(known::remove))
        .route("/bank/known/forget", post(known::forget))
}

/// A proposal in words: what the line may be about.
fn proposed(f: &Frame, about: &ShownAbout) -> String {
    let (key, values) = match about {
        ShownAbout::Loan { number, .. } => ("proposal-loan", number.clone()),
        ShownAbout::Payment { number, .. } => ("proposal-return", number.clone()),
        ShownAbout::Source { funder, .. } => ("proposal-source", funder.clone()),
        ShownAbout::Order { creditor, .. } => ("proposal-order", creditor.clone()),
        ShownAbout::ReturnedOrder { creditor, .. } => ("proposal-returned-order", creditor.clone()),
        ShownAbout::Run { number } => ("proposal-run", number.clone()),
    };
    f.t1(key, "name", values)
}

/// Who signed the loan of a proposal; nothing where it is about none.
fn borrower(about: &ShownAbout) -> &str {
    match about {
        ShownAbout::Loan { borrower, .. } | ShownAbout::Payment { borrower, .. } => borrower,
        ShownAbout::Source { .. }
        | ShownAbout::Order { .. }
        | ShownAbout::ReturnedOrder { .. }
        | ShownAbout::Run { .. } => "",
    }
}

/// Why a proposal is made, in one sentence after the other.
fn because(f: &Frame, proposal: &ShownProposal) -> String {
    let ground = |ground: &crate::domain::matching::Grounds| f.t(&format!("proposal-ground-{}", ground.code()));
    let mut sentences: Vec<String> = proposal.grounds.iter().map(ground).collect();
    if proposal.confidence == Confidence::Weak {
        sentences.push(f.t("proposal-name-alone"));
    }
    sentences.join(" ")
}

/// Why a line waits.
fn why(f: &Frame, line: &WaitingLine) -> String {
    f.tell(&line.reason.text())
}

/// The colour of how sure a proposal is.
fn tone_of(proposal: &ShownProposal) -> &'static str {
    match proposal.confidence {
        Confidence::Certain | Confidence::Likely => "good",
        Confidence::Possible => "calm",
        Confidence::Weak => "quiet",
    }
}

/// The key of the sentence that says why a line had its outcome.
fn reason_key(code: &str) -> String {
    format!("bank-reason-{}", code.replace('_', "-"))
}

/// A structured communication as it is printed: `+++100/0000/00158+++`; twelve digits that are none stay as they are.
fn printed(structured: &str) -> String {
    crate::domain::identity::Ogm::parse(structured).map_or_else(|_| structured.to_owned(), |ogm| ogm.to_string())
}
