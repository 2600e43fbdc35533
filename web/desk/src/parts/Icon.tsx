//! Line icons of 20 px: drawn in the colour of the text beside them, silent for screen readers.

const PHONE = 'M4.6 3.2h2.5l1.5 3.7-1.9 1.4a9.3 9.3 0 0 0 5 5l1.4-1.9 3.7 1.5v2.5a1.5 1.5 0 0 1-1.6 1.5A13.6 13.6 0 0 1 3.1 4.8a1.5 1.5 0 0 1 1.5-1.6z';

const PATHS = {
  phone: PHONE,
  check: 'M3.8 10.6l4 4 8.4-9.2',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 5.8V10l2.9 1.9',
  cup: 'M4 6h10v5a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zM14 7.5h1.400a2 2 0 0 1 0 4H14M4 17.800h10',
  warn: 'M10 3.200l7.400 13.300H2.600zM10 8.200v3.800M10 14.200v.1',
  voice: 'M3.600 8v4h2.600l4 3.400V4.600L6.200 8zM13 7.400a3.600 3.600 0 0 1 0 5.200M15.200 5a7 7 0 0 1 0 10',
  play: 'M7 4.200l9 5.800-9 5.800z',
  pause: 'M7.200 4.500v11M12.800 4.500v11',
  down: 'M10 3v9.500M6 9l4 4 4-4M4 17h12',
  plus: 'M10 4v12M4 10h12',
  pencil: 'M4 16l.9-3.400 8.300-8.300 2.500 2.500-8.300 8.300zM11.700 5.800l2.500 2.500',
  chevron: 'M5.500 7.800l4.500 4.500 4.500-4.500',
  back: 'M12.200 4.500L6.700 10l5.500 5.500',
  search: 'M8.800 3.200a5.600 5.600 0 1 1 0 11.200 5.600 5.600 0 0 1 0-11.200M13 13l4.200 4.200',
  person: 'M10 3.600a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400M3.800 17c.6-3.400 3.100-5.100 6.200-5.100s5.600 1.700 6.200 5.100',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 9.200v4.500M10 6.400v.1',
  here: 'M4.500 13.500a8 8 0 0 1 2.700-5.200M15.500 13.500a8 8 0 0 0-3.200-5.600M10 15.600v.1M4 16.500L16 3.500',
  undo: 'M7.500 4.500L4 8l3.500 3.500M4.300 8h7.200a4.500 4.500 0 0 1 0 9H8',
  close: 'M5 5l10 10M15 5L5 15',
  headset: 'M3.600 12v-1.800a6.400 6.400 0 0 1 12.800 0V12M4.300 11h.4a1.500 1.500 0 0 1 1.500 1.500v2a1.500 1.500 0 0 1-1.500 1.500h-.4a1.500 1.500 0 0 1-1.500-1.500v-2A1.500 1.500 0 0 1 4.300 11zM15.300 11h.4a1.500 1.500 0 0 1 1.500 1.500v2a1.500 1.500 0 0 1-1.500 1.500h-.4a1.500 1.500 0 0 1-1.500-1.500v-2a1.500 1.500 0 0 1 1.500-1.500zM16.400 16c0 1.200-1 1.900-2.600 1.900h-2',
  forward: 'M4 10h11m-4-4l4 4-4 4',
  stop: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM5.200 14.800l9.600-9.600',
  broken: 'M3 10h3.500l1.600-3.500 2.400 7 1.700-3.500M15 10h2M13.200 4.500l3.600-2M13.200 15.500l3.600 2',
  record: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  flag: 'M5 17.500V3M5 3.500h9.800l-2.200 3.400 2.200 3.400H5',
  copy: 'M7.500 7.500h9v9h-9zM4.500 12.500h-1v-9h9v1',
  mic: 'M10 3a2.200 2.200 0 0 1 2.200 2.200v4.600a2.200 2.200 0 0 1-4.400 0V5.200A2.200 2.200 0 0 1 10 3zM5.400 9.600a4.600 4.600 0 0 0 9.200 0M10 14.200v2.800M7.400 17h5.200',
} as const;

/** A line icon. */
export type IconName = keyof typeof PATHS | 'hang_up';

/** Draws a line icon. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="ic" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {name === 'hang_up' ? <g transform="rotate(135 10 10)"><path d={PHONE} /></g> : <path d={PATHS[name]} fill={name === 'play' ? 'currentColor' : undefined} />}
    </svg>
  );
}

/** The mark of Otklik: somebody speaks, and it is heard. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="6.5" cy="12" r="3.5" fill="currentColor" />
      <path d="M12 6.2a8.2 8.2 0 0 1 0 11.6M15.8 3.4a12.6 12.600 0 0 1 0 17.2" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
