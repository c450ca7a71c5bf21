import { findAccountByNumber } from '../../foundation/identity/index.ts';
import { recordReading, statedReason } from '../../foundation/readings/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { listOwnDossiers } from '../dossiers/index.ts';
import { askClosing, cancelClosing, reopenForOwner } from './close-own-account.ts';
import { findOpenClosing } from './closing-queries.ts';
import { accountIdOf } from './own-account.ts';
import { mayProposeMergers } from './people-permissions.ts';
import { ClosingPage, ReopeningPage } from './views/closing-pages.tsx';

async function show(request: WebRequest, failed: { reason: string } | null = null): Promise<Reply> {
  const id = accountIdOf(request.actor);
  const closing = await findOpenClosing(request.reader, id);
  const open = await listOwnDossiers(request.reader, id, { closed: false, limit: 100 });
  return page(
    <ClosingPage
      days={rulesOn(localDate(request.now)).personalData.closingDays}
      closesAt={closing?.closesAt ?? null}
      openDossiers={open.length}
      isWrong={failed !== null}
      isKept={request.query.get('xong') === 'giu'}
      reason={failed?.reason ?? ''}
    />,
    { status: failed ? 422 : 200 },
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const id = accountIdOf(request.actor);
  const form = await request.form();
  if (form.get('act') === 'cancel') {
    await request.command((tx) => cancelClosing(tx, request.actor, id));
    return seeOther(request.href(paths.accountClosing({ xong: 'giu' })));
  }
  const reason = (form.get('reason') ?? '').replaceAll('\u0000', '').trim().slice(0, 500);
  if (form.get('sure') !== 'yes') return show(request, { reason });
  await request.command((tx) => askClosing(tx, id, reason || null));
  return seeOther(request.href(paths.accountClosing()));
}

async function reopen(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const number = (form.get('number') ?? '').trim().slice(0, 30);
  const papers = statedReason(form.get('papers'));
  const fault = (name: 'number' | 'papers') =>
    page(<ReopeningPage number={number} fault={name} isDone={false} />, { status: 422 });
  if (papers === null) return fault('papers');
  const account = await findAccountByNumber(request.reader, number);
  if (account?.status !== 'closed' || account.statusReason !== 'own-request') return fault('number');
  await request.command(async (tx) => {
    await reopenForOwner(tx, request.actor, account.id);
    await recordReading(
      tx,
      request.actor,
      [{ accountId: account.id, subject: { kind: 'account', id: account.id, label: null } }],
      { work: 'administration', purpose: `Mở lại tài khoản: ${papers}` },
    );
  });
  return seeOther(request.href(paths.accountReopening({ xong: 1 })));
}

/** Closing one's account, and reopening it at the counter. */
export function closingRoutes(web: Web): void {
  const limited = {
    access: 'submitter',
    rateLimit: { name: 'people.closing', limit: 20, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.accountClosing, { access: 'submitter' }, (request) => show(request));
  web.post(paths.accountClosing, limited, act);
  web.get(paths.accountReopening, { access: { permission: mayProposeMergers } }, (request) =>
    page(<ReopeningPage number="" fault={null} isDone={request.query.get('xong') === '1'} />),
  );
  web.post(paths.accountReopening, { access: { permission: mayProposeMergers } }, reopen);
}
