/** Query values; null, undefined and empty strings are left out, arrays repeat the key. */
export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;

type Segment<S extends string> = S extends `:${infer Name}?`
  ? { [K in Name]?: string | number | undefined }
  : S extends `:${infer Name}`
    ? { [K in Name]: string | number }
    : unknown;

/** The parameters that a pattern such as `/nop-ho-so/:draftId/:page?` asks for. */
export type RouteParams<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? Segment<Head> & RouteParams<Tail>
  : Segment<P>;

type HasParams<P extends string> = P extends `${string}:${string}` ? true : false;

/** A builder of addresses for one pattern; `pattern` is what the router is given. */
export type Route<P extends string> = (HasParams<P> extends true
  ? (params: RouteParams<P>, query?: Query) => string
  : (query?: Query) => string) & { readonly pattern: P };

/** Makes a query string, with its question mark, or an empty string. Keys keep their order. */
export function queryString(query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && item !== '') search.append(key, String(item));
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/**
 * Declares a route: `const dossier = route('/ho-so/:id')`, then `dossier({ id })` for links and `dossier.pattern`
 * for the router. Values are percent-encoded. A missing or empty required parameter is a programming error and throws.
 */
export function route<const P extends string>(pattern: P): Route<P> {
  const names = pattern.includes(':');
  const build = (params: Record<string, string | number | undefined>, query?: Query): string => {
    const parts: string[] = [];
    for (const segment of pattern.split('/').slice(1)) {
      if (!segment.startsWith(':')) {
        parts.push(segment);
        continue;
      }
      const optional = segment.endsWith('?');
      const name = segment.slice(1, optional ? -1 : undefined);
      const value = params[name];
      if (value === undefined || value === '') {
        if (optional) continue;
        throw new Error(`The route ${pattern} needs ${name}`);
      }
      parts.push(encodeURIComponent(String(value)));
    }
    return `/${parts.join('/')}${queryString(query)}`;
  };
  const builder = names
    ? (params: Record<string, string | number | undefined>, query?: Query) => build(params, query)
    : (query?: Query) => build({}, query);
  return Object.assign(builder, { pattern }) as unknown as Route<P>;
}
