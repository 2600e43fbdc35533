//! Buttons and links of the house: Mantine's bare button in our own dress.
import { UnstyledButton } from '@mantine/core';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { go, hrefOf, type Params, type Route } from '../screens/route';

type Tone = 'plain' | 'main' | 'ink' | 'onbar' | 'ghost' | 'quiet' | 'tonal' | 'link';

interface PressProps extends Omit<ComponentProps<'button'>, 'disabled' | 'ref'> {
  tone?: Tone;
  small?: boolean;
  /** A button that rests keeps its place and its focus, and says that it rests. */
  resting?: boolean;
  children: ReactNode;
}

/** A button. */
export function Press({ tone = 'plain', small = false, resting = false, className = '', onClick, type = 'button', ...rest }: PressProps) {
  const dress = `btn${tone === 'plain' ? '' : ` btn--${tone}`}${small ? ' btn--s' : ''} ${className}`.trim();
  return <UnstyledButton {...rest} type={type} className={dress} aria-disabled={resting || undefined} onClick={resting ? undefined : onClick} />;
}

/** A link to another screen of the desk: opens it in place, or in a new tab where the reader asks for it. */
export function Go({ to, params = {}, query = {}, className = '', children, ...rest }: { to: Route; params?: Params; query?: Params; className?: string; children: ReactNode } & ComponentProps<'a'>) {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to, 'push', params, query);
  };
  return <a {...rest} href={hrefOf(to, params, query)} className={className} onClick={follow}>{children}</a>;
}
