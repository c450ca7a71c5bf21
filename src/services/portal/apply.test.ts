import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { grantUpload } from '../../foundation/files/index.ts';
import { anonymous } from '../../platform/access.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { trackingNumberOf } from '../dossiers/index.ts';
import { birthAnswers, fillBirth, hiddenFields, loadProvince, postFiles, smallPdf, startAt } from './testing.ts';

const app = await testApp();
type Person = Awaited<ReturnType<typeof signedInCitizen>>;

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await app.db.reader.raw<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]!.n;

async function ready(): Promise<{ person: Person; id: string }> {
  const person = await signedInCitizen(app);
  const id = await startAt(app, person);
  await fillBirth(app, person, id);
  const papers = await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
    { name: '_do', value: 'continue' },
    { name: 'paper-giay-chung-sinh', fileName: 'Giấy chứng sinh.pdf', content: smallPdf(id) },
  ]);
  expect(papers.headers.location).toBe(`/nop-ho-so/${id}/nhan-ket-qua`);
  await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'counter' });
  return { person, id };
}

describe('applying without a script', () => {
  test('from the unit to the acknowledgement, the slip and the dossier', async () => {
    const { person, id } = await ready();
    const review = await person.get(`/nop-ho-so/${id}/kiem-tra`);
    expect(review.statusCode).toBe(200);
    for (const part of ['Nguyễn Minh Khôi', 'Giấy chứng sinh.pdf', 'Tại nơi tiếp nhận hồ sơ', 'Cam đoan'])
      expect(review.body).toContain(part);
    const sent = await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id });
    expect(sent.headers.location).toBe(`/nop-ho-so/${id}/da-gui`);
    const done = await person.get(`/nop-ho-so/${id}/da-gui`);
    const secret = /sen-code">([2-9A-HJKMNP-Z]{8})</.exec(done.body)?.[1] ?? '';
    const dossierId = /tai-khoan\/ho-so\/([0-9a-f-]{36})/.exec(done.body)?.[1] ?? '';
    expect(secret).toHaveLength(8);
    const number = trackingNumberOf(dossierId);
    expect(done.body).toContain(`sen-code">${number}<`);
    const slip = await person.get(`/nop-ho-so/${id}/phieu`);
    expect(slip.headers['content-type']).toBe('application/pdf');
    expect(slip.rawPayload.subarray(0, 4).toString()).toBe('%PDF');

    const list = await person.get('/tai-khoan/ho-so');
    expect(list.body).toContain('Đã gửi, chờ tiếp nhận');
    const dossier = await person.get(`/tai-khoan/ho-so/${dossierId}`);
    expect(dossier.body).toContain('Giấy chứng sinh.pdf');
    expect(dossier.body).toContain('Nguyễn Minh Khôi');
    const fileId = /\/tep\/([0-9a-f-]{36})/.exec(dossier.body)?.[1] ?? '';
    const file = await person.get(`/tai-khoan/ho-so/${dossierId}/tep/${fileId}`);
    expect(file.rawPayload.equals(smallPdf(id))).toBe(true);
    const declaration = await person.get(`/tai-khoan/ho-so/${dossierId}/to-khai.pdf`);
    expect(declaration.headers['content-type']).toBe('application/pdf');
    expect(declaration.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');

    const tracked = await person.post('/tra-cuu', { ma: dossierId, khoa: secret });
    expect(tracked.body).toContain('Đã xong 5%');
    expect(tracked.body).not.toContain('Nguyễn Minh Khôi');
    // Before receipt there is no code: the short number does, however it is typed, and never without the secret.
    expect((await person.get('/tra-cuu')).body).toContain('nhập số tra cứu');
    for (const typed of [number, ` ${number.toLowerCase().replace('-', ' ')} `]) {
      const early = await person.post('/tra-cuu', { ma: typed, khoa: secret.toLowerCase() });
      expect(early.statusCode).toBe(200);
      expect(early.body).toContain('Đã xong 5%');
      expect(early.body).not.toContain('Nguyễn Minh Khôi');
    }
    for (const [ma, khoa] of [
      [number, 'WRONG234'],
      [number, ''],
      [number.slice(1), secret],
      ['AAAAA-AAAAA', secret],
    ])
      expect((await person.post('/tra-cuu', { ma: ma!, khoa: khoa! })).statusCode).toBe(422);

    expect((await person.get('/tai-khoan/ban-nhap')).body).not.toContain(id);
    expect((await person.get(`/nop-ho-so/${id}`)).headers.location).toBe(`/nop-ho-so/${id}/da-gui`);
    expect(await count(`files.file where owner_kind = 'application' and owner_id = $1`, [id])).toBe(0);
  });

  test('a file that came in pieces stands in the form like any other; of another person’s it takes none', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const page = await person.get(`/nop-ho-so/${id}/giay-to`);
    expect(page.statusCode).toBe(200);
    const content = smallPdf('pieces');
    const actor = { ...anonymous, kind: 'citizen' as const, id: person.account.id, accountId: person.account.id };
    const { config } = app.context;
    const owner = { kind: 'application', id };
    const grant = grantUpload(config, actor, { owner, kinds: ['pdf'], maxBytes: 1_000_000 }, app.context.clock.now());
    const headers = {
      cookie: `${SESSION_COOKIE}=${person.cookies.get(SESSION_COOKIE)}`,
      'x-csrf-token': person.session()!.csrf(config.secret),
      'tus-resumable': '1.0.0',
    };
    const encode = (text: string) => Buffer.from(text).toString('base64');
    const made = await app.app.inject({
      method: 'POST',
      url: '/tai-len',
      headers: {
        ...headers,
        'upload-length': String(content.length),
        'upload-metadata': `filename ${encode('Giấy chứng sinh (2).pdf')},grant ${encode(grant)}`,
      },
    });
    const url = String(made.headers.location);
    const sent = await app.app.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      payload: content,
    });
    expect([sent.statusCode, sent.headers['upload-complete']]).toEqual([204, '?1']);
    const uploadId = url.split('/').at(-1)!;
    const other = await signedInCitizen(app);
    const othersId = await startAt(app, other);
    const field = { name: 'upload:paper-giay-chung-sinh', value: uploadId };
    const stolen = await postFiles(app, other, `/nop-ho-so/${othersId}/giay-to`, [
      { name: '_do', value: 'continue' },
      field,
    ]);
    expect(stolen.statusCode).toBeLessThan(500);
    expect(await count('portal.application_paper where application_id = $1', [othersId])).toBe(0);
    const kept = await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [{ name: '_do', value: 'continue' }, field]);
    expect(kept.statusCode).toBe(303);
    expect((await person.get(`/nop-ho-so/${id}/giay-to`)).body).toContain('Giấy chứng sinh (2).pdf');
    // Used once and for all.
    await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [{ name: '_do', value: 'upload' }, field]);
    expect(await count('portal.application_paper where application_id = $1', [id])).toBe(1);
    expect(await count('files.upload where id = $1', [uploadId])).toBe(0);
  });

  test('an old name of a commune leads to the one it became part of', async () => {
    const person = await signedInCitizen(app);
    const { body } = await person.get(`/thu-tuc-hanh-chinh/1.001193/nop?noi=${encodeURIComponent('hung dung')}`);
    expect(body).toMatch(/gồm [^<]*Hưng Dũng[^<]* cũ/i);
  });

  test('nobody signed in is led to signing in and back', async () => {
    const answer = await app.app.inject({
      method: 'GET',
      url: '/thu-tuc-hanh-chinh/1.001193/nop',
      headers: { accept: 'text/html' },
    });
    expect(answer.statusCode).toBe(303);
    expect(decodeURIComponent(String(answer.headers.location))).toContain('/thu-tuc-hanh-chinh/1.001193/nop');
  });

  test('every page of the way is there in English, with nothing missing', async () => {
    const { person, id } = await ready();
    const pages = [
      'giay-to',
      'nhan-ket-qua',
      'kiem-tra',
      ...Object.keys(birthAnswers).map((page) => `to-khai/${page}`),
    ];
    for (const page of pages) {
      const answer = await person.get(`/en/nop-ho-so/${id}/${page}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toMatch(/undefined|NaN|\[object/);
      expect(answer.body).not.toMatch(/Tiếp tục|Quay lại|Giấy tờ kèm theo|Gửi hồ sơ/);
    }
    expect((await person.get('/en/tai-khoan/ban-nhap')).body).toContain('Register a birth');
  });
});

describe('one key, one dossier', () => {
  test('fifty sendings at once and one more later', async () => {
    const { person, id } = await ready();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })),
    );
    expect(new Set(answers.map((answer) => `${answer.statusCode} ${answer.headers.location}`))).toEqual(
      new Set([`303 /nop-ho-so/${id}/da-gui`]),
    );
    const again = await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id });
    expect(again.statusCode).toBe(303);
    expect(await count('dossiers.dossier where applicant_account_id = $1', [person.account.id])).toBe(1);
    expect(await count(`platform.event where name = 'dossiers.submitted' and actor_id = $1`, [person.account.id])).toBe(
      1,
    );
  });
});

describe('wrong input', () => {
  test('a page of the form comes back with its errors and what was typed', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const url = `/nop-ho-so/${id}/to-khai/nguoi-di-dang-ky`;
    const answer = await person.post(url, { version: '1', applicantPhone: '09123', relation: '<script>' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('govuk-error-summary');
    expect(answer.body).toContain('value="09123"');
    expect(answer.body).not.toContain('<script>"');
  });

  const hostile: Record<string, string>[] = [
    {},
    { version: 'x'.repeat(5_000), applicantPhone: '9'.repeat(100_000) },
    { applicantName: 'Người khác', 'relation[]': 'a', __proto__x: '1', constructor: '2' },
    { version: '-1', relation: "'; drop table dossiers.dossier --", 'applicantAddress-province': '\u202e40' },
    { _do: 'remove:members:99999999', '_rows.members': '1e9' },
  ];
  test.each(hostile.map((fields, index) => [index, fields] as const))(
    'hostile form %i is refused',
    async (_, fields) => {
      const person = await signedInCitizen(app);
      const id = await startAt(app, person);
      for (const page of ['to-khai/nguoi-di-dang-ky', 'giay-to', 'nhan-ket-qua', 'gui']) {
        const answer = await person.post(`/nop-ho-so/${id}/${page}`, fields);
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.statusCode === 303 && page === 'gui').toBe(false);
      }
    },
  );

  test('delivery without a choice, or by post without an address', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    expect((await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, {})).statusCode).toBe(422);
    const post = await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'post', address: '' });
    expect(post.statusCode).toBe(422);
    expect(post.body).toContain('Ghi địa chỉ nhận');
    const long = await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'post', address: 'a'.repeat(5_000) });
    expect(long.statusCode).toBe(422);
  });

  test('sending without the declaration, or with gaps, sends nothing and says what is missing', async () => {
    const { person, id } = await ready();
    const undeclared = await person.post(`/nop-ho-so/${id}/gui`, {});
    expect(undeclared.statusCode).toBe(422);
    expect(undeclared.body).toContain('Đánh dấu vào lời cam đoan');
    const fresh = await startAt(app, person);
    const gaps = await person.post(`/nop-ho-so/${fresh}/gui`, { declare: 'yes' });
    expect(gaps.statusCode).toBe(422);
    expect(gaps.body).toContain('Chọn cách nhận kết quả');
    expect(await count('dossiers.dossier where applicant_account_id = $1', [person.account.id])).toBe(0);
  });

  test('no unit chosen, an unknown one, an offer of another procedure', async () => {
    const person = await signedInCitizen(app);
    expect((await person.post('/thu-tuc-hanh-chinh/1.001193/nop', { offer: '' })).statusCode).toBe(422);
    expect(
      (await person.post('/thu-tuc-hanh-chinh/1.001193/nop', { offer: '0193e0a0-0000-7000-8000-000000000000' }))
        .statusCode,
    ).toBe(404);
    expect(
      (await person.post('/thu-tuc-hanh-chinh/9.999999/nop', { offer: '0193e0a0-0000-7000-8000-000000000000' }))
        .statusCode,
    ).toBe(404);
  });
});

describe('files', () => {
  const zip = (name: string, content: Buffer, claimed = content.length): Buffer => {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(claimed, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimed, 24);
    central.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(central.length + name.length, 12);
    end.writeUInt32LE(local.length + name.length + packed.length, 16);
    return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
  };
  const wrong: [string, string, Buffer][] = [
    ['a program under a harmless name', 'anh.jpg', Buffer.concat([Buffer.from('MZ'), randomBytes(4_000)])],
    ['a kind that is not accepted', 'bai.exe', randomBytes(100)],
    ['an empty file', 'rong.pdf', Buffer.alloc(0)],
    ['a zip bomb in an office file', 'bom.docx', zip('word/document.xml', Buffer.alloc(80_000_000))],
    ['a name that climbs out', '../../etc/passwd', Buffer.from('root')],
  ];
  test.each(wrong)('%s is refused, told, and leaves nothing', async (_, fileName, content) => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const answer = await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
      { name: '_do', value: 'upload' },
      { name: 'paper-giay-chung-sinh', fileName, content },
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('govuk-error-summary');
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(0);
    const incoming = `${app.context.config.filesFolder}/.incoming`;
    expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([]);
  });

  test('one that is too large is refused; the good one beside it is kept', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const large = Buffer.concat([smallPdf(), Buffer.alloc(21_000_000, 32)]);
    const answer = await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
      { name: '_do', value: 'continue' },
      { name: 'paper-giay-chung-sinh', fileName: 'lon.pdf', content: large },
      { name: 'paper-uy-quyen', fileName: 'uy-quyen.pdf', content: smallPdf('u') },
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/lon\.pdf: Tệp lớn quá mức cho phép.*≤ \d+ MB/);
    expect(answer.body).toContain('uy-quyen.pdf');
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(1);
  });

  test('an upload that breaks off leaves nothing', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const answer = await postFiles(
      app,
      person,
      `/nop-ho-so/${id}/giay-to`,
      [
        {
          name: 'paper-giay-chung-sinh',
          fileName: 'a.pdf',
          content: Buffer.concat([smallPdf(), Buffer.alloc(200_000, 32)]),
        },
      ],
      { cut: 100_000 },
    );
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(0);
  });

  test('several, more, replaced and removed', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const url = `/nop-ho-so/${id}/giay-to`;
    const put = (...parts: Parameters<typeof postFiles>[3]) =>
      postFiles(app, person, url, [{ name: '_do', value: 'upload' }, ...parts]);
    const file = (name: string) => ({ name: 'paper-uy-quyen', fileName: name, content: smallPdf(name) });
    await put(file('mot.pdf'), file('hai.pdf'));
    await put(file('ba.pdf'));
    let { body } = await person.get(url);
    for (const name of ['mot.pdf', 'hai.pdf', 'ba.pdf']) expect(body).toContain(name);
    await put({ name: 'replace-uy-quyen', value: 'yes' }, file('moi.pdf'));
    ({ body } = await person.get(url));
    expect(body).toContain('moi.pdf');
    expect(body).not.toContain('mot.pdf');
    const attached = /value="remove:([0-9a-f-]{36})"/.exec(body)?.[1] ?? '';
    await person.post(url, { _do: `remove:${attached}` });
    expect((await person.get(url)).body).not.toContain('moi.pdf');
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(0);
  });
});

describe('drafts', () => {
  test('go on in another browser, ask before they are discarded, and are gone then with their files', async () => {
    const { person, id } = await ready();
    expect((await person.get('/tai-khoan/ban-nhap')).body).toContain(`/nop-ho-so/${id}`);
    expect((await person.get(`/nop-ho-so/${id}/bo`)).body).toContain('Bỏ bản đang soạn này?');
    expect((await person.post(`/nop-ho-so/${id}/bo`, {})).statusCode).toBe(303);
    expect((await person.get(`/nop-ho-so/${id}/kiem-tra`)).statusCode).toBe(404);
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(0);
  });

  test('a stale page is 409 with both values, and either can be kept', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const url = `/nop-ho-so/${id}/to-khai/nguoi-di-dang-ky`;
    const answers = birthAnswers['nguoi-di-dang-ky']!;
    const { version = '' } = hiddenFields((await person.get(url)).body);
    expect((await person.post(url, { version, ...answers, applicantPhone: '0911111111' })).statusCode).toBe(303);
    const stale = await person.post(url, { version, ...answers, applicantPhone: '0922222222' });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('0922222222');
    expect(stale.body).toMatch(/0911[\s\u00a0]?111[\s\u00a0]?111/);
    const kept = await person.post(url, { ...hiddenFields(stale.body) });
    expect(kept.statusCode).toBe(303);
    expect((await person.get(url)).body).toContain('0922222222');
  });

  test('one that was kept too long says so, and the night takes it with its files', async () => {
    const { person, id } = await ready();
    await app.db.write((tx) =>
      tx.raw(`update portal.application set expires_at = now() - interval '10 years' where id = $1`, [id]),
    );
    expect((await person.get(`/nop-ho-so/${id}/kiem-tra`)).statusCode).toBe(410);
    const { expireApplications } = await import('./discard-application.ts');
    expect(await expireApplications({ db: app.db, clock: app.db.clock, requestId: 'test' })).toBe(1);
    expect(await count(`files.file where owner_id = $1`, [id])).toBe(0);
  });
});

describe('other people', () => {
  test("somebody else's application, dossier and files are not there", async () => {
    const { person, id } = await ready();
    const other = await signedInCitizen(app);
    const draftFile =
      /\/nop-ho-so\/[^"]*\/giay-to\/([0-9a-f-]{36})/.exec((await person.get(`/nop-ho-so/${id}/giay-to`)).body)?.[1] ??
      '';
    for (const path of [
      '',
      '/giay-to',
      `/giay-to/${draftFile}`,
      '/nhan-ket-qua',
      '/kiem-tra',
      '/bo',
      '/da-gui',
      '/phieu',
      '/to-khai/tre-em',
    ])
      expect((await other.get(`/nop-ho-so/${id}${path}`)).statusCode).toBe(404);
    for (const path of ['/giay-to', '/nhan-ket-qua', '/gui', '/bo', '/to-khai/tre-em'])
      expect(
        (await other.post(`/nop-ho-so/${id}${path}`, { declare: 'yes', delivery: 'counter' })).statusCode,
        path,
      ).toBe(404);
    const sent = await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes' });
    const dossierId =
      /tai-khoan\/ho-so\/([0-9a-f-]{36})/.exec((await person.get(String(sent.headers.location))).body)?.[1] ?? '';
    const fileId = /\/tep\/([0-9a-f-]{36})/.exec((await person.get(`/tai-khoan/ho-so/${dossierId}`)).body)?.[1] ?? '';
    for (const path of [
      '',
      `/tep/${fileId}`,
      '/rut',
      '/bo-sung',
      '/phieu/acknowledgement',
      '/giay-tiep-nhan',
      '/to-khai.pdf',
    ])
      expect((await other.get(`/tai-khoan/ho-so/${dossierId}${path}`)).statusCode).toBe(404);
    expect((await other.post(`/tai-khoan/ho-so/${dossierId}/rut`, { reason: 'x' })).statusCode).toBe(404);
    expect((await other.post(`/tai-khoan/ho-so/${dossierId}/bo-sung`, {})).statusCode).toBe(404);
  });

  test('ids that are none are not found', async () => {
    const person = await signedInCitizen(app);
    for (const url of [
      '/nop-ho-so/x',
      '/nop-ho-so/x/kiem-tra',
      '/nop-ho-so/%00/giay-to',
      '/tai-khoan/ho-so/x',
      "/tai-khoan/ho-so/'--/rut",
    ])
      expect((await person.get(url)).statusCode).toBe(404);
  });
});
