import { fromBER } from 'asn1js';
import { TSTInfo } from 'pkijs';
import { bytesOf, type Certificate } from '../cms/certificate.ts';
import { checkCms, digestOf } from '../cms/check-cms.ts';
import { CmsDefect, digestNamed, readCms, type CmsSignature } from '../cms/read-cms.ts';
import { weakParts } from './algorithms.ts';
import { chainDefect, chainOf, outOfDate, type Chain } from './chain.ts';
import { revocationAt, type RevocationData } from './revocation.ts';
import { failed, passed, undecided, type Verdict } from './verdict.ts';

/** Whom to believe, and what is known of revocation apart from what a signature brings along. */
export interface Trust {
  /** Authorities whose certificates are believed: for signatures, and for time-stamps. */
  anchors: readonly Certificate[];
  /** Further authorities, to build chains with. */
  along: readonly Certificate[];
  revocation: RevocationData;
}

const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** The chain of a signer and whether it holds at a moment: EN 319 102-1, 5.2.6. `isProven`: the moment is proven, not only claimed. */
export function judgeSigner(
  signer: Certificate,
  trust: Trust,
  at: Date,
  isProven: boolean,
): { chain: Chain; verdict: Verdict } {
  const chain = chainOf(signer, trust.along, trust.anchors);
  const say = (verdict: Verdict) => ({ chain, verdict });
  if (!chain.anchor)
    return say(undecided('NO_CERTIFICATE_CHAIN_FOUND', 'not-trusted', chain.certificates.at(-1)!.issuer.text));
  const broken = chainDefect(chain, at);
  if (broken?.defect === 'weak-algorithm')
    return say(
      undecided(
        isProven ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
        'weak-algorithm',
        broken.certificate.subject.text,
      ),
    );
  if (broken)
    return say(
      undecided(
        'CERTIFICATE_CHAIN_GENERAL_FAILURE',
        'chain-broken',
        `${broken.defect}: ${broken.certificate.subject.text}`,
      ),
    );
  const off = outOfDate(chain, at);
  if (off)
    return say(
      !isProven
        ? undecided('OUT_OF_BOUNDS_NO_POE', off.isEarly ? 'not-yet-valid' : 'expired', off.certificate.subject.text)
        : off.isEarly
          ? failed('NOT_YET_VALID', 'not-yet-valid', off.certificate.subject.text)
          : failed('EXPIRED', 'expired', off.certificate.subject.text),
    );
  return say(revocationVerdict(chain, trust.revocation, at, isProven));
}

function revocationVerdict(
  { certificates, anchor }: Chain,
  data: RevocationData,
  at: Date,
  isProven: boolean,
): Verdict {
  let isUnknown: Certificate | undefined;
  for (const [height, certificate] of certificates.entries()) {
    const issuer = certificates[height + 1];
    if (certificate === anchor || !issuer) break;
    const found = revocationAt(certificate, issuer, data, at);
    if (found.status === 'revoked')
      return isProven
        ? failed('REVOKED', 'revoked', certificate.subject.text)
        : undecided('REVOKED_NO_POE', 'revoked', certificate.subject.text);
    if (found.status === 'unknown') isUnknown ??= certificate;
  }
  return isUnknown ? undecided('TRY_LATER', 'revocation-unknown', isUnknown.subject.text) : passed;
}

/** Reads a CMS; a defect of it is the verdict. */
export function readOrFail(der: Buffer): { cms: CmsSignature } | { verdict: Verdict } {
  try {
    return { cms: readCms(der) };
  } catch (error) {
    if (error instanceof CmsDefect) return { verdict: failed('FORMAT_FAILURE', 'cannot-be-read', error.message) };
    throw error;
  }
}

/** Integrity, genuineness and the binding to the certificate: EN 319 102-1, 5.2.7. Undefined when all hold. */
export function cryptographicVerdict(cms: CmsSignature, data: readonly Buffer[] | undefined): Verdict | undefined {
  if (!cms.signer) return undecided('NO_SIGNING_CERTIFICATE_FOUND', 'signer-missing');
  const check = checkCms(cms, cms.signer, data);
  if (!check.isIntact) return failed('HASH_FAILURE', 'content-changed');
  if (!check.isGenuine) return failed('SIG_CRYPTO_FAILURE', 'not-of-this-key');
  if (check.isBound === false) return undecided('NO_SIGNING_CERTIFICATE_FOUND', 'other-certificate-named');
  return undefined;
}

export interface StampJudgement {
  verdict: Verdict;
  at: Date | undefined;
  by: Certificate | undefined;
  chain: readonly Certificate[];
}

/**
 * Judges a time-stamp (RFC 3161) over some bytes: EN 319 102-1, 5.4. Its own time is judged as the moment it was made: an authority
 * states it; revocation is looked at there too.
 */
export function judgeTimeStamp(der: Buffer, stamped: readonly Buffer[], trust: Trust, now: Date): StampJudgement {
  const read = readOrFail(der);
  if ('verdict' in read) return { verdict: read.verdict, at: undefined, by: undefined, chain: [] };
  const { cms } = read;
  const none = (verdict: Verdict, at?: Date): StampJudgement => ({ verdict, at, by: cms.signer, chain: [] });
  if (cms.contentType !== TST_INFO || !cms.content)
    return none(failed('FORMAT_FAILURE', 'cannot-be-read', 'this is no time-stamp'));
  let info: TSTInfo;
  try {
    info = new TSTInfo({ schema: fromBER(cms.content as unknown as ArrayBuffer).result });
  } catch {
    return none(failed('FORMAT_FAILURE', 'cannot-be-read', 'the time-stamp cannot be read'));
  }
  const at = info.genTime;
  const digest = digestNamed(info.messageImprint.hashAlgorithm.algorithmId);
  if (!digest)
    return none(failed('FORMAT_FAILURE', 'cannot-be-read', 'the time-stamp uses a digest that is not known here'), at);
  if (!digestOf(digest, stamped).equals(bytesOf(info.messageImprint.hashedMessage.valueBlock.valueHexView)))
    return none(failed('HASH_FAILURE', 'content-changed'), at);
  const broken = cryptographicVerdict(cms, undefined);
  if (broken) return none(broken, at);
  const by = cms.signer!;
  const purposes = by.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || purposes[0] !== TIME_STAMPING || !by.isExtendedKeyUsageCritical)
    return none(undecided('CHAIN_CONSTRAINTS_FAILURE', 'wrong-purpose', by.subject.text), at);
  const own: Trust = {
    ...trust,
    along: [...trust.along, ...cms.certificates],
    revocation: { crls: [...trust.revocation.crls, ...cms.crls], ocsps: [...trust.revocation.ocsps, ...cms.ocsps] },
  };
  const { chain, verdict } = judgeSigner(by, own, at, true);
  const say = (found: Verdict): StampJudgement => ({ verdict: found, at, by, chain: chain.certificates });
  if (at.getTime() > now.getTime() + 5 * 60_000) return say(undecided('TIMESTAMP_ORDER_FAILURE', 'time-out-of-order'));
  if (verdict.indication !== 'TOTAL-PASSED') return say(verdict);
  const weak = [...weakParts(cms, by, at), ...weakParts({ ...cms, digest }, by, at)];
  return say(weak.length > 0 ? undecided('CRYPTO_CONSTRAINTS_FAILURE', 'weak-algorithm', weak[0]) : passed);
}
