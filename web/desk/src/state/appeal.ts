//! What an appeal is on the screen: its fields, what is missing, its results in the order of their use. Pure.
import type { Appeal, AppealFields, AppealResult, Missing, PersonBrief, PersonOnNumber } from '../transport/appeals';
import { say, type Say } from './say';

/** The largest number of letters of a text; the centre says the same. */
export const TEXT_MAX = 4_000;
/** One main topic and two more. */
export const TOPICS_MAX = 3;

/** What of an appeal is written by people. */
export function fieldsOf(appeal: Appeal): AppealFields {
  const { kind, topics, asked, answered, result, speaker, for_whom } = appeal;
  return {
    kind, topics, asked, answered, result,
    speaker: { is: speaker.is, person: speaker.person?.id ?? null },
    for_whom: { is: for_whom.is, person: for_whom.person?.id ?? null, relation: for_whom.relation },
  };
}

/** What is still to be filled in, in the order of the screen. */
export function missingOf(fields: AppealFields): Missing[] {
  const missing: Missing[] = [];
  if (fields.speaker.is === 'unknown') missing.push('speaker');
  if (fields.topics.length === 0) missing.push('topic');
  if (fields.asked.trim() === '') missing.push('asked');
  if (fields.result === null) missing.push('result');
  return missing;
}

/** «Осталось: тема и результат»; from three on their number. */
export function leftSay(missing: readonly Missing[]): Say {
  const [first, second] = missing;
  if (first === undefined) return say('left-nothing');
  if (missing.length > 2) return say('left-many', { count: missing.length });
  return second === undefined ? say('left-one', { what: first }) : say('left-two', { what: first, and: second });
}

/** The results that stand as chips; the rest is under «Другой». */
const CHIPS = ['explained', 'callback_promised', 'booked', 'connected', 'number_given', 'signal_passed'];

/** Results as chips and as a list, without those that are no longer offered (but for the chosen one). */
export function resultChoice(results: readonly AppealResult[], chosen: string | null): { chips: AppealResult[]; more: AppealResult[] } {
  const offered = results.filter((one) => one.active || one.id === chosen);
  const chips = CHIPS.flatMap((id) => offered.filter((one) => one.id === id));
  return { chips, more: offered.filter((one) => !CHIPS.includes(one.id)) };
}

/** A text that is too long: by how much, and what fits. */
export function tooLong(text: string): { length: number; limit: number } | null {
  // Letters as the centre counts them: characters, not halves of them.
  const length = text.length <= TEXT_MAX ? text.length : [...text].length;
  return length > TEXT_MAX ? { length, limit: TEXT_MAX } : null;
}

/** «Ольга Сергеевна»; whoever has no given name is called as the card allows. */
export function addressOf(person: PersonOnNumber | PersonBrief): string {
  const short = [person.given_name, person.patronymic].filter(Boolean).join(' ');
  return short || ('family_name' in person ? person.family_name : '');
}

/** «Вымыслова Ольга Сергеевна». */
export function fullName(person: PersonBrief): string {
  return [person.family_name, person.given_name, person.patronymic].filter(Boolean).join(' ');
}

/** «Вымыслова О. С.», for rows. */
export function shortName(person: PersonBrief): string {
  const initials = [person.given_name, person.patronymic].filter(Boolean).map((name) => `${[...name][0] ?? ''}.`);
  return [person.family_name || person.given_name, ...(person.family_name ? initials : [])].join(' ');
}

/** A way to answer «Кто говорит?». */
export type WhoChoice = { kind: 'person'; person: PersonOnNumber } | { kind: 'other' } | { kind: 'did_not_say' };

/** Persons that are offered at once; more of them would hide the rest. */
export const PEOPLE_MAX = 6;

/** The choices in their order: the persons of the number, another, did not say. The first nine have Alt+digit. */
export function whoChoices(people: readonly PersonOnNumber[]): WhoChoice[] {
  return [...people.slice(0, PEOPLE_MAX).map((person) => ({ kind: 'person', person }) as const), { kind: 'other' }, { kind: 'did_not_say' }];
}

/** The choice behind Alt+digit (`KeyboardEvent.code`), by the place of the key. */
export function choiceOfKey(choices: readonly WhoChoice[], code: string): WhoChoice | null {
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? null : (choices[Number(digit) - 1] ?? null);
}

/** Family name, given name and patronymic out of one line, as people dictate them; a single word is a given name. */
export function namesOf(line: string): { family_name: string; given_name: string; patronymic: string } {
  const words = line.trim().split(/\s+/).filter(Boolean);
  const patronymic = (word: string | undefined): boolean => word !== undefined && /(вна|вич|ична|ьич|оглы|кызы)$/i.test(word);
  if (words.length <= 1) return { family_name: '', given_name: words[0] ?? '', patronymic: '' };
  if (words.length === 2 && patronymic(words[1])) return { family_name: '', given_name: words[0] ?? '', patronymic: words[1] ?? '' };
  // «Ольга Сергеевна Вымыслова» is as common as «Вымыслова Ольга Сергеевна».
  if (words.length === 3 && patronymic(words[1]) && !patronymic(words[2])) return { family_name: words[2] ?? '', given_name: words[0] ?? '', patronymic: words[1] ?? '' };
  return { family_name: words[0] ?? '', given_name: words[1] ?? '', patronymic: words.slice(2).join(' ') };
}
