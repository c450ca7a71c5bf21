import { insertOfficialAccount } from '../src/foundation/identity/testing.ts';
import { insertTestOfficer, insertTestPost } from '../src/foundation/organisations/testing.ts';
import type { Tx } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { houses, type House, type Town, type Visitor } from './_town.ts';

/*
 * Words that occur nowhere else, put into everything that belongs to somebody: whoever reads one in an answer has read that thing. They
 * are letters and digits only, so that no encoding, folding or shortening hides them.
 */

export const kinds = [
  'dossier',
  'note',
  'person',
  'message',
  'draft',
  'phrase',
  'request',
  'breach',
  'merger',
  'login',
  'mandate',
  'factor',
] as const;
export type Kind = (typeof kinds)[number];
export const markerOf = (house: House, kind: Kind): string => `Zq${house}x${kind}`;

/** Every marker in an answer. */
export function markersIn(body: string): { house: House; kind: Kind }[] {
  const found = new Map<string, { house: House; kind: Kind }>();
  for (const [whole, house, kind] of body.matchAll(
    /zq([1-4])x(dossier|note|person|message|draft|phrase|request|breach|merger|login|mandate|factor)/gi,
  ))
    found.set(whole.toLowerCase(), { house: Number(house) as House, kind: kind!.toLowerCase() as Kind });
  return [...found.values()];
}

const holds = (visitor: Visitor, ...permissions: string[]): boolean =>
  permissions.some((permission) => visitor.permissions.has(permission));

/**
 * Whether somebody may read a thing of a house, by what the province says of its roles (`roles.json`) and the law: the owner, whoever holds a
 * mandate in force, officials over whose agency it is. Whoever works at a counter may be asked by anybody of the province
 * (docs/adr/rights-by-unit.md).
 */
export function mayRead(visitor: Visitor, house: House, kind: Kind): boolean {
  const isOwn = visitor.self === house;
  const isAtPlace = visitor.places.has(house) && holds(visitor, 'dossiers.view');
  switch (kind) {
    case 'dossier':
      return isOwn || visitor.mandates.has(house) || isAtPlace || visitor.scopes.has('dossiers.read');
    case 'note':
      return isAtPlace;
    case 'person':
      return (
        isOwn ||
        visitor.knows.has(house) ||
        (visitor.everywhere && holds(visitor, 'identity.manage')) ||
        (visitor.places.has(house) && holds(visitor, 'people.approve-mergers', 'people.requests')) ||
        holds(visitor, 'people.merge', 'delegations.confirm', 'delegations.name-operators', 'events.view')
      );
    case 'message':
      return isOwn || holds(visitor, 'notifications.manage');
    case 'request':
      return isOwn || (visitor.places.has(house) && holds(visitor, 'people.requests'));
    case 'breach':
      return visitor.places.has(house) && holds(visitor, 'people.breaches');
    case 'merger':
      return visitor.places.has(house) && holds(visitor, 'people.merge', 'people.approve-mergers');
    case 'login':
      return visitor.places.has(house) && holds(visitor, 'identity.manage');
    case 'mandate':
      return isOwn || visitor.knows.has(house) || holds(visitor, 'delegations.confirm', 'delegations.name-operators');
    case 'phrase':
      return isAtPlace;
    case 'factor':
      return isOwn || (visitor.everywhere && holds(visitor, 'identity.manage'));
    case 'draft':
      return isOwn;
  }
}

/** Ids of a house's things, by the words that `_rights.ts` uses for the parameters of routes. */
export type Things = Record<string, string>;

const STATES = { fresh: 1, working: 4, waiting: 5, done: 9, returned: 10 } as const;

async function plantDossiers(tx: Tx, town: Town, house: House, things: Things): Promise<void> {
  const marker = markerOf(house, 'dossier');
  const owner = town.owners[house];
  const agency = house === 4 ? town.places.agencies[1] : town.places.agencies[house];
  const centre = agency === town.places.agencies[1] ? town.places.centre : agency;
  for (const [name, state] of Object.entries(STATES)) {
    const [row] = await tx.raw<{ id: string; fileId: string | null; submissionId: string | null }>(
      `select d.id, coalesce((select file_id from dossiers.paper p where p.dossier_id = d.id and file_id is not null limit 1),
         (select file_id from dossiers.result r where r.dossier_id = d.id and file_id is not null limit 1)) as "fileId", d.form_submission_id as "submissionId"
       from dossiers.dossier d where d.state = $1 and d.applicant_name not like 'Zq%'
       order by (exists (select from dossiers.paper p where p.dossier_id = d.id and file_id is not null)) desc, (d.form_submission_id is not null) desc, d.id limit 1`,
      [state],
    );
    if (!row) throw new Error(`The demonstration has too few dossiers in state ${state}`);
    const { id } = row;
    things[name] = id;
    things[`${name}File`] = row.fileId ?? newId();
    await tx.raw(
      `update dossiers.dossier set applicant_name = $2, applicant_phone = $2, applicant_email = $2, applicant_address = $2, delivery_address = $2,
         submitter_name = $2, applicant_identity = $2, applicant_identity_masked = null, applicant_account_id = $3, applicant_kind = $4, delegation_id = null, submitter_account_id = null,
         competent_unit_id = $5, handling_unit_id = case when state in (1, 9) then $6::uuid else $5::uuid end, receiving_unit_id = $6, support_unit_id = null, assignee_post_id = null
       where id = $1`,
      [id, marker, owner.id, owner.kind, agency, centre],
    );
    await tx.raw('update dossiers.step set unit_id = $2, assignee_post_id = null where dossier_id = $1', [id, agency]);
    await tx.raw('update dossiers.act set remark = $2, unit_id = $3, actor_label = $4 where dossier_id = $1', [
      id,
      marker,
      agency,
      'Cán bộ',
    ]);
    await tx.raw('update dossiers.paper set name = $2, remark = $2 where dossier_id = $1', [id, marker]);
    await tx.raw('update dossiers.result set title = $2, remark = $2 where dossier_id = $1', [id, marker]);
    await tx.raw('update dossiers.supplement set reason = $2, remark = $2 where dossier_id = $1', [id, marker]);
    await tx.raw(`update files.file set file_name = $2 where owner_kind = 'dossier' and owner_id = $1`, [
      id,
      `${marker}.pdf`,
    ]);
    await tx.raw(
      'insert into dossiers.note (id, dossier_id, text, at, author_id, author_label) values ($1, $2, $3, $4, null, $5)',
      [newId(), id, markerOf(house, 'note'), tx.now, 'Cán bộ'],
    );
    if (row.submissionId)
      await tx.raw(
        `update forms.submission set answers = answers || jsonb_build_object('fullName', $2::text, 'phone', $2::text) where id = $1`,
        [row.submissionId, marker],
      );
  }
  const [code] = await tx.raw<{ code: string }>('select code from dossiers.dossier where id = $1', [things['working']]);
  things['code'] = code?.code ?? '';
}

async function plantPerson(tx: Tx, town: Town, house: House, things: Things): Promise<void> {
  const owner = town.owners[house];
  const person = markerOf(house, 'person');
  const kind = owner.kind === 'business' ? 'business' : 'citizen';
  things['account'] = owner.id;
  await tx.raw('update identity.account set name = $2 where id = $1', [owner.id, person]);
  await tx.raw('update identity.person set full_name = $2, address_line = $2 where account_id = $1', [
    owner.id,
    person,
  ]);
  await tx.raw('update identity.business set name = $2, address_line = $2 where account_id = $1', [owner.id, person]);
  await tx.raw(
    `insert into notifications.contact_point (recipient_kind, recipient_id, channel, address, verified_at, updated_at) values ('account', $1, 'email', $2, now(), now())`,
    [owner.id, `${person}@example.vn`],
  );
  things['message'] = newId();
  await tx.raw(
    `insert into notifications.message (id, effect_key, recipient_kind, recipient_id, channel, locale, template, subject, body, is_sensitive, state, created_at)
     values ($1, $2, 'account', $3, 'in-app', 'vi', 'delegations.proposed', $4, $4, false, 'sent', $5)`,
    [things['message'], `rig/${house}`, owner.id, markerOf(house, 'message'), tx.now],
  );
  things['factor'] = newId();
  await tx.raw(
    `insert into identity.factor (id, account_id, kind, name, created_at, secret_sealed) values ($1, $2, 'app', $3, $4, 'x')`,
    [things['factor'], owner.id, markerOf(house, 'factor'), tx.now],
  );
  const unitId = unitOf(town, house);
  things['request'] = newId();
  await tx.raw(
    `insert into people.request (id, account_id, kind, text, details, state, received_at, due_at, unit_id) values ($1, $2, 'complaint', $3, '{}', 'received', $4, $4::timestamptz + interval '3 days', $5)`,
    [things['request'], owner.id, markerOf(house, 'request'), tx.now, unitId],
  );
  things['breach'] = newId();
  await tx.raw(
    `insert into people.breach (id, title, discovered_at, due_at, nature, place, data_kinds, contact, consequences, measures, state, recorded_by, recorded_at, unit_id)
     values ($1, $2, $3, $3::timestamptz + interval '3 days', $2, $2, $2, $2, $2, $2, 'open', 'Cán bộ', $3, $4)`,
    [things['breach'], markerOf(house, 'breach'), tx.now, unitId],
  );
  things['managed'] = house === 4 ? owner.id : await plantOfficial(tx, unitId, markerOf(house, 'login'));
  things['upload'] = newId();
  await tx.raw(
    `insert into files.upload (id, sender_id, owner_kind, owner_id, file_name, kind, size_bytes, created_at, expires_at)
     values ($1, $2, 'application', $3, $4, 'pdf', 1000, $5, $5::timestamptz + interval '1 day')`,
    [things['upload'], owner.id, newId(), `${markerOf(house, 'draft')}.pdf`, tx.now],
  );
  await plantDraft(tx, owner.id, kind, markerOf(house, 'draft'), things);
}

/** Where what is planted for a house belongs: a place that the posts at its agency reach, and those at the agency's centre. */
const unitOf = (town: Town, house: House): string =>
  house === 1 || house === 4 ? town.places.centre : town.places.agencies[house];

/** The account of an official who works at a unit, with a user name that only its administrators read. */
async function plantOfficial(tx: Tx, unitId: string, userName: string): Promise<string> {
  const postId = await insertTestPost(tx, { unitId, permissions: ['dossiers.view'] });
  const officer = await insertTestOfficer(tx, { name: 'Cán bộ có tài khoản', postIds: [postId] });
  const account = await insertOfficialAccount(tx, { officerId: officer.id, postId, name: officer.name });
  await tx.raw(`update identity.login set value = $2 where account_id = $1 and kind = 'user-name'`, [
    account.id,
    userName.toLowerCase(),
  ]);
  return account.id;
}

async function plantDraft(tx: Tx, accountId: string, kind: string, marker: string, things: Things): Promise<void> {
  const [offer] = await tx.raw<{ id: string; versionId: string; formVersionId: string }>(
    `select o.id, v.id as "versionId", (select f.id from forms.form_version f join forms.form g on g.id = f.form_id where g.code = 'dang-ky-khai-sinh' limit 1) as "formVersionId"
     from procedures.offer o join procedures.procedure p on p.id = o.procedure_id join procedures.procedure_version v on v.procedure_id = p.id
     where p.code = '1.001193' limit 1`,
  );
  if (!offer) throw new Error('The demonstration does not offer 1.001193');
  const [id, draftId] = [newId(), newId()];
  things['application'] = id;
  await tx.raw(
    `insert into forms.draft (id, owner_kind, owner_id, form_version_id, subject_kind, subject_id, answers, created_at, updated_at, expires_at)
     values ($1, $2, $3, $4, 'application', $5, jsonb_build_object('fullName', $6::text), $7, $7, $7::timestamptz + interval '30 days')`,
    [draftId, kind, accountId, offer.formVersionId, id, marker, tx.now],
  );
  await tx.raw(
    `insert into portal.application (id, purpose, account_id, owner_kind, procedure_version_id, offer_id, draft_id, delivery, delivery_address, remark, created_at, expires_at)
     values ($1, 'submission', $2, $3, $4, $5, $6, 'post', $7, $7, $8, $8::timestamptz + interval '30 days')`,
    [id, accountId, kind, offer.versionId, offer.id, draftId, marker, tx.now],
  );
  const file = await tx.raw<{ id: string }>(
    `insert into files.file (id, sha256, size_bytes, kind, media_type, file_name, owner_kind, owner_id, uploaded_by, created_at)
     select $1, sha256, size_bytes, kind, media_type, $2, 'application', $3, uploaded_by, $4 from files.file limit 1 returning id`,
    [newId(), `${marker}.pdf`, id, tx.now],
  );
  things['applicationFile'] = file[0]?.id ?? newId();
  await tx.raw(
    `insert into portal.application_paper (id, application_id, paper_key, file_id, created_at) values ($1, $2, 'rig', $3, $4)`,
    [newId(), id, things['applicationFile'], tx.now],
  );
}

async function plantMandates(tx: Tx, town: Town, things: Things): Promise<void> {
  const marker = markerOf(1, 'mandate');
  const give = async (
    to: string,
    facts: { state?: string; until?: string | null; see?: boolean; scope?: string; values?: string[] },
  ) => {
    const id = newId();
    await tx.raw(
      `insert into delegations.delegation (id, giver_account_id, delegate_account_id, kind, relation, scope, scope_values, may_submit, may_see, may_receive, valid_from, valid_to, state, initiator, proposed_at)
       values ($1, $2, $3, 'relative', $4, $5, $6, true, $7, false, '2026-01-01', $8, $9, 'giver', $10)`,
      [
        id,
        town.owners[1].id,
        town.others[to]!.id,
        marker,
        facts.scope ?? 'all',
        facts.values ?? [],
        facts.see ?? true,
        facts.until ?? null,
        facts.state ?? 'active',
        tx.now,
      ],
    );
    return id;
  };
  things['delegation'] = await give('delegate', {});
  await give('submit-only delegate', { see: false });
  await give('expired delegate', { until: '2026-02-28' });
  await give('withdrawn delegate', { state: 'withdrawn' });
  things['askedDelegation'] = await give('asked delegate', { state: 'proposed' });
  await give('narrow delegate', { scope: 'procedure', values: ['9.999999'] });
  const [officer] = await tx.raw<{ id: string }>(
    `select id from organisations.officer where staff_code = 'DEMO-TRUONGBOPHAN'`,
  );
  things['merger'] = newId();
  await tx.raw(
    `insert into people.merger (id, source_account_id, target_account_id, identity_number, proof, state, proposed_at, proposed_by_id, proposed_by, unit_id)
     values ($1, $2, $3, '0', $4, 'done', $5, $6, 'Cán bộ', $7)`,
    [
      things['merger'],
      town.others['merged']!.id,
      town.owners[1].id,
      markerOf(1, 'merger'),
      tx.now,
      officer!.id,
      unitOf(town, 1),
    ],
  );
}

async function plantPhrases(tx: Tx, town: Town, house: 1 | 2 | 3, things: Things): Promise<void> {
  things['phrase'] = newId();
  await tx.raw(
    `insert into frontdesk.phrase (id, officer_id, unit_id, purpose, title, body, updated_at, updated_by) values ($1, null, $2, 'supplement', $3, $3, $4, 'rig')`,
    [things['phrase'], town.places.agencies[house], markerOf(house, 'phrase'), tx.now],
  );
}

/** Plants everything and returns the ids of it. */
export async function plant(tx: Tx, town: Town): Promise<Record<House, Things>> {
  const all = { 1: {}, 2: {}, 3: {}, 4: {} } as Record<House, Things>;
  for (const house of houses) {
    await plantDossiers(tx, town, house, all[house]);
    await plantPerson(tx, town, house, all[house]);
    if (house !== 4) await plantPhrases(tx, town, house, all[house]);
  }
  await plantMandates(tx, town, all[1]);
  return all;
}

/** One hash over all rows that hold a marker or one of the things: it changes when anybody changes one of them. */
export async function fingerprint(
  read: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>,
  things: Record<House, Things>,
): Promise<Record<string, string>> {
  const ids = houses.flatMap((house) => Object.values(things[house]).filter((id) => /^[0-9a-f-]{36}$/.test(id)));
  const tables: [name: string, where: string][] = [
    ['dossiers.dossier', 'id = any($1::uuid[])'],
    ...['act', 'note', 'paper', 'step', 'result', 'supplement', 'fee', 'clock_entry'].map((name): [string, string] => [
      `dossiers.${name}`,
      'dossier_id = any($1::uuid[])',
    ]),
    ['identity.account', 'id = any($1::uuid[])'],
    ['identity.person', 'account_id = any($1::uuid[])'],
    ['identity.business', 'account_id = any($1::uuid[])'],
    ['identity.business_member', 'business_id = any($1::uuid[])'],
    ['identity.login', 'account_id = any($1::uuid[])'],
    ['identity.factor', 'account_id = any($1::uuid[])'],
    ['notifications.message', 'recipient_id = any($1::uuid[]::text[])'],
    ['notifications.contact_point', 'recipient_id = any($1::uuid[]::text[])'],
    ['notifications.choice', 'recipient_id = any($1::uuid[]::text[])'],
    ['delegations.delegation', 'giver_account_id = any($1::uuid[]) or delegate_account_id = any($1::uuid[])'],
    ['people.request', 'account_id = any($1::uuid[])'],
    ['people.closing', 'account_id = any($1::uuid[])'],
    ['people.breach', 'id = any($1::uuid[])'],
    ['people.merger', 'target_account_id = any($1::uuid[])'],
    ['portal.application', 'account_id = any($1::uuid[])'],
    ['portal.application_paper', 'application_id = any($1::uuid[])'],
    ['forms.draft', 'owner_id = any($1::uuid[]::text[])'],
    ['frontdesk.phrase', 'id = any($1::uuid[])'],
    ['files.file', 'id = any($1::uuid[]) or owner_id = any($1::uuid[]::text[])'],
    ['files.upload', 'id = any($1::uuid[])'],
    ['organisations.role_permission', 'cardinality($1::uuid[]) >= 0'],
    ['organisations.post_role', 'cardinality($1::uuid[]) >= 0'],
    ['platform.setting', 'cardinality($1::uuid[]) >= 0'],
  ];
  const selects = tables.map(
    ([name, where]) =>
      `select '${name}' as name, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from ${name} t where ${where}`,
  );
  const rows = await read<{ name: string; hash: string }>(selects.join('\nunion all\n'), [ids]);
  return Object.fromEntries(rows.map((row) => [row.name, row.hash]));
}
