import type { Value } from '../decisions/index.ts';

/** Why a token stands where it stands. */
export type Wait =
  | { readonly kind: 'work' }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'call'; readonly process: string }
  /** For its own event, or the first of those behind an event gateway. */
  | { readonly kind: 'event' }
  | { readonly kind: 'join'; readonly flow: string }
  /** For the sub-process that runs within. */
  | { readonly kind: 'scope' }
  /** For the repetitions of its activity. */
  | {
      readonly kind: 'repetition';
      readonly total: number;
      readonly begun: number;
      readonly done: number;
      readonly gathered: readonly Value[];
      readonly members: readonly Value[] | null;
    }
  /** For a person: what is written cannot be worked out. */
  | { readonly kind: 'incident'; readonly reason: string; readonly phase: 'enter' | 'leave' };

/** A place where the process stands. */
export interface Token {
  readonly id: number;
  readonly node: string;
  readonly run: number;
  wait: Wait;
  /** The token whose repetition this is one of. */
  readonly host: number | null;
  /** What only this token and those within it see. */
  readonly local: Readonly<Record<string, Value>>;
}

/** One run of a scope: the process, or a sub-process that the token `owner` waits for. */
export interface ScopeRun {
  readonly id: number;
  readonly scope: string;
  readonly owner: number | null;
}

/** Something from outside that would move a token: set when it is waited for, gone when it is not. */
export interface Arm {
  readonly id: number;
  readonly token: number;
  /** The event that it moves on from: the token's own, one behind an event gateway, or one at the boundary. */
  readonly node: string;
  readonly on:
    | { readonly kind: 'timer'; readonly dueAt: string; readonly every: string | null; readonly left: number | null }
    | { readonly kind: 'message'; readonly name: string; readonly key: string | null }
    | { readonly kind: 'signal'; readonly name: string };
}

export type Status = 'new' | 'running' | 'completed' | 'failed' | 'cancelled';

/** All there is to know of a running process; plain JSON. */
export interface State {
  readonly status: Status;
  /** The next number for a token, a run or an arm. */
  readonly next: number;
  readonly tokens: readonly Token[];
  readonly runs: readonly ScopeRun[];
  readonly arms: readonly Arm[];
  readonly variables: Readonly<Record<string, Value>>;
  /** Ids of the latest commands: one that comes again changes nothing. */
  readonly commands: readonly string[];
  readonly moves: number;
}

export const newState = (): State => ({
  status: 'new',
  next: 1,
  tokens: [],
  runs: [],
  arms: [],
  variables: {},
  commands: [],
  moves: 0,
});

export type Variables = Readonly<Record<string, Value>>;

/** What is done to a process. `id` is the caller's: the same again is the same once. */
export type Command = { readonly id: string } & (
  | { readonly kind: 'start'; readonly variables: Variables }
  /** A task is done, a service or called process has answered. */
  | { readonly kind: 'complete'; readonly token: number; readonly variables: Variables }
  /** A task, service or called process ends with an error of the process. */
  | { readonly kind: 'fail'; readonly token: number; readonly code: string }
  | { readonly kind: 'escalate'; readonly token: number; readonly code: string }
  | { readonly kind: 'timer'; readonly arm: number }
  | { readonly kind: 'message'; readonly name: string; readonly key: string | null; readonly variables: Variables }
  | { readonly kind: 'signal'; readonly name: string; readonly variables: Variables }
  /** Tries a token again that stands with an incident. */
  | { readonly kind: 'retry'; readonly token: number; readonly variables: Variables }
  | { readonly kind: 'cancel'; readonly reason: string }
);

/** What the world has to do or to know; what waits (work, timers, subscriptions) is read from the state itself. */
export type Effect =
  | {
      readonly kind: 'service';
      readonly token: number;
      readonly node: string;
      readonly name: string;
      readonly variables: Variables;
    }
  | {
      readonly kind: 'call';
      readonly token: number;
      readonly node: string;
      readonly process: string;
      readonly variables: Variables;
    }
  | {
      readonly kind: 'message';
      readonly node: string;
      readonly name: string;
      readonly key: string | null;
      readonly variables: Variables;
    }
  | { readonly kind: 'signal'; readonly node: string; readonly name: string }
  | { readonly kind: 'escalation'; readonly node: string; readonly code: string | null; readonly isCaught: boolean }
  | { readonly kind: 'entered'; readonly token: number; readonly node: string }
  | {
      readonly kind: 'left';
      readonly token: number;
      readonly node: string;
      readonly how: 'done' | 'withdrawn' | 'failed';
    }
  | { readonly kind: 'decided'; readonly node: string; readonly table: string; readonly rules: readonly number[] }
  | { readonly kind: 'incident'; readonly token: number; readonly node: string; readonly reason: string }
  | { readonly kind: 'ended'; readonly status: Status; readonly error: string | null };

export interface StepResult {
  readonly state: State;
  readonly effects: readonly Effect[];
  /** False when the command had been taken before, or nothing waits for it any more. */
  readonly isApplied: boolean;
}
