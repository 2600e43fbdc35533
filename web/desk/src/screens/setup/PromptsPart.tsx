//! Prompts: what the line says, heard and replaced.
import { useRef, useState } from 'react';
import { Press } from '../../parts/Press';
import { clockTime, shortDate } from '../../state/clock';
import { prompts, promptSound, replacePrompt, restorePrompt, type SetupPrompt } from '../../transport/setup';
import { useWords } from '../../words/words';
import { Refusal, Stale, useSaving } from './form';
import { useLoaded } from './hooks';

const LARGEST = 5_500_000;

function Row({ prompt, set }: { prompt: SetupPrompt; set: () => Promise<void> }) {
  const { t, language } = useWords();
  const [old, setOld] = useState(false);
  const [version, setVersion] = useState<number | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [large, setLarge] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const saving = useSaving<SetupPrompt>();
  const on = version ?? prompt.version;
  const put = (chosen: File, of: number) => saving.run(async () => {
    await replacePrompt(prompt.id, of, chosen);
    setVersion(null);
    await set();
  });
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return;
    setFile(chosen);
    setLarge(chosen.size > LARGEST);
    if (chosen.size <= LARGEST) void put(chosen, on);
    if (field.current !== null) field.current.value = '';
  };
  const back = (to: number) => saving.run(async () => {
    await restorePrompt(prompt.id, on, to);
    setVersion(null);
    await set();
  });
  const stands = (one: SetupPrompt): string => (one.built_in ? t('prompts-built-in') : `${one.versions[0]?.file ?? ''} (${one.versions[0]?.changed_by ?? ''})`);
  const { stored } = saving;
  return (
    <li data-prompt={prompt.id}>
      <span className="who"><b>{language === 'ru' ? prompt.text_ru : prompt.text_en}</b><br /><span className="dim">{prompt.id} · {stands(prompt)}</span></span>
      <audio controls preload="none" aria-label={t('prompts-listen', { text: prompt.id })} src={promptSound(prompt.id, prompt.version)} />
      <span className="acts wide">
        <label className="btn btn--s">{t('prompts-replace')}<span className="vh">: {prompt.id}</span><input ref={field} className="vh" type="file" accept=".wav,audio/wav" onChange={(event) => choose(event.currentTarget.files?.[0])} /></label>
        {prompt.versions.length > 0 && <Press small aria-expanded={old} onClick={() => setOld(!old)}>{t('prompts-old', { count: prompt.versions.length })}<span className="vh">: {prompt.id}</span></Press>}
      </span>
      <Refusal text={large ? t('error-sound_too_large') : saving.error} />
      {stored !== null && <Stale rows={[[t('prompts-sound'), stands(stored), file?.name ?? '']]} takeTheirs={() => { setVersion(null); saving.forget(); void set(); }} keepMine={() => { if (file !== null) void put(file, stored.version); }} />}
      {old && (
        <ul className="rows wide">
          {[...prompt.versions.map((one) => ({ version: one.version, name: one.built_in ? t('prompts-built-in') : one.file, when: `${shortDate(one.changed_at, Date.now(), language)}, ${clockTime(one.changed_at)} · ${one.changed_by}` })), { version: 0, name: t('prompts-built-in'), when: '' }].map((one) => (
            <li key={one.version}>
              <span className="who">{one.name}<br /><span className="dim">{one.when}</span></span>
              <span className="acts"><audio controls preload="none" aria-label={t('prompts-listen', { text: `${prompt.id} ${one.version}` })} src={promptSound(prompt.id, one.version)} />
                {one.version !== prompt.version && <Press small resting={saving.busy} onClick={() => void back(one.version)}>{t('prompts-restore')}</Press>}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Prompts. */
export function PromptsPart() {
  const { t } = useWords();
  const { value, error, again } = useLoaded(prompts);
  return (
    <section className="panel" aria-labelledby="prompts">
      <h2 id="prompts">{t('setup-prompts')}</h2>
      <p className="dim">{t('prompts-note')}</p>
      <Refusal text={error} />
      <ul className="rows">{value?.map((prompt) => <Row key={prompt.id} prompt={prompt} set={again} />)}</ul>
    </section>
  );
}
