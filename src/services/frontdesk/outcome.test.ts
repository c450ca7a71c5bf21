import { expect, test } from 'vitest';
import { diffSubmissions, publishForm, submitForm } from '../../engines/forms/index.ts';
import { aForm, textField } from '../../engines/forms/testing.ts';
import { newId } from '../../platform/ids.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { answerSupplement, requestSupplement } from '../dossiers/index.ts';
import { aCitizen, aDossier, anOfficer } from '../dossiers/testing.ts';
import { openDesk, submitted, versionIn } from './testing.ts';

/* What goes back and forth between the desk and the person: the result as a file, and answers changed by a supplement. */

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, clerk, specialist, leader } = await openDesk(app);
type Who = typeof clerk;

const url = (id: string, rest = ''): string => `/lam-viec/ho-so/${id}${rest}`;
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%Kết quả\ntrailer<</Root 1 0 R>>\n%%EOF\n');

async function act(who: Who, id: string, slug: string, fields: Record<string, string> = {}) {
  const shown = await who.get(url(id, slug));
  expect({ slug, status: shown.statusCode }).toEqual({ slug, status: 200 });
  return who.post(url(id, slug), { version: versionIn(shown.body), ...fields });
}

/** Sends the page that completes a dossier, with the result as a browser sends a file. */
async function complete(who: Who, id: string, bytes: Buffer) {
  const shown = await who.get(url(id, '/ket-qua'));
  const boundary = `----${newId()}`;
  const fields = {
    _csrf: who.session()!.csrf(app.context.config.secret),
    version: versionIn(shown.body),
    outcome: 'granted',
    title: 'Giấy khai sinh',
  };
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="Giấy khai sinh.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  return app.app.inject({
    method: 'POST',
    url: url(id, '/ket-qua'),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: `${SESSION_COOKIE}=${who.cookies.get(SESSION_COOKIE)}`,
      host: new URL(app.context.config.publicUrl).host,
      'sec-fetch-site': 'same-origin',
      accept: 'text/html',
    },
    payload: Buffer.concat([...parts, Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}

const ofAccount = (accountId: string) => ({ applicant: { ...aDossier(place).applicant, accountId } });

test('the result is uploaded at the desk, handed over, and downloaded by the person and nobody else', async () => {
  const [person, other] = [await signedInCitizen(app), await signedInCitizen(app, { name: 'Người Khác' })];
  const id = await submitted(app, place, ofAccount(person.account.id));
  await act(clerk, id, '/tiep-nhan');
  const start = await specialist.get(url(id));
  await specialist.post(url(id, '/bat-dau'), { version: versionIn(start.body) });
  await act(specialist, id, '/buoc');
  await act(leader, id, '/phe-duyet');
  const disguised = await complete(specialist, id, Buffer.from('<script>alert(1)</script>'));
  expect(disguised.statusCode).toBe(422);
  expect(disguised.body).toContain('value="Giấy khai sinh"');
  expect((await complete(specialist, id, pdf)).statusCode).toBe(303);
  const handed = await act(clerk, id, '/tra-ket-qua', {
    channel: 'counter',
    receivedBy: 'Nguyễn Thị Ánh Nguyệt',
    identitySeen: '1',
  });
  expect(handed.statusCode).toBe(303);

  const page = await person.get(`/tai-khoan/ho-so/${id}`);
  expect(page.body).toContain('Giấy khai sinh.pdf');
  const link = new RegExp(`/tai-khoan/ho-so/${id}/tep/[0-9a-f-]{36}`).exec(page.body)?.[0] ?? '';
  const file = await person.get(link);
  expect(file.statusCode).toBe(200);
  expect(file.headers['content-type']).toBe('application/pdf');
  expect(file.rawPayload.equals(pdf)).toBe(true);
  expect((await other.get(link)).statusCode).toBe(404);
  expect((await person.get(`/tai-khoan/ho-so/${id}/tep/${newId()}`)).statusCode).toBe(404);
});

test('answers that a supplement changed are marked on the dossier, with what stood there before', async () => {
  const person = await signedInCitizen(app);
  const definition = aForm([[textField('childName'), textField('homeplace')]]);
  const before = { childName: 'Nguyễn Minh Khôi', homeplace: 'Nghệ An' };
  const after = { ...before, childName: 'Nguyễn Minh Khang' };
  const { formVersionId } = await app.db.write((tx) =>
    publishForm(tx, { definition, validFrom: '2025-07-01' } as Parameters<typeof publishForm>[1]),
  );
  const submit = (values: typeof before) => app.db.write((tx) => submitForm(tx, { formVersionId, values }));
  const id = await submitted(app, place, {
    ...ofAccount(person.account.id),
    formSubmissionId: (await submit(before)).id,
  });
  const unchanged = await clerk.get(url(id));
  expect(unchanged.body).toContain('Nguyễn Minh Khôi');
  expect(unchanged.body).not.toContain('sen-changed');
  const official = anOfficer('all');
  await app.db.write(
    (tx) =>
      requestSupplement(tx, official, {
        dossierId: id,
        version: null,
        reason: 'Sai tên',
        items: [{ paperId: null, componentCode: null, name: 'Tên trẻ', what: 'Ghi đúng tên' }],
        answerBy: null,
      }),
    official,
  );
  const citizen = aCitizen(person.account.id);
  const second = await submit(after);
  await app.db.write(
    (tx) =>
      answerSupplement(tx, citizen, {
        dossierId: id,
        version: null,
        papers: [],
        formSubmissionId: second.id,
        changes: diffSubmissions(definition, before, after),
        remark: null,
      }),
    citizen,
  );
  const { body } = await clerk.get(url(id));
  const marked = [...body.matchAll(/<div class="[^"]*sen-changed--changed[^"]*">[\s\S]*?<\/dd>/g)].map(([row]) => row);
  expect(marked).toHaveLength(1);
  for (const part of ['Mục childName', 'Nguyễn Minh Khang', 'Đã sửa', 'Trước đó:', 'Nguyễn Minh Khôi'])
    expect(marked[0]).toContain(part);
});
