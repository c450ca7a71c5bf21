import { listUnitsByIds, namesOf, searchUnits, unitsOn, type Unit } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { closeOffers, openOffers, setOwnTime } from './manage-offers.ts';
import { listOpenOffers } from './offer-change-queries.ts';
import { dayFrom, timeFrom, type OfferError } from './offer-form.ts';
import { manageProcedures } from './procedure-permissions.ts';
import { ownTimeLonger, procedureNotFound } from './procedure-problems.ts';
import { findProcedure, listVersions } from './procedure-queries.ts';
import type { Procedure } from './procedure.ts';
import { centresOf } from './receiving-units.ts';
import { offerWords } from './views/offer-words.ts';
import { ChangeOffersPage, OffersPage, OpenOffersPage, type ListedOffer } from './views/offer-pages.tsx';

const access = { permission: manageProcedures };
const PAGE = 200;
/** Kinds of units that offer procedures as a whole. */
const KINDS = ['commune', 'department'] as const;

/** The administrator's pages on which units offer a procedure: list, open, end, own time limit. */
export function offerRoutes(web: Web): void {
  const example = { code: '1.001193' };
  web.get(paths.adminProcedureOffers, { access, example }, async (request) => {
    const procedure = await procedureOf(request);
    const query = queryOf(request);
    const all = await offersListed(request, procedure, query['tim'] ?? '');
    const from = Math.max(0, Number(query[listQuery.after] ?? 0) || 0);
    return page(
      <OffersPage
        procedure={procedure}
        rows={all.slice(from, from + PAGE)}
        total={all.length}
        next={all.length > from + PAGE ? String(from + PAGE) : null}
        query={query}
        today={localDate(request.now)}
        done={doneOf(request)}
      />,
    );
  });
  web.get(paths.adminProcedureOffersExport, { access, example: { ...example, format: 'csv' } }, exportOffers);
  web.get(paths.adminProcedureOffersOpen, { access, example }, (request) => openPage(request, freshForm()));
  web.post(paths.adminProcedureOffersOpen, { access }, openUnits);
  web.post(paths.adminProcedureOffersChange, { access }, changeOffers);
}

/** The version in force, or the newest when none is: offers belong to the procedure. */
async function procedureOf(request: WebRequest): Promise<Procedure> {
  const code = request.params['code'] ?? '';
  const today = localDate(request.now);
  const procedure = (await findProcedure(request.reader, code, today)) ?? (await listVersions(request.reader, code))[0];
  if (!procedure) throw problem(procedureNotFound);
  return procedure;
}

function queryOf(request: WebRequest): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of ['tim', listQuery.after]) {
    const value = request.query.get(name)?.trim().slice(0, 100);
    if (value) query[name] = value;
  }
  return query;
}

function doneOf(request: WebRequest): { what: 'opened' | 'closed' | 'timed'; count: number } | null {
  const what = (['opened', 'closed', 'timed'] as const).find((one) => one === request.query.get('xong'));
  const count = Number(request.query.get('so'));
  return what && Number.isSafeInteger(count) && count >= 0 ? { what, count } : null;
}

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();

/** Offers with the names of their units, by name; `text` narrows by either name, accents do not matter. */
async function offersListed(request: WebRequest, procedure: Procedure, text: string): Promise<ListedOffer[]> {
  const today = localDate(request.now);
  const offers = await listOpenOffers(request.reader, procedure.id, today);
  const ids = [...new Set(offers.flatMap((offer) => [offer.unitId, offer.receivingUnitId]))];
  const names = await namesOf(request.reader, ids, today);
  const name = (id: string): string => {
    const found = names.get(id);
    return found ? (request.locale === 'en' ? found.nameEn : found.nameVi) : '—';
  };
  const wanted = plain(text);
  return offers
    .map((offer) => ({ ...offer, unit: name(offer.unitId), receivingUnit: name(offer.receivingUnitId) }))
    .filter((offer) => plain(`${offer.unit} ${offer.receivingUnit}`).includes(wanted))
    .sort((a, b) => a.unit.localeCompare(b.unit, 'vi') || a.validFrom.localeCompare(b.validFrom));
}

async function exportOffers(request: WebRequest) {
  const own = offerWords.in(request.locale);
  const procedure = await procedureOf(request);
  const rows = await offersListed(request, procedure, request.query.get('tim') ?? '');
  return tableExport<ListedOffer>(request.params['format'] ?? '', {
    locale: request.locale,
    name: `${request.locale === 'en' ? 'offers' : 'don-vi-tiep-nhan'}-${procedure.code}`,
    rows,
    columns: [
      { heading: own.unit, value: (row) => row.unit, width: 50 },
      { heading: own.receivingUnit, value: (row) => row.receivingUnit, width: 60 },
      { heading: own.from, value: (row) => row.validFrom },
      { heading: own.to, value: (row) => row.validTo ?? '' },
      { heading: own.ownTime, value: (row) => own.time(row.ownTime), width: 20 },
    ],
  });
}

async function openPage(request: WebRequest, form: FormState, status = 200) {
  const procedure = await procedureOf(request);
  const today = localDate(request.now);
  const search = (request.query.get('tim') ?? '').trim();
  const kinds = await Promise.all(
    KINDS.map(async (kind) => ({ kind, count: (await unitsOn(request.reader, [kind], today)).length })),
  );
  const chosen = (form.values['unit'] ?? []) as readonly string[];
  const found = search === '' ? [] : await searchUnits(request.reader, search, today, 30);
  const kept = await listUnitsByIds(request.reader, chosen.filter(isId), today);
  const units = [...kept, ...found.filter((unit) => !kept.some((one) => one.id === unit.id))];
  return page(
    <OpenOffersPage procedure={procedure} kinds={kinds} units={units} search={search} form={form} today={today} />,
    { status },
  );
}

/** What was typed, to show it again. */
const valuesOf = (form: URLSearchParams, names: readonly string[], lists: readonly string[]): FormState['values'] => ({
  ...Object.fromEntries(names.map((name) => [name, form.get(name) ?? ''])),
  ...Object.fromEntries(lists.map((name) => [name, form.getAll(name)])),
});

async function chosenUnits(request: WebRequest, form: URLSearchParams, day: string): Promise<Unit[]> {
  const kinds = KINDS.filter((kind) => form.getAll('kind').includes(kind));
  const ofKinds = kinds.length > 0 ? await unitsOn(request.reader, kinds, day) : [];
  const ids = form.getAll('unit').filter(isId).slice(0, 500);
  const single = ids.length > 0 ? await listUnitsByIds(request.reader, ids, day) : [];
  return [...new Map([...ofKinds, ...single].map((unit) => [unit.id, unit])).values()];
}

async function openUnits(request: WebRequest) {
  const form = await request.form();
  const procedure = await procedureOf(request);
  const own = offerWords.in(request.locale);
  const today = localDate(request.now);
  const from = dayFrom(form, 'validFrom', today);
  const ownTime = timeFrom(form);
  const units = await chosenUnits(request, form, from.error === null ? from.day : today);
  const errors: Record<string, string> = {};
  const fail = (name: string, error: OfferError | null) => error && (errors[name] = own.errors[error]);
  fail('kind', units.length === 0 ? 'nothing-chosen' : null);
  fail('validFrom', from.error);
  fail('amount', ownTime.error);
  const again = () =>
    openPage(
      request,
      { values: valuesOf(form, ['validFrom', 'amount', 'timeUnit', 'receivedAt'], ['kind', 'unit']), errors },
      422,
    );
  if (Object.keys(errors).length > 0) return again();
  const isOwn = form.get('receivedAt') === 'own';
  const centres = isOwn ? new Map<string, string>() : await centresOf(request.reader, units, from.day);
  try {
    const { opened } = await request.command((tx) =>
      openOffers(tx, {
        code: procedure.code,
        validFrom: from.day,
        units: units.map(({ id }) => ({
          unitId: id,
          receivingUnitId: centres.get(id) ?? id,
          ownTime: ownTime.time,
        })),
      }),
    );
    return backTo(request, procedure, 'opened', opened);
  } catch (error) {
    if (!isProblem(error, ownTimeLonger)) throw error;
    fail('amount', 'time-longer');
    return again();
  }
}

const backTo = (request: WebRequest, procedure: Procedure, what: string, count: number) =>
  seeOther(request.href(paths.adminProcedureOffers({ code: procedure.code }, { xong: what, so: count })));

/** Two steps: the list sends its ticks, this asks for the day or the limit, and the same address does it. */
async function changeOffers(request: WebRequest) {
  const form = await request.form();
  const procedure = await procedureOf(request);
  const own = offerWords.in(request.locale);
  const today = localDate(request.now);
  const act = form.get('act') === 'time' ? 'time' : 'close';
  const ids = new Set(form.getAll('id').filter(isId));
  const chosen = (await offersListed(request, procedure, '')).filter((offer) => ids.has(offer.id));
  const ask = (state: FormState, status = 200) =>
    page(<ChangeOffersPage procedure={procedure} act={act} offers={chosen} form={state} today={today} />, { status });
  const values = valuesOf(form, ['lastDay', 'amount', 'timeUnit'], []);
  if (chosen.length === 0) return ask({ values, errors: { id: own.errors['nothing-chosen'] } }, 422);
  if (form.get('confirmed') !== 'yes') return ask(freshForm());
  const offerIds = chosen.map((offer) => offer.id);
  if (act === 'close') {
    const { day, error } = dayFrom(form, 'lastDay', today);
    if (error) return ask({ values, errors: { lastDay: own.errors[error] } }, 422);
    const count = await request.command((tx) => closeOffers(tx, { procedureId: procedure.id, offerIds, lastDay: day }));
    return backTo(request, procedure, 'closed', count);
  }
  const { time, error } = timeFrom(form);
  if (error) return ask({ values, errors: { amount: own.errors[error] } }, 422);
  try {
    const count = await request.command((tx) => setOwnTime(tx, procedure, { offerIds, time }));
    return backTo(request, procedure, 'timed', count);
  } catch (failure) {
    if (!isProblem(failure, ownTimeLonger)) throw failure;
    return ask({ values, errors: { amount: own.errors['time-longer'] } }, 422);
  }
}
