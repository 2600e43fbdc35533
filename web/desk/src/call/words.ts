//! The words of the caller's page: its own small catalogue, so that residents load nothing of the desk.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import en from '../../messages/en/call.ftl?raw';
import ru from '../../messages/ru/call.ftl?raw';
import type { MessageKey } from '../words/generated/keys';

/** A language of the page. */
export type Language = 'ru' | 'en';
/** A key of the page's own catalogue. */
export type CallKey = Extract<MessageKey, `call-${string}`>;
/** Values of a text. */
export type Args = Record<string, string | number>;

/** The desk keeps the choice under the same name. */
const KEPT_AS = 'otklik-language';

function bundle(language: Language, source: string): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  made.addResource(new FluentResource(source));
  return made;
}

const bundles: Record<Language, FluentBundle> = { ru: bundle('ru', ru), en: bundle('en', en) };

function kept(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'ru';
  } catch {
    return 'ru';
  }
}

let chosen: Language = kept();

/** The language that is spoken. */
export const language = (): Language => chosen;

/** Chooses the other language. */
export function turnLanguage(): void {
  chosen = chosen === 'ru' ? 'en' : 'ru';
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // A browser without storage starts in Russian again; nothing else is lost.
  }
}

/** Text of a key. */
export function t(key: CallKey, args?: Args): string {
  const message = bundles[chosen].getMessage(key);
  return message?.value ? bundles[chosen].formatPattern(message.value, args ?? null, []) : key;
}

/** Whether the catalogue has such a key (codes of refusals come from outside). */
export const has = (key: string): key is CallKey => bundles[chosen].hasMessage(key);

/** A time of day, with its day where that is not today. */
export function when(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)];
  const sameDay = day.toDateString() === today.toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(chosen, sameDay ? time : { ...time, day: 'numeric', month: 'long' }).format(day);
}

/** Minutes and seconds of a span, 3:07. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
