import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { modules } from '../../modules.ts';
import { testApp } from '../../testing/app.ts';
import { afterQuietHours, channelsFor, isGathered, shippedChoice } from './choice.ts';
import { closeTransports, provideTextService } from './index.ts';
import { definedMessages } from './message-template.ts';
import { giveUpParts, MAX_WAITING_PARTS, receivePart } from './join-texts.ts';
import { kindOf } from './message-kind.ts';
import { readChoice } from './save-choice.ts';
import { joinParts, readHeader, readSar } from './sms-parts.ts';
import { planSms } from './sms-text.ts';
import { startMessageCentre } from './testing/message-centre.ts';
import { keepBound } from './transport.ts';

const centre = await startMessageCentre();
const file = join(mkdtempSync(join(tmpdir(), 'sen-providers-')), 'providers.json');
writeFileSync(
  file,
  JSON.stringify([
    {
      key: 'centre',
      kind: 'smpp',
      url: `smpp://127.0.0.1:${centre.port}`,
      user: 'sen',
      secret: 'secret',
      sender: 'TINH NGHEAN',
      weight: 1,
      window: 8,
      perSecond: 100,
      costDong: 350,
      answerSeconds: 5,
      enquireSeconds: 60,
    },
  ]),
);
const own = modules.filter((m) => m.name === 'notifications');
const { db, context } = await testApp({ modules: own });
const sending = { ...context, config: { ...context.config, messageProvidersFile: file } };
const START = '2026-11-23T09:00:00+07:00';
provideTextService({ keyword: 'GOP', help: 'GOP loi', answer: async () => 'Da nhan' });

beforeAll(async () => {
  keepBound(sending);
  await vi.waitUntil(() => centre.binds > 0, { timeout: 40_000 });
}, 60_000);
afterAll(async () => {
  await closeTransports();
  await centre.close();
});

const bodies = async (sender: string): Promise<string[]> =>
  (
    await db.reader.raw<{ body: string }>(
      'select body from notifications.inbound where sender = $1 order by received_at, id',
      [sender],
    )
  ).map((row) => row.body);
const LONG =
  'GOP Tôi muốn hỏi về hồ sơ cấp giấy chứng nhận quyền sử dụng đất, đã nộp ở xã từ tháng trước mà chưa thấy hẹn ngày trả. 🙂';
const { parts } = planSms(LONG);
const header8 = (at: number, reference = 7) => Buffer.from([5, 0, 3, reference, parts.length, at + 1]);
const header16 = (at: number) => Buffer.from([6, 8, 4, 1, 7, parts.length, at + 1]);
const place = (at: number, reference = 7) => ({ reference, total: parts.length, number: at + 1 });
const part = (sender: string, at: number, reference = 7) => ({
  provider: 'centre',
  reference: null,
  sender,
  recipient: '8088',
  place: place(at, reference),
  dataCoding: 8,
  body: parts[at]!,
});

test('parts come over SMPP in any order and doubled, with headers of 8 and 16 bits and as parameters, and are one text', async () => {
  db.clock.set(START);
  expect(parts.length).toBeGreaterThan(1);
  const order = [...parts.keys()].toReversed();
  const over = (from: string, header: (at: number) => Buffer) =>
    order.map((at) => ({
      source_addr: from,
      destination_addr: '8088',
      esm_class: 0x40,
      data_coding: 8,
      short_message: Buffer.concat([header(at), parts[at]!]),
    }));
  const sar = order.map((at) => ({
    source_addr: '84912000003',
    destination_addr: '8088',
    data_coding: 8,
    short_message: parts[at]!,
    sar_msg_ref_num: 300,
    sar_total_segments: parts.length,
    sar_segment_seqnum: at + 1,
  }));
  for (const options of [...over('84912000001', header8), ...over('84912000002', header16), ...sar]) {
    expect(await centre.deliver(options)).toBe(0);
    expect(await centre.deliver(options), 'the provider sends it again').toBe(0);
  }
  for (const sender of ['84912000001', '84912000002', '84912000003']) expect(await bodies(sender)).toEqual([LONG]);
  const [row] = await db.reader.raw<{ keyword: string; answer: string }>(
    `select keyword, answer from notifications.inbound where sender = '84912000001'`,
  );
  expect(row).toEqual({ keyword: 'GOP', answer: 'Da nhan' });
});

test('parts at once over several connections are one text; another text with the same reference later is another', async () => {
  db.clock.set(START);
  await Promise.all(parts.flatMap((_, at) => [at, at]).map((at) => receivePart(context, part('84912000004', at))));
  expect(await bodies('84912000004')).toEqual([LONG]);
  db.clock.set('2026-11-23T09:30:00+07:00');
  for (const at of parts.keys()) await receivePart(context, part('84912000004', at));
  expect(await bodies('84912000004')).toEqual([LONG, LONG]);
});

test('what does not come in time is given up: the text is taken as far as it came, with a mark', async () => {
  db.clock.set(START);
  await receivePart(context, part('84912000005', 0));
  db.clock.set('2026-11-23T09:09:00+07:00');
  expect(await giveUpParts({ ...context, requestId: 'test' })).toBe(0);
  db.clock.set('2026-11-23T09:11:00+07:00');
  expect(await giveUpParts({ ...context, requestId: 'test' })).toBe(1);
  expect(await giveUpParts({ ...context, requestId: 'test' })).toBe(0);
  const [body] = await bodies('84912000005');
  expect(body).toMatch(/^GOP Tôi muốn .*\[…\]$/su);
  db.clock.set('2026-11-25T09:11:00+07:00');
  await giveUpParts({ ...context, requestId: 'test' });
  expect(
    await db.reader.raw(`select 1 from notifications.inbound_long where sender = '84912000005'`),
    'forgotten after a day',
  ).toEqual([]);
});

test('a sender who leaves many texts unfinished is held to a limit: further parts are texts of their own', async () => {
  db.clock.set(START);
  for (let reference = 0; reference < MAX_WAITING_PARTS + 2; reference += 1)
    await receivePart(context, { ...part('84912000006', 1, reference), reference: `m${reference}` });
  expect(await bodies('84912000006')).toHaveLength(2);
  const [waiting] = await db.reader.raw<{ n: number }>(
    `select count(*)::int as n from notifications.inbound_long where sender = '84912000006' and settled_at is null`,
  );
  expect(waiting?.n).toBe(MAX_WAITING_PARTS);
});

test('a hostile header never throws, and names a place only when it can be right', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const { place: found } = readHeader(Buffer.from(bytes));
      expect(found === null || (found.number >= 1 && found.number <= found.total && found.total <= 10)).toBe(true);
    }),
  );
  for (const bytes of [
    [],
    [5],
    [200, 0, 3],
    [5, 0, 3, 7, 0, 0],
    [5, 0, 3, 7, 3, 4],
    [5, 0, 3, 7, 99, 1],
    [5, 0, 9, 7, 2, 1],
  ])
    expect(readHeader(Buffer.from(bytes)).place).toBeNull();
  expect(readHeader(Buffer.from([8, 0x24, 1, 0, 0, 3, 7, 2, 1, 65]))).toEqual({
    place: { reference: 7, total: 2, number: 1 },
    body: Buffer.from([65]),
  });
  expect(readSar(new Map([[0x020c, Buffer.from([1])]]))).toBeNull();
});

test('however a text is cut, joined it is the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
      const plan = planSms(text);
      const dataCoding = plan.alphabet === 'ucs-2' ? 8 : 0;
      const pieces = plan.parts.map((body, at) => ({ number: at + 1, dataCoding, body })).toReversed();
      const whole = joinParts([{ number: 1, dataCoding, body: Buffer.concat(plan.parts) }], 1);
      expect(joinParts(pieces, pieces.length)).toBe(whole);
    }),
  );
});

test('safety alerts are a kind of their own: never off, never late, never gathered', () => {
  const keys = definedMessages()
    .filter((each) => each.kind === 'safety')
    .map((each) => each.key);
  for (const key of [
    'identity.new-device',
    'identity.password-changed',
    'identity.factor-added',
    'identity.factor-removed',
    'identity.recovery-code-used',
    'delegations.proposed',
    'delegations.accepted',
    'delegations.withdrawn',
    'paperstore.consent-used',
    'paperstore.taken-for-you',
  ])
    expect(keys).toContain(key);
  const nothing = readChoice(
    new URLSearchParams({ 'yen-tinh': 'co', tu: '22:00', den: '06:00', 'gop-thu': 'daily' }),
    null,
  );
  expect(nothing.choice.muted['safety']).not.toContain('in-app');
  const choice = { ...shippedChoice, ...nothing.choice };
  expect(channelsFor(choice, 'safety', ['in-app', 'email', 'sms'])).toEqual(['in-app', 'email']);
  expect(channelsFor(choice, 'safety', ['in-app', 'chat'])).toEqual(['in-app', 'chat']);
  const night = new Date('2026-11-23T23:00:00+07:00');
  expect(afterQuietHours(choice, 'safety', night)).toEqual(night);
  expect(isGathered(choice, 'safety')).toBe(false);
  expect(kindOf('safety').title.vi).toBe('Cảnh báo an toàn');
});
