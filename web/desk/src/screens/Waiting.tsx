//! While the first answer of the centre is awaited, or after it did not come.
import { useSlow } from '../parts/hooks';
import { Press } from '../parts/Press';
import { useWords } from '../words/words';

/** Quiet bars of the coming shape; after a failure a sentence and one way on. */
export function Waiting({ failed, again }: { failed: boolean; again: () => void }) {
  const { t } = useWords();
  const slow = useSlow(!failed);
  if (failed) {
    return (
      <main className="gate">
        <div className="gate-in panel" role="alert" style={{ display: 'grid', gap: 'var(--s-4)' }}>
          <p className="strong">{t('error-no_link')}</p>
          <Press tone="main" onClick={again}>{t('try-again')}</Press>
        </div>
      </main>
    );
  }
  return (
    <main className="gate" aria-busy="true">
      {slow && <div style={{ display: 'grid', gap: 12, width: 320 }} role="status" aria-label={t('loading')}>{[70, 92, 48].map((width) => <div key={width} className="skel" style={{ width: `${width}%` }} />)}</div>}
    </main>
  );
}
