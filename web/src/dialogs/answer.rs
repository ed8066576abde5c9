//! Answers to what a verb asks, as scenario text: read from its defaults, written into its command.

/// The names in `[n1, n2]`, or in the one name `n1`.
pub fn names(text: &str) -> Vec<String> {
    text.split(['[', ']', ',']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The sides in `[[n1, n2], [n3]]`.
pub fn sides(text: &str) -> Vec<Vec<String>> {
    let inside = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    inside.split(']').map(names).filter(|side| !side.is_empty()).collect()
}

/// Names as `[n1, n2]`.
pub fn write_names(names: &[String]) -> String {
    format!("[{}]", names.join(", "))
}

/// Sides as `[[n1, n2], [n3]]`; empty ones are left out.
pub fn write_sides(sides: &[Vec<String>]) -> String {
    let sides: Vec<_> = sides.iter().filter(|side| !side.is_empty()).map(|side| write_names(side)).collect();
    format!("[{}]", sides.join(", "))
}

/// A user's own word, quoted where YAML would take it for something else.
pub fn write_word(word: &str) -> String {
    let plain = word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter))
        && !matches!(
            word.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

/// The word in a default, without its quotes.
pub fn read_word(text: &str) -> String {
    for quote in ['\'', '"'] {
        if let Some(inside) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inside.replace("''", "'");
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sides_come_back_as_they_were_written() {
        assert_eq!(names("[n1, n2]"), ["n1", "n2"]);
        assert_eq!(names("n1"), ["n1"]);
        assert_eq!(write_sides(&sides("[[n1, n2], [n3]]")), "[[n1, n2], [n3]]");
        assert_eq!(write_sides(&[vec![], vec!["n3".to_owned()]]), "[[n3]]");
    }

    #[test]
    fn a_word_is_quoted_where_it_must_be() {
        assert_eq!(write_word("x"), "x");
        assert_eq!(write_word("7"), "'7'");
        assert_eq!(write_word("yes"), "'yes'");
        assert_eq!(write_word("it's: }"), "'it''s: }'");
        assert_eq!(read_word(&write_word("it's: }")), "it's: }");
    }
}
