import type { Certificate } from '../cms/certificate.ts';
import { readCertificate } from '../cms/certificate.ts';
import type { CmsSignature } from '../cms/read-cms.ts';
import { changesBetween, forbiddenChanges, type Change } from '../pdf/compare-revisions.ts';
import { coveredBytes, findSignatures, rangeDefect, type PdfSignature } from '../pdf/find-signatures.ts';
import { inflated, PdfDocument } from '../pdf/pdf-document.ts';
import { PdfDefect, PdfStream } from '../pdf/pdf-objects.ts';
import { weakParts } from './algorithms.ts';
import {
  cryptographicVerdict,
  judgeSigner,
  judgeTimeStamp,
  readOrFail,
  type StampJudgement,
  type Trust,
} from './judge-cms.ts';
import { failed, passed, undecided, type Judgement, type SignedTime, type Verdict } from './verdict.ts';

/** What came out for a file. */
export interface PdfReport {
  signatures: Judgement[];
  /** Why the file could not be looked at; its signatures are empty then. */
  defect: 'not-a-pdf' | 'broken' | 'encrypted' | undefined;
  detail: string | undefined;
  /** Something stands behind what the last signature covers. */
  isChangedSince: boolean;
}

const SUB_FILTERS = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached', 'ETSI.RFC3161']);

/**
 * Judges every signature of a PDF, one by one, each over its own revision (ETSI EN 319 102-1, EN 319 142-1). Never throws for what a file
 * holds. A signature whose revision was changed afterwards in a way it does not allow is TOTAL-FAILED (FORMAT_FAILURE, `changed-after`).
 */
export function judgePdf(bytes: Buffer, trust: Trust, now: Date): PdfReport {
  const nothing = (defect: PdfReport['defect'], detail?: string): PdfReport => ({
    signatures: [],
    defect,
    detail,
    isChangedSince: false,
  });
  let document: PdfDocument;
  let found: PdfSignature[];
  let store: Store;
  try {
    document = PdfDocument.read(bytes);
    if (document.isEncrypted) return nothing('encrypted');
    found = findSignatures(document);
    store = storeOf(document);
  } catch (error) {
    if (!(error instanceof PdfDefect)) throw error;
    return nothing(error.message === 'this is no PDF' ? 'not-a-pdf' : 'broken', error.message);
  }
  const own: Trust = {
    anchors: trust.anchors,
    along: [...trust.along, ...store.certificates],
    revocation: { crls: [...trust.revocation.crls, ...store.crls], ocsps: [...trust.revocation.ocsps, ...store.ocsps] },
  };
  const signatures: Judgement[] = [];
  // The last first: a time-stamp over the document proves the time of what it covers.
  let provenAt: Date | undefined;
  for (const one of found.toReversed()) {
    const judged =
      one.kind === 'time-stamp'
        ? judgeDocumentStamp(one, bytes, document, own, now)
        : judgeSignature(one, bytes, document, own, now, provenAt);
    if (one.kind === 'time-stamp' && judged.verdict.indication === 'TOTAL-PASSED')
      provenAt = judged.time?.at ?? provenAt;
    signatures.unshift(withLevel(judged, one, store, found));
  }
  const last = found.at(-1);
  return {
    signatures,
    defect: undefined,
    detail: undefined,
    isChangedSince: last !== undefined && endOf(last) < bytes.length,
  };
}

const endOf = ({ byteRange }: PdfSignature): number => byteRange[2] + byteRange[3];

interface Store {
  certificates: Certificate[];
  crls: Buffer[];
  ocsps: Buffer[];
}
const MOST_STORED = 500;

/** What the document carries for judging it later (DSS): EN 319 142-1, 5.4. What cannot be read there proves nothing and is left out. */
function storeOf(document: PdfDocument): Store {
  const dss = document.dict(document.catalog().get('DSS'));
  const streams = (key: string): Buffer[] =>
    document
      .list(dss?.get(key))
      .slice(0, MOST_STORED)
      .flatMap((item) => {
        try {
          const stream = document.resolve(item);
          return stream instanceof PdfStream ? [inflated(stream)] : [];
        } catch {
          return [];
        }
      });
  return {
    certificates: streams('Certs').flatMap((der) => {
      try {
        return [readCertificate(der)];
      } catch {
        return [];
      }
    }),
    crls: streams('CRLs'),
    ocsps: streams('OCSPs'),
  };
}

/** What was appended after a signature; a later revision that cannot be read is a change of the structure. */
function changesAfter(one: PdfSignature, bytes: Buffer, document: PdfDocument): Change[] {
  const end = endOf(one);
  if (end >= bytes.length) return [];
  // Line breaks and the like behind the end draw nothing.
  if (bytes.subarray(end).every((byte) => byte === 10 || byte === 13 || byte === 32 || byte === 0)) return [];
  try {
    return changesBetween(PdfDocument.read(bytes.subarray(0, end)), document);
  } catch (error) {
    if (error instanceof PdfDefect) return [{ kind: 'structure', where: error.message }];
    throw error;
  }
}

function frame(
  one: PdfSignature,
  bytes: Buffer,
  changes: Change[],
): Omit<Judgement, 'verdict' | 'isIntact' | 'signer' | 'chain' | 'isTrusted' | 'time' | 'timeStamps' | 'algorithm'> {
  return {
    field: one.field,
    kind: one.kind,
    level: 'CMS',
    reason: one.reason,
    location: one.location,
    changes,
    forbidden: forbiddenChanges(changes, one.permits),
    covers: { to: endOf(one), of: bytes.length },
    isCertifying: one.permits !== undefined,
  };
}

const nobody = {
  signer: undefined,
  chain: [],
  isTrusted: false,
  time: undefined,
  timeStamps: [],
  algorithm: undefined,
} as const;

function judgeSignature(
  one: PdfSignature,
  bytes: Buffer,
  document: PdfDocument,
  trust: Trust,
  now: Date,
  provenAt: Date | undefined,
): Judgement {
  const defect = rangeDefect(one, bytes);
  const base = frame(one, bytes, defect === undefined ? changesAfter(one, bytes, document) : []);
  if (defect !== undefined)
    return { ...base, ...nobody, isIntact: undefined, verdict: failed('FORMAT_FAILURE', 'covers-part-only', defect) };
  if (!SUB_FILTERS.has(one.subFilter))
    return {
      ...base,
      ...nobody,
      isIntact: undefined,
      verdict: undecided('FORMAT_FAILURE', 'cannot-be-read', one.subFilter),
    };
  const read = readOrFail(one.contents);
  if ('verdict' in read) return { ...base, ...nobody, isIntact: undefined, verdict: read.verdict };
  const { cms } = read;
  const own: Trust = {
    ...trust,
    along: [...trust.along, ...cms.certificates],
    revocation: { crls: [...trust.revocation.crls, ...cms.crls], ocsps: [...trust.revocation.ocsps, ...cms.ocsps] },
  };
  const stamps = cms.timeStamps.map((token) => judgeTimeStamp(token, [cms.signature], own, now));
  const time = timeOf(one, cms, stamps, provenAt);
  const told = {
    ...base,
    signer: cms.signer,
    timeStamps: stamps.map(({ verdict, at, by }) => ({ verdict, at, by })),
    time,
    algorithm: algorithmOf(cms),
  };
  const broken = cms.content
    ? failed('FORMAT_FAILURE', 'cannot-be-read', 'the signature has a content of its own')
    : cryptographicVerdict(cms, coveredBytes(one, bytes));
  const isIntact = broken?.finding !== 'content-changed';
  if (broken || !cms.signer)
    return {
      ...told,
      chain: [],
      isTrusted: false,
      isIntact,
      verdict: broken ?? undecided('NO_SIGNING_CERTIFICATE_FOUND', 'signer-missing'),
    };
  const isProven = time?.proof !== 'claimed' && time !== undefined;
  const at = isProven ? time.at : now;
  const { chain, verdict } = judgeSigner(cms.signer, own, at, isProven);
  return {
    ...told,
    isIntact,
    chain: chain.certificates,
    isTrusted: chain.anchor !== undefined,
    verdict: acceptance(cms, cms.signer, base.forbidden, at, isProven, stamps, verdict),
  };
}

/** What else a signature has to keep: nothing forbidden was appended, the key is for signing, the algorithms were trusted, times in order. */
function acceptance(
  cms: CmsSignature,
  signer: Certificate,
  forbidden: readonly Change[],
  at: Date,
  isProven: boolean,
  stamps: readonly StampJudgement[],
  ofSigner: Verdict,
): Verdict {
  if (forbidden.length > 0)
    return failed(
      'FORMAT_FAILURE',
      'changed-after',
      [...new Set(forbidden.map(({ kind, where }) => `${kind} ${where}`))].slice(0, 5).join(', '),
    );
  if (ofSigner.indication === 'TOTAL-FAILED') return ofSigner;
  const { keyUsage } = signer;
  if (keyUsage && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation'))
    return undecided('CHAIN_CONSTRAINTS_FAILURE', 'wrong-purpose', signer.subject.text);
  if (signer.isAuthority) return undecided('CHAIN_CONSTRAINTS_FAILURE', 'wrong-purpose', signer.subject.text);
  const stamp = stamps.find(({ verdict }) => verdict.indication === 'TOTAL-PASSED');
  // A signing time that lies after the time-stamp over the signature cannot be.
  if (stamp?.at && cms.claimedAt && cms.claimedAt.getTime() > stamp.at.getTime() + 5 * 60_000)
    return undecided('TIMESTAMP_ORDER_FAILURE', 'time-out-of-order');
  if (ofSigner.indication !== 'TOTAL-PASSED') return ofSigner;
  const weak = weakParts(cms, signer, at);
  if (weak.length > 0)
    return undecided(
      isProven ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      'weak-algorithm',
      weak.join(', '),
    );
  return passed;
}

/** The best proof of the time: the earliest time-stamp that holds; else what the program says. */
function timeOf(
  one: PdfSignature,
  cms: CmsSignature,
  stamps: readonly StampJudgement[],
  provenAt: Date | undefined,
): SignedTime | undefined {
  const proofs: SignedTime[] = stamps.flatMap(({ verdict, at }) =>
    verdict.indication === 'TOTAL-PASSED' && at ? [{ at, proof: 'signature-time-stamp' as const }] : [],
  );
  if (provenAt) proofs.push({ at: provenAt, proof: 'document-time-stamp' });
  const [first] = proofs.sort((a, b) => a.at.getTime() - b.at.getTime());
  const claimed = cms.claimedAt ?? one.claimedAt;
  return first ?? (claimed && { at: claimed, proof: 'claimed' });
}

function judgeDocumentStamp(
  one: PdfSignature,
  bytes: Buffer,
  document: PdfDocument,
  trust: Trust,
  now: Date,
): Judgement {
  const defect = rangeDefect(one, bytes);
  const base = frame(one, bytes, defect === undefined ? changesAfter(one, bytes, document) : []);
  if (defect !== undefined)
    return { ...base, ...nobody, isIntact: undefined, verdict: failed('FORMAT_FAILURE', 'covers-part-only', defect) };
  const judged = judgeTimeStamp(one.contents, coveredBytes(one, bytes), trust, now);
  const verdict =
    base.forbidden.length > 0 && judged.verdict.indication !== 'TOTAL-FAILED'
      ? failed('FORMAT_FAILURE', 'changed-after', base.forbidden[0]!.kind)
      : judged.verdict;
  return {
    ...base,
    signer: judged.by,
    chain: judged.chain,
    isTrusted: judged.verdict.indication === 'TOTAL-PASSED',
    isIntact: judged.verdict.finding !== 'content-changed',
    time: judged.at && { at: judged.at, proof: 'document-time-stamp' },
    timeStamps: [],
    algorithm: undefined,
    verdict,
  };
}

const algorithmOf = ({ method, digest, signer }: CmsSignature): string =>
  `${method.kind === 'rsa-pss' ? 'RSA-PSS' : method.kind === 'rsa-pkcs1' ? 'RSA' : method.kind === 'ecdsa' ? 'ECDSA' : 'Ed25519'} ${signer?.keyBits ?? ''} · ${(method.digest ?? digest).toUpperCase().replace('SHA', 'SHA-')}`;

function withLevel(judged: Judgement, one: PdfSignature, store: Store, all: readonly PdfSignature[]): Judgement {
  if (one.kind === 'time-stamp') return judged;
  const isPades = one.subFilter === 'ETSI.CAdES.detached';
  const isStamped = judged.timeStamps.length > 0;
  const hasStore = store.certificates.length > 0 && store.crls.length + store.ocsps.length > 0;
  const isArchived = all.some((other) => other.kind === 'time-stamp' && endOf(other) > endOf(one));
  const level = !isPades
    ? isStamped
      ? 'CMS-T'
      : 'CMS'
    : !isStamped && !isArchived
      ? 'B-B'
      : !hasStore
        ? 'B-T'
        : isArchived
          ? 'B-LTA'
          : 'B-LT';
  return { ...judged, level };
}
