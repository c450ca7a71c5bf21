import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demand, type Actor } from '../../../platform/access.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import type { AppContext } from '../../../platform/module.ts';
import { notFound, problem } from '../../../platform/problems.ts';
import { inTransaction, systemActor } from '../../../platform/transaction.ts';
import { manageFiles } from '../file-permissions.ts';
import { keepingChanged } from './retention-events.ts';
import { endKeepingRule, insertKeepingRule, listKeepingRules, type KeepingRule } from './retention-queries.ts';

/** A rule that ends the one before it on the day before it begins; a class has one rule on any day. @throws forbidden */
export async function addKeepingRule(tx: Tx, actor: Actor, rule: Omit<KeepingRule, 'id' | 'validTo'>): Promise<string> {
  demand(actor, manageFiles);
  return write(tx, rule);
}

async function write(tx: Tx, rule: Omit<KeepingRule, 'id' | 'validTo'>): Promise<string> {
  const id = newId();
  const dayBefore = localDate(new Date(Date.parse(`${rule.validFrom}T12:00:00+07:00`) - 86_400_000));
  for (const before of await listKeepingRules(tx))
    if (
      before.class === rule.class &&
      before.validFrom < rule.validFrom &&
      (before.validTo ?? '9999') >= rule.validFrom
    )
      await endKeepingRule(tx, before.id, dayBefore);
  await insertKeepingRule(tx, { ...rule, id, validTo: null });
  publish(tx, keepingChanged, {
    subject: { kind: 'keeping-rule', id },
    payload: { class: rule.class, keepDays: rule.keepDays, basis: rule.basis },
  });
  return id;
}

/** Whether a rule of that class holds on that day or begins later: then another cannot begin there. */
export const overlapsWith = (rules: readonly KeepingRule[], rule: Pick<KeepingRule, 'class' | 'validFrom'>): boolean =>
  rules.some(
    (each) => each.class === rule.class && each.validFrom >= rule.validFrom && each.validTo !== each.validFrom,
  ) || rules.some((each) => each.class === rule.class && each.validFrom === rule.validFrom);

/** Ends a rule today: from tomorrow its files are kept. @throws forbidden, notFound */
export async function stopKeepingRule(tx: Tx, actor: Actor, id: string): Promise<void> {
  demand(actor, manageFiles);
  const ended = await endKeepingRule(tx, id, localDate(tx.now));
  if (!ended) throw problem(notFound);
  publish(tx, keepingChanged, { subject: { kind: 'keeping-rule', id }, payload: { ...ended, keepDays: null } });
}

interface GivenRule {
  class: string;
  keepDays: number | null;
  basis: string;
  isSure: boolean;
  validFrom: string;
}

/** Holds the province's file to its form. @throws Error that names the entry */
export function checkRetentionFile(list: unknown): readonly GivenRule[] {
  if (!Array.isArray(list)) throw new Error('retention.json: a list is expected');
  return list.map((entry: unknown, at): GivenRule => {
    const { class: key, keepDays, basis, isSure, validFrom } = (entry ?? {}) as Partial<GivenRule>;
    const isRight =
      typeof key === 'string' &&
      /^[a-z-]{1,60}$/.test(key) &&
      (keepDays === null || (Number.isInteger(keepDays) && keepDays! >= 1 && keepDays! <= 36_500)) &&
      typeof basis === 'string' &&
      basis.length >= 1 &&
      basis.length <= 500 &&
      typeof isSure === 'boolean' &&
      /^\d{4}-\d{2}-\d{2}$/.test(validFrom ?? '');
    if (!isRight) throw new Error(`retention.json: entry ${at + 1} (${String(key)}) is not right`);
    return { class: key, keepDays: keepDays ?? null, basis, isSure, validFrom: validFrom! };
  });
}

/** Takes over the province's times of keeping (`retention.json`) for classes that have no rule at all; what administrators changed stays. */
export async function loadProvinceRules({
  db,
  clock,
  config,
}: Pick<AppContext, 'db' | 'clock' | 'config'>): Promise<void> {
  const file = join(config.provinceFolder, 'retention.json');
  if (!existsSync(file)) return;
  const given = checkRetentionFile(JSON.parse(readFileSync(file, 'utf8')));
  const known = new Set((await listKeepingRules(db.reader)).map((rule) => rule.class));
  const missing = given.filter((rule) => !known.has(rule.class));
  if (missing.length === 0) return;
  await inTransaction(db, { actor: systemActor('files.province-rules'), clock }, async (tx) => {
    const taken = new Set((await listKeepingRules(tx)).map((rule) => rule.class));
    for (const rule of missing) if (!taken.has(rule.class)) await write(tx, rule);
  });
}
