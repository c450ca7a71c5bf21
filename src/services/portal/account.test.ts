import { beforeAll, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { browserOf, insertCitizen, sessionFor } from '../../foundation/identity/testing.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { proposeDelegation } from '../delegations/index.ts';
import { aCitizen, aDossier, insertPlace, TEST_SECRET } from '../dossiers/testing.ts';
import { submitDossier } from '../dossiers/index.ts';
import { backTo } from './display-routes.tsx';
import { checkLifeEvents, lifeEventsOf } from './life-events.ts';
import { mergeSavedSearches } from './merge-saved-searches.ts';
import { questionOf } from './saved-search.ts';
import { tellSavers } from './tell-of-changes.ts';
import { loadProvince, startAt } from './testing.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  app.db.reader.raw<Row>(sql, values);

describe('the personal home', () => {
  test('shows what waits (a supplement, a mandate), drafts, dossiers under way and events of life; nobody else’s', async () => {
    const person = await signedInCitizen(app, { name: 'Trần Thị Chờ' });
    const empty = await person.get('/trang-cua-toi');
    expect(empty.body).toContain('Không có việc gì chờ bạn');
    expect(empty.body).toContain('Chào Trần Thị Chờ');
    const place = await app.db.write((tx) => insertPlace(tx, { agencyCode: 'H41.989' }));
    const input = aDossier(place);
    const applicant = { ...input.applicant, accountId: person.account.id };
    const { dossierId } = await app.db.write((tx) =>
      submitDossier(tx, aCitizen(person.account.id), { ...input, applicant }, TEST_SECRET),
    );
    await app.db.write((tx) =>
      tx.raw('update dossiers.dossier set state = 5, resume_state = 1 where id = $1', [dossierId]),
    );
    const giver = await signedInCitizen(app, { name: 'Lê Văn Giao' });
    await app.db.write((tx) =>
      proposeDelegation(
        tx,
        { ...aCitizen(giver.account.id), label: 'Lê Văn Giao' },
        {
          otherAccountId: person.account.id,
          ward: null,
          kind: 'relative',
          relation: 'cháu',
          scope: 'all',
          scopeValues: [],
          rights: { submit: true, see: true, receive: false },
          validFrom: '2026-11-23',
          validTo: null,
          papers: [],
          initiator: 'giver',
        },
      ),
    );
    const draft = await startAt(app, person);
    const home = await person.get('/trang-cua-toi');
    for (const part of [
      'Cần bổ sung giấy tờ',
      'Đề nghị ủy quyền chờ trả lời',
      'Lê Văn Giao',
      'Đang điền dở',
      draft,
      'Sinh con',
    ])
      expect(home.body, part).toContain(part);
    const other = await signedInCitizen(app);
    expect((await other.get('/trang-cua-toi')).body).not.toContain('Cần bổ sung giấy tờ');
    expect((await browserOf(app).get('/trang-cua-toi')).statusCode).toBe(303);
    expect((await person.get('/en/trang-cua-toi')).body).toContain('What waits for you');
  });
});

describe('events of life', () => {
  test('each has a public page with the procedures that are offered; what is not offered is told', async () => {
    const events = lifeEventsOf(app.context.config);
    expect(events.length).toBeGreaterThanOrEqual(5);
    const list = await browserOf(app).get('/su-kien-cuoc-doi');
    for (const event of events) {
      expect(list.body).toContain(`/su-kien-cuoc-doi/${event.key}`);
      expect((await browserOf(app).get(`/su-kien-cuoc-doi/${event.key}`)).statusCode).toBe(200);
    }
    expect((await browserOf(app).get('/su-kien-cuoc-doi/sinh-con')).body).toContain('/thu-tuc-hanh-chinh/1.001193"');
    expect((await browserOf(app).get('/su-kien-cuoc-doi/nguoi-than-mat')).body).toContain('chưa nộp được trên cổng');
    for (const wrong of ['khong-co', "x'--", '%00', 'x'.repeat(150)])
      expect((await browserOf(app).get(`/su-kien-cuoc-doi/${wrong}`)).statusCode).toBe(404);
    expect((await browserOf(app).get('/sitemap.xml')).body).toContain('/su-kien-cuoc-doi/sinh-con');
  });

  test('a wrong file is told by entry', () => {
    const text = { vi: 'a', en: 'b' };
    const right = { key: 'a', title: text, summary: text, steps: [{ title: text, procedures: ['1.001193'] }] };
    expect(checkLifeEvents([right])).toHaveLength(1);
    for (const wrong of [
      null,
      [right, right],
      [{ ...right, key: 'A' }],
      [{ ...right, title: { vi: 'a' } }],
      [{ ...right, steps: [] }],
      [{ ...right, steps: [{ title: text, procedures: ['../x'] }] }],
      [{ ...right, steps: [{ title: text, text: {}, procedures: [] }] }],
    ])
      expect(() => checkLifeEvents(wrong)).toThrow(/life-events/);
  });
});

describe('saved searches', () => {
  const list = '/tai-khoan/tim-kiem-da-luu';
  const idIn = (html: string) => /tim-kiem-da-luu\/([0-9a-f-]{36})/.exec(html)?.[1] ?? '';

  test('saved with a name, opened, renamed, removed; nobody else’s', async () => {
    const person = await signedInCitizen(app);
    const found = await browserOf(app).get('/thu-tuc-hanh-chinh?linh-vuc=dat-dai');
    const link =
      /href="(\/tai-khoan\/tim-kiem-da-luu\/moi[^"]+)"/.exec(found.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(link).toContain('linh-vuc=dat-dai');
    const form = await person.get(link);
    expect(form.statusCode).toBe(200);
    const answers = { cho: 'list', 'cau-hoi': 'linh-vuc=dat-dai', ten: '  Việc   đất đai ', bao: 'co' };
    expect((await person.post(`${list}/moi`, { ...answers, ten: '  ' })).statusCode).toBe(422);
    expect((await person.post(`${list}/moi`, { ...answers, ten: 'x'.repeat(81) })).statusCode).toBe(422);
    expect((await person.post(`${list}/moi`, answers)).statusCode).toBe(303);
    expect((await person.post(`${list}/moi`, answers)).statusCode, 'the same question stays once').toBe(303);
    const shown = (await person.get(list)).body;
    expect(shown.match(/Việc đất đai<\/a>/g)).toHaveLength(1);
    expect(shown).toContain('/thu-tuc-hanh-chinh?linh-vuc=dat-dai');
    expect((await person.get('/trang-cua-toi')).body).toContain('Việc đất đai');
    const id = idIn(shown);
    const stranger = await signedInCitizen(app);
    expect((await stranger.get(`${list}/${id}`)).statusCode).toBe(404);
    expect((await stranger.post(`${list}/${id}/bo`, {})).statusCode).toBe(404);
    expect((await person.post(`${list}/${id}`, { ten: 'Sổ đỏ' })).statusCode).toBe(303);
    expect((await person.get(list)).body).toContain('Không báo tin');
    expect((await person.post(`${list}/${id}/bo`, {})).statusCode).toBe(303);
    expect((await person.get(list)).body).toContain('Bạn chưa lưu tìm kiếm nào');
  });

  test('a question is the part of the address that asks, in one order; hostile ones are none', () => {
    const of = (text: string, place: 'search' | 'list' = 'search') => questionOf(place, new URLSearchParams(text));
    expect(of('sau=x&cap=commune&q=khai+sinh')).toBe('q=khai+sinh&cap=commune');
    expect(of('q=khai+sinh&cap=commune')).toBe('q=khai+sinh&cap=commune');
    expect(of('q=a', 'list')).toBe(null);
    expect(of('')).toBe(null);
    expect(of(`q=${'ậ'.repeat(500)}`)).toBe(null);
    expect(of('q=%00%0A')).toBe(null);
  });

  test('limited, and told once when a procedure in it is published anew', async () => {
    const person = await signedInCitizen(app);
    const save = (query: string, bao = 'co', cho = 'list') =>
      person.post(`${list}/moi`, { cho, 'cau-hoi': query, ten: query, bao });
    expect((await save('linh-vuc=ho-tich-chung-thuc')).statusCode).toBe(303);
    expect((await save('q=khai+sinh', 'co', 'search')).statusCode).toBe(303);
    expect((await save('linh-vuc=dat-dai', '')).statusCode).toBe(303);
    await app.db.write((tx) =>
      tx.raw(
        `insert into portal.saved_search (id, account_id, name, place, query, tells, locale, created_at)
         select gen_random_uuid(), $1, 'Tìm ' || n, 'list', 'cap=province&co-quan=' || n, false, 'vi', now() from generate_series(4, 30) n`,
        [person.account.id],
      ),
    );
    const over = await save('cap=commune');
    expect(over.statusCode).toBe(422);
    expect(over.body).toContain('Bạn đã lưu đủ 30 tìm kiếm');
    const change = { eventId: 7, code: '1.001193', after: { place: '', query: '', locale: '' } };
    // Done twice, and kept in two searches: one message.
    for (let round = 0; round < 2; round += 1)
      await tellSavers.run({ ...app.context, requestId: 'test' } as never, change);
    const told = await rows<{ subject: string }>(
      `select subject from notifications.message where recipient_id = $1 and template = 'portal.saved-search-changed' and channel = 'in-app'`,
      [person.account.id],
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.subject).toContain('Đăng ký khai sinh');
  });

  test('merging accounts carries them over and back', async () => {
    const from = await signedInCitizen(app);
    const to = await signedInCitizen(app);
    await from.post(`${list}/moi`, { cho: 'search', 'cau-hoi': 'q=dat', ten: 'Đất' });
    const plan = { sourceId: from.account.id, targetId: to.account.id };
    expect((await mergeSavedSearches.preview(app.db.reader, plan)).lines[0]?.count).toBe(1);
    const moved = await app.db.write((tx) => mergeSavedSearches.apply(tx, plan));
    expect((await to.get(list)).body).toContain('>Đất<');
    await app.db.write((tx) => mergeSavedSearches.undo(tx, plan, moved));
    expect((await from.get(list)).body).toContain('>Đất<');
  });
});

describe('size of text and colours', () => {
  test('without a script and without an account: a cookie, and pages kept once for each choice', async () => {
    const visitor = browserOf(app);
    const usual = await visitor.get('/kha-nang-tiep-can');
    expect(usual.body).toContain('<html lang="vi" class="govuk-template">');
    expect(usual.body).not.toContain('display.css');
    const saved = await visitor.post('/hien-thi', { 'co-chu': '1', mau: '2', them: 'gach', ve: '/ho-tro' });
    expect(saved.headers.location).toContain('ve=%2Fho-tro');
    const dark = await visitor.get('/kha-nang-tiep-can');
    expect(dark.body).toContain('class="govuk-template sen-text-1 sen-dark sen-underline"');
    expect(dark.body).toMatch(/display[^"]*\.css" media="screen"/);
    expect((await browserOf(app).get('/kha-nang-tiep-can')).body, 'others see it as ever').not.toContain('sen-dark');
    expect((await visitor.get('/kha-nang-tiep-can')).body).toContain('sen-dark');
    await visitor.post('/hien-thi', { _do: 'reset' });
    expect((await visitor.get('/kha-nang-tiep-can')).body).not.toContain('sen-dark');
  });

  test('a signed-in person finds it again in their account', async () => {
    const account = await app.db.write((tx) => insertCitizen(tx, {}));
    const browser = browserOf(app);
    browser.cookies.set(SESSION_COOKIE, (await sessionFor(app.db, account)).token);
    await browser.post('/hien-thi', { 'co-chu': '2', mau: '1' });
    expect(await rows('select choice from identity.display_choice where account_id = $1', [account.id])).toEqual([
      { choice: 't2c1s0u0m0' },
    ]);
    expect((await browser.get('/trang-cua-toi')).body).toContain('sen-text-2 sen-contrast');
  });

  test('hostile input changes nothing and leads nowhere else', async () => {
    for (const text of ['//evil.example', '/\\evil', 'https://evil.example', '/api/v1', '/x\u0000', null, ''])
      expect(backTo(text)).toBe('/');
    expect(backTo('/ho-tro?x=1')).toBe('/ho-tro?x=1');
    const visitor = browserOf(app);
    const odd = await visitor.post('/hien-thi', { 'co-chu': '9', mau: '<b>', ve: '//evil.example' });
    expect(odd.headers.location).not.toContain('evil');
    expect((await visitor.get('/hien-thi')).statusCode).toBe(200);
  });
});

describe('the app', () => {
  test('manifest and offline page name nobody', async () => {
    const person = await signedInCitizen(app, { name: 'Người Có Tên' });
    const manifest = (await browserOf(app).get('/manifest.webmanifest')).json<{
      icons: { src: string }[];
      start_url: string;
    }>();
    expect(manifest.start_url).toBe('/');
    expect(manifest.icons).toHaveLength(3);
    expect((await browserOf(app).get('/en/manifest.webmanifest')).json<{ lang: string }>().lang).toBe('en');
    expect((await browserOf(app).get('/ngoai-tuyen')).body).toContain('Không có mạng');
    expect((await person.get('/ngoai-tuyen')).statusCode).toBe(200);
  });
});
