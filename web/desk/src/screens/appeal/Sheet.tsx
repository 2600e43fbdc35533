//! The sheet of an appeal: topic as the heading, the form or what was written, and a footer that never leaves.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { Icon } from '../../parts/Icon';
import { Go, Press } from '../../parts/Press';
import { useErrorText } from '../../parts/hooks';
import { leftSay, missingOf, tooLong } from '../../state/appeal';
import { clockTime } from '../../state/clock';
import { phaseOf, type Draft } from '../../state/draft';
import type { Appeal, AppealFields, Missing, TopicTree } from '../../transport/appeals';
import { useWords } from '../../words/words';
import type { AppealWork } from '../appealWork';
import { Dismissed, FiledNumber, OpenAppeal, Summary } from './Filed';
import { AppealForm } from './Form';
import { TopicPicker } from './TopicPicker';
import { Versions } from './Versions';

/** Whether the text is safe, and where. */
function SavedMark({ draft, openedAt }: { draft: Draft<AppealFields>; openedAt: number }) {
  const { t } = useWords();
  const phase = phaseOf(draft);
  const at = draft.savedAt;
  switch (phase) {
    case 'fresh': return <p className="saved" data-saved={phase}>{t('saved-opened', { time: clockTime(openedAt) })}</p>;
    case 'saved': return <p className="saved" data-saved={phase}>{t('saved-at', { time: clockTime(at ?? openedAt) })}</p>;
    case 'unsaved':
    case 'saving': return <p className="saved" data-saved={phase}>{t('saved-saving')}</p>;
    case 'no_link':
    case 'signed_out': return <p className="saved" role="status" data-saved={phase}><Icon name="here" />{t(draft.kept ? 'saved-here' : 'saved-page')}</p>;
    case 'stale':
    case 'refused': return <p className="saved is-bad" role="status" data-saved={phase}><Icon name="warn" />{t('saved-not')}</p>;
  }
}

/** What is left to do, or what came in the way. */
function FooterText({ work, missing }: { work: AppealWork; missing: Missing[] }) {
  const { t, tell } = useWords();
  const errorText = useErrorText();
  const { draft, obstacle } = work;
  const bad = (text: string) => <p className="left left--bad" role="alert"><Icon name="warn" />{text}</p>;
  switch (draft.trouble?.kind) {
    case 'stale': return bad(t('stale-note', { by: draft.trouble.theirs.by ?? 'none' }));
    case 'signed_out': return bad(t('save-signed_out'));
    case 'refused': return bad(tooLong(draft.fields.asked) || tooLong(draft.fields.answered) ? t('error-too_long') : t('save-refused'));
    case 'no_link':
    case undefined: break;
  }
  if (obstacle !== null) return bad(errorText(obstacle));
  const need = work.attempted && missing.length > 0;
  return <p className={`left${need ? ' left--need' : ''}`} role="status"><Icon name={missing.length === 0 ? 'check' : 'info'} />{tell(leftSay(missing))}</p>;
}

interface FooterProps {
  work: AppealWork;
  missing: Missing[];
  register: () => void;
  compare: () => void;
  done: (() => void) | null;
}

function Footer({ work, missing, register, compare, done }: FooterProps) {
  const { t } = useWords();
  const { draft } = work;
  let act = (
    <Press tone={missing.length === 0 ? 'main' : 'tonal'} resting={work.busy} data-part="register" aria-keyshortcuts="Control+Enter" onClick={register}>
      {t(work.busy ? 'registering' : 'do-register')}<kbd aria-hidden="true">Ctrl Enter</kbd>
    </Press>
  );
  if (draft.trouble?.kind === 'stale') act = <Press tone="main" onClick={compare}>{t('do-compare')}</Press>;
  else if (draft.trouble?.kind === 'signed_out') act = <Go to="sign-in" className="btn btn--main">{t('do-sign-in')}</Go>;
  else if (done !== null) act = <Press onClick={done}>{t('do-edit-done')}</Press>;
  return <div className="sheet-f"><FooterText work={work} missing={missing} />{act}</div>;
}

/** What a sheet gives to whoever holds it: keys of the desk come from outside. */
export interface SheetHandle {
  register: () => void;
  focusText: () => void;
  focusMissing: () => void;
}

interface SheetProps {
  work: AppealWork;
  tree: TopicTree | null;
  handle: RefObject<SheetHandle | null>;
  /** The talk is over: what is missing may be said without an attempt. */
  late?: boolean;
  /** Brings the eye to «Кто говорит?». */
  askWho?: () => void;
  /** On the page of the appeal itself no way leads to it. */
  own?: boolean;
}

/** Moves the focus to what is missing first. */
function focusOn(sheet: HTMLElement | null, first: Missing | undefined, askWho?: () => void): void {
  const find = { topic: '[data-part="topic"]', asked: '[data-field="asked"]', result: '.f--results input, .f--results select', speaker: '' };
  if (first === undefined) return;
  if (first === 'speaker') return askWho?.();
  sheet?.querySelector<HTMLElement>(find[first])?.focus({ preventScroll: false });
}

/** The sheet. */
export function AppealSheet({ work, tree, handle, late = false, askWho, own = false }: SheetProps) {
  const { t } = useWords();
  const { appeal, draft } = work;
  const { fields } = draft;
  const missing = missingOf(fields);
  const [comparing, setComparing] = useState(false);
  const [editing, setEditing] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const asked = useRef<HTMLTextAreaElement>(null);
  const filedHere = useRef(false);
  const stale = draft.trouble?.kind === 'stale';
  useEffect(() => {
    if (!stale) setComparing(false);
  }, [stale]);

  const register = (): void => {
    if (appeal.status !== 'draft' || work.busy) return;
    filedHere.current = true;
    void work.register().then(([first]) => focusOn(sheet.current, first, askWho));
  };
  // Whoever holds the sheet must not reach one that is gone.
  useEffect(() => () => { handle.current = null; }, [handle]);
  handle.current = {
    register,
    focusText: () => (asked.current ?? sheet.current?.querySelector<HTMLElement>('h2'))?.focus({ preventScroll: true }),
    focusMissing: () => focusOn(sheet.current, missing[0], askWho),
  };
  if (appeal.status === 'dismissed') return <><h1 className="vh">{t('sheet-h')}</h1><Dismissed appeal={appeal} undo={work.undoDismissal} busy={work.busy} /></>;
  const filed = appeal.status === 'registered';
  const reading = (filed && !editing && !stale) || !appeal.may_write;
  // After the talk only the end is asked for by itself; the rest when somebody tried to file.
  const needed = work.attempted ? missing : late ? missing.filter((one) => one === 'result') : [];
  return (
    <div className="sheet" ref={sheet} data-part="sheet" data-status={appeal.status}>
      <SheetTop appeal={appeal} draft={draft} tree={tree} reading={reading} type={work.type} needTopic={work.attempted && missing.includes('topic')} focusNumber={filedHere.current} />
      {comparing && stale ? <Versions draft={draft} tree={tree} settle={work.settle} back={() => setComparing(false)} /> : (
        <>
          {reading
            ? <div className="form"><Summary fields={fields} tree={tree} /></div>
            : <AppealForm tree={tree} fields={fields} type={work.type} needed={needed} asked={asked} readOnly={false} />}
          {reading
            ? <div className="sheet-f"><p className="left" />{!own && <OpenAppeal id={appeal.id} />}{appeal.may_write && <Press onClick={() => setEditing(true)}><Icon name="pencil" />{t('do-edit')}</Press>}</div>
            : <Footer work={work} missing={missing} register={register} compare={() => setComparing(true)} done={filed ? () => setEditing(false) : null} />}
        </>
      )}
    </div>
  );
}

interface TopProps {
  appeal: Appeal;
  draft: Draft<AppealFields>;
  tree: TopicTree | null;
  reading: boolean;
  type: AppealWork['type'];
  needTopic: boolean;
  focusNumber: boolean;
}

function SheetTop({ appeal, draft, tree, reading, type, needTopic, focusNumber }: TopProps) {
  const { t } = useWords();
  const number = appeal.number !== null && <FiledNumber number={appeal.number} at={appeal.registered_at} focus={focusNumber} />;
  return (
    <>
      <h1 className="vh">{t('sheet-h')}</h1>
      {number}
      {!reading && (
        <div className="sheet-h">
          <TopicPicker tree={tree} topics={draft.fields.topics} change={(topics) => type({ topics })} need={needTopic} />
          <SavedMark draft={draft} openedAt={appeal.created_at} />
        </div>
      )}
      {needTopic && <p className="need need--topic">{t('need-topic')}</p>}
    </>
  );
}
