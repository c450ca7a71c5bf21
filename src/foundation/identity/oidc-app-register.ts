import { can, demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { enqueue } from '../../platform/jobs.ts';
import { newId, newSecret } from '../../platform/ids.ts';
import { forbidden, problem, staleVersion } from '../../platform/problems.ts';
import { hashToken } from '../../platform/session.ts';
import { appNotFound } from './identity-problems.ts';
import { appsManage, appsRequest } from './identity-permissions.ts';
import {
  findApp,
  insertApp,
  updateApp,
  updateAppSecret,
  updateAppStatus,
  type AppDetails,
} from './oidc-app-queries.ts';
import {
  appChanged,
  appDecided,
  appRegistered,
  appRequested,
  appSecretMade,
  appTold,
  appWithdrawn,
  logoutsRepeated,
} from './oidc-events.ts';
import { deleteTold, saveTold } from './oidc-grant-queries.ts';
import { queueLogouts, sendLogout } from './oidc-logout.ts';
import { forgetSignOns, listSignOns, repeatLogouts } from './oidc-logout-queries.ts';
import { asksForMore, type AppStatus, type RelyingApp } from './relying-app.ts';

/** For so long the secret before is still let in, so that an agency can change it without a gap. */
export const SECRET_OVERLAP_HOURS = 24;

/** A secret lasts so many days; a new one is made before. */
const SECRET_DAYS = 365;

const subjectOf = (id: string) => ({ kind: 'relying-app', id });

/** Whether the actor may look after this application: the province all, an agency its own. */
export const mayKeep = (actor: Actor, app: Pick<RelyingApp, 'unitId'>): boolean =>
  can(actor, appsManage) || can(actor, appsRequest, { unitId: app.unitId });

/** The application, for somebody who may look after it. @throws appNotFound for everybody else, too */
export async function keptApp(tx: Tx, actor: Actor, id: string): Promise<RelyingApp> {
  const app = await findApp(tx, id);
  if (!app || !mayKeep(actor, app)) throw problem(appNotFound);
  return app;
}

/**
 * Enters an application: at once when the province does it, as a request that waits when an agency asks for its own. Returns the id.
 * @throws forbidden when the agency is not one of the actor's
 */
export async function registerApp(tx: Tx, actor: Actor, input: AppDetails & { unitId: string }): Promise<string> {
  const isManager = can(actor, appsManage);
  if (!isManager) demand(actor, appsRequest, { unitId: input.unitId });
  const id = newId();
  const clientId = `app-${newSecret()
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)}`;
  const status = isManager ? 'active' : 'requested';
  await insertApp(tx, { ...input, id, clientId, status, requestedBy: actor.label });
  publish(tx, isManager ? appRegistered : appRequested, {
    subject: subjectOf(id),
    unitId: input.unitId,
    payload: { clientId },
  });
  return id;
}

/**
 * Changes what was registered. What an agency changes of its own waits for the province again, unless only words and the contact changed;
 * who is told anew follows from what it asks for. @throws staleVersion
 */
export async function changeApp(
  tx: Tx,
  actor: Actor,
  id: string,
  version: number,
  input: AppDetails,
): Promise<RelyingApp> {
  const app = await keptApp(tx, actor, id);
  const fields = (Object.keys(input) as (keyof AppDetails)[]).filter(
    (key) => JSON.stringify(input[key]) !== JSON.stringify(app[key]),
  );
  const isHarmless = fields.every((field) => /^(name|purpose)(Vi|En)$|^(contact|homeUrl)$/.test(field));
  if (!can(actor, appsManage) && app.status === 'suspended') throw problem(forbidden);
  const status: AppStatus =
    can(actor, appsManage) || isHarmless ? (app.status === 'refused' ? 'requested' : app.status) : 'requested';
  const isMore = asksForMore(app.claims, input.claims);
  if (!(await updateApp(tx, id, version, { ...input, status }, isMore))) throw problem(staleVersion);
  publish(tx, appChanged, { subject: subjectOf(id), unitId: app.unitId, payload: { fields, told: isMore } });
  if (status !== 'active' && app.status === 'active') await endApp(tx, app);
  return { ...app, ...input, status };
}

const FROM: Record<'active' | 'refused' | 'suspended', readonly AppStatus[]> = {
  active: ['requested', 'refused', 'suspended'],
  refused: ['requested'],
  suspended: ['active'],
};

/** Approves, refuses, suspends or takes up again. Everybody is signed out of a suspended one. @throws appNotFound, staleVersion */
export async function decideOnApp(
  tx: Tx,
  actor: Actor,
  id: string,
  status: 'active' | 'refused' | 'suspended',
  reason: string | null,
): Promise<void> {
  demand(actor, appsManage);
  const app = await keptApp(tx, actor, id);
  if (!(await updateAppStatus(tx, id, status, reason, FROM[status]))) throw problem(staleVersion);
  publish(tx, appDecided, { subject: subjectOf(id), unitId: app.unitId, payload: { status, reason } });
  if (status === 'suspended') await endApp(tx, app);
}

/** Takes everybody's sign-ons of an application away and tells it so. */
async function endApp(tx: Tx, app: RelyingApp): Promise<void> {
  const open = await listSignOns(tx, app.clientId, null);
  await queueLogouts(
    tx,
    open.map((one) => ({ ...one, clientId: app.clientId })),
  );
  await forgetSignOns(tx, app.clientId, null);
}

/** Makes a secret, shown once; the one before works for a day more. @throws appNotFound, forbidden where the application has none */
export async function makeSecret(tx: Tx, actor: Actor, id: string): Promise<string> {
  const app = await keptApp(tx, actor, id);
  if (app.status !== 'active' || !app.authMethod.startsWith('client_secret')) throw problem(forbidden);
  const secret = newSecret();
  const previousUntil = new Date(tx.now.getTime() + SECRET_OVERLAP_HOURS * 3_600_000);
  const expiresAt = new Date(tx.now.getTime() + SECRET_DAYS * 86_400_000);
  await updateAppSecret(tx, id, hashToken(secret), previousUntil, expiresAt);
  publish(tx, appSecretMade, {
    subject: subjectOf(id),
    unitId: app.unitId,
    payload: {
      previousUntil: app.secretMadeAt ? previousUntil.toISOString() : null,
      expiresAt: expiresAt.toISOString(),
    },
  });
  return secret;
}

/** Sends the sign-outs that could not be delivered once more. Returns how many. */
export async function repeatFailedLogouts(tx: Tx, actor: Actor, id: string): Promise<number> {
  const app = await keptApp(tx, actor, id);
  const ids = await repeatLogouts(tx, id);
  for (const deliveryId of ids) enqueue(tx, sendLogout, { deliveryId }, { key: `logout/${deliveryId}` });
  if (ids.length > 0)
    publish(tx, logoutsRepeated, {
      subject: subjectOf(id),
      unitId: app.unitId,
      payload: { deliveries: ids.length },
    });
  return ids.length;
}

/** Notes that a person was told what an application learns, and went on. */
export async function noteTold(tx: Tx, accountId: string, app: RelyingApp): Promise<void> {
  await saveTold(tx, accountId, app.id, app.noticeVersion);
  publish(tx, appTold, {
    subject: { kind: 'account', id: accountId },
    payload: { appId: app.id, noticeVersion: app.noticeVersion },
  });
}

/** A person takes their word back: the application hears of a sign-out, its tokens are void, and next time it asks again. */
export async function withdrawFromApp(tx: Tx, accountId: string, appId: string): Promise<boolean> {
  const clientId = await deleteTold(tx, accountId, appId);
  if (clientId === null) return false;
  const open = await listSignOns(tx, clientId, accountId);
  await queueLogouts(
    tx,
    open.map((one) => ({ ...one, clientId })),
  );
  await forgetSignOns(tx, clientId, accountId);
  publish(tx, appWithdrawn, { subject: { kind: 'account', id: accountId }, payload: { appId } });
  return true;
}
