//! A text that saves itself: what the centre has, what stands on the screen, what is on its way, and what is in the way. Pure.

/** Something with a version, as the centre has it. */
export interface Copy<F> {
  version: number;
  fields: F;
}

/** Another's version that came between. */
export interface Theirs<F> extends Copy<F> {
  /** Who wrote it, where the centre says so. */
  by: string | null;
  at: number | null;
}

/** What is in the way of saving. */
export type Trouble<F> =
  | { kind: 'no_link' }
  | { kind: 'signed_out' }
  | { kind: 'stale'; theirs: Theirs<F> }
  | { kind: 'refused'; code: string };

/** The state of a text. */
export interface Draft<F> {
  /** The newest version that the centre confirmed to us. */
  base: Copy<F>;
  /** What stands on the screen. */
  fields: F;
  /** What is on its way to the centre. */
  sent: F | null;
  trouble: Trouble<F> | null;
  savedAt: number | null;
  /** False where the browser could not keep the unsaved text: the page must stay open. */
  kept: boolean;
}

/** What this browser keeps until the centre has it. */
export interface Kept<F> {
  base: Copy<F>;
  fields: F;
}

/** How a text stands, in one word. */
export type DraftPhase = 'fresh' | 'saved' | 'unsaved' | 'saving' | 'no_link' | 'signed_out' | 'stale' | 'refused';

/** Whether two values say the same; fields are plain data. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Names of the fields that differ. */
export function differing<F extends object>(a: F, b: F): (keyof F)[] {
  return (Object.keys(a) as (keyof F)[]).filter((name) => !same(a[name], b[name]));
}

/** Opens a text of the centre, with what this browser still keeps of it. */
export function opened<F extends object>(copy: Copy<F>, kept: Kept<F> | null): Draft<F> {
  const draft: Draft<F> = { base: copy, fields: copy.fields, sent: null, trouble: null, savedAt: null, kept: true };
  if (kept === null || same(kept.fields, copy.fields)) return draft;
  // Fields that a newer page has and an older one did not keep come from the centre.
  const fields = { ...copy.fields, ...kept.fields };
  const before = { ...copy.fields, ...kept.base.fields };
  if (kept.base.version === copy.version || same(before, copy.fields)) return { ...draft, fields };
  return { ...draft, base: { version: kept.base.version, fields: before }, fields, trouble: { kind: 'stale', theirs: { ...copy, by: null, at: null } } };
}

/** Whether something stands on the screen that the centre has not confirmed. */
export function isUnsaved<F extends object>(draft: Draft<F>): boolean {
  return !same(draft.fields, draft.base.fields);
}

/** Somebody typed. A refusal was about the earlier text: the new one is tried again. */
export function typed<F extends object>(draft: Draft<F>, change: Partial<F>): Draft<F> {
  const fields = { ...draft.fields, ...change };
  return { ...draft, fields, trouble: draft.trouble?.kind === 'refused' ? null : draft.trouble };
}

/** Whether the text may leave now: one at a time, and not past another's version or a locked door. */
export function maySend<F extends object>(draft: Draft<F>): boolean {
  if (draft.sent !== null || !isUnsaved(draft)) return false;
  switch (draft.trouble?.kind) {
    case undefined:
    case 'no_link':
    case 'signed_out': return true;
    case 'stale':
    case 'refused': return false;
  }
}

/** The text leaves. */
export function sending<F extends object>(draft: Draft<F>): Draft<F> {
  return { ...draft, sent: draft.fields };
}

/** The centre confirmed what was sent. What was typed meanwhile stays unsaved. */
export function confirmed<F extends object>(draft: Draft<F>, version: number, at: number): Draft<F> {
  const fields = draft.sent ?? draft.fields;
  return { ...draft, base: { version, fields }, sent: null, trouble: null, savedAt: at };
}

function bare<F>({ version, fields }: Copy<F>): Copy<F> {
  return { version, fields };
}

/** It did not arrive, or was refused. */
export function failed<F extends object>(draft: Draft<F>, trouble: Trouble<F>): Draft<F> {
  // Only the version moved (it was filed meanwhile): ours goes over it.
  if (trouble.kind === 'stale' && same(trouble.theirs.fields, draft.base.fields)) return { ...draft, base: bare(trouble.theirs), sent: null, trouble: null };
  // The same text by another hand (or our own, whose answer was lost on its way) is nothing to quarrel about.
  if (trouble.kind === 'stale' && draft.sent !== null && same(trouble.theirs.fields, draft.sent)) {
    return { ...draft, base: bare(trouble.theirs), sent: null, trouble: null };
  }
  // What was refused is no longer what stands there: the new text has its own chance.
  const outdated = trouble.kind === 'refused' && draft.sent !== null && !same(draft.sent, draft.fields);
  return { ...draft, sent: null, trouble: outdated ? null : trouble };
}

/** A newer version was seen: it is simply shown where nothing of ours is unsaved, and where only the version moved. */
export function refreshed<F extends object>(draft: Draft<F>, copy: Copy<F>): Draft<F> {
  if (copy.version <= draft.base.version || draft.sent !== null) return draft;
  if (same(copy.fields, draft.base.fields)) return { ...draft, base: copy };
  return isUnsaved(draft) ? draft : { ...draft, base: copy, fields: copy.fields };
}

/** Whose words a field takes. */
export type Side = 'mine' | 'theirs';

/** A field that two people see differently. */
export interface Difference<F> {
  name: keyof F;
  mine: F[keyof F];
  theirs: F[keyof F];
  /** Where only one of the two changed the field, theirs is the change; where both did, a person must choose. */
  proposed: Side | null;
}

/** What differs between the two versions, with a proposal for each field. */
export function differences<F extends object>(draft: Draft<F>): Difference<F>[] {
  if (draft.trouble?.kind !== 'stale') return [];
  const { theirs } = draft.trouble;
  return differing(draft.fields, theirs.fields).map((name) => {
    const [before, mine, other] = [draft.base.fields[name], draft.fields[name], theirs.fields[name]];
    const proposed = same(before, mine) ? 'theirs' : same(before, other) ? 'mine' : null;
    return { name, mine, theirs: other, proposed };
  });
}

/** The two versions are made one; the result is sent over theirs. */
export function settled<F extends object>(draft: Draft<F>, picks: Partial<Record<keyof F, Side>>): Draft<F> {
  if (draft.trouble?.kind !== 'stale') return draft;
  const { theirs } = draft.trouble;
  const fields = { ...theirs.fields };
  for (const { name } of differences(draft)) if (picks[name] !== 'theirs') fields[name] = draft.fields[name];
  return { ...draft, base: { version: theirs.version, fields: theirs.fields }, fields, trouble: null };
}

/** How the text stands. */
export function phaseOf<F extends object>(draft: Draft<F>): DraftPhase {
  if (draft.trouble !== null && isUnsaved(draft)) return draft.trouble.kind;
  if (draft.sent !== null) return 'saving';
  if (isUnsaved(draft)) return 'unsaved';
  return draft.savedAt === null ? 'fresh' : 'saved';
}
