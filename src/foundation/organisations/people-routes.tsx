import type { Actor } from '../../platform/access.ts';
import { reachOf } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { download, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { appointOfficer, endAppointment } from './appoint-officer.ts';
import { changeOfficer, demandOverOfficer } from './change-officer.ts';
import { createOfficer } from './create-officer.ts';
import {
  findOfficer,
  listAppointments,
  listOfficers,
  listOfficersByIds,
  listOfficersByStaffCode,
  postsOf,
  type OfficerListQuery,
} from './officer-queries.ts';
import { readOfficerForm, type Officer } from './officer.ts';
import { exportOfficers, manageOrganisations } from './organisation-permissions.ts';
import { officerMissing } from './organisation-problems.ts';
import { sheetRows, toCsv, toXlsx } from './people-sheet.ts';
import { listPosts, listPostsByIds, listSubstitutions } from './post-queries.ts';
import { revokeSubstitution, substituteOfficer } from './substitute-officer.ts';
import { rolesOnDay } from './roles-on-day.ts';
import { agencyCodesOf, descendantsOf, findByAgencyCode, namesOf } from './unit-queries.ts';
import type { FieldErrors } from './unit.ts';
import { valuesOf } from './unit-routes.tsx';
import { errorTexts } from './views/admin-words.ts';
import { PastPersonPage } from './views/past-person-page.tsx';
import { PeoplePage } from './views/people-page.tsx';
import { NewPersonPage, PersonPage, type PersonFormName, type PostChoice } from './views/person-page.tsx';

const access = { permission: manageOrganisations };
const PAGE = 50;
const EXPORT_PAGE = 2_000;
const EXPORT_LIMIT = 50_000;

/** Which units' people the request lists: the unit asked for and all below it, within what the actor manages. */
async function listScope(
  reader: Reader,
  actor: Actor,
  unitCode: string,
  on: string,
): Promise<readonly string[] | null> {
  const reach = reachOf(actor, manageOrganisations);
  if (unitCode === '') return reach === 'all' ? null : reach;
  const unit = await findByAgencyCode(reader, unitCode, on);
  const below = unit ? await descendantsOf(reader, [unit.id], on) : [];
  return reach === 'all' ? below : below.filter((id) => reach.includes(id));
}

async function listQueryOf(
  request: WebRequest,
): Promise<Omit<OfficerListQuery, 'after' | 'limit'> & { unitCode: string }> {
  const on = parseDay(request.query.get('ngay') ?? '') ?? localDate(request.now);
  const text = (request.query.get('tim') ?? '').trim().slice(0, 100);
  const unitCode = (request.query.get('don-vi') ?? '').trim().toUpperCase().slice(0, 35);
  return {
    on,
    text: text === '' ? null : text,
    unitCode,
    unitIds: await listScope(request.reader, request.actor, unitCode, on),
  };
}

/** Adds what a list shows beside the officers: their posts of the day and the units' names, in two reads. */
async function withPosts(reader: Reader, officers: readonly Officer[], on: string) {
  const held = await postsOf(
    reader,
    officers.map((officer) => officer.id),
    on,
  );
  const unitIds = [...new Set(held.map((post) => post.unitId))];
  return { posts: Map.groupBy(held, (post) => post.officerId), names: await namesOf(reader, unitIds, on), unitIds };
}

async function list(request: WebRequest): Promise<Reply> {
  const query = await listQueryOf(request);
  const cursor = request.query.get('sau') ?? '';
  const last = isId(cursor) ? await findOfficer(request.reader, cursor) : undefined;
  const found = await listOfficers(request.reader, { ...query, after: last ?? null, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const { posts, names } = await withPosts(request.reader, rows, query.on);
  const nextCursor = found.length > PAGE ? (rows.at(-1)?.id ?? null) : null;
  const days = { on: query.on, today: localDate(request.now) };
  return page(
    <PeoplePage text={query.text ?? ''} unitCode={query.unitCode} {...days} {...{ rows, posts, names, nextCursor }} />,
  );
}

async function exportList(request: WebRequest): Promise<Reply> {
  const format = request.params['format'];
  if (format !== 'xlsx' && format !== 'csv') throw problem(notFound);
  const query = await listQueryOf(request);
  const officers: Officer[] = [];
  for (let more = true; more && officers.length < EXPORT_LIMIT;) {
    const next = await listOfficers(request.reader, { ...query, after: officers.at(-1) ?? null, limit: EXPORT_PAGE });
    officers.push(...next);
    more = next.length === EXPORT_PAGE;
  }
  const { posts, names, unitIds } = await withPosts(request.reader, officers, query.on);
  const rows = sheetRows(officers, posts, names, await agencyCodesOf(request.reader, unitIds, 'qd20', query.on));
  const name = `can-bo-${query.on}`;
  return format === 'xlsx'
    ? download(await toXlsx(rows), {
        fileName: `${name}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      })
    : download(toCsv(rows), { fileName: `${name}.csv`, type: 'text/csv; charset=utf-8' });
}

async function choiceOf(request: WebRequest, typed: string | null): Promise<PostChoice> {
  const unitCode = (typed ?? '').trim().toUpperCase().slice(0, 35);
  const on = localDate(request.now);
  const unit = unitCode === '' ? undefined : await findByAgencyCode(request.reader, unitCode, on);
  if (!unit) return { unitCode, unitName: undefined, posts: [] };
  const units = await descendantsOf(request.reader, [unit.id], on);
  const posts = (await Promise.all(units.slice(0, 50).map((id) => listPosts(request.reader, id, on)))).flat();
  return { unitCode, unitName: unit, posts };
}

/** What a form says about a post to fill and its period. */
function readAppointment(fields: URLSearchParams) {
  const errors: FieldErrors = {};
  const postId = fields.get('postId') ?? '';
  const decisionNumber = (fields.get('decisionNumber') ?? '').trim();
  const validFrom = parseDay(fields.get('validFrom') ?? '');
  const typedTo = (fields.get('validTo') ?? '').trim();
  const validTo = typedTo === '' ? null : parseDay(typedTo);
  if (!isId(postId)) errors['postId'] = 'missing';
  if (decisionNumber.length > 100) errors['decisionNumber'] = 'too-long';
  if (validFrom === null) errors['validFrom'] = 'not-a-date';
  if (typedTo !== '' && validTo === null) errors['validTo'] = 'not-a-date';
  if (validFrom !== null && validTo !== null && validTo < validFrom) errors['validTo'] = 'too-early';
  return {
    errors,
    value: { postId, isPrimary: true, decisionNumber: decisionNumber || null, validFrom: validFrom ?? '', validTo },
  };
}

async function newPerson(request: WebRequest): Promise<Reply> {
  const choice = await choiceOf(request, request.query.get('don-vi'));
  return page(<NewPersonPage form={freshForm({ validFrom: formatDate(localDate(request.now)) })} choice={choice} />);
}

async function addPerson(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const officer = readOfficerForm(fields);
  const first = readAppointment(fields);
  const errors = { ...officer.errors, ...first.errors };
  if (Object.keys(errors).length > 0) {
    const form = { values: valuesOf(fields), errors: errorTexts(errors, request.locale) };
    return page(<NewPersonPage form={form} choice={await choiceOf(request, fields.get('don-vi'))} />, { status: 422 });
  }
  const id = await request.command((tx) => createOfficer(tx, request.actor, officer.value, first.value));
  return seeOther(request.href(paths.adminPerson({ id })));
}

async function officerOf(request: WebRequest): Promise<Officer> {
  const id = request.params['id'] ?? '';
  const officer = isId(id) ? await findOfficer(request.reader, id) : undefined;
  if (!officer) throw problem(officerMissing);
  await demandOverOfficer(request.reader, request.actor, officer.id, localDate(request.now));
  return officer;
}

/** The officer as of another day than today. */
async function showPast(request: WebRequest, officer: Officer, on: string): Promise<Reply> {
  const { reader } = request;
  const [posts, substitutions] = await Promise.all([
    postsOf(reader, [officer.id], on),
    listSubstitutions(reader, officer.id),
  ]);
  const inForce = substitutions.filter(
    (each) => each.validFrom <= on && each.validTo >= on && (each.revokedOn === null || each.revokedOn > on),
  );
  const [roles, names, people, titles] = await Promise.all([
    rolesOnDay(
      reader,
      posts.map((held) => held.postId),
      on,
    ),
    namesOf(
      reader,
      posts.map((held) => held.unitId),
      on,
    ),
    listOfficersByIds(
      reader,
      inForce.flatMap((each) => [each.fromOfficerId, each.toOfficerId]),
    ),
    listPostsByIds(
      reader,
      inForce.map((each) => each.postId),
    ),
  ]);
  return page(
    <PastPersonPage
      {...{ officer, on, posts, roles, names }}
      today={localDate(request.now)}
      substitutions={inForce}
      people={new Map(people.map((each) => [each.id, each.fullName]))}
      postTitles={new Map(titles.map((each) => [each.id, each]))}
    />,
  );
}

async function open(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  const on = parseDay(request.query.get('ngay'));
  return on === null || on === localDate(request.now) ? show(request, officer) : showPast(request, officer, on);
}

async function show(
  request: WebRequest,
  officer: Officer,
  failed: { name: PersonFormName; form: FormState } | null = null,
): Promise<Reply> {
  const { reader } = request;
  const today = localDate(request.now);
  const [appointments, substitutions] = await Promise.all([
    listAppointments(reader, officer.id),
    listSubstitutions(reader, officer.id),
  ]);
  const [people, posts, names, choice] = await Promise.all([
    listOfficersByIds(
      reader,
      substitutions.flatMap((each) => [each.fromOfficerId, each.toOfficerId]),
    ),
    listPostsByIds(
      reader,
      substitutions.map((each) => each.postId),
    ),
    namesOf(
      reader,
      appointments.map((held) => held.unitId),
      today,
    ),
    choiceOf(request, request.query.get('don-vi') ?? (failed?.form.values['don-vi'] as string | undefined) ?? null),
  ]);
  const forms: Record<PersonFormName, FormState> = {
    facts: freshForm({
      fullName: officer.fullName,
      staffCode: officer.staffCode,
      email: officer.email ?? '',
      phone: officer.phone ?? '',
      leftOn: officer.leftOn ? formatDate(officer.leftOn) : '',
    }),
    appoint: freshForm({ validFrom: formatDate(today) }),
    end: freshForm(),
    substitute: freshForm({ validFrom: formatDate(today) }),
  };
  if (failed) forms[failed.name] = failed.form;
  return page(
    <PersonPage
      {...{ officer, today, appointments, substitutions, names, choice, forms }}
      people={new Map(people.map((each) => [each.id, each.fullName]))}
      postTitles={new Map(posts.map((each) => [each.id, each]))}
      failed={failed?.name ?? null}
    />,
    { status: failed ? 422 : 200 },
  );
}

const again = (
  request: WebRequest,
  officer: Officer,
  name: PersonFormName,
  fields: URLSearchParams,
  errors: FieldErrors,
  extra: Record<string, string> = {},
) =>
  show(request, officer, {
    name,
    form: { values: { ...valuesOf(fields), ...extra }, errors: errorTexts(errors, request.locale) },
  });

const back = (request: WebRequest, officer: Officer) => seeOther(request.href(paths.adminPerson({ id: officer.id })));

async function saveFacts(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  const fields = await request.form();
  const { value, errors } = readOfficerForm(fields);
  const typed = (fields.get('leftOn') ?? '').trim();
  const leftOn = typed === '' ? null : parseDay(typed);
  if (typed !== '' && leftOn === null) errors['leftOn'] = 'not-a-date';
  if (Object.keys(errors).length > 0) return again(request, officer, 'facts', fields, errors);
  const version = Number(fields.get('version'));
  await request.command((tx) => changeOfficer(tx, request.actor, officer.id, version, { ...value, leftOn }));
  return back(request, officer);
}

async function appoint(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  const fields = await request.form();
  const { value, errors } = readAppointment(fields);
  if (Object.keys(errors).length > 0) return again(request, officer, 'appoint', fields, errors);
  await request.command((tx) =>
    appointOfficer(tx, request.actor, { ...value, isPrimary: false, officerId: officer.id }),
  );
  return back(request, officer);
}

async function end(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  const fields = await request.form();
  const appointmentId = request.params['appointmentId'] ?? '';
  const lastDay = parseDay(fields.get('lastDay') ?? '');
  if (!isId(appointmentId)) throw problem(notFound);
  if (lastDay === null) return again(request, officer, 'end', fields, { lastDay: 'not-a-date' }, { appointmentId });
  await request.command((tx) => endAppointment(tx, request.actor, { appointmentId, lastDay, decisionNumber: null }));
  return back(request, officer);
}

async function substitute(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  const fields = await request.form();
  const text = (name: string) => (fields.get(name) ?? '').trim();
  const errors: FieldErrors = {};
  const [to] = await listOfficersByStaffCode(request.reader, [text('toCode').toUpperCase()]);
  const validFrom = parseDay(text('validFrom'));
  const validTo = parseDay(text('validTo'));
  if (!isId(text('postId'))) errors['postId'] = 'missing';
  if (!to || to.id === officer.id) errors['toCode'] = text('toCode') === '' ? 'missing' : 'wrong';
  if (text('documentNumber') === '') errors['documentNumber'] = 'missing';
  else if (text('documentNumber').length > 100) errors['documentNumber'] = 'too-long';
  if (text('scopeNote').length > 500) errors['scopeNote'] = 'too-long';
  if (validFrom === null) errors['validFrom'] = 'not-a-date';
  if (validTo === null) errors['validTo'] = 'not-a-date';
  else if (validFrom !== null && validTo < validFrom) errors['validTo'] = 'too-early';
  if (!to || validFrom === null || validTo === null || Object.keys(errors).length > 0)
    return again(request, officer, 'substitute', fields, errors);
  await request.command((tx) =>
    substituteOfficer(tx, request.actor, {
      postId: text('postId'),
      fromOfficerId: officer.id,
      toOfficerId: to.id,
      permissions: null,
      scopeNote: text('scopeNote') || null,
      documentNumber: text('documentNumber'),
      validFrom,
      validTo,
    }),
  );
  return back(request, officer);
}

async function revoke(request: WebRequest): Promise<Reply> {
  const officer = await officerOf(request);
  await request.form();
  const substitutionId = request.params['substitutionId'] ?? '';
  if (!isId(substitutionId)) throw problem(notFound);
  await request.command((tx) => revokeSubstitution(tx, request.actor, substitutionId));
  return back(request, officer);
}

/** Pages of the people who work for the units an administrator manages. */
export function peopleRoutes(web: Web): void {
  web.get(paths.adminPeople, { access }, list);
  web.get(paths.adminPeopleExport, { access, act: exportOfficers, example: { format: 'csv' } }, exportList);
  web.get(paths.adminPersonNew, { access }, newPerson);
  web.post(paths.adminPersonNew, { access }, addPerson);
  web.get(paths.adminPerson, { access }, open);
  web.post(paths.adminPerson, { access }, saveFacts);
  web.post(paths.adminPersonAppointments, { access }, appoint);
  web.post(paths.adminPersonAppointmentEnd, { access }, end);
  web.post(paths.adminPersonSubstitutions, { access }, substitute);
  web.post(paths.adminPersonSubstitutionEnd, { access }, revoke);
}
