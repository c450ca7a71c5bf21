import { findAccountByLogin } from '../../src/foundation/identity/account-queries.ts';
import { sessionFor } from '../../src/foundation/identity/testing.ts';
import { hashToken, SESSION_COOKIE } from '../../src/platform/session.ts';
import { resolveSession } from '../../src/foundation/identity/index.ts';
import type { Actor } from '../../src/platform/access.ts';
import { can } from '../../src/platform/access.ts';
import type { Access } from '../../src/platform/http/web.ts';
import type { TestApp } from '../../src/testing/app.ts';

export const demoLogins = {
  citizen: '040190000017',
  business: '2900000013',
  'front desk': 'motcua',
  specialist: 'chuyenvien',
  head: 'truongbophan',
  leader: 'lanhdao',
  administrator: 'quantri',
} as const;
export type Role = keyof typeof demoLogins | 'anonymous' | 'other citizen' | 'other front desk' | 'other leader';

/** Somebody of the demonstration with an open session. */
export interface Visitor {
  role: Role;
  token: string | null;
  headers: Record<string, string>;
  /** What forms of this session carry. */
  csrf: string;
  actor: Actor | null;
}

const nobody: Visitor = { role: 'anonymous', token: null, headers: {}, csrf: '', actor: null };

async function visitorOf(
  app: TestApp,
  role: Role,
  account: { id: string; kind: 'citizen' | 'business' | 'official'; name: string; postId: string | null },
): Promise<Visitor> {
  const session = await sessionFor(app.db, account, 2);
  const view = await resolveSession(app.db.reader, hashToken(session.token), app.db.clock.now());
  return {
    role,
    token: session.token,
    headers: { cookie: `${SESSION_COOKIE}=${session.token}` },
    csrf: session.csrf(app.context.config.secret),
    actor: view?.actor ?? null,
  };
}

/** The demo accounts, a stranger of each kind, and nobody: signed in without the journey. */
export async function visitors(app: TestApp): Promise<Record<Role, Visitor>> {
  const { reader } = app.db;
  const made: Partial<Record<Role, Visitor>> = { anonymous: nobody };
  for (const [role, login] of Object.entries(demoLogins) as [keyof typeof demoLogins, string][]) {
    const account = (await findAccountByLogin(reader, login))!;
    const [post] = account.officerId
      ? await reader.raw<{ postId: string }>(
          'select post_id as "postId" from organisations.appointment where officer_id = $1 and valid_to is null limit 1',
          [account.officerId],
        )
      : [];
    made[role] = await visitorOf(app, role, {
      id: account.id,
      kind: account.kind as 'citizen',
      name: account.name,
      postId: post?.postId ?? null,
    });
  }
  const [person] = await reader.raw<{ id: string; name: string }>(
    `select p.account_id as id, p.full_name as name from identity.person p where p.identity_number <> $1 order by p.account_id limit 1`,
    [demoLogins.citizen],
  );
  made['other citizen'] = await visitorOf(app, 'other citizen', {
    id: person!.id,
    name: person!.name,
    kind: 'citizen',
    postId: null,
  });
  made['other front desk'] = await stranger(app, 'other front desk', 'front-desk');
  made['other leader'] = await stranger(app, 'other leader', 'leader');
  return made as Record<Role, Visitor>;
}

/** An official of another commune than the demo officers'. */
async function stranger(app: TestApp, role: Role, roleKey: string): Promise<Visitor> {
  const found = await app.db.reader.raw<{ officerId: string; postId: string; name: string }>(
    `select a.officer_id as "officerId", p.id as "postId", o.full_name as name from organisations.post p
     join organisations.post_role pr on pr.post_id = p.id join organisations.role r on r.id = pr.role_id and r.key = $1
     join organisations.appointment a on a.post_id = p.id and a.valid_to is null join organisations.officer o on o.id = a.officer_id
     where p.key like 'gso:%' and split_part(split_part(p.key, '#', 1), '/', 1) <> (
       select split_part(split_part(q.key, '#', 1), '/', 1) from organisations.post q join organisations.appointment b on b.post_id = q.id
       join organisations.officer d on d.id = b.officer_id where d.staff_code = 'DEMO-MOTCUA' limit 1)
     order by p.key, o.staff_code limit 1`,
    [roleKey],
  );
  const official = found[0]!;
  const { insertOfficialAccount } = await import('../../src/foundation/identity/testing.ts');
  const account = await app.db.write((tx) =>
    insertOfficialAccount(tx, { officerId: official.officerId, postId: official.postId, name: official.name }),
  );
  return visitorOf(app, role, { ...account, kind: 'official', postId: official.postId });
}

const ORDER: readonly Role[] = ['citizen', 'business', 'front desk', 'specialist', 'head', 'leader', 'administrator'];

/** Whether the route's own access lets the visitor in (the handler may still ask for more). */
export function mayEnter(access: Access, { actor }: Visitor): boolean {
  if (access === 'public') return true;
  if (actor === null) return false;
  if (access === 'signed-in') return true;
  if (access === 'person' || access === 'submitter') return actor.kind === 'citizen' || actor.kind === 'business';
  if (access === 'official') return actor.kind === 'official';
  if ('permission' in access) return can(actor, access.permission);
  if ('anyOf' in access) return access.anyOf.some((permission) => can(actor, permission));
  return false;
}

/** Who should see a route: nobody in particular for a public page, else the first demo account that may. */
export const viewerOf = (access: Access, all: Record<Role, Visitor>): Visitor | undefined =>
  access === 'public' ? all.anonymous : ORDER.map((role) => all[role]).find((visitor) => mayEnter(access, visitor));
