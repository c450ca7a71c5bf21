import { canPreview, listFilesByIds } from '../../foundation/files/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { fold } from '../../foundation/search/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { openOwnDossier } from '../dossiers/index.ts';
import { deletePapers } from './delete-paper.ts';
import { codeMinutes, giveConsent, maxConsentPapers, withdrawConsent } from './give-consent.ts';
import { keepableOf, keepFromDossier } from './keep-from-dossier.ts';
import { paperKindsOf } from './paper-kinds.ts';
import { listDeleted, listKindCounts, listPapers, paperSorts, type PaperFilter } from './paper-queries.ts';
import { readStoreChoice, remindDaysOf, saveStoreChoice } from './store-choice.ts';
import { dayAfter, paperSources, remindChoices, storeLimits } from './stored-paper.ts';
import { listConsents } from './use-queries.ts';
import { ChoicePage } from './views/choice-page.tsx';
import { CodesPage } from './views/codes-page.tsx';
import { DeletedPage } from './views/deleted-page.tsx';
import { FromDossierPage } from './views/from-dossier-page.tsx';
import { StorePage } from './views/store-page.tsx';
import { storeWords } from './views/store-words.ts';

const PAGE = 30;

/** The account whose store it is. @throws notFound for anybody who has none */
export function storeAccount(actor: Actor): string {
  if ((actor.kind !== 'citizen' && actor.kind !== 'business') || !actor.accountId) throw problem(notFound);
  return actor.accountId;
}

/** Routes that write, held to a limit of their own in ten minutes. */
export const writing = (name: string, limit: number) =>
  ({
    access: 'submitter',
    rateLimit: { name: `paperstore.${name}`, limit, windowSeconds: 600, by: 'account' },
  }) as const;

/** What was done before the redirect, in words; null when the address says nothing known. */
export function doneIn({ query, locale }: WebRequest): string | null {
  const { done } = storeWords.in(locale);
  const name = query.get('xong') ?? '';
  const count = /^\d{1,3}$/.test(query.get('so') ?? '') ? query.get('so')! : '1';
  if (!Object.hasOwn(done, name)) return null;
  const text = done[name as keyof typeof done];
  return typeof text === 'string' ? text : text(count);
}

const oneOf = <T extends string>(value: string | null, list: readonly T[]): T | null =>
  list.find((each) => each === value) ?? null;

function cursorOf(text: string | null): { key: string; id: string } | null {
  const at = (text ?? '').lastIndexOf('~');
  const id = (text ?? '').slice(at + 1);
  return at > 0 && at < 800 && isId(id) ? { key: text!.slice(0, at), id } : null;
}

function filterOf({ query, now }: WebRequest, soonDays: number): PaperFilter {
  const today = localDate(now);
  const text = fold((query.get('tim') ?? '').trim().slice(0, 100));
  const kind = query.get('loai') ?? '';
  return {
    kind: /^[a-z0-9-]{1,60}$/.test(kind) ? kind : null,
    source: oneOf(query.get('nguon'), paperSources),
    text: text === '' ? null : text,
    validity: oneOf(query.get('han'), ['con', 'sap', 'het'] as const),
    sort: oneOf(query.get('xep'), paperSorts) ?? 'moi',
    today,
    soonUntil: dayAfter(today, soonDays),
  };
}

async function storePage(request: WebRequest, error: string | null = null): Promise<Reply> {
  const { reader, actor, query, config } = request;
  const accountId = storeAccount(actor);
  const soonDays = await remindDaysOf(reader, accountId);
  const filter = filterOf(request, soonDays);
  const [rows, counts] = await Promise.all([
    listPapers(reader, accountId, filter, cursorOf(query.get('sau')), PAGE + 1),
    listKindCounts(reader, accountId),
  ]);
  const shown = rows.slice(0, PAGE);
  const files = await listFilesByIds(
    reader,
    shown.map((row) => row.fileId),
  );
  const byId = new Map(files.map((file) => [file.id, file]));
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return page(
    <StorePage
      papers={shown.map((row) => {
        const file = byId.get(row.fileId);
        return { ...row, fileName: file?.fileName ?? '', canPreview: file !== undefined && canPreview(file) };
      })}
      kinds={paperKindsOf(config)}
      counts={new Map(counts.map((row) => [row.kind, row.count]))}
      filter={{
        tim: (query.get('tim') ?? '').trim().slice(0, 100),
        loai: filter.kind ?? '',
        nguon: filter.source ?? '',
        han: filter.validity ?? '',
        xep: filter.sort,
      }}
      next={last ? `${last.key}~${last.id}` : null}
      today={filter.today}
      soonDays={soonDays}
      done={error ? null : doneIn(request)}
      error={error}
      mayChange={!actor.seesOnly}
    />,
    { status: error ? 422 : 200 },
  );
}

async function bulk(request: WebRequest): Promise<Reply> {
  const accountId = storeAccount(request.actor);
  const form = await request.form();
  const ids = form.getAll('giay-to').filter(isId).slice(0, storeLimits.papers);
  if (ids.length === 0) return storePage(request, storeWords.in(request.locale).chooseFirst);
  if (form.get('_do') === 'code') return makeCode(request, accountId, ids);
  const count = await request.command((tx) => deletePapers(tx, accountId, ids));
  return seeOther(request.href(paths.storedPapers({ xong: 'deleted', so: String(count) })));
}

/** The code is in this answer only: it is kept as a hash. */
async function makeCode(request: WebRequest, accountId: string, ids: readonly string[]): Promise<Reply> {
  const chosen = ids.slice(0, maxConsentPapers);
  const code = await request.command((tx) => giveConsent(tx, request.config, accountId, chosen));
  return codesPage(request, { code, count: chosen.length, minutes: codeMinutes });
}

async function codesPage(
  request: WebRequest,
  fresh: { code: string; count: number; minutes: number } | null = null,
): Promise<Reply> {
  const consents = await listConsents(request.reader, storeAccount(request.actor));
  return page(
    <CodesPage
      consents={consents}
      unitNames={await namesOf(
        request.reader,
        consents.flatMap((one) => one.unitId ?? []),
        localDate(request.now),
      )}
      fresh={fresh}
      done={doneIn(request)}
      now={request.now}
    />,
  );
}

async function fromDossier(request: WebRequest): Promise<Reply> {
  const { reader, actor, config, locale } = request;
  const accountId = storeAccount(actor);
  const dossier = await openOwnDossier(reader, actor, request.params['dossierId'] ?? '', request.now);
  // Papers of somebody else's dossier belong in their store, not in the delegate's.
  if (dossier.mandate !== null) throw problem(notFound);
  const papers = await keepableOf(reader, config, accountId, dossier);
  if (request.method === 'POST') {
    const ids = new Set((await request.form()).getAll('giay-to'));
    const chosen = papers.filter((paper) => paper.state === 'new' && ids.has(paper.paperId));
    if (chosen.length > 0) {
      const count = await request.command((tx) => keepFromDossier(tx, accountId, dossier, chosen));
      return seeOther(request.href(paths.storedPapers({ xong: 'kept', so: String(count) })));
    }
  }
  const isRefused = request.method === 'POST';
  return page(
    <FromDossierPage
      dossierId={dossier.id}
      name={dossier.terms.procedureName[locale]}
      papers={papers}
      error={isRefused ? storeWords.in(locale).chooseFirst : null}
    />,
    { status: isRefused ? 422 : 200 },
  );
}

async function exportList(request: WebRequest): Promise<Reply> {
  const { reader, actor, config, locale } = request;
  const accountId = storeAccount(actor);
  const own = storeWords.in(locale);
  const kinds = new Map(paperKindsOf(config).map((kind) => [kind.key, kind.name[locale]]));
  const filter = filterOf(request, await remindDaysOf(reader, accountId));
  const day = (value: string | null): string => (value ? formatDate(value) : '');
  return tableExport(request.params['format'] ?? '', {
    name: locale === 'en' ? 'my-papers' : 'kho-giay-to',
    locale,
    columns: [
      { heading: own.name, value: (row) => row.name, width: 40 },
      { heading: own.kind, value: (row) => kinds.get(row.kind) ?? '' },
      { heading: own.number, value: (row) => row.number },
      { heading: own.issuer, value: (row) => row.issuer },
      { heading: own.issuedOn, value: (row) => day(row.issuedOn) },
      { heading: own.validUntil, value: (row) => day(row.validUntil) },
      { heading: own.source, value: (row) => own.sources[row.source] },
      { heading: own.resultCode, value: (row) => row.resultCode },
      { heading: own.added, value: (row) => row.addedAt },
    ],
    rows: await listPapers(reader, accountId, filter, null, storeLimits.papers),
  });
}

async function saveChoice(request: WebRequest): Promise<Reply> {
  const accountId = storeAccount(request.actor);
  const form = await request.form();
  const days = Number(form.get('nhac'));
  const known = await readStoreChoice(request.reader, accountId);
  const isKnown = remindChoices.some((each) => each === days) || days === known.remindDays;
  const remindDays = form.get('nhac') === 'khong' ? null : isKnown ? days : known.remindDays;
  await request.command((tx) =>
    saveStoreChoice(tx, accountId, { remindDays, keepResults: form.get('tu-luu') === 'co' }),
  );
  return seeOther(request.href(paths.storeChoice({ xong: 'choice' })));
}

const NOBODY = '01900000-0000-7000-8000-000000000000';

/** The store as a whole: list, deleted papers, codes for officials, choices, papers of a dossier. */
export function storeRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.storedPapers, person, (request) => storePage(request));
  web.post(paths.storedPapersBulk, writing('bulk', 60), bulk);
  web.get(paths.storedPapersBulk, person, (request) => seeOther(request.href(paths.storedPapers())));
  web.get(paths.storedPapersExport, { ...person, example: { format: 'csv' } }, exportList);
  web.get(paths.storedPapersDeleted, person, async (request) =>
    page(
      <DeletedPage
        papers={await listDeleted(request.reader, storeAccount(request.actor))}
        kinds={paperKindsOf(request.config)}
        done={doneIn(request)}
        mayChange={!request.actor.seesOnly}
      />,
    ),
  );
  web.get(paths.storeCodes, person, (request) => codesPage(request));
  web.post(paths.storeCodeEnd, writing('code-end', 60), async (request) => {
    await request.form();
    await request.command((tx) => withdrawConsent(tx, storeAccount(request.actor), request.params['codeId'] ?? ''));
    return seeOther(request.href(paths.storeCodes({ xong: 'withdrawn' })));
  });
  web.get(paths.storeChoice, person, async (request) =>
    page(
      <ChoicePage choice={await readStoreChoice(request.reader, storeAccount(request.actor))} done={doneIn(request)} />,
    ),
  );
  web.post(paths.storeChoice, writing('choice', 60), saveChoice);
  web.get(paths.storeFromDossier, { ...person, example: { dossierId: NOBODY } }, fromDossier);
  web.post(paths.storeFromDossier, writing('from-dossier', 60), fromDossier);
}
