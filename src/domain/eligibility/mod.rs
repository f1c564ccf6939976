//! Whether a family may have the loan, by the rules of the day on which it asked, explained rule by rule.
//!
//! Every rule stands on a dated figure of [`Parameters`]; the figures that were used stay with the verdict, so
//! that it can be read years later as it was given.

mod conditions;
mod group;
mod income;
mod sums;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::application::NewApplication;
use super::money::Money;
use super::product::Product;
use super::rules::{Figure, KEYS, Parameters};
use super::text::Text;

/// What the rules say of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The answer of all rules together.
    pub outcome: Outcome,
    /// The day whose rules judged.
    pub judged_on: NaiveDate,
    /// Every rule in force that day, with its own answer.
    pub findings: Vec<Finding>,
    /// The figures of that day which the contract will be made of.
    #[serde(default)]
    pub terms: Vec<Figure>,
}

/// Figures that judge nobody and that the contract takes over: term, first due date, share of a gain, draws. The rate
/// goes with them, that of the family's own group.
const TERMS: [&str; 10] = [
    "term_years",
    "spread_years_max",
    "first_due_after_months",
    "first_due_after_months_max",
    "gain_share_percent",
    "gain_share_ceiling",
    "gain_share_ceiling_percent",
    "draws_max",
    "draw_months_max",
    "one_loan_per_dwelling",
];

/// The answer of all rules together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every rule is met.
    Eligible,
    /// At least one rule is not met: the committee cannot say yes.
    NotEligible,
    /// No rule says no, and something is still unknown.
    Incomplete,
}

impl Outcome {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::Incomplete => "incomplete",
        }
    }
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the rule: `amount_ceiling`, `sole_owner`, …
    pub rule: String,
    /// Its answer.
    pub result: Met,
    /// The answer as a sentence, with the figures in it.
    pub text: Text,
    /// Where the rule was read, in English.
    pub source: String,
    /// Where the rule was read, in Dutch; empty in verdicts of before the house knew both.
    #[serde(default)]
    pub source_nl: String,
    /// Since when the rule has this figure; none where the figure itself is missing.
    pub valid_from: Option<NaiveDate>,
    /// Every figure that was used, as it was that day.
    pub figures: Vec<Figure>,
}

/// The answer of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// The rule is met.
    Met,
    /// The rule is not met.
    NotMet,
    /// Something that the rule needs is unknown.
    Missing,
}

impl Met {
    fn of(yes: bool) -> Self {
        if yes { Self::Met } else { Self::NotMet }
    }

    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Missing => "missing",
        }
    }
}

/// What a rule looks at.
struct Case<'a> {
    application: &'a NewApplication,
    rules: &'a Parameters,
    already_lent: Money,
}

impl Case<'_> {
    /// The figure of a rule, when the rule is in force.
    fn figure(&self, key: &str) -> Option<&Figure> {
        self.rules.get(key)
    }

    /// The figure of a condition, when that condition is in force and says yes.
    fn condition(&self, key: &str) -> Option<&Figure> {
        self.figure(key).filter(|figure| figure.is_yes())
    }
}

/// A finding whose sentence is `eligibility-<rule>-<result>`.
fn finding(rule: &str, result: Met, figures: &[&Figure]) -> Finding {
    let key = format!("eligibility-{rule}-{}", result.code()).replace('_', "-");
    Finding {
        rule: rule.to_owned(),
        result,
        text: Text::new(&key),
        source: figures.first().map(|figure| figure.source.clone()).unwrap_or_default(),
        source_nl: figures.first().map(|figure| figure.source_nl.clone()).unwrap_or_default(),
        valid_from: figures.first().map(|figure| figure.valid_from),
        figures: figures.iter().map(|figure| (*figure).clone()).collect(),
    }
}

impl Finding {
    /// The same finding with one more value in its sentence.
    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.text = self.text.with(name, value);
        self
    }
}

/// Judges an application by the rules of the day on which it was made.
///
/// `already_lent` is what this product has promised before for the same dwelling: a ceiling holds per dwelling.
pub fn judge(application: &NewApplication, rules: &Parameters, already_lent: Money) -> Verdict {
    let case = Case { application, rules, already_lent };
    let open = conditions::open(&case);
    let closed = open.result != Met::Met;
    let mut findings = vec![open];
    if !closed {
        findings.extend(missing_figures(rules));
        findings.extend(sums::all(&case));
        findings.extend(conditions::all(&case));
        findings.extend(group::organisation(&case));
        findings.extend(match application.product {
            Product::EmergencyBuyer | Product::RenovationLoan => income::ceiling(&case),
            Product::EnergyLoan => income::priority_group(&case),
            Product::RollingFund => None,
        });
    }
    let rate = group::of(&case).figure(&case, group::RATE);
    let terms = TERMS.iter().filter_map(|key| rules.get(key)).chain(rate).cloned().collect();
    Verdict { outcome: outcome(&findings), judged_on: rules.on, findings, terms }
}

fn outcome(findings: &[Finding]) -> Outcome {
    if findings.iter().any(|finding| finding.result == Met::NotMet) {
        Outcome::NotEligible
    } else if findings.iter().any(|finding| finding.result == Met::Missing) {
        Outcome::Incomplete
    } else {
        Outcome::Eligible
    }
}

/// A rule that has lost its figure is not silently skipped: nobody is eligible by an unwritten rule.
fn missing_figures(rules: &Parameters) -> Vec<Finding> {
    KEYS.iter()
        .filter(|key| key.product == Some(rules.product) && !key.optional && rules.get(key.name).is_none())
        .map(|key| finding("figure", Met::Missing, &[]).with("key", key.name).with("on", rules.on))
        .collect()
}

impl Verdict {
    /// The figure of this name that was used or kept for the contract, if there was one.
    pub fn figure(&self, key: &str) -> Option<&Figure> {
        let used = self.findings.iter().flat_map(|finding| &finding.figures);
        used.chain(&self.terms).find(|figure| figure.key == key)
    }

    /// The yearly rate of the group that the family belongs to, in percent; none for a product without a rate.
    pub fn rate(&self) -> Option<&Figure> {
        group::ALL.iter().find_map(|group| self.figure(&group.key(group::RATE)))
    }
}
