import { LAST_DAY_OF_DISTRICTS, threeTierMap, twoTierMap, type Place } from './territory.ts';

/** The whole country's places on one day, for choosing an address: provinces → districts (until 30 June 2025) → communes. */
export interface PlacesOnDay {
  readonly hasDistricts: boolean;
  provinces(): readonly { code: string; name: string }[];
  children(code: string): readonly { code: string; name: string }[];
}
export interface PlaceBook {
  /** The map in force on a day, `YYYY-MM-DD`. */
  unitsOn(date: string): PlacesOnDay;
}

const byName = new Intl.Collator('vi', { numeric: true });
const sorted = (places: readonly Place[]) =>
  places.toSorted((a, b) => byName.compare(a.name, b.name)).map(({ code, name }) => ({ code, name }));

// Codes of the tiers have different lengths (2, 3 and 5 digits), so one map holds all of them.
function placesOf(hasDistricts: boolean, provinces: readonly Place[], others: readonly Place[]): PlacesOnDay {
  const top = sorted(provinces);
  const below = Map.groupBy(others, (place) => place.above ?? '');
  const shown = new Map<string, readonly { code: string; name: string }[]>();
  return {
    hasDistricts,
    provinces: () => top,
    children(code) {
      let list = shown.get(code);
      if (!list) shown.set(code, (list = sorted(below.get(code) ?? [])));
      return list;
    },
  };
}

let book: Promise<PlaceBook> | undefined;

/**
 * Loads the address book once per process (about 0.1 s). Lookups are then plain and synchronous; it fits the forms engine's `AddressBook`.
 * It covers the whole country, because people of other provinces apply here too.
 */
export function loadAddressBook(): Promise<PlaceBook> {
  book ??= twoTierMap().then((today) => {
    const now = placesOf(false, today.provinces, today.communes);
    let then: PlacesOnDay | undefined;
    return {
      unitsOn(date) {
        if (date > LAST_DAY_OF_DISTRICTS) return now;
        if (!then) {
          const before = threeTierMap();
          then = placesOf(true, before.provinces, [...before.districts, ...before.communes]);
        }
        return then;
      },
    };
  });
  return book;
}
