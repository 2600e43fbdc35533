//! Texts that this browser keeps until the centre has them: by person and by what they belong to. Only unsaved words lie here.
import type { Kept } from '../state/draft';

const PREFIX = 'otklik-kept:';

const keyOf = (owner: string, of: string): string => `${PREFIX}${owner}:${of}`;

/** What is kept of a text. Words of another person at the same computer are not shown to this one. */
export function keptOf<F>(owner: string, of: string): Kept<F> | null {
  try {
    const found = localStorage.getItem(keyOf(owner, of));
    return found === null ? null : (JSON.parse(found) as Kept<F>);
  } catch {
    return null;
  }
}

/** Keeps a text, or forgets it. False where the browser has no room or no store. */
export function keep<F>(owner: string, of: string, kept: Kept<F> | null): boolean {
  try {
    if (kept === null) localStorage.removeItem(keyOf(owner, of));
    else localStorage.setItem(keyOf(owner, of), JSON.stringify(kept));
    return true;
  } catch {
    return kept === null;
  }
}

/** Everything that is kept for somebody: names of what the texts belong to. */
export function allKept(owner: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(keyOf(owner, ''))).map((key) => key.slice(keyOf(owner, '').length));
  } catch {
    return [];
  }
}

/** Whether anything is kept for anybody: the door says that nothing is lost. */
export function somethingKept(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false;
  }
}
