import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Subject } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import type { UploadLimits } from './blob-store.ts';
import { uploadNotGranted } from './upload-problems.ts';

/** What a page lets a person upload in pieces: for which thing, of which kinds, how large. */
export interface UploadGrant extends UploadLimits {
  owner: Subject;
}

const HOURS = 24;

/** Whose an upload is: the account of the person, or the official. */
export const senderOf = (actor: Actor): string => actor.accountId ?? actor.id ?? '';

const seal = (config: Config, body: string): Buffer =>
  createHmac('sha256', config.secret).update(`files.upload/${body}`).digest();

/**
 * The permission that the page of the owning module hands to the browser: the module that checked the right says what may come, this one holds
 * every piece to it. Valid for a day, for this person only.
 */
export function grantUpload(config: Config, actor: Actor, grant: UploadGrant, now: Date): string {
  const body = Buffer.from(
    JSON.stringify({ ...grant, sender: senderOf(actor), until: now.getTime() + HOURS * 3_600_000 }),
  ).toString('base64url');
  return `${body}.${seal(config, body).toString('base64url')}`;
}

/** @throws uploadNotGranted when it was changed, is another person's or is older than a day */
export function readGrant(config: Config, actor: Actor, token: string, now: Date): UploadGrant {
  const [body = '', sent = ''] = token.split('.');
  const given = Buffer.from(sent, 'base64url');
  const expected = seal(config, body);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw problem(uploadNotGranted);
  const { sender, until, ...grant } = JSON.parse(Buffer.from(body, 'base64url').toString()) as UploadGrant & {
    sender: string;
    until: number;
  };
  if (sender !== senderOf(actor) || sender === '' || until < now.getTime()) throw problem(uploadNotGranted);
  return grant;
}
