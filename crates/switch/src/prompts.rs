//! The sounds of the prompts, ready to be sent.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use otklik_media::Clip;
use otklik_model::{Playlist, PromptId};

/// Prompts by id. Clones share the sounds: whoever puts another sound in changes what the next playlist plays; what plays
/// already plays on.
#[derive(Debug, Clone, Default)]
pub struct Prompts(Arc<RwLock<BTreeMap<PromptId, Arc<Clip>>>>);

impl Prompts {
    /// Keeps a prompt's sound.
    pub fn insert(&self, id: PromptId, clip: Clip) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::new(clip));
    }

    /// The sounds of a list, and the place from which they repeat. A prompt without a sound is left out and counted:
    /// silence is worse than a word less.
    pub(crate) fn sounds(&self, list: &Playlist) -> (Vec<Arc<Clip>>, Option<usize>) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut clips = Vec::with_capacity(list.prompts.len());
        let mut repeat_from = list.repeat_from;
        for (index, id) in list.prompts.iter().enumerate() {
            if let Some(clip) = known.get(id) {
                clips.push(Arc::clone(clip));
                continue;
            }
            metrics::counter!("switch_prompts_missing_total").increment(1);
            tracing::warn!(prompt = id.as_str(), "a prompt has no sound");
            if let Some(from) = repeat_from.as_mut()
                && index < *from
            {
                *from -= 1;
            }
        }
        (clips, repeat_from.filter(|from| *from < list.prompts.len()))
    }
}

#[cfg(test)]
mod tests {
    use otklik_media::Clip;
    use otklik_model::{Playlist, PromptId};

    use super::Prompts;

    #[test]
    fn a_missing_prompt_is_left_out_and_the_place_of_repeating_kept() {
        let prompts = Prompts::default();
        for (id, length) in [("words", 160), ("music", 320), ("comfort", 480)] {
            prompts.insert(PromptId::new(id), Clip::from_alaw(vec![0xd5; length]));
        }
        let list = |ids: &[&str]| Playlist {
            prompts: ids.iter().map(|id| PromptId::new(*id)).collect(),
            repeat_from: Some(1),
        };
        let lengths = |ids: &[&str]| {
            let (clips, from) = prompts.sounds(&list(ids));
            (clips.iter().map(|clip| clip.duration_ms()).collect::<Vec<_>>(), from)
        };
        assert_eq!(lengths(&["words", "music", "comfort"]), (vec![20, 40, 60], Some(1)));
        assert_eq!(lengths(&["lost", "music", "comfort"]), (vec![40, 60], Some(0)));
        assert_eq!(lengths(&["words", "music", "lost"]), (vec![20, 40], Some(1)));
    }
}
