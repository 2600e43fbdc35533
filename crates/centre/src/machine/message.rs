//! Leaving a message: from the words that nobody answers to the tone, through the recording and its review to "the
//! message is kept", which is said when it is. What a step does at its end stands here; keys in `message_keys`, what is
//! kept and owed at the end in `message_end`.

use std::borrow::Cow;

use otklik_model::{CallId, Fact, LegId, LegOrder, Now, PlayId};

use super::{Centre, Output};
use crate::appeals;
use crate::call::{Phase, Recording};
use crate::message::{Cause, Message, Step, Take};
use crate::spoken::{self, Words};
use crate::timers::Why;

/// How long a caller may take to begin to speak after the tone.
const FIRST_WORDS_MS: u64 = 10_000;
/// How long before its end the caller is told that the time runs out.
const WARNING_MS: u64 = 10_000;
/// How long a question waits for a key once it was heard.
pub(super) const KEY_MS: u64 = 8_000;
/// How long the recorder may take to complete a take.
const CLOSING_MS: u64 = 10_000;
/// Takes of one message; then it is sent as it is.
const TAKES: usize = 5;

impl Centre {
    /// True where this call's caller may leave a message: the line has a recorder, and no talk of this call is recorded.
    pub(super) fn may_leave_message(&self, id: CallId) -> bool {
        let Some(call) = self.calls.get(&id) else { return false };
        self.recording_allowed
            && call.recording == Recording::Off
            && self.line(&call.line).is_some_and(|line| line.recorder)
    }

    /// True where no desk has been open for so long that nobody is to be expected.
    pub(super) fn nobody_is_there(&self, now: Now) -> bool {
        let nobody_ms = self.config.thresholds.nobody_ms;
        self.nobody_since.is_some_and(|since| now.mono.since_ms(since) >= nobody_ms)
    }

    /// Notes whether any desk is open.
    pub(super) fn watch_desks(&mut self, now: Now) {
        if self.agents.values().any(|agent| agent.desk_open) {
            self.nobody_since = None;
        } else if self.nobody_since.is_none() {
            self.nobody_since = Some(now.mono);
            self.timers.set(now.mono.plus_ms(self.config.thresholds.nobody_ms), Why::NobodyOver);
        }
    }

    /// Nobody has been there for the written time: whoever waits may leave a message.
    pub(super) fn nobody_over(&mut self, now: Now) {
        if !self.nobody_is_there(now) {
            return;
        }
        let waiting: Vec<CallId> = self.queue.iter().filter(|id| self.may_leave_message(*id)).collect();
        for id in waiting {
            self.queue.leave(id);
            self.begin_message(now, id, Cause::Nobody);
        }
    }

    /// Brings a caller to the recorder: from the first word on, or from the queue.
    pub(super) fn begin_message(&mut self, now: Now, id: CallId, cause: Cause) {
        let Some(call) = self.calls.get(&id) else { return };
        let leg = call.leg;
        let from_start = call.phase == Phase::Answering;
        let Some(line) = self.line(&call.line) else { return };
        let due_at = match cause {
            Cause::Closed if !line.hours.is_open(now.civil) => appeals::due_after_closed(now.civil, &line.hours),
            Cause::Closed | Cause::Nobody => appeals::due_after_absence(now.civil, &line.hours),
        };
        let first = if from_start { "greeting" } else { "emergency_closed" };
        let (order, play) = self.playing(leg, &[first, "recording_notice_closed"], None);
        if let Some(call) = self.calls.get_mut(&id) {
            call.phase = Phase::Message;
            let mut message = Message::new(cause, Step::Notice(play), due_at);
            // Whoever comes from the queue is told at once that we ring back.
            message.offered = !from_start;
            call.message = Some(Box::new(message));
        }
        self.order(order);
    }

    pub(super) fn message_play_done(&mut self, now: Now, id: CallId, done: PlayId) {
        let Some(step) = self.message_step(id) else { return };
        match step {
            Step::Notice(play) if play == done => {
                let heard_danger = self.calls.get(&id).is_some_and(|call| call.heard_danger);
                if heard_danger {
                    self.offer_message(now, id);
                } else {
                    self.message_plays(now, id, &["danger_first".into()], Step::Danger);
                }
            }
            Step::Danger(play) if play == done => self.offer_message(now, id),
            Step::Offer(play) if play == done => self.after_offer(now, id),
            Step::Number(Some(play)) if play == done => self.step_to(now, id, Step::Number(None), Some(KEY_MS)),
            Step::ReadBack(Some(play)) if play == done => self.step_to(now, id, Step::ReadBack(None), Some(KEY_MS)),
            Step::Instructions(play) if play == done => self.sound_tone(now, id),
            Step::Tone(play) if play == done => self.speak(now, id),
            Step::AskAgain(play) if play == done => self.sound_tone(now, id),
            Step::Review(Some(play)) if play == done => self.step_to(now, id, Step::Review(None), Some(KEY_MS)),
            Step::Listening(play) if play == done => self.review(now, id),
            Step::Last(play) if play == done => self.end_by_us(now, id),
            Step::Notice(_)
            | Step::Danger(_)
            | Step::Offer(_)
            | Step::Number(_)
            | Step::ReadBack(_)
            | Step::Instructions(_)
            | Step::Tone(_)
            | Step::Speaking
            | Step::Warned
            | Step::Closing
            | Step::AskAgain(_)
            | Step::Review(_)
            | Step::Listening(_)
            | Step::Last(_) => {}
        }
    }

    /// Why nobody answers, and that a message may be left. Whose number we know is told by when we ring back; from here
    /// on we owe it, whatever the caller does: the call's end says so, and an end by a crash does too.
    pub(super) fn offer_message(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let (Some(message), Some(line)) = (&call.message, self.line(&call.line)) else { return };
        let mut words: Words = match message.cause {
            Cause::Closed => spoken::closed(&line.hours, now.civil),
            // Who comes from the queue has heard it before the notice.
            Cause::Nobody if call.queued_at.is_some() || call.heard_danger => Vec::new(),
            Cause::Nobody => spoken::absent(),
        };
        words.push("voice_offer".into());
        if call.subject.is_some() {
            words.extend(spoken::ring_back(&line.hours, now.civil, message.due_at));
        }
        self.with_message(id, |message| message.offered = true);
        self.message_plays(now, id, &words, Step::Offer);
    }

    pub(super) fn after_offer(&mut self, now: Now, id: CallId) {
        if self.calls.get(&id).is_some_and(|call| call.subject.is_none()) {
            let words = ["voice_number_ask".into(), "callback_enter".into()];
            self.message_plays(now, id, &words, |play| Step::Number(Some(play)));
        } else {
            self.instruct(now, id, true);
        }
    }

    /// What to say; `has_number` where we can ring back.
    pub(super) fn instruct(&mut self, now: Now, id: CallId, has_number: bool) {
        let mut words: Words = vec!["voice_instructions".into()];
        words.push(if has_number { "voice_number_seen" } else { "voice_number_say" }.into());
        if self.config.thresholds.message_ms == 180_000 {
            words.push("voice_three_minutes".into());
        }
        words.push("voice_how_to_end".into());
        self.message_plays(now, id, &words, Step::Instructions);
    }

    /// The tone. Recording begins with it, so that an early word is kept; the fact that names the file goes before.
    pub(super) fn sound_tone(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let (Some(message), Some(line)) = (&call.message, self.line(&call.line)) else { return };
        let (leg, day) = (call.leg, line.hours.local(now.civil).date());
        let file = match message.takes.len() {
            0 => format!("{day}/{id}.wav"),
            n => format!("{day}/{id}-{}.wav", n + 1),
        };
        self.fact(Fact::MessageStarted { call: id, file: file.clone() });
        self.outputs.push_back(Output::OrderWhenStored(LegOrder::Record { leg, call: id, file: file.clone() }));
        self.with_message(id, |message| {
            message.takes.push(Take { file, words: false, enough: false, closed: None });
        });
        self.message_plays(now, id, &["beep".into()], Step::Tone);
    }

    fn speak(&mut self, now: Now, id: CallId) {
        let quiet = self.calls.get_mut(&id).and_then(|call| call.message.as_mut()).is_some_and(|message| {
            message.tone_at = now.mono;
            message.last_take().is_none_or(|take| !take.words)
        });
        let wait_ms = if quiet { FIRST_WORDS_MS.min(self.warn_after_ms()) } else { self.warn_after_ms() };
        self.step_to(now, id, Step::Speaking, Some(wait_ms));
    }

    fn warn_after_ms(&self) -> u64 {
        self.config.thresholds.message_ms.saturating_sub(WARNING_MS)
    }

    /// A step has lasted long enough.
    pub(super) fn message_step_over(&mut self, now: Now, id: CallId, turn: u32) {
        let current = self.calls.get(&id).and_then(|call| call.message.as_ref());
        let Some(message) = current.filter(|message| message.turn == turn) else { return };
        let spoken_ms = now.mono.since_ms(message.tone_at);
        let silent = message.takes.last().is_none_or(|take| !take.words);
        match message.step {
            Step::Speaking if silent => self.stop_take(now, id),
            Step::Speaking if spoken_ms < self.warn_after_ms() => {
                let left_ms = self.warn_after_ms() - spoken_ms;
                self.step_to(now, id, Step::Speaking, Some(left_ms));
            }
            Step::Speaking => {
                let Some(leg) = self.calls.get(&id).map(|call| call.leg) else { return };
                let (order, _) = self.playing(leg, &["voice_ten_seconds"], None);
                self.order(order);
                self.step_to(now, id, Step::Warned, Some(WARNING_MS));
            }
            Step::Warned => self.stop_take(now, id),
            Step::Number(None) => self.number_wrong(now, id),
            Step::ReadBack(None) => self.number_right(now, id),
            Step::Closing => self.cannot_record(now, id),
            Step::Review(None) => self.send_message(now, id),
            Step::Notice(_)
            | Step::Danger(_)
            | Step::Offer(_)
            | Step::Number(Some(_))
            | Step::ReadBack(Some(_))
            | Step::Instructions(_)
            | Step::Tone(_)
            | Step::AskAgain(_)
            | Step::Review(Some(_))
            | Step::Listening(_)
            | Step::Last(_) => {}
        }
    }

    /// Words were heard: from here the message is owed an answer, whatever happens.
    pub(super) fn spoke(&mut self, id: CallId) {
        let call = self.calls.get_mut(&id);
        let Some(message) = call.and_then(|call| call.message.as_mut()).filter(|message| message.records()) else {
            return;
        };
        let Some(take) = message.last_take().filter(|take| !take.words) else { return };
        take.words = true;
        let file = take.file.clone();
        self.fact(Fact::MessageSpoken { call: id, file });
    }

    pub(super) fn spoke_enough(&mut self, id: CallId) {
        self.spoke(id);
        self.with_message(id, |message| {
            let records = message.records();
            if let Some(take) = message.last_take().filter(|_| records) {
                take.enough = true;
            }
        });
    }

    /// Who has spoken and is quiet has said it all.
    pub(super) fn went_quiet(&mut self, now: Now, id: CallId) {
        if let Some(Step::Speaking | Step::Warned) = self.message_step(id) {
            self.stop_take(now, id);
        }
    }

    pub(super) fn stop_take(&mut self, now: Now, id: CallId) {
        let Some(leg) = self.calls.get(&id).map(|call| call.leg) else { return };
        self.hush(leg);
        self.order(LegOrder::StopRecord { leg });
        self.step_to(now, id, Step::Closing, Some(CLOSING_MS));
        // The recorder may have been quicker: a full disk, a leg that broke.
        self.take_closed(now, id);
    }

    /// A take is complete on disk: is there something in it?
    pub(super) fn take_closed(&mut self, now: Now, id: CallId) {
        let Some(message) = self.calls.get(&id).and_then(|call| call.message.as_ref()) else { return };
        let Some(take) = message.takes.last().filter(|take| take.closed.is_some()) else { return };
        if message.step != Step::Closing {
            return;
        }
        if take.enough || message.has_words() && message.asked_again {
            self.review(now, id);
        } else if message.asked_again || message.takes.len() >= TAKES {
            self.nothing_said(now, id);
        } else {
            self.with_message(id, |message| message.asked_again = true);
            self.message_plays(now, id, &["voice_silence".into()], Step::AskAgain);
        }
    }

    pub(super) fn review(&mut self, now: Now, id: CallId) {
        self.message_plays(now, id, &["voice_review".into()], |play| Step::Review(Some(play)));
    }

    /// True where one more take may be recorded.
    pub(super) fn may_record_again(&self, id: CallId) -> bool {
        let message = self.calls.get(&id).and_then(|call| call.message.as_ref());
        message.is_some_and(|message| message.takes.len() < TAKES)
    }

    /// Stops what plays.
    pub(super) fn hush(&mut self, leg: LegId) {
        let (order, _) = self.playing(leg, &[], None);
        self.order(order);
    }

    /// Plays within a message and goes to the step of it.
    pub(super) fn message_plays(
        &mut self,
        now: Now,
        id: CallId,
        words: &[Cow<'static, str>],
        step: impl FnOnce(PlayId) -> Step,
    ) {
        let Some(leg) = self.calls.get(&id).map(|call| call.leg) else { return };
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let (order, play) = self.playing(leg, &words, None);
        self.order(order);
        self.step_to(now, id, step(play), None);
    }

    /// Goes to a step, which lasts so long at most.
    pub(super) fn step_to(&mut self, now: Now, id: CallId, step: Step, lasts_ms: Option<u64>) {
        let Some(message) = self.calls.get_mut(&id).and_then(|call| call.message.as_mut()) else { return };
        message.step = step;
        message.turn = message.turn.wrapping_add(1);
        let turn = message.turn;
        if let Some(ms) = lasts_ms {
            self.timers.set(now.mono.plus_ms(ms), Why::MessageStep { call: id, turn });
        }
    }

    pub(super) fn message_step(&self, id: CallId) -> Option<Step> {
        self.calls.get(&id)?.message.as_ref().map(|message| message.step)
    }

    pub(super) fn with_message(&mut self, id: CallId, change: impl FnOnce(&mut Message)) {
        if let Some(message) = self.calls.get_mut(&id).and_then(|call| call.message.as_mut()) {
            change(message);
        }
    }
}
