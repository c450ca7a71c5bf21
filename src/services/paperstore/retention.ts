import type { RetentionClass } from '../../foundation/files/index.ts';
import { listClosedAccounts, stillClosed } from '../../foundation/identity/index.ts';
import { listPapersOfAccounts, ownersOfPapers } from './paper-queries.ts';

/**
 * Own papers that a closed account still has: those of an account that was merged into another, or came in while it was closing. The store itself
 * is erased when its owner closes the account.
 */
export const closedAccountClass: RetentionClass = {
  key: 'paper-closed-account',
  ownerKind: 'paper',
  name: { vi: 'Giấy tờ trong kho của tài khoản đã đóng', en: 'Own papers of closed accounts' },
  countedFrom: { vi: 'ngày đóng tài khoản', en: 'the day the account was closed' },
  async listEnded(reader, { before, after, limit }) {
    const accounts = await listClosedAccounts(reader, before, after, limit);
    const closedAt = new Map(accounts.map((account) => [account.id, account.closedAt]));
    const papers = await listPapersOfAccounts(reader, [...closedAt.keys()]);
    return {
      owners: papers.map(({ id, accountId }) => ({ id, at: closedAt.get(accountId)!, label: null })),
      next: accounts.length < limit ? null : accounts.at(-1)!.id,
    };
  },
  async stillEnded(reader, ids, before) {
    const owners = await ownersOfPapers(reader, ids);
    const closed = await stillClosed(reader, [...new Set(owners.map((each) => each.accountId))], before);
    return new Set(owners.filter((each) => closed.has(each.accountId)).map((each) => each.id));
  },
};
