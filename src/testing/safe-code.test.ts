import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

/* What our own code may not do, whoever writes it: each rule says why, and names the few places that have a reason. */

const files = globSync('src/**/*.{ts,tsx}')
  .sort()
  .filter((file) => !/\.test\.tsx?$|\/testing\/|^src\/testing\//.test(file) && basename(file) !== 'testing.ts')
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const isBrowsers = (file: string): boolean => /\/islands\/|^src\/browser\/|service-worker/.test(file);

/** Lines of our code that match, but for the places listed; as `file: line`. */
function found(
  pattern: RegExp,
  places: readonly string[] = [],
  among: (file: string) => boolean = () => true,
): string[] {
  return files
    .filter(({ file }) => among(file) && !places.includes(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter((line) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
}

test('there is code to look at', () => {
  expect(files.length).toBeGreaterThan(500);
});

describe('text never becomes a program', () => {
  test('no eval, no Function, no timers with text', () => {
    expect(found(/\beval\(|new Function\(|setTimeout\(\s*['"`]|setInterval\(\s*['"`]|from 'node:vm'/)).toEqual([]);
  });
  test('no HTML is put into pages as it stands', () => {
    // The one place writes a fixed skeleton and fills it by textContent.
    const skeleton = 'src/foundation/files/islands/resumable-uploads.ts';
    expect(
      found(/dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/, [skeleton]),
    ).toEqual([]);
    const { text } = files.find(({ file }) => file === skeleton)!;
    const written = /\.innerHTML =\s*([\s\S]*?);\n/.exec(text)?.[1] ?? '';
    expect(written).not.toMatch(/\$\{|\+ [a-z]/);
  });
  test('programs are started by name and list, never through a shell', () => {
    const starters = [
      'src/insight/operations/copy-place.ts',
      'src/insight/operations/drill.ts',
      'src/foundation/files/picture-process.ts',
      'src/foundation/files/place-blob.ts',
    ];
    expect(found(/from 'node:child_process'/, starters)).toEqual([]);
    expect(found(/shell: true|\bexecSync\(|\bexec\(['"`]/)).toEqual([]);
  });
  test('regular expressions are made of text only where their length and shape were checked', () => {
    expect(
      found(/new RegExp\(/, ['src/engines/forms/check-definition.ts', 'src/insight/demo/invent-answers.ts']),
    ).toEqual([]);
  });
});

describe('the outside is reached through one guard', () => {
  test('nothing else opens connections', () => {
    const doors = [
      'src/platform/http/outbound.ts',
      'src/platform/database.ts', // the database of DATABASE_URL
      // Systems of the house that the operator names, over protocols that are not HTTP.
      'src/foundation/files/clamd.ts',
      'src/foundation/notifications/providers/smpp-client.ts',
    ];
    expect(
      found(
        /(?:request|connect|Agent|Socket|createConnection)[^;]*from 'node:(?:http|https|http2|net|tls|dgram)'/,
        doors,
      ).filter((line) => !/import type/.test(line) && !/createServer/.test(line)),
    ).toEqual([]);
    expect(
      found(
        /(?<![\w.])fetch\(/,
        ['src/foundation/identity/oidc-configuration.ts', 'src/foundation/files/s3-store.ts'],
        (file) => !isBrowsers(file),
      ),
    ).toEqual([]);
  });
  test('certificates are verified everywhere', () => {
    expect(
      found(/rejectUnauthorized|checkServerIdentity|NODE_TLS_REJECT_UNAUTHORIZED|minVersion: 'TLSv1(\.1)?'/),
    ).toEqual([]);
  });
});

describe('what must not be guessed', () => {
  test('comes from the generator of the system', () => {
    expect(found(/Math\.random\(/, ['src/foundation/files/islands/resumable-uploads.ts'])).toEqual([]);
    expect(readFileSync('src/platform/ids.ts', 'utf8')).toMatch(/newSecret = \(bytes = 32\).*randomBytes\(bytes\)/);
  });
  test('hashes, ciphers and keys are today’s, made by the platform’s own library', () => {
    // SHA-1 in codes of authenticator apps (HMAC, RFC 6238) and as a checksum that a client of tus may choose; what the judge of signatures
    // recognises in old ones and never accepts (SHA-1 also names keys in OCSP, RFC 6960).
    expect(
      found(/['"](md5|sha1|md4|ripemd160)['"]/i, [
        'src/foundation/identity/totp.ts',
        'src/foundation/files/upload-routes.ts',
        'src/foundation/signatures/cms/read-cms.ts',
        'src/foundation/signatures/judge/chain.ts',
        'src/foundation/signatures/judge/revocation.ts',
      ]),
    ).toEqual([]);
    expect(
      found(
        /createCipher\(|aes-\d+-(ecb|cbc|ctr)|['"](des|rc4|des-ede3)['"]|RSA_PKCS1_PADDING|modulusLength: [12]\d{3}\b/i,
      ),
    ).toEqual([]);
    expect(found(/createCipheriv\('(?!aes-(128|256)-gcm')/)).toEqual([]);
    expect(found(/generate\('(?!ec'|ed25519')/, [], (file) => file.includes('keys'))).toEqual([]);
  });
  test('secrets are compared in constant time', () => {
    expect(
      found(/(token|secret|hash|digest|signature)\w* ===? .*(token|secret|hash|digest|signature)/i, [], (file) =>
        /csrf|session|secret|token|oidc|totp/.test(file),
      ).filter((line) => !/null|undefined|typeof|length|''|kind/.test(line)),
    ).toEqual([]);
  });
  test('no secret stands in the code', () => {
    expect(
      found(
        /(AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|AGE-SECRET-KEY-1[0-9A-Z]{20}|ghp_\w{30}|xox[bp]-|postgres:\/\/\w+:(?!password|PASSWORD)\w{8,}@)/,
      ),
    ).toEqual([]);
  });
});

describe('in the browser', () => {
  test('no word is taken from other windows, nobody is called but the own site', () => {
    expect(found(/addEventListener\('message'|onmessage|\.postMessage\(/, [], (file) => isBrowsers(file))).toEqual([]);
    expect(
      found(
        /new WebSocket|new EventSource|RTCPeerConnection|sendBeacon|importScripts|https?:\/\/(?!www\.w3\.org)/,
        [],
        isBrowsers,
      ),
    ).toEqual([]);
    expect(found(/(src|href)="https?:\/\//, [], (file) => /views|layouts/.test(file) && file.endsWith('.tsx'))).toEqual(
      [],
    );
  });
  test('what stays in its storage is a time, files under way and built files', () => {
    const places = [
      'src/ui/islands/idle-lock.tsx', // when the person last did something
      'src/foundation/files/islands/upload-shelf.ts', // files under way
      'src/foundation/files/islands/resumable-uploads.ts',
      'src/browser/service-worker.ts', // built files and the page for no connection, never anybody's page
    ];
    expect(found(/localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie/, places)).toEqual([]);
  });
  test('passwords are typed into fields that hide them and let a manager help', () => {
    const fields = files
      .filter(({ file }) => file.endsWith('.tsx'))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/<(\w+)\s[^<>]*?name="(password|mat-khau|current|newPassword|repeat)"[^<>]*?>/g)].map(
          ([whole, tag]) => ({ file, whole, tag }),
        ),
      );
    expect(fields.filter(({ tag, whole }) => tag !== 'PasswordInput' && !/type="password"/.test(whole))).toEqual([]);
    expect(fields.filter(({ whole }) => /autocomplete="off"|onPaste/i.test(whole))).toEqual([]);
    expect(found(/onPaste|onpaste|'paste'/)).toEqual([]);
  });
});

describe('HTTP', () => {
  test('addresses do not carry passwords or tokens of sessions', () => {
    // The secret of tracking tells the state of one dossier and names nobody; a slip's square has to carry it.
    const tracking = ['src/services/dossiers/api/own-routes.ts'];
    expect(found(/query\.get\('(password|mat-khau|token|secret|session|access_token)'\)/, tracking)).toEqual([]);
  });
  test('comparisons are strict', () => {
    expect(
      found(/[^=!]==[^=]|!=[^=]/, [], (file) => /platform|identity/.test(file)).filter(
        (line) => !/['"`/].*[!=]=|=>|sql|select|update/i.test(line),
      ),
    ).toEqual([]);
  });
});
