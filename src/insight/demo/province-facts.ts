import { calendarFor, type WorkCalendar } from '../../engines/calendar/index.ts';
import {
  agencyCodesOf,
  ancestorsOf,
  descendantsOf,
  namesOf,
  staffOf,
  type StaffMember,
} from '../../foundation/organisations/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { termsOf, type PastActor, type ProcedureTerms } from '../../services/dossiers/index.ts';
import {
  findProcedure,
  listProcedures,
  offersFor,
  type ChannelKind,
  type Offer,
  type Procedure,
} from '../../services/procedures/index.ts';

/** What the generator knows of the province: read once, then answered from memory. */
export interface ProvinceFacts {
  /** Procedures with their offers and how often they are asked for. */
  services: readonly { procedure: Procedure; offers: readonly Offer[]; weight: number }[];
  /** The places that offer something, by unit id. */
  nameOf(unitId: string): string;
  /** Units of offers, in a fixed order: what is first in the list is where the demo officers work. */
  unitIds: readonly string[];
  calendarOf(unitId: string): WorkCalendar;
  terms(procedure: Procedure, offer: Offer, channel: ChannelKind): Promise<ProcedureTerms>;
  /** The identifier by which a receiving unit gives codes on a day; undefined when it has none. */
  agencyOf(receivingUnitId: string, day: string): Promise<string | undefined>;
  /** People with a role at a unit, else in its agency, else anybody there; those of the demonstration first. */
  staff(unitId: string, competentUnitId: string, role: string): readonly PastActor[];
}

/** Procedures that people ask for most, by their national code; everything else is asked for now and then. */
const OFTEN: Readonly<Record<string, number>> = {
  '1.001193': 14,
  '2.000815': 12,
  '1.004884': 5,
  '1.000894': 8,
  '1.000656': 5,
  '1.004859': 3,
};

/** Keeps what a read gave: the facts of a year do not change while a year is invented. */
function remembering(reader: Reader): Reader {
  const known = new Map<string, Promise<object[]>>();
  const run: Reader['run'] = <Row extends object>(
    statement: { name: string; text: string },
    values: readonly unknown[] = [],
  ) => {
    const key = `${statement.name}:${JSON.stringify(values)}`;
    const found = known.get(key) ?? reader.run(statement, values);
    known.set(key, found);
    return found as Promise<Row[]>;
  };
  return { ...reader, run };
}

async function readServices(reader: Reader, day: string) {
  const summaries = [];
  for (let after: string | null = null; ;) {
    const page = await listProcedures(reader, { onDate: day, offeredOnly: true }, { after, limit: 200 });
    summaries.push(...page.rows);
    after = page.next;
    if (after === null) break;
  }
  const services = [];
  for (const { id, code } of summaries.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    const procedure = await findProcedure(reader, code, day);
    const offers = await offersFor(reader, id, day);
    if (procedure && offers.length > 0)
      services.push({
        procedure,
        offers: offers.slice(0, 1000),
        weight: OFTEN[code] ?? (procedure.levels.includes('commune') ? 2 : 1),
      });
  }
  return services;
}

export async function readProvince(source: Reader, now: Date, firstUnitId: string | null): Promise<ProvinceFacts> {
  const reader = remembering(source);
  const day = localDate(now);
  const services = await readServices(reader, day);
  const ids = new Set(
    services.flatMap(({ offers }) => offers.flatMap((offer) => [offer.unitId, offer.receivingUnitId])),
  );
  const competent = [...new Set(services.flatMap(({ offers }) => offers.map((offer) => offer.unitId)))].sort();
  const unitIds =
    firstUnitId !== null && competent.includes(firstUnitId)
      ? [firstUnitId, ...competent.filter((id) => id !== firstUnitId)]
      : competent;
  const names = await namesOf(reader, [...ids], day);
  const calendars = await readCalendars(reader, [...ids], day);
  const { staff, agencies } = await readStaff(reader, [...ids], day);
  return {
    services,
    unitIds,
    nameOf: (unitId) => names.get(unitId)?.nameVi ?? '',
    calendarOf: (unitId) => calendars.get(unitId)!,
    terms: (procedure, offer, channel) => termsOf(reader, procedure, offer, channel, now),
    agencyOf: (receivingUnitId, on) => agencyOf(reader, receivingUnitId, on),
    staff: staffFinder(staff, agencies),
  };
}

async function readCalendars(
  reader: Reader,
  unitIds: readonly string[],
  day: string,
): Promise<Map<string, WorkCalendar>> {
  const calendars = new Map<string, WorkCalendar>();
  const province = await calendarFor(reader, null);
  const same = new Map<string, WorkCalendar>([[JSON.stringify(province), province]]);
  for (const unitId of unitIds) {
    const line = await ancestorsOf(reader, unitId, day);
    const calendar = await calendarFor(reader, unitId, {
      above: line.map(({ id }) => id).filter((id) => id !== unitId),
    });
    const key = JSON.stringify(calendar); // units with the same hours share one calendar and its tables
    if (!same.has(key)) same.set(key, calendar);
    calendars.set(unitId, same.get(key)!);
  }
  return calendars;
}

async function readStaff(reader: Reader, unitIds: readonly string[], day: string) {
  const agencies = new Map<string, readonly string[]>();
  for (const unitId of unitIds) agencies.set(unitId, [unitId, ...(await descendantsOf(reader, [unitId], day))]);
  const all = [...new Set([...agencies.values()].flat())];
  const staff = Map.groupBy(await staffOf(reader, all, day), (member) => member.unitId);
  return { staff, agencies };
}

function staffFinder(
  staff: ReadonlyMap<string, readonly StaffMember[]>,
  agencies: ReadonlyMap<string, readonly string[]>,
): ProvinceFacts['staff'] {
  const found = new Map<string, readonly PastActor[]>();
  return (unitId, competentUnitId, role) => {
    const key = `${unitId}/${competentUnitId}/${role}`;
    let actors = found.get(key);
    if (actors) return actors;
    const here = staff.get(unitId) ?? [];
    const agency = [...new Set([...(agencies.get(unitId) ?? []), ...(agencies.get(competentUnitId) ?? [])])].flatMap(
      (id) => staff.get(id) ?? [],
    );
    const having = (list: readonly StaffMember[], wanted: string) =>
      list.filter((member) => member.roles.includes(wanted));
    const choices =
      [having(here, role), having(agency, role), having(here, 'head'), having(agency, 'head'), here, agency].find(
        (list) => list.length > 0,
      ) ?? [];
    actors = choices
      .toSorted((a, b) => Number(b.staffCode.startsWith('DEMO-')) - Number(a.staffCode.startsWith('DEMO-')))
      .map((member) => ({
        kind: 'official',
        id: member.officerId,
        label: member.fullName,
        unitId: member.unitId,
        postId: member.postId,
      }));
    found.set(key, actors);
    return actors;
  };
}

async function agencyOf(reader: Reader, receivingUnitId: string, day: string): Promise<string | undefined> {
  const { scheme } = rulesOn(day).agencyIdentifier;
  const month = `${day.slice(0, 7)}-01`; // identifiers change with units, on the first of a month
  const line = (await ancestorsOf(reader, receivingUnitId, month)).map((unit) => unit.id);
  const codes = await agencyCodesOf(reader, line, scheme, month);
  return line
    .toReversed()
    .map((id) => codes.get(id))
    .find((code) => code !== undefined);
}
