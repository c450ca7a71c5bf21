import { statement, type Tx } from '../../platform/database.ts';

const lock = statement(
  'notifications.lock_tokens',
  `insert into notifications.provider as p (key, channel) values ($1, $2)
   on conflict (key) do update set channel = excluded.channel returning tokens, tokens_until as "tokensUntil"`,
);
const save = statement(
  'notifications.save_tokens',
  'update notifications.provider set tokens = $2, tokens_until = $3 where key = $1',
);
const quota = statement('notifications.save_quota', 'update notifications.provider set quota_left = $2 where key = $1');

/** The sealed tokens of a provider, its row locked: a refresh token works once, so only one worker may use it. */
export async function lockTokens(
  tx: Tx,
  key: string,
  channel: string,
): Promise<{ tokens: Buffer | null; tokensUntil: Date | null }> {
  return (
    (await tx.run<{ tokens: Buffer | null; tokensUntil: Date | null }>(lock, [key, channel]))[0] ?? {
      tokens: null,
      tokensUntil: null,
    }
  );
}
export const saveTokens = (tx: Tx, key: string, tokens: Buffer, until: Date): Promise<object[]> =>
  tx.run(save, [key, tokens, until]);
export const saveQuota = (tx: Tx, key: string, left: number): Promise<object[]> => tx.run(quota, [key, left]);
