//! What a line that waits may be about: proposals for a person, best first, each with its reasons. Nothing here is
//! booked, and no reference that is unknown is taken for the nearest one that is known.
//!
//! Facts are looked up for many lines at once; the rules over them are pure. In this order:
//!
//! 1. the structured communication of a loan or a source;
//! 2. such a communication inside free text, with blanks or missing slashes;
//! 3. a collection of ours by direct debit, by its end-to-end identification or its mandate;
//! 4. a payment order of ours, by its end-to-end identification, or by account and sum: money out pays it, money that
//!    the bank says comes back is its return; or a whole payment run, by its name or its sum;
//! 5. the account of somebody who pays for the loan, where exactly one loan claims that very sum;
//! 6. such an account;
//! 7. the number of a loan or an application in the text; from a granting agency that is its grant;
//! 8. the name of a borrower, which is the weakest: banks have put the name of the holder there.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::batch::names;
use super::{PaidBy, file_numbers};
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;

/// The most proposals for one line.
pub const BEST: usize = 3;

/// The longest family name that is looked for, in words.
const NAME_WORDS: usize = 4;

/// A line that waits, as far as proposals depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Positive is money in.
    pub amount: Money,
    /// The structured communication.
    pub structured: Option<Ogm>,
    /// Free text.
    pub free: Option<&'a str>,
    /// The end-to-end identification.
    pub end_to_end_id: Option<&'a str>,
    /// The reference of the mandate, of a direct debit.
    pub mandate: Option<&'a str>,
    /// The account of the other side.
    pub iban: Option<&'a Iban>,
    /// The name of the other side.
    pub name: Option<&'a str>,
    /// Whether it is the balance that was on the account before its first statement.
    pub is_opening: bool,
    /// Whether the bank says that a transfer of ours comes back with it.
    pub comes_back: bool,
}

/// A loan that a line may be about. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanFacts {
    /// The loan.
    pub loan_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// Its number, by which equal proposals are ordered.
    pub number: String,
    /// Its communication.
    pub ogm: Ogm,
    /// The number of its application.
    pub application: String,
    /// Given and family name of everybody who signed.
    pub people: Vec<(String, String)>,
    /// Each sum that may be claimed now: an instalment, all that is due, the next one.
    pub claims: Vec<Money>,
    /// Whether nothing is owed on it and nothing can be drawn.
    pub closed: bool,
    /// The payments that stand: identifier, day, amount.
    pub payments: Vec<(Uuid, NaiveDate, Money)>,
}

/// A funding source that a line may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// The source.
    pub source_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// The communication its funder pays with.
    pub ogm: Ogm,
    /// The account that its money goes back to.
    pub iban: Option<Iban>,
    /// Whether its money is the house's own or was given for good, as an opening balance is.
    pub is_given: bool,
    /// What may still come in.
    pub room: Money,
}

/// A payment order: one that the bank has not executed, or one whose transfer may come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFacts {
    /// The order.
    pub order_id: Uuid,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// What was ordered, positive.
    pub amount: Money,
    /// To which account.
    pub iban: Iban,
    /// What the bank should give back.
    pub end_to_end_id: String,
}

/// An exported payment run of which every order on the account of a fund waits for the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFacts {
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund whose account pays.
    pub fund_id: Uuid,
    /// What it asks of that account, positive.
    pub amount: Money,
    /// How a statement may name it.
    pub names: Vec<String>,
}

/// Everything that the house knows of some lines, looked up at once.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Loans by identifier.
    pub loans: BTreeMap<Uuid, LoanFacts>,
    /// Who pays from an account, and for which loan; none where it is only known that it did.
    pub payers: HashMap<Iban, Vec<(Uuid, Option<PaidBy>)>>,
    /// The loans of our collections, by end-to-end identification and by reference of the mandate.
    pub collections: HashMap<String, Uuid>,
    /// Accounts from which renovation grants are paid.
    pub agencies: HashMap<Iban, String>,
    /// Sources of the funds of these lines.
    pub sources: Vec<SourceFacts>,
    /// Orders that wait for the bank.
    pub orders: Vec<OrderFacts>,
    /// Orders that the bank has paid.
    pub paid: Vec<OrderFacts>,
    /// Runs that wait for the bank.
    pub runs: Vec<RunFacts>,
}

/// What a line may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A payment on a loan.
    Loan(Uuid),
    /// A payment on a loan that the bank gave back.
    Payment {
        /// The loan.
        loan_id: Uuid,
        /// The payment.
        payment_id: Uuid,
    },
    /// Money of a funder.
    Source(Uuid),
    /// A payment order of ours.
    Order(Uuid),
    /// A payment order of ours that came back.
    ReturnedOrder(Uuid),
    /// A whole payment run.
    Run(Uuid),
}

/// Why, from the best reason to the weakest: the order of proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grounds {
    /// Its structured communication.
    Reference,
    /// Its communication inside free text.
    ReferenceInText,
    /// A collection of ours by direct debit, or its mandate.
    Collection,
    /// The end-to-end identification of an order.
    OrderReference,
    /// The name of a payment run, and its sum.
    RunReference,
    /// An order to that account, of that sum.
    OrderOfThatSum,
    /// An order of that sum that was paid to that account.
    PaidOrderOfThatSum,
    /// The only run that asks that sum of this account.
    RunOfThatSum,
    /// An account that pays for it, and exactly one claim of that sum.
    AccountAndSum,
    /// An account that pays for it.
    Account,
    /// Its number, or that of its application.
    FileNumber,
    /// An agency that grants renovation premiums.
    Agency,
    /// The first balance of an account.
    Opening,
    /// The name of a borrower.
    Name,
}

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// As good as certain; something else kept it from being booked.
    Certain,
    /// Nothing speaks against it.
    Likely,
    /// Worth a look.
    Possible,
    /// Ask somebody first.
    Weak,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What the line may be about.
    pub about: About,
    /// Why, the best reason first.
    pub grounds: Vec<Grounds>,
    /// How sure.
    pub confidence: Confidence,
    /// Who seems to pay.
    pub paid_by: PaidBy,
}

impl Grounds {
    /// Every reason, best first.
    pub const ALL: [Self; 14] = [
        Self::Reference,
        Self::ReferenceInText,
        Self::Collection,
        Self::OrderReference,
        Self::RunReference,
        Self::OrderOfThatSum,
        Self::PaidOrderOfThatSum,
        Self::RunOfThatSum,
        Self::AccountAndSum,
        Self::Account,
        Self::FileNumber,
        Self::Agency,
        Self::Opening,
        Self::Name,
    ];

    /// The code in JSON; `proposal-ground-…` is its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::ReferenceInText => "reference_in_text",
            Self::Collection => "collection",
            Self::OrderReference => "order_reference",
            Self::RunReference => "run_reference",
            Self::OrderOfThatSum => "order_of_that_sum",
            Self::PaidOrderOfThatSum => "paid_order_of_that_sum",
            Self::RunOfThatSum => "run_of_that_sum",
            Self::AccountAndSum => "account_and_sum",
            Self::Account => "account",
            Self::FileNumber => "file_number",
            Self::Agency => "agency",
            Self::Opening => "opening",
            Self::Name => "name",
        }
    }

    fn confidence(self) -> Confidence {
        match self {
            Self::Reference | Self::ReferenceInText | Self::Collection | Self::OrderReference | Self::RunReference => {
                Confidence::Certain
            }
            Self::OrderOfThatSum
            | Self::PaidOrderOfThatSum
            | Self::RunOfThatSum
            | Self::AccountAndSum
            | Self::Agency => Confidence::Likely,
            Self::Account | Self::FileNumber | Self::Opening => Confidence::Possible,
            Self::Name => Confidence::Weak,
        }
    }
}

impl Confidence {
    /// Every degree, surest first.
    pub const ALL: [Self; 4] = [Self::Certain, Self::Likely, Self::Possible, Self::Weak];

    /// The code in JSON; `proposal-…` is its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Weak => "weak",
        }
    }
}

/// The best proposals for a line, at most [`BEST`]. The same facts give the same proposals in the same order.
pub fn propose(line: &Waiting<'_>, facts: &Facts) -> Vec<Proposal> {
    let mut found = Found { line, facts, grounds: BTreeMap::new(), payers: HashMap::new() };
    if line.amount.is_positive() {
        found.money_in();
    } else {
        found.money_out();
    }
    found.ranked()
}

/// What speaks for each.
struct Found<'a> {
    line: &'a Waiting<'a>,
    facts: &'a Facts,
    grounds: BTreeMap<About, Vec<Grounds>>,
    payers: HashMap<Uuid, PaidBy>,
}

impl<'a> Found<'a> {
    fn money_in(&mut self) {
        if self.line.is_opening {
            let amount = self.line.amount;
            let given = self.sources().filter(|source| source.is_given && source.room >= amount);
            for source in given.map(|source| source.source_id).collect::<Vec<_>>() {
                self.add(About::Source(source), Grounds::Opening);
            }
            return;
        }
        if self.line.comes_back {
            // A transfer of ours carries the reference that we gave it, and comes from who should have had it: nothing
            // of that says who paid.
            self.orders_back();
            return;
        }
        for (loan, grounds) in self.named() {
            self.add(About::Loan(loan), grounds);
        }
        let (by_reference, in_text) = self.references();
        let facts = self.facts;
        for source in facts.sources.iter().filter(|source| source.fund_id == self.line.fund_id) {
            if by_reference == Some(source.ogm) {
                self.add(About::Source(source.source_id), Grounds::Reference);
            } else if in_text.contains(&source.ogm) {
                self.add(About::Source(source.source_id), Grounds::ReferenceInText);
            } else if source.iban.is_some() && source.iban.as_ref() == self.line.iban {
                self.add(About::Source(source.source_id), Grounds::Account);
            }
        }
        self.payers_in();
        for loan in self.by_name() {
            self.add(About::Loan(loan), Grounds::Name);
        }
    }

    /// Accounts that paid for a loan before, or are known to.
    fn payers_in(&mut self) {
        let facts = self.facts;
        let Some(iban) = self.line.iban else { return };
        if facts.agencies.contains_key(iban) {
            let named: Vec<About> =
                self.grounds.keys().filter(|about| matches!(about, About::Loan(_))).copied().collect();
            for about in named {
                self.add(about, Grounds::Agency);
                if let About::Loan(loan_id) = about {
                    self.payers.insert(loan_id, PaidBy::Agency);
                }
            }
            // An agency pays for everybody: its account says nothing of the family.
            return;
        }
        let known: Vec<(&LoanFacts, Option<PaidBy>)> = facts
            .payers
            .get(iban)
            .into_iter()
            .flatten()
            .filter_map(|(loan_id, who)| Some((self.loan(*loan_id)?, *who)))
            .filter(|(loan, _)| !loan.closed)
            .collect();
        let claims = |loan: &LoanFacts| loan.claims.contains(&self.line.amount);
        let with_claim: Vec<Uuid> =
            known.iter().filter(|(loan, _)| claims(loan)).map(|(loan, _)| loan.loan_id).collect();
        for (loan, who) in known {
            let fits = with_claim.len() == 1 && with_claim.contains(&loan.loan_id);
            let grounds = if fits { Grounds::AccountAndSum } else { Grounds::Account };
            self.add(About::Loan(loan.loan_id), grounds);
            if let Some(who) = who {
                self.payers.insert(loan.loan_id, who);
            }
        }
    }

    fn money_out(&mut self) {
        let (facts, line) = (self.facts, self.line);
        for order in facts.orders.iter().filter(|order| order.fund_id == line.fund_id) {
            if line.end_to_end_id == Some(order.end_to_end_id.as_str()) {
                self.add(About::Order(order.order_id), Grounds::OrderReference);
            }
            if line.iban == Some(&order.iban) && order.amount == line.amount.abs() {
                self.add(About::Order(order.order_id), Grounds::OrderOfThatSum);
            }
        }
        self.runs_out();
        let mut loans: Vec<(Uuid, Grounds)> = self.named();
        let payers = line.iban.and_then(|iban| facts.payers.get(iban));
        loans.extend(payers.into_iter().flatten().map(|(loan_id, _)| (*loan_id, Grounds::Account)));
        for (loan_id, grounds) in loans {
            let Some(loan) = self.loan(loan_id) else { continue };
            // The latest payment of that sum: the bank gives back what it brought last.
            let same = loan.payments.iter().filter(|(_, _, amount)| *amount == line.amount.abs());
            if let Some((payment_id, ..)) = same.max_by_key(|(payment_id, on, _)| (*on, *payment_id)) {
                self.add(About::Payment { loan_id, payment_id: *payment_id }, grounds);
            }
        }
        for source in facts.sources.iter().filter(|source| source.fund_id == line.fund_id) {
            if source.iban.is_some() && source.iban.as_ref() == line.iban {
                self.add(About::Source(source.source_id), Grounds::Account);
            }
        }
    }

    /// Orders that were paid, and that this may bring back in whole.
    fn orders_back(&mut self) {
        let (facts, line) = (self.facts, self.line);
        let fits = |order: &&OrderFacts| order.fund_id == line.fund_id && order.amount == line.amount;
        for order in facts.paid.iter().filter(fits) {
            if line.end_to_end_id == Some(order.end_to_end_id.as_str()) {
                self.add(About::ReturnedOrder(order.order_id), Grounds::OrderReference);
            }
            if line.iban == Some(&order.iban) {
                self.add(About::ReturnedOrder(order.order_id), Grounds::PaidOrderOfThatSum);
            }
        }
    }

    /// The run that this may execute as one amount: the one that it names, or the only one of its sum.
    fn runs_out(&mut self) {
        let (facts, line) = (self.facts, self.line);
        let fits = |run: &&RunFacts| run.fund_id == line.fund_id && run.amount == line.amount.abs();
        let texts = || [line.free, line.end_to_end_id].into_iter().flatten();
        let fitting: Vec<&RunFacts> = facts.runs.iter().filter(fits).collect();
        if let Some(run) = fitting.iter().find(|run| names(&run.names, texts())) {
            self.add(About::Run(run.payment_run_id), Grounds::RunReference);
        } else if let [run] = fitting.as_slice() {
            self.add(About::Run(run.payment_run_id), Grounds::RunOfThatSum);
        }
    }

    /// A loan of this fund.
    fn loan(&self, loan_id: Uuid) -> Option<&'a LoanFacts> {
        self.facts.loans.get(&loan_id).filter(|loan| loan.fund_id == self.line.fund_id)
    }

    fn sources(&self) -> impl Iterator<Item = &'a SourceFacts> + use<'a> {
        let fund_id = self.line.fund_id;
        self.facts.sources.iter().filter(move |source| source.fund_id == fund_id)
    }

    fn references(&self) -> (Option<Ogm>, Vec<Ogm>) {
        let texts = [self.line.free, self.line.end_to_end_id];
        (self.line.structured, texts.into_iter().flatten().flat_map(Ogm::find_all).collect())
    }

    /// Loans of this fund that the line names: by communication or by number.
    fn named(&self) -> Vec<(Uuid, Grounds)> {
        let (by_reference, in_text) = self.references();
        let texts = [self.line.free, self.line.end_to_end_id];
        let numbers: Vec<String> = texts.into_iter().flatten().flat_map(file_numbers).collect();
        let collected: Vec<Uuid> = [self.line.end_to_end_id, self.line.mandate]
            .into_iter()
            .flatten()
            .filter_map(|reference| self.facts.collections.get(reference.trim()).copied())
            .collect();
        let mut named = Vec::new();
        for loan in self.facts.loans.values().filter(|loan| loan.fund_id == self.line.fund_id) {
            let mut add = |grounds| named.push((loan.loan_id, grounds));
            if by_reference == Some(loan.ogm) {
                add(Grounds::Reference);
            } else if in_text.contains(&loan.ogm) {
                add(Grounds::ReferenceInText);
            }
            if collected.contains(&loan.loan_id) {
                add(Grounds::Collection);
            }
            if numbers.contains(&loan.number) || numbers.contains(&loan.application) {
                add(Grounds::FileNumber);
            }
        }
        named
    }

    /// Loans of this fund of which somebody is named in full, by given and family name.
    fn by_name(&self) -> Vec<Uuid> {
        let texts: Vec<Vec<String>> = [self.line.name, self.line.free].into_iter().flatten().map(words).collect();
        let stands = |wanted: &[String], text: &[String]| {
            !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
        };
        let is_named = |(given, family): &(String, String)| {
            let (given, family) = (words(given), words(family));
            let first = given.get(..1).unwrap_or_default();
            texts.iter().any(|text| stands(&family, text) && stands(first, text))
        };
        let loans = self.facts.loans.values().filter(|loan| loan.fund_id == self.line.fund_id && !loan.closed);
        loans.filter(|loan| loan.people.iter().any(is_named)).map(|loan| loan.loan_id).collect()
    }

    fn add(&mut self, about: About, grounds: Grounds) {
        let known = self.grounds.entry(about).or_default();
        if !known.contains(&grounds) {
            known.push(grounds);
            known.sort_unstable();
        }
    }

    fn ranked(self) -> Vec<Proposal> {
        let number = |about: &About| match about {
            About::Loan(loan_id) | About::Payment { loan_id, .. } => {
                self.facts.loans.get(loan_id).map(|loan| loan.number.clone()).unwrap_or_default()
            }
            About::Source(_) | About::Order(_) | About::ReturnedOrder(_) | About::Run(_) => String::new(),
        };
        let mut found: Vec<(About, Vec<Grounds>)> = self.grounds.clone().into_iter().collect();
        found.sort_by_cached_key(|(about, grounds)| {
            // The best reason first; then more reasons; then the number, so that the order is always the same.
            (grounds.first().copied(), usize::MAX - grounds.len(), number(about), *about)
        });
        let proposal = |(about, grounds): (About, Vec<Grounds>)| {
            let confidence = grounds.iter().map(|ground| ground.confidence()).min().unwrap_or(Confidence::Weak);
            let paid_by = match about {
                About::Loan(loan_id) => self.payers.get(&loan_id).copied().unwrap_or_default(),
                _ => PaidBy::default(),
            };
            Proposal { about, grounds, confidence, paid_by }
        };
        found.into_iter().take(BEST).map(proposal).collect()
    }
}

/// The words of a text in small letters without accents, as banks write names.
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
    plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What may be a family name in a text: every run of at most four words, and what stands between blanks as it is.
/// Names are looked up by these, in the same small letters without accents.
pub fn family_names(text: &str) -> Vec<String> {
    let words = words(text);
    let mut found: Vec<String> = Vec::new();
    for start in 0..words.len() {
        for end in start + 1..=words.len().min(start + NAME_WORDS) {
            found.push(words[start..end].join(" "));
        }
    }
    let raw: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
    let tokens: Vec<&str> = raw.split_whitespace().collect();
    for size in 1..=NAME_WORDS {
        found.extend(tokens.windows(size).map(|window| window.join(" ")));
    }
    found.retain(|name| name.chars().count() > 1);
    found.sort_unstable();
    found.dedup();
    found
}

/// A small letter without its accent; the same letters as the index on family names.
fn plain(sign: char) -> char {
    match sign {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}
