import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineEvent, publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { testApp } from '../../testing/app.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { parseHead } from './event-record.ts';
import { issueCheckpoint } from './issue-checkpoint.ts';
import { findEntry, getHead } from './ledger-queries.ts';
import { listKeys } from './key-queries.ts';
import { leafHash, rootFromInclusion } from './merkle.ts';
import { sealEvents } from './seal-events.ts';
import { sealAll as sealEverything } from './testing.ts';
import { parseVerifierKey, signedAt } from './signed-note.ts';
import { tilePath } from './tiles.ts';
import { readInclusion, readRoot } from './tree-reader.ts';

const app = await testApp();
const { db, context } = app;
const happened = defineEvent<{ n: number; text: string }>('ledger-test.happened', { vi: 'Thử', en: 'Test' });

/** Publishes so many events in one transaction. */
const happen = (count: number, text = 'Hồ sơ “đặc biệt” \\ \n 🌾') =>
  db.write(async (tx) => {
    for (let n = 0; n < count; n += 1)
      publish(tx, happened, { subject: { kind: 'test', id: String(n) }, payload: { n, text } });
  });
const sealAll = (limit?: number) => sealEverything(db, limit);
const eventRows = () =>
  db.reader.raw<{ id: number; xid: string }>('select id, xid::text from platform.event order by xid, id');
const get = (url: string) => app.app.inject({ url });

describe('sealing', () => {
  test('takes every event once, in batches of any size, and an entry is what README says', async () => {
    await happen(300);
    expect(await sealAll(7)).toBe((await eventRows()).length);
    await happen(600);
    await sealAll();
    const rows = await eventRows();
    const head = await getHead(db.reader);
    expect(head.size).toBe(rows.length);
    const root = await readRoot(db.reader, head.size);
    for (const row of [rows[0]!, rows[255]!, rows[256]!, rows.at(-1)!]) {
      const entry = (await findEntry(db.reader, row))!;
      const proof = await readInclusion(db.reader, entry.leaf, head.size);
      expect(rootFromInclusion(entry.leaf, head.size, leafHash(entry.entry), proof)?.equals(root)).toBe(true);
      // By hand, from the row's own columns.
      const [event] = await db.reader.raw<Record<string, string>>(
        `select *, (extract(epoch from occurred_at) * 1000000)::bigint::text as us, payload::text as payload_text from platform.event where id = $1`,
        [row.id],
      );
      const text = (value: unknown) => JSON.stringify(value ?? null);
      const { us = '', payload_text: payload = '' } = event!;
      const first = `["sen-event/1", ${row.id}, ${us}, ${['name', 'subject_kind', 'subject_id', 'unit_id', 'actor_kind', 'actor_id'].map((name) => text(event![name])).join(', ')}]`;
      const second = `[${text(event!['actor_label'])}, ${text(event!['request_id'])}, ${payload}]`;
      const hex = createHash('sha256').update(entry.salt).update(second).digest('hex');
      const digest = createHash('sha256').update(entry.salt).update(`${first}\n${hex}\n`).digest();
      expect(digest.equals(entry.entry)).toBe(true);
      expect(parseHead(first)).toMatchObject({ id: row.id, name: event!['name'], actorKind: event!['actor_kind'] });
    }
  });

  test('leaves events alone that an older transaction may still come before', async () => {
    await sealAll();
    const client = await db.connect();
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    await happen(3);
    expect((await sealEvents(db, db.clock))?.sealed).toBe(0);
    await client.query('commit');
    client.release();
    expect(await sealAll()).toBe(3);
  });

  test('is done by one process at a time', async () => {
    await happen(1);
    await inTransaction(db, { actor: systemActor('other') }, async (tx) => {
      await tx.raw('select pg_advisory_xact_lock(7364320)');
      expect(await sealEvents(db, db.clock)).toBeNull();
    });
    expect(await sealAll()).toBe(1);
  });
});

describe('checkpoints', () => {
  test('are signed when the log has grown, and each continues the one before', async () => {
    await happen(5);
    await sealAll();
    const first = parseCheckpoint((await issueCheckpoint(context))!)!;
    const [key] = await listKeys(db.reader);
    expect(first.origin).toBe('localhost:8080/ledger');
    expect(signedAt(first.note, parseVerifierKey(key!.verifierKey)!)).toBe(0);
    expect(key!.privateSealed.toString('latin1')).not.toContain('PRIVATE');
    await sealAll();
    const second = parseCheckpoint((await issueCheckpoint(context))!)!; // the making of the key was an event, too
    expect(second.size).toBeGreaterThan(first.size);
    expect(await issueCheckpoint(context)).toBeNull();
    const remembered = readFileSync(join(context.config.ledgerFolder, 'last-checkpoint.txt'), 'utf8');
    expect(parseCheckpoint(remembered)?.size).toBe(second.size);
  });

  test('are served with their tiles and entries as monitors expect them', async () => {
    const answer = await get('/ledger/checkpoint');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    const { size, root } = parseCheckpoint(answer.body)!;
    const width = size % 256;
    const full = await get(`/ledger/${tilePath(0, 0, 256)}`);
    expect(full.rawPayload.length).toBe(8_192);
    expect(full.headers['cache-control']).toContain('immutable');
    const last = await get(`/ledger/${tilePath(0, Math.floor(size / 256), width)}`);
    expect(last.rawPayload.length).toBe(32 * width);
    const entries = await get(`/ledger/${tilePath('entries', 0, 256)}`);
    expect(entries.rawPayload.length).toBe(256 * 34);
    expect(leafHash(entries.rawPayload.subarray(2, 34)).equals(full.rawPayload.subarray(0, 32))).toBe(true);
    const narrower = await get(`/ledger/${tilePath(0, 0, 12)}`);
    expect(narrower.rawPayload.equals(full.rawPayload.subarray(0, 12 * 32))).toBe(true);
    expect(root.equals(await readRoot(db.reader, size))).toBe(true);
    for (const path of [
      '0/999',
      '0/x001',
      'entries/000.p/999',
      '9/000',
      '..%2f..',
      '%00',
      '0/000.p/',
      'x'.repeat(3_000),
    ])
      expect([404, 414]).toContain((await get(`/ledger/tile/${path}`)).statusCode);
  });

  test('are refused over a log that was cut, rewound or bent', async () => {
    await happen(400);
    await sealAll();
    await issueCheckpoint(context);
    const { size } = await getHead(db.reader);
    await happen(300);
    await sealAll();
    await db.reader.raw('update ledger.tile set hashes = overlay(hashes placing $1 from 1) where level = 1', [
      Buffer.alloc(32),
    ]);
    await expect(issueCheckpoint(context)).rejects.toThrow(`The first ${size} entries are not those`);
    await db.reader.raw('delete from ledger.tile where level = 1');
    await expect(issueCheckpoint(context)).rejects.toThrow('Tile 1/0 is missing');
    await db.reader.raw('update ledger.head set size = $1', [size - 1]);
    await db.reader.raw('delete from ledger.checkpoint');
    await expect(issueCheckpoint(context)).rejects.toThrow(`The log has ${size - 1} entries`);
  });
});
