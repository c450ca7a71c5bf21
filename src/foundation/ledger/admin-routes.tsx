import { can } from '../../platform/access.ts';
import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { countOpenFindings, findFinding, listCheckRuns, listFindings, noteFinding } from './check-queries.ts';
import { findNewestCheckpoint } from './checkpoint-queries.ts';
import { checkAsked, findingNoted } from './ledger-events.ts';
import { manageLedger, viewLedger } from './ledger-permissions.ts';
import { getHead, isEventWaiting } from './ledger-queries.ts';
import { listKeys } from './key-queries.ts';
import { runCheck } from './run-check.ts';
import { AdminLedgerPage, FindingPage } from './views/admin-pages.tsx';
import { ledgerWords } from './views/ledger-words.ts';
import { listWitnesses } from './witness-queries.ts';

const PAGE = 50;
const RUNS = 24;
const MAX_REMARK = 2_000;

/** What an administrator asks for by hand. */
export const checkNow = defineJob<Record<string, never>>('ledger.check-now', {
  maxAttempts: 1,
  run: async (context) => void (await runCheck(context, 'asked')),
});

function cursorOf(text: string | null): { firstSeenAt: Date; id: string } | null {
  const [ms = '', id = ''] = (text ?? '').split('_');
  const firstSeenAt = new Date(Number(ms));
  return /^\d{1,15}$/.test(ms) && isId(id) && !Number.isNaN(firstSeenAt.getTime()) ? { firstSeenAt, id } : null;
}

/** The ledger for administrators and auditors. */
export function adminRoutes(web: Web): void {
  web.get(paths.adminLedger, { access: { permission: viewLedger } }, async ({ reader, query, actor }) => {
    const onlyOpen = query.get('xem') !== 'tat-ca';
    const [head, isWaiting, checkpoint, witnesses, keys, runs, findings, openCount] = await Promise.all([
      getHead(reader),
      isEventWaiting(reader),
      findNewestCheckpoint(reader),
      listWitnesses(reader),
      listKeys(reader),
      listCheckRuns(reader, RUNS),
      listFindings(reader, onlyOpen, cursorOf(query.get(listQuery.after)), PAGE + 1),
      countOpenFindings(reader),
    ]);
    const last = findings.length > PAGE ? findings[PAGE - 1] : undefined;
    return page(
      <AdminLedgerPage
        {...{ size: head.size, isWaiting, checkpoint, witnesses, keys, runs, openCount, onlyOpen }}
        findings={findings.slice(0, PAGE)}
        nextCursor={last ? `${last.firstSeenAt.getTime()}_${last.id}` : null}
        canManage={can(actor, manageLedger)}
        isAsked={query.get('da-gui') === '1'}
      />,
    );
  });
  web.post(paths.adminLedgerCheck, { access: { permission: manageLedger } }, async (request) => {
    await request.command(async (tx) => {
      enqueue(tx, checkNow, {}, { key: 'ledger.check-now' });
      publish(tx, checkAsked, { subject: { kind: 'ledger', id: 'record' }, payload: {} });
    });
    return seeOther(request.href(paths.adminLedger({ 'da-gui': '1' })));
  });
  web.get(paths.adminLedgerFinding, { access: { permission: viewLedger } }, async ({ reader, params, actor }) => {
    const row = isId(params['id'] ?? '') ? await findFinding(reader, params['id']!) : null;
    if (!row) throw problem(notFound);
    return page(<FindingPage row={row} form={freshForm()} canManage={can(actor, manageLedger)} />);
  });
  web.post(paths.adminLedgerFinding, { access: { permission: manageLedger } }, async (request) => {
    const row = isId(request.params['id'] ?? '') ? await findFinding(request.reader, request.params['id']!) : null;
    if (!row) throw problem(notFound);
    const remark = ((await request.form()).get('ket-qua') ?? '').trim();
    if (remark === '' || remark.length > MAX_REMARK) {
      const form = {
        values: { 'ket-qua': remark },
        errors: { 'ket-qua': ledgerWords.in(request.locale).remarkNeeded },
      };
      return page(<FindingPage row={row} form={form} canManage />, { status: 422 });
    }
    await request.command(async (tx) => {
      if (!(await noteFinding(tx, row.id, remark))) return;
      publish(tx, findingNoted, {
        subject: { kind: 'ledger-finding', id: row.id },
        payload: { kind: row.kind, place: row.place },
      });
    });
    return seeOther(request.href(paths.adminLedgerFinding({ id: row.id })));
  });
}
