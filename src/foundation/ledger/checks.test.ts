import type { AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { defineEvent, publish } from '../../platform/events.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { askWitnesses } from './ask-witnesses.ts';
import { findNewestCheckpoint } from './checkpoint-queries.ts';
import { eraseLink } from './erase-link.ts';
import { issueCheckpoint } from './issue-checkpoint.ts';
import { listKeys } from './key-queries.ts';
import { auditMonth, exportMonth } from './month-export.ts';
import { runOffline } from './offline-commands.ts';
import { judgeProof, parseProof, proofCode, proofFile } from './proof.ts';
import { proveEvent } from './prove-event.ts';
import { runCheck } from './run-check.ts';
import { provideSealedState } from './sealed-state.ts';
import { sealAll } from './testing.ts';
import { newSigner, parseVerifierKey, signNote, verifierKey } from './signed-note.ts';
import { openWitness, witnessServer } from './witness-server.ts';

const witnessLog: { address: string } = { address: 'http://127.0.0.1:1' };
const app = await testApp({
  settings: { SEN_LEDGER_WITNESSES: witnessLog.address, SEN_OUTBOUND_ALLOW: '127.0.0.0/8' },
});
const { db, context } = app;
const happened = defineEvent<{ n: number }>('ledger-test.happened', { vi: 'Việc thử', en: 'Test act' });
await db.reader.raw(`select platform.ensure_event_partitions('2026-11-01', 2)`);

async function happen(count: number): Promise<void> {
  await db.write(async (tx) => {
    for (let n = 0; n < count; n += 1)
      publish(tx, happened, { subject: { kind: 'test', id: String(n) }, payload: { n } });
  });
}
async function seal(): Promise<void> {
  await sealAll(db);
  await issueCheckpoint(context);
}
const found = async (): Promise<string[]> =>
  (await runCheck(context, 'asked'))!.findings.map((finding) => `${finding.kind} ${finding.place}`);
const sql = <Row extends object>(text: string, values: unknown[] = []) => db.reader.raw<Row>(text, values);
const keyOfLog = async () => parseVerifierKey((await listKeys(db.reader))[0]!.verifierKey)!;

await happen(600);
await seal();
await seal();

describe('a check', () => {
  test('finds nothing where nothing was changed', async () => {
    expect(await found()).toEqual([]);
  });

  test('names the event, entry or tile that was changed, and says so once', async () => {
    const [event] = await sql<{ id: number }>('select id from platform.event order by xid, id offset 300 limit 1');
    await sql(`update platform.event set payload = '{"n": -1}' where id = $1`, [event!.id]);
    await sql(
      `update ledger.tile set hashes = overlay(hashes placing '\\x00'::bytea from 33) where level = 0 and number = 0`,
    );
    const told = async () =>
      (await sql<{ n: number }>(`select count(*)::int as n from platform.event where name = 'ledger.record-bent'`))[0]!
        .n;
    expect(await found()).toEqual(
      expect.arrayContaining([`event-changed event ${event!.id}`, 'tile-changed tile 0/0']),
    );
    expect(await told()).toBe(1);
    await found();
    expect(await told()).toBe(1);
    await sql(`update platform.event set payload = '{"n": 300}' where id = $1`, [event!.id]);
    await sql(`delete from ledger.tile where level = 0 and number = 0`);
    expect(await found()).toContain('tile-changed tile 0/0');
  });

  test('does not call an erased link a fault, and does one that was erased without a record', async () => {
    const before = await found();
    const rows = await sql<{ id: number }>('select id from platform.event order by xid, id offset 400 limit 2');
    expect(await db.write((tx) => eraseLink(tx, rows[0]!.id, 'thử'))).toBe(400);
    expect(await proveEvent(db.reader, rows[0]!.id)).toBeNull();
    expect(await found()).toEqual(before);
    await sql(
      `update ledger.bundle set salts = overlay(salts placing $1 from ${(401 % 256) * 16 + 1}) where number = 1`,
      [Buffer.alloc(16)],
    );
    expect(await found()).toContain(`salt-erased event ${rows[1]!.id}`);
  });

  test('holds the state of things to what their module says', async () => {
    provideSealedState({
      kind: 'test',
      title: { vi: 'Việc thử', en: 'Test' },
      begins: happened.name,
      labelOf: (id) => `T-${id}`,
      compare: async () => ({
        checked: 1,
        next: null,
        differences: [{ id: '7', label: 'T-7', column: 'test.thing.due_at', recorded: 'a', found: 'b' }],
        unrecorded: [],
      }),
      listMissing: async (_reader, ids) => ids.filter((id) => id === '9'),
    });
    const findings = (await runCheck(context, 'asked'))!.findings;
    expect(findings.find((finding) => finding.kind === 'subject-changed')).toMatchObject({
      column: 'test.thing.due_at',
      recorded: 'a',
      found: 'b',
    });
    expect(findings.find((finding) => finding.kind === 'subject-missing')?.subject?.label).toBe('T-9');
  });

  test('shows on the page of administrators, who write down what they found out', async () => {
    const admin = await signedInOfficial(app, ['ledger.view', 'ledger.manage']);
    const list = await admin.get('/quan-tri/so-cai');
    expect(list.body).toContain('Mảnh cây bị sửa hoặc bị xóa');
    const [row] = await sql<{ id: string }>(
      `select id from ledger.finding where kind = 'tile-changed' and gone_at is null`,
    );
    const address = `/quan-tri/so-cai/phat-hien/${row!.id}`;
    expect((await admin.post(address, { 'ket-qua': ' ' })).statusCode).toBe(422);
    expect((await admin.post(address, { 'ket-qua': 'Thử trong giờ kiểm tra <script>' })).statusCode).toBe(303);
    const shown = await admin.get(address);
    expect(shown.body).toContain('Thử trong giờ kiểm tra &lt;script>');
    expect((await admin.post('/quan-tri/so-cai/kiem-tra', {})).statusCode).toBe(303);
    const other = await signedInOfficial(app, ['ledger.view']);
    expect((await other.post('/quan-tri/so-cai/kiem-tra', {})).statusCode).toBe(403);
    await app.drain();
    const [message] = await sql<{ n: number }>(
      `select count(*)::int as n from ledger.check_run where reason = 'asked' and finished_at is not null`,
    );
    expect(message!.n).toBeGreaterThan(5);
  });
});

describe('a proof', () => {
  test('is believed with the right keys only, as a file and as a code', async () => {
    const [event] = await sql<{ id: number }>('select id from platform.event order by xid, id offset 500 limit 1');
    const proof = (await proveEvent(db.reader, event!.id))!;
    const key = await keyOfLog();
    for (const text of [
      proofFile(proof),
      proofFile(proof).replaceAll('\n', '\r\n'),
      proofCode(proof),
      `https://x.example/so-cai/kiem-tra?ma=${proofCode(proof)}`,
    ]) {
      const verdict = judgeProof(parseProof(text)!, [key], []);
      expect(verdict).toMatchObject({ outcome: 'proven', event: { id: event!.id, name: 'ledger-test.happened' } });
    }
    expect(judgeProof(proof, [newSigner(key.name, 1)], []).outcome).toBe('not-signed');
    expect(judgeProof({ ...proof, head: proof.head.replace('test', 'best') }, [key], []).outcome).toBe('not-included');
    expect(judgeProof({ ...proof, leaf: proof.leaf - 1 }, [key], []).outcome).toBe('not-included');
    const file = proofFile(proof);
    for (let at = 30; at < file.length; at += 37) {
      const bent = parseProof(file.slice(0, at) + (file[at] === 'A' ? 'B' : 'A') + file.slice(at + 1));
      expect(bent && judgeProof(bent, [key], []).outcome === 'proven' ? at : null).toBeNull();
    }
  });

  test('is checked by anybody on a page, and by a command without the database', async () => {
    const [event] = await sql<{ id: number }>('select id from platform.event order by xid, id offset 501 limit 1');
    const proof = (await proveEvent(db.reader, event!.id))!;
    const send = (fields: Record<string, string>, file?: string) => {
      const bound = 'xXx';
      const parts = Object.entries(fields).map(
        ([name, value]) => `--${bound}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      if (file !== undefined)
        parts.push(
          `--${bound}\r\ncontent-disposition: form-data; name="tep"; filename="a.tlog-proof"\r\ncontent-type: text/plain\r\n\r\n${file}\r\n`,
        );
      return app.app.inject({
        method: 'POST',
        url: '/so-cai/kiem-tra',
        headers: { 'content-type': `multipart/form-data; boundary=${bound}` },
        payload: `${parts.join('')}--${bound}--\r\n`,
      });
    };
    expect((await send({ ma: '' }, proofFile(proof))).body).toContain('Đã được chứng minh');
    expect((await send({ ma: proofCode(proof) })).body).toContain('Việc thử');
    expect((await app.app.inject({ url: `/en/so-cai/kiem-tra?ma=${proofCode(proof)}` })).body).toContain('Proven');
    const wrong = await send({ ma: '' });
    expect([wrong.statusCode, wrong.body.includes('Chọn một tệp, hoặc dán mã')]).toEqual([422, true]);
    for (const bad of ['<script>alert(1)</script>', 'A'.repeat(7_000), '\u202e\u0000', 'x'.repeat(200_000)]) {
      const answer = await send({ ma: '' }, bad);
      expect([answer.statusCode, answer.body.includes('<script>alert')]).toEqual([422, false]);
    }
    const folder = mkdtempSync(join(tmpdir(), 'sen-proof-'));
    writeFileSync(join(folder, 'a.tlog-proof'), proofFile(proof));
    const said: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => (said.push(String(text)), true));
    const key = verifierKey(await keyOfLog());
    expect(await runOffline(['ledger', 'verify', join(folder, 'a.tlog-proof'), '--key', key])).toBe(0);
    expect(
      await runOffline([
        'ledger',
        'verify',
        join(folder, 'a.tlog-proof'),
        '--key',
        verifierKey(newSigner('localhost:8080/ledger', 1)),
      ]),
    ).toBe(1);
    write.mockRestore();
    expect(said[0]).toContain('PROVEN');
  });

  test('the page of the ledger says how it stands, in both languages', async () => {
    expect((await app.app.inject({ url: '/so-cai' })).body).toContain((await listKeys(db.reader))[0]!.verifierKey);
    expect((await app.app.inject({ url: '/en/so-cai' })).body).toContain('There is no witness from outside yet');
  });
});

describe('a month for auditors', () => {
  test('is checked offline, and a changed line is found', async () => {
    await seal();
    const lines: string[] = [];
    for await (const line of exportMonth(db.reader, '2026-11')) lines.push(line);
    const key = await keyOfLog();
    const report = await auditMonth(lines, [key], []);
    const known = 'Leaf 401: the event is not the one that was sealed'; // its salt was erased above
    expect(report.faults).toEqual([known]);
    expect(report.types.get('ledger-test.happened')).toBe(599);
    expect(report.withoutText).toBe(1);
    const bent = lines.with(300, lines[300]!.replace('ledger-test.happened', 'ledger-test.happen3d'));
    expect((await auditMonth(bent, [key], [])).faults).toEqual([
      'Leaf 299: the event is not the one that was sealed',
      known,
    ]);
    const other = lines.with(
      300,
      lines[300]!.replace(/"entry":"[^"]*"/, `"entry":"${Buffer.alloc(32).toString('base64')}"`),
    );
    expect((await auditMonth(other, [key], [])).faults).toContain(
      'The events are not those over which the checkpoint was signed',
    );
    expect((await auditMonth(lines.toSpliced(20, 1), [key], [])).faults.length).toBeGreaterThan(1);
    expect((await auditMonth(lines, [newSigner(key.name, 1)], [])).faults).toContain(
      'The checkpoint is not signed by a key that you trust',
    );
    for (const junk of [[], ['{}'], ['null'], ['{"format":"sen-ledger-month/1"}']])
      expect((await auditMonth(junk, [key], [])).faults.length).toBe(1);
    const none: string[] = [];
    for await (const line of exportMonth(db.reader, '2020-01')) none.push(line);
    expect(none).toEqual([]);
  });
});

describe('a witness', () => {
  test('cosigns what continues, refuses what does not, and is believed by its key', async () => {
    const logs = [await keyOfLog()];
    const witness = await openWitness({
      folder: mkdtempSync(join(tmpdir(), 'sen-witness-')),
      name: 'witness.example/w1',
      logs,
      now: () => db.clock.now(),
    });
    const server = witnessServer(witness, logs, () => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asking = { ...context, config: { ...context.config, ledgerWitnesses: [address] } };
    expect(await askWitnesses(asking)).toEqual([]);
    await happen(10);
    await seal();
    expect(await askWitnesses(asking)).toEqual([]);
    const newest = (await findNewestCheckpoint(db.reader))!;
    expect((await witness.latest(newest.origin))?.size).toBe(newest.size);
    const [event] = await sql<{ id: number }>('select id from platform.event order by xid, id offset 520 limit 1');
    const proof = parseProof(proofFile((await proveEvent(db.reader, event!.id))!))!;
    expect(judgeProof(proof, logs, [witness.key]).cosigned).toMatchObject([{ name: 'witness.example/w1' }]);
    expect((await app.app.inject({ url: '/en/so-cai' })).body).toContain('witness.example/w1');

    const asked = (body: string) => witness.addCheckpoint(body);
    expect(await asked(`old ${newest.size}\n\n${newest.note}`)).toMatchObject({ status: 200 });
    expect(await asked(`old 0\n\n${newest.note}`)).toMatchObject({
      status: 409,
      body: `${newest.size}\n`,
      type: 'text/x.tlog.size',
    });
    expect(await asked(`old ${newest.size + 1}\n\n${newest.note}`)).toMatchObject({ status: 400 });
    const other = newSigner(newest.origin, 1);
    const text = newest.note.slice(0, newest.note.indexOf('\n\n') + 1);
    expect(await asked(`old ${newest.size}\n\n${text}\n${signNote(text, other)}`)).toMatchObject({ status: 403 });
    const stranger = newSigner('other.example/log', 1);
    const elsewhere = text.replace(newest.origin, stranger.name);
    expect(await asked(`old 0\n\n${elsewhere}\n${signNote(elsewhere, stranger)}`)).toMatchObject({ status: 404 });
    for (const bad of [
      '',
      'old',
      'old 01\n\nx',
      `old 0\n${'AAAA\n'.repeat(70)}\n${newest.note}`,
      `old 0\nnot base64!\n\n${newest.note}`,
    ])
      expect((await asked(bad)).status).toBe(400);

    // The database is put back to before what the witness has seen.
    await sql(
      'delete from ledger.checkpoint where size >= $1 and not exists (select from ledger.cosignature c where c.size = ledger.checkpoint.size)',
      [newest.size],
    );
    await sql('delete from ledger.cosignature');
    await sql('delete from ledger.checkpoint where size >= $1', [newest.size]);
    expect(await askWitnesses(asking)).toMatchObject([{ kind: 'log-cut', recorded: String(newest.size) }]);
    await new Promise((done) => server.close(done));
    expect(await askWitnesses(asking)).toEqual([]);
  });
});
