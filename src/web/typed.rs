//! Days as people type them where a browser has no calendar of its own.

use chrono::NaiveDate;

/// The day of a date field: `2026-10-16` as browsers send it, or `16/10/2026` as people write it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_browsers_send_it_and_as_people_write_it() {
        let expected = NaiveDate::from_ymd_opt(2026, 10, 6);
        assert_eq!(day("2026-10-06"), expected);
        assert_eq!(day(" 6/10/2026 "), expected);
        assert_eq!(day("10-2026"), None);
        assert_eq!(day("31/02/2026"), None);
    }
}
