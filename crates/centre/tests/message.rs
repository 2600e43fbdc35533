//! Leaving a message, step by step: what is heard in which order, what each key and each silence does, what is owed.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the facts that it is about")]

use std::collections::BTreeMap;

use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use otklik_centre::calendar::{Hours, Period, ProductionCalendar};
use otklik_centre::{Centre, CentreConfig, Input, Line, Output, RequestId, Thresholds};
use otklik_model::{
    AgentId, CallId, DeskCommand, Fact, HangupSide, LegId, LegOrder, LineId, LineMode, MonoMs, Now, Outcome,
    PhoneNumber, PlayId, PromiseKind, RecordingClosed, SubjectId, UtcMs,
};
use uuid::Uuid;

const LEG: LegId = LegId(Uuid::from_u128(7));
const CALL: CallId = CallId(Uuid::from_u128(8));
const CALLER: SubjectId = SubjectId(Uuid::from_u128(9));

/// One caller of a line that is closed on Sundays, and all that follows.
struct Night {
    centre: Centre,
    now: Now,
    /// What plays: the prompts, parted by spaces.
    heard: Vec<String>,
    play: PlayId,
    facts: Vec<Fact>,
    keyed: Vec<String>,
    recording: Option<String>,
    removed: Vec<String>,
    hung_up: bool,
}

impl Night {
    fn new(mode: LineMode) -> Self {
        let day = vec![Period { from: time(8, 0, 0, 0), to: time(20, 0, 0, 0) }];
        let line = Line {
            id: LineId::new("main"),
            name: "Основная линия".to_owned(),
            number: PhoneNumber::parse("88000000000").expect("a number"),
            hours: Hours::new(
                &[Weekday::Monday, Weekday::Thursday, Weekday::Friday].map(|on| (on, day.clone())),
                ProductionCalendar::default(),
                TimeZone::UTC,
            ),
            mode,
            recorded: true,
            recorder: true,
            keep_days: 0,
        };
        let config = CentreConfig { lines: vec![line], thresholds: Thresholds::default() };
        Self {
            centre: Centre::new(config, BTreeMap::new()),
            // 2026-11-29T12:00:00Z, a Sunday.
            now: Now { mono: MonoMs(1_000), civil: UtcMs(1_795_953_600_000) },
            heard: Vec::new(),
            play: PlayId(0),
            facts: Vec::new(),
            keyed: Vec::new(),
            recording: None,
            removed: Vec::new(),
            hung_up: false,
        }
    }

    /// A caller on a closed line.
    fn calls(subject: Option<SubjectId>) -> Self {
        let mut night = Self::new(LineMode::Calendar);
        night.rings(subject);
        night
    }

    fn rings(&mut self, subject: Option<SubjectId>) {
        self.input(Input::Arrived { call: CALL, leg: LEG, called: "88000000000".to_owned(), subject });
        self.input(Input::LegUp(LEG));
    }

    fn input(&mut self, input: Input) {
        self.centre.handle_input(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.centre.poll_output() {
            match output {
                Output::Fact(fact) => self.facts.push(fact),
                Output::Resolve(_, number) => self.keyed.push(number.reveal().as_str().to_owned()),
                Output::Order(order) | Output::OrderWhenStored(order) => self.obey(order),
                Output::Reply(_, result) => result.expect("no command is refused here"),
                Output::PromiseReply(..) | Output::Note(_) => {}
            }
        }
    }

    fn obey(&mut self, order: LegOrder) {
        match order {
            LegOrder::Play { play, list, .. } => {
                let ids: Vec<&str> = list.prompts.iter().map(otklik_model::PromptId::as_str).collect();
                self.play = play;
                if !ids.is_empty() {
                    self.heard.push(ids.join(" "));
                }
            }
            LegOrder::PlayRecording { play, file, .. } => {
                self.play = play;
                self.heard.push(format!("<{file}>"));
            }
            LegOrder::Record { file, .. } => self.recording = Some(file),
            LegOrder::StopRecord { .. } | LegOrder::Hangup { .. } | LegOrder::Reject { .. } => {
                self.hung_up |= !matches!(order, LegOrder::StopRecord { .. });
            }
            LegOrder::DropRecording { file, .. } => self.removed.push(file),
            LegOrder::Answer { .. }
            | LegOrder::Join { .. }
            | LegOrder::OpenDesk { .. }
            | LegOrder::OpenCaller { .. }
            | LegOrder::RenewCaller { .. }
            | LegOrder::CallerLeft { .. } => {}
        }
    }

    fn heard(&self) -> &str {
        self.heard.last().map_or("", String::as_str)
    }

    /// What plays comes to its end.
    fn plays_out(&mut self) -> &str {
        self.input(Input::PlayDone(LEG, self.play));
        self.heard()
    }

    fn keys(&mut self, keys: &str) -> &str {
        for key in keys.chars() {
            self.input(Input::Digit(LEG, key));
        }
        self.heard()
    }

    fn wait(&mut self, ms: u64) -> &str {
        let end = self.now.mono.plus_ms(ms);
        while let Some((at, _)) = self.centre.poll_timeout().filter(|(at, _)| *at <= end) {
            self.advance(at);
            self.centre.handle_timeout(self.now);
            self.drain();
        }
        self.advance(end);
        self.heard()
    }

    fn advance(&mut self, to: MonoMs) {
        let passed = i64::try_from(to.since_ms(self.now.mono)).expect("short");
        self.now = Now { mono: to, civil: self.now.civil.plus_ms(passed) };
    }

    /// The recorder completes what it recorded last.
    fn completes(&mut self) -> &str {
        let file = self.recording.take().expect("something was recorded");
        let closed = RecordingClosed {
            call: CALL,
            file,
            size_bytes: 58,
            duration_ms: 0,
            sha256: String::new(),
            dropped_frames: 0,
        };
        self.input(Input::RecordingClosed(closed));
        self.heard()
    }

    /// Goes to the tone, which is over.
    fn walks_to_the_tone(&mut self) {
        while self.heard() != "beep" {
            assert!(self.heard.len() < 20, "no tone: {:?}", self.heard);
            self.plays_out();
        }
        self.plays_out();
    }

    fn promised(&self) -> Vec<(PromiseKind, Option<SubjectId>)> {
        let promise = |fact: &Fact| match fact {
            Fact::PromiseMade { promise_kind, subject, .. } => Some((*promise_kind, *subject)),
            _ => None,
        };
        self.facts.iter().filter_map(promise).collect()
    }

    fn outcome(&self) -> Option<Outcome> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::CallEnded(ended) => Some(ended.outcome),
            _ => None,
        })
    }

    /// Place of the first fact of a kind.
    fn place(&self, kind: &str) -> usize {
        self.facts.iter().position(|fact| fact.kind() == kind).unwrap_or(usize::MAX)
    }
}

#[test]
fn the_whole_way_of_a_message() {
    let mut night = Night::calls(Some(CALLER));
    assert_eq!(night.heard(), "greeting recording_notice_closed");
    assert_eq!(night.keys("1"), "greeting recording_notice_closed", "no key stops the notice");
    assert_eq!(night.plays_out(), "danger_first");
    let offer = "closed_weekend we_open day_tomorrow at_08 voice_offer we_ring_back day_tomorrow until_11";
    assert_eq!(night.keys("5"), offer);
    let instructions = "voice_instructions voice_number_seen voice_three_minutes voice_how_to_end";
    assert_eq!(night.keys("1"), instructions);
    assert_eq!(night.keys("*"), instructions, "once more");
    assert_eq!(night.plays_out(), "beep");
    night.plays_out();
    night.input(Input::Spoke(LEG));
    night.input(Input::SpokeEnough(LEG));
    assert_eq!(night.keys("7"), "beep", "only the hash ends it");
    night.keys("#");
    assert_eq!(night.completes(), "voice_review");
    assert_eq!(night.promised(), [], "nothing is sent yet");
    assert_eq!(night.keys("2"), "<2026-11-29/00000000-0000-0000-0000-000000000008.wav>");
    assert_eq!(night.plays_out(), "voice_review");
    assert_eq!(night.keys("1"), "voice_saved we_ring_back day_tomorrow until_11 goodbye");
    assert_eq!(night.promised(), [(PromiseKind::VoiceMessage, Some(CALLER))]);
    assert!(night.place("recording_closed") < night.place("promise_made"), "both before it is said");
    night.plays_out();
    assert_eq!((night.outcome(), night.hung_up), (Some(Outcome::Recorded), true));
    assert_eq!(night.promised().len(), 1);
}

#[test]
fn the_end_of_the_time_is_told_and_silence_sends() {
    let mut night = Night::calls(Some(CALLER));
    night.walks_to_the_tone();
    night.input(Input::SpokeEnough(LEG));
    assert_eq!(night.wait(169_000), "beep");
    assert_eq!(night.wait(1_000), "voice_ten_seconds");
    night.wait(9_999);
    assert!(night.recording.is_some());
    night.wait(1);
    assert_eq!(night.completes(), "voice_review");
    night.plays_out();
    assert!(night.wait(8_000).starts_with("voice_saved"), "who presses nothing wants it sent");
}

#[test]
fn who_has_ended_need_press_nothing_and_who_says_nothing_is_asked_once() {
    let mut night = Night::calls(Some(CALLER));
    night.walks_to_the_tone();
    night.input(Input::SpokeEnough(LEG));
    night.input(Input::WentQuiet(LEG));
    assert_eq!(night.completes(), "voice_review");

    let mut silent = Night::calls(Some(CALLER));
    silent.walks_to_the_tone();
    silent.wait(10_000);
    assert_eq!(silent.completes(), "voice_silence");
    assert_eq!(silent.plays_out(), "beep");
    silent.plays_out();
    silent.wait(10_000);
    assert_eq!(silent.completes(), "we_ring_back day_tomorrow until_11 goodbye");
    silent.plays_out();
    assert_eq!(silent.outcome(), Some(Outcome::CallbackRequested));
    assert_eq!(silent.promised(), [(PromiseKind::Callback, Some(CALLER))]);
}

#[test]
fn one_word_is_asked_for_more_and_kept_all_the_same() {
    let mut night = Night::calls(None);
    night.plays_out();
    night.plays_out();
    night.plays_out();
    for wrong in ["123#", "8310000017#2"] {
        assert!(night.heard().contains("callback_enter"), "{}", night.heard());
        night.keys(wrong);
    }
    assert!(night.heard().starts_with("voice_instructions voice_number_say"), "on without a number: {}", night.heard());
    night.walks_to_the_tone();
    night.input(Input::Spoke(LEG));
    night.keys("#");
    assert_eq!(night.completes(), "voice_silence");
    night.input(Input::LegEnded(LEG, HangupSide::Caller));
    assert_eq!(night.outcome(), Some(Outcome::Recorded), "a word is a word");
    assert_eq!(night.promised(), [(PromiseKind::VoiceMessage, None)], "a promise without a number");
    assert_eq!(night.keyed, Vec::<String>::new());
}

#[test]
fn a_number_that_is_keyed_in_is_read_back_and_gets_its_subject() {
    let mut night = Night::calls(None);
    night.plays_out();
    night.plays_out();
    night.plays_out();
    assert_eq!(night.heard(), "voice_number_ask callback_enter");
    let said = "number_read_back number_800 number_30 number_1 number_0 number_0 number_0 number_0 number_0 number_17 \
                number_confirm";
    assert_eq!(night.keys("88310000017#"), said, "also with the eight");
    assert!(night.keys("1").contains("voice_number_seen"));
    assert_eq!(night.keyed, ["+78310000017"]);
    night.input(Input::Resolved(CALL, CALLER));
    assert!(!format!("{:?}{:?}", night.facts, night.centre).contains("8310000017"), "no digit stays");
    night.walks_to_the_tone();
    night.input(Input::Spoke(LEG));
    night.input(Input::LegEnded(LEG, HangupSide::Caller));
    assert_eq!(night.promised(), [(PromiseKind::VoiceMessage, Some(CALLER))]);
    night.completes();
    assert_eq!(night.facts.last().map(Fact::kind), Some("recording_closed"), "it comes after the end as well");
}

#[test]
fn the_last_take_with_words_is_the_message_and_the_others_go() {
    let mut night = Night::calls(Some(CALLER));
    night.walks_to_the_tone();
    night.input(Input::SpokeEnough(LEG));
    night.keys("#");
    night.completes();
    assert_eq!(night.keys("3"), "beep");
    night.plays_out();
    night.input(Input::LegEnded(LEG, HangupSide::Caller));
    let closed = |night: &Night| {
        let file = |fact: &Fact| match fact {
            Fact::RecordingClosed(closed) => Some(closed.file.clone()),
            _ => None,
        };
        night.facts.iter().filter_map(file).collect::<Vec<_>>()
    };
    let first = "2026-11-29/00000000-0000-0000-0000-000000000008.wav";
    let second = "2026-11-29/00000000-0000-0000-0000-000000000008-2.wav";
    assert_eq!((closed(&night), night.removed.clone()), (vec![first.to_owned()], vec![second.to_owned()]));
    assert_eq!(night.outcome(), Some(Outcome::Recorded), "the first take holds words, though nothing came after it");
    night.completes();
    assert_eq!(closed(&night).len(), 1, "what is removed is told of by nobody");
}

#[test]
fn what_cannot_be_recorded_is_said_and_owed() {
    for (subject, words, owed, outcome) in [
        (Some(CALLER), "voice_not_saved", PromiseKind::Callback, Outcome::CallbackRequested),
        (None, "voice_not_saved_no_number", PromiseKind::OurFault, Outcome::Interrupted),
    ] {
        let mut night = Night::calls(subject);
        night.walks_past_the_number(subject);
        night.input(Input::SpokeEnough(LEG));
        night.keys("#");
        assert_eq!(night.wait(10_000), words);
        night.plays_out();
        assert_eq!((night.outcome(), night.promised()), (Some(outcome), vec![(owed, subject)]));
    }
}

#[test]
fn a_stop_keeps_what_was_said() {
    let mut night = Night::calls(Some(CALLER));
    night.walks_to_the_tone();
    night.input(Input::Spoke(LEG));
    night.input(Input::Stop);
    assert_eq!((night.outcome(), night.promised()[0].0), (Some(Outcome::Recorded), PromiseKind::VoiceMessage));
    let mut early = Night::calls(None);
    early.input(Input::Stop);
    assert_eq!((early.outcome(), early.promised()[0].0), (Some(Outcome::Interrupted), PromiseKind::OurFault));
}

#[test]
fn when_the_last_specialist_leaves_who_waits_may_leave_a_message() {
    let mut night = Night::new(LineMode::Open);
    let desk = |command| Input::Desk { agent: AgentId::new("anna"), command, request: RequestId(1) };
    night.input(desk(DeskCommand::Open));
    night.wait(600_000);
    night.rings(Some(CALLER));
    assert_eq!(night.heard(), "greeting recording_notice", "somebody is there");
    night.plays_out();
    assert!(night.plays_out().starts_with("queue_unknown"));
    night.input(desk(DeskCommand::Close));
    assert!(night.wait(119_999).starts_with("queue_unknown"));
    assert_eq!(night.wait(1), "emergency_closed recording_notice_closed");
    assert_eq!(night.centre.view().queue.waiting, 0);
    assert_eq!(night.plays_out(), "voice_offer we_ring_back day_tomorrow until_11");
    night.walks_to_the_tone();
    night.input(Input::LegEnded(LEG, HangupSide::Caller));
    assert_eq!(night.outcome(), Some(Outcome::CallbackRequested));

    let mut later = Night::new(LineMode::Open);
    later.input(desk(DeskCommand::Open));
    later.input(desk(DeskCommand::Close));
    later.wait(120_000);
    later.rings(None);
    assert_eq!(later.heard(), "greeting recording_notice_closed");
    later.plays_out();
    assert_eq!(later.plays_out(), "emergency_closed voice_offer");
}

impl Night {
    /// To the tone, past the question for a number where there is none.
    fn walks_past_the_number(&mut self, subject: Option<SubjectId>) {
        if subject.is_none() {
            for _ in 0..3 {
                self.plays_out();
            }
            self.keys("##");
        }
        self.walks_to_the_tone();
    }
}
