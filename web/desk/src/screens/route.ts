//! The addresses of the desk. Four words, no library.
import { useSyncExternalStore } from 'react';

/** A screen with an address of its own. */
export type Route = 'start' | 'sign-in' | 'desk' | 'calls';

const PATHS: Record<Route, string> = { start: '/', 'sign-in': '/sign-in', desk: '/desk', calls: '/calls' };

/** The address of a screen; parameters of the page (`?sound=raw`) travel along. */
export function hrefOf(route: Route): string {
  return PATHS[route] + location.search;
}

/** Opens a screen. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', hrefOf(route));
  else history.replaceState(null, '', hrefOf(route));
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** The screen of an address; unknown ones lead to the start. */
export function routeOf(path: string): Route {
  const found = (Object.keys(PATHS) as Route[]).find((route) => PATHS[route] === path.replace(/(.)\/+$/, '$1'));
  return found ?? 'start';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

/** The screen that is open. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => routeOf(location.pathname));
}
