import { definePermission } from '../../../platform/access.ts';
import { defineEvent } from '../../../platform/events.ts';
import { defineProblem, mapConstraint } from '../../../platform/problems.ts';

export const approveDisposals = definePermission('files.approve-disposals', {
  vi: 'Duyệt danh mục tệp hết thời hạn lưu để hủy',
  en: 'Approve lists of files to be disposed of',
});

export const keepingChanged = defineEvent<{ class: string; keepDays: number | null; basis: string }>(
  'files.keeping-changed',
  { vi: 'Đổi thời hạn lưu', en: 'Time of keeping changed' },
);
export const holdPlaced = defineEvent<{ ownerKind: string; ownerId: string; reason: string }>('files.hold-placed', {
  vi: 'Tạm dừng hủy',
  en: 'Hold placed',
});
export const holdLifted = defineEvent<{ ownerKind: string; ownerId: string; reason: string }>('files.hold-lifted', {
  vi: 'Bỏ tạm dừng hủy',
  en: 'Hold lifted',
});
export const disposalDrawn = defineEvent<{ number: string; cutOff: string }>('files.disposal-drawn', {
  vi: 'Lập danh mục tệp hết thời hạn lưu',
  en: 'List of files to dispose of drawn up',
});
export const disposalDecided = defineEvent<{ number: string; state: string; decision: string }>(
  'files.disposal-decided',
  { vi: 'Quyết định về danh mục hủy', en: 'Disposal decided on' },
);
export const disposalDone = defineEvent<{ number: string; erased: number; bytes: number }>('files.disposal-done', {
  vi: 'Hủy xong danh mục tệp',
  en: 'Disposal carried out',
});

export const disposalOpen = defineProblem({
  code: 'files.disposal-open',
  status: 409,
  title: { vi: 'Đang có một đợt hủy chưa xong', en: 'Another disposal is not finished yet' },
  advice: { vi: 'Duyệt, từ chối hoặc bỏ đợt đó trước.', en: 'Approve, refuse or cancel that one first.' },
});
export const disposalNotWaiting = defineProblem({
  code: 'files.disposal-not-waiting',
  status: 409,
  title: { vi: 'Đợt hủy này không chờ duyệt', en: 'This disposal does not wait for approval' },
  advice: { vi: 'Tải lại trang để xem tình trạng mới nhất.', en: 'Reload the page to see where it stands.' },
});
export const samePerson = defineProblem({
  code: 'files.disposal-same-person',
  status: 409,
  title: { vi: 'Người lập danh mục không được tự duyệt', en: 'Whoever drew up the list may not approve it' },
  advice: { vi: 'Đề nghị một người khác có quyền duyệt.', en: 'Ask somebody else who may approve.' },
});
export const cutOffAhead = defineProblem({
  code: 'files.disposal-ahead',
  status: 409,
  title: {
    vi: 'Danh mục tính đến một ngày chưa tới: chỉ để xem trước, không hủy được',
    en: 'The list is for a day to come: it is a preview and cannot be carried out',
  },
});
export const holdOpen = defineProblem({
  code: 'files.hold-open',
  status: 409,
  title: { vi: 'Hồ sơ này đang được tạm dừng hủy', en: 'A hold lies on this dossier already' },
});
mapConstraint('disposal_open_key', disposalOpen);
mapConstraint('disposal_two_persons_check', samePerson);
