//! The known name that was probably meant, for a name that is not known.

/// The nearest of `known` by edit distance, when it is near enough to be a slip of the hand. A key that forgot its
/// table (`smtp_url` for `mail.smtp_url`) is near too.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |candidate: &str| {
        let key = candidate.rsplit('.').next().unwrap_or_default();
        distance(name, candidate).min(distance(name, key))
    };
    let (distance, best) = known.into_iter().map(|candidate| (far(candidate), candidate)).min()?;
    (distance <= best.len() / 3 + 1).then_some(best)
}

/// Levenshtein distance: letters to insert, remove or replace.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_hand_finds_its_name_and_a_stranger_finds_none() {
        let known = ["listen", "base_url", "mail.smtp_url"];
        assert_eq!(nearest("lisen", known), Some("listen"));
        assert_eq!(nearest("smtp_url", known), Some("mail.smtp_url"));
        assert_eq!(nearest("mail.smtpurl", known), Some("mail.smtp_url"));
        assert_eq!(nearest("colour", known), None);
    }
}
