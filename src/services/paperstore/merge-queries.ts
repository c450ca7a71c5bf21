import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'paperstore.count_merge',
  'select count(*)::int as n from paperstore.paper where account_id = $1',
);
// What both have from the same result stays with the closed account.
const move = statement(
  'paperstore.merge_papers',
  `update paperstore.paper p set account_id = $2 where p.account_id = $1
     and not exists (select from paperstore.paper o where o.account_id = $2 and o.reference = p.reference) returning p.id`,
);
const back = statement(
  'paperstore.unmerge_papers',
  `update paperstore.paper set account_id = $1 where account_id = $2 and id = any($3::uuid[])`,
);
export const countMergePapers = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ n: number }>(count, [accountId]))[0]?.n ?? 0;
export const takePapers = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  (await tx.run<{ id: string }>(move, [from, to])).map((row) => row.id);
export const givePapersBack = (tx: Tx, from: string, to: string, ids: readonly string[]): Promise<object[]> =>
  tx.run(back, [from, to, ids]);
