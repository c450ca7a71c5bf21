import { isWork, nodeOf, startOf, type Definition, type ProcessNode } from './definition.ts';

/** A step of a table, as procedures list them: who does it where, and in how many working hours. */
export interface TableStep {
  /** Unique in the table. */
  readonly key: string;
  readonly kind: 'process' | 'approve' | 'receive' | 'return';
  readonly name: { readonly vi: string; readonly en?: string | undefined };
  readonly role: string;
  /** `competent`, `receiving`, or the name of a division. */
  readonly unit: string | { readonly division: string };
  readonly hours: number;
}

/** Before the keys of steps, so that none of them is `start`, or begins with a digit. */
const PREFIX = 'b.';
const STEP = { width: 140, height: 80, gap: 60, top: 100, left: 180 };
/** Steps in one row of the drawing; a longer table goes on below. */
const PER_ROW = 6;

const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * Draws a table of steps as a BPMN file with a layout: one task after another, six to a row. `stepsOf` reads the table back from it.
 * @throws RangeError when there is no step, or the key is no name of XML
 */
export function drawSteps(key: string, name: string, steps: readonly TableStep[]): string {
  if (steps.length === 0 || steps.length > 200) throw new RangeError(`A table of ${steps.length} steps`);
  if (!/^[A-Za-z_][\w.-]*$/.test(key)) throw new RangeError(`${key} is no name of XML`);
  if (new Set(steps.map((step) => step.key)).size < steps.length || steps.some((step) => !/^[\w.-]+$/.test(step.key)))
    throw new RangeError('Every step needs a key of its own');
  const ids = ['start', ...steps.map((step) => PREFIX + step.key), 'end'];
  const tasks = steps.map((step) => {
    const unit = typeof step.unit === 'string' ? step.unit : step.unit.division;
    const facts = [
      ['id', PREFIX + step.key],
      ['name', step.name.vi],
      ['sen:nameEn', step.name.en ?? ''],
      ['sen:kind', step.kind],
      ['sen:role', step.role],
      ['sen:unit', unit],
      ['sen:hours', `${step.hours}`],
    ].filter(([, value]) => value !== '');
    return `    <bpmn:userTask ${facts.map(([fact, value]) => `${fact}="${escaped(value!)}"`).join(' ')}/>`;
  });
  const flows = ids
    .slice(1)
    .map((id, at) => `    <bpmn:sequenceFlow id="flow_${at + 1}" sourceRef="${ids[at]}" targetRef="${id}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:sen="urn:sen:bpmn:1" id="file" targetNamespace="urn:sen">
  <bpmn:process id="${key}" name="${escaped(name)}" isExecutable="true">
    <bpmn:startEvent id="start"/>
${tasks.join('\n')}
    <bpmn:endEvent id="end"/>
${flows.join('\n')}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${key}">
${shapes(ids)}
${edges(ids)}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the element at this place of the chain stands: events are circles, tasks boxes, all of a row on one line. */
function boxOf(at: number, count: number): Box {
  const row = Math.floor(Math.max(0, at - 1) / PER_ROW);
  const isEvent = at === 0 || at === count - 1;
  const column = at === 0 ? -1 : isEvent ? ((at - 2) % PER_ROW) + 1 : (at - 1) % PER_ROW;
  const line = isEvent && at > 0 ? Math.floor((at - 2) / PER_ROW) : row;
  const middle = STEP.top + STEP.height / 2 + line * 2 * STEP.height;
  const x = STEP.left + column * (STEP.width + STEP.gap);
  return isEvent
    ? { x: at === 0 ? x + STEP.width - 36 : x, y: middle - 18, width: 36, height: 36 }
    : { x, y: middle - STEP.height / 2, width: STEP.width, height: STEP.height };
}

const shapes = (ids: readonly string[]): string =>
  ids
    .map((id, at) => {
      const { x, y, width, height } = boxOf(at, ids.length);
      return `      <bpmndi:BPMNShape id="${id}_shape" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
    })
    .join('\n');

const edges = (ids: readonly string[]): string =>
  ids
    .slice(1)
    .map((_, at) => {
      const [from, to] = [boxOf(at, ids.length), boxOf(at + 1, ids.length)];
      const points = wayBetween(from, to).map(([x, y]) => `<di:waypoint x="${x}" y="${y}"/>`);
      return `      <bpmndi:BPMNEdge id="flow_${at + 1}_edge" bpmnElement="flow_${at + 1}">${points.join('')}</bpmndi:BPMNEdge>`;
    })
    .join('\n');

/** Straight to the right; to the next row down, back and down again. */
function wayBetween(from: Box, to: Box): [number, number][] {
  const [fromY, toY] = [from.y + from.height / 2, to.y + to.height / 2];
  if (fromY === toY)
    return [
      [from.x + from.width, fromY],
      [to.x, toY],
    ];
  const between = (from.y + from.height + to.y) / 2;
  const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2];
  return [
    [fromX, from.y + from.height],
    [fromX, between],
    [toX, between],
    [toX, to.y],
  ];
}

/** The table of a process that is one task after another; null when it is more than a table can say. */
export function stepsOf(definition: Definition): TableStep[] | null {
  const steps: TableStep[] = [];
  const seen = new Set<string>();
  for (let node = startOf(definition, definition.root); node;) {
    if (seen.has(node.id)) return null;
    seen.add(node.id);
    if (node.kind === 'end')
      return seen.size === Object.keys(definition.nodes).length && steps.length > 0 ? steps : null;
    if (node.kind !== 'start') {
      const step = stepOf(node);
      if (step === null) return null;
      steps.push(step);
    }
    const flow = node.outgoing.length === 1 ? definition.flows[node.outgoing[0]!] : undefined;
    if (!flow || flow.condition !== null) return null;
    node = nodeOf(definition, flow.to);
  }
  return null;
}

function stepOf(node: ProcessNode): TableStep | null {
  const { work } = node;
  if (!isWork(node) || work === null || node.repetition !== null || work.role === null || work.hours === null)
    return null;
  if (work.post !== null || work.assignee !== null || work.headAssigns) return null;
  const unit = work.unit ?? 'competent';
  return {
    key: node.id.startsWith(PREFIX) ? node.id.slice(PREFIX.length) : node.id,
    kind: work.kind,
    name: { vi: node.name, en: node.nameEn },
    role: work.role,
    unit: unit === 'competent' || unit === 'receiving' ? unit : { division: unit },
    hours: work.hours,
  };
}
