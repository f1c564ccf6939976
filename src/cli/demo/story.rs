//! The story as people read it: what happened per year, and what the house looks like now.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::tally::{Tally, Year};
use crate::cli::Failure;
use crate::domain::loan::Status;
use crate::domain::money::Money;
use crate::services::desk::{self, ApplicationFilter, Wanted};
use crate::services::funds::position::position;
use crate::services::ledger::check::check;
use crate::services::{Actor, House};

/// What happened, year by year. The same for the same seed.
pub(super) fn of_the_years(tally: &Tally, first: NaiveDate, last: NaiveDate) -> String {
    let mut text = format!(
        "The story of an Energiehuis, from {} to {}.\nThirteen municipalities, three funds. Every family, firm, number \
         and account is invented.\n",
        day(first),
        day(last)
    );
    for (year, counted) in tally.years() {
        let _ = write!(text, "\n{}\n{}", year, of_a_year(counted));
    }
    let _ = write!(
        text,
        "\nIn all those years {} asked, {} signed for {}, and borrowers paid {} back.\n",
        families(tally.total(|year| year.asked)),
        tally.total(|year| year.signed),
        euros(tally.total(|year| year.lent)),
        euros(tally.total(|year| year.repaid + year.collected)),
    );
    text
}

fn of_a_year(year: &Year) -> String {
    let mut text = format!("  {} asked for help. ", families(year.asked));
    let decided = [(year.approved, "said yes to"), (year.refused, "no to")];
    let decided: Vec<String> =
        decided.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{words} {count}")).collect();
    match decided.as_slice() {
        [] => text += "The committee decided on none of them yet.",
        [only] => {
            let _ = write!(text, "The committee {}.", only.replace("no to", "said no to"));
        }
        both => {
            let _ = write!(text, "The committee {}.", both.join(" and "));
        }
    }
    if year.withdrawn > 0 {
        let _ = write!(text, " {} changed their mind.", year.withdrawn);
    }
    text.push('\n');
    if year.signed > 0 || year.works_finished > 0 {
        let (signed, finished) = (contracts(year.signed), houses(year.works_finished));
        let works =
            if year.works_finished > 0 { format!("; the works were finished at {finished}") } else { String::new() };
        let _ = writeln!(text, "  {signed} signed, for {}{works}.", euros(year.lent));
    }
    if year.invoices > 0 {
        let paid = euros(year.paid_to_contractors);
        let _ = writeln!(
            text,
            "  Contractors sent {} invoices; {paid} was approved, each by a second person.",
            year.invoices
        );
    }
    let _ = write!(text, "  The bank sent {} files with {} statements.", year.files, year.statements);
    if year.repayments > 0 {
        let _ = write!(text, " Borrowers paid {} in {} payments.", euros(year.repaid), year.repayments);
    }
    text.push('\n');
    if year.collected.is_positive() {
        let back = counted(u32::try_from(year.came_back).unwrap_or(u32::MAX), "collection", "collections");
        let _ = writeln!(text, "  {} was collected by direct debit; {back} came back.", euros(year.collected));
    }
    if year.runs > 0 {
        let runs = counted(year.runs, "payment run", "payment runs");
        let _ = writeln!(text, "  {runs} left for the bank, each released by two people.");
    }
    if year.suspense > 0 || year.settled > 0 {
        let came = counted(u32::try_from(year.suspense).unwrap_or(u32::MAX), "line", "lines");
        let _ = writeln!(text, "  {came} could not be placed; the accountant placed {} by hand.", year.settled);
    }
    if year.passed_on.is_positive() {
        let _ = writeln!(text, "  {} of what came back was passed on to VEKA.", euros(year.passed_on));
    }
    if year.reminders > 0 {
        let letters = counted(
            u32::try_from(year.reminders).unwrap_or(u32::MAX),
            "free first reminder was",
            "free first reminders were",
        );
        let _ = writeln!(text, "  {letters} written.");
    }
    text
}

/// The house as it is now, from its database, and whether its ledger agrees with everything else.
pub(super) async fn of_today(house: &House) -> Result<(String, bool), Failure> {
    let system = Actor::system();
    let today = house.clock.today();
    let mut text = format!("The house on {}\n", day(today));
    let funds = position(house, &system, None).await.map_err(Failure::unavailable)?;
    for fund in &funds {
        let _ = writeln!(
            text,
            "  {} ({}): {} on the bank, {} promised, {} owed by borrowers, {} to pass on, {} free to lend.",
            fund.name,
            fund.code,
            euros(fund.cash),
            euros(fund.committed),
            euros(fund.outstanding),
            euros(fund.due_to_funder),
            euros(fund.free_to_lend),
        );
    }
    text += &applications(house, &system).await?;
    text += &loans(house, &system).await?;
    let waiting = desk::waiting(house, &system).await.map_err(Failure::unavailable)?;
    let _ = writeln!(
        text,
        "  On the desks: {} invoices to approve, {} orders that the bank has not paid, {} bank lines without an owner.",
        waiting.invoices.unwrap_or_default(),
        waiting.orders.unwrap_or_default(),
        waiting.suspense.unwrap_or_default(),
    );
    let answer = check(house, &system).await.map_err(Failure::unavailable)?;
    if answer.ok {
        let _ = writeln!(
            text,
            "  The ledger: {} entries, checked against loans, orders and bank: everything agrees.",
            answer.entries
        );
    } else {
        let _ =
            writeln!(text, "  The ledger: {} entries, and {} differences:", answer.entries, answer.differences.len());
        for difference in &answer.differences {
            let _ = writeln!(
                text,
                "    {} {} {}: should be {}, is {}",
                difference.kind.code(),
                difference.fund,
                difference.loan.as_deref().unwrap_or_default(),
                difference.expected,
                difference.found,
            );
        }
    }
    Ok((text, answer.ok))
}

async fn applications(house: &House, actor: &Actor) -> Result<String, Failure> {
    let lines = desk::applications(house, actor, ApplicationFilter::default()).await.map_err(Failure::unavailable)?;
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &lines {
        *states.entry(line.state.as_str()).or_default() += 1;
    }
    let of = |state: &str| states.get(state).copied().unwrap_or_default();
    let oldest = lines.iter().filter(|line| line.state == "submitted").map(|line| line.applied_on).min();
    let since = oldest.map(|on| format!(", the longest since {}", day(on))).unwrap_or_default();
    Ok(format!(
        "  {} applications: {} wait for the committee{since}, {} are approved and not yet signed, {} signed, {} refused, \
         {} withdrawn.\n",
        lines.len(),
        of("submitted"),
        of("approved"),
        of("signed"),
        of("refused"),
        of("withdrawn"),
    ))
}

async fn loans(house: &House, actor: &Actor) -> Result<String, Failure> {
    let today = house.clock.today();
    let lines = desk::loans(house, actor, &Wanted::default()).await.map_err(Failure::unavailable)?;
    let of = |wanted: &[Status]| lines.iter().filter(|line| wanted.contains(&line.state.status)).count();
    let late: Vec<Money> =
        lines.iter().map(|line| line.state.overdue(today)).filter(|overdue| overdue.is_positive()).collect();
    Ok(format!(
        "  {} loans: {} with works under way, {} repaying month by month, {} waiting for their day, {} paid back in full. \
         {} behind, together {}.\n",
        lines.len(),
        of(&[Status::Signed, Status::Drawing]),
        of(&[Status::Repaying]),
        of(&[Status::Waiting, Status::CalledDue]),
        of(&[Status::Closed]),
        late.len(),
        euros(late.into_iter().sum()),
    ))
}

/// Where to look. No path of this machine: the text is the same everywhere.
pub(super) fn where_to_look() -> &'static str {
    "In the data folder: coda/ holds the files of the bank, one folder a year; outbox/ holds the mails with their\n\
     letters, as they would have left. No mail was sent.\n"
}

/// A day in words: `30 September 2026`.
fn day(on: NaiveDate) -> String {
    format!("{} {} {}", on.day(), MONTHS[usize::try_from(on.month0()).unwrap_or_default() % 12], on.year())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// An amount as people write it: `EUR 1,234.50`.
fn euros(amount: Money) -> String {
    let text = amount.abs().to_string();
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}EUR {grouped}.{cents}", if amount.is_negative() { "-" } else { "" })
}

fn families(count: u32) -> String {
    counted(count, "family", "families")
}

fn contracts(count: u32) -> String {
    counted(count, "contract was", "contracts were")
}

fn houses(count: u32) -> String {
    counted(count, "house", "houses")
}

fn counted(count: u32, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_read_like_people_write_them() {
        assert_eq!(euros(Money::from_cents(123_456_789)), "EUR 1,234,567.89");
        assert_eq!(euros(Money::from_cents(-50_000)), "-EUR 500.00");
        assert_eq!(day(NaiveDate::from_ymd_opt(2026, 9, 30).unwrap_or_default()), "30 September 2026");
    }
}
