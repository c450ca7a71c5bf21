import type { Actor, Reach } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publishProcess, type ProcessFile } from './publish-process.ts';
import { assignWork, doWork, ownProcesses } from './workflow-permissions.ts';

/* Builders for tests of this and other modules. */

/** An official at a post, who may do and assign work over `reach`. */
export const aWorker = (
  post: { postId: string | null; unitId: string; officerId?: string },
  reach: Reach,
  name = 'Cán bộ',
): Actor => ({
  kind: 'official',
  id: post.officerId ?? '00000000-0000-7000-8000-000000000001',
  label: name,
  accountId: null,
  postId: post.postId,
  unitId: post.unitId,
  grants: new Map<string, Reach>([[doWork.name, reach]]),
  scopes: [],
  assurance: 2,
});

export const aHead = (post: Parameters<typeof aWorker>[0], reach: Reach, name = 'Trưởng phòng'): Actor => ({
  ...aWorker(post, reach, name),
  grants: new Map<string, Reach>([
    [doWork.name, reach],
    [assignWork.name, reach],
  ]),
});

const owner: Actor = {
  kind: 'official',
  id: '00000000-0000-7000-8000-000000000002',
  label: 'Chủ quy trình',
  accountId: null,
  grants: new Map<string, Reach>([[ownProcesses.name, 'all']]),
  scopes: [],
  assurance: 2,
};

export const publishDrawing = (tx: Tx, xml: string, more: Partial<ProcessFile> = {}) =>
  publishProcess(tx, owner, { xml, validFrom: '2026-01-01', ...more });
