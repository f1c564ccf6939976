//! From the records of one movement to the movement.

use super::code::TransactionType;
use super::communication::{self, Communication, DebitOutcome};
use super::information::{self, Information};
use super::records::{Main, Party, References};
use super::statement::{Counterparty, Movement, Position, Return, ReturnKind};

/// A movement of which more records may follow.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) line: usize,
    pub(super) main: Main,
    pub(super) references: Option<References>,
    pub(super) party: Option<Party>,
    pub(super) information: Vec<(Position, bool, String)>,
}

/// Joins what the records of a movement say. `parent_of` finds the latest total of a type in a sequence.
pub(super) fn movement(open: Open, parent_of: impl Fn(TransactionType, u16) -> Option<Position>) -> Movement {
    let Open { line, main, references, party, information } = open;
    let communication = joined(&main, references.as_ref(), party.as_ref());
    let account = party.as_ref().and_then(|party| party.account.clone());
    let (return_kind, reason) =
        references.as_ref().map_or((None, None), |known| (known.return_kind, known.reason.clone()));
    Movement {
        line,
        position: main.position,
        batch_of: main.code.kind.parent().and_then(|parent| parent_of(parent, main.position.sequence)),
        bank_reference: main.bank_reference,
        amount: main.amount,
        value_on: main.value_on,
        booked_on: main.booked_on,
        code: main.code,
        globalisation: main.globalisation,
        returned: returned(return_kind, reason, &communication),
        communication,
        counterparty: Counterparty {
            other_account: account.as_ref().filter(|a| a.iban.is_none()).map(|a| a.number.clone()),
            iban: account.and_then(|account| account.iban),
            bic: references.as_ref().and_then(|known| known.bic.clone()),
            name: party.and_then(|party| party.name),
        },
        customer_reference: references.as_ref().and_then(|known| known.customer_reference.clone()),
        category_purpose: references.as_ref().and_then(|known| known.category_purpose.clone()),
        purpose: references.and_then(|known| known.purpose),
        information: information
            .into_iter()
            .map(|(position, structured, text)| Information {
                detail: position.detail,
                content: information::content(structured, &text),
            })
            .collect(),
    }
}

/// The communication over the records, without adding or removing blanks between them: a reference may be cut
/// at the border. A missing 2.2 counts as 53 blanks when 2.3 brings more.
fn joined(main: &Main, references: Option<&References>, party: Option<&Party>) -> Communication {
    let mut text = main.communication.clone();
    let middle = references.map_or_else(|| " ".repeat(53), |known| known.communication.clone());
    text.push_str(&middle);
    text.push_str(party.map_or("", |party| &party.communication));
    if main.structured { communication::structured(&text) } else { Communication::Free(text.trim_end().to_owned()) }
}

/// What came back: record 2.2 first, the direct debit when that is silent, its one digit of reason at last.
fn returned(kind: Option<ReturnKind>, reason: Option<String>, communication: &Communication) -> Option<Return> {
    let debit = match communication {
        Communication::DirectDebit(debit) => Some(debit),
        _ => None,
    };
    let kind = kind.or_else(|| debit.and_then(|debit| debit.returned));
    let reason = reason.or_else(|| debit.and_then(|debit| debit.reason.clone()));
    let unpaid = debit.is_some_and(|debit| !matches!(debit.outcome, None | Some(DebitOutcome::Paid)));
    (kind.is_some() || reason.is_some() || unpaid).then_some(Return { kind, reason })
}
