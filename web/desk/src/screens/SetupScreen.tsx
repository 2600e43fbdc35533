//! Setting the centre up, part by part.
import type { ReactNode } from 'react';
import '../look/setup.css';
import { usePageTitle } from '../parts/hooks';
import { Go } from '../parts/Press';
import { Top } from '../parts/Top';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import type { Params } from './route';
import { BreaksPart } from './setup/BreaksPart';
import { DaysPart } from './setup/DaysPart';
import { DevicesPart } from './setup/DevicesPart';
import { LinesPart } from './setup/LinesPart';
import { Keeping } from './setup/Keeping';
import { PeoplePart } from './setup/PeoplePart';
import { PromptsPart } from './setup/PromptsPart';
import { TopicsPart } from './setup/TopicsPart';

const PARTS = ['people', 'devices', 'lines', 'hours', 'topics', 'prompts', 'breaks', 'keeping'] as const;
type Part = (typeof PARTS)[number];

const SCREENS: Record<Part, (props: { me: Person }) => ReactNode> = {
  people: PeoplePart, devices: DevicesPart, lines: LinesPart, hours: DaysPart, topics: TopicsPart, prompts: PromptsPart, breaks: BreaksPart, keeping: Keeping,
};

/** The setup. */
export default function SetupScreen({ me, params }: { me: Person; params: Params }) {
  const { t } = useWords();
  const part = PARTS.find((one) => one === params['part']) ?? 'people';
  usePageTitle(t(`setup-${part}`));
  const Shown = SCREENS[part];
  return (
    <div className="screen">
      <Top me={me} route="setup" />
      <main className="page">
        <div className="page-h">
          <h1>{t('nav-setup')}</h1>
          <nav className="parts" aria-label={t('setup-parts')}>
            {PARTS.map((one) => <Go key={one} to="setup-part" params={{ part: one }} aria-current={one === part ? 'page' : undefined}>{t(`setup-${one}`)}</Go>)}
          </nav>
        </div>
        <div className="setup" tabIndex={0} role="group" aria-label={t('nav-setup')}><Shown me={me} /></div>
      </main>
    </div>
  );
}
