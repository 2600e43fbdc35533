//! Which screen an address opens, and who may see it.
import { useEffect, useState, type ReactNode } from 'react';
import { isSignedOut, session } from '../transport/api';
import type { Person } from '../transport/contract';
import { CallsScreen } from './CallsScreen';
import { DeskScreen } from './DeskScreen';
import { Waiting } from './Waiting';
import { go, useRoute, type Route } from './route';
import { ShiftProvider, useShift } from './shift';
import { SignInScreen } from './SignInScreen';
import { StartScreen } from './StartScreen';

/** The whole desk. */
export function App() {
  const route = useRoute();
  switch (route) {
    case 'start': return <StartScreen />;
    case 'sign-in': return <SignInScreen />;
    case 'desk':
    case 'calls': return <SignedIn route={route} />;
  }
}

/** Asks who is signed in; sends everybody else to the door. */
function SignedIn({ route }: { route: 'desk' | 'calls' }) {
  const [me, setMe] = useState<Person | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    setFailed(false);
    session().then(
      (found) => setMe(found.person),
      (error: unknown) => (isSignedOut(error) ? go('sign-in', 'replace') : setFailed(true)),
    );
  }, [attempt]);
  useEffect(() => {
    if (route === 'desk') setOpened(true);
  }, [route]);
  if (me === null) return <Waiting failed={failed} again={() => setAttempt(attempt + 1)} />;
  const screen = <Staff route={route} me={me} />;
  return opened ? <ShiftProvider>{screen}</ShiftProvider> : screen;
}

function Staff({ route, me }: { route: Route; me: Person }): ReactNode {
  const shift = useShift();
  const signedOut = shift?.link.phase === 'signed_out';
  useEffect(() => {
    if (signedOut) go('sign-in', 'replace');
  }, [signedOut]);
  if (route === 'calls') return <CallsScreen me={me} />;
  return shift === null ? null : <DeskScreen me={me} shift={shift} />;
}
