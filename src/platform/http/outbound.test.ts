import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { outbound, outboundFault, type OutboundError, type OutboundReason, type Resolve } from './outbound.ts';
import { isAllowance, isPublicAddress } from './outbound-address.ts';

const closed = { outboundAllow: [] };
const open = { outboundAllow: ['127.0.0.0/8'] };
const fails: Resolve = (_host, done) => done(new Error('ENOTFOUND'));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as { port: number }).port;
}

const failure = async (work: Promise<unknown>): Promise<OutboundReason | 'none'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return (error as OutboundError).reason;
  }
};

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '2001:db8::1',
    '::127.0.0.1',
    'not an address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(['8.8.8.8', '203.162.4.190', '172.32.0.1', '2405:4800::1', '2606:4700::1111'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
    'https://db.internal/',
    'https://LOCALHOST./',
    'http://example.vn/',
    'ftp://example.vn/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_',
    'https://a:b@example.vn/',
    'javascript:alert(1)',
    '//example.vn',
    '',
  ])('%s is refused before anything is looked up', async (address) => {
    expect(outboundFault(closed, address)).not.toBeNull();
    expect(await failure(outbound(closed, address, {}, fails))).toBe('address-refused');
  });
  test('a public name over https passes', () => {
    expect(outboundFault(closed, 'https://id.example.vn/.well-known/openid-configuration')).toBeNull();
  });
  test('what the operator allows is a name, an address or a network, and nothing more', async () => {
    expect(outboundFault({ outboundAllow: ['10.20.0.0/16'] }, 'http://10.20.3.4/')).toBeNull();
    expect(outboundFault({ outboundAllow: ['10.20.0.0/16'] }, 'http://10.21.3.4/')).not.toBeNull();
    expect(outboundFault({ outboundAllow: ['lgsp.local'] }, 'http://lgsp.local/x')).toBeNull();
    expect(outboundFault({ outboundAllow: ['lgsp.local'] }, 'http://evil.lgsp.local/x')).not.toBeNull();
    expect(['10.0.0.0/33', '10.0.0.0/x', '', 'a/8'].map(isAllowance)).toEqual([false, false, false, false]);
    const inside: Resolve = (_host, done) => done(null, [{ address: '10.21.0.1', family: 4 }]);
    expect(await failure(outbound({ outboundAllow: ['10.20.0.0/16'] }, 'https://a.example.vn/', {}, inside))).toBe(
      'address-refused',
    );
  });
});

describe('names', () => {
  test('one private address among public ones is enough to refuse', async () => {
    const resolve: Resolve = (_host, done) =>
      done(null, [
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect(await failure(outbound(closed, 'https://partner.example.vn/', {}, resolve))).toBe('address-refused');
  });
  test.each(['::ffff:10.0.0.1', '::1', '169.254.169.254'])('a name that leads to %s is refused', async (address) => {
    const resolve: Resolve = (_host, done) => done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    expect(await failure(outbound(closed, 'https://partner.example.vn/', {}, resolve))).toBe('address-refused');
  });
  test('a name server that changes its answer gains nothing: the name is looked up once, and that address is called', async () => {
    let asked = 0;
    const rebinding: Resolve = (_host, done) => {
      asked += 1;
      done(null, [{ address: asked === 1 ? '127.0.0.9' : '127.0.0.1', family: 4 }]);
    };
    const port = await serve((_request, response) => response.end('inside'));
    // Only 127.0.0.9 is allowed, where nobody listens; the server is at 127.0.0.1.
    const config = { outboundAllow: ['127.0.0.9'] };
    expect(await failure(outbound(config, `http://partner.example.vn:${port}/`, {}, rebinding))).toBe('unreachable');
    expect(asked).toBe(1);
    expect(await failure(outbound(config, `http://partner.example.vn:${port}/`, {}, rebinding))).toBe(
      'address-refused',
    );
  });
  test('a name nobody knows is unreachable', async () => {
    expect(await failure(outbound(closed, 'https://partner.example.vn/', {}, fails))).toBe('unreachable');
  });
});

describe('answers', () => {
  test('are read with status and headers; a redirect is an answer, not a way', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else response.writeHead(418, { 'x-kind': 'tea' }).end(`${request.method} ${String(request.headers['x-own'])}`);
    });
    const answer = await outbound(open, `http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: 'a',
      headers: { 'x-own': 'yes' },
    });
    expect([answer.status, answer.headers.get('x-kind'), await answer.text()]).toEqual([418, 'tea', 'POST yes']);
    const away = await outbound(open, `http://127.0.0.1:${port}/away`);
    expect([away.status, away.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
  });
  test('that are too large or never end are cut', async () => {
    const port = await serve((request, response) => {
      response.writeHead(200);
      response.write('x'.repeat(2_000));
      if (request.url === '/big') response.end();
    });
    expect(await failure(outbound(open, `http://127.0.0.1:${port}/big`, { maxBytes: 1_000 }))).toBe('too-large');
    expect(await failure(outbound(open, `http://127.0.0.1:${port}/slow`, { timeoutMs: 80 }))).toBe('timeout');
  });
  test('a closed port is unreachable', async () => {
    expect(await failure(outbound(open, 'http://127.0.0.1:1/'))).toBe('unreachable');
  });
});
