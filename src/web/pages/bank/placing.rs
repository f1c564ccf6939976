//! The form of a decision: up to four places for the money, without scripts.

use std::collections::BTreeMap;

use crate::domain::application::Loose;
use crate::domain::text::FieldProblem;
use crate::services::bank::{DecisionForm, PartForm, ShownAbout, ShownProposal};
use crate::web::form::Form;

/// What stands after the names of the fields of each row; the first row has nothing.
const ROWS: [&str; 4] = ["", "2", "3", "4"];

/// The fields of a part, and under which names the form has them.
const FIELDS: [(&str, &str); 6] = [
    ("loan", "loan"),
    ("amount", "amount"),
    ("kind", "to"),
    ("source_id", "to"),
    ("payment_order_id", "to"),
    ("run", "to"),
];

/// A proposal as the fields of a form.
pub(super) struct Place {
    to: String,
    loan: String,
    payment: String,
    paid_by: &'static str,
}

impl Place {
    /// The fields that a proposal fills in.
    pub(super) fn of(proposal: Option<&ShownProposal>) -> Option<Self> {
        let proposal = proposal?;
        let (to, loan, payment) = match &proposal.about {
            ShownAbout::Loan { number, .. } => ("loan".to_owned(), number.clone(), String::new()),
            ShownAbout::Payment { number, payment_id, .. } => {
                ("return".to_owned(), number.clone(), payment_id.to_string())
            }
            ShownAbout::Source { source_id, .. } => (format!("source:{source_id}"), String::new(), String::new()),
            ShownAbout::Order { payment_order_id, .. } => {
                (format!("order:{payment_order_id}"), String::new(), String::new())
            }
            ShownAbout::ReturnedOrder { payment_order_id, .. } => {
                (format!("returned_order:{payment_order_id}"), String::new(), String::new())
            }
            ShownAbout::Run { number } => (format!("run:{number}"), String::new(), String::new()),
        };
        Some(Self { to, loan, payment, paid_by: proposal.paid_by.code() })
    }

    /// Names and values.
    pub(super) fn fields(&self) -> [(&'static str, &str); 4] {
        [("to", &self.to), ("loan", &self.loan), ("payment", &self.payment), ("paid_by", self.paid_by)]
    }
}

/// Where the fields of a decision stand on the form.
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Problems under the names that the form has for their fields.
    pub(super) fn named(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        let named = |problem: FieldProblem| {
            let field = self.0.get(&problem.field).cloned().unwrap_or_else(|| match problem.field.as_str() {
                "parts" => "amount".to_owned(),
                other => other.to_owned(),
            });
            FieldProblem { field, ..problem }
        };
        problems.into_iter().map(named).collect()
    }
}

/// The decision that a form asks for, and where each of its fields stands. A row without anything in it is no part; the
/// first one without a place is about a loan.
pub(super) fn decision(form: &Form, lines: &[String]) -> (DecisionForm, Fields) {
    let mut parts = Vec::new();
    let mut fields = BTreeMap::new();
    for row in ROWS {
        let value = |name: &str| form.value(&format!("{name}{row}")).to_owned();
        let (to, loan, amount) = (value("to"), value("loan"), value("amount"));
        let is_first = row.is_empty() && !form.is("nothing", "yes");
        if to.is_empty() && loan.is_empty() && amount.is_empty() && !is_first {
            continue;
        }
        let place = parts.len();
        for (part, shown) in FIELDS {
            fields.insert(format!("parts[{place}].{part}"), format!("{shown}{row}"));
        }
        for part in ["paid_by", "usage", "name"] {
            fields.insert(format!("parts[{place}].{part}"), part.to_owned());
        }
        parts.push(part(form, (&to, loan, amount)));
    }
    let reason = Loose::from(form.value("reason"));
    let lines = lines.iter().map(|line| Loose::from(line.as_str())).collect();
    (DecisionForm { reason, lines, parts }, Fields(fields))
}

fn part(form: &Form, (to, loan, amount): (&str, String, String)) -> PartForm {
    let (kind, id) = to.split_once(':').unwrap_or((to, ""));
    let kind = if kind.is_empty() { "loan" } else { kind };
    let mut part = PartForm { kind: Loose::from(kind), amount: Loose::from(amount), ..PartForm::default() };
    match kind {
        "loan" => {
            part.loan = Loose::from(loan);
            part.paid_by = Loose::from(form.value("paid_by"));
            part.usage = Loose::from(form.value("usage"));
        }
        "return" => {
            part.loan = Loose::from(loan);
            part.payment_id = Loose::from(form.value("payment"));
        }
        "source" => part.source_id = Loose::from(id),
        "order" | "returned_order" => part.payment_order_id = Loose::from(id),
        "run" => part.run = Loose::from(id),
        "refund" => part.name = Loose::from(form.value("name")),
        _ => {}
    }
    part
}
