import { defineEvent } from '../../platform/events.ts';
import type { Status } from './state.ts';

/** What moved in a step: nodes that were entered and left. Ids of nodes, never what people wrote. */
interface Moved {
  definitionId: string;
  subject: { kind: string; id: string };
  status: Status;
  entered: readonly string[];
  left: readonly string[];
  incidents: readonly { node: string; reason: string }[];
}

export const processStarted = defineEvent<Moved>('workflow.process-started', {
  vi: 'Bắt đầu quy trình',
  en: 'Process started',
});
export const processMoved = defineEvent<Moved>('workflow.process-moved', {
  vi: 'Quy trình chuyển bước',
  en: 'Process moved on',
});
export const processStopped = defineEvent<Moved>('workflow.process-stopped', {
  vi: 'Quy trình gặp sự cố',
  en: 'Process met an incident',
});
export const processEnded = defineEvent<Moved>('workflow.process-ended', {
  vi: 'Quy trình kết thúc',
  en: 'Process ended',
});

export const processPublished = defineEvent<{ key: string; version: number; validFrom: string; checksum: string }>(
  'workflow.process-published',
  { vi: 'Ban hành quy trình', en: 'Process published' },
);

/** A task is about to be late, or is: whoever tells people listens. `unitId` of the event is the unit of the task; its head is who may assign there. */
export const workFallsDue = defineEvent<{
  instanceId: string;
  token: number;
  node: string;
  postId: string | null;
  dueAt: string;
  isLate: boolean;
}>('workflow.work-falls-due', { vi: 'Việc sắp hoặc đã quá hạn', en: 'Work is due' });

export const workAssigned = defineEvent<{
  work: readonly { instanceId: string; token: number }[];
  postId: string | null;
  how: 'claimed' | 'released' | 'assigned' | 'parts';
}>('workflow.work-assigned', { vi: 'Giao việc', en: 'Work assigned' });

export const processMigrated = defineEvent<{
  fromDefinitionId: string;
  toDefinitionId: string;
  plan: Readonly<Record<string, string>>;
}>('workflow.process-migrated', {
  vi: 'Chuyển lượt chạy sang phiên bản khác của quy trình',
  en: 'Instance moved to another version',
});
