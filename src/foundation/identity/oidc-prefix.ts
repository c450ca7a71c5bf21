/** Everything below it is the OpenID provider's. */
export const PROVIDER_PREFIX = '/oidc';
