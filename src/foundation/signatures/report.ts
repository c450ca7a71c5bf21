import type { Certificate } from './cms/certificate.ts';
import type { PdfReport } from './judge/judge-pdf.ts';
import type { Finding, Indication, SubIndication } from './judge/verdict.ts';

/** What came out for a file, as data: the JSON of `sen signature verify --json`, of the page's download, and what crosses from the judging thread. */
export interface SignatureReport {
  /** SHA-256 of the file. */
  sha256: string;
  bytes: number;
  judgedAt: string;
  /** Why the file could not be looked at; null when it could. */
  defect: 'not-a-pdf' | 'broken' | 'encrypted' | 'too-slow' | null;
  detail: string | null;
  /** Something stands behind what the last signature covers. */
  changedSince: boolean;
  signatures: ReportedSignature[];
}
export interface ReportedSignature {
  field: string;
  kind: 'signature' | 'time-stamp';
  indication: Indication;
  subIndication: SubIndication | null;
  finding: Finding | null;
  detail: string | null;
  /** The signed bytes are as they were; null when that could not be looked at. */
  intact: boolean | null;
  trusted: boolean;
  signer: ReportedCertificate | null;
  chain: string[];
  time: { at: string; proof: 'signature-time-stamp' | 'document-time-stamp' | 'claimed' } | null;
  timeStamps: { at: string | null; by: string | null; indication: Indication; subIndication: SubIndication | null }[];
  level: string;
  algorithm: string | null;
  reason: string | null;
  location: string | null;
  certifying: boolean;
  changes: { kind: string; where: string }[];
  forbidden: { kind: string; where: string }[];
  covers: { to: number; of: number };
}
export interface ReportedCertificate {
  name: string;
  organisation: string | null;
  units: string[];
  email: string | null;
  subject: string;
  issuer: string;
  serial: string;
  sha256: string;
  notBefore: string;
  notAfter: string;
}

const certificate = (one: Certificate): ReportedCertificate => ({
  name: one.subject.commonName ?? one.subject.text,
  organisation: one.subject.organisation ?? null,
  units: [...one.subject.units],
  email: one.subject.email ?? null,
  subject: one.subject.text,
  issuer: one.issuer.text,
  serial: one.serial,
  sha256: one.fingerprint,
  notBefore: one.notBefore.toISOString(),
  notAfter: one.notAfter.toISOString(),
});

export function reportOf(found: PdfReport, file: { sha256: string; bytes: number }, judgedAt: Date): SignatureReport {
  return {
    ...file,
    judgedAt: judgedAt.toISOString(),
    defect: found.defect ?? null,
    detail: found.detail ?? null,
    changedSince: found.isChangedSince,
    signatures: found.signatures.map((one) => ({
      field: one.field,
      kind: one.kind,
      indication: one.verdict.indication,
      subIndication: one.verdict.reason ?? null,
      finding: one.verdict.finding ?? null,
      detail: one.verdict.detail ?? null,
      intact: one.isIntact ?? null,
      trusted: one.isTrusted,
      signer: one.signer ? certificate(one.signer) : null,
      chain: one.chain.map(({ subject }) => subject.text),
      time: one.time ? { at: one.time.at.toISOString(), proof: one.time.proof } : null,
      timeStamps: one.timeStamps.map(({ at, by, verdict }) => ({
        at: at?.toISOString() ?? null,
        by: by ? (by.subject.commonName ?? by.subject.text) : null,
        indication: verdict.indication,
        subIndication: verdict.reason ?? null,
      })),
      level: one.level,
      algorithm: one.algorithm ?? null,
      reason: one.reason ?? null,
      location: one.location ?? null,
      certifying: one.isCertifying,
      changes: [...one.changes],
      forbidden: [...one.forbidden],
      covers: one.covers,
    })),
  };
}

/** The verdict over a whole file: the worst of its signatures; undefined when it has none. */
export function overall({ signatures }: SignatureReport): Indication | undefined {
  const all = signatures.map(({ indication }) => indication);
  if (all.length === 0) return undefined;
  if (all.includes('TOTAL-FAILED')) return 'TOTAL-FAILED';
  return all.includes('INDETERMINATE') ? 'INDETERMINATE' : 'TOTAL-PASSED';
}
