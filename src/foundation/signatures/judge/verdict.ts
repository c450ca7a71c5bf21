import type { Certificate } from '../cms/certificate.ts';
import type { Change } from '../pdf/compare-revisions.ts';

/** The three verdicts of ETSI EN 319 102-1, clause 5.1.3. */
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';
/** The reasons of the same clause that this program gives. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'REVOKED_NO_POE'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'TRY_LATER';

/** What was found, finer than the standard's reasons: a page and a person can say it. `detail` is data, not words. */
export type Finding =
  | 'cannot-be-read'
  | 'encrypted'
  | 'covers-part-only'
  | 'content-changed'
  | 'not-of-this-key'
  | 'other-certificate-named'
  | 'signer-missing'
  | 'changed-after'
  | 'not-trusted'
  | 'chain-broken'
  | 'wrong-purpose'
  | 'not-yet-valid'
  | 'expired'
  | 'revoked'
  | 'revocation-unknown'
  | 'weak-algorithm'
  | 'time-out-of-order';

export interface Verdict {
  indication: Indication;
  reason: SubIndication | undefined;
  finding: Finding | undefined;
  detail: string | undefined;
}
export const passed: Verdict = { indication: 'TOTAL-PASSED', reason: undefined, finding: undefined, detail: undefined };
export const failed = (reason: SubIndication, finding: Finding, detail?: string): Verdict => ({
  indication: 'TOTAL-FAILED',
  reason,
  finding,
  detail,
});
export const undecided = (reason: SubIndication, finding: Finding, detail?: string): Verdict => ({
  indication: 'INDETERMINATE',
  reason,
  finding,
  detail,
});

/** How the time of a signature is known. */
export interface SignedTime {
  at: Date;
  /** A time-stamp beside the signature, one over the document later, or only what the signing program says. */
  proof: 'signature-time-stamp' | 'document-time-stamp' | 'claimed';
}

/** What came out for one signature, or one time-stamp over the document. */
export interface Judgement {
  field: string;
  kind: 'signature' | 'time-stamp';
  verdict: Verdict;
  /** The bytes that were signed are as they were; undefined when that could not be looked at. */
  isIntact: boolean | undefined;
  signer: Certificate | undefined;
  chain: readonly Certificate[];
  isTrusted: boolean;
  time: SignedTime | undefined;
  timeStamps: readonly { verdict: Verdict; at: Date | undefined; by: Certificate | undefined }[];
  /** PAdES B-B, B-T, B-LT, B-LTA (ETSI EN 319 142-1), or CMS as older programs make it. */
  level: 'CMS' | 'CMS-T' | 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';
  algorithm: string | undefined;
  reason: string | undefined;
  location: string | undefined;
  /** What was appended after it, and which of that it does not allow. */
  changes: readonly Change[];
  forbidden: readonly Change[];
  /** Up to which byte it covers the file; the file has `of`. */
  covers: { to: number; of: number };
  isCertifying: boolean;
}
