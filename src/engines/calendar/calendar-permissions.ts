import { definePermission } from '../../platform/access.ts';

/** Over a unit: its own calendar. Over everything: the province's as well. */
export const manageCalendar = definePermission('calendar.manage', {
  vi: 'Quản lý lịch làm việc và ngày nghỉ',
  en: 'Manage working hours and holidays',
});
