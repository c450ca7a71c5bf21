import { defineEvent } from '../../platform/events.ts';
import type { EntryKind } from './entry.ts';

/**
 * A calendar changed from `firstDate` on (to `lastDate`, null = open end). `unitId` null = the whole province. Whoever keeps due
 * dates subscribes to it and computes them again from the ledger.
 */
export const calendarChanged = defineEvent<{
  action: 'added' | 'withdrawn' | 'imported';
  kind: EntryKind | 'year' | 'file';
  unitId: string | null;
  firstDate: string;
  lastDate: string | null;
  entries: number;
  reason: string;
}>('calendar.changed', { vi: 'Lịch làm việc thay đổi', en: 'Working calendar changed' });
