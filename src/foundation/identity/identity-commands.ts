import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import {
  createOfficer,
  createPost,
  listChildren,
  listOfficersByStaffCode,
  listRoles,
  manageOrganisations,
  setPostRoles,
  unitIdsByKey,
} from '../organisations/index.ts';
import { findAccountByLogin } from './account-queries.ts';
import { closeDemoAccounts, listClients } from './admin-queries.ts';
import { clientDays, createClient, endClient, renewClient } from './api-clients.ts';
import { identityManage } from './identity-permissions.ts';
import { normaliseLogin, normaliseUserName } from './login-name.ts';
import { createOfficialAccount, lockAccount, resetByAdministrator, unlockAccount } from './manage-account.ts';

/** Whoever may run commands on the server may do everything; the record says that the command line did it. */
const operator: Actor = {
  ...systemActor('command line'),
  accountId: null,
  grants: new Map([
    [identityManage.name, 'all'],
    [manageOrganisations.name, 'all'],
  ]),
  scopes: [],
  assurance: 0,
};

const write = <R>(context: AppContext, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(context.db, { actor: operator, clock: context.clock, requestId: `cli-${newId()}` }, work);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const optionOf = (args: readonly string[], name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
};
/** `--days N` of a client's token. */
function daysOf(args: readonly string[]): number {
  const text = optionOf(args, '--days') ?? String(clientDays.usual);
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > clientDays.most)
    throw new UsageError(`--days is a number from 1 to ${clientDays.most}`);
  return days;
}
const linkOf = (context: AppContext, token: string): string =>
  `${context.config.publicUrl}${paths.resetPassword({ token })}`;

/** Runs a command, turning expected failures into one sentence and exit code 1. */
function command(
  name: string,
  summary: string,
  usage: string,
  run: (context: AppContext, args: readonly string[]) => Promise<string>,
): CliCommand {
  return {
    name,
    summary,
    usage: `sen ${usage}`,
    async run(context, args) {
      try {
        say(await run(context, args));
        return 0;
      } catch (error) {
        if (!(error instanceof UsageError) && !isProblem(error)) throw error;
        process.stderr.write(`${isProblem(error) ? error.definition.title.en : error.message}\n`);
        return 1;
      }
    },
  };
}

class UsageError extends Error {
  override name = 'UsageError';
}

async function accountIdOf(context: AppContext, login: string | undefined): Promise<string> {
  const account = login ? await findAccountByLogin(context.db.reader, normaliseLogin(login).value) : undefined;
  if (!account)
    throw new UsageError(login ? `There is no account ${login}` : 'Name the account by one of its login names');
  return account.id;
}

function userNameOf(text: string | undefined): string {
  const name = text ? normaliseUserName(text) : null;
  if (name === null)
    throw new UsageError('A user name has 3 to 40 small letters, digits, dots or dashes, a letter first');
  return name;
}

/** The first administrator of an installation: an officer in a new post of the root unit that holds the administrator's role everywhere. */
async function createAdministrator(context: AppContext, args: readonly string[]): Promise<string> {
  const userName = userNameOf(args[0]);
  const fullName = optionOf(args, '--name');
  if (!fullName) throw new UsageError('Say whose account it is: --name "Nguyễn Văn A"');
  const token = await write(context, async (tx) => {
    const today = localDate(tx.now);
    const [root] = await listChildren(tx, null, today);
    const role = (await listRoles(tx)).find((one) => one.key === 'administrator');
    if (!root || !role) throw new UsageError('Load the province first: npx sen province load');
    const post = {
      titleVi: 'Quản trị hệ thống',
      titleEn: 'Administrator',
      isLeader: false,
      sortOrder: 900,
      validFrom: today,
    };
    const postId = await createPost(tx, operator, root.id, post);
    await setPostRoles(tx, operator, postId, [{ roleId: role.id, reach: 'all', unitIds: [] }]);
    const staffCode =
      optionOf(args, '--staff-code') ??
      `QT-${userName
        .toUpperCase()
        .replaceAll(/[^0-9A-Z]/g, '')
        .slice(0, 20)}`;
    const officerId = await createOfficer(
      tx,
      operator,
      { staffCode, fullName: fullName.normalize('NFC'), email: null, phone: null },
      { postId, isPrimary: true, decisionNumber: null, validFrom: today, validTo: null },
    );
    return (await createOfficialAccount(tx, operator, { officerId, userName })).token;
  });
  return `Administrator ${userName} made. Set the password within 24 hours at:\n${linkOf(context, token)}`;
}

/** `npx sen accounts …` and `npx sen clients …`. */
export const identityCommands: readonly CliCommand[] = [
  command(
    'accounts create-admin',
    'Makes an administrator and prints the link to set the password',
    'accounts create-admin LOGIN --name "NAME" [--staff-code CODE]',
    createAdministrator,
  ),
  command(
    'accounts create',
    'Makes the account of an officer',
    'accounts create LOGIN --staff-code CODE',
    async (context, args) => {
      const [officer] = await listOfficersByStaffCode(context.db.reader, [optionOf(args, '--staff-code') ?? '']);
      if (!officer) throw new UsageError('There is no officer with this staff code');
      const { token } = await write(context, (tx) =>
        createOfficialAccount(tx, operator, { officerId: officer.id, userName: userNameOf(args[0]) }),
      );
      return `Account of ${officer.fullName} made. Set the password within 24 hours at:\n${linkOf(context, token)}`;
    },
  ),
  command(
    'accounts reset',
    'Prints a link to set a new password; all sessions end',
    'accounts reset LOGIN',
    async (context, args) => {
      const id = await accountIdOf(context, args[0]);
      return linkOf(context, await write(context, (tx) => resetByAdministrator(tx, operator, id)));
    },
  ),
  command(
    'accounts lock',
    'Locks an account and ends its sessions',
    'accounts lock LOGIN --reason TEXT',
    async (context, args) => {
      const id = await accountIdOf(context, args[0]);
      await write(context, (tx) => lockAccount(tx, operator, id, optionOf(args, '--reason') ?? 'command line'));
      return 'Locked';
    },
  ),
  command('accounts unlock', 'Unlocks an account', 'accounts unlock LOGIN', async (context, args) => {
    const id = await accountIdOf(context, args[0]);
    await write(context, (tx) => unlockAccount(tx, operator, id));
    return 'Unlocked';
  }),
  command(
    'accounts close-demo',
    'Closes the demonstration accounts, before going into production',
    'accounts close-demo',
    async (context) => {
      const closed = await write(context, (tx) => closeDemoAccounts(tx));
      return `${closed.length} demo accounts closed`;
    },
  ),
  command(
    'clients create',
    'Makes an API client and prints its token once',
    'clients create NAME --scopes A,B [--units KEY,KEY] [--days N]',
    async (context, args) => {
      const scopes = (optionOf(args, '--scopes') ?? '').split(',').filter(Boolean);
      if (!args[0] || args[0].startsWith('--') || scopes.length === 0)
        throw new UsageError('Usage: sen clients create NAME --scopes dossiers.submit');
      if (!scopes.every((scope) => /^[a-z][a-z-]*\.[a-z][a-z-]*$/.test(scope)))
        throw new UsageError('Scopes look like dossiers.submit');
      const keys = (optionOf(args, '--units') ?? '').split(',').filter(Boolean);
      const units = await unitIdsByKey(context.db.reader, keys);
      const unknown = keys.filter((key) => !units.has(key));
      if (unknown.length > 0) throw new UsageError(`There is no unit ${unknown.join(', ')}`);
      const days = daysOf(args);
      return write(context, (tx) => createClient(tx, args[0] ?? '', scopes, [...units.values()], days));
    },
  ),
  command(
    'clients renew',
    'Prints a new token of an API client; the one before works for another day',
    'clients renew NAME [--days N]',
    async (context, args) => {
      const token = await write(context, (tx) => renewClient(tx, args[0] ?? '', daysOf(args)));
      if (token === null) throw new UsageError('There is no active client of this name');
      return token;
    },
  ),
  command('clients revoke', 'Ends the access of an API client', 'clients revoke NAME', async (context, args) => {
    if (!(await write(context, (tx) => endClient(tx, args[0] ?? ''))))
      throw new UsageError('There is no active client of this name');
    return 'Revoked';
  }),
  command('clients list', 'Lists the API clients', 'clients list', async (context) => {
    const clients = await listClients(context.db.reader);
    return (
      clients
        .map((c) => {
          const end = c.expiresAt?.toISOString().slice(0, 10) ?? '';
          const state = c.revokedAt
            ? 'revoked'
            : c.expiresAt && c.expiresAt <= context.clock.now()
              ? 'ended'
              : 'active';
          return `${c.name.padEnd(30)} ${state.padEnd(7)} ${end.padEnd(10)} ${c.scopes.join(',')}`;
        })
        .join('\n') || 'None'
    );
  }),
];
