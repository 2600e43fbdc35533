//! The words of the house: ids, numbers, times, leg events and orders, desk commands, facts, outcomes.
//! Here stands the validity of one value and no rule of the centre; no I/O, no clock, no chance. Every word is
//! serialisable, so that a bus can stand between the rooms later.

pub mod agent;
pub mod desk;
pub mod fact;
pub mod ids;
pub mod leg;
pub mod line;
pub mod outcome;
pub mod personal;
pub mod phone;
pub mod promise;
pub mod time;

pub use agent::{AgentState, AgentWish, BreakReason};
pub use desk::{DeskCommand, DeskRefusal};
pub use fact::{
    AgentSpent, CallEnded, CallJoined, Envelope, Fact, OfferEnd, QueueEntry, RecordingClosed, RecordingRefusal,
};
pub use ids::{
    AgentId, AppealId, CallId, LegId, LineId, OfferId, PersonId, PlayId, PromiseId, PromptId, ResultId, SubjectId,
    TopicGroupId, TopicId,
};
pub use leg::{Effect, EffectKey, LegEvent, LegOrder, Playlist, SoundRefusal};
pub use line::{LineMode, LineNumber};
pub use outcome::{AbandonStage, HangupSide, Outcome};
pub use personal::Personal;
pub use phone::{PhoneError, PhoneNumber};
pub use promise::{PromiseCommand, PromiseKind, PromiseOutcome, PromiseRefusal, Proof, TryResult};
pub use time::{MonoMs, Now, UtcMs};
