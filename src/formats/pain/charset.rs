//! The character set of SEPA payments, and how other signs are written in it.
//!
//! Banks in the scheme must handle `a-z A-Z 0-9 / - ? : ( ) . , ' +` and the blank (EPC217-08, *SEPA requirements
//! for an extended character set*). Everything else is written with these before a file is signed, so that what
//! is stored is what is sent. Accents fall off by Unicode decomposition (NFKD); letters that do not decompose
//! are in a table of our own, as are a few signs. A letter or digit of another script is never dropped in
//! silence: it is told, and the line that holds it does not leave. Any other sign becomes a blank.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A text in the character set of SEPA.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transliterated {
    /// The text: allowed signs only, no blank at its ends, no two blanks in a row.
    pub text: String,
    /// Letters and digits that have no form in this character set, each once.
    pub lost: Vec<char>,
}

/// True for a sign that every bank of the scheme accepts.
pub fn is_allowed(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(sign)
}

/// Writes a text in the character set of SEPA. What is in it already stays as it is.
pub fn transliterate(text: &str) -> Transliterated {
    let mut written = Transliterated::default();
    for sign in text.chars() {
        if !put(&mut written.text, sign) {
            let mut lost = false;
            decompose_compatible(sign, |part| lost |= !put(&mut written.text, part));
            if lost && !written.lost.contains(&sign) {
                written.lost.push(sign);
            }
        }
    }
    written.text.truncate(written.text.trim_end().len());
    written
}

/// Writes a sign as it is, as its replacement, or as a blank. False for a letter or digit that has none: it may
/// still decompose into some that have.
fn put(text: &mut String, sign: char) -> bool {
    if let Some(instead) = replacement(sign) {
        text.push_str(instead);
    } else if is_allowed(sign) && sign != ' ' {
        text.push(sign);
    } else if invisible(sign) {
        return true;
    } else if sign.is_alphanumeric() || decomposes(sign) {
        return false;
    } else if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
    true
}

/// True for a sign that consists of others, like a fraction or a ligature.
fn decomposes(sign: char) -> bool {
    let mut itself = true;
    decompose_compatible(sign, |part| itself &= part == sign);
    !itself
}

/// Signs that take no room on paper.
fn invisible(sign: char) -> bool {
    is_combining_mark(sign)
        || matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Letters that do not decompose, and signs with a near relative.
fn replacement(sign: char) -> Option<&'static str> {
    Some(match sign {
        'Æ' | 'Ǽ' => "AE",
        'æ' | 'ǽ' => "ae",
        'Œ' => "OE",
        'œ' => "oe",
        'ß' => "ss",
        'ẞ' => "SS",
        'Ø' | 'Ǿ' => "O",
        'ø' | 'ǿ' | '°' => "o",
        'Ł' => "L",
        'ł' => "l",
        'Đ' | 'Ð' => "D",
        'đ' | 'ð' => "d",
        'Þ' => "TH",
        'þ' => "th",
        'Ħ' => "H",
        'ħ' => "h",
        'Ŧ' => "T",
        'ŧ' => "t",
        'Ŋ' => "NG",
        'ŋ' => "ng",
        'ı' => "i",
        'ĸ' => "k",
        'Ə' => "E",
        'ə' => "e",
        '€' => "EUR",
        '&' => "+",
        '@' => "(at)",
        '_' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '"' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '′' | '″' | 'ʼ' | '«' | '»' => {
            "'"
        }
        '[' | '{' | '<' => "(",
        ']' | '}' | '>' => ")",
        ';' => ",",
        '!' | '·' => ".",
        '\\' | '|' | '⁄' => "/",
        '×' => "x",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let written = transliterate(text);
        assert!(written.lost.is_empty(), "{text}");
        written.text
    }

    #[test]
    fn names_of_europe_keep_their_letters() {
        for (name, sepa) in [
            ("Dakwerken Désiré & Zonen", "Dakwerken Desire + Zonen"),
            ("Łukasz Wiśniewski", "Lukasz Wisniewski"),
            ("Søren Ørsted", "Soren Orsted"),
            ("Groß GmbH", "Gross GmbH"),
            ("Cœur d’Œuvre", "Coeur d'OEuvre"),
            ("Þórður Ægisson", "THordur AEgisson"),
            ("Yılmaz İnşaat", "Yilmaz Insaat"),
            ("Đorđe Žižić", "Dorde Zizic"),
            ("Müller–Lüdenscheidt", "Muller-Ludenscheidt"),
            ("e\u{301}cole", "ecole"),
            ("ﬁrma № 5", "firma No 5"),
            ("½ dak", "1/2 dak"),
            ("Bouw_bv \"De Eik\"", "Bouw-bv 'De Eik'"),
            ("a\u{200b}b\u{ad}c", "abc"),
            ("  twee \t\n blanco's  ", "twee blanco's"),
            ("dak 🏠 klaar", "dak klaar"),
            ("€ 12,50", "EUR 12,50"),
        ] {
            assert_eq!(written(name), sepa, "{name}");
        }
    }

    #[test]
    fn letters_of_another_script_are_told() {
        let Transliterated { text, lost } = transliterate("Γιώργος bv ΓΓ");
        assert_eq!(text, "bv");
        assert!(lost.contains(&'Γ') && lost.iter().filter(|sign| **sign == 'Γ').count() == 1, "{lost:?}");
        assert_eq!(transliterate("Иван").text, "");
    }

    proptest! {
        #[test]
        fn nothing_but_allowed_signs_comes_out_and_doing_it_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = transliterate(&text).text;
            prop_assert!(once.chars().all(is_allowed), "{once}");
            prop_assert!(!once.contains("  ") && once.trim() == once, "{once:?}");
            let twice = transliterate(&once);
            prop_assert_eq!(&twice.text, &once);
            prop_assert!(twice.lost.is_empty());
        }

        #[test]
        fn what_is_in_the_set_stays_as_it_is(text in "[a-zA-Z0-9/?:().,'+-]{0,40}") {
            prop_assert_eq!(transliterate(&text).text, text);
        }
    }
}
