import { can, demand } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { invalidInput, isProblem, notFound, problem, type LocalText } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { ancestorsOf, findUnit, listUnitsByIds, searchUnits } from '../../foundation/organisations/index.ts';
import { countAffectedWork } from './affected-work.ts';
import { calendarFor } from './calendar-for.ts';
import { manageCalendar } from './calendar-permissions.ts';
import { dayTaken, entryNotFound, invalidEntry } from './calendar-problems.ts';
import { findEntry, listEntriesOfYear, listLiveEntries, listUnitsWithEntries } from './calendar-queries.ts';
import { dayTable, FIRST_DAY, LAST_DAY } from './day-table.ts';
import { addEntry, daysTouched, removeEntry } from './decide.ts';
import { FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR } from './default-holidays.ts';
import type { CalendarEntry, EntryKind } from './entry.ts';
import { ENTRY_FIELDS, kindOfSlug, readEntryForm } from './entry-form.ts';
import { importYear } from './import-holidays.ts';
import { dayNumber, isoDate } from './local-time.ts';
import { CalendarPage } from './views/calendar-page.tsx';
import { EntryFormPage, type EntryFormPageProps } from './views/entry-form-page.tsx';
import { RemovalPage } from './views/removal-page.tsx';
import { yearView } from './year-view.ts';

const access = { permission: manageCalendar };
const REASON_MISSING: LocalText = { vi: 'Ghi lý do, để người sau hiểu', en: 'Say why, for those who come after' };
/** Kinds of which a day has one: a new one takes the place of the old. */
const REPLACED: readonly EntryKind[] = ['holiday', 'opening'];

/** Pages of the working calendar, for those who may manage the calendar of the province or of a unit. */
export function adminRoutes(web: Web): void {
  web.get(paths.adminCalendar, { access }, async (request) => {
    const owner = await whose(request);
    const year = yearOf(request, request.query.get('nam'));
    return page(<CalendarPage {...await calendarPageProps(request, owner, year)} />);
  });

  web.get(paths.adminCalendarNew, { access, example: { kind: 'ngay-nghi' } }, async (request) => {
    const kind = kindOf(request);
    const owner = await whose(request);
    demand(request.actor, manageCalendar, owner);
    return page(<EntryFormPage {...formProps(request, kind, owner)} values={{}} errors={[]} />);
  });

  web.post(paths.adminCalendarNew, { access }, async (request) => {
    const kind = kindOf(request);
    const owner = await whose(request);
    demand(request.actor, manageCalendar, owner);
    const form = await request.form();
    const result = readEntryForm(kind, form);
    const again = (errors: EntryFormPageProps['errors'], status: number) =>
      page(<EntryFormPage {...formProps(request, kind, owner)} values={result.values} errors={errors} />, { status });
    const { entry, reason } = result;
    if (!entry) return again(result.errors, 422);
    const affected = await affectedBy(request, owner.unitId, entry);
    // What would move is shown before it moves; a number that has changed meanwhile is shown again.
    if (affected > 0 && form.get('affected') !== String(affected))
      return page(
        <EntryFormPage {...formProps(request, kind, owner)} values={result.values} errors={[]} affected={affected} />,
      );
    try {
      await request.command((tx) =>
        addEntry(tx, { unitId: owner.unitId, reason }, entry, { replace: REPLACED.includes(kind) }),
      );
    } catch (error) {
      if (!isProblem(error, dayTaken)) throw error;
      return again([{ field: ENTRY_FIELDS[kind][0], text: error.definition.title }], 409);
    }
    return seeOther(
      request.href(paths.adminCalendar({ nam: yearOf(request, request.query.get('nam')), 'don-vi': owner.unitId })),
    );
  });

  web.post(paths.adminCalendarDefaults, { access }, async (request) => {
    const form = await request.form();
    const owner = await whose(request, form);
    demand(request.actor, manageCalendar, owner);
    const year = Number(form.get('nam'));
    if (!(Number.isInteger(year) && year >= FIRST_HOLIDAY_YEAR && year <= LAST_HOLIDAY_YEAR))
      throw problem(invalidInput, { field: 'nam' });
    await request.command((tx) =>
      importYear(tx, { unitId: owner.unitId, reason: `Ngày nghỉ mặc định năm ${year}` }, year),
    );
    return seeOther(request.href(paths.adminCalendar({ nam: year, 'don-vi': owner.unitId })));
  });

  web.get(paths.adminCalendarRemoval, { access }, async (request) => {
    return page(<RemovalPage {...await removable(request)} reason="" error={null} />);
  });

  web.post(paths.adminCalendarRemoval, { access }, async (request) => {
    const found = await removable(request);
    const reason = ((await request.form()).get('reason') ?? '').trim();
    if (reason === '' || reason.length > 500)
      return page(<RemovalPage {...found} reason={reason.slice(0, 500)} error={REASON_MISSING} />, { status: 422 });
    await request.command((tx) => removeEntry(tx, found.id, reason));
    return seeOther(request.href(found.backPath));
  });
}

/** Whose calendar the request is about: `don-vi` in what was sent or in the address; without it, the province's. */
async function whose(request: WebRequest, sent?: URLSearchParams): Promise<Owner> {
  const text = (sent ?? request.query).get('don-vi') ?? request.query.get('don-vi');
  if (text === null || text === '') return { unitId: null, unitName: null };
  const unit = await findUnit(request.reader, text, localDate(request.now));
  if (!unit) throw problem(notFound);
  return { unitId: unit.id, unitName: request.locale === 'en' ? unit.nameEn : unit.nameVi };
}

/** The units whose names were searched for; without a search, those that have decided something of their own. */
async function unitLinks({ reader, locale, now, query }: WebRequest) {
  const sought = (query.get('tim') ?? '').trim().slice(0, 100);
  const on = localDate(now);
  const units =
    sought === ''
      ? await listUnitsByIds(reader, await listUnitsWithEntries(reader), on)
      : await searchUnits(reader, sought, on, 20);
  return { sought, units: units.map((unit) => ({ id: unit.id, name: locale === 'en' ? unit.nameEn : unit.nameVi })) };
}

interface Owner {
  unitId: string | null;
  unitName: string | null;
}

async function calendarPageProps(request: WebRequest, owner: Owner, year: number) {
  const { reader, actor } = request;
  const { unitId } = owner;
  const line = unitId === null ? [] : await ancestorsOf(reader, unitId, localDate(request.now));
  const above = line.map(({ id }) => id).filter((id) => id !== unitId);
  const [calendar, live, history, others] = await Promise.all([
    calendarFor(reader, unitId, { above }),
    listLiveEntries(reader, unitId === null ? [] : [...above, unitId], null),
    listEntriesOfYear(reader, unitId, year),
    unitLinks(request),
  ]);
  const table = dayTable(calendar);
  const today = dayNumber(localDate(request.now));
  const pattern = calendar.patterns.findLast(
    ({ validFrom, validTo }) => validFrom <= isoDate(today) && (validTo === null || validTo >= isoDate(today)),
  );
  return {
    year,
    ...owner,
    others,
    canEdit: can(actor, manageCalendar, { unitId }),
    months: yearView(
      calendar,
      live.map(({ entry }) => entry),
      year,
    ),
    week: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({
      hours: pattern?.hours[weekday] ?? [],
      duty: pattern?.duty[weekday] ?? [],
    })),
    cutOffMinute: table.cutOff(today),
    lines: history.map(({ id, entry, createdBy, createdAt, withdrawnAt, withdrawnBy, withdrawnReason }) => ({
      id,
      entry,
      createdBy,
      createdAt,
      withdrawn: withdrawnAt && { at: withdrawnAt, by: withdrawnBy ?? '', reason: withdrawnReason ?? '' },
    })),
  };
}

/** The entry to withdraw, when it is there, still holds and the actor may. */
async function removable(request: WebRequest) {
  const id = request.params['id'] ?? '';
  const found = isId(id) ? await findEntry(request.reader, id) : undefined;
  if (!found || found.withdrawnAt) throw problem(entryNotFound);
  demand(request.actor, manageCalendar, { unitId: found.unitId });
  return {
    id,
    entry: found.entry,
    affected: await countAffectedWork(request.reader, found, request.now),
    backPath: paths.adminCalendar({ nam: found.firstDate.slice(0, 4), 'don-vi': found.unitId }),
  };
}

/** How many running dossiers an entry can move; an impossible entry moves none, and saving says what is wrong. */
async function affectedBy(request: WebRequest, unitId: string | null, entry: CalendarEntry): Promise<number> {
  try {
    return await countAffectedWork(request.reader, { unitId, ...daysTouched(entry) }, request.now);
  } catch (error) {
    if (isProblem(error, invalidEntry)) return 0;
    throw error;
  }
}

function kindOf(request: WebRequest): EntryKind {
  const kind = kindOfSlug(request.params['kind'] ?? '');
  if (!kind) throw problem(notFound);
  return kind;
}

function formProps(request: WebRequest, kind: EntryKind, owner: Owner) {
  return { kind, ...owner, year: yearOf(request, request.query.get('nam')) };
}

/** The asked year when the calendar reaches it, otherwise this year. */
function yearOf(request: WebRequest, text: string | null): number {
  const year = /^\d{4}$/.test(text ?? '') ? Number(text) : Number.NaN;
  const first = Number(isoDate(FIRST_DAY).slice(0, 4));
  const last = Number(isoDate(LAST_DAY).slice(0, 4));
  return year >= first && year < last ? year : Number(localDate(request.now).slice(0, 4));
}
