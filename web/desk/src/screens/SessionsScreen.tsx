//! Where one is signed in, and how to end that elsewhere.
import '../look/setup.css';
import { usePageTitle } from '../parts/hooks';
import { Press } from '../parts/Press';
import { Top } from '../parts/Top';
import { clockTime, shortDate } from '../state/clock';
import type { Person } from '../transport/contract';
import { endSession, mySessions, type MySession } from '../transport/setup';
import { useWords } from '../words/words';
import { Refusal, useSaving } from './setup/form';
import { useLoaded } from './setup/hooks';

/** What a browser calls itself, as people call it. */
export function browserName(agent: string | null | undefined): string | null {
  if (!agent) return null;
  const browser = [['YaBrowser', 'Яндекс Браузер'], ['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark]) => agent.includes(mark ?? ''));
  const system = [['Android', 'Android'], ['iPhone', 'iPhone'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']].find(([mark]) => agent.includes(mark ?? ''));
  return browser === undefined ? agent.slice(0, 60) : [browser[1], system?.[1]].filter(Boolean).join(', ');
}

/** Sessions of one's own. */
export default function SessionsScreen({ me }: { me: Person }) {
  const { t, language } = useWords();
  usePageTitle(t('sessions-title'));
  const { value, error, again } = useLoaded(mySessions);
  const saving = useSaving<never>();
  const end = (one: MySession) => saving.run(async () => {
    await endSession(one.id);
    await again();
  });
  const when = (at: number): string => `${shortDate(at, Date.now(), language)}, ${clockTime(at)}`;
  return (
    <div className="screen">
      <Top me={me} route="sessions" />
      <main className="page">
        <div className="page-h"><h1>{t('sessions-title')}</h1></div>
        <div className="setup">
          <Refusal text={error ?? saving.error} />
          <div className="panel">
            <p className="dim">{t('sessions-sub')}</p>
            <ul className="rows">
              {value?.map((one) => (
                <li key={one.id}>
                  <span className="who"><b>{browserName(one.browser) ?? t('sessions-unknown')}</b><br /><span className="dim">{t('sessions-since', { since: when(one.created_at), seen: when(one.last_seen_at) })}</span></span>
                  {one.this ? <span>{t('sessions-this')}</span> : <Press resting={saving.busy} onClick={() => void end(one)}>{t('sessions-end')}</Press>}
                </li>
              ))}
            </ul>
          </div>
        </div>
      </main>
    </div>
  );
}
