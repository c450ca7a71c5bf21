import { localWords } from '../../../ui/local-words.ts';
import type { Alarm } from '../backup-health.ts';
import type { RunOutcome } from '../backup-run-queries.ts';
import type { VolumeUse } from '../../../platform/space.ts';

/** What each alarm says, and what to do. */
const alarmsVi: Record<Alarm, [string, string]> = {
  'backups-off': ['Chưa bật sao lưu tự động', 'Đặt SEN_BACKUPS là thư mục chứa bản sao lưu rồi khởi động lại.'],
  'space-stop': [
    'Đĩa gần đầy: hệ thống đã tạm dừng nhận dữ liệu mới',
    'Giải phóng chỗ trên đĩa; hệ thống tự hoạt động lại sau vài giây.',
  ],
  'space-low': ['Đĩa sắp đầy', 'Giải phóng chỗ hoặc mở rộng đĩa trước khi hệ thống phải tạm dừng nhận dữ liệu.'],
  'archive-failing': [
    'Nhật ký ghi không lưu trữ được',
    'Kiểm tra quyền ghi và chỗ trống của thư mục sao lưu; máy chủ tự thử lại.',
  ],
  'archive-late': ['Đã hơn 15 phút không lưu trữ nhật ký ghi', 'Kiểm tra thư mục sao lưu và nhật ký của PostgreSQL.'],
  'copy-late': [
    'Đã hơn một giờ không chép được gì sang nơi thứ hai',
    'Kiểm tra nơi thứ hai có được kết nối không: npx sen backup copy.',
  ],
  'daily-late': [
    'Chưa có bản sao lưu hằng ngày mới',
    'Kiểm tra tiến trình chạy nền có hoạt động không: npx sen backup --daily.',
  ],
  'daily-failed': ['Bản sao lưu hằng ngày gần nhất không thành công', 'Xem lý do ở bảng dưới.'],
  'base-late': ['Chưa có bản sao gốc mới', 'Kiểm tra tiến trình chạy nền có hoạt động không: npx sen backup --base.'],
  'base-failed': ['Bản sao gốc gần nhất không thành công', 'Xem lý do ở bảng dưới.'],
  'copy-failed': ['Lần chép sang nơi thứ hai gần nhất không thành công', 'Xem lý do ở bảng dưới.'],
  'drill-late': [
    'Đã lâu không diễn tập phục hồi',
    'Kiểm tra tiến trình chạy nền có hoạt động không: npx sen backup drill.',
  ],
  'drill-failed': [
    'Diễn tập phục hồi gần nhất không thành công',
    'Bản sao lưu có thể không dùng được: xem lý do ở bảng dưới, sao lưu lại rồi diễn tập lại.',
  ],
  'base-drill-late': [
    'Đã lâu không diễn tập phục hồi từ bản sao gốc',
    'Kiểm tra tiến trình chạy nền có hoạt động không: npx sen backup drill --base.',
  ],
  'base-drill-failed': [
    'Diễn tập phục hồi từ bản sao gốc không thành công',
    'Bản sao gốc có thể không dùng được: xem lý do ở bảng dưới, sao lưu lại rồi diễn tập lại.',
  ],
};
const alarmsEn: Record<Alarm, [string, string]> = {
  'backups-off': ['Automatic back-ups are off', 'Set SEN_BACKUPS to a folder for them and restart.'],
  'space-stop': [
    'A disk is almost full: nothing new is accepted',
    'Free some space; the system goes on by itself within seconds.',
  ],
  'space-low': [
    'A disk is getting full',
    'Free space or enlarge the disk before the system has to stop accepting data.',
  ],
  'archive-failing': [
    'The log cannot be archived',
    'Check rights and space of the back-up folder; the server tries again by itself.',
  ],
  'archive-late': [
    'The log was not archived for more than 15 minutes',
    'Check the back-up folder and the log of PostgreSQL.',
  ],
  'copy-late': [
    'Nothing was copied to the second place for more than an hour',
    'Check whether the second place is connected: npx sen backup copy.',
  ],
  'daily-late': ['There is no new daily back-up', 'Check whether a worker is running: npx sen backup --daily.'],
  'daily-failed': ['The last daily back-up failed', 'The reason is in the table below.'],
  'base-late': ['There is no new base back-up', 'Check whether a worker is running: npx sen backup --base.'],
  'base-failed': ['The last base back-up failed', 'The reason is in the table below.'],
  'copy-failed': ['The last copy to the second place failed', 'The reason is in the table below.'],
  'drill-late': ['No restore was tried for a long time', 'Check whether a worker is running: npx sen backup drill.'],
  'drill-failed': [
    'The last restore drill failed',
    'The back-up may be of no use: see the reason below, back up again, try again.',
  ],
  'base-drill-late': [
    'No restore of the base back-up was tried for a long time',
    'Check whether a worker is running: npx sen backup drill --base.',
  ],
  'base-drill-failed': [
    'The last restore drill of the base back-up failed',
    'The base back-up may be of no use: see the reason below, back up again, try again.',
  ],
};
const factsVi: Record<string, string> = {
  tables: 'bảng',
  rows: 'dòng',
  files: 'tệp',
  copied: 'đã chép',
  removed: 'đã xóa',
  kept: 'nơi thứ hai giữ lại',
  bytes: 'dung lượng',
  base: 'tên',
  from: 'phục hồi được từ',
  lastChange: 'thay đổi cuối',
  reason: 'Lý do',
};
const factsEn: Record<string, string> = {
  tables: 'tables',
  rows: 'rows',
  files: 'files',
  copied: 'copied',
  removed: 'removed',
  kept: 'kept by the second place',
  bytes: 'size',
  base: 'name',
  from: 'restores reach from',
  lastChange: 'last change',
  reason: 'Reason',
};

export const backupWords = localWords({
  vi: {
    title: 'Sao lưu và phục hồi',
    lead: 'Mỗi đêm hệ thống sao lưu toàn bộ dữ liệu và tệp, rồi phục hồi thử trên một máy chủ tạm và so sánh từng dòng.',
    fine: 'Sao lưu đang hoạt động bình thường',
    alarms: alarmsVi,
    state: 'Tình trạng',
    never: 'Chưa có',
    archive: 'Nhật ký ghi lưu trữ gần nhất',
    archiveOwn: 'Do công cụ của máy chủ PostgreSQL riêng đảm nhiệm',
    archiveOff: 'Chưa bật',
    copy: 'Chép sang nơi thứ hai gần nhất',
    copyOff: 'Chưa đặt nơi thứ hai',
    volumes: 'Chỗ trống trên đĩa',
    uses: { data: 'Cơ sở dữ liệu', log: 'Nhật ký ghi', files: 'Tệp đính kèm', backups: 'Bản sao lưu' } as Record<
      VolumeUse,
      string
    >,
    freeOf: (free: string, total: string): string => `còn ${free} / ${total}`,
    levels: { fine: 'Đủ chỗ', low: 'Sắp đầy', stop: 'Gần đầy' },
    history: 'Các lần chạy',
    kind: 'Việc',
    startedAt: 'Bắt đầu',
    took: 'Thời gian chạy',
    outcome: 'Kết quả',
    details: 'Chi tiết',
    outcomes: { running: 'Đang chạy', done: 'Thành công', failed: 'Không thành công' } as Record<RunOutcome, string>,
    interrupted: 'Bị ngắt giữa chừng',
    facts: factsVi,
    none: 'Chưa có lần chạy nào',
    seconds: (n: string): string => `${n} giây`,
    minutes: (n: string): string => `${n} phút`,
    all: 'Tất cả',
    show: 'Loại việc',
    backupNow: 'Sao lưu ngay',
    drillNow: 'Diễn tập phục hồi ngay',
    asked: 'Đã xếp hàng chờ chạy. Kết quả sẽ hiện trong bảng khi xong.',
    how: 'Cách phục hồi khi có sự cố',
    howText:
      'Dừng hệ thống, dời thư mục dữ liệu cũ đi nơi khác, rồi chạy lệnh dưới đây trên máy chủ với thời điểm muốn quay về:',
  },
  en: {
    title: 'Back-up and restore',
    lead: 'Every night all data and files are backed up, then restored on a scratch server and compared row by row.',
    fine: 'Back-ups are in order',
    alarms: alarmsEn,
    state: 'State',
    never: 'Never',
    archive: 'Log last archived',
    archiveOwn: 'Done by the tool of your own PostgreSQL server',
    archiveOff: 'Off',
    copy: 'Last copied to the second place',
    copyOff: 'There is no second place yet',
    volumes: 'Free space',
    uses: { data: 'Database', log: 'Log', files: 'Uploaded files', backups: 'Back-ups' } as Record<VolumeUse, string>,
    freeOf: (free: string, total: string): string => `${free} of ${total} free`,
    levels: { fine: 'Enough', low: 'Getting full', stop: 'Almost full' },
    history: 'Runs',
    kind: 'What',
    startedAt: 'Started',
    took: 'Took',
    outcome: 'Result',
    details: 'Details',
    outcomes: { running: 'Running', done: 'Done', failed: 'Failed' } as Record<RunOutcome, string>,
    interrupted: 'Broken off',
    facts: factsEn,
    none: 'Nothing has run yet',
    seconds: (n: string): string => `${n} s`,
    minutes: (n: string): string => `${n} min`,
    all: 'All',
    show: 'Kind',
    backupNow: 'Back up now',
    drillNow: 'Try a restore now',
    asked: 'It is queued. The result appears in the table.',
    how: 'How to restore after an incident',
    howText: 'Stop the system, move the old data folder away, then run this on the server with the time to go back to:',
  },
});
