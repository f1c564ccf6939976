//! The one debit with which the bank executes a payment run: a total without details that names the run.

use uuid::Uuid;

use super::known::Known;
use super::{Line, Match, Reason};
use crate::domain::money::Money;

/// What an exported payment run asks of one account, with the orders in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownBatch {
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund whose account pays.
    pub fund_id: Uuid,
    /// How a statement may name it: `PmtInfId` and `MsgId` of the file.
    pub names: Vec<String>,
    /// The sum of its orders, positive.
    pub amount: Money,
    /// The end-to-end identifications of its orders, as they were sent.
    pub end_to_end_ids: Vec<String>,
}

impl KnownBatch {
    /// Whether a line of the bank names it, wherever and with whatever blanks in between. The names end in a part of
    /// a random identifier, so that no other text holds one.
    pub fn is_named_by(&self, line: &Line<'_>) -> bool {
        names(&self.names, line.texts.iter().copied().chain(line.end_to_end_id))
    }
}

/// Whether one of these texts holds one of the names of a run.
pub(super) fn names<'a>(names: &[String], texts: impl Iterator<Item = &'a str>) -> bool {
    let texts: Vec<String> = texts.map(bare).collect();
    names.iter().map(|name| bare(name)).any(|name| texts.iter().any(|text| text.contains(&name)))
}

fn bare(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).map(|sign| sign.to_ascii_uppercase()).collect()
}

impl Known {
    /// Adds what an exported run asks of an account. Its orders must be added too.
    pub fn add_batch(&mut self, batch: KnownBatch) {
        self.batches.push(batch);
    }

    /// What a debit that names a run is about: all of its orders, when each waits and they make exactly this amount.
    pub(super) fn batch_of(&mut self, fund_id: Uuid, line: &Line<'_>) -> Option<Match> {
        let batch = self.batches.iter().find(|batch| batch.fund_id == fund_id && batch.is_named_by(line))?;
        let suspense = |reason| Some(Match::Suspense { reason, suggestion: None });
        let waits = |id: &String| self.orders.get(id).is_some_and(|order| !order.paid && order.fund_id == fund_id);
        if !batch.end_to_end_ids.iter().all(waits) {
            return suspense(Reason::OrderAlreadyPaid);
        }
        if batch.amount != line.amount.abs() {
            return suspense(Reason::AmountDiffersFromOrder);
        }
        for id in &batch.end_to_end_ids {
            if let Some(order) = self.orders.get_mut(id) {
                order.paid = true;
            }
        }
        Some(Match::Batch { payment_run_id: batch.payment_run_id })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KnownOrder, Matcher, Nature, Reference};
    use super::*;

    const FUND: Uuid = Uuid::from_u128(1);
    const RUN: Uuid = Uuid::from_u128(2);

    fn matcher() -> Matcher {
        let mut known = Known::default();
        for (id, euros) in [("EH-1", 500_i64), ("EH-2", 250)] {
            let (order_id, amount) = (Uuid::from_u128(u128::from(euros.unsigned_abs())), Money::from_euros(euros));
            known.add_order(id.to_owned(), KnownOrder { order_id, fund_id: FUND, amount, paid: false });
        }
        known.add_batch(KnownBatch {
            payment_run_id: RUN,
            fund_id: FUND,
            names: vec!["P-2026-00012-1a2b3c4d-1".to_owned(), "P-2026-00012-1a2b3c4d".to_owned()],
            amount: Money::from_euros(750),
            end_to_end_ids: vec!["EH-1".to_owned(), "EH-2".to_owned()],
        });
        Matcher::new(known)
    }

    fn debit(euros: i64, text: &str) -> Line<'_> {
        let (amount, texts) = (Money::from_euros(-euros), vec![text]);
        Line { amount, nature: Nature::Total, reference: Reference::Absent, texts, end_to_end_id: None }
    }

    fn suspense(reason: Reason) -> Match {
        Match::Suspense { reason, suggestion: None }
    }

    #[test]
    fn a_total_that_names_its_run_pays_every_order_of_it_once() {
        let mut matcher = matcher();
        let named = debit(750, "VERZAMELOPDRACHT p-2026-00012-1a2b 3c4d-1 EUR");
        assert_eq!(matcher.judge(FUND, &named), Match::Batch { payment_run_id: RUN });
        assert_eq!(matcher.judge(FUND, &named), suspense(Reason::OrderAlreadyPaid));
        let single = Line { end_to_end_id: Some("EH-1"), ..debit(500, "") };
        assert_eq!(matcher.judge(FUND, &single), suspense(Reason::OrderAlreadyPaid));
    }

    #[test]
    fn the_message_itself_is_a_name_too_and_may_stand_in_the_reference() {
        let named = Line { end_to_end_id: Some("P-2026-00012-1a2b3c4d"), ..debit(750, "") };
        assert_eq!(matcher().judge(FUND, &named), Match::Batch { payment_run_id: RUN });
    }

    #[test]
    fn a_total_of_another_amount_account_or_run_waits() {
        let named = "P-2026-00012-1a2b3c4d-1";
        assert_eq!(matcher().judge(FUND, &debit(749, named)), suspense(Reason::AmountDiffersFromOrder));
        let elsewhere = matcher().judge(Uuid::from_u128(9), &debit(750, named));
        assert_eq!(elsewhere, suspense(Reason::TotalWithoutDetails));
        for other in ["P-2026-00012-1a2b3c4e", "P-2026-00013-1a2b3c4d", "P-2026-00012", ""] {
            let found = matcher().judge(FUND, &debit(750, other));
            assert_eq!(found, suspense(Reason::TotalWithoutDetails), "{other}");
        }
    }

    #[test]
    fn a_run_of_which_an_order_was_paid_by_itself_waits_for_a_person() {
        let mut matcher = matcher();
        let single = Line { end_to_end_id: Some("EH-2"), ..debit(250, "") };
        assert!(matches!(matcher.judge(FUND, &single), Match::Order { .. }));
        assert_eq!(matcher.judge(FUND, &debit(750, "P-2026-00012-1a2b3c4d-1")), suspense(Reason::OrderAlreadyPaid));
    }
}
