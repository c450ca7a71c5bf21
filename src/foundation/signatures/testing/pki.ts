import 'reflect-metadata';
import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import * as x509 from '@peculiar/x509';
import { readCertificate, type Certificate } from '../cms/certificate.ts';

/* Authorities, certificates, signatures and time-stamps for tests and rigs, right ones and wrong ones. Nothing of it is used by the product. */

export interface Holder {
  certificate: Certificate;
  der: Buffer;
  key: KeyObject;
  kind: 'rsa' | 'ec';
}
export interface CertificateOrder {
  name: string;
  issuer?: Holder;
  kind?: 'rsa' | 'ec';
  bits?: number;
  from?: Date;
  to?: Date;
  isAuthority?: boolean;
  pathLength?: number;
  usage?: x509.KeyUsageFlags;
  extended?: string[];
  hash?: 'SHA-1' | 'SHA-256';
  extensions?: x509.Extension[];
}

const { KeyUsageFlags } = x509;
const AUTHORITY: x509.KeyUsageFlags = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
const SIGNER: x509.KeyUsageFlags = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
/** Purposes and reasons that tests name. */
export const ENCIPHERING: x509.KeyUsageFlags = KeyUsageFlags.keyEncipherment | KeyUsageFlags.dataEncipherment;
export const KEY_COMPROMISE = x509.X509CrlReason.keyCompromise;
export type RevocationReason = x509.X509CrlReason;
let serial = 1;
const webCertificate = (der: Buffer) => new x509.X509Certificate(new Uint8Array(der));
/** A certificate and its key. Without an issuer it signs itself. */
export async function makeHolder(order: CertificateOrder): Promise<Holder> {
  const kind = order.kind ?? 'ec';
  const pair =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: order.bits ?? 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithmOf = (of: 'rsa' | 'ec'): RsaHashedImportParams | EcKeyImportParams =>
    of === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: order.hash ?? 'SHA-256' }
      : { name: 'ECDSA', namedCurve: 'P-256' };
  const webKey = async (key: KeyObject, of: 'rsa' | 'ec', isPrivate: boolean): Promise<CryptoKey> =>
    crypto.subtle.importKey(
      isPrivate ? 'pkcs8' : 'spki',
      key.export({ type: isPrivate ? 'pkcs8' : 'spki', format: 'der' } as never) as unknown as Buffer<ArrayBuffer>,
      algorithmOf(of),
      true,
      [isPrivate ? 'sign' : 'verify'],
    );
  const issuerKind = order.issuer?.kind ?? kind;
  const signingKey = await webKey(order.issuer?.key ?? pair.privateKey, issuerKind, true);
  const publicKey = await webKey(pair.publicKey, kind, false);
  const isAuthority = order.isAuthority ?? false;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: (serial++).toString(16).padStart(8, '0'),
    subject: `CN=${order.name}, O=Sen thử nghiệm, C=VN`,
    issuer: order.issuer ? webCertificate(order.issuer.der).subject : `CN=${order.name}, O=Sen thử nghiệm, C=VN`,
    notBefore: order.from ?? new Date('2020-01-01'),
    notAfter: order.to ?? new Date('2040-01-01'),
    signingAlgorithm: { name: issuerKind === 'rsa' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA', hash: order.hash ?? 'SHA-256' },
    publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, order.pathLength, true),
      new x509.KeyUsagesExtension(order.usage ?? (isAuthority ? AUTHORITY : SIGNER), true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      ...(order.issuer ? [await x509.AuthorityKeyIdentifierExtension.create(webCertificate(order.issuer.der))] : []),
      ...(order.extended ? [new x509.ExtendedKeyUsageExtension(order.extended, true)] : []),
      ...(order.extensions ?? []),
    ],
  });
  const der = Buffer.from(certificate.rawData);
  return { certificate: readCertificate(der), der, key: pair.privateKey, kind };
}

/** A revocation list of an authority. */
export async function makeCrl(
  issuer: Holder,
  revoked: { holder: Holder; at: Date; reason?: x509.X509CrlReason }[],
  thisUpdate: Date,
  nextUpdate: Date,
): Promise<Buffer> {
  const key = await crypto.subtle.importKey(
    'pkcs8',
    issuer.key.export({ type: 'pkcs8', format: 'der' }) as unknown as Buffer<ArrayBuffer>,
    issuer.kind === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign'],
  );
  const crl = await x509.X509CrlGenerator.create({
    issuer: webCertificate(issuer.der).subject,
    thisUpdate,
    nextUpdate,
    entries: revoked.map(({ holder, at, reason }) => ({
      serialNumber: holder.certificate.serial,
      revocationDate: at,
      // Without one (or with 0) the generator writes an empty list of extensions, which RFC 5280 does not allow.
      reason: reason ?? x509.X509CrlReason.cessationOfOperation,
    })),
    signingAlgorithm: { name: issuer.kind === 'rsa' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA', hash: 'SHA-256' },
    signingKey: key,
  });
  return Buffer.from(crl.rawData);
}

const OIDS = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
export type Digest = keyof typeof OIDS;
const algorithm = (oid: string, params?: asn1.BaseBlock) =>
  new pki.AlgorithmIdentifier({ algorithmId: oid, algorithmParams: params ?? new asn1.Null() });

export interface SignOrder {
  holder: Holder;
  data: readonly Buffer[];
  digest?: Digest;
  /** Certificates that are sent along, beside the signer's. */
  along?: readonly Holder[];
  isPss?: boolean;
  claimedAt?: Date;
  contentType?: string;
  /** The content itself, for time-stamps. */
  content?: Buffer;
  /** The ESS attribute that names the certificate; false: none; a holder: that one's. */
  ess?: boolean | Holder;
  /** Makes the time-stamp over the signature's value. */
  stamp?: (value: Buffer) => Buffer;
  messageDigest?: Buffer;
}

/** A CMS signature in DER. */
export function makeCms(order: SignOrder): Buffer {
  const digest = order.digest ?? 'sha256';
  const hash = createHash(digest);
  for (const part of order.data) hash.update(part);
  const named = order.ess instanceof Object ? order.ess : order.holder;
  const attributes: pki.Attribute[] = [
    new pki.Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new asn1.ObjectIdentifier({ value: order.contentType ?? '1.2.840.113549.1.7.1' })],
    }),
    new pki.Attribute({
      type: '1.2.840.113549.1.9.4',
      values: [new asn1.OctetString({ valueHex: arrayOf(order.messageDigest ?? hash.digest()) })],
    }),
    ...(order.claimedAt
      ? [
          new pki.Attribute({
            type: '1.2.840.113549.1.9.5',
            values: [new asn1.UTCTime({ valueDate: order.claimedAt })],
          }),
        ]
      : []),
    ...(order.ess === false
      ? []
      : [
          new pki.Attribute({
            type: '1.2.840.113549.1.9.16.2.47',
            values: [
              sequence(
                sequence(
                  sequence(
                    new asn1.OctetString({ valueHex: arrayOf(createHash('sha256').update(named.der).digest()) }),
                  ),
                ),
              ),
            ],
          }),
        ]),
  ];
  const signedAttrs = new pki.SignedAndUnsignedAttributes({ type: 0, attributes });
  const set = new asn1.Set({ value: attributes.map((one) => one.toSchema()) });
  const attributeBytes = Buffer.from(set.toBER());
  const value = sign(digest, attributeBytes, {
    key: order.holder.key,
    ...(order.isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}),
    dsaEncoding: 'der',
  });
  signedAttrs.encodedValue = arrayOf(attributeBytes);
  const parsed = parsedCertificate(order.holder.der);
  const info = new pki.SignerInfo({
    version: 1,
    sid: new pki.IssuerAndSerialNumber({ issuer: parsed.issuer, serialNumber: parsed.serialNumber }),
    digestAlgorithm: algorithm(OIDS[digest]),
    signedAttrs,
    signatureAlgorithm: order.isPss
      ? algorithm(
          '1.2.840.113549.1.1.10',
          new pki.RSASSAPSSParams({
            hashAlgorithm: algorithm(OIDS[digest]),
            maskGenAlgorithm: algorithm('1.2.840.113549.1.1.8', algorithm(OIDS[digest]).toSchema()),
            saltLength: 32,
          }).toSchema(),
        )
      : order.holder.kind === 'rsa'
        ? algorithm('1.2.840.113549.1.1.1')
        : new pki.AlgorithmIdentifier({
            algorithmId: {
              sha1: '1.2.840.10045.4.1',
              sha256: '1.2.840.10045.4.3.2',
              sha384: '1.2.840.10045.4.3.3',
              sha512: '1.2.840.10045.4.3.4',
            }[digest],
          }),
    signature: new asn1.OctetString({ valueHex: arrayOf(value) }),
    ...(order.stamp
      ? {
          unsignedAttrs: new pki.SignedAndUnsignedAttributes({
            type: 1,
            attributes: [
              new pki.Attribute({
                type: '1.2.840.113549.1.9.16.2.14',
                values: [asn1.fromBER(arrayOf(order.stamp(value))).result],
              }),
            ],
          }),
        }
      : {}),
  });
  const data = new pki.SignedData({
    version: 1,
    digestAlgorithms: [algorithm(OIDS[digest])],
    encapContentInfo: new pki.EncapsulatedContentInfo({
      eContentType: order.contentType ?? '1.2.840.113549.1.7.1',
      ...(order.content ? { eContent: new asn1.OctetString({ valueHex: arrayOf(order.content) }) } : {}),
    }),
    certificates: [order.holder, ...(order.along ?? [])].map(({ der }) => parsedCertificate(der)),
    signerInfos: [info],
  });
  return Buffer.from(
    new pki.ContentInfo({ contentType: pki.ContentInfo.SIGNED_DATA, content: data.toSchema(true) }).toSchema().toBER(),
  );
}

/** A time-stamp (RFC 3161) over some bytes. */
export function makeStamp(
  holder: Holder,
  stamped: Buffer,
  at: Date,
  along: readonly Holder[] = [],
  digest: Digest = 'sha256',
): Buffer {
  const info = new pki.TSTInfo({
    version: 1,
    policy: '1.2.3.4.1',
    messageImprint: new pki.MessageImprint({
      hashAlgorithm: algorithm(OIDS[digest]),
      hashedMessage: new asn1.OctetString({ valueHex: arrayOf(createHash(digest).update(stamped).digest()) }),
    }),
    serialNumber: new asn1.Integer({ value: serial++ }),
    genTime: at,
  });
  const content = Buffer.from(info.toSchema().toBER());
  return makeCms({ holder, data: [content], content, contentType: '1.2.840.113549.1.9.16.1.4', along, digest });
}

const sequence = (...value: asn1.BaseBlock[]) => new asn1.Sequence({ value });
const arrayOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
const parsedCertificate = (der: Buffer) => new pki.Certificate({ schema: asn1.fromBER(arrayOf(der)).result });

/** An answer about one certificate (OCSP, RFC 6960): good, or revoked since. `responder` is the authority itself, or one it appointed. */
export function makeOcsp(
  responder: Holder,
  issuer: Holder,
  about: Holder,
  order: { thisUpdate: Date; nextUpdate: Date; revokedAt?: Date; isBare?: boolean },
): Buffer {
  const keyHash = (holder: Holder): ArrayBuffer =>
    arrayOf(
      createHash('sha1')
        .update(parsedCertificate(holder.der).subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView)
        .digest(),
    );
  const parsed = parsedCertificate(issuer.der);
  const id = new pki.CertID({
    hashAlgorithm: algorithm(OIDS.sha1),
    issuerNameHash: new asn1.OctetString({
      valueHex: arrayOf(createHash('sha1').update(issuer.certificate.subjectDer).digest()),
    }),
    issuerKeyHash: new asn1.OctetString({ valueHex: keyHash(issuer) }),
    serialNumber: parsedCertificate(about.der).serialNumber,
  });
  const status = order.revokedAt
    ? new asn1.Constructed({
        idBlock: { tagClass: 3, tagNumber: 1 },
        value: [new asn1.GeneralizedTime({ valueDate: order.revokedAt })],
      })
    : new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 } });
  const data = new pki.ResponseData({
    responderID: responder.der.equals(issuer.der)
      ? parsed.subject
      : new asn1.OctetString({ valueHex: keyHash(responder) }),
    producedAt: order.thisUpdate,
    responses: [
      new pki.SingleResponse({
        certID: id,
        certStatus: status,
        thisUpdate: order.thisUpdate,
        nextUpdate: order.nextUpdate,
      }),
    ],
  });
  const tbs = Buffer.from(data.toSchema(true).toBER());
  const basic = new pki.BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new pki.AlgorithmIdentifier({
      algorithmId: responder.kind === 'rsa' ? '1.2.840.113549.1.1.11' : '1.2.840.10045.4.3.2',
    }),
    signature: new asn1.BitString({
      valueHex: arrayOf(sign('sha256', tbs, { key: responder.key, dsaEncoding: 'der' })),
    }),
    ...(responder.der.equals(issuer.der) ? {} : { certs: [parsedCertificate(responder.der)] }),
  });
  data.tbsView = new Uint8Array(tbs);
  const inner = Buffer.from(basic.toSchema().toBER());
  if (order.isBare) return inner;
  return Buffer.from(
    new pki.OCSPResponse({
      responseStatus: new asn1.Enumerated({ value: 0 }),
      responseBytes: new pki.ResponseBytes({
        responseType: '1.3.6.1.5.5.7.48.1.1',
        response: new asn1.OctetString({ valueHex: arrayOf(inner) }),
      }),
    })
      .toSchema()
      .toBER(),
  );
}
