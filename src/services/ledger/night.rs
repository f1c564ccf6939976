//! What the check of the night leaves behind.

use serde::Serialize;

use super::check::{Difference, LedgerCheck};

/// The report of one night. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NightReport {
    /// How many entries the ledger has.
    pub entries: i64,
    /// How many figures do not agree.
    pub differences: usize,
    /// The first of them, each with its fund and its loan.
    pub places: Vec<Difference>,
}

impl NightReport {
    /// What a check found, with at most so many differences by name.
    pub fn of(check: LedgerCheck, most: u16) -> Self {
        let LedgerCheck { ok: _, entries, differences: mut places } = check;
        let differences = places.len();
        places.truncate(usize::from(most));
        Self { entries, differences, places }
    }

    /// What is wrong, as one line for the log and the run; nothing where everything agrees.
    pub fn problem(&self) -> Option<String> {
        if self.differences == 0 {
            return None;
        }
        let place = |place: &Difference| {
            let loan = place.loan.as_deref().map(|loan| format!(" of {loan}")).unwrap_or_default();
            let line = place.line.map(|line| format!(" of bank line {line}")).unwrap_or_default();
            let (what, fund) = (place.kind.code(), &place.fund);
            format!("{what}{loan}{line} in {fund} should be {} and is {}", place.expected, place.found)
        };
        let mut named: Vec<String> = self.places.iter().map(place).collect();
        let others = self.differences - named.len();
        if others > 0 {
            named.push(format!("and {others} more"));
        }
        Some(format!("the ledger does not agree in {} places: {}", self.differences, named.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;
    use crate::services::ledger::check::DifferenceKind;

    fn found(loans: &[Option<&str>]) -> LedgerCheck {
        let differences = loans.iter().map(|loan| Difference {
            kind: DifferenceKind::Outstanding,
            fund: "NKF".to_owned(),
            loan: loan.map(str::to_owned),
            line: None,
            expected: Money::from_euros(25_000),
            found: Money::from_cents(2_500_001),
        });
        LedgerCheck { ok: loans.is_empty(), entries: 9, differences: differences.collect() }
    }

    #[test]
    fn a_ledger_that_agrees_has_no_problem() {
        let report = NightReport::of(found(&[]), 10);
        assert_eq!((report.entries, report.differences, report.problem()), (9, 0, None));
    }

    #[test]
    fn every_difference_is_told_with_its_loan_and_what_is_too_much_is_counted() {
        let report = NightReport::of(found(&[Some("L-2022-00007"), None, None]), 2);
        assert_eq!((report.differences, report.places.len()), (3, 2));
        assert_eq!(
            report.problem().unwrap_or_default(),
            "the ledger does not agree in 3 places: outstanding of L-2022-00007 in NKF should be 25000.00 and is \
             25000.01; outstanding in NKF should be 25000.00 and is 25000.01; and 1 more"
        );
    }
}
