import { isId, newId } from '../../platform/ids.ts';
import { evaluateFeel } from '../decisions/index.ts';
import { isWork, nodeOf, type Definition, type ProcessNode } from './definition.ts';
import type { Instance, Places, StepRows } from './instance-queries.ts';
import type { Effect, State, StepResult, Token } from './state.ts';
import { processEnded, processMoved, processStarted, processStopped } from './workflow-events.ts';

/** When the work of a unit is due, from the working hours of its calendar; asked before rows are made. */
export type DueDates = ReadonlyMap<string, Date>;

type Subject = Pick<Instance, 'id' | 'definitionId' | 'subject' | 'places' | 'parentId' | 'parentToken'>;

/** What became of the tasks, timers, messages and errands between two states, as rows. */
export function rowsOf(
  definition: Definition,
  instance: Subject,
  before: State,
  { state, effects }: StepResult,
  due: DueDates,
  doneErrand: string | null = null,
): StepRows {
  const left = new Map(effects.flatMap((each) => (each.kind === 'left' ? [[each.token, each.how] as const] : [])));
  const worked = (token: Token) => token.wait.kind === 'work';
  const known = new Set(before.tokens.filter(worked).map(({ id }) => id));
  const still = new Set(state.tokens.filter(worked).map(({ id }) => id));
  const arms = new Set(before.arms.map(({ id }) => id));
  const kept = new Set(state.arms.map(({ id }) => id));
  const fresh = state.arms.filter(({ id }) => !arms.has(id));
  return {
    work: state.tokens
      .filter((token) => worked(token) && !known.has(token.id))
      .map((token) => workRow(definition, instance, state, token, due)),
    endedWork: [...known]
      .filter((id) => !still.has(id))
      .map((token) => ({ token, status: left.get(token) ?? 'withdrawn' })),
    timers: fresh.flatMap(({ id, on }) => (on.kind === 'timer' ? [{ arm: id, due_at: on.dueAt }] : [])),
    subscriptions: fresh.flatMap(({ id, on }) =>
      on.kind === 'timer'
        ? []
        : [{ arm: id, kind: on.kind, name: on.name, key: on.kind === 'message' ? on.key : null }],
    ),
    goneArms: [...arms].filter((id) => !kept.has(id)),
    errands: effects.flatMap((effect) => errandRows(instance, state, effect)),
    doneErrand,
    event: eventOf(instance, before, state, effects),
  };
}

/** The unit that a task is for, by the words of its rule. */
export function unitOf(node: ProcessNode, places: Places): string | null {
  const rule = node.work?.unit ?? 'competent';
  if (rule === 'competent') return places.competentUnitId;
  if (rule === 'receiving') return places.receivingUnitId;
  return places.divisions[rule] ?? places.competentUnitId;
}

function workRow(definition: Definition, { places }: Subject, state: State, token: Token, due: DueDates): object {
  const node = nodeOf(definition, token.node);
  const unitId = unitOf(node, places);
  return {
    token: token.id,
    node: node.id,
    name_vi: node.name || node.id,
    name_en: node.nameEn || node.name || node.id,
    role: node.work?.role ?? null,
    unit_id: unitId,
    post_id: postOf(node, places, { ...state.variables, ...token.local }),
    head_assigns: node.work?.headAssigns ?? false,
    due_at: due.get(`${unitId}/${node.work?.hours}`)?.toISOString() ?? null,
  };
}

function postOf(node: ProcessNode, places: Places, variables: State['variables']): string | null {
  if (node.work?.post) return places.posts[node.work.post] ?? null;
  if (!node.work?.assignee) return null;
  try {
    const { value } = evaluateFeel(node.work.assignee, variables);
    return isId(value) ? value : null;
  } catch {
    return null; // then it is the unit's, and its head assigns it
  }
}

/** Units and working hours of the tasks that a step opens: what due dates are needed for. */
export function hoursNeeded(
  definition: Definition,
  { places }: Subject,
  before: State,
  after: State,
): { unitId: string; hours: number }[] {
  const known = new Set(before.tokens.map(({ id }) => id));
  return after.tokens.flatMap((token) => {
    const node = nodeOf(definition, token.node);
    const unitId = unitOf(node, places);
    const hours = node.work?.hours ?? null;
    return known.has(token.id) || token.wait.kind !== 'work' || !isWork(node) || unitId === null || hours === null
      ? []
      : [{ unitId, hours }];
  });
}

function errandRows(instance: Subject, state: State, effect: Effect): object[] {
  const row = (kind: string, name: string, token: number | null, payload: object, instanceId = instance.id) => [
    { id: newId(), instance_id: instanceId, token, kind, name, payload },
  ];
  switch (effect.kind) {
    case 'service':
      return row('service', effect.name, effect.token, { variables: effect.variables });
    case 'call':
      return row('call', effect.process, effect.token, { variables: effect.variables });
    case 'message':
      return row('message', effect.name, null, { key: effect.key, variables: effect.variables });
    case 'signal':
      return row('signal', effect.name, null, {});
    case 'ended':
      if (instance.parentId === null) return [];
      return row(
        'answer',
        effect.status,
        instance.parentToken,
        { variables: state.variables, error: effect.error },
        instance.parentId,
      );
    case 'entered':
    case 'left':
    case 'decided':
    case 'escalation':
    case 'incident':
      return []; // told in the event
  }
}

function eventOf({ definitionId, subject }: Subject, before: State, after: State, effects: readonly Effect[]) {
  const nodes = (kind: 'entered' | 'left') => [
    ...new Set(effects.flatMap((each) => (each.kind === kind ? [each.node] : []))),
  ];
  const incidents = effects.flatMap((each) =>
    each.kind === 'incident' ? [{ node: each.node, reason: each.reason }] : [],
  );
  const type =
    after.status !== 'running'
      ? processEnded
      : incidents.length > 0
        ? processStopped
        : before.status === 'new'
          ? processStarted
          : processMoved;
  return {
    name: type.name,
    payload: { definitionId, subject, status: after.status, entered: nodes('entered'), left: nodes('left'), incidents },
  };
}
