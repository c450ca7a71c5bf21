import { feelFault, faultWords } from '../decisions/index.ts';
import { boundariesOf, isActivity, isWork, nodeOf, startOf, type Definition, type ProcessNode } from './definition.ts';
import { finding, type ProcessFinding } from './finding.ts';
import { explore } from './explore.ts';

/**
 * What can be known of a process before it runs: expressions that cannot be read, steps that are never reached or never lead to an end, gateways that may find no branch,
 * joins that can never fill, tasks that nobody is asked to do. Each names the element.
 */
export function checkProcess(definition: Definition): ProcessFinding[] {
  const found = Object.values(definition.scopes).flatMap((scope) => scopeFindings(definition, scope.id));
  for (const node of Object.values(definition.nodes)) found.push(...nodeFindings(definition, node));
  for (const flow of Object.values(definition.flows))
    if (flow.condition !== null) found.push(...expressionFindings({ id: flow.id, name: flow.name }, flow.condition));
  if (found.some(({ severity }) => severity === 'error')) return found;
  return [...found, ...Object.keys(definition.scopes).flatMap((scope) => explore(definition, scope))];
}

function expressionFindings(place: { id: string; name: string }, expression: string): ProcessFinding[] {
  const fault = feelFault(expression, 'expression', {});
  if (!fault) return [];
  const words = faultWords(fault);
  return [finding('expression', place, `biểu thức ${words.vi}.`, `the expression is ${words.en}.`)];
}

function scopeFindings(definition: Definition, scope: string): ProcessFinding[] {
  const found: ProcessFinding[] = [];
  const nodes = definition.scopes[scope]!.nodes.map((id) => nodeOf(definition, id));
  const owner = definition.nodes[scope] ?? { id: scope, name: definition.name };
  const starts = nodes.filter(({ kind, trigger }) => kind === 'start' && trigger.kind === 'none');
  if (starts.length !== 1)
    found.push(
      finding('starts', owner, 'cần đúng một điểm bắt đầu không kèm sự kiện.', 'needs exactly one plain start.'),
    );
  if (!nodes.some(({ kind }) => kind === 'end'))
    found.push(finding('no-end', owner, 'không có điểm kết thúc.', 'has no end.'));
  const start = startOf(definition, scope);
  if (!start || found.length > 0) return found;
  const reached = forwards(definition, start.id);
  const ending = backwards(definition, nodes);
  for (const node of nodes) {
    if (!reached.has(node.id))
      found.push(finding('unreachable', node, 'không bao giờ tới được bước này.', 'is never reached.'));
    else if (!ending.has(node.id))
      found.push(finding('no-way-out', node, 'từ đây không có đường tới điểm kết thúc.', 'has no way to an end.'));
  }
  return found;
}

const next = (definition: Definition, id: string): string[] => [
  ...nodeOf(definition, id).outgoing.map((flow) => definition.flows[flow]!.to),
  ...boundariesOf(definition, id).map((boundary) => boundary.id),
];

function forwards(definition: Definition, from: string): Set<string> {
  const seen = new Set<string>();
  const stack = [from];
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    stack.push(...next(definition, id));
  }
  return seen;
}

function backwards(definition: Definition, nodes: readonly ProcessNode[]): Set<string> {
  const seen = new Set(nodes.filter(({ kind }) => kind === 'end').map(({ id }) => id));
  for (let grew = true; grew;) {
    grew = false;
    for (const node of nodes)
      if (!seen.has(node.id) && next(definition, node.id).some((id) => seen.has(id))) {
        seen.add(node.id);
        grew = true;
      }
  }
  return seen;
}

function nodeFindings(definition: Definition, node: ProcessNode): ProcessFinding[] {
  return [...branchFindings(definition, node), ...taskFindings(definition, node), ...eventFindings(definition, node)];
}

function branchFindings(definition: Definition, node: ProcessNode): ProcessFinding[] {
  const flows = node.outgoing.map((id) => definition.flows[id]!);
  const isChoosing =
    node.kind === 'exclusive' ||
    node.kind === 'inclusive' ||
    (isActivity(node) && flows.some((f) => f.condition !== null));
  if (!isChoosing || (flows.length < 2 && flows[0]?.condition === undefined)) return [];
  const isOpen = flows.some((flow) => flow.isDefault || flow.condition === null);
  if (flows.length > 0 && !isOpen)
    return [
      finding(
        'no-branch',
        node,
        'có thể không nhánh nào đúng: hãy chọn một nhánh mặc định.',
        'may find no true branch: choose a default.',
      ),
    ];
  if (
    node.kind === 'exclusive' &&
    flows.filter((flow) => flow.condition === null && !flow.isDefault).length > 0 &&
    flows.length > 1
  )
    return [
      finding(
        'branch-without-condition',
        node,
        'một nhánh không có điều kiện và không phải nhánh mặc định.',
        'a branch has no condition and is not the default.',
      ),
    ];
  return [];
}

function taskFindings(definition: Definition, node: ProcessNode): ProcessFinding[] {
  const found: ProcessFinding[] = [];
  if (
    isWork(node) &&
    node.work !== null &&
    !node.work.role &&
    !node.work.post &&
    !node.work.assignee &&
    !node.work.headAssigns
  )
    found.push(
      finding(
        'nobody',
        node,
        'chưa giao cho vai trò, chức danh hay người nào.',
        'is given to no role, post or person.',
      ),
    );
  if (node.work?.assignee) found.push(...expressionFindings(node, node.work.assignee));
  if (node.kind === 'ruleTask' && !(node.reference !== null && definition.tables[node.reference]))
    found.push(
      finding('no-table', node, 'chưa chọn bảng quyết định đã ban hành.', 'names no published decision table.'),
    );
  if (node.kind === 'call' && node.reference === null)
    found.push(finding('no-process', node, 'chưa chọn quy trình được gọi.', 'names no process to call.'));
  if (node.kind === 'serviceTask' && node.reference === null)
    found.push(finding('no-service', node, 'chưa chọn việc hệ thống làm.', 'names nothing to do.'));
  if (node.kind === 'receiveTask' && node.trigger.kind !== 'message')
    found.push(finding('no-message', node, 'chưa chọn tin phải chờ.', 'no message is chosen.'));
  const { repetition } = node;
  const expressions =
    repetition === null
      ? []
      : repetition.kind === 'standard'
        ? [repetition.condition]
        : [repetition.count, repetition.list, repetition.until, repetition.result];
  for (const each of expressions) if (each !== null) found.push(...expressionFindings(node, each));
  return found;
}

function eventFindings(definition: Definition, node: ProcessNode): ProcessFinding[] {
  if (node.kind === 'boundary') {
    const host = node.attachedTo === null ? undefined : definition.nodes[node.attachedTo];
    if (!host || !isActivity(host))
      return [finding('loose-boundary', node, 'chưa gắn vào việc nào.', 'is attached to no activity.')];
    if (!node.isInterrupting && node.trigger.kind === 'error')
      return [finding('error-goes-on', node, 'sự kiện lỗi luôn dừng việc.', 'an error always ends the activity.')];
  }
  if (node.kind === 'eventBased') {
    const wrong = node.outgoing
      .map((flow) => nodeOf(definition, definition.flows[flow]!.to))
      .find((to) => (to.kind !== 'catch' && to.kind !== 'receiveTask') || to.incoming.length !== 1);
    if (wrong || node.outgoing.length < 2)
      return [
        finding(
          'event-gateway',
          wrong ?? node,
          'sau cổng chờ sự kiện phải là hai sự kiện chờ trở lên, mỗi sự kiện một đường vào.',
          'an event gateway leads to two or more waiting events, each with one way in.',
        ),
      ];
  }
  return [];
}
