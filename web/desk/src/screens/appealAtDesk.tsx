//! The appeal of the call at this desk, alive across screens: its text is saved while one looks something up in the list of calls.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { addressOf } from '../state/appeal';
import { allAgain, onlyOf } from '../transport/appealKeepers';
import { appealOfCall, peopleOfCall, person, topicTree, type Appeal, type PersonCard, type PersonOnNumber, type TopicTree } from '../transport/appeals';
import { isFinal, useAppealWork, type Opening } from './appealWork';
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

/** What was asked for, the way to put a newer one in its place, and a refusal that is final. */
type Answer<T> = [T | null, (value: T) => void, unknown];

/** Asks until there is an answer or a final refusal; asks anew when `key` changes. */
function useAnswer<T>(key: string | null, ask: (key: string) => Promise<T>): Answer<T> {
  const [found, setFound] = useState<{ key: string; value: T } | null>(null);
  const [refusal, setRefusal] = useState<{ key: string; error: unknown } | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = (): void => {
      ask(key).then(
        (value) => { if (!over) setFound({ key, value }); },
        (error: unknown) => {
          if (over) return;
          if (isFinal(error)) setRefusal({ key, error });
          else timer = setTimeout(turn, TRY_AGAIN_MS);
        },
      );
    };
    turn();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, ask]);
  return [found !== null && found.key === key ? found.value : null, (value) => setFound(key === null ? null : { key, value }), refusal?.key === key ? refusal?.error ?? null : null];
}

/** The tree of topics, asked for once a page. */
export function useTopicTree(): TopicTree | null {
  return useAnswer('tree', topicTree)[0];
}

/** The card of a person. */
export function useCard(id: string | null): Answer<PersonCard> {
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
