//! Keys of the bar with a menu or a state of their own: microphone, recording, break.
import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { BarAction } from '../state/bar';
import type { ChosenBreak, DeskCall } from '../transport/contract';
import { useWords } from '../words/words';
import { Icon } from './Icon';
import { Press } from './Press';
import { Meter } from './Strip';

/** Reasons in the order of their use; those of the house's settings. */
const BREAKS = ['lunch', 'short', 'screen_rest', 'recovery', 'paperwork', 'callbacks', 'training', 'supervisor', 'technical'] as const satisfies ChosenBreak[];

/** The microphone of the talk: its level, or that it is not heard. */
export function MicKey({ bars, heard }: { bars: number; heard: boolean }) {
  const { t } = useWords();
  return (
    <div className="k k--sign" role="img" aria-label={heard ? t('bar-mic-good', { bars }) : t('sound-muted')}>
      <span><Icon name={heard ? 'mic' : 'warn'} /><Meter bars={heard ? bars : 0} /></span>
      <span>{t('bar-mic')}</span>
    </div>
  );
}

/** Whether the talk is recorded; stops it at the caller's wish, and says before what that means. */
export function RecordKey({ state, enabled, stop }: { state: DeskCall['recording']; enabled: boolean; stop: () => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const label = t(state === 'on' ? 'do-record' : state === 'stopped' ? 'record-stopped' : 'record-off');
  return (
    <Popover opened={open && enabled} onChange={setOpen} position="bottom" width={400} trapFocus returnFocus withRoles transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className="k" data-recording={state} aria-disabled={!enabled || undefined} onClick={() => enabled && setOpen(!open)}>
          <span><Icon name={state === 'on' ? 'record' : 'stop'} /></span>
          <span>{label}</span>
          {state === 'on' && <span className="vh">{t('record-on')}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="float float--pad">
        <p className="strong">{t('record-ask')}</p>
        <p className="dim">{t('record-what')}</p>
        <div className="row">
          <Press tone="main" onClick={() => { setOpen(false); stop(); }}>{t('record-stop')}</Press>
          <Press onClick={() => setOpen(false)}>{t('record-keep')}</Press>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A break with its reason. */
export function BreakMenu({ action, take }: { action: BarAction; take: (reason: ChosenBreak) => void }) {
  const { t, tell } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open && action.enabled} onChange={setOpen} position="bottom-end" width={288} trapFocus returnFocus withRoles transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Press tone={action.tone} resting={!action.enabled} data-action="break" onClick={() => setOpen(!open)}>
          <Icon name="cup" />{tell(action.label)}<Icon name="chevron" />
        </Press>
      </Popover.Target>
      <Popover.Dropdown className="float">
        <p className="float-h">{t('break-h')}</p>
        <ul className="menu">
          {BREAKS.map((reason) => (
            <li key={reason}><UnstyledButton data-break={reason} onClick={() => { setOpen(false); take(reason); }}>{t(`break-${reason}`)}</UnstyledButton></li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
