import { createHmac, hkdfSync } from 'node:crypto';

/* Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): symmetric signatures, and secrets in their form. */

/** Hours for which the secret before still signs beside the new one. */
export const SECRET_OVERLAP_HOURS = 24;

/**
 * The secret of a subscription, `whsec_` and 32 bytes as base64. Derived from the installation's secret: the database holds none, and
 * whoever copies it can sign nothing.
 */
export const secretOf = (installationSecret: string, subscriptionId: string, generation: number): string =>
  `whsec_${Buffer.from(hkdfSync('sha256', installationSecret, 'sen.webhooks', `${subscriptionId}/${generation}`, 32)).toString('base64')}`;

/** `v1,<base64>` over `id.timestamp.body`. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

export interface SigningFacts {
  id: string;
  secretGeneration: number;
  previousUntil: Date | null;
}

/** The three headers of a message; signed with the secret before, too, while that is let live. `now` in milliseconds. */
export function signedHeaders(
  installationSecret: string,
  subscription: SigningFacts,
  message: { id: string; body: string },
  now: number,
): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  const { secretGeneration, previousUntil } = subscription;
  const generations = [
    secretGeneration,
    ...(previousUntil !== null && previousUntil.getTime() > now ? [secretGeneration - 1] : []),
  ];
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': generations
      .map((each) =>
        signatureOf(secretOf(installationSecret, subscription.id, each), message.id, timestamp, message.body),
      )
      .join(' '),
  };
}
