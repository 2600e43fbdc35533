//! The table of prompts: `id, barge, ru, en, file, source`, parted by tabs, with a head line.

use anyhow::{Result, bail, ensure};

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// The id by which the centre plays it.
    pub(crate) id: String,
    /// What is spoken, in words: no digits, no abbreviations.
    pub(crate) russian: String,
    /// Name of the sound file beside the table.
    pub(crate) file: String,
    /// Where the sound comes from.
    pub(crate) source: Source,
}

/// Where a sound comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Spoken by Festival with the voice of festvox-ru.
    Festival,
    /// Composed by `xtask prompts`.
    Generated,
}

const HEAD: &str = "id\tbarge\tru\ten\tfile\tsource";

/// Reads the table; a row that the line could not play, or the voice not speak, is an error.
pub(crate) fn parse(text: &str) -> Result<Vec<Prompt>> {
    let mut lines = text.lines();
    ensure!(lines.next() == Some(HEAD), "the head is not `{}`", HEAD.replace('\t', " "));
    let mut prompts: Vec<Prompt> = Vec::new();
    for (index, line) in lines.enumerate() {
        let prompt = row(line).map_err(|error| error.context(format!("line {}", index + 2)))?;
        ensure!(prompts.iter().all(|other| other.id != prompt.id), "line {}: {} again", index + 2, prompt.id);
        prompts.push(prompt);
    }
    Ok(prompts)
}

fn row(line: &str) -> Result<Prompt> {
    let [id, barge, russian, english, file, source] = line.split('\t').collect::<Vec<_>>()[..] else {
        bail!("not six cells");
    };
    ensure!(matches!(barge, "yes" | "no"), "barge is yes or no, not `{barge}`");
    ensure!(!english.is_empty(), "no English text");
    ensure!(file == format!("{id}.wav"), "the file of `{id}` is `{id}.wav`, not `{file}`");
    let source = match source.split_whitespace().next() {
        Some("festival") => Source::Festival,
        Some("generated") => Source::Generated,
        _ => bail!("the source is festival or generated, not `{source}`"),
    };
    if let Some(strange) = russian.chars().find(|c| source == Source::Festival && !speakable(*c)) {
        bail!("the voice cannot speak `{strange}`: write it in words");
    }
    Ok(Prompt { id: id.to_owned(), russian: russian.to_owned(), file: file.to_owned(), source })
}

fn speakable(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | ' ' | ',' | '.' | '!' | '?' | '-' | ':')
}

#[cfg(test)]
mod tests {
    use super::{HEAD, parse};

    #[test]
    fn rows_that_cannot_be_played_are_refused() {
        let table = [
            ("a\tyes\tДа. Да!\tYes.\ta.wav\tfestival", Ok(1)),
            ("a\tyes\t~ тихие аккорды ~\tchords\ta.wav\tgenerated here", Ok(1)),
            ("a\tyes\tДа\tYes\ta.wav\tfestival\na\tno\tДа\tYes\ta.wav\tfestival", Err("line 3: a again")),
            ("a\tyes\tДа\tYes\ta.wav", Err("line 2: not six cells")),
            ("a\tmay\tДа\tYes\ta.wav\tfestival", Err("line 2: barge is yes or no, not `may`")),
            ("a\tyes\tДа\t\ta.wav\tfestival", Err("line 2: no English text")),
            ("a\tyes\tДа\tYes\tb.wav\tfestival", Err("line 2: the file of `a` is `a.wav`, not `b.wav`")),
            ("a\tyes\tв 8\tat 8\ta.wav\tfestival", Err("line 2: the voice cannot speak `8`: write it in words")),
            ("a\tyes\tДа\tYes\ta.wav\tstudio", Err("line 2: the source is festival or generated, not `studio`")),
        ];
        for (rows, expected) in table {
            let parsed = parse(&format!("{HEAD}\n{rows}\n")).map(|prompts| prompts.len());
            let said = parsed.map_err(|error| format!("{error:#}"));
            assert_eq!(said, expected.map_err(str::to_owned), "{rows}");
        }
        assert!(parse("").is_err());
    }
}
