import type { RetentionClass } from '../../foundation/files/index.ts';
import { keptDays } from './application.ts';
import { listIdleApplications, listStillIdle } from './application-queries.ts';

const DAY_MS = 86_400_000;
/** An application runs out `keptDays` after its last change. */
const expiryBefore = (before: Date): Date => new Date(before.getTime() + keptDays * DAY_MS);

/** Files of applications that were not sent, for a province that keeps them shorter than the thirty days of a draft. */
export const draftClass: RetentionClass = {
  key: 'application',
  ownerKind: 'application',
  name: { vi: 'Tệp của hồ sơ đang soạn, chưa nộp', en: 'Files of applications that were not sent' },
  countedFrom: { vi: 'lần sửa cuối', en: 'the last change' },
  async listEnded(reader, { before, after, limit }) {
    const rows = await listIdleApplications(reader, expiryBefore(before), after, limit);
    return {
      owners: rows.map((row) => ({
        id: row.id,
        at: new Date(row.expiresAt.getTime() - keptDays * DAY_MS),
        label: null,
      })),
      next: rows.length < limit ? null : rows.at(-1)!.id,
    };
  },
  stillEnded: (reader, ids, before) => listStillIdle(reader, ids, expiryBefore(before)),
};
