import { createHash, X509Certificate } from 'node:crypto';
import { fromBER, type BitString, type OctetString } from 'asn1js';
import { BasicConstraints, Certificate as PkiCertificate, type AuthorityKeyIdentifier, type ExtKeyUsage } from 'pkijs';

/** A certificate (RFC 5280), read once into what judging asks for. */
export interface Certificate {
  der: Buffer;
  x509: X509Certificate;
  /** SHA-256 of the whole, in hexadecimal: who it is. */
  fingerprint: string;
  serial: string;
  /** Names as they are encoded: chains are built on their bytes. */
  subjectDer: Buffer;
  issuerDer: Buffer;
  subject: CertificateName;
  issuer: CertificateName;
  notBefore: Date;
  notAfter: Date;
  isAuthority: boolean;
  pathLength: number | undefined;
  /** Undefined when the certificate does not restrict its key. */
  keyUsage: ReadonlySet<KeyUsage> | undefined;
  extendedKeyUsage: readonly string[] | undefined;
  isExtendedKeyUsageCritical: boolean;
  keyId: string | undefined;
  issuerKeyId: string | undefined;
  /** Critical extensions that this program does not know: such a certificate may not be used. */
  unknownCritical: readonly string[];
  /** Its key, in bits (of the modulus, or of the curve). */
  keyBits: number;
  keyKind: 'rsa' | 'ec' | 'ed25519' | 'other';
}
export type KeyUsage = 'digitalSignature' | 'nonRepudiation' | 'keyCertSign' | 'cRLSign';
/** The parts of a distinguished name that people read. */
export interface CertificateName {
  commonName: string | undefined;
  organisation: string | undefined;
  units: readonly string[];
  email: string | undefined;
  /** All of it, in one line. */
  text: string;
}

/** What was handed over is no certificate, or one that asks for more than a reader should give. */
export class CertificateDefect extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'CertificateDefect';
  }
}

const LARGEST = 64 * 1024;
const KNOWN = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.18',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.1.3',
  '1.3.6.1.5.5.7.48.1.5',
]);
/** The bytes of what the ASN.1 library hands out. */
export const bytesOf = (buffer: ArrayBuffer | Uint8Array): Buffer =>
  buffer instanceof Uint8Array ? Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength) : Buffer.from(buffer);

/** Certificates of authorities come again and again: each is taken apart once. */
const known = new Map<string, Certificate>();
const MOST_KNOWN = 500;

/** Reads a certificate in DER. @throws CertificateDefect */
export function readCertificate(der: Buffer): Certificate {
  if (der.length > LARGEST) throw new CertificateDefect('a certificate is too large');
  const fingerprint = createHash('sha256').update(der).digest('hex');
  const before = known.get(fingerprint);
  if (before) return before;
  const read = readAnew(der);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(fingerprint, read);
  return read;
}

function readAnew(der: Buffer): Certificate {
  try {
    const parsed = fromBER(der as unknown as ArrayBuffer);
    if (parsed.offset !== der.length) throw new CertificateDefect('something follows the certificate');
    return certificateOf(new PkiCertificate({ schema: parsed.result }), der);
  } catch (error) {
    if (error instanceof CertificateDefect) throw error;
    throw new CertificateDefect(`a certificate cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** Reads every certificate of a PEM file; one in DER is read as it is. @throws CertificateDefect */
export function readCertificates(file: Buffer): Certificate[] {
  const text = file.toString('latin1');
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)];
  if (blocks.length === 0) return [readCertificate(file)];
  return blocks.map(([, body = '']) => readCertificate(Buffer.from(body, 'base64')));
}

function certificateOf(parsed: PkiCertificate, der: Buffer): Certificate {
  const x509 = new X509Certificate(der);
  const extensions = parsed.extensions ?? [];
  const ids = extensions.map(({ extnID }) => extnID);
  if (new Set(ids).size !== ids.length) throw new CertificateDefect('a certificate has the same extension twice');
  const find = (id: string) => extensions.find(({ extnID }) => extnID === id);
  const basic = find('2.5.29.19')?.parsedValue as BasicConstraints | undefined;
  const usage = find('2.5.29.15')?.parsedValue as BitString | undefined;
  const extended = find('2.5.29.37');
  const skid = find('2.5.29.14')?.parsedValue as OctetString | undefined;
  const akid = find('2.5.29.35')?.parsedValue as AuthorityKeyIdentifier | undefined;
  const key = x509.publicKey;
  const keyKind =
    key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss'
      ? 'rsa'
      : key.asymmetricKeyType === 'ec'
        ? 'ec'
        : key.asymmetricKeyType === 'ed25519'
          ? 'ed25519'
          : 'other';
  const details = key.asymmetricKeyDetails;
  return {
    der,
    x509,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    serial: bytesOf(parsed.serialNumber.valueBlock.valueHexView).toString('hex'),
    subjectDer: bytesOf(parsed.subject.valueBeforeDecode),
    issuerDer: bytesOf(parsed.issuer.valueBeforeDecode),
    subject: readName(parsed.subject),
    issuer: readName(parsed.issuer),
    notBefore: parsed.notBefore.value,
    notAfter: parsed.notAfter.value,
    isAuthority: basic?.cA === true,
    pathLength: typeof basic?.pathLenConstraint === 'number' ? basic.pathLenConstraint : undefined,
    keyUsage: usage && usagesOf(bytesOf(usage.valueBlock.valueHexView)),
    extendedKeyUsage: (extended?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes,
    isExtendedKeyUsageCritical: extended?.critical === true,
    keyId: skid && bytesOf(skid.valueBlock.valueHexView).toString('hex'),
    issuerKeyId: akid?.keyIdentifier && bytesOf(akid.keyIdentifier.valueBlock.valueHexView).toString('hex'),
    unknownCritical: extensions
      .filter(({ critical, extnID }) => critical && !KNOWN.has(extnID))
      .map(({ extnID }) => extnID),
    keyBits:
      details?.modulusLength ??
      { prime256v1: 256, secp384r1: 384, secp521r1: 521 }[details?.namedCurve ?? ''] ??
      (keyKind === 'ed25519' ? 256 : 0),
    keyKind,
  };
}

function usagesOf([first = 0]: Uint8Array): Set<KeyUsage> {
  const found = new Set<KeyUsage>();
  if (first & 0x80) found.add('digitalSignature');
  if (first & 0x40) found.add('nonRepudiation');
  if (first & 0x04) found.add('keyCertSign');
  if (first & 0x02) found.add('cRLSign');
  return found;
}

const LABELS: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.6': 'C',
  '1.2.840.113549.1.9.1': 'E',
  '2.5.4.5': 'SERIAL',
  '0.9.2342.19200300.100.1.1': 'UID',
};
type Rdn = { typesAndValues: { type: string; value: { valueBlock: { value?: unknown } } }[] };
function readName({ typesAndValues }: Rdn): CertificateName {
  const parts = typesAndValues.map(({ type, value }) => ({
    type,
    text: (typeof value.valueBlock.value === 'string' ? value.valueBlock.value : '').normalize('NFC').slice(0, 500),
  }));
  const first = (type: string) => parts.find((part) => part.type === type)?.text;
  return {
    commonName: first('2.5.4.3'),
    organisation: first('2.5.4.10'),
    units: parts.filter(({ type }) => type === '2.5.4.11').map(({ text }) => text),
    email: first('1.2.840.113549.1.9.1'),
    text: parts.map(({ type, text }) => `${LABELS[type] ?? type}=${text}`).join(', '),
  };
}

/** Whether a certificate was signed by that key: names, key identifiers and the signature itself agree. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!certificate.issuerDer.equals(issuer.subjectDer)) return false;
  if (certificate.issuerKeyId !== undefined && issuer.keyId !== undefined && certificate.issuerKeyId !== issuer.keyId)
    return false;
  try {
    return certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    return false;
  }
}
