//! The prompts that stand in the binary.

use anyhow::Context;
use otklik_media::Clip;
use otklik_model::PromptId;
use otklik_switch::Prompts;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../data/prompts"]
#[include = "*.wav"]
struct Sounds;

/// Reads every prompt; its id is the file's name.
pub(crate) fn prompts() -> anyhow::Result<Prompts> {
    let mut prompts = Prompts::default();
    for name in Sounds::iter() {
        let Some((id, sound)) = name.strip_suffix(".wav").zip(Sounds::get(&name)) else { continue };
        let clip = Clip::from_wav_bytes(&sound.data).with_context(|| format!("the prompt {name} cannot be read"))?;
        prompts.insert(PromptId::new(id), clip);
    }
    Ok(prompts)
}
