//! Makes the file with which money is collected: everything that may leave, in one transaction and a fixed number of
//! statements of SQL. What may not stays behind with its reason.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::form::RunForm;
use super::terms;
use crate::clock::ZONE;
use crate::domain::access::Permission;
use crate::domain::collection::{
    Amendment, Announced, Block, Facts, Notice, SequenceType, Terms, last_of_run, may_leave, send_by,
};
use crate::domain::fund::Fund;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::loan::LoanState;
use crate::domain::money::Money;
use crate::domain::text::{FieldProblem, Text};
use crate::formats::pain::{
    self, Built, Head, OriginalAccount, OriginalCreditor, PainFile, Remittance, Scheme, Sequence,
};
use crate::services::loans::load;
use crate::services::once::{Asked, before, json, keep, own};
use crate::services::{Actor, Answered, Deed, Error, House, Once};
use crate::storage::collections::{self, Collection, Creditor, MandateRow, Put, Run, RunState};
use crate::storage::funds;
use crate::storage::loans::Loan;

/// What came of asking for a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// The run; none when everything stays behind.
    pub run: Option<MadeRun>,
    /// What stays behind, each with its reason.
    pub blocked: Vec<BlockedLine>,
}

/// A run that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeRun {
    /// Its identifier.
    pub run_id: Uuid,
    /// The message identification of the file.
    pub message_id: String,
    /// How many collections.
    pub lines: usize,
    /// Their sum, in euro.
    pub total: Money,
    /// The first collection day.
    pub first_on: NaiveDate,
    /// The last day on which the bank takes it.
    pub send_by: NaiveDate,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

/// A collection that stays behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockedLine {
    /// The collection.
    pub collection_id: Uuid,
    /// Number of the loan.
    pub loan: String,
    /// When the claim was due.
    pub due_on: NaiveDate,
    /// How much, in euro.
    pub amount: Money,
    /// Why, as a code.
    pub because: String,
}

/// Everything that is known of the collections that may leave.
struct Work {
    lines: Vec<Collection>,
    states: HashMap<Uuid, (Loan, LoanState)>,
    mandates: HashMap<Uuid, MandateRow>,
    announced: HashMap<Uuid, Announced>,
    pending: HashMap<Uuid, Vec<(Uuid, Amendment)>>,
    own_accounts: HashSet<Iban>,
}

/// Makes the file of a fund with what is collected through a day, two people away from leaving: somebody else releases it.
///
/// # Errors
/// The actor may not; no such fund; it has no creditor identifier; nothing is announced for these days.
pub async fn make(house: &House, actor: &Actor, (form, once): (&RunForm, Option<&Once>)) -> Result<Answered, Error> {
    actor.require(Permission::ManageCollections)?;
    let own = own(once, actor, (Asked::Collection, "run"))?;
    let (code, through) = form.read()?;
    let today = house.clock.today();
    let mut tx = house.begin().await?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let fund = funds::list(&mut tx).await?.into_iter().find(|fund| fund.code.eq_ignore_ascii_case(&code));
    let fund = fund.ok_or_else(|| Error::field("fund", &code, Text::new("collection-problem-fund")))?;
    // Two people who make a file of one fund wait for each other.
    funds::lock(&mut tx, fund.fund_id).await?;
    let creditor = collections::creditors_on(&mut tx, today).await?.remove(&fund.fund_id);
    let creditor = creditor.ok_or_else(|| Error::refused(Text::new("collection-no-creditor")))?;
    let terms = terms(&mut tx, today).await?;
    let through = through.unwrap_or_else(|| last_of_run(today, &terms));
    let work = Work::read(&mut tx, (fund.fund_id, through), today).await?;
    if work.lines.is_empty() {
        return Err(Error::refused(Text::new("collection-run-empty").with("through", through)));
    }
    let made = write(&mut tx, (house, actor), (&fund, &creditor), (work, terms)).await?;
    let answer = keep(&mut tx, house, own.as_ref(), (json(&made)?, None)).await?;
    house.commit(tx).await?;
    Ok(answer)
}

impl Work {
    async fn read(
        tx: &mut PgConnection,
        (fund_id, through): (Uuid, NaiveDate),
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let lines = collections::lock_for_run(tx, fund_id, through).await?;
        let unique = |id: fn(&Collection) -> Uuid| {
            let ids: HashSet<Uuid> = lines.iter().map(id).collect();
            ids.into_iter().collect::<Vec<_>>()
        };
        let (loans, mandates) = (unique(|line| line.loan_id), unique(|line| line.mandate_id));
        let ids: Vec<Uuid> = lines.iter().map(|line| line.collection_id).collect();
        let states = load::states(tx, &loans, today).await?;
        Ok(Self {
            states: states.into_iter().map(|(loan, state)| (loan.loan_id, (loan, state))).collect(),
            mandates: collections::get_mandates(tx, &mandates).await?,
            announced: collections::latest_notices(tx, &ids).await?,
            pending: collections::pending_amendments(tx, &mandates).await?,
            own_accounts: funds::list(tx).await?.into_iter().map(|fund| fund.iban).collect(),
            lines,
        })
    }

    /// Fine, or why a collection stays behind.
    fn judge(&self, line: &Collection, creditor: &Creditor, when: (NaiveDate, &Terms)) -> Result<(), Block> {
        let (Some((_, state)), Some(row)) = (self.states.get(&line.loan_id), self.mandates.get(&line.mandate_id))
        else {
            return Err(Block::MayNotCollect);
        };
        let of_day = state.instalments.iter().filter(|of| of.instalment.due_on == line.due_on);
        let facts = Facts {
            mandate: &row.mandate,
            creditor: &creditor.identifier,
            amount: line.amount,
            collect_on: line.collect_on,
            open: of_day.map(|of| of.open).sum(),
            may_collect: state.may_collect(),
            own_account: self.own_accounts.contains(&row.mandate.debtor_iban),
            announced: self.announced.get(&line.collection_id),
        };
        may_leave(&facts, when.0, when.1)
    }

    fn number(&self, line: &Collection) -> String {
        self.states.get(&line.loan_id).map(|(loan, _)| loan.number.clone()).unwrap_or_default()
    }

    fn behind(&self, line: &Collection, because: &str) -> BlockedLine {
        let (collection_id, due_on, amount) = (line.collection_id, line.due_on, line.amount);
        BlockedLine { collection_id, loan: self.number(line), due_on, amount, because: because.to_owned() }
    }

    /// A collection as the file says it; `told` are the changes of its mandate of which the bank has not heard.
    fn to_write(&self, line: &Collection, account: &Iban, told: bool) -> Option<pain::Collection> {
        let (loan, _) = self.states.get(&line.loan_id)?;
        let row = self.mandates.get(&line.mandate_id)?;
        let changes: Vec<Amendment> = if told { self.changes(line) } else { Vec::new() };
        Some(pain::Collection {
            account: account.clone(),
            collect_on: line.collect_on,
            scheme: Scheme::Core,
            sequence: match line.sequence_type {
                SequenceType::Recurrent => Sequence::Recurrent,
                SequenceType::OneOff => Sequence::OneOff,
            },
            end_to_end_id: line.end_to_end_id.clone(),
            amount: line.amount,
            debtor_name: row.mandate.debtor_name.clone(),
            debtor_iban: row.mandate.debtor_iban.canonical(),
            mandate: Some(pain::Mandate {
                mandate_id: row.mandate.reference.to_string(),
                signed_on: row.mandate.signed_on,
                amendment: amendment(&Notice::of(&changes)),
            }),
            remittance: structured(loan.ogm),
        })
    }

    fn changes(&self, line: &Collection) -> Vec<Amendment> {
        let pending = self.pending.get(&line.mandate_id);
        pending.map(|pending| pending.iter().map(|(_, change)| change.clone()).collect()).unwrap_or_default()
    }
}

/// The communication of the loan: a transfer in its place finds the loan too.
fn structured(ogm: Ogm) -> Remittance {
    Remittance::Structured(ogm)
}

/// What the file says of a changed mandate; nothing where nothing changed.
fn amendment(notice: &Notice) -> Option<pain::Amendment> {
    if notice.is_empty() {
        return None;
    }
    let account = match (&notice.original_iban, notice.other_bank) {
        (_, true) => Some(OriginalAccount::NotTold),
        (Some(iban), false) => Some(OriginalAccount::Iban(iban.clone())),
        (None, false) => None,
    };
    Some(pain::Amendment {
        mandate_id: notice.original_reference.as_ref().map(ToString::to_string),
        account,
        creditor: notice.original_creditor.clone().map(|id| OriginalCreditor { name: None, id: Some(id) }),
    })
}

async fn write(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (fund, creditor): (&Fund, &Creditor),
    (work, terms): (Work, Terms),
) -> Result<Made, Error> {
    let today = house.clock.today();
    let mut leaving = Vec::with_capacity(work.lines.len());
    let mut stays: Vec<(Uuid, Block)> = Vec::new();
    let mut blocked = Vec::new();
    for line in &work.lines {
        match work.judge(line, creditor, (today, &terms)) {
            Ok(()) => leaving.push(line),
            Err(because) => {
                stays.push((line.collection_id, because));
                blocked.push(work.behind(line, because.code()));
            }
        }
    }
    collections::block(tx, &stays).await?;
    let (to_write, told) = to_write(&work, &leaving, &fund.iban);
    let run_id = house.ids.next();
    let head = Head {
        message_id: message_id(run_id),
        created_at: house.clock.now().with_timezone(&ZONE).naive_local(),
        name: creditor.name.clone(),
        enterprise_number: creditor.identifier.enterprise(),
    };
    let Built { file, blocked: refused } =
        pain::collections(&head, &creditor.identifier, &to_write).map_err(|problems| defect(&problems))?;
    for line in &refused {
        let Some(collection) = leaving.get(line.position) else { continue };
        let why = line.problems.first().map_or("pain", |problem| problem.text.key.as_str());
        blocked.push(work.behind(collection, why));
    }
    let Some(file) = file else { return Ok(Made { run: None, blocked }) };
    let run = run_of((house, actor), (run_id, fund.fund_id, head.message_id), (&file, &terms))?;
    collections::insert_run(tx, &run, &file.bytes).await?;
    let mut put: Vec<Put> = Vec::with_capacity(leaving.len());
    for batch in &file.batches {
        let ids = batch.lines.iter().filter_map(|place| leaving.get(*place)).map(|line| line.collection_id);
        put.extend(ids.map(|id| (id, batch.batch_id.clone())));
    }
    collections::put_in_run(tx, run_id, &put).await?;
    let gone: HashSet<Uuid> = put.iter().map(|(id, _)| *id).collect();
    let told: Vec<(Uuid, Uuid)> = told.into_iter().filter(|(collection_id, _)| gone.contains(collection_id)).collect();
    collections::told(tx, &told).await?;
    let detail =
        json!({ "message_id": run.message_id, "lines": run.lines, "total": run.total, "blocked": blocked.len() });
    let deed = Deed { action: "collection_run.made", subject_kind: "collection_run", subject_id: run_id, detail };
    house.audit(tx, actor, deed).await?;
    let made = MadeRun {
        run_id,
        message_id: run.message_id,
        lines: file.count(),
        total: run.total,
        first_on: run.first_on,
        send_by: run.send_by,
        sha256: hex::encode(&run.sha256),
    };
    Ok(Made { run: Some(made), blocked })
}

/// The collections as the file says them, and which of them tells a bank of which change: the first of each mandate.
fn to_write(work: &Work, leaving: &[&Collection], account: &Iban) -> (Vec<pain::Collection>, Vec<(Uuid, Uuid)>) {
    let mut tells: HashSet<Uuid> = HashSet::new();
    let mut told = Vec::new();
    let mut lines = Vec::with_capacity(leaving.len());
    for line in leaving {
        let first = work.pending.contains_key(&line.mandate_id) && tells.insert(line.mandate_id);
        if first {
            let pending = work.pending.get(&line.mandate_id).into_iter().flatten();
            told.extend(pending.map(|(amendment_id, _)| (line.collection_id, *amendment_id)));
        }
        lines.extend(work.to_write(line, account, first));
    }
    (lines, told)
}

fn run_of(
    (house, actor): (&House, &Actor),
    (run_id, fund_id, message_id): (Uuid, Uuid, String),
    (file, terms): (&PainFile, &Terms),
) -> Result<Run, Error> {
    let first_on = file.batches.iter().map(|batch| batch.on).min();
    let first_on = first_on.ok_or_else(|| Error::internal("a payment file without a batch"))?;
    Ok(Run {
        run_id,
        fund_id,
        message_id,
        state: RunState::Made,
        lines: i32::try_from(file.count()).map_err(Error::internal)?,
        total: file.sum(),
        first_on,
        send_by: send_by(first_on, terms),
        sha256: Sha256::digest(&file.bytes).to_vec(),
        made_by: actor.user_id,
        made_at: house.clock.now(),
    })
}

/// `EC`, the twelve digits of the moment in the identifier and twelve of its chance, which fits the 30 signs of a message.
fn message_id(run_id: Uuid) -> String {
    let digits = run_id.simple().to_string().to_ascii_uppercase();
    format!("EC{}{}", &digits[..12], &digits[20..])
}

/// A file of ours that the guidelines refuse as a whole: a defect, told by its fields and never by its values.
fn defect(problems: &[FieldProblem]) -> Error {
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    Error::internal(format!("the file of a run is not right: {}", fields.join(", ")))
}
