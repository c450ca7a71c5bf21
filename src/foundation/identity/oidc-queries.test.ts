import { test, expect } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { signOnStatements } from './oidc-logout-queries.ts';
import { sessionStatements } from './oidc-queries.ts';

const db = await testDatabase();

test('the sessions of an application or an account are found by an index', async ({ skip }) => {
  const [server] = await db.reader.raw<{ isOld: boolean }>(
    `select current_setting('server_version_num')::int < 160000 as "isOld"`,
  );
  skip(server?.isOld === true, 'PostgreSQL 15 cannot explain a statement without its values');
  for (const { name, text } of [...signOnStatements, ...sessionStatements]) {
    const plan = await db.write(async (tx) => {
      await tx.raw('set local enable_seqscan = off');
      await tx.raw('set local plan_cache_mode = force_generic_plan');
      return tx.raw<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`);
    });
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines, name).not.toContain('Seq Scan on oidc_payload');
    expect(lines, name).toContain('oidc_payload_');
  }
});
