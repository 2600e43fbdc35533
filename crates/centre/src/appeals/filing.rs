//! What an appeal is: what people write in it, how long that may be, what it still lacks before it can be filed, and
//! how its number is written.

use std::fmt;

use otklik_model::{PersonId, Personal, ResultId, TopicId};
use serde::{Deserialize, Serialize};

/// Most letters of what was asked, and of what was answered.
pub const TEXT_LETTERS: usize = 4_000;
/// Most letters that say for whom somebody speaks.
pub const RELATION_LETTERS: usize = 200;
/// Most topics: one main one, up to two more.
pub const TOPICS: usize = 3;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in tables and in the API.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The one of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

named! {
    /// Where an appeal stands.
    Status {
        /// Being written; has no number.
        Draft = "draft",
        /// Filed, with a number, for ever.
        Registered = "registered",
        /// A contact that is no appeal; can be made a draft again.
        Dismissed = "dismissed",
    }
}

named! {
    /// What an appeal is by law.
    Kind {
        /// Information by telephone (8-FZ): no 30-day clock.
        Consultation = "consultation",
        /// An appeal under 59-FZ: taken down because the person wants an official answer.
        Appeal59Fz = "appeal_59fz",
    }
}

named! {
    /// Why a contact is no appeal.
    Dismissal {
        /// Nobody spoke.
        Silence = "silence",
        /// A wrong number.
        WrongNumber = "wrong_number",
        /// A prank.
        Prank = "prank",
        /// Abuse.
        Abuse = "abuse",
    }
}

named! {
    /// What an appeal lacks before it can be filed.
    Missing {
        /// No topic is chosen.
        Topic = "topic",
        /// Nothing says what was asked.
        Asked = "asked",
        /// No result is chosen.
        Result = "result",
        /// Nobody asked who speaks.
        Speaker = "speaker",
    }
}

/// Who speaks. A number is not a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Asked, and not said: an anonymous appeal is an appeal.
    DidNotSay,
    /// Somebody with a card.
    Person(PersonId),
}

/// For whom they speak.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    /// For themselves.
    #[default]
    Oneself,
    /// For somebody with a card.
    Person(PersonId),
    /// For somebody described in words.
    Relation(Personal<String>),
}

/// All that people write in an appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is by law.
    pub kind: Kind,
    /// Topics, the main one first.
    pub topics: Vec<TopicId>,
    /// What was asked.
    pub asked: Personal<String>,
    /// What was answered.
    pub answered: Personal<String>,
    /// What it ended with.
    pub result: Option<ResultId>,
    /// Who speaks.
    pub speaker: Speaker,
    /// For whom.
    pub for_whom: Beneficiary,
}

/// Why a content cannot be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A text has more letters than fit.
    #[error("{field} is longer than {limit} letters")]
    TooLong {
        /// Which.
        field: &'static str,
        /// How many letters fit.
        limit: usize,
    },
    /// More topics than one main one and two more.
    #[error("more than {TOPICS} topics")]
    TooManyTopics,
    /// For somebody described in words, without a word.
    #[error("nothing says for whom")]
    NoRelation,
    /// A card with neither a family nor a given name.
    #[error("neither a family nor a given name")]
    NoName,
    /// A year in which nobody who lives was born.
    #[error("not a year of birth")]
    BadBirthYear,
}

impl Content {
    /// An empty draft.
    pub fn empty() -> Self {
        Self {
            kind: Kind::Consultation,
            topics: Vec::new(),
            asked: Personal::new(String::new()),
            answered: Personal::new(String::new()),
            result: None,
            speaker: Speaker::Unknown,
            for_whom: Beneficiary::Oneself,
        }
    }

    /// The content as it is stored: texts without control characters and outer blanks, each topic once.
    ///
    /// # Errors
    /// [`Flaw`], where it does not fit. Nothing is ever cut.
    pub fn tidied(self) -> Result<Self, Flaw> {
        let mut topics: Vec<TopicId> = Vec::new();
        for topic in self.topics {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        if topics.len() > TOPICS {
            return Err(Flaw::TooManyTopics);
        }
        let for_whom = match self.for_whom {
            Beneficiary::Relation(relation) => {
                let relation = fitting("relation", relation, RELATION_LETTERS)?;
                if relation.reveal().is_empty() {
                    return Err(Flaw::NoRelation);
                }
                Beneficiary::Relation(relation)
            }
            other @ (Beneficiary::Oneself | Beneficiary::Person(_)) => other,
        };
        let asked = fitting("asked", self.asked, TEXT_LETTERS)?;
        let answered = fitting("answered", self.answered, TEXT_LETTERS)?;
        Ok(Self { topics, asked, answered, for_whom, ..self })
    }

    /// What it lacks before it can be filed, in the order in which it is asked for.
    pub fn missing(&self) -> Vec<Missing> {
        let lacks = |missing: Missing| match missing {
            Missing::Topic => self.topics.is_empty(),
            Missing::Asked => self.asked.reveal().trim().is_empty(),
            Missing::Result => self.result.is_none(),
            Missing::Speaker => self.speaker == Speaker::Unknown,
        };
        Missing::ALL.iter().copied().filter(|missing| lacks(*missing)).collect()
    }

    /// The persons whom it names.
    pub fn persons(&self) -> impl Iterator<Item = PersonId> {
        let speaker = match self.speaker {
            Speaker::Person(id) => Some(id),
            Speaker::Unknown | Speaker::DidNotSay => None,
        };
        let for_whom = match self.for_whom {
            Beneficiary::Person(id) => Some(id),
            Beneficiary::Oneself | Beneficiary::Relation(_) => None,
        };
        speaker.into_iter().chain(for_whom)
    }
}

/// A text without control characters (line breaks and tabs stay) and outer blanks, where it fits.
///
/// # Errors
/// [`Flaw::TooLong`] with the name of the field.
pub fn fitting(field: &'static str, text: Personal<String>, limit: usize) -> Result<Personal<String>, Flaw> {
    let text = text.into_inner().replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let kept = kept.trim();
    if kept.chars().count() > limit { Err(Flaw::TooLong { field, limit }) } else { Ok(Personal::new(kept.to_owned())) }
}

/// The number of a filed appeal, as it is told and found: the last two digits of the year of the local day, a hyphen, and
/// the place in that year, counted without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistrationNumber {
    /// The year.
    pub year: i16,
    /// The place in it, from 1 on.
    pub n: u64,
}

impl fmt::Display for RegistrationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:06}", self.year.rem_euclid(100), self.n)
    }
}

#[cfg(test)]
mod tests {
    use otklik_model::{Personal, ResultId, TopicId};

    use super::{Beneficiary, Content, Flaw, Missing, RegistrationNumber, Speaker, TEXT_LETTERS};

    fn text(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    #[test]
    fn what_is_missing_is_named_until_nothing_is() {
        let mut content = Content::empty();
        assert_eq!(content.missing(), Missing::ALL);
        content.topics = vec![TopicId::new("pension")];
        content.asked = text(" \n ");
        assert_eq!(content.missing(), [Missing::Asked, Missing::Result, Missing::Speaker], "blanks ask nothing");
        content.asked = text("Что положено");
        content.result = Some(ResultId::new("explained"));
        content.speaker = Speaker::DidNotSay;
        assert_eq!(content.missing(), []);
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_cut() {
        let full = "ё".repeat(TEXT_LETTERS);
        let fits = Content { asked: text(&full), answered: text("а\r\nб\u{0}\u{1b}"), ..Content::empty() };
        let tidied = fits.tidied().expect("4,000 letters fit");
        assert_eq!((tidied.asked.reveal(), tidied.answered.reveal().as_str()), (&full, "а\nб"));
        let long = Content { answered: text(&(full + "е")), ..Content::empty() };
        assert_eq!(long.tidied(), Err(Flaw::TooLong { field: "answered", limit: TEXT_LETTERS }));
        let topics = |n: usize| (0..n).map(|n| TopicId::new(n.to_string())).collect::<Vec<_>>();
        let twice = Content { topics: [topics(3), topics(3)].concat(), ..Content::empty() };
        assert_eq!(twice.tidied().expect("three topics").topics, topics(3));
        let many = Content { topics: topics(4), ..Content::empty() };
        assert_eq!(many.tidied(), Err(Flaw::TooManyTopics));
        let nobody = Content { for_whom: Beneficiary::Relation(text(" ")), ..Content::empty() };
        assert_eq!(nobody.tidied(), Err(Flaw::NoRelation));
    }

    #[test]
    fn numbers_are_short_enough_to_be_told() {
        let table = [(2026, 123, "26-000123"), (2009, 1, "09-000001"), (2026, 1_234_567, "26-1234567")];
        for (year, n, told) in table {
            assert_eq!(RegistrationNumber { year, n }.to_string(), told);
        }
    }
}
