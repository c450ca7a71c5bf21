import type { RetentionClass } from './retention-source.ts';
import { listStillStored, listStoredBefore } from './retention-queries.ts';

/** A class whose time counts from the last file of its owner: what belongs to work that ends with the file. */
const storedClass = (key: string, ownerKind: string, name: RetentionClass['name']): RetentionClass => ({
  key,
  ownerKind,
  name,
  countedFrom: { vi: 'ngày tải tệp lên', en: 'the day of the upload' },
  async listEnded(reader, { before, after, limit }) {
    const rows = await listStoredBefore(reader, ownerKind, before, after ?? '', limit);
    return {
      owners: rows.map((row) => ({ ...row, label: null })),
      next: rows.length < limit ? null : rows.at(-1)!.id,
    };
  },
  stillEnded: (reader, ids, before) => listStillStored(reader, ownerKind, ids, before),
});

/** Classes that belong to no module's course of events. */
export const storedClasses: readonly RetentionClass[] = [
  storedClass('import', 'organisation-import', {
    vi: 'Tệp đã nhập đơn vị, cán bộ',
    en: 'Imported files of units and officials',
  }),
  storedClass('package', 'procedure-package', { vi: 'Gói thủ tục đã nhập', en: 'Imported packages of procedures' }),
  storedClass('intake', 'intake', {
    vi: 'Tệp của lần tiếp nhận bỏ dở tại quầy',
    en: 'Files of intakes given up at the counter',
  }),
];
