import { broughtForward, forebearsOf, namesOf } from '../../foundation/organisations/index.ts';
import { demand } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { unitViewOf } from '../../ui/components/as-of-banner.tsx';
import { parseDay } from '../../platform/day.ts';
import {
  countQueues,
  figuresAsOf,
  listMonthlyFigures,
  listProcedureFigures,
  mayExport,
  mayView,
} from '../dossiers/index.ts';
import { procedureNames } from '../procedures/index.ts';
import { unitsInReach } from './actor-reach.ts';
import { FiguresPage, type FigureLine } from './views/figures-page.tsx';

const access = { permission: mayView };
const numbers = [
  'submitted',
  'submittedOnline',
  'received',
  'finishedOnTime',
  'finishedLate',
  'refused',
  'withdrawn',
  'stopped',
  'returned',
] as const;

/** A month as `YYYY-MM`; the given one when the text is none. */
const monthOf = (text: string | null, otherwise: string): string =>
  /^20\d\d-(0[1-9]|1[0-2])$/.test(text ?? '') ? text! : otherwise;

/** `2026-11` minus eleven months. */
function yearBefore(month: string): string {
  const [year, at] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, at - 12, 1)).toISOString().slice(0, 7);
}

function summed<K extends string>(
  rows: readonly (Record<(typeof numbers)[number], number> & Record<K, string>)[],
  key: K,
): Map<string, FigureLine> {
  const sums = new Map<string, FigureLine>();
  for (const row of rows) {
    const line = sums.get(row[key]) ?? {
      key: row[key],
      label: row[key],
      ...(Object.fromEntries(numbers.map((name) => [name, 0])) as Record<(typeof numbers)[number], number>),
    };
    for (const name of numbers) line[name] += row[name];
    sums.set(row[key], line);
  }
  return sums;
}

/** What a page of figures is asked for beside its months: the day it looks back from, and which units it names. */
function viewOf({ query, now }: WebRequest) {
  const today = localDate(now);
  const day = parseDay(query.get('ngay') ?? '') ?? today;
  return { today, on: day > today ? today : day, view: unitViewOf(query) };
}

async function figuresOf(request: WebRequest) {
  const { reader, actor, now, locale, query } = request;
  const { on, today, view } = viewOf(request);
  const asOf = on === today ? { to: `${today.slice(0, 7)}-01`, until: null } : await figuresAsOf(reader, on);
  const thisMonth = asOf.to.slice(0, 7);
  const asTyped = monthOf(query.get('den'), thisMonth);
  const to = asTyped > thisMonth ? thisMonth : asTyped;
  const typedFrom = monthOf(query.get('tu'), yearBefore(to));
  const from = typedFrom > to ? to : typedFrom;
  const unitIds = await unitsInReach(reader, actor, now);
  // What closed units did belongs to those that took over from them.
  const asked = { from: `${from}-01`, to: `${to}-01`, until: asOf.until, unitIds: await forebearsOf(reader, unitIds) };
  const counted = await listMonthlyFigures(reader, asked);
  const rows = view === 'now' ? await broughtForward(reader, counted, today) : counted;
  const procedures = await listProcedureFigures(reader, asked);
  const units = await namesOf(
    reader,
    rows.map((row) => row.unitId),
    view === 'now' ? today : on,
  );
  const names = await procedureNames(
    reader,
    procedures.map((row) => row.procedureId),
  );
  const byMonth = [
    ...summed(
      rows.map((row) => ({ ...row, month: row.month.slice(0, 7) })),
      'month',
    ).values(),
  ].map((line) => ({ ...line, label: `${line.key.slice(5)}/${line.key.slice(0, 4)}` }));
  const byUnit = [...summed(rows, 'unitId').values()].map((line) => ({
    ...line,
    label: (locale === 'en' && units.get(line.key)?.nameEn) || (units.get(line.key)?.nameVi ?? '–'),
  }));
  const byProcedure = [...summed(procedures, 'procedureId').values()].map((line) => ({
    ...line,
    label: names.get(line.key)?.[locale] ?? '–',
  }));
  return {
    from,
    to,
    on,
    today,
    view,
    unitIds,
    byMonth,
    byUnit: byUnit.sort((a, b) => b.received - a.received),
    byProcedure,
  };
}

async function show(request: WebRequest): Promise<Reply> {
  const { unitIds, ...figures } = await figuresOf(request);
  const counts = await countQueues(request.reader, unitIds.length > 2_000 ? [] : unitIds, request.now);
  const inProcess = counts['in-process'] + counts['awaiting-supplement'] + counts['awaiting-payment'];
  return page(
    <FiguresPage
      {...figures}
      inProcess={inProcess}
      late={counts.late}
      waiting={counts['awaiting-receipt']}
      mayExport={request.actor.grants.has(mayExport.name)}
    />,
  );
}

async function exportFigures(request: WebRequest): Promise<Reply> {
  demand(request.actor, mayExport);
  const figures = await figuresOf(request);
  const vi = request.locale === 'vi';
  const groups: [string, readonly FigureLine[]][] = [
    [vi ? 'Theo tháng' : 'By month', figures.byMonth],
    [vi ? 'Theo đơn vị' : 'By unit', figures.byUnit],
    [vi ? 'Theo thủ tục' : 'By procedure', figures.byProcedure],
  ];
  const rows = groups.flatMap(([group, lines]) => lines.map((line) => ({ group, ...line })));
  const column = (heading: string, name: (typeof numbers)[number]) => ({
    heading,
    value: (row: (typeof rows)[number]) => row[name],
  });
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: `${vi ? 'so-lieu' : 'figures'}-${figures.from}-${figures.to}`,
    rows,
    columns: [
      { heading: vi ? 'Cách xem' : 'View', value: (row) => row.group },
      { heading: vi ? 'Tên' : 'Name', value: (row) => row.label, width: 50 },
      column(vi ? 'Nộp' : 'Submitted', 'submitted'),
      column(vi ? 'Nộp trực tuyến' : 'Online', 'submittedOnline'),
      column(vi ? 'Tiếp nhận' : 'Received', 'received'),
      column(vi ? 'Xong đúng hạn' : 'On time', 'finishedOnTime'),
      column(vi ? 'Xong trễ hạn' : 'Late', 'finishedLate'),
      column(vi ? 'Từ chối' : 'Refused', 'refused'),
      column(vi ? 'Rút' : 'Withdrawn', 'withdrawn'),
      column(vi ? 'Dừng' : 'Stopped', 'stopped'),
      column(vi ? 'Đã trả' : 'Returned', 'returned'),
    ],
  });
}

/** Figures for heads of units: by month, by unit, by procedure. */
export function figureRoutes(web: Web): void {
  web.get(paths.workspaceFigures, { access }, show);
  web.get(
    paths.workspaceFiguresExport,
    { access: { permission: mayExport }, example: { format: 'csv' } },
    exportFigures,
  );
}
