//! A chart of amounts through time, drawn as SVG on the server: lines with their last value at the end, euro at the
//! left, years or months below.
//!
//! Heights are whole cents and places are days, so no figure is rounded on its way. Every colour has a contrast of
//! at least 4.5:1 with white, and no two lines differ by colour alone.

mod ticks;

use chrono::{Datelike, NaiveDate};
use plotters::coord::types::RangedCoordi64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use self::ticks::{Tick, days, euros};
use super::error::Fault;
use super::frame::Frame;
use crate::domain::money::Money;

const INK: RGBColor = RGBColor(70, 88, 92);
const GRID: RGBColor = RGBColor(222, 228, 225);
const AXIS: RGBColor = RGBColor(127, 143, 142);

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Thick, and the area below it is tinted: what the chart is about.
    Area,
    /// A plain line.
    Plain,
    /// Dashes.
    Dashed,
    /// A thin line.
    Thin,
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// What it is.
    pub(super) name: String,
    /// Its colour: red, green, blue.
    pub(super) colour: (u8, u8, u8),
    /// How it looks.
    pub(super) stroke: Stroke,
    /// A value per day, oldest first.
    pub(super) points: Vec<(NaiveDate, Money)>,
}

impl Series {
    fn rgb(&self) -> RGBColor {
        RGBColor(self.colour.0, self.colour.1, self.colour.2)
    }

    /// The colour as an SVG attribute says it.
    pub(super) fn hex(&self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.colour.0, self.colour.1, self.colour.2)
    }

    /// How wide the line is.
    pub(super) fn width(&self) -> u32 {
        match self.stroke {
            Stroke::Area | Stroke::Plain => 3,
            Stroke::Dashed | Stroke::Thin => 2,
        }
    }

    /// The dashes as an SVG attribute says them.
    pub(super) fn dashes(&self) -> &'static str {
        if self.stroke == Stroke::Dashed { "4 3" } else { "none" }
    }
}

/// For a desk or for a hand: the words stay readable on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// For a screen.
    Wide,
    /// For a telephone.
    Narrow,
}

/// Measures in pixels of the drawing.
struct Measures {
    width: u32,
    height: u32,
    left: u32,
    right: u32,
    below: u32,
    text: u32,
    most_days: usize,
}

impl Size {
    fn measures(self) -> Measures {
        match self {
            Self::Wide => {
                Measures { width: 980, height: 400, left: 96, right: 104, below: 34, text: 15, most_days: 12 }
            }
            Self::Narrow => {
                Measures { width: 380, height: 320, left: 84, right: 12, below: 30, text: 13, most_days: 4 }
            }
        }
    }
}

/// A chart.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    /// Unique on the page.
    pub(super) id: String,
    /// What it shows.
    pub(super) title: String,
    /// The same in words, for who does not see it.
    pub(super) description: String,
    /// Its lines, the one the chart is about first.
    pub(super) series: Vec<Series>,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Plot<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordi64, RangedCoordi64>>;

/// Why a chart could not be drawn; a defect.
struct Undrawn(String);

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for Undrawn {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self(error.to_string())
    }
}

impl Chart {
    /// Whether there is something to draw: two days at least.
    pub(super) fn has_shape(&self) -> bool {
        self.series.first().is_some_and(|series| series.points.len() > 1)
    }

    /// The chart as an SVG element with its title and description.
    pub(super) fn draw(&self, f: &Frame, size: Size) -> Result<String, Fault> {
        let mut svg = String::new();
        self.paint(f, &size.measures(), &mut svg).map_err(|why| Fault::defect(&why.0))?;
        let (_, body) = svg.split_once('>').ok_or_else(|| Fault::defect("the chart is no SVG"))?;
        let Measures { width, height, .. } = size.measures();
        let id = format!("{}-{}", self.id, if size == Size::Wide { "wide" } else { "narrow" });
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        Ok(format!(
            "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>{body}"
        ))
    }

    fn paint(&self, f: &Frame, to: &Measures, svg: &mut String) -> Result<(), Undrawn> {
        let all = || self.series.iter().flat_map(|series| series.points.iter());
        let Some((first, last)) = all().map(|(day, _)| *day).min().zip(all().map(|(day, _)| *day).max()) else {
            return Ok(());
        };
        let amounts = euros(all().map(|(_, amount)| amount.cents()));
        let area = SVGBackend::with_string(svg, (to.width, to.height)).into_drawing_area();
        let mut plot = ChartBuilder::on(&area)
            .margin_top(14)
            .margin_right(to.right)
            .set_label_area_size(LabelAreaPosition::Left, to.left)
            .set_label_area_size(LabelAreaPosition::Bottom, to.below)
            .build_cartesian_2d(place(first)..place(last), amounts.lowest..amounts.highest)?;
        ground(f, (&area, &mut plot), to, &amounts.said)?;
        below(f, (&area, &mut plot), to, &days(first, last, to.most_days))?;
        // The line the chart is about comes last, on top.
        for series in self.series.iter().rev() {
            line(&mut plot, series)?;
        }
        if to.right > 50 {
            self.ends(f, (&area, &plot), to)?;
        }
        area.present()?;
        Ok(())
    }

    /// The last value of every line at its end, pushed apart where they would touch.
    fn ends(&self, f: &Frame, (area, plot): (&Area<'_>, &Plot<'_, '_>), to: &Measures) -> Result<(), Undrawn> {
        let gap = i32::try_from(to.text).unwrap_or_default() + 4;
        let mut ends: Vec<(i32, i32, i32, &Series, Money)> = Vec::new();
        for series in &self.series {
            if let Some((day, amount)) = series.points.last() {
                let (x, y) = plot.plotting_area().map_coordinate(&(place(*day), amount.cents()));
                ends.push((x, y, y, series, *amount));
            }
        }
        ends.sort_by_key(|end| end.1);
        for at in 1..ends.len() {
            let above = ends[at - 1].2;
            ends[at].2 = ends[at].2.max(above + gap);
        }
        // What was pushed below the axis comes back up, and takes the others along.
        let mut lowest = i32::try_from(to.height - to.below).unwrap_or_default() - 4;
        for end in ends.iter_mut().rev() {
            end.2 = end.2.min(lowest);
            lowest = end.2 - gap;
        }
        for (x, y, label, series, amount) in ends {
            area.draw(&Circle::new((x, y), 4, series.rgb().filled()))?;
            area.draw(&PathElement::new(vec![(x + 5, y), (x + 12, label)], series.rgb().stroke_width(1)))?;
            let style = text(to, series.rgb(), (HPos::Left, VPos::Center));
            area.draw_text(&whole_euros(f, amount.cents()), &style, (x + 15, label))?;
        }
        Ok(())
    }
}

/// A day as a place.
fn place(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

fn text(to: &Measures, colour: RGBColor, (across, along): (HPos, VPos)) -> TextStyle<'static> {
    let style = TextStyle::from(("sans-serif", to.text).into_font()).pos(Pos::new(across, along));
    TextStyle { color: colour.to_backend_color(), ..style }
}

/// Lines across with their amounts; the zero is the strongest.
fn ground(
    f: &Frame,
    (area, plot): (&Area<'_>, &mut Plot<'_, '_>),
    to: &Measures,
    amounts: &[i64],
) -> Result<(), Undrawn> {
    let days = plot.x_range();
    let style = text(to, INK, (HPos::Right, VPos::Center));
    for amount in amounts {
        let colour = if *amount == 0 { AXIS } else { GRID };
        plot.draw_series([PathElement::new(vec![(days.start, *amount), (days.end, *amount)], colour.stroke_width(1))])?;
        let (x, y) = plot.plotting_area().map_coordinate(&(days.start, *amount));
        area.draw_text(&whole_euros(f, *amount), &style, (x - 10, y))?;
    }
    Ok(())
}

/// Small marks below with their days.
fn below(f: &Frame, (area, plot): (&Area<'_>, &mut Plot<'_, '_>), to: &Measures, days: &[Tick]) -> Result<(), Undrawn> {
    let lowest = plot.y_range().start;
    let style = text(to, INK, (HPos::Center, VPos::Top));
    for tick in days {
        let (x, y) = plot.plotting_area().map_coordinate(&(place(tick.day), lowest));
        area.draw(&PathElement::new(vec![(x, y), (x, y + 5)], AXIS.stroke_width(1)))?;
        let words = if tick.year {
            tick.day.year().to_string()
        } else {
            let month = f.t(&format!("month-{}", tick.day.month()));
            format!("{} {}", month.chars().take(3).collect::<String>(), tick.day.year())
        };
        area.draw_text(&words, &style, (x, y + 9))?;
    }
    Ok(())
}

fn line(plot: &mut Plot<'_, '_>, series: &Series) -> Result<(), Undrawn> {
    let points: Vec<(i64, i64)> = series.points.iter().map(|(day, amount)| (place(*day), amount.cents())).collect();
    let style = series.rgb().stroke_width(series.width());
    if series.stroke == Stroke::Area {
        plot.draw_series(AreaSeries::new(points.clone(), 0, series.rgb().mix(0.14)))?;
    }
    if series.stroke == Stroke::Dashed {
        plot.draw_series(DashedLineSeries::new(points, 7, 5, style))?;
    } else {
        plot.draw_series(LineSeries::new(points, style))?;
    }
    Ok(())
}

/// Cents as whole euros, rounded: `€ 250.000`.
fn whole_euros(f: &Frame, cents: i64) -> String {
    let shown = f.money(Money::from_euros((cents + 50).div_euclid(100)));
    shown.rsplit_once([',', '.']).map_or(shown.clone(), |(euros, _)| euros.to_owned())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
