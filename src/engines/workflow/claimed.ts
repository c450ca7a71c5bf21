import type { LocalText } from '../../platform/problems.ts';
import type { NodeKind } from './definition.ts';

/** The elements that are executed: BPMN's name, what they become, and how they are called on the screen. The page of features lists them from here. */
export const EXECUTED: Readonly<Record<string, { kind: NodeKind; title: LocalText }>> = {
  'bpmn:UserTask': { kind: 'userTask', title: { vi: 'Việc của cán bộ', en: 'User task' } },
  'bpmn:ManualTask': { kind: 'manualTask', title: { vi: 'Việc làm ngoài hệ thống', en: 'Manual task' } },
  'bpmn:ServiceTask': { kind: 'serviceTask', title: { vi: 'Việc hệ thống tự làm', en: 'Service task' } },
  'bpmn:SendTask': { kind: 'sendTask', title: { vi: 'Gửi tin', en: 'Send task' } },
  'bpmn:ReceiveTask': { kind: 'receiveTask', title: { vi: 'Chờ tin', en: 'Receive task' } },
  'bpmn:BusinessRuleTask': { kind: 'ruleTask', title: { vi: 'Tra bảng quyết định', en: 'Business rule task' } },
  'bpmn:ExclusiveGateway': { kind: 'exclusive', title: { vi: 'Rẽ một nhánh', en: 'Exclusive gateway' } },
  'bpmn:ParallelGateway': { kind: 'parallel', title: { vi: 'Tách, gộp song song', en: 'Parallel gateway' } },
  'bpmn:InclusiveGateway': { kind: 'inclusive', title: { vi: 'Rẽ một hay nhiều nhánh', en: 'Inclusive gateway' } },
  'bpmn:EventBasedGateway': { kind: 'eventBased', title: { vi: 'Chờ sự kiện đến trước', en: 'Event-based gateway' } },
  'bpmn:StartEvent': { kind: 'start', title: { vi: 'Bắt đầu', en: 'Start event' } },
  'bpmn:EndEvent': { kind: 'end', title: { vi: 'Kết thúc', en: 'End event' } },
  'bpmn:IntermediateCatchEvent': { kind: 'catch', title: { vi: 'Chờ sự kiện', en: 'Intermediate catching event' } },
  'bpmn:IntermediateThrowEvent': { kind: 'throw', title: { vi: 'Phát sự kiện', en: 'Intermediate throwing event' } },
  'bpmn:BoundaryEvent': { kind: 'boundary', title: { vi: 'Sự kiện gắn vào việc', en: 'Boundary event' } },
  'bpmn:SubProcess': { kind: 'subProcess', title: { vi: 'Quy trình con', en: 'Embedded sub-process' } },
  'bpmn:CallActivity': { kind: 'call', title: { vi: 'Gọi quy trình khác', en: 'Call activity' } },
};

/** What each kind of event may wait for or do. */
export const EVENTS: Readonly<Record<'start' | 'end' | 'catch' | 'throw' | 'boundary', readonly string[]>> = {
  start: ['none'],
  end: ['none', 'message', 'signal', 'error', 'escalation', 'terminate'],
  catch: ['timer', 'message', 'signal'],
  throw: ['none', 'message', 'signal', 'escalation'],
  boundary: ['timer', 'message', 'signal', 'error', 'escalation'],
};

/** Parts of a drawing that say nothing of how it runs: read, kept, not executed, not refused. */
export const DRAWN_ONLY: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:SequenceFlow',
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
]);
