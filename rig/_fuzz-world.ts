import { readdirSync } from 'node:fs';
import { Agent } from 'node:http';
import type { FuzzWorld, KnownRoute, Sender } from './_fuzz-grammar.ts';
import { speak } from './_http-client.ts';
import { mayDo, plainValues, thingOf } from './_rights.ts';
import { registeredRoutes } from './_routes.ts';
import { PUBLIC_HOST, type Site } from './_secured.ts';
import { houses, type Visitor } from './_town.ts';

/** Whoever sends requests: nobody, a person, a business, every role at its own agency, programs. */
export const sendersOf = ({ town }: Site): Visitor[] =>
  town.visitors.filter(
    ({ name, kind }) =>
      ['signed out', 'citizen 1', 'owner of business 4', 'delegate'].includes(name) ||
      kind === 'client' ||
      name.endsWith('of own agency'),
  );

export const asSender = ({ headers, csrf }: Visitor): Sender => ({ headers, csrf });

function addressesOf(pattern: string, example: Record<string, string> | undefined, { things }: Site): string[] {
  const made = houses.map((house) =>
    pattern.replaceAll(/:(\w+)\??/g, (_whole, name: string) =>
      encodeURIComponent(thingOf(pattern, name, things[house]) ?? example?.[name] ?? plainValues[name] ?? 'x'),
    ),
  );
  return [...new Set(made)];
}

/** Names and values of the fields of a page's forms. */
function fieldsIn(html: string): [string, string][] {
  return [...html.matchAll(/<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"[^>]*>/g)].map((found) => [
    found[1]!,
    /\bvalue="([^"]*)"/.exec(found[0])?.[1] ?? '',
  ]);
}

/** Looks at every page as somebody who may, and learns its fields, its ids and where it leads. */
export async function learnWorld(site: Site): Promise<FuzzWorld> {
  const agent = new Agent({ keepAlive: true });
  const senders = sendersOf(site);
  const fields = new Map<string, [string, string]>([['thang', ['thang', '2026-11']]]);
  const ids = new Set<string>(houses.flatMap((house) => Object.values(site.things[house])));
  const routes: KnownRoute[] = [];
  const ownFields = new Map<string, [string, string][]>();
  for (const { method, pattern, options } of await registeredRoutes()) {
    const addresses = addressesOf(pattern, options.example, site);
    routes.push({ method, pattern, addresses, machine: options.machine === true, fields: [] });
    if (method !== 'GET' || /\/xuat\/|tai-ve|\.pdf/.test(pattern)) continue;
    const reader = senders.find((sender) => mayDo(sender, 'GET', pattern, null) && (sender.kind !== 'nobody' || true));
    const best = senders.find((sender) => sender.kind !== 'nobody' && mayDo(sender, 'GET', pattern, null)) ?? reader;
    const { text } = await speak(agent, {
      port: site.place.port,
      method: 'GET',
      path: addresses[0]!,
      headers: {
        host: PUBLIC_HOST,
        'x-forwarded-for': `10.9.${routes.length % 250}.1`,
        accept: 'text/html',
        ...best?.headers,
      },
    });
    ownFields.set(
      pattern,
      fieldsIn(text)
        .filter(([name]) => name !== '_csrf')
        .slice(0, 60),
    );
    for (const [name, value] of fieldsIn(text))
      if (name !== '_csrf') fields.set(`${name}=${value}`.slice(0, 80), [name, value]);
    for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))
      if (ids.size < 3_000) ids.add(id);
  }
  agent.destroy();
  for (const route of routes) route.fields = ownFields.get(route.pattern) ?? [];
  return {
    routes,
    senders: senders.map(asSender),
    fields: [...fields.values()],
    ids: [...ids].filter(Boolean),
    assets: readdirSync('dist/client/assets').slice(0, 60),
  };
}
