//! Holds the words of appeals and persons against the types generated from the server. Nothing here runs.
import type * as own from './appeals';
import type { All, Fits } from './contract.check';
import type { components } from './generated/api';

type Served = components['schemas'];

export type Checked = All<
  [
    Fits<own.Appeal, Served['Appeal']>,
    Fits<own.AppealFields & { version: number }, Served['AppealDocument']>,
    Fits<own.AppealRow, Served['AppealRow']>,
    Fits<own.AppealPage, Served['AppealPage']>,
    Fits<own.AppealEvent, Served['AppealEvent']>,
    Fits<own.PersonBrief, Served['PersonBrief']>,
    Fits<own.PersonOnNumber, Served['PersonOnNumber']>,
    Fits<own.PersonCard, Served['PersonCard']>,
    Fits<own.CardFields & { version: number }, Served['PersonCardDocument']>,
    Fits<Omit<own.HistoryEntry, 'promise' | 'call'>, Omit<Served['HistoryEntry'], 'promise' | 'call'>>,
    Fits<own.PersonHistory['next'], Served['PersonHistory']['next'] & (string | null)>,
    Fits<Omit<own.TopicTree, 'groups' | 'results'>, Omit<Served['TopicTree'], 'groups' | 'results'>>,
  ]
>;
