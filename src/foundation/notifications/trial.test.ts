import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { closeTransports, defineMessage, listMessagesOf, notify } from './index.ts';
import { definedMessages } from './message-template.ts';
import { faultInWords, messageWords, sampleValues } from './message-words.ts';
import { startGateway } from './testing/sms-gateway.ts';
import { readTeam } from './trial.ts';

const gateway = await startGateway();
const { asked } = gateway;
const file = join(mkdtempSync(join(tmpdir(), 'sen-providers-')), 'providers.json');
writeFileSync(
  file,
  JSON.stringify([{ key: 'gateway', kind: 'http-sms', url: gateway.url, secret: 't', sender: 'SEN' }]),
);
const t = await testApp({ settings: { SEN_MESSAGE_PROVIDERS: file } });
afterAll(async () => {
  await closeTransports();
  await gateway.close();
});
const progress = defineMessage<'code'>('test.trial', {
  vi: { subject: 'Hồ sơ {code}', body: 'Hồ sơ {code} đang giải quyết.' },
  en: { subject: 'Dossier {code}', body: 'Dossier {code} is being processed.' },
});
const tell = async (options: Partial<Parameters<typeof notify<'code'>>[1]>) => {
  const about = { kind: 'test', id: newId() };
  await t.db.write((tx) =>
    notify(tx, { template: progress, values: { code: 'H41-1' }, about, key: about.id, ...options }),
  );
  await t.drain();
  return () => listMessagesOf(t.db.reader, about);
};

test('a trial never leaves the house, a team gets its own', async () => {
  const before = asked.length;
  const addresses = [{ channel: 'sms' as const, address: '0911111111' }];
  expect((await (await tell({ mode: 'test', addresses }))())[0]).toMatchObject({ state: 'sent', provider: 'test' });
  expect((await (await tell({ mode: 'team', addresses }))())[0]).toMatchObject({ state: 'refused' });
  const admin = await signedInOfficial(t, ['notifications.manage']);
  const mode = (chosen: string, list: string, version: number) =>
    admin.post('/quan-tri/che-do-gui-tin', { 'che-do': chosen, 'danh-sach': list, 'phien-ban': String(version) });
  expect((await mode('team', '', 0)).body).toContain('Nhập ít nhất một người nhận thử');
  const wrong = await mode('live', '0911 111 111\n<script>alert(1)</script>', 0);
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).not.toContain('<script>alert');
  expect(wrong.body).toContain('0911 111 111');
  expect((await mode('live', '0911 111 111\nHoa@Example.vn', 0)).statusCode).toBe(303);
  expect((await mode('test', '', 0)).statusCode).toBe(409);
  expect((await (await tell({ mode: 'team', addresses }))())[0]).toMatchObject({
    state: 'sent',
    provider: 'gateway',
  });
  expect(asked.length).toBe(before + 1);
  // While the province tries the system out, nobody else is told, whatever the message asks for.
  await mode('team', '0911111111', 1);
  const others = [{ channel: 'sms' as const, address: '0911111112' }];
  expect((await (await tell({ addresses: others }))())[0]).toMatchObject({ state: 'sent', provider: 'trial' });
  expect((await (await tell({ addresses }))())[0]).toMatchObject({ provider: 'gateway' });
  expect((await admin.get('/quan-tri/hop-thu-di')).body).toContain('Tin thử');
  expect((await admin.get('/quan-tri/nha-cung-cap-tin')).body).toContain('Hệ thống đang chạy thử');
  await mode('test', '0911111111', 2);
  expect((await (await tell({ addresses }))())[0]).toMatchObject({ state: 'sent', provider: 'trial' });
  await mode('live', '', 3);
  expect((await (await tell({ addresses: others }))())[0]).toMatchObject({ provider: 'gateway' });
  expect(asked.length).toBe(before + 3);
});

test('texts explain each of their places in both languages, with a sample', () => {
  for (const { key, variables } of definedMessages())
    for (const name of variables) {
      for (const locale of ['vi', 'en'] as const)
        expect(messageWords.in(locale).variables[name], `${key}: {${name}} needs words`).toBeTruthy();
      expect(sampleValues[name], `${key}: {${name}} needs a sample`).toBeTruthy();
    }
});

test('a list is read line by line, however it was typed; faults are said in words', () => {
  expect(readTeam(' 0912 345 678 \n+84912345678; Hoa@Example.VN,\n\nkhông phải\n<b>@x.vn')).toEqual({
    team: ['84912345678', 'hoa@example.vn'],
    wrong: ['không phải', '<b>@x.vn'],
  });
  expect(faultInWords('connect ECONNREFUSED 127.0.0.1:25', 'vi')).toBe('Chưa kết nối được');
  expect(faultInWords('EXPIRED 021', 'vi')).toBe('Máy người nhận tắt quá lâu');
  expect(faultInWords('-118', 'vi')).toBe('Nhà cung cấp báo lỗi (-118)');
});
