//! The start page of the demonstration: where to call, how, what a caller hears now, who can sign in, what today counts.
import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Kpis } from '../parts/Kpis';
import { LanguageSwitch } from '../parts/Look';
import { useErrorText, usePageTitle, usePoll } from '../parts/hooks';
import { BrandMark, Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { initials } from '../parts/Top';
import { setDemoLineMode, startPage } from '../transport/api';
import type { Line, LineMode, Person, StartPage } from '../transport/contract';
import { useWords } from '../words/words';
import { go } from './route';
import { Walk } from './start/Walk';
import { Waiting } from './Waiting';
import { readableNumber } from '../state/number';

const REFRESH_MS = 3_000;
const COPIED_MS = 2_000;
type Demo = Extract<StartPage, { demo: true }>;

/** A line of text to take along. */
function Copyable({ text }: { text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="copy">
      <code>{text}</code>
      {/* Browsers lend the clipboard only to https and to this computer. */}
      {navigator.clipboard && (
        <Press small onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => undefined)}>
          <Icon name={copied ? 'check' : 'copy'} /><span aria-live="polite">{t(copied ? 'start-copied' : 'start-copy')}</span>
        </Press>
      )}
    </div>
  );
}

function Dial({ start }: { start: Demo }) {
  const { t } = useWords();
  const uri = `sip:${start.number}@${start.sip}`;
  return (
    <section className="panel dial" aria-label={t('start-lead')}>
      <div>
        <h2>{t('start-lead')}</h2>
        <p className="number">{readableNumber(start.number)}</p>
      </div>
      <div className="ways">
        <div className="way"><h3>{t('start-softphone')}</h3><p className="dim">{t('start-softphone-how')}</p><Copyable text={uri} /></div>
        <div className="way"><h3>{t('start-sipp')}</h3><p className="dim">{t('start-sipp-how')}</p><Copyable text={`sipp -sn uac -s ${start.number} -m 1 -d 60000 ${start.sip}`} /></div>
      </div>
    </section>
  );
}

function LineSwitch({ line, turn }: { line: Line; turn: (mode: LineMode) => void }) {
  const { t } = useWords();
  const data = (['open', 'closed', 'calendar'] as const).map((value) => ({ value, label: t(`mode-${value}`) }));
  return (
    <div className="line">
      <div className="line-h"><h2>{line.name}</h2><span className={line.open_now ? 'open' : 'shut'}>{t(line.open_now ? 'line-open' : 'line-closed')}</span></div>
      <SegmentedControl className="seg" fullWidth aria-label={`${t('start-line-mode')}: ${line.name}`} data={data} value={line.mode}
        onChange={(value) => turn(value as LineMode)} transitionDuration={0} />
      <p className="dim" aria-live="polite">{t(line.open_now ? 'line-hears-open' : 'line-hears-closed')}</p>
    </div>
  );
}

function People({ people }: { people: Person[] }) {
  const { t } = useWords();
  return (
    <section className="panel">
      <h2>{t('start-people-h')}</h2>
      <ul className="people-list">
        {people.map((one) => (
          <li key={one.id}><span className="ava" aria-hidden="true">{initials(one.name)}</span><span><span className="strong">{one.name}</span> <span className="hint">{t(`role-${one.role}`)}</span></span><code>{one.id}</code></li>
        ))}
      </ul>
      <p className="dim">{t('start-people-passwords')}</p>
    </section>
  );
}

/** The start page. Without a demonstration there is nothing to show: the door is next. */
export function StartScreen() {
  const { t } = useWords();
  usePageTitle(t('start-title'));
  const errorText = useErrorText();
  const [start, setStart] = useState<StartPage | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const turning = useRef(0);

  const refresh = async (): Promise<void> => {
    const turn = turning.current;
    try {
      const found = await startPage();
      if (!found.demo) return go('sign-in', 'replace');
      // A switch that is being turned must not jump back by an answer from before.
      if (turn === turning.current) setStart(found);
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  usePoll(refresh, REFRESH_MS);

  const turn = async (line: string, mode: LineMode): Promise<void> => {
    turning.current += 1;
    setStart((before) => before && { ...before, lines: before.lines.map((one) => (one.id === line ? { ...one, mode } : one)) });
    try {
      await setDemoLineMode(line, mode);
    } catch (error) {
      setFailure(error);
    }
    await refresh();
  };

  if (start === null || !start.demo) return <Waiting failed={failure !== null} again={() => void refresh()} />;
  return (
    <main className="start">
      <div className="start-top">
        <span className="brand"><BrandMark /><span className="brand-name">{t('brand')}</span></span>
        <div className="end"><LanguageSwitch /></div>
      </div>
      {failure !== null && <p className="note note--bad" role="alert"><Icon name="warn" /><span>{errorText(failure)}</span></p>}
      <Walk today={start.today} />
      <div className="start-grid">
        <Dial start={start} />
        <div className="start-side">
          <section className="panel" aria-label={t('start-line-h')}>{start.lines.map((line) => <LineSwitch key={line.id} line={line} turn={(mode) => void turn(line.id, mode)} />)}</section>
          <People people={start.people} />
        </div>
      </div>
      <section className="panel today-panel" id="today" tabIndex={-1} aria-label={t('start-today-h')}><h2>{t('start-today-h')}</h2><Kpis today={start.today} className="today" /></section>
    </main>
  );
}
