import { localDate } from '../../platform/clock.ts';
import { statement, type Tx } from '../../platform/database.ts';
import { maskIdentity, type Dossier } from './dossier.ts';
import { addingTo, countedThings, type CountedThing } from './figure-queries.ts';
import type { PastLife } from './past-life.ts';
import { contentHash, trackingHash, trackingSecretOf } from './submission.ts';

/* Many lived dossiers at once: one statement per table, every constraint in force. */

/** Columns of one insert: name, type and value of each; rows travel as one array per column. */
type Column<Row> = readonly [name: string, type: string, value: (row: Row) => unknown];

const text = (value: object): string => JSON.stringify(value);

async function insertRows<Row>(
  tx: Tx,
  table: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map(([name]) => name).join(', ');
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  await tx.raw(
    `insert into ${table} (${names}) select * from unnest(${arrays})`,
    columns.map(([, , value]) => rows.map(value)),
  );
}

type Counted = { life: PastLife; secret: string; key: string };
const ofDossier = (name: string, type: string, field: keyof Dossier): Column<Counted> => [
  name,
  type,
  ({ life }) => life.dossier[field],
];

const dossierColumns: readonly Column<Counted>[] = [
  ofDossier('id', 'uuid', 'id'),
  ofDossier('state', 'int2', 'state'),
  ofDossier('resume_state', 'int2', 'resumeState'),
  ofDossier('version', 'int4', 'version'),
  ofDossier('last_act', 'int4', 'lastAct'),
  ofDossier('code', 'text', 'code'),
  ofDossier('code_agency', 'text', 'codeAgency'),
  ofDossier('code_date', 'date', 'codeDate'),
  ofDossier('code_sequence', 'int4', 'codeSequence'),
  ofDossier('rule_pack', 'text', 'rulePack'),
  [
    'tracking_hash',
    'bytea',
    ({ life, secret }) => trackingHash(life.dossier.id, trackingSecretOf(secret, life.dossier.id)),
  ],
  ofDossier('procedure_id', 'uuid', 'procedureId'),
  ['procedure_version_id', 'uuid', ({ life }) => life.input.procedureVersionId],
  ['offer_id', 'uuid', ({ life }) => life.input.offerId],
  ['form_submission_id', 'uuid', ({ life }) => life.input.formSubmissionId],
  ['terms', 'jsonb', ({ life }) => text(life.input.terms)],
  ['applicant_kind', 'text', ({ life }) => life.input.applicant.kind],
  ['applicant_account_id', 'uuid', ({ life }) => life.input.applicant.accountId],
  ['applicant_name', 'text', ({ life }) => life.input.applicant.name],
  ['applicant_identity', 'text', ({ life }) => life.input.applicant.identity],
  [
    'applicant_identity_masked',
    'text',
    ({ life }) => (life.input.applicant.identity === null ? null : maskIdentity(life.input.applicant.identity)),
  ],
  ['applicant_phone', 'text', ({ life }) => life.input.applicant.phone],
  ['applicant_email', 'text', ({ life }) => life.input.applicant.email],
  ['applicant_address', 'text', ({ life }) => life.input.applicant.address],
  ['submitter_name', 'text', ({ life }) => life.input.applicant.submitterName],
  ['channel', 'text', ({ life }) => life.input.channel],
  ['delivery', 'text', ({ life }) => life.input.delivery],
  ['delivery_address', 'text', ({ life }) => life.input.deliveryAddress],
  ['support_unit_id', 'uuid', ({ life }) => life.input.supportUnitId],
  ofDossier('receiving_unit_id', 'uuid', 'receivingUnitId'),
  ofDossier('competent_unit_id', 'uuid', 'competentUnitId'),
  ofDossier('handling_unit_id', 'uuid', 'handlingUnitId'),
  ofDossier('assignee_post_id', 'uuid', 'assigneePostId'),
  ofDossier('current_step', 'int2', 'currentStep'),
  ofDossier('submitted_at', 'timestamptz', 'submittedAt'),
  ofDossier('received_at', 'timestamptz', 'receivedAt'),
  ofDossier('due_at', 'timestamptz', 'dueAt'),
  ofDossier('first_due_at', 'timestamptz', 'firstDueAt'),
  ofDossier('step_due_at', 'timestamptz', 'stepDueAt'),
  ofDossier('paused_at', 'timestamptz', 'pausedAt'),
  ofDossier('finished_at', 'timestamptz', 'finishedAt'),
  ofDossier('returned_at', 'timestamptz', 'returnedAt'),
  ofDossier('is_on_time', 'bool', 'isOnTime'),
];

/** The same for what belongs to dossiers; `dossier_id` comes by itself. */
function insertParts<Part>(
  tx: Tx,
  table: string,
  lives: readonly PastLife[],
  partsOf: (life: PastLife) => readonly Part[],
  columns: readonly Column<NoInfer<Part>>[],
  owner = 'dossier_id',
): Promise<void> {
  const rows = lives.flatMap((life) => partsOf(life).map((part) => ({ id: life.dossier.id, part })));
  const ofPart = columns.map(([name, type, value]): Column<{ id: string; part: Part }> => [
    name,
    type,
    ({ part }) => value(part),
  ]);
  return insertRows(tx, table, [[owner, owner === 'dossier_id' ? 'uuid' : 'text', ({ id }) => id], ...ofPart], rows);
}

/**
 * Writes lived dossiers: their rows, papers, steps, clock, acts, fees, supplements, results, events and the figures of their months. The
 * events carry the transaction number 0, that of history: they are the record, but no subscriber is told of them (nobody is sent mail
 * for what happened last year), so the figures that a subscriber would keep are written here. An act's `before` is kept where the act
 * could still be taken back, after `takeBackFrom`.
 */
export async function insertLives(
  tx: Tx,
  lives: readonly PastLife[],
  { secret, takeBackFrom }: { secret: string; takeBackFrom: Date },
): Promise<void> {
  const counted = lives.map((life) => ({ life, secret, key: `history/${life.dossier.id}` }));
  await insertRows(tx, 'dossiers.dossier', dossierColumns, counted);
  await insertRows<Counted>(
    tx,
    'dossiers.submission_key',
    [
      ['owner', 'text', ({ life }) => `${life.submittedBy.kind}/${life.submittedBy.id ?? 'anonymous'}`],
      ['key', 'text', ({ key }) => key],
      ['dossier_id', 'uuid', ({ life }) => life.dossier.id],
      ['content_hash', 'bytea', ({ life }) => contentHash({ ...life.input, contentDigest: life.dossier.id })],
      ['created_at', 'timestamptz', ({ life }) => life.dossier.submittedAt],
    ],
    counted,
  );
  await insertParts(tx, 'dossiers.paper', lives, (life) => life.papers, [
    ['id', 'uuid', (p) => p.id],
    ['position', 'int2', (p) => p.position],
    ['component_code', 'text', (p) => p.componentCode],
    ['name', 'text', (p) => p.name],
    ['file_id', 'uuid', (p) => p.fileId],
    ['originals', 'int2', (p) => p.originals],
    ['copies', 'int2', (p) => p.copies],
    ['is_electronic', 'bool', (p) => p.isElectronic],
    ['is_digitised', 'bool', (p) => p.isDigitised ?? false],
    ['round', 'int2', (p) => p.round],
    ['replaces_paper_id', 'uuid', (p) => p.replacesPaperId],
  ]);
  await insertParts(tx, 'dossiers.clock_entry', lives, (life) => life.dossier.clock, [
    ['number', 'int2', (e) => e.number],
    ['kind', 'text', (e) => e.kind],
    ['at', 'timestamptz', (e) => e.at],
    ['reason', 'text', (e) => e.reason],
    ['until', 'timestamptz', (e) => e.until],
    ['remark', 'text', (e) => e.remark],
  ]);
  await insertParts(tx, 'dossiers.step', lives, (life) => life.dossier.steps, [
    ['position', 'int2', (s) => s.position],
    ['kind', 'text', (s) => s.kind],
    ['name_vi', 'text', (s) => s.nameVi],
    ['name_en', 'text', (s) => s.nameEn],
    ['role', 'text', (s) => s.role],
    ['unit_id', 'uuid', (s) => s.unitId],
    ['weight', 'numeric', (s) => s.weight],
    ['assignee_post_id', 'uuid', (s) => s.assigneePostId],
    ['started_at', 'timestamptz', (s) => s.startedAt],
    ['due_at', 'timestamptz', (s) => s.dueAt],
    ['finished_at', 'timestamptz', (s) => s.finishedAt],
    ['finished_by', 'text', (s) => s.finishedBy],
    ['outcome', 'text', (s) => s.outcome],
    ['remark', 'text', (s) => s.remark],
  ]);
  await insertParts(tx, 'dossiers.act', lives, (life) => life.acts, [
    ['number', 'int4', (a) => a.number],
    ['name', 'text', (a) => a.name],
    ['at', 'timestamptz', (a) => a.at],
    ['actor_kind', 'text', (a) => a.actorKind],
    ['actor_id', 'text', (a) => a.actorId],
    ['actor_label', 'text', (a) => a.actorLabel],
    ['post_id', 'uuid', (a) => a.postId],
    ['unit_id', 'uuid', (a) => a.unitId],
    ['from_state', 'int2', (a) => a.fromState],
    ['to_state', 'int2', (a) => a.toState],
    ['remark', 'text', (a) => a.remark],
    ['details', 'jsonb', (a) => text(a.details)],
    ['before', 'jsonb', (a) => (a.before !== null && a.at >= takeBackFrom ? text(a.before) : null)],
  ]);
  await insertParts(tx, 'dossiers.supplement', lives, (life) => life.supplements, [
    ['number', 'int2', (s) => s.number],
    ['items', 'jsonb', (s) => text(s.items)],
    ['reason', 'text', (s) => s.reason],
    ['requested_at', 'timestamptz', (s) => s.requestedAt],
    ['requested_by', 'text', (s) => s.requestedBy],
    ['requested_unit_id', 'uuid', (s) => s.unitId],
    ['answered_at', 'timestamptz', (s) => s.answeredAt],
    ['answered_by', 'text', (s) => s.answeredBy],
    ['remark', 'text', (s) => s.remark],
    ['changes', 'jsonb', (s) => (s.answeredAt === null ? null : '[]')],
  ]);
  await insertParts(tx, 'dossiers.fee', lives, (life) => life.fees, [
    ['id', 'uuid', (f) => f.id],
    ['name', 'text', (f) => f.name],
    ['amount_dong', 'int8', (f) => f.amountDong],
    ['moment', 'int2', (f) => f.moment],
    ['requested_at', 'timestamptz', (f) => f.requestedAt],
    ['receipt_number', 'text', (f) => f.receiptNumber],
    ['method', 'text', (f) => f.method],
    ['paid_at', 'timestamptz', (f) => f.paidAt],
    ['recorded_by', 'text', (f) => f.recordedBy],
  ]);
  await insertParts(tx, 'dossiers.result', lives, (life) => life.results, [
    ['number', 'int2', (r) => r.number],
    ['code', 'text', (r) => r.code],
    ['outcome', 'text', (r) => r.outcome],
    ['title', 'text', (r) => r.title],
    ['remark', 'text', (r) => r.remark],
    ['file_id', 'uuid', (r) => r.fileId],
    ['decided_at', 'timestamptz', (r) => r.decidedAt],
    ['decided_by', 'text', (r) => r.decidedBy],
  ]);
  await insertParts(
    tx,
    'platform.event',
    lives,
    (life) => life.events,
    [
      ['subject_kind', 'text', () => 'dossier'],
      ['xid', 'xid8', () => '0'],
      ['request_id', 'text', () => 'HISTORY'],
      ['occurred_at', 'timestamptz', (e) => e.at],
      ['name', 'text', (e) => e.name],
      ['unit_id', 'uuid', (e) => e.unitId],
      ['actor_kind', 'text', (e) => e.actor.kind],
      ['actor_id', 'text', (e) => e.actor.id],
      ['actor_label', 'text', (e) => e.actor.label],
      ['payload', 'jsonb', (e) => text(e.payload)],
    ],
    'subject_id',
  );
  await addFigures(tx, lives);
}

const COUNTED: Readonly<Record<string, (facts: PastLife['events'][number]['payload']) => readonly CountedThing[]>> = {
  'dossiers.submitted': ({ channel }) => (channel === 'online' ? ['submitted', 'submitted_online'] : ['submitted']),
  'dossiers.received': () => ['received'],
  'dossiers.refused': () => ['refused'],
  'dossiers.withdrawn': () => ['withdrawn'],
  'dossiers.stopped': () => ['stopped'],
  'dossiers.completed': ({ isOnTime }) => [isOnTime === false ? 'finished_late' : 'finished_on_time'],
  'dossiers.result-returned': () => ['returned'],
};

const ROWS = `select * from unnest($1::date[], $2::uuid[], $3::uuid[], ${countedThings.map((_, i) => `$${i + 4}::int4[]`).join(', ')})`;
const addMonths = addingTo('monthly_figure', 'month', ROWS);
const addDays = addingTo('daily_figure', 'day', ROWS);

/** What the subscriber `dossiers.count-month` would have counted for these events. */
async function addFigures(tx: Tx, lives: readonly PastLife[]): Promise<void> {
  const events = lives.flatMap((life) => life.events);
  await addSums(tx, addDays, events, (at) => localDate(at));
  await addSums(tx, addMonths, events, (at) => `${localDate(at).slice(0, 7)}-01`);
}

async function addSums(
  tx: Tx,
  sql: string,
  events: readonly PastLife['events'][number][],
  periodOf: (at: Date) => string,
): Promise<void> {
  const sums = new Map<string, { at: readonly string[]; counts: Record<string, number> }>();
  for (const { name, at, payload } of events) {
    const period = periodOf(at);
    const key = `${period}/${payload.competentUnitId}/${payload.procedureId}`;
    for (const thing of COUNTED[name]?.(payload) ?? []) {
      const sum = sums.get(key) ?? { at: [period, payload.competentUnitId, payload.procedureId], counts: {} };
      sum.counts[thing] = (sum.counts[thing] ?? 0) + 1;
      sums.set(key, sum);
    }
  }
  const rows = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  if (rows.length === 0) return;
  await tx.raw(
    sql,
    [0, 1, 2]
      .map((i) => rows.map(({ at }) => at[i] as unknown))
      .concat(countedThings.map((thing) => rows.map(({ counts }) => counts[thing] ?? 0))),
  );
}

const reserve = statement(
  'dossiers.reserve_code_numbers',
  `insert into dossiers.code_counter as c (agency, day, last_number) select * from unnest($1::text[], $2::date[], $3::int4[])
   on conflict (agency, day) do update set last_number = c.last_number + excluded.last_number
   returning agency, day, last_number as "lastNumber"`,
);

/** Takes the next `count` numbers of each agency's day; returns the last of each under `agency/day`. Sorted, so that nobody waits for each other. */
export async function reserveCodeNumbers(
  tx: Tx,
  wanted: readonly { agency: string; day: string; count: number }[],
): Promise<Map<string, number>> {
  const sorted = wanted.toSorted((a, b) => (`${a.agency}/${a.day}` < `${b.agency}/${b.day}` ? -1 : 1));
  const rows = await tx.run<{ agency: string; day: string; lastNumber: number }>(reserve, [
    sorted.map((w) => w.agency),
    sorted.map((w) => w.day),
    sorted.map((w) => w.count),
  ]);
  return new Map(rows.map((row) => [`${row.agency}/${row.day}`, row.lastNumber]));
}
