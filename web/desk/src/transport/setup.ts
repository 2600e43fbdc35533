//! Setting the centre up: people, devices, lines, days, prompts; one-time links; sessions of one's own.
import { ask, read } from './api';
import type { Session } from './contract';
import type { components } from './generated/api';

type Schemas = components['schemas'];
export type SetupPerson = Schemas['SetupPerson'];
export type NewPerson = Schemas['NewSetupPerson'];
export type ChangedPerson = Schemas['ChangedPerson'];
export type OneTimeLink = Schemas['OneTimeLink'];
export type SetupDevice = Schemas['SetupDevice'];
export type ChangedDevice = Schemas['ChangedDevice'];
export type SetupLine = Schemas['SetupLine'];
export type ChangedLine = Schemas['ChangedLine'];
export type HoursSpan = Schemas['HoursSpan'];
export type LineDay = Schemas['LineDay'];
export type Year = Schemas['Year'];
export type ClosedDay = Schemas['ClosedDay'];
export type ClosedDays = Schemas['ClosedDays'];
export type SetupPrompt = Schemas['SetupPrompt'];
export type MySession = Schemas['MySession'];
export type Welcome = Schemas['Welcome'];

const part = (text: string): string => encodeURIComponent(text);
async function sent<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await (await ask(method, path, body)).json()) as T;
}

/** Whose link it is. */
export const openLink = (token: string): Promise<Welcome> => read(`/api/welcome/${part(token)}`);
/** Sets a password by a link, and signs in. */
export const acceptLink = (token: string, password: string): Promise<Session> => sent('POST', `/api/welcome/${part(token)}`, { password });

/** Where one is signed in. */
export const mySessions = async (): Promise<MySession[]> => (await read<Schemas['MySessions']>('/api/sessions')).sessions;
/** Ends a session of one's own. */
export const endSession = (id: string): Promise<Response> => ask('DELETE', `/api/sessions/${part(id)}`);

/** Everybody. */
export const people = async (): Promise<SetupPerson[]> => (await read<Schemas['SetupPeople']>('/api/setup/people')).people;
/** Adds somebody; gives their link. */
export const addPerson = (person: NewPerson): Promise<Schemas['AddedPerson']> => sent('POST', '/api/setup/people', person);
/** Changes somebody. */
export const changePerson = (id: string, change: ChangedPerson): Promise<SetupPerson> => sent('PUT', `/api/setup/people/${part(id)}`, change);
/** A new link for somebody. */
export const makeLink = (id: string): Promise<OneTimeLink> => sent('POST', `/api/setup/people/${part(id)}/link`);
/** Signs somebody out everywhere. */
export const endSessionsOf = (id: string): Promise<Response> => ask('DELETE', `/api/setup/people/${part(id)}/sessions`);

/** On what people take calls. */
export const devices = async (): Promise<SetupDevice[]> => (await read<Schemas['SetupDevices']>('/api/setup/devices')).devices;
/** Sets somebody's device. */
export const setDevice = (person: string, change: ChangedDevice): Promise<SetupDevice> => sent('PUT', `/api/setup/devices/${part(person)}`, change);

/** Lines as they are set up. */
export const lineSetups = async (): Promise<SetupLine[]> => (await read<Schemas['SetupLines']>('/api/setup/lines')).lines;
/** Sets a line up, or adds one. */
export const setLineUp = (id: string, change: ChangedLine): Promise<SetupLine> => sent('PUT', `/api/setup/lines/${part(id)}`, change);
/** Turns a line's switch. */
export const turnLine = (id: string, mode: string): Promise<Response> => ask('PUT', `/api/lines/${part(id)}/mode`, { mode });

/** A year of the calendar with the closed days. */
export const year = (which: number | null): Promise<Year> => read(`/api/setup/days${which === null ? '' : `?year=${which}`}`);
/** Sets the centre's closed days. */
export const setClosedDays = (version: number, days: ClosedDay[]): Promise<ClosedDays> => sent('PUT', '/api/setup/days', { version, days });

/** What the line says. */
export const prompts = async (): Promise<SetupPrompt[]> => (await read<Schemas['SetupPrompts']>('/api/setup/prompts')).prompts;
/** Address of a prompt's sound. */
export const promptSound = (id: string, version: number): string => `/api/setup/prompts/${part(id)}/sound?version=${version}`;
/** Puts another sound in a prompt's place. */
export const replacePrompt = (id: string, version: number, file: File): Promise<SetupPrompt> =>
  sent('PUT', `/api/setup/prompts/${part(id)}/sound?version=${version}&file=${part(file.name)}`, file);
/** Plays an earlier sound again. */
export const restorePrompt = (id: string, version: number, to: number): Promise<SetupPrompt> => sent('POST', `/api/setup/prompts/${part(id)}/restored`, { version, to });
