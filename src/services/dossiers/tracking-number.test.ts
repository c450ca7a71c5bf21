import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import { getDossier, trackDossier } from './read-dossier.ts';
import { readTrackingNumber, trackingNumberOf } from './submission.ts';
import { insertDossier, insertPlace } from './testing.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));

test('the program and the database give a dossier the same number, and no two the same', async () => {
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  const [row] = await db.reader.raw<{ number: string }>(
    'select tracking_number as number from dossiers.dossier where id = $1',
    [dossierId],
  );
  expect(trackingNumberOf(dossierId)).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/);
  expect(readTrackingNumber(trackingNumberOf(dossierId))).toBe(row!.number);
  const many = Array.from({ length: 20_000 }, newId);
  expect(new Set(many.map(trackingNumberOf)).size).toBe(many.length);
});

test('a dossier is followed by its number however it is typed, but never without the secret', async () => {
  const { dossierId, trackingSecret } = await db.write((tx) => insertDossier(tx, place));
  const number = trackingNumberOf(dossierId);
  const ways = [
    number,
    number.toLowerCase(),
    ` ${number.replace('-', ' ')} `,
    number.replace('-', '').split('').join('.'),
  ];
  for (const typed of ways)
    expect(await trackDossier(db.reader, typed, trackingSecret)).toMatchObject({ code: null, state: 1 });
  await expect(trackDossier(db.reader, number, 'WRONG234')).rejects.toThrow('dossiers.not-found');
  await expect(trackDossier(db.reader, number, '')).rejects.toThrow('dossiers.not-found');
  expect((await getDossier(db.reader, number)).id).toBe(dossierId);
});

test.each(['', 'OOOOO-IIIII', 'K7M2P-Q9XW', 'K7M2P-Q9XWAA', 'H41.12-20261122-0000001', "' or 1=1 --", '🙂🙂🙂🙂🙂'])(
  '%j is no tracking number',
  (text) => expect(readTrackingNumber(text)).toBeNull(),
);
