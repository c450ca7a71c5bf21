import type { DecisionTable } from '../decisions/index.ts';
import { DRAWN_ONLY, EVENTS, EXECUTED } from './claimed.ts';
import {
  PROCESS_LIMITS,
  type Definition,
  type Flow,
  type ProcessNode,
  type Repetition,
  type Scope,
  type Trigger,
  type WorkRule,
} from './definition.ts';
import { finding, type ProcessFinding } from './finding.ts';
import { bodyOf, elementOf, listOf, textOf, type BpmnElement, type BpmnFile } from './read-bpmn.ts';

export interface Compiled {
  /** Null when the file holds no single process to run. */
  readonly definition: Definition | null;
  readonly findings: readonly ProcessFinding[];
}

interface Reading {
  readonly nodes: Record<string, ProcessNode>;
  readonly flows: Record<string, Flow>;
  readonly scopes: Record<string, Scope>;
  readonly findings: ProcessFinding[];
}

/**
 * Turns the one process of a file into what is run. Elements that are not executed are findings that name them; nothing is left out in silence. What is only drawn (data,
 * notes, lanes) stays in the file.
 */
export function compileProcess(file: BpmnFile, tables: Readonly<Record<string, DecisionTable>> = {}): Compiled {
  const processes = listOf(file.root['rootElements']).filter(({ $type }) => $type === 'bpmn:Process');
  const chosen = processes.length === 1 ? processes : processes.filter((process) => process['isExecutable'] === true);
  const process = chosen[0];
  if (!process || chosen.length > 1) {
    const place = { id: textOf(file.root['id']), name: textOf(file.root['name']) };
    return {
      definition: null,
      findings: [
        finding(
          'which-process',
          place,
          'tệp phải có đúng một quy trình để chạy (đánh dấu “executable”).',
          'the file needs exactly one process to run (marked executable).',
        ),
      ],
    };
  }
  // What the reader could not place is never left out in silence: an id with letters beyond ASCII, a reference to nothing.
  const unread = file.warnings.filter((message) => !message.includes('document encoding'));
  const reading: Reading = {
    nodes: {},
    flows: {},
    scopes: {},
    findings: unread.map((message) =>
      finding(
        'unread',
        { id: idOf(process), name: textOf(process['name']) },
        `có phần không đọc được (${message}).`,
        `a part cannot be read (${message}).`,
      ),
    ),
  };
  const root = idOf(process);
  readScope(reading, process, root, null);
  connect(reading);
  const nodes = Object.keys(reading.nodes).length;
  if (
    nodes > PROCESS_LIMITS.nodes ||
    Object.keys(reading.scopes).length > PROCESS_LIMITS.scopes ||
    Object.keys(reading.flows).length > PROCESS_LIMITS.flows
  )
    reading.findings.push(
      finding(
        'too-large',
        { id: root, name: textOf(process['name']) },
        'quy trình quá lớn.',
        'the process is too large.',
      ),
    );
  const { findings, ...parts } = reading;
  return { definition: { key: root, name: textOf(process['name']), root, ...parts, tables }, findings };
}

const idOf = (element: BpmnElement | undefined): string => textOf(element?.['id']);
const placeOf = (element: BpmnElement) => ({ id: idOf(element), name: textOf(element['name']) });

function readScope(reading: Reading, element: BpmnElement, id: string, parent: string | null): void {
  const inside = listOf(element['flowElements']);
  const nodes: string[] = [];
  reading.scopes[id] = { id, parent, nodes };
  for (const each of inside) {
    if (each.$type === 'bpmn:SequenceFlow') readFlow(reading, each);
    if (DRAWN_ONLY.has(each.$type)) continue;
    const claimed = EXECUTED[each.$type];
    const why = claimed ? refusalOf(each) : null;
    if (!claimed || why !== null) {
      const what = each.$type.replace('bpmn:', '');
      reading.findings.push(
        finding(
          'not-executed',
          placeOf(each),
          `phần tử ${why ?? what} chưa được hỗ trợ khi chạy. Hãy vẽ lại bằng phần tử trong danh sách.`,
          `${why ?? what} is not executed. Draw it with the elements of the list.`,
        ),
      );
      if (!claimed) continue;
    }
    nodes.push(idOf(each));
    reading.nodes[idOf(each)] = nodeOf(reading, each, id);
    if (each.$type === 'bpmn:SubProcess') readScope(reading, each, idOf(each), id);
  }
}

/** What of an element that is executed in general is not in this case. */
function refusalOf(element: BpmnElement): string | null {
  if (element['triggeredByEvent'] === true) return 'event sub-process';
  if (element['isForCompensation'] === true) return 'compensation';
  if (element['instantiate'] === true) return 'instantiate';
  if (element.$type === 'bpmn:EventBasedGateway' && textOf(element['eventGatewayType']) === 'Parallel')
    return 'parallel event gateway';
  const definitions = eventsOf(element);
  if (definitions.length > 1) return 'multiple event';
  const kind = EXECUTED[element.$type]?.kind;
  if (kind !== 'start' && kind !== 'end' && kind !== 'catch' && kind !== 'throw' && kind !== 'boundary') return null;
  const trigger = definitions[0] ? triggerName(definitions[0]) : 'none';
  return EVENTS[kind].includes(trigger) ? null : `${trigger} ${kind} event`;
}

const eventsOf = (element: BpmnElement): readonly BpmnElement[] => [
  ...listOf(element['eventDefinitions']),
  ...listOf(element['eventDefinitionRef']),
];
const triggerName = (definition: BpmnElement): string =>
  definition.$type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase();

function readFlow(reading: Reading, element: BpmnElement): void {
  const from = elementOf(element['sourceRef']);
  const to = elementOf(element['targetRef']);
  if (!from || !to) {
    reading.findings.push(
      finding('loose-flow', placeOf(element), 'đường nối không có đầu hoặc cuối.', 'the flow has no beginning or end.'),
    );
    return;
  }
  const id = idOf(element);
  reading.flows[id] = {
    id,
    name: textOf(element['name']),
    from: idOf(from),
    to: idOf(to),
    condition: bodyOf(element['conditionExpression']),
    isDefault: idOf(elementOf(from['default'])) === id,
  };
}

function nodeOf(reading: Reading, element: BpmnElement, scope: string): ProcessNode {
  const { kind } = EXECUTED[element.$type]!;
  const text = (name: string): string | null => textOf(element[name]) || null;
  return {
    id: idOf(element),
    kind,
    name: textOf(element['name']),
    nameEn: textOf(element['nameEn']) || textOf(element['name']),
    scope,
    incoming: [],
    outgoing: [],
    trigger: kind === 'receiveTask' ? messageOf(elementOf(element['messageRef'])) : triggerOf(reading, element),
    attachedTo: kind === 'boundary' ? idOf(elementOf(element['attachedToRef'])) : null,
    isInterrupting: element['cancelActivity'] !== false,
    work: kind === 'userTask' || kind === 'manualTask' ? workOf(reading, element) : null,
    repetition: repetitionOf(reading, element),
    reference: referenceOf(element, kind),
    result: text('result'),
  };
}

function referenceOf(element: BpmnElement, kind: ProcessNode['kind']): string | null {
  const own = textOf(element['reference']);
  if (own !== '') return own;
  if (kind === 'call') return textOf(element['calledElement']) || idOf(elementOf(element['calledElement'])) || null;
  if (kind === 'sendTask') return textOf(elementOf(element['messageRef'])?.['name']) || null;
  return null;
}

const messageOf = (message: BpmnElement | undefined): Trigger =>
  message
    ? {
        kind: 'message',
        name: textOf(message['name']) || idOf(message),
        correlation: textOf(message['correlation']) || null,
      }
    : { kind: 'none' };

function triggerOf(reading: Reading, element: BpmnElement): Trigger {
  const [definition] = eventsOf(element);
  if (!definition) return { kind: 'none' };
  const named = (reference: unknown, property: string): string | null =>
    textOf(elementOf(reference)?.[property]) || null;
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition': {
      for (const [form, property] of [
        ['date', 'timeDate'],
        ['duration', 'timeDuration'],
        ['cycle', 'timeCycle'],
      ] as const) {
        const text = bodyOf(definition[property]);
        if (text !== null) return { kind: 'timer', form, text };
      }
      reading.findings.push(
        finding('no-time', placeOf(element), 'chưa ghi thời điểm hoặc khoảng thời gian.', 'no time is given.'),
      );
      return { kind: 'none' };
    }
    case 'bpmn:MessageEventDefinition': {
      const message = elementOf(definition['messageRef']);
      if (!message)
        reading.findings.push(finding('no-message', placeOf(element), 'chưa chọn tin.', 'no message is chosen.'));
      return messageOf(message);
    }
    case 'bpmn:SignalEventDefinition': {
      const name = named(definition['signalRef'], 'name') ?? idOf(elementOf(definition['signalRef']));
      if (name === '')
        reading.findings.push(finding('no-signal', placeOf(element), 'chưa chọn tín hiệu.', 'no signal is chosen.'));
      return { kind: 'signal', name };
    }
    case 'bpmn:ErrorEventDefinition':
      return {
        kind: 'error',
        code: named(definition['errorRef'], 'errorCode') ?? named(definition['errorRef'], 'name'),
      };
    case 'bpmn:EscalationEventDefinition':
      return {
        kind: 'escalation',
        code: named(definition['escalationRef'], 'escalationCode') ?? named(definition['escalationRef'], 'name'),
      };
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    default:
      return { kind: 'none' };
  }
}

function workOf(reading: Reading, element: BpmnElement): WorkRule {
  const text = (name: string): string | null => textOf(element[name]) || null;
  const hours = text('hours');
  const amount = hours === null ? null : Number(hours);
  if (amount !== null && !(amount > 0 && amount <= 10_000)) {
    reading.findings.push(
      finding('wrong-hours', placeOf(element), 'số giờ làm việc không đúng.', 'the number of working hours is wrong.'),
    );
    return workOf(reading, { ...element, $type: element.$type, hours: '' });
  }
  const kinds = ['process', 'approve', 'receive', 'return'] as const;
  return {
    kind: kinds.find((kind) => kind === text('kind')) ?? 'process',
    role: text('role'),
    unit: text('unit'),
    post: text('post'),
    assignee: text('assignee'),
    headAssigns: textOf(element['headAssigns']) === 'true',
    hours: amount,
  };
}

function repetitionOf(reading: Reading, element: BpmnElement): Repetition | null {
  const loop = elementOf(element['loopCharacteristics']);
  if (!loop) return null;
  if (loop.$type === 'bpmn:StandardLoopCharacteristics') {
    const most = Number(loop['loopMaximum'] ?? PROCESS_LIMITS.repetitions);
    const condition = bodyOf(loop['loopCondition']);
    if (condition === null || !(most >= 1 && most <= PROCESS_LIMITS.repetitions))
      reading.findings.push(
        finding(
          'no-loop-condition',
          placeOf(element),
          'việc lặp lại cần điều kiện và không quá 500 lần.',
          'a loop needs a condition and at most 500 rounds.',
        ),
      );
    return { kind: 'standard', condition: condition ?? 'false', testBefore: loop['testBefore'] === true, most };
  }
  const count = bodyOf(loop['loopCardinality']);
  const list = textOf(loop['list']) || null;
  if (count === null && list === null)
    reading.findings.push(
      finding(
        'no-repetition',
        placeOf(element),
        'việc làm nhiều lần cần số lần hoặc danh sách.',
        'a repeated activity needs a number or a list.',
      ),
    );
  return {
    kind: loop['isSequential'] === true ? 'sequential' : 'parallel',
    count,
    list,
    item: textOf(loop['item']) || null,
    until: bodyOf(loop['completionCondition']),
    gather: textOf(loop['gather']) || null,
    result: textOf(loop['each']) || null,
  };
}

/** Flows are told to the nodes at their ends, in the order of the file; those that cross the edge of a sub-process are findings. */
function connect({ nodes, flows, findings }: Reading): void {
  for (const flow of Object.values(flows)) {
    const [from, to] = [nodes[flow.from], nodes[flow.to]];
    if (!from || !to) {
      delete flows[flow.id];
      continue;
    }
    if (from.scope !== to.scope)
      findings.push(
        finding(
          'crossing-flow',
          { id: flow.id, name: flow.name },
          'đường nối không được đi qua mép quy trình con.',
          'a flow may not cross the edge of a sub-process.',
        ),
      );
    nodes[from.id] = { ...from, outgoing: [...from.outgoing, flow.id] };
    nodes[to.id] = { ...nodes[to.id]!, incoming: [...nodes[to.id]!.incoming, flow.id] };
  }
}
