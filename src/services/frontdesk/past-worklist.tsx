import { forebearsOf, heirsOf, namesOf } from '../../foundation/organisations/index.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { parseDay } from '../../platform/day.ts';
import { unitViewOf } from '../../ui/components/as-of-banner.tsx';
import { formatCursor, listUnderWay, parseCursor } from '../dossiers/index.ts';
import { unitsInReach } from './actor-reach.ts';
import { PastWorklistPage } from './views/past-worklist-page.tsx';

/**
 * The worklist as it was at the end of a day of the past (`?ngay=`): what was under way then at the units of then whose work is within
 * the official's reach today. Null for today, a day to come, or none.
 */
export async function pastWorklist(request: WebRequest): Promise<Reply | null> {
  const { reader, actor, now, query } = request;
  const today = localDate(now);
  const on = parseDay(query.get('ngay') ?? '');
  if (on === null || on >= today) return null;
  const view = unitViewOf(query);
  const reach = await unitsInReach(reader, actor, now);
  const at = new Date(instantOf(on).getTime() + 86_400_000 - 1);
  const unitIds = await forebearsOf(reader, reach);
  const found = await listUnderWay(reader, { unitIds, reach, at, after: parseCursor(query.get('sau')) });
  const then = found.rows.map((row) => row.competentThen);
  const heirs = view === 'now' ? await heirsOf(reader, then, today) : new Map<string, string[]>();
  const shown = found.rows.map((row) => {
    const [heir, ...others] = heirs.get(row.competentThen) ?? [];
    return { ...row, unitId: heir === undefined || others.length > 0 ? row.competentThen : heir };
  });
  const names = await namesOf(
    reader,
    shown.map((row) => row.unitId),
    view === 'now' ? today : on,
  );
  return page(
    <PastWorklistPage
      {...{ on, today, view, names }}
      rows={shown}
      nextCursor={found.next && formatCursor(found.next)}
    />,
  );
}
