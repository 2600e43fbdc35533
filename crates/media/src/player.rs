//! One playing of a list of clips: what to send and when. Absolute deadlines; no sockets, no clock.

use std::sync::Arc;
use std::time::{Duration, Instant};

use otklik_model::PlayId;

use crate::clip::Clip;
use crate::g711::ALAW_SILENCE;

/// Samples of a frame of 20 ms.
pub(crate) const FRAME_SAMPLES: usize = 160;
/// Length of a frame.
pub(crate) const FRAME: Duration = Duration::from_millis(20);
/// Frames that a late tick may send at once; what is later than that shifts the sound instead.
const BURST_MAX: u32 = 3;

/// A frame of A-law sound.
pub(crate) type Frame = [u8; FRAME_SAMPLES];

/// What a player has at a moment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Played {
    /// Send this now, and ask again.
    Frame(Frame),
    /// Nothing is due yet.
    Wait,
    /// The list has come to its end.
    Done,
}

/// A list of clips on its way, joined without gaps.
pub(crate) struct Player {
    play: PlayId,
    clips: Vec<Arc<Clip>>,
    repeat_from: Option<usize>,
    clip: usize,
    offset: usize,
    due: Instant,
}

impl Player {
    /// Starts at `now`. `repeat_from` names the first clip of the part that repeats for ever; a part without any
    /// sound does not repeat.
    pub(crate) fn new(play: PlayId, clips: Vec<Arc<Clip>>, repeat_from: Option<usize>, now: Instant) -> Self {
        let repeat_from = repeat_from.filter(|from| clips.iter().skip(*from).any(|clip| !clip.alaw().is_empty()));
        Self { play, clips, repeat_from, clip: 0, offset: 0, due: now }
    }

    /// The playing's id.
    pub(crate) fn play(&self) -> PlayId {
        self.play
    }

    /// The next frame that is due.
    pub(crate) fn poll(&mut self, now: Instant) -> Played {
        if now < self.due {
            return Played::Wait;
        }
        let oldest = FRAME * (BURST_MAX - 1);
        if now.duration_since(self.due) > oldest {
            self.due = now.checked_sub(oldest).unwrap_or(now);
        }
        let mut frame = [ALAW_SILENCE; FRAME_SAMPLES];
        if self.fill(&mut frame) == 0 {
            return Played::Done;
        }
        self.due += FRAME;
        Played::Frame(frame)
    }

    fn fill(&mut self, frame: &mut Frame) -> usize {
        let mut filled = 0;
        while filled < frame.len() {
            let Some(clip) = self.clips.get(self.clip) else {
                match self.repeat_from {
                    Some(from) => {
                        self.clip = from;
                        continue;
                    }
                    None => return filled,
                }
            };
            let left = clip.alaw().get(self.offset..).unwrap_or_default();
            let take = left.len().min(frame.len() - filled);
            frame[filled..filled + take].copy_from_slice(&left[..take]);
            filled += take;
            self.offset += take;
            if take == left.len() {
                self.clip += 1;
                self.offset = 0;
            }
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use otklik_model::PlayId;

    use super::{FRAME, Played, Player};
    use crate::clip::Clip;
    use crate::clock;

    fn player(lengths: &[usize], repeat_from: Option<usize>, now: Instant) -> Player {
        let clips = (1_u8..).zip(lengths).map(|(byte, len)| Arc::new(Clip::from_alaw(vec![byte; *len]))).collect();
        Player::new(PlayId(7), clips, repeat_from, now)
    }

    fn first_and_last(played: &Played) -> Option<(u8, u8)> {
        match played {
            Played::Frame(frame) => Some((frame[0], frame[159])),
            Played::Wait | Played::Done => None,
        }
    }

    #[test]
    fn clips_follow_each_other_without_a_gap_and_end_once_the_last_frame_is_over() {
        let start = clock::now();
        let mut player = player(&[240, 160, 10], None, start);
        assert_eq!(first_and_last(&player.poll(start)), Some((1, 1)));
        assert_eq!(player.poll(start), Played::Wait);
        assert_eq!(first_and_last(&player.poll(start + FRAME)), Some((1, 2)));
        assert_eq!(first_and_last(&player.poll(start + FRAME * 2)), Some((2, 0xd5)));
        assert_eq!(player.poll(start + Duration::from_millis(59)), Played::Wait);
        assert_eq!(player.poll(start + FRAME * 3), Played::Done);
    }

    #[test]
    fn the_repeating_part_repeats_and_an_empty_one_does_not() {
        let start = clock::now();
        let mut looped = player(&[160, 160], Some(1), start);
        let heard: Vec<_> = (0..5).map(|frame| first_and_last(&looped.poll(start + FRAME * frame))).collect();
        assert_eq!(heard, [Some((1, 1)), Some((2, 2)), Some((2, 2)), Some((2, 2)), Some((2, 2))]);
        for (lengths, repeat_from) in [(&[0, 0][..], Some(0)), (&[][..], Some(0)), (&[0][..], Some(9))] {
            assert_eq!(player(lengths, repeat_from, start).poll(start), Played::Done);
        }
    }

    #[test]
    fn a_late_tick_catches_up_by_a_few_frames_only() {
        let start = clock::now();
        let mut player = player(&[160 * 50], None, start);
        let late = start + Duration::from_millis(500);
        let burst = (0..10).take_while(|_| matches!(player.poll(late), Played::Frame(_))).count();
        assert_eq!(burst, 3);
        assert_eq!(player.poll(late + Duration::from_millis(19)), Played::Wait);
        assert!(matches!(player.poll(late + FRAME), Played::Frame(_)), "back on the 20 ms pace");
    }
}
