import { evaluateTable, type Context } from '../decisions/index.ts';
import { isProblem } from '../../platform/problems.ts';
import { arm, armBoundaries, interrupt, keyOf, passOn } from './arms.ts';
import {
  addToken,
  around,
  atNode,
  calculate,
  clearWithin,
  setWait,
  tokenOf,
  Unworkable,
  visible,
  withdraw,
  type Machine,
} from './machine.ts';
import { boundariesOf, isActivity, nodeOf, startOf, type ProcessNode } from './definition.ts';
import { beginRepetition, isRepeated, leave } from './leave.ts';
import type { Token } from './state.ts';

/** A token arrives at a node: it waits there, or does what the node does and goes on. */
export function enter(machine: Machine, token: Token, flow: string | null, isWithin: boolean): void {
  const node = atNode(machine, token);
  if (isActivity(node) || node.kind === 'catch')
    machine.effects.push({ kind: 'entered', token: token.id, node: node.id });
  if (isActivity(node) && !isWithin) armBoundaries(machine, token);
  if (node.repetition !== null && isRepeated(node, isWithin))
    return beginRepetition(machine, token, node, node.repetition);
  switch (node.kind) {
    case 'start':
    case 'exclusive':
      return leave(machine, token);
    case 'end':
      return end(machine, token, node);
    case 'throw':
      if (!throwEvent(machine, token, node)) return;
      return leave(machine, token);
    case 'catch':
      setWait(token, { kind: 'event' });
      return arm(machine, token, node);
    case 'eventBased':
      setWait(token, { kind: 'event' });
      for (const each of node.outgoing)
        arm(machine, token, nodeOf(machine.definition, machine.definition.flows[each]!.to));
      return;
    case 'parallel':
    case 'inclusive':
      if (node.incoming.length < 2) return leave(machine, token);
      return setWait(token, { kind: 'join', flow: flow ?? '' });
    case 'boundary':
      return leave(machine, token);
    case 'userTask':
    case 'manualTask':
      return setWait(token, { kind: 'work' });
    case 'serviceTask':
    case 'sendTask':
    case 'receiveTask':
    case 'ruleTask':
    case 'subProcess':
    case 'call':
      return begin(machine, token, { ...node, kind: node.kind });
  }
}

/** An activity begins. */
type Automatic = ProcessNode & {
  kind: 'serviceTask' | 'sendTask' | 'receiveTask' | 'ruleTask' | 'subProcess' | 'call';
};

function begin(machine: Machine, token: Token, node: Automatic): void {
  const variables = () => ({ ...visible(machine, token) });
  switch (node.kind) {
    case 'serviceTask':
      setWait(token, { kind: 'service', name: node.reference ?? '' });
      machine.effects.push({
        kind: 'service',
        token: token.id,
        node: node.id,
        name: node.reference ?? '',
        variables: variables(),
      });
      return;
    case 'sendTask':
      machine.effects.push({
        kind: 'message',
        node: node.id,
        name: node.reference ?? '',
        key: null,
        variables: variables(),
      });
      return leave(machine, token);
    case 'receiveTask':
      setWait(token, { kind: 'event' });
      return arm(machine, token, node);
    case 'ruleTask':
      return decide(machine, token, node);
    case 'call':
      setWait(token, { kind: 'call', process: node.reference ?? '' });
      machine.effects.push({
        kind: 'call',
        token: token.id,
        node: node.id,
        process: node.reference ?? '',
        variables: variables(),
      });
      return;
    case 'subProcess':
      return openScope(machine, token, node);
  }
}

function openScope(machine: Machine, token: Token, node: ProcessNode): void {
  const start = startOf(machine.definition, node.id);
  if (!start) throw new Unworkable(`no start in ${node.id}`);
  const run = { id: machine.next++, scope: node.id, owner: token.id };
  machine.runs.push(run);
  setWait(token, { kind: 'scope' });
  addToken(machine, start.id, run.id);
}

function decide(machine: Machine, token: Token, node: ProcessNode): void {
  const table = machine.definition.tables[node.reference ?? ''];
  if (!table) throw new Unworkable(`no table ${node.reference}`);
  try {
    const answer = evaluateTable(table, visible(machine, token) as Context, { now: machine.now });
    machine.effects.push({ kind: 'decided', node: node.id, table: node.reference!, rules: answer.chosen });
    if (node.result !== null) machine.variables[node.result] = answer.value;
  } catch (error) {
    if (isProblem(error)) throw new Unworkable(`table ${node.reference}: ${error.definition.code}`);
    throw error;
  }
  leave(machine, token);
}

/** Sends what a throwing event sends. False when the token itself was ended by it. */
function throwEvent(machine: Machine, token: Token, node: ProcessNode): boolean {
  const { trigger } = node;
  if (trigger.kind === 'message') {
    const key = trigger.correlation === null ? null : keyOf(calculate(machine, token, trigger.correlation));
    machine.effects.push({
      kind: 'message',
      node: node.id,
      name: trigger.name,
      key,
      variables: { ...visible(machine, token) },
    });
  }
  if (trigger.kind === 'signal') machine.effects.push({ kind: 'signal', node: node.id, name: trigger.name });
  if (trigger.kind === 'escalation') {
    escalate(machine, token, trigger.code);
    return tokenOf(machine, token.id) !== undefined;
  }
  return true;
}

function end(machine: Machine, token: Token, node: ProcessNode): void {
  if (node.trigger.kind === 'terminate') return terminate(machine, token);
  if (node.trigger.kind === 'error') return raise(machine, token, node.trigger.code);
  if (throwEvent(machine, token, node)) withdraw(machine, token, 'done');
}

/** Ends the whole run in which the token is; a sub-process then goes on behind itself. */
function terminate(machine: Machine, token: Token): void {
  const { run } = token;
  for (const each of machine.tokens.filter((t) => t.run === run))
    withdraw(machine, each, each.id === token.id ? 'done' : 'withdrawn');
}

/**
 * An error goes outwards until a boundary event of its code, or of any, catches it: at the activity itself when `fromActivity`, then at each sub-process around.
 * Caught nowhere it ends the process as failed.
 */
export function raise(machine: Machine, token: Token, code: string | null, fromActivity = false): void {
  const first = fromActivity ? token : around(machine, token);
  for (let each = first; each; each = around(machine, each)) {
    if (each.host !== null) continue;
    const caught = boundaryFor(machine, each, 'error', code);
    if (caught) return interrupt(machine, each, caught);
  }
  for (const each of machine.tokens) withdraw(machine, each, 'failed');
  machine.status = 'failed';
  machine.effects.push({ kind: 'ended', status: 'failed', error: code });
}

/** As an error, but it need not end what it came from, and uncaught it is only told. */
export function escalate(machine: Machine, token: Token, code: string | null, fromActivity = false): void {
  const first = fromActivity ? token : around(machine, token);
  for (let each = first; each; each = around(machine, each)) {
    if (each.host !== null) continue;
    const caught = boundaryFor(machine, each, 'escalation', code);
    if (!caught) continue;
    machine.effects.push({ kind: 'escalation', node: token.node, code, isCaught: true });
    if (caught.isInterrupting) interrupt(machine, each, caught);
    else passOn(machine, caught, each.run);
    return;
  }
  machine.effects.push({ kind: 'escalation', node: token.node, code, isCaught: false });
}

function boundaryFor(
  machine: Machine,
  token: Token,
  kind: 'error' | 'escalation',
  code: string | null,
): ProcessNode | undefined {
  const all = boundariesOf(machine.definition, token.node).filter(({ trigger }) => trigger.kind === kind);
  const codeOf = ({ trigger }: ProcessNode) =>
    trigger.kind === 'error' || trigger.kind === 'escalation' ? trigger.code : null;
  return all.find((each) => code !== null && codeOf(each) === code) ?? all.find((each) => codeOf(each) === null);
}

/** Runs of scopes without tokens are over: the sub-process is done, or the process. True when any was. */
export function closeRuns(machine: Machine): boolean {
  const over = machine.runs.find((run) => !machine.tokens.some((token) => token.run === run.id));
  if (!over) return false;
  machine.runs = machine.runs.filter(({ id }) => id !== over.id);
  if (over.owner === null) {
    if (machine.status === 'running') {
      machine.status = 'completed';
      machine.effects.push({ kind: 'ended', status: 'completed', error: null });
    }
    return true;
  }
  const owner = tokenOf(machine, over.owner);
  if (owner) leaveOrStop(machine, owner);
  return true;
}

/** Leaves a node; where that cannot be worked out, the token stays with an incident. */
export function leaveOrStop(machine: Machine, token: Token): void {
  guarded(machine, token, 'leave', () => leave(machine, token));
}

export function guarded(machine: Machine, token: Token, phase: 'enter' | 'leave', work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Unworkable)) throw error;
    const stopped = tokenOf(machine, token.id) ?? (token.host === null ? undefined : tokenOf(machine, token.host));
    if (!stopped) throw error;
    clearWithin(machine, stopped);
    setWait(stopped, { kind: 'incident', reason: error.message.slice(0, 300), phase });
    machine.effects.push({
      kind: 'incident',
      token: stopped.id,
      node: stopped.node,
      reason: error.message.slice(0, 300),
    });
  }
}
