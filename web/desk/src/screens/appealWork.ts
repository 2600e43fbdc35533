//! The work on one appeal: opens it (again and again until it is there), keeps its text, files it, dismisses it. Draws nothing.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { fieldsOf, missingOf } from '../state/appeal';
import type { Draft, Side } from '../state/draft';
import { linkDelayMs } from '../state/retry';
import { ApiError, isSignedOut } from '../transport/api';
import { releaseKeeper, takeKeeper, type AppealKeeper } from '../transport/appealKeepers';
import { dismissAppeal, registerAppeal, theirsOf, undoDismissal, type Appeal, type AppealFields, type Dismissal, type Missing } from '../transport/appeals';

/** What screens know of the appeal in work, and what they may do. */
export interface AppealWork {
  appeal: Appeal;
  draft: Draft<AppealFields>;
  /** Somebody tried to file it: what is missing may be shown now. */
  attempted: boolean;
  /** What came in the way of the last act (not of saving). */
  obstacle: unknown;
  busy: boolean;
  type: (change: Partial<AppealFields>) => void;
  settle: (picks: Partial<Record<keyof AppealFields, Side>>) => void;
  /** Files it; gives what is missing. */
  register: () => Promise<Missing[]>;
  dismiss: (reason: Dismissal) => void;
  undoDismissal: () => void;
}

/** How opening an appeal stands. */
export type Opening = { phase: 'none' } | { phase: 'opening' } | { phase: 'failed'; error: unknown } | { phase: 'open'; work: AppealWork };

/** Whether it is a refusal that another try will not change. */
export function isFinal(error: unknown): boolean {
  return error instanceof ApiError && [400, 401, 403, 404].includes(error.status);
}

interface Opened {
  key: string;
  appeal: Appeal;
  keeper: AppealKeeper;
}

/** Opens what `load` gives for `key`, and tries again while the centre is silent. `hasten` changes when it is worth trying at once. */
function useOpening(owner: string, key: string | null, load: (key: string) => Promise<Appeal>, hasten: unknown) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const here = useRef<Opened | null>(null);

  const setAppeal = useCallback((appeal: Appeal): void => {
    setOpened((before) => (before && before.appeal.id === appeal.id && appeal.version >= before.appeal.version ? { ...before, appeal } : before));
  }, []);

  useEffect(() => {
    setOpened(null);
    setError(null);
    setAttempt(0);
  }, [key, owner]);

  useEffect(() => {
    if (key === null || here.current !== null) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    loader.current(key).then(
      (appeal) => {
        if (over) return;
        const keeper = takeKeeper(owner, appeal);
        keeper.onAppeal.add(setAppeal);
        here.current = { key, appeal, keeper };
        setError(null);
        setOpened(here.current);
      },
      (failure: unknown) => {
        if (over) return;
        setError(failure);
        // A draft of a call that has just come may be a moment behind it.
        const late = failure instanceof ApiError && failure.status === 404 && attempt < 5;
        if (late || !isFinal(failure)) timer = setTimeout(() => setAttempt((n) => n + 1), linkDelayMs(attempt, 0.5));
      },
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, owner, attempt, hasten, setAppeal]);

  useEffect(() => () => {
    const left = here.current;
    here.current = null;
    if (left === null) return;
    left.keeper.onAppeal.delete(setAppeal);
    releaseKeeper(left.appeal.id);
  }, [key, owner, setAppeal]);

  return { opened, error, setAppeal };
}

const silent = (): (() => void) => () => undefined;
const nothing = (): null => null;

/** The appeal behind `key`, in work. */
export function useAppealWork(owner: string, key: string | null, load: (key: string) => Promise<Appeal>, hasten: unknown): Opening {
  const { opened, error, setAppeal } = useOpening(owner, key, load, hasten);
  const keeper = opened?.keeper.keeper ?? null;
  const draft = useSyncExternalStore(keeper?.subscribe ?? silent, keeper?.state ?? nothing);
  const [attempted, setAttempted] = useState(false);
  const [obstacle, setObstacle] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const acting = useRef(false);
  useEffect(() => {
    setAttempted(false);
    setObstacle(null);
  }, [key]);

  /** One act at a time; its answer is the newest whole. */
  const act = useCallback(async (ask: () => Promise<Appeal>): Promise<void> => {
    if (acting.current) return;
    acting.current = true;
    setBusy(true);
    setObstacle(null);
    try {
      const appeal = await ask();
      setAppeal(appeal);
      keeper?.refresh({ version: appeal.version, fields: fieldsOf(appeal) });
    } catch (failure) {
      const theirs = theirsOf<Appeal>(failure);
      if (theirs !== null) {
        setAppeal(theirs);
        keeper?.refresh({ version: theirs.version, fields: fieldsOf(theirs) });
      }
      if (!isSignedOut(failure)) setObstacle(failure);
    } finally {
      acting.current = false;
      setBusy(false);
    }
  }, [keeper, setAppeal]);

  if (key === null) return { phase: 'none' };
  if (opened === null || opened.key !== key || keeper === null || draft === null) return error === null ? { phase: 'opening' } : { phase: 'failed', error };
  const { appeal } = opened;
  const register = async (): Promise<Missing[]> => {
    setAttempted(true);
    const missing = missingOf(keeper.state().fields);
    if (missing.length > 0) return missing;
    await act(async () => {
      if (!(await keeper.flush())) throw new ApiError(0, 'not_saved');
      return registerAppeal(appeal.id, keeper.state().base.version);
    });
    return [];
  };
  const work: AppealWork = {
    appeal, draft, attempted, obstacle, busy, register,
    type: keeper.type,
    settle: keeper.settle,
    dismiss: (reason) => void act(async () => {
      await keeper.flush();
      return dismissAppeal(appeal.id, reason);
    }),
    undoDismissal: () => void act(() => undoDismissal(appeal.id)),
  };
  return { phase: 'open', work };
}
