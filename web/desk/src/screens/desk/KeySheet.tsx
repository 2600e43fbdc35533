//! The sheet of keys (F1).
import { useEffect, useRef } from 'react';
import { Press } from '../../parts/Press';
import { useWords } from '../../words/words';
import { KEYS } from './DeskRight';

/** A dialog with every key of the desk. */
export function KeySheet({ close }: { close: () => void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog className="keysheet" ref={dialog} aria-labelledby="keysheet-h" onClose={close} onClick={(event) => event.target === dialog.current && dialog.current.close()}>
      <div>
        <h2 id="keysheet-h">{t('keys-sheet-h')}</h2>
        <ul className="keys">{KEYS.map(([key, text]) => <li key={key}><kbd>{key}</kbd><span>{t(text)}</span></li>)}</ul>
        <Press onClick={() => dialog.current?.close()}>{t('keys-sheet-close')}</Press>
      </div>
    </dialog>
  );
}
