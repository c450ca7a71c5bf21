import { localDate } from '../../platform/clock.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { afterCommit } from '../../platform/transaction.ts';
import type { AssuranceDemand, AssuranceLevel } from '../../platform/assurance.ts';

const rules = statement(
  'identity.list_assurance_rules',
  `select id, act, level, fresh_minutes as "freshMinutes", valid_from::text as "validFrom", basis, created_by as "createdBy"
   from identity.assurance_rule order by act, valid_from desc limit 2000`,
);
const insert = statement(
  'identity.insert_assurance_rule',
  `insert into identity.assurance_rule (id, act, level, fresh_minutes, valid_from, basis, created_at, created_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (act, valid_from) do nothing returning id`,
);
const remove = statement(
  'identity.delete_assurance_rule',
  `delete from identity.assurance_rule where id = $1 and valid_from > $2::date returning act, valid_from::text as "validFrom"`,
);
const raise = statement(
  'identity.raise_session',
  `update platform.session set assurance = greatest(assurance, $2), proven_at = $3, seen_at = $3,
     methods = (select array_agg(distinct m) from unnest(methods || $4::text[]) m) where token_hash = $1`,
);

export interface AssuranceRule extends AssuranceDemand {
  id: string;
  act: string;
  validFrom: string;
  basis: string;
  createdBy: string;
}
/** Every rule of the province, per act the latest first. */
export const listAssuranceRules = (reader: Reader) => reader.run<AssuranceRule>(rules);
/** Notes that the person behind an open session has proven more, or again. */
export const raiseSession = (tx: Tx, tokenHash: Buffer, level: AssuranceLevel, methods: readonly string[]) =>
  tx.run(raise, [tokenHash, level, tx.now, methods]);

/** Adds a rule; false when there is one for this act from this day already. */
export async function insertAssuranceRule(tx: Tx, rule: AssuranceRule): Promise<boolean> {
  const { id, act, level, freshMinutes, validFrom, basis, createdBy } = rule;
  const rows = await tx.run(insert, [id, act, level, freshMinutes, validFrom, basis, tx.now, createdBy]);
  afterCommit(tx, forgetAssuranceRules);
  return rows.length > 0;
}
/** Takes a rule away whose first day is still to come; undefined when there is none such. */
export async function deleteAssuranceRule(tx: Tx, id: string): Promise<{ act: string; validFrom: string } | undefined> {
  const [gone] = await tx.run<{ act: string; validFrom: string }>(remove, [id, localDate(tx.now)]);
  afterCommit(tx, forgetAssuranceRules);
  return gone;
}

const KEPT_MS = 15_000;
let kept = new WeakMap<Reader, { at: number; rules: AssuranceRule[] }>();
/** Has the next act look for the rules anew: another process may have changed them. */
export const forgetAssuranceRules = (): void => void (kept = new WeakMap());

/** What an act asks for on the day of `now`: the latest rule of the province in force, else undefined. Read at most every 15 seconds. */
export async function ruleOfAct(reader: Reader, act: string, now: Date): Promise<AssuranceRule | undefined> {
  let known = kept.get(reader);
  if (!known || Date.now() - known.at > KEPT_MS) {
    known = { at: Date.now(), rules: await listAssuranceRules(reader) };
    kept.set(reader, known);
  }
  const today = localDate(now);
  return known.rules.find((rule) => rule.act === act && rule.validFrom <= today);
}
