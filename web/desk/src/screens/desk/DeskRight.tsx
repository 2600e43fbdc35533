//! Right: what to say and to ask first, the headset, and the keys; the knowledge base takes this side when it comes.
import type { PhoneState } from '../../audio/telephone';
import { Icon } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { Meter } from '../../parts/Strip';
import { soundOf } from '../../state/sound';
import type { DeskView } from '../../transport/contract';
import { useWords } from '../../words/words';
import type { AppealAtDesk } from '../appealAtDesk';

/** The first words of a talk, to read aloud; in a talk with a known person what to ask before one speaks of their matter. */
function Say({ desk, at }: { desk: DeskView; at: AppealAtDesk }) {
  const { t } = useWords();
  if (desk.state.state !== 'talking' && desk.state.state !== 'reserved') return null;
  const speaker = at.opening.phase === 'open' ? at.opening.work.draft.fields.speaker.is : 'unknown';
  const name = desk.me.name.split(/\s+/)[0] ?? '';
  if (desk.state.state === 'reserved' || speaker === 'unknown') {
    return (
      <section className="say" data-part="say">
        <h2 className="sec-h">{t('say-h')}</h2>
        <p>{t(desk.call?.our_fault ? 'say-greeting-fault' : 'say-greeting', { name: name || 'none' })}</p>
      </section>
    );
  }
  return (
    <section className="sec" data-part="identity">
      <h2 className="sec-h">{t('check-h')}</h2>
      <ol className="asks">{([1, 2, 3] as const).map((n) => <li key={n}>{t(`check-${n}`)}</li>)}</ol>
      <p className="dim">{t('check-why')}</p>
      <p className="note note--calm"><Icon name="stop" />{t('check-never')}</p>
    </section>
  );
}

/** The keys of the desk. */
export const KEYS = [['F4', 'key-f4'], ['Esc', 'key-esc'], ['Alt 1…4', 'key-alt-n'], ['Ctrl Enter', 'key-ctrl-enter'], ['Alt Q', 'key-alt-q'], ['Alt W', 'key-alt-w'], ['F1', 'key-f1']] as const;

/** The right column. */
export function DeskRight({ desk, at, phone, showKeys }: { desk: DeskView; at: AppealAtDesk; phone: PhoneState; showKeys: () => void }) {
  const { t, tell } = useWords();
  const sound = soundOf(phone.phase, desk.sound);
  return (
    <aside className="col col--right" aria-label={t('desk-right')} tabIndex={0}>
      <Say desk={desk} at={at} />
      <section className="sec">
        <h2 className="sec-h">{t('headset-h')}</h2>
        <div className="headset">
          <Icon name={sound.verdict === 'bad' ? 'warn' : 'headset'} />
          <div>
            <p>{phone.device ?? t('headset-unknown')}</p>
            <p className="dim row">{sound.verdict === 'good' ? t('headset-good') : tell(sound.what)} <Meter bars={sound.verdict === 'good' ? phone.bars : 0} /></p>
          </div>
        </div>
      </section>
      <section className="sec sec--keys">
        <h2 className="sec-h">{t('keys-h')}</h2>
        <ul className="keys">{KEYS.slice(0, 4).map(([key, text]) => <li key={key}><kbd>{key}</kbd><span>{t(text)}</span></li>)}</ul>
        <Press tone="link" small className="keys-all" onClick={showKeys}>{t('keys-sheet-open')}<kbd aria-hidden="true">F1</kbd></Press>
      </section>
    </aside>
  );
}
