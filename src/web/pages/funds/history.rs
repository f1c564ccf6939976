//! The chart of a fund: what it can lend, and beside it what is lent, promised and on the bank.

use crate::domain::fund::{Month, Position};
use crate::domain::money::Money;
use crate::web::chart::{Chart, Series, Stroke};
use crate::web::frame::Frame;

/// A figure of the position.
type Figure = fn(&Position) -> Money;

/// A line of the chart.
type Line = (&'static str, (u8, u8, u8), Stroke, Figure);

/// Key of the words, colour and stroke of each line, the one it is about first.
const LINES: [Line; 4] = [
    ("funds-free", (15, 76, 83), Stroke::Area, |position| position.free_to_lend),
    ("funds-outstanding", (176, 76, 12), Stroke::Plain, |position| position.outstanding),
    ("funds-committed", (110, 52, 140), Stroke::Dashed, |position| position.committed),
    ("funds-cash", (30, 98, 160), Stroke::Thin, |position| position.cash),
];

/// The chart of a fund with this code and name.
pub(super) fn chart(f: &Frame, (code, name): (&str, &str), months: &[Month]) -> Chart {
    let series: Vec<Series> = LINES
        .iter()
        .map(|(key, colour, stroke, figure)| Series {
            name: f.t(key),
            colour: *colour,
            stroke: *stroke,
            points: months.iter().map(|month| (month.on, figure(&month.position))).collect(),
        })
        .collect();
    let ends = series.iter().filter_map(|line| {
        let (_, amount) = line.points.last()?;
        Some(format!("{} {}", line.name.to_lowercase(), f.money(amount)))
    });
    let ends: Vec<String> = ends.collect();
    let span = months.first().zip(months.last()).map(|(first, last)| {
        f.tn("funds-chart-span", [("from", first.on.to_string()), ("until", last.on.to_string())])
    });
    Chart {
        id: format!("chart-{code}"),
        title: f.t1("funds-chart-title", "fund", name),
        description: format!("{} {}.", span.unwrap_or_default(), ends.join(", ")),
        series,
    }
}
