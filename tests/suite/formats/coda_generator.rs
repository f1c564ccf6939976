//! Bank files from a seed, with what must become of every line.
//!
//! It knows the standard, not the reader: positions, signs and outcomes are worked out here.

use chrono::{Days, NaiveDate};
use energiehuis::domain::identity::{EnterpriseNumber, Iban, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{
    Account, Communication, Counterparty, DebitOutcome, DebitScheme, DebitSequence, DirectDebit, Information,
    InformationContent, Movement, Position, Return, ReturnKind, Statement, TransactionCode, TransactionType,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use TransactionType::{
    BankDetail, BankSubtotal, BankTotal, CustomerDetail, CustomerTotal, Part, Simple, SubtotalDetail, WithParts,
};

/// What must become of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) amount: Money,
    /// True when it is part of the balance.
    pub(crate) moves: bool,
    /// The total that it is a detail of.
    pub(crate) batch_of: Option<Position>,
    /// The reference by which it finds its loan.
    pub(crate) ogm: Option<Ogm>,
    /// How and why it came back.
    pub(crate) returned: Option<Return>,
}

/// A statement and what must become of each of its lines.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) statement: Statement,
    pub(crate) expected: Vec<Expected>,
}

/// One stream of chance.
pub(crate) struct Bank {
    chance: ChaCha20Rng,
    day: NaiveDate,
    number: u64,
}

/// The statements of a seed: up to three accounts of the four structures, each with a chain of balances.
pub(crate) fn statements(seed: u64) -> Vec<Made> {
    let mut bank = Bank::of(seed);
    let accounts = [
        ("539007547034", Some("BE68539007547034"), "EUR"),
        ("GB-OLD-12345", None, "GBP"),
        ("BE43068999999501", Some("BE43068999999501"), "EUR"),
        ("LU280019400644750000", Some("LU280019400644750000"), "EUR"),
    ];
    let first = bank.below(4);
    let mut made = Vec::new();
    for account in accounts.iter().cycle().skip(first).take(1 + bank.below(3)) {
        let (number, iban, currency) = *account;
        let iban = iban.map(|iban| Iban::parse(iban).unwrap());
        let account = Account { iban, number: number.to_owned(), currency: currency.to_owned() };
        let (mut balance, mut sequence) = (bank.signed(), 1 + bank.below(900));
        for _ in 0..=bank.below(3) {
            let one = bank.statement(account.clone(), balance, u16::try_from(sequence).unwrap());
            balance = one.statement.new_balance;
            sequence += 1;
            made.push(one);
        }
    }
    made
}

/// A chain of statements of one account in euro.
pub(crate) fn chain(seed: u64, iban: &Iban, count: usize) -> Vec<Made> {
    let mut bank = Bank::of(seed);
    let account = Account { iban: Some(iban.clone()), number: iban.canonical(), currency: "EUR".to_owned() };
    let mut balance = bank.signed();
    let mut made = Vec::new();
    for sequence in 1..=count {
        let one = bank.statement(account.clone(), balance, u16::try_from(sequence).unwrap());
        balance = one.statement.new_balance;
        made.push(one);
    }
    made
}

impl Bank {
    fn of(seed: u64) -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        Self { chance: ChaCha20Rng::seed_from_u64(seed), day, number: 0 }
    }

    /// A number below another one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.chance.random_range(0..end)
    }

    fn amount(&mut self) -> Money {
        Money::from_cents(self.chance.random_range(1..5_000_000))
    }

    fn signed(&mut self) -> Money {
        let amount = self.amount();
        if self.below(4) == 0 { -amount } else { amount }
    }

    fn ogm(&mut self) -> Ogm {
        Ogm::from_base(self.chance.random_range(1..10_000_000_000)).unwrap()
    }

    fn pick<T: Clone>(&mut self, options: &[T]) -> T {
        let place = self.below(options.len());
        options[place].clone()
    }

    fn statement(&mut self, account: Account, old_balance: Money, sequence: u16) -> Made {
        let old_balance_on = self.day;
        self.day = self.day + Days::new(1);
        // Empty files come too.
        let entries = if self.below(8) == 0 { 0 } else { 1 + self.below(12) };
        let mut lines = Vec::new();
        for number in 1..=entries {
            self.entry(&mut lines, u16::try_from(number).unwrap());
        }
        let moved: Money = lines.iter().filter(|(_, line)| line.moves).map(|(_, line)| line.amount).sum();
        let (movements, expected) = lines.into_iter().unzip();
        let texts = ["Nieuwe tarieven vanaf 1 januari".to_owned(), "Onze kantoren zijn open. ".repeat(9) + "Einde"];
        let messages = (0..self.below(3)).map(|_| self.pick(&texts)).collect();
        let statement = Statement {
            line: 0,
            fingerprint: String::new(),
            created_on: self.day,
            bank: self.pick(&["000", "725"]).to_owned(),
            duplicate: self.below(10) == 0,
            separate_application: None,
            transaction_reference: self.pick(&[None, Some("DI/SW2601".to_owned())]),
            related_reference: self.pick(&[None, Some("REL-1".to_owned())]),
            file_reference: self.pick(&[None, Some("0009944900".to_owned())]),
            addressee: "ENERGIEHUIS".to_owned(),
            bic: Some("GKCCBEBB".to_owned()),
            holder_number: self.pick(&[None, Some(EnterpriseNumber::parse("0566988259").unwrap())]),
            holder: self.pick(&["ENERGIEHUIS", "MAISON DE L'ÉNERGIE"]).to_owned(),
            description: "NOODKOOPFONDS".to_owned(),
            account,
            sequence,
            paper_sequence: format!("{:03}", self.below(366)),
            old_balance,
            old_balance_on: Some(old_balance_on),
            new_balance: old_balance + moved,
            new_balance_on: Some(self.day),
            movements,
            messages,
        };
        Made { statement, expected }
    }

    /// One movement of the statement, with its details and information.
    fn entry(&mut self, lines: &mut Vec<(Movement, Expected)>, sequence: u16) {
        let mut group = Group { sequence, detail: 0, lines };
        let (line, kind) = match self.below(12) {
            0 => (self.transfer(), Simple),
            1 => (self.free(), Simple),
            2 => (self.charge(), Simple),
            3 => (self.card(), Simple),
            4 => (self.foreign(), Simple),
            5 => (self.returned_transfer(), Simple),
            6 => (self.unpaid_debit(), Simple),
            // A total of the customer that the bank sends without its details.
            7 => (self.charge(), CustomerTotal),
            8 => {
                let parts: Vec<_> = (0..2).map(|_| self.charge()).collect();
                return group.total(self.charge(), (WithParts, Part), parts);
            }
            9 => {
                let debits: Vec<_> = (0..=self.below(4)).map(|_| self.paid_debit()).collect();
                return group.total(self.collection(), (CustomerTotal, CustomerDetail), debits);
            }
            10 => {
                let details: Vec<_> = (0..=self.below(5)).map(|_| self.transfer()).collect();
                return group.total(self.collection(), (BankTotal, BankDetail), details);
            }
            _ => return self.nested(&mut group),
        };
        group.add(line, kind, None);
    }

    /// A total of the bank with details, of which one has details itself.
    fn nested(&mut self, group: &mut Group<'_>) {
        let inner: Vec<_> = (0..=self.below(4)).map(|_| self.transfer()).collect();
        let (before, after) = (self.transfer(), self.transfer());
        let subtotal: Money = inner.iter().map(|line| line.amount).sum();
        let amount = subtotal + before.amount + after.amount;
        let total = Some(group.add(Movement { amount, globalisation: 1, ..self.collection() }, BankTotal, None));
        group.add(before, BankDetail, total);
        let middle = Movement { amount: subtotal, globalisation: 2, ..self.collection() };
        let middle = Some(group.add(middle, BankSubtotal, total));
        let last = inner.len() - 1;
        for (index, line) in inner.into_iter().enumerate() {
            let globalisation = if index == last { 2 } else { 0 };
            group.add(Movement { globalisation, ..line }, SubtotalDetail, middle);
        }
        group.add(Movement { globalisation: 1, ..after }, BankDetail, total);
    }

    fn plain(&mut self, amount: Money, (family, transaction, category): (u8, u8, u16)) -> Movement {
        self.number += 1;
        Movement {
            line: 0,
            position: Position { sequence: 0, detail: 0 },
            batch_of: None,
            bank_reference: format!("REF{:09}", self.number),
            amount,
            value_on: self.pick(&[None, Some(self.day)]),
            booked_on: self.day,
            code: TransactionCode { kind: Simple, family, transaction, category },
            globalisation: 0,
            communication: Communication::Free(String::new()),
            customer_reference: None,
            counterparty: Counterparty::default(),
            returned: None,
            category_purpose: None,
            purpose: None,
            information: Vec::new(),
        }
    }

    fn with_party(&mut self, mut movement: Movement) -> Movement {
        let names = ["AN DE GEVER", "FRÉDÉRIQUE D'HAENE-LÈGRAND", "OCMW KORTRIJK BUDGETBEHEER"];
        let iban = Iban::from_bban("BE", &format!("{:012}", 1 + self.below(999_999_999))).unwrap();
        let foreign = Counterparty { other_account: Some("US-44-0000123".to_owned()), ..Counterparty::default() };
        let known = Counterparty { iban: Some(iban), bic: Some("KREDBEBB".to_owned()), ..Counterparty::default() };
        movement.counterparty = self.pick(&[known.clone(), known, foreign]);
        movement.counterparty.name = Some(self.pick(&names).to_owned());
        movement.customer_reference = self.pick(&[None, Some("E2E-0001/AB".to_owned())]);
        movement.purpose = self.pick(&[None, Some("SUPP".to_owned())]);
        movement.category_purpose = self.pick(&[None, Some("SALA".to_owned())]);
        movement
    }

    fn transfer(&mut self) -> Movement {
        let (amount, family) = (self.amount(), self.pick(&[1, 2]));
        let movement = self.plain(amount, (family, 50, 0));
        let mut movement = self.with_party(movement);
        movement.communication = match self.below(3) {
            0 => Communication::Structured(self.ogm()),
            1 => Communication::ReconstitutedOgm(self.ogm()),
            _ => Communication::CreditorReference("RF18539007547034".to_owned()),
        };
        movement
    }

    /// Free text of any length, sometimes with the real text in records 3.
    fn free(&mut self) -> Movement {
        let amount = self.signed();
        let movement = self.plain(amount, (1, 50, 0));
        let mut movement = self.with_party(movement);
        let length = self.below(150);
        let text: String =
            "terugbetaling lening dossier L-2026-0012 van januari, met dank ".chars().cycle().take(length).collect();
        movement.communication = Communication::Free(text.trim_end().to_owned());
        let other = |code: &str, text: &str| InformationContent::Other { code: code.to_owned(), text: text.to_owned() };
        let contents = [
            InformationContent::Free("zie ook ons schrijven van maandag, ".repeat(7) + "tot ziens"),
            InformationContent::Counterparty {
                name: "AN DE GEVER".to_owned(),
                street: "DOORNIKSESTRAAT 1".to_owned(),
                locality: "8500 KORTRIJK".to_owned(),
                identification: String::new(),
            },
            InformationContent::UltimatePayer { name: "JAN".to_owned(), identification: "ID-7".to_owned() },
            InformationContent::UltimateBeneficiary { name: "PIET".to_owned(), identification: String::new() },
            other("002", "mededeling van de bank"),
            other("006", "ZEGELRECHT                    EUR0000000000015000003"),
            other("007", "0000003050000000000000150000"),
            other("999", "een soort die niemand kent"),
        ];
        for _ in 0..self.below(3) {
            movement.information.push(Information { detail: 0, content: self.pick(&contents) });
        }
        movement
    }

    fn charge(&mut self) -> Movement {
        let (amount, category) = (-self.amount(), self.pick(&[0, 6, 11, 100]));
        let mut movement = self.plain(amount, (35, 37, category));
        let text = "0000000000002100000000000010000000210000002".to_owned();
        movement.communication = Communication::OtherStructured { code: "106".to_owned(), text };
        movement
    }

    fn card(&mut self) -> Movement {
        let amount = -self.amount();
        let mut movement = self.plain(amount, (4, 2, 0));
        let text = "6703000000000001100004200001716102612305BAKKERIJ DE WITTKORTRIJK".to_owned();
        movement.communication = Communication::OtherStructured { code: "113".to_owned(), text };
        movement
    }

    fn foreign(&mut self) -> Movement {
        let (amount, ogm) = (self.amount(), self.ogm());
        let mut movement = self.plain(amount, (41, 50, 0));
        let text = format!("{:015}000000000001100000110000000USD{}US", amount.cents() * 10, ogm.canonical());
        let (currency, ogm) = ("USD".to_owned(), Some(ogm));
        movement.communication = Communication::ForeignAmount { gross: Some(amount), currency, ogm, text };
        movement
    }

    /// A transfer of ours that came back.
    fn returned_transfer(&mut self) -> Movement {
        let amount = self.amount();
        let movement = self.plain(amount, (1, 54, 0));
        let mut movement = self.with_party(movement);
        movement.returned = Some(Return { kind: Some(ReturnKind::Return), reason: Some("AC04".to_owned()) });
        movement
    }

    fn collection(&mut self) -> Movement {
        let amount = self.amount();
        self.plain(amount, (5, 50, 0))
    }

    fn debit(&mut self, outcome: DebitOutcome) -> DirectDebit {
        let (ogm, free) = (self.ogm(), self.below(2) == 0);
        DirectDebit {
            settled_on: Some(self.day),
            sequence: self.pick(&[DebitSequence::Recurrent, DebitSequence::First, DebitSequence::Last]),
            scheme: self.pick(&[DebitScheme::Core, DebitScheme::BusinessToBusiness]),
            outcome: Some(outcome),
            creditor: "BE12ZZZ0456810810".to_owned(),
            mandate: format!("MANDATE-2026-{:04}", self.below(10_000)),
            communication: if free { "aflossing januari".to_owned() } else { ogm.canonical() },
            ogm: (!free).then_some(ogm),
            returned: None,
            reason: None,
        }
    }

    fn paid_debit(&mut self) -> Movement {
        let (amount, debit) = (self.amount(), self.debit(DebitOutcome::Paid));
        let movement = self.plain(amount, (5, 50, 0));
        let mut movement = self.with_party(movement);
        movement.communication = Communication::DirectDebit(debit);
        movement
    }

    /// A collection that was not paid: the reason stands in 2.2, in 127, or is one digit.
    fn unpaid_debit(&mut self) -> Movement {
        let (amount, mut debit) = (-self.amount(), self.debit(DebitOutcome::DebtorAccount));
        let mut movement = self.plain(amount, (5, 3, 0));
        movement.returned = match self.below(3) {
            // 127 says one thing and 2.2 another: 2.2 is right.
            0 => {
                (debit.returned, debit.reason) = (Some(ReturnKind::Reject), Some("MS03".to_owned()));
                Some(Return { kind: Some(ReturnKind::Refund), reason: Some("MD06".to_owned()) })
            }
            1 => {
                (debit.returned, debit.reason) = (Some(ReturnKind::Return), Some("AM04".to_owned()));
                Some(Return { kind: Some(ReturnKind::Return), reason: Some("AM04".to_owned()) })
            }
            _ => Some(Return { kind: None, reason: None }),
        };
        movement.communication = Communication::DirectDebit(debit);
        movement
    }
}

/// The records of one sequence number.
struct Group<'a> {
    sequence: u16,
    detail: u16,
    lines: &'a mut Vec<(Movement, Expected)>,
}

impl Group<'_> {
    /// A total whose amount is the sum of its details, the first and the last of them opening and closing a level.
    fn total(
        &mut self,
        total: Movement,
        (kind, of_details): (TransactionType, TransactionType),
        details: Vec<Movement>,
    ) {
        let amount = details.iter().map(|detail| detail.amount).sum();
        let parent = Some(self.add(Movement { amount, globalisation: 1, ..total }, kind, None));
        let last = details.len() - 1;
        for (index, detail) in details.into_iter().enumerate() {
            self.add(Movement { globalisation: u8::from(index == last), ..detail }, of_details, parent);
        }
    }

    /// Numbers a movement and its information, and says what must become of it.
    fn add(&mut self, mut movement: Movement, kind: TransactionType, batch_of: Option<Position>) -> Position {
        movement.code.kind = kind;
        movement.batch_of = batch_of;
        movement.position = Position { sequence: self.sequence, detail: self.detail };
        self.detail += 1;
        for information in &mut movement.information {
            information.detail = self.detail;
            self.detail += 1;
        }
        let ogm = match &movement.communication {
            Communication::Structured(ogm) | Communication::ReconstitutedOgm(ogm) => Some(*ogm),
            Communication::DirectDebit(debit) => debit.ogm,
            Communication::ForeignAmount { ogm, .. } => *ogm,
            _ => None,
        };
        let expected = Expected {
            amount: movement.amount,
            moves: batch_of.is_none(),
            batch_of,
            ogm,
            returned: movement.returned.clone(),
        };
        let position = movement.position;
        self.lines.push((movement, expected));
        position
    }
}
