//! Makes an application of a form, or tells everything that is wrong with it at once.

use chrono::{Datelike, NaiveDate};

use super::people::{dwelling, email, people};
use super::reader::{LONG, Reader, SHORT};
use super::{
    Answers, AnswersForm, ApplicationForm, Contractor, ContractorForm, Income, IncomeForm, IncomeKind, Loose,
    NewApplication, PriorityGround, Quote, QuoteForm, Role, SolvencyInquiry, Work, WorkForm, WorkKind,
};
use crate::domain::money::Money;
use crate::domain::municipality::Municipality;
use crate::domain::product::Product;
use crate::domain::text::{FieldProblem, Text};

/// The most works of one application, and the most quotes of one work.
const MOST: usize = 20;

/// What a form is read against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The business date.
    pub today: NaiveDate,
    /// The municipalities that this house works for.
    pub municipalities: &'a [Municipality],
}

/// The application in a form; else every field that is wrong, with its path and what would be right.
pub fn parse(form: &ApplicationForm, setting: &Setting) -> Result<NewApplication, Vec<FieldProblem>> {
    let mut reader = Reader::default();
    let applied_on = applied_on(&mut reader, &form.applied_on, setting.today);
    let judged_on = applied_on.unwrap_or(setting.today);
    let product = product(&mut reader, &form.product);
    let amount = reader.positive_money("amount", &form.amount);
    let instalments = instalments(&mut reader, &form.instalments, product);
    let people = people(&mut reader, &form.people, judged_on);
    let dwelling = dwelling(&mut reader, &form.dwelling, setting);
    let works = works(&mut reader, &form.works, judged_on);
    let incomes = incomes(&mut reader, &form.incomes, form.people.len(), judged_on);
    let answers = answers(&mut reader, &form.answers);
    let complete = (|| {
        Some(NewApplication {
            product: product?,
            applied_on: applied_on?,
            amount: amount?,
            instalments,
            people: people?,
            dwelling: dwelling?,
            works: works?,
            incomes: incomes?,
            answers,
        })
    })();
    let problems = reader.into_problems();
    match complete {
        Some(application) if problems.is_empty() => Ok(application),
        _ => Err(problems),
    }
}

fn applied_on(reader: &mut Reader, value: &Loose, today: NaiveDate) -> Option<NaiveDate> {
    if value.text().is_none() {
        return Some(today);
    }
    let day = reader.optional_date("applied_on", value)?;
    if day > today {
        reader.problem("applied_on", day, Text::new("application-problem-future").with("today", today));
        return None;
    }
    Some(day)
}

fn product(reader: &mut Reader, value: &Loose) -> Option<Product> {
    reader.required("product", value)?;
    reader.choice("product", value, &Product::ALL.map(Product::code))
}

fn instalments(reader: &mut Reader, value: &Loose, product: Option<Product>) -> Option<u32> {
    match (product?, value.text()) {
        (Product::EnergyLoan | Product::RenovationLoan, _) => {
            reader.required("instalments", value)?;
            reader.whole("instalments", value, (1, 600)).map(i32::unsigned_abs)
        }
        (_, None) => None,
        (_, Some(typed)) => {
            reader.problem("instalments", typed, Text::new("application-problem-no-instalments"));
            None
        }
    }
}

fn works(reader: &mut Reader, forms: &[WorkForm], applied_on: NaiveDate) -> Option<Vec<Work>> {
    if forms.is_empty() || forms.len() > MOST {
        reader.problem("works", forms.len(), Text::new("application-problem-works").with("most", MOST));
        return None;
    }
    let works: Vec<Option<Work>> =
        forms.iter().enumerate().map(|(at, form)| work(reader, &format!("works[{at}]"), form, applied_on)).collect();
    works.into_iter().collect()
}

fn work(reader: &mut Reader, path: &str, form: &WorkForm, applied_on: NaiveDate) -> Option<Work> {
    let kind_field = format!("{path}.kind");
    let kind: Option<WorkKind> = reader
        .required(&kind_field, &form.kind)
        .and_then(|_| reader.choice(&kind_field, &form.kind, &WorkKind::ALL.map(WorkKind::code)));
    let description =
        reader.optional_words(&format!("{path}.description"), &form.description, LONG).unwrap_or_default();
    let purpose = kind.and_then(|kind| purpose(reader, path, form, kind));
    if form.quotes.len() > MOST {
        let field = format!("{path}.quotes");
        reader.problem(&field, form.quotes.len(), Text::new("application-problem-quotes").with("most", MOST));
        return None;
    }
    let quotes: Vec<Option<Quote>> = form
        .quotes
        .iter()
        .enumerate()
        .map(|(at, quoted)| quote(reader, &format!("{path}.quotes[{at}]"), quoted, applied_on))
        .collect();
    let (improves_energy, structural) = purpose?;
    Some(Work {
        kind: kind?,
        description,
        improves_energy,
        structural,
        quotes: quotes.into_iter().collect::<Option<_>>()?,
    })
}

/// A kind of works in words.
fn word(kind: WorkKind) -> Text {
    Text::new(&format!("work-{kind}"))
}

/// Whether works improve energy and whether they are structural. A kind that can be only one of the two need
/// not say so; a kind that can be both must.
fn purpose(reader: &mut Reader, path: &str, form: &WorkForm, kind: WorkKind) -> Option<(bool, bool)> {
    let (energy_field, structural_field) = (format!("{path}.improves_energy"), format!("{path}.structural"));
    let energy = reader.yes_no(&energy_field, &form.improves_energy);
    let structural = reader.yes_no(&structural_field, &form.structural);
    if energy == Some(true) && !kind.may_improve_energy() {
        reader.problem(
            &energy_field,
            "yes",
            Text::new("application-problem-never-energy").with_part("kind", word(kind)),
        );
        return None;
    }
    if structural == Some(true) && !kind.may_be_structural() {
        reader.problem(
            &structural_field,
            "yes",
            Text::new("application-problem-never-structural").with_part("kind", word(kind)),
        );
        return None;
    }
    if kind.may_improve_energy() && kind.may_be_structural() {
        if energy.is_none() && form.improves_energy.text().is_none() {
            reader.problem(
                &energy_field,
                "",
                Text::new("application-problem-say-energy").with_part("kind", word(kind)),
            );
        }
        if structural.is_none() && form.structural.text().is_none() {
            reader.problem(
                &structural_field,
                "",
                Text::new("application-problem-say-structural").with_part("kind", word(kind)),
            );
        }
        return Some((energy?, structural?));
    }
    Some((energy.unwrap_or(kind.may_improve_energy()), structural.unwrap_or(kind.may_be_structural())))
}

fn quote(reader: &mut Reader, path: &str, form: &QuoteForm, applied_on: NaiveDate) -> Option<Quote> {
    let contractor = contractor(reader, &format!("{path}.contractor"), &form.contractor);
    let amount = reader.positive_money(&format!("{path}.amount"), &form.amount);
    let quoted_on = reader.date(&format!("{path}.quoted_on"), &form.quoted_on);
    let valid_until = reader.date(&format!("{path}.valid_until"), &form.valid_until);
    if let Some(day) = quoted_on.filter(|day| *day > applied_on) {
        let text = Text::new("application-problem-quoted-later").with("on", applied_on);
        reader.problem(&format!("{path}.quoted_on"), day, text);
    }
    if let (Some(from), Some(until)) = (quoted_on, valid_until)
        && until < from
    {
        let text = Text::new("application-problem-valid-until").with("from", from);
        reader.problem(&format!("{path}.valid_until"), until, text);
    }
    Some(Quote { contractor: contractor?, amount: amount?, quoted_on: quoted_on?, valid_until: valid_until? })
}

fn contractor(reader: &mut Reader, path: &str, form: &ContractorForm) -> Option<Contractor> {
    let name = reader.words(&format!("{path}.name"), &form.name, SHORT);
    let enterprise_number = reader.number(
        &format!("{path}.enterprise_number"),
        &form.enterprise_number,
        "application-problem-enterprise-number",
    );
    let iban = reader.number(&format!("{path}.iban"), &form.iban, "application-problem-iban");
    let email = email(reader, &format!("{path}.email"), &form.email);
    Some(Contractor { name: name?, enterprise_number: enterprise_number?, iban: iban?, email })
}

fn incomes(reader: &mut Reader, forms: &[IncomeForm], people: usize, applied_on: NaiveDate) -> Option<Vec<Income>> {
    let incomes: Vec<Option<Income>> = forms
        .iter()
        .enumerate()
        .map(|(at, form)| income(reader, &format!("incomes[{at}]"), form, (people, applied_on)))
        .collect();
    incomes.into_iter().collect()
}

fn income(reader: &mut Reader, path: &str, form: &IncomeForm, seen: (usize, NaiveDate)) -> Option<Income> {
    let (people, applied_on) = seen;
    let earner_field = format!("{path}.earner");
    let earner = match form.earner.text() {
        None => Some(Role::Applicant),
        Some(_) => reader.choice(&earner_field, &form.earner, &Role::ALL.map(Role::code)),
    };
    if earner == Some(Role::CoApplicant) && people < 2 {
        reader.problem(&earner_field, "co_applicant", Text::new("application-problem-no-co-applicant"));
    }
    let kind_field = format!("{path}.kind");
    let kind = reader
        .required(&kind_field, &form.kind)
        .and_then(|_| reader.choice(&kind_field, &form.kind, &IncomeKind::ALL.map(IncomeKind::code)));
    let year_field = format!("{path}.year");
    let year = reader
        .required(&year_field, &form.year)
        .and_then(|_| reader.whole(&year_field, &form.year, (1990, applied_on.year())));
    let amount_field = format!("{path}.amount");
    let amount = reader.money(&amount_field, &form.amount);
    if let Some(below) = amount.filter(|amount| amount.is_negative()) {
        reader.problem(&amount_field, below, Text::new("application-problem-amount-not-negative"));
    }
    Some(Income { earner: earner?, kind: kind?, year: i16::try_from(year?).ok()?, amount: amount.map(Money::or_zero)? })
}

fn answers(reader: &mut Reader, form: &AnswersForm) -> Answers {
    let grounds = form.priority_grounds.iter().enumerate().filter_map(|(at, ground)| {
        let field = format!("answers.priority_grounds[{at}]");
        reader.choice(&field, ground, &PriorityGround::ALL.map(PriorityGround::code))
    });
    let priority_grounds = grounds.collect();
    Answers {
        sole_owner: reader.yes_no("answers.sole_owner", &form.sole_owner),
        main_residence: reader.yes_no("answers.main_residence", &form.main_residence),
        other_real_estate: reader.yes_no("answers.other_real_estate", &form.other_real_estate),
        structural_defects: reader.yes_no("answers.structural_defects", &form.structural_defects),
        dependants: reader.whole("answers.dependants", &form.dependants, (0, 20)).map(i32::unsigned_abs),
        solvency_inquiry: reader.choice(
            "answers.solvency_inquiry",
            &form.solvency_inquiry,
            &SolvencyInquiry::ALL.map(SolvencyInquiry::code),
        ),
        organisation: reader.yes_no("answers.organisation", &form.organisation),
        priority_grounds,
    }
}
