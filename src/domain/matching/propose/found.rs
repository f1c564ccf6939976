//! What speaks for each thing that a line may be about, and which of them speak best.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::super::batch::names;
use super::super::{PaidBy, file_numbers};
use super::{
    About, BEST, Confidence, Facts, Grounds, LoanFacts, OrderFacts, Proposal, RunFacts, SourceFacts, Waiting, words,
};
use crate::domain::identity::Ogm;

/// What speaks for each.
pub(super) struct Found<'a> {
    pub(super) line: &'a Waiting<'a>,
    pub(super) facts: &'a Facts,
    pub(super) grounds: BTreeMap<About, Vec<Grounds>>,
    pub(super) payers: HashMap<Uuid, PaidBy>,
}

impl<'a> Found<'a> {
    pub(super) fn money_in(&mut self) {
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

    pub(super) fn money_out(&mut self) {
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

    pub(super) fn ranked(self) -> Vec<Proposal> {
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
