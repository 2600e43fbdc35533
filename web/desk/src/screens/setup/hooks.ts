//! Lists of the setup: loaded at once, again on demand, refusals in words.
import { useCallback, useEffect, useState } from 'react';
import { useErrorText } from '../../parts/hooks';
import { isSignedOut } from '../../transport/api';
import { go } from '../route';

/** A list, why it is not there, and the way to load it again. `ask` must keep its identity. */
export function useLoaded<T>(ask: () => Promise<T>): { value: T | null; error: string | null; again: () => Promise<void> } {
  const errorText = useErrorText();
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const again = useCallback(async () => {
    try {
      setValue(await ask());
      setFailure(null);
    } catch (error) {
      if (isSignedOut(error)) go('sign-in', 'replace');
      else setFailure(error);
    }
  }, [ask]);
  useEffect(() => void again(), [again]);
  return { value, error: failure === null ? null : errorText(failure), again };
}
