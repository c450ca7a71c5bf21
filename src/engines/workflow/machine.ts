import { evaluateFeel, type Value } from '../decisions/index.ts';
import { isProblem } from '../../platform/problems.ts';
import { nodeOf, type Definition, type ProcessNode } from './definition.ts';
import type { Arm, Effect, ScopeRun, State, Status, Token, Variables, Wait } from './state.ts';

/** The state while a step works on it, and what it has brought about so far. */
export interface Machine {
  readonly definition: Definition;
  readonly now: Date;
  status: Status;
  next: number;
  tokens: Token[];
  runs: ScopeRun[];
  arms: Arm[];
  variables: Record<string, Value>;
  moves: number;
  readonly effects: Effect[];
  /** Tokens that stand before a node they have not entered yet. */
  readonly entering: { readonly token: Token; readonly flow: string | null; readonly isWithin: boolean }[];
}

/** A step may move tokens so often; a process that goes round without ever waiting is stopped. */
export const MAX_MOVES = 5_000;

export const openMachine = (definition: Definition, state: State, now: Date): Machine => ({
  definition,
  now,
  status: state.status,
  next: state.next,
  tokens: state.tokens.map((token) => ({ ...token })),
  runs: [...state.runs],
  arms: [...state.arms],
  variables: { ...state.variables },
  moves: 0,
  effects: [],
  entering: [],
});

export const closeMachine = (machine: Machine, before: State, command: string): State => ({
  status: machine.status,
  next: machine.next,
  tokens: machine.tokens,
  runs: machine.status === 'running' ? machine.runs : [],
  arms: machine.arms,
  variables: machine.variables,
  commands: [...before.commands.slice(-49), command],
  moves: before.moves + machine.moves,
});

export const tokenOf = (machine: Machine, id: number): Token | undefined => machine.tokens.find((t) => t.id === id);
export const runOf = (machine: Machine, id: number): ScopeRun => machine.runs.find((run) => run.id === id)!;
export const atNode = (machine: Machine, token: Token): ProcessNode => nodeOf(machine.definition, token.node);

export function addToken(
  machine: Machine,
  node: string,
  run: number,
  more: { flow?: string | null; host?: number | null; local?: Variables; isWithin?: boolean } = {},
): Token {
  const token: Token = {
    id: machine.next++,
    node,
    run,
    wait: { kind: 'event' },
    host: more.host ?? null,
    local: more.local ?? {},
  };
  machine.tokens.push(token);
  machine.entering.push({ token, flow: more.flow ?? null, isWithin: more.isWithin ?? false });
  return token;
}

export function setWait(token: Token, wait: Wait): void {
  token.wait = wait;
}

/** What a token sees: the process's variables, then those of each token around it, then its own. */
export function visible(machine: Machine, token: Token): Variables {
  const locals: Variables[] = [];
  for (let each: Token | undefined = token; each; each = around(machine, each)) locals.unshift(each.local);
  return Object.assign({}, machine.variables, ...locals) as Variables;
}

/** The token that waits for this one: of its repetition, or of its sub-process. */
export function around(machine: Machine, token: Token): Token | undefined {
  if (token.host !== null) return tokenOf(machine, token.host);
  const { owner } = runOf(machine, token.run);
  return owner === null ? undefined : tokenOf(machine, owner);
}

export function remember(machine: Machine, variables: Variables): void {
  Object.assign(machine.variables, variables);
}

/** A condition or value that cannot be worked out: the token stops and waits for a person. */
export class Unworkable extends Error {}

export function calculate(machine: Machine, token: Token, expression: string): Value {
  try {
    return evaluateFeel(expression, visible(machine, token), { now: machine.now }).value;
  } catch (error) {
    if (isProblem(error))
      throw new Unworkable(`${expression}: ${JSON.stringify(error.details['reason'] ?? error.definition.code)}`);
    throw error;
  }
}

/** Takes a token away with all that waits on it or runs within it. */
export function withdraw(machine: Machine, token: Token, how: 'withdrawn' | 'failed' | 'done' = 'withdrawn'): void {
  if (!machine.tokens.includes(token)) return;
  clearWithin(machine, token);
  machine.tokens = machine.tokens.filter(({ id }) => id !== token.id);
  machine.effects.push({ kind: 'left', token: token.id, node: token.node, how });
}

/** Ends everything that a token waits for: arms, repetitions, the run of its sub-process. */
export function clearWithin(machine: Machine, token: Token): void {
  machine.arms = machine.arms.filter((arm) => arm.token !== token.id);
  for (const each of machine.tokens.filter(({ host }) => host === token.id)) withdraw(machine, each);
  for (const run of machine.runs.filter(({ owner }) => owner === token.id)) {
    for (const each of machine.tokens.filter((t) => t.run === run.id && t.host === null)) withdraw(machine, each);
    machine.runs = machine.runs.filter(({ id }) => id !== run.id);
  }
  const stale = machine.entering.filter((each) => !machine.tokens.includes(each.token));
  for (const each of stale) machine.entering.splice(machine.entering.indexOf(each), 1);
}
