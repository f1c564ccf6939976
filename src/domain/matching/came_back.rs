//! A credit with which the bank sends a transfer of ours back: the payment order that it brings back in whole.

use uuid::Uuid;

use super::known::Known;
use super::{Line, Match, Reason};

impl Known {
    /// Adds the end-to-end identification of a payment that came back before.
    pub fn add_came_back(&mut self, end_to_end_id: String) {
        self.came_back.insert(end_to_end_id);
    }

    /// What a credit is about that the bank calls a transfer of ours that came back: certain only where it names an
    /// order of this fund that was paid, and is of exactly its amount.
    pub(super) fn came_back(&mut self, fund_id: Uuid, line: &Line<'_>) -> Match {
        let suspense = |reason| Match::Suspense { reason, suggestion: None };
        let Some(id) = line.end_to_end_id else { return suspense(Reason::PaymentReturned) };
        if self.came_back.contains(id) {
            return suspense(Reason::OrderReturnedBefore);
        }
        let Some(order) = self.orders.get(id) else { return suspense(Reason::PaymentReturned) };
        if order.fund_id != fund_id {
            return suspense(Reason::OrderOfAnotherFund);
        }
        if !order.paid {
            return suspense(Reason::PaymentReturned);
        }
        if order.amount != line.amount {
            return suspense(Reason::ReturnedOtherAmount);
        }
        let order_id = order.order_id;
        // It waits under another identification from now on: this one is neither paid nor sent back again.
        self.orders.remove(id);
        self.came_back.insert(id.to_owned());
        Match::Returned { order_id }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KnownBatch, KnownOrder, Matcher, Nature, Reference};
    use super::*;
    use crate::domain::money::Money;

    const FUND: Uuid = Uuid::from_u128(1);
    const ORDER: Uuid = Uuid::from_u128(3);

    fn matcher(paid: bool) -> Matcher {
        let mut known = Known::default();
        let amount = Money::from_euros(500);
        known.add_order("EH-1".to_owned(), KnownOrder { order_id: ORDER, fund_id: FUND, amount, paid });
        known.add_came_back("EH-0".to_owned());
        known.add_batch(KnownBatch {
            payment_run_id: Uuid::from_u128(2),
            fund_id: FUND,
            names: vec!["P-2026-00012-1a2b3c4d".to_owned()],
            amount,
            end_to_end_ids: vec!["EH-1".to_owned()],
        });
        Matcher::new(known)
    }

    fn line(euros: i64, end_to_end_id: Option<&str>) -> Line<'_> {
        let nature = if euros > 0 { Nature::Returned } else { Nature::Payment };
        let (amount, texts) = (Money::from_euros(euros), Vec::new());
        Line { amount, nature, reference: Reference::Absent, texts, end_to_end_id }
    }

    fn suspense(reason: Reason) -> Match {
        Match::Suspense { reason, suggestion: None }
    }

    #[test]
    fn an_order_that_was_paid_comes_back_once_and_in_whole() {
        let mut matcher = matcher(true);
        assert_eq!(matcher.judge(FUND, &line(499, Some("EH-1"))), suspense(Reason::ReturnedOtherAmount));
        assert_eq!(matcher.judge(Uuid::nil(), &line(500, Some("EH-1"))), suspense(Reason::OrderOfAnotherFund));
        assert_eq!(matcher.judge(FUND, &line(500, Some("EH-1"))), Match::Returned { order_id: ORDER });
        assert_eq!(matcher.judge(FUND, &line(500, Some("EH-1"))), suspense(Reason::OrderReturnedBefore));
        assert_eq!(matcher.judge(FUND, &line(500, Some("EH-0"))), suspense(Reason::OrderReturnedBefore));
        // Under its old identification nothing is paid any more.
        assert_eq!(matcher.judge(FUND, &line(-500, Some("EH-1"))), suspense(Reason::DebitWithoutOrder));
        let run = Line { texts: vec!["P-2026-00012-1a2b3c4d"], ..line(-500, None) };
        assert_eq!(matcher.judge(FUND, &run), suspense(Reason::OrderAlreadyPaid));
    }

    #[test]
    fn what_was_not_paid_or_is_not_named_waits_for_a_person() {
        assert_eq!(matcher(false).judge(FUND, &line(500, Some("EH-1"))), suspense(Reason::PaymentReturned));
        for id in [None, Some("EH-2"), Some("NOTPROVIDED")] {
            assert_eq!(matcher(true).judge(FUND, &line(500, id)), suspense(Reason::PaymentReturned), "{id:?}");
        }
    }

    #[test]
    fn an_order_can_be_paid_and_come_back_in_one_file() {
        let mut matcher = matcher(false);
        assert_eq!(matcher.judge(FUND, &line(-500, Some("EH-1"))), Match::Order { order_id: ORDER });
        assert_eq!(matcher.judge(FUND, &line(500, Some("EH-1"))), Match::Returned { order_id: ORDER });
    }
}
