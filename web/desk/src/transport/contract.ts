//! The words of the HTTP and WebSocket contract, as the desk reads them. No logic here. Times are milliseconds since 1970 UTC.

/** What somebody may do in the centre. */
export type Role =
  | 'specialist'
  | 'shift_lead'
  | 'head'
  | 'administrator'
  | 'press_office'
  | 'measure_editor'
  | 'privacy_officer';
/** Grammatical gender of a specialist, from the profile; nothing where it is not stated. */
export type Gender = 'f' | 'm' | null;

/** Somebody who signs in. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  gender: Gender;
}

/** Who is signed in. */
export interface Session {
  person: Person;
  /** The zone in which the pages tell times, `Europe/Moscow`. */
  zone: string | null;
}

/** Whether a line takes calls: by hand or as its calendar says. */
export type LineMode = 'open' | 'closed' | 'calendar';

/** A line with its switch. */
export interface Line {
  id: string;
  name: string;
  number: string;
  mode: LineMode;
  open_now: boolean;
}

/** A line as a call names it. */
export interface LineName {
  id: string;
  name: string;
}

/** How a call ended; exactly one a call. */
export type Outcome =
  | 'answered'
  | 'abandoned'
  | 'recorded'
  | 'callback_requested'
  | 'forwarded'
  | 'self_served'
  | 'rejected'
  | 'interrupted';
/** Where in its way a call was. */
export type Stage = 'greeting' | 'menu' | 'queue' | 'ringing';
/** Who ended a call. */
export type Side = 'caller' | 'specialist' | 'trunk' | 'centre';
/** Where a call that goes on is; `lost`: the link to the specialist broke. */
export type Phase = 'greeting' | 'message' | 'farewell' | 'waiting' | 'ringing' | 'talking' | 'lost';

/** Why we owe a call. */
export type PromiseKind = 'our_fault' | 'callback' | 'voice_message';

/** A call of the same number before. */
export interface EarlierCall {
  started_at: number;
  outcome: Outcome;
  stage: Stage | null;
  talk_ms: number | null;
}

/** What we owe the caller of a desk's call. */
export interface DeskPromise {
  id: string;
  kind: PromiseKind;
  made_at: number;
  due_at: number;
  /** Name of the colleague who has taken it; nothing where nobody has, or you have. */
  owner: string | null;
  attempts: number;
}

/** The call on this desk. */
export interface DeskCall {
  id: string;
  line: LineName;
  /** E.164; nothing where the number is withheld. */
  caller: string | null;
  started_at: number;
  queued_at: number | null;
  answered_at: number | null;
  recorded: boolean;
  /** Stopped: at the caller's wish. */
  recording: 'off' | 'on' | 'stopped';
  /** The caller wrote the number on our page: nobody has checked it. */
  number_written: boolean;
  /** It came back because a specialist's link broke: our fault, which the caller knows. */
  our_fault: boolean;
  /** Up to three, newest first. */
  earlier: EarlierCall[];
  /** Due first first. */
  promises: DeskPromise[];
}

/** What a specialist is doing. */
export type AgentStateName = 'offline' | 'ready' | 'reserved' | 'talking' | 'wrap_up' | 'break';
/** Reasons of a break that a person chooses. */
export type ChosenBreak =
  | 'rest'
  | 'lunch'
  | 'short'
  | 'screen_rest'
  | 'recovery'
  | 'paperwork'
  | 'callbacks'
  | 'training'
  | 'supervisor'
  | 'technical';
/** Why no calls come; the last two are the centre's own to give. */
export type BreakReason = ChosenBreak | 'no_answer' | 'not_ready';

/** The state of the specialist with what belongs to it. */
export interface AgentState {
  state: AgentStateName;
  call?: string | null;
  reason?: BreakReason | null;
}

/** The centre's side of the media connection. */
export type ServerSound = 'none' | 'up' | 'lost';

/** The figures of one day. */
export interface Figures {
  day: string;
  formula_version: number;
  accepted: number;
  offered: number;
  answered: number;
  abandoned: number;
  short_abandoned: number;
  interrupted: number;
  /** 0..1; nothing while no call counts. */
  service_level: number | null;
  answer_within_s: number;
  asa_ms: number | null;
}

/** All that a desk shows. */
export interface DeskView {
  me: Person;
  state: AgentState;
  state_since: number;
  /** End of the offer or of the wrap-up; nothing where no term runs. */
  state_until: number | null;
  /** Who put them into the state, where it was somebody else. */
  state_by: { id: string; name: string } | null;
  sound: ServerSound;
  call: DeskCall | null;
  queue: { waiting: number; longest_since: number | null };
  today: Figures;
}

/** Why the centre did not carry out a command. */
export type RefusalCode = 'offer_gone' | 'not_your_call' | 'no_sound' | 'wrong_state' | 'no_such_line';

/** What the centre says over the WebSocket. */
export type DeskMessage =
  | { type: 'snapshot'; rev: number; now: number; desk: DeskView }
  | { type: 'delta'; rev: number; now: number; desk: Partial<DeskView> }
  | { type: 'ping'; now: number }
  | { type: 'done'; request: number }
  | { type: 'refused'; request: number; code: RefusalCode };

/** What a desk asks of the centre. */
export type DeskCommand =
  | { command: 'ready' }
  | { command: 'break'; reason: ChosenBreak }
  | { command: 'extend_wrap_up' }
  | { command: 'stop_recording'; call: string }
  | { command: 'accept'; call: string }
  | { command: 'decline'; call: string }
  | { command: 'hang_up'; call: string };

/** One call of the list. */
export interface CallRow {
  id: string;
  line: LineName;
  caller: string | null;
  started_at: number;
  queued_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  /** Nothing while the call goes on. */
  outcome: Outcome | null;
  stage: Stage | null;
  /** Where a call that goes on is. */
  phase: Phase | null;
  side: Side | null;
  specialist: { id: string; name: string } | null;
  recording: { url: string; duration_ms: number; size_bytes: number; held: boolean } | null;
  /** When the recording was deleted, for its time was over. */
  recording_deleted_at: number | null;
  /** Why the talk is not recorded though its line is: `disk_floor`. */
  not_recorded: string | null;
  /** `closed_at` is nothing while we owe it. */
  promise: { kind: PromiseKind; due_at: number; closed_at: number | null } | null;
}

/** A part of the list, newest first. */
export interface CallPage {
  calls: CallRow[];
  next: string | null;
}

/** The start page; without a demonstration only `demo: false`. */
export type StartPage =
  | { demo: false; lines: Line[] }
  | { demo: true; sip: string; number: string; lines: Line[]; people: Person[]; today: Figures };

/** What went wrong (RFC 9457); `code` is looked up in the catalogue. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  retry_after_s?: number;
  /** What stands there now, where a change was made on an older version. */
  stored?: Record<string, never> | null;
}
