import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../platform/ids.ts';

/**
 * The secret part of an invitation's address: the signature's id with a MAC of the installation over it. It is derived, so that the applicant
 * and a reminder can show it again and nothing secret is stored; a voided confirmation ends with its ids.
 */
export function invitationToken(secret: string, signatureId: string): string {
  const bytes = Buffer.from(signatureId.replaceAll('-', ''), 'hex');
  return `${bytes.toString('base64url')}${macOf(secret, signatureId).toString('base64url')}`;
}

const macOf = (secret: string, signatureId: string): Buffer =>
  createHmac('sha256', secret).update(`forms.invitation ${signatureId}`).digest().subarray(0, 18);

/** The signature a token is for; null for anything that was not made here. */
export function signatureOfToken(secret: string, token: string): string | null {
  if (!/^[\w-]{46}$/.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  if (!isId(id)) return null;
  const given = Buffer.from(token.slice(22), 'base64url');
  const right = macOf(secret, id);
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}
