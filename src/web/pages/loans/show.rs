//! One loan: where it stands, its schedule, what happened and what that did to the ledger.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::Shown;
use super::life::{Correction, Happening, life};
use super::parts;
use super::t_account::{Entry, entries};
use crate::domain::access::Permission;
use crate::domain::loan::{DebtSettlement, Discharge, InstalmentState, LineKind, Repayment};
use crate::domain::money::Money;
use crate::domain::text::FieldProblem;
use crate::services::collections::{self, CollectionLine, MandateLine, OfLoan};
use crate::services::desk::{self, InvoiceLine, LoanFile};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

#[derive(Template)]
#[template(path = "pages/loans/show.html")]
struct Page {
    f: Frame,
    file: LoanFile,
    entries: Vec<Entry>,
    life: Vec<Happening>,
    folded: Vec<Happening>,
    form: Form,
    quotes: Vec<(String, String)>,
    overdue: Money,
    may_receive: bool,
    may_decide: bool,
    may_close: bool,
    may_mandate: bool,
    debits: OfLoan,
    kinds: Vec<(String, String)>,
    me: Uuid,
}

impl Page {
    /// Figures that most loans do not have: key of the label, colour, sum.
    fn rare(&self) -> Vec<(&'static str, &'static str, Money)> {
        let state = &self.file.line.state;
        let all = [
            ("field-interest", "good", state.interest_paid),
            ("field-gain", "good", state.gain_paid),
            ("field-refunded", "", state.refunded),
            ("field-remitted", "warn", state.remitted),
            ("field-written-off", "bad", state.written_off),
            ("field-recovered", "good", state.recovered),
        ];
        all.into_iter().filter(|(.., sum)| !sum.is_zero()).collect()
    }

    /// What a line of the schedule is for, where it is no ordinary instalment.
    fn line_kind(&self, line: &InstalmentState) -> Option<&'static str> {
        match line.kind {
            LineKind::Instalment => None,
            LineKind::Interest => Some("interest"),
            LineKind::EarlyRepayment => Some("early_repayment"),
            LineKind::GainShare => Some("gain_share"),
            LineKind::Remission => Some("remission"),
        }
    }

    /// Where the collective debt settlement stands.
    fn debt_settlement(&self) -> Option<String> {
        let (key, on) = match self.file.line.state.debt_settlement? {
            DebtSettlement::Admitted(on) => ("loan-debt-settlement-admitted", on),
            DebtSettlement::Ruled(on) => ("loan-debt-settlement-ruled", on),
        };
        Some(self.f.t1(key, "day", on))
    }

    /// Where the request to be discharged of the debt to the funder stands.
    fn discharge(&self) -> Option<String> {
        let key = match self.file.line.state.discharge? {
            Discharge::Requested => "loan-discharge-requested",
            Discharge::Granted => "loan-discharge-granted",
            Discharge::Refused => "loan-discharge-refused",
        };
        Some(self.f.t(key))
    }

    /// What was corrected of a fact, in words.
    fn correction(&self, correction: &Correction) -> String {
        let key = if correction.now.is_some() { "loan-fact-corrected" } else { "loan-fact-undone" };
        let Correction { on, by, reason, .. } = correction;
        self.f.tn(key, [("day", on.to_string()), ("name", by.clone()), ("reason", reason.clone())])
    }

    /// `overdue`, `open`, `paid`, `forgone` or `planned`.
    fn standing(&self, line: &InstalmentState) -> &'static str {
        parts::standing(line, self.f.today())
    }

    /// The instalments in parts.
    fn schedule(&self) -> Vec<(&'static str, Vec<&InstalmentState>)> {
        parts::schedule(&self.file.line.state.instalments, self.f.today())
    }

    /// Whether the reader may decide on an invoice: never the maker.
    fn decides(&self, invoice: &InvoiceLine) -> bool {
        self.may_decide && invoice.state == "received" && invoice.made_by != self.me
    }

    /// Whether what is wrong is in the form of an invoice.
    fn invoice_wrong(&self) -> bool {
        !self.form.problems().is_empty() && !["mandate", "change", "stop"].iter().any(|part| self.form.touches(part))
    }

    /// Whether the loan can have a mandate now: it has none that is active.
    fn may_add_mandate(&self) -> bool {
        self.may_mandate && self.debits.mandates.iter().all(|mandate| mandate.state != "active")
    }

    /// Whether a mandate can still be changed: it is active, or only its account stopped it.
    fn may_change(&self, mandate: &MandateLine) -> bool {
        let stopped = mandate.stop_cause.as_deref() == Some("returned") && self.may_add_mandate();
        self.may_mandate && (mandate.state == "active" || stopped)
    }

    /// Where a mandate is in its life, in words.
    fn mandate_life(&self, mandate: &MandateLine) -> String {
        let f = &self.f;
        match (mandate.stopped_on, mandate.expired_on, mandate.last_collected_on) {
            (Some(on), ..) => {
                let cause = f.word("mandate-stop", mandate.stop_cause.as_deref().unwrap_or("person"));
                let why = mandate.stop_reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("{} {cause}{why}", f.t1("mandate-stopped-on", "day", on))
            }
            (None, Some(on), _) => f.t1("mandate-expired-on", "day", on),
            (None, None, Some(on)) => f.t1("mandate-last-collected", "day", on),
            (None, None, None) => f.t("mandate-never-collected"),
        }
    }

    /// What became of a collection beyond its state, in words.
    fn collection_life(&self, line: &CollectionLine) -> Option<String> {
        let f = &self.f;
        if let (Some(kind), Some(on)) = (line.return_kind.as_deref(), line.returned_on) {
            let reason = line.return_reason.clone().unwrap_or_else(|| "-".to_owned());
            let values = [("kind", f.word("return-kind", kind)), ("reason", reason), ("day", on.to_string())];
            return Some(f.tn("collection-came-back", values));
        }
        if let Some(until) = line.provisional_until.filter(|until| *until >= f.today()) {
            return Some(f.t1("collection-provisional", "day", until));
        }
        if let Some(code) = line.blocked_because.as_deref() {
            return Some(super::super::collections::blocked(f, code));
        }
        if let Some(code) = line.dropped_because.as_deref() {
            return Some(f.word("collection-dropped", code));
        }
        line.notified_on.filter(|_| line.state == "made").map(|on| f.t1("collection-told-on", "day", on))
    }

    /// The sum of the payments that are folded away.
    fn folded_sum(&self) -> Money {
        self.folded.iter().filter_map(|fact| fact.amount).sum()
    }

    /// The day a bullet comes back.
    fn matures_on(&self) -> Option<NaiveDate> {
        match &self.file.line.loan.terms.repayment {
            Repayment::Bullet { matures_on, .. } => Some(*matures_on),
            Repayment::Instalments { .. } | Repayment::OnExit { .. } => None,
        }
    }
}

/// The words above a part of the schedule.
fn part_key(part: &str) -> String {
    format!("loan-schedule-{part}")
}

/// An identifier in a path; a path that holds none leads nowhere.
pub(super) fn identifier(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::no_page())
}

/// The loan.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(loan_id): Path<String>) -> Shown {
    page(&app, &me, identifier(&loan_id)?, Form::default()).await
}

/// The loan again, with a form as it was typed and what is wrong with it.
pub(in crate::web::pages) async fn again(
    app: &AppState,
    me: &Me,
    loan_id: Uuid,
    (form, problems): (Form, Vec<FieldProblem>),
) -> Result<Response, Fault> {
    let html: Html<String> = page(app, me, loan_id, form.with_problems(problems)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn page(app: &AppState, me: &Me, loan_id: Uuid, form: Form) -> Shown {
    let mut file = desk::loan(app.house(), &me.actor, loan_id).await?;
    let f = me.frame.clone();
    let drawable = file.line.state.draws_closed_on.is_none() && file.line.state.called.is_none();
    let manages = f.may(Permission::ManageLoans);
    let quotes = file.quotes.iter().map(|quote| {
        let left = f.money(quote.amount - quote.invoiced);
        (quote.quote_id.to_string(), format!("{} · {} · {left}", quote.contractor, f.word("work", &quote.work)))
    });
    let (life, folded) = parts::life(&file.facts, life(&file));
    let page = Page {
        life,
        folded,
        quotes: quotes.collect(),
        entries: entries(std::mem::take(&mut file.postings)),
        overdue: file.line.state.overdue(f.today()),
        may_receive: manages && drawable && file.line.state.undrawn.is_positive(),
        may_decide: f.may(Permission::Decide),
        may_close: manages && drawable && file.line.state.drawn.is_positive(),
        may_mandate: f.may(Permission::ManageMandates),
        debits: collections::of_loan(app.house(), &me.actor, loan_id).await?,
        kinds: ["recurrent", "one_off"].map(|kind| (kind.to_owned(), f.word("mandate-kind", kind))).to_vec(),
        me: me.actor.user_id,
        form,
        file,
        f,
    };
    super::super::show(&page)
}
