//! Reads the people and the dwelling of a form.

use chrono::NaiveDate;

use super::parse::Setting;
use super::reader::{Reader, SHORT};
use super::{Dwelling, DwellingForm, Insz, Loose, Person, PersonForm};
use crate::domain::calendar;
use crate::domain::municipality;
use crate::domain::text::Text;

/// Labels of the Flemish energy performance certificate, best first.
const EPC_LABELS: [&str; 7] = ["A+", "A", "B", "C", "D", "E", "F"];

pub(super) fn people(reader: &mut Reader, forms: &[PersonForm], applied_on: NaiveDate) -> Option<Vec<Person>> {
    if forms.is_empty() || forms.len() > 2 {
        reader.problem("people", forms.len(), Text::new("application-problem-people"));
    }
    let people: Vec<Option<Person>> =
        forms.iter().enumerate().map(|(at, form)| person(reader, &format!("people[{at}]"), form, applied_on)).collect();
    let people: Vec<Person> = people.into_iter().collect::<Option<_>>()?;
    if let [first, second] = people.as_slice()
        && first.insz == second.insz
    {
        reader.problem("people[1].insz", "", Text::new("application-problem-same-person"));
    }
    Some(people)
}

/// One person, 18 or older on a day; `path` is where the person stands in what was sent.
pub(crate) fn person(reader: &mut Reader, path: &str, form: &PersonForm, applied_on: NaiveDate) -> Option<Person> {
    let given_name = reader.words(&format!("{path}.given_name"), &form.given_name, SHORT);
    let family_name = reader.words(&format!("{path}.family_name"), &form.family_name, SHORT);
    let insz = insz(reader, &format!("{path}.insz"), &form.insz);
    let born_on = reader.date(&format!("{path}.born_on"), &form.born_on);
    let born_on = born_on.filter(|day| adult(reader, &format!("{path}.born_on"), *day, applied_on));
    let email = email(reader, &format!("{path}.email"), &form.email);
    let phone = phone(reader, &format!("{path}.phone"), &form.phone);
    let language = language(reader, &format!("{path}.language"), &form.language);
    Some(Person {
        given_name: given_name?,
        family_name: family_name?,
        insz: insz?,
        born_on: born_on?,
        email,
        phone,
        language,
    })
}

/// A national number is never repeated back: it is personal data with one legal purpose.
fn insz(reader: &mut Reader, field: &str, value: &Loose) -> Option<Insz> {
    let typed = reader.required(field, value)?;
    let number = Insz::parse(typed).ok();
    if number.is_none() {
        reader.problem(field, "", Text::new("application-problem-insz"));
    }
    number
}

fn adult(reader: &mut Reader, field: &str, born_on: NaiveDate, applied_on: NaiveDate) -> bool {
    let old_enough = calendar::add_years(born_on, 18) <= applied_on;
    if !old_enough {
        reader.problem(field, born_on, Text::new("application-problem-age").with("on", applied_on));
    }
    old_enough
}

/// One mailbox: something, one @, a domain with a point, no blanks.
pub(super) fn email(reader: &mut Reader, field: &str, value: &Loose) -> Option<String> {
    let typed = value.text()?;
    let shaped = typed.split_once('@').is_some_and(|(mailbox, domain)| {
        !mailbox.is_empty()
            && mailbox.len() <= 64
            && domain.len() <= 255
            && domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty() && label.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
            })
            && mailbox.bytes().all(|sign| sign.is_ascii_graphic() && !b"@,;:<>()[]\\\"".contains(&sign))
    });
    if shaped {
        return Some(typed.to_owned());
    }
    reader.problem(field, typed, Text::new("application-problem-email"));
    None
}

fn phone(reader: &mut Reader, field: &str, value: &Loose) -> Option<String> {
    let typed = value.text()?;
    let digits = typed.bytes().filter(u8::is_ascii_digit).count();
    let shaped = typed.bytes().all(|sign| sign.is_ascii_digit() || b" +./()-".contains(&sign));
    if shaped && (8..=15).contains(&digits) {
        return Some(typed.to_owned());
    }
    reader.problem(field, typed, Text::new("application-problem-phone"));
    None
}

fn language(reader: &mut Reader, field: &str, value: &Loose) -> String {
    let typed = value.text().unwrap_or("nl");
    if !matches!(typed, "nl" | "en") {
        reader.problem(field, typed, Text::new("application-problem-choice").with("choices", "nl, en"));
    }
    typed.to_owned()
}

pub(super) fn dwelling(reader: &mut Reader, form: &DwellingForm, setting: &Setting) -> Option<Dwelling> {
    let street = reader.words("dwelling.street", &form.street, SHORT);
    let number = reader.words("dwelling.number", &form.number, 20);
    let box_number = reader.optional_words("dwelling.box", &form.box_number, 20);
    let postcode = postcode(reader, &form.postcode);
    let locality = reader.words("dwelling.locality", &form.locality, SHORT);
    let nis_code = nis_code(reader, &form.municipality, setting);
    let built_in = reader.whole("dwelling.built_in", &form.built_in, (1500, chrono::Datelike::year(&setting.today)));
    let bought_on = reader.optional_date("dwelling.bought_on", &form.bought_on);
    if let Some(day) = bought_on.filter(|day| *day > setting.today) {
        reader.problem("dwelling.bought_on", day, Text::new("application-problem-future").with("today", setting.today));
    }
    let epc_label = epc_label(reader, &form.epc_label);
    let epc_number = reader.optional_words("dwelling.epc_number", &form.epc_number, 40);
    let epc_score = reader.whole("dwelling.epc_score", &form.epc_score, (-500, 3000));
    Some(Dwelling {
        street: street?,
        number: number?,
        box_number,
        postcode: postcode?,
        locality: locality?,
        nis_code: nis_code?,
        built_in: built_in.and_then(|year| i16::try_from(year).ok()),
        bought_on,
        epc_label,
        epc_number,
        epc_score,
    })
}

fn postcode(reader: &mut Reader, value: &Loose) -> Option<String> {
    let typed = reader.required("dwelling.postcode", value)?;
    let right = typed.len() == 4 && typed.bytes().all(|sign| sign.is_ascii_digit()) && !typed.starts_with('0');
    if right {
        return Some(typed.to_owned());
    }
    reader.problem("dwelling.postcode", typed, Text::new("application-problem-postcode"));
    None
}

fn nis_code(reader: &mut Reader, value: &Loose, setting: &Setting) -> Option<String> {
    let typed = reader.required("dwelling.municipality", value)?;
    let found = municipality::find(setting.municipalities, typed).map(|one| one.nis_code.clone());
    if found.is_none() {
        let names: Vec<&str> = setting.municipalities.iter().map(|one| one.name.as_str()).collect();
        let text = Text::new("application-problem-municipality").with("choices", names.join(", "));
        reader.problem("dwelling.municipality", typed, text);
    }
    found
}

fn epc_label(reader: &mut Reader, value: &Loose) -> Option<String> {
    let typed = value.text()?;
    let label = typed.to_uppercase();
    if EPC_LABELS.contains(&label.as_str()) {
        return Some(label);
    }
    let text = Text::new("application-problem-choice").with("choices", EPC_LABELS.join(", "));
    reader.problem("dwelling.epc_label", typed, text);
    None
}
