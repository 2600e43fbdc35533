//! What stands in the place of a screen until its part of the program is here: quiet bars of the coming shape.
import { useWords } from '../words/words';
import { useSlow } from './hooks';

const WIDTHS = [38, 92, 84, 96, 70, 88];

/** Nothing for a moment, so that a quick screen does not flicker; then bones. */
export function Bones() {
  const { t } = useWords();
  const slow = useSlow(true);
  return (
    <main className="bones-page" aria-busy="true">
      {slow && <div className="panel bones" role="status" aria-label={t('loading')}>{WIDTHS.map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}</div>}
    </main>
  );
}
