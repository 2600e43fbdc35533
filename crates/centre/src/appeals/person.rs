//! The card of a person: who somebody is who turns to the centre, and no more than it takes to help them.

use otklik_model::Personal;

use super::filing::{Flaw, fitting};

/// Most letters of each name.
pub const NAME_LETTERS: usize = 100;
/// Most letters of the note.
pub const NOTE_LETTERS: usize = 1_000;
/// Years of birth that are believed.
pub const BIRTH_YEARS: std::ops::RangeInclusive<u16> = 1_880..=2_100;

/// The name of a person; a part that is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Family name.
    pub family_name: Personal<String>,
    /// Given name.
    pub given_name: Personal<String>,
    /// Patronymic.
    pub patronymic: Personal<String>,
}

/// All that people write on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonContent {
    /// The name.
    pub name: PersonName,
    /// The year of birth, which tells people of one name apart.
    pub birth_year: Option<u16>,
    /// What the next specialist should know.
    pub note: Personal<String>,
}

impl PersonContent {
    /// The content as it is stored: names on one line, texts without control characters and outer blanks.
    ///
    /// # Errors
    /// [`Flaw`], where it does not fit. Nothing is ever cut.
    pub fn tidied(self) -> Result<Self, Flaw> {
        let PersonName { family_name, given_name, patronymic } = self.name;
        let name = PersonName {
            family_name: one_line("family_name", &family_name)?,
            given_name: one_line("given_name", &given_name)?,
            patronymic: one_line("patronymic", &patronymic)?,
        };
        if name.family_name.reveal().is_empty() && name.given_name.reveal().is_empty() {
            return Err(Flaw::NoName);
        }
        if self.birth_year.is_some_and(|year| !BIRTH_YEARS.contains(&year)) {
            return Err(Flaw::BadBirthYear);
        }
        let note = fitting("note", self.note, NOTE_LETTERS)?;
        Ok(Self { name, birth_year: self.birth_year, note })
    }
}

fn one_line(field: &'static str, text: &Personal<String>) -> Result<Personal<String>, Flaw> {
    let line = text.reveal().split_whitespace().collect::<Vec<_>>().join(" ");
    fitting(field, Personal::new(line), NAME_LETTERS)
}

#[cfg(test)]
mod tests {
    use otklik_model::Personal;

    use super::{PersonContent, PersonName};
    use crate::appeals::filing::Flaw;

    #[test]
    fn a_card_needs_a_name_and_cuts_nothing() {
        let card = |names: [&str; 3], birth_year, note: &str| {
            let [family_name, given_name, patronymic] = names.map(|name| Personal::new(name.to_owned()));
            let name = PersonName { family_name, given_name, patronymic };
            PersonContent { name, birth_year, note: Personal::new(note.to_owned()) }.tidied()
        };
        let tidied = card([" Вымыслова ", "Ольга\n Анна", ""], Some(1_988), "плохо слышит").expect("a card");
        assert_eq!(tidied.name.family_name.reveal(), "Вымыслова");
        assert_eq!(tidied.name.given_name.reveal(), "Ольга Анна");
        assert_eq!(card([" ", "\u{1}", "Сергеевна"], None, ""), Err(Flaw::NoName));
        assert_eq!(card(["", "Ольга", ""], Some(188), ""), Err(Flaw::BadBirthYear));
        let long = Flaw::TooLong { field: "patronymic", limit: 100 };
        assert_eq!(card(["", "Ольга", &"а".repeat(101)], None, ""), Err(long));
        let long = Flaw::TooLong { field: "note", limit: 1_000 };
        assert_eq!(card(["", "Ольга", ""], None, &"а".repeat(1_001)), Err(long));
    }
}
