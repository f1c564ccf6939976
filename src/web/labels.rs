//! What fields of forms are called. A list of mistakes names the field before it says what is wrong with it.

use crate::i18n::{self, Lang};

/// Path of a field without its places in a list, and the key of its label.
const LABELS: [(&str, &str); 61] = [
    ("amount", "field-amount"),
    ("answers.dependants", "new-dependants"),
    ("answers.main_residence", "new-main-residence"),
    ("answers.organisation", "new-organisation"),
    ("answers.other_real_estate", "new-other-real-estate"),
    ("answers.priority_grounds", "new-ground"),
    ("answers.sole_owner", "new-sole-owner"),
    ("answers.solvency_inquiry", "new-solvency"),
    ("answers.structural_defects", "new-defects"),
    ("applied_on", "new-applied-on"),
    ("change.bic", "mandate-bic"),
    ("change.iban", "mandate-iban-new"),
    ("change.reason", "field-reason"),
    ("change.reference", "mandate-reference-new"),
    ("dwelling.bought_on", "field-bought-on"),
    ("dwelling.box", "field-box"),
    ("dwelling.built_in", "field-built-in"),
    ("dwelling.epc_label", "field-epc"),
    ("dwelling.epc_number", "field-epc-number"),
    ("dwelling.epc_score", "field-epc-score"),
    ("dwelling.locality", "field-locality"),
    ("dwelling.municipality", "field-municipality"),
    ("dwelling.number", "field-house-number"),
    ("dwelling.postcode", "field-postcode"),
    ("dwelling.street", "field-street"),
    ("enterprise_number", "field-enterprise-number"),
    ("first_due_after_months", "sign-grace"),
    ("incomes.amount", "field-amount"),
    ("incomes.earner", "field-person"),
    ("incomes.kind", "field-kind"),
    ("incomes.year", "field-year"),
    ("instalments", "new-instalments"),
    ("invoice_number", "invoice-number"),
    ("invoiced_on", "invoice-date"),
    ("mandate.bic", "mandate-bic"),
    ("mandate.debtor_name", "mandate-debtor"),
    ("mandate.iban", "field-iban"),
    ("mandate.kind", "field-kind"),
    ("mandate.reference", "mandate-reference"),
    ("mandate.signed_on", "mandate-signed-on"),
    ("people.born_on", "field-born-on"),
    ("people.email", "field-email"),
    ("people.family_name", "field-family-name"),
    ("people.given_name", "field-given-name"),
    ("people.insz", "field-insz"),
    ("people.language", "field-language"),
    ("people.phone", "field-phone"),
    ("product", "field-product"),
    ("quote_id", "invoice-quote"),
    ("reference", "invoice-reference"),
    ("signed_on", "sign-day"),
    ("stop.reason", "field-reason"),
    ("valuation.value", "sign-value"),
    ("valuation.valued_by", "sign-valued-by"),
    ("works.description", "field-description"),
    ("works.improves_energy", "new-improves-energy"),
    ("works.kind", "field-works"),
    ("works.quotes.amount", "new-quote-amount"),
    ("works.quotes.quoted_on", "new-quoted-on"),
    ("works.quotes.valid_until", "field-valid-until"),
    ("works.structural", "new-structural"),
];

/// Fields of a contractor, who is two steps down.
const OF_CONTRACTOR: [(&str, &str); 3] =
    [("enterprise_number", "field-enterprise-number"), ("iban", "field-iban"), ("name", "field-contractor")];

/// The part of the form and the field in it; nothing for a field that no page shows.
pub(super) fn of(lang: Lang, field: &str) -> Option<String> {
    let path = without_places(field);
    let key = match path.strip_prefix("works.quotes.contractor.") {
        Some(rest) => key(&OF_CONTRACTOR, rest),
        None => key(&LABELS, &path),
    }?;
    let label = i18n::say(lang, key);
    Some(match part(lang, field) {
        Some(part) => format!("{part} · {label}"),
        None => label,
    })
}

fn key(labels: &[(&str, &'static str)], path: &str) -> Option<&'static str> {
    labels.iter().find(|(own, _)| *own == path).map(|(_, key)| *key)
}

/// `works[0].quotes[1].amount` is `works.quotes.amount`.
fn without_places(field: &str) -> String {
    field.split('.').map(|step| step.split('[').next().unwrap_or(step)).collect::<Vec<_>>().join(".")
}

/// The heading above the field.
fn part(lang: Lang, field: &str) -> Option<String> {
    let (list, rest) = field.split_once('[')?;
    let place: usize = rest.split(']').next()?.parse().ok()?;
    let numbered = |key: &str| i18n::say_with(lang, key, &[("number", (place + 1).to_string())]);
    match (list, place) {
        ("people", 0) => Some(i18n::say(lang, "new-applicant")),
        ("people", _) => Some(i18n::say(lang, "new-co-applicant")),
        ("works", _) => Some(numbered("new-work")),
        ("incomes", _) => Some(numbered("new-income")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_as_on_the_page() {
        let named = |field| of(Lang::Nl, field).unwrap_or_default();
        assert_eq!(named("amount"), "Bedrag");
        assert_eq!(named("people[1].given_name"), "Medeaanvrager · Voornaam");
        assert_eq!(named("works[2].quotes[0].contractor.iban"), "Werken 3 · Rekeningnummer");
        assert_eq!(named("answers.priority_grounds[0]"), "Reden voor voorrang");
        assert_eq!(of(Lang::Nl, "works"), None);
    }

    #[test]
    fn every_label_has_its_words_in_each_language() {
        for lang in Lang::ALL {
            for (_, key) in LABELS.iter().chain(&OF_CONTRACTOR) {
                assert_ne!(i18n::say(lang, key), *key);
            }
        }
    }
}
