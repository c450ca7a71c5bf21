import { localDate } from '../../platform/clock.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { AssuranceDemand, AssuranceLevel } from '../../platform/assurance.ts';

const rules = statement(
  'identity.list_assurance_rules',
  `select id, act, level, fresh_minutes as "freshMinutes", valid_from::text as "validFrom", basis, created_by as "createdBy"
   from identity.assurance_rule order by act, valid_from desc limit 2000`,
);
const raise = statement(
  'identity.raise_session',
  `update platform.session set assurance = greatest(assurance, $2), proven_at = $3, seen_at = $3,
     methods = (select array_agg(distinct m) from unnest(methods || $4::text[]) m) where token_hash = $1`,
);

interface AssuranceRule extends AssuranceDemand {
  id: string;
  act: string;
  validFrom: string;
  basis: string;
  createdBy: string;
}
const listAssuranceRules = (reader: Reader) => reader.run<AssuranceRule>(rules);
/** Notes that the person behind an open session has proven more, or again. */
export const raiseSession = (tx: Tx, tokenHash: Buffer, level: AssuranceLevel, methods: readonly string[]) =>
  tx.run(raise, [tokenHash, level, tx.now, methods]);

const KEPT_MS = 15_000;
const kept = new WeakMap<Reader, { at: number; rules: AssuranceRule[] }>();

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
