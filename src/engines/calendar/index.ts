export { calendarFor, calendarOfUnit } from './calendar-for.ts';
export { calendarChanged } from './calendar-events.ts';
export { provideAffectedWork, type AffectedWorkCounter, type TouchedDays } from './affected-work.ts';
export { moveCalendars } from './move-calendars.ts';
export { computeDeadline, extensionRefusal, remaining } from './deadline.ts';
export type { ClockEvent, Deadline, DeadlineRule, PauseReason, Remaining, TimeLimit, TimeUnit } from './deadline.ts';
export { deadlineRule } from './rule-of-pack.ts';
export { budgetsAddUp, stepDeadlines } from './step-budgets.ts';
export {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  addWorkingHours,
  addWorkingMinutes,
  countingStart,
  elapsedWorkingDays,
  elapsedWorkingMinutes,
  isOpenMinute,
  isWorkingDay,
  isWorkingMinute,
  nextWorkingInstant,
} from './working-time.ts';
export { mergeCalendars, workCalendar, type WorkCalendar } from './work-calendar.ts';
export { importCalendarFile } from './import-holidays.ts';
export { setHoliday } from './set-holiday.ts';
export { addClosure } from './add-closure.ts';
export { manageCalendar } from './calendar-permissions.ts';
