import { generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/database.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { insertKey, listKeys, lockKeys } from './oidc-queries.ts';
import { seal, unseal } from '../../platform/seal.ts';

const generate = promisify(generateKeyPair);
const PURPOSE = 'oidc-key';

/**
 * The provider's signing keys, newest first. The first start makes one (ES256); all processes share it. Keys lie sealed in the
 * database: a backup alone cannot sign, and after a change of the secret a new key is made and old tokens are void.
 */
export async function signingKeys(context: { db: Database; config: Config }): Promise<JWK[]> {
  const { secret } = context.config;
  return inTransaction(context.db, { actor: systemActor('identity') }, async (tx) => {
    await lockKeys(tx);
    const known = (await listKeys(tx)).flatMap(({ sealed }) => {
      const text = unseal(secret, PURPOSE, sealed);
      return text === null ? [] : [JSON.parse(text) as JWK];
    });
    if (known.length > 0) return known;
    const { privateKey } = await generate('ec', { namedCurve: 'P-256' });
    const kid = randomUUID();
    const jwk = { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } as JWK;
    await insertKey(tx, kid, seal(secret, PURPOSE, JSON.stringify(jwk)));
    return [jwk];
  });
}
