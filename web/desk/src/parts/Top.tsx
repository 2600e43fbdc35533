//! The top line: brand, sections, what the shift says, and the menu of the person.
import { Popover, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { go, homeOf, rolesOf, type Route } from '../screens/route';
import { isSignedOut, signOut } from '../transport/api';
import type { Person } from '../transport/contract';
import { useWords } from '../words/words';
import { useErrorText } from './hooks';
import { BrandMark } from './Icon';
import { LanguageSwitch, ThemeSwitch } from './Look';
import { Go, Press } from './Press';
import { PromiseBadge } from './PromiseBadge';

/** First letters of the first two words of a name. */
export function initials(name: string): string {
  return name.split(/\s+/).slice(0, 2).map((word) => word.charAt(0).toUpperCase()).join('');
}

function MeMenu({ me }: { me: Person }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const errorText = useErrorText();
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      // Whoever walks away must know that the session is still open.
      if (!isSignedOut(error)) return setFailure(error);
    }
    go('sign-in');
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus withRoles transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className="me" onClick={() => setOpen(!open)}>
          <span className="ava" aria-hidden="true">{initials(me.name)}</span>
          <span className="me-name">{me.name}</span>
          <span className="vh">{t('menu-me')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="me-menu">
        <div><p className="lab">{t('theme')}</p><ThemeSwitch /></div>
        <div><p className="lab">{t('language')}</p><LanguageSwitch /></div>
        <Go to="sessions" className="link">{t('sessions-link')}</Go>
        {failure !== null && <p className="note note--bad" role="alert">{t('sign-out-failed')} {errorText(failure)}</p>}
        <Press onClick={() => void leave()}>{t('sign-out')}</Press>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The sections, in the order in which they stand; each person sees those of their role. */
const SECTIONS = ['desk', 'centre', 'promises', 'appeals', 'calls', 'figures', 'setup'] as const satisfies Route[];

/** The top line of the staff's screens. */
export function Top({ me, route, children }: { me: Person; route: Route; children?: ReactNode }) {
  const { t } = useWords();
  const sections = SECTIONS.filter((section) => rolesOf(section)?.includes(me.role)).map((to) => ({ to, label: t(`nav-${to}`) }));
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the line of sections is wider than the page: where one stands must be in sight.
    const show = (): void => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    show();
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, [route]);
  return (
    <header className="top">
      <Go to={homeOf(me.role)} className="brand" aria-label={t('brand')}><BrandMark /><span className="brand-name">{t('brand')}</span></Go>
      <nav className="nav" ref={nav} aria-label={t('nav-label')}>
        {sections.map(({ to, label }) => <Go key={to} to={to} aria-current={to === route ? 'page' : undefined}>{label}{to === 'promises' && <PromiseBadge />}</Go>)}
      </nav>
      <div className="strip">{children}<MeMenu me={me} /></div>
    </header>
  );
}
