//! Draws the bar: glyph, word, time, texts, buttons, thread of time, and its two live regions. Decides nothing.
import { useEffect, useRef } from 'react';
import type { ActionName, BarAction, BarView } from '../state/bar';
import type { ChosenBreak } from '../transport/contract';
import { useWords } from '../words/words';
import { BreakMenu, MicKey, RecordKey } from './BarKeys';
import { Glyph } from './Glyph';
import { Icon, type IconName } from './Icon';
import { Press } from './Press';

const ICONS: Record<ActionName, IconName | null> = {
  answer: 'phone', decline: null, hang_up: 'hang_up', ready: 'check', break: 'cup', extend: 'clock', check_sound: 'mic',
};

/** What the bar may ask for. */
type Run = (name: ActionName, reason?: ChosenBreak) => void;

function ActionButton({ action, run }: { action: BarAction; run: Run }) {
  const { tell } = useWords();
  const icon = ICONS[action.name];
  if (action.name === 'break') return <BreakMenu action={action} take={(reason) => run('break', reason)} />;
  return (
    <Press tone={action.tone} resting={!action.enabled} data-action={action.name} aria-keyshortcuts={action.hint === 'Esc' ? 'Escape' : (action.hint ?? undefined)}
      onClick={() => run(action.name)}>
      {icon !== null && <Icon name={icon} />}
      {tell(action.label)}
      {action.hint !== null && <kbd aria-hidden="true">{action.hint}</kbd>}
    </Press>
  );
}

/** The bar of the desk. */
export function Bar({ view, run, stopRecording, bars }: { view: BarView; run: Run; stopRecording: () => void; bars: number }) {
  const { t, tell } = useWords();
  const bar = useRef<HTMLElement>(null);
  const announced = tell(view.announce.text);
  const buttons = view.actions.map((action) => action.name).join();
  const hadFocus = useRef(false);
  useEffect(() => {
    // A pressed button that is gone must not take the focus with it to nowhere; nor may it land on «Завершить» under the same finger.
    if (hadFocus.current && document.activeElement === document.body) bar.current?.focus({ preventScroll: true });
  }, [buttons]);
  return (
    <section className="bar" data-look={view.look} aria-label={t('bar-label')} tabIndex={-1} ref={bar}
      onFocus={() => { hadFocus.current = true; }} onBlur={(event) => { hadFocus.current = event.relatedTarget === null && !event.target.isConnected; }}>
      <div className="bar-state">
        <Glyph name={view.glyph} />
        <div>
          <div className="bar-word">{tell(view.word)}</div>
          {view.time !== null && (
            <div className="bar-time"><span aria-hidden="true">{view.time.text}</span><span className="vh">{tell(view.time.spoken)}</span></div>
          )}
        </div>
      </div>
      <div className="bar-who">
        <div className="bar-name">{tell(view.title)}</div>
        <div className="bar-sub">{tell(view.sub)}</div>
      </div>
      {view.keepsPlaces && (
        <div className="ctl-places">
          <MicKey bars={bars} heard={view.look !== 'sos'} />
          {view.recording !== null && <RecordKey {...view.recording} stop={stopRecording} />}
        </div>
      )}
      {view.actions.length > 0 && (
        <div className="ctl" role="group" aria-label={t('bar-controls')}>
          {view.actions.map((action) => <ActionButton key={action.name} action={action} run={run} />)}
        </div>
      )}
      {view.left !== null && <div className="bar-thread" style={{ width: `${view.left * 100}%` }} />}
      <div className="vh" aria-live="assertive" aria-atomic="true">{view.announce.urgent ? announced : ''}</div>
      <div className="vh" aria-live="polite" aria-atomic="true">{view.announce.urgent ? '' : announced}</div>
    </section>
  );
}
