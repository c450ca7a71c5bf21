import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { scannerVersion, scanStream } from '../../src/foundation/files/clamd.ts';
import type { Peer } from '../_peer.ts';

/** The harmless file that every scanner takes for a virus (EICAR), put together here so that no scanner of this machine finds it in the sources. */
const EICAR = ['X5O!P%@AP[4', String.raw`\PZX54(P^)7CC)7}$EICAR`, '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Debian's clamd with a signature base of our own: the hash of the EICAR file and one pattern; nothing is fetched. */
export default {
  name: 'clamd',
  packages: ['clamav-daemon'],
  programs: ['clamd'],
  async run(peerPlace) {
    const place = resolve(peerPlace.folder);
    const database = join(place, 'db');
    mkdirSync(database, { recursive: true });
    const md5 = createHash('md5').update(EICAR).digest('hex');
    writeFileSync(join(database, 'sen.hdb'), `${md5}:${EICAR.length}:Eicar-Test-File\n`);
    writeFileSync(join(database, 'sen.ndb'), `Sen.Pattern:0:*:${Buffer.from('SEN-RIG-MALWARE').toString('hex')}\n`);
    const socket = join(place, 'clamd.sock');
    const settings = [
      'Foreground yes',
      `LocalSocket ${socket}`,
      `DatabaseDirectory ${database}`,
      `TemporaryDirectory ${place}`,
      'StreamMaxLength 5M',
      'MaxThreads 4',
    ];
    writeFileSync(join(place, 'clamd.conf'), `${settings.join('\n')}\n`);
    const daemon = spawn('clamd', ['--config-file', join(place, 'clamd.conf')], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
    });
    const address = `unix:${socket}`;
    let [passed, failed] = [0, 0];
    const check = (what: string, isRight: boolean) => {
      if (isRight) passed++;
      else failed++;
      peerPlace.tell(`${isRight ? '✓' : '✗'} ${what}`);
    };
    try {
      let version = '';
      for (let tries = 0; tries < 120 && version === ''; tries++) {
        version = await scannerVersion(address).catch(() => '');
        if (version === '') await new Promise((go) => setTimeout(go, 500));
      }
      check(`it answers: ${version}`, version.startsWith('ClamAV'));
      const scan = (bytes: Buffer, pieces = 65_536) =>
        scanStream(
          address,
          Readable.from(
            Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, at) =>
              bytes.subarray(at * pieces, (at + 1) * pieces),
            ),
          ),
        );
      check('clean bytes are clean', (await scan(randomBytes(100_000))).state === 'clean');
      const eicar = await scan(Buffer.from(EICAR));
      check('the EICAR file is found', eicar.state === 'infected' && eicar.signature.includes('Eicar'));
      const hidden = Buffer.concat([randomBytes(900_000), Buffer.from('SEN-RIG-MALWARE'), randomBytes(900_000)]);
      const found = await scan(hidden, 7_000);
      check('a pattern across pieces is found', found.state === 'infected' && found.signature.includes('Sen.Pattern'));
      const large = await scan(randomBytes(7_000_000)).catch((error: unknown) => ({ state: String(error) }));
      check('more than the scanner takes is no verdict', large.state !== 'clean' && large.state !== 'infected');
      const many = await Promise.all(
        Array.from({ length: 20 }, (_, at) => scan(at % 2 ? Buffer.from(EICAR) : randomBytes(9_000))),
      );
      check(
        'twenty at once are told apart',
        many.every((one, at) => one.state === (at % 2 ? 'infected' : 'clean')),
      );
      daemon.kill('SIGKILL');
      await once(daemon, 'exit');
      const away = await scan(Buffer.from('x')).catch((error: Error) => error.name);
      check('a scanner that is gone is away', away === 'ScannerAway');
      return { passed, failed, notes: { version } };
    } finally {
      daemon.kill('SIGKILL');
    }
  },
} satisfies Peer;
