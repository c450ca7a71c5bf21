import { timingSafeEqual } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import type { Reader } from '../../platform/database.ts';
import { hashToken } from '../../platform/session.ts';
import { findOfficer } from '../organisations/index.ts';
import { findBusiness, findPerson, listBusinessesOf, listLogins, type AccountRow } from './account-queries.ts';
import { findActiveApp, listSecretHashes } from './oidc-app-queries.ts';
import { scopesOf, type ClaimName, type RelyingApp } from './relying-app.ts';
import { listPostsOf } from './session-queries.ts';

/** Secrets are never stored; the library only needs to see that there is one. It is compared by `isSecretOf`. */
const PLACEHOLDER = 'kept as a hash';
const needsSecret = (app: Pick<RelyingApp, 'authMethod'>): boolean => app.authMethod.startsWith('client_secret');

/** An application as the provider's library reads a client. */
function metadataOf(app: RelyingApp): ClientMetadata {
  const isService = app.kind === 'service';
  return {
    client_id: app.clientId,
    client_name: app.nameVi,
    application_type: app.kind === 'native' ? 'native' : 'web',
    redirect_uris: isService ? [] : [...app.redirectUris],
    post_logout_redirect_uris: isService ? [] : [...app.postLogoutUris],
    grant_types: [isService ? 'client_credentials' : 'authorization_code'],
    response_types: isService ? [] : ['code'],
    scope: scopesOf(app),
    subject_type: app.isPairwise ? 'pairwise' : 'public',
    id_token_signed_response_alg: 'ES256',
    token_endpoint_auth_method: app.authMethod,
    ...(needsSecret(app) ? { client_secret: PLACEHOLDER } : {}),
    ...(app.authMethod === 'private_key_jwt' && app.jwks ? { jwks: app.jwks } : {}),
    ...(app.authMethod === 'private_key_jwt' && !app.jwks && app.jwksUri ? { jwks_uri: app.jwksUri } : {}),
    ...(isService ? {} : { require_auth_time: true }),
    ...(app.backchannelUri && !isService
      ? { backchannel_logout_uri: app.backchannelUri, backchannel_logout_session_required: true }
      : {}),
  } as ClientMetadata;
}

/** The client of an identifier, or undefined: unknown, not approved (yet), suspended. */
export async function findClientMetadata(reader: Reader, clientId: string): Promise<ClientMetadata | undefined> {
  const app = clientId.length <= 100 ? await findActiveApp(reader, clientId) : undefined;
  return app && metadataOf(app);
}

/** Whether a text is the application's secret: the present one, or the one before while it is still let in. */
export async function isSecretOf(reader: Reader, clientId: string, secret: string, now: Date): Promise<boolean> {
  const given = hashToken(secret);
  return (await listSecretHashes(reader, clientId, now)).some((hash) => timingSafeEqual(hash, given));
}

/** What one application learns of one account: the claims it was registered for, and only those there is something to say of. */
export async function claimsFor(
  reader: Reader,
  app: Pick<RelyingApp, 'claims'>,
  account: AccountRow,
  now: Date,
): Promise<Record<string, unknown>> {
  const asked = new Set<ClaimName>(app.claims.map(({ claim }) => claim));
  const has = (...names: ClaimName[]) => names.some((name) => asked.has(name));
  const isOfficial = account.kind === 'official' && account.officerId !== null;
  const [person, business, logins, businesses, officer, posts] = await Promise.all([
    has('birthdate', 'gender', 'identity_number') ? findPerson(reader, account.id) : undefined,
    has('tax_code') ? findBusiness(reader, account.id) : undefined,
    has('email', 'phone_number') ? listLogins(reader, account.id) : [],
    has('businesses') && account.kind === 'citizen' ? listBusinessesOf(reader, account.id, now) : undefined,
    has('staff_code') && isOfficial ? findOfficer(reader, account.officerId ?? '') : undefined,
    has('unit_name', 'post_name') && isOfficial ? listPostsOf(reader, account.officerId ?? '', now) : [],
  ]);
  const login = (kind: string) => logins.find((one) => one.kind === kind)?.value;
  const [post] = posts;
  const all: Record<ClaimName, unknown> = {
    name: account.name,
    birthdate: person?.birthDate,
    gender: person?.gender,
    identity_number: person?.identityNumber,
    email: login('email'),
    phone_number: login('phone'),
    tax_code: business?.taxCode,
    businesses: businesses?.map(({ taxCode, name, role }) => ({ tax_code: taxCode, name, role })),
    staff_code: officer?.staffCode,
    unit_name: post?.unitName ?? undefined,
    post_name: post?.postName,
  };
  const claims = Object.fromEntries([...asked].flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
  return {
    account_kind: account.kind,
    ...claims,
    ...(claims['email'] ? { email_verified: true } : {}),
    ...(claims['phone_number'] ? { phone_number_verified: true } : {}),
  };
}
