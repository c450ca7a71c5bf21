import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { PaperFacts, PaperSource, StoredPaper } from './stored-paper.ts';

const COLUMNS = `p.id, p.account_id as "accountId", p.file_id as "fileId", p.kind, p.name, p.number, p.issuer, p.issued_on as "issuedOn",
  p.valid_until as "validUntil", p.source, p.dossier_id as "dossierId", p.result_code as "resultCode", p.is_verified as "isVerified",
  p.added_at as "addedAt", p.changed_at as "changedAt", p.deleted_at as "deletedAt", p.replaced_by as "replacedBy", p.version`;

const find = statement(
  'paperstore.find',
  `select ${COLUMNS} from paperstore.paper p where p.id = $1 and p.account_id = $2`,
);
const lock = statement(
  'paperstore.lock',
  `select ${COLUMNS} from paperstore.paper p where p.id = $1 and p.account_id = $2 for update`,
);
const byIds = statement(
  'paperstore.list_by_ids',
  `select ${COLUMNS} from paperstore.paper p where p.account_id = $1 and p.id = any($2::uuid[]) and p.deleted_at is null order by p.added_at desc, p.id`,
);
// A store holds at most 500 papers, so that the key of the order may be computed for each.
const list = statement(
  'paperstore.list',
  `select * from (select ${COLUMNS},
     case $6::text when 'ten' then p.folded when 'han' then coalesce(p.valid_until::text, '9999') else
       to_char(99999999999999 - (extract(epoch from p.added_at) * 1000)::bigint, 'FM00000000000000') end as key
   from paperstore.paper p
   where p.account_id = $1 and p.deleted_at is null
     and ($2::text is null or p.kind = $2) and ($3::text is null or p.source = $3)
     and ($4::text is null or p.folded like '%' || $4 || '%')
     and case $5::text when 'con' then p.valid_until is null or p.valid_until >= $7::date when 'sap' then p.valid_until between $7::date and $8::date
       when 'het' then p.valid_until < $7::date else true end) rows
   where $9::text is null or (key, id) > ($9, $10::uuid) order by key, id limit $11`,
);
const kinds = statement(
  'paperstore.list_kinds',
  `select kind, count(*)::int as count from paperstore.paper where account_id = $1 and deleted_at is null group by kind order by kind limit 200`,
);
const deleted = statement(
  'paperstore.list_deleted',
  `select ${COLUMNS} from paperstore.paper p where p.account_id = $1 and p.deleted_at is not null order by p.deleted_at desc, p.id limit 500`,
);
const countAll = statement(
  'paperstore.count_of_account',
  'select count(*)::int as n from paperstore.paper where account_id = $1',
);
const insert = statement(
  'paperstore.insert',
  `insert into paperstore.paper (id, account_id, file_id, kind, name, number, issuer, issued_on, valid_until, folded, source, dossier_id, reference,
     result_code, is_verified, added_at, added_by, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $16)
   on conflict (account_id, reference) where reference is not null do nothing returning id`,
);
const describe = statement(
  'paperstore.describe',
  `update paperstore.paper set kind = $3, name = $4, number = $5, issuer = $6, issued_on = $7, valid_until = $8, folded = $9, changed_at = $10,
     version = version + 1 where id = $1 and version = $2 and deleted_at is null returning id`,
);
const remove = statement(
  'paperstore.mark_deleted',
  `update paperstore.paper set deleted_at = $3, replaced_by = $4, version = version + 1
   where account_id = $1 and id = any($2::uuid[]) and deleted_at is null returning id, kind, source`,
);
const restore = statement(
  'paperstore.restore',
  `update paperstore.paper set deleted_at = null, replaced_by = null, version = version + 1 where account_id = $1 and id = $2 and deleted_at is not null
   returning kind, source`,
);
const erase = statement(
  'paperstore.erase',
  `delete from paperstore.paper where id = any($1::uuid[]) returning id, account_id as "accountId", file_id as "fileId", kind, source`,
);
const overdue = statement(
  'paperstore.list_overdue',
  'select id from paperstore.paper where deleted_at < $1 order by deleted_at, id limit $2 for update skip locked',
);
const ofAccount = statement(
  'paperstore.list_ids_of_account',
  'select id from paperstore.paper where account_id = $1 for update',
);
const references = statement(
  'paperstore.list_references',
  'select reference, deleted_at is not null as "isDeleted" from paperstore.paper where account_id = $1 and reference = any($2::text[])',
);
const forgetReference = statement(
  'paperstore.list_of_reference',
  `select id from paperstore.paper where account_id = $1 and dossier_id = $2 and source = 'result' for update`,
);
const expiring = statement(
  'paperstore.list_expiring',
  `select ${COLUMNS} from paperstore.paper p where p.account_id = $1 and p.deleted_at is null and p.valid_until <= $2::date
     and p.valid_until >= $3::date - 365 order by p.valid_until, p.id limit $4`,
);
const due = statement(
  'paperstore.list_due_reminders',
  `select p.id, p.account_id as "accountId", p.name, p.valid_until as "validUntil" from paperstore.paper p
     left join paperstore.choice c on c.account_id = p.account_id
   where p.deleted_at is null and p.valid_until >= $1::date and p.valid_until <= $1::date + 365 and p.reminded_for is distinct from p.valid_until
     and case when c.account_id is null then p.valid_until <= $1::date + $2::int else p.valid_until <= $1::date + c.remind_days end
   order by p.valid_until, p.id limit $3 for update of p skip locked`,
);
const reminded = statement(
  'paperstore.mark_reminded',
  'update paperstore.paper set reminded_for = valid_until where id = any($1::uuid[])',
);

export const findPaper = async (reader: Reader, id: string, accountId: string): Promise<StoredPaper | undefined> =>
  (await reader.run<StoredPaper>(find, [id, accountId]))[0];
export const lockPaper = async (tx: Tx, id: string, accountId: string): Promise<StoredPaper | undefined> =>
  (await tx.run<StoredPaper>(lock, [id, accountId]))[0];
/** Papers of an account by their ids, deleted ones not. */
export const listPapersByIds = (reader: Reader, accountId: string, ids: readonly string[]): Promise<StoredPaper[]> =>
  reader.run<StoredPaper>(byIds, [accountId, ids]);

export const paperSorts = ['moi', 'ten', 'han'] as const;
export interface PaperFilter {
  kind: string | null;
  source: PaperSource | null;
  /** Folded words to look for. */
  text: string | null;
  validity: 'con' | 'sap' | 'het' | null;
  sort: (typeof paperSorts)[number];
  today: string;
  /** Last day that counts as near. */
  soonUntil: string;
}
export type PaperRow = StoredPaper & { key: string };
export const listPapers = (
  reader: Reader,
  accountId: string,
  filter: PaperFilter,
  after: { key: string; id: string } | null,
  limit: number,
): Promise<PaperRow[]> =>
  reader.run<PaperRow>(list, [
    accountId,
    filter.kind,
    filter.source,
    filter.text?.replaceAll(/[\\%_]/g, '\\$&') ?? null,
    filter.validity,
    filter.sort,
    filter.today,
    filter.soonUntil,
    after?.key ?? null,
    after?.id ?? null,
    limit,
  ]);
export const listKindCounts = (reader: Reader, accountId: string): Promise<{ kind: string; count: number }[]> =>
  reader.run(kinds, [accountId]);
export const listDeleted = (reader: Reader, accountId: string): Promise<StoredPaper[]> =>
  reader.run<StoredPaper>(deleted, [accountId]);
export const countPapers = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ n: number }>(countAll, [accountId]))[0]!.n;

export interface NewPaper extends PaperFacts {
  id: string;
  accountId: string;
  fileId: string;
  folded: string;
  source: PaperSource;
  dossierId: string | null;
  /** What it was taken from, once per account: `result:<code>` or `paper:<id>`. */
  reference: string | null;
  resultCode: string | null;
  isVerified: boolean;
}
/** False when that account has what it refers to already. */
export const insertPaper = async (tx: Tx, p: NewPaper): Promise<boolean> =>
  (
    await tx.run(insert, [
      p.id,
      p.accountId,
      p.fileId,
      p.kind,
      p.name,
      p.number,
      p.issuer,
      p.issuedOn,
      p.validUntil,
      p.folded,
      p.source,
      p.dossierId,
      p.reference,
      p.resultCode,
      p.isVerified,
      tx.now,
      tx.actor.label,
    ])
  ).length > 0;
export const updateFacts = async (
  tx: Tx,
  id: string,
  version: number,
  facts: PaperFacts,
  folded: string,
): Promise<boolean> =>
  (
    await tx.run(describe, [
      id,
      version,
      facts.kind,
      facts.name,
      facts.number,
      facts.issuer,
      facts.issuedOn,
      facts.validUntil,
      folded,
      tx.now,
    ])
  ).length > 0;
export const markDeleted = (
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  replacedBy: string | null,
): Promise<{ id: string; kind: string; source: PaperSource }[]> => tx.run(remove, [accountId, ids, tx.now, replacedBy]);
export const restorePaperRow = async (
  tx: Tx,
  accountId: string,
  id: string,
): Promise<{ kind: string; source: PaperSource } | undefined> => (await tx.run<never>(restore, [accountId, id]))[0];
export const erasePapers = (
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; accountId: string; fileId: string; kind: string; source: PaperSource }[]> =>
  tx.run(erase, [ids]);
export const lockOverdue = async (tx: Tx, before: Date, limit: number): Promise<string[]> =>
  (await tx.run<{ id: string }>(overdue, [before, limit])).map((row) => row.id);
export const lockAllOf = async (tx: Tx, accountId: string): Promise<string[]> =>
  (await tx.run<{ id: string }>(ofAccount, [accountId])).map((row) => row.id);
export const listReferences = (
  reader: Reader,
  accountId: string,
  refs: readonly string[],
): Promise<{ reference: string; isDeleted: boolean }[]> => reader.run(references, [accountId, refs]);
export const lockResultsOf = async (tx: Tx, accountId: string, dossierId: string): Promise<string[]> =>
  (await tx.run<{ id: string }>(forgetReference, [accountId, dossierId])).map((row) => row.id);
/** Papers that are valid no longer than that day, those past it up to a year included, the nearest first. */
export const listExpiring = (
  reader: Reader,
  accountId: string,
  until: string,
  today: string,
  limit: number,
): Promise<StoredPaper[]> => reader.run<StoredPaper>(expiring, [accountId, until, today, limit]);
export interface DueReminder {
  id: string;
  accountId: string;
  name: string;
  validUntil: string;
}
/** Papers whose owners are to be reminded by that day, by their own choice of days or else the given one. */
export const lockDueReminders = (tx: Tx, today: string, days: number, limit: number): Promise<DueReminder[]> =>
  tx.run<DueReminder>(due, [today, days, limit]);
export const markReminded = (tx: Tx, ids: readonly string[]): Promise<object[]> => tx.run(reminded, [ids]);

const ofAccounts = statement(
  'paperstore.list_of_accounts',
  'select id, account_id as "accountId" from paperstore.paper where account_id = any($1::uuid[]) order by id',
);
const owners = statement(
  'paperstore.list_owners',
  'select id, account_id as "accountId" from paperstore.paper where id = any($1::uuid[])',
);
export const listPapersOfAccounts = (
  reader: Reader,
  accountIds: readonly string[],
): Promise<{ id: string; accountId: string }[]> => reader.run(ofAccounts, [accountIds]);
export const ownersOfPapers = (reader: Reader, ids: readonly string[]): Promise<{ id: string; accountId: string }[]> =>
  reader.run(owners, [ids]);
