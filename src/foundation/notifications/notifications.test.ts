import { createECDH } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { newId } from '../../platform/ids.ts';
import { drainBackground } from '../../platform/worker.ts';
import { backgroundWork } from '../../background.ts';
import { modules } from '../../modules.ts';
import { closeTransports, defineMessage, listMessagesOf, notify, saveContact } from './index.ts';
import { fillTemplate } from './message-template.ts';
import { mustEncrypt } from './providers/smtp.ts';
import { isPushSubscription } from './providers/web-push.ts';
import { resendMessage } from './resend-message.ts';
import { MAX_TRIES, RETRY_MINUTES } from './send-messages.ts';

const received: { to: string; text: string }[] = [];
let mood: 'good' | 'busy' | 'unknown-address' = 'good';
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo(address, _session, callback) {
    if (mood === 'busy') return callback(Object.assign(new Error('try later'), { responseCode: 451 }));
    if (mood === 'unknown-address') return callback(Object.assign(new Error('no such user'), { responseCode: 550 }));
    received.push({ to: address.address, text: '' });
    callback();
  },
  onData(stream, _session, callback) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      const last = received.at(-1);
      if (last) last.text = text;
      callback();
    });
  },
});
const port = await new Promise<number>((resolve) => {
  const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port));
});
afterAll(async () => {
  await closeTransports();
  await new Promise<void>((done) => server.close(done));
});
beforeEach(() => {
  mood = 'good';
  received.length = 0;
});

const { db, context, app } = await testApp({ modules: modules.filter((m) => m.name === 'notifications') });
const config = { ...context.config, smtpUrl: `smtp://127.0.0.1:${port}` };
const drain = () =>
  drainBackground(backgroundWork(modules.filter((m) => m.name === 'notifications')), { ...context, config });
const greeting = defineMessage<'name'>('test.greeting', {
  vi: { subject: 'Chào {name}', body: 'Hồ sơ của {name} đã được tiếp nhận.' },
  en: { subject: 'Hello {name}', body: 'Your dossier was received, {name}.' },
});
const newRecipient = async (address: string | null, verified = true) => {
  const id = newId();
  if (address)
    await db.write((tx) =>
      saveContact(tx, 'account', id, { channel: 'email', address, verifiedAt: verified ? tx.now : null }),
    );
  return { kind: 'account', id };
};
/** Lets the next try be due, for the product's clock and for the database's. */
const dueNow = () => {
  db.clock.advance(RETRY_MINUTES * 60_000);
  return db.reader.raw('update graphile_worker._private_jobs set run_at = now()');
};

describe('telling somebody', () => {
  test('reaches the app and the verified address, once per key', async () => {
    const recipient = await newRecipient('an@example.vn');
    const about = { kind: 'dossier', id: newId() };
    const send = () =>
      db.write((tx) =>
        notify(tx, { recipient, template: greeting, values: { name: 'An' }, about, key: `k/${about.id}` }),
      );
    expect(await send()).toBe(2);
    expect(await send()).toBe(0);
    await drain();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ to: 'an@example.vn' });
    expect(received[0]?.text).toContain('=?UTF-8?');
    expect((await listMessagesOf(db.reader, about)).map((m) => [m.channel, m.state])).toEqual([
      ['email', 'sent'],
      ['in-app', 'sent'],
    ]);
  });
  test('lets nobody write heads of a mail, or further receivers, into it', async () => {
    const recipient = await newRecipient('an@example.vn');
    const name = 'An\r\nBcc: evil@example.vn\r\n\r\n.\r\nMAIL FROM:<x@y>';
    await db.write((tx) => notify(tx, { recipient, template: greeting, values: { name }, key: newId() }));
    await drain();
    expect(received.map(({ to }) => to)).toEqual(['an@example.vn']);
    const [head = ''] = (received[0]?.text ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/^(bcc|mail from)/im);
    await db.write((tx) =>
      notify(tx, {
        addresses: [{ channel: 'email', address: 'x@example.vn\r\nRCPT TO:<evil@example.vn>' }],
        template: greeting,
        values: { name: 'B' },
        key: newId(),
      }),
    );
    await drain();
    expect(received.map(({ to }) => to).filter((to) => to.includes('evil'))).toEqual([]);
  });
  test('goes to other machines over TLS only', () => {
    const plain = ['smtp://127.0.0.1:25', 'smtp://localhost', 'smtp://[::1]:25', 'smtps://mail.example.vn'];
    expect(plain.map(mustEncrypt)).toEqual([false, false, false, false]);
    const encrypted = [
      'smtp://mail.example.vn:587',
      'smtp://10.0.0.5',
      'smtp://127.example.vn',
      'smtp://u:p@localhost.example.vn',
    ];
    expect(encrypted.map(mustEncrypt)).toEqual([true, true, true, true]);
  });
  test('leaves an unverified address alone', async () => {
    const recipient = await newRecipient('not-yet@example.vn', false);
    expect(
      await db.write((tx) => notify(tx, { recipient, template: greeting, values: { name: 'B' }, key: newId() })),
    ).toBe(1);
    await drain();
    expect(received).toEqual([]);
  });
  test('uses the address given for one matter, and the chosen language', async () => {
    await db.write((tx) =>
      notify(tx, {
        addresses: [{ channel: 'email', address: 'x@example.vn' }],
        template: greeting,
        values: { name: 'Lee' },
        locale: 'en',
        key: newId(),
      }),
    );
    await drain();
    expect(received[0]?.text).toContain('Hello Lee');
  });
  test('keeps a code out of the app and forgets its text once sent', async () => {
    const recipient = await newRecipient('code@example.vn');
    const about = { kind: 'code', id: newId() };
    await db.write((tx) =>
      notify(tx, { recipient, template: greeting, values: { name: '123456' }, about, isSensitive: true, key: newId() }),
    );
    await drain();
    expect((await listMessagesOf(db.reader, about)).map((m) => [m.channel, m.body])).toEqual([['email', '']]);
    expect(received).toHaveLength(1);
  });
});

describe('a mail server', () => {
  const sendOne = async () => {
    const about = { kind: 'dossier', id: newId() };
    await db.write((tx) =>
      notify(tx, {
        addresses: [{ channel: 'email', address: 'y@example.vn' }],
        template: greeting,
        values: { name: 'C' },
        about,
        key: newId(),
      }),
    );
    await drain();
    return async () => (await listMessagesOf(db.reader, about))[0];
  };
  test('that is busy is tried again, and the message arrives once', async () => {
    mood = 'busy';
    const state = await sendOne();
    expect(await state()).toMatchObject({ state: 'queued', attempts: 1 });
    mood = 'good';
    await dueNow();
    await drain();
    expect(await state()).toMatchObject({ state: 'sent', attempts: 2 });
    expect(received).toHaveLength(1);
  });
  test('that never comes back ends in a message given up, which can be resent by hand', async () => {
    mood = 'busy';
    const state = await sendOne();
    await db.reader.raw('update notifications.message set attempts = $1 where state = $2', [MAX_TRIES - 1, 'queued']);
    await dueNow();
    await drain();
    const given = await state();
    expect(given).toMatchObject({ state: 'dead' });
    mood = 'good';
    await db.write((tx) => resendMessage(tx, given?.id ?? ''));
    await expect(db.write((tx) => resendMessage(tx, given?.id ?? ''))).rejects.toMatchObject({
      definition: { code: 'notifications.not-waiting' },
    });
    await drain();
    expect(await state()).toMatchObject({ state: 'sent' });
  });
  test('that refuses the address is not asked again', async () => {
    mood = 'unknown-address';
    const state = await sendOne();
    await drain();
    expect(await state()).toMatchObject({ state: 'refused', attempts: 1 });
  });
});

describe('templates', () => {
  test('cannot be led astray by their values', () => {
    const text = fillTemplate(greeting, 'vi', { name: 'A\r\nBcc: evil@example.com {name} __proto__' });
    expect(text.subject).not.toMatch(/[\r\n]/);
    expect(fillTemplate(greeting, 'vi', {} as never).subject).toBe('Chào');
  });
});

test('the demonstration outbox filters and survives hostile filters', async () => {
  expect((await app.inject('/hop-thu-trinh-dien?dia-chi=an@example.vn')).body).toContain('an@example.vn');
  for (const query of ['dia-chi=%25%27', 'trang-thai=x', 'truoc=1_2', 'truoc=99999999999999999_x', "kenh=' or 1=1"])
    expect((await app.inject(`/hop-thu-trinh-dien?${query}`)).statusCode).toBe(200);
});

test('a push goes to no address inside the house and takes no wrong keys', () => {
  const keys = {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: Buffer.alloc(16).toString('base64url'),
  };
  expect(isPushSubscription({ ...keys, endpoint: 'https://push.example.com/x' }, false)).toBe(true);
  expect(isPushSubscription({ ...keys, endpoint: 'http://push.example.com/x' }, false)).toBe(false);
  expect(isPushSubscription({ ...keys, endpoint: 'http://127.0.0.1/x' }, false)).toBe(false);
  expect(isPushSubscription({ ...keys, endpoint: 'https://push.example.com/x', p256dh: 'AAAA' }, false)).toBe(false);
});
