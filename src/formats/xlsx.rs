//! Workbooks with real numbers: a title sheet of lines, then tables with a frozen heading.

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::domain::money::Money;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A whole number.
    Count(u32),
    /// An amount in euro: a number that can be added up, shown as `1,234.50`.
    Amount(Money),
    /// A day.
    Day(Option<NaiveDate>),
}

/// A table with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of its sheet, at most 31 signs.
    pub name: String,
    /// A heading for each column.
    pub headings: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// What it is; the first line of the title sheet.
    pub title: String,
    /// Name and value of each line of the title sheet.
    pub facts: Vec<(String, String)>,
    /// Its tables, one sheet each.
    pub tables: Vec<Table>,
    /// When it was made; written in its properties instead of the moment of writing.
    pub made_at: DateTime<Utc>,
}

/// A workbook that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}")]
pub struct CannotWrite(#[from] XlsxError);

/// Writes a workbook; the same book gives the same bytes.
pub fn write(book: &Book) -> Result<Vec<u8>, CannotWrite> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(book.made_at.timestamp())?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&created));
    title(workbook.add_worksheet().set_name("Titel")?, book)?;
    for sheet in &book.tables {
        table(workbook.add_worksheet().set_name(&sheet.name)?, sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn title(sheet: &mut Worksheet, book: &Book) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, &book.title, &Format::new().set_bold().set_font_size(16))?;
    let name = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Left);
    for (row, (what, value)) in (2..).zip(&book.facts) {
        sheet.write_with_format(row, 0, what, &name)?;
        sheet.write_with_format(row, 1, value, &wrapped)?;
    }
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 80)?;
    Ok(())
}

fn table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_text_wrap().set_background_color(0x00E8_EEF4);
    let (amount, day) = (Format::new().set_num_format("#,##0.00"), Format::new().set_num_format("yyyy-mm-dd"));
    for (column, text) in (0..).zip(&table.headings) {
        sheet.write_with_format(0, column, text, &heading)?;
        sheet.set_column_width(column, 16)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write(row, column, text)?,
                Cell::Count(count) => sheet.write(row, column, *count)?,
                Cell::Amount(money) => sheet.write_with_format(row, column, money.decimal(), &amount)?,
                Cell::Day(Some(date)) => sheet.write_with_format(row, column, date, &day)?,
                Cell::Day(None) => sheet,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
