//! The bar of an open desk with everything that goes with it (keys, ringing, signs): on `/desk`, and on `/calls` while a desk is open.
import { Bar } from '../parts/Bar';
import { useNow } from '../parts/hooks';
import { barView } from '../state/bar';
import { useAppealAtDesk } from './appealAtDesk';
import { remaining } from '../state/clock';
import type { DeskView } from '../transport/contract';
import type { Shift } from './shift';
import { useKeys, useRinging, useSigns } from './signs';

/** The bar of the desk, ticking. */
export function ShiftBar({ shift, desk }: { shift: Shift; desk: DeskView }) {
  const now = useNow(shift.clock, 250);
  const { link, phone, notice } = shift;
  const work = useAppealAtDesk();
  const view = barView({
    desk, link: { up: link.phase === 'open', lostSince: link.lostSince }, phone: phone.phase, notice, now,
    hears: phone.hears, address: work?.address ?? null, settled: work?.settled ?? true,
  });
  const wrapLeft = desk.state.state === 'wrap_up' && desk.state_until !== null ? remaining(desk.state_since, desk.state_until, now) : null;
  useRinging(shift, desk.state.state === 'reserved' && link.phase === 'open', desk.call?.line.name ?? '');
  useSigns(shift, view, wrapLeft);
  useKeys(shift, view, desk.state_since);
  return <Bar view={view} run={shift.run} stopRecording={shift.stopRecording} bars={phone.bars} />;
}
