//! Which screen an address opens, and who may see it.
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { Bones } from '../parts/Bones';
import { isSignedOut, session } from '../transport/api';
import type { Person } from '../transport/contract';
import { AppealAtDeskProvider } from './appealAtDesk';
import { CallsScreen } from './CallsScreen';
import { DeskScreen } from './DeskScreen';
import { Waiting } from './Waiting';
import { go, homeOf, rolesOf, useOpened, type Opened, type Params, type Route } from './route';
import { ShiftProvider, useShift } from './shift';
import { SignInScreen } from './SignInScreen';
import { StartScreen } from './StartScreen';

const CentreScreen = lazy(() => import('./CentreScreen').then((m) => ({ default: m.CentreScreen })));
const FiguresScreen = lazy(() => import('./FiguresScreen').then((m) => ({ default: m.FiguresScreen })));

/** What a screen of the staff is given. */
export interface ScreenProps {
  me: Person;
  params: Params;
}

const AppealsScreen = lazy(() => import('./AppealsScreen').then((it) => ({ default: it.AppealsScreen })));
const AppealScreen = lazy(() => import('./AppealScreen').then((it) => ({ default: it.AppealScreen })));
const PersonScreen = lazy(() => import('./PersonScreen').then((it) => ({ default: it.PersonScreen })));
const PromisesScreen = lazy(() => import('./PromisesScreen'));
const SetupScreen = lazy(() => import('./SetupScreen'));
const SessionsScreen = lazy(() => import('./SessionsScreen'));
const WelcomeScreen = lazy(() => import('./WelcomeScreen'));

/** Screens of the staff, by address. What only some roles open is loaded when it is opened (`lazy`). */
const SCREENS: Partial<Record<Route, (props: ScreenProps) => ReactNode>> = {
  desk: ({ me }) => <Desk me={me} />,
  promises: ({ me }) => <PromisesScreen me={me} />,
  calls: ({ me }) => <CallsScreen me={me} />,
  appeals: (props) => <AppealsScreen {...props} />,
  appeal: (props) => <AppealScreen key={props.params['id']} {...props} />,
  person: (props) => <PersonScreen key={props.params['id']} {...props} />,
  centre: ({ me }) => <CentreScreen me={me} />,
  figures: ({ me }) => <FiguresScreen me={me} />,
  setup: ({ me, params }) => <SetupScreen me={me} params={params} />,
  'setup-part': ({ me, params }) => <SetupScreen me={me} params={params} />,
  sessions: ({ me }) => <SessionsScreen me={me} />,
};

/** The whole desk. */
export function App() {
  const opened = useOpened();
  if (opened.route === 'start') return <StartScreen />;
  if (opened.route === 'sign-in') return <SignInScreen />;
  if (opened.route === 'welcome') return <Suspense fallback={<Bones />}><WelcomeScreen token={opened.params['token'] ?? ''} /></Suspense>;
  return <SignedIn opened={opened} />;
}

/** Asks who is signed in; sends everybody else to the door, and whoever may not be here to their first screen. */
function SignedIn({ opened }: { opened: Opened }) {
  const [me, setMe] = useState<Person | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [shift, setShift] = useState(false);
  useEffect(() => {
    setFailed(false);
    session().then(
      (found) => setMe(found.person),
      (error: unknown) => (isSignedOut(error) ? go('sign-in', 'replace') : setFailed(true)),
    );
  }, [attempt]);
  useEffect(() => {
    if (opened.route === 'desk') setShift(true);
  }, [opened.route]);
  const allowed = me !== null && rolesOf(opened.route)?.includes(me.role) === true && SCREENS[opened.route] !== undefined;
  useEffect(() => {
    if (me !== null && !allowed) go(homeOf(me.role), 'replace');
  }, [me, allowed]);
  if (me === null || !allowed) return <Waiting failed={failed} again={() => setAttempt(attempt + 1)} />;
  const screen = <Staff opened={opened} me={me} />;
  return shift ? <ShiftProvider><AppealAtDeskProvider owner={me.id}>{screen}</AppealAtDeskProvider></ShiftProvider> : screen;
}

function Staff({ opened, me }: { opened: Opened; me: Person }): ReactNode {
  const shift = useShift();
  const signedOut = shift?.link.phase === 'signed_out';
  useEffect(() => {
    if (signedOut) go('sign-in', 'replace');
  }, [signedOut]);
  return <Suspense fallback={<Bones />}>{SCREENS[opened.route]?.({ me, params: opened.params }) ?? null}</Suspense>;
}

function Desk({ me }: { me: Person }): ReactNode {
  const shift = useShift();
  return shift === null ? null : <DeskScreen me={me} shift={shift} />;
}
