import { boundariesOf, nodeOf, startOf, type Definition, type ProcessNode } from './definition.ts';
import { finding, type ProcessFinding } from './finding.ts';

/** Places of tokens within one scope: flows that hold one, and nodes that are waited at. */
type Marking = readonly string[];

const MAX_MARKINGS = 20_000;

/**
 * Walks every way that tokens could take through a scope, whatever the conditions say, and looks where they get stuck: a parallel gateway that waits for a branch
 * nobody took, and flows on which a second token catches up with the first (a step would be done twice). Sub-processes are walked on their own.
 */
export function explore(definition: Definition, scope: string): ProcessFinding[] {
  const start = startOf(definition, scope);
  if (!start) return [];
  const stuck = new Set<string>();
  const doubled = new Set<string>();
  const seen = new Set<string>();
  const stack: Marking[] = [start.outgoing.length > 0 ? [...start.outgoing] : []];
  while (stack.length > 0) {
    const marking = stack.pop()!;
    const key = marking.join(' ');
    if (seen.has(key)) continue;
    if (seen.size >= MAX_MARKINGS) {
      const owner = definition.nodes[scope] ?? { id: scope, name: definition.name };
      return [
        finding(
          'unexplored',
          owner,
          'quá nhiều khả năng để tự kiểm tra hết.',
          'has too many ways to look through them all.',
          'warning',
        ),
      ];
    }
    seen.add(key);
    const merge = doubledMerge(definition, marking);
    if (merge !== null) {
      doubled.add(merge);
      continue;
    }
    const following = successors(definition, marking);
    if (following.length === 0) for (const flow of marking) stuck.add(definition.flows[flow]!.to);
    for (const each of following) {
      const twice = each.find((flow, at) => each[at + 1] === flow);
      if (twice !== undefined) doubled.add(definition.flows[twice]!.to);
      else stack.push(each);
    }
  }
  const named = (ids: ReadonlySet<string>) => [...ids].sort().map((id) => nodeOf(definition, id));
  return [
    ...named(stuck).map((node) =>
      finding(
        'never-fills',
        node,
        'chờ một nhánh có thể không bao giờ tới.',
        'waits for a branch that may never come.',
      ),
    ),
    ...named(doubled).map((node) =>
      finding(
        'done-twice',
        node,
        'có thể chạy hai lần: các nhánh song song cần được gộp trước.',
        'may be done twice: join the parallel branches first.',
      ),
    ),
  ];
}

/** A plain merge before which two tokens stand at once: what follows it would be done twice. */
function doubledMerge(definition: Definition, marking: Marking): string | null {
  const targets = marking.map((flow) => nodeOf(definition, definition.flows[flow]!.to));
  const isPlain = ({ kind }: ProcessNode) => kind !== 'parallel' && kind !== 'inclusive' && kind !== 'end';
  return targets.find((node, at) => isPlain(node) && targets.indexOf(node) !== at)?.id ?? null;
}

const sorted = (flows: readonly string[]): Marking => [...flows].sort();
const without = (marking: Marking, taken: readonly string[]): string[] => {
  const left = [...marking];
  for (const flow of taken) left.splice(left.indexOf(flow), 1);
  return left;
};

/**
 * What may come next. Nodes on different flows do not get in each other's way, so one of them is moved at a time, whichever comes first of: nodes with one way in, merges,
 * joins, ends. That keeps the number of markings to that of the choices, and lets a second token catch up with a first before that is gone.
 */
function successors(definition: Definition, marking: Marking): Marking[] {
  const targets = [...new Set(marking)].map((flow) => ({ flow, node: nodeOf(definition, definition.flows[flow]!.to) }));
  for (const { flow, node } of targets.sort((a, b) => turnOf(a.node) - turnOf(b.node))) {
    const taken = takenBy(definition, marking, flow, node);
    if (taken === null) continue;
    const rest = without(marking, taken);
    return outcomes(definition, node).map((out) => (out === 'ends' ? [] : sorted([...rest, ...out])));
  }
  return [];
}

function turnOf(node: ProcessNode): number {
  if (node.kind === 'end') return 3;
  if (node.incoming.length < 2) return 0;
  return node.kind === 'parallel' || node.kind === 'inclusive' ? 2 : 1;
}

/** The flows that a node takes when it goes on; null when it waits for more. */
function takenBy(definition: Definition, marking: Marking, flow: string, node: ProcessNode): string[] | null {
  if (node.incoming.length < 2) return [flow];
  const here = node.incoming.filter((each) => marking.includes(each));
  if (node.kind === 'parallel') return here.length === node.incoming.length ? here : null;
  if (node.kind !== 'inclusive') return [flow];
  const empty = new Set(node.incoming.filter((each) => !here.includes(each)));
  const others = marking.filter((each) => definition.flows[each]!.to !== node.id);
  return others.some((each) => leadsTo(definition, definition.flows[each]!.to, node.id, empty)) ? null : here;
}

function leadsTo(definition: Definition, from: string, gateway: string, flows: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const stack = [from];
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (seen.has(id) || id === gateway) continue;
    seen.add(id);
    for (const flow of [nodeOf(definition, id), ...boundariesOf(definition, id)].flatMap((each) => each.outgoing)) {
      if (flows.has(flow)) return true;
      stack.push(definition.flows[flow]!.to);
    }
  }
  return false;
}

/** What a node may send on: one way per choice. */
function outcomes(definition: Definition, node: ProcessNode): (readonly string[] | 'ends')[] {
  if (node.kind === 'end') return node.trigger.kind === 'terminate' || node.trigger.kind === 'error' ? ['ends'] : [[]];
  const out = node.outgoing;
  const normal =
    node.kind === 'exclusive' || node.kind === 'eventBased'
      ? out.length === 0
        ? [[]]
        : out.map((flow) => [flow])
      : node.kind === 'inclusive'
        ? subsets(out)
        : conditional(definition, node);
  const ways: (readonly string[] | 'ends')[] = [...normal];
  for (const boundary of boundariesOf(definition, node.id))
    if (boundary.isInterrupting) ways.push(boundary.outgoing);
    else ways.push([...(normal[0] ?? []), ...boundary.outgoing]);
  return ways;
}

function conditional(definition: Definition, node: ProcessNode): (readonly string[])[] {
  const always = node.outgoing.filter(
    (id) => definition.flows[id]!.condition === null && !definition.flows[id]!.isDefault,
  );
  const sometimes = node.outgoing.filter((id) => !always.includes(id));
  if (node.kind === 'parallel' || sometimes.length === 0) return [node.outgoing];
  return subsets(sometimes).map((some) => [...always, ...some]);
}

/** Every choice of at least one; for many branches each alone, each pair and all. */
function subsets(flows: readonly string[]): (readonly string[])[] {
  if (flows.length === 0) return [[]];
  if (flows.length > 6)
    return [...flows.map((flow) => [flow]), ...flows.slice(1).map((flow) => [flows[0]!, flow]), flows];
  const all: string[][] = [];
  for (let mask = 1; mask < 1 << flows.length; mask++) all.push(flows.filter((_, at) => mask & (1 << at)));
  return all;
}
