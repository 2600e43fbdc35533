//! The appeal of the call at this desk, alive across screens: its text is saved while one looks something up in the list of calls.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { addressOf } from '../state/appeal';
import { allAgain, onlyOf } from '../transport/appealKeepers';
import { appealOfCall, peopleOfCall, person, topicTree, type Appeal, type PersonCard, type PersonOnNumber, type TopicTree } from '../transport/appeals';
import { useAppealWork, type Opening } from './appealWork';
import { useShift } from './shift';

/** What the desk knows beside the call. */
export interface AppealAtDesk {
  opening: Opening;
  tree: TopicTree | null;
  /** Persons of the number; nothing before the answer. */
  people: PersonOnNumber[] | null;
  /** Card of who speaks. */
  card: PersonCard | null;
  setCard: (card: PersonCard) => void;
  /** How to address who speaks. */
  address: string | null;
  /** Nothing is left to write: filed, dismissed, or no call. */
  settled: boolean;
}

const AppealContext = createContext<AppealAtDesk | null>(null);

/** The appeal of the call, where this window has a desk. */
export function useAppealAtDesk(): AppealAtDesk | null {
  return useContext(AppealContext);
}

const TRY_AGAIN_MS = 3_000;

/** Marks a call that nobody has answered yet. */
const RINGING = 'ringing ';

const ofCall = (key: string): Promise<Appeal> => appealOfCall(key.startsWith(RINGING) ? key.slice(RINGING.length) : key);

/** Asks until there is an answer; asks anew when `key` changes. */
function useAnswer<T>(key: string | null, ask: (key: string) => Promise<T>): [T | null, (value: T) => void] {
  const [found, setFound] = useState<{ key: string; value: T } | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = (): void => {
      ask(key).then(
        (value) => { if (!over) setFound({ key, value }); },
        () => { if (!over) timer = setTimeout(turn, TRY_AGAIN_MS); },
      );
    };
    turn();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, ask]);
  return [found !== null && found.key === key ? found.value : null, (value) => setFound(key === null ? null : { key, value })];
}

/** The tree of topics, asked for once a page. */
export function useTopicTree(): TopicTree | null {
  return useAnswer('tree', topicTree)[0];
}

/** The card of a person. */
export function useCard(id: string | null): [PersonCard | null, (card: PersonCard) => void] {
  return useAnswer(id, person);
}

/** Keeps the appeal of the call for everything inside. */
export function AppealAtDeskProvider({ owner, children }: { owner: string; children: ReactNode }) {
  const shift = useShift();
  const desk = shift?.link.feed.desk ?? null;
  const call = desk?.call ?? null;
  const linked = shift?.link.phase === 'open';
  useEffect(() => {
    onlyOf(owner);
    if (linked) allAgain();
  }, [linked, owner]);
  const tree = useTopicTree();
  // Nothing personal before the answer: the names are not even asked for, and the draft is read anew once it is ours to write.
  const answered = call !== null && desk?.state.state !== 'reserved' ? call.id : null;
  const opening = useAppealWork(owner, answered ?? (call === null ? null : `${RINGING}${call.id}`), ofCall, linked);
  const [people] = useAnswer(answered, peopleOfCall);
  const speaker = opening.phase === 'open' && answered !== null ? opening.work.draft.fields.speaker : null;
  const [card, setCard] = useCard(speaker?.is === 'person' ? speaker.person : null);
  const known = speaker?.is === 'person' ? (people?.find((one) => one.id === speaker.person) ?? card) : null;
  const address = known === null ? null : addressOf(known);
  const settled = opening.phase !== 'open' || opening.work.appeal.status !== 'draft';
  const value = useMemo<AppealAtDesk>(() => ({ opening, tree, people, card, setCard, address, settled }), [opening, tree, people, card, setCard, address, settled]);
  return <AppealContext value={value}>{children}</AppealContext>;
}
