import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { RuleFinding, TargetScope } from './readiness.ts';

export interface Upgrade {
  id: string;
  number: number;
  scope: TargetScope;
  mode: 'draft' | 'publish';
  decisionNumber: string;
  decisionDate: string;
  validFrom: string;
  paysOnline: boolean;
  state: 'done' | 'undone';
  upgraded: number;
  refused: number;
  madeAt: Date;
  madeBy: string;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoReason: string | null;
}
export interface UpgradeLine {
  procedureId: string;
  code: string;
  name: string;
  fromVersionId: string;
  toVersionId: string | null;
  outcome: 'upgraded' | 'not-ready' | 'undone' | 'kept';
  findings: RuleFinding[];
}

const COLUMNS = `id, number::int as number, scope, mode, decision_number as "decisionNumber", decision_date as "decisionDate", valid_from as "validFrom",
  pays_online as "paysOnline", state, upgraded, refused, made_at as "madeAt", made_by as "madeBy", undone_at as "undoneAt", undone_by as "undoneBy",
  undo_reason as "undoReason"`;
const insert = statement(
  'procedures.insert_upgrade',
  `insert into procedures.upgrade (id, scope, mode, decision_number, decision_date, valid_from, pays_online, state, upgraded, refused, made_at, made_by)
   values ($1, $2, $3, $4, $5, $6, $7, 'done', $8, $9, $10, $11)`,
);
export type NewUpgrade = Pick<
  Upgrade,
  'id' | 'scope' | 'mode' | 'decisionNumber' | 'decisionDate' | 'validFrom' | 'paysOnline' | 'upgraded' | 'refused'
>;
export async function insertUpgrade(tx: Tx, u: NewUpgrade): Promise<void> {
  await tx.run(insert, [
    u.id,
    u.scope,
    u.mode,
    u.decisionNumber,
    u.decisionDate,
    u.validFrom,
    u.paysOnline,
    u.upgraded,
    u.refused,
    tx.now,
    tx.actor.label,
  ]);
}

const addLines = statement(
  'procedures.insert_upgrade_lines',
  `insert into procedures.upgrade_line (upgrade_id, procedure_id, from_version_id, to_version_id, outcome, findings)
   select $1, "procedureId", "fromVersionId", "toVersionId", outcome, findings from jsonb_to_recordset($2::jsonb)
     as n ("procedureId" uuid, "fromVersionId" uuid, "toVersionId" uuid, outcome text, findings jsonb)`,
);
export type NewLine = Omit<UpgradeLine, 'code' | 'name'>;
export async function insertLines(tx: Tx, upgradeId: string, lines: readonly NewLine[]): Promise<void> {
  await tx.run(addLines, [upgradeId, JSON.stringify(lines)]);
}

const one = statement('procedures.find_upgrade', `select ${COLUMNS} from procedures.upgrade where id = $1`);
const locked = statement(
  'procedures.lock_upgrade',
  `select ${COLUMNS} from procedures.upgrade where id = $1 for update`,
);
export const findUpgrade = async (reader: Reader, id: string): Promise<Upgrade | undefined> =>
  (await reader.run<Upgrade>(one, [id]))[0];
export const lockUpgrade = async (tx: Tx, id: string): Promise<Upgrade | undefined> =>
  (await tx.run<Upgrade>(locked, [id]))[0];

const list = statement(
  'procedures.list_upgrades',
  `select ${COLUMNS} from procedures.upgrade where ($1::bigint is null or number < $1) order by number desc limit $2`,
);
/** Operations, the newest first. */
export const listUpgrades = (reader: Reader, after: number | null, limit: number): Promise<Upgrade[]> =>
  reader.run(list, [after, limit]);

const lines = statement(
  'procedures.list_upgrade_lines',
  `select l.procedure_id as "procedureId", p.code, v.name_vi as name, l.from_version_id as "fromVersionId", l.to_version_id as "toVersionId", l.outcome,
     l.findings
   from procedures.upgrade_line l join procedures.procedure p on p.id = l.procedure_id join procedures.procedure_version v on v.id = l.from_version_id
   where l.upgrade_id = $1 order by p.code`,
);
/** What became of each procedure of an operation; at most a few hundred. */
export const listLines = (reader: Reader, upgradeId: string): Promise<UpgradeLine[]> => reader.run(lines, [upgradeId]);

const undo = statement(
  'procedures.update_upgrade_undone',
  `update procedures.upgrade set state = 'undone', undone_at = $2, undone_by = $3, undo_reason = $4 where id = $1 and state = 'done'`,
);
const undoLine = statement(
  'procedures.update_upgrade_line',
  `update procedures.upgrade_line set outcome = $3 where upgrade_id = $1 and procedure_id = $2`,
);
export async function markUndone(tx: Tx, upgradeId: string, reason: string): Promise<void> {
  await tx.run(undo, [upgradeId, tx.now, tx.actor.label, reason]);
}
export async function setOutcome(
  tx: Tx,
  upgradeId: string,
  procedureId: string,
  outcome: 'undone' | 'kept',
): Promise<void> {
  await tx.run(undoLine, [upgradeId, procedureId, outcome]);
}

const candidates = statement(
  'procedures.list_upgradable',
  `select v.id as "versionId" from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id
   where v.status = 'published' and v.valid_from <= $1::date and (v.valid_to is null or v.valid_to >= $1::date)
     and case when $2 = 'full' then v.online_scope <> 'full' else v.online_scope = 'none' end
     and ($3::text is null or v.field_code = $3) and ($4::text is null or v.levels @> array[$4::text])
     and ($5::text is null or p.code like '%' || $5 || '%' or platform.fold(v.name_vi) like '%' || platform.fold($5) || '%')
     and ($6::text is null or p.code > $6)
   order by p.code limit $7`,
);
export interface UpgradeFilter {
  scope: TargetScope;
  field: string | null;
  level: string | null;
  text: string | null;
}
/** Versions in force on the day that are below the scope, by code. */
export const listUpgradable = async (
  reader: Reader,
  filter: UpgradeFilter,
  onDate: string,
  after: string | null,
  limit: number,
): Promise<string[]> =>
  (
    await reader.run<{ versionId: string }>(candidates, [
      onDate,
      filter.scope,
      filter.field,
      filter.level,
      filter.text?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
      after,
      limit,
    ])
  ).map((row) => row.versionId);

const offerCounts = statement(
  'procedures.count_offers_of',
  `select procedure_id as id, count(*)::int as amount from procedures.offer
   where procedure_id = any($1::uuid[]) and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date) group by procedure_id`,
);
/** How many units offer each procedure on a day. */
export const countOffersOf = async (
  reader: Reader,
  ids: readonly string[],
  onDate: string,
): Promise<Map<string, number>> =>
  new Map(
    (await reader.run<{ id: string; amount: number }>(offerCounts, [ids, onDate])).map((row) => [row.id, row.amount]),
  );
