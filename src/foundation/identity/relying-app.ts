import type { LocalText } from '../../platform/problems.ts';
import type { AccountKind } from './account.ts';

/** `web` runs on a server and keeps a secret, `native` is on people's devices, `service` calls without a person. */
export type AppKind = 'web' | 'native' | 'service';
/** `requested` waits for the province; `suspended` may come back, `refused` may be asked for again. */
export type AppStatus = 'requested' | 'active' | 'suspended' | 'refused';
export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';

/** What an application may learn of a person: claims by their wire names (OpenID Connect Core 5.1 where it has one). */
export const claimCatalogue = {
  name: { scope: 'profile', vi: 'Họ và tên, tên doanh nghiệp', en: 'Name' },
  birthdate: { scope: 'profile', vi: 'Ngày sinh', en: 'Date of birth' },
  gender: { scope: 'profile', vi: 'Giới tính', en: 'Sex' },
  identity_number: { scope: 'identity', vi: 'Số định danh cá nhân', en: 'Personal identity number' },
  email: { scope: 'email', vi: 'Thư điện tử đã xác minh', en: 'Verified e-mail' },
  phone_number: { scope: 'phone', vi: 'Số điện thoại đã xác minh', en: 'Verified phone number' },
  tax_code: { scope: 'business', vi: 'Mã số thuế của doanh nghiệp', en: 'Tax code of the business' },
  businesses: {
    scope: 'business',
    vi: 'Các doanh nghiệp mà người dùng thay mặt',
    en: 'Businesses the person acts for',
  },
  staff_code: { scope: 'official', vi: 'Mã cán bộ', en: 'Staff code' },
  unit_name: { scope: 'official', vi: 'Cơ quan công tác', en: 'Agency' },
  post_name: { scope: 'official', vi: 'Vị trí công tác', en: 'Post' },
} as const satisfies Record<string, LocalText & { scope: string }>;
export type ClaimName = keyof typeof claimCatalogue;
export const claimNames = Object.keys(claimCatalogue) as ClaimName[];
export const isClaimName = (text: string): text is ClaimName => Object.hasOwn(claimCatalogue, text);

/** Scopes that carry claims of people, for the provider's document. */
export const claimScopes = [...new Set(claimNames.map((name) => claimCatalogue[name].scope))];
/** The claims of a scope. */
export const claimsOfScope = (scope: string): ClaimName[] =>
  claimNames.filter((name) => claimCatalogue[name].scope === scope);

/** A claim an application was registered for, with why and by which clause. */
export interface AppClaim {
  claim: ClaimName;
  purpose: string;
  legalBasis: string;
}

export interface RelyingApp {
  id: string;
  clientId: string;
  unitId: string;
  nameVi: string;
  nameEn: string;
  purposeVi: string;
  purposeEn: string;
  homeUrl: string;
  /** Who at the agency answers for it: name, phone, e-mail. */
  contact: string;
  kind: AppKind;
  status: AppStatus;
  audience: readonly AccountKind[];
  redirectUris: readonly string[];
  postLogoutUris: readonly string[];
  backchannelUri: string | null;
  authMethod: AuthMethod;
  jwks: { keys: object[] } | null;
  jwksUri: string | null;
  /** Each application then knows the person by another identifier. */
  isPairwise: boolean;
  /** What a service may call of the public API. */
  serviceScopes: readonly string[];
  /** The units, with all below them, over which its scopes hold. */
  reachUnitIds: readonly string[];
  /** Last day of the registration (`YYYY-MM-DD`); null: until further notice. */
  validTo: string | null;
  /** Web sites whose pages may call with its token (CORS). */
  allowedOrigins: readonly string[];
  noticeVersion: number;
  secretMadeAt: Date | null;
  secretExpiresAt: Date | null;
  previousSecretUntil: Date | null;
  requestedBy: string;
  statusReason: string | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  claims: readonly AppClaim[];
}

/** Space-separated scopes an application may ask for. */
export const scopesOf = (app: Pick<RelyingApp, 'kind' | 'claims' | 'serviceScopes'>): string =>
  app.kind === 'service'
    ? app.serviceScopes.join(' ')
    : ['openid', ...new Set(app.claims.map(({ claim }) => claimCatalogue[claim].scope))].join(' ');

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether an address may receive people (and the code that proves who they are): exact, absolute, without fragment, wildcard or
 * password; https on the web, loopback or a private scheme in reverse-domain form for programs on devices (RFC 8252, RFC 9700).
 */
export function isRedirectAddress(text: string, kind: AppKind, isProduction: boolean): boolean {
  if (text.length > 500 || text.includes('#') || text.includes('*') || !/^[\x21-\x7e]+$/.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  if (url.protocol === 'https:') return true;
  const isLoopback = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (kind === 'native') return isLoopback || /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol);
  return isLoopback && !isProduction;
}

/** The host that a pairwise identifier belongs to; null when the addresses have more than one, which it cannot be made for. */
export function sectorOf(redirectUris: readonly string[]): string | null {
  const hosts = new Set(redirectUris.map((uri) => new URL(uri).host));
  const [host] = hosts;
  return hosts.size === 1 && host ? host : null;
}

/** Whether what an application asks for grew, so that people are told again. */
export const asksForMore = (before: readonly AppClaim[], after: readonly AppClaim[]): boolean =>
  after.some(({ claim, purpose }) => !before.some((old) => old.claim === claim && old.purpose === purpose));
