import { bend, longWord, nastyWord, nastyWords, type Dice } from './_fuzz-words.ts';

/* Requests by the grammar of HTTP and of the product's own forms: mostly well made with something wrong in them, some not HTTP at all. */

export interface KnownRoute {
  method: string;
  pattern: string;
  /** Addresses with which it answers something. */
  addresses: string[];
  machine: boolean;
  /** Fields of the forms on its own page; empty when it has none. */
  fields: [name: string, value: string][];
}

/** Somebody whose requests are made: with a session, a token, or nothing. */
export interface Sender {
  headers: Record<string, string>;
  csrf: string;
}

export interface FuzzWorld {
  routes: KnownRoute[];
  senders: Sender[];
  /** Names of fields that the product's pages have, with a value that each had there. */
  fields: [name: string, value: string][];
  ids: string[];
  assets: string[];
}

/** Bytes to send on a connection; `alone`: on one of its own that is not used again. */
export interface Shot {
  bytes: Buffer;
  /** How the answer is framed depends on this. */
  method: string;
  alone: boolean;
  /** Sent in pieces with a pause between; the connection may be given up after the last. */
  pieces?: Buffer[];
  abandons?: boolean;
  line: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
const ENDS_SESSION = /^\/(dang-xuat|doi-vi-tri|mo-khoa|phien-lam-viec)|\/tai-khoan\/(phien|tu-cach|mat-khau|dong)/;
const EXPENSIVE = /\/xuat\/|tai-ve|\.pdf|phieu|sao-luu\/chay|tinh-lai/;

const encode = (dice: Dice, word: string): string => {
  const fit = word.toWellFormed();
  if (dice.chance(85)) return encodeURIComponent(fit);
  return fit.replaceAll(/[^\u0021-\u007e]|#/gu, (letter) => (dice.chance(50) ? '%' : encodeURIComponent(letter)));
};

function addressOf(dice: Dice, route: KnownRoute, world: FuzzWorld): string {
  const isRough = dice.chance(45) || route.addresses.length === 0 || (EXPENSIVE.test(route.pattern) && !dice.chance(2));
  const path = isRough
    ? route.pattern.replaceAll(/:(\w+)\??/g, () => {
        const many = dice.roll(10);
        const word =
          many < 3 ? dice.pick(world.ids) : many < 4 ? bend(dice, dice.pick(world.ids)) : nastyWord(dice).slice(0, 190);
        return encode(dice, word) || '-';
      })
    : dice.pick(route.addresses);
  const many = dice.roll(60);
  if (many === 0) return `${path}/`;
  if (many === 1) return path.toUpperCase();
  if (many === 2) return path.replace('/', '//');
  if (many === 3) return `${path}%2f..%2f..`;
  if (many === 4) return `${path};a=b`;
  return many < 12 ? `/en${path}` : path;
}

function queryOf(dice: Dice, route: KnownRoute, world: FuzzWorld): string {
  const length = dice.chance(50) ? 0 : dice.chance(3) ? 200 : 1 + dice.roll(5);
  if (length === 0) return '';
  const parts = Array.from({ length }, () => {
    const [name, value] = fieldOf(dice, world, route);
    return `${encode(dice, name)}${dice.chance(95) ? '=' : ''}${encode(dice, value)}`;
  });
  return `?${parts.join(dice.chance(97) ? '&' : dice.pick([';', '&&', '?', '&amp;']))}`;
}

function fieldOf(dice: Dice, world: FuzzWorld, route?: KnownRoute): [string, string] {
  const own = route && route.fields.length > 0 && dice.chance(70) ? route.fields : world.fields;
  const [name, value] = dice.pick(own);
  const many = dice.roll(20);
  const spelled =
    many === 0
      ? nastyWord(dice)
      : many === 1
        ? `${name}[]`
        : many === 2
          ? `${name}[__proto__]`
          : many === 3
            ? bend(dice, name)
            : name;
  const worth = dice.roll(10);
  if (worth < 4) return [spelled, nastyWord(dice)];
  if (worth < 6) return [spelled, bend(dice, value)];
  if (worth < 7) return [spelled, dice.pick(world.ids)];
  return [spelled, value];
}

function jsonOf(dice: Dice, world: FuzzWorld, depth = 0): string {
  const many = dice.roll(depth > 4 ? 5 : 12);
  if (many < 3) return JSON.stringify(nastyWord(dice));
  if (many === 3) return dice.pick(['1', '-1', '1e400', '0.1', '9007199254740993', '-0', '01', 'NaN']);
  if (many === 4) return dice.pick(['true', 'false', 'null', '', 'undefined', "'x'"]);
  if (many === 5 && dice.chance(20)) return '['.repeat(20_000) + (dice.chance(50) ? ']'.repeat(20_000) : '');
  if (many < 8) return `[${Array.from({ length: dice.roll(5) }, () => jsonOf(dice, world, depth + 1)).join(',')}]`;
  const keys = Array.from({ length: dice.roll(6) }, () => {
    const [name] = fieldOf(dice, world);
    return `${JSON.stringify(dice.pick([name, name, '__proto__', 'procedureCode', 'unitId', 'applicant', 'papers', 'answers', 'values']))}:${jsonOf(dice, world, depth + 1)}`;
  });
  return `{${keys.join(dice.chance(98) ? ',' : ',,')}}`;
}

const MAGIC = [
  '%PDF-1.7\n1 0 obj',
  '\u0089PNG\r\n\u001a\n',
  'PK\u0003\u0004',
  'GIF89a',
  'MZ',
  '<svg onload=alert(1)>',
  '\u00ff\u00d8\u00ff\u00e0',
  '',
  '<?xml version="1.0"?>',
];

function multipartOf(dice: Dice, route: KnownRoute, sender: Sender, world: FuzzWorld, boundary: string): Buffer {
  const parts = [`--${boundary}\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${sender.csrf}\r\n`];
  const length = dice.chance(2) ? 60 : dice.roll(6);
  for (let i = 0; i < length; i++) {
    const [name, value] = fieldOf(dice, world, route);
    const isFile = dice.chance(35);
    const fileName = isFile
      ? `; filename${dice.chance(10) ? "*=UTF-8''%ff" : `="${dice.pick(['a.pdf', 'a.png', '../../a.pdf', 'a.pdf\u0000.exe', 'con', '', '.htaccess', 'ế.docx', 'a'.repeat(400)])}"`}`
      : '';
    const type = isFile
      ? `\r\ncontent-type: ${dice.pick(['application/pdf', 'image/png', 'image/svg+xml', 'application/zip', 'text/html', 'x', ''])}`
      : '';
    const body = isFile ? dice.pick(MAGIC) + nastyWord(dice) : value;
    parts.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${fileName}${type}\r\n\r\n${body}\r\n`,
    );
  }
  if (dice.chance(90)) parts.push(`--${boundary}--\r\n`);
  const whole = Buffer.from(parts.join(''));
  return dice.chance(92) ? whole : whole.subarray(0, dice.roll(whole.length + 1));
}

function bodyOf(
  dice: Dice,
  route: KnownRoute,
  sender: Sender,
  world: FuzzWorld,
): { type: string | null; bytes: Buffer } {
  const many = dice.roll(100);
  if (route.machine ? many < 80 : many < 6) {
    const text = dice.chance(96) ? jsonOf(dice, world) : longWord(dice);
    return {
      type: dice.chance(95) ? 'application/json' : 'application/json; charset=utf-16',
      bytes: Buffer.from(text),
    };
  }
  if (many < 30) {
    const boundary = dice.chance(97) ? 'x7' : dice.pick(['', '-', 'a b', '"', 'x'.repeat(200)]);
    return { type: `multipart/form-data; boundary=${boundary}`, bytes: multipartOf(dice, route, sender, world, 'x7') };
  }
  if (many < 36)
    return {
      type: dice.pick([
        null,
        'text/plain',
        'text/xml',
        ';;;',
        'application/octet-stream',
        'application/offset+octet-stream',
        'multipart/form-data',
        'application/xml; charset=',
        '*/*',
      ]),
      bytes: Buffer.from(nastyWord(dice)),
    };
  const length = dice.chance(2) ? 2_100 : dice.roll(9);
  const fields = Array.from({ length }, () => fieldOf(dice, world, route)).map(
    ([name, value]) => `${encode(dice, name)}=${encode(dice, value)}`,
  );
  if (dice.chance(94)) fields.unshift(`_csrf=${encodeURIComponent(sender.csrf)}`);
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(fields.join('&')) };
}

const headerWord = (dice: Dice): string =>
  nastyWord(dice)
    .replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/g, '')
    .slice(0, 900);

/** Headers that servers act upon, with values that they should not. */
function oddHeader(dice: Dice, world: FuzzWorld): string {
  const word = headerWord(dice);
  return dice.pick([
    `range: ${dice.pick(['bytes=0-0', 'bytes=-1', 'bytes=5-2', 'bytes=0-18446744073709551615', `bytes=${'0-0,'.repeat(90)}0-0`, 'lines=1-2', word])}`,
    `if-none-match: ${dice.pick(['*', 'W/"1"', '"', word])}`,
    `if-modified-since: ${dice.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday', word])}`,
    `if-match: ${word}`,
    `if-range: ${word}`,
    `accept: ${dice.pick(['application/json', '*/*;q=9', 'text/html,'.repeat(60), word])}`,
    `accept-encoding: ${dice.pick(['br', 'gzip', 'br;q=0, identity;q=0', '*', word])}`,
    `accept-language: ${dice.pick(['en', 'vi', 'x'.repeat(600), word])}`,
    `cookie: sen_session=${encodeURIComponent(nastyWord(dice).toWellFormed()).slice(0, 300)}`,
    `cookie: ${word}`,
    `authorization: ${dice.pick(['Bearer ', 'Bearer sen_x', 'Basic YTpi', 'Basic !!!!', 'Digest x', word])}`,
    `content-encoding: ${dice.pick(['gzip', 'br', 'deflate', 'x'])}`,
    `x-http-method-override: ${dice.pick(METHODS)}`,
    `x-forwarded-host: ${word}`,
    `x-forwarded-proto: ${word}`,
    `x-original-url: /quan-tri`,
    `forwarded: for=${word};proto=https`,
    `origin: ${dice.pick(['null', 'https://evil.example', 'https://dichvucong.example.vn', word])}`,
    `sec-fetch-site: ${dice.pick(['cross-site', 'none', 'same-site', word])}`,
    `referer: ${word}`,
    `user-agent: ${word}`,
    `idempotency-key: ${word}`,
    `x-csrf-token: ${word}`,
    `upgrade: ${dice.pick(['websocket', 'h2c', 'TLS/1.3'])}\r\nconnection: upgrade`,
    `last-event-id: ${word}`,
    `turbo-frame: ${word}`,
    `expect: ${dice.pick(['100-continue', 'x'])}`,
    `traceparent: ${word}`,
    `${word.replaceAll(/[^a-z-]/gi, '') || 'x'}: ${dice.pick(world.ids)}`,
    `x-long: ${'x'.repeat(dice.pick([1_000, 7_000]))}`,
  ]);
}

const addressOfSender = (dice: Dice): string => `10.${dice.roll(250)}.${dice.roll(250)}.${dice.roll(250)}`;

interface Head {
  method: string;
  path: string;
  sender: Sender;
  extra: string[];
  body: Buffer | null;
  type: string | null;
}

function write(dice: Dice, { method, path, sender, extra, body, type }: Head): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: dichvucong.example.vn',
    `x-forwarded-for: ${addressOfSender(dice)}`,
  ];
  if (!extra.some((line) => line.startsWith('sec-fetch-site'))) lines.push('sec-fetch-site: same-origin');
  for (const [name, value] of Object.entries(sender.headers)) lines.push(`${name}: ${value}`);
  lines.push(...extra);
  if (type !== null) lines.push(`content-type: ${type}`);
  if (body !== null) lines.push(`content-length: ${body.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === null ? head : Buffer.concat([head, body]);
}

function pageShot(dice: Dice, world: FuzzWorld): Shot {
  const route = dice.pick(world.routes);
  const method = dice.chance(94) ? route.method : dice.pick(METHODS);
  const endsSession = ENDS_SESSION.test(route.pattern) && method !== 'GET';
  const sender = endsSession ? { headers: {}, csrf: '' } : dice.pick(world.senders);
  const path = addressOf(dice, route, world) + queryOf(dice, route, world);
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS' ? dice.chance(97) : dice.chance(1);
  const body = hasBody ? bodyOf(dice, route, sender, world) : null;
  const extra = Array.from({ length: dice.chance(60) ? 0 : 1 + dice.roll(3) }, () => oddHeader(dice, world));
  const bytes = write(dice, { method, path, sender, extra, body: body?.bytes ?? null, type: body?.type ?? null });
  return { bytes, method, alone: false, line: `${method} ${path.slice(0, 300)}` };
}

function assetShot(dice: Dice, world: FuzzWorld): Shot {
  const path = dice.chance(50)
    ? `/assets/${dice.pick(world.assets)}`
    : `/assets/${dice.pick(['', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/main.js', '....//', '%00', `${dice.pick(world.assets)}%00.css`, nastyWord(dice).replaceAll(/[^\u0021-\u007e]|[#?]/g, '')])}`;
  const extra = Array.from({ length: dice.roll(3) }, () => oddHeader(dice, world));
  const method = dice.pick(['GET', 'GET', 'HEAD']);
  return {
    bytes: write(dice, { method, path, sender: dice.pick(world.senders), extra, body: null, type: null }),
    method,
    alone: false,
    line: `${method} ${path.slice(0, 200)}`,
  };
}

/** Resumable uploads (tus): beginnings, pieces at the wrong place, sums that are wrong. */
function uploadShot(dice: Dice, world: FuzzWorld): Shot {
  const sender = dice.pick(world.senders);
  const method = dice.pick(['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', 'GET']);
  const path =
    method === 'POST' || method === 'OPTIONS'
      ? '/tai-len'
      : `/tai-len/${encode(dice, dice.chance(70) ? dice.pick(world.ids) : nastyWord(dice).slice(0, 100)) || '-'}`;
  const number = () =>
    dice.pick([
      '0',
      '1',
      '10',
      '64000000',
      '64000001',
      '-1',
      '1e3',
      '999999999999999',
      '99999999999999999999',
      '',
      'x',
    ]);
  const extra = [
    `tus-resumable: ${dice.chance(92) ? '1.0.0' : headerWord(dice)}`,
    `upload-length: ${number()}`,
    `upload-offset: ${number()}`,
    `upload-metadata: ${dice.pick([`filename ${Buffer.from(nastyWord(dice)).toString('base64')},grant ${Buffer.from(headerWord(dice)).toString('base64')}`, headerWord(dice), ','])}`,
    `x-csrf-token: ${dice.chance(95) ? sender.csrf : 'x'}`,
    ...(dice.chance(30)
      ? [`upload-checksum: ${dice.pick(['sha256 AAAA', 'md5 !', 'crc32 x', headerWord(dice)])}`]
      : []),
    ...(dice.chance(10) ? ['upload-defer-length: 1'] : []),
  ];
  const body = method === 'PATCH' ? Buffer.from(nastyWord(dice)) : null;
  const type = method === 'PATCH' ? (dice.chance(90) ? 'application/offset+octet-stream' : 'text/plain') : null;
  return {
    bytes: write(dice, { method, path, sender, extra, body, type }),
    method,
    alone: false,
    line: `${method} ${path.slice(0, 200)} (tus)`,
  };
}

/** Shapes with which one server has been made to see another end of a request than its neighbour (request smuggling), and plain garbage. */
function smugglingShot(dice: Dice, world: FuzzWorld): Shot {
  const path = dice.pick(world.routes).pattern.replaceAll(/:(\w+)\??/g, 'x');
  const host = 'host: dichvucong.example.vn';
  const inner = `GET /quan-tri HTTP/1.1\r\n${host}\r\n\r\n`;
  const shapes = [
    `POST ${path} HTTP/1.1\r\n${host}\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ntransfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ntransfer-encoding: xchunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ncontent-length: +4\r\n\r\nabcd`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ncontent-length: -1\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ncontent-length: 99999999999999999999\r\n\r\nx`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ntransfer-encoding: chunked\r\n\r\n5;${'a'.repeat(dice.pick([10, 20_000]))}\r\nabcde\r\n0\r\nx-trailer: 1\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\n${host}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    `GET ${path} HTTP/1.1\n${host}\n\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\nx: a\r\n b\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\nhost: evil.example\r\n\r\n`,
    `GET ${path} HTTP/1.0\r\n\r\n`,
    `GET ${path} HTTP/9.9\r\n${host}\r\n\r\n`,
    `GET ${path} HTP/1.1\r\n${host}\r\n\r\n`,
    `GET ${path}\r\n`,
    `GET  ${path}  HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET http://evil.example${path} HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET ${path}#x HTTP/1.1\r\n${host}\r\n\r\n`,
    `OPTIONS * HTTP/1.1\r\n${host}\r\n\r\n`,
    `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n\r\n`,
    `TRACE ${path} HTTP/1.1\r\n${host}\r\n\r\n`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    `FOO ${path} HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    `GET ${path}?${'z'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\n${'a: b\r\n'.repeat(2_500)}\r\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\nx\u0000y: z\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n${host}\r\ncontent-length: 5\r\n\r\nhello${inner}`,
    `\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003`,
    `${inner}${inner}${inner}`,
    dice.pick(nastyWords) + nastyWord(dice),
  ];
  const text = dice.pick(shapes);
  return {
    bytes: Buffer.from(text, 'latin1'),
    method: 'raw',
    alone: true,
    line: `raw ${JSON.stringify(text.slice(0, 160))}`,
  };
}

/** Bodies that come in pieces, late, or stop in the middle. */
function slowShot(dice: Dice, world: FuzzWorld): Shot {
  const shot = dice.chance(70) ? pageShot(dice, world) : uploadShot(dice, world);
  const first = dice.roll(shot.bytes.length);
  const second = first + dice.roll(shot.bytes.length - first);
  const abandons = dice.chance(60);
  return {
    ...shot,
    alone: true,
    abandons,
    pieces: [
      shot.bytes.subarray(0, first),
      shot.bytes.subarray(first, second),
      ...(abandons ? [] : [shot.bytes.subarray(second)]),
    ],
    line: `${shot.line} (slow)`,
  };
}

/** The next request; the same dice and world give the same one. */
export function nextShot(dice: Dice, world: FuzzWorld): Shot {
  const many = dice.roll(1_000);
  if (many < 12) return smugglingShot(dice, world);
  if (many < 15) return slowShot(dice, world);
  if (many < 80) return uploadShot(dice, world);
  if (many < 130) return assetShot(dice, world);
  return pageShot(dice, world);
}
