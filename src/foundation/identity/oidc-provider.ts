import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration, Interaction, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import type { ClientId } from './account.ts';
import { findAccount } from './account-queries.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import { signingKeys } from './oidc-keys.ts';
import { derive } from './seal.ts';
import { deleteSessionsOfSso } from './session-queries.ts';

export const PROVIDER_PREFIX = '/oidc';
/** The provider's session cookie; on every path, so that signing out can end it too. */
export const PROVIDER_COOKIE = 'sen_op';
const HOURS = 3_600;

export const issuerOf = (context: AppContext): string => `${context.config.publicUrl}${PROVIDER_PREFIX}`;
/** The two clients of the house share no stored secret: each is derived from the program's. */
export const clientSecretOf = (context: AppContext, client: ClientId): string =>
  derive(context.config.secret, 'oidc-client', client).toString('base64url');

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

function configurationOf(context: AppContext, keys: NonNullable<Configuration['jwks']>['keys']): Configuration {
  const { publicUrl, secret } = context.config;
  const clientOf = (client: ClientId) => ({
    client_id: client,
    client_secret: clientSecretOf(context, client),
    redirect_uris: [`${publicUrl}${paths.signInCallback()}`],
    post_logout_redirect_uris: [`${publicUrl}/`],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    token_endpoint_auth_method: 'client_secret_basic' as const,
    id_token_signed_response_alg: 'ES256' as const,
    require_auth_time: true,
  });
  return {
    adapter: oidcAdapter(context.db.reader),
    clients: [clientOf('portal'), clientOf('workspace')],
    jwks: { keys },
    cookies: {
      keys: [derive(secret, 'oidc-cookies', '1').toString('base64url')],
      names: { session: PROVIDER_COOKIE, interaction: 'sen_op_step', resume: 'sen_op_resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', overwrite: true },
      short: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
    },
    pkce: { required: () => true },
    scopes: ['openid', 'profile'],
    // `sso`: the provider's session, so that signing out anywhere ends what was opened everywhere.
    claims: { openid: ['sub', 'sso'], profile: ['name', 'account_kind'] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      introspection: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          const button = '<p><button form="op.logoutForm" name="logout" value="yes">Đăng xuất / Sign out</button></p>';
          ctx.body = page('Đăng xuất', form + button);
        },
        postLogoutSuccessSource(ctx) {
          ctx.redirect('/');
        },
      },
    },
    interactions: {
      url: (_ctx: KoaContextWithOIDC, interaction: Interaction) =>
        `${interaction.params['ui_locales'] === 'en' ? '/en' : ''}${paths.signInStep({ uid: interaction.uid })}`,
    },
    ttl: {
      AccessToken: 10 * 60,
      AuthorizationCode: 60,
      IdToken: 10 * 60,
      Interaction: 60 * 60,
      Session: 12 * HOURS,
      Grant: 12 * HOURS,
    },
    async findAccount(_ctx, sub, token) {
      if (!isId(sub)) return undefined;
      const account = await findAccount(context.db.reader, sub);
      if (account?.status !== 'active') return undefined;
      const sso = (token as { sessionUid?: string } | undefined)?.sessionUid;
      return {
        accountId: sub,
        claims: () => ({ sub, name: account.name, account_kind: account.kind, ...(sso ? { sso } : {}) }),
      };
    },
    // Both clients are the province's own: there is nothing to ask consent for.
    async loadExistingGrant(ctx) {
      const { session, client, provider } = ctx.oidc;
      if (!session?.accountId || !client) return undefined;
      const known = session.grantIdFor(client.clientId);
      const existing = known ? await provider.Grant.find(known) : undefined;
      if (existing) return existing;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    renderError(ctx, _out, error) {
      context.log.info({ err: error }, 'the sign-on protocol refused a request');
      ctx.status = 303;
      ctx.set('location', paths.signInLost());
      ctx.body = '';
    },
  };
}

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

async function makeProvider(context: AppContext): Promise<Provider> {
  const [library, keys] = await Promise.all([import('oidc-provider'), signingKeys(context)]);
  const provider = new library.default(issuerOf(context), configurationOf(context, keys));
  provider.proxy = true; // the headers it then trusts are written by `serveProvider`, never taken from outside
  provider.on('server_error', (_ctx, error) => context.log.error({ err: error }, 'the OpenID provider failed'));
  provider.on('session.destroyed', (session) => {
    inTransaction(context.db, { actor: systemActor('identity') }, (tx) => deleteSessionsOfSso(tx, session.uid)).catch(
      (error: unknown) =>
        context.log.error({ err: error }, 'sessions of an ended single sign-on stay open until they expire'),
    );
  });
  return provider;
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

/** Tells the provider who signed in. Returns the address to go on to. */
export async function finishStep(
  context: AppContext,
  headers: IncomingMessage['headers'],
  accountId: string,
): Promise<string> {
  const provider = await providerOf(context);
  const target = await provider.interactionResult(requestOf(headers), answerOf(), {
    login: { accountId, amr: ['pwd'] },
  });
  return target.startsWith(`${context.config.publicUrl}/`)
    ? target.slice(new URL(context.config.publicUrl).origin.length)
    : target;
}

// The provider's interaction functions read nothing of the request but its cookies.
const requestOf = (headers: IncomingMessage['headers']) => ({ headers, url: '/', socket: {} }) as IncomingMessage;
const answerOf = () => ({ setHeader() {}, getHeader() {} }) as unknown as ServerResponse;
