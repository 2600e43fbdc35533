//! Holds the desk's own words against the types generated from the server: a field that is missing, left over or of another kind does not compile. Nothing here runs.
import type * as own from './contract';
import type { components } from './generated/api';

type Served = components['schemas'];

/** Ours is a narrower reading of the served type: the same fields, each of a kind that the server may send. */
export type Fits<Ours, Theirs> = [Ours] extends [Theirs]
  ? [keyof Ours] extends [keyof Theirs]
    ? [keyof Theirs] extends [keyof Ours]
      ? true
      : ['missing here', Exclude<keyof Theirs, keyof Ours>]
    : ['left over here', Exclude<keyof Ours, keyof Theirs>]
  : ['of another kind', Ours, Theirs];

export type All<Checks extends readonly true[]> = Checks;

export type Checked = All<
  [
    Fits<own.Session, Served['Session']>,
    Fits<own.Person, Served['Person']>,
    Fits<own.Line, Served['Line']>,
    Fits<own.DeskCall, Served['DeskCall']>,
    Fits<own.EarlierCall, Served['EarlierCall']>,
    Fits<own.Figures, Served['Figures']>,
    Fits<Omit<own.DeskView, 'state'>, Omit<Served['DeskView'], 'state'>>,
    Fits<own.CallRow, Served['CallRow']>,
    Fits<own.CallPage, Served['CallPage']>,
    Fits<Extract<own.StartPage, { demo: true }>, Served['StartPage']>,
    Fits<Required<own.Problem>, Required<Served['Problem']>>,
  ]
>;
