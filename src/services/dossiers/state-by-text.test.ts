import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closeTransports } from '../../foundation/notifications/index.ts';
import { startGateway } from '../../foundation/notifications/testing/sms-gateway.ts';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { insertPlace, insertReceivedDossier, TEST_SECRET } from './testing.ts';
import { trackingSecretOf } from './submission.ts';

/* A citizen texts “HS” and a code to the province's number: in by the gateway's own address, out by the gateway. */

const gateway = await startGateway();
const file = join(mkdtempSync(join(tmpdir(), 'sen-providers-')), 'providers.json');
writeFileSync(
  file,
  JSON.stringify([{ key: 'gateway', kind: 'http-sms', url: gateway.url, secret: 't', sender: 'SEN' }]),
);
const app = await testApp({ settings: { SEN_MESSAGE_PROVIDERS: file } });
afterAll(async () => {
  await closeTransports();
  await gateway.close();
});
const place = await app.db.write((tx) => insertPlace(tx));
const dossier = await app.db.write((tx) => insertReceivedDossier(tx, place));
const admin = await signedInOfficial(app, ['notifications.manage']);
const shown = (await admin.get('/quan-tri/nha-cung-cap-tin')).body;
const address = new URL(/https?:\/\/[^<"\s]+\/gateway\/[\w-]+/.exec(shown)?.[0] ?? 'none:').pathname;

/** What the gateway was given back for a text from a telephone. */
async function answerTo(from: string, text: string): Promise<string> {
  await app.drain();
  gateway.asked.length = 0;
  const payload = { type: 'text', reference: newId(), from, text };
  expect((await app.app.inject({ method: 'POST', url: address, payload })).statusCode).toBe(200);
  await app.drain();
  const [answer, ...more] = gateway.asked;
  expect(more).toEqual([]);
  expect(answer?.body['to']).toBe(`84${from.replace(/^0/, '')}`);
  return answer?.body['text'] ?? '';
}

const OWN = '0912345678';
const STRANGER = '0988000111';
const code = dossier.code ?? '';

test('the telephone written in the dossier gets its state and appointment, and no name', async () => {
  expect(code).not.toBe('');
  const answer = await answerTo(OWN, `hs ${code.toLowerCase()}`);
  expect(answer).toContain(`Ho so ${code}: da tiep nhan. Hen tra: `);
  expect(answer).not.toMatch(/nguyet|khai sinh/i);
  // One part of a text message: no accent, at most 160 characters.
  expect(answer).toMatch(/^[ -~]{1,160}$/);
});

test('another telephone needs the secret of the acknowledgement; wrong code, wrong secret and no secret get one answer', async () => {
  const secret = trackingSecretOf(TEST_SECRET, dossier.id);
  expect(await answerTo(STRANGER, `HS ${code} ${secret.toLowerCase()}`)).toContain('da tiep nhan');
  const refusals = [
    await answerTo(STRANGER, `HS ${code}`),
    await answerTo(STRANGER, `HS ${code} AAAAAAAA`),
    await answerTo(STRANGER, 'HS 000.00.00.H41-010101-9999'),
    await answerTo(OWN, "HS ' or 1=1 -- \u0000"),
    await answerTo(OWN, 'HS'),
  ];
  expect(new Set(refusals).size).toBe(1);
  expect(refusals[0]).toContain('Khong tim thay ho so');
});
