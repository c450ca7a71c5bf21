import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp } from '../../src/app.tsx';
import { backgroundWork } from '../../src/background.ts';
import { closeTransports, defineMessage, listMessagesOf, notify } from '../../src/foundation/notifications/index.ts';
import { startMessageCentre } from '../../src/foundation/notifications/testing/message-centre.ts';
import { modules } from '../../src/modules.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLogger } from '../../src/platform/log.ts';
import type { AppContext } from '../../src/platform/module.ts';
import { inTransaction, systemActor } from '../../src/platform/transaction.ts';
import { startWorker } from '../../src/platform/worker.ts';
import { readAssets } from '../../src/ui/assets.ts';
import type { Peer } from '../_peer.ts';

/*
 * Kannel as a provider of text messages: Sen → HTTP → smsbox → bearerbox → SMPP → a message centre, whose receipts come back the same way to
 * Sen's callback. Debian's Kannel is a client of SMPP only, so that the centre is the independent server that the tests use too.
 */

const message = defineMessage<'text'>('peer.kannel', {
  vi: { subject: 'Tin', body: '{text}' },
  en: { subject: 'Text', body: '{text}' },
});
const TEXTS = [
  'Ho so da duoc tiep nhan',
  'Hồ sơ của bạn đã có kết quả',
  `Hồ sơ ${'của bạn đang được giải quyết, '.repeat(6)}`.trim(),
];
const PATIENCE_MS = 30_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Looks until it is so; false when patience ends. */
async function comes(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) if (await isSo()) return true;
  return false;
}

interface Ports {
  admin: number;
  box: number;
  http: number;
  centre: number;
}

const configuration = ({ admin, box, http, centre }: Ports, folder: string): string => `
group = core
admin-port = ${admin}
admin-password = admin
smsbox-port = ${box}
box-allow-ip = "127.0.0.1"
dlr-storage = internal
store-type = file
store-location = "${join(folder, 'kannel.store')}"
log-file = "${join(folder, 'bearerbox.log')}"

group = smsc
smsc = smpp
smsc-id = centre
host = 127.0.0.1
port = ${centre}
transceiver-mode = true
smsc-username = sen
smsc-password = secret
system-type = ""
msg-id-type = 0
alt-charset = UTF-8

group = smsbox
smsbox-id = box
bearerbox-host = 127.0.0.1
sendsms-port = ${http}
log-file = "${join(folder, 'smsbox.log')}"

group = sendsms-user
username = sen
password = kannel-secret
max-messages = 6
concatenation = true
default-smsc = centre
`;

async function product(url: string, folder: string, providers: object[]) {
  const port = await freePort();
  const file = join(folder, 'providers.json');
  writeFileSync(file, JSON.stringify(providers));
  const config = readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: url,
    SEN_FILES: join(folder, 'files'),
    SEN_MESSAGE_PROVIDERS: file,
    PORT: String(port),
    SEN_METRICS_PORT: 'off',
  });
  const context: AppContext = { db: openDatabase(url), clock: systemClock, config, log: createLogger('silent') };
  const { app } = await buildApp({ context, assets: readAssets('dist/client'), assetsFolder: null });
  await app.listen({ port, host: '127.0.0.1' });
  const worker = await startWorker(backgroundWork(modules), context);
  return {
    context,
    async stop() {
      await worker.stop();
      await closeTransports();
      await app.close();
      await context.db.close();
    },
  };
}

const peer: Peer = {
  name: 'kannel',
  packages: ['kannel'],
  programs: ['bearerbox', 'smsbox'],
  async run(place) {
    const { url, folder } = place;
    const tell = (line: string): void => place.tell(line);
    mkdirSync(folder, { recursive: true });
    const centre = await startMessageCentre();
    const ports: Ports = {
      admin: await freePort(),
      box: await freePort(),
      http: await freePort(),
      centre: centre.port,
    };
    const file = join(folder, 'kannel.conf');
    writeFileSync(file, configuration(ports, folder));
    const boxes: ChildProcess[] = [];
    const start = (program: string) =>
      boxes.push(
        spawn(program, ['-v', '4', file], {
          stdio: 'ignore',
          env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
        }),
      );
    const results: boolean[] = [];
    const check = (text: string, isGood: boolean): void => {
      results.push(isGood);
      tell(`${isGood ? 'good' : 'BAD'}: ${text}`);
    };
    const sen = await product(url, folder, [
      {
        key: 'kannel',
        kind: 'http-sms',
        url: `http://127.0.0.1:${ports.http}/cgi-bin/sendsms`,
        user: 'sen',
        secret: 'kannel-secret',
        sender: 'NGHEAN',
        options: { form: 'kannel' },
      },
    ]);
    try {
      start('bearerbox');
      check('bearerbox binds to the message centre', await comes(() => centre.binds > 0));
      start('smsbox');
      check(
        'smsbox answers',
        await comes(() =>
          fetch(`http://127.0.0.1:${ports.http}/cgi-bin/sendsms`).then(
            () => true,
            () => false,
          ),
        ),
      );
      const about = { kind: 'peer', id: newId() };
      await inTransaction(sen.context.db, { actor: systemActor('peer') }, async (tx) => {
        for (const [index, text] of TEXTS.entries())
          await notify(tx, {
            addresses: [{ channel: 'sms', address: `091234567${index}` }],
            template: message,
            values: { text },
            about,
            key: `${about.id}/${index}`,
          });
      });
      const states = async () => (await listMessagesOf(sen.context.db.reader, about)).map((row) => row.state);
      check(
        'Kannel takes three messages',
        await comes(async () => (await states()).every((state) => state === 'sent')),
      );
      check(
        'they reach the centre, the long one in parts',
        await comes(() => centre.taken.length === 2 + partsOf(centre.taken)),
      );
      for (const [index, text] of TEXTS.entries()) {
        const taken = centre.taken
          .filter((each) => each.to.endsWith(`91234567${index}`))
          .sort((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0));
        check(
          `text ${index + 1} arrives as it was written, from the brandname`,
          taken.map((each) => each.text).join('') === text && taken.every((each) => each.from === 'NGHEAN'),
        );
      }
      await centre.receipt(centre.taken);
      check(
        'receipts come back through Kannel and make all delivered',
        await comes(async () => (await states()).every((state) => state === 'delivered')),
      );
    } finally {
      for (const box of boxes) box.kill('SIGTERM');
      await sen.stop();
      await centre.close();
    }
    const passed = results.filter(Boolean).length;
    return { passed, failed: results.length - passed, notes: { parts: centre.taken.length } };
  },
};

/** Parts of the one long text: at least two. */
const partsOf = (taken: readonly { part: { total: number } | null }[]): number =>
  Math.max(2, taken.find((each) => each.part)?.part?.total ?? 0);

export default peer;
