import { statement, type Tx } from '../../platform/database.ts';

const see = statement(
  'identity.see_device',
  `with known as (select count(*) as n from identity.device where account_id = $1),
   seen as (
     insert into identity.device (account_id, device_hash, user_agent, first_seen_at, last_seen_at) values ($1, $2, $3, $4, $4)
     on conflict (account_id, device_hash) do update set last_seen_at = excluded.last_seen_at, user_agent = excluded.user_agent
     returning (xmax = 0) as is_new)
   select seen.is_new as "isNew", known.n = 0 as "isFirst" from seen, known`,
);
const sweep = statement(
  'identity.sweep_devices',
  `delete from identity.device where last_seen_at < $1::timestamptz - interval '400 days'`,
);

export async function seeDevice(
  tx: Tx,
  device: { accountId: string; hash: Buffer; userAgent: string | null },
): Promise<{ isNew: boolean; isFirst: boolean }> {
  const [row] = await tx.run<{ isNew: boolean; isFirst: boolean }>(see, [
    device.accountId,
    device.hash,
    device.userAgent?.slice(0, 300) ?? null,
    tx.now,
  ]);
  return row ?? { isNew: false, isFirst: false };
}
export const sweepDevices = (tx: Tx) => tx.run(sweep, [tx.now]);
