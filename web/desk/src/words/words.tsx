//! Words: the two catalogues, the chosen language, and the hook that turns a `Say` into text.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Say } from '../state/say';
import type { MessageKey } from './generated/keys';

/** The languages of the desk; the first is the one that everybody starts with. */
export const LANGUAGES = [{ id: 'ru', name: 'Русский' }, { id: 'en', name: 'English' }] as const;
/** A language of the desk. */
export type Language = (typeof LANGUAGES)[number]['id'];

const KEPT_AS = 'otklik-language';

const ru = import.meta.glob<string>('../../messages/ru/*.ftl', { query: '?raw', import: 'default', eager: true });
const en = import.meta.glob<string>('../../messages/en/*.ftl', { query: '?raw', import: 'default', eager: true });

function bundle(language: Language, sources: Record<string, string>): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const source of Object.values(sources)) made.addResource(new FluentResource(source));
  return made;
}

const bundles: Record<Language, FluentBundle> = { ru: bundle('ru', ru), en: bundle('en', en) };

/** What a screen speaks with. */
export interface Words {
  language: Language;
  setLanguage: (language: Language) => void;
  /** Text of a key. */
  t: (key: MessageKey, args?: Record<string, string | number>) => string;
  /** Text of a `Say`. */
  tell: (say: Say) => string;
  /** The same with its `<b>` parts drawn strong. */
  rich: (say: Say) => ReactNode;
  /** Whether the catalogue has such a key (codes of errors come from outside). */
  has: (key: string) => key is MessageKey;
}

const WordsContext = createContext<Words | null>(null);

function format(language: Language, key: MessageKey, args?: Record<string, string | number>): string {
  const message = bundles[language].getMessage(key);
  return message?.value ? bundles[language].formatPattern(message.value, args ?? null, []) : key;
}

function strongParts(text: string): ReactNode {
  return text.split(/<b>|<\/b>/).map((part, i) => (i % 2 === 1 ? <b key={i}>{part}</b> : part));
}

function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'ru';
  } catch {
    return 'ru';
  }
}

/** Gives words to everything inside. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(KEPT_AS, language);
    } catch {
      // A browser without storage starts in Russian again; nothing else is lost.
    }
  }, [language]);
  const words = useMemo<Words>(() => {
    const t: Words['t'] = (key, args) => format(language, key, args);
    return {
      language,
      setLanguage,
      t,
      tell: (say) => t(say.key, say.args),
      rich: (say) => strongParts(t(say.key, say.args)),
      has: (key): key is MessageKey => bundles[language].hasMessage(key),
    };
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The words of the chosen language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('WordsProvider is missing');
  return words;
}
