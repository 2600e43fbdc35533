//! What the pages read and write, as the API document describes it. Times are milliseconds since 1970 UTC.

use otklik_model::{AgentState, CallId, LineMode, Personal, PhoneNumber};
use otklik_store::{Gender, Person as StoredPerson, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::promises::DeskPromise;

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Person {
    /// Sign-in name.
    pub(crate) id: String,
    /// Name as others read it.
    pub(crate) name: String,
    /// What they may do.
    #[schema(value_type = RoleName)]
    pub(crate) role: Role,
    /// Form of words that the screens use for them.
    #[schema(value_type = Option<GenderName>)]
    pub(crate) gender: Option<Gender>,
}

/// Names of roles, for the API document.
#[derive(ToSchema)]
#[schema(as = Role, rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the role that the store owns")]
pub(crate) enum RoleName {
    Specialist,
    ShiftLead,
    Head,
    Administrator,
    PressOffice,
    MeasureEditor,
    PrivacyOfficer,
}

/// Names of genders, for the API document.
#[derive(ToSchema)]
#[schema(as = Gender, rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the gender that the store owns")]
pub(crate) enum GenderName {
    F,
    M,
}

impl From<StoredPerson> for Person {
    fn from(person: StoredPerson) -> Self {
        Self { id: person.id.0, name: person.name.into_inner(), role: person.role, gender: person.gender }
    }
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Session {
    pub(crate) person: Person,
    /// The centre's zone, `Europe/Moscow`, in which its pages tell times; nothing where it has no name.
    pub(crate) zone: Option<String>,
}

/// A line by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LineRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A line with its switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The number that people call.
    pub(crate) number: String,
    #[schema(value_type = LineModeName)]
    pub(crate) mode: LineMode,
    /// Would a caller reach a person now?
    pub(crate) open_now: bool,
}

/// Positions of a line's switch, for the API document.
#[derive(ToSchema)]
#[schema(as = LineMode, rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the switch that the model owns")]
pub(crate) enum LineModeName {
    Open,
    Closed,
    Calendar,
}

/// A new position of a line's switch.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetMode {
    #[schema(value_type = LineModeName)]
    pub(crate) mode: LineMode,
}

/// Lines.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LineList {
    pub(crate) lines: Vec<Line>,
}

/// The figures of a day (definitions: docs/figures.md).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Figures {
    /// The local day, `2026-11-24`.
    pub(crate) day: String,
    pub(crate) formula_version: u16,
    pub(crate) accepted: i64,
    pub(crate) offered: i64,
    pub(crate) answered: i64,
    pub(crate) abandoned: i64,
    pub(crate) short_abandoned: i64,
    pub(crate) interrupted: i64,
    /// Share answered in time, 0 to 1; nothing where nobody was offered.
    pub(crate) service_level: Option<f64>,
    /// The time of the service level, seconds.
    pub(crate) answer_within_s: u16,
    /// Mean time to a person's voice.
    pub(crate) asa_ms: Option<i64>,
}

/// The state of a specialist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DeskState {
    /// `offline`, `ready`, `reserved`, `talking`, `wrap_up` or `break`.
    pub(crate) state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) call: Option<CallId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<&'static str>,
}

impl From<AgentState> for DeskState {
    fn from(state: AgentState) -> Self {
        let (state, call, reason) = match state {
            AgentState::Offline => ("offline", None, None),
            AgentState::Ready => ("ready", None, None),
            AgentState::Reserved { call } => ("reserved", Some(call), None),
            AgentState::Talking { call } => ("talking", Some(call), None),
            AgentState::WrapUp { call } => ("wrap_up", Some(call), None),
            AgentState::Break { reason } => ("break", None, Some(reason.name())),
        };
        Self { state, call, reason }
    }
}

/// An earlier call of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct EarlierCall {
    pub(crate) started_at: i64,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) talk_ms: Option<i64>,
}

/// The call at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DeskCall {
    pub(crate) id: String,
    pub(crate) line: LineRef,
    /// E.164; nothing where the number is withheld.
    pub(crate) caller: Option<String>,
    pub(crate) started_at: i64,
    pub(crate) queued_at: Option<i64>,
    pub(crate) answered_at: Option<i64>,
    pub(crate) recorded: bool,
    /// `off`, `on`, or `stopped` at the caller's wish.
    pub(crate) recording: &'static str,
    /// The caller wrote the number on our page: nobody has checked it.
    pub(crate) number_written: bool,
    /// It came back because a specialist's link broke: our fault, which the caller knows.
    pub(crate) our_fault: bool,
    pub(crate) earlier: Vec<EarlierCall>,
    /// What we owe the caller, due first first; at most five.
    pub(crate) promises: Vec<DeskPromise>,
}

/// The queue, as the strip of the desk tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct QueueStrip {
    pub(crate) waiting: u64,
    pub(crate) longest_since: Option<i64>,
}

/// All that a desk shows.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DeskView {
    pub(crate) me: Person,
    pub(crate) state: DeskState,
    pub(crate) state_since: i64,
    pub(crate) state_until: Option<i64>,
    /// Who put them into the state, where it was somebody else.
    pub(crate) state_by: Option<PersonRef>,
    /// Our side of the desk's sound: `none`, `up`.
    pub(crate) sound: &'static str,
    pub(crate) call: Option<DeskCall>,
    pub(crate) queue: QueueStrip,
    pub(crate) today: Figures,
}

/// Specialist of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PersonRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A recording to play.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RecordingRef {
    pub(crate) url: String,
    pub(crate) duration_ms: u64,
    pub(crate) size_bytes: u64,
    /// Kept beyond its time, for somebody wants it so.
    pub(crate) held: bool,
}

/// What we owe for a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PromiseRef {
    /// `our_fault`, `callback` or `voice_message`.
    pub(crate) kind: &'static str,
    pub(crate) due_at: i64,
    /// When it was closed; nothing while we owe it.
    pub(crate) closed_at: Option<i64>,
}

/// A call in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallRow {
    pub(crate) id: String,
    pub(crate) line: LineRef,
    pub(crate) caller: Option<String>,
    pub(crate) started_at: i64,
    pub(crate) queued_at: Option<i64>,
    pub(crate) answered_at: Option<i64>,
    pub(crate) ended_at: Option<i64>,
    /// One of the eight outcomes; nothing while the call goes on.
    pub(crate) outcome: Option<&'static str>,
    pub(crate) stage: Option<&'static str>,
    /// Where a call that goes on is: `greeting`, `message`, `farewell`, `waiting`, `ringing`, `talking` or `lost` (the link to the
    /// specialist broke, the caller waits for it).
    pub(crate) phase: Option<&'static str>,
    /// `caller`, `specialist`, `trunk` or `centre`.
    pub(crate) side: Option<&'static str>,
    pub(crate) specialist: Option<PersonRef>,
    pub(crate) recording: Option<RecordingRef>,
    /// When the recording was deleted, for its time was over; then there is none to play.
    pub(crate) recording_deleted_at: Option<i64>,
    /// Why the talk is not recorded though its line is: `disk_floor`.
    pub(crate) not_recorded: Option<String>,
    pub(crate) promise: Option<PromiseRef>,
}

/// A page of calls.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallPage {
    pub(crate) calls: Vec<CallRow>,
    /// Give it as `before` to read on; nothing at the end.
    pub(crate) next: Option<String>,
}

/// The start page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StartPage {
    pub(crate) demo: bool,
    /// Address to call by SIP; empty outside the demonstration, as all that follows.
    pub(crate) sip: String,
    pub(crate) number: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) people: Vec<Person>,
    pub(crate) today: Option<Figures>,
}

/// The number as pages show it.
pub(crate) fn shown(number: &Personal<PhoneNumber>) -> String {
    number.reveal().to_string()
}
