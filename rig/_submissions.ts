import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { blobPath } from '../src/foundation/files/index.ts';
import { primaryUrl } from '../src/platform/database-hosts.ts';
import { ask, newAttempt, type Attempt } from './_dossier-load.ts';
import { runSen, type Place } from './_product.ts';

/** A procedure that the demonstration offers, and what the rigs' applicant is called there. */
const PROCEDURE = '1.001193';
const APPLICANT = 'Người nộp thử';

export interface Found {
  found: number;
  /** Acknowledged, and not there. */
  lost: number;
  /** There, but without its paper, its event or its bytes. */
  half: number;
  doubled: number;
}

export interface Submissions {
  readonly acknowledged: ReadonlyMap<string, { id: string; sha256: string }>;
  /** Attempts of which nobody knows what became of them; they are sent again with the same key. */
  readonly unknown: readonly Attempt[];
  /** Longest time without an acknowledgement since the last call, in seconds. */
  longestGap(): number;
  /** Answers by their status, 0 when there was none. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The last answer that was refused with 503 since the last call. */
  lastRefusal(): string;
  run(): void;
  pause(): Promise<void>;
  /** Sends what is unknown until it is known, then stops for good. */
  finish(): Promise<void>;
  verify(url: string): Promise<Found>;
}

export async function query<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: await primaryUrl(url) });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A client of the API that may submit, and submissions for it to send. */
export interface Desk {
  token: string;
  next(): Attempt;
}

/** Makes a client that may submit (and what `scopes` adds), for a unit that offers the rigs' procedure. */
export async function openDesk(place: Place, name: string, scopes: readonly string[] = []): Promise<Desk> {
  const allowed = ['dossiers.submit', 'dossiers.submit-paper', ...scopes].join(',');
  const created = await runSen(place, ['clients', 'create', `${name}-rig`, '--scopes', allowed]);
  if (created.code !== 0) throw new Error(created.said);
  const [offer] = await query<{ unit_id: string }>(
    place.url,
    `select o.unit_id from procedures.offer o join procedures.procedure p on p.id = o.procedure_id where p.code = $1 order by 1 limit 1`,
    [PROCEDURE],
  );
  return {
    token: created.said.split('\n').at(-1) ?? '',
    next: () => newAttempt(name, PROCEDURE, offer?.unit_id ?? ''),
  };
}

/** Submits dossiers with a paper each to a running product, through as many clients, and knows which were acknowledged. */
export async function submissions(place: Place, clients: number, name: string): Promise<Submissions> {
  const desk = await openDesk(place, name);
  const acknowledged = new Map<string, { id: string; sha256: string }>();
  const statuses = new Map<number, number>();
  const unknown: Attempt[] = [];
  const state = { isRunning: false, isFinished: false, inFlight: 0, lastAt: 0, gap: 0, refusal: '' };
  const remember = (attempt: Attempt, id: string) => {
    const known = acknowledged.get(attempt.key);
    if (known && known.id !== id) process.stderr.write(`two ids for one key ${attempt.key}\n`);
    acknowledged.set(attempt.key, { id, sha256: attempt.sha256 });
    const now = performance.now();
    if (state.lastAt > 0) state.gap = Math.max(state.gap, now - state.lastAt);
    state.lastAt = now;
  };
  async function client(): Promise<void> {
    while (!state.isFinished) {
      if (!state.isRunning) {
        await sleep(20);
        continue;
      }
      const attempt = unknown.shift() ?? desk.next();
      state.inFlight++;
      const answer = await ask(place.port, '/api/v1/dossiers', {
        token: desk.token,
        key: attempt.key,
        body: attempt.body,
      });
      state.inFlight--;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 503) state.refusal = answer.text;
      if (answer.status === 200 || answer.status === 201) {
        remember(attempt, (JSON.parse(answer.text) as { id: string }).id);
        continue;
      }
      unknown.push(attempt);
      await sleep(20);
    }
  }
  const running = Array.from({ length: clients }, client);
  const pause = async () => {
    state.isRunning = false;
    while (state.inFlight > 0) await sleep(10);
    state.lastAt = 0;
  };
  return {
    acknowledged,
    unknown,
    statuses,
    lastRefusal() {
      const { refusal } = state;
      state.refusal = '';
      return refusal;
    },
    longestGap() {
      const { gap } = state;
      state.gap = 0;
      return Number((gap / 1_000).toFixed(2));
    },
    run: () => void (state.isRunning = true),
    pause,
    async finish() {
      state.isRunning = true;
      for (let tries = 0; tries < 2_400 && unknown.length > 0; tries++) await sleep(50);
      await pause();
      state.isFinished = true;
      await Promise.all(running);
    },
    verify: (url) => verify(url, place.files, acknowledged),
  };
}

async function verify(
  url: string,
  files: string,
  acknowledged: ReadonlyMap<string, { id: string; sha256: string }>,
): Promise<Found> {
  const rows = await query<{ key: string; id: string; papers: number; events: number; sha256: string | null }>(
    url,
    `select k.key, d.id, (select count(*)::int from dossiers.paper p where p.dossier_id = d.id) as papers,
       (select count(*)::int from platform.event e where e.subject_kind = 'dossier' and e.subject_id = d.id::text and e.name = 'dossiers.submitted') as events,
       (select encode(f.sha256, 'hex') from dossiers.paper p join files.file f on f.id = p.file_id where p.dossier_id = d.id limit 1) as sha256
     from dossiers.dossier d left join dossiers.submission_key k on k.dossier_id = d.id where d.applicant_name = $1`,
    [APPLICANT],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  const isHalf = (row: (typeof rows)[number]) =>
    !row.key || row.papers !== 1 || row.events !== 1 || !row.sha256 || !bytesAreThere(files, row.sha256);
  let lost = 0;
  let half = rows.filter(isHalf).length;
  for (const [key, { id, sha256 }] of acknowledged) {
    const row = found.get(key);
    if (row?.id !== id) lost++;
    else if (row.sha256 !== sha256) half++;
  }
  return { found: rows.length, lost, half, doubled: rows.length - found.size };
}

function bytesAreThere(files: string, sha256: string): boolean {
  try {
    const bytes = readFileSync(blobPath(files, Buffer.from(sha256, 'hex')));
    return createHash('sha256').update(bytes).digest('hex') === sha256;
  } catch {
    return false;
  }
}

/** Ends a process at once and waits until it is gone. */
export async function killHard(pid: number | undefined): Promise<void> {
  if (!pid) return;
  for (let tries = 0; tries < 800; tries++) {
    try {
      process.kill(pid, tries === 0 ? 'SIGKILL' : 0);
    } catch {
      return;
    }
    await sleep(25);
  }
}
