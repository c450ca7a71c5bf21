import type { Actor } from '../../../platform/access.ts';
import type { AppContext } from '../../../platform/module.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { localDate } from '../../../platform/clock.ts';
import { editProcedures } from '../procedure-permissions.ts';
import { findProcedure } from '../procedure-queries.ts';
import { makeRemark } from './review-revision.ts';
import { findOpenRevision } from './revision-queries.ts';
import { openDraft } from './write-revision.ts';

const CODE = '2.000720';

const clerk: Actor = {
  kind: 'system',
  id: 'demo',
  label: 'Nguyễn Thị Hạnh',
  accountId: null,
  grants: new Map([[editProcedures.name, 'all']]),
  scopes: [],
  assurance: 0,
};

/** A draft in the middle of its work, so that the demonstration shows what one looks like. */
export async function loadDraftExample({ db, clock }: AppContext): Promise<void> {
  if (await findOpenRevision(db.reader, CODE)) return;
  const version = await findProcedure(db.reader, CODE, localDate(clock.now()));
  if (!version || version.number > 1) return;
  await inTransaction(db, { actor: clerk, clock }, async (tx) => {
    const { versionId } = await openDraft(tx, clerk, {
      code: CODE,
      baseVersionId: version.versionId,
      reason: 'Rút ngắn thời hạn giải quyết theo kế hoạch cải cách hành chính',
    });
    await makeRemark(tx, { versionId, section: 'channels', body: 'Đề nghị ghi rõ thời hạn khi nộp qua bưu chính.' });
  });
}
