import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import * as tus from 'tus-js-client';
import { describe, expect, test } from 'vitest';
import { anonymous, type Actor } from '../../platform/access.ts';
import { newId } from '../../platform/ids.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { finishedUploads, grantUpload, hasBlob, readBlob, useUploads } from './index.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { sweepUploads } from './resume-upload.ts';
import { spoolPath } from './upload-spool.ts';

const app = await testApp();
const { config } = app.context;
const base = await app.app.listen({ port: 0, host: '127.0.0.1' });
const limits = { kinds: ['pdf', 'zip'], maxBytes: 9_000_000 };

async function someone() {
  const person = await signedInCitizen(app);
  const actor: Actor = { ...anonymous, kind: 'citizen', id: person.account.id, accountId: person.account.id };
  const owner = { kind: 'application', id: newId() };
  const headers = {
    cookie: `${SESSION_COOKIE}=${person.cookies.get(SESSION_COOKIE)}`,
    'x-csrf-token': person.session()!.csrf(config.secret),
  };
  const grant = grantUpload(config, actor, { ...limits, owner }, app.context.clock.now());
  return { actor, owner, headers, grant };
}
type Someone = Awaited<ReturnType<typeof someone>>;

const pdf = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes - 9)]);
const meta = (grant: string, name = 'Giấy tờ.pdf') =>
  `filename ${Buffer.from(name).toString('base64')},grant ${Buffer.from(grant).toString('base64')}`;

async function call(who: Someone, method: string, url: string, headers: Record<string, string> = {}, body?: Buffer) {
  const answer = await fetch(`${base}${url}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...who.headers, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
  await answer.arrayBuffer();
  return answer;
}
const create = (who: Someone, length: number | string, metadata = meta(who.grant)) =>
  call(who, 'POST', '/tai-len', { 'upload-length': String(length), 'upload-metadata': metadata });
const begun = async (who: Someone, length: number, metadata?: string) =>
  (await create(who, length, metadata)).headers.get('location') ?? '';
const piece = (
  who: Someone,
  url: string,
  offset: number | string,
  body: Buffer,
  headers: Record<string, string> = {},
) =>
  call(
    who,
    'PATCH',
    url,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers },
    body,
  );
const offsetOf = async (who: Someone, url: string) =>
  Number((await call(who, 'HEAD', url)).headers.get('upload-offset') ?? -1);
const finished = (who: Someone, url: string) =>
  finishedUploads(app.db.reader, who.actor, who.owner, [url.split('/').at(-1)!], app.context.clock.now());
const spools = () => readdirSync(join(config.filesFolder, '.uploads'));

/** Sends the beginning of a piece and cuts the line once some of it has reached the disk. */
async function cut(who: Someone, url: string, offset: number, body: Buffer, announced: number): Promise<void> {
  const request = httpRequest(`${base}${url}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      ...who.headers,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(announced),
    },
  });
  request.on('error', () => {});
  const closed = new Promise<void>((done) => request.on('close', done));
  request.write(body);
  const path = spoolPath(config.filesFolder, url.split('/').at(-1)!);
  await expect.poll(() => existsSync(path) && statSync(path).size > 0).toBe(true);
  request.destroy();
  await closed;
}

describe('tus-js-client', () => {
  const upload = (who: Someone, content: Buffer, options: Partial<tus.UploadOptions> = {}) =>
    new Promise<tus.Upload>((done, fail) => {
      const sending = new tus.Upload(content, {
        endpoint: `${base}/tai-len`,
        headers: who.headers,
        metadata: { filename: 'Bản vẽ.pdf', grant: who.grant },
        retryDelays: [0, 50, 200],
        onSuccess: () => done(sending),
        onError: fail,
        ...options,
      });
      sending.start();
    });
  test('uploads in pieces, and the file is whole', async () => {
    const who = await someone();
    const content = pdf(3_000_000);
    const sent = await upload(who, content, { chunkSize: 700_000 });
    const [blob] = await finished(who, new URL(sent.url!).pathname);
    expect(blob?.blob).toMatchObject({ fileName: 'Bản vẽ.pdf', kind: 'pdf', sizeBytes: 3_000_000 });
    expect(blob?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
    expect(Buffer.concat(await readBlob(config.filesFolder, blob!.blob.sha256).toArray()).equals(content)).toBe(true);
  });
  test('goes on after the line was cut, where the server says', async () => {
    const who = await someone();
    const content = pdf(2_000_000);
    const url = await begun(who, content.length);
    await cut(who, url, 0, content.subarray(0, 900_000), content.length);
    const there = await offsetOf(who, url);
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThanOrEqual(900_000);
    await upload(who, content, { uploadUrl: `${base}${url}` });
    const [blob] = await finished(who, url);
    expect(blob?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
  });
  test('ends an upload before its time', async () => {
    const who = await someone();
    const url = await begun(who, 500_000);
    await piece(who, url, 0, pdf(1_000));
    await tus.Upload.terminate(`${base}${url}`, { headers: who.headers });
    expect((await call(who, 'HEAD', url)).status).toBe(404);
    expect(spools()).not.toContain(url.split('/').at(-1));
  });
});

describe('the protocol', () => {
  test('says what it can', async () => {
    const answer = await fetch(`${base}/tai-len`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('tus-version')).toBe('1.0.0');
    expect(answer.headers.get('tus-extension')).toBe('creation,checksum,termination,expiration');
  });
  test('a piece with its checksum is taken, a damaged one leaves nothing', async () => {
    const who = await someone();
    const content = pdf(4_000);
    const url = await begun(who, 8_000);
    const sum = (body: Buffer) => ({ 'upload-checksum': `sha1 ${createHash('sha1').update(body).digest('base64')}` });
    expect((await piece(who, url, 0, content, sum(Buffer.from('other')))).status).toBe(460);
    expect(await offsetOf(who, url)).toBe(0);
    expect((await piece(who, url, 0, content, { 'upload-checksum': 'crc9 AAAA' })).status).toBe(400);
    const taken = await piece(who, url, 0, content, sum(content));
    expect([taken.status, taken.headers.get('upload-offset')]).toEqual([204, '4000']);
    expect(taken.headers.get('upload-expires')).toMatch(/GMT$/);
  });
  test('a piece at the wrong place is refused and changes nothing', async () => {
    const who = await someone();
    const content = pdf(6_000);
    const url = await begun(who, 6_000);
    await piece(who, url, 0, content.subarray(0, 2_000));
    for (const lie of [0, 1_999, 2_001, 6_000])
      expect((await piece(who, url, lie, content.subarray(2_000))).status).toBe(409);
    for (const lie of ['-1', '2e3', '', 'NaN', '99999999999999999'])
      expect((await piece(who, url, lie, content)).status).toBe(400);
    expect(await offsetOf(who, url)).toBe(2_000);
    expect((await piece(who, url, 2_000, content.subarray(2_000))).headers.get('upload-complete')).toBe('?1');
    // The answer was lost: the same end once more is no failure.
    expect((await piece(who, url, 6_000, Buffer.alloc(0))).status).toBe(204);
    expect((await finished(who, url))[0]?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
  });
  test('more than was announced is refused, and the file can still be finished', async () => {
    const who = await someone();
    const content = pdf(5_000);
    const url = await begun(who, 5_000);
    expect((await piece(who, url, 0, Buffer.concat([content, Buffer.alloc(9)]))).status).toBe(413);
    expect(await offsetOf(who, url)).toBe(0);
    expect((await piece(who, url, 0, content)).status).toBe(204);
  });
  test('another version, another type and lengths that make no sense are refused', async () => {
    const who = await someone();
    const url = await begun(who, 5_000);
    expect((await call(who, 'HEAD', url, { 'tus-resumable': '0.2.2' })).status).toBe(412);
    expect((await piece(who, url, 0, pdf(10), { 'content-type': 'text/plain' })).status).toBe(415);
    for (const length of ['0', '-5', 'x', '1e9', '']) expect((await create(who, length)).status).toBe(400);
    expect((await create(who, 9_000_001)).status).toBe(422);
    expect((await create(who, 10, meta(who.grant, 'virus.exe'))).status).toBe(422);
  });
});

describe('two at once', () => {
  test('of two writers one writes, the other is told to wait', async () => {
    const who = await someone();
    const content = pdf(3_000);
    const url = await begun(who, content.length);
    await app.db.reader.raw(
      `update files.upload set writer_id = $2, writer_until = now() + interval '1 minute' where id = $1`,
      [url.split('/').at(-1), newId()],
    );
    expect((await piece(who, url, 0, content)).status).toBe(423);
    await app.db.reader.raw(`update files.upload set writer_until = now() - interval '1 second' where id = $1`, [
      url.split('/').at(-1),
    ]);
    expect((await piece(who, url, 0, content)).status).toBe(204);
  });
  test('many pieces at the same place make one whole file', async () => {
    const who = await someone();
    const content = pdf(400_000);
    const url = await begun(who, content.length);
    const answers = await Promise.all(Array.from({ length: 6 }, () => piece(who, url, 0, content)));
    const codes = answers.map((answer) => answer.status);
    expect(codes.filter((code) => code === 204)).toHaveLength(1);
    expect(codes.every((code) => [204, 409, 423].includes(code))).toBe(true);
    expect((await finished(who, url))[0]?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
  });
  test('whoever comes back takes over from a line that hangs', async () => {
    const who = await someone();
    const content = pdf(900_000);
    const url = await begun(who, content.length);
    const hanging = new Promise<void>((done) => {
      const request = httpRequest(`${base}${url}`, {
        method: 'PATCH',
        headers: {
          'tus-resumable': '1.0.0',
          ...who.headers,
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
          'content-length': String(content.length),
        },
      });
      request.on('error', () => {});
      request.on('close', () => done());
      request.write(content.subarray(0, 600_000));
    });
    await expect.poll(() => existsSync(spoolPath(config.filesFolder, url.split('/').at(-1)!))).toBe(true);
    const there = await offsetOf(who, url);
    await hanging;
    expect((await piece(who, url, there, content.subarray(there))).headers.get('upload-complete')).toBe('?1');
    expect((await finished(who, url))[0]?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
  });
});

describe("other people's uploads", () => {
  test('are not there: neither to see, to write, to end nor to use', async () => {
    const [who, other] = [await someone(), await someone()];
    const content = pdf(2_000);
    const url = await begun(who, content.length);
    expect((await call(other, 'HEAD', url)).status).toBe(404);
    expect((await piece(other, url, 0, content)).status).toBe(404);
    expect((await call(other, 'DELETE', url)).status).toBe(404);
    expect((await piece(who, url, 0, content)).status).toBe(204);
    expect(await finished(other, url)).toEqual([]);
    const elsewhere = { kind: 'application', id: newId() };
    const id = url.split('/').at(-1)!;
    expect(await finishedUploads(app.db.reader, who.actor, elsewhere, [id], app.context.clock.now())).toEqual([]);
    expect((await call(who, 'HEAD', '/tai-len/../../etc/passwd')).status).toBe(404);
    expect((await call(who, 'HEAD', '/tai-len/..%2F..%2Fetc')).status).toBe(404);
  });
  test('a grant that was changed, is another person’s or too old gives nothing', async () => {
    const [who, other] = [await someone(), await someone()];
    expect((await create(who, 10, meta(other.grant))).status).toBe(403);
    expect((await create(who, 10, meta(`${who.grant}x`))).status).toBe(403);
    expect(await create(who, 10, 'filename YS5wZGY=')).toMatchObject({ status: 403 });
    const [body = '', mark] = who.grant.split('.');
    const more = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), maxBytes: 1e12 };
    expect(
      (await create(who, 10, meta(`${Buffer.from(JSON.stringify(more)).toString('base64url')}.${mark}`))).status,
    ).toBe(403);
    const old = grantUpload(config, who.actor, { ...limits, owner: who.owner }, new Date('2026-11-20T00:00:00Z'));
    expect((await create(who, 10, meta(old))).status).toBe(403);
  });
  test('without the session’s token, or from another site, nothing is written', async () => {
    const who = await someone();
    expect((await call(who, 'POST', '/tai-len', { 'x-csrf-token': 'x', 'upload-length': '5' })).status).toBe(403);
    expect((await call(who, 'POST', '/tai-len', { 'sec-fetch-site': 'cross-site', 'upload-length': '5' })).status).toBe(
      403,
    );
  });
  test('nobody fills the disk with uploads that are never finished', async () => {
    const who = await someone();
    const answers = [];
    for (let at = 0; at < 41; at++) answers.push((await create(who, 1_000)).status);
    expect(answers.filter((status) => status === 201)).toHaveLength(40);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('what is refused or left', () => {
  test('content that is not what its name says is refused at the end and nothing stays', async () => {
    const who = await someone();
    const url = await begun(who, 3_000);
    const answer = await piece(who, url, 0, Buffer.alloc(3_000, '<script>'));
    expect(answer.status).toBe(422);
    expect((await call(who, 'HEAD', url)).status).toBe(404);
    expect(spools()).not.toContain(url.split('/').at(-1));
  });
  test('after a crash the file goes on from what was acknowledged, whatever else lies there', async () => {
    const who = await someone();
    const content = pdf(50_000);
    const url = await begun(who, content.length);
    await piece(who, url, 0, content.subarray(0, 20_000));
    // Bytes that were written but never acknowledged, as a crash leaves them.
    writeFileSync(
      spoolPath(config.filesFolder, url.split('/').at(-1)!),
      Buffer.concat([content.subarray(0, 20_000), randomBytes(70_000)]),
    );
    expect(await offsetOf(who, url)).toBe(20_000);
    await piece(who, url, 20_000, content.subarray(20_000));
    expect((await finished(who, url))[0]?.blob.sha256).toEqual(createHash('sha256').update(content).digest());
  });
  test('finished bytes wait for their form, then go with the sweep when nobody used them', async () => {
    const who = await someone();
    const [content, used] = [pdf(7_000), pdf(7_001)];
    const url = await begun(who, content.length);
    await piece(who, url, 0, content);
    const [blob] = await finished(who, url);
    const usedUrl = await begun(who, used.length);
    await piece(who, usedUrl, 0, used);
    const [taken] = await finished(who, usedUrl);
    await app.db.write((tx) => useUploads(tx, [taken!.uploadId]));
    expect(await finished(who, usedUrl)).toEqual([]);
    const later = new Date(Date.now() + 25 * 3_600_000);
    await sweepOrphans(app.db.reader, config.filesFolder, later);
    expect(await hasBlob(config.filesFolder, blob!.blob.sha256)).toBe(true);
    expect(await hasBlob(config.filesFolder, taken!.blob.sha256)).toBe(false);
    const begunOnly = await begun(who, 100);
    await piece(who, begunOnly, 0, pdf(50));
    expect(statSync(spoolPath(config.filesFolder, begunOnly.split('/').at(-1)!)).size).toBe(50);
    app.db.clock.set(new Date(app.db.clock.now().getTime() + 25 * 3_600_000));
    expect(await sweepUploads((work) => app.db.write(work), app.db.reader, config, app.db.clock.now())).toBeGreaterThan(
      1,
    );
    expect(existsSync(spoolPath(config.filesFolder, begunOnly.split('/').at(-1)!))).toBe(false);
    await sweepOrphans(app.db.reader, config.filesFolder, later);
    expect(await hasBlob(config.filesFolder, blob!.blob.sha256)).toBe(false);
  });
});
