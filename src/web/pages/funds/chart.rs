//! The one chart: what a fund has, what is out with families and what is promised, month by month.
//!
//! Drawn as SVG on the server. Colours differ in lightness as well as in hue, and the same figures stand in a table.

use chrono::Datelike;
use plotters::prelude::*;

use crate::domain::fund::Month;
use crate::domain::money::Money;
use crate::web::error::Fault;
use crate::web::frame::Frame;

/// Out with families: the darkest, at the bottom.
pub(super) const OUTSTANDING: RGBColor = RGBColor(15, 76, 83);
/// On the bank.
pub(super) const CASH: RGBColor = RGBColor(110, 178, 171);
/// Promised and not yet drawn: a line over the areas.
pub(super) const COMMITTED: RGBColor = RGBColor(180, 83, 9);

const SIZE: (u32, u32) = (960, 320);

/// The last month of every year, and the last month of all.
pub(super) fn yearly(months: &[Month]) -> Vec<Month> {
    let last = months.last().map(|month| month.on);
    months.iter().filter(|month| month.on.month() == 12 || Some(month.on) == last).copied().collect()
}

/// Whole cents as a height; a chart is a picture, no figure is read back from it.
fn height(amount: Money) -> i64 {
    amount.or_zero().cents()
}

/// The chart as an SVG element; empty when there are fewer than two months to show.
pub(super) fn draw(f: &Frame, name: &str, months: &[Month]) -> Result<String, Fault> {
    if months.len() < 2 {
        return Ok(String::new());
    }
    let mut svg = String::new();
    paint(f, months, &mut svg).map_err(|error| Fault::defect(&error))?;
    // What is read aloud in place of the picture.
    let title = escape(&f.t1("fund-chart-title", "fund", name));
    let opening = format!("<svg role=\"img\" aria-label=\"{title}\" ");
    let start = svg.find("<svg ").ok_or_else(|| Fault::defect("the chart is no SVG"))?;
    Ok(format!("{opening}{}", &svg[start + "<svg ".len()..]))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn paint(f: &Frame, months: &[Month], svg: &mut String) -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let highest = months
        .iter()
        .map(|month| height(month.position.outstanding) + height(month.position.cash))
        .chain(months.iter().map(|month| height(month.position.committed)))
        .max()
        .unwrap_or_default()
        .max(100_000);
    let last = i32::try_from(months.len()).unwrap_or(i32::MAX) - 1;
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin(8)
        .x_label_area_size(32)
        .y_label_area_size(92)
        .build_cartesian_2d(0..last, 0..highest + highest / 10)
        .map_err(|error| said(&error))?;
    let text = ("sans-serif", 15).into_font().color(&RGBColor(70, 88, 92));
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(RGBColor(213, 220, 216))
        .light_line_style(TRANSPARENT)
        .axis_style(RGBColor(127, 143, 142))
        .label_style(text)
        .y_labels(5)
        .x_labels(8)
        .y_label_formatter(&|cents| whole_euros(f, *cents))
        .x_label_formatter(&|place| {
            let month = usize::try_from(*place).ok().and_then(|place| months.get(place));
            month.map(|month| month.on.format("%m/%Y").to_string()).unwrap_or_default()
        })
        .draw()
        .map_err(|error| said(&error))?;
    let series = |value: fn(&Month) -> i64| (0..).zip(months.iter().map(value)).collect::<Vec<(i32, i64)>>();
    let both = series(|month| height(month.position.outstanding) + height(month.position.cash));
    let out = series(|month| height(month.position.outstanding));
    let promised = series(|month| height(month.position.committed));
    chart.draw_series(AreaSeries::new(both, 0, CASH)).map_err(|error| said(&error))?;
    chart.draw_series(AreaSeries::new(out, 0, OUTSTANDING)).map_err(|error| said(&error))?;
    chart.draw_series(LineSeries::new(promised, COMMITTED.stroke_width(3))).map_err(|error| said(&error))?;
    area.present().map_err(|error| said(&error))
}

/// An axis label without cents: `€ 250.000`.
fn whole_euros(f: &Frame, cents: i64) -> String {
    let shown = f.money(Money::from_cents(cents));
    shown.rsplit_once([',', '.']).map_or(shown.clone(), |(euros, _)| euros.to_owned())
}
