import { statement, type Tx } from '../../platform/database.ts';
import type { Owner } from './form-queries.ts';

const handOver = statement(
  'forms.hand_over_drafts',
  `update forms.draft set owner_kind = $4, owner_id = $5 where id = any($1::uuid[]) and owner_kind = $2 and owner_id = $3`,
);
/** Drafts get another owner, as when two accounts are merged; those of anybody else are left. */
export const handOverDrafts = (tx: Tx, ids: readonly string[], from: Owner, to: Owner): Promise<object[]> =>
  tx.run(handOver, [ids, from.kind, from.id, to.kind, to.id]);
