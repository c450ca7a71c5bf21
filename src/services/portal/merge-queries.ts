import { statement, type Reader, type Tx } from '../../platform/database.ts';

interface MovedApplication {
  id: string;
  draftId: string | null;
}
const count = statement(
  'portal.count_merge_applications',
  `select count(*)::int as n from portal.application where account_id = $1 and submitted_at is null`,
);
const merge = statement(
  'portal.merge_applications',
  `update portal.application set account_id = $2 where account_id = $1 and owner_kind = 'citizen' returning id, draft_id as "draftId"`,
);
const back = statement(
  'portal.unmerge_applications',
  `update portal.application set account_id = $1 where account_id = $2 and id = any($3::uuid[]) returning id, draft_id as "draftId"`,
);

/** Applications of an account that are not sent yet. */
export const countMergeApplications = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ n: number }>(count, [accountId]))[0]?.n ?? 0;
/** All applications of a citizen become another account's; returns them with their drafts. */
export const takeApplications = (tx: Tx, from: string, to: string): Promise<MovedApplication[]> =>
  tx.run<MovedApplication>(merge, [from, to]);
export const unmergeApplications = (
  tx: Tx,
  from: string,
  to: string,
  moved: readonly string[],
): Promise<MovedApplication[]> => tx.run<MovedApplication>(back, [from, to, moved]);
