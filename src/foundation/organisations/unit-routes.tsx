import { can } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { parseDay, shiftDay } from '../../platform/day.ts';
import { agencyScheme } from '../rules/index.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { assignIdentifier, endIdentifier } from './assign-identifier.ts';
import { changeUnit } from './change-unit.ts';
import { closeUnit } from './close-unit.ts';
import { createUnit } from './create-unit.ts';
import { createPost } from './manage-post.ts';
import { staffOf } from './officer-queries.ts';
import { listOperationsOfUnit } from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { unitMissing } from './organisation-problems.ts';
import { listPosts } from './post-queries.ts';
import { findUnit } from './get-unit.ts';
import { agencyCodesOf, ancestorsOf, findByAgencyCode, listChildren, namesOf, searchUnits } from './unit-queries.ts';
import { readUnitForm, type FieldErrors, type Unit } from './unit.ts';
import { listIdentifiers, listSuccession, listUnitVersions } from './unit-write-queries.ts';
import { errorTexts } from './views/admin-words.ts';
import { UnitPage, type UnitFormName } from './views/unit-page.tsx';
import { UnitTreePage } from './views/unit-tree-page.tsx';

const access = { permission: manageOrganisations };
const SEARCH_LIMIT = 100;

/** The day a page is asked for: `?ngay=`, today otherwise. */
const dayOf = (request: WebRequest): string => parseDay(request.query.get('ngay') ?? '') ?? localDate(request.now);

/** Every value of a form as it came, so that a page that comes back has it again. */
export const valuesOf = (fields: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...fields].filter(([name]) => name !== '_csrf'));

async function tree(request: WebRequest): Promise<Reply> {
  const on = dayOf(request);
  const text = (request.query.get('tim') ?? '').trim().slice(0, 100);
  const inside = request.query.get('trong');
  const parent = inside !== null && isId(inside) ? inside : null;
  const units: (Unit & { hasChildren?: boolean })[] =
    text === ''
      ? await listChildren(request.reader, parent, on)
      : await searchUnits(request.reader, text, on, SEARCH_LIMIT);
  const scheme = on >= '2025-07-01' ? 'qd20' : 'qcvn102';
  const codes = await agencyCodesOf(
    request.reader,
    units.map((unit) => unit.id),
    scheme,
    on,
  );
  const path = parent === null || text !== '' ? [] : await ancestorsOf(request.reader, parent, on);
  const rows = units.map((unit) => ({
    ...unit,
    hasChildren: unit.hasChildren ?? true,
    code: codes.get(unit.id) ?? null,
  }));
  return page(<UnitTreePage on={on} today={localDate(request.now)} text={text} path={path} rows={rows} />);
}

/** The unit on the day asked for; a closed or future one is shown as it was on its nearest day. */
async function unitOf(request: WebRequest): Promise<{ unit: Unit; on: string }> {
  const id = request.params['id'] ?? '';
  const on = dayOf(request);
  const unit = await findUnit(request.reader, id, on);
  if (unit) return { unit, on };
  const newest = isId(id) ? (await listUnitVersions(request.reader, id))[0] : undefined;
  const nearest = newest && (newest.validTo !== null && newest.validTo < on ? newest.validTo : newest.validFrom);
  const shown = nearest === undefined ? undefined : await findUnit(request.reader, id, nearest);
  if (!shown || nearest === undefined) throw problem(unitMissing);
  return { unit: shown, on: nearest };
}

async function show(
  request: WebRequest,
  failed: { name: UnitFormName; form: FormState } | null = null,
): Promise<Reply> {
  const { unit, on } = await unitOf(request);
  const { reader } = request;
  const [path, children, versions, identifiers, succession, posts, staff, operations] = await Promise.all([
    ancestorsOf(reader, unit.id, on),
    listChildren(reader, unit.id, on),
    listUnitVersions(reader, unit.id),
    listIdentifiers(reader, unit.id),
    listSuccession(reader, unit.id),
    listPosts(reader, unit.id, on),
    staffOf(reader, [unit.id], on),
    listOperationsOfUnit(reader, unit.id),
  ]);
  const others = [
    ...succession.flatMap((link) => [link.predecessorId, link.successorId]),
    ...versions.map((each) => each.parentId),
  ];
  const names = await namesOf(
    reader,
    others.filter((id): id is string => id !== null),
    on,
  );
  const today = formatDate(localDate(request.now));
  const parentCode =
    unit.parentId === null ? undefined : (await agencyCodesOf(reader, [unit.parentId], 'qd20', on)).get(unit.parentId);
  const { nameVi, nameEn, shortName, kind, address, phone, email, gsoCode } = unit;
  const forms: Record<UnitFormName, FormState> = {
    change: freshForm({
      nameVi,
      nameEn,
      shortName,
      kind,
      address: address ?? '',
      phone: phone ?? '',
      email: email ?? '',
      gsoCode: gsoCode ?? '',
      tier: String(unit.tier),
      sortOrder: String(unit.sortOrder),
      parentCode: parentCode ?? '',
      validFrom: today,
    }),
    child: freshForm({ kind: 'division', tier: String(unit.tier), sortOrder: '0', validFrom: today }),
    close: freshForm(),
    identifier: freshForm({ validFrom: today }),
    post: freshForm({ validFrom: today }),
  };
  if (failed) forms[failed.name] = failed.form;
  return page(
    <UnitPage
      today={localDate(request.now)}
      {...{ unit, on, path, versions, identifiers, succession, names, posts, staff, operations, forms }}
      children_={children}
      canManage={can(request.actor, manageOrganisations, { unitId: unit.id })}
      failed={failed?.name ?? null}
    />,
    { status: failed ? 422 : 200 },
  );
}

const again = (request: WebRequest, name: UnitFormName, fields: URLSearchParams, errors: FieldErrors) =>
  show(request, { name, form: { values: valuesOf(fields), errors: errorTexts(errors, request.locale) } });

async function change(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  const fields = await request.form();
  const { value, errors } = readUnitForm(fields);
  const parentCode = (fields.get('parentCode') ?? '').trim().toUpperCase();
  let parentId = unit.parentId;
  const known =
    parentId === null
      ? undefined
      : (await agencyCodesOf(request.reader, [parentId], 'qd20', dayOf(request))).get(parentId);
  if (parentCode !== '' && parentCode !== known) {
    const parent = await findByAgencyCode(request.reader, parentCode, value.validFrom || dayOf(request));
    if (parent) parentId = parent.id;
    else errors['parentCode'] = 'wrong';
  }
  if (Object.keys(errors).length > 0) return again(request, 'change', fields, errors);
  const version = Number(fields.get('version'));
  await request.command((tx) => changeUnit(tx, request.actor, unit.id, version, { ...value, parentId }));
  return seeOther(request.href(paths.adminUnit({ id: unit.id }, { ngay: value.validFrom })));
}

async function child(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  const fields = await request.form();
  const { value, errors } = readUnitForm(fields);
  if (Object.keys(errors).length > 0) return again(request, 'child', fields, errors);
  const id = await request.command((tx) => createUnit(tx, request.actor, { ...value, parentId: unit.id }));
  return seeOther(request.href(paths.adminUnit({ id }, { ngay: value.validFrom })));
}

async function close(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  const fields = await request.form();
  const errors: FieldErrors = {};
  const lastDay = parseDay(fields.get('lastDay') ?? '');
  const decisionNumber = (fields.get('decisionNumber') ?? '').trim();
  if (lastDay === null) errors['lastDay'] = 'not-a-date';
  if (decisionNumber === '') errors['decisionNumber'] = 'missing';
  else if (decisionNumber.length > 100) errors['decisionNumber'] = 'too-long';
  const codes = (fields.get('successors') ?? '')
    .split(',')
    .map((code) => code.trim().toUpperCase())
    .filter(Boolean)
    .slice(0, 20);
  const successors = await Promise.all(
    codes.map((code) =>
      findByAgencyCode(request.reader, code, lastDay === null ? dayOf(request) : shiftDay(lastDay, 1)),
    ),
  );
  if (successors.includes(undefined)) errors['successors'] = 'wrong';
  if (lastDay === null || Object.keys(errors).length > 0) return again(request, 'close', fields, errors);
  const successorIds = successors.flatMap((each) => (each ? [each.id] : []));
  const version = Number(fields.get('version'));
  await request.command((tx) =>
    closeUnit(tx, request.actor, { unitId: unit.id, version, lastDay, decisionNumber, successorIds }),
  );
  return seeOther(request.href(paths.adminUnit({ id: unit.id }, { ngay: lastDay })));
}

async function identifier(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  const fields = await request.form();
  const code = (fields.get('code') ?? '').trim().toUpperCase();
  const validFrom = parseDay(fields.get('validFrom') ?? '');
  const errors: FieldErrors = {};
  if (code === '') errors['code'] = 'missing';
  else if (agencyScheme(code) === null) errors['code'] = 'wrong';
  if (validFrom === null) errors['validFrom'] = 'not-a-date';
  if (validFrom === null || Object.keys(errors).length > 0) return again(request, 'identifier', fields, errors);
  await request.command((tx) => assignIdentifier(tx, request.actor, { unitId: unit.id, code, validFrom }));
  return seeOther(request.href(paths.adminUnit({ id: unit.id }, { ngay: validFrom })));
}

/** Ends an identifier today: it stays on what was written until now. */
async function endCode(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  await request.form();
  const identifierId = request.params['identifierId'] ?? '';
  if (!isId(identifierId)) throw problem(notFound);
  const lastDay = localDate(request.now);
  await request.command((tx) => endIdentifier(tx, request.actor, { unitId: unit.id, identifierId, lastDay }));
  return seeOther(request.href(paths.adminUnit({ id: unit.id })));
}

async function post(request: WebRequest): Promise<Reply> {
  const { unit } = await unitOf(request);
  const fields = await request.form();
  const titleVi = (fields.get('titleVi') ?? '').trim();
  const titleEn = (fields.get('titleEn') ?? '').trim() || titleVi;
  const validFrom = parseDay(fields.get('validFrom') ?? '');
  const errors: FieldErrors = {};
  if (titleVi === '') errors['titleVi'] = 'missing';
  else if (titleVi.length > 200) errors['titleVi'] = 'too-long';
  if (titleEn.length > 200) errors['titleEn'] = 'too-long';
  if (validFrom === null) errors['validFrom'] = 'not-a-date';
  if (validFrom === null || Object.keys(errors).length > 0) return again(request, 'post', fields, errors);
  const isLeader = fields.get('isLeader') === '1';
  const id = await request.command((tx) =>
    createPost(tx, request.actor, unit.id, { titleVi, titleEn, isLeader, sortOrder: 50, validFrom }),
  );
  return seeOther(request.href(paths.adminPost({ id })));
}

/** Pages of the tree of units for administrators. */
export function unitRoutes(web: Web): void {
  web.get(paths.adminUnits, { access }, tree);
  web.get(paths.adminUnit, { access }, (request) => show(request));
  web.post(paths.adminUnitChange, { access }, change);
  web.post(paths.adminUnitChildren, { access }, child);
  web.post(paths.adminUnitClosing, { access }, close);
  web.post(paths.adminUnitIdentifiers, { access }, identifier);
  web.post(paths.adminUnitIdentifierEnd, { access }, endCode);
  web.post(paths.adminUnitPosts, { access }, post);
}
