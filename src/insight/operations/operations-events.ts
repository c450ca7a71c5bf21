import { defineEvent } from '../../platform/events.ts';

export const downtimeAnnounced = defineEvent<{ startsAt: string; endsAt: string }>('operations.downtime-announced', {
  vi: 'Thông báo tạm dừng hệ thống',
  en: 'Downtime announced',
});
export const downtimeCancelled = defineEvent<Record<string, never>>('operations.downtime-cancelled', {
  vi: 'Hủy thông báo tạm dừng',
  en: 'Downtime announcement cancelled',
});
export const jobsRetried = defineEvent<{ ids: number[] }>('operations.jobs-retried', {
  vi: 'Chạy lại tác vụ nền',
  en: 'Jobs retried',
});
export const jobsDropped = defineEvent<{ ids: number[] }>('operations.jobs-dropped', {
  vi: 'Bỏ tác vụ nền',
  en: 'Jobs dropped',
});
export const eventsExported = defineEvent<{ filter: Record<string, string>; from: string | null }>(
  'operations.events-exported',
  {
    vi: 'Xuất nhật ký hệ thống',
    en: 'Event log exported',
  },
);
export const eventsDropped = defineEvent<{ partitions: string[] }>('operations.events-dropped', {
  vi: 'Xóa nhật ký quá hạn lưu',
  en: 'Events past retention dropped',
});
export const backupDone = defineEvent<{ kind: string; name: string }>('operations.backup-done', {
  vi: 'Sao lưu xong',
  en: 'Back-up done',
});
export const backupFailed = defineEvent<{ kind: string; name: string }>('operations.backup-failed', {
  vi: 'Sao lưu không thành công',
  en: 'Back-up failed',
});
export const backupAsked = defineEvent<{ work: 'backup' | 'drill' }>('operations.backup-asked', {
  vi: 'Yêu cầu sao lưu hoặc diễn tập ngay',
  en: 'Back-up or drill asked for',
});
