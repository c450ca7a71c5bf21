import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ApplicantKind, Channel, ProcedureTerms } from './dossier.ts';

/** Who asks for something, as written into the form. */
export interface ApplicantInput {
  kind: ApplicantKind;
  /** The account whose dossier it is; null at the counter for people without one. */
  accountId: string | null;
  name: string;
  identity: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  /** Whoever hands it in for the applicant. */
  submitterName: string | null;
  /** The account of whoever hands it in for the applicant, and the delegation that lets them. */
  submitterAccountId?: string | null;
  delegationId?: string | null;
}

/** One line of the checklist. */
export interface PaperInput {
  componentCode: string | null;
  name: string;
  /** A file of files.file(id), registered before or in the same transaction. */
  fileId: string | null;
  originals: number;
  copies: number;
  isElectronic: boolean;
  isDigitised?: boolean;
  isFromDataStore?: boolean;
  sourceDatabase?: string | null;
}

export interface SubmissionInput {
  /** Idempotency key, 8–200 characters, unique per sender: the id of the draft does. */
  key: string;
  procedureId: string;
  procedureVersionId: string;
  offerId: string | null;
  terms: ProcedureTerms;
  formSubmissionId: string | null;
  applicant: ApplicantInput;
  channel: Channel;
  /** How the result is to be handed over. */
  delivery: Channel;
  deliveryAddress: string | null;
  supportUnitId: string | null;
  receivingUnitId: string;
  competentUnitId: string;
  papers: readonly PaperInput[];
  /** What makes two sendings the same; by default the whole input. Give it when ids inside differ between retries. */
  contentDigest?: string;
}

export interface Acknowledgement {
  dossierId: string;
  /** Short number to type where there is no code yet. */
  trackingNumber: string;
  /** With the code (or the id, before there is one) it opens the public tracking page. */
  trackingSecret: string;
  submittedAt: Date;
  /** False when the same key had been sent before. */
  isNew: boolean;
}

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/**
 * The secret on the acknowledgement, eight letters a person can read out. Derived from the installation's secret, so that a
 * slip can be printed again and a submission sent twice is acknowledged twice alike; the database holds its hash only.
 */
export function trackingSecretOf(installationSecret: string, dossierId: string): string {
  const digest = createHmac('sha256', installationSecret).update(`dossiers.tracking/${dossierId}`).digest();
  let secret = '';
  for (let i = 0; i < 8; i += 1) secret += ALPHABET[digest.readUInt32BE(i * 4) % ALPHABET.length];
  return secret;
}

const NUMBER_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The short number on the acknowledgement, `K7M2P-Q9XWA`: before there is a code a person can type it. It follows from the id, as the
 * column `tracking_number` does; with the secret it opens the public tracking page.
 */
export function trackingNumberOf(dossierId: string): string {
  const digest = createHash('sha256')
    .update(Buffer.from(dossierId.replaceAll('-', ''), 'hex'))
    .digest();
  const letters = [...digest.subarray(0, 10)].map((byte) => NUMBER_ALPHABET[byte & 31]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** A tracking number as it is stored, however it was typed (small letters, blanks, hyphens); null when the text cannot be one. */
export function readTrackingNumber(text: string): string | null {
  const letters = text.toUpperCase().replaceAll(/[\s.–-]/g, '');
  return /^[2-9A-HJ-NP-Z]{10}$/.test(letters) ? letters : null;
}

export const trackingHash = (dossierId: string, secret: string): Buffer =>
  createHash('sha256').update(`${dossierId}/${secret.trim().toUpperCase()}`).digest();

export const isTrackingSecret = (dossierId: string, secret: string, hash: Buffer): boolean =>
  timingSafeEqual(trackingHash(dossierId, secret), hash);

export function contentHash(input: SubmissionInput): Buffer {
  const { key: _key, contentDigest, ...content } = input;
  return createHash('sha256')
    .update(contentDigest ?? JSON.stringify(content))
    .digest();
}
