import { addToken, atNode, setWait, withdraw, type Machine } from './machine.ts';
import { boundariesOf, nodeOf, type Definition, type ProcessNode } from './definition.ts';
import { guarded } from './enter.ts';
import { leave } from './leave.ts';
import type { Token } from './state.ts';

/**
 * Opens gateways at which enough tokens wait: a parallel one when each of its flows has brought one; an inclusive one when no other token of the same run can still arrive over a
 * flow that has brought none (BPMN 2.0, 13.4.3). True when any opened. Called when nothing else moves.
 */
export function openJoins(machine: Machine): boolean {
  const waiting = machine.tokens.filter((token) => token.wait.kind === 'join');
  const seen = new Set<string>();
  for (const token of waiting) {
    const place = `${token.run}/${token.node}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const node = atNode(machine, token);
    const here = waiting.filter((each) => each.run === token.run && each.node === token.node);
    const first = firstOfEachFlow(here);
    const isFull = first.length === node.incoming.length;
    if (isFull || (node.kind === 'inclusive' && !canStillArrive(machine, node, token.run, here))) {
      merge(machine, node, first);
      return true;
    }
  }
  return false;
}

const flowOf = (token: Token): string => (token.wait.kind === 'join' ? token.wait.flow : '');

function firstOfEachFlow(tokens: readonly Token[]): Token[] {
  const byFlow = new Map<string, Token>();
  for (const token of tokens) if (!byFlow.has(flowOf(token))) byFlow.set(flowOf(token), token);
  return [...byFlow.values()];
}

function merge(machine: Machine, node: ProcessNode, tokens: readonly Token[]): void {
  const run = tokens[0]!.run;
  for (const token of tokens) withdraw(machine, token, 'done');
  const merged = addToken(machine, node.id, run);
  machine.entering.pop();
  setWait(merged, { kind: 'event' });
  guarded(machine, merged, 'leave', () => leave(machine, merged));
}

function canStillArrive(machine: Machine, node: ProcessNode, run: number, here: readonly Token[]): boolean {
  const empty = new Set(node.incoming.filter((flow) => !here.some((token) => flowOf(token) === flow)));
  const others = machine.tokens.filter((token) => token.run === run && token.host === null && !here.includes(token));
  return others.some((token) => reaches(machine.definition, token, node.id, empty));
}

/** Whether a token could come over one of `flows`, without passing through the gateway itself. */
function reaches(definition: Definition, token: Token, gateway: string, flows: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const stack = [token.node];
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    const node = nodeOf(definition, id);
    for (const flow of [node, ...boundariesOf(definition, id)].flatMap((each) => each.outgoing)) {
      if (flows.has(flow)) return true;
      const { to } = definition.flows[flow]!;
      if (to !== gateway) stack.push(to);
    }
  }
  return false;
}
