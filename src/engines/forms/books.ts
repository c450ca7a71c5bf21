/** What a form needs to know from outside, handed in by the caller. All are plain lookups over something already loaded. */
import type { FieldValue, Option, PrefillSource, Text } from './definition.ts';

/** Units of one day's map. Codes as stored in addresses; names in Vietnamese, in the order to show. */
export type AddressUnits = {
  /** Three tiers (before 1 July 2025) or two. */
  hasDistricts: boolean;
  provinces(): readonly AddressUnit[];
  /** Districts of a province, communes of a district, or communes of a province where there are no districts. */
  children(code: string): readonly AddressUnit[];
};
export type AddressUnit = { code: string; name: string };
export interface AddressBook {
  /** The map in force on a date, `YYYY-MM-DD`. */
  unitsOn(date: string): AddressUnits;
}

/** A stored file as the form sees it. `kind` is the sniffed one (`jpeg` counts as `jpg`). */
export type FormFile = {
  id: string;
  name: string;
  kind: string;
  sizeBytes: number;
  /** Where it came from, when the person did not upload it here. */
  from?: Text | undefined;
};
export interface FileBook {
  /** The file with this id, when it is stored and belongs to this draft or dossier; undefined otherwise. */
  find(id: string): FormFile | undefined;
}

export interface OptionBook {
  /** Options of a catalogue in force on a date; undefined for an unknown catalogue. */
  optionsOf(catalogue: string, date: string): readonly Option[] | undefined;
}

/** All may be missing: then a field that needs one accepts nothing. */
export type Books = { addresses?: AddressBook; files?: FileBook; options?: OptionBook };

/** What registers and the account told, with where it came from ("Cơ sở dữ liệu quốc gia về dân cư") and when. */
export type Prefilled = { [source in PrefillSource]?: { value: FieldValue; from: Text; at?: Date } };
