//! One message: at which step its caller is, what was recorded, and what is kept of it.

use otklik_model::{MonoMs, Personal, PlayId, RecordingClosed, UtcMs};

/// A message that is being left.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four facts about one message, each independent of the others")]
pub(crate) struct Message {
    pub(crate) cause: Cause,
    pub(crate) step: Step,
    /// Rises with each step: a timer of an earlier one is known by it.
    pub(crate) turn: u32,
    /// By when we owe an answer, as the caller is told.
    pub(crate) due_at: UtcMs,
    /// The words by which we offer to take a message have begun: who hangs up now is owed a call.
    pub(crate) offered: bool,
    /// Digits of the number that are keyed in.
    pub(crate) keyed: Personal<String>,
    /// Numbers that were not right.
    pub(crate) keyed_wrong: u8,
    /// When the tone of the running take was over.
    pub(crate) tone_at: MonoMs,
    /// We have said that nothing was heard.
    pub(crate) asked_again: bool,
    /// The recordings are told as facts, or given up.
    pub(crate) settled: bool,
    /// We could not record.
    pub(crate) failed: bool,
    pub(crate) takes: Vec<Take>,
}

/// Why callers leave a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The line is closed.
    Closed,
    /// The line is open, and nobody is at work.
    Nobody,
}

/// Where the caller of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The notice that it is recorded: no key stops it.
    Notice(PlayId),
    /// The words on danger.
    Danger(PlayId),
    /// Why nobody answers, and the offer to leave a message.
    Offer(PlayId),
    /// The number is keyed in; `None` once its question was heard.
    Number(Option<PlayId>),
    /// The number is read back.
    ReadBack(Option<PlayId>),
    /// What to say.
    Instructions(PlayId),
    /// The tone; recording has begun.
    Tone(PlayId),
    /// The caller speaks.
    Speaking,
    /// The caller speaks, and was told that the time is nearly over.
    Warned,
    /// The take was stopped and is not yet complete on disk.
    Closing,
    /// We say that nothing was heard.
    AskAgain(PlayId),
    /// To send, to listen, to record anew.
    Review(Option<PlayId>),
    /// The caller listens to the message.
    Listening(PlayId),
    /// The last words, after which we hang up.
    Last(PlayId),
}

/// One recording of a message.
#[derive(Debug)]
pub(crate) struct Take {
    pub(crate) file: String,
    pub(crate) words: bool,
    pub(crate) enough: bool,
    pub(crate) closed: Option<RecordingClosed>,
}

impl Message {
    pub(crate) fn new(cause: Cause, step: Step, due_at: UtcMs) -> Self {
        Self {
            cause,
            step,
            turn: 0,
            due_at,
            offered: false,
            keyed: Personal::new(String::new()),
            keyed_wrong: 0,
            tone_at: MonoMs(0),
            asked_again: false,
            settled: false,
            failed: false,
            takes: Vec::new(),
        }
    }

    /// Index of the take that is the message: the last one with words; where there are none, the first.
    pub(crate) fn kept(&self) -> Option<usize> {
        let spoken = self.takes.iter().rposition(|take| take.words);
        spoken.or_else(|| (!self.takes.is_empty()).then_some(0))
    }

    /// Were words heard?
    pub(crate) fn has_words(&self) -> bool {
        self.takes.iter().any(|take| take.words)
    }

    /// The take that runs, or ran last.
    pub(crate) fn last_take(&mut self) -> Option<&mut Take> {
        self.takes.last_mut()
    }

    /// True while a take is recorded.
    pub(crate) fn records(&self) -> bool {
        match self.step {
            Step::Tone(_) | Step::Speaking | Step::Warned => true,
            Step::Notice(_)
            | Step::Danger(_)
            | Step::Offer(_)
            | Step::Number(_)
            | Step::ReadBack(_)
            | Step::Instructions(_)
            | Step::Closing
            | Step::AskAgain(_)
            | Step::Review(_)
            | Step::Listening(_)
            | Step::Last(_) => false,
        }
    }
}
