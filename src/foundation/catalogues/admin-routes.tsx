import { can } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { dayError, errorsOfFaults, readFacts, readItem } from './catalogue-forms.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { codeTaken, listWrong, sameStart, versionMissing } from './catalogue-problems.ts';
import { listCatalogues, type ListedCatalogue } from './catalogue-queries.ts';
import { compareItems, scopes } from './catalogue.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { discardDraft, openDraft, removeItem, saveItem, type ListFault } from './edit-draft.ts';
import { presentItems } from './import-items.ts';
import { mappingsOf } from './mapping-queries.ts';
import { listProposals } from './proposal-queries.ts';
import { catalogueOf, textAsked } from './public-routes.tsx';
import { publishVersion } from './publish-version.ts';
import { changeCatalogue, createCatalogue } from './save-catalogue.ts';
import { findDraft, itemsOf, listVersions, pageOfItems, type Version } from './version-queries.ts';
import { CataloguePage, CataloguesPage, FactsPage } from './views/admin-pages.tsx';
import { DraftPage, ItemPage, VersionPage } from './views/version-pages.tsx';

const manage = { access: { permission: manageCatalogues } } as const;
/** Whoever proposes sees what there is to propose about. */
const see = { access: { anyOf: [manageCatalogues, proposeCatalogues] } } as const;
const PAGE = 100;
const rowVersionOf = (fields: URLSearchParams): number => {
  const number = Number(fields.get('version'));
  return Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31 ? number : -1;
};

/** The administrators' pages: lists, facts, the draft and its publication, versions. */
export function adminRoutes(web: Web): void {
  web.get(paths.adminCatalogues, see, list);
  web.get(paths.adminCataloguesExport, { ...see, example: { format: 'csv' } }, exportList);
  web.get(paths.adminCatalogueNew, manage, () => page(<FactsPage catalogue={null} form={freshForm()} />));
  web.post(paths.adminCatalogueNew, manage, create);
  web.get(paths.adminCatalogue, see, (request) => show(request));
  web.get(paths.adminCatalogueFacts, manage, async (request) => {
    const catalogue = await catalogueOf(request);
    const { scope, partnerCode, unsureNote, ...texts } = catalogue;
    const values = Object.fromEntries(
      Object.entries({ ...texts, scope, partnerCode: partnerCode ?? '', unsureNote: unsureNote ?? '' }).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
    return page(
      <FactsPage catalogue={catalogue} form={freshForm({ ...values, version: String(catalogue.rowVersion) })} />,
    );
  });
  web.post(paths.adminCatalogueFacts, manage, change);
  web.get(paths.adminCatalogueDraft, manage, (request) => draftPage(request, freshForm()));
  web.post(paths.adminCatalogueDraft, manage, async (request) => {
    const catalogue = await catalogueOf(request);
    await request.form();
    await request.command((tx) => openDraft(tx, request.actor, catalogue));
    return seeOther(request.href(paths.adminCatalogueDraft({ code: catalogue.code })));
  });
  web.post(paths.adminCataloguePublication, manage, publishDraft);
  web.post(paths.adminCatalogueDiscard, manage, async (request) => {
    const catalogue = await catalogueOf(request);
    const fields = await request.form();
    await request.command((tx) => discardDraft(tx, request.actor, catalogue, rowVersionOf(fields)));
    return seeOther(request.href(paths.adminCatalogue({ code: catalogue.code })));
  });
  web.get(paths.adminCatalogueItem, manage, (request) => itemPage(request, null));
  web.post(paths.adminCatalogueItem, manage, storeItem);
  web.post(paths.adminCatalogueItemRemoval, manage, async (request) => {
    const catalogue = await catalogueOf(request);
    await request.form();
    try {
      await request.command((tx) => removeItem(tx, request.actor, catalogue, request.params['item'] ?? ''));
    } catch (error) {
      if (!isProblem(error, listWrong)) throw error;
      return itemPage(request, { values: {}, errors: { code: error.definition.title[request.locale] } }, 422);
    }
    return seeOther(request.href(paths.adminCatalogueDraft({ code: catalogue.code })));
  });
  web.get(paths.adminCatalogueVersion, see, versionPage);
}

const scopeAsked = (request: WebRequest) => scopes.find((one) => one === request.query.get('pham-vi')) ?? null;

async function list(request: WebRequest): Promise<Reply> {
  const rows = await listCatalogues(request.reader, {
    on: localDate(request.now),
    text: textAsked(request),
    scope: scopeAsked(request),
    after: readCursor(request.query.get(listQuery.after), 1)?.[0] ?? null,
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  return page(
    <CataloguesPage
      rows={shown}
      text={textAsked(request)}
      scope={scopeAsked(request)}
      next={rows.length > PAGE ? writeCursor([shown.at(-1)!.code]) : null}
      mayManage={can(request.actor, manageCatalogues)}
    />,
  );
}

async function* allRows(request: WebRequest): AsyncGenerator<ListedCatalogue> {
  for (let after: string | null = null; ;) {
    const filter = { on: localDate(request.now), text: textAsked(request), scope: scopeAsked(request), limit: 500 };
    const rows: ListedCatalogue[] = await listCatalogues(request.reader, { ...filter, after });
    yield* rows;
    if (rows.length < 500) return;
    after = rows.at(-1)!.code;
  }
}

function exportList(request: WebRequest): Promise<Reply> {
  const say = (vi: string, en: string) => (request.locale === 'en' ? en : vi);
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: say('danh-muc-dung-chung', 'catalogues'),
    rows: allRows(request),
    columns: [
      { heading: say('Mã', 'Code'), value: (row) => row.code, width: 30 },
      { heading: say('Tên', 'Name'), value: (row) => (request.locale === 'en' ? row.nameEn : row.nameVi), width: 50 },
      { heading: say('Số mục', 'Items'), value: (row) => row.itemCount },
      { heading: say('Hiệu lực từ', 'In force from'), value: (row) => row.validFrom },
      { heading: say('Căn cứ', 'Legal basis'), value: (row) => row.legalBasis, width: 50 },
      { heading: say('Cơ quan chịu trách nhiệm', 'Responsible'), value: (row) => row.owner, width: 40 },
      { heading: say('Chưa đối chiếu', 'Not verified'), value: (row) => row.unsureNote, width: 50 },
    ],
  });
}

async function create(request: WebRequest): Promise<Reply> {
  const { facts, form } = readFacts(await request.form(), request.locale, null);
  const again = (state: FormState) => page(<FactsPage catalogue={null} form={state} />, { status: 422 });
  if (Object.keys(form.errors).length > 0) return again(form);
  try {
    await request.command((tx) => createCatalogue(tx, request.actor, facts));
  } catch (error) {
    if (!isProblem(error, codeTaken)) throw error;
    return again({ ...form, errors: { code: codeTaken.title[request.locale] } });
  }
  return seeOther(request.href(paths.adminCatalogue({ code: facts.code })));
}

async function change(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const fields = await request.form();
  const { facts, form } = readFacts(fields, request.locale, catalogue);
  if (Object.keys(form.errors).length > 0)
    return page(<FactsPage catalogue={catalogue} form={form} />, { status: 422 });
  await request.command((tx) => changeCatalogue(tx, request.actor, catalogue, facts, rowVersionOf(fields)));
  return seeOther(request.href(paths.adminCatalogue({ code: catalogue.code })));
}

async function show(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const versions = await listVersions(request.reader, catalogue.id);
  const today = localDate(request.now);
  const inForce = versions.find((one) => one.state === 'published' && (one.validFrom ?? '') <= today);
  const mayManage = can(request.actor, manageCatalogues);
  const filter = { state: null, catalogue: catalogue.code, after: null, limit: 20 };
  const unitIds = mayManage || !request.actor.unitId ? null : [request.actor.unitId];
  return page(
    <CataloguePage
      catalogue={catalogue}
      versions={versions}
      inForceNumber={inForce?.number ?? null}
      mappings={await mappingsOf(request.reader, catalogue.id)}
      proposals={await listProposals(request.reader, { ...filter, unitIds })}
      mayManage={mayManage}
      mayPropose={can(request.actor, proposeCatalogues, { unitId: request.actor.unitId })}
    />,
  );
}

const before = (versions: readonly Version[], number: number) =>
  versions.find((one) => one.state === 'published' && one.number < number);

async function draftPage(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const draft = await findDraft(request.reader, catalogue.id);
  if (!draft) return page(<DraftPage catalogue={catalogue} draft={null} form={form} />, { status });
  const versions = await listVersions(request.reader, catalogue.id);
  const earlier = before(versions, draft.number);
  const all = await itemsOf(request.reader, draft.id);
  const changes = compareItems(earlier ? await itemsOf(request.reader, earlier.id) : [], all);
  const { items, next } = await itemsAsked(request, draft.id);
  const text = textAsked(request);
  return page(<DraftPage catalogue={catalogue} draft={{ ...draft, items, next, changes, text }} form={form} />, {
    status,
  });
}

/** A page of items by the address: words and the place after which it goes on. */
async function itemsAsked(request: WebRequest, versionId: string) {
  const after = readCursor(request.query.get(listQuery.after), 2);
  const position = Number(after?.[0]);
  const isPlace = after !== null && Number.isSafeInteger(position) && Math.abs(position) < 2 ** 31;
  const rows = await pageOfItems(request.reader, versionId, {
    on: null,
    text: textAsked(request),
    after: isPlace ? { position, code: after[1]! } : null,
    limit: PAGE + 1,
  });
  const items = rows.slice(0, PAGE);
  const last = items.at(-1);
  return { items, next: rows.length > PAGE && last ? writeCursor([last.position, last.code]) : null };
}

async function publishDraft(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const fields = await request.form();
  const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, 500);
  const values = { validFrom: text('validFrom'), decision: text('decision'), note: text('note') };
  const validFrom = parseDay(values.validFrom);
  const wrong = (message: string) => draftPage(request, { values, errors: { validFrom: message } }, 422);
  if (validFrom === null) return wrong(dayError(request.locale));
  try {
    await request.command((tx) =>
      publishVersion(tx, request.actor, catalogue, {
        rowVersion: rowVersionOf(fields),
        validFrom,
        decision: values.decision || null,
        note: values.note || null,
      }),
    );
  } catch (error) {
    if (isProblem(error, sameStart)) return wrong(sameStart.title[request.locale]);
    throw error;
  }
  return seeOther(request.href(paths.adminCatalogue({ code: catalogue.code })));
}

async function itemPage(request: WebRequest, form: FormState | null, status = 200): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const code = request.params['item'];
  const items = await presentItems(request.reader, catalogue.id);
  const item = code ? items.find((one) => one.code === code) : undefined;
  return page(
    <ItemPage catalogue={catalogue} item={item ?? null} form={form ?? freshForm(item ? itemValues(item) : {})} />,
    {
      status: code && !item ? 404 : status,
    },
  );
}

/** An item as the values of its form. */
export const itemValues = (item: import('./catalogue.ts').Item): Record<string, string> => ({
  code: item.code,
  nameVi: item.nameVi,
  nameEn: item.nameEn ?? '',
  parent: item.parentCode ?? '',
  position: String(item.position),
  validFrom: item.validFrom === null ? '' : formatDate(item.validFrom),
  validTo: item.validTo === null ? '' : formatDate(item.validTo),
  replacedBy: item.replacedBy ?? '',
  isUnsure: item.isUnsure ? 'yes' : '',
  ...Object.fromEntries(Object.entries(item.attributes).map(([key, value]) => [`a-${key}`, value])),
});

async function storeItem(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const fields = await request.form();
  const items = await presentItems(request.reader, catalogue.id);
  const code = request.params['item'];
  const known = items.find((one) => one.code === code) ?? null;
  const next = Math.max(0, ...items.map((one) => one.position)) + 10;
  const { item, form } = readItem(fields, request.locale, catalogue, known, next);
  if (!known && items.some((one) => one.code === item.code))
    form.errors['code'] = errorsOfFaults(['code-twice'], request.locale)['code']!;
  if (Object.keys(form.errors).length > 0) return itemPage(request, form, 422);
  try {
    await request.command((tx) => saveItem(tx, request.actor, catalogue, item));
  } catch (error) {
    if (!isProblem(error, listWrong)) throw error;
    const faults = (error.details['faults'] as ListFault[]).find((fault) => fault.code === item.code)?.faults ?? [
      'code',
    ];
    return itemPage(request, { ...form, errors: errorsOfFaults(faults, request.locale) }, 422);
  }
  return seeOther(request.href(paths.adminCatalogueDraft({ code: catalogue.code })));
}

async function versionPage(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const versions = await listVersions(request.reader, catalogue.id);
  const version = versions.find((one) => String(one.number) === request.params['number'] && one.state === 'published');
  if (!version) throw problem(versionMissing);
  const earlier = before(versions, version.number);
  const changes = earlier
    ? compareItems(await itemsOf(request.reader, earlier.id), await itemsOf(request.reader, version.id))
    : null;
  const { items, next } = await itemsAsked(request, version.id);
  return page(
    <VersionPage
      catalogue={catalogue}
      version={version}
      items={items}
      changes={changes}
      text={textAsked(request)}
      next={next}
    />,
  );
}
