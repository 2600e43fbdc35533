//! The addresses of the pages. A list of patterns, no library.
import { useSyncExternalStore } from 'react';
import type { Role } from '../transport/contract';

/** What is known of a screen with an address of its own. */
interface Place {
  /** `:name` stands for one part of the address. */
  path: string;
  /** Whoever may open it; nothing = everybody, without a sign-in. */
  roles: readonly Role[] | null;
}

const DESK = ['specialist', 'shift_lead'] as const;
const EVERYBODY = ['specialist', 'shift_lead', 'head', 'administrator', 'press_office', 'measure_editor', 'privacy_officer'] as const;
const READERS = ['specialist', 'shift_lead', 'head', 'privacy_officer'] as const;

/** Every screen. What a role may ask of the server is the server's to say; here stands what it is shown. */
const PLACES = {
  start: { path: '/', roles: null },
  'sign-in': { path: '/sign-in', roles: null },
  welcome: { path: '/welcome/:token', roles: null },
  desk: { path: '/desk', roles: DESK },
  promises: { path: '/promises', roles: DESK },
  appeals: { path: '/appeals', roles: READERS },
  appeal: { path: '/appeals/:id', roles: READERS },
  person: { path: '/persons/:id', roles: READERS },
  calls: { path: '/calls', roles: READERS },
  centre: { path: '/centre', roles: ['shift_lead', 'head', 'administrator'] },
  figures: { path: '/figures', roles: ['specialist', 'shift_lead', 'head', 'administrator', 'press_office'] },
  setup: { path: '/setup', roles: ['administrator'] },
  sessions: { path: '/sessions', roles: EVERYBODY },
  'setup-part': { path: '/setup/:part', roles: ['administrator'] },
} as const satisfies Record<string, Place>;

/** A screen with an address of its own. */
export type Route = keyof typeof PLACES;

/** Parts of an address by their names. */
export type Params = Readonly<Record<string, string>>;

/** An open screen. */
export interface Opened {
  route: Route;
  params: Params;
}

const ROUTES = Object.keys(PLACES) as Route[];

/** Whoever may open a screen; nothing = everybody, without a sign-in. */
export function rolesOf(route: Route): readonly Role[] | null {
  return PLACES[route].roles;
}

/** The first screen of a role. */
export function homeOf(role: Role): Route {
  const order: Route[] = ['desk', 'centre', 'setup', 'figures', 'appeals', 'sessions'];
  return order.find((route) => rolesOf(route)?.includes(role)) ?? 'start';
}

/** Parameters of the page itself (`?sound=raw`), which travel from screen to screen; all others belong to one screen. */
const TRAVELS = ['sound'] as const;

/** The address of a screen; `query` is what the screen itself is to show. */
export function hrefOf(route: Route, params: Params = {}, query: Params = {}): string {
  const path = PLACES[route].path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query);
  const now = new URLSearchParams(location.search);
  for (const name of TRAVELS) {
    const value = now.get(name);
    if (value !== null) search.set(name, value);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Opens a screen. */
export function go(route: Route, how: 'push' | 'replace' = 'push', params: Params = {}, query: Params = {}): void {
  if (how === 'push') history.pushState(null, '', hrefOf(route, params, query));
  else history.replaceState(null, '', hrefOf(route, params, query));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The screen of an address; unknown ones lead to the start. */
export function openedBy(path: string): Opened {
  const given = path.split('/').filter(Boolean);
  for (const route of ROUTES) {
    const wanted = PLACES[route].path.split('/').filter(Boolean);
    if (wanted.length !== given.length) continue;
    if (!wanted.every((part, i) => part.startsWith(':') || part === given[i])) continue;
    const named = wanted.flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), decoded(given[i] ?? '')]] : []));
    return { route, params: Object.fromEntries(named) as Params };
  }
  return { route: 'start', params: {} };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

/** The screen that is open. */
export function useOpened(): Opened {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return openedBy(path);
}

/** The query of the address, as text: the same text until it changes. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}
