import { beforeAll, describe, expect, test } from 'vitest';
import { publishForm } from '../../engines/forms/index.ts';
import { marriageForm } from '../../engines/forms/testing/marriage-form.ts';
import { remindSigners } from '../../engines/forms/signing/signing-jobs.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { hiddenFields, hiddenPairs, loadProvince, postFiles, smallPdf, startAt } from './testing.ts';

const app = await testApp();
type Person = Awaited<ReturnType<typeof signedInCitizen>>;

beforeAll(async () => {
  await loadProvince(app);
  await app.db.write((tx) => publishForm(tx, { definition: marriageForm('dang-ky-khai-sinh') }));
}, 120_000);

const numberOf = async (person: Person): Promise<string> =>
  (
    await app.db.reader.raw<{ n: string }>('select identity_number as n from identity.person where account_id = $1', [
      person.account.id,
    ])
  )[0]!.n;

async function fill(person: Person, id: string, page: string, answers: Record<string, string>) {
  const url = `/nop-ho-so/${id}/to-khai/${page}`;
  const shown = await person.get(url);
  const hidden = hiddenPairs(shown.body).filter(([name]) => name !== '_csrf');
  return person.post(url, { ...Object.fromEntries(hidden), ...answers });
}

/** Both spouses filled in, papers and delivery given, ready to be frozen. */
async function couple() {
  const groom = await signedInCitizen(app, { name: 'Trần Văn Nam' });
  const bride = await signedInCitizen(app, { name: 'Lê Thị Hoa' });
  const id = await startAt(app, groom);
  const [his, hers] = [await numberOf(groom), await numberOf(bride)];
  await fill(groom, id, 'ben-nam', {
    groomName: 'Trần Văn Nam',
    groomIdentity: his,
    'groomBorn-day': '1',
    'groomBorn-month': '2',
    'groomBorn-year': '1990',
  });
  await fill(groom, id, 'ben-nu', { brideName: 'Lê Thị Hoa', brideIdentity: hers, bridePhone: '0912345678' });
  await postFiles(app, groom, `/nop-ho-so/${id}/giay-to`, [
    { name: '_do', value: 'continue' },
    { name: 'paper-giay-chung-sinh', fileName: 'a.pdf', content: smallPdf(id) },
  ]);
  await groom.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'counter' });
  return { groom, bride, id };
}

const linksOf = (body: string): string[] => [
  ...new Set([...body.matchAll(/\/xac-nhan\/([\w-]{46})/g)].map((match) => match[1]!)),
];

async function invited() {
  const both = await couple();
  const started = await both.groom.post(`/nop-ho-so/${both.id}/xac-nhan`, {});
  expect(started.statusCode).toBe(303);
  const page = await both.groom.get(`/nop-ho-so/${both.id}/xac-nhan`);
  const links = linksOf(page.body);
  expect(links).toHaveLength(2);
  const code = /mã ([2-9A-Z]{8})/.exec(page.body)![1]!;
  return { ...both, links, code };
}

async function confirm(person: Person, link: string) {
  const shown = await person.get(`/xac-nhan/${link}`);
  const { digest = '' } = hiddenFields(shown.body);
  return person.post(`/xac-nhan/${link}`, { digest, agree: 'yes' });
}

const linkFor = async (person: Person, links: string[]): Promise<string> => {
  for (const link of links) if ((await person.get(`/xac-nhan/${link}`)).body.includes('name="agree"')) return link;
  throw new Error('no link is for this person');
};

describe('two spouses sign one form', () => {
  test('it is sent only when both have confirmed the same answers', async () => {
    const { groom, bride, id, links } = await invited();
    expect((await groom.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })).headers.location).toBe(
      `/nop-ho-so/${id}/xac-nhan`,
    );
    expect((await confirm(groom, await linkFor(groom, links))).statusCode).toBe(303);
    expect((await groom.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })).headers.location).toBe(
      `/nop-ho-so/${id}/xac-nhan`,
    );
    const hers = await linkFor(bride, links);
    const shown = await bride.get(`/xac-nhan/${hers}`);
    expect(shown.body).toContain('Lê Thị Hoa');
    // She confirms her own part: his page is not among what she is shown.
    expect(shown.body).not.toContain('Ngày sinh bên nam');
    expect((await bride.post(`/xac-nhan/${hers}`, { digest: hiddenFields(shown.body)['digest']! })).statusCode).toBe(
      422,
    );
    expect((await confirm(bride, hers)).statusCode).toBe(303);
    expect((await bride.get(`/xac-nhan/${hers}`)).body).toContain('Bạn đã xác nhận');
    expect((await groom.get(`/nop-ho-so/${id}/kiem-tra`)).body).toContain('2 trong 2 người đã xác nhận');
    // Another day changes what is calculated, not what was confirmed.
    expect((await groom.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })).headers.location).toBe(
      `/nop-ho-so/${id}/da-gui`,
    );
    const [row] = await app.db.reader.raw<{ state: string; n: number }>(
      `select s.state, count(g.confirmed_at)::int as n from forms.signing s join forms.signature g on g.signing_id = s.id
       where s.subject_id = $1 group by s.state`,
      [id],
    );
    expect(row).toEqual({ state: 'sent', n: 2 });
  });
  test('somebody else cannot confirm, with the link or without', async () => {
    const { groom, bride, links } = await invited();
    const stranger = await signedInCitizen(app);
    const hers = await linkFor(bride, links);
    const shown = await stranger.get(`/xac-nhan/${hers}`);
    expect(shown.body).toContain('dành cho người khác');
    expect(shown.body).not.toContain('Lê Thị Hoa');
    const { digest = '' } = hiddenFields((await bride.get(`/xac-nhan/${hers}`)).body);
    expect((await stranger.post(`/xac-nhan/${hers}`, { digest, agree: 'yes' })).statusCode).toBe(403);
    expect((await groom.post(`/xac-nhan/${hers}`, { digest, agree: 'yes' })).statusCode).toBe(403);
    for (const wrong of [`${hers.slice(0, 45)}A`, 'x', '%00', hers.toUpperCase()])
      expect([404, 200]).toContain((await bride.get(`/xac-nhan/${wrong}`)).statusCode);
    expect((await bride.get(`/xac-nhan/${'a'.repeat(46)}`)).statusCode).toBe(404);
  });
  test('a change after a confirmation voids it; the same answers again do not', async () => {
    const { groom, bride, id, links } = await invited();
    const hers = await linkFor(bride, links);
    await confirm(bride, hers);
    await fill(groom, id, 'ben-nu', {
      brideName: 'Lê Thị Hoa',
      brideIdentity: await numberOf(bride),
      bridePhone: '0912345678',
    });
    expect((await groom.get(`/nop-ho-so/${id}/kiem-tra`)).body).toContain('1 trong 2');
    await fill(groom, id, 'ben-nu', {
      brideName: 'Lê Thị Huệ',
      brideIdentity: await numberOf(bride),
      bridePhone: '0912345678',
    });
    expect((await groom.get(`/nop-ho-so/${id}/kiem-tra`)).body).toContain('0 trong 2');
    const old = await confirm(bride, hers);
    expect(old.statusCode).toBe(409);
    await app.drain();
    const told = await app.db.reader.raw<{ n: number }>(
      `select count(*)::int as n from notifications.message where template = 'forms.signing-voided' and recipient_id = $1`,
      [bride.account.id],
    );
    expect(told[0]!.n).toBeGreaterThan(0);
  });
  test('one of them confirms at the counter, before an official who says what paper was seen', async () => {
    const { groom, id, links, code } = await invited();
    await confirm(groom, await linkFor(groom, links));
    const clerk = await signedInOfficial(app, ['forms.confirm'], { name: 'Phạm Thị Quầy' });
    expect((await clerk.get('/lam-viec/xac-nhan?ma=KHONGCO1')).statusCode).toBe(422);
    const shown = await clerk.get(`/lam-viec/xac-nhan?ma=${code.toLowerCase()}`);
    const hidden = hiddenFields(shown.body);
    const fields = { ma: code, signature: hidden['signature']!, digest: hidden['digest']! };
    expect((await clerk.post('/lam-viec/xac-nhan', { ...fields, paper: '' })).statusCode).toBe(422);
    expect((await clerk.post('/lam-viec/xac-nhan', { ...fields, paper: 'căn cước', seen: 'yes' })).statusCode).toBe(
      303,
    );
    // The same again is refused, and nobody without the right gets this far.
    expect((await clerk.post('/lam-viec/xac-nhan', { ...fields, paper: 'căn cước', seen: 'yes' })).statusCode).toBe(
      409,
    );
    const other = await signedInOfficial(app, ['dossiers.view']);
    expect((await other.get(`/lam-viec/xac-nhan?ma=${code}`)).statusCode).toBe(403);
    expect((await groom.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })).headers.location).toBe(
      `/nop-ho-so/${id}/da-gui`,
    );
  });
  test('invitations are sent once, reminders after three days, and it ends after fifteen', async () => {
    const { id } = await invited();
    await app.drain();
    const sent = async (template: string) =>
      (
        await app.db.reader.raw<{ n: number }>(
          `select count(*)::int as n from notifications.message where template = $1 and address = '0912345678' or template = $1 and address = '+84912345678'`,
          [template],
        )
      )[0]!.n;
    expect(await sent('forms.invitation')).toBeGreaterThan(0);
    const context = { ...app.context, requestId: 'test' };
    app.db.clock.advance(3 * 86_400_000 + 1_000);
    expect(await remindSigners(context)).toBeGreaterThan(0);
    expect(await remindSigners(context)).toBe(0);
    app.db.clock.advance(13 * 86_400_000);
    await remindSigners(context);
    const ended = await app.db.reader.raw<{ n: number }>(
      `select count(*)::int as n from forms.signing where subject_id = $1 and state = 'void'`,
      [id],
    );
    expect(ended[0]!.n).toBe(1);
  });
});
