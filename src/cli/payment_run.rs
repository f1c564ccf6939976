//! Payment runs on a terminal.

use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::payment_run::AccountFlag;
use crate::i18n::{Lang, tell};
use crate::services::payments::{Account, CameBack, ContractorLine, Outcome, Payee, RunHead, RunView};

/// The runs in a table.
pub(super) fn print_list(runs: &[RunHead]) {
    let headings = ["number", "state", "execute on", "made by", "orders", "paid", "sum"];
    print_table(
        &headings,
        runs.iter().map(|run| {
            vec![
                run.number.clone(),
                run.state.to_string(),
                run.execute_on.to_string(),
                run.made_by.clone(),
                run.count.to_string(),
                run.paid.to_string(),
                run.sum.to_string(),
            ]
        }),
    );
}

/// A run after a step, with the orders that stayed behind.
pub(super) fn print_outcome(outcome: &Outcome) {
    print_run(&outcome.run);
    for order in &outcome.blocked {
        let problems = order.problems.iter().map(|problem| tell(Lang::En, &problem.text));
        print_text(&format!(
            "stays behind: {} to {} from {}: {}",
            order.amount,
            order.creditor_name,
            order.fund,
            problems.collect::<Vec<_>>().join(" ")
        ));
    }
}

/// A run with everything in it.
pub(super) fn print_run(run: &RunView) {
    let head = &run.head;
    print_text(&format!(
        "{} · {} · execute on {} · {} orders, {} · made by {}",
        head.number, head.state, head.execute_on, head.count, head.sum, head.made_by
    ));
    for step in &run.releases {
        print_text(&format!("released by {}", step.by));
    }
    if let Some(export) = &run.export {
        print_text(&format!("exported by {} as {} · SHA-256 {}", export.step.by, export.file_name, export.sha256));
    }
    if let Some(cancelled) = &run.cancelled {
        print_text(&format!("cancelled by {}: {}", cancelled.step.by, cancelled.reason));
    }
    let orders = run.orders.iter().map(|order| {
        vec![
            order.fund.clone(),
            order.creditor_name.clone(),
            order.creditor_iban.clone(),
            order.amount.to_string(),
            order.remittance.clone(),
            order.came_back.as_ref().map_or_else(|| order.state.clone(), came_back),
        ]
    });
    print_table(&["fund", "pays", "account", "amount", "message", "state"], orders);
    let sources = run.sources.iter().map(|source| {
        let funder = source.funder.clone().unwrap_or_else(|| "no funder".to_owned());
        vec![source.fund.clone(), funder, source.sum.to_string()]
    });
    print_table(&["fund", "out of the money of", "sum"], sources);
    for account in &run.accounts {
        print_text(&look(account));
    }
}

/// When the money of an order came back, and why.
fn came_back(back: &CameBack) -> String {
    let why = [&back.code, &back.words].into_iter().flatten().cloned().collect::<Vec<_>>().join(": ");
    if why.is_empty() { format!("came back on {}", back.on) } else { format!("came back on {} ({why})", back.on) }
}

/// Why an account needs a look, and what was said of it.
fn look(account: &Account) -> String {
    let why = why(&account.flags, "; ");
    let said = account.confirmations.iter().map(|said| format!("{}: “{}”", said.by, said.note));
    let said = std::iter::once(why).chain(said).collect::<Vec<_>>().join("; ");
    let state = if account.confirmed { "confirmed" } else { "to confirm" };
    format!("{state}: {} ({}) on {}: {said}", account.name, account.whose.id(), account.iban)
}

/// The accounts of a contractor.
pub(super) fn print_payee(payee: &Payee, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(payee);
    }
    print_text(&payee.name);
    let accounts = payee.accounts.iter().map(|account| {
        vec![
            account.iban.clone(),
            account.recorded_at.to_rfc3339(),
            account.recorded_by.clone().unwrap_or_else(|| "came with a quote".to_owned()),
            account.reason.clone().unwrap_or_default(),
        ]
    });
    print_table(&["account", "since", "recorded by", "verified"], accounts);
    Ok(())
}

fn why(flags: &[AccountFlag], between: &str) -> String {
    let words = flags.iter().map(|flag| match flag {
        AccountFlag::Changed { before, on, reason, .. } => {
            format!("changed on {on}, before {before}, recorded with “{reason}”")
        }
        AccountFlag::OfAnotherContractor { name } => format!("also the account of {name}"),
        AccountFlag::CameBack { on, code } => format!("a transfer to it came back on {on} ({code})"),
        AccountFlag::OfBorrower { loan } => format!("used by the borrower of {loan}"),
    });
    words.collect::<Vec<_>>().join(between)
}

/// Contractors with their accounts.
pub(super) fn print_contractors(found: &[ContractorLine], format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(&serde_json::json!({ "contractors": found }));
    }
    let rows = found.iter().map(|line| {
        let waits = format!("{} · {}", line.waiting, line.waiting_sum);
        vec![line.name.clone(), line.enterprise_number.clone(), line.iban.clone(), waits, why(&line.flags, "\n")]
    });
    print_table(&["contractor", "number", "paid on", "orders that wait", "to look at"], rows);
    Ok(())
}
