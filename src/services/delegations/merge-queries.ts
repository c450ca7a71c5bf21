import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'delegations.count_merge_delegations',
  `select (select count(*)::int from delegations.delegation where giver_account_id = $1 and delegate_account_id <> $2) as given,
     (select count(*)::int from delegations.delegation where delegate_account_id = $1 and giver_account_id is distinct from $2) as held,
     (select count(*)::int from delegations.delegation where (giver_account_id, delegate_account_id) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))) as between`,
);
const given = statement(
  'delegations.merge_given',
  `update delegations.delegation set giver_account_id = $2, version = version + 1
   where giver_account_id = $1 and delegate_account_id <> $2 returning id`,
);
const givenBack = statement(
  'delegations.unmerge_given',
  `update delegations.delegation set giver_account_id = $1, version = version + 1 where giver_account_id = $2 and id = any($3::uuid[])`,
);
const held = statement(
  'delegations.merge_held',
  `update delegations.delegation set delegate_account_id = $2, version = version + 1
   where delegate_account_id = $1 and giver_account_id is distinct from $2 returning id`,
);
const heldBack = statement(
  'delegations.unmerge_held',
  `update delegations.delegation set delegate_account_id = $1, version = version + 1 where delegate_account_id = $2 and id = any($3::uuid[])`,
);

interface MergeCounts {
  given: number;
  held: number;
  between: number;
}
const ids = (rows: { id: string }[]): string[] => rows.map((row) => row.id);

export const countMergeDelegations = async (reader: Reader, from: string, to: string): Promise<MergeCounts> =>
  (await reader.run<MergeCounts>(count, [from, to]))[0]!;
/** Mandates that an account gave become another's; returns them. */
export const mergeGiven = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(given, [from, to]));
export const unmergeGiven = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(givenBack, [from, to, moved]);
/** Mandates that an account holds become another's; returns them. */
export const mergeHeld = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(held, [from, to]));
export const unmergeHeld = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(heldBack, [from, to, moved]);
