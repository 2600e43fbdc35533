//! The recording of the chosen call, below the list.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Icon } from '../../parts/Icon';
import { Wave } from '../../parts/Wave';
import { callerSay } from '../../state/bar';
import { clockTime } from '../../state/clock';
import type { CallRow } from '../../transport/contract';
import { useWords } from '../../words/words';

/** The player with what it plays: two channels, named in words. */
export function Recording({ row, hushed, close }: { row: CallRow & { recording: NonNullable<CallRow['recording']> }; hushed: boolean; close: () => void }) {
  const { t, tell } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [row.id]);
  return (
    <section className="panel rec" aria-label={t('recording-h')}>
      <div className="rec-h">
        <h2 tabIndex={-1} ref={heading}>{t('recording-title', { caller: tell(callerSay(row.caller)), time: clockTime(row.started_at) })}</h2>
        <div className="end">
          <a className="btn btn--s" href={row.recording.url} download={`${row.id}.wav`}><Icon name="down" />{t('recording-download')}</a>
          <UnstyledButton className="iconbtn" aria-label={t('recording-close')} onClick={close}><Icon name="close" /></UnstyledButton>
        </div>
      </div>
      <Wave key={row.id} call={row.id} url={row.recording.url} durationMs={row.recording.duration_ms} hushed={hushed} />
    </section>
  );
}
