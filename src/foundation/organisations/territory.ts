import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getAllProvince } from 'new-vn-provinces/provinces';
import { getAllWards } from 'new-vn-provinces/wards';

/** A place of the administrative lists: code of the General Statistics Office and Vietnamese name with its kind ("Phường Bến Thuỷ"). */
export interface Place {
  code: string;
  name: string;
  /** Code of the place above: a province, or a district in the list of three tiers. Null for provinces. */
  above: string | null;
}

/** The last day of the districts: abolished from 1 July 2025 (Law on Organisation of Local Government 2025). */
export const LAST_DAY_OF_DISTRICTS = '2025-06-30';

const require = createRequire(import.meta.url);
const rows = (name: string): { code: string; name: string; district_code?: string; province_code?: string }[] =>
  JSON.parse(readFileSync(require.resolve(`area-vn/json_data/${name}.json`), 'utf8').normalize('NFC'));

let three: { provinces: Place[]; districts: Place[]; communes: Place[] } | undefined;
let two: Promise<{ provinces: Place[]; communes: Place[] }> | undefined;

/** The map of 2013–2019 from the package `area-vn` (63 provinces, 705 districts): the decisions' era. */
export function threeTierMap() {
  three ??= {
    provinces: rows('provinces').map(({ code, name }) => ({ code, name, above: null })),
    districts: rows('districts').map(({ code, name, province_code: above = null }) => ({ code, name, above })),
    communes: rows('wards').map(({ code, name, district_code: above = null }) => ({ code, name, above })),
  };
  return three;
}

/** The map since 1 July 2025 from the package `new-vn-provinces` (34 provinces, 3,321 communes; QĐ 19/2025/QĐ-TTg). */
export function twoTierMap() {
  two ??= Promise.all([getAllProvince(), getAllWards()]).then(([provinces, wards]) => ({
    provinces: provinces.map(({ idProvince, name }) => ({
      code: idProvince,
      name: name.normalize('NFC'),
      above: null,
    })),
    communes: wards.map((ward) => ({ code: ward.idWard, name: ward.name.normalize('NFC'), above: ward.idProvince })),
  }));
  return two;
}

const KINDS: Record<string, string> = {
  Tỉnh: 'Province',
  'Thành phố': 'City',
  'Thị xã': 'Town',
  Quận: 'District',
  Huyện: 'District',
  'Thị trấn': 'Township',
  Phường: 'Ward',
  Xã: 'Commune',
  'Đặc khu': 'Special Zone',
};

/** Splits "Phường Bến Thuỷ" into its kind and its name; an unknown kind is empty. */
function splitPlaceName(name: string): { kind: string; proper: string } {
  const kind =
    Object.keys(KINDS).find((word) => name.toLocaleLowerCase('vi').startsWith(`${word.toLocaleLowerCase('vi')} `)) ??
    '';
  return { kind, proper: kind === '' ? name : name.slice(kind.length + 1) };
}

/** Letters without marks: "Đông Vĩnh" → "Dong Vinh". */
export const withoutMarks = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** "Phường Bến Thuỷ" → "Ben Thuy Ward". */
export function englishPlaceName(name: string): string {
  const { kind, proper } = splitPlaceName(name);
  const words = withoutMarks(proper);
  return kind === '' ? words : /^\d+$/.test(words) ? `${KINDS[kind]} ${words}` : `${words} ${KINDS[kind]}`;
}

/** "Phường Bến Thuỷ" → "phường Bến Thuỷ", as it stands inside a sentence. */
export function placeInSentence(name: string): string {
  const { kind, proper } = splitPlaceName(name);
  return kind === '' ? name : `${kind.toLocaleLowerCase('vi')} ${proper}`;
}
