import type pg from 'pg';
import type { Finding } from '../src/foundation/ledger/finding.ts';

/** What somebody with the database's password could do, how it is undone, and which finding names the place. */
export interface Mutation {
  kind: string;
  apply(): Promise<void>;
  undo(): Promise<void>;
  isLocatedBy(finding: Finding): boolean;
  /** Further findings that the same change brings with it. */
  explains?(finding: Finding): boolean;
}

export interface Ground {
  client: pg.Client;
  random(below: number): number;
}

const TILE = 256;

/** Rows of a table put aside, to be put back as they were. */
async function keptRows(
  client: pg.Client,
  table: string,
  where: string,
  values: unknown[],
): Promise<() => Promise<void>> {
  const { rows: columns } = await client.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const names = columns[0]!.names;
  const { rows } = await client.query<{ row: object }>(
    `select to_jsonb(t) as row from ${table} t where ${where}`,
    values,
  );
  return async () => {
    await client.query(`delete from ${table} t where ${where}`, values);
    await client.query(
      `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows.map(({ row }) => row))],
    );
  };
}

/** The event at a leaf. */
async function eventAt({ client }: Ground, leaf: number): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    'select event_ids[$2 + 1]::text as id from ledger.bundle where number = $1',
    [Math.floor(leaf / TILE), leaf % TILE],
  );
  return Number(rows[0]!.id);
}

export /** A dossier does not fit events that were changed: true, and not the place of the change. */
const follows = (subjects: ReadonlySet<string>) => (finding: Finding) =>
  finding.kind.startsWith('subject-') && subjects.has(finding.subject?.id ?? '');

async function subjectsOf(client: pg.Client, where: string, values: unknown[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `select subject_id as id from platform.event t where ${where}`,
    values,
  );
  return new Set(rows.map((row) => row.id));
}

export type Sql = (text: string, values: unknown[]) => Promise<unknown>;
async function onRows(
  { client }: Ground,
  kind: string,
  [table, where, values]: [table: string, where: string, values: unknown[]],
  change: (sql: Sql) => Promise<unknown>,
  isLocatedBy: Mutation['isLocatedBy'],
): Promise<Mutation> {
  const undo = await keptRows(client, table, where, values);
  const subjects = table === 'platform.event' ? await subjectsOf(client, where, values) : new Set<string>();
  const sql: Sql = (text, given) => client.query(text, given);
  return { kind, undo, isLocatedBy, apply: async () => void (await change(sql)), explains: follows(subjects) };
}

const EDITS = [
  `payload = payload || '{"dueAt": "2031-01-01T00:00:00.000Z"}'`,
  `payload = jsonb_set(payload, '{added}', '1')`,
  `occurred_at = occurred_at - interval '1 microsecond'`,
  `name = name || '-changed'`,
  `actor_label = 'Nguyễn Văn Khác'`,
  `actor_id = 'somebody-else'`,
  `subject_id = subject_id || '0'`,
  `unit_id = gen_random_uuid()`,
  `request_id = 'OTHER'`,
] as const;

export async function eventEdited(ground: Ground, leaf: number): Promise<Mutation> {
  const id = await eventAt(ground, leaf);
  const edit = EDITS[ground.random(EDITS.length)]!;
  return onRows(
    ground,
    'event edited',
    ['platform.event', 't.id = $1', [id]],
    (sql) => sql(`update platform.event set ${edit} where id = $1`, [id]),
    (finding) => finding.kind === 'event-changed' && finding.leaf === leaf && finding.eventId === id,
  );
}

export async function eventDeleted(ground: Ground, leaf: number): Promise<Mutation> {
  const id = await eventAt(ground, leaf);
  return onRows(
    ground,
    'event deleted',
    ['platform.event', 't.id = $1', [id]],
    (sql) => sql('delete from platform.event where id = $1', [id]),
    (finding) => finding.kind === 'event-missing' && finding.leaf === leaf && finding.eventId === id,
  );
}

/** A copy of an event under a number of its own, among those that are sealed. */
export async function eventInserted(ground: Ground, leaf: number): Promise<Mutation> {
  const id = await eventAt(ground, leaf);
  const made = -1 - leaf; // before all others of its transaction
  return {
    kind: 'event inserted',
    apply: async () =>
      void (await ground.client.query(
        `insert into platform.event (id, xid, occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
         select $2, xid, occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload from platform.event where id = $1`,
        [id, made],
      )),
    undo: async () => void (await ground.client.query('delete from platform.event where id = $1', [made])),
    explains: follows(await subjectsOf(ground.client, 't.id = $1', [id])),
    isLocatedBy: (finding) => finding.kind === 'event-inserted' && finding.eventId === made,
  };
}

/** Two events say what the other one said. */
export async function eventsSwapped(ground: Ground, leaf: number): Promise<Mutation> {
  const [one, other] = [await eventAt(ground, leaf), await eventAt(ground, leaf % TILE === 0 ? leaf + 1 : leaf - 1)];
  return onRows(
    ground,
    'events swapped',
    ['platform.event', 't.id = any($1::bigint[])', [[one, other]]],
    (sql) =>
      sql(
        `update platform.event e set payload = o.payload, subject_id = o.subject_id, actor_label = o.actor_label, request_id = o.request_id
         from platform.event o where e.id = any($1::bigint[]) and o.id = any($1::bigint[]) and o.id <> e.id`,
        [[one, other]],
      ),
    (finding) => finding.kind === 'event-changed' && (finding.leaf === leaf || finding.eventId === other),
  );
}

const flipped = (column: string, at: number) => `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

export const saltChanged = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'salt changed',
    ['ledger.bundle', 't.number = $1', [Math.floor(leaf / TILE)]],
    (sql) =>
      sql(
        `update ledger.bundle set salts = ${flipped('salts', (leaf % TILE) * 16 + ground.random(16))} where number = $1`,
        [Math.floor(leaf / TILE)],
      ),
    (finding) => finding.kind === 'event-changed' && finding.leaf === leaf,
  );

export const saltErased = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'salt erased',
    ['ledger.bundle', 't.number = $1', [Math.floor(leaf / TILE)]],
    (sql) =>
      sql(
        `update ledger.bundle set salts = overlay(salts placing $2 from ${(leaf % TILE) * 16 + 1}) where number = $1`,
        [Math.floor(leaf / TILE), Buffer.alloc(16)],
      ),
    (finding) => finding.leaf === leaf && (finding.kind === 'salt-erased' || finding.kind === 'event-changed'),
  );

export const entryChanged = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'entry changed',
    ['ledger.bundle', 't.number = $1', [Math.floor(leaf / TILE)]],
    (sql) =>
      sql(
        `update ledger.bundle set entries = ${flipped('entries', (leaf % TILE) * 32 + ground.random(32))} where number = $1`,
        [Math.floor(leaf / TILE)],
      ),
    (finding) => finding.kind === 'entry-changed' && finding.leaf === leaf,
  );

export const bundleDeleted = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'bundle deleted',
    ['ledger.bundle', 't.number = $1', [Math.floor(leaf / TILE)]],
    (sql) => sql('delete from ledger.bundle where number = $1', [Math.floor(leaf / TILE)]),
    (finding) => finding.kind === 'bundle-changed' && finding.place === `bundle ${Math.floor(leaf / TILE)}`,
  );

export const tileChanged = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'tile changed',
    ['ledger.tile', 't.level = 0 and t.number = $1', [Math.floor(leaf / TILE)]],
    (sql) =>
      sql(
        `update ledger.tile set hashes = ${flipped('hashes', (leaf % TILE) * 32 + ground.random(32))} where level = 0 and number = $1`,
        [Math.floor(leaf / TILE)],
      ),
    (finding) => finding.kind === 'tile-changed' && finding.leaf === leaf,
  );

export const tileDeleted = (ground: Ground, leaf: number): Promise<Mutation> =>
  onRows(
    ground,
    'tile deleted',
    ['ledger.tile', 't.level = 0 and t.number = $1', [Math.floor(leaf / TILE)]],
    (sql) => sql('delete from ledger.tile where level = 0 and number = $1', [Math.floor(leaf / TILE)]),
    (finding) => finding.kind === 'tile-changed' && finding.place === `tile 0/${Math.floor(leaf / TILE)}`,
  );

export const upperTileChanged = (ground: Ground, at: number): Promise<Mutation> =>
  onRows(
    ground,
    'tile of level 1 changed',
    ['ledger.tile', 't.level = 1 and t.number = 0', []],
    (sql) => sql(`update ledger.tile set hashes = ${flipped('hashes', at)} where level = 1 and number = 0`, []),
    (finding) => finding.kind === 'tile-changed' && finding.place === 'tile 1/0',
  );

export const checkpointChanged = (ground: Ground, size: number): Promise<Mutation> =>
  onRows(
    ground,
    'checkpoint changed',
    ['ledger.checkpoint', 't.size = $1', [size]],
    (sql) => sql(`update ledger.checkpoint set root = ${flipped('root', ground.random(32))} where size = $1`, [size]),
    (finding) => finding.kind === 'checkpoint-changed' && finding.place === `checkpoint ${size}`,
  );

/** Edits of a dossier that every constraint allows: for which dossiers, and what. */
export const DOSSIER_EDITS = [
  ['due_at', 'due_at is not null', `due_at + interval '1 day'`],
  ['due_at', 'due_at is not null', `due_at - interval '1 microsecond'`],
  ['due_at', 'due_at is not null and finished_at is null', 'null'],
  ['first_due_at', 'first_due_at is not null', `first_due_at + interval '3 days'`],
  ['step_due_at', 'step_due_at is not null', `step_due_at + interval '1 hour'`],
  ['submitted_at', 'true', `submitted_at + interval '1 second'`],
  ['received_at', 'received_at is not null', `received_at - interval '2 days'`],
  ['finished_at', 'finished_at is not null', `finished_at - interval '5 days'`],
  ['returned_at', 'returned_at is not null', `returned_at - interval '5 days'`],
  ['is_on_time', 'is_on_time is not null', 'not is_on_time'],
  ['state', 'state = 2', '4'],
  ['state', 'state = 4', '2'],
] as const;

export async function dossierEdited(ground: Ground, id: string, at: number): Promise<Mutation> {
  const [column, , value] = DOSSIER_EDITS[at]!;
  const { rows } = await ground.client.query<{ was: unknown }>(
    `select ${column} as was from dossiers.dossier where id = $1`,
    [id],
  );
  const { rows: text } = await ground.client.query<{ was: string | null }>(
    `select ${column}::text as was from dossiers.dossier where id = $1`,
    [id],
  );
  const set = (to: string, values: unknown[]) =>
    ground.client.query(`update dossiers.dossier set ${column} = ${to} where id = $1`, [id, ...values]);
  const type = column === 'state' ? 'smallint' : column === 'is_on_time' ? 'boolean' : 'timestamptz';
  return {
    kind: `dossier's ${column} edited`,
    apply: async () => void (await set(value, [])),
    undo: async () => void (await set(`$2::text::${type}`, [rows[0] ? text[0]!.was : null])),
    isLocatedBy: (finding) =>
      finding.kind === 'subject-changed' &&
      finding.subject?.id === id &&
      finding.column === `dossiers.dossier.${column}`,
  };
}

export async function dossierDeleted(ground: Ground, id: string): Promise<Mutation> {
  const quietly = async (work: () => Promise<unknown>) => {
    await ground.client.query('set session_replication_role = replica');
    await work();
    await ground.client.query('set session_replication_role = origin');
  };
  const putBack = await keptRows(ground.client, 'dossiers.dossier', 't.id = $1', [id]);
  return {
    kind: 'dossier deleted',
    apply: () => quietly(() => ground.client.query('delete from dossiers.dossier where id = $1', [id])),
    undo: () => quietly(putBack),
    isLocatedBy: (finding) => finding.kind === 'subject-missing' && finding.subject?.id === id,
  };
}
