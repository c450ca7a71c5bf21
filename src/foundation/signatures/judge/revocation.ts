import { createHash } from 'node:crypto';
import { fromBER, type Enumerated, type OctetString } from 'asn1js';
import {
  BasicOCSPResponse,
  CertificateRevocationList,
  OCSPResponse,
  RelativeDistinguishedNames,
  type SingleResponse,
} from 'pkijs';
import { bytesOf, isIssuedBy, readCertificate, type Certificate } from '../cms/certificate.ts';
import { isSignedBy } from '../cms/check-cms.ts';
import { methodOf } from '../cms/read-cms.ts';

/** What revocation lists (RFC 5280) and answers (OCSP, RFC 6960) say of one certificate at one moment. */
export type RevocationStatus =
  | { status: 'good'; source: 'crl' | 'ocsp'; asOf: Date }
  | { status: 'revoked'; source: 'crl' | 'ocsp'; at: Date; reason: number | undefined }
  /** Nothing that was handed over speaks about it, or nothing recent enough. */
  | { status: 'unknown' };

export interface RevocationData {
  crls: readonly Buffer[];
  ocsps: readonly Buffer[];
}

const LARGEST = 32 * 1024 * 1024;
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const HASHES: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * The status at `at`. What was issued after that moment, or promises to hold beyond it, counts; an older list says nothing of it. Of several
 * voices one that says revoked wins. Data that cannot be read or are not genuine are left out: they prove nothing.
 */
export function revocationAt(
  certificate: Certificate,
  issuer: Certificate,
  data: RevocationData,
  at: Date,
): RevocationStatus {
  const voices = [
    ...data.ocsps.flatMap((der) => quietly(() => ocspOf(der, certificate, issuer, at))),
    ...data.crls.flatMap((der) => quietly(() => crlOf(der, certificate, issuer, at))),
  ];
  return (
    voices.find(({ status }) => status === 'revoked') ??
    voices.find(({ status }) => status === 'good') ?? { status: 'unknown' }
  );
}

function quietly(read: () => RevocationStatus | undefined): RevocationStatus[] {
  try {
    const found = read();
    return found ? [found] : [];
  } catch {
    return [];
  }
}

const parse = (der: Buffer) => {
  if (der.length > LARGEST) throw new RangeError('too large');
  const parsed = fromBER(der as unknown as ArrayBuffer);
  if (parsed.offset < 0) throw new RangeError('not ASN.1');
  return parsed.result;
};
/** Speaks of the moment: made after it, or before it and still in force then. */
const speaksOf = (at: Date, thisUpdate: Date, nextUpdate: Date | undefined): boolean =>
  thisUpdate >= at || (nextUpdate !== undefined && nextUpdate >= at);

/** A list is long and asked about several certificates: it is taken apart once. */
const lists = new WeakMap<Buffer, CertificateRevocationList>();
function listOf(der: Buffer): CertificateRevocationList {
  const known = lists.get(der) ?? new CertificateRevocationList({ schema: parse(der) });
  lists.set(der, known);
  return known;
}

function crlOf(der: Buffer, certificate: Certificate, issuer: Certificate, at: Date): RevocationStatus | undefined {
  const crl = listOf(der);
  if (!bytesOf(crl.issuer.valueBeforeDecode).equals(issuer.subjectDer)) return undefined;
  if (issuer.keyUsage && !issuer.keyUsage.has('cRLSign')) return undefined;
  const extensions = crl.crlExtensions?.extensions ?? [];
  // Lists of some certificates only, and lists of changes, are not read as whole lists.
  if (extensions.some(({ extnID, critical }) => extnID === '2.5.29.27' || (critical && extnID !== '2.5.29.20')))
    return undefined;
  const method = methodOf(crl.signatureAlgorithm);
  const signature = bytesOf(crl.signatureValue.valueBlock.valueHexView);
  if (!method.digest && method.kind !== 'ed25519') return undefined;
  if (!isSignedBy(bytesOf(crl.tbsView), signature, issuer.x509.publicKey, method, method.digest ?? 'sha256'))
    return undefined;
  const thisUpdate = crl.thisUpdate.value;
  if (!speaksOf(at, thisUpdate, crl.nextUpdate?.value)) return undefined;
  const entry = crl.revokedCertificates?.find(
    ({ userCertificate }) => bytesOf(userCertificate.valueBlock.valueHexView).toString('hex') === certificate.serial,
  );
  if (!entry) return { status: 'good', source: 'crl', asOf: thisUpdate };
  const why = entry.crlEntryExtensions?.extensions.find(({ extnID }) => extnID === '2.5.29.21')?.parsedValue as
    | Enumerated
    | undefined;
  const reason = why?.valueBlock.valueDec;
  // Taken off the list again (removeFromCRL).
  if (reason === 8) return { status: 'good', source: 'crl', asOf: thisUpdate };
  return revokedOrNot(entry.revocationDate.value, at, reason, 'crl', thisUpdate);
}

/** A certificate that was revoked later was good then; one whose key was known to others never was for sure. */
function revokedOrNot(
  since: Date,
  at: Date,
  reason: number | undefined,
  source: 'crl' | 'ocsp',
  asOf: Date,
): RevocationStatus {
  const KEY_COMPROMISE = 1;
  return since <= at || reason === KEY_COMPROMISE
    ? { status: 'revoked', source, at: since, reason }
    : { status: 'good', source, asOf };
}

function ocspOf(der: Buffer, certificate: Certificate, issuer: Certificate, at: Date): RevocationStatus | undefined {
  const basic = basicOf(der);
  if (!basic) return undefined;
  const responder = responderOf(basic, issuer, at);
  if (!responder) return undefined;
  const method = methodOf(basic.signatureAlgorithm);
  if (!method.digest && method.kind !== 'ed25519') return undefined;
  const signature = bytesOf(basic.signature.valueBlock.valueHexView);
  if (
    !isSignedBy(
      bytesOf(basic.tbsResponseData.tbsView),
      signature,
      responder.x509.publicKey,
      method,
      method.digest ?? 'sha256',
    )
  )
    return undefined;
  const one = basic.tbsResponseData.responses.find((single) => isAbout(single, certificate, issuer));
  if (!one || !speaksOf(at, one.thisUpdate, one.nextUpdate)) return undefined;
  const tag = (one.certStatus as { idBlock: { tagNumber: number } }).idBlock.tagNumber;
  if (tag === 0) return { status: 'good', source: 'ocsp', asOf: one.thisUpdate };
  if (tag !== 1) return undefined;
  const info = (
    one.certStatus as unknown as {
      valueBlock: {
        value: { toDate?: () => Date; valueBlock?: { value?: { valueBlock?: { valueDec?: number } }[] } }[];
      };
    }
  ).valueBlock.value;
  const since = info[0]?.toDate?.();
  if (!since) return undefined;
  return revokedOrNot(since, at, info[1]?.valueBlock?.value?.[0]?.valueBlock?.valueDec, 'ocsp', one.thisUpdate);
}

function basicOf(der: Buffer): BasicOCSPResponse | undefined {
  const parsed = parse(der);
  try {
    const response = new OCSPResponse({ schema: parsed });
    if (response.responseStatus.valueBlock.valueDec !== 0 || !response.responseBytes) return undefined;
    return new BasicOCSPResponse({ schema: parse(bytesOf(response.responseBytes.response.valueBlock.valueHexView)) });
  } catch {
    return new BasicOCSPResponse({ schema: parsed }); // CMS carries the inner one
  }
}

/** Who may answer for an authority: itself, or whom it gave a certificate for that (RFC 6960, 4.2.2.2). */
function responderOf(basic: BasicOCSPResponse, issuer: Certificate, at: Date): Certificate | undefined {
  const candidates = (basic.certs ?? []).map((one) => readCertificate(bytesOf(one.toSchema(false).toBER())));
  const id: unknown = basic.tbsResponseData.responderID;
  const name = id instanceof RelativeDistinguishedNames ? bytesOf(id.valueBeforeDecode) : undefined;
  const keyHash = name ? undefined : bytesOf((id as OctetString).valueBlock.valueHexView);
  const isNamed = (one: Certificate) =>
    name ? one.subjectDer.equals(name) : keyHash !== undefined && keyHashOf(one, 'sha1').equals(keyHash);
  if (isNamed(issuer)) return issuer;
  return candidates.find(
    (one) =>
      isNamed(one) &&
      isIssuedBy(one, issuer) &&
      (one.extendedKeyUsage ?? []).includes(OCSP_SIGNING) &&
      one.notBefore <= at &&
      one.unknownCritical.length === 0,
  );
}

/** The hash of a key as OCSP names keys: of the bits of subjectPublicKey. */
function keyHashOf({ x509 }: Certificate, hash: string): Buffer {
  const spki = x509.publicKey.export({ type: 'spki', format: 'der' });
  const bits = (parse(spki) as unknown as { valueBlock: { value: { valueBlock: { valueHexView: Uint8Array } }[] } })
    .valueBlock.value[1]!;
  return createHash(hash).update(bits.valueBlock.valueHexView).digest();
}

function isAbout({ certID }: SingleResponse, certificate: Certificate, issuer: Certificate): boolean {
  const hash = HASHES[certID.hashAlgorithm.algorithmId];
  if (!hash) return false;
  return (
    bytesOf(certID.serialNumber.valueBlock.valueHexView).toString('hex') === certificate.serial &&
    bytesOf(certID.issuerNameHash.valueBlock.valueHexView).equals(
      createHash(hash).update(issuer.subjectDer).digest(),
    ) &&
    bytesOf(certID.issuerKeyHash.valueBlock.valueHexView).equals(keyHashOf(issuer, hash))
  );
}
