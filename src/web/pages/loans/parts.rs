//! What of a long loan is shown at once, and what is folded away: ten years of payments hide the one that matters.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::loan::{InstalmentState, LoanEvent, LoanFact};

/// A list of this length is shown whole.
const SHORT: usize = 12;
/// What is shown of a longer list that goes on: the next instalments, the last payments.
const SOON: usize = 3;

/// `overdue`, `open`, `paid` or `planned`.
pub(super) fn standing(line: &InstalmentState, today: NaiveDate) -> &'static str {
    match (line.settled_on, line.open.is_positive()) {
        (Some(_), _) => "paid",
        (None, true) if line.instalment.due_on < today => "overdue",
        (None, true) => "open",
        (None, false) => "planned",
    }
}

/// The instalments in parts: `paid`; `now`, which are those overdue and the next; `later`. A short schedule is one part.
pub(super) fn schedule(all: &[InstalmentState], today: NaiveDate) -> Vec<(&'static str, Vec<&InstalmentState>)> {
    if all.len() <= SHORT {
        return vec![("now", all.iter().collect())];
    }
    let (paid, unpaid): (Vec<_>, Vec<_>) = all.iter().partition(|line| line.settled_on.is_some());
    let (mut now, ahead): (Vec<_>, Vec<_>) = unpaid.into_iter().partition(|line| standing(line, today) == "overdue");
    let (soon, later) = ahead.split_at(ahead.len().min(SOON));
    now.extend(soon);
    let parts = [("paid", paid), ("now", now), ("later", later.to_vec())];
    parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// What happened, and apart from it the payments that are folded away: all but the last, when there are many. One
/// that was undone is never folded away.
pub(super) fn life(facts: Vec<LoanFact>) -> (Vec<LoanFact>, Vec<LoanFact>) {
    let undone: HashSet<Uuid> = facts.iter().filter_map(reversed).collect();
    let plain = |fact: &LoanFact| match &fact.event {
        LoanEvent::PaymentReceived { payment_id, .. } => !undone.contains(payment_id),
        _ => false,
    };
    let payments = facts.iter().filter(|fact| plain(fact)).count();
    let folded = if payments > SHORT { payments - SOON } else { 0 };
    let mut seen = 0;
    facts.into_iter().partition(|fact| {
        seen += usize::from(plain(fact));
        !plain(fact) || seen > folded
    })
}

fn reversed(fact: &LoanFact) -> Option<Uuid> {
    match &fact.event {
        LoanEvent::PaymentReversed { payment_id, .. } => Some(*payment_id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::money::Money;
    use crate::domain::schedule::Instalment;

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Months::new(month)
    }

    fn line(number: u32, paid: bool) -> InstalmentState {
        let sum = Money::from_cents(10_000);
        let (open, settled_on) = if paid { (Money::ZERO, Some(day(number))) } else { (sum, None) };
        let instalment = Instalment {
            number,
            due_on: day(number),
            payable_on: day(number),
            principal: sum,
            interest: Money::ZERO,
            total: sum,
            balance: Money::ZERO,
        };
        InstalmentState { instalment, paid: sum - open, open, settled_on }
    }

    fn fact(event: LoanEvent) -> LoanFact {
        LoanFact { effective_on: day(1), booked_at: DateTime::UNIX_EPOCH, event }
    }

    fn payment(id: u32) -> LoanFact {
        let amount = Money::from_cents(i64::from(id));
        fact(LoanEvent::PaymentReceived { payment_id: Uuid::from_u128(id.into()), amount })
    }

    #[test]
    fn what_is_overdue_and_the_next_three_are_not_folded_away() {
        let all: Vec<_> = (1..=60).map(|number| line(number, number <= 20)).collect();
        let parts = schedule(&all, day(23));
        let counts: Vec<_> = parts.iter().map(|(part, lines)| (*part, lines.len())).collect();
        assert_eq!(counts, [("paid", 20), ("now", 5), ("later", 35)]);
        assert_eq!(parts[1].1.iter().map(|line| line.instalment.number).collect::<Vec<_>>(), [21, 22, 23, 24, 25]);
        assert_eq!(schedule(&all[..12], day(23)).len(), 1, "a short schedule is whole");
    }

    #[test]
    fn many_payments_fold_but_the_last_and_those_that_were_undone() {
        let undo = LoanEvent::PaymentReversed { payment_id: Uuid::from_u128(2), reason: "returned".to_owned() };
        let mut facts = vec![fact(LoanEvent::Signed)];
        facts.extend((1..=14).map(payment));
        assert_eq!(life(facts[..5].to_vec()).1.len(), 0, "a few payments are all shown");
        facts.push(fact(undo));
        let (shown, folded) = life(facts);
        assert_eq!(folded.len(), 10);
        assert!(!folded.contains(&payment(2)) && shown.contains(&payment(14)));
        assert_eq!(shown.len(), 6);
    }
}
