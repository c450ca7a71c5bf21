import { beforeEach, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { testApp } from '../../testing/app.ts';
import { browserOf, insertOfficer, insertOfficialAccount, sessionFor, type Browser } from './testing.ts';

const app = await testApp();
const host = new URL(app.context.config.publicUrl).host;
const PASSWORD = 'Sen-Trong-Dam-2026!';
let official: Browser;

/** An official who has gone for a tea: the screen has locked. */
async function lockedOfficial(): Promise<Browser> {
  const account = await app.db.write(async (tx) =>
    insertOfficialAccount(tx, { ...(await insertOfficer(tx)), password: PASSWORD }),
  );
  const browser = browserOf(app);
  browser.cookies.set(SESSION_COOKIE, (await sessionFor(app.db, account)).token);
  app.db.clock.advance(20 * 60_000);
  return browser;
}

beforeEach(async () => {
  official = await lockedOfficial();
});

const unescape = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const carriedIn = (body: string): string => /name="carried" value="([^"]+)"/.exec(body)?.[1] ?? '';
const fieldsIn = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [
      unescape(m[1]!),
      unescape(m[2]!),
    ]),
  );

/** A form with files, as a browser sends it. */
async function postParts(parts: readonly [string, string][]) {
  const boundary = '----sen';
  const csrf = official.session()!.csrf(app.context.config.secret);
  const all = [['Content-Disposition: form-data; name="_csrf"', csrf], ...parts];
  return app.app.inject({
    method: 'POST',
    url: '/quan-tri/thu-tuc/nhap',
    headers: {
      host,
      cookie: [...official.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
    },
    payload: `${all.map(([head, body]) => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n`).join('')}--${boundary}--\r\n`,
  });
}

describe('a form sent to a locked screen', () => {
  const written = '<b>"Căn cứ" Điều 5 & 6</b>';
  const at = '/doi-vi-tri';

  it('is kept sealed, and sent again by one button after unlocking', async () => {
    const stopped = await official.post(`${at}?x=1`, { nameVi: written, password: 'bi-mat-cua-toi' });
    expect(stopped.statusCode).toBe(401);
    expect(stopped.body).toContain('vẫn được giữ');
    expect(stopped.body).not.toContain('Căn cứ');
    const carried = carriedIn(stopped.body);
    const wrong = await official.post('/mo-khoa', { carried, password: 'sai', ve: '/lam-viec' });
    expect([wrong.statusCode, carriedIn(wrong.body)]).toEqual([422, carried]);
    const opened = await official.post('/mo-khoa', { carried, password: PASSWORD, ve: '/lam-viec' });
    expect(opened.statusCode).toBe(200);
    expect(opened.body).toContain(`action="${at}?x=1"`);
    expect(fieldsIn(opened.body)['nameVi']).toBe(written);
    expect(opened.body).not.toContain('bi-mat-cua-toi');
    // The repeated form reaches its page: the screen is open and the token is right.
    expect((await official.post(at, { nameVi: written, postId: 'x' })).statusCode).toBe(403);
  });

  it('says which files are not kept', async () => {
    const stopped = await postParts([
      ['Content-Disposition: form-data; name="note"', 'ghi chú'],
      ['Content-Disposition: form-data; name="file"; filename="danh-muc.jsonl"\r\nContent-Type: text/plain', 'xxx'],
    ]);
    expect(stopped.body).toContain('chọn lại tệp');
    const opened = await official.post('/mo-khoa', { carried: carriedIn(stopped.body), password: PASSWORD });
    expect(opened.body).toContain('danh-muc.jsonl');
    expect(fieldsIn(opened.body)['note']).toBe('ghi chú');
  });

  it('that is too long is not kept, and the page says so', async () => {
    const long = 'a'.repeat(400_000);
    const stopped = await postParts(
      ['a', 'b', 'c'].map((name): [string, string] => [`Content-Disposition: form-data; name="${name}"`, long]),
    );
    expect([stopped.statusCode, carriedIn(stopped.body)]).toEqual([401, '']);
    expect(stopped.body).toContain('quá dài');
    const whole = await official.post(at, { x: 'a'.repeat(700_000) });
    expect(whole.body).toContain('vẫn được giữ');
    const opened = await official.post('/mo-khoa', { carried: carriedIn(whole.body), password: PASSWORD });
    expect(fieldsIn(opened.body)['x']).toHaveLength(700_000);
  });

  it('opens for nobody else, and not when changed', async () => {
    const carried = carriedIn((await official.post(at, { nameVi: written })).body);
    const other = await lockedOfficial();
    await official.post(at, {});
    const theirs = await other.post('/mo-khoa', { carried, password: PASSWORD });
    expect([theirs.statusCode, theirs.body.includes('Căn cứ')]).toEqual([303, false]);
    const changed = `${carried.slice(0, -4)}AAAA`;
    expect((await official.post('/mo-khoa', { carried: changed, password: PASSWORD })).statusCode).toBe(303);
  });

  it('without the token of the session is refused as before', async () => {
    const forged = await official.post(at, { _csrf: 'x', nameVi: written });
    expect([forged.statusCode, carriedIn(forged.body)]).toEqual([403, '']);
  });

  it('asked for as JSON is answered as JSON', async () => {
    const answer = await official.post(at, { nameVi: written }, { accept: 'application/json' });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'platform.sign-in-required']);
  });
});
