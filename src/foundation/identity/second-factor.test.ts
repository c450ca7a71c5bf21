import { describe, expect, it } from 'vitest';
import { testApp } from '../../testing/app.ts';
import identity from './module.ts';
import { browserOf, insertCitizen, signInWith, type Browser } from './testing.ts';
import { softwarePasskey } from './testing/software-passkey.ts';
import { hotp, stepOf } from './totp.ts';

const t = await testApp({ modules: [identity] });
const PASSWORD = 'con cá vàng 27';
const ORIGIN = 'http://localhost:8080';
let serial = 0;

async function aCitizen() {
  const email = `nguoi${++serial}@example.vn`;
  const account = await t.db.write((tx) => insertCitizen(tx, { password: PASSWORD, email }));
  return { ...account, email };
}
type Person = Awaited<ReturnType<typeof aCitizen>>;

async function signedIn(person: Person): Promise<Browser> {
  const browser = browserOf(t);
  await signInWith(browser, person.email, PASSWORD);
  expect(browser.session()).not.toBeNull();
  return browser;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (sign) => BASE32.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
const codeAt = (secret: Buffer, offset = 0): string => hotp(secret, stepOf(t.db.clock.now()) + offset);
const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
const codesIn = (body: string): string[] =>
  [...body.matchAll(/<code class="sen-code">([0-9A-Z-]{14})<\/code>/g)].map(([, code]) => code ?? '');

/** Sets an app up; the browser's session has then reached level 2. */
async function withApp(browser: Browser): Promise<{ secret: Buffer; codes: string[] }> {
  const page = await browser.get('/tai-khoan/bao-mat/ung-dung');
  expect(page.statusCode).toBe(200);
  const secret = fromBase32((/class="sen-code">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '').replaceAll(' ', ''));
  const answer = await browser.post('/tai-khoan/bao-mat/ung-dung', {
    enrolment: hidden(page.body, 'enrolment'),
    code: codeAt(secret),
    name: 'Điện thoại',
  });
  expect(answer.statusCode).toBe(200);
  return { secret, codes: codesIn(answer.body) };
}

async function withPasskey(browser: Browser) {
  const passkey = softwarePasskey(ORIGIN);
  const asked = (await browser.post('/tai-khoan/bao-mat/khoa-truy-cap/yeu-cau', {})).json<{
    id: string;
    publicKey: Record<string, unknown>;
  }>();
  const answer = await browser.post('/tai-khoan/bao-mat/khoa-truy-cap', {
    challenge: asked.id,
    answer: passkey.create(asked.publicKey),
    name: 'Khóa USB',
  });
  expect(answer.statusCode).toBe(200);
  return passkey;
}

// Pages of tests have no built islands: the question is what the server would put there.
async function questionOfStep(step: string): Promise<Record<string, unknown>> {
  const { derive } = await import('../../platform/seal.ts');
  const uid = /xac-thuc\/([\w-]+)/.exec(step)?.[1] ?? '';
  return { challenge: derive(t.context.config.secret, 'passkey-sign-in', uid).toString('base64url') };
}

/** Goes as far as the second step. */
async function passwordDone(person: Person) {
  const browser = browserOf(t);
  const { trail } = await browser.follow('/dang-nhap');
  const answer = await browser.post(trail.at(-1) ?? '', { login: person.email, password: PASSWORD });
  return { browser, step: answer.headers.location ?? '' };
}
const finish = (browser: Browser, answer: Awaited<ReturnType<Browser['post']>>) =>
  browser.follow(answer.headers.location ?? '/');
const levelOf = async (browser: Browser) =>
  (
    await t.db.reader.raw<{ assurance: number; methods: string[] }>(
      `select assurance, methods from platform.session where token_hash = sha256($1::bytea)`,
      [Buffer.from(browser.session()?.token ?? '')],
    )
  )[0];

describe('an authenticator app', () => {
  it('is set up by its first code, gives recovery codes once, and is asked for from then on', async () => {
    const person = await aCitizen();
    const browser = await signedIn(person);
    expect(await levelOf(browser)).toMatchObject({ assurance: 1, methods: ['pwd'] });
    const { secret, codes } = await withApp(browser);
    expect(new Set(codes).size).toBe(10);
    expect((await levelOf(browser))?.assurance).toBe(2);
    expect((await browser.get('/tai-khoan/bao-mat')).body).toContain('Điện thoại');
    const { browser: other, step } = await passwordDone(person);
    expect(step).toMatch(/\/buoc-hai$/);
    expect(other.session()).toBeNull();
    t.db.clock.advance(30_000);
    await finish(other, await other.post(step, { code: ` ${codeAt(secret).slice(0, 3)} ${codeAt(secret).slice(3)}` }));
    expect(await levelOf(other)).toMatchObject({ assurance: 2, methods: ['pwd', 'otp', 'mfa'] });
    const stored = await t.db.reader.raw<{ all: string }>(
      `select string_agg(f::text, '') || (select string_agg(r::text, '') from identity.recovery_code r) as all from identity.factor f`,
    );
    for (const secretText of [...codes, secret.toString('hex'), secret.toString('base64')])
      expect(stored[0]?.all).not.toContain(secretText);
  });

  it('refuses a code used before, in the same half minute and after', async () => {
    const person = await aCitizen();
    const { secret } = await withApp(await signedIn(person));
    const enrolCode = codeAt(secret);
    const first = await passwordDone(person);
    expect((await first.browser.post(first.step, { code: enrolCode })).statusCode).toBe(422);
    t.db.clock.advance(30_000);
    const code = codeAt(secret);
    const tries = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const one = await passwordDone(person);
        return (await one.browser.post(one.step, { code })).statusCode;
      }),
    );
    expect(tries.sort((a, b) => a - b)).toEqual([303, 422, 422]);
  });

  it('is locked by five wrong codes however often the password is right, and tells no difference', async () => {
    const person = await aCitizen();
    const { secret } = await withApp(await signedIn(person));
    t.db.clock.advance(60_000);
    for (let i = 0; i < 6; i++) {
      const { browser, step } = await passwordDone(person);
      expect((await browser.post(step, { code: '000000' })).statusCode).toBe(422);
    }
    const locked = await passwordDone(person);
    const right = await locked.browser.post(locked.step, { code: codeAt(secret) });
    expect(right.statusCode).toBe(422);
    expect(right.body).toContain('tạm khóa ít nhất 15 phút');
    t.db.clock.advance(16 * 60_000);
    const again = await passwordDone(person);
    expect((await again.browser.post(again.step, { code: codeAt(secret) })).statusCode).toBe(303);
  });

  it('takes twenty guesses at once as five', async () => {
    const person = await aCitizen();
    await withApp(await signedIn(person));
    const { browser, step } = await passwordDone(person);
    await Promise.all(Array.from({ length: 20 }, (_, i) => browser.post(step, { code: String(i).padStart(6, '1') })));
    const rows = await t.db.reader.raw<{ outcome: string; n: number }>(
      `select outcome, count(*)::int as n from identity.sign_in where account_id = $1 and outcome in ('wrong-code', 'refused-locked') group by 1 order by 1`,
      [person.id],
    );
    expect(rows).toEqual([
      { outcome: 'refused-locked', n: 15 },
      { outcome: 'wrong-code', n: 5 },
    ]);
  });

  it('is not set up by a wrong code, a foreign or an old page', async () => {
    const browser = await signedIn(await aCitizen());
    const page = await browser.get('/tai-khoan/bao-mat/ung-dung');
    const enrolment = hidden(page.body, 'enrolment');
    const send = (fields: Record<string, string>) => browser.post('/tai-khoan/bao-mat/ung-dung', fields);
    expect((await send({ enrolment, code: '000000' })).statusCode).toBe(422);
    for (const bad of ['', 'x', 'a'.repeat(5_000), enrolment.slice(0, -4)])
      expect((await send({ enrolment: bad, code: '123456' })).body).toContain('đã mở quá lâu');
    const stranger = await signedIn(await aCitizen());
    const stolen = await stranger.post('/tai-khoan/bao-mat/ung-dung', { enrolment, code: '123456' });
    expect(stolen.body).toContain('đã mở quá lâu');
  });

  it.each(['<script>alert(1)</script>', "' or 1=1 --", '\u0000', 'Ă'.repeat(3_000), '{{7*7}}', '-1', '١٢٣٤٥٦'])(
    'takes hostile input %# as one more wrong code',
    async (code) => {
      const person = await aCitizen();
      await withApp(await signedIn(person));
      const { browser, step } = await passwordDone(person);
      const answer = await browser.post(step, { code });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).not.toContain('<script>alert');
    },
  );

  it('asks nobody for a second step whose password is wrong, nor in another browser', async () => {
    const person = await aCitizen();
    const { secret } = await withApp(await signedIn(person));
    const { step } = await passwordDone(person);
    t.db.clock.advance(30_000);
    const answer = await browserOf(t).post(step, { code: codeAt(secret) });
    expect(answer.headers.location).toBe('/dang-nhap/khong-thanh');
    const fresh = browserOf(t);
    const { trail } = await fresh.follow('/dang-nhap');
    expect((await fresh.get(`${trail.at(-1)}/buoc-hai`)).headers.location).toBe('/dang-nhap');
  });
});

describe('recovery codes', () => {
  it('let in once each, are told, and stop working when new ones are made', async () => {
    const person = await aCitizen();
    const owner = await signedIn(person);
    const { codes } = await withApp(owner);
    const use = async (code: string) => {
      const { browser, step } = await passwordDone(person);
      return (await browser.post(step, { code })).statusCode;
    };
    expect(await use((codes[0] ?? '').toLowerCase().replaceAll('-', ' '))).toBe(303);
    expect(await use(codes[0] ?? '')).toBe(422);
    const told = await t.db.reader.raw<{ channel: string; body: string }>(
      `select channel, body from notifications.message where template = 'identity.recovery-code-used' and subject_id = $1 order by channel`,
      [person.id],
    );
    expect(told.map(({ channel }) => channel)).toEqual(['email', 'in-app']);
    expect(told[0]?.body).toContain('còn lại 9 mã');
    const made = await owner.post('/tai-khoan/bao-mat/ma-khoi-phuc', {});
    expect(codesIn(made.body)).toHaveLength(10);
    expect(await use(codes[1] ?? '')).toBe(422);
    expect(await use(codesIn(made.body)[0] ?? '')).toBe(303);
  });

  it('of one person open nobody else’s account', async () => {
    const [one, two] = [await aCitizen(), await aCitizen()];
    const { codes } = await withApp(await signedIn(one));
    await withApp(await signedIn(two));
    const { browser, step } = await passwordDone(two);
    expect((await browser.post(step, { code: codes[0] ?? '' })).statusCode).toBe(422);
  });
});

describe('a passkey', () => {
  it('signs in after the password, and alone', async () => {
    const person = await aCitizen();
    const passkey = await withPasskey(await signedIn(person));
    const { browser, step } = await passwordDone(person);
    const path = step.replace('buoc-hai', 'khoa-truy-cap');
    await finish(browser, await browser.post(path, { answer: passkey.get(await questionOfStep(step)) }));
    expect(await levelOf(browser)).toMatchObject({ assurance: 2, methods: ['pwd', 'hwk', 'mfa'] });
    const alone = browserOf(t);
    const start = (await alone.follow('/dang-nhap?ve=/tai-khoan')).trail.at(-1) ?? '';
    const answer = await alone.post(`${start}/khoa-truy-cap`, { answer: passkey.get(await questionOfStep(start)) });
    const { trail } = await finish(alone, answer);
    expect(trail.at(-1)).toBe('/tai-khoan');
    expect(await levelOf(alone)).toMatchObject({ assurance: 2, methods: ['hwk', 'mfa'] });
  });

  const sent = async (
    lie: (question: Record<string, unknown>) => Parameters<ReturnType<typeof softwarePasskey>['get']>[1],
    prepare?: (passkey: ReturnType<typeof softwarePasskey>) => void,
  ) => {
    const passkey = await withPasskey(await signedIn(await aCitizen()));
    passkey.get({ challenge: 'x' });
    prepare?.(passkey);
    const browser = browserOf(t);
    const start = (await browser.follow('/dang-nhap')).trail.at(-1) ?? '';
    const question = await questionOfStep(start);
    const answer = await browser.post(`${start}/khoa-truy-cap`, { answer: passkey.get(question, lie(question)) });
    expect(browser.session()).toBeNull();
    return answer.statusCode;
  };
  it('is refused from another site, for another site, with another challenge, as another kind of answer, or without its owner', async () => {
    expect(await sent(() => ({}))).toBe(303);
    expect(await sent(() => ({ origin: 'https://evil.example' }))).toBe(422);
    expect(await sent(() => ({ origin: 'http://localhost:8081' }))).toBe(422);
    expect(await sent(() => ({ host: 'evil.example' }))).toBe(422);
    expect(await sent(() => ({ challenge: Buffer.alloc(32).toString('base64url') }))).toBe(422);
    expect(await sent(() => ({ type: 'webauthn.create' }))).toBe(422);
    expect(
      await sent(
        () => ({}),
        (passkey) => void (passkey.isVerifying = false),
      ),
    ).toBe(422);
  });

  it('is refused with a counter that goes back: a copy of the key', async () => {
    const person = await aCitizen();
    const passkey = await withPasskey(await signedIn(person));
    const go = async (counter: number) => {
      const browser = browserOf(t);
      const start = (await browser.follow('/dang-nhap')).trail.at(-1) ?? '';
      const answer = passkey.get(await questionOfStep(start), { counter });
      return (await browser.post(`${start}/khoa-truy-cap`, { answer })).statusCode;
    };
    expect(await go(7)).toBe(303);
    expect(await go(7)).toBe(422);
    expect(await go(6)).toBe(422);
    expect(await go(0)).toBe(422);
    expect(await go(8)).toBe(303);
  });

  it('answers one sign-in only: a question seen elsewhere, or an answer sent again, is worth nothing', async () => {
    const passkey = await withPasskey(await signedIn(await aCitizen()));
    const victim = browserOf(t);
    const start = (await victim.follow('/dang-nhap')).trail.at(-1) ?? '';
    const answer = passkey.get(await questionOfStep(start));
    const thief = browserOf(t);
    const other = (await thief.follow('/dang-nhap')).trail.at(-1) ?? '';
    expect((await thief.post(`${other}/khoa-truy-cap`, { answer })).statusCode).toBe(422);
    expect((await thief.post(`${start}/khoa-truy-cap`, { answer })).headers.location).toBe('/dang-nhap/khong-thanh');
    const used = await victim.post(`${start}/khoa-truy-cap`, { answer });
    await finish(victim, used);
    expect(victim.session()).not.toBeNull();
    expect((await victim.post(`${start}/khoa-truy-cap`, { answer })).headers.location).toBe('/dang-nhap/khong-thanh');
  });

  it('of somebody else is no second step', async () => {
    const [one, two] = [await aCitizen(), await aCitizen()];
    const foreign = await withPasskey(await signedIn(one));
    await withPasskey(await signedIn(two));
    const { browser, step } = await passwordDone(two);
    const answer = foreign.get(await questionOfStep(step));
    expect((await browser.post(step.replace('buoc-hai', 'khoa-truy-cap'), { answer })).statusCode).toBe(422);
  });

  it('is made for one session, once', async () => {
    const [one, two] = [await signedIn(await aCitizen()), await signedIn(await aCitizen())];
    const ask = (browser: Browser) =>
      browser
        .post('/tai-khoan/bao-mat/khoa-truy-cap/yeu-cau', {})
        .then((a) => a.json<{ id: string; publicKey: Record<string, unknown> }>());
    const asked = await ask(one);
    const answer = softwarePasskey(ORIGIN).create(asked.publicKey);
    const send = (browser: Browser, fields: Record<string, string>) =>
      browser.post('/tai-khoan/bao-mat/khoa-truy-cap', { challenge: asked.id, answer, name: 'x', ...fields });
    expect((await send(two, {})).statusCode).toBe(422);
    expect((await send(one, {})).statusCode).toBe(200);
    expect((await send(one, {})).statusCode).toBe(422);
    const late = await ask(two);
    t.db.clock.advance(6 * 60_000);
    expect(
      (await send(two, { challenge: late.id, answer: softwarePasskey(ORIGIN).create(late.publicKey) })).statusCode,
    ).toBe(422);
  });

  it.each([
    '',
    '{}',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"a","rawId":"b","type":"public-key","response":{}}',
    'x'.repeat(50_000),
    '{"__proto__":{"id":"a"}}',
  ])('is not made of hostile input %#', async (answer) => {
    const browser = await signedIn(await aCitizen());
    const reply = await browser.post('/tai-khoan/bao-mat/khoa-truy-cap', { challenge: 'x', answer });
    expect(reply.statusCode).toBe(422);
    const start = (await browserOf(t).follow('/dang-nhap')).trail.at(-1) ?? '';
    expect((await browserOf(t).post(`${start}/khoa-truy-cap`, { answer })).headers.location).toBe(
      '/dang-nhap/khong-thanh',
    );
  });
});

describe('before a sensitive act', () => {
  it('a session that proved itself long ago is asked again, and its form is kept', async () => {
    const person = await aCitizen();
    const browser = await signedIn(person);
    const { secret } = await withApp(browser);
    t.db.clock.advance(11 * 60_000);
    const page = await browser.get('/tai-khoan/bao-mat/khoa-truy-cap');
    expect(page.headers.location).toBe(
      '/xac-minh-lai?ve=%2Ftai-khoan%2Fbao-mat%2Fkhoa-truy-cap&viec=identity.change-factors',
    );
    const [factor] = await t.db.reader.raw<{ id: string }>('select id from identity.factor where account_id = $1', [
      person.id,
    ]);
    const stopped = await browser.post(`/tai-khoan/bao-mat/cach-xac-minh/${factor?.id}`, { name: 'Tên mới' });
    expect(stopped.statusCode).toBe(403);
    expect(stopped.body).toContain('Xác minh lại danh tính');
    const carried = hidden(stopped.body, 'carried');
    const wrong = await browser.post('/xac-minh-lai', { carried, password: PASSWORD, code: '000000' });
    expect(wrong.statusCode).toBe(422);
    expect(hidden(wrong.body, 'carried')).toBe(carried);
    const repeat = await browser.post('/xac-minh-lai', { carried, code: codeAt(secret) });
    expect(repeat.statusCode).toBe(200);
    expect(repeat.body).toContain('value="Tên mới"');
    await browser.post(`/tai-khoan/bao-mat/cach-xac-minh/${factor?.id}`, { name: hidden(repeat.body, 'name') });
    expect((await browser.get('/tai-khoan/bao-mat')).body).toContain('Tên mới');
  });

  it('a person without a factor is asked for the password, with a factor never', async () => {
    const person = await aCitizen();
    const browser = await signedIn(person);
    t.db.clock.advance(11 * 60_000);
    const ve = '/tai-khoan/bao-mat/ung-dung';
    expect((await browser.post('/xac-minh-lai', { ve, password: 'sai' })).statusCode).toBe(422);
    expect((await browser.post('/xac-minh-lai', { ve, password: PASSWORD })).headers.location).toBe(ve);
    await withApp(browser);
    t.db.clock.advance(11 * 60_000);
    expect((await browser.post('/xac-minh-lai', { ve, password: PASSWORD })).statusCode).toBe(422);
  });

  it('a passkey proves again, for this session and once', async () => {
    const browser = await signedIn(await aCitizen());
    const passkey = await withPasskey(browser);
    t.db.clock.advance(11 * 60_000);
    const asked = (await browser.post('/xac-minh-lai/yeu-cau', {})).json<{
      id: string;
      publicKey: Record<string, unknown>;
    }>();
    const answer = passkey.get(asked.publicKey);
    const fields = { challenge: asked.id, answer, ve: '/tai-khoan/bao-mat/ung-dung' };
    const stranger = await signedIn(await aCitizen());
    expect((await stranger.post('/xac-minh-lai/khoa-truy-cap', fields)).statusCode).toBe(422);
    expect((await browser.post('/xac-minh-lai/khoa-truy-cap', fields)).headers.location).toBe(fields.ve);
    expect((await browser.post('/xac-minh-lai/khoa-truy-cap', fields)).statusCode).toBe(422);
  });
});

describe('removing', () => {
  it('warns of the last one, takes the recovery codes with it, and tells the owner', async () => {
    const person = await aCitizen();
    const browser = await signedIn(person);
    const { codes } = await withApp(browser);
    const [factor] = await t.db.reader.raw<{ id: string }>('select id from identity.factor where account_id = $1', [
      person.id,
    ]);
    const path = `/tai-khoan/bao-mat/cach-xac-minh/${factor?.id}/go`;
    expect((await browser.get(path)).body).toContain('cách xác minh cuối cùng');
    const stranger = await signedIn(await aCitizen());
    expect((await stranger.get(path)).statusCode).toBe(404);
    expect((await stranger.post(path, {})).statusCode).toBe(404);
    expect((await browser.post(path, {})).statusCode).toBe(303);
    const { step } = await passwordDone(person);
    expect(step).not.toContain('buoc-hai');
    expect(codes).toHaveLength(10);
    const left = await t.db.reader.raw('select 1 from identity.recovery_code where account_id = $1', [person.id]);
    expect(left).toHaveLength(0);
    const told = await t.db.reader.raw(
      `select 1 from notifications.message where template = 'identity.factor-removed' and subject_id = $1`,
      [person.id],
    );
    expect(told.length).toBeGreaterThan(0);
  });
});

describe('devices', () => {
  it('that are new are told, the first and those known are not', async () => {
    const person = await aCitizen();
    const told = async () =>
      (
        await t.db.reader.raw<{ n: number }>(
          `select count(*)::int as n from notifications.message where template = 'identity.new-device' and subject_id = $1 and channel = 'in-app'`,
          [person.id],
        )
      )[0]?.n;
    const first = await signedIn(person);
    expect(await told()).toBe(0);
    await first.post('/dang-xuat', {});
    await signInWith(first, person.email, PASSWORD);
    expect(await told()).toBe(0);
    await signedIn(person);
    expect(await told()).toBe(1);
  });

  it('that are ended cannot come back without proving again', async () => {
    const person = await aCitizen();
    const [here, there] = [await signedIn(person), await signedIn(person)];
    const page = await here.get('/tai-khoan/bao-mat');
    expect(page.body).toContain('Thiết bị này');
    await here.post('/tai-khoan/phien', { id: 'others' });
    there.cookies.delete('sen_session');
    expect((await there.follow('/dang-nhap')).trail.at(-1)).toContain('/dang-nhap/xac-thuc/');
    expect((await here.get('/tai-khoan/bao-mat')).statusCode).toBe(200);
  });
});
