import type { Configuration, Interaction, KoaContextWithOIDC } from 'oidc-provider';
import type { Config } from '../../platform/config.ts';
import { cookieName } from '../../platform/http/cookies.ts';
import { outbound } from '../../platform/http/outbound.ts';
import { definedScopes } from '../../platform/access.ts';
import { isId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import type { ClientId } from './account.ts';
import { findAccount } from './account-queries.ts';
import { acrValues } from './assurance.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import { claimsFor } from './oidc-app-client.ts';
import { findActiveApp } from './oidc-app-queries.ts';
import { findToldVersion } from './oidc-grant-queries.ts';
import { providerPage } from './oidc-page.ts';
import { PROVIDER_PREFIX } from './oidc-prefix.ts';
import { pairwiseSubject } from './oidc-subject.ts';
import { claimScopes, claimsOfScope, scopesOf } from './relying-app.ts';
import { derive } from '../../platform/seal.ts';

/** The provider's session cookie; on every path, so that signing out can end it too. */
export const PROVIDER_COOKIE = 'sen_op';
const HOURS = 3_600;

export const issuerOf = (context: { config: Config }): string => `${context.config.publicUrl}${PROVIDER_PREFIX}`;
/** The two clients of the house share no stored secret: each is derived from the program's. */
export const clientSecretOf = (context: AppContext, client: ClientId): string =>
  derive(context.config.secret, 'oidc-client', client).toString('base64url');

const isOfHouse = (clientId: string): clientId is ClientId => clientId === 'portal' || clientId === 'workspace';

function houseClients(context: AppContext): NonNullable<Configuration['clients']> {
  const { publicUrl } = context.config;
  return (['portal', 'workspace'] as const).map((client) => ({
    client_id: client,
    client_secret: clientSecretOf(context, client),
    redirect_uris: [`${publicUrl}${paths.signInCallback()}`],
    post_logout_redirect_uris: [`${publicUrl}/`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: 'openid profile',
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  }));
}

const findClaims =
  (context: AppContext): NonNullable<Configuration['findAccount']> =>
  async (ctx, sub, token) => {
    if (!isId(sub)) return undefined;
    const { reader } = context.db;
    const account = await findAccount(reader, sub);
    if (account?.status !== 'active') return undefined;
    const clientId = ctx.oidc.client?.clientId ?? '';
    const { sessionUid: sso, acr, amr } = (token ?? {}) as { sessionUid?: string; acr?: string; amr?: string[] };
    const proof = acr ? { acr, amr } : {};
    return {
      accountId: sub,
      async claims() {
        if (isOfHouse(clientId))
          return {
            sub,
            name: account.name,
            account_kind: account.kind,
            ...(sso ? { sso } : {}),
            ...proof,
          };
        const app = await findActiveApp(reader, clientId);
        return { sub, ...proof, ...(app ? await claimsFor(reader, app, account, context.clock.now()) : {}) };
      },
    };
  };

/** The province's own clients need no word; an application gets a grant only when the person was told what it learns. */
const loadGrant =
  (context: AppContext): NonNullable<Configuration['loadExistingGrant']> =>
  async (ctx) => {
    const { session, client, provider } = ctx.oidc;
    if (!session?.accountId || !client) return undefined;
    const { accountId } = session;
    let scope = 'openid profile';
    if (!isOfHouse(client.clientId)) {
      const { reader } = context.db;
      const [app, account] = await Promise.all([
        findActiveApp(reader, client.clientId),
        findAccount(reader, accountId),
      ]);
      if (!app || !account || !app.audience.includes(account.kind)) return undefined;
      if ((await findToldVersion(reader, accountId, app.id)) < app.noticeVersion) return undefined;
      scope = scopesOf(app);
    }
    const known = session.grantIdFor(client.clientId);
    const existing = known ? await provider.Grant.find(known) : undefined;
    if (existing) return existing;
    const grant = new provider.Grant({ accountId, clientId: client.clientId });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  };

/** Errors that the application's agency has to put right, not the person. */
const APPLICATION_FAULTS = new Set(['invalid_client', 'invalid_redirect_uri', 'unauthorized_client', 'invalid_scope']);

export function configurationOf(context: AppContext, keys: NonNullable<Configuration['jwks']>['keys']): Configuration {
  const { secret, publicUrl } = context.config;
  return {
    adapter: oidcAdapter(context.db.reader),
    clients: houseClients(context),
    jwks: { keys },
    cookies: {
      keys: [derive(secret, 'oidc-cookies', '1').toString('base64url')],
      names: {
        session: cookieName(publicUrl, PROVIDER_COOKIE),
        interaction: cookieName(publicUrl, 'sen_op_step', '/dang-nhap'),
        resume: cookieName(publicUrl, 'sen_op_resume', '/dang-nhap'),
      },
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', overwrite: true },
      short: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
    },
    acrValues: [...acrValues],
    responseTypes: ['code'],
    pkce: { required: () => true },
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) =>
      pairwiseSubject(context.config, (client['sectorIdentifier'] as string | undefined) ?? client.clientId, accountId),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    scopes: ['openid', ...claimScopes, ...definedScopes().map(({ name }) => name)],
    // `sso`: the provider's session, so that signing out anywhere ends what was opened everywhere.
    // `acr`, `amr`: how surely and by what the person proved who they are (`assurance.ts`); asked of everybody, hidden from nobody.
    claims: {
      acr: null,
      amr: null,
      auth_time: null,
      openid: ['sub', 'sso', 'account_kind', 'acr', 'amr'],
      ...Object.fromEntries(claimScopes.map((scope) => [scope, claimsOfScope(scope)])),
      email: ['email', 'email_verified'],
      phone: ['phone_number', 'phone_number_verified'],
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      // A program may ask about its own tokens only, whoever's it got hold of.
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          // A form that ends at another site's address needs that site among its targets.
          const target = (ctx.oidc.params?.['post_logout_redirect_uri'] as string | undefined) ?? '';
          const origin = URL.canParse(target) ? new URL(target).origin : '';
          ctx.set('content-security-policy', providerPage.policy(origin === 'null' ? '' : origin));
          ctx.body = providerPage.signOut(form, ctx.oidc.params?.['ui_locales'] === 'en' ? 'en' : 'vi');
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
      ClientCredentials: 10 * 60,
      IdToken: 10 * 60,
      Interaction: 60 * 60,
      Session: 12 * HOURS,
      Grant: 12 * HOURS,
    },
    // Keys of applications are fetched as everything outside is.
    async fetch(url, options) {
      const headers = Object.fromEntries(new Headers(options?.headers as HeadersInit).entries());
      const body = options?.body;
      return outbound(context.config, url instanceof Request ? url.url : url, {
        method: options?.method,
        headers,
        body: body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : undefined,
        timeoutMs: 5_000,
      });
    },
    findAccount: findClaims(context),
    loadExistingGrant: loadGrant(context),
    renderError(ctx, out, error) {
      context.log.info({ err: error }, 'the sign-on protocol refused a request');
      ctx.status = 303;
      ctx.set('location', paths.signInLost(APPLICATION_FAULTS.has(out.error) ? { 'ly-do': 'ung-dung' } : {}));
      ctx.body = '';
    },
  };
}
