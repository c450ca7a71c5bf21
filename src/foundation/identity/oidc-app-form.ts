import { definedScopes } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import { formatDate } from '../../ui/format.ts';
import { outboundFault } from '../../platform/http/outbound.ts';
import { parseDay } from '../../platform/day.ts';
import type { AccountKind } from './account.ts';
import type { AppDetails } from './oidc-app-queries.ts';
import { claimNames, isRedirectAddress, sectorOf, type AppKind, type AuthMethod } from './relying-app.ts';

export const appKinds: readonly AppKind[] = ['web', 'native', 'service'];
export const authMethods: readonly AuthMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
];
const AUDIENCE: readonly AccountKind[] = ['citizen', 'business', 'official'];

/** What is wrong with a field: a key of the page's words. */
export type AppFault =
  | 'needed'
  | 'notAddress'
  | 'noAddresses'
  | 'tooMany'
  | 'notOutbound'
  | 'notKeys'
  | 'privateKey'
  | 'oneHost'
  | 'noSecretHere'
  | 'secretNeeded'
  | 'noAudience'
  | 'noScopes'
  | 'noUnits'
  | 'unknownUnit'
  | 'foreignUnit'
  | 'notDay'
  | 'notOrigin'
  | 'needsBasis';
export type AppFaults = Record<string, AppFault>;

const line = (form: URLSearchParams, name: string, max = 300): string => (form.get(name) ?? '').trim().slice(0, max);
const lines = (form: URLSearchParams, name: string): string[] => [
  ...new Set(
    (form.get(name) ?? '')
      .split(/\s+/)
      .map((text) => text.trim())
      .filter(Boolean),
  ),
];
const among = <T extends string>(values: readonly string[], allowed: readonly T[]): T[] =>
  allowed.filter((one) => values.includes(one));

/** A key set of public keys (RFC 7517), with nothing private in it; a fault otherwise. */
function keysOf(text: string): { keys: object[] } | AppFault {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'notKeys';
  }
  const set = (parsed as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(set) || set.length === 0 || set.length > 10) return 'notKeys';
  const keys: object[] = [];
  for (const key of set as unknown[]) {
    if (typeof key !== 'object' || key === null) return 'notKeys';
    const fields = key as Record<string, unknown>;
    if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((name) => Object.hasOwn(fields, name))) return 'privateKey';
    const kept = Object.entries(fields).filter(
      ([name, value]) =>
        /^(kty|kid|use|alg|crv|x|y|n|e)$/.test(name) && typeof value === 'string' && value.length < 2_000,
    );
    if (typeof fields['kty'] !== 'string' || !/^(EC|RSA|OKP)$/.test(fields['kty'])) return 'notKeys';
    keys.push(Object.fromEntries(kept));
  }
  return { keys };
}

function addressFaults(config: Config, app: AppDetails, faults: AppFaults): void {
  const isProduction = config.mode === 'production';
  const check = (field: 'redirectUris' | 'postLogoutUris') => {
    if (app[field].length > 10) faults[field] = 'tooMany';
    else if (!app[field].every((uri) => isRedirectAddress(uri, app.kind, isProduction))) faults[field] = 'notAddress';
  };
  check('redirectUris');
  check('postLogoutUris');
  if (app.kind !== 'service' && app.redirectUris.length === 0) faults['redirectUris'] = 'noAddresses';
  if (!faults['redirectUris'] && app.isPairwise && sectorOf(app.redirectUris) === null)
    faults['isPairwise'] = 'oneHost';
  if (app.backchannelUri && outboundFault(config, app.backchannelUri) !== null)
    faults['backchannelUri'] = 'notOutbound';
  if (app.jwksUri && outboundFault(config, app.jwksUri) !== null) faults['jwksUri'] = 'notOutbound';
  if (!URL.canParse(app.homeUrl) || !/^https?:$/.test(new URL(app.homeUrl).protocol)) faults['homeUrl'] = 'notAddress';
}

/** Reads the form of an application. Faults by field; the details are whole only when there are none. */
export function readAppForm(config: Config, form: URLSearchParams): { app: AppDetails; faults: AppFaults } {
  const faults: AppFaults = {};
  const kind = among([line(form, 'kind')], appKinds)[0] ?? 'web';
  const authMethod = among([line(form, 'authMethod')], authMethods)[0] ?? 'client_secret_basic';
  const keyText = (form.get('jwks') ?? '').trim().slice(0, 20_000);
  const keys = keyText ? keysOf(keyText) : null;
  if (typeof keys === 'string') faults['jwks'] = keys;
  const isService = kind === 'service';
  const claims = isService
    ? []
    : claimNames
        .filter((claim) => form.getAll('claims').includes(claim))
        .map((claim) => ({ claim, purpose: line(form, `purpose-${claim}`), legalBasis: line(form, `basis-${claim}`) }));
  const app: AppDetails = {
    nameVi: line(form, 'nameVi', 200),
    nameEn: line(form, 'nameEn', 200) || line(form, 'nameVi', 200),
    purposeVi: line(form, 'purposeVi', 500),
    purposeEn: line(form, 'purposeEn', 500) || line(form, 'purposeVi', 500),
    homeUrl: line(form, 'homeUrl', 500),
    contact: line(form, 'contact'),
    kind,
    audience: among(form.getAll('audience'), AUDIENCE),
    redirectUris: isService ? [] : lines(form, 'redirectUris'),
    postLogoutUris: isService ? [] : lines(form, 'postLogoutUris'),
    backchannelUri: (!isService && line(form, 'backchannelUri', 500)) || null,
    authMethod,
    jwks: authMethod === 'private_key_jwt' && keys !== null && typeof keys === 'object' ? keys : null,
    jwksUri: (authMethod === 'private_key_jwt' && !keyText && line(form, 'jwksUri', 500)) || null,
    isPairwise: form.get('isPairwise') === 'yes',
    serviceScopes: isService
      ? among(
          form.getAll('serviceScopes'),
          definedScopes().map(({ name }) => name),
        )
      : [],
    reachUnitIds: [],
    validTo: parseDay(line(form, 'validTo', 20)),
    allowedOrigins: isService ? lines(form, 'allowedOrigins').slice(0, 10) : [],
    claims,
  };
  if (line(form, 'validTo', 20) && app.validTo === null) faults['validTo'] = 'notDay';
  if (!app.allowedOrigins.every(isOrigin)) faults['allowedOrigins'] = 'notOrigin';
  for (const field of ['nameVi', 'purposeVi', 'homeUrl', 'contact'] as const) if (!app[field]) faults[field] = 'needed';
  if (!isService && app.audience.length === 0) faults['audience'] = 'noAudience';
  if (isService && app.serviceScopes.length === 0) faults['serviceScopes'] = 'noScopes';
  if (kind === 'native' && authMethod !== 'none') faults['authMethod'] = 'noSecretHere';
  if (kind !== 'native' && authMethod === 'none') faults['authMethod'] = 'secretNeeded';
  if (authMethod === 'private_key_jwt' && !app.jwks && !app.jwksUri && !faults['jwks']) faults['jwks'] = 'notKeys';
  for (const { claim, purpose, legalBasis } of claims) {
    if (!purpose) faults[`purpose-${claim}`] = 'needsBasis';
    if (!legalBasis) faults[`basis-${claim}`] = 'needsBasis';
  }
  if (app.homeUrl) addressFaults(config, app, faults);
  else addressFaults(config, { ...app, homeUrl: 'https://x.vn' }, faults);
  return { app, faults };
}

const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && text.startsWith('https://');

/** Whether scopes of the form hold over units, which must then be named. */
export const needsUnits = (app: Pick<AppDetails, 'serviceScopes'>): boolean =>
  definedScopes().some((scope) => scope.needsUnits && app.serviceScopes.includes(scope.name));

/** The form's fields of an application that is there. */
export function appFormOf(app: AppDetails, unitNames: readonly string[] = []): URLSearchParams {
  const form = new URLSearchParams();
  for (const field of [
    'nameVi',
    'nameEn',
    'purposeVi',
    'purposeEn',
    'homeUrl',
    'contact',
    'kind',
    'authMethod',
  ] as const)
    form.set(field, app[field]);
  form.set('redirectUris', app.redirectUris.join('\n'));
  form.set('postLogoutUris', app.postLogoutUris.join('\n'));
  form.set('backchannelUri', app.backchannelUri ?? '');
  form.set('jwks', app.jwks ? JSON.stringify(app.jwks, null, 1) : '');
  form.set('jwksUri', app.jwksUri ?? '');
  form.set('validTo', app.validTo === null ? '' : formatDate(app.validTo));
  form.set('allowedOrigins', app.allowedOrigins.join('\n'));
  form.set('reachUnits', unitNames.join('\n'));
  if (app.isPairwise) form.set('isPairwise', 'yes');
  for (const one of app.audience) form.append('audience', one);
  for (const one of app.serviceScopes) form.append('serviceScopes', one);
  for (const { claim, purpose, legalBasis } of app.claims) {
    form.append('claims', claim);
    form.set(`purpose-${claim}`, purpose);
    form.set(`basis-${claim}`, legalBasis);
  }
  return form;
}
