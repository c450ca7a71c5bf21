import { statement, type Reader, type Tx } from './database.ts';
import { problem, staleVersion } from './problems.ts';

/** A value that administrators change while the program runs. */
export interface Setting<Value> {
  value: Value;
  version: number;
  updatedAt: Date;
  updatedBy: string;
}

const find = statement(
  'platform.find_setting',
  `select value, version, updated_at as "updatedAt", updated_by as "updatedBy" from platform.setting where key = $1`,
);
const insert = statement(
  'platform.insert_setting',
  `insert into platform.setting (key, value, version, updated_at, updated_by) values ($1, $2::jsonb, 1, $3, $4) on conflict (key) do nothing returning version`,
);
const update = statement(
  'platform.update_setting',
  `update platform.setting set value = $2::jsonb, version = version + 1, updated_at = $3, updated_by = $4 where key = $1 and version = $5 returning version`,
);

export async function findSetting<Value>(reader: Reader, key: string): Promise<Setting<Value> | undefined> {
  return (await reader.run<Setting<Value>>(find, [key]))[0];
}

/** Saves a setting over the version the administrator saw (0: none yet). @throws staleVersion when somebody was faster */
export async function saveSetting(tx: Tx, key: string, value: unknown, seenVersion: number): Promise<number> {
  const values = [key, JSON.stringify(value), tx.now, tx.actor.label];
  const rows =
    seenVersion === 0
      ? await tx.run<{ version: number }>(insert, values)
      : await tx.run<{ version: number }>(update, [...values, seenVersion]);
  const saved = rows[0];
  if (!saved) throw problem(staleVersion);
  return saved.version;
}
