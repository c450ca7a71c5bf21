import { constants, createHash, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import type { CmsSignature, DigestName, SignatureMethod } from './read-cms.ts';

const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

export function digestOf(name: DigestName, parts: readonly Buffer[]): Buffer {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Whether bytes were signed by a key in that way. Never throws: what cannot be checked does not hold. */
export function isSignedBy(
  data: Buffer,
  signature: Buffer,
  key: KeyObject,
  method: SignatureMethod,
  digest: DigestName,
): boolean {
  const name = method.digest ?? digest;
  const kind = key.asymmetricKeyType;
  try {
    switch (method.kind) {
      case 'rsa-pkcs1':
        return kind === 'rsa' && verify(name, data, key, signature);
      case 'rsa-pss':
        return (
          (kind === 'rsa' || kind === 'rsa-pss') &&
          verify(
            name,
            data,
            {
              key,
              padding: constants.RSA_PKCS1_PSS_PADDING,
              saltLength: method.saltLength ?? constants.RSA_PSS_SALTLEN_DIGEST,
            },
            signature,
          )
        );
      case 'ecdsa':
        return kind === 'ec' && verify(name, data, { key, dsaEncoding: 'der' }, signature);
      case 'ed25519':
        return kind === 'ed25519' && verify(null, data, key, signature);
    }
  } catch {
    return false;
  }
}

export interface CmsCheck {
  /** The content is what was signed. */
  isIntact: boolean;
  /** The signature belongs to the key of the signer's certificate. */
  isGenuine: boolean;
  /** The signed attributes say which certificate it is, and it is that one; undefined when they do not say. */
  isBound: boolean | undefined;
}

/** Checks one signature over data that lie elsewhere (`data`), or over its own content. */
export function checkCms(cms: CmsSignature, signer: Certificate, data: readonly Buffer[] | undefined): CmsCheck {
  const content = data ?? (cms.content ? [cms.content] : []);
  const { signedAttributes, messageDigest, method, digest } = cms;
  const isBound = cms.signingCertificate
    ? isSame(cms.signingCertificate.hash, digestOf(cms.signingCertificate.digest, [signer.der]))
    : undefined;
  // The algorithm of the signature must be about the same digest as the message says.
  const isConsistent = method.digest === undefined || method.digest === digest;
  if (!signedAttributes) {
    // Attributes may be left out for plain data only (RFC 5652, 5.3): else attributes could be passed off as content.
    const isPlain = cms.contentType === '1.2.840.113549.1.7.1';
    const isGenuine =
      isPlain &&
      isConsistent &&
      isSignedBy(Buffer.concat(content), cms.signature, signer.x509.publicKey, method, digest);
    return { isIntact: isGenuine, isGenuine, isBound };
  }
  const isIntact =
    messageDigest !== undefined &&
    isSame(messageDigest, digestOf(digest, content)) &&
    cms.attributeContentType === cms.contentType;
  const isGenuine = isConsistent && isSignedBy(signedAttributes, cms.signature, signer.x509.publicKey, method, digest);
  return { isIntact, isGenuine, isBound };
}
