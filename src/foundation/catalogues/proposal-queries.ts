import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Item } from './catalogue.ts';

export type ProposalKind = 'add' | 'change' | 'end';
export type ProposalState = 'waiting' | 'approved' | 'refused' | 'withdrawn';
export interface Proposal {
  id: string;
  number: number;
  catalogueId: string;
  catalogueCode: string;
  catalogueNameVi: string;
  catalogueNameEn: string;
  kind: ProposalKind;
  itemCode: string;
  /** The item as it shall be. */
  content: Item;
  reason: string;
  state: ProposalState;
  unitId: string | null;
  proposedById: string;
  proposedBy: string;
  proposedAt: Date;
  decisionReason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  rowVersion: number;
}

const SELECT = `select p.id, p.number, p.catalogue_id as "catalogueId", c.code as "catalogueCode", c.name_vi as "catalogueNameVi",
    c.name_en as "catalogueNameEn", p.kind, p.item_code as "itemCode", p.content, p.reason, p.state, p.unit_id as "unitId",
    p.proposed_by_id as "proposedById", p.proposed_by as "proposedBy", p.proposed_at as "proposedAt", p.decision_reason as "decisionReason",
    p.decided_by as "decidedBy", p.decided_at as "decidedAt", p.row_version as "rowVersion"
  from catalogues.proposal p join catalogues.catalogue c on c.id = p.catalogue_id`;

const one = statement('catalogues.find_proposal', `${SELECT} where p.id = $1`);
const locked = statement('catalogues.lock_proposal', `${SELECT} where p.id = $1 for update of p`);
export const findProposal = async (reader: Reader, id: string): Promise<Proposal | undefined> =>
  (await reader.run<Proposal>(one, [id]))[0];
export const lockProposal = async (tx: Tx, id: string): Promise<Proposal | undefined> =>
  (await tx.run<Proposal>(locked, [id]))[0];

const list = statement(
  'catalogues.list_proposals',
  `${SELECT} where ($1::text is null or p.state = $1) and ($2::text is null or c.code = $2) and ($3::uuid[] is null or p.unit_id = any($3))
     and ($4::bigint is null or p.number < $4) order by p.number desc limit $5`,
);
export interface ProposalFilter {
  state: string | null;
  catalogue: string | null;
  /** Only proposals of these units; null: all. */
  unitIds: readonly string[] | null;
  /** Number of the last one seen. */
  after: number | null;
  limit: number;
}
/** Proposals, the newest first. */
export const listProposals = (reader: Reader, filter: ProposalFilter): Promise<Proposal[]> =>
  reader.run(list, [filter.state, filter.catalogue, filter.unitIds, filter.after, filter.limit]);

const waiting = statement(
  'catalogues.count_waiting',
  `select count(*)::int as count from ((select from catalogues.proposal where state = 'waiting' limit 1000)
     union all (select from catalogues.mapping_change where state = 'waiting' limit 1000)) w`,
);
export const countWaiting = async (reader: Reader): Promise<number> =>
  (await reader.run<{ count: number }>(waiting))[0]?.count ?? 0;

const insert = statement(
  'catalogues.insert_proposal',
  `insert into catalogues.proposal (id, catalogue_id, kind, item_code, content, reason, state, unit_id, proposed_by_id, proposed_by, proposed_at)
   values ($1, $2, $3, $4, $5::jsonb, $6, 'waiting', $7, $8, $9, $10)`,
);
export async function insertProposal(
  tx: Tx,
  row: Pick<Proposal, 'id' | 'catalogueId' | 'kind' | 'content' | 'reason' | 'unitId'>,
): Promise<void> {
  await tx.run(insert, [
    row.id,
    row.catalogueId,
    row.kind,
    row.content.code,
    JSON.stringify(row.content),
    row.reason,
    row.unitId,
    tx.actor.id ?? '',
    tx.actor.label,
    tx.now,
  ]);
}

const decide = statement(
  'catalogues.decide_proposal',
  `update catalogues.proposal set state = $2, decision_reason = $3, decided_by = $4, decided_at = $5, version_id = $6, row_version = row_version + 1
   where id = $1 and state = 'waiting'`,
);
export async function endProposal(
  tx: Tx,
  id: string,
  state: Exclude<ProposalState, 'waiting'>,
  reason: string | null,
  versionId: string | null,
): Promise<void> {
  await tx.run(decide, [id, state, reason, tx.actor.label, tx.now, versionId]);
}
