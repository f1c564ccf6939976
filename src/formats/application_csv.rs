//! Applications in a CSV file: one row is one application with up to two people, three works and three incomes.
//!
//! UTF-8 with or without a byte order mark; `;` or `,` between the columns, whichever the heading holds more of.
//! Columns may stand in any order and may be left out; an unknown or doubled heading is a problem of line 1.

use std::collections::{HashMap, HashSet};

use crate::domain::application::{
    AnswersForm, ApplicationForm, ContractorForm, DwellingForm, IncomeForm, Loose, PersonForm, QuoteForm, WorkForm,
};

/// How many works and incomes one row has room for.
const GROUPS: usize = 3;

/// The columns of the application itself, the dwelling and the answers, in the order of the sample.
const SINGLE: [&str; 23] = [
    "product",
    "applied_on",
    "amount",
    "instalments",
    "dwelling_street",
    "dwelling_number",
    "dwelling_box",
    "dwelling_postcode",
    "dwelling_locality",
    "dwelling_municipality",
    "dwelling_built_in",
    "dwelling_bought_on",
    "dwelling_epc_label",
    "dwelling_epc_number",
    "dwelling_epc_score",
    "sole_owner",
    "main_residence",
    "other_real_estate",
    "structural_defects",
    "dependants",
    "solvency_inquiry",
    "organisation",
    "priority_grounds",
];
const PERSON: [&str; 7] = ["given_name", "family_name", "insz", "born_on", "email", "phone", "language"];
const WORK: [&str; 11] = [
    "kind",
    "description",
    "improves_energy",
    "structural",
    "contractor_name",
    "contractor_enterprise_number",
    "contractor_iban",
    "contractor_email",
    "quote_amount",
    "quote_quoted_on",
    "quote_valid_until",
];
const INCOME: [&str; 4] = ["earner", "kind", "year", "amount"];

/// Every column, in the order of the sample.
pub fn columns() -> Vec<String> {
    let mut all: Vec<String> = SINGLE.iter().map(|name| (*name).to_owned()).collect();
    for who in ["applicant", "co_applicant"] {
        all.extend(PERSON.iter().map(|name| format!("{who}_{name}")));
    }
    for at in 1..=GROUPS {
        all.extend(WORK.iter().map(|name| format!("work{at}_{name}")));
    }
    for at in 1..=GROUPS {
        all.extend(INCOME.iter().map(|name| format!("income{at}_{name}")));
    }
    all
}

/// One application in a file.
#[derive(Debug, Clone)]
pub struct CsvRow {
    /// The line on which it starts, from 1.
    pub line: u64,
    /// What it says.
    pub form: ApplicationForm,
    /// The group of columns each work of the form came from, from 1.
    works: Vec<usize>,
    /// The group of columns each income came from, from 1.
    incomes: Vec<usize>,
}

/// Why a file is not a table of applications.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCsv {
    /// Another encoding.
    #[error("line {line} is not UTF-8; save the file as “CSV UTF-8”")]
    NotUtf8 {
        /// The first line that is not.
        line: usize,
    },
    /// No line at all.
    #[error("the file is empty; line 1 must name the columns, as in `energiehuis application import --example`")]
    Empty,
    /// A heading that means nothing here.
    #[error(
        "line 1, column {position}: “{name}” is not a column; `energiehuis application import --example` shows them all"
    )]
    UnknownColumn {
        /// From 1.
        position: usize,
        /// The heading.
        name: String,
    },
    /// A heading that comes twice.
    #[error("line 1, column {position}: “{name}” is there twice; remove one of the two")]
    TwiceColumn {
        /// From 1.
        position: usize,
        /// The heading.
        name: String,
    },
    /// A row that is longer or shorter than the heading.
    #[error(
        "line {line} has {found} fields, but line 1 names {right} columns; check the quotation marks and separators"
    )]
    Uneven {
        /// The line.
        line: u64,
        /// How many fields it has.
        found: u64,
        /// How many columns there are.
        right: u64,
    },
    /// Not a table of text.
    #[error("the file cannot be read as CSV: {0}")]
    Unreadable(String),
}

/// The applications in a file, or everything that is wrong with the file as a table.
pub fn read(bytes: &[u8]) -> Result<Vec<CsvRow>, Vec<InvalidCsv>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|sign| **sign == b'\n').count() + 1;
        vec![InvalidCsv::NotUtf8 { line }]
    })?;
    if text.trim().is_empty() {
        return Err(vec![InvalidCsv::Empty]);
    }
    let heading = text.lines().next().unwrap_or_default();
    let semicolons = heading.matches(';').count() >= heading.matches(',').count();
    let delimiter = if semicolons { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = table.headers().map_err(|error| vec![InvalidCsv::Unreadable(error.to_string())])?.clone();
    let mut problems = heading_problems(&names);
    let mut rows = Vec::new();
    for record in table.records() {
        match record {
            Ok(record) if record.iter().all(str::is_empty) => {}
            Ok(record) => rows.push(row(&names, &record)),
            Err(error) => problems.push(row_problem(&error)),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn heading_problems(names: &csv::StringRecord) -> Vec<InvalidCsv> {
    let known: HashSet<String> = columns().into_iter().collect();
    let mut seen = HashSet::new();
    let mut problems = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let position = at + 1;
        if !known.contains(name) {
            problems.push(InvalidCsv::UnknownColumn { position, name: name.to_owned() });
        } else if !seen.insert(name) {
            problems.push(InvalidCsv::TwiceColumn { position, name: name.to_owned() });
        }
    }
    problems
}

fn row_problem(error: &csv::Error) -> InvalidCsv {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => InvalidCsv::Uneven {
            line: pos.as_ref().map(csv::Position::line).unwrap_or_default(),
            found: *len,
            right: *expected_len,
        },
        _ => InvalidCsv::Unreadable(error.to_string()),
    }
}

/// The fields of one row by the name of their column.
struct Fields<'a>(HashMap<&'a str, &'a str>);

impl Fields<'_> {
    fn get(&self, name: &str) -> Loose {
        self.0.get(name).map_or_else(Loose::default, |text| Loose::from(*text))
    }

    /// Whether any column of a group is filled in.
    fn any(&self, prefix: &str) -> bool {
        self.0.iter().any(|(name, text)| name.starts_with(prefix) && !text.is_empty())
    }
}

fn row(names: &csv::StringRecord, record: &csv::StringRecord) -> CsvRow {
    let fields = Fields(names.iter().zip(record.iter()).collect());
    let filled = |group: &str| (1..=GROUPS).filter(|at| fields.any(&format!("{group}{at}_"))).collect::<Vec<_>>();
    let (works, incomes) = (filled("work"), filled("income"));
    let mut people = vec![person(&fields, "applicant")];
    if fields.any("co_applicant_") {
        people.push(person(&fields, "co_applicant"));
    }
    let form = ApplicationForm {
        product: fields.get("product"),
        applied_on: fields.get("applied_on"),
        amount: fields.get("amount"),
        instalments: fields.get("instalments"),
        people,
        dwelling: dwelling(&fields),
        works: works.iter().map(|at| work(&fields, *at)).collect(),
        incomes: incomes.iter().map(|at| income(&fields, *at)).collect(),
        answers: answers(&fields),
    };
    CsvRow { line: record.position().map(csv::Position::line).unwrap_or_default(), form, works, incomes }
}

fn person(fields: &Fields, who: &str) -> PersonForm {
    let get = |name: &str| fields.get(&format!("{who}_{name}"));
    PersonForm {
        given_name: get("given_name"),
        family_name: get("family_name"),
        insz: get("insz"),
        born_on: get("born_on"),
        email: get("email"),
        phone: get("phone"),
        language: get("language"),
    }
}

fn dwelling(fields: &Fields) -> DwellingForm {
    let get = |name: &str| fields.get(&format!("dwelling_{name}"));
    DwellingForm {
        street: get("street"),
        number: get("number"),
        box_number: get("box"),
        postcode: get("postcode"),
        locality: get("locality"),
        municipality: get("municipality"),
        built_in: get("built_in"),
        bought_on: get("bought_on"),
        epc_label: get("epc_label"),
        epc_number: get("epc_number"),
        epc_score: get("epc_score"),
    }
}

fn work(fields: &Fields, at: usize) -> WorkForm {
    let get = |name: &str| fields.get(&format!("work{at}_{name}"));
    let quoted = fields.any(&format!("work{at}_quote_")) || fields.any(&format!("work{at}_contractor_"));
    let quote = QuoteForm {
        contractor: ContractorForm {
            name: get("contractor_name"),
            enterprise_number: get("contractor_enterprise_number"),
            iban: get("contractor_iban"),
            email: get("contractor_email"),
        },
        amount: get("quote_amount"),
        quoted_on: get("quote_quoted_on"),
        valid_until: get("quote_valid_until"),
    };
    WorkForm {
        kind: get("kind"),
        description: get("description"),
        improves_energy: get("improves_energy"),
        structural: get("structural"),
        quotes: if quoted { vec![quote] } else { Vec::new() },
    }
}

fn income(fields: &Fields, at: usize) -> IncomeForm {
    let get = |name: &str| fields.get(&format!("income{at}_{name}"));
    IncomeForm { earner: get("earner"), kind: get("kind"), year: get("year"), amount: get("amount") }
}

fn answers(fields: &Fields) -> AnswersForm {
    let grounds = fields.get("priority_grounds");
    AnswersForm {
        sole_owner: fields.get("sole_owner"),
        main_residence: fields.get("main_residence"),
        other_real_estate: fields.get("other_real_estate"),
        structural_defects: fields.get("structural_defects"),
        dependants: fields.get("dependants"),
        solvency_inquiry: fields.get("solvency_inquiry"),
        organisation: fields.get("organisation"),
        priority_grounds: grounds.text().unwrap_or_default().split_whitespace().map(Loose::from).collect(),
    }
}

impl CsvRow {
    /// The column that a field of the form came from: `people[0].insz` is `applicant_insz`.
    pub fn column(&self, field: &str) -> String {
        let person = |rest: &str, who: &str| format!("{who}_{rest}");
        if let Some(rest) = field.strip_prefix("people[0].") {
            return person(rest, "applicant");
        }
        if let Some(rest) = field.strip_prefix("people[1].") {
            return person(rest, "co_applicant");
        }
        if let Some((at, rest)) = indexed(field, "works") {
            let rest = rest.strip_prefix("quotes[0].").map_or_else(|| rest.to_owned(), quote_column);
            return format!("work{}_{rest}", self.works.get(at).unwrap_or(&1));
        }
        if let Some((at, rest)) = indexed(field, "incomes") {
            return format!("income{}_{rest}", self.incomes.get(at).unwrap_or(&1));
        }
        if field.starts_with("answers.priority_grounds") {
            return "priority_grounds".to_owned();
        }
        match field {
            "works" => "work1_kind".to_owned(),
            "people" => "applicant_given_name".to_owned(),
            _ => field.strip_prefix("answers.").unwrap_or(field).replace("dwelling.", "dwelling_"),
        }
    }
}

fn quote_column(rest: &str) -> String {
    rest.strip_prefix("contractor.").map_or_else(|| format!("quote_{rest}"), |field| format!("contractor_{field}"))
}

/// `works[2].kind` → 2, `kind`.
fn indexed<'a>(field: &'a str, group: &str) -> Option<(usize, &'a str)> {
    let (at, rest) = field.strip_prefix(group)?.strip_prefix('[')?.split_once("].")?;
    Some((at.parse().ok()?, rest))
}

/// A file that can be imported as it stands on a house that has a fund for emergency buyers in Kortrijk: invented
/// people, valid numbers.
pub fn example() -> String {
    let filled = [
        ("product", "emergency_buyer"),
        ("applied_on", "2022-10-17"),
        ("amount", "50000.00"),
        ("dwelling_street", "Voorbeeldstraat"),
        ("dwelling_number", "12"),
        ("dwelling_postcode", "8500"),
        ("dwelling_locality", "Kortrijk"),
        ("dwelling_municipality", "Kortrijk"),
        ("dwelling_built_in", "1931"),
        ("dwelling_bought_on", "2021-05-03"),
        ("dwelling_epc_label", "F"),
        ("dwelling_epc_score", "612"),
        ("sole_owner", "yes"),
        ("main_residence", "yes"),
        ("other_real_estate", "no"),
        ("structural_defects", "yes"),
        ("dependants", "2"),
        ("solvency_inquiry", "market_loan_would_fail"),
        ("applicant_given_name", "An"),
        ("applicant_family_name", "Voorbeeld"),
        ("applicant_insz", "93051822361"),
        ("applicant_born_on", "1993-05-18"),
        ("applicant_email", "an.voorbeeld@example.org"),
        ("applicant_language", "nl"),
        ("work1_kind", "roof"),
        ("work1_description", "Dak vernieuwen en isoleren"),
        ("work1_improves_energy", "yes"),
        ("work1_structural", "yes"),
        ("work1_contractor_name", "Dakwerken Voorbeeld"),
        ("work1_contractor_enterprise_number", "0566.988.259"),
        ("work1_contractor_iban", "BE68 5390 0754 7034"),
        ("work1_quote_amount", "38500.00"),
        ("work1_quote_quoted_on", "2022-09-20"),
        ("work1_quote_valid_until", "2022-12-31"),
        ("work2_kind", "electricity"),
        ("work2_description", "Elektriciteit keuren en vernieuwen"),
        ("work2_contractor_name", "Dakwerken Voorbeeld"),
        ("work2_contractor_enterprise_number", "0566.988.259"),
        ("work2_contractor_iban", "BE68 5390 0754 7034"),
        ("work2_quote_amount", "12000.00"),
        ("work2_quote_quoted_on", "2022-09-20"),
        ("work2_quote_valid_until", "2022-12-31"),
        ("income1_earner", "applicant"),
        ("income1_kind", "joint_taxable"),
        ("income1_year", "2019"),
        ("income1_amount", "24350.00"),
    ];
    let names = columns();
    let values = names.iter().map(|name| {
        filled.iter().find(|(column, _)| column == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    });
    format!("{}\n{}\n", names.join(";"), values.collect::<Vec<_>>().join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(bytes: &[u8]) -> Vec<String> {
        read(bytes).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
    }

    #[test]
    fn the_example_reads_with_either_separator_and_with_a_byte_order_mark() {
        let example = example();
        let rows = read(example.as_bytes()).unwrap_or_default();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].line, 2);
        assert_eq!(rows[0].form.works.len(), 2);
        assert_eq!(rows[0].form.people.len(), 1);
        for other in [example.replace(';', ","), format!("\u{FEFF}{example}"), example.replace('\n', "\r\n")] {
            assert_eq!(read(other.as_bytes()).map(|rows| rows[0].form.clone()).ok(), Some(rows[0].form.clone()));
        }
    }

    #[test]
    fn a_problem_is_told_by_the_column_it_came_from() {
        let rows = read(b"product;work2_kind;income3_kind\nenergy_loan;roof;gross\n").unwrap_or_default();
        let row = &rows[0];
        for (field, column) in [
            ("people[0].insz", "applicant_insz"),
            ("people[1].born_on", "co_applicant_born_on"),
            ("works[0].kind", "work2_kind"),
            ("works[0].quotes[0].amount", "work2_quote_amount"),
            ("works[0].quotes[0].contractor.iban", "work2_contractor_iban"),
            ("incomes[0].year", "income3_year"),
            ("dwelling.box", "dwelling_box"),
            ("answers.sole_owner", "sole_owner"),
            ("answers.priority_grounds[1]", "priority_grounds"),
            ("amount", "amount"),
        ] {
            assert_eq!(row.column(field), column);
            assert!(columns().contains(&column.to_owned()), "{column}");
        }
    }

    #[test]
    fn a_heading_that_means_nothing_or_comes_twice_is_told_with_its_place() {
        let told = sentences(b"product;ammount;product\na;b;c\n");
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("line 1, column 2: \u{201c}ammount\u{201d} is not a column"), "{told:?}");
        assert!(told[1].starts_with("line 1, column 3: \u{201c}product\u{201d} is there twice"), "{told:?}");
    }

    #[test]
    fn a_row_of_another_length_another_encoding_and_an_empty_file_are_told() {
        assert_eq!(
            sentences(b"product;amount\nenergy_loan;1;2\n"),
            ["line 2 has 3 fields, but line 1 names 2 columns; check the quotation marks and separators"]
        );
        assert_eq!(
            sentences(b"product;amount\nenergy_loan;\xE9\n"),
            ["line 2 is not UTF-8; save the file as \u{201c}CSV UTF-8\u{201d}"]
        );
        assert_eq!(sentences(b" \n").len(), 1);
    }
}
