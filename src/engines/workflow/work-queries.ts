import type { Reach } from '../../platform/access.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** One task of one instance: where a token waits for a person. */
export interface WorkReference {
  readonly instanceId: string;
  readonly token: number;
}

export interface Work extends WorkReference {
  readonly node: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly role: string | null;
  readonly unitId: string | null;
  readonly postId: string | null;
  readonly headAssigns: boolean;
  readonly status: 'open' | 'done' | 'withdrawn' | 'failed';
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

export type Part = 'co-operating' | 'following';

const COLUMNS = `w.instance_id as "instanceId", w.token, w.node, w.name_vi as "nameVi", w.name_en as "nameEn", w.role, w.unit_id as "unitId",
  w.post_id as "postId", w.head_assigns as "headAssigns", w.status, w.due_at as "dueAt", w.created_at as "createdAt", w.ended_at as "endedAt", w.ended_by as "endedBy"`;
const one = statement(
  'workflow.find_work',
  `select ${COLUMNS} from workflow.work w where w.instance_id = $1 and w.token = $2`,
);
const ofInstance = statement(
  'workflow.list_work_of_instance',
  `select ${COLUMNS} from workflow.work w where w.instance_id = $1 order by w.created_at, w.token`,
);
const AFTER = `and ($3::timestamptz is null or (coalesce(w.due_at, 'infinity'), w.instance_id, w.token) > ($3, $4::uuid, $5::integer))
   order by coalesce(w.due_at, 'infinity'), w.instance_id, w.token limit $2`;
const ofPosts = statement(
  'workflow.list_work_of_posts',
  `select ${COLUMNS} from workflow.work w where w.post_id = any($1::uuid[]) and w.status = 'open' ${AFTER}`,
);
const ofUnits = statement(
  'workflow.list_work_of_units',
  `select ${COLUMNS} from workflow.work w where w.unit_id = any($1::uuid[]) and w.status = 'open' and ($6::text is null or w.role = $6) and (not $7::boolean or w.post_id is null) ${AFTER}`,
);
const withPart = statement(
  'workflow.list_work_with_part',
  `select ${COLUMNS}, p.part from workflow.work_part p join workflow.work w on w.instance_id = p.instance_id and w.token = p.token
   where p.post_id = any($1::uuid[]) and w.status = 'open' order by coalesce(w.due_at, 'infinity'), w.instance_id, w.token limit $2`,
);
const claim = statement(
  'workflow.claim_work',
  `update workflow.work set post_id = $3 where instance_id = $1 and token = $2 and status = 'open' and (post_id is null or post_id = $3) and not head_assigns
   returning token`,
);
const assign = statement(
  'workflow.assign_work',
  `update workflow.work w set post_id = $2, head_assigns = false
   from jsonb_to_recordset($1::jsonb) as g (instance_id uuid, token integer)
   where w.instance_id = g.instance_id and w.token = g.token and w.status = 'open' and ($3::uuid[] is null or w.unit_id = any($3::uuid[]))
   returning w.instance_id as "instanceId", w.token`,
);
const clearParts = statement(
  'workflow.clear_parts',
  'delete from workflow.work_part where instance_id = $1 and token = $2',
);
const addParts = statement(
  'workflow.add_parts',
  `insert into workflow.work_part (instance_id, token, post_id, part, added_at)
   select $1, $2, p.post_id, p.part, $4 from jsonb_to_recordset($3::jsonb) as p (post_id uuid, part text)
   on conflict (instance_id, token, post_id) do nothing`,
);
const parts = statement(
  'workflow.list_parts',
  'select post_id as "postId", part from workflow.work_part where instance_id = $1 and token = $2 order by part, post_id',
);
const fallsDue = statement(
  'workflow.claim_falling_due',
  `with due as (
     select w.instance_id, w.token, w.due_at <= $1 as is_late from workflow.work w
     where w.status = 'open' and w.due_at is not null and w.told < 2 and (w.due_at <= $1 or (w.told = 0 and w.due_at <= $2::timestamptz))
     order by w.due_at limit $3 for update skip locked
   )
   update workflow.work w set told = case when d.is_late then 2 else 1 end from due d where w.instance_id = d.instance_id and w.token = d.token
   returning ${COLUMNS}, d.is_late as "isLate"`,
);

export interface WorkPage {
  readonly limit: number;
  /** Behind this one; null from the beginning. */
  readonly after: Pick<Work, 'dueAt' | 'instanceId' | 'token'> | null;
}
const position = ({ limit, after }: WorkPage): unknown[] => [
  Math.min(limit, 200),
  after === null ? null : (after.dueAt ?? 'infinity'),
  after?.instanceId ?? null,
  after?.token ?? null,
];

export const findWork = async (reader: Reader, { instanceId, token }: WorkReference): Promise<Work | undefined> =>
  (await reader.run<Work>(one, [instanceId, token]))[0];
export const listWorkOf = (reader: Reader, instanceId: string): Promise<Work[]> =>
  reader.run<Work>(ofInstance, [instanceId]);
/** Open work of posts, the most urgent first. */
export const listWorkOfPosts = (reader: Reader, postIds: readonly string[], page: WorkPage): Promise<Work[]> =>
  reader.run<Work>(ofPosts, [postIds, ...position(page)]);
/** Open work of units, of one role or any, with or without what somebody has; the most urgent first. */
export const listWorkOfUnits = (
  reader: Reader,
  unitIds: readonly string[],
  page: WorkPage & { role: string | null; onlyFree: boolean },
): Promise<Work[]> => reader.run<Work>(ofUnits, [unitIds, ...position(page), page.role, page.onlyFree]);
export const listWorkWithPart = (
  reader: Reader,
  postIds: readonly string[],
  limit: number,
): Promise<(Work & { part: Part })[]> => reader.run<Work & { part: Part }>(withPart, [postIds, Math.min(limit, 200)]);

/** True when it is the post's now; false when somebody else has it, its head assigns it, or it is over. */
export const claimRow = async (tx: Tx, { instanceId, token }: WorkReference, postId: string): Promise<boolean> =>
  (await tx.run(claim, [instanceId, token, postId])).length === 1;
/** Gives open work within `reach` to a post (null: back to the unit); answers which it was. */
export const assignRows = (
  tx: Tx,
  work: readonly WorkReference[],
  postId: string | null,
  reach: Reach,
): Promise<WorkReference[]> =>
  tx.run<WorkReference>(assign, [
    JSON.stringify(work.map(({ instanceId, token }) => ({ instance_id: instanceId, token }))),
    postId,
    reach === 'all' ? null : reach,
  ]);
export async function replaceParts(
  tx: Tx,
  { instanceId, token }: WorkReference,
  rows: readonly { postId: string; part: Part }[],
): Promise<void> {
  await tx.run(clearParts, [instanceId, token]);
  await tx.run(addParts, [
    instanceId,
    token,
    JSON.stringify(rows.map(({ postId, part }) => ({ post_id: postId, part }))),
    tx.now,
  ]);
}
export const listParts = (
  reader: Reader,
  { instanceId, token }: WorkReference,
): Promise<{ postId: string; part: Part }[]> => reader.run<{ postId: string; part: Part }>(parts, [instanceId, token]);
/** Takes open work that is late, or due before `soon`, and was not told of as such. */
export const claimFallingDue = (tx: Tx, soon: Date, limit: number): Promise<(Work & { isLate: boolean })[]> =>
  tx.run<Work & { isLate: boolean }>(fallsDue, [tx.now, soon, limit]);
