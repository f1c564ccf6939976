//! Works out the figures for VEKA from applications, loans and the ledger.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::ledger::Account;
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::domain::veka::{Figures, Funder, Group, Line, Period, Tie};
use crate::services::Error;
use crate::services::loans::load;
use crate::storage::loans::{self, Loan, LoanFilter};
use crate::storage::{commitments, funds, ledger, reports};

/// The figures of a period, up to its end or to `until` when it has not ended yet.
pub(super) async fn figures(db: &mut PgConnection, period: Period, until: NaiveDate) -> Result<Figures, Error> {
    let applications = reports::applications(db, period, until).await?;
    let groups: HashMap<Uuid, Group> =
        applications.iter().map(|counted| (counted.application_id, counted.group.clone())).collect();
    let mut lines: BTreeMap<Group, Line> = BTreeMap::new();
    for counted in &applications {
        let line = line_of(&mut lines, &counted.group);
        count(line, counted, period);
    }
    let fees = reports::fees(db).await?;
    for (loan, before, after) in states(db, period, until).await? {
        let group = groups.get(&loan.application_id);
        let group = group.ok_or_else(|| Error::internal(format!("loan {} has no application", loan.number)))?;
        let line = line_of(&mut lines, group);
        add_loan(line, (before, &after), until);
        if period.holds(loan.terms.signed_on) {
            line.signed += 1;
            let fee = fees.iter().rev().find(|(from, _)| *from <= loan.terms.signed_on);
            line.fees += fee.map(|(_, amount)| *amount).unwrap_or_default();
        }
    }
    let lines: Vec<Line> = lines.into_values().filter(|line| !line.is_empty()).collect();
    let ties = ties(db, &lines, (period.from(), until)).await?;
    Ok(Figures { works: reports::works(db, period, until).await?, funders: funders(db, until).await?, lines, ties })
}

fn line_of<'a>(lines: &'a mut BTreeMap<Group, Line>, group: &Group) -> &'a mut Line {
    lines.entry(group.clone()).or_insert_with(|| Line::empty(group.clone()))
}

fn count(line: &mut Line, counted: &reports::Counted, period: Period) {
    let within = |day: Option<NaiveDate>| day.is_some_and(|day| period.holds(day));
    let refused = counted.state == "refused";
    line.received += u32::from(period.holds(counted.applied_on));
    line.approved += u32::from(within(counted.decided_on) && !refused);
    line.refused += u32::from(within(counted.decided_on) && refused);
    line.withdrawn += u32::from(within(counted.withdrawn_on));
    line.committed += counted.committed;
    line.drawn += counted.drawn;
    line.undrawn += counted.undrawn;
}

/// Every loan signed by the end, with what was repaid before the period and its state at the end.
async fn states(
    db: &mut PgConnection,
    period: Period,
    until: NaiveDate,
) -> Result<Vec<(Loan, Money, LoanState)>, Error> {
    let all = loans::list(db, &LoanFilter::default()).await?;
    let ids: Vec<Uuid> = all.iter().map(|loan| loan.loan_id).collect();
    let eve = period.from().pred_opt().unwrap_or(period.from());
    let before: HashMap<Uuid, Money> = load::states(db, &ids, eve)
        .await?
        .into_iter()
        .map(|(loan, state)| (loan.loan_id, state.repaid + state.recovered))
        .collect();
    let after = load::states(db, &ids, until).await?;
    let before = |loan: &Loan| before.get(&loan.loan_id).copied().unwrap_or_default();
    Ok(after.into_iter().map(|(loan, state)| (loan.clone(), before(&loan), state)).collect())
}

fn add_loan(line: &mut Line, (repaid_before, state): (Money, &LoanState), until: NaiveDate) {
    line.principal_received += state.repaid + state.recovered - repaid_before;
    line.outstanding += state.outstanding;
    for instalment in &state.instalments {
        let days = (until - instalment.instalment.payable_on).num_days();
        line.add_arrears(days, instalment.open);
    }
}

/// Names of the sums that are worked out twice, as they stand on the sheet.
pub(super) const OUTSTANDING: &str = "outstanding";
pub(super) const PRINCIPAL_RECEIVED: &str = "principal_received";
pub(super) const UNDRAWN: &str = "undrawn";

async fn ties(db: &mut PgConnection, lines: &[Line], (from, until): (NaiveDate, NaiveDate)) -> Result<Vec<Tie>, Error> {
    let sum = |of: fn(&Line) -> Money| lines.iter().map(of).sum::<Money>();
    let receivable = reports::outstanding(db, until).await?;
    let received = reports::principal_received(db, from, until).await?;
    let promised: Money = commitments::sums(db, Some(until)).await?.into_iter().map(|(_, amount)| amount).sum();
    Ok(vec![
        Tie::new(OUTSTANDING, sum(|line| line.outstanding), receivable),
        Tie::new(PRINCIPAL_RECEIVED, sum(|line| line.principal_received), received),
        Tie::new(UNDRAWN, sum(|line| line.undrawn), promised),
    ])
}

async fn funders(db: &mut PgConnection, until: NaiveDate) -> Result<Vec<Funder>, Error> {
    let codes: HashMap<Uuid, String> =
        funds::list(db).await?.into_iter().map(|fund| (fund.fund_id, fund.code)).collect();
    let given: HashMap<Uuid, Money> = ledger::funding_received(db, Some(until)).await?.into_iter().collect();
    let due: HashMap<Uuid, Money> = ledger::source_balances(db, Some(until))
        .await?
        .into_iter()
        .filter(|balance| balance.account == Account::DueToFunder)
        .filter_map(|balance| balance.owner_id.map(|source_id| (source_id, -balance.amount)))
        .collect();
    let passed: HashMap<Uuid, Money> = ledger::passed_on(db, until).await?.into_iter().collect();
    let of = |sums: &HashMap<Uuid, Money>, id: &Uuid| sums.get(id).copied().unwrap_or_default();
    let mut found: Vec<Funder> = funds::sources(db, None)
        .await?
        .into_iter()
        .map(|source| {
            let (due, passed_on) = (of(&due, &source.source_id), of(&passed, &source.source_id));
            Funder {
                fund: codes.get(&source.fund_id).cloned().unwrap_or_default(),
                reference: source.ogm.to_string(),
                ceiling: source.ceiling,
                given: of(&given, &source.source_id),
                became_due: due + passed_on,
                passed_on,
                due,
                funder: source.funder,
            }
        })
        .collect();
    found.sort_by(|a, b| (&a.fund, &a.reference).cmp(&(&b.fund, &b.reference)));
    Ok(found)
}
