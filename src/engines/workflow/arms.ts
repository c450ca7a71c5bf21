import { addToken, calculate, clearWithin, setWait, tokenOf, Unworkable, withdraw, type Machine } from './machine.ts';
import { boundariesOf, nodeOf, type ProcessNode } from './definition.ts';
import { leave } from './leave.ts';
import type { Arm, Token, Variables } from './state.ts';

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const ISO = /^(?:P|R\d*\/|\d{4}-\d\d-\d\d)/;
const HANOI_MS = 7 * 3_600_000;

/** An instant plus an ISO 8601 duration; months by the calendar of Hanoi (31 January and a month is the last of February). */
export function plusDuration(from: Date, duration: string): Date | null {
  const parts = DURATION.exec(duration);
  if (!parts || duration === 'P' || duration.endsWith('T')) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const local = new Date(from.getTime() + HANOI_MS);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + 12 * years + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  const rest = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  const at = new Date(local.getTime() - HANOI_MS + rest * 1_000);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 ? null : at;
}

/** Watches for the event of `node` on behalf of a token. */
export function arm(machine: Machine, token: Token, node: ProcessNode): void {
  const { trigger } = node;
  const add = (on: Arm['on']) => void machine.arms.push({ id: machine.next++, token: token.id, node: node.id, on });
  if (trigger.kind === 'timer') add(timerOf(machine, token, trigger.form, trigger.text));
  if (trigger.kind === 'message')
    add({
      kind: 'message',
      name: trigger.name,
      key: trigger.correlation === null ? null : keyOf(calculate(machine, token, trigger.correlation)),
    });
  if (trigger.kind === 'signal') add({ kind: 'signal', name: trigger.name });
}

export const keyOf = (value: unknown): string | null =>
  value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

function timerOf(machine: Machine, token: Token, form: 'date' | 'duration' | 'cycle', text: string): Arm['on'] {
  const written = ISO.test(text.trim()) ? text.trim() : (keyOf(calculate(machine, token, text)) ?? '');
  const wrong = () => new Unworkable(`timer ${text}`);
  if (form === 'date') {
    const at = new Date(/^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00:00+07:00` : written);
    if (Number.isNaN(at.getTime())) throw wrong();
    return { kind: 'timer', dueAt: at.toISOString(), every: null, left: null };
  }
  const cycle = form === 'cycle' ? /^R(\d*)\/(.+)$/.exec(written) : null;
  const every = cycle ? cycle[2]! : form === 'duration' ? written : '';
  const dueAt = plusDuration(machine.now, every);
  if (dueAt === null || (form === 'cycle' && dueAt.getTime() - machine.now.getTime() < 60_000)) throw wrong();
  const left = cycle === null || cycle[1] === '' ? null : Number(cycle[1]) - 1;
  return { kind: 'timer', dueAt: dueAt.toISOString(), every: cycle === null ? null : every, left };
}

/** The boundary events of an activity begin to be watched when it is entered. */
export function armBoundaries(machine: Machine, token: Token): void {
  for (const boundary of boundariesOf(machine.definition, token.node)) arm(machine, token, boundary);
}

/** Something that was waited for has come: moves the token that waited for it. */
export function fire(machine: Machine, fired: Arm, variables: Variables): void {
  const token = tokenOf(machine, fired.token);
  if (!token) return;
  Object.assign(machine.variables, variables);
  const node = nodeOf(machine.definition, fired.node);
  if (node.kind === 'boundary') fireBoundary(machine, fired, token, node);
  else if (node.id === token.node) leave(machine, token);
  else {
    // Behind an event gateway: the first event wins, the others are not waited for any more.
    withdraw(machine, token, 'done');
    const moved = addToken(machine, node.id, token.run);
    machine.entering.pop();
    setWait(moved, { kind: 'event' });
    leave(machine, moved);
  }
}

function fireBoundary(machine: Machine, fired: Arm, token: Token, node: ProcessNode): void {
  if (!node.isInterrupting) {
    rearm(machine, fired);
    return passOn(machine, node, token.run);
  }
  interrupt(machine, token, node);
}

/** Ends an activity by an event at its boundary, and goes on from there. */
export function interrupt(machine: Machine, token: Token, boundary: ProcessNode): void {
  clearWithin(machine, token);
  withdraw(machine, token, boundary.trigger.kind === 'error' ? 'failed' : 'withdrawn');
  passOn(machine, boundary, token.run);
}

export function passOn(machine: Machine, boundary: ProcessNode, run: number): void {
  for (const flow of boundary.outgoing) addToken(machine, machine.definition.flows[flow]!.to, run, { flow });
}

/** A timer that goes round is set again, counted from when it was due, so that a late worker does not shift it. */
function rearm(machine: Machine, fired: Arm): void {
  machine.arms = machine.arms.filter(({ id }) => id !== fired.id);
  const { on } = fired;
  if (on.kind !== 'timer') machine.arms.push({ ...fired, id: machine.next++ });
  else if (on.every !== null && on.left !== 0) {
    const dueAt = plusDuration(new Date(on.dueAt), on.every)!;
    const left = on.left === null ? null : on.left - 1;
    machine.arms.push({ ...fired, id: machine.next++, on: { ...on, dueAt: dueAt.toISOString(), left } });
  }
}
