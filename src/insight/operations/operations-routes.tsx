import { addWorkingDays, calendarFor } from '../../engines/calendar/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { can } from '../../platform/access.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import {
  listEvents,
  walkEvents,
  type EventCursor,
  type EventFilter,
  type LoggedEvent,
} from '../../platform/event-log.ts';
import { publish } from '../../platform/events.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import { MAX_EXPORT_ROWS, tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { countJobs, dropJobs, listJobs, retryJobs } from '../../platform/job-list.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { announceDowntime, cancelDowntime, findDowntime, localInstant, type Downtime } from './downtime.ts';
import { eventsExported, jobsDropped, jobsRetried } from './operations-events.ts';
import { manageOperations, viewEvents, viewOperations } from './operations-permissions.ts';
import { DowntimePage } from './views/downtime-page.tsx';
import { EventsPage, type EventLine } from './views/events-page.tsx';
import { JobsPage, type JobTab } from './views/jobs-page.tsx';

const PAGE = 50;
const EXPORT_DAYS = 31;
const NOTICE_WORKING_DAYS = 7; // NĐ 224/2026 Đ13
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const FILTERS = ['viec', 'nguoi', 'doi-tuong', 'tham-chieu', 'tu', 'den'] as const;
type EventTitles = (name: string, locale: 'vi' | 'en') => string;

const chosenFilters = ({ query }: WebRequest): Record<string, string> =>
  Object.fromEntries(
    FILTERS.flatMap((name) => (query.get(name) ? [[name, (query.get(name) ?? '').slice(0, 200)]] : [])),
  );

function filterOf(query: Record<string, string>): EventFilter {
  const day = (text: string | undefined, addDays: number) =>
    text && DATE.test(text) && !Number.isNaN(Date.parse(text))
      ? new Date(instantOf(text).getTime() + addDays * 86_400_000)
      : null;
  return {
    name: query['viec'] ?? null,
    actorId: query['nguoi'] ?? null,
    subjectId: query['doi-tuong'] ?? null,
    requestId: query['tham-chieu']?.replaceAll(/\s/g, '').toUpperCase() ?? null,
    from: day(query['tu'], 0),
    before: day(query['den'], 1),
  };
}

/** Without a first day, an export goes back 31 days: the whole log is years of a province. The page says so. */
const forExport = (filter: EventFilter, now: Date): EventFilter => ({
  ...filter,
  from: filter.from ?? new Date((filter.before ?? now).getTime() - EXPORT_DAYS * 86_400_000),
});

function cursorOf(request: WebRequest): EventCursor | null {
  const [ms, id] = (request.query.get(listQuery.after) ?? '').split('_').map(Number);
  const occurredAt = new Date(ms ?? Number.NaN);
  return ms && Number.isSafeInteger(id) && !Number.isNaN(occurredAt.getTime()) ? { occurredAt, id: id ?? 0 } : null;
}

async function linesOf(
  request: WebRequest,
  events: readonly LoggedEvent[],
  titleOf: EventTitles,
): Promise<EventLine[]> {
  const unitIds = events.flatMap((event) => event.unitId ?? []);
  const names = await namesOf(request.reader, unitIds, localDate(request.now));
  return events.map((event) => ({
    id: event.id,
    occurredAt: event.occurredAt,
    name: event.name,
    title: titleOf(event.name, request.locale),
    subject: `${event.subjectKind} ${event.subjectId}`,
    unitName: event.unitId ? (names.get(event.unitId)?.[request.locale === 'en' ? 'nameEn' : 'nameVi'] ?? '') : '',
    actor: event.actorLabel,
    requestId: event.requestId,
    facts: Object.entries(event.payload).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  }));
}

/** The record of acts. `titleOf` gives an event's name in words. */
export function eventRoutes(web: Web, titleOf: EventTitles): void {
  web.get(paths.adminEvents, { access: { permission: viewEvents } }, async (request) => {
    const query = chosenFilters(request);
    const events = await listEvents(request.reader, filterOf(query), cursorOf(request), PAGE + 1);
    const last = events.length > PAGE ? events[PAGE - 1] : undefined;
    const lines = await linesOf(request, events.slice(0, PAGE), titleOf);
    return page(
      <EventsPage lines={lines} query={query} nextCursor={last ? `${last.occurredAt.getTime()}_${last.id}` : null} />,
    );
  });
  web.get(paths.adminEventsExport, { access: { permission: viewEvents } }, async (request) => {
    const query = chosenFilters(request);
    const filter = forExport(filterOf(query), request.now);
    const reply = await tableExport<LoggedEvent>(request.params['format'] ?? '', {
      locale: request.locale,
      name: request.locale === 'en' ? 'Event log' : 'Nhật ký hệ thống',
      rows: walkEvents(request.reader, filter, MAX_EXPORT_ROWS.csv + 1),
      columns: [
        { heading: 'ID', value: (e) => e.id, width: 10 },
        { heading: request.locale === 'en' ? 'Time' : 'Thời điểm', value: (e) => e.occurredAt },
        { heading: request.locale === 'en' ? 'Act' : 'Việc', value: (e) => titleOf(e.name, request.locale), width: 34 },
        { heading: request.locale === 'en' ? 'By' : 'Người thực hiện', value: (e) => e.actorLabel },
        {
          heading: request.locale === 'en' ? 'Subject' : 'Đối tượng',
          value: (e) => `${e.subjectKind} ${e.subjectId}`,
          width: 44,
        },
        { heading: request.locale === 'en' ? 'Reference' : 'Mã tham chiếu', value: (e) => e.requestId },
        {
          heading: request.locale === 'en' ? 'Details' : 'Chi tiết',
          value: (e) => JSON.stringify(e.payload),
          width: 80,
        },
      ],
    });
    await request.command(async (tx) =>
      publish(tx, eventsExported, {
        subject: { kind: 'event-log', id: 'export' },
        payload: { filter: query, from: filter.from?.toISOString() ?? null },
      }),
    );
    return reply;
  });
}

const isTab = (text: string | null): text is JobTab =>
  text === 'failing' || text === 'dead' || text === 'running' || text === 'waiting';

/** Background jobs and their failures. */
export function jobRoutes(web: Web): void {
  web.get(paths.adminJobs, { access: { permission: viewOperations } }, async (request) => {
    const asked = request.query.get('loai');
    const tab = isTab(asked) ? asked : 'failing';
    const before = Number(request.query.get(listQuery.after));
    const [jobs, counts] = await Promise.all([
      listJobs(request.reader, tab, null, Number.isSafeInteger(before) && before > 0 ? before : null, PAGE + 1),
      countJobs(request.reader),
    ]);
    const shown = jobs.slice(0, PAGE);
    const nextCursor = jobs.length > PAGE ? String(shown.at(-1)?.id) : null;
    return page(
      <JobsPage
        jobs={shown}
        counts={counts}
        tab={tab}
        nextCursor={nextCursor}
        canManage={can(request.actor, manageOperations)}
      />,
    );
  });
  web.post(paths.adminJobsBulk, { access: { permission: manageOperations } }, async (request) => {
    const form = await request.form();
    const ids = form
      .getAll('id')
      .map(Number)
      .filter((id) => Number.isSafeInteger(id) && id > 0)
      .slice(0, 500);
    const isDrop = form.get('viec') === 'bo';
    if (ids.length > 0)
      await request.command(async (tx) => {
        await (isDrop ? dropJobs(tx, ids) : retryJobs(tx, ids));
        publish(tx, isDrop ? jobsDropped : jobsRetried, {
          subject: { kind: 'jobs', id: String(ids[0]) },
          payload: { ids },
        });
      });
    return seeOther(request.href(paths.adminJobs()));
  });
}

const versionOf = (form: URLSearchParams): number => {
  const version = Number(form.get('phien-ban'));
  return Number.isInteger(version) && version > 0 && version < 2 ** 31 ? version : 0;
};

/** Reads the sent announcement: the errors by field, or the announcement. */
function parseDowntime(
  form: URLSearchParams,
  locale: 'vi' | 'en',
  now: Date,
): { state: FormState; downtime: Downtime | null } {
  const values = Object.fromEntries(
    ['tu', 'den', 'noi-dung', 'noi-dung-en'].map((name) => [name, (form.get(name) ?? '').trim().slice(0, 1_000)]),
  );
  const [starts, ends] = [localInstant(values['tu'] ?? ''), localInstant(values['den'] ?? '')];
  const errors: Record<string, string> = {};
  const say = (vi: string, en: string) => (locale === 'vi' ? vi : en);
  if (!starts) errors['tu'] = say('Nhập ngày và giờ bắt đầu', 'Enter when it starts');
  if (!ends) errors['den'] = say('Nhập ngày và giờ dự kiến hoạt động lại', 'Enter when the service is expected back');
  else if ((starts && ends <= starts) || ends <= now)
    errors['den'] = say(
      'Thời điểm hoạt động lại phải sau lúc bắt đầu và sau bây giờ',
      'It must end after it starts, and in the future',
    );
  for (const name of ['noi-dung', 'noi-dung-en'])
    if (!values[name] || values[name].length > 500)
      errors[name] = say('Nhập nội dung, tối đa 500 ký tự', 'Enter a text of at most 500 characters');
  const state = { values, errors };
  if (!starts || !ends || Object.keys(errors).length > 0) return { state, downtime: null };
  const text = { vi: values['noi-dung'] ?? '', en: values['noi-dung-en'] ?? '' };
  return { state, downtime: { startsAt: starts.toISOString(), endsAt: ends.toISOString(), text } };
}

async function downtimePage(request: WebRequest, form: FormState, status = 200) {
  const setting = await findDowntime(request.reader);
  const value = setting?.value;
  const calendar = value ? await calendarFor(request.reader, null) : null;
  const current =
    value && calendar && new Date(value.endsAt) > request.now
      ? {
          startsAt: new Date(value.startsAt),
          endsAt: new Date(value.endsAt),
          text: value.text[request.locale],
          isShortNotice: addWorkingDays(calendar, setting.updatedAt, NOTICE_WORKING_DAYS) > new Date(value.startsAt),
        }
      : null;
  return page(<DowntimePage form={form} version={setting?.version ?? 0} current={current} />, { status });
}

/** Announcing planned downtime. */
export function downtimeRoutes(web: Web): void {
  web.get(paths.adminDowntime, { access: { permission: manageOperations } }, (request) =>
    downtimePage(request, freshForm()),
  );
  web.post(paths.adminDowntime, { access: { permission: manageOperations } }, async (request) => {
    const form = await request.form();
    const { state, downtime } = parseDowntime(form, request.locale, request.now);
    if (!downtime) return downtimePage(request, state, 422);
    await request.command((tx) => announceDowntime(tx, downtime, versionOf(form)));
    return seeOther(request.href(paths.adminDowntime()));
  });
  web.post(paths.adminDowntimeCancel, { access: { permission: manageOperations } }, async (request) => {
    const form = await request.form();
    await request.command((tx) => cancelDowntime(tx, versionOf(form)));
    return seeOther(request.href(paths.adminDowntime()));
  });
}
