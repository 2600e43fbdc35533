//! One keeper an appeal, alive until all is saved, whichever screen is open: two keepers of one text would quarrel with each other.
import { fieldsOf } from '../state/appeal';
import { isUnsaved, type Trouble } from '../state/draft';
import { Keeper } from '../state/keeper';
import { ApiError, isSignedOut } from './api';
import { saveAppeal, theirsOf, type Appeal, type AppealFields } from './appeals';
import { keep, keptOf } from './kept';

/** The keeper of an appeal, with the newest whole appeal that the centre gave. */
export interface AppealKeeper {
  owner: string;
  keeper: Keeper<AppealFields>;
  /** Told whenever the centre gave a newer whole. */
  onAppeal: Set<(appeal: Appeal) => void>;
  users: number;
}

const keepers = new Map<string, AppealKeeper>();

/** What a failed save means. */
export function troubleOf(error: unknown): Trouble<AppealFields> {
  if (isSignedOut(error)) return { kind: 'signed_out' };
  const theirs = theirsOf<Appeal>(error);
  if (theirs !== null) return { kind: 'stale', theirs: { version: theirs.version, fields: fieldsOf(theirs), by: theirs.updated_by?.name ?? null, at: theirs.updated_at } };
  // Whatever is no word of ours about this text (a proxy, a full disk, a restart) is waited out.
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 429) return { kind: 'no_link' };
  return { kind: 'refused', code: error.code };
}

/** Only this person's texts may leave from now on. */
export function onlyOf(owner: string): void {
  for (const [id, one] of keepers) {
    if (one.owner === owner) continue;
    one.keeper.stop();
    keepers.delete(id);
  }
}

/** Takes the keeper of an appeal; give it back with `releaseKeeper`. */
export function takeKeeper(owner: string, appeal: Appeal): AppealKeeper {
  onlyOf(owner);
  const found = keepers.get(appeal.id);
  if (found) {
    found.users += 1;
    found.keeper.refresh({ version: appeal.version, fields: fieldsOf(appeal) });
    return found;
  }
  const onAppeal = new Set<(appeal: Appeal) => void>();
  const keeper = new Keeper<AppealFields>({ version: appeal.version, fields: fieldsOf(appeal) }, keptOf(owner, appeal.id), {
    save: async (fields, version) => {
      const saved = await saveAppeal(appeal.id, fields, version);
      for (const tell of onAppeal) tell(saved);
      return { version: saved.version, at: saved.updated_at };
    },
    troubleOf,
    keep: (kept) => keep(owner, appeal.id, kept),
    now: () => performance.now(),
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  const made: AppealKeeper = { owner, keeper, onAppeal, users: 1 };
  keepers.set(appeal.id, made);
  return made;
}

/** Gives a keeper back: it leaves when nobody looks and all is saved. */
export function releaseKeeper(id: string): void {
  const found = keepers.get(id);
  if (!found) return;
  found.users -= 1;
  if (found.users > 0) return;
  void found.keeper.flush().then(() => {
    if (found.users > 0 || keepers.get(id) !== found) return;
    if (!isUnsaved(found.keeper.state())) keepers.delete(id);
  });
}

/** The link or the session is back: nothing waits for its next attempt. */
export function allAgain(): void {
  for (const { keeper } of keepers.values()) keeper.again();
}
