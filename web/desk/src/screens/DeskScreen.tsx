//! The specialist's desk: top line, bar, three columns.
import { QueueStrip, HeadsetSign } from '../parts/Strip';
import { Top } from '../parts/Top';
import { useNow, usePageTitle } from '../parts/hooks';
import { soundOf } from '../state/sound';
import type { DeskView, Person } from '../transport/contract';
import { useWords } from '../words/words';
import { DeskLeft } from './desk/DeskLeft';
import { DeskMiddle } from './desk/DeskMiddle';
import { DeskRight } from './desk/DeskRight';
import { ShiftBar } from './ShiftBar';
import type { Shift } from './shift';
import { Waiting } from './Waiting';

/** What the top line says of an open desk. */
export function ShiftStrip({ shift, desk }: { shift: Shift; desk: DeskView }) {
  const now = useNow(shift.clock, 1_000);
  return (
    <>
      <QueueStrip queue={desk.queue} linked={shift.link.phase === 'open'} now={now} />
      <HeadsetSign sound={soundOf(shift.phone.phase, desk.sound)} bars={shift.phone.bars} />
    </>
  );
}

/** The desk. */
export function DeskScreen({ me, shift }: { me: Person; shift: Shift }) {
  const { t } = useWords();
  usePageTitle(t('nav-desk'));
  const { desk } = shift.link.feed;
  if (desk === null) return <Waiting failed={shift.link.phase === 'lost'} again={() => location.reload()} />;
  return (
    <div className="desk">
      <Top me={desk.me ?? me} route="desk"><ShiftStrip shift={shift} desk={desk} /></Top>
      <ShiftBar shift={shift} desk={desk} />
      <main className="cols">
        <DeskLeft desk={desk} clock={shift.clock} />
        <DeskMiddle desk={desk} clock={shift.clock} />
        <DeskRight desk={desk} phone={shift.phone} />
      </main>
    </div>
  );
}
