import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabase } from './database.ts';

/*
 * The committed pictures of the schema (db/schema/<module>.txt) are what a reviewer reads; a migration that changes the
 * schema without them fails here. Write them anew with SEN_WRITE_SCHEMA=1.
 */

const db = await testDatabase();
const OWN = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public', 'graphile_worker') and n.nspname not like 'pg\\_%'`;
const FOLDER = 'db/schema';

interface Column {
  schema: string;
  relation: string;
  column: string;
  type: string;
  nullable: boolean;
  fallback: string | null;
}
const columns = await db.reader.raw<Column>(`
  select n.nspname as schema, c.relname as relation, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as fallback
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and ${OWN} order by 1, 2, a.attnum`);
const constraints = await db.reader.raw<{
  schema: string;
  relation: string;
  name: string;
  kind: string;
  definition: string;
  columns: number[];
}>(`
  select n.nspname as schema, c.relname as relation, k.conname as name, k.contype as kind, pg_get_constraintdef(k.oid) as definition, k.conkey::int[] as columns
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype <> 'n' and not c.relispartition and ${OWN} order by 1, 2, 3`);
const indexes = await db.reader.raw<{ schema: string; relation: string; definition: string }>(`
  select n.nspname as schema, c.relname as relation, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where not c.relispartition and ${OWN} and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) order by 1, 2, 3`);
const functions = await db.reader.raw<{ schema: string; signature: string }>(`
  select n.nspname as schema, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid) as signature
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OWN} and p.prokind <> 'a' order by 1, 2`);
const unindexed = await db.reader.raw<{ found: string }>(`
  select n.nspname || '.' || c.relname || ' ' || k.conname as found
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'f' and not c.relispartition and ${OWN}
    and not exists (select from pg_index i where i.indrelid = k.conrelid and (i.indkey::int2[])[0:array_length(k.conkey, 1) - 1] @> k.conkey)
  order by 1`);

function pictureOf(schema: string): string {
  const relations = [...new Set(columns.filter((c) => c.schema === schema).map((c) => c.relation))];
  const tables = relations.map((relation) => {
    const here = <T extends { schema: string; relation: string }>(list: readonly T[]) =>
      list.filter((x) => x.schema === schema && x.relation === relation);
    const lines = [
      ...here(columns).map(
        (c) =>
          `  ${c.column.padEnd(28)} ${c.type}${c.nullable ? ' null' : ''}${c.fallback ? ` default ${c.fallback}` : ''}`,
      ),
      ...here(constraints).map((k) => `  = ${k.name}: ${k.definition}`),
      ...here(indexes).map((i) => `  # ${i.definition.replace(/^CREATE /, '').replace(/ ON \S+ USING/, ' using')}`),
    ];
    return `${schema}.${relation}\n${lines.join('\n')}\n`;
  });
  const routines = functions
    .filter((f) => f.schema === schema)
    .map((f) => `function ${schema}.${f.signature.replaceAll(/\s+/g, ' ')}\n`);
  return [...tables, ...routines].join('\n');
}

const schemas = [...new Set(columns.map((c) => c.schema))];

describe('the committed picture of the schema', () => {
  test.each(schemas)('%s', (schema) => {
    const file = join(FOLDER, `${schema}.txt`);
    if (process.env['SEN_WRITE_SCHEMA']) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, pictureOf(schema));
    }
    expect(
      existsSync(file) ? readFileSync(file, 'utf8') : '',
      'run SEN_WRITE_SCHEMA=1 npm test -- src/testing/schema.test.ts and commit',
    ).toBe(pictureOf(schema));
  });
});

describe('conventions', () => {
  test('every foreign key is indexed', () => {
    expect(unindexed.map((r) => r.found)).toEqual([]);
  });
  test('text, timestamptz and jsonb: no other spellings of the same thing', () => {
    const odd = columns.filter((c) => /character|timestamp without|^json$|money|serial|time with/.test(c.type));
    expect(odd.map((c) => `${c.schema}.${c.relation}.${c.column} ${c.type}`)).toEqual([]);
  });
  test('every table has a primary key', () => {
    const keyed = new Set(constraints.filter((k) => k.kind === 'p').map((k) => `${k.schema}.${k.relation}`));
    const all = columns.filter((c) => c.fallback !== 'view').map((c) => `${c.schema}.${c.relation}`);
    expect([...new Set(all)].filter((name) => !keyed.has(name))).toEqual([]);
  });
});
