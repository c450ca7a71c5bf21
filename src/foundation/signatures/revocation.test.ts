import { describe, expect, test } from 'vitest';
import { revocationAt } from './judge/revocation.ts';
import { KEY_COMPROMISE, makeCrl, makeHolder, makeOcsp } from './testing/pki.ts';

const root = await makeHolder({ name: 'Gốc', isAuthority: true });
const official = await makeHolder({ name: 'Nguyễn Thị Minh Châu', issuer: root });
const responder = await makeHolder({ name: 'Trả lời trạng thái', issuer: root, extended: ['1.3.6.1.5.5.7.3.9'] });
const stranger = await makeHolder({ name: 'Người lạ', issuer: root });
const twin = await makeHolder({ name: 'Gốc', isAuthority: true });
const AT = new Date('2026-06-01');
const fresh = { thisUpdate: new Date('2026-06-02'), nextUpdate: new Date('2026-06-09') };
const ask = (data: { crls?: Buffer[]; ocsps?: Buffer[] }, at = AT) =>
  revocationAt(official.certificate, root.certificate, { crls: [], ocsps: [], ...data }, at);

describe('an answer about a certificate', () => {
  test.each([
    ['by the authority itself', root, false],
    ['by whom it appointed', responder, false],
    ['as messages carry it', root, true],
  ])('%s is believed', (_name, by, isBare) => {
    expect(ask({ ocsps: [makeOcsp(by, root, official, { ...fresh, isBare })] })).toMatchObject({
      status: 'good',
      source: 'ocsp',
    });
    expect(
      ask({ ocsps: [makeOcsp(by, root, official, { ...fresh, isBare, revokedAt: new Date('2026-05-01') })] }),
    ).toMatchObject({
      status: 'revoked',
      at: new Date('2026-05-01'),
    });
  });

  test('by somebody who was not appointed, of another authority, about another, or changed, says nothing', () => {
    const unknown = { status: 'unknown' };
    expect(ask({ ocsps: [makeOcsp(stranger, root, official, fresh)] })).toEqual(unknown);
    expect(ask({ ocsps: [makeOcsp(twin, twin, official, fresh)] })).toEqual(unknown);
    expect(ask({ ocsps: [makeOcsp(root, root, stranger, fresh)] })).toEqual(unknown);
    const changed = makeOcsp(root, root, official, fresh);
    changed[changed.length - 20] = changed[changed.length - 20]! ^ 1;
    expect(ask({ ocsps: [changed] })).toEqual(unknown);
    expect(ask({ ocsps: [Buffer.alloc(0), Buffer.from('xin chào'), official.der] })).toEqual(unknown);
  });

  test('that was over before the moment says nothing of it', () => {
    const old = makeOcsp(root, root, official, {
      thisUpdate: new Date('2026-01-01'),
      nextUpdate: new Date('2026-01-08'),
    });
    expect(ask({ ocsps: [old] })).toEqual({ status: 'unknown' });
  });
});

describe('a list', () => {
  test('of the authority is believed, of a twin by name is not', async () => {
    const by = (issuer: typeof root) =>
      makeCrl(
        issuer,
        [{ holder: official, at: new Date('2026-05-01'), reason: KEY_COMPROMISE }],
        fresh.thisUpdate,
        fresh.nextUpdate,
      );
    expect(ask({ crls: [await by(root)] })).toMatchObject({ status: 'revoked', source: 'crl', reason: 1 });
    expect(ask({ crls: [await by(twin)] })).toEqual({ status: 'unknown' });
  });

  test('that says revoked wins over an answer that says good', async () => {
    const list = await makeCrl(
      root,
      [{ holder: official, at: new Date('2026-05-01') }],
      fresh.thisUpdate,
      fresh.nextUpdate,
    );
    expect(ask({ crls: [list], ocsps: [makeOcsp(root, root, official, fresh)] })).toMatchObject({ status: 'revoked' });
  });
});
