import { rulesOn } from '../../foundation/rules/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listAgenciesOf } from '../dossiers/index.ts';
import { agencyNames } from './agency-names.ts';
import { correctableFields, erasableThings, requestKinds, type RequestDetails } from './data-request.ts';
import { accountIdOf } from './own-account.ts';
import { requestNotFound } from './people-problems.ts';
import { makeRequest, withdrawRequest } from './request-data.ts';
import { findRequest, listRequestsOf } from './request-queries.ts';
import {
  MyDataPage,
  NewRequestPage,
  RequestPage,
  type AgencyChoice,
  type RequestFaults,
} from './views/request-pages.tsx';

async function overview(request: WebRequest): Promise<Reply> {
  const requests = await listRequestsOf(request.reader, accountIdOf(request.actor));
  return page(
    <MyDataPage
      requests={requests}
      answerHours={rulesOn(localDate(request.now)).personalData.answerHours}
      now={request.now}
      mayAct={!request.actor.seesOnly}
    />,
  );
}

const clean = (text: string | null, max: number): string =>
  (text ?? '').normalize('NFC').replaceAll('\u0000', '').trim().slice(0, max);

const genders: Record<string, string> = {
  nam: 'male',
  male: 'male',
  nữ: 'female',
  nu: 'female',
  female: 'female',
  khác: 'other',
  khac: 'other',
  other: 'other',
};

/** A corrected fact in the form in which it is stored; null when it cannot be one. */
function correctedValue(field: string, text: string, today: string): string | null {
  if (text === '') return null;
  if (field === 'gender') return genders[text.toLowerCase()] ?? null;
  if (field !== 'birthDate') return /\p{L}/u.test(text) ? text : null;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === iso;
  return isReal && iso <= today && iso >= '1900-01-01' ? iso : null;
}

/** The agencies that have dossiers of the account, by name of today. */
async function agenciesFor(request: WebRequest): Promise<AgencyChoice[]> {
  const ids = await listAgenciesOf(request.reader, accountIdOf(request.actor));
  const names = await agencyNames(
    request,
    ids.map((unitId) => ({ unitId })),
  );
  return [...names].map(([unitId, name]) => ({ unitId, name }));
}

async function form(request: WebRequest, values: URLSearchParams, faults: RequestFaults = {}): Promise<Reply> {
  return page(<NewRequestPage values={values} faults={faults} agencies={await agenciesFor(request)} />, {
    status: Object.keys(faults).length > 0 ? 422 : 200,
  });
}

async function create(request: WebRequest): Promise<Reply> {
  const accountId = accountIdOf(request.actor);
  const fields = await request.form();
  const faults: RequestFaults = {};
  const kind = requestKinds.find((each) => each === fields.get('kind'));
  if (!kind) faults.kind = true;
  const asked = (fields.get('text') ?? '').trim();
  const text = clean(asked, 2_000);
  if (!/\p{L}.*\p{L}/su.test(text) || asked.length > 2_000) faults.text = true;
  const details: RequestDetails = {};
  if (kind === 'correct') {
    const field = correctableFields.find((each) => each === fields.get('field'));
    const value = correctedValue(field ?? '', clean(fields.get('value'), 200), localDate(request.now));
    if (!field) faults.field = true;
    if (value === null) faults.value = true;
    if (field && value !== null) Object.assign(details, { field, value });
  }
  if (kind === 'erase') {
    details.things = erasableThings.filter((each) => fields.getAll('things').includes(each));
    if (details.things.length === 0) faults.things = true;
  }
  const typedUnit = fields.get('unit') ?? '';
  const unitId =
    typedUnit === '' ? null : ((await agenciesFor(request)).find((one) => one.unitId === typedUnit)?.unitId ?? null);
  if (typedUnit !== '' && unitId === null) faults.unit = true;
  if (!kind || Object.keys(faults).length > 0) return form(request, fields, faults);
  const id = await request.command((tx) => makeRequest(tx, accountId, { kind, text, details, unitId }));
  return seeOther(request.href(paths.dataRequest({ id }, { moi: 1 })));
}

async function show(request: WebRequest): Promise<Reply> {
  const id = request.params['id'] ?? '';
  const found = isId(id) ? await findRequest(request.reader, id) : undefined;
  if (found?.accountId !== accountIdOf(request.actor)) throw problem(requestNotFound);
  return page(
    <RequestPage
      request={found!}
      agency={(await agencyNames(request, [found!])).get(found?.unitId ?? '') ?? null}
      isNew={request.query.get('moi') === '1'}
      mayAct={!request.actor.seesOnly}
    />,
  );
}

/** A person's own requests about their data. */
export function requestRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  const limited = (name: string) =>
    ({
      access: 'submitter',
      rateLimit: { name: `people.${name}`, limit: 30, windowSeconds: 600, by: 'account' },
    }) as const;
  web.get(paths.dataRequests, person, overview);
  web.get(paths.dataRequestNew, person, (request) => form(request, new URLSearchParams(request.query)));
  web.post(paths.dataRequestNew, limited('request'), create);
  web.get(paths.dataRequest, { ...person, example: { id: '01900000-0000-7000-8000-000000000000' } }, show);
  web.post(paths.dataRequest, limited('withdraw'), async (request) => {
    const id = request.params['id'] ?? '';
    await request.command((tx) => withdrawRequest(tx, accountIdOf(request.actor), id));
    return seeOther(request.href(paths.dataRequest({ id })));
  });
}
