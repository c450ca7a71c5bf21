import type { Certificate } from '../cms/certificate.ts';
import type { CmsSignature, DigestName } from '../cms/read-cms.ts';

/**
 * Until when an algorithm is trusted: dated data, as law is. A signature is judged by the time that is proven for it, so that what was good
 * then stays good when a time-stamp shows that it was then. After ETSI TS 119 312 and SOG-IS (the dates are recalled, not read here:
 * change them with the source at hand).
 */
export interface AlgorithmPolicy {
  digests: Record<DigestName, { until: string | null }>;
  /** The least bits of a key, and until when that is enough. */
  rsa: readonly { bits: number; until: string | null }[];
  ec: readonly { bits: number; until: string | null }[];
}
export const algorithmPolicy: AlgorithmPolicy = {
  digests: {
    md5: { until: '2005-01-01' },
    sha1: { until: '2014-01-01' },
    sha224: { until: '2026-01-01' },
    sha256: { until: null },
    sha384: { until: null },
    sha512: { until: null },
  },
  rsa: [
    { bits: 2_048, until: null },
    { bits: 1_024, until: '2011-01-01' },
  ],
  ec: [{ bits: 256, until: null }],
};

const isOver = (until: string | null, at: Date): boolean => until !== null && at >= new Date(`${until}T00:00:00Z`);

export function isDigestWeak(digest: DigestName, at: Date, policy: AlgorithmPolicy = algorithmPolicy): boolean {
  return isOver(policy.digests[digest].until, at);
}
export function isKeyWeak(
  { keyKind, keyBits }: Certificate,
  at: Date,
  policy: AlgorithmPolicy = algorithmPolicy,
): boolean {
  if (keyKind === 'ed25519') return false;
  const steps = keyKind === 'rsa' ? policy.rsa : keyKind === 'ec' ? policy.ec : [];
  const fitting = steps.find(({ bits, until }) => keyBits >= bits && !isOver(until, at));
  return fitting === undefined;
}

/** What of a signature was not trusted any more at a moment: names of digests, `rsa1024`. Empty when all was. */
export function weakParts(cms: CmsSignature, signer: Certificate, at: Date): string[] {
  const digests = new Set<DigestName>([cms.digest, ...(cms.method.digest ? [cms.method.digest] : [])]);
  return [
    ...[...digests].filter((digest) => isDigestWeak(digest, at)),
    ...(isKeyWeak(signer, at) ? [`${signer.keyKind}${signer.keyBits}`] : []),
  ];
}
