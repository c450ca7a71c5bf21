import { can } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { formatDate } from '../../ui/format.ts';
import { readReason } from './catalogue-forms.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { importMissing, mappingThere } from './catalogue-problems.ts';
import { checkPairs, decidePairs, previewPairs, proposePairs, withdrawPairs, type Lists } from './change-mapping.ts';
import { findMappingChange, listAllPairs, listMappingChanges } from './mapping-change-queries.ts';
import { pairHeadings } from './mapping-sheet.ts';
import { namesAround } from './names-around.ts';
import { catalogueOf } from './public-routes.tsx';
import { MAX_SHEET_BYTES, receiveSheet } from './sheet-cells.ts';
import { importWords } from './views/import-pages.tsx';
import { changeWords, MappingChangePage, MappingImportPage } from './views/mapping-change-pages.tsx';

const either = { anyOf: [manageCatalogues, proposeCatalogues] } as const;

/** Taking pairs of codes over from a sheet: upload, report by line with a preview, proposal, decision, history; and the sheet to begin with. */
export function mappingChangeRoutes(web: Web): void {
  web.get(paths.adminMappingExport, { access: either, example: { format: 'csv' } }, take);
  web.get(paths.adminMappingImport, { access: either }, (request) => showImport(request, freshForm()));
  web.post(paths.adminMappingImport, { access: either, bodyLimitBytes: MAX_SHEET_BYTES + 100_000 }, upload);
  web.get(paths.adminMappingChange, { access: either, example: EXAMPLE }, (request) =>
    showChange(request, freshForm()),
  );
  web.post(paths.adminMappingChange, { access: either, example: EXAMPLE }, act);
}
const EXAMPLE = { changeId: '00000000-0000-7000-8000-000000000000' };

const listsOf = async (request: WebRequest): Promise<Lists> => ({
  from: await catalogueOf(request),
  to: await catalogueOf(request, 'target'),
});
const place = ({ from, to }: Lists) => ({ code: from.code, target: to.code });

async function take(request: WebRequest): Promise<Reply> {
  const { from, to } = await listsOf(request);
  const { locale, reader } = request;
  const today = localDate(request.now);
  const names = { from: await namesAround(reader, from.id, today), to: await namesAround(reader, to.id, today) };
  const heading = pairHeadings[locale];
  const own = changeWords.in(locale);
  const day = (text: string | null) => (text === null ? null : formatDate(text));
  return tableExport(request.params['format'] ?? '', {
    locale,
    name: `${from.code}-${to.code}`,
    rows: await listAllPairs(reader, from.id, to.id),
    columns: [
      { heading: heading.fromCode, value: (row) => row.fromCode, width: 16 },
      { heading: own.fromName, value: (row) => names.from.get(row.fromCode)?.vi, width: 40 },
      { heading: heading.toCode, value: (row) => row.toCode, width: 16 },
      { heading: own.toName, value: (row) => names.to.get(row.toCode)?.vi, width: 40 },
      { heading: heading.validFrom, value: (row) => day(row.validFrom), width: 14 },
      { heading: heading.validTo, value: (row) => day(row.validTo), width: 14 },
      { heading: heading.note, value: (row) => row.note, width: 50 },
    ],
  });
}

async function showImport(request: WebRequest, form: FormState): Promise<Reply> {
  const lists = await listsOf(request);
  return page(
    <MappingImportPage
      {...lists}
      history={await listMappingChanges(request.reader, lists.from.id, lists.to.id)}
      form={form}
    />,
    { status: Object.keys(form.errors).length > 0 ? 422 : 200 },
  );
}

async function upload(request: WebRequest): Promise<Reply> {
  const lists = await listsOf(request);
  const sent = await receiveSheet(request);
  const isWhole = sent.fields.get('mode') === 'whole';
  const refuse = (text: string) =>
    showImport(request, { values: { mode: isWhole ? 'whole' : 'part' }, errors: { file: text } });
  if ('fault' in sent) return refuse(importWords.in(request.locale)[sent.fault]);
  const { fileName, cells } = sent;
  const changeId = await request.command((tx) => checkPairs(tx, request.actor, lists, { fileName, cells, isWhole }));
  if (changeId === null) return refuse(changeWords.in(request.locale).headings);
  return seeOther(request.href(paths.adminMappingChange({ ...place(lists), changeId })));
}

async function changeOf(request: WebRequest, { from, to }: Lists) {
  const id = request.params['changeId'] ?? '';
  const change = isId(id) ? await findMappingChange(request.reader, id, from.id, to.id) : undefined;
  // A sheet that was not proposed yet is its maker's own.
  const isSeen = change && (change.proposedAt !== null || change.proposedById === request.actor.id);
  if (!change || !isSeen) throw problem(importMissing);
  return change;
}

async function showChange(request: WebRequest, form: FormState): Promise<Reply> {
  const lists = await listsOf(request);
  const change = await changeOf(request, lists);
  const isOpen = change.state === 'checked' || change.state === 'waiting';
  return page(
    <MappingChangePage
      {...lists}
      change={change}
      changes={isOpen ? await previewPairs(request.reader, change, request.now) : (change.changes ?? [])}
      isOwn={change.proposedById === request.actor.id}
      mayDecide={can(request.actor, manageCatalogues)}
      form={form}
    />,
    { status: Object.keys(form.errors).length > 0 ? 422 : 200 },
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const lists = await listsOf(request);
  const { id } = await changeOf(request, lists);
  const fields = await request.form();
  const name = fields.get('act') ?? '';
  const { reason, error } = readReason(fields, request.locale);
  const refuse = (text: string) => showChange(request, { values: { reason }, errors: { reason: text } });
  if (name === 'withdraw') await request.command((tx) => withdrawPairs(tx, request.actor, lists, id));
  else if (name === 'propose') {
    if (error !== null) return refuse(error);
    await request.command((tx) => proposePairs(tx, request.actor, lists, id, reason));
  } else {
    const isApproved = name === 'approve';
    if (error !== null && (!isApproved || reason !== '')) return refuse(error);
    try {
      await request.command((tx) => decidePairs(tx, request.actor, lists, id, { isApproved, reason }));
    } catch (failure) {
      if (!isProblem(failure, mappingThere)) throw failure;
      return refuse(mappingThere.title[request.locale]);
    }
  }
  return seeOther(request.href(paths.adminMappingChange({ ...place(lists), changeId: id })));
}
