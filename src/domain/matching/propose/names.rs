//! Names of people in what banks write.

/// The longest family name that is looked for, in words.
const NAME_WORDS: usize = 4;

/// The words of a text in small letters without accents, as banks write names.
pub fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
    plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What may be a family name in a text: every run of at most four words, and what stands between blanks as it is.
/// Names are looked up by these, in the same small letters without accents.
pub fn family_names(text: &str) -> Vec<String> {
    let words = words(text);
    let mut found: Vec<String> = Vec::new();
    for start in 0..words.len() {
        for end in start + 1..=words.len().min(start + NAME_WORDS) {
            found.push(words[start..end].join(" "));
        }
    }
    let raw: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
    let tokens: Vec<&str> = raw.split_whitespace().collect();
    for size in 1..=NAME_WORDS {
        found.extend(tokens.windows(size).map(|window| window.join(" ")));
    }
    found.retain(|name| name.chars().count() > 1);
    found.sort_unstable();
    found.dedup();
    found
}

/// A small letter without its accent; the same letters as the index on family names.
fn plain(sign: char) -> char {
    match sign {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}
