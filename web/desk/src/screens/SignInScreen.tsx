//! The door: name, password, plain words where they do not fit.
import { PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useErrorText, usePageTitle } from '../parts/hooks';
import { BrandMark, Icon } from '../parts/Icon';
import { Press } from '../parts/Press';
import { signIn } from '../transport/api';
import { useWords } from '../words/words';
import { somethingKept } from '../transport/kept';
import { go, homeOf } from './route';

/** Sign-in; goes on to the first screen of the role. */
export function SignInScreen() {
  const { t } = useWords();
  usePageTitle(t('sign-in-title'));
  const errorText = useErrorText();
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<'name' | 'password' | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = nameField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    const lacks = name === '' ? 'name' : password === '' ? 'password' : null;
    setMissing(lacks);
    if (lacks !== null) return (lacks === 'name' ? nameField : passwordField).current?.focus();
    setBusy(true);
    setError(null);
    try {
      const { person } = await signIn(name, password);
      go(homeOf(person.role));
    } catch (failure) {
      setBusy(false);
      setError(errorText(failure));
      passwordField.current?.select();
    }
  };

  return (
    <main className="gate">
      <div className="gate-in">
        <div className="panel">
          <form noValidate onSubmit={(event) => void enter(event)}>
            <h1><BrandMark />{t('brand')}</h1>
            <p className="dim under-brand">{t('brand-line')}</p>
            {somethingKept() && <p className="note">{t('sign-in-kept')}</p>}
            <TextInput ref={nameField} className="field" label={t('sign-in-name')} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus
              error={missing === 'name' ? t('sign-in-name-missing') : null} />
            <PasswordInput ref={passwordField} className="field" size="md" label={t('sign-in-password')} name="password" autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('sign-in-show'), tabIndex: 0 }} error={missing === 'password' ? t('sign-in-password-missing') : null} />
            <div role="alert">{error !== null && <p className="note note--bad"><Icon name="warn" /><span>{error}</span></p>}</div>
            <Press tone="main" type="submit" resting={busy}>{t('sign-in-submit')}</Press>
            <p className="dim">{t('sign-in-forgot')}</p>
          </form>
        </div>
        <p className="hint after">{t('sign-in-next')}</p>
      </div>
    </main>
  );
}
