import { fromBER, type BaseBlock, type OctetString, type Sequence, type UTCTime } from 'asn1js';
import {
  ContentInfo,
  IssuerAndSerialNumber,
  RSASSAPSSParams,
  SignedData,
  type AlgorithmIdentifier,
  type Attribute,
  type SignerInfo,
} from 'pkijs';
import { bytesOf, CertificateDefect, readCertificate, type Certificate } from './certificate.ts';

/*
 * One signature of the Cryptographic Message Syntax (RFC 5652), read into what judging asks for. The library only takes ASN.1 apart; what is
 * signed, by whom and whether it holds is decided in `check-cms.ts`.
 */

export type DigestName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
export interface SignatureMethod {
  kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519';
  /** Named by the algorithm itself; undefined when it leaves the choice to the digest (rsaEncryption, Ed25519). */
  digest: DigestName | undefined;
  saltLength: number | undefined;
}
export interface CmsSignature {
  contentType: string;
  /** The signed content when it lies inside (time-stamps); undefined when it lies elsewhere. */
  content: Buffer | undefined;
  digest: DigestName;
  method: SignatureMethod;
  signature: Buffer;
  /** The signed attributes as they were signed: a SET in DER. Undefined when there are none. */
  signedAttributes: Buffer | undefined;
  messageDigest: Buffer | undefined;
  attributeContentType: string | undefined;
  claimedAt: Date | undefined;
  /** What the signed attributes say the signer's certificate is (ESS signing-certificate, RFC 5035). */
  signingCertificate: { digest: DigestName; hash: Buffer } | undefined;
  signer: Certificate | undefined;
  certificates: readonly Certificate[];
  timeStamps: readonly Buffer[];
  crls: readonly Buffer[];
  ocsps: readonly Buffer[];
}

/** The bytes are no signature that this program can judge. */
export class CmsDefect extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'CmsDefect';
  }
}

const LARGEST = 4 * 1024 * 1024;
const DIGESTS: Record<string, DigestName> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const METHODS: Record<string, [SignatureMethod['kind'], DigestName | undefined]> = {
  '1.2.840.113549.1.1.1': ['rsa-pkcs1', undefined],
  '1.2.840.113549.1.1.4': ['rsa-pkcs1', 'md5'],
  '1.2.840.113549.1.1.5': ['rsa-pkcs1', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa-pkcs1', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa-pkcs1', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa-pkcs1', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa-pkcs1', 'sha512'],
  '1.2.840.10045.2.1': ['ecdsa', undefined],
  '1.2.840.10045.4.1': ['ecdsa', 'sha1'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'sha512'],
  '1.3.101.112': ['ed25519', undefined],
};
const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStamp: '1.2.840.113549.1.9.16.2.14',
  adobeRevocation: '1.2.840.113583.1.1.8',
} as const;

/** The digest algorithm of an identifier; undefined when it is none that is known here. */
export const digestNamed = (id: string): DigestName | undefined => DIGESTS[id];

/** How something was signed, from its algorithm identifier. @throws CmsDefect */
export function methodOf(algorithm: AlgorithmIdentifier): SignatureMethod {
  if (algorithm.algorithmId === '1.2.840.113549.1.1.10') {
    const params = new RSASSAPSSParams(
      algorithm.algorithmParams === undefined ? {} : { schema: algorithm.algorithmParams as Sequence },
    );
    const digest = digestNamed(params.hashAlgorithm.algorithmId);
    const mask = params.maskGenAlgorithm.algorithmParams as Sequence | undefined;
    const maskDigest = (
      mask?.valueBlock.value[0] as { valueBlock?: { toString(): string } } | undefined
    )?.valueBlock?.toString();
    if (!digest || (maskDigest !== undefined && digestNamed(maskDigest) !== digest))
      throw new CmsDefect('the signature is made with a padding that is not known here');
    return { kind: 'rsa-pss', digest, saltLength: params.saltLength };
  }
  const found = METHODS[algorithm.algorithmId];
  if (!found)
    throw new CmsDefect(`the signature is made with an algorithm that is not known here (${algorithm.algorithmId})`);
  return { kind: found[0], digest: found[1], saltLength: undefined };
}

/** Reads the one signature of a SignedData; zeros may follow it (the place kept for it), nothing else. @throws CmsDefect */
export function readCms(bytes: Buffer): CmsSignature {
  if (bytes.length > LARGEST) throw new CmsDefect('the signature is too large');
  try {
    const parsed = fromBER(bytes as unknown as ArrayBuffer);
    if (parsed.offset <= 0) throw new CmsDefect('the signature cannot be read');
    if (bytes.subarray(parsed.offset).some((byte) => byte !== 0))
      throw new CmsDefect('something else stands behind the signature');
    const info = new ContentInfo({ schema: parsed.result });
    if (info.contentType !== ContentInfo.SIGNED_DATA) throw new CmsDefect('this is no signature');
    return cmsOf(new SignedData({ schema: info.content }));
  } catch (error) {
    if (error instanceof CmsDefect || error instanceof CertificateDefect) throw new CmsDefect(error.message);
    throw new CmsDefect(
      `the signature cannot be read: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}`,
    );
  }
}

function cmsOf(data: SignedData): CmsSignature {
  const [info, ...more] = data.signerInfos;
  if (!info || more.length > 0)
    throw new CmsDefect(`one signature is expected here, and there are ${data.signerInfos.length}`);
  const digest = digestNamed(info.digestAlgorithm.algorithmId);
  if (!digest) throw new CmsDefect('the digest is made with an algorithm that is not known here');
  const certificates = (data.certificates ?? []).flatMap((one) =>
    'subjectPublicKeyInfo' in one
      ? [
          readCertificate(
            bytesOf((one as unknown as { toSchema(encode?: boolean): BaseBlock }).toSchema(false).toBER()),
          ),
        ]
      : [],
  );
  const signed = attributesOf(info.signedAttrs?.attributes);
  const unsigned = info.unsignedAttrs?.attributes ?? [];
  const inside = data.encapContentInfo.eContent;
  const revocation = adobeRevocation(signed.get(ATTRIBUTE.adobeRevocation));
  return {
    contentType: data.encapContentInfo.eContentType,
    content: inside && contentOf(inside),
    digest,
    method: methodOf(info.signatureAlgorithm),
    signature: bytesOf(info.signature.valueBlock.valueHexView),
    signedAttributes: info.signedAttrs && asSet(bytesOf(info.signedAttrs.encodedValue)),
    messageDigest: octetsOf(signed.get(ATTRIBUTE.messageDigest)),
    attributeContentType: (
      signed.get(ATTRIBUTE.contentType) as { valueBlock?: { toString(): string } } | undefined
    )?.valueBlock?.toString(),
    claimedAt: (signed.get(ATTRIBUTE.signingTime) as UTCTime | undefined)?.toDate(),
    signingCertificate: essOf(signed),
    signer: signerOf(info, certificates),
    certificates,
    timeStamps: unsigned
      .filter(({ type }) => type === ATTRIBUTE.timeStamp)
      .flatMap(({ values }) => (values as BaseBlock[]).map((value) => bytesOf(value.toBER()))),
    crls: [
      ...(data.crls ?? []).flatMap((one) =>
        'toSchema' in one && 'revokedCertificates' in one ? [bytesOf(one.toSchema(true).toBER())] : [],
      ),
      ...revocation.crls,
    ],
    ocsps: [...(data.ocsps ?? []).map((one) => bytesOf(one.toSchema().toBER())), ...revocation.ocsps],
  };
}

/** Signed attributes stand as [0] in the message and are signed as a SET. */
const asSet = (encoded: Buffer): Buffer => {
  const copy = Buffer.from(encoded);
  copy[0] = 0x31;
  return copy;
};

function attributesOf(attributes: readonly Attribute[] | undefined): Map<string, BaseBlock> {
  const found = new Map<string, BaseBlock>();
  for (const { type, values } of attributes ?? []) {
    // Two values, or the same attribute twice, is a signature that says two things.
    if (found.has(type) || values.length !== 1) throw new CmsDefect('the signature says something twice');
    found.set(type, values[0] as BaseBlock);
  }
  return found;
}

const octetsOf = (block: BaseBlock | undefined): Buffer | undefined => {
  const view = (block as OctetString | undefined)?.valueBlock?.valueHexView;
  return view && bytesOf(view);
};

function contentOf(octets: OctetString): Buffer {
  // In pieces only where it is encoded so: the library also takes apart what happens to look like ASN.1 inside.
  const parts = octets.valueBlock.value as OctetString[];
  return octets.idBlock.isConstructed
    ? Buffer.concat(parts.map((part) => bytesOf(part.valueBlock.valueHexView)))
    : bytesOf(octets.valueBlock.valueHexView);
}

/** The first certificate that an ESS attribute names: its hash, and with what it was made (V1: SHA-1, V2: SHA-256 unless it says so). */
function essOf(signed: ReadonlyMap<string, BaseBlock>): CmsSignature['signingCertificate'] {
  const second = signed.get(ATTRIBUTE.signingCertificateV2) as Sequence | undefined;
  const first = signed.get(ATTRIBUTE.signingCertificate) as Sequence | undefined;
  const listed = (second ?? first)?.valueBlock.value[0] as Sequence | undefined;
  const one = listed?.valueBlock.value[0] as Sequence | undefined;
  if (!one) return undefined;
  const [head, next] = one.valueBlock.value as BaseBlock[];
  if (!second) {
    const hash = octetsOf(head);
    return hash && { digest: 'sha1', hash };
  }
  if (head?.constructor.name.endsWith('OctetString')) return { digest: 'sha256', hash: octetsOf(head)! };
  const id = (
    (head as Sequence | undefined)?.valueBlock.value[0] as { valueBlock?: { toString(): string } } | undefined
  )?.valueBlock?.toString();
  const digest = digestNamed(id ?? '');
  const hash = octetsOf(next);
  if (!digest || !hash) throw new CmsDefect('the signature names its certificate in a way that is not known here');
  return { digest, hash };
}

function signerOf(info: SignerInfo, certificates: readonly Certificate[]): Certificate | undefined {
  const { sid } = info;
  if (sid instanceof IssuerAndSerialNumber) {
    const issuer = bytesOf(sid.issuer.valueBeforeDecode);
    const serial = bytesOf(sid.serialNumber.valueBlock.valueHexView).toString('hex');
    return certificates.find((one) => one.serial === serial && one.issuerDer.equals(issuer));
  }
  const keyId = octetsOf(sid as BaseBlock | undefined)?.toString('hex');
  return keyId === undefined ? undefined : certificates.find((one) => one.keyId === keyId);
}

/** Revocation lists and answers as Adobe's programs put them among the signed attributes. */
function adobeRevocation(block: BaseBlock | undefined): { crls: Buffer[]; ocsps: Buffer[] } {
  const found = { crls: [] as Buffer[], ocsps: [] as Buffer[] };
  for (const part of ((block as Sequence | undefined)?.valueBlock?.value ?? []) as Sequence[]) {
    const items = ((part.valueBlock.value[0] as Sequence | undefined)?.valueBlock?.value ?? []) as BaseBlock[];
    if (part.idBlock.tagNumber === 0) found.crls.push(...items.map((one) => bytesOf(one.toBER())));
    if (part.idBlock.tagNumber === 1) found.ocsps.push(...items.map((one) => bytesOf(one.toBER())));
  }
  return found;
}
