import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startPushService } from '../../../sandbox/messages/push-service.ts';
import { startZalo } from '../../../sandbox/messages/zalo.ts';
import { backgroundWork } from '../../background.ts';
import { newId } from '../../platform/ids.ts';
import { drainBackground } from '../../platform/worker.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { modules } from '../../modules.ts';
import { insertPush, saveChoice } from './addressee-queries.ts';
import { upsertBudget } from './budget-queries.ts';
import { callbackAddress } from './callback-token.ts';
import { afterQuietHours, channelsFor, shippedChoice } from './choice.ts';
import { sendDigests } from './digest.ts';
import { closeTransports, defineMessage, listMessagesOf, notify, saveContact } from './index.ts';
import { RETRY_MINUTES } from './send-messages.ts';
import { startGateway } from './testing/sms-gateway.ts';
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe-token.ts';

const gateway = await startGateway();
const { asked } = gateway;
const push = await startPushService();
const zalo = await startZalo({
  application: 'app',
  secret: 'zalo-secret',
  refreshToken: 'first-refresh',
  templates: { '4711': ['ma_ho_so'] },
});
const file = join(mkdtempSync(join(tmpdir(), 'sen-providers-')), 'providers.json');
writeFileSync(
  file,
  JSON.stringify([
    {
      key: 'gateway',
      kind: 'http-sms',
      url: gateway.url,
      secret: 'token',
      sender: 'SEN',
      costDong: 400,
    },
    {
      key: 'zalo',
      kind: 'zalo',
      url: zalo.url,
      user: 'app',
      secret: 'zalo-secret',
      options: { tokenUrl: zalo.tokenUrl, refreshToken: 'first-refresh' },
    },
  ]),
);

const t = await testApp({});
const { db } = t;
t.context.config.messageProvidersFile = file;
const config = t.context.config;
const own = modules.filter((m) => m.name === 'notifications');
const drain = () => drainBackground(backgroundWork(own), t.context);
afterAll(async () => {
  await closeTransports();
  await Promise.all([push.close(), zalo.close(), gateway.close()]);
});

const progress = defineMessage<'code'>('test.progress', {
  vi: { subject: 'Hồ sơ {code}', body: 'Hồ sơ {code} đang giải quyết.' },
  en: { subject: 'Dossier {code}', body: 'Dossier {code} is being processed.' },
});
const duty = defineMessage<'code'>(
  'test.duty',
  {
    vi: { subject: 'Bổ sung {code}', body: 'Cần bổ sung {code}.' },
    en: { subject: 'Supplement {code}', body: 'Add to {code}.' },
  },
  { kind: 'action' },
);
const tell = async (options: Partial<Parameters<typeof notify<'code'>>[1]>) => {
  const about = { kind: 'test', id: newId() };
  await db.write((tx) =>
    notify(tx, { template: progress, values: { code: 'H41-1' }, about, key: about.id, ...options }),
  );
  await drain();
  return async () => (await listMessagesOf(db.reader, about)).sort((a, b) => (a.channel < b.channel ? -1 : 1));
};
const person = async (contacts: Partial<Record<'email' | 'sms', string>>) => {
  const recipient = { kind: 'account', id: newId() };
  await db.write(async (tx) => {
    for (const [channel, address] of Object.entries(contacts))
      await saveContact(tx, 'account', recipient.id, { channel: channel as 'sms', address, verifiedAt: tx.now });
  });
  return recipient;
};
const dueNow = async () => {
  db.clock.advance(RETRY_MINUTES * 60_000);
  await db.reader.raw('update graphile_worker._private_jobs set run_at = now()');
  await drain();
};

describe('web push', () => {
  const browser = async (recipient: { kind: string; id: string }) => {
    const keys = push.subscribe();
    await db.write((tx) => insertPush(tx, recipient.kind, recipient.id, { ...keys, key: newId(), label: 'test' }));
  };
  test('is encrypted for one browser, signed by the province, and opened there', async () => {
    const recipient = await person({});
    await browser(recipient);
    const rows = await tell({ recipient, link: '/tai-khoan/ho-so/1' });
    expect(push.shown.at(-1)).toMatchObject({
      title: 'Hồ sơ H41-1',
      body: 'Hồ sơ H41-1 đang giải quyết.',
      link: '/tai-khoan/ho-so/1',
    });
    expect(push.unproven).toBe(0);
    expect((await rows()).map((row) => [row.channel, row.state])).toEqual([
      ['in-app', 'sent'],
      ['push', 'sent'],
    ]);
  });
  test('to a browser that is gone ends its subscription; a service that is down is tried again', async () => {
    const recipient = await person({});
    await browser(recipient);
    push.mood = 'down';
    const rows = await tell({ recipient });
    expect((await rows())[1]).toMatchObject({ state: 'queued' });
    push.mood = 'gone';
    await dueNow();
    expect((await rows())[1]).toMatchObject({ state: 'refused' });
    push.mood = 'good';
    expect((await (await tell({ recipient }))()).map((row) => row.channel)).toEqual(['in-app']);
  });
});

describe('a gateway over HTTP', () => {
  test('gets the message with its id as key, and reports over a secret address', async () => {
    const rows = await tell({ addresses: [{ channel: 'sms', address: '0912345678' }] });
    const [row] = await rows();
    expect(asked.at(-1)).toMatchObject({ key: row?.id, body: { to: '84912345678', from: 'SEN', encoding: 'ucs-2' } });
    expect(row).toMatchObject({ state: 'sent', provider: 'gateway', costDong: 400 });
    const address = new URL(callbackAddress(config, 'gateway')).pathname;
    const report = (url: string, payload: object) => t.app.inject({ method: 'POST', url, payload });
    expect(
      (await report(`${address}x`, { type: 'receipt', reference: `g-${row?.id}`, state: 'delivered' })).statusCode,
    ).toBe(404);
    for (const hostile of [
      {},
      [],
      { type: 'receipt', reference: 'x', state: '__proto__' },
      [{ type: 'text', reference: '\u0000', from: 'x', text: '\uD800' }],
      Array.from({ length: 1_001 }, () => ({})),
    ])
      expect((await report(address, hostile)).statusCode).toBeLessThan(500);
    expect((await report(address, { type: 'receipt', reference: `g-${row?.id}`, state: 'delivered' })).statusCode).toBe(
      200,
    );
    expect((await rows())[0]).toMatchObject({ state: 'delivered' });
  });
  test('within a budget: what goes beyond waits, codes go, a raised limit lets the rest go', async () => {
    const unitId = newId();
    const spentBefore = asked.length;
    await db.write((tx) => upsertBudget(tx, unitId, 'sms', 900), { kind: 'system', id: null, label: 'test' });
    const send = () => tell({ unitId, addresses: [{ channel: 'sms', address: '0912345679' }] });
    const rows = [await send(), await send(), await send()];
    expect(await Promise.all(rows.map(async (row) => (await row())[0]?.state))).toEqual(['sent', 'sent', 'held']);
    expect(
      (await (await tell({ unitId, isUrgent: true, addresses: [{ channel: 'sms', address: '0912345679' }] }))())[0],
    ).toMatchObject({ state: 'sent' });
    expect(asked.length - spentBefore).toBe(3);
    const admin = await signedInOfficial(t, ['notifications.manage'], { reach: 'all' });
    const answer = await admin.post('/quan-tri/han-muc-gui-tin', {
      'don-vi': unitId,
      kenh: 'sms',
      'han-muc': '10.000',
    });
    expect(answer.statusCode).toBe(303);
    await drain();
    expect((await rows[2]!())[0]).toMatchObject({ state: 'sent' });
    const wrong = await admin.post('/quan-tri/han-muc-gui-tin', { 'don-vi': unitId, kenh: 'fax', 'han-muc': '-1' });
    expect(wrong.statusCode).toBe(422);
  });
  test('that is down leaves the message for later, and it arrives once', async () => {
    gateway.status = 503;
    const rows = await tell({ addresses: [{ channel: 'sms', address: '0912345670' }] });
    expect((await rows())[0]).toMatchObject({ state: 'queued', attempts: 1 });
    gateway.status = 200;
    await dueNow();
    expect((await rows())[0]).toMatchObject({ state: 'sent', attempts: 2 });
    expect(asked.filter((each) => each.body['to'] === '84912345670')).toHaveLength(1);
  });
});

describe('what a person chooses', () => {
  const choose = (recipient: { kind: string; id: string }, choice: Partial<typeof shippedChoice>) =>
    db.write((tx) => saveChoice(tx, recipient.kind, recipient.id, { ...shippedChoice, ...choice }));
  test('switches channels off but never what must be sent, and names the language', async () => {
    const recipient = await person({ email: 'a@example.vn', sms: '0912000001' });
    const muted = { progress: ['email', 'sms', 'chat'], action: ['in-app', 'email', 'sms', 'chat'] };
    await choose(recipient, { language: 'en', muted });
    const rows = await (await tell({ recipient }))();
    expect(rows.map((row) => [row.channel, row.subject])).toEqual([['in-app', 'Dossier H41-1']]);
    expect((await (await tell({ recipient, template: duty }))()).map((row) => row.channel)).toEqual([
      'email',
      'in-app',
    ]);
    expect(channelsFor(null, 'progress', ['in-app', 'sms', 'chat'])).toEqual(['in-app', 'sms']);
  });
  test('keeps texts back in quiet hours, past midnight, but not urgent ones', async () => {
    const quiet = { ...shippedChoice, quietFrom: '22:00', quietUntil: '06:00' };
    const at = (time: string) => new Date(`2026-11-23T${time}:00+07:00`);
    expect(afterQuietHours(quiet, 'progress', at('23:30'))).toEqual(new Date('2026-11-24T06:00:00+07:00'));
    expect(afterQuietHours(quiet, 'progress', at('05:59'))).toEqual(at('06:00'));
    expect(afterQuietHours(quiet, 'progress', at('06:00'))).toEqual(at('06:00'));
    expect(afterQuietHours(quiet, 'security', at('23:30'))).toEqual(at('23:30'));
    const recipient = await person({ sms: '0912000002' });
    await choose(recipient, { quietFrom: '00:00', quietUntil: '23:59' });
    const rows = await (await tell({ recipient }))();
    expect(rows.find((row) => row.channel === 'sms')).toMatchObject({ state: 'queued', attempts: 0 });
  });
  test('gathers mails into one a day', async () => {
    const recipient = await person({ email: 'digest@example.vn' });
    await choose(recipient, { digest: 'daily' });
    const rows = [await tell({ recipient }), await tell({ recipient })];
    expect((await rows[0]!()).map((row) => row.state)).toEqual(['gathered', 'sent']);
    await sendDigests({ ...t.context, attempt: 1, requestId: 'test' });
    await sendDigests({ ...t.context, attempt: 1, requestId: 'test' });
    const digests = await db.reader.raw<{ subject: string; body: string }>(
      `select subject, body from notifications.message where template = 'notifications.digest' and recipient_id = $1`,
      [recipient.id],
    );
    expect(digests).toHaveLength(1);
    expect(digests[0]?.subject).toContain('2 thông báo');
    expect(digests[0]?.body.match(/\* Hồ sơ H41-1/g)).toHaveLength(2);
  });
  test('is kept by the page, which says what is wrong and loses nothing', async () => {
    const citizen = await signedInCitizen(t);
    const path = '/tai-khoan/cach-nhan-thong-bao';
    expect((await citizen.get(path)).body).toContain('Giờ yên tĩnh');
    const wrong = await citizen.post(path, { 'yen-tinh': 'co', tu: '25:00', den: '<b>', progress: 'email' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="25:00"');
    expect(wrong.body).not.toContain('<b>');
    expect(
      (
        await citizen.post(path, {
          'yen-tinh': 'co',
          tu: '22:00',
          den: '06:00',
          progress: 'email',
          'gop-thu': 'weekly',
          'ngon-ngu': 'en',
        })
      ).statusCode,
    ).toBe(303);
    const [row] = await db.reader.raw<Record<string, unknown>>(
      'select language, quiet_from, digest, muted from notifications.choice where recipient_id = $1',
      [citizen.account.id],
    );
    expect(row).toMatchObject({ language: 'en', quiet_from: '22:00', digest: 'weekly' });
    expect((row?.['muted'] as Record<string, string[]> | undefined)?.['progress']).toEqual([
      'in-app',
      'sms',
      'push',
      'chat',
    ]);
    expect(
      (await citizen.post(`${path}/trinh-duyet`, { endpoint: 'http://169.254.169.254/', p256dh: 'x', auth: 'y' }))
        .statusCode,
    ).toBe(422);
    expect((await citizen.post(`${path}/trinh-duyet`, { ...push.subscribe() })).statusCode).toBe(303);
    expect((await citizen.get(path)).body).toContain('Gỡ');
  });
  test('is stopped by the link in a mail, after a question, and by nobody without the token', async () => {
    const about = { recipientKind: 'account', recipientId: newId(), kind: 'progress', channel: 'email' };
    const token = unsubscribeToken(config.secret, about);
    expect(readUnsubscribeToken(config.secret, token)).toEqual(about);
    for (const bad of [`${token}x`, token.replace('.', 'x.'), 'x.y', '', '.'.repeat(50)])
      expect(readUnsubscribeToken(config.secret, bad)).toBeNull();
    const url = `/thoi-nhan-thu/${token}`;
    expect((await t.app.inject(url)).body).toContain('Thôi nhận');
    expect(
      (
        await t.app.inject({
          method: 'POST',
          url,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'List-Unsubscribe=One-Click',
        })
      ).statusCode,
    ).toBe(200);
    const [row] = await db.reader.raw<{ muted: Record<string, string[]> }>(
      'select muted from notifications.choice where recipient_id = $1',
      [about.recipientId],
    );
    expect(row?.muted['progress']).toContain('email');
    expect((await t.app.inject('/thoi-nhan-thu/x.y')).statusCode).toBe(404);
  });
  test('whoever cannot be reached is told at the counter of the unit, by nobody else', async () => {
    const clerk = await signedInOfficial(t, ['notifications.hand-notes']);
    const rows = await tell({ unitId: clerk.unitId, onPaper: true });
    const [note] = await rows();
    expect(note).toMatchObject({ channel: 'paper', state: 'to-hand' });
    expect((await clerk.get('/lam-viec/bao-truc-tiep')).body).toContain('Hồ sơ H41-1');
    const other = await signedInOfficial(t, ['notifications.hand-notes']);
    expect((await other.post(`/lam-viec/bao-truc-tiep/${note?.id}/da-bao`, {})).statusCode).toBe(404);
    expect((await clerk.post(`/lam-viec/bao-truc-tiep/${note?.id}/da-bao`, {})).statusCode).toBe(303);
    expect((await rows())[0]).toMatchObject({ state: 'handed' });
  });
});

describe('texts that officials edit', () => {
  const path = '/quan-tri/mau-tin/test.progress/sms';
  const fields = {
    'vi-body': 'Ho so {code} cua ban dang lam',
    'en-body': 'Dossier {code} moves',
    'khong-dau': 'co',
    'don-vi': '',
  };
  test('are previewed, published, used by the unit below, restored and withdrawn', async () => {
    const official = await signedInOfficial(t, ['notifications.texts']);
    const unit = { ...fields, 'don-vi': official.unitId };
    const preview = await official.post(path, { ...unit, viec: 'xem' });
    expect(preview.statusCode).toBe(200);
    expect(preview.body).toContain('Ho so 000.00.16.H41-261123-0001 cua ban dang lam');
    expect(preview.body).toMatch(/1 phần tin/);
    expect((await official.post(path, { ...unit, viec: 'cong-bo' })).statusCode).toBe(303);
    const address = [{ channel: 'sms' as const, address: '0912345671' }];
    const bodies = async (unitId: string | null) => (await (await tell({ unitId, addresses: address }))())[0]?.body;
    expect(await bodies(official.unitId)).toBe('Ho so H41-1 cua ban dang lam');
    expect(await bodies(null)).toBe('Hồ sơ H41-1 đang giải quyết.');
    await official.post(path, { ...unit, 'vi-body': 'Ban thu hai {code}', viec: 'cong-bo' });
    expect(await bodies(official.unitId)).toBe('Ban thu hai H41-1');
    const [first] = await db.reader.raw<{ id: string }>(
      `select id from notifications.template_version where template = 'test.progress' and number = 1`,
    );
    await official.post(`${path}/phien-ban/${first?.id}/dung`, { 'don-vi': official.unitId });
    expect(await bodies(official.unitId)).toBe('Ho so H41-1 cua ban dang lam');
    await official.post(`${path}/phien-ban/${first?.id}/tro-ve`, { 'don-vi': official.unitId });
    expect(await bodies(official.unitId)).toBe('Hồ sơ H41-1 đang giải quyết.');
  });
  test('with unknown or missing places are refused, values kept and harmless; others’ units are closed', async () => {
    const official = await signedInOfficial(t, ['notifications.texts']);
    const unit = { ...fields, 'don-vi': official.unitId };
    const unknown = await official.post(path, {
      ...unit,
      'vi-body': '{code} {password} <script>alert(1)</script>',
      viec: 'cong-bo',
    });
    expect(unknown.statusCode).toBe(422);
    expect(unknown.body).toContain('{password}');
    expect(unknown.body).not.toContain('<script>alert');
    expect((await official.post(path, { ...unit, 'vi-body': 'khong co ma', viec: 'luu' })).statusCode).toBe(422);
    expect((await official.post(path, { ...unit, 'don-vi': newId(), viec: 'luu' })).statusCode).toBe(403);
    expect((await official.get('/quan-tri/mau-tin/constructor/sms')).statusCode).toBe(404);
    expect((await official.get('/quan-tri/mau-tin/test.progress/fax')).statusCode).toBe(404);
  });
});

describe('chat', () => {
  test('sends approved templates to those who asked, refreshes its token once each, and knows its quota', async () => {
    const official = await signedInOfficial(t, ['notifications.texts']);
    const chat = {
      'vi-body': 'Hồ sơ {code}',
      'en-body': 'Dossier {code}',
      'chat-template': '4711',
      'chat-parameters': 'ma_ho_so = code',
      'don-vi': official.unitId,
    };
    expect(
      (
        await official.post('/quan-tri/mau-tin/test.progress/chat', {
          ...chat,
          'chat-parameters': 'ma_ho_so = nobody',
          viec: 'cong-bo',
        })
      ).statusCode,
    ).toBe(422);
    expect((await official.post('/quan-tri/mau-tin/test.progress/chat', { ...chat, viec: 'cong-bo' })).statusCode).toBe(
      303,
    );
    const recipient = await person({ sms: '0912000009' });
    const send = () => tell({ recipient, unitId: official.unitId });
    expect((await (await send())()).map((row) => row.channel)).toEqual(['in-app', 'sms']);
    await db.write((tx) => saveChoice(tx, 'account', recipient.id, { ...shippedChoice, muted: { progress: ['sms'] } }));
    const rows = await send();
    expect((await rows())[0]).toMatchObject({ channel: 'chat', state: 'sent' });
    expect([...zalo.taken.values()][0]).toMatchObject({
      phone: '84912000009',
      template: '4711',
      data: { ma_ho_so: 'H41-1' },
    });
    expect(zalo.refreshes).toBe(1);
    zalo.endTokens();
    expect((await (await send())())[0]).toMatchObject({ state: 'sent' });
    expect(zalo.refreshes).toBe(2);
    zalo.mood = 'down';
    const late = await send();
    expect((await late())[0]).toMatchObject({ state: 'queued' });
    zalo.mood = 'good';
    await dueNow();
    expect((await late())[0]).toMatchObject({ state: 'sent' });
    zalo.quota = 0;
    expect((await (await send())())[0]).toMatchObject({ state: 'queued' });
    const [row] = await db.reader.raw<{ quota_left: number }>(
      `select quota_left from notifications.provider where key = 'zalo'`,
    );
    expect(row?.quota_left).toBe(0);
  });
});

describe('dead letters', () => {
  test('are found, sent again, or discarded with a reason', async () => {
    const admin = await signedInOfficial(t, ['notifications.manage'], { reach: 'all' });
    gateway.status = 422;
    const rows = await tell({ addresses: [{ channel: 'sms', address: '0912345600' }] });
    const other = await tell({ addresses: [{ channel: 'sms', address: '0912345601' }] });
    gateway.status = 200;
    const [one, two] = [(await rows())[0]!, (await other())[0]!];
    expect(one).toMatchObject({ state: 'refused' });
    const page = await admin.get('/quan-tri/tin-khong-gui-duoc?trang-thai=refused&dia-chi=0912345600');
    expect(page.body).toContain('0912345600');
    expect(page.body).not.toContain('0912345601');
    const bulk = (fields: Record<string, string>) => admin.post('/quan-tri/tin-khong-gui-duoc/hang-loat', fields);
    expect((await bulk({ id: two.id, viec: 'bo' })).statusCode).toBe(422);
    expect((await bulk({ viec: 'gui-lai' })).statusCode).toBe(422);
    expect((await bulk({ id: two.id, viec: 'bo', 'ly-do': 'Số sai' })).statusCode).toBe(303);
    expect((await other())[0]).toMatchObject({ state: 'discarded', discardReason: 'Số sai' });
    await bulk({ id: one.id, viec: 'gui-lai' });
    await drain();
    expect((await rows())[0]).toMatchObject({ state: 'sent' });
    for (const query of ["trang-thai=' or 1=1", 'tu=2026-99-99', 'sau=1_2', 'kenh=%00'])
      expect((await admin.get(`/quan-tri/tin-khong-gui-duoc?${query}`)).statusCode).toBeLessThan(500);
    expect((await admin.get('/quan-tri/so-lieu-gui-tin?theo=provider')).body).toContain('gateway');
    expect((await admin.get('/quan-tri/nha-cung-cap-tin')).body).toContain('Đang hoạt động');
    expect(
      (await admin.post('/quan-tri/nha-cung-cap-tin/gateway', { dung: 'khong', 'trong-so': '5' })).statusCode,
    ).toBe(303);
    expect((await (await tell({ addresses: [{ channel: 'sms', address: '0912345602' }] }))())[0]).toMatchObject({
      state: 'queued',
    });
    expect((await admin.get('/quan-tri/so-lieu-gui-tin/xuat/csv')).statusCode).toBe(200);
  });
});
