import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/seal.ts';
import { keyMade } from './ledger-events.ts';
import { listKeys, lockKeys, replaceKey, resealKey, type LogKey } from './key-queries.ts';
import {
  newSigner,
  parseVerifierKey,
  pemOf,
  signerOf,
  verifierKey,
  type Signer,
  type Verifier,
} from './signed-note.ts';

type Secrets = Pick<Config, 'secret' | 'formerSecrets' | 'publicUrl'>;
const PURPOSE = 'ledger-key';
const SUBJECT = { kind: 'ledger', id: 'key' };

/** The address of the log without its scheme: the name it has until somebody begins it anew. */
export const firstOrigin = ({ publicUrl }: Pick<Config, 'publicUrl'>): string =>
  `${publicUrl.replace(/^https?:\/\//, '')}/ledger`;

/** Verifiers of every key that the log has had. */
export const listVerifiers = async (reader: Reader): Promise<Verifier[]> =>
  (await listKeys(reader)).flatMap((key) => parseVerifierKey(key.verifierKey) ?? []);

/** The key in use, made when there is none yet. */
export async function presentSigner(tx: Tx, config: Secrets): Promise<Signer> {
  const known = (await listKeys(tx)).find((key) => key.retiredAt === null);
  if (known) return openKey(tx, config, known);
  await lockKeys(tx);
  const meanwhile = (await listKeys(tx)).find((key) => key.retiredAt === null);
  return meanwhile ? openKey(tx, config, meanwhile) : makeKey(tx, config, firstOrigin(config), null);
}

/**
 * A new key in the place of the one in use.
 * @param origin name of the log from now on; the same one unless the log begins anew
 */
export async function makeKey(tx: Tx, config: Secrets, origin: string, reason: string | null): Promise<Signer> {
  const signer = newSigner(origin, 1);
  await replaceKey(tx, {
    id: newId(),
    origin,
    verifierKey: verifierKey(signer),
    privateSealed: seal(config.secret, PURPOSE, pemOf(signer)),
    reason,
  });
  publish(tx, keyMade, { subject: SUBJECT, payload: { verifierKey: verifierKey(signer), reason } });
  return signer;
}

/** Opens a key; sealed anew when it was sealed with a secret of before. @throws Error when no secret fits */
async function openKey(tx: Tx, config: Secrets, key: LogKey): Promise<Signer> {
  for (const secret of [config.secret, ...config.formerSecrets]) {
    const pem = unseal(secret, PURPOSE, key.privateSealed);
    if (pem === null) continue;
    if (secret !== config.secret) await resealKey(tx, key.id, seal(config.secret, PURPOSE, pem));
    return signerOf(key.origin, 1, pem);
  }
  throw new Error(
    'The key of the ledger was sealed with another SEN_SECRET: put that one into SEN_FORMER_SECRETS, or make a new key with npx sen ledger new-key',
  );
}
