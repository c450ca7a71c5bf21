import { fire } from './arms.ts';
import { startOf, type Definition } from './definition.ts';
import { closeRuns, enter, escalate, guarded, leaveOrStop, raise } from './enter.ts';
import { openJoins } from './joins.ts';

import {
  addToken,
  clearWithin,
  closeMachine,
  MAX_MOVES,
  openMachine,
  remember,
  setWait,
  tokenOf,
  withdraw,
  type Machine,
} from './machine.ts';
import type { Command, State, StepResult, Token } from './state.ts';

/**
 * One step of a process: a command moves its tokens until each waits again. Pure: no clock but `now`, no I/O; the same definition, state, command
 * and instant give the same result. A command whose id was taken before, or for which nothing waits any more, changes nothing.
 * Errors of the process itself (a condition that cannot be worked out) are incidents in the state, never thrown.
 */
export function step(definition: Definition, state: State, command: Command, now: Date): StepResult {
  const unchanged: StepResult = { state, effects: [], isApplied: false };
  if (state.commands.includes(command.id)) return unchanged;
  if (command.kind === 'start' ? state.status !== 'new' : state.status !== 'running') return unchanged;
  const machine = openMachine(definition, state, now);
  if (!apply(machine, command)) return unchanged;
  settle(machine);
  return { state: closeMachine(machine, state, command.id), effects: machine.effects, isApplied: true };
}

/** Does the command itself. False when nothing waits for it. */
function apply(machine: Machine, command: Command): boolean {
  switch (command.kind) {
    case 'start':
      return begin(machine, command.variables);
    case 'complete':
      return withToken(machine, command.token, ['work', 'service', 'call'], (token) => {
        remember(machine, command.variables);
        leaveOrStop(machine, token);
      });
    case 'fail':
      return withToken(machine, command.token, ['work', 'service', 'call'], (token) =>
        raise(machine, outermost(machine, token), command.code, true),
      );
    case 'escalate':
      return withToken(machine, command.token, ['work', 'service', 'call'], (token) =>
        escalate(machine, outermost(machine, token), command.code, true),
      );
    case 'timer':
      return fireTimer(machine, command.arm);
    case 'message':
      return deliver(machine, command.name, command.key, command.variables);
    case 'signal':
      return broadcast(machine, command.name, command.variables);
    case 'retry':
      return retry(machine, command);
    case 'cancel':
      for (const token of machine.tokens) withdraw(machine, token);
      machine.runs = [];
      machine.status = 'cancelled';
      machine.effects.push({ kind: 'ended', status: 'cancelled', error: null });
      return true;
  }
}

function begin(machine: Machine, variables: Readonly<Record<string, State['variables'][string]>>): boolean {
  const start = startOf(machine.definition, machine.definition.root);
  if (!start) return false;
  machine.status = 'running';
  remember(machine, variables);
  const run = { id: machine.next++, scope: machine.definition.root, owner: null };
  machine.runs.push(run);
  addToken(machine, start.id, run.id);
  return true;
}

function withToken(
  machine: Machine,
  id: number,
  waits: readonly Token['wait']['kind'][],
  work: (token: Token) => void,
): boolean {
  const token = tokenOf(machine, id);
  if (!token || !waits.includes(token.wait.kind)) return false;
  work(token);
  return true;
}

/** The token whose boundary events count: that of the whole activity, not of one repetition. */
const outermost = (machine: Machine, token: Token): Token =>
  token.host === null ? token : outermost(machine, tokenOf(machine, token.host)!);

function fireTimer(machine: Machine, id: number): boolean {
  const armed = machine.arms.find((each) => each.id === id);
  if (armed?.on.kind !== 'timer' || new Date(armed.on.dueAt) > machine.now) return false;
  const token = tokenOf(machine, armed.token)!;
  guarded(machine, token, 'leave', () => fire(machine, armed, {}));
  return true;
}

/** A message goes to the one place that waits for its name and key, the longest-waiting first. */
function deliver(machine: Machine, name: string, key: string | null, variables: State['variables']): boolean {
  const armed = machine.arms.find(
    ({ on }) => on.kind === 'message' && on.name === name && (on.key === null || on.key === key),
  );
  if (!armed) return false;
  guarded(machine, tokenOf(machine, armed.token)!, 'leave', () => fire(machine, armed, variables));
  return true;
}

/** A signal goes to everybody who waits for it now. */
function broadcast(machine: Machine, name: string, variables: State['variables']): boolean {
  const armed = machine.arms.filter(({ on }) => on.kind === 'signal' && on.name === name);
  for (const each of armed) {
    if (!machine.arms.includes(each)) continue;
    guarded(machine, tokenOf(machine, each.token)!, 'leave', () => fire(machine, each, variables));
  }
  return armed.length > 0;
}

function retry(machine: Machine, command: Extract<Command, { kind: 'retry' }>): boolean {
  return withToken(machine, command.token, ['incident'], (token) => {
    const phase = token.wait.kind === 'incident' ? token.wait.phase : 'enter';
    remember(machine, command.variables);
    if (phase === 'leave') return leaveOrStop(machine, token);
    clearWithin(machine, token);
    guarded(machine, token, 'enter', () => enter(machine, token, null, token.host !== null));
  });
}

/** Moves everything that can move, until all that is left waits. */
function settle(machine: Machine): void {
  for (;;) {
    const next = machine.entering.shift();
    if (next) {
      if (!machine.tokens.includes(next.token)) continue;
      if (++machine.moves > MAX_MOVES) return stopEndless(machine, next.token);
      guarded(machine, next.token, 'enter', () => enter(machine, next.token, next.flow, next.isWithin));
    } else if (machine.status !== 'running' || (!openJoins(machine) && !closeRuns(machine))) return;
  }
}

function stopEndless(machine: Machine, token: Token): void {
  for (const { token: each } of [{ token }, ...machine.entering.splice(0)]) {
    setWait(each, { kind: 'incident', reason: 'goes round without end', phase: 'enter' });
    machine.effects.push({ kind: 'incident', token: each.id, node: each.node, reason: 'goes round without end' });
  }
}

/** Nodes at which people or the world are waited for now, with their tokens: where the process stands. */
export const positionsOf = (state: State): { token: number; node: string; wait: Token['wait']['kind'] }[] =>
  state.tokens.map(({ id, node, wait }) => ({ token: id, node, wait: wait.kind }));
