import type { DecisionTable } from '../decisions/index.ts';

/** What a step of a process is, in the words of BPMN 2.0. */
export const NODE_KINDS = [
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'ruleTask',
  'exclusive',
  'parallel',
  'inclusive',
  'eventBased',
  'start',
  'end',
  'catch',
  'throw',
  'boundary',
  'subProcess',
  'call',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** What an event waits for or does. Timers are ISO 8601 text or a FEEL expression that gives it. */
export type Trigger =
  | { readonly kind: 'none' }
  | { readonly kind: 'timer'; readonly form: 'date' | 'duration' | 'cycle'; readonly text: string }
  | { readonly kind: 'message'; readonly name: string; readonly correlation: string | null }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'escalation'; readonly code: string | null }
  | { readonly kind: 'terminate' };

/** Who does a task, and in how many working hours. Unit: the words of a step of a procedure, or the name of a division. */
export interface WorkRule {
  /** What the task is in the life of a dossier. */
  readonly kind: 'process' | 'approve' | 'receive' | 'return';
  readonly role: string | null;
  readonly unit: string | null;
  /** Key of a post. */
  readonly post: string | null;
  /** FEEL, gives the id of a post. */
  readonly assignee: string | null;
  /** The head of the unit names who does it. */
  readonly headAssigns: boolean;
  readonly hours: number | null;
}

/** An activity that is done several times. */
export type Repetition =
  | {
      readonly kind: 'parallel' | 'sequential';
      /** FEEL: how many times, or the list whose members are handled one each. */
      readonly count: string | null;
      readonly list: string | null;
      /** Name under which each sees its member. */
      readonly item: string | null;
      /** FEEL, asked after each: true ends the others. */
      readonly until: string | null;
      /** Variable that gathers `result` (FEEL) of each. */
      readonly gather: string | null;
      readonly result: string | null;
    }
  | { readonly kind: 'standard'; readonly condition: string; readonly testBefore: boolean; readonly most: number };

export interface ProcessNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly nameEn: string;
  readonly scope: string;
  /** Ids of flows. */
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly trigger: Trigger;
  /** Of a boundary event. */
  readonly attachedTo: string | null;
  readonly isInterrupting: boolean;
  readonly work: WorkRule | null;
  readonly repetition: Repetition | null;
  /** Rule task: key of the table; service and send task: name of what is asked for. Call: key of the process. */
  readonly reference: string | null;
  /** Variable that takes what came out. */
  readonly result: string | null;
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** FEEL; null = always. */
  readonly condition: string | null;
  readonly isDefault: boolean;
}

/** The process itself, or an embedded sub-process of it. */
export interface Scope {
  readonly id: string;
  readonly parent: string | null;
  readonly nodes: readonly string[];
}

/** A process as it is run: plain data, made once from a BPMN file and never changed. */
export interface Definition {
  readonly key: string;
  readonly name: string;
  readonly root: string;
  readonly nodes: Readonly<Record<string, ProcessNode>>;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly scopes: Readonly<Record<string, Scope>>;
  /** Tables of its rule tasks, as they were when it was published. */
  readonly tables: Readonly<Record<string, DecisionTable>>;
}

export const PROCESS_LIMITS = { nodes: 500, flows: 1_000, scopes: 50, repetitions: 500 };

const ACTIVITIES = new Set<NodeKind>([
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'ruleTask',
  'subProcess',
  'call',
]);
export const isActivity = (node: ProcessNode): boolean => ACTIVITIES.has(node.kind);
/** Tasks that people do. */
export const isWork = (node: ProcessNode): boolean => node.kind === 'userTask' || node.kind === 'manualTask';

export const nodeOf = (definition: Definition, id: string): ProcessNode => {
  const node = definition.nodes[id];
  if (!node) throw new RangeError(`No node ${id} in ${definition.key}`);
  return node;
};
/** The boundary events of an activity. */
export const boundariesOf = (definition: Definition, id: string): ProcessNode[] =>
  Object.values(definition.nodes).filter((node) => node.attachedTo === id);
export const startOf = (definition: Definition, scope: string): ProcessNode | undefined =>
  (definition.scopes[scope]?.nodes ?? [])
    .map((id) => nodeOf(definition, id))
    .find((node) => node.kind === 'start' && node.trigger.kind === 'none');
