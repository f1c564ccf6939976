//! The way back of what a line of the bank did to our collections: each is again where it was before. That nothing
//! stands in the way is seen first; the loans and their entries are turned round by whoever calls.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::collection::{
    CollectionState, Dropped, InvalidStep, MandateState, Remark, after_return_undone, asks,
};
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::Undoing;
use crate::storage::collections::{self, Collection, Did, StandingCredit, StandingReturn};

/// What a line of the import, or a decision, did to collections, as far as it stands.
pub(in crate::services::bank) struct Traces {
    /// What it credited.
    pub(in crate::services::bank) credits: Vec<StandingCredit>,
    /// What it gave back.
    pub(in crate::services::bank) returns: Vec<StandingReturn>,
    /// Every attempt at the same claims.
    claims: Vec<Collection>,
}

impl Traces {
    /// The loans that must be locked first.
    pub(in crate::services::bank) async fn loans(tx: &mut PgConnection, did: Did) -> Result<Vec<Uuid>, Error> {
        let credits = collections::standing_credits(tx, did).await?;
        let returns = collections::standing_returns(tx, did).await?;
        let of_credits = credits.iter().map(|credit| credit.loan_id);
        Ok(of_credits.chain(returns.iter().map(|back| back.loan_id)).collect())
    }

    /// What it did, with the collections locked. Lock their loans first.
    pub(in crate::services::bank) async fn lock(tx: &mut PgConnection, did: Did) -> Result<Self, Error> {
        let credits = collections::standing_credits(tx, did).await?;
        let returns = collections::standing_returns(tx, did).await?;
        let of_credits = credits.iter().map(|credit| credit.collection_id);
        let ids: Vec<Uuid> = of_credits.chain(returns.iter().map(|back| back.collection_id)).collect();
        let claims = if ids.is_empty() { Vec::new() } else { collections::lock_claims(tx, &ids).await? };
        Ok(Self { credits, returns, claims })
    }

    /// Whether it did nothing that stands.
    pub(in crate::services::bank) fn is_empty(&self) -> bool {
        self.credits.is_empty() && self.returns.is_empty()
    }

    /// That everything can go back to where it was.
    ///
    /// # Errors
    /// What was credited came back since; what came back is being collected again.
    pub(in crate::services::bank) fn may_go_back(&self) -> Result<(), Error> {
        for credit in &self.credits {
            let line = self.line(credit.collection_id)?;
            line.state.take_back_credit().map_err(|step| came_back(line, step))?;
        }
        for back in &self.returns {
            let line = self.line(back.collection_id)?;
            line.state.take_back_return().map_err(Error::internal)?;
            if self.others(line).any(is_on_its_way) {
                return Err(Error::refused(Text::new("bank-undo-collected-again").with("day", line.due_on)));
            }
        }
        Ok(())
    }

    /// Puts every collection back to where it was, and undoes what its return had asked. Answers what there is to say
    /// about that.
    pub(in crate::services::bank) async fn go_back(
        &self,
        tx: &mut PgConnection,
        doer: (&House, &Actor),
        undoing: Undoing<'_>,
    ) -> Result<Vec<Remark>, Error> {
        let ids: Vec<Uuid> = self.credits.iter().map(|credit| credit.collection_id).collect();
        if !ids.is_empty() {
            collections::take_back_credits(tx, &ids).await?;
            let credit_ids: Vec<Uuid> = self.credits.iter().map(|credit| credit.credit_id).collect();
            collections::insert_credit_undoings(tx, &credit_ids, undoing).await?;
        }
        if self.returns.is_empty() {
            return Ok(Vec::new());
        }
        let mut remarks = self.drop_retries(tx, doer.0).await?;
        let ids: Vec<Uuid> = self.returns.iter().map(|back| back.collection_id).collect();
        collections::take_back_returns(tx, &ids).await?;
        let return_ids: Vec<Uuid> = self.returns.iter().map(|back| back.return_id).collect();
        collections::insert_return_undoings(tx, &return_ids, undoing).await?;
        for back in &self.returns {
            remarks.extend(mandate(tx, doer, back).await?);
            let detail = serde_json::json!({ "collection_id": back.collection_id, "return_id": back.return_id });
            let deed =
                Deed { action: "collection.return_undone", subject_kind: "loan", subject_id: back.loan_id, detail };
            doer.0.audit(tx, doer.1, deed).await?;
        }
        remarks.sort_unstable();
        remarks.dedup();
        Ok(remarks)
    }

    /// Lets the second tries go that have not left: what they would collect is paid.
    async fn drop_retries(&self, tx: &mut PgConnection, house: &House) -> Result<Vec<Remark>, Error> {
        let mut made = Vec::new();
        for back in &self.returns {
            let line = self.line(back.collection_id)?;
            made.extend(self.others(line).filter(|other| other.state == CollectionState::Made));
        }
        let ids: Vec<Uuid> = made.iter().map(|line| line.collection_id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let told = collections::latest_notices(tx, &ids).await?;
        let dropped: Vec<(Uuid, Dropped)> = ids.iter().map(|id| (*id, Dropped::ReturnUndone)).collect();
        collections::drop_lines(tx, &dropped, house.clock.today()).await?;
        let remark =
            |id: &Uuid| if told.contains_key(id) { Remark::RetryDroppedAfterNotice } else { Remark::RetryDropped };
        Ok(ids.iter().map(remark).collect())
    }

    fn line(&self, collection_id: Uuid) -> Result<&Collection, Error> {
        let line = self.claims.iter().find(|line| line.collection_id == collection_id);
        line.ok_or_else(|| Error::internal(format!("collection {collection_id} has gone")))
    }

    /// The other attempts at the same claim.
    fn others<'a>(&'a self, line: &'a Collection) -> impl Iterator<Item = &'a Collection> {
        let same = |other: &&Collection| (other.loan_id, other.due_on) == (line.loan_id, line.due_on);
        self.claims.iter().filter(same).filter(|other| other.collection_id != line.collection_id)
    }
}

/// Whether an attempt is in a file for the bank, or has left and not come back.
fn is_on_its_way(line: &Collection) -> bool {
    match line.state {
        CollectionState::Made => line.run_id.is_some(),
        CollectionState::Exported { .. } | CollectionState::Credited { .. } => true,
        CollectionState::Returned { .. } | CollectionState::Dropped { .. } => false,
    }
}

fn came_back(line: &Collection, step: InvalidStep) -> Error {
    match line.state {
        CollectionState::Returned { .. } => {
            Error::refused(Text::new("bank-undo-came-back-since").with("day", line.due_on))
        }
        _ => Error::internal(step),
    }
}

/// Lets a mandate hold again that only this return had stopped; or says why it stays stopped.
async fn mandate(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    back: &StandingReturn,
) -> Result<Option<Remark>, Error> {
    if !stops(back) {
        return Ok(None);
    }
    let Some(row) = collections::lock_mandate(tx, back.mandate_id).await? else { return Ok(None) };
    let MandateState::Stopped { on, .. } = row.mandate.state else { return Ok(None) };
    // Of what came back before that day a new account has made an end: it had woken the mandate.
    let others_stop = collections::returns_under(tx, (row.mandate_id, on)).await?.iter().any(stops);
    let other_active = collections::active_of_loans(tx, &[row.loan_id]).await?.contains_key(&row.loan_id);
    let Some((resumed, remark)) = after_return_undone(&row.mandate, others_stop, other_active) else {
        return Ok(None);
    };
    if let Some(resumed) = resumed {
        collections::update_mandate(tx, row.mandate_id, &resumed).await?;
        let detail = serde_json::json!({ "mandate_id": row.mandate_id });
        let deed = Deed { action: "mandate.resumed", subject_kind: "loan", subject_id: row.loan_id, detail };
        house.audit(tx, actor, deed).await?;
    }
    Ok(Some(remark))
}

/// Whether a return asks to stop its mandate: its ISO reason says so, or nothing does.
fn stops(back: &StandingReturn) -> bool {
    asks((back.kind, back.reason.as_deref(), None), false).stops_mandate
}
