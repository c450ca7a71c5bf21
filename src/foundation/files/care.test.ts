import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { blobPath } from './blob-path.ts';
import { hasBlob, storeBytes } from './blob-store.ts';
import { journalOf, recoverBlobs } from './blob-journal.ts';
import { entriesOf } from './journal-format.ts';
import { findLastVerification, listErasures } from './care-queries.ts';
import { ScannerAway, scanStream, verdictOf } from './clamd.ts';
import { kindNamed } from './file-kinds.ts';
import { demandUnitRoom, savePolicy, defaultPolicy } from './file-policy.ts';
import { getFile, registerFile, removeFiles } from './register-file.ts';
import { countPages, sendPreview } from './preview.ts';
import { isHeld } from './quarantine.ts';
import { sendFile } from './send-file.ts';
import { switchScanning, sweepScans } from './scan-files.ts';
import { findScanner } from './scan-queries.ts';
import { verifyStore } from './verify-store.ts';
import { someBytes, keepFile, pdfOf } from './testing.ts';

const app = await testApp();
const { config } = app.context;
const folder = config.filesFolder;
const pdfKind = kindNamed('pdf')!;
const MANAGE = ['files.manage'];
const clerk = await signedInOfficial(app, MANAGE, { reach: 'all' });
const request = () => ({ config, reader: app.db.reader });
const jobContext = () => ({ ...app.context, attempt: 1, requestId: 'TEST' });

const keep = (bytes: Buffer, facts: Parameters<typeof keepFile>[2] = {}) => keepFile(app, bytes, facts);

/** A scanner that speaks clamd's protocol: whatever holds `MALWARE-FOR-TESTS` is infected. */
function startScanner(engine: () => string): Promise<{ server: Server; address: string; scans: () => number }> {
  let scans = 0;
  const serve = (socket: Socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.toString('latin1', 0, 9) === 'zVERSION\0') return void socket.end(`${engine()}\0`);
      if (received.toString('latin1', 0, 10) !== 'zINSTREAM\0') return;
      const content: Buffer[] = [];
      for (let at = 10; at + 4 <= received.length;) {
        const size = received.readUInt32BE(at);
        if (size === 0) {
          scans++;
          const isBad = Buffer.concat(content).includes('MALWARE-FOR-TESTS');
          return void socket.end(`stream: ${isBad ? 'Test.Malware FOUND' : 'OK'}\0`);
        }
        content.push(received.subarray(at + 4, at + 4 + size));
        at += 4 + size;
      }
    });
  };
  const server = createServer(serve);
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      done({ server, address: `tcp://127.0.0.1:${port}`, scans: () => scans });
    }),
  );
}

describe('the virus scanner', () => {
  let engine = 'ClamAV 1.4.3/27001';
  let scanner: Awaited<ReturnType<typeof startScanner>>;
  beforeAll(async () => {
    scanner = await startScanner(() => engine);
    config.clamd = scanner.address;
    switchScanning(config);
  });
  afterAll(() => {
    config.clamd = null;
    switchScanning(config);
    scanner.server.close();
  });
  const stateOf = async (id: string) => (await getFile(app.db.reader, id)).scanState;

  test('answers are read as they are meant', () => {
    expect(verdictOf('stream: OK')).toEqual({ state: 'clean' });
    expect(verdictOf('stream: Eicar-Test-Signature FOUND')).toEqual({
      state: 'infected',
      signature: 'Eicar-Test-Signature',
    });
    for (const reply of ['INSTREAM size limit exceeded. ERROR', 'stream: OK FOUND ERROR', ''])
      expect(verdictOf(reply)).toMatchObject({ state: 'failed' });
  });
  test('looks through every new file, once for the same bytes', async () => {
    const bytes = someBytes(400_000);
    const [a, b] = [await keep(bytes), await keep(bytes)];
    expect(await stateOf(a.id)).toBeNull();
    const before = scanner.scans();
    await app.drain();
    expect([await stateOf(a.id), await stateOf(b.id)]).toEqual(['clean', 'clean']);
    expect(scanner.scans() - before).toBe(1);
  });
  test('what is infected nobody opens; owner and administrators are told; a decision gives it back or erases it', async () => {
    const owner = await signedInCitizen(app);
    const bad = Buffer.concat([someBytes(), Buffer.from('MALWARE-FOR-TESTS')]);
    const file = await keep(bad, { name: 'Đơn xin.pdf', by: owner.account.id });
    await app.drain();
    expect(await stateOf(file.id)).toBe('infected');
    expect(existsSync(blobPath(folder, file.sha256))).toBe(false);
    expect(await isHeld(folder, file.sha256)).toBe(true);
    await expect(sendFile(request(), await getFile(app.db.reader, file.id))).rejects.toMatchObject({
      definition: { code: 'files.infected' },
    });
    await expect(
      sendPreview(request(), await getFile(app.db.reader, file.id), { page: 0, size: 'page' }),
    ).rejects.toMatchObject({
      definition: { code: 'files.infected' },
    });
    expect((await owner.get('/tai-khoan/thong-bao')).body).toContain('Đơn xin.pdf');
    expect((await clerk.get('/lam-viec/thong-bao')).body).toContain('Test.Malware');
    const page = await clerk.get('/quan-tri/kho-tep/cach-ly');
    expect(page.body).toContain('Đơn xin.pdf');
    const sha256 = file.sha256.toString('hex');
    const stranger = await signedInOfficial(app, ['dossiers.view']);
    expect((await stranger.post('/quan-tri/kho-tep/cach-ly', { sha256, _do: 'release' })).statusCode).toBe(403);
    await clerk.post('/quan-tri/kho-tep/cach-ly', { sha256, _do: 'release', remark: 'Trình quét nhầm' });
    await app.drain();
    expect(await stateOf(file.id)).toBe('released');
    expect(await hasBlob(folder, file.sha256)).toBe(true);
    expect((await sendFile(request(), await getFile(app.db.reader, file.id))).status).toBe(200);
    const other = await keep(Buffer.concat([someBytes(), Buffer.from('MALWARE-FOR-TESTS')]));
    await app.drain();
    await clerk.post('/quan-tri/kho-tep/cach-ly', { sha256: other.sha256.toString('hex'), _do: 'erase' });
    await app.drain();
    expect((await getFile(app.db.reader, other.id)).erasedAt).not.toBeNull();
    expect(await isHeld(folder, other.sha256)).toBe(false);
  });
  test('while it is away nothing is lost: files are looked through when it is back, and blocked if the policy says so', async () => {
    const { address } = scanner;
    config.clamd = 'tcp://127.0.0.1:1';
    const file = await keep(someBytes());
    await expect(scanStream(config.clamd, Readable.from([Buffer.from('x')]), 1_000)).rejects.toThrow(ScannerAway);
    await sweepScans(jobContext());
    expect(await findScanner(app.db.reader)).toMatchObject({ isUp: false });
    expect(await stateOf(file.id)).toBeNull();
    const row = await getFile(app.db.reader, file.id);
    expect((await sendFile(request(), row)).status).toBe(200);
    await app.db.write((tx) => savePolicy(tx, { ...defaultPolicy, whenUnscanned: 'block' }, 0));
    await expect(sendFile(request(), row)).rejects.toMatchObject({ definition: { code: 'files.not-scanned' } });
    config.clamd = address;
    await sweepScans(jobContext());
    expect(await findScanner(app.db.reader)).toMatchObject({ isUp: true, engine });
    expect(await stateOf(file.id)).toBe('clean');
    expect((await sendFile(request(), await getFile(app.db.reader, file.id))).status).toBe(200);
  });
  test('with new signatures clean files are looked at again', async () => {
    const before = scanner.scans();
    await sweepScans(jobContext());
    expect(scanner.scans()).toBe(before);
    engine = 'ClamAV 1.4.3/27002';
    await sweepScans(jobContext());
    expect(scanner.scans()).toBeGreaterThan(before);
    const again = scanner.scans();
    await sweepScans(jobContext());
    expect(scanner.scans()).toBe(again);
  });
  test('one that hangs, hangs up or talks nonsense is away, not a verdict', async () => {
    for (const behave of [
      (socket: Socket) => void socket.on('data', () => {}),
      (socket: Socket) => void socket.destroy(),
    ]) {
      const server = createServer(behave);
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as { port: number };
      await expect(scanStream(`tcp://127.0.0.1:${port}`, Readable.from([Buffer.alloc(10)]), 300)).rejects.toThrow(
        ScannerAway,
      );
      server.close();
    }
  });
});

/** Erasing waits for whole syncs of the disk, which others may keep busy. */
const SYNCING_MS = 120_000;

describe('erasure', () => {
  test(
    'leaves no byte behind and a certificate that says so',
    async () => {
      const file = await keep(pdfOf([[300, 300]]));
      const sha256 = file.sha256.toString('hex');
      expect(await countPages(request(), await getFile(app.db.reader, file.id))).toBe(1);
      const inJournal = () =>
        readdirSync(join(folder, '.journal')).some((name) =>
          [...entriesOf(readFileSync(join(folder, '.journal', name)))].some((entry) =>
            entry.sha256.equals(file.sha256),
          ),
        );
      const behind = await keep(someBytes());
      expect(inJournal()).toBe(true);
      expect((await clerk.get(`/quan-tri/kho-tep/xoa?tim=${file.id}`)).body).toContain('Giấy.pdf');
      expect((await clerk.post('/quan-tri/kho-tep/xoa', { fileId: file.id, basis: '' })).statusCode).toBe(422);
      const done = await clerk.post('/quan-tri/kho-tep/xoa', { fileId: file.id, basis: 'Quyết định 12/QĐ-UBND' });
      expect(done.statusCode).toBe(303);
      await app.drain();
      const certificate = await clerk.get(done.headers.location!);
      for (const part of [sha256, 'Quyết định 12/QĐ-UBND', 'Đã xóa khỏi kho', '1 ảnh xem trước, 1 chỗ'])
        expect(certificate.body).toContain(part);
      expect(await hasBlob(folder, file.sha256)).toBe(false);
      expect(existsSync(join(folder, '.previews', sha256.slice(0, 3), sha256))).toBe(false);
      expect(inJournal()).toBe(false);
      // What was written behind it in the journal can still be read again after a crash.
      await (await journalOf(folder)).settled();
      rmSync(blobPath(folder, behind.sha256));
      await recoverBlobs(folder);
      expect(await hasBlob(folder, behind.sha256)).toBe(true);
      expect(await hasBlob(folder, file.sha256)).toBe(false);
      await expect(sendFile(request(), await getFile(app.db.reader, file.id))).rejects.toMatchObject({
        definition: { code: 'files.erased' },
      });
      expect((await clerk.post('/quan-tri/kho-tep/xoa', { fileId: file.id, basis: 'x' })).statusCode).toBe(404);
    },
    SYNCING_MS,
  );
  test(
    'of bytes that others have too leaves theirs, and says so',
    async () => {
      const bytes = someBytes();
      const [mine, theirs] = [await keep(bytes), await keep(bytes)];
      await clerk.post('/quan-tri/kho-tep/xoa', { fileId: mine.id, basis: 'Theo yêu cầu' });
      await app.drain();
      expect(await hasBlob(folder, theirs.sha256)).toBe(true);
      const [certificate] = await listErasures(app.db.reader, null, 1);
      expect(certificate).toMatchObject({ fileId: mine.id, isShared: true });
      expect((await clerk.get(`/en/quan-tri/kho-tep/xoa/${certificate!.id}`)).body).toContain(
        'another file has the same content',
      );
    },
    SYNCING_MS,
  );
});

describe('reading the store again', () => {
  test('finds what is missing, damaged or named by nobody', async () => {
    const [damaged, missing] = [await keep(someBytes()), await keep(someBytes())];
    await (await journalOf(folder)).settled();
    const good = await verifyStore(app.context, { oneIn: 1 });
    expect(good).toMatchObject({ missing: 0, damaged: 0 });
    const bytes = readFileSync(blobPath(folder, damaged.sha256));
    bytes[100]! ^= 1;
    writeFileSync(blobPath(folder, damaged.sha256), bytes);
    rmSync(blobPath(folder, missing.sha256));
    const lines: string[] = [];
    const bad = await verifyStore(app.context, { oneIn: 1, tell: (line) => lines.push(line) });
    expect(bad).toMatchObject({ missing: 1, damaged: 1, checked: good.checked });
    expect(lines.join('\n')).toContain(damaged.sha256.toString('hex'));
    expect(await findLastVerification(app.db.reader)).toMatchObject({ missing: 1, damaged: 1, isSample: false });
    expect((await clerk.get('/quan-tri/kho-tep')).body).toContain('thiếu 1, hỏng 1');
    await app.db.write((tx) => removeFiles(tx, [damaged.id, missing.id]));
  });
});

describe('room and rules', () => {
  test('a unit that has used up its room is told', async () => {
    const unitId = newId();
    await app.db.write(async (tx) => {
      const version =
        (
          await app.db.reader.raw<{ version: number }>(
            `select version from platform.setting where key = 'files.policy'`,
          )
        )[0]?.version ?? 0;
      await savePolicy(tx, { ...defaultPolicy, unitBytes: 1_000_000 }, version);
    });
    const official = { kind: 'official' as const, id: newId(), label: 'Lê Thị Mai', unitId };
    const put = async (size: number) => {
      const blob = await storeBytes(folder, someBytes(size), { kind: pdfKind, fileName: 'a.pdf' });
      return app.db.write((tx) => registerFile(tx, blob, { kind: 'dossier', id: newId() }), official);
    };
    await put(600_000);
    await expect(put(600_000)).rejects.toMatchObject({ definition: { code: 'files.no-room-left' } });
    await put(300_000);
    await expect(demandUnitRoom(app.db.reader, unitId, 200_000)).rejects.toMatchObject({ definition: { status: 422 } });
    await demandUnitRoom(app.db.reader, newId(), 200_000);
  });
  test('the page counts, saves and refuses', async () => {
    await clerk.post('/quan-tri/kho-tep/tinh-lai', {});
    await app.drain();
    const page = await clerk.get('/quan-tri/kho-tep');
    expect(page.body).toContain('Dung lượng theo tháng');
    const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? '';
    const good = {
      version,
      whenUnscanned: 'mark',
      rescanDays: '30',
      longSide: '3000',
      quality: '80',
      personMegabytes: '',
      unitMegabytes: '',
    };
    for (const [field, wrong] of Object.entries({
      rescanDays: '-1',
      longSide: '12',
      quality: '101',
      personMegabytes: 'x',
      unitMegabytes: '0',
    })) {
      const answer = await clerk.post('/quan-tri/kho-tep', { ...good, [field]: wrong });
      expect(answer.statusCode, field).toBe(422);
      expect(answer.body).toContain(`href="#${field}"`);
    }
    expect((await clerk.post('/quan-tri/kho-tep', good)).statusCode).toBe(303);
    expect((await clerk.post('/quan-tri/kho-tep', good)).statusCode).toBe(409);
  });
});
