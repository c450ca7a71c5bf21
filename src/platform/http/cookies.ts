/**
 * The name under which a browser keeps a cookie. Over https it carries the prefix with which browsers hold a cookie to this very host and to
 * TLS (RFC 6265bis 4.1.3): no neighbour under the same domain can set or replace it. Over http (a developer's machine) prefixes are refused.
 */
export function cookieName(publicUrl: string, name: string, path = '/'): string {
  if (!publicUrl.startsWith('https://')) return name;
  return path === '/' ? `__Host-${name}` : `__Secure-${name}`;
}
