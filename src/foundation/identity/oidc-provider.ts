import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { localDate } from '../../platform/clock.ts';
import { findActiveApp, noteServiceUse } from './oidc-app-queries.ts';
import { isSecretOf } from './oidc-app-client.ts';
import { clientSecretOf, configurationOf, issuerOf, PROVIDER_COOKIE } from './oidc-configuration.ts';
import { appUsed } from './oidc-events.ts';
import { noteUse } from './oidc-grant-queries.ts';
import { acrOf, levelOfMethods } from './assurance.ts';
import { signingKeys } from './oidc-keys.ts';
import { queueLogouts } from './oidc-logout.ts';
import { PROVIDER_PREFIX } from './oidc-prefix.ts';
import { scopesOf } from './relying-app.ts';
import { publish } from '../../platform/events.ts';
import { hashToken } from '../../platform/session.ts';
import { deleteSessionsOfSso } from './session-queries.ts';

export { clientSecretOf, issuerOf, PROVIDER_COOKIE, PROVIDER_PREFIX };

const providers = new WeakMap<AppContext, Promise<Provider>>();

/** The province's OpenID provider over this context's database: made once per process, at first use. */
export function providerOf(context: AppContext): Promise<Provider> {
  let made = providers.get(context);
  if (!made) {
    made = makeProvider(context);
    made.catch(() => providers.delete(context));
    providers.set(context, made);
  }
  return made;
}

const asSystem = { actor: systemActor('identity') };

async function makeProvider(context: AppContext): Promise<Provider> {
  const [library, keys] = await Promise.all([import('oidc-provider'), signingKeys(context)]);
  const provider = new library.default(issuerOf(context), configurationOf(context, keys));
  provider.proxy = true; // the headers it then trusts are written by `serveProvider`, never taken from outside
  keepSecretsAsHashes(context, provider);
  tellApplications(context, provider);
  provider.on('server_error', (_ctx, error) => context.log.error({ err: error }, 'the OpenID provider failed'));
  provider.on('grant.success', (ctx) => {
    noteSignIn(context, ctx).catch((error: unknown) =>
      context.log.error({ err: error }, 'the use of an application was not noted'),
    );
  });
  provider.on('session.destroyed', (session) => {
    inTransaction(context.db, asSystem, (tx) => deleteSessionsOfSso(tx, session.uid)).catch((error: unknown) =>
      context.log.error({ err: error }, 'sessions of an ended single sign-on stay open until they expire'),
    );
  });
  return provider;
}

interface ClientBehaviour {
  clientId: string;
  compareClientSecret(secret: string): boolean | Promise<boolean>;
  backchannelLogout(accountId: string, sid: string | undefined): Promise<void>;
}
const behaviourOf = (provider: Provider) => provider.Client.prototype as unknown as ClientBehaviour;

/** Secrets of applications lie in the database as hashes; those of the house are derived. The library would compare plain texts. */
function keepSecretsAsHashes(context: AppContext, provider: Provider): void {
  const behaviour = behaviourOf(provider);
  behaviour.compareClientSecret = function compare(secret) {
    return this.clientId === 'portal' || this.clientId === 'workspace'
      ? timingSafeEqual(hashToken(clientSecretOf(context, this.clientId)), hashToken(secret))
      : isSecretOf(context.db.reader, this.clientId, secret, context.clock.now());
  };
}

/** The library would tell applications of a sign-out once, while the person waits; ours are jobs that are tried again. */
function tellApplications(context: AppContext, provider: Provider): void {
  behaviourOf(provider).backchannelLogout = async function queue(accountId, sid) {
    const logout = { clientId: this.clientId, accountId, sid: sid ?? null };
    await inTransaction(context.db, { ...asSystem, clock: context.clock }, (tx) => queueLogouts(tx, [logout]));
  };
}

/** A program took a token: when it was last seen stands on the page of its registration. */
async function noteToken({ db, clock }: AppContext, clientId: string): Promise<void> {
  const now = clock.now();
  await noteServiceUse(db.reader, clientId, now, localDate(now));
}

async function noteSignIn(context: AppContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { account, client, params } = ctx.oidc;
  if (client && params?.['grant_type'] === 'client_credentials') return noteToken(context, client.clientId);
  if (!account || !client || params?.['grant_type'] !== 'authorization_code') return;
  if (client.clientId === 'portal' || client.clientId === 'workspace') return;
  const app = await findActiveApp(context.db.reader, client.clientId);
  if (!app) return;
  await inTransaction(context.db, { ...asSystem, clock: context.clock }, async (tx) => {
    await noteUse(tx, account.accountId, app.id);
    publish(tx, appUsed, { subject: { kind: 'account', id: account.accountId }, payload: { appId: app.id } });
  });
}

type Addressed = IncomingMessage & { originalUrl?: string };

/**
 * Answers a raw request below `/oidc`. The provider sees the configured public address, whatever Host header came in, and its
 * redirects to that address are made relative, so that people stay on the address they came by.
 */
export function serveProvider(context: AppContext): (request: IncomingMessage, response: ServerResponse) => void {
  const { host, protocol, origin } = new URL(context.config.publicUrl);
  return (request, response) => {
    const url = request.url ?? PROVIDER_PREFIX;
    (request as Addressed).originalUrl = url;
    request.url = url.slice(PROVIDER_PREFIX.length) || '/';
    Object.assign(request.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      setHeader(
        name,
        name.toLowerCase() === 'location' && typeof value === 'string' && value.startsWith(`${origin}/`)
          ? value.slice(origin.length)
          : value,
      );
    providerOf(context).then(
      (provider) => provider.callback()(request, response),
      (error: unknown) => {
        context.log.error({ err: error }, 'the OpenID provider could not start');
        response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
        response.end('Hệ thống tạm thời chưa phục vụ được. / Not available for the moment.');
      },
    );
  };
}

/** The sign-in step that a request's cookies belong to, or null when it is over, used or somebody else's. */
export async function findStep(
  context: AppContext,
  headers: IncomingMessage['headers'],
  uid: string,
): Promise<Interaction | null> {
  const provider = await providerOf(context);
  try {
    const step = await provider.interactionDetails(requestOf(headers), answerOf());
    return step.uid === uid ? step : null;
  } catch {
    return null;
  }
}

async function finish(
  context: AppContext,
  headers: IncomingMessage['headers'],
  result: InteractionResults,
): Promise<string> {
  const provider = await providerOf(context);
  const target = await provider.interactionResult(requestOf(headers), answerOf(), result, {
    mergeWithLastSubmission: true,
  });
  const { origin } = new URL(context.config.publicUrl);
  return target.startsWith(`${origin}/`) ? target.slice(origin.length) : target;
}

/** Tells the provider who signed in, and how. Returns the address to go on to. */
export const finishStep = (
  context: AppContext,
  headers: IncomingMessage['headers'],
  accountId: string,
  amr: readonly string[] = ['pwd'],
): Promise<string> =>
  finish(context, headers, {
    login: { accountId, amr: [...amr], acr: acrOf(levelOfMethods(amr)) },
  });

/** Tells the provider that the person goes on to an application. Returns the address to go on to. */
export async function finishNotice(context: AppContext, headers: IncomingMessage['headers'], step: Interaction) {
  const provider = await providerOf(context);
  const clientId = String(step.params['client_id']);
  const app = await findActiveApp(context.db.reader, clientId);
  const accountId = step.session?.accountId;
  if (!app || !accountId) return refuseStep(context, headers);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scopesOf(app));
  return finish(context, headers, { consent: { grantId: await grant.save() } });
}

/** Sends the person back to the application without having signed in to it. Returns the address to go on to. */
export const refuseStep = (context: AppContext, headers: IncomingMessage['headers']): Promise<string> =>
  finish(context, headers, { error: 'access_denied', error_description: 'the person did not go on' });

// The provider's interaction functions read nothing of the request but its cookies.
const requestOf = (headers: IncomingMessage['headers']) => ({ headers, url: '/', socket: {} }) as IncomingMessage;
const answerOf = () => ({ setHeader() {}, getHeader() {} }) as unknown as ServerResponse;
