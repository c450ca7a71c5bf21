import { expect, test } from 'vitest';
import { aForm, words } from '../../engines/forms/testing.ts';
import { publishForm } from '../../engines/forms/index.ts';
import { halves, pictureFacts, withExif } from '../../foundation/files/testing.ts';
import { newId } from '../../platform/ids.ts';
import { parseDay } from '../../platform/day.ts';
import { paths } from '../../ui/paths.ts';
import { testApp } from '../../testing/app.ts';
import { openDesk } from './testing.ts';
import { parseDong } from './act-forms.ts';
import { deskSchedules } from './desk-jobs.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, clerk, specialist, stranger } = await openDesk(app);

const definition = aForm([[{ type: 'text', name: 'childName', label: words('Tên trẻ') }]]);
const paper = (key: string, name: string) => ({
  key,
  name: { vi: name },
  originals: 1,
  copies: 0,
  required: true,
  when: null,
  template: null,
  nationalCode: null,
  presentOnly: false,
});
const content = {
  channels: [
    {
      kind: 'counter',
      time: { amount: 5, unit: 'workingDay', text: null },
      feesKnown: true,
      fees: [{ key: 'le-phi', kind: 'fee', name: { vi: 'Lệ phí hộ tịch' }, case: null, amountDong: 8_000, text: null }],
      note: null,
    },
  ],
  papers: [
    {
      key: 'chung',
      title: null,
      papers: [paper('giay-chung-sinh', 'Giấy chứng sinh'), paper('uy-quyen', 'Văn bản ủy quyền')],
    },
  ],
  legalBases: [],
  steps: null,
};
const code = await app.db.write(async (tx) => {
  const form = await publishForm(tx, { definition, validFrom: '2025-07-01' } as never);
  await tx.raw('update procedures.procedure_version set content = $2, form_version_id = $3 where id = $1', [
    place.procedureVersionId,
    JSON.stringify(content),
    form.formVersionId,
  ]);
  await tx.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values ($1, $2, $3, $4, '2025-07-01', now())`,
    [newId(), place.competentUnitId, place.procedureId, place.receivingUnitId],
  );
  return (
    await tx.raw<{ code: string }>('select code from procedures.procedure where id = $1', [place.procedureId])
  )[0]!.code;
});
const offerId = (
  await app.db.reader.raw<{ id: string }>('select id from procedures.offer where procedure_id = $1', [
    place.procedureId,
  ])
)[0]!.id;
const applicant = {
  offerId,
  name: 'Hồ Thị Sen',
  identity: '040190001234',
  phone: '0912 345 678',
  kind: 'citizen',
  channel: 'counter',
  delivery: 'counter',
};

/** Sends a page with a file as a browser does. */
function multipart(
  url: string,
  fields: Record<string, string>,
  file?: { field: string; name: string; type: string; bytes: Buffer },
) {
  const boundary = `----${newId()}`;
  const all = { _csrf: clerk.session()!.csrf(app.context.config.secret), ...fields };
  const parts: Uint8Array[] = Object.entries(all).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file)
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${file.field}"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`,
      ),
      file.bytes,
      Buffer.from('\r\n'),
    );
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    cookie: clerk.session()!.cookie,
    host: new URL(app.context.config.publicUrl).host,
    'sec-fetch-site': 'same-origin',
    accept: 'text/html',
  };
  return app.app.inject({
    method: 'POST',
    url,
    headers,
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  });
}

test('a person who comes in leaves with a receipt: procedure, applicant, form, papers, fee, received at once', async () => {
  const choose = await clerk.get(paths.counterIntake());
  expect(choose.body).toContain(paths.counterProcedure({ code }));
  const wrong = await clerk.post(paths.counterProcedure({ code }), {
    ...applicant,
    identity: '12',
    name: 'Hồ Thị Sen',
  });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('12 chữ số');
  expect(wrong.body).toContain('value="Hồ Thị Sen"');
  const begun = await clerk.post(paths.counterProcedure({ code }), applicant);
  const formUrl = begun.headers.location!;
  expect((await stranger.get(formUrl)).statusCode).toBe(404); // a colleague's intake is nobody else's business
  const form = await clerk.get(formUrl);
  expect(form.body).toContain('Tên trẻ');
  const version = /name="version" value="(\d+)"/.exec(form.body)?.[1] ?? '';
  const filled = await clerk.post(formUrl, { version, childName: 'Hồ Minh An', _do: 'continue' });
  const papersUrl = filled.headers.location!;
  const page = await clerk.get(papersUrl);
  expect(page.body).toContain('17:00 ngày 30/11/2026');
  const bad = await multipart(papersUrl, { 'f-0-name': 'Lệ phí', 'f-0-amount': 'tám nghìn', 'f-0-receipt': 'BL 7' });
  expect(bad.statusCode).toBe(422);
  expect(bad.body).toContain('value="tám nghìn"');
  const disguised = await multipart(
    papersUrl,
    { 'giay-chung-sinh-originals': '1' },
    {
      field: 'giay-chung-sinh-file',
      name: 'giay.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('<script>alert(1)</script>'),
    },
  );
  expect(disguised.statusCode).toBe(422);
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  const fields = {
    'giay-chung-sinh-originals': '1',
    'f-0-name': 'Lệ phí hộ tịch',
    'f-0-amount': '8.000',
    'f-0-receipt': 'BL 0007',
  };
  const done = await multipart(papersUrl, fields, {
    field: 'giay-chung-sinh-file',
    name: 'giấy chứng sinh.pdf',
    type: 'application/pdf',
    bytes: pdf,
  });
  expect(done.statusCode).toBe(303);
  const again = await multipart(papersUrl, fields);
  expect(again.headers.location).toBe(done.headers.location); // twice is one dossier
  const dossier = await clerk.get(done.headers.location!);
  expect(dossier.body).toContain('Hồ Thị Sen');
  expect(dossier.body).toContain('Hồ Minh An');
  expect(dossier.body).toContain('BL 0007');
  const file = /\/lam-viec\/ho-so\/[0-9a-f-]+\/tep\/[0-9a-f-]+/.exec(dossier.body)?.[0] ?? '';
  expect((await clerk.get(file)).headers['content-type']).toBe('application/pdf');
  expect((await stranger.get(file)).statusCode).toBe(404);
  const [kept] = await app.db.reader.raw<{ facts: object }>(
    'select facts from frontdesk.intake where dossier_id is not null',
  );
  expect(kept!.facts).toEqual({});
  const [fee] = await app.db.reader.raw<{ amount: string }>('select amount_dong as amount from dossiers.fee');
  expect(Number(fee!.amount)).toBe(8_000);
});

test('a photo from the counter is put upright and loses where it was taken; that no scanner has looked yet is said', async () => {
  const { config } = app.context;
  const begun = await clerk.post(paths.counterProcedure({ code }), applicant);
  const formUrl = begun.headers.location!;
  const version = /name="version" value="(\d+)"/.exec((await clerk.get(formUrl)).body)?.[1] ?? '';
  const filled = await clerk.post(formUrl, { version, childName: 'Hồ Minh Anh', _do: 'continue' });
  const photo = withExif(await halves(80, 60), 6);
  expect(photo.includes('GPS')).toBe(true);
  const done = await multipart(
    filled.headers.location!,
    { 'giay-chung-sinh-originals': '1' },
    { field: 'giay-chung-sinh-file', name: 'ảnh.jpg', type: 'image/jpeg', bytes: photo },
  );
  expect(done.statusCode).toBe(303);
  const dossier = await clerk.get(done.headers.location!);
  expect(dossier.body).not.toContain('Chưa quét vi-rút'); // there is no scanner
  const file = /\/lam-viec\/ho-so\/[0-9a-f-]+\/tep\/[0-9a-f-]+/.exec(dossier.body)?.[0] ?? '';
  const kept = (await clerk.get(file)).rawPayload;
  expect(kept.includes('GPS')).toBe(false);
  expect(pictureFacts(kept)).toMatchObject({ width: 60, height: 80, orientation: 1 });
  config.clamd = 'tcp://127.0.0.1:1';
  try {
    expect((await clerk.get(done.headers.location!)).body).toContain('Chưa quét vi-rút');
    expect((await clerk.get(`${file}/trang`)).body).toContain('Chưa quét vi-rút');
  } finally {
    config.clamd = null;
  }
});

test('only those who receive take in, and an unknown procedure is not found', async () => {
  expect((await specialist.get(paths.counterIntake())).statusCode).toBe(403);
  expect((await clerk.get(paths.counterProcedure({ code: 'không.có' }))).statusCode).toBe(404);
  expect((await clerk.get(paths.counterPapers({ intakeId: newId() }))).statusCode).toBe(404);
  expect((await clerk.get(paths.counterPapers({ intakeId: 'x' }))).statusCode).toBe(404);
  expect((await clerk.get(paths.counterProcedure({ code }, { so: '040190001234' }))).statusCode).toBe(200);
});

test('what was begun and not finished is forgotten after seven days, with its scans; what became a dossier stays', async () => {
  const begin = async (): Promise<string> => {
    const begun = await clerk.post(paths.counterProcedure({ code }), applicant);
    return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(begun.headers.location ?? '')?.[0] ?? '';
  };
  const forget = deskSchedules.find((each) => each.name === 'frontdesk.forget-intakes')!;
  const run = () => forget.run({ ...app.context, attempt: 1, requestId: 'test' });
  const kept = async (id: string) => ({
    intakes: (await app.db.reader.raw('select 1 from frontdesk.intake where id = $1', [id])).length,
    files: (await app.db.reader.raw(`select 1 from files.file where owner_kind = 'intake' and owner_id = $1`, [id]))
      .length,
  });
  const finished = 'frontdesk.intake where dossier_id is not null';
  const [old] = await app.db.reader.raw<{ n: number }>(`select count(*)::int as n from ${finished}`);
  const left = await begin();
  // A scan is kept although the page is refused for its wrong amount.
  const scanned = await multipart(
    paths.counterPapers({ intakeId: left }),
    { 'giay-chung-sinh-originals': '1', 'f-0-name': 'Lệ phí', 'f-0-amount': 'tám nghìn' },
    {
      field: 'giay-chung-sinh-file',
      name: 'giấy.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
    },
  );
  expect(scanned.statusCode).toBe(422);
  expect(await kept(left)).toEqual({ intakes: 1, files: 1 });
  app.db.clock.advance(7 * 86_400_000 - 1_000);
  const fresh = await app.db.write(async (tx) => {
    const id = newId();
    await tx.raw(
      `insert into frontdesk.intake (id, officer_id, procedure_version_id, offer_id, facts, updated_at)
       select $2, officer_id, procedure_version_id, offer_id, '{}', $3 from frontdesk.intake where id = $1`,
      [left, id, tx.now],
    );
    return id;
  });
  await run();
  expect(await kept(left)).toEqual({ intakes: 1, files: 1 });
  app.db.clock.advance(2_000);
  await run();
  await run();
  expect(await kept(left)).toEqual({ intakes: 0, files: 0 });
  expect((await kept(fresh)).intakes).toBe(1);
  expect(await app.db.reader.raw(`select count(*)::int as n from ${finished}`)).toEqual([old]);
});

test('days and amounts are read as people write them', () => {
  expect(parseDay('22/11/2026')).toBe('2026-11-22');
  expect(parseDay('31/02/2026')).toBeNull();
  expect(parseDay('2026-1-1')).toBeNull();
  expect(parseDong('1.250.000 đ')).toBe(1_250_000);
  expect(parseDong('-5')).toBeNull();
  expect(parseDong('0')).toBeNull();
});
