import { isIssuedBy, type Certificate } from '../cms/certificate.ts';
import { isDigestWeak, isKeyWeak } from './algorithms.ts';
import type { DigestName } from '../cms/read-cms.ts';

/** A way from a certificate up to one that the trust list names, or as far as it goes. */
export interface Chain {
  /** The certificate itself first. */
  certificates: readonly Certificate[];
  /** The trusted one at its end; undefined when the way ends before. */
  anchor: Certificate | undefined;
}

const LONGEST = 8;

/** The way to a trusted certificate, over certificates that came along. The shortest that ends at trust, else the longest. */
export function chainOf(
  certificate: Certificate,
  along: readonly Certificate[],
  anchors: readonly Certificate[],
): Chain {
  const trusted = new Set(anchors.map(({ fingerprint }) => fingerprint));
  let longest: Certificate[] = [certificate];
  let tries = 0;
  let level: Certificate[][] = [[certificate]];
  while (level.length > 0) {
    const next: Certificate[][] = [];
    for (const way of level) {
      const last = way.at(-1)!;
      if (trusted.has(last.fingerprint)) return { certificates: way, anchor: last };
      if (way.length > longest.length) longest = way;
      if (way.length >= LONGEST) continue;
      for (const issuer of [...anchors, ...along]) {
        if (++tries > 2_000) return { certificates: longest, anchor: undefined };
        if (way.some(({ fingerprint }) => fingerprint === issuer.fingerprint) || !isIssuedBy(last, issuer)) continue;
        next.push([...way, issuer]);
      }
    }
    level = next;
  }
  return { certificates: longest, anchor: undefined };
}

export type ChainDefect =
  | 'not-an-authority'
  | 'path-too-long'
  | 'may-not-sign-certificates'
  | 'unknown-critical-extension'
  | 'weak-algorithm';

/** What is wrong with a chain apart from dates and revocation, the first found; RFC 5280, 6.1, without policies and name constraints (those are refused as unknown). */
export function chainDefect(
  { certificates, anchor }: Chain,
  at: Date,
): { defect: ChainDefect; certificate: Certificate } | undefined {
  for (const [height, certificate] of certificates.entries()) {
    const found = (defect: ChainDefect) => ({ defect, certificate });
    if (certificate.unknownCritical.length > 0) return found('unknown-critical-extension');
    if (isKeyWeak(certificate, at)) return found('weak-algorithm');
    const isTop = certificate === anchor;
    const digest = digestOfSignature(certificate);
    // Nobody relies on the signature of the trusted certificate itself.
    if (!isTop && digest && isDigestWeak(digest, at)) return found('weak-algorithm');
    if (height === 0) continue;
    if (!certificate.isAuthority) return found('not-an-authority');
    if (certificate.keyUsage && !certificate.keyUsage.has('keyCertSign')) return found('may-not-sign-certificates');
    const between = certificates.slice(1, height).filter((one) => !one.subjectDer.equals(one.issuerDer)).length;
    if (certificate.pathLength !== undefined && between > certificate.pathLength) return found('path-too-long');
  }
  return undefined;
}

function digestOfSignature({ x509 }: Certificate): DigestName | undefined {
  const name = x509.signatureAlgorithm?.toLowerCase() ?? '';
  return (['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const).find((one) => name.includes(one));
}

/** The certificates of a chain that are out of their dates at a moment, below the trusted one. */
export const outOfDate = (
  { certificates, anchor }: Chain,
  at: Date,
): { certificate: Certificate; isEarly: boolean } | undefined => {
  for (const certificate of certificates) {
    if (certificate === anchor && certificates.length > 1) continue;
    if (at < certificate.notBefore) return { certificate, isEarly: true };
    if (at > certificate.notAfter) return { certificate, isEarly: false };
  }
  return undefined;
};
