//! A street of families that pay by direct debit, and the people who collect.

use energiehuis::domain::access::Role;
use energiehuis::domain::application::Loose;
use energiehuis::domain::money::Money;
use energiehuis::services::bank::{self, Decided, DecisionRequest, LineFilter, Page, UndoRequest, decide, undo};
use energiehuis::services::collections::{
    CollectionLine, CreditorForm, MandateForm, MandateLine, Overview, RunForm, export, make, of_loan, overview,
    register, release, set_creditor,
};
use energiehuis::services::users::{NewUser, add};
use energiehuis::services::{Actor, Error, House};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::jobs::street::Street;
use crate::support::town::Family;

/// The creditor identifier of the fund.
pub(crate) const CREDITOR: &str = "BE39ZZZ0566988259";
/// The account of every borrower here.
pub(crate) const DEBTOR: &str = "BE68 5390 0754 7034";
/// An account at another bank.
pub(crate) const ELSEWHERE: &str = "BE92 7311 2345 6723";

/// The street, and the one who releases what the accountant makes.
pub(crate) struct Till {
    pub(crate) street: Street,
    pub(crate) manager: Actor,
}

impl Till {
    /// On Monday 7 February 2022; the fund has its identifier.
    pub(crate) async fn new() -> Self {
        let street = Street::new().await;
        let manager = manager(street.town.house()).await;
        let till = Self { street, manager };
        till.creditor("0566.988.259").await;
        till
    }

    pub(crate) fn house(&self) -> &House {
        self.street.town.house()
    }

    /// The identifier of the fund from today on, made of an enterprise number.
    pub(crate) async fn creditor(&self, enterprise: &str) {
        use energiehuis::domain::identity::{CreditorId, EnterpriseNumber};
        let form = CreditorForm {
            fund: "EL".to_owned(),
            identifier: CreditorId::of(EnterpriseNumber::parse(enterprise).unwrap()).canonical(),
            name: "Energiehuis W13".to_owned(),
            valid_from: None,
        };
        set_creditor(self.house(), &self.street.town.accountant, form).await.unwrap();
    }

    /// A family that owes 150 a month, the first on Sunday 1 May 2022, with a mandate that it signed today.
    pub(crate) async fn family(&mut self, email: Option<&str>) -> Family {
        let family = self.street.family(email).await;
        self.mandate(&family, "recurrent").await;
        family
    }

    /// A mandate signed today: its reference.
    pub(crate) async fn mandate(&self, family: &Family, kind: &str) -> String {
        let form = MandateForm {
            iban: Loose::from(DEBTOR),
            signed_on: Loose::from(self.today()),
            kind: Loose::from(kind),
            ..MandateForm::default()
        };
        let answered = self.try_mandate(family, &form).await.unwrap();
        answered["reference"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn try_mandate(&self, family: &Family, form: &MandateForm) -> Result<Value, Error> {
        let officer = &self.street.town.officer;
        let answered = register(self.house(), officer, (family.loan_id, form, None)).await?;
        Ok(serde_json::from_str(&answered.json).unwrap())
    }

    /// The night of a day: what the job says.
    pub(crate) async fn night(&self, day: &str) -> Value {
        self.street.town.test.go_to(day);
        self.street.run("collections_prepare").await
    }

    pub(crate) fn go_to(&self, day: &str) {
        self.street.town.test.go_to(day);
    }

    pub(crate) fn today(&self) -> String {
        self.street.town.test.clock.today().to_string()
    }

    /// The accountant makes the file of today.
    pub(crate) async fn make(&self) -> Value {
        self.try_make(&self.street.town.accountant).await.unwrap()
    }

    pub(crate) async fn try_make(&self, actor: &Actor) -> Result<Value, Error> {
        let form = RunForm { fund: Loose::from("EL"), ..RunForm::default() };
        let answered = make(self.house(), actor, (&form, None)).await?;
        Ok(serde_json::from_str(&answered.json).unwrap())
    }

    /// The manager releases a run, and the accountant takes its file out.
    pub(crate) async fn leave(&self, made: &Value) -> Vec<u8> {
        let run_id = run_id(made);
        release(self.house(), &self.manager, run_id).await.unwrap();
        export(self.house(), &self.street.town.accountant, run_id).await.unwrap().bytes
    }

    pub(crate) async fn overview(&self) -> Overview {
        overview(self.house(), &self.street.town.accountant).await.unwrap()
    }

    pub(crate) async fn collections(&self, family: &Family) -> Vec<CollectionLine> {
        of_loan(self.house(), &self.street.town.officer, family.loan_id).await.unwrap().collections
    }

    /// The latest mandate of a family.
    pub(crate) async fn mandate_of(&self, family: &Family) -> MandateLine {
        let found = of_loan(self.house(), &self.street.town.officer, family.loan_id).await.unwrap();
        found.mandates.into_iter().next().unwrap()
    }

    /// The line of the bank of an amount, the latest where there are more.
    pub(crate) async fn line(&self, amount: i64) -> Uuid {
        let find =
            "SELECT bank_line_id FROM bank_lines WHERE amount = $1 ORDER BY booked_on DESC, ordinal DESC LIMIT 1";
        sqlx::query_scalar(find)
            .bind(rust_decimal::Decimal::from(amount))
            .fetch_one(&self.street.town.test.pool)
            .await
            .unwrap()
    }

    /// The accountant takes back a decision, or what the import booked.
    pub(crate) async fn undo(&self, id: Uuid) -> Decided {
        self.try_undo(id).await.unwrap()
    }

    pub(crate) async fn try_undo(&self, id: Uuid) -> Result<Decided, Error> {
        let request = UndoRequest { id, reason: "Verkeerd gelezen".to_owned(), once: None };
        undo(self.house(), &self.street.town.accountant, request).await
    }

    /// The key of the sentence with which it cannot be taken back; nothing is half written.
    pub(crate) async fn not_undone(&self, id: Uuid) -> String {
        let before = self.rows().await;
        let refused = self.try_undo(id).await;
        assert_eq!(self.rows().await, before);
        match refused {
            Err(Error::Refused(text) | Error::Conflict(text)) => text.key,
            other => panic!("{other:?}"),
        }
    }

    /// How many rows the tables have that an undoing writes to.
    async fn rows(&self) -> Vec<i64> {
        let mut rows = Vec::new();
        for table in ["journal_entries", "loan_facts", "collection_credit_undoings", "collection_return_undoings"] {
            rows.push(self.count(table).await);
        }
        rows
    }

    /// The accountant places a line: the decision.
    pub(crate) async fn place(&self, line: Uuid, parts: Value) -> Uuid {
        let form = serde_json::from_value(json!({ "reason": "Zo is het", "parts": parts })).unwrap();
        let request = DecisionRequest { bank_line_id: line, form, once: None };
        decide(self.house(), &self.street.town.accountant, request).await.unwrap().bank_decision_id.unwrap()
    }

    /// The lines that wait: their amounts.
    pub(crate) async fn waiting(&self) -> Vec<Money> {
        let open = LineFilter { suspense_only: true, ..LineFilter::default() };
        let lines = bank::lines(self.house(), &self.street.town.accountant, open, Page::of(1, 50)).await.unwrap();
        lines.into_iter().map(|line| line.amount).collect()
    }

    /// The state of the collection of each instalment of a family, the first attempt first.
    pub(crate) async fn states(&self, family: &Family) -> Vec<String> {
        let mut lines = self.collections(family).await;
        lines.sort_by_key(|line| (line.due_on, line.attempt));
        lines.into_iter().map(|line| line.state).collect()
    }

    pub(crate) async fn repaid(&self, family: &Family) -> Money {
        self.street.town.state(family).await.repaid
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        self.street.town.count(table).await
    }

    pub(crate) async fn finish(self) {
        self.street.finish().await;
    }
}

/// The run of an answer.
pub(crate) fn run_id(made: &Value) -> Uuid {
    made["run"]["run_id"].as_str().unwrap_or_else(|| panic!("no run in {made}")).parse().unwrap()
}

/// A manager, who may release what others make.
pub(crate) async fn manager(house: &House) -> Actor {
    let new = NewUser {
        email: "manager@w13.example".to_owned(),
        name: "manager".to_owned(),
        role: Role::Manager,
        nis_code: None,
        password: None,
        language: "nl".to_owned(),
    };
    let user_id = add(house, &Actor::system(), new).await.unwrap();
    Actor { user_id, role: Role::Manager, nis_code: None }
}

/// Checks a file against the schema of ISO 20022.
pub(crate) fn assert_valid(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("collect.xml");
    std::fs::write(&path, bytes).unwrap();
    let xsd = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/fixtures/xsd/pain.008.001.08.xsd");
    let checked = std::process::Command::new("xmllint").args(["--noout", "--schema", xsd]).arg(&path).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// The text of every element of a name, in the order of the file.
pub(crate) fn texts(bytes: &[u8], name: &str) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = text.split(open.as_str()).skip(1);
    parts.map(|rest| rest.split(close.as_str()).next().unwrap().to_owned()).collect()
}
