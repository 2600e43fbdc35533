//! The specialists as cards: name, shape and word of the state, time, matter; the shift lead's menu on each.
import { Menu, UnstyledButton } from '@mantine/core';
import { Glyph } from '../../parts/Glyph';
import { cardView, inOrder, nextOf, wishesOf } from '../../state/centre';
import type { Specialist } from '../../transport/centre';
import { useWords } from '../../words/words';
import { hrefOf } from '../route';

/** What the shift lead asks of somebody. */
export type Wish = { state: 'ready' } | { state: 'break'; reason: string } | { state: 'sign_out' };
/** Reasons that are given from afar; the others are one's own to say. */
const REASONS = ['rest', 'lunch', 'short', 'screen_rest', 'recovery', 'paperwork', 'callbacks', 'training', 'supervisor', 'technical'] as const;

function Wishes({ one, ask }: { one: Specialist; ask: (wish: Wish) => void }) {
  const { t } = useWords();
  const wishes = wishesOf(one);
  return (
    <>
      {wishes.includes('ready') && <Menu.Item onClick={() => ask({ state: 'ready' })}>{t('centre-do-ready', { gender: one.gender ?? 'other' })}</Menu.Item>}
      {wishes.includes('break') && (
        <Menu.Sub transitionProps={{ duration: 0 }}>
          <Menu.Sub.Target><Menu.Sub.Item>{t('centre-do-break')}</Menu.Sub.Item></Menu.Sub.Target>
          <Menu.Sub.Dropdown>{REASONS.map((reason) => <Menu.Item key={reason} onClick={() => ask({ state: 'break', reason })}>{t(`break-${reason}`)}</Menu.Item>)}</Menu.Sub.Dropdown>
        </Menu.Sub>
      )}
      {wishes.includes('sign_out') && <Menu.Item onClick={() => ask({ state: 'sign_out' })}>{t('centre-do-sign-out')}</Menu.Item>}
    </>
  );
}

function Card({ one, next, now, ask }: { one: Specialist; next: boolean; now: number; ask: ((wish: Wish) => void) | null }) {
  const { t, tell } = useWords();
  const view = cardView(one, next, now);
  const what = view.by === null ? view.what && tell(view.what) : t('centre-by', { name: view.by.split(/\s+/)[0] ?? '' });
  return (
    <li className={`pc${view.help ? ' pc--help' : ''}`} data-agent={one.id} data-state={one.state.state}>
      <div className="pc-h">
        <h3 title={one.name}>{one.name}</h3>
        {ask !== null && (
          <Menu position="bottom-end" transitionProps={{ duration: 0 }} withinPortal>
            <Menu.Target><UnstyledButton className="pc-more" aria-label={t('centre-more', { name: one.name })}>⋯</UnstyledButton></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={hrefOf('calls', {}, { specialist: one.id, day: 'today' })}>{t('centre-do-calls')}</Menu.Item>
              <Wishes one={one} ask={ask} />
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className="st" data-tone={view.tone}><Glyph name={view.glyph} /><span>{tell(view.word)}</span>{view.time !== null && <time>{view.time}</time>}</p>
      <p className="what">{what}</p>
    </li>
  );
}

/** The cards. `ask` is nothing for whoever does not lead the shift. */
export function Cards({ all, now, ask }: { all: Specialist[]; now: number; ask: ((id: string, wish: Wish) => void) | null }) {
  const { t } = useWords();
  const next = nextOf(all);
  return (
    <section aria-label={t('centre-people')}>
      <h2 className="vh">{t('centre-people')}</h2>
      <ul className="people">
        {inOrder(all).map((one) => <Card key={one.id} one={one} next={one.id === next} now={now} ask={ask && ((wish) => ask(one.id, wish))} />)}
      </ul>
    </section>
  );
}
