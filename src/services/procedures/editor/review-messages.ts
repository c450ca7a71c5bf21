import { defineMessage, notify, notifyMany } from '../../../foundation/notifications/index.ts';
import { findOfficer, holdersOf } from '../../../foundation/organisations/index.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { isId } from '../../../platform/ids.ts';
import { paths } from '../../../ui/paths.ts';
import { reviewProcedures } from '../procedure-permissions.ts';
import type { Revision } from './revision.ts';

const waitsMessage = defineMessage<'code' | 'name' | 'author'>(
  'procedures.review-waits',
  {
    vi: {
      subject: 'Thủ tục {code} chờ duyệt',
      body: '{author} gửi duyệt bản soạn “{name}” ({code}). Mở bản soạn để xem, góp ý và quyết định.',
    },
    en: {
      subject: 'Procedure {code} waits for a review',
      body: '{author} has sent the draft “{name}” ({code}) for review. Open it to read, remark and decide.',
    },
  },
  { kind: 'work' },
);
const approvedMessage = defineMessage<'code' | 'name'>(
  'procedures.review-approved',
  {
    vi: {
      subject: 'Bản soạn {code} đã được duyệt',
      body: 'Bản soạn “{name}” ({code}) đã được duyệt và có thể công bố.',
    },
    en: {
      subject: 'Draft {code} was approved',
      body: 'The draft “{name}” ({code}) was approved and may be published.',
    },
  },
  { kind: 'work' },
);
const sentBackMessage = defineMessage<'code' | 'name' | 'note'>(
  'procedures.review-sent-back',
  {
    vi: { subject: 'Bản soạn {code} bị trả lại', body: 'Bản soạn “{name}” ({code}) bị trả lại để sửa: {note}' },
    en: { subject: 'Draft {code} was sent back', body: 'The draft “{name}” ({code}) was sent back: {note}' },
  },
  { kind: 'work' },
);

const MOST = 50;

/** Tells those who may review that a draft waits; who wrote in it is left out. */
export async function tellReviewers(tx: Tx, revision: Revision): Promise<void> {
  const { code, name, editorIds, versionId } = revision;
  const holders = await holdersOf(tx, reviewProcedures.name, null, localDate(tx.now));
  const ids = new Set(holders.map((one) => one.officerId).filter((id) => !editorIds.includes(id)));
  await notifyMany(
    tx,
    [...ids].slice(0, MOST).map((id) => ({
      recipient: { kind: 'official', id },
      template: waitsMessage,
      values: { code, name, author: tx.actor.label },
      link: paths.adminProcedureDraft({ code }),
      key: `procedures.review/${versionId}/${tx.now.getTime()}/${id}`,
    })),
  );
}

/** Tells the author what became of the draft. */
export async function tellAuthor(tx: Tx, revision: Revision, isApproved: boolean, note: string): Promise<void> {
  const { code, name, authorId, versionId } = revision;
  // A program may have written it: nobody to tell.
  if (!isId(authorId) || !(await findOfficer(tx, authorId))) return;
  const shared = {
    recipient: { kind: 'official' as const, id: authorId },
    link: paths.adminProcedureDraft({ code }),
    key: `procedures.reviewed/${versionId}/${tx.now.getTime()}`,
  };
  if (isApproved) await notify(tx, { ...shared, template: approvedMessage, values: { code, name } });
  else await notify(tx, { ...shared, template: sentBackMessage, values: { code, name, note } });
}
