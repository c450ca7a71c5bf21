import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const invalidEntry = defineProblem({
  code: 'calendar.invalid-entry',
  status: 422,
  title: { vi: 'Ngày hoặc giờ đã nhập không hợp lệ', en: 'This date or these hours are not possible' },
});

export const dayTaken = defineProblem({
  code: 'calendar.day-taken',
  status: 409,
  title: { vi: 'Ngày này đã có một mục như vậy trong lịch', en: 'The calendar already has such an entry on this day' },
  advice: { vi: 'Gỡ mục cũ rồi thêm lại.', en: 'Remove the old entry, then add it again.' },
});

export const entryNotFound = defineProblem({
  code: 'calendar.entry-not-found',
  status: 404,
  title: { vi: 'Mục này không còn trong lịch', en: 'This entry is no longer in the calendar' },
});

mapConstraint('entry_day_unique', dayTaken);
