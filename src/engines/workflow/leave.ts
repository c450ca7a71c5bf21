import {
  addToken,
  atNode,
  calculate,
  clearWithin,
  setWait,
  tokenOf,
  Unworkable,
  withdraw,
  type Machine,
} from './machine.ts';
import { isActivity, PROCESS_LIMITS, type Flow, type ProcessNode, type Repetition } from './definition.ts';
import type { Token, Wait } from './state.ts';
import type { Value } from '../decisions/index.ts';

/** A token is done at its node: on over the flows that go out of it, or, as one of several repetitions, back to its host. */
export function leave(machine: Machine, token: Token): void {
  const node = atNode(machine, token);
  if (token.host !== null) return repetitionDone(machine, token, node);
  const flows = node.kind === 'exclusive' ? exclusiveFlow(machine, token, node) : openFlows(machine, token, node);
  withdraw(machine, token, 'done');
  for (const flow of flows) addToken(machine, flow.to, token.run, { flow: flow.id });
}

const flowsOf = (machine: Machine, node: ProcessNode): Flow[] =>
  node.outgoing.map((id) => machine.definition.flows[id]!);

const isTrue = (machine: Machine, token: Token, flow: Flow): boolean =>
  flow.condition === null || calculate(machine, token, flow.condition) === true;

function exclusiveFlow(machine: Machine, token: Token, node: ProcessNode): Flow[] {
  const flows = flowsOf(machine, node);
  const taken =
    flows.find((flow) => !flow.isDefault && isTrue(machine, token, flow)) ?? flows.find((flow) => flow.isDefault);
  if (!taken && flows.length > 0) throw new Unworkable('no branch is true');
  return taken ? [taken] : [];
}

/** All flows that are true (a parallel gateway asks no conditions); the default when none is. */
function openFlows(machine: Machine, token: Token, node: ProcessNode): Flow[] {
  const flows = flowsOf(machine, node);
  if (node.kind === 'parallel') return flows;
  const open = flows.filter((flow) => !flow.isDefault && isTrue(machine, token, flow));
  if (open.length > 0) return open;
  const fallback = flows.filter((flow) => flow.isDefault);
  if (fallback.length === 0 && flows.length > 0) throw new Unworkable('no branch is true');
  return fallback;
}

/** Begins the repetitions of an activity: all at once, or the first. */
export function beginRepetition(machine: Machine, token: Token, node: ProcessNode, repetition: Repetition): void {
  if (repetition.kind === 'standard') {
    const wait: Wait = { kind: 'repetition', total: repetition.most, begun: 0, done: 0, gathered: [], members: null };
    setWait(token, wait);
    if (repetition.testBefore && calculate(machine, token, repetition.condition) !== true) leave(machine, token);
    else beginOne(machine, token, node);
    return;
  }
  const members = repetition.list === null ? null : listOf(calculate(machine, token, repetition.list));
  const total = members?.length ?? Number(calculate(machine, token, repetition.count ?? '0'));
  if (!Number.isInteger(total) || total < 0 || total > PROCESS_LIMITS.repetitions)
    throw new Unworkable(`repetitions: ${total}`);
  setWait(token, { kind: 'repetition', total, begun: 0, done: 0, gathered: [], members });
  if (total === 0) return finishRepetition(machine, token, repetition);
  const first = repetition.kind === 'parallel' ? total : 1;
  for (let n = 0; n < first; n++) beginOne(machine, token, node);
}

function listOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new Unworkable('no list to repeat over');
}

function beginOne(machine: Machine, host: Token, node: ProcessNode): void {
  const { wait } = host;
  if (wait.kind !== 'repetition') return;
  const { repetition } = node;
  const item = repetition !== null && repetition.kind !== 'standard' ? repetition.item : null;
  const local: Record<string, Value> = { loopCounter: wait.begun + 1 };
  if (item !== null && wait.members !== null) local[item] = wait.members[wait.begun] ?? null;
  setWait(host, { ...wait, begun: wait.begun + 1 });
  addToken(machine, node.id, host.run, { host: host.id, local, isWithin: true });
}

function repetitionDone(machine: Machine, token: Token, node: ProcessNode): void {
  const host = tokenOf(machine, token.host!)!;
  const { repetition } = node;
  if (host.wait.kind !== 'repetition' || repetition === null) return;
  const gathered =
    repetition.kind !== 'standard' && repetition.result !== null
      ? [...host.wait.gathered, calculate(machine, token, repetition.result)]
      : host.wait.gathered;
  withdraw(machine, token, 'done');
  const wait = { ...host.wait, done: host.wait.done + 1, gathered };
  setWait(host, wait);
  if (repetition.kind === 'standard') {
    if (wait.done < wait.total && calculate(machine, host, repetition.condition) === true)
      return beginOne(machine, host, node);
    return finishRepetition(machine, host, repetition);
  }
  const isEnough = repetition.until !== null && calculate(machine, host, repetition.until) === true;
  if (isEnough || wait.done === wait.total) return finishRepetition(machine, host, repetition);
  if (repetition.kind === 'sequential') beginOne(machine, host, node);
}

function finishRepetition(machine: Machine, host: Token, repetition: Repetition): void {
  if (repetition.kind !== 'standard' && repetition.gather !== null && host.wait.kind === 'repetition')
    machine.variables[repetition.gather] = [...host.wait.gathered];
  clearWithin(machine, host);
  leave(machine, host);
}

/** Whether a token at this node stands for an activity that is repeated, and has not begun. */
export const isRepeated = (node: ProcessNode, isWithin: boolean): boolean =>
  isActivity(node) && node.repetition !== null && !isWithin;
