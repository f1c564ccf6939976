//! A person placed a line: the collection that it is about moves with its money, so that it is never tried again when it
//! was paid, nor forgotten when it came back.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::came_back::{CameBack, answer};
use super::{of, says_debit};
use crate::domain::matching::{
    Collected, KnownCollection, PartKind, PlacedLine, ReturnKind, credited_by, payment_named, returned_by,
};
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{DecisionRow, PartRow};
use crate::storage::collections::{self, Collection, Credit, PlacedRow};

/// The collections that may move with a decision, locked, and what its lines say.
#[derive(Default)]
pub(in crate::services::bank) struct Moves {
    lines: Vec<PlacedRow>,
    known: Vec<KnownCollection>,
    collections: HashMap<Uuid, Collection>,
}

impl Moves {
    /// Looks up what a decision about these lines can move on these loans. The loans must be locked.
    pub(in crate::services::bank) async fn open(
        tx: &mut PgConnection,
        (line_ids, loan_ids): (&[Uuid], &[Uuid]),
    ) -> Result<Self, Error> {
        if loan_ids.is_empty() {
            return Ok(Self::default());
        }
        let lines = collections::placed_lines(tx, line_ids).await?;
        let named: Vec<String> = lines.iter().filter_map(|line| line.end_to_end_id.clone()).collect();
        let found = collections::with_bank(tx, (loan_ids, &named)).await?;
        let known = found.collections.iter().map(|line| of(line, &found)).collect();
        let collections = found.collections.into_iter().map(|line| (line.collection_id, line)).collect();
        Ok(Self { lines, known, collections })
    }

    /// The payment that goes back where the person did not say which: that of the collection that the line names.
    pub(in crate::services::bank) fn payment(&self, of_loan: (Uuid, Money)) -> Option<Uuid> {
        payment_named(&placed(self.alone()?), of_loan, &self.known)
    }

    /// Moves the collections with the parts that are booked. The decision must be kept already.
    pub(in crate::services::bank) async fn follow(
        mut self,
        tx: &mut PgConnection,
        doer: (&House, &Actor),
        decision: &DecisionRow,
    ) -> Result<(), Error> {
        let mut credits = Vec::new();
        for part in decision.parts.iter().filter(|part| part.kind == PartKind::Loan) {
            credits.extend(self.credit(doer.0, decision.bank_decision_id, part));
        }
        collections::credit(tx, &credits).await?;
        let back = decision.parts.iter().filter(|part| part.kind == PartKind::Return);
        let back: Vec<CameBack<'_>> = back.filter_map(|part| self.back(decision, part)).collect();
        answer(tx, doer, &back).await
    }

    /// The line, where the decision is about one only: of more, nobody can say which of them brought what.
    fn alone(&self) -> Option<&PlacedRow> {
        if let [line] = self.lines.as_slice() { Some(line) } else { None }
    }

    fn credit(&mut self, house: &House, bank_decision_id: Uuid, part: &PartRow) -> Option<Credit> {
        let (loan_id, payment_id) = part.loan_id.zip(part.payment_id)?;
        let line = self.alone()?;
        let (bank_line_id, credited_on) = (line.bank_line_id, line.booked_on);
        let collection_id = credited_by(&placed(line), (loan_id, part.amount), &self.known)?;
        let moved = self.known.iter_mut().find(|known| known.collection_id == collection_id)?;
        (moved.standing, moved.paid) = (Collected::Credited(payment_id), part.amount);
        Some(Credit {
            credit_id: house.ids.next(),
            collection_id,
            bank_line_id,
            bank_decision_id: Some(bank_decision_id),
            payment_id,
            amount: part.amount,
            credited_on,
            created_at: house.clock.now(),
        })
    }

    fn back(&self, decision: &DecisionRow, part: &PartRow) -> Option<CameBack<'_>> {
        let collection_id = returned_by(part.loan_id.zip(part.payment_id)?, &self.known)?;
        let last = self.lines.iter().max_by_key(|line| line.booked_on)?;
        let said = self.alone();
        Some(CameBack {
            collection: self.collections.get(&collection_id)?,
            bank_line_id: last.bank_line_id,
            bank_decision_id: Some(decision.bank_decision_id),
            on: last.booked_on,
            kind: said.and_then(|line| line.return_kind).unwrap_or(ReturnKind::Return),
            reason: said.and_then(|line| line.return_reason.as_deref()),
            outcome: said.and_then(|line| line.debit_outcome.as_deref()),
            fact_id: part.fact_id,
        })
    }
}

/// What a line says. One that waits, or was taken back, because of a collection is about direct debit, whatever the bank
/// calls it.
fn placed(line: &PlacedRow) -> PlacedLine<'_> {
    PlacedLine {
        end_to_end_id: line.end_to_end_id.as_deref(),
        mandate_id: line.mandate_id,
        batch: line.batch.as_deref(),
        is_debit: line.reason.starts_with("collection_") || says_debit(&line.kind, line.mandate_reference.as_deref()),
    }
}
