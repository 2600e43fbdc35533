//! The end of a message: it is kept and owed, or nothing was said, or it could not be recorded.

use std::borrow::Cow;

use otklik_model::{
    AbandonStage, CallId, Fact, HangupSide, LegId, LegOrder, LineId, Now, Outcome, PromiseId, PromiseKind,
    RecordingClosed, SubjectId, UtcMs,
};

use super::{Centre, Output};
use crate::call::Call;
use crate::message::{Message, Step};
use crate::spoken::{self, Words};

/// Files that may be waited for, to be passed over once they are complete; more are told as recordings.
const PASSED_OVER: usize = 1_024;

/// How a call ends that was at the recorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MessageEnd {
    pub(super) outcome: Outcome,
    /// What is owed and not promised yet.
    pub(super) owed: Option<(PromiseKind, UtcMs)>,
}

impl Centre {
    /// The message is sent: everything that keeps it is written, then the caller is told.
    pub(super) fn send_message(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(mut message) = call.message.take() else { return };
        let (leg, subject, line) = (call.leg, call.subject, call.line.clone());
        self.settle(leg, &mut message);
        let due_at = message.due_at;
        if let Some(call) = self.calls.get_mut(&id) {
            call.message = Some(message);
            call.promised = true;
        }
        self.promise(id, subject, &line, PromiseKind::VoiceMessage, due_at);
        let mut words: Words = vec!["voice_saved".into()];
        words.extend(self.ring_back(now, &line, subject, due_at));
        words.push("goodbye".into());
        self.last_words(now, id, &words);
    }

    /// Twice nothing was heard: the caller is told goodbye, and that we ring back where we can.
    pub(super) fn nothing_said(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let (subject, line) = (call.subject, call.line.clone());
        let Some(due_at) = call.message.as_ref().map(|message| message.due_at) else { return };
        let mut words = self.ring_back(now, &line, subject, due_at);
        words.push("goodbye".into());
        self.promise_at_recorder(id, subject, due_at);
        self.last_words(now, id, &words);
    }

    /// The recorder does not complete the take. Words of an earlier take are the message; else we say that it failed.
    pub(super) fn cannot_record(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(message) = call.message.as_mut() else { return };
        let complete = message.takes.iter().any(|take| take.words && take.closed.is_some());
        if complete {
            if let Some(take) = message.last_take() {
                take.words = false;
            }
            let kept = message.kept().and_then(|kept| message.takes.get(kept)).map(|take| take.file.clone());
            self.outputs.extend(kept.map(|file| Output::Fact(Fact::MessageSpoken { call: id, file })));
            self.review(now, id);
            return;
        }
        message.failed = true;
        let (subject, due_at) = (call.subject, message.due_at);
        self.promise_at_recorder(id, subject, due_at);
        let words = if subject.is_some() { "voice_not_saved" } else { "voice_not_saved_no_number" };
        self.last_words(now, id, &[words.into()]);
    }

    /// A recording is complete. One of a message that goes on is told when it is clear what is kept.
    pub(super) fn recording_closed(&mut self, now: Now, closed: RecordingClosed) {
        if self.passed_over.remove(&closed.file) {
            return;
        }
        let id = closed.call;
        let message = self.calls.get_mut(&id).and_then(|call| call.message.as_mut());
        let take = message.filter(|message| !message.settled).and_then(|message| {
            message.takes.iter_mut().find(|take| take.file == closed.file && take.closed.is_none())
        });
        let Some(take) = take else {
            self.fact(Fact::RecordingClosed(closed));
            return;
        };
        take.closed = Some(closed);
        self.take_closed(now, id);
    }

    /// Says of every take what becomes of it: one is the call's recording, the others are removed.
    pub(super) fn settle(&mut self, leg: LegId, message: &mut Message) {
        if std::mem::replace(&mut message.settled, true) {
            return;
        }
        let Some(kept) = message.kept() else { return };
        for (index, take) in message.takes.iter_mut().enumerate() {
            let closed = take.closed.take();
            if index == kept {
                self.outputs.extend(closed.map(|closed| Output::Fact(Fact::RecordingClosed(closed))));
                continue;
            }
            if closed.is_none() && self.passed_over.len() < PASSED_OVER {
                self.passed_over.insert(take.file.clone());
            }
            self.order(LegOrder::DropRecording { leg, file: take.file.clone() });
        }
    }

    /// Outcome and debt of a call that ends at the recorder. `broken` where we break it off.
    pub(super) fn message_end(call: &Call, message: &Message, side: HangupSide, broken: bool) -> MessageEnd {
        let due_at = message.due_at;
        let owed = |kind| (!call.promised).then_some((kind, due_at));
        let known = call.subject.is_some();
        if message.has_words() && !message.failed {
            return MessageEnd { outcome: Outcome::Recorded, owed: owed(PromiseKind::VoiceMessage) };
        }
        if known && message.offered {
            return MessageEnd { outcome: Outcome::CallbackRequested, owed: owed(PromiseKind::Callback) };
        }
        if broken || message.failed {
            return MessageEnd { outcome: Outcome::Interrupted, owed: owed(PromiseKind::OurFault) };
        }
        let outcome = match (side, call.queued_at) {
            (HangupSide::Centre, _) => Outcome::SelfServed,
            (_, Some(_)) => Outcome::Abandoned(AbandonStage::Queue),
            (_, None) => Outcome::Abandoned(AbandonStage::Greeting),
        };
        MessageEnd { outcome, owed: None }
    }

    /// Stores what we are about to say to somebody whose number we know.
    fn promise_at_recorder(&mut self, id: CallId, subject: Option<SubjectId>, due_at: UtcMs) {
        if subject.is_none() {
            return;
        }
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.promised = true;
        let line = call.line.clone();
        self.promise(id, subject, &line, PromiseKind::Callback, due_at);
    }

    pub(super) fn promise(
        &mut self,
        call: CallId,
        subject: Option<SubjectId>,
        line: &LineId,
        kind: PromiseKind,
        due_at: UtcMs,
    ) {
        let (promise, line) = (PromiseId(call.0), Some(line.clone()));
        self.fact(Fact::PromiseMade { promise, call, subject, promise_kind: kind, due_at, line });
    }

    fn ring_back(&self, now: Now, line: &LineId, subject: Option<SubjectId>, due_at: UtcMs) -> Words {
        let line = self.line(line).filter(|_| subject.is_some());
        line.map_or_else(Vec::new, |line| spoken::ring_back(&line.hours, now.civil, due_at))
    }

    /// Plays what ends the call, when all that it claims is on disk.
    fn last_words(&mut self, now: Now, id: CallId, words: &[Cow<'static, str>]) {
        let Some(leg) = self.calls.get(&id).map(|call| call.leg) else { return };
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let (order, play) = self.playing(leg, &words, None);
        self.outputs.push_back(Output::OrderWhenStored(order));
        self.step_to(now, id, Step::Last(play), None);
    }
}
