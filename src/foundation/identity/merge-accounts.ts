import type { Tx } from '../../platform/database.ts';
import {
  countMessages,
  mergeContacts,
  mergeMessages,
  unmergeContacts,
  unmergeMessages,
} from '../notifications/index.ts';
import type { AccountMerge } from './account-merge.ts';
import { updateStatus } from './admin-queries.ts';
import {
  countMergeThings,
  mergeLogins,
  mergeMemberships,
  mergeNational,
  unmergeLogins,
  unmergeMemberships,
  unmergeNational,
} from './merge-queries.ts';
import { updateReopened } from './person-queries.ts';
import { deleteSessionsOf } from './session-queries.ts';

/** Contacts, businesses, the link to the national account and messages go over; factors and sessions of the source end with it. */
export const mergeAccountFacts: AccountMerge = {
  name: 'identity',
  order: 10,
  async preview(reader, { sourceId, targetId }) {
    const counts = await countMergeThings(reader, sourceId, targetId);
    const messages = await countMessages(reader, sourceId);
    return {
      lines: [
        { what: { vi: 'Email, số điện thoại', en: 'E-mail, telephone' }, count: counts.contacts, fate: 'moves' },
        {
          what: {
            vi: 'Email, số điện thoại mà tài khoản giữ lại đã có',
            en: 'E-mail, telephone the kept account has already',
          },
          count: counts.contactsKept,
          fate: 'stays',
        },
        {
          what: { vi: 'Doanh nghiệp làm đại diện', en: 'Businesses acted for' },
          count: counts.memberships,
          fate: 'moves',
        },
        {
          what: { vi: 'Liên kết tài khoản định danh', en: 'Link to the national account' },
          count: counts.national,
          fate: 'moves',
        },
        { what: { vi: 'Thông báo', en: 'Messages' }, count: messages, fate: 'moves' },
        { what: { vi: 'Cách xác minh hai bước', en: 'Second factors' }, count: counts.factors, fate: 'ends' },
        { what: { vi: 'Phiên đăng nhập đang mở', en: 'Open sessions' }, count: counts.sessions, fate: 'ends' },
      ],
    };
  },
  async apply(tx, { sourceId, targetId }) {
    return {
      logins: await mergeLogins(tx, sourceId, targetId),
      contacts: await mergeContacts(tx, sourceId, targetId),
      memberships: await mergeMemberships(tx, sourceId, targetId),
      national: await mergeNational(tx, sourceId, targetId),
      messages: await mergeMessages(tx, sourceId, targetId),
    };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    await unmergeLogins(tx, sourceId, targetId, moved['logins'] ?? []);
    await unmergeContacts(tx, sourceId, targetId, moved['contacts'] ?? []);
    await unmergeMemberships(tx, sourceId, targetId, moved['memberships'] ?? []);
    await unmergeNational(tx, sourceId, targetId, moved['national'] ?? []);
    await unmergeMessages(tx, sourceId, targetId, moved['messages'] ?? []);
  },
};

/** The source of a merger closes: nobody signs in with it, its number stays taken. False when it is closed already. */
export async function closeMergedAccount(tx: Tx, accountId: string): Promise<boolean> {
  if (!(await updateStatus(tx, accountId, 'closed', 'merged'))) return false;
  await deleteSessionsOf(tx, accountId, null);
  return true;
}

/** The source of a merger that is undone opens again, with the password and factors it had. */
export const reopenMergedAccount = (tx: Tx, accountId: string): Promise<boolean> => updateReopened(tx, accountId);
