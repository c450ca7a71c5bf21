import { can } from '../../platform/access.ts';
import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web } from '../../platform/http/web.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { readBackupState } from './backup-health.ts';
import { runNames } from './backup-messages.ts';
import { listRuns, type RunKind } from './backup-run-queries.ts';
import { backUpDaily, drillNightly } from './keep-up.ts';
import { backupAsked } from './operations-events.ts';
import { manageOperations, viewOperations } from './operations-permissions.ts';
import { BackupsPage } from './views/backups-page.tsx';

const PAGE = 30;

/** What an administrator asks for by hand: the night's work, now. */
export const runNow = defineJob<{ work: 'backup' | 'drill' }>('operations.run-now', {
  maxAttempts: 1,
  run: (context, { work }) => (work === 'backup' ? backUpDaily(context) : drillNightly(context)),
});

const isKind = (text: string | null): text is RunKind => text !== null && Object.hasOwn(runNames, text);

function cursorOf(text: string | null): { startedAt: Date; id: string } | null {
  const [ms = '', id = ''] = (text ?? '').split('_');
  const startedAt = new Date(Number(ms));
  return /^\d{1,15}$/.test(ms) && isId(id) && !Number.isNaN(startedAt.getTime()) ? { startedAt, id } : null;
}

/** Back-ups: their state, their history, and running them by hand. */
export function backupRoutes(web: Web): void {
  web.get(paths.adminBackups, { access: { permission: viewOperations } }, async (request) => {
    const asked = request.query.get('loai');
    const kind = isKind(asked) ? asked : null;
    const [state, runs] = await Promise.all([
      readBackupState(request.reader, request.config, request.now),
      listRuns(request.reader, kind, cursorOf(request.query.get(listQuery.after)), PAGE + 1),
    ]);
    const last = runs.length > PAGE ? runs[PAGE - 1] : undefined;
    return page(
      <BackupsPage
        state={state}
        runs={runs.slice(0, PAGE)}
        kind={kind}
        nextCursor={last ? `${last.startedAt.getTime()}_${last.id}` : null}
        canManage={can(request.actor, manageOperations)}
        isAsked={request.query.get('da-gui') === '1'}
      />,
    );
  });
  web.post(paths.adminBackupRun, { access: { permission: manageOperations } }, async (request) => {
    const work = (await request.form()).get('viec') === 'dien-tap' ? 'drill' : 'backup';
    await request.command(async (tx) => {
      enqueue(tx, runNow, { work }, { key: `operations.run-now/${work}` });
      publish(tx, backupAsked, { subject: { kind: 'backup', id: work }, payload: { work } });
    });
    return seeOther(request.href(paths.adminBackups({ 'da-gui': '1' })));
  });
}
