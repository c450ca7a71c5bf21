import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Breach, BreachFacts, BreachFigures, BreachRisk, BreachState } from './breach.ts';

const COLUMNS = `id, number, unit_id as "unitId", title, discovered_at as "discoveredAt", due_at as "dueAt", nature, place, data_kinds as "dataKinds", persons_count as "personsCount",
  contact, consequences, measures, state, risk, assessment, assessed_at as "assessedAt", assessed_by as "assessedBy", notified_at as "notifiedAt",
  notified_to as "notifiedTo", notified_by as "notifiedBy", late_reason as "lateReason", people_told as "peopleTold", people_notice as "peopleNotice",
  people_notified_at as "peopleNotifiedAt", closed_at as "closedAt", closed_by as "closedBy", closing_note as "closingNote",
  recorded_by as "recordedBy", recorded_at as "recordedAt"`;
const insert = statement(
  'people.insert_breach',
  `insert into people.breach (id, title, discovered_at, due_at, nature, place, data_kinds, persons_count, contact, consequences, measures, state, recorded_by, recorded_at, unit_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13, $14) returning number`,
);
const find = statement('people.find_breach', `select ${COLUMNS} from people.breach where id = $1`);
const lock = statement('people.lock_breach', `select ${COLUMNS} from people.breach where id = $1 for update`);
const list = statement(
  'people.list_breaches',
  `select ${COLUMNS} from people.breach where ($1::text is null or state = $1) and number < $2 and ($4::uuid[] is null or unit_id = any($4)) order by number desc limit $3`,
);
const assess = statement(
  'people.assess_breach',
  `update people.breach set risk = $2, assessment = $3, assessed_at = $4, assessed_by = $5, version = version + 1 where id = $1 and state = 'open'`,
);
const notified = statement(
  'people.notify_breach',
  `update people.breach set state = 'notified', notified_at = $2, notified_to = $3, notified_by = $4, late_reason = $5, version = version + 1
   where id = $1 and state = 'open'`,
);
const told = statement(
  'people.tell_breach',
  `update people.breach set people_told = coalesce(people_told, 0) + $2, people_notice = $3, people_notified_at = $4, version = version + 1 where id = $1`,
);
const close = statement(
  'people.close_breach',
  `update people.breach set state = 'closed', closed_at = $2, closed_by = $3, closing_note = $4, version = version + 1 where id = $1`,
);
const figures = statement(
  'people.breach_figures',
  `select count(*)::int as recorded, count(*) filter (where notified_at <= due_at)::int as "inTime",
     count(*) filter (where notified_at > due_at or (state = 'open' and risk is distinct from 'none' and due_at < $3))::int as late,
     count(*) filter (where state <> 'closed')::int as open, coalesce(sum(persons_count), 0)::int as persons
   from people.breach where discovered_at >= $1 and discovered_at < $2 and ($4::uuid[] is null or unit_id = any($4))`,
);
const due = statement(
  'people.list_due_breaches',
  `select ${COLUMNS} from people.breach where state = 'open' and risk is distinct from 'none' and due_at < $1 order by due_at limit 100`,
);
const waiting = statement(
  'people.count_open_breaches',
  `select count(*)::int as n from (select from people.breach where state = 'open' and ($1::uuid[] is null or unit_id = any($1)) limit 1000) waiting`,
);

export const insertBreach = async (
  tx: Tx,
  b: BreachFacts & { id: string; unitId: string | null; dueAt: Date; recordedBy: string },
): Promise<number> =>
  (
    await tx.run<{ number: number }>(insert, [
      b.id,
      b.title,
      b.discoveredAt,
      b.dueAt,
      b.nature,
      b.place,
      b.dataKinds,
      b.personsCount,
      b.contact,
      b.consequences,
      b.measures,
      b.recordedBy,
      tx.now,
      b.unitId,
    ])
  )[0]!.number;
export const findBreach = async (reader: Reader, id: string): Promise<Breach | undefined> =>
  (await reader.run<Breach>(find, [id]))[0];
export const lockBreach = async (tx: Tx, id: string): Promise<Breach | undefined> =>
  (await tx.run<Breach>(lock, [id]))[0];
/** The newest first, of numbers below `before`; of some units, or of all. */
export const listBreaches = (
  reader: Reader,
  filter: { state: BreachState | null; before: number | null; limit: number; unitIds: readonly string[] | null },
): Promise<Breach[]> =>
  reader.run<Breach>(list, [filter.state, filter.before ?? Number.MAX_SAFE_INTEGER, filter.limit, filter.unitIds]);
export const updateAssessed = (
  tx: Tx,
  id: string,
  given: { risk: BreachRisk; assessment: string; by: string },
): Promise<object[]> => tx.run(assess, [id, given.risk, given.assessment, tx.now, given.by]);
export const updateNotified = (
  tx: Tx,
  id: string,
  given: { at: Date; to: string; by: string; lateReason: string | null },
): Promise<object[]> => tx.run(notified, [id, given.at, given.to, given.by, given.lateReason]);
export const updateTold = (tx: Tx, id: string, count: number, text: string): Promise<object[]> =>
  tx.run(told, [id, count, text, tx.now]);
export const updateClosed = (tx: Tx, id: string, by: string, note: string): Promise<object[]> =>
  tx.run(close, [id, tx.now, by, note]);

/** Figures of breaches discovered in a period; of some units, or of all. */
export const breachFigures = async (
  reader: Reader,
  from: Date,
  to: Date,
  now: Date,
  unitIds: readonly string[] | null,
): Promise<BreachFigures> => (await reader.run<BreachFigures>(figures, [from, to, now, unitIds]))[0]!;
/** Breaches that the authority has to be told of before `before`, the nearest first; at most a hundred. */
export const listDueBreaches = (reader: Reader, before: Date): Promise<Breach[]> => reader.run<Breach>(due, [before]);
export const countOpenBreaches = async (reader: Reader, unitIds: readonly string[] | null): Promise<number> =>
  (await reader.run<{ n: number }>(waiting, [unitIds]))[0]?.n ?? 0;
