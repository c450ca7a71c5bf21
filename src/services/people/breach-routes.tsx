import { statedReason } from '../../foundation/readings/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { unitsOf } from '../../platform/access.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { agencyNames } from './agency-names.ts';
import { breachNumber, breachRisks, breachStates, maxPeopleTold, type Breach, type BreachFacts } from './breach.ts';
import { breachFigures, findBreach, listBreaches } from './breach-queries.ts';
import {
  assessBreach,
  closeBreach,
  knownBreach,
  notifyAuthority,
  numbersIn,
  recordBreach,
  tellPeople,
} from './keep-breaches.ts';
import { mayKeepBreaches } from './people-permissions.ts';
import { BreachPage } from './views/breach-page.tsx';
import { BreachesPage, BreachFormPage } from './views/breach-pages.tsx';
import { breachWords, type BreachFault, type BreachField } from './views/breach-words.ts';

const PAGE = 50;
const EXPORT_PAGE = 500;

const clean = (text: string | null, max: number): string =>
  (text ?? '').normalize('NFC').replaceAll('\u0000', '').trim().slice(0, max);

/** A moment as `datetime-local` sends it, in Viet Nam's time; null when it is none. */
function momentIn(text: string): Date | null {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?$/.exec(text) ?? [];
  const isReal = day !== '' && !Number.isNaN(Date.parse(`${day}T${time}:00Z`));
  return isReal && day >= '2000-01-01' && day <= '2100-01-01' ? instantOf(day, time) : null;
}

const stateOf = (request: WebRequest) => breachStates.find((each) => each === request.query.get('xem')) ?? null;

async function list(request: WebRequest): Promise<Reply> {
  const { reader, now, query } = request;
  const unitIds = unitsOf(request.actor, mayKeepBreaches);
  const before = /^\d{1,15}$/.test(query.get('sau') ?? '') ? Number(query.get('sau')) : null;
  const rows = await listBreaches(reader, { state: stateOf(request), before, limit: PAGE + 1, unitIds });
  const shown = rows.slice(0, PAGE);
  return page(
    <BreachesPage
      rows={shown}
      state={stateOf(request)}
      agencies={await agencyNames(request, shown)}
      next={rows.length > PAGE ? String(shown.at(-1)?.number) : null}
      figures={await breachFigures(
        reader,
        new Date(now.getTime() - 365 * 86_400_000),
        new Date(now.getTime() + 1),
        now,
        unitIds,
      )}
      noticeHours={rulesOn(localDate(now)).personalData.breachNoticeHours}
      now={now}
    />,
  );
}

async function* allRows(request: WebRequest, names: Map<string, string>): AsyncGenerator<Breach> {
  let before: number | null = null;
  const unitIds = unitsOf(request.actor, mayKeepBreaches);
  for (;;) {
    const rows: Breach[] = await listBreaches(request.reader, {
      state: stateOf(request),
      before,
      limit: EXPORT_PAGE,
      unitIds,
    });
    for (const [id, name] of await agencyNames(request, rows)) names.set(id, name);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < EXPORT_PAGE || !last) return;
    before = last.number;
  }
}

function exportList(request: WebRequest): Promise<Reply> {
  const own = breachWords.in(request.locale);
  const names = new Map<string, string>();
  return tableExport<Breach>(request.params['format'] ?? '', {
    locale: request.locale,
    name: `vi-pham-du-lieu-${isoDate(request.now)}`,
    rows: allRows(request, names),
    columns: [
      { heading: own.number, value: (row) => breachNumber(row.number) },
      { heading: own.what, value: (row) => row.title, width: 40 },
      { heading: own.fields.discoveredAt, value: (row) => row.discoveredAt },
      { heading: own.unit, value: ({ unitId }) => names.get(unitId ?? '') ?? '', width: 30 },
      { heading: own.fields.place, value: (row) => row.place, width: 30 },
      { heading: own.fields.dataKinds, value: (row) => row.dataKinds, width: 30 },
      { heading: own.persons, value: (row) => row.personsCount },
      { heading: own.risk, value: (row) => (row.risk ? own.risks[row.risk] : '') },
      { heading: own.due, value: (row) => row.dueAt },
      { heading: own.notifiedAt, value: (row) => row.notifiedAt },
      { heading: own.notifiedTo, value: (row) => row.notifiedTo, width: 30 },
      { heading: own.lateReason, value: (row) => row.lateReason, width: 30 },
      { heading: own.told, value: (row) => row.peopleTold },
      { heading: own.state, value: (row) => own.states[row.state] },
      { heading: own.closed, value: (row) => row.closedAt },
    ],
  });
}

const LIMITS: Readonly<Record<Exclude<BreachField, 'discoveredAt' | 'personsCount'>, number>> = {
  title: 200,
  nature: 4_000,
  place: 300,
  dataKinds: 1_000,
  contact: 300,
  consequences: 2_000,
  measures: 2_000,
};

/** Reads the form of a breach; everything is checked at once. */
function factsIn(form: URLSearchParams, now: Date): { facts: BreachFacts; faults: BreachFault[] } {
  const faults: BreachFault[] = [];
  const text = (name: keyof typeof LIMITS): string => {
    const value = clean(form.get(name), LIMITS[name]);
    if (statedReason(value) === null) faults.push(name);
    return value;
  };
  const discoveredAt = momentIn(form.get('discoveredAt') ?? '');
  const count = clean(form.get('personsCount'), 20).replaceAll(/[.\s]/g, '');
  const personsCount = count === '' ? null : Number(count);
  const facts: BreachFacts = {
    title: text('title'),
    discoveredAt: discoveredAt ?? now,
    nature: text('nature'),
    place: text('place'),
    dataKinds: text('dataKinds'),
    personsCount,
    consequences: text('consequences'),
    measures: text('measures'),
    contact: text('contact'),
  };
  if (!discoveredAt || discoveredAt > now) faults.push('discoveredAt');
  if (count !== '' && (!/^\d{1,8}$/.test(count) || Number(count) > 10_000_000)) faults.push('personsCount');
  return { facts, faults };
}

async function record(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { facts, faults } = factsIn(form, request.now);
  if (faults.length > 0) return page(<BreachFormPage values={form} faults={faults} />, { status: 422 });
  const id = await request.command((tx) => recordBreach(tx, request.actor, facts));
  return seeOther(request.href(paths.breach({ id })));
}

async function breachOf(request: WebRequest): Promise<Breach> {
  const id = request.params['id'] ?? '';
  return knownBreach(request.actor, isId(id) ? await findBreach(request.reader, id) : undefined);
}

async function show(
  request: WebRequest,
  values = new URLSearchParams(),
  faults: readonly BreachFault[] = [],
): Promise<Reply> {
  const breach = await breachOf(request);
  return page(
    <BreachPage
      {...{ breach, values, faults }}
      agency={(await agencyNames(request, [breach])).get(breach.unitId ?? '')}
      now={request.now}
    />,
    {
      status: faults.length > 0 ? 422 : 200,
    },
  );
}

type Step = { faults: BreachFault[]; run: (tx: Tx) => Promise<unknown> };

/** What was pressed, with what is wrong in its fields. @throws notFound for anything else */
function stepIn(request: WebRequest, form: URLSearchParams, breach: Breach): Step {
  const { actor, now } = request;
  const { id } = breach;
  const faults: BreachFault[] = [];
  const stated = (name: BreachFault, max: number): string => {
    const value = clean(form.get(name), max);
    if (statedReason(value) === null) faults.push(name);
    return value;
  };
  switch (form.get('act')) {
    case 'assess': {
      const risk = breachRisks.find((each) => each === form.get('risk'));
      if (!risk) faults.push('risk');
      const assessment = stated('assessment', 2_000);
      return { faults, run: (tx) => assessBreach(tx, actor, id, { risk: risk ?? 'high', assessment }) };
    }
    case 'notify': {
      const at = momentIn(form.get('at') ?? '');
      if (!at || at > now || at < breach.discoveredAt) faults.push('at');
      const to = stated('to', 300);
      const isLate = at !== null && at > breach.dueAt;
      const lateReason = isLate ? stated('late', 1_000) : null;
      return { faults, run: (tx) => notifyAuthority(tx, actor, id, { at: at ?? now, to, lateReason }) };
    }
    case 'tell': {
      const { numbers, wrong } = numbersIn((form.get('numbers') ?? '').slice(0, 20_000));
      if (numbers.length === 0 || numbers.length > maxPeopleTold || wrong.length > 0) faults.push('numbers');
      const text = stated('text', 1_000);
      return { faults, run: (tx) => tellPeople(tx, actor, id, { numbers, text }) };
    }
    case 'close': {
      const note = stated('note', 2_000);
      return { faults, run: (tx) => closeBreach(tx, actor, id, note) };
    }
    case null:
    default:
      throw problem(notFound);
  }
}

async function act(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const breach = await breachOf(request);
  const { faults, run } = stepIn(request, form, breach);
  if (faults.length > 0) return show(request, form, faults);
  await request.command(run);
  return seeOther(request.href(paths.breach({ id: breach.id })));
}

/** The register of breaches of personal data. */
export function breachRoutes(web: Web): void {
  const access = { permission: mayKeepBreaches };
  const limited = {
    access,
    rateLimit: { name: 'people.breaches', limit: 60, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.breaches, { access }, list);
  web.get(paths.breachesExport, { access, example: { format: 'csv' } }, exportList);
  web.get(paths.breachNew, { access }, () =>
    Promise.resolve(page(<BreachFormPage values={new URLSearchParams()} faults={[]} />)),
  );
  web.post(paths.breachNew, limited, record);
  web.get(paths.breach, { access, example: { id: '01900000-0000-7000-8000-000000000000' } }, (request) =>
    show(request),
  );
  web.post(paths.breach, limited, act);
}
