import type pg from 'pg';

/** A table as a back-up sees it: what to copy, in an order that two copies share. */
export interface BackupTable {
  name: string;
  columns: string[];
  orderBy: string[];
  /** Tables that must be filled before this one. */
  needs: string[];
}

/** What comes and goes by itself and is not worth keeping. */
const EPHEMERAL = new Set(['platform.rate_limit', 'platform.worker', 'public.migration', 'graphile_worker.migrations']);

/** Every table with its plain columns and primary key, ordered so that foreign keys find their targets. */
export async function backupTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name,
      array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      coalesce((select array_agg(quote_ident(a.attname) order by array_position(k.conkey, a.attnum))
        from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey) where k.conrelid = c.oid and k.contype = 'p'), '{}') as "orderBy",
      array(select distinct quote_ident(fn.nspname) || '.' || quote_ident(f.relname) from pg_constraint k join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    order by 1`);
  return inOrder(rows.filter((table) => !EPHEMERAL.has(table.name)));
}

function inOrder(tables: BackupTable[]): BackupTable[] {
  const done = new Set<string>();
  const ordered: BackupTable[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => table.needs.every((need) => done.has(need)));
    if (ready.length === 0) throw new Error(`Foreign keys in a circle: ${waiting.map((t) => t.name).join(', ')}`);
    for (const table of ready) done.add(table.name);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !done.has(table.name));
  }
  return ordered;
}

/** The statement whose output, byte for byte, is a table's content. */
export const copyOut = (table: BackupTable): string =>
  `copy (select ${table.columns.join(', ')} from ${table.name}${table.orderBy.length > 0 ? ` order by ${table.orderBy.join(', ')}` : ''}) to stdout`;

export const copyIn = (table: BackupTable): string => `copy ${table.name} (${table.columns.join(', ')}) from stdin`;

/** Reads the whole table: pages that are damaged fail their checksum. */
export const countOf = (table: BackupTable): string => `select count(t.*)::int as n from ${table.name} t`;

/** The names of all tables with rows of their own or in partitions, also of those that a back-up leaves out. */
export async function everyTable(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' order by 1`,
  );
  return rows.map((row) => row.name);
}
