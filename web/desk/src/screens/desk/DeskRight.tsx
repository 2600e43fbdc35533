//! Right: for now the headset and the keys that work; the knowledge base takes this side when it comes.
import type { PhoneState } from '../../audio/telephone';
import { Icon } from '../../parts/Icon';
import { Meter } from '../../parts/Strip';
import { soundOf } from '../../state/sound';
import type { DeskView } from '../../transport/contract';
import { useWords } from '../../words/words';

/** The right column. */
export function DeskRight({ desk, phone }: { desk: DeskView; phone: PhoneState }) {
  const { t, tell } = useWords();
  const sound = soundOf(phone.phase, desk.sound);
  return (
    <aside className="col col--right" aria-label={t('desk-right')} tabIndex={0}>
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
      <section className="sec">
        <h2 className="sec-h">{t('keys-h')}</h2>
        <ul className="keys">
          <li><kbd>F4</kbd><span>{t('key-f4')}</span></li>
          <li><kbd>Esc</kbd><span>{t('key-esc')}</span></li>
        </ul>
      </section>
    </aside>
  );
}
