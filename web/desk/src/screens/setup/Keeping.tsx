//! How long recordings stay and how long their disk lasts: a part of the setup, to be put into its page.
import { useState } from 'react';
import { useErrorText, usePoll } from '../../parts/hooks';
import { Press } from '../../parts/Press';
import { shortDate } from '../../state/clock';
import { keeping, type Keeping as Standing } from '../../transport/keeping';
import type { MessageKey } from '../../words/generated/keys';
import { useWords } from '../../words/words';
import '../../look/keeping.css';

const REFRESH_MS = 10_000;
const GIGABYTE = 1e9;
const HOUR_S = 3_600;

/** A size as people say it: whole megabytes below one gigabyte, tenths up to a hundred. */
function useSize(): (bytes: number) => string {
  const { t, language } = useWords();
  return (bytes) => {
    if (bytes < GIGABYTE) return t('keeping-megabytes', { n: Math.round(bytes / 1e6).toLocaleString(language) });
    const digits = bytes < 100 * GIGABYTE ? 1 : 0;
    return t('keeping-gigabytes', { n: (bytes / GIGABYTE).toLocaleString(language, { maximumFractionDigits: digits }) });
  };
}

const HEADS: Record<string, MessageKey> = { ok: 'keeping-ok', low: 'keeping-low', floor: 'keeping-floor' };

/** What the numbers mean, in words. */
function Forecast({ now }: { now: Standing }) {
  const { t } = useWords();
  const size = useSize();
  const days = now.days_left ?? null;
  return (
    <div className="keep-say" data-state={now.state} role={now.state === 'ok' ? undefined : 'alert'}>
      <p className="keep-head">{t(HEADS[now.state] ?? 'keeping-ok')}</p>
      {now.state === 'floor' && <p>{t('keeping-floor-text', { floor: size(now.floor_bytes) })}</p>}
      {now.state !== 'floor' && <p>{days === null ? t('keeping-no-growth') : t('keeping-days', { days })}</p>}
      {now.state === 'low' && <p>{t('keeping-low-text')}</p>}
    </div>
  );
}

/** The disk as a bar. */
function DiskBar({ now }: { now: Standing }) {
  const { t } = useWords();
  const size = useSize();
  const other = Math.max(0, now.total_bytes - now.free_bytes - now.used_bytes);
  const parts = [['used', now.used_bytes], ['other', other], ['free', now.free_bytes]] as const;
  const label = t('keeping-bar', { total: size(now.total_bytes), used: size(now.used_bytes), other: size(other), free: size(now.free_bytes) });
  return (
    <figure className="keep-disk">
      <div className="keep-bar" role="img" aria-label={label}>
        {parts.map(([name, bytes]) => <span key={name} data-part={name} style={{ flexGrow: bytes / Math.max(1, now.total_bytes) }} />)}
      </div>
      <figcaption aria-hidden="true">
        {parts.map(([name, bytes]) => (
          <span key={name} data-part={name}>
            <b>{size(bytes)}</b> {t(`keeping-${name}`)}{name === 'free' && `, ${t('keeping-reserve', { floor: size(now.floor_bytes) })}`}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Facts({ now }: { now: Standing }) {
  const { t, language } = useWords();
  const size = useSize();
  const hours = (now.recorded_s_per_day / HOUR_S).toLocaleString(language, { maximumFractionDigits: 1 });
  const oldest = now.oldest_at ?? null;
  return (
    <ul className="keep-facts">
      <li>{t('keeping-count', { count: now.count })}{oldest !== null && `, ${t('keeping-oldest', { date: shortDate(oldest, Date.now(), language) })}`}</li>
      <li>{t('keeping-per-day', { hours, size: size(now.growth_bytes_per_day) })}</li>
    </ul>
  );
}

function Lines({ now }: { now: Standing }) {
  const { t } = useWords();
  return (
    <section className="keep-lines">
      <h3>{t('keeping-lines')}</h3>
      <table className="tbl">
        <thead><tr><th scope="col">{t('keeping-line')}</th><th scope="col">{t('keeping-term')}</th></tr></thead>
        <tbody>{now.lines.map((line) => <tr key={line.id}><td>{line.name}</td><td>{t('keeping-for-days', { days: line.keep_days })}</td></tr>)}</tbody>
      </table>
      <p className="hint">{t('keeping-lines-hint')}</p>
    </section>
  );
}

/** The part of the setup that is about keeping. */
export function Keeping() {
  const { t } = useWords();
  const errorText = useErrorText();
  const [now, setNow] = useState<Standing | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const ask = async (): Promise<void> => {
    try {
      setNow(await keeping());
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  usePoll(ask, REFRESH_MS);
  return (
    <section className="panel keep" aria-label={t('keeping-title')}>
      <h2>{t('keeping-title')}</h2>
      {failure !== null && <div role="alert" className="keep-failed"><p>{errorText(failure)}</p><Press onClick={() => void ask()}>{t('try-again')}</Press></div>}
      {now !== null && (now.measured_at ?? null) === null && <p role="status">{t('keeping-not-measured')}</p>}
      {now !== null && (now.measured_at ?? null) !== null && <><Forecast now={now} /><DiskBar now={now} /><Facts now={now} /></>}
      {now !== null && <Lines now={now} />}
    </section>
  );
}
