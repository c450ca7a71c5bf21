import type { Interaction } from 'oidc-provider';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { namesOf } from '../organisations/index.ts';
import { findAccount } from './account-queries.ts';
import { findActiveApp } from './oidc-app-queries.ts';
import { noteTold, withdrawFromApp } from './oidc-app-register.ts';
import { listAppsOfAccount } from './oidc-grant-queries.ts';
import { finishNotice, refuseStep } from './oidc-provider.ts';
import type { RelyingApp } from './relying-app.ts';
import { AppBrokenPage, MyAppsPage, NoticePage, NotForYouPage, OnwardPage } from './views/oidc-notice-page.tsx';

/** On to an address of the provider whose redirects may lead to another site: from a page, because a form may not. */
export const onward = (location: string): Reply =>
  page(<OnwardPage location={location} />, { headers: { refresh: `0; url=${location}` } });

const appOf = (request: WebRequest, step: Interaction): Promise<RelyingApp | undefined> =>
  findActiveApp(request.reader, String(step.params['client_id']));

async function nameOfUnit(request: WebRequest, unitId: string): Promise<string> {
  const unit = (await namesOf(request.reader, [unitId], localDate(request.now))).get(unitId);
  return unit?.[request.locale === 'vi' ? 'nameVi' : 'nameEn'] ?? '';
}

/** Shows what an application learns; or that it is not for this account. */
export async function showNotice(request: WebRequest, step: Interaction): Promise<Reply> {
  const app = await appOf(request, step);
  const account = step.session ? await findAccount(request.reader, step.session.accountId) : undefined;
  if (!app || !account) return page(<AppBrokenPage />, { status: 400 });
  if (!app.audience.includes(account.kind)) return page(<NotForYouPage uid={step.uid} app={app} />, { status: 403 });
  return page(<NoticePage uid={step.uid} app={app} unit={await nameOfUnit(request, app.unitId)} />);
}

/** Goes on to the application, or back to it without anything. */
export async function answerNotice(
  context: AppContext,
  request: WebRequest,
  step: Interaction,
  answer: string | null,
): Promise<Reply> {
  const app = await appOf(request, step);
  const accountId = step.session?.accountId ?? '';
  const account = await findAccount(request.reader, accountId);
  if (!app || !account) return page(<AppBrokenPage />, { status: 400 });
  if (answer !== 'yes' || !app.audience.includes(account.kind))
    return onward(await refuseStep(context, request.headers));
  await request.command((tx) => noteTold(tx, accountId, app));
  return onward(await finishNotice(context, request.headers, step));
}

async function showMine(request: WebRequest): Promise<Reply> {
  const apps = await listAppsOfAccount(request.reader, request.actor.accountId ?? '');
  const units = await namesOf(
    request.reader,
    apps.map((app) => app.unitId),
    localDate(request.now),
  );
  const named = apps.map((app) => ({
    ...app,
    unit: units.get(app.unitId)?.[request.locale === 'vi' ? 'nameVi' : 'nameEn'] ?? '',
  }));
  return page(<MyAppsPage apps={named} />);
}

async function withdraw(request: WebRequest): Promise<Reply> {
  const id = (await request.form()).get('id');
  if (isId(id)) await request.command((tx) => withdrawFromApp(tx, request.actor.accountId ?? '', id));
  return seeOther(request.href(paths.accountApps()));
}

/** The applications of the person who is signed in. */
export function oidcNoticeRoutes(web: Web): void {
  web.get(paths.accountApps, { access: 'signed-in' }, showMine);
  web.post(paths.accountApps, { access: 'signed-in' }, withdraw);
}
