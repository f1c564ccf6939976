//! Words that do not belong in finished work.

use super::source::Source;

/// Each word and what to do instead. Written in halves, so that this file does not find itself.
const WORDS: &[(&str, &str)] = &[
    (concat!("#[al", "low("), "use #[expect(…, reason = \"…\")]: it says why, and when it is no longer needed"),
    (concat!("#![al", "low("), "use #![expect(…, reason = \"…\")]: it says why, and when it is no longer needed"),
    (concat!("to", "do!"), "do it"),
    (concat!("TO", "DO"), "do it, or open an issue"),
    (concat!("FIX", "ME"), "mend it, or open an issue"),
    (concat!("unimple", "mented!"), "write it"),
    (concat!("db", "g!("), "look at it, then take it out"),
];

/// Forbidden words, in comments too.
pub(super) fn forbidden(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (index, line) in source.lines().enumerate() {
        for (word, instead) in WORDS.iter().filter(|(word, _)| line.contains(word)) {
            findings.push(source.at(index + 1, &format!("{word} is not for finished work: {instead}")));
        }
    }
    findings
}

mod tests {
    use super::*;

    #[test]
    fn every_forbidden_word_is_found() {
        for (word, _) in WORDS {
            assert_eq!(forbidden(&Source::new("src/a.rs", &format!("fn a() {{\n    {word}\n}}"))).len(), 1, "{word}");
        }
        assert!(forbidden(&Source::new("src/a.rs", "#[expect(dead_code, reason = \"why\")]")).is_empty());
    }
}
