import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import { publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { findNewestCheckpoint } from './checkpoint-queries.ts';
import { eraseLink } from './erase-link.ts';
import { forget } from './checkpoint-memory.ts';
import { issueCheckpoint } from './issue-checkpoint.ts';
import { logBegunAnew } from './ledger-events.ts';
import { listKeys } from './key-queries.ts';
import { getHead } from './ledger-queries.ts';
import { makeKey } from './log-keys.ts';
import { exportMonth } from './month-export.ts';
import { runCheck } from './run-check.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const actor = systemActor('npx sen ledger');
const reasonIn = (args: readonly string[]): string => {
  const at = args.indexOf('--reason');
  return at < 0
    ? ''
    : args
        .slice(at + 1)
        .join(' ')
        .trim();
};

async function status({ db }: AppContext): Promise<number> {
  const [head, newest, keys] = [
    await getHead(db.reader),
    await findNewestCheckpoint(db.reader),
    await listKeys(db.reader),
  ];
  say(
    `entries     ${head.size}\ncheckpoint  ${newest ? `${newest.size} at ${newest.issuedAt.toISOString()}` : 'none yet'}`,
  );
  for (const key of keys)
    say(`key         ${key.verifierKey}${key.retiredAt ? ` (until ${key.retiredAt.toISOString()})` : ''}`);
  return 0;
}

async function check(context: AppContext): Promise<number> {
  const outcome = await runCheck(context, 'asked', {
    leaves: Number.MAX_SAFE_INTEGER,
    subjects: Number.MAX_SAFE_INTEGER,
  });
  if (!outcome) {
    say('Another process is checking: look at the page of the ledger, or try again');
    return 2;
  }
  for (const { kind, place, subject, recorded, found } of outcome.findings)
    say(
      `${kind}  ${place}${subject ? `  ${subject.label}` : ''}${recorded || found ? `  ${recorded ?? '-'} -> ${(found ?? '-').slice(0, 200)}` : ''}`,
    );
  say(`${outcome.leaves} entries and ${outcome.subjects} dossiers compared, ${outcome.findings.length} findings`);
  return outcome.findings.length === 0 ? 0 : 1;
}

async function newKey(context: AppContext, args: readonly string[]): Promise<number> {
  const reason = reasonIn(args);
  const [present] = await listKeys(context.db.reader);
  if (reason === '' || !present) {
    say(present ? 'Say why: npx sen ledger new-key --reason WORDS' : 'There is no key yet: start the program once');
    return 2;
  }
  const signer = await inTransaction(context.db, { actor }, (tx) =>
    makeKey(tx, context.config, present.origin, reason),
  );
  say(`The ledger is signed with a new key from now on. Tell witnesses and auditors:\n${signer.name}`);
  return status(context);
}

/**
 * After a restore the log may be shorter than what was signed over it, and no checkpoint is signed any more. It is then begun anew under another name: both
 * stories stay told.
 */
async function beginAnew(context: AppContext, args: readonly string[]): Promise<number> {
  const reason = reasonIn(args);
  const keys = await listKeys(context.db.reader);
  const [present] = keys;
  if (reason === '' || !present) {
    say('Say why: npx sen ledger begin-anew --reason WORDS');
    return 2;
  }
  const origin = `${present.origin.replace(/\/\d+$/, '')}/${new Set(keys.map((key) => key.origin)).size + 1}`;
  const before = await forget(context.config);
  await inTransaction(context.db, { actor }, async (tx) => {
    await makeKey(tx, context.config, origin, reason);
    publish(tx, logBegunAnew, { subject: { kind: 'ledger', id: 'record' }, payload: { origin, before, reason } });
  });
  await issueCheckpoint(context);
  say(`The log goes on as ${origin}. Witnesses have to be given its new key.`);
  return status(context);
}

async function exportTo({ db }: AppContext, [month = '', file = '']: readonly string[]): Promise<number> {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || file === '') {
    say('npx sen ledger export YYYY-MM FILE');
    return 2;
  }
  const path = resolve(process.env['SEN_CALLED_FROM'] ?? '.', file);
  const out = createWriteStream(path, { mode: 0o600 });
  let lines = 0;
  for await (const line of exportMonth(db.reader, month)) {
    lines += 1;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  await new Promise<void>((done, fail) => out.once('error', fail).end(done));
  say(
    lines === 0
      ? `No event of ${month} is sealed under a checkpoint`
      : `${lines - 1} entries in ${path}. It holds personal data: give it to auditors only.`,
  );
  return lines === 0 ? 1 : 0;
}

async function erase(context: AppContext, args: readonly string[]): Promise<number> {
  const [eventId, reason] = [Number(args[0]), reasonIn(args)];
  if (!Number.isSafeInteger(eventId) || reason === '') {
    say('npx sen ledger erase EVENT --reason WORDS');
    return 2;
  }
  const leaf = await inTransaction(context.db, { actor }, (tx) => eraseLink(tx, eventId, reason));
  say(leaf === null ? 'The event is not sealed' : `Entry ${leaf} says nothing any more; the tree is as it was`);
  return leaf === null ? 1 : 0;
}

export const ledgerCommands: readonly CliCommand[] = [
  {
    name: 'ledger status',
    summary: 'Says how far the record is sealed, and with which keys',
    usage: 'sen ledger status',
    run: status,
  },
  {
    name: 'ledger check',
    summary: 'Compares the whole record with what was sealed',
    usage: 'sen ledger check',
    run: check,
  },
  {
    name: 'ledger export',
    summary: 'Writes a month of the record for auditors',
    usage: 'sen ledger export YYYY-MM FILE',
    run: exportTo,
  },
  {
    name: 'ledger new-key',
    summary: 'Signs the ledger with a new key',
    usage: 'sen ledger new-key --reason WORDS',
    run: newKey,
  },
  {
    name: 'ledger begin-anew',
    summary: 'Begins the log anew after a restore',
    usage: 'sen ledger begin-anew --reason WORDS',
    run: beginAnew,
  },
  {
    name: 'ledger erase',
    summary: 'Erases the link between an event and its entry',
    usage: 'sen ledger erase EVENT --reason WORDS',
    run: erase,
  },
];
