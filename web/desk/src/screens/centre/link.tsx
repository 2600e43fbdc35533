//! The live link of the page of the centre, alive while the page is open.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { CentreLink, type CentreLinkState } from '../../transport/centreLink';
import { go } from '../route';

/** The newest knowledge, and the centre's clock. */
export function useCentre(): { link: CentreLinkState; clock: () => number } {
  const kept = useMemo(() => new CentreLink(), []);
  useEffect(() => {
    kept.open();
    return () => kept.close();
  }, [kept]);
  const link = useSyncExternalStore(kept.subscribe, kept.state);
  useEffect(() => {
    if (link.phase === 'signed_out') go('sign-in', 'replace');
  }, [link.phase]);
  return { link, clock: kept.now };
}
