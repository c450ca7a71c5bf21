import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { auditMonth } from './month-export.ts';
import { judgeProof, parseProof, type Verdict } from './proof.ts';
import { parseVerifierKey, verifierKey, type Verifier } from './signed-note.ts';
import { openWitness, witnessServer } from './witness-server.ts';

/* Commands that need no database and no network: for people who do not run the product. */

const USAGE = {
  verify: `npx sen ledger verify FILE|CODE --key KEY [--witness KEY]…

Says what a proof shows. FILE is a proof that was downloaded (.tlog-proof), CODE what stands behind a square of dots. KEY is the verifier key of the
log, as its page /so-cai shows it; take it from somewhere you trust. Exit code 0 when it is proven.`,
  audit: `npx sen ledger audit FILE --key KEY [--witness KEY]…

Checks a month that was exported with npx sen ledger export: every event against the tree, the tree against the signed checkpoint. Exit code 0 when all fits.`,
  witness: `npx sen witness --log KEY [--log KEY]… [--name NAME] [--folder FOLDER] [--port 8091] [--host 127.0.0.1]

Runs a witness (C2SP tlog-witness): it cosigns the checkpoints of these logs as long as each continues the one before. KEY is the verifier key of a log. The
witness's own key is made in FOLDER (.sen/witness) at the first start; the address goes into SEN_LEDGER_WITNESSES of the log.`,
};

interface Options {
  words: string[];
  values: Map<string, string[]>;
}
function read(args: readonly string[]): Options {
  const options: Options = { words: [], values: new Map() };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (!arg.startsWith('--')) options.words.push(arg);
    else options.values.set(arg, [...(options.values.get(arg) ?? []), args[(at += 1)] ?? '']);
  }
  return options;
}

/** Keys given on the line, or in a file with one on each line. @throws Error naming what is none */
function keysOf({ values }: Options, name: string): Verifier[] {
  return (values.get(name) ?? []).flatMap((text) => {
    const lines = text.includes('+')
      ? [text]
      : readFileSync(fileAt(text), 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const key = parseVerifierKey(line);
      if (!key) throw new Error(`This is not a verifier key: ${line.slice(0, 100)}`);
      return key;
    });
  });
}
const fileAt = (path: string): string => resolve(process.env['SEN_CALLED_FROM'] ?? '.', path);
const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

const OUTCOMES: Record<Verdict['outcome'], string> = {
  proven: 'PROVEN: the event is in the log, and the log is signed by the key you gave',
  'not-included': 'NOT PROVEN: the event was changed, or belongs to another proof',
  'not-signed': 'NOT PROVEN: the checkpoint is not signed by the key you gave',
  unreadable: 'NOT PROVEN: the entry is in the log, and is not an event',
};

function verify(args: readonly string[]): number {
  const options = read(args);
  const [given] = options.words;
  const keys = keysOf(options, '--key');
  if (given === undefined || keys.length === 0) return help('verify');
  const proof = parseProof(/^[A-Z2-7]{200,}$|[?&#]ma=/.test(given) ? given : readFileSync(fileAt(given), 'utf8'));
  if (!proof) {
    say(['NOT A PROOF: the file or code cannot be read']);
    return 2;
  }
  const verdict = judgeProof(proof, keys, keysOf(options, '--witness'));
  const { event } = verdict;
  say([
    OUTCOMES[verdict.outcome],
    `log       ${verdict.origin}`,
    `entry     ${verdict.leaf} of ${verdict.size}`,
    ...(event
      ? [
          `event     ${event.name} (${event.id})`,
          `time      ${event.occurredAt.toISOString()}`,
          `subject   ${event.subjectKind} ${event.subjectId}`,
          `by        ${event.actorKind} ${verdict.data?.actorLabel ?? event.actorId ?? ''}`.trimEnd(),
          ...(verdict.data ? [`said      ${JSON.stringify(verdict.data.payload)}`] : []),
        ]
      : []),
    ...verdict.cosigned.map(({ name, at }) => `cosigned  ${name} ${at.toISOString()}`),
  ]);
  return verdict.outcome === 'proven' ? 0 : 1;
}

async function audit(args: readonly string[]): Promise<number> {
  const options = read(args);
  const [path] = options.words;
  const keys = keysOf(options, '--key');
  if (path === undefined || keys.length === 0) return help('audit');
  const lines = createInterface({ input: createReadStream(fileAt(path)), crlfDelay: Number.POSITIVE_INFINITY });
  const report = await auditMonth(lines, keys, keysOf(options, '--witness'));
  const isRight = report.faults.length === 0;
  say([
    isRight ? `RIGHT: ${report.events} events of ${report.month} are those that were signed` : 'NOT RIGHT',
    ...report.faults.map((fault) => `- ${fault}`),
    `log       ${report.origin}`,
    `entries   ${report.from} to ${report.to - 1} of ${report.size}`,
    `no text   ${report.withoutText}`,
    ...[...report.types]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, count]) => `${String(count).padStart(9)} ${type}`),
    ...report.cosigned.map((name) => `cosigned  ${name}`),
  ]);
  return isRight ? 0 : 1;
}

async function runWitness(args: readonly string[]): Promise<number> {
  const options = read(args);
  const one = (name: string, fallback: string) => options.values.get(name)?.at(-1) ?? fallback;
  const logs = keysOf(options, '--log');
  const port = Number(one('--port', '8091'));
  if (logs.length === 0 || !Number.isInteger(port) || logs.some((log) => log.type !== 1)) return help('witness');
  const name = one('--name', `localhost:${port}/witness`);
  const witness = await openWitness({ folder: fileAt(one('--folder', '.sen/witness')), name, logs });
  const server = witnessServer(witness, logs, (error) => process.stderr.write(`${String(error)}\n`));
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, one('--host', '127.0.0.1'), done));
  say([
    `The witness answers at http://${one('--host', '127.0.0.1')}:${port}`,
    `Its key: ${verifierKey(witness.key)}`,
    ...logs.map((log) => `It follows ${log.name}`),
  ]);
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => done()));
    process.once('SIGTERM', () => server.closeIdleConnections());
  });
  return 0;
}

function help(command: keyof typeof USAGE): number {
  process.stderr.write(`${USAGE[command]}\n`);
  return 2;
}

/** Runs one of them. @returns the exit code */
export async function runOffline(args: readonly string[]): Promise<number> {
  const [first, second, ...rest] = args;
  if (first === 'witness') return args.includes('--help') ? help('witness') : runWitness(args.slice(1));
  if (first === 'ledger' && second === 'verify') return rest.includes('--help') ? help('verify') : verify(rest);
  if (first === 'ledger' && second === 'audit') return rest.includes('--help') ? help('audit') : audit(rest);
  throw new Error(`There is no command ${args.join(' ')}`);
}
