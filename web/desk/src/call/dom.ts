//! Small tools for drawing without a library: elements, texts with a link in them, icons.

type Child = Node | string | null;
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** Makes an element; a function is a listener, `true` an empty attribute, `false` none. */
export function el<T extends keyof HTMLElementTagNameMap>(tag: T, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (typeof value === 'string') made.setAttribute(name, value);
    else if (value) made.setAttribute(name, '');
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A text whose `<a>` part becomes what `link` makes of it. Nothing else in it is markup. */
export function linked(text: string, link: (inner: string) => HTMLElement): Node {
  const [before, rest] = text.split('<a>');
  const [inner, after] = (rest ?? '').split('</a>');
  const made = document.createDocumentFragment();
  made.append(before ?? '', ...(rest === undefined ? [] : [link(inner ?? ''), after ?? '']));
  return made;
}

const PHONE = 'M4.6 3.2h2.5l1.5 3.7-1.9 1.4a9.3 9.3 0 0 0 5 5l1.4-1.9 3.7 1.5v2.5a1.5 1.5 0 0 1-1.6 1.5A13.6 13.6 0 0 1 3.1 4.8a1.5 1.5 0 0 1 1.5-1.6z';
const PATHS = {
  phone: PHONE,
  hang_up: PHONE,
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 5.8V10l2.9 1.9',
  record: 'M10 3.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  mic: 'M10 2.4a2.600 2.600 0 0 1 2.600 2.600v3.800a2.600 2.600 0 0 1-5.200 0V5A2.600 2.600 0 0 1 10 2.400zM4.500 9.400a5.500 5.500 0 0 0 11 0M10 15v2.600',
  keys: 'M5 5h.01M10 5h.01M15 5h.01M5 10h.01M10 10h.01M15 10h.01M5 15h.01M10 15h.01M15 15h.01',
  speaker: 'M3.600 8v4h2.600l4 3.400V4.600L6.200 8zM13 7.400a3.600 3.600 0 0 1 0 5.200M15.200 5a7 7 0 0 1 0 10',
  off: 'M3 3l14 14',
  voice: 'M3 10h1.500M6.500 6.500v7M10 4v12M13.500 7v6M17 9v2',
  warn: 'M10 3.200l7.400 13.300H2.600zM10 8.200v3.800M10 14.200v.1',
} as const;
/** An icon of the page. */
export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag: string, attributes: Record<string, string>, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Draws an icon; `struck` strikes it out. */
export function icon(name: IconName, struck = false): SVGElement {
  const path = svg('path', { d: PATHS[name], ...(name === 'keys' ? { 'stroke-width': '2.4' } : {}) });
  const shape = name === 'hang_up' ? svg('g', { transform: 'rotate(135 10 10)' }, path) : path;
  return svg('svg', { class: 'ic', viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' }, shape, ...(struck ? [svg('path', { d: PATHS.off })] : []));
}

/** The mark of Otklik: somebody speaks, and it is heard. */
export function mark(): SVGElement {
  return svg('svg', { class: 'brand-mark', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    svg('circle', { cx: '6.5', cy: '12', r: '3.5', fill: 'currentColor' }),
    svg('path', { d: 'M12 6.2a8.200 8.200 0 0 1 0 11.600M15.800 3.400a12.600 12.600 0 0 1 0 17.200', fill: 'none', stroke: 'currentColor', 'stroke-width': '2.4', 'stroke-linecap': 'round' }));
}

/** The round sign of a call: a ring that turns while one waits, a full disc in the talk. */
export function orb(look: 'ring' | 'disc'): SVGElement {
  const handset = svg('g', { class: 'orb-handset', transform: 'translate(49 49) scale(2.5)' }, svg('path', { d: PHONE }));
  const parts = look === 'disc'
    ? [svg('circle', { class: 'orb-disc', cx: '74', cy: '74', r: '70' }), svg('circle', { class: 'orb-edge', cx: '74', cy: '74', r: '50' })]
    : [svg('circle', { class: 'orb-track', cx: '74', cy: '74', r: '70' }), svg('path', { class: 'orb-arc', d: 'M74 4a70 70 0 0 1 60.600 105' })];
  return svg('svg', { class: `orb orb--${look}`, viewBox: '0 0 148 148', 'aria-hidden': 'true' }, ...parts, handset);
}
