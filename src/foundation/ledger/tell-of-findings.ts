import { holdersOf, listChildren, type Holder } from '../organisations/index.ts';
import { defineMessage, notify } from '../notifications/index.ts';
import type { Reader } from '../../platform/database.ts';
import { localDate } from '../../platform/clock.ts';
import { subscribe } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { recordBent } from './ledger-events.ts';
import { viewLedger } from './ledger-permissions.ts';

const bentMessage = defineMessage<'count' | 'at'>('ledger.record-bent', {
  vi: {
    subject: 'Dữ liệu không khớp với sổ cái kiểm chứng',
    body: 'Lúc {at}, lần kiểm tra sổ cái thấy {count} chỗ dữ liệu bị sửa, xóa hoặc chèn ngoài hệ thống. Hãy mở trang Sổ cái kiểm chứng để xem từng chỗ.',
  },
  en: {
    subject: 'The data do not fit the verifiable ledger',
    body: 'At {at} a check of the ledger found {count} places where data were changed, deleted or put in by hand. Open the page Verifiable ledger to see each of them.',
  },
});

/** Officers who watch over the ledger for the whole province. */
async function listWatchers(reader: Reader, on: string): Promise<Holder[]> {
  const roots = await listChildren(reader, null, on);
  return (await Promise.all(roots.map((unit) => holdersOf(reader, viewLedger.name, unit.id, on)))).flat();
}

/** Tells everybody who watches over the ledger that the record is not as it was sealed. */
export const tellOfFindings = subscribe<{ findings: number }>(
  'ledger.tell-of-findings',
  [recordBent],
  async ({ db, clock, requestId }, event) => {
    await inTransaction(db, { actor: systemActor('ledger.tell-of-findings'), clock, requestId }, async (tx) => {
      const officers = new Set((await listWatchers(tx, localDate(clock.now()))).map((holder) => holder.officerId));
      for (const officerId of officers)
        await notify(tx, {
          recipient: { kind: 'official', id: officerId },
          template: bentMessage,
          values: { count: String(event.payload.findings), at: formatDateTime(new Date(event.occurredAt)) },
          about: { kind: 'ledger', id: 'record' },
          link: paths.adminLedger(),
          key: `ledger.record-bent/${event.id}/${officerId}`,
        });
    });
  },
);
