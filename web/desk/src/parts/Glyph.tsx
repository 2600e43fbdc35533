//! The shapes of the states: each is told from the others without colour.
import type { ReactNode } from 'react';
import type { GlyphName } from '../state/bar';

const HANDSET = 'M4.6 3.2h2.5l1.5 3.7-1.9 1.4a9.3 9.3 0 0 0 5 5l1.4-1.9 3.7 1.5v2.5a1.5 1.5 0 0 1-1.6 1.5A13.6 13.6 0 0 1 3.1 4.8a1.5 1.5 0 0 1 1.5-1.6z';
const line = { fill: 'none', stroke: 'currentColor' } as const;
const inner = { stroke: 'var(--glyph-in)', strokeLinecap: 'round' } as const;

const SHAPES: Record<GlyphName, ReactNode> = {
  offline: <circle cx="14" cy="14" r="10" {...line} strokeWidth="2" strokeDasharray="3.2 3.1" />,
  ready: <circle cx="14" cy="14" r="9.5" {...line} strokeWidth="3" />,
  ring: (
    <>
      <circle cx="14" cy="14" r="6.5" fill="currentColor" />
      <circle cx="14" cy="14" r="11.5" {...line} strokeWidth="2" strokeDasharray="9 9.06" />
    </>
  ),
  talk: (
    <>
      <circle cx="14" cy="14" r="12" fill="currentColor" />
      <g transform="translate(6 6) scale(.8)" fill="none" stroke="var(--glyph-in)" strokeWidth="2" strokeLinejoin="round"><path d={HANDSET} /></g>
    </>
  ),
  wrap: (
    <>
      <path d="M14 1.8L26.2 14 14 26.2 1.8 14z" fill="currentColor" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <path d="M9.500 18.500l.7-2.900 6.500-6.500 2.200 2.200-6.500 6.500z" fill="var(--glyph-in)" />
    </>
  ),
  break: (
    <>
      <path d="M4 14a10 10 0 0 0 20 0z" fill="currentColor" />
      <path d="M4 14a10 10 0 0 1 20 0" {...line} strokeWidth="2" strokeDasharray="3 3.3" />
    </>
  ),
  sound: (
    <>
      <path d="M14 2.500L26.500 25h-25z" fill="currentColor" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <path d="M14 10.500v7M14 21.200v.1" {...inner} strokeWidth="2.8" />
    </>
  ),
  link: (
    <>
      <circle cx="14" cy="14" r="10.5" {...line} strokeWidth="2.4" strokeDasharray="3.4 3.2" />
      <path d="M8 20L20 8" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    </>
  ),
};

/** Draws the shape of a state. */
export function Glyph({ name }: { name: GlyphName }) {
  return <svg className="gl" viewBox="0 0 28 28" aria-hidden="true" focusable="false">{SHAPES[name]}</svg>;
}
