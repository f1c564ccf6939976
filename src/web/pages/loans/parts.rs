//! What of a long loan is shown at once, and what is folded away: ten years of payments hide the one that matters.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::life::Happening;
use crate::domain::loan::{InstalmentState, LoanEvent, LoanFact};

/// A list of this length is shown whole.
const SHORT: usize = 12;
/// What is shown of a longer list that goes on: the next instalments, the last payments.
const SOON: usize = 3;

/// `overdue`, `open`, `paid`, `forgone` or `planned`.
pub(super) fn standing(line: &InstalmentState, today: NaiveDate) -> &'static str {
    match (line.settled_on, line.open.is_positive()) {
        _ if line.forgone.is_positive() => "forgone",
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
    let (paid, unpaid): (Vec<_>, Vec<_>) =
        all.iter().partition(|line| matches!(standing(line, today), "paid" | "forgone"));
    let (mut now, ahead): (Vec<_>, Vec<_>) = unpaid.into_iter().partition(|line| standing(line, today) == "overdue");
    let (soon, later) = ahead.split_at(ahead.len().min(SOON));
    now.extend(soon);
    let parts = [("paid", paid), ("now", now), ("later", later.to_vec())];
    parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// What happened, and apart from it the payments that are folded away: all but the last, when there are many. One
/// that was undone or corrected is never folded away. `told` says what the facts say, in their order.
pub(super) fn life(facts: &[LoanFact], told: Vec<Happening>) -> (Vec<Happening>, Vec<Happening>) {
    let undone: HashSet<Uuid> = facts.iter().filter_map(reversed).collect();
    let plain: Vec<bool> = facts
        .iter()
        .zip(&told)
        .map(|(fact, told)| match &fact.event {
            LoanEvent::PaymentReceived { payment_id, .. } => told.corrected.is_none() && !undone.contains(payment_id),
            _ => false,
        })
        .collect();
    let payments = plain.iter().filter(|plain| **plain).count();
    let folded = if payments > SHORT { payments - SOON } else { 0 };
    let mut seen = 0;
    let (mut shown, mut away) = (Vec::new(), Vec::new());
    for (told, plain) in told.into_iter().zip(plain) {
        seen += usize::from(plain);
        if plain && seen <= folded { away.push(told) } else { shown.push(told) }
    }
    (shown, away)
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
    use crate::domain::loan::LineKind;
    use crate::domain::money::Money;
    use crate::domain::schedule::Instalment;

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Months::new(month)
    }

    fn line(number: u32, paid: bool) -> InstalmentState {
        let sum = Money::from_cents(10_000);
        let settled_on = paid.then(|| day(number));
        let instalment = Instalment {
            number,
            due_on: day(number),
            payable_on: day(number),
            principal: sum,
            interest: Money::ZERO,
            total: sum,
            balance: Money::ZERO,
        };
        InstalmentState { settled_on, ..InstalmentState::claim(LineKind::Instalment, instalment) }
    }

    fn fact(id: u32, event: LoanEvent) -> LoanFact {
        LoanFact::new(Uuid::from_u128(id.into()), day(1), DateTime::UNIX_EPOCH, event)
    }

    fn payment(id: u32) -> LoanFact {
        fact(id, LoanEvent::payment(Uuid::from_u128(id.into()), Money::from_cents(i64::from(id))))
    }

    fn told(facts: &[LoanFact]) -> Vec<Happening> {
        let plain = |fact: &LoanFact| Happening {
            kind: fact.event.kind(),
            amount: fact.event.amount(),
            effective_on: fact.effective_on,
            of: None,
            recorded: None,
            corrected: None,
        };
        facts.iter().map(plain).collect()
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
        let mut facts = vec![fact(100, LoanEvent::Signed)];
        facts.extend((1..=14).map(payment));
        assert_eq!(life(&facts[..5], told(&facts[..5])).1.len(), 0, "a few payments are all shown");
        facts.push(fact(101, undo));
        let (shown, folded) = life(&facts, told(&facts));
        let has =
            |list: &[Happening], cents: i64| list.iter().any(|told| told.amount == Some(Money::from_cents(cents)));
        assert_eq!(folded.len(), 10);
        assert!(!has(&folded, 2) && has(&shown, 14));
        assert_eq!(shown.len(), 6);
    }
}
