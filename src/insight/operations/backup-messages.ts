import { holdersOf, listChildren, type Holder } from '../../foundation/organisations/index.ts';
import { defineMessage, notify } from '../../foundation/notifications/index.ts';
import type { Reader } from '../../platform/database.ts';
import { localDate } from '../../platform/clock.ts';
import { subscribe } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import type { RunKind } from './backup-run-queries.ts';
import { backupFailed } from './operations-events.ts';
import { manageOperations } from './operations-permissions.ts';

/** Names of the kinds of runs. */
export const runNames: Record<RunKind, { vi: string; en: string }> = {
  daily: { vi: 'Sao lưu hằng ngày', en: 'Daily back-up' },
  base: { vi: 'Bản sao gốc', en: 'Base back-up' },
  copy: { vi: 'Chép sang nơi thứ hai', en: 'Copy to the second place' },
  drill: { vi: 'Diễn tập phục hồi', en: 'Restore drill' },
  'base-drill': { vi: 'Diễn tập phục hồi từ bản sao gốc', en: 'Restore drill of the base back-up' },
};

const failedMessage = defineMessage<'what' | 'at'>('operations.backup-failed', {
  vi: {
    subject: '{what}: không thành công',
    body: '{what} lúc {at} không thành công. Hãy mở trang Sao lưu và phục hồi để xem lý do và cách xử lý.',
  },
  en: {
    subject: '{what} failed',
    body: '{what} at {at} failed. Open the page Back-up and restore to see the reason and what to do.',
  },
});

/** Officers who manage operations for the whole province. */
async function listManagers(reader: Reader, on: string): Promise<Holder[]> {
  const roots = await listChildren(reader, null, on);
  return (await Promise.all(roots.map((unit) => holdersOf(reader, manageOperations.name, unit.id, on)))).flat();
}

/** Tells everybody who manages operations that a back-up or a drill failed. */
export const tellOfFailure = subscribe<{ kind: string; name: string }>(
  'operations.tell-of-failure',
  [backupFailed],
  async ({ db, clock, requestId }, event) => {
    const what = runNames[event.payload.kind as RunKind].vi;
    await inTransaction(db, { actor: systemActor('operations.tell-of-failure'), clock, requestId }, async (tx) => {
      const officers = new Set((await listManagers(tx, localDate(clock.now()))).map((holder) => holder.officerId));
      for (const officerId of officers)
        await notify(tx, {
          recipient: { kind: 'official', id: officerId },
          template: failedMessage,
          values: { what, at: formatDateTime(new Date(event.occurredAt)) },
          about: { kind: 'backup', id: event.subject.id },
          link: paths.adminBackups(),
          key: `operations.backup-failed/${event.id}/${officerId}`,
        });
    });
  },
);
