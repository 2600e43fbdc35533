//! How a call ended: mark and words that say the same.
import type { OutcomeMark, OutcomeView } from '../state/callList';
import { useWords } from '../words/words';
import { Glyph } from './Glyph';
import { Icon, type IconName } from './Icon';

const ICONS: Record<Exclude<OutcomeMark, 'talk' | 'ring'>, IconName> = {
  check: 'check', missed: 'hang_up', broken: 'broken', voice: 'voice', forward: 'forward', wait: 'clock', stop: 'stop',
};

/** Draws an outcome. */
export function OutcomeTag({ outcome }: { outcome: OutcomeView }) {
  const { tell } = useWords();
  const { mark } = outcome;
  return (
    <span className="tag" data-tone={outcome.tone}>
      {mark === 'talk' || mark === 'ring' ? <Glyph name={mark} /> : <Icon name={ICONS[mark]} />}
      <span>{tell(outcome.text)}</span>
    </span>
  );
}
