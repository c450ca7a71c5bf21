import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { receiveDossier } from '../dossiers/index.ts';
import { aDossier, anOfficer } from '../dossiers/testing.ts';
import { paths } from '../../ui/paths.ts';
import { deskActs, pathOfAct } from './act-paths.ts';
import { openDesk, submitted } from './testing.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, clerk, specialist, leader, stranger } = await openDesk(app);
const named = (name: string) => ({ applicant: { ...aDossier(place).applicant, name } });
const receive = (id: string) =>
  app.db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId: id, version: null }));

describe('worklist', () => {
  test('says what waits, and finds by name without accents in every queue', async () => {
    await submitted(app, place, named('Đặng Thị Hương'));
    const list = await clerk.get('/lam-viec/ho-so?hang=cho-tiep-nhan');
    expect(list.body).toContain('Đặng Thị Hương');
    expect(list.body).toContain('Nộp hôm nay');
    expect((await clerk.get('/lam-viec/ho-so?tim=dang+thi')).body).toContain('Đặng Thị Hương');
    expect((await clerk.get('/lam-viec/tim-kiem?tim=dang+thi&ly-do=tiep-nhan')).body).toContain('Đặng Thị Hương');
    expect((await stranger.get('/lam-viec/tim-kiem?tim=dang+thi&ly-do=tiep-nhan')).body).not.toContain(
      'Đặng Thị Hương',
    );
    expect((await stranger.get('/lam-viec/ho-so?hang=cho-tiep-nhan')).body).not.toContain('Đặng Thị Hương');
  });

  test('goes by keyset in both directions', async () => {
    for (let i = 0; i < 55; i += 1) await submitted(app, place, named(`Người Số ${i}`));
    const first = await clerk.get('/lam-viec/ho-so?hang=cho-tiep-nhan');
    const next = /href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"/.exec(first.body);
    const second = await clerk.get((next?.[1] ?? next?.[2] ?? '').replaceAll('&amp;', '&'));
    expect(second.statusCode).toBe(200);
    const ids = (html: string) => [...html.matchAll(/name="id" value="([0-9a-f-]{36})"/g)].map((match) => match[1]);
    const firstIds = ids((await clerk.get('/lam-viec/ho-so?hang=cho-tiep-nhan')).body);
    expect(firstIds).toHaveLength(50);
    expect(ids(second.body).some((id) => firstIds.includes(id))).toBe(false);
    expect(second.body).toContain('rel="prev"');
  });

  test('does what it can of a bulk act and lists the rest with reasons', async () => {
    const [open, done] = [await submitted(app, place), await submitted(app, place)];
    await receive(done);
    const body = new URLSearchParams([
      ['_csrf', clerk.session()!.csrf(app.context.config.secret)],
      ['viec', 'tiep-nhan'],
      ['id', open],
      ['id', done],
      ['id', newId()],
      ['id', 'nonsense'],
    ]);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: clerk.session()!.cookie,
      host: new URL(app.context.config.publicUrl).host,
      'sec-fetch-site': 'same-origin',
      accept: 'text/html',
    };
    const answer = await app.app.inject({
      method: 'POST',
      url: '/lam-viec/ho-so/hang-loat',
      headers,
      payload: body.toString(),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Làm xong 1 hồ sơ');
    expect(answer.body).toContain('2 hồ sơ chưa làm được');
    const nothing = await clerk.post('/lam-viec/ho-so/hang-loat', { viec: 'tiep-nhan' });
    expect(nothing.statusCode).toBe(422);
    const one = await submitted(app, place);
    const all = await clerk.post('/lam-viec/ho-so/hang-loat?hang=cho-tiep-nhan', { viec: 'tiep-nhan', id: one });
    expect(all.headers.location).toContain('xong=receive&so=1');
  });

  test('assigns many after asking to whom', async () => {
    const id = await submitted(app, place);
    await receive(id);
    const asked = await leader.post('/lam-viec/ho-so/hang-loat', { viec: 'phan-cong', id });
    expect(asked.statusCode).toBe(303);
    const page = await leader.get(asked.headers.location!);
    expect(page.body).toContain('Trần Văn Bình');
    expect(
      (await leader.post('/lam-viec/ho-so/hang-loat', { viec: 'phan-cong', id, 'da-chon': '1', postId: 'ai đó' }))
        .statusCode,
    ).toBe(422);
    expect(
      (
        await leader.post('/lam-viec/ho-so/hang-loat', {
          viec: 'phan-cong',
          id,
          'da-chon': '1',
          postId: specialist.postId,
        })
      ).statusCode,
    ).toBe(303);
    expect((await specialist.get('/lam-viec')).body).toContain('Trần Văn Bình');
  });

  test('exports what the filter shows, and nobody’s formulas', async () => {
    await submitted(app, place, named('=HYPERLINK("http://x")'));
    const csv = await clerk.get('/lam-viec/ho-so/xuat/csv?hang=cho-tiep-nhan');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain(`'=HYPERLINK`);
    expect((await clerk.get('/lam-viec/ho-so/xuat/xlsx?hang=cho-tiep-nhan')).rawPayload.subarray(0, 2).toString()).toBe(
      'PK',
    );
    expect((await clerk.get('/lam-viec/ho-so/xuat/exe')).statusCode).toBe(404);
    expect((await specialist.get('/lam-viec/ho-so/xuat/csv')).statusCode).toBe(403);
  });

  test('keeps ways to see the list, each officer their own', async () => {
    await clerk.post('/lam-viec/ho-so/cach-xem?hang=qua-han&kenh=online', { name: 'Quá hạn trực tuyến' });
    expect((await clerk.get('/lam-viec/ho-so')).body).toContain('Quá hạn trực tuyến');
    expect((await leader.get('/lam-viec/ho-so')).body).not.toContain('Quá hạn trực tuyến');
  });

  test.each([
    'hang=%00',
    'hang=__proto__',
    'sau=zzz.zzz',
    'tu=99/99/9999',
    'thu-tuc=1%27--',
    'trang-thai=1e9',
    `tim=${'a'.repeat(5_000)}`,
    'don-vi[]=1',
    'sap-xep=%F0%9F%98%80',
    'tim=%25_%5C',
  ])('an odd address is a list all the same: %s', async (query) => {
    expect((await clerk.get(`/lam-viec/ho-so?${query}`)).statusCode).toBe(200);
  });
});

describe('rights', () => {
  test('a stranger of another unit finds no dossier on any route, and learns nothing', async () => {
    const id = await submitted(app, place, named('Bí Mật'));
    const gets = [
      paths.dossier({ id }),
      paths.dossierSlip({ id, slip: 'acknowledgement' }),
      paths.dossierFile({ id, fileId: newId() }),
      ...deskActs.map((act) => pathOfAct(act)({ id })),
    ];
    for (const url of gets) {
      const { statusCode, body } = await stranger.get(url);
      expect({ url, statusCode, tells: body.includes('Bí Mật') }).toEqual({ url, statusCode: 404, tells: false });
    }
    const posts = [
      paths.dossierUndo({ id }),
      paths.dossierNotes({ id }),
      paths.dossierPapers({ id }),
      paths.dossierIdentity({ id }),
      ...deskActs.map((act) => pathOfAct(act)({ id })),
    ];
    for (const url of posts) {
      const { statusCode, body } = await stranger.post(url, {
        version: '1',
        reason: 'x',
        text: 'x',
        purpose: 'x',
        legalBasis: 'x',
        title: 'x',
        receivedBy: 'x',
      });
      expect({ url, statusCode, tells: body.includes('Bí Mật') }).toEqual({ url, statusCode: 404, tells: false });
    }
  });

  test('whoever may look may not act', async () => {
    const id = await submitted(app, place);
    expect((await specialist.get(paths.dossier({ id }))).statusCode).toBe(200);
    expect((await specialist.get(paths.dossierReceipt({ id }))).statusCode).toBe(403);
    expect((await specialist.post(paths.dossierReceipt({ id }), { version: '1' })).statusCode).toBe(403);
    expect((await specialist.get(paths.dossier({ id }))).body).not.toContain(paths.dossierReceipt({ id }));
  });

  test('citizens and visitors have no business here', async () => {
    const citizen = await signedInCitizen(app);
    const id = await submitted(app, place);
    for (const url of [
      '/lam-viec/ho-so',
      paths.dossier({ id }),
      '/lam-viec/mau-cau',
      '/lam-viec/so-lieu',
      '/lam-viec/mot-cua/tiep-nhan',
    ])
      expect([303, 401, 403, 404]).toContain((await citizen.get(url)).statusCode);
  });

  test.each(['nonsense', '%00', '../../etc/passwd', "1' or 1=1", '00000000-0000-0000-0000-000000000000'])(
    'a dossier that is none: %s',
    async (id) => {
      expect([400, 404]).toContain((await clerk.get(`/lam-viec/ho-so/${encodeURIComponent(id)}`)).statusCode);
      expect([400, 404]).toContain(
        (await clerk.post(`/lam-viec/ho-so/${encodeURIComponent(id)}/tiep-nhan`, { version: '1' })).statusCode,
      );
    },
  );
});

describe('phrases and figures', () => {
  test('a phrase of the unit is changed by its people, and by nobody else', async () => {
    expect((await specialist.post('/lam-viec/mau-cau', { title: '', body: 'Nội dung còn đây' })).body).toContain(
      'Nội dung còn đây',
    );
    await specialist.post('/lam-viec/mau-cau', {
      title: 'Thiếu ảnh',
      body: 'Đề nghị bổ sung ảnh.',
      purpose: 'supplement',
      owner: 'unit',
    });
    const [phrase] = await app.db.reader.raw<{ id: string; version: number }>(
      `select id, version from frontdesk.phrase where title = 'Thiếu ảnh'`,
    );
    const url = paths.phrase({ phraseId: phrase!.id });
    expect((await stranger.get(url)).statusCode).toBe(404);
    expect(
      (await leader.post(url, { version: '1', title: 'Thiếu ảnh', body: 'Bổ sung hai ảnh.', purpose: 'supplement' }))
        .statusCode,
    ).toBe(303);
    const stale = await specialist.post(url, {
      version: '1',
      title: 'Thiếu ảnh',
      body: 'Bổ sung ba ảnh.',
      purpose: 'supplement',
    });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('Bổ sung hai ảnh.');
    expect(stale.body).toContain('Bổ sung ba ảnh.');
    expect((await stranger.post(paths.phraseRemoval({ phraseId: phrase!.id }), {})).statusCode).toBe(404);
    expect((await specialist.post(paths.phraseRemoval({ phraseId: phrase!.id }), {})).statusCode).toBe(303);
  });

  test('figures count what the head may see', async () => {
    await app.drain();
    expect((await leader.get('/lam-viec/so-lieu')).body).toContain('11/2026');
    expect((await leader.get('/lam-viec/so-lieu/xuat/csv')).body).toContain('Theo thủ tục');
    expect((await stranger.get('/lam-viec/so-lieu')).body).toContain('Chưa có số liệu');
    expect((await leader.get('/lam-viec/so-lieu?tu=2026-13&den=x')).statusCode).toBe(200);
  });
});
