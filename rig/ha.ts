import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, demandPatroni, startCluster, type Cluster } from './_patroni.ts';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { submissions } from './_submissions.ts';

/*
 * The database is a Patroni cluster of three nodes (ttl 20 s, synchronous), DATABASE_URL lists them, and dossiers with papers are being
 * submitted through the product the whole time. Four faults, one after the other: PostgreSQL of the primary is killed, its whole host is
 * lost, a switchover, and a primary whose guard stands still while it serves on. The product is not started again. Every acknowledged
 * dossier must be there, once, whole; and writing may stand still for 8, 35, 6 and 35 s. `--control` is the same cluster
 * without synchronous replication, with the two faults that then lose what was acknowledged: the check must find it.
 *
 * npm run rig -- ha [--control]      (Debian 12: patroni etcd-server python3-etcd postgresql-15)
 */

const isControl = process.argv.includes('--control');
const LIMITS_S = { killed: 8, host_lost: 35, switchover: 6, frozen: 35 } as const;
type Fault = keyof typeof LIMITS_S;

demandPatroni();
const say = (line: string): void => void process.stdout.write(`  ${line}\n`);
const cluster: Cluster = await startCluster(!isControl);
const files = mkdtempSync(join(tmpdir(), 'sen-rig-ha-files-'));
const place: Place = { url: cluster.url, files, port: 18_501 };

async function until(what: string, isSo: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}

let product: Awaited<ReturnType<typeof startProduct>> | undefined;
try {
  await createDatabase(cluster.url);
  product = await startProduct(place);
  const load = await submissions(place, 12, 'ha');
  const gaps: Partial<Record<Fault, number>> = {};
  load.run();

  /** Acknowledgements come again, and have been coming for some seconds. */
  const flowing = async (): Promise<void> => {
    const from = load.acknowledged.size;
    await until('submissions are acknowledged again', () => load.acknowledged.size > from + 30);
    await sleep(2_000);
  };
  async function during(fault: Fault, work: (leader: string) => Promise<void>): Promise<void> {
    const leader = await cluster.whole();
    await flowing();
    load.longestGap();
    const before = load.acknowledged.size;
    await work(leader);
    await flowing();
    gaps[fault] = load.longestGap();
    const now = await cluster.whole();
    say(`${fault}: ${leader} → ${now}, ${load.acknowledged.size - before} acknowledged, longest gap ${gaps[fault]} s`);
  }
  const anotherLeads = (before: string) =>
    until('another node leads', async () => !['', before].includes(await cluster.leader()));

  if (!isControl)
    await during('killed', async (leader) => {
      cluster.killPostgres(leader);
      await sleep(10_000);
    });
  await during('host_lost', async (leader) => {
    const host = cluster.loseHost(leader);
    await anotherLeads(leader);
    await flowing();
    host.return();
  });
  if (!isControl)
    await during('switchover', async (leader) => {
      cluster.switchover(leader, await cluster.standbyOf(leader));
      await anotherLeads(leader);
    });
  await during('frozen', async (leader) => {
    const guard = cluster.freezeGuard(leader);
    await anotherLeads(leader);
    await sleep(5_000);
    guard.return();
  });

  await load.finish();
  const result = await load.verify(cluster.url);
  const isWithin = Object.entries(gaps).every(([fault, gap]) => gap <= LIMITS_S[fault as Fault]);
  const isWhole = result.lost + result.half + result.doubled === 0 && load.acknowledged.size > 0;
  const figures = Object.fromEntries(Object.entries(gaps).map(([fault, gap]) => [`${fault}_s`, gap]));
  const line = {
    rig: 'ha',
    control: isControl,
    acknowledged: load.acknowledged.size,
    ...result,
    ...figures,
    gap_s: Math.max(...Object.values(gaps)),
    answers: Object.fromEntries(load.statuses),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exitCode = (isControl ? result.lost > 0 : isWhole && isWithin) ? 0 : 1;
} finally {
  if (product) await stopProduct(product);
  await cluster.stop();
  rmSync(files, { recursive: true, force: true });
}
process.exit();
