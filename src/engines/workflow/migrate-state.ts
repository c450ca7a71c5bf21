import { boundariesOf, isActivity, nodeOf, type Definition, type ProcessNode } from './definition.ts';
import type { State, Token } from './state.ts';

/** What stands in the way of moving a running process to another version: the node where it stands, and why. */
export interface MigrationObstacle {
  readonly node: string;
  readonly code: 'gone' | 'other-kind' | 'other-scope' | 'other-repetition' | 'join-without-flow' | 'other-events';
}

/** For each node where something waits, the node of the new version that takes its place; a node that is not named keeps its id. */
export type MigrationPlan = Readonly<Record<string, string>>;

/**
 * Looks whether a process that stands where it stands can go on in another version, and makes its state there: the same tokens, tasks and timers at the nodes of the plan,
 * the same variables. Nothing is invented: a place that has no like in the new version is an obstacle.
 */
export function migrateState(
  from: Definition,
  to: Definition,
  state: State,
  plan: MigrationPlan = {},
): { state: State; obstacles: readonly [] } | { state: null; obstacles: readonly MigrationObstacle[] } {
  const place = (id: string): string => (Object.hasOwn(plan, id) ? plan[id]! : id);
  const obstacles: MigrationObstacle[] = [];
  const refuse = (node: string, code: MigrationObstacle['code']) => void obstacles.push({ node, code });
  for (const token of state.tokens) {
    const before = nodeOf(from, token.node);
    const after = to.nodes[place(token.node)];
    if (!after) refuse(token.node, 'gone');
    else checkToken(from, to, token, before, after, place, refuse);
  }
  for (const run of state.runs) if (run.scope !== from.root && !to.scopes[place(run.scope)]) refuse(run.scope, 'gone');
  for (const arm of state.arms) if (!to.nodes[place(arm.node)]) refuse(arm.node, 'gone');
  if (obstacles.length > 0) return { state: null, obstacles: unique(obstacles) };
  return {
    obstacles: [],
    state: {
      ...state,
      tokens: state.tokens.map((token) => ({ ...token, node: place(token.node) })),
      runs: state.runs.map((run) => ({ ...run, scope: run.scope === from.root ? to.root : place(run.scope) })),
      arms: state.arms.map((arm) => ({ ...arm, node: place(arm.node) })),
    },
  };
}

function checkToken(
  from: Definition,
  to: Definition,
  token: Token,
  before: ProcessNode,
  after: ProcessNode,
  place: (id: string) => string,
  refuse: (node: string, code: MigrationObstacle['code']) => void,
): void {
  const scopeOf = before.scope === from.root ? to.root : place(before.scope);
  if (after.kind !== before.kind) refuse(before.id, 'other-kind');
  if (after.scope !== scopeOf) refuse(before.id, 'other-scope');
  if ((after.repetition?.kind ?? null) !== (before.repetition?.kind ?? null)) refuse(before.id, 'other-repetition');
  if (token.wait.kind === 'join' && !after.incoming.includes(token.wait.flow)) refuse(before.id, 'join-without-flow');
  // Events at its boundary are being watched already: the new version has to have the same ones.
  const events = (definition: Definition, id: string, mapped: (id: string) => string) =>
    boundariesOf(definition, id)
      .filter(({ trigger }) => trigger.kind !== 'error' && trigger.kind !== 'escalation')
      .map((each) => mapped(each.id))
      .sort()
      .join();
  if (isActivity(before) && events(from, before.id, place) !== events(to, after.id, (id) => id))
    refuse(before.id, 'other-events');
}

const unique = (obstacles: readonly MigrationObstacle[]): MigrationObstacle[] =>
  obstacles.filter(
    (each, at) => obstacles.findIndex((other) => other.node === each.node && other.code === each.code) === at,
  );
