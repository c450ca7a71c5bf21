import { namesOf } from '../../foundation/organisations/index.ts';
import {
  listReadingsOf,
  readerShown,
  readingWords,
  readingWorks,
  type ReadingFilter,
  type ReadingLine,
} from '../../foundation/readings/index.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import { isDate } from '../../platform/day.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { paths } from '../../ui/paths.ts';
import { accountIdOf } from './own-account.ts';
import { ReadingsPage, readingsPageWords, type ReadingsFilterValues } from './views/readings-page.tsx';

const PAGE = 30;
const EXPORT_PAGE = 1_000;

const dayOf = (text: string | null): string => (text !== null && isDate(text) ? text : '');

function valuesOf(query: URLSearchParams): ReadingsFilterValues {
  const work = query.get('viec');
  return {
    work: readingWorks.find((each) => each === work) ?? null,
    from: dayOf(query.get('tu')),
    to: dayOf(query.get('den')),
  };
}

const filterOf = (values: ReadingsFilterValues): ReadingFilter => ({
  work: values.work,
  from: values.from === '' ? null : instantOf(values.from),
  to: values.to === '' ? null : new Date(instantOf(values.to).getTime() + 86_400_000),
});

/** `2026-11-23T01:00:00.000Z_<id>`: the last row of a page. Anything else starts at the beginning. */
function cursorOf(text: string | null): { at: Date; id: string } | null {
  const [at = '', id = ''] = (text ?? '').slice(0, 100).split('_');
  const instant = new Date(at);
  return isId(id) && /^\d{4}-/.test(at) && !Number.isNaN(instant.getTime()) ? { at: instant, id } : null;
}

const unitsOf = (request: WebRequest, rows: readonly ReadingLine[]) =>
  namesOf(
    request.reader,
    rows.flatMap((row) => row.unitId ?? []),
    localDate(request.now),
  );

async function show(request: WebRequest): Promise<Reply> {
  const values = valuesOf(request.query);
  const rows = await listReadingsOf(request.reader, accountIdOf(request.actor), {
    ...filterOf(values),
    after: cursorOf(request.query.get('sau')),
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return page(
    <ReadingsPage
      rows={shown}
      unitNames={await unitsOf(request, shown)}
      filter={values}
      next={last ? `${last.at.toISOString()}_${last.id}` : null}
    />,
  );
}

async function* allRows(request: WebRequest, filter: ReadingFilter) {
  let after: ReadingFilter['after'] = null;
  for (;;) {
    const rows: ReadingLine[] = await listReadingsOf(request.reader, accountIdOf(request.actor), {
      ...filter,
      after,
      limit: EXPORT_PAGE,
    });
    const names = await unitsOf(request, rows);
    for (const row of rows) yield { row, unit: names.get(row.unitId ?? '') };
    const last = rows.at(-1);
    if (rows.length < EXPORT_PAGE || !last) return;
    after = { at: last.at, id: last.id };
  }
}

function exportRows(request: WebRequest): Promise<Reply> {
  const own = readingsPageWords.in(request.locale);
  const words = readingWords.in(request.locale);
  const isEnglish = request.locale === 'en';
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: isEnglish ? 'who-has-looked' : 'ai-da-xem',
    rows: allRows(request, filterOf(valuesOf(request.query))),
    columns: [
      { heading: own.when, value: ({ row }) => row.at },
      { heading: own.who, value: ({ row }) => readerShown(row, words.official), width: 34 },
      { heading: own.agency, value: ({ unit }) => (isEnglish ? unit?.nameEn : unit?.nameVi) ?? '', width: 34 },
      { heading: own.work, value: ({ row }) => words.works[row.work] },
      { heading: own.why, value: ({ row }) => row.purpose, width: 40 },
      {
        heading: own.what,
        value: ({ row }) => `${words.subjects[row.subjectKind]} ${row.subjectLabel ?? ''}`.trim(),
      },
    ],
  });
}

/** “Ai đã xem thông tin của tôi”: every reading of the person's files, on one page. */
export function readingsRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.accountAccesses, person, show);
  web.get(paths.accountAccessesExport, { ...person, example: { format: 'csv' } }, exportRows);
}
