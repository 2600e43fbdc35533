//! The live centre, alarms, figures and shapes of recordings over HTTP; types as the server describes them.
import { ask, read } from './api';
import type { components } from './generated/api';

type Served = components['schemas'];

/** The live centre. */
export type CentreView = Served['CentreView'];
/** Somebody who may take calls. */
export type Specialist = Served['Specialist'];
/** A call that goes on. */
export type LiveCall = Served['LiveCall'];
/** A line with its queue. */
export type LiveLine = Served['LiveLine'];
/** Something to decide. */
export type Alarm = Served['Alarm'];
/** The figures of a day. */
export type DayFigures = Served['DayFigures'];
/** Figures of a day or of a half hour. */
export type FigureSet = Served['FigureSet'];
/** A half hour of a day. */
export type PartOfDay = Served['PartOfDay'];
/** The shape of a recording. */
export type Peaks = Served['Peaks'];

/** What the centre says over the WebSocket. */
export type CentreMessage =
  | { type: 'snapshot'; now: number; centre: CentreView }
  | { type: 'delta'; now: number; centre: Partial<CentreView> }
  | { type: 'ping'; now: number };

const part = encodeURIComponent;

/** Puts a specialist into a state. */
export async function setAgentState(id: string, state: { state: 'ready' } | { state: 'break'; reason: string }): Promise<void> {
  await ask('PUT', `/api/centre/agents/${part(id)}/state`, state);
}

/** Ends every session of a specialist. */
export async function signOutAgent(id: string): Promise<void> {
  await ask('DELETE', `/api/centre/agents/${part(id)}/sessions`);
}

/** Says that one has seen an alarm. */
export async function seeAlarm(id: string): Promise<void> {
  await ask('PUT', `/api/alarms/${part(id)}/seen`);
}

/** Turns a line's switch. */
export async function setLineMode(id: string, mode: string): Promise<void> {
  await ask('PUT', `/api/lines/${part(id)}/mode`, { mode });
}

/** The lines by id and name. */
export async function lineNames(): Promise<Served['Line'][]> {
  return (await read<Served['LineList']>('/api/lines')).lines;
}

/** The figures of a day, of one line or of all. */
export function dayFigures(day: string, line: string | null): Promise<DayFigures> {
  const search = new URLSearchParams({ day, ...(line === null ? {} : { line }) });
  return read(`/api/figures/day?${search}`);
}

/** How many calls a list has. */
export function callCount(wanted: Readonly<Record<string, string>>): Promise<Served['CallCount']> {
  return read(`/api/calls/count?${new URLSearchParams(wanted)}`);
}

/** The shape of a call's recording. */
export const peaks = (call: string): Promise<Peaks> => read(`/api/calls/${part(call)}/recording/peaks`);
