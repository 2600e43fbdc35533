//! The specialist's desk: top line, bar, three columns, and the keys that move between them.
import { useCallback, useEffect, useRef, useState } from 'react';
import { QueueStrip, HeadsetSign } from '../parts/Strip';
import { Top } from '../parts/Top';
import { useNow, usePageTitle } from '../parts/hooks';
import { soundOf } from '../state/sound';
import type { DeskView, Person } from '../transport/contract';
import { useWords } from '../words/words';
import type { SheetHandle } from './appeal/Sheet';
import { useAppealAtDesk } from './appealAtDesk';
import { DeskLeft } from './desk/DeskLeft';
import { DeskMiddle } from './desk/DeskMiddle';
import { DeskRight } from './desk/DeskRight';
import { KeySheet } from './desk/KeySheet';
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

interface KeysOf {
  register: () => void;
  middle: () => void;
  left: () => void;
  sheet: () => void;
}

/** Keys of the columns, by the place of the key and not by the layout. */
function useColumnKeys(does: KeysOf): void {
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.repeat || event.metaKey || event.shiftKey) return;
      const { code, altKey, ctrlKey } = event;
      const act = ctrlKey && !altKey && (code === 'Enter' || code === 'NumpadEnter') ? latest.current.register
        : altKey && !ctrlKey && code === 'KeyQ' ? latest.current.middle
          : altKey && !ctrlKey && code === 'KeyW' ? latest.current.left
            : !altKey && !ctrlKey && code === 'F1' ? latest.current.sheet : null;
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

/** The desk. */
export function DeskScreen({ me, shift }: { me: Person; shift: Shift }) {
  const { t } = useWords();
  usePageTitle(t('nav-desk'));
  const at = useAppealAtDesk();
  const { desk } = shift.link.feed;
  const sheet = useRef<SheetHandle>(null);
  const left = useRef<HTMLElement>(null);
  const [keys, setKeys] = useState(false);
  const askWho = useCallback(() => (left.current?.querySelector<HTMLElement>('[data-part="who"] button') ?? left.current)?.focus(), []);
  useColumnKeys({
    register: () => sheet.current?.register(),
    middle: () => sheet.current?.focusText(),
    left: askWho,
    sheet: () => setKeys(true),
  });
  if (desk === null || at === null) return <Waiting failed={shift.link.phase === 'lost'} again={() => location.reload()} />;
  return (
    <div className="desk">
      <Top me={desk.me ?? me} route="desk"><ShiftStrip shift={shift} desk={desk} /></Top>
      <ShiftBar shift={shift} desk={desk} />
      <main className="cols">
        <DeskLeft desk={desk} at={at} clock={shift.clock} column={left} />
        <DeskMiddle me={desk.me ?? me} desk={desk} at={at} clock={shift.clock} handle={sheet} askWho={askWho} />
        <DeskRight desk={desk} at={at} phone={shift.phone} showKeys={() => setKeys(true)} />
      </main>
      {keys && <KeySheet close={() => setKeys(false)} />}
    </div>
  );
}
