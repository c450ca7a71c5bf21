import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedSince, isGenuine, signIn, submit } from '../../docs/guides/integrate/client.ts';
import { signedInOfficial } from '../testing/people.ts';
import { newId } from '../platform/ids.ts';
import { signedHeaders, secretOf } from '../services/webhooks/signature.ts';
import { testApp } from '../testing/app.ts';
import { contractWorld } from '../testing/contract/contract-world.ts';

/* The guide for integrators does what it says: its commands run, its program works. */

const run = promisify(execFile);
const guide = readFileSync('docs/guides/integrate.md', 'utf8');
const app = await testApp();
const world = await contractWorld(app);
let address = '';
beforeAll(async () => {
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}`;
});
afterAll(() => app.app.close());

const dossier = {
  procedureCode: world.procedureCode,
  applicant: { kind: 'citizen', name: 'Nguyễn Thị Ánh Nguyệt' },
  answers: { hoTen: 'An' },
  papers: [{ name: 'Giấy chứng sinh' }],
};

/** An application of an agency, registered and approved on the pages, with its secret. */
async function registered(): Promise<{ clientId: string; secret: string }> {
  const manager = await signedInOfficial(app, ['identity.apps-manage'], { reach: 'all' });
  const [unit] = await app.db.reader.raw<{ name: string }>(
    'select name_vi as name from organisations.unit_version where unit_id = $1',
    [world.place.competentUnitId],
  );
  const made = await manager.post('/quan-tri/ung-dung/them', [
    ['unit', unit!.name],
    ['nameVi', 'Phần mềm kế toán'],
    ['purposeVi', 'Nộp hồ sơ thay khách hàng'],
    ['homeUrl', 'https://phan-mem.example.vn'],
    ['contact', 'Trần Thị Hoa, 0912345678'],
    ['kind', 'service'],
    ['authMethod', 'client_secret_basic'],
    ['serviceScopes', 'dossiers.submit'],
    ['serviceScopes', 'dossiers.read'],
  ]);
  expect(made.statusCode, made.body.match(/govuk-error-summary[\s\S]{0,800}/)?.[0]).toBe(303);
  const page = await manager.post(`${made.headers.location}/khoa-bi-mat`, {});
  const [row] = await app.db.reader.raw<{ clientId: string }>(
    'select client_id as "clientId" from identity.relying_app where id = $1',
    [String(made.headers.location).split('/').at(-1)],
  );
  return { clientId: row!.clientId, secret: /data-secret[^>]*>([^<]+)</.exec(page.body)![1]! };
}

test('the example program takes a token, submits once, and learns what changed', async () => {
  const { clientId, secret } = await registered();
  const sen = await signIn(address, clientId, secret, 'dossiers.submit dossiers.read');
  const key = newId();
  const [first, again] = [await submit(sen, dossier, key), await submit(sen, dossier, key)];
  expect(again).toEqual({ ...first, isNew: false });
  const seen: string[] = [];
  for await (const line of changedSince(sen, '2020-01-01T00:00:00Z')) seen.push(line.id);
  expect(seen).toEqual([first.id]);
  await expect(submit(sen, { ...dossier, applicant: {} })).rejects.toThrow('platform.invalid-input');
});

test('the example program knows a genuine message from a forged and an old one', () => {
  const [secret, message] = [secretOf('installation', 'a', 1), { id: newId(), body: '{"type":"ping"}' }];
  const facts = { id: 'a', secretGeneration: 1, previousUntil: null };
  const headers = signedHeaders('installation', facts, message, Date.now());
  expect(isGenuine(secret, headers, message.body)).toBe(true);
  expect(isGenuine(secret, headers, `${message.body} `)).toBe(false);
  expect(isGenuine(secretOf('installation', 'b', 1), headers, message.body)).toBe(false);
  expect(isGenuine(secret, signedHeaders('installation', facts, message, Date.now() - 600_000), message.body)).toBe(
    false,
  );
});

const hasCurl = (() => {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasCurl)('the commands of the guide run', async () => {
  const { clientId, secret } = await registered();
  const script = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
  const { stdout } = await run('sh', ['-ec', script], {
    env: {
      ...process.env,
      SEN: address,
      CLIENT_ID: clientId,
      CLIENT_SECRET: secret,
      KEY: newId(),
      DOSSIER: JSON.stringify(dossier),
    },
  });
  expect(stdout).toContain('"trackingSecret"');
  expect(stdout.match(/"items":\[/g)!.length).toBeGreaterThanOrEqual(3);
});
