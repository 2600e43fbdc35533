//! Ids as newtypes: a call's id cannot stand where a leg's is asked for.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! counter_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// Makes the id from its text.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

uuid_id!(
    /// Names one call for ever (`UUIDv7`, so that ids sort by arrival).
    CallId
);
uuid_id!(
    /// Names one leg: a SIP dialog or a browser's connection with its media.
    LegId
);
uuid_id!(
    /// Stands in facts for whoever calls from one number; the number itself stands in a side table.
    SubjectId
);
uuid_id!(
    /// Names a promise. A promise that a call caused has the call's uuid, so that a second one for the same call
    /// is impossible by key.
    PromiseId
);
uuid_id!(
    /// Names an appeal. The appeal that a call opened has the call's uuid, so that a second one for the same call is
    /// impossible by key.
    AppealId
);
uuid_id!(
    /// Names the card of somebody who turned to the centre; staff have an [`AgentId`].
    PersonId
);
counter_id!(
    /// Names one offer of a call to a specialist; unique within an epoch.
    OfferId
);
counter_id!(
    /// Names one playing of a playlist, so that a late `PlayDone` is told from the current one.
    PlayId
);
text_id!(
    /// Names a line (a published number with hours and rules), as written in the centre's configuration.
    LineId
);
text_id!(
    /// Names a specialist by their sign-in name.
    AgentId
);
text_id!(
    /// Names a prompt, as in `data/prompts/prompts.tsv`.
    PromptId
);
text_id!(
    /// Names a topic of appeals, as in `data/topics.yaml`.
    TopicId
);
text_id!(
    /// Names a group of topics.
    TopicGroupId
);
text_id!(
    /// Names a result of appeals.
    ResultId
);
