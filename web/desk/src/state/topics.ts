//! Finding a topic by what people say. Pure: the tree and the words come in.
import type { Topic, TopicGroup } from '../transport/appeals';

/** A group with the topics that fit. */
export interface FoundGroup {
  group: TopicGroup;
  topics: Topic[];
}

const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

const words = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюе';

/** What was meant where the keyboard was still Latin. */
function otherLayout(text: string): string {
  return [...text.toLowerCase()].map((letter) => CYRILLIC[LATIN.indexOf(letter)] ?? letter).join('');
}

/** Endings differ («единое», «единым»; «дети», «детьми»): a long word fits by all but its last two letters, a short one but its last. */
function fits(wanted: string, found: string): boolean {
  if (found.startsWith(wanted)) return true;
  const stem = wanted.length < 4 ? wanted : wanted.slice(0, wanted.length === 4 ? 3 : Math.max(4, wanted.length - 2));
  return found.startsWith(stem);
}

function search(groups: readonly TopicGroup[], wanted: string[]): FoundGroup[] {
  return groups.flatMap((group) => {
    const topics = group.topics.filter((topic) => {
      const known = words([group.name, topic.name, ...topic.says].join(' '));
      return topic.active && wanted.every((word) => known.some((one) => fits(word, one)));
    });
    return group.active && topics.length > 0 ? [{ group, topics }] : [];
  });
}

/** The tree, or what of it fits the words; where nothing fits, the same keys on the other layout. */
export function findTopics(groups: readonly TopicGroup[], query: string): FoundGroup[] {
  const found = search(groups, words(query));
  return found.length > 0 || !/[a-z]/i.test(query) ? found : search(groups, words(otherLayout(query)));
}

/** A topic with its group. */
export function topicOf(groups: readonly TopicGroup[], id: string): { group: TopicGroup; topic: Topic } | null {
  for (const group of groups) {
    const topic = group.topics.find((one) => one.id === id);
    if (topic) return { group, topic };
  }
  return null;
}
