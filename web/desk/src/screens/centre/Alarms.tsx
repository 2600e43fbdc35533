//! «Нужно решить»: each alarm with its one button; one that somebody has seen steps back until it gets worse.
import { Icon, type IconName } from '../../parts/Icon';
import { Press } from '../../parts/Press';
import { alarmView } from '../../state/centre';
import { clockTime } from '../../state/clock';
import type { Alarm } from '../../transport/centre';
import { useWords } from '../../words/words';

const ICONS: Record<string, IconName> = {
  nobody_on_shift: 'headset', long_wait: 'clock', promise_overdue: 'flag', sound_lost: 'mic', repeated: 'warn', not_storing: 'warn',
};

function Row({ alarm, first, now, act, see }: { alarm: Alarm; first: boolean; now: number; act: () => void; see: (() => void) | null }) {
  const { t, tell } = useWords();
  const view = alarmView(alarm, now);
  return (
    <li className="alarm" data-alarm={alarm.id} data-seen={alarm.seen ? 'yes' : 'no'}>
      <Icon name={ICONS[alarm.kind] ?? 'warn'} />
      <p>
        <b className="strong">{tell(view.title)}</b><br />
        <span className="dim">{tell(view.sub)}</span>
        {alarm.seen && <><br /><span className="hint small">{t('alarm-seen', { name: alarm.seen.who.name, time: clockTime(alarm.seen.at) })}</span></>}
      </p>
      <div className="alarm-acts">
        <Press small tone={first ? 'main' : 'plain'} onClick={act}>{tell(view.button)}</Press>
        {see !== null && !alarm.seen && <Press small tone="link" aria-label={t('alarm-see-what', { what: tell(view.title) })} onClick={see}>{t('alarm-see')}</Press>}
      </div>
    </li>
  );
}

/** The alarms. `lead` may act and see; others read. */
export function Alarms({ alarms, now, act, see }: { alarms: Alarm[]; now: number; act: (alarm: Alarm) => void; see: ((alarm: Alarm) => void) | null }) {
  const { t } = useWords();
  // What somebody has seen stands below what nobody has.
  const sorted = [...alarms].sort((a, b) => Number(Boolean(a.seen)) - Number(Boolean(b.seen)));
  return (
    <section className="panel" aria-label={t('alarms-h')}>
      <div className="panel-h"><h2>{t('alarms-h')}</h2></div>
      {alarms.length === 0 && <p className="panel-none dim">{t('alarms-none')}</p>}
      <ul aria-live="polite">
        {sorted.map((alarm, i) => <Row key={alarm.id} alarm={alarm} first={i === 0 && !alarm.seen} now={now} act={() => act(alarm)} see={see && (() => see(alarm))} />)}
      </ul>
    </section>
  );
}
