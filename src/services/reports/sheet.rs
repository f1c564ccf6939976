//! The figures for VEKA as a workbook, with Dutch headings.

use super::veka::VekaReport;
use super::veka_figures::{OUTSTANDING, PRINCIPAL_RECEIVED, UNDRAWN};
use crate::clock::business_date;
use crate::domain::product::Product;
use crate::domain::veka::{Figures, Line};
use crate::formats::xlsx::{Book, Cell, Table};
use crate::i18n::{Lang, say};

/// The workbook of a report.
pub(super) fn book(report: &VekaReport) -> Book {
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let mut facts = vec![
        fact("Periode", report.period.clone()),
        fact("Cijfers tot en met", report.as_of.to_string()),
        fact("Versie", report.version.to_string()),
        fact("Gemaakt op", business_date(report.made_at).to_string()),
        fact("Bron", "Grootboek, leningen en aanvragen van het Energiehuis".to_owned()),
        fact("SHA-256 van de cijfers", report.sha256.clone()),
        fact("Bedragen", "in euro; geen gegevens van personen".to_owned()),
    ];
    for change in &report.changed {
        facts.push(fact("Gewijzigd", format!("{}: {} → {}", change.figure, change.was, change.is)));
    }
    let figures = &report.figures;
    let tables = vec![lines(&figures.lines), works(figures), funders(figures), ties(figures)];
    Book { title: format!("Cijfers voor VEKA, {}", report.period), facts, tables, made_at: report.made_at }
}

fn table(name: &str, headings: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { name: name.to_owned(), headings: headings.iter().map(|text| (*text).to_owned()).collect(), rows }
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn product(product: Product) -> Cell {
    text(match product {
        Product::EmergencyBuyer => "Noodkooplening",
        Product::RollingFund => "Rollend fonds",
        Product::EnergyLoan => "Energielening",
        Product::RenovationLoan => "Mijn VerbouwLening",
    })
}

fn lines(lines: &[Line]) -> Table {
    let headings = [
        "Product",
        "Regels vanaf",
        "NIS-code",
        "Gemeente",
        "Aanvragen",
        "Goedgekeurd",
        "Geweigerd",
        "Ingetrokken",
        "Getekend",
        "Vastgelegd",
        "Opgenomen",
        "Nog op te nemen",
        "Ontvangen kapitaal",
        "Openstaand",
        "Achterstal 1-30 dagen",
        "Achterstal 31-90 dagen",
        "Achterstal meer dan 90 dagen",
        "Vergoeding",
    ];
    let row = |line: &Line| {
        let group = &line.group;
        let mut cells = vec![product(group.product), Cell::Day(group.generation)];
        cells.extend([text(&group.nis_code), text(&group.municipality)]);
        cells.extend([line.received, line.approved, line.refused, line.withdrawn, line.signed].map(Cell::Count));
        cells.extend([line.committed, line.drawn, line.undrawn, line.principal_received].map(Cell::Amount));
        cells.extend([line.outstanding, line.arrears_to_30, line.arrears_to_90].map(Cell::Amount));
        cells.extend([line.arrears_over_90, line.fees].map(Cell::Amount));
        cells
    };
    table("Cijfers", &headings, lines.iter().map(row).collect())
}

fn works(figures: &Figures) -> Table {
    let row = |works: &crate::domain::veka::Works| {
        vec![
            product(works.product),
            text(say(Lang::Nl, &format!("work-{}", works.kind))),
            Cell::Count(works.works),
            Cell::Amount(works.quoted),
        ]
    };
    table("Werken", &["Product", "Soort werken", "Aantal", "Offertes"], figures.works.iter().map(row).collect())
}

fn funders(figures: &Figures) -> Table {
    let headings = [
        "Fonds",
        "Geldgever",
        "Mededeling",
        "Plafond",
        "Ontvangen",
        "Terug te geven",
        "Doorgestort",
        "Nog door te storten",
    ];
    let row = |funder: &crate::domain::veka::Funder| {
        let mut cells = vec![text(&funder.fund), text(&funder.funder), text(&funder.reference)];
        let amounts = [funder.ceiling, funder.given, funder.became_due, funder.passed_on, funder.due];
        cells.extend(amounts.map(Cell::Amount));
        cells
    };
    table("Geldgevers", &headings, figures.funders.iter().map(row).collect())
}

fn ties(figures: &Figures) -> Table {
    let row = |tie: &crate::domain::veka::Tie| {
        let what = match tie.what.as_str() {
            OUTSTANDING => "Openstaand tegenover leningen op het grootboek",
            PRINCIPAL_RECEIVED => "Ontvangen kapitaal tegenover het grootboek",
            UNDRAWN => "Nog op te nemen tegenover de vastleggingen",
            other => other,
        };
        vec![text(what), Cell::Amount(tie.report), Cell::Amount(tie.ledger), Cell::Amount(tie.difference)]
    };
    table("Aansluiting", &["Som", "Dit verslag", "Grootboek", "Verschil"], figures.ties.iter().map(row).collect())
}
