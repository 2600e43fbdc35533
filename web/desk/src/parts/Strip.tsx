//! What the top line says of the shift: who waits, and whether the headset works.
import { span } from '../state/clock';
import type { Sound } from '../state/sound';
import { say } from '../state/say';
import type { DeskView } from '../transport/contract';
import { useWords } from '../words/words';
import { Icon } from './Icon';

/** The level of the microphone in three bars. */
export function Meter({ bars }: { bars: number }) {
  return (
    <span className="meter" aria-hidden="true">
      {[1, 2, 3].map((bar) => <i key={bar} data-on={bars >= bar || undefined} />)}
    </span>
  );
}

/** «Ждут 3, дольше всех 0:48». Never red: a specialist cannot hurry. */
export function QueueStrip({ queue, linked, now }: { queue: DeskView['queue']; linked: boolean; now: number }) {
  const { rich, t } = useWords();
  if (!linked) return <span className="queue">{t('queue-unseen')}</span>;
  if (queue.waiting === 0) return <span className="queue">{t('queue-none')}</span>;
  const wait = span(queue.longest_since === null ? 0 : now - queue.longest_since);
  return (
    <>
      <span className="long">{rich(say('queue-some', { count: queue.waiting, wait }))}</span>
      <span className="short">{rich(say('queue-some-short', { count: queue.waiting }))}</span>
    </>
  );
}

/** The headset with its level; in brick where it does not work. */
export function HeadsetSign({ sound, bars }: { sound: Sound; bars: number }) {
  const { t, tell } = useWords();
  const text = sound.verdict === 'good' ? t('bar-ready-sub') : tell(sound.what);
  return (
    <span className={`row${sound.verdict === 'bad' ? ' is-bad' : ''}`} title={text}>
      <Icon name={sound.verdict === 'bad' ? 'warn' : 'headset'} />
      <span className="vh">{text}</span>
      <Meter bars={sound.verdict === 'good' ? bars : 0} />
    </span>
  );
}
