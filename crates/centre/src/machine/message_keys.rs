//! Keys while a message is left, and the number that somebody keys in who withholds theirs.

use otklik_model::{CallId, Fact, LegOrder, Now, Personal, PhoneNumber, SubjectId};

use super::{Centre, Output};
use crate::message::Step;
use crate::spoken::{self, Words};

/// Digits of a number without the eight before it.
const NUMBER_DIGITS: usize = 10;
/// Keys that are kept of a number; what is longer is wrong anyway.
const KEYED_MAX: usize = 20;
/// Numbers that may be wrong before we go on without one.
const WRONG_MAX: u8 = 2;

impl Centre {
    pub(super) fn message_key(&mut self, now: Now, id: CallId, key: char) {
        let Some(step) = self.message_step(id) else { return };
        match step {
            Step::Danger(_) => self.offer_message(now, id),
            Step::Offer(_) => self.after_offer(now, id),
            Step::Number(play) => {
                if let (Some(_), Some(leg)) = (play, self.calls.get(&id).map(|call| call.leg)) {
                    self.hush(leg);
                }
                self.number_key(now, id, key);
            }
            Step::ReadBack(_) => match key {
                '1' => self.number_right(now, id),
                '2' => self.number_wrong(now, id),
                _ => self.read_back(now, id),
            },
            Step::Instructions(_) if key == '*' => {
                let has_number = self.calls.get(&id).is_some_and(|call| call.subject.is_some());
                self.instruct(now, id, has_number);
            }
            Step::Instructions(_) | Step::AskAgain(_) => self.sound_tone(now, id),
            Step::Tone(_) | Step::Speaking | Step::Warned if key == '#' => self.stop_take(now, id),
            Step::Review(_) | Step::Listening(_) => self.review_key(now, id, key),
            Step::Notice(_) | Step::Tone(_) | Step::Speaking | Step::Warned | Step::Closing | Step::Last(_) => {}
        }
    }

    fn review_key(&mut self, now: Now, id: CallId, key: char) {
        match key {
            '1' => self.send_message(now, id),
            '2' => self.listen(now, id),
            '3' if self.may_record_again(id) => self.sound_tone(now, id),
            _ => self.review(now, id),
        }
    }

    /// Plays to the caller what was recorded.
    fn listen(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let Some(message) = &call.message else { return };
        let Some(take) = message.kept().and_then(|kept| message.takes.get(kept)) else { return };
        let (leg, file) = (call.leg, take.file.clone());
        let play = self.next_play();
        self.order(LegOrder::PlayRecording { leg, play, file });
        self.step_to(now, id, Step::Listening(play), None);
    }

    fn number_key(&mut self, now: Now, id: CallId, key: char) {
        let keyed = self.calls.get(&id).and_then(|call| call.message.as_ref()).map(|message| message.keyed.clone());
        let Some(mut digits) = keyed.map(Personal::into_inner) else { return };
        match key {
            '0'..='9' if digits.len() < KEYED_MAX => digits.push(key),
            '*' => digits.clear(),
            '#' => {
                // Some key in the eight all the same.
                if digits.len() == NUMBER_DIGITS + 1 && digits.starts_with(['7', '8']) {
                    digits.remove(0);
                }
                let right = digits.len() == NUMBER_DIGITS;
                self.with_message(id, |message| message.keyed = Personal::new(digits));
                if right {
                    self.read_back(now, id);
                } else {
                    self.number_wrong(now, id);
                }
                return;
            }
            _ => {}
        }
        self.with_message(id, |message| message.keyed = Personal::new(digits));
        self.step_to(now, id, Step::Number(None), Some(super::message::KEY_MS));
    }

    fn read_back(&mut self, now: Now, id: CallId) {
        let Some(message) = self.calls.get(&id).and_then(|call| call.message.as_ref()) else { return };
        let mut words: Words = vec!["number_read_back".into()];
        words.extend(spoken::number(message.keyed.reveal()));
        words.push("number_confirm".into());
        self.message_plays(now, id, &words, |play| Step::ReadBack(Some(play)));
    }

    /// No number of ten digits, or not the right one: once more, then without.
    pub(super) fn number_wrong(&mut self, now: Now, id: CallId) {
        let mut wrong = 0;
        self.with_message(id, |message| {
            message.keyed = Personal::new(String::new());
            message.keyed_wrong += 1;
            wrong = message.keyed_wrong;
        });
        if wrong >= WRONG_MAX {
            self.instruct(now, id, false);
        } else {
            let words = ["number_wrong".into(), "callback_enter".into()];
            self.message_plays(now, id, &words, |play| Step::Number(Some(play)));
        }
    }

    /// The number is asked for its subject, which comes as [`super::Input::Resolved`]; the call goes on meanwhile.
    pub(super) fn number_right(&mut self, now: Now, id: CallId) {
        let keyed = self.calls.get(&id).and_then(|call| call.message.as_ref()).map(|message| message.keyed.clone());
        let Some(digits) = keyed.map(Personal::into_inner) else { return };
        self.with_message(id, |message| message.keyed = Personal::new(String::new()));
        let number = PhoneNumber::parse(&digits).ok();
        let has_number = number.is_some();
        if let Some(number) = number {
            self.outputs.push_back(Output::Resolve(id, Personal::new(number)));
        }
        self.instruct(now, id, has_number);
    }

    /// The subject behind a number that was keyed in.
    pub(super) fn resolved(&mut self, id: CallId, subject: SubjectId) {
        let Some(call) = self.calls.get_mut(&id).filter(|call| call.subject.is_none()) else { return };
        call.subject = Some(subject);
        self.fact(Fact::NumberGiven { call: id, subject });
    }
}
