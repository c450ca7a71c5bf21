import { demand, type Actor } from '../../../platform/access.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { page, seeOther } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { parseDay } from '../../../platform/day.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { legalDocumentSaved } from '../procedure-events.ts';
import { manageProcedures, workOnProcedures } from '../procedure-permissions.ts';
import { LegalDocumentsPage, legalWords } from './views/legal-page.tsx';
import { findDocument, listDocuments, putDocument, type DocumentFacts, type ListedDocument } from './legal-queries.ts';

const access = { anyOf: workOnProcedures };
const PAGE = 50;

/** The register of texts of law that procedures rest on: which hold, which have lost force, who cites them. */
export function legalRoutes(web: Web): void {
  web.get(paths.adminLegalDocuments, { access }, async (request) => {
    const number = request.query.get('sua')?.trim().slice(0, 60) ?? '';
    const known = number === '' ? undefined : await findDocument(request.reader, number);
    return registerPage(request, freshForm(known ? valuesOf(known) : {}));
  });
  web.post(paths.adminLegalDocuments, { access: { permission: manageProcedures } }, save);
  web.get(paths.adminLegalDocumentsExport, { access, example: { format: 'csv' } }, exportDocuments);
}

const shownDay = (day: string | null): string => day?.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1') ?? '';
const valuesOf = (one: DocumentFacts): Record<string, string> => ({
  number: one.number,
  titleVi: one.titleVi,
  titleEn: one.titleEn ?? '',
  issuedOn: shownDay(one.issuedOn),
  link: one.link ?? '',
  lostForceOn: shownDay(one.lostForceOn),
  replacedBy: one.replacedBy ?? '',
  note: one.note ?? '',
});

function filterOf(request: WebRequest) {
  const text = request.query.get('tim')?.trim().slice(0, 100) || null;
  const force = (['con', 'het'] as const).find((one) => one === request.query.get('hieu-luc')) ?? null;
  return { text, force, onDate: localDate(request.now) };
}

async function registerPage(request: WebRequest, form: FormState, status = 200) {
  const filter = filterOf(request);
  const after = request.query.get(listQuery.after)?.slice(0, 60) || null;
  const rows = await listDocuments(request.reader, filter, after, PAGE + 1);
  const query = {
    ...(filter.text ? { tim: filter.text } : {}),
    ...(filter.force ? { 'hieu-luc': filter.force } : {}),
  };
  return page(
    <LegalDocumentsPage
      rows={rows.slice(0, PAGE)}
      next={rows.length > PAGE ? rows[PAGE - 1]!.number : null}
      query={query}
      form={form}
      today={filter.onDate}
      mayEdit={request.actor.grants.has(manageProcedures.name)}
    />,
    { status },
  );
}

async function save(request: WebRequest) {
  const form = await request.form();
  const own = legalWords.in(request.locale);
  const take = (name: string, max: number) => (form.get(name) ?? '').replaceAll('\u0000', '').trim().slice(0, max);
  const values = Object.fromEntries(
    Object.entries({
      number: 61,
      titleVi: 500,
      titleEn: 500,
      issuedOn: 20,
      link: 501,
      lostForceOn: 20,
      replacedBy: 60,
      note: 1000,
    }).map(([name, max]) => [name, take(name, max)]),
  ) as Record<string, string>;
  const errors: Record<string, string> = {};
  if (!values['number'] || values['number'].length > 60) errors['number'] = own.numberMissing;
  if (!values['titleVi']) errors['titleVi'] = own.titleMissing;
  if (values['link'] && !/^https:\/\/[^\s"'<>]{1,490}$/.test(values['link'])) errors['link'] = own.linkWrong;
  const day = (name: string) => {
    const typed = values[name] ?? '';
    const parsed = typed === '' ? null : parseDay(typed);
    if (typed !== '' && parsed === null) errors[name] = own.dayWrong;
    return parsed;
  };
  const [issuedOn, lostForceOn] = [day('issuedOn'), day('lostForceOn')];
  if (issuedOn && lostForceOn && lostForceOn <= issuedOn) errors['lostForceOn'] = own.dayOrder;
  if (Object.keys(errors).length > 0) return registerPage(request, { values, errors }, 422);
  const facts: DocumentFacts = {
    number: values['number']!,
    titleVi: values['titleVi']!,
    titleEn: values['titleEn'] || null,
    issuedOn,
    link: values['link'] || null,
    lostForceOn,
    replacedBy: values['replacedBy'] || null,
    note: values['note'] || null,
  };
  await request.command((tx) => saveDocument(tx, request.actor, facts));
  return seeOther(request.href(paths.adminLegalDocuments({ tim: facts.number })));
}

/** Writes a text of law into the register; from the day it loses force every procedure that cites it is warned. */
export async function saveDocument(tx: Tx, actor: Actor, facts: DocumentFacts): Promise<void> {
  demand(actor, manageProcedures);
  await putDocument(tx, facts);
  publish(tx, legalDocumentSaved, {
    subject: { kind: 'legal-document', id: facts.number },
    payload: { number: facts.number, lostForceOn: facts.lostForceOn, replacedBy: facts.replacedBy },
  });
}

function exportDocuments(request: WebRequest) {
  const own = legalWords.in(request.locale);
  const filter = filterOf(request);
  async function* all(): AsyncGenerator<ListedDocument> {
    let after: string | null = null;
    for (;;) {
      const rows: ListedDocument[] = await listDocuments(request.reader, filter, after, 500);
      yield* rows;
      if (rows.length < 500) return;
      after = rows.at(-1)!.number;
    }
  }
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: request.locale === 'en' ? 'legal-texts' : 'van-ban-can-cu',
    rows: all(),
    columns: [
      { heading: own.number, value: (row) => row.number, width: 20 },
      { heading: own.titleVi, value: (row) => row.titleVi, width: 70 },
      { heading: own.issuedOn, value: (row) => row.issuedOn },
      { heading: own.lostForceOn, value: (row) => row.lostForceOn },
      { heading: own.replacedBy, value: (row) => row.replacedBy, width: 20 },
      { heading: own.procedures, value: (row) => row.procedures },
      { heading: own.link, value: (row) => row.link, width: 40 },
    ],
  });
}
