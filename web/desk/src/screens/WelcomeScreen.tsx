//! A one-time link: greets by name, takes a password twice, signs in.
import { PasswordInput } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import '../look/setup.css';
import { useErrorText, usePageTitle } from '../parts/hooks';
import { BrandMark, Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { acceptLink, openLink } from '../transport/setup';
import { useWords } from '../words/words';
import { go, homeOf } from './route';
import { useLoaded } from './setup/hooks';

const SHORTEST = 12;

/** The first password of somebody, or another one. */
export default function WelcomeScreen({ token }: { token: string }) {
  const { t } = useWords();
  usePageTitle(t('welcome-title'));
  const errorText = useErrorText();
  const { value: whose, error: gone } = useLoaded(useCallback(() => openLink(token), [token]));
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const letters = [...first].length;
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (letters < SHORTEST) return setError(t('error-password_too_short'));
    if (first !== second) return setError(t('welcome-differ'));
    setBusy(true);
    setError(null);
    try {
      const { person } = await acceptLink(token, first);
      go(homeOf(person.role), 'replace');
    } catch (failure) {
      setBusy(false);
      setError(errorText(failure));
    }
  };
  return (
    <main className="gate">
      <div className="gate-in"><div className="panel">
        {gone !== null && <div className="form"><h1><BrandMark />{t('brand')}</h1><p className="note note--bad" role="alert">{gone}</p><Press tone="main" onClick={() => go('sign-in', 'replace')}>{t('sign-in-submit')}</Press></div>}
        {gone === null && whose !== null && (
          <form noValidate onSubmit={(event) => void enter(event)}>
            <h1><BrandMark />{t('welcome-hello', { name: whose.name })}</h1>
            <p className="dim">{t(whose.again ? 'welcome-again' : 'welcome-first', { id: whose.id })}</p>
            <input type="hidden" name="username" autoComplete="username" value={whose.id} readOnly />
            <PasswordInput className="field" size="md" label={t('welcome-password')} autoComplete="new-password" autoFocus value={first} onChange={(event) => setFirst(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('sign-in-show') }} />
            <p className="dim" aria-live="polite">{letters >= SHORTEST ? <><Icon name="check" /> {t('welcome-enough')}</> : t('welcome-rule', { left: SHORTEST - letters })}</p>
            <PasswordInput className="field" size="md" label={t('welcome-repeat')} autoComplete="new-password" value={second} onChange={(event) => setSecond(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('sign-in-show') }} />
            {error !== null && <p className="note note--bad" role="alert">{error}</p>}
            <Press type="submit" tone="main" resting={busy}>{t('welcome-submit')}</Press>
          </form>
        )}
      </div></div>
    </main>
  );
}
