import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Delegation, DelegationRight } from './delegation.ts';

const COLUMNS = `d.id, d.giver_account_id as "giverAccountId", d.delegate_account_id as "delegateAccountId", d.kind, d.relation, d.scope,
  d.scope_values as "scopeValues", d.may_submit as "maySubmit", d.may_see as "maySee", d.may_receive as "mayReceive",
  d.valid_from as "validFrom", d.valid_to as "validTo", d.state, d.initiator, d.proposed_at as "proposedAt", d.answered_at as "answeredAt",
  d.answered_by as "answeredBy", d.answered_unit_id as "answeredUnitId", d.basis, d.ended_at as "endedAt", d.ended_by as "endedBy",
  d.end_reason as "endReason", d.version, d.ward_name, d.ward_identity, d.ward_birth_date`;

const find = statement('delegations.find', `select ${COLUMNS} from delegations.delegation d where d.id = $1`);
const lock = statement(
  'delegations.lock',
  `select ${COLUMNS} from delegations.delegation d where d.id = $1 for update`,
);
const ofGiver = statement(
  'delegations.list_of_giver',
  `select ${COLUMNS} from delegations.delegation d where d.giver_account_id = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`,
);
const ofDelegate = statement(
  'delegations.list_of_delegate',
  `select ${COLUMNS} from delegations.delegation d where d.delegate_account_id = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`,
);
const waiting = statement(
  'delegations.list_waiting',
  `select ${COLUMNS} from delegations.delegation d where d.state = 'proposed' and ($1::uuid is null or d.id > $1) order by d.proposed_at, d.id limit $2`,
);
const countOpen = statement(
  'delegations.count_open',
  `select count(*)::int as count from (select from delegations.delegation
   where state = 'proposed' and (giver_account_id = $1 or delegate_account_id = $1) limit 100) open`,
);
const same = statement(
  'delegations.find_same',
  `select d.id from delegations.delegation d where d.giver_account_id = $1 and d.delegate_account_id = $2 and d.scope = $3 and d.scope_values = $4
     and d.state in ('proposed', 'active') and (d.valid_to is null or d.valid_to >= $5) limit 1`,
);
const insert = statement(
  'delegations.insert',
  `insert into delegations.delegation (id, giver_account_id, ward_name, ward_identity, ward_birth_date, delegate_account_id, kind, relation, scope,
     scope_values, may_submit, may_see, may_receive, valid_from, valid_to, state, initiator, proposed_at, answered_at, answered_by, answered_unit_id, basis)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
);
const answer = statement(
  'delegations.answer',
  `update delegations.delegation set state = $2, answered_at = $3, answered_by = $4, answered_unit_id = $5, basis = $6, version = version + 1
   where id = $1 and state = 'proposed'`,
);
const end = statement(
  'delegations.end',
  `update delegations.delegation set state = 'withdrawn', ended_at = $2, ended_by = $3, end_reason = $4, version = version + 1
   where id = $1 and state in ('proposed', 'active')`,
);
const endAll = statement(
  'delegations.end_of_account',
  `update delegations.delegation set state = 'withdrawn', ended_at = $2, ended_by = $3, end_reason = $4, version = version + 1
   where (giver_account_id = $1 or delegate_account_id = $1) and state in ('proposed', 'active') returning id`,
);
const lapse = statement(
  'delegations.lapse',
  `update delegations.delegation set state = 'withdrawn', ended_at = $1, ended_by = 'system', end_reason = 'Quá hạn trả lời', version = version + 1
   where state = 'proposed' and proposed_at < $2 returning id`,
);
const mandate = statement(
  'delegations.find_mandate',
  `select m.id, m.may_submit as "maySubmit", m.may_see as "maySee", m.may_receive as "mayReceive"
   from lateral delegations.mandates_of($1, $2::date) m
   where (m.giver_account_id = $3 or m.id = $4) and delegations.covers(m.scope, m.scope_values, $5, $6, $7, $8)
     and case $9 when 'submit' then m.may_submit when 'receive' then m.may_receive else m.may_see or $10::boolean end
   order by m.may_receive desc, m.may_submit desc limit 1`,
);
const mandates = statement(
  'delegations.list_mandates',
  `select ${COLUMNS} from lateral delegations.mandates_of($1, $2::date) m join delegations.delegation d on d.id = m.id
   where m.may_submit and delegations.covers(m.scope, m.scope_values, $3, $4, null, null) order by d.id limit $5`,
);
const insertPapers_ = statement(
  'delegations.insert_papers',
  `insert into delegations.paper (delegation_id, file_id, added_at, added_by) select $1, f, $3, $4 from unnest($2::uuid[]) f`,
);
const papers = statement(
  'delegations.list_papers',
  'select file_id as "fileId", added_at as "addedAt", added_by as "addedBy" from delegations.paper where delegation_id = $1 order by added_at, file_id',
);
const operators = statement(
  'delegations.list_postal_operators',
  `select account_id as "accountId", since, until, named_by as "namedBy" from delegations.postal_operator order by since, account_id`,
);
const isOperator_ = statement(
  'delegations.find_postal_operator',
  'select account_id from delegations.postal_operator where account_id = $1 and since <= $2::date and (until is null or until >= $2::date)',
);
const putOperator = statement(
  'delegations.put_postal_operator',
  `insert into delegations.postal_operator (account_id, since, named_by) values ($1, $2::date, $3)
   on conflict (account_id) do update set until = null, named_by = excluded.named_by`,
);
const endOperator = statement(
  'delegations.end_postal_operator',
  `update delegations.postal_operator set until = $2::date - 1 where account_id = $1 and until is null returning account_id`,
);

/** A delegation without the names of accounts, which identity knows. */
export type StoredDelegation = Omit<Delegation, 'giverName' | 'giverKind' | 'delegateName'>;
interface Row extends Omit<StoredDelegation, 'ward'> {
  ward_name: string | null;
  ward_identity: string | null;
  ward_birth_date: string | null;
}
const storedOf = ({ ward_name, ward_identity, ward_birth_date, ...row }: Row): StoredDelegation => ({
  ...row,
  ward: ward_name === null ? null : { name: ward_name, identity: ward_identity, birthDate: ward_birth_date ?? '' },
});
const allOf = (rows: Row[]): StoredDelegation[] => rows.map(storedOf);

export const findStored = async (reader: Reader, id: string): Promise<StoredDelegation | undefined> =>
  allOf(await reader.run<Row>(find, [id]))[0];
export const lockStored = async (tx: Tx, id: string): Promise<StoredDelegation | undefined> =>
  allOf(await tx.run<Row>(lock, [id]))[0];
export const listGiven = async (reader: Reader, accountId: string, after: string | null, limit: number) =>
  allOf(await reader.run<Row>(ofGiver, [accountId, after, limit]));
export const listHeld = async (reader: Reader, accountId: string, after: string | null, limit: number) =>
  allOf(await reader.run<Row>(ofDelegate, [accountId, after, limit]));
export const listWaiting = async (reader: Reader, after: string | null, limit: number) =>
  allOf(await reader.run<Row>(waiting, [after, limit]));
export const countProposals = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ count: number }>(countOpen, [accountId]))[0]?.count ?? 0;
export const findSame = async (reader: Reader, d: StoredDelegation, today: string): Promise<string | undefined> =>
  (await reader.run<{ id: string }>(same, [d.giverAccountId, d.delegateAccountId, d.scope, d.scopeValues, today]))[0]
    ?.id;
export const insertDelegation = (tx: Tx, d: StoredDelegation): Promise<object[]> =>
  tx.run(insert, [
    d.id,
    d.giverAccountId,
    d.ward?.name ?? null,
    d.ward?.identity ?? null,
    d.ward?.birthDate ?? null,
    d.delegateAccountId,
    d.kind,
    d.relation,
    d.scope,
    d.scopeValues,
    d.maySubmit,
    d.maySee,
    d.mayReceive,
    d.validFrom,
    d.validTo,
    d.state,
    d.initiator,
    d.proposedAt,
    d.answeredAt,
    d.answeredBy,
    d.answeredUnitId,
    d.basis,
  ]);
export const updateAnswer = (
  tx: Tx,
  id: string,
  given: { state: 'active' | 'declined'; by: string; unitId: string | null; basis: string | null },
): Promise<object[]> => tx.run(answer, [id, given.state, tx.now, given.by, given.unitId, given.basis]);
export const updateEnd = (tx: Tx, id: string, by: string, reason: string | null): Promise<object[]> =>
  tx.run(end, [id, tx.now, by, reason]);
export const endDelegationsOf = (tx: Tx, accountId: string, by: string, reason: string) =>
  tx.run<{ id: string }>(endAll, [accountId, tx.now, by, reason]);
export const lapseProposals = (tx: Tx, before: Date) => tx.run<{ id: string }>(lapse, [tx.now, before]);

/** What is asked of a mandate: a dossier, or a procedure before there is one. */
export interface MandateSubject {
  giverAccountId: string | null;
  /** The delegation that a dossier was handed in under; the only link for a ward without an account. */
  delegationId: string | null;
  fieldCode: string | null;
  procedureCode: string;
  dossierId: string | null;
  dossierCode: string | null;
  /** The delegate handed this dossier in: whoever may submit sees what they submitted. */
  isSubmitter: boolean;
}
export interface Mandate {
  id: string;
  maySubmit: boolean;
  maySee: boolean;
  mayReceive: boolean;
}
/** The mandate of an account over a subject on a day (`YYYY-MM-DD`), the widest first; undefined: none, and no right. */
export const findMandate = async (
  reader: Reader,
  delegateAccountId: string,
  day: string,
  subject: MandateSubject,
  right: DelegationRight,
): Promise<Mandate | undefined> =>
  (
    await reader.run<Mandate>(mandate, [
      delegateAccountId,
      day,
      subject.giverAccountId,
      subject.delegationId,
      subject.fieldCode,
      subject.procedureCode,
      subject.dossierId,
      subject.dossierCode,
      right,
      subject.isSubmitter,
    ])
  )[0];
/** Mandates with which an account may hand in a procedure for others. */
export const listMandatesFor = async (
  reader: Reader,
  delegateAccountId: string,
  day: string,
  procedure: { code: string; fieldCode: string | null },
  limit = 50,
): Promise<StoredDelegation[]> =>
  allOf(await reader.run<Row>(mandates, [delegateAccountId, day, procedure.fieldCode, procedure.code, limit]));

export const insertPapers = (tx: Tx, delegationId: string, fileIds: readonly string[], by: string) =>
  tx.run(insertPapers_, [delegationId, fileIds, tx.now, by]);
export interface DelegationPaper {
  fileId: string;
  addedAt: Date;
  addedBy: string;
}
export const listPapers = (reader: Reader, delegationId: string) => reader.run<DelegationPaper>(papers, [delegationId]);

export interface PostalOperator {
  accountId: string;
  since: string;
  until: string | null;
  namedBy: string;
}
export const listOperators = (reader: Reader) => reader.run<PostalOperator>(operators);
export const isOperator = async (reader: Reader, accountId: string, day: string): Promise<boolean> =>
  (await reader.run(isOperator_, [accountId, day])).length > 0;
export const insertOperator = (tx: Tx, accountId: string, day: string, by: string) =>
  tx.run(putOperator, [accountId, day, by]);
export const endOperatorOn = async (tx: Tx, accountId: string, day: string): Promise<boolean> =>
  (await tx.run(endOperator, [accountId, day])).length > 0;
