import {
  defaultFileLimits,
  type Audience,
  type Channel,
  type Fee,
  type Level,
  type PaperCase,
  type ProcedureContent,
  type TimeLimit,
  type TimeUnit,
} from './procedure.ts';
import type { VersionFacts } from './version-queries.ts';

/**
 * Reads one record of the national catalogue. What the record does not say becomes null with the source's words beside it;
 * what is wrong in it is told as a defect. Nothing is put right that could also mean something else.
 */

export const defectKinds = [
  'not-json', 'line-too-long', 'wrong-type', 'bad-code', 'duplicate-code', 'too-many-lines',
  'name-missing', 'name-untidy', 'name-with-code', 'name-shouting',
  'time-unit-missing', 'time-missing', 'time-unreadable',
  'fee-unlikely', 'fee-unknown', 'fee-foreign-currency', 'fee-unreadable',
  'channels-missing', 'channels-lost', 'channel-unknown', 'channel-twice', 'note-glued',
  'papers-missing', 'papers-lost', 'paper-without-count', 'paper-name-missing',
  'agency-missing', 'agency-stale', 'audience-split', 'audience-unknown', 'audience-missing',
  'level-missing', 'level-unknown', 'field-missing', 'type-missing', 'decision-missing', 'steps-missing', 'results-missing', 'legal-basis-missing',
] as const; // prettier-ignore
export type DefectKind = (typeof defectKinds)[number];

export interface SourceDefect {
  kind: DefectKind;
  /** Where in the record: `channels[0].time`. */
  place: string;
  /** The source's own words, shortened to 500 characters. */
  source: string | null;
}

const LEVELS: Record<string, Level> = {
  'cấp bộ': 'ministry',
  'cấp tỉnh': 'province',
  'cấp huyện': 'district',
  'cấp xã': 'commune',
  'cơ quan khác': 'other',
};
const AUDIENCES: Record<string, Audience> = {
  'công dân việt nam': 'citizen',
  'người việt nam định cư ở nước ngoài': 'overseas-vietnamese',
  'người nước ngoài': 'foreigner',
  'người nước ngoài cư trú tại việt nam': 'foreigner',
  'cán bộ, công chức, viên chức': 'official',
  'doanh nghiệp': 'business',
  'doanh nghiệp việt nam': 'business',
  'doanh nghiệp có vốn đầu tư nước ngoài': 'foreign-business',
  'hợp tác xã': 'cooperative',
  'tổ chức (không bao gồm doanh nghiệp, htx)': 'organisation',
  'tổ chức nước ngoài': 'foreign-organisation',
  'tổ chức đảng': 'party',
  'đảng viên': 'party',
};
const CHANNELS: Record<string, Channel['kind']> = {
  'trực tuyến': 'online',
  'dịch vụ bưu chính': 'post',
  'trực tiếp': 'counter',
};
const UNITS: Record<string, TimeUnit> = {
  'ngày làm việc': 'workingDay',
  ngày: 'day',
  giờ: 'hour',
  'giờ làm việc': 'workingHour',
  tháng: 'month',
};
const NO_INFORMATION = 'Không có thông tin';
const LEAST_FEE_DONG = 1_000;

type Raw = Record<string, unknown>;
type Say = (kind: DefectKind, place: string, source?: unknown) => void;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const clip = (text: string, length: number): string => text.normalize('NFC').replaceAll('\u0000', '').slice(0, length);

export interface ReadRecord {
  facts: VersionFacts;
  defects: SourceDefect[];
}

/**
 * Turns a parsed line into a version, with all defects found. `fieldOf` gives the province's field for the catalogue's name.
 * Returns `facts: null` when the record cannot be a procedure at all (no code, no name).
 */
export function readNationalRecord(
  value: unknown,
  fieldOf: (nationalField: string) => string | null,
): ReadRecord | { facts: null; defects: SourceDefect[] } {
  const defects: SourceDefect[] = [];
  const say: Say = (kind, place, source) =>
    defects.push({
      kind,
      place,
      source:
        source === undefined || source === null
          ? null
          : clip(typeof source === 'string' ? source : JSON.stringify(source), 500),
    });
  if (!isRaw(value)) {
    say('wrong-type', '/', value);
    return { facts: null, defects };
  }
  const text = textReader(value, say);
  const code = text('code', 60)?.trim() ?? '';
  const name = text('name', 2_000)?.trim() ?? '';
  if (!/^\d{1,2}\.\d{4,8}$/.test(code)) say('bad-code', 'code', value['code']);
  if (name === '') say('name-missing', 'name', value['name']);
  if (!/^\d{1,2}\.\d{4,8}$/.test(code) || name === '') return { facts: null, defects };
  judgeName(name, code, say);
  const nationalField = text('field', 300);
  const fieldCode = nationalField === null ? null : fieldOf(nationalField);
  if (nationalField === null) say('field-missing', 'field');
  const levels = readLevels(value['level'], say);
  const { known, others } = readAudiences(value['applicants'], say);
  const agency = text('agency', 1_000);
  if (agency === null) say('agency-missing', 'agency');
  else if (/_old\b|_cũ\b/i.test(agency)) say('agency-stale', 'agency', agency);
  const type = text('type', 300);
  if (type === null) say('type-missing', 'type');
  const decisionNumber = text('decision', 200);
  if (decisionNumber === null) say('decision-missing', 'decision');
  const content: ProcedureContent = {
    summary: null,
    type,
    competentAgency: wordsOrNull(agency),
    receivingAddress: wordsOrNull(text('receiving', 4_000)),
    authorisedAgency: null,
    coordinatingAgency: wordsOrNull(text('coordinating', 2_000)),
    order: readOrder(value['steps'], say),
    channels: readChannels(value, say),
    papers: readPapers(value, say),
    sets: null,
    results: readResults(value['results'], say),
    legalBases: listOfText(value['legal_basis'], 200, 'legal_basis', say).map((number) => ({ number, title: null })),
    conditions: wordsOrNull(text('conditions', 60_000)),
    related: [],
    keywords: { vi: [], en: [] },
    files: defaultFileLimits,
    steps: null,
    sourceUrl: httpsOrNull(text('url', 500)),
    otherAudiences: others,
  };
  if (content.legalBases.length === 0) say('legal-basis-missing', 'legal_basis');
  return {
    defects,
    facts: {
      code,
      ownCode: null,
      source: 'national',
      name: { vi: name },
      fieldCode,
      nationalField,
      levels,
      audiences: known,
      serviceLevel: 1,
      onlineScope: 'none',
      partialReason: null,
      intakeChannel: levels.length === 1 && levels[0] === 'ministry' ? 'ministry' : 'dvcqg',
      decisionNumber,
      validFrom: '',
      validTo: null,
      formVersionId: null,
      content,
    },
  };
}

const wordsOrNull = (text: string | null) => (text === null || text === '' ? null : { vi: text });
const httpsOrNull = (text: string | null) => (text !== null && /^https:\/\/[^\s"'<>]+$/.test(text) ? text : null);

function textReader(record: Raw, say: Say) {
  return (name: string, maxLength: number): string | null => {
    const value = record[name];
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string') {
      say('wrong-type', name, value);
      return null;
    }
    const clean = clip(value, maxLength).trim();
    return clean === '' || clean === NO_INFORMATION ? null : clean;
  };
}

function listOfText(value: unknown, maxLength: number, place: string, say: Say): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    say('wrong-type', place, value);
    return [];
  }
  const list: string[] = [];
  for (const [index, one] of value.slice(0, 1_000).entries()) {
    if (typeof one === 'string') {
      if (one.trim() !== '') list.push(clip(one, maxLength).trim());
    } else say('wrong-type', `${place}[${index}]`, one);
  }
  return list;
}

function judgeName(name: string, code: string, say: Say): void {
  if (name.includes(code)) say('name-with-code', 'name', name);
  if (/\s{2,}|[:.;,]$|^[^\p{L}\p{N}“"(]|_old\b/u.test(name)) say('name-untidy', 'name', name);
  const letters = name.replaceAll(/\P{L}/gu, '');
  if (letters.length > 12 && letters === letters.toUpperCase()) say('name-shouting', 'name', name);
}

function readLevels(value: unknown, say: Say): Level[] {
  const found = new Set<Level>();
  for (const word of listOfText(value, 100, 'level', say)) {
    const level =
      LEVELS[
        word
          .toLowerCase()
          .replaceAll(/[^\p{L} ]/gu, '')
          .trim()
      ];
    if (level) found.add(level);
    else say('level-unknown', 'level', word);
  }
  if (found.size === 0) say('level-missing', 'level');
  return [...found];
}

function readAudiences(value: unknown, say: Say): { known: Audience[]; others: string[] } {
  const words = listOfText(value, 300, 'applicants', say);
  const known = new Set<Audience>();
  const others: string[] = [];
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    // A list cut at every comma has cut this name in two; the halves have no other reading.
    if (word === 'Tổ chức (không bao gồm doanh nghiệp' && words[i + 1] === 'HTX)') {
      say('audience-split', 'applicants', `${word} | ${words[i + 1]}`);
      word = `${word}, ${words[++i]}`;
    }
    const audience = AUDIENCES[word.toLowerCase()];
    if (audience) known.add(audience);
    else {
      others.push(word);
      say('audience-unknown', 'applicants', word);
    }
  }
  if (words.length === 0) say('audience-missing', 'applicants');
  return { known: [...known], others };
}

function readOrder(value: unknown, say: Say): ProcedureContent['order'] {
  const steps = listOfText(value, 20_000, 'steps', say);
  if (steps.length === 0) {
    say('steps-missing', 'steps');
    return [];
  }
  return [{ case: null, steps: steps.map((vi) => ({ vi })) }];
}

function readResults(value: unknown, say: Say): ProcedureContent['results'] {
  if (!Array.isArray(value) || value.length === 0) {
    say(
      value === undefined || value === null || Array.isArray(value) ? 'results-missing' : 'wrong-type',
      'results',
      value,
    );
    return [];
  }
  return value.slice(0, 100).flatMap((one, index) => {
    if (!isRaw(one) || typeof one['name'] !== 'string' || one['name'].trim() === '') {
      say('wrong-type', `results[${index}]`, one);
      return [];
    }
    return [
      { name: { vi: clip(one['name'], 2_000) }, code: typeof one['code'] === 'string' ? clip(one['code'], 60) : null },
    ];
  });
}

function readChannels(record: Raw, say: Say): Channel[] {
  const value = record['channels'];
  const raw = typeof record['channels_raw'] === 'string' ? record['channels_raw'] : '';
  const channels: Channel[] = [];
  if (value !== undefined && value !== null && !Array.isArray(value)) say('wrong-type', 'channels', value);
  for (const [index, one] of (Array.isArray(value) ? value.slice(0, 50) : []).entries()) {
    const place = `channels[${index}]`;
    if (!isRaw(one)) {
      say('wrong-type', place, one);
      continue;
    }
    const kind = typeof one['channel'] === 'string' ? CHANNELS[one['channel'].trim().toLowerCase()] : undefined;
    if (!kind) {
      say('channel-unknown', `${place}.channel`, one['channel']);
      continue;
    }
    const { fees, feesKnown } = readFee(one['fee'], `${kind}-${index}`, `${place}.fee`, say);
    const channel = {
      kind,
      time: readTime(one['time'], `${place}.time`, say),
      feesKnown,
      fees,
      note: readNote(one['note'], place, say),
    };
    const known = channels.find((other) => other.kind === kind);
    if (known) {
      // Several lines of one channel are cases of it: the fees are kept, the other time limit stays in words.
      say('channel-twice', place, one['time'] ?? null);
      known.fees.push(...fees);
      known.feesKnown ||= feesKnown;
      known.time = joinTimes(known.time, channel.time);
      if (channel.note && known.note?.vi !== channel.note.vi)
        known.note = { vi: clip([known.note?.vi, channel.note.vi].filter(Boolean).join('\n'), 8_000) };
    } else channels.push(channel);
  }
  for (const [word, kind] of Object.entries(CHANNELS))
    if (raw.toLowerCase().includes(word) && !channels.some((channel) => channel.kind === kind) && startsRow(raw, word))
      say('channels-lost', 'channels', word);
  if (channels.length === 0) say('channels-missing', 'channels', raw === '' ? null : raw);
  return channels;
}

/** Whether the glued text of the table begins a row with the channel: nothing, or no space, stands before it. */
function startsRow(raw: string, word: string): boolean {
  const at = raw.toLowerCase().indexOf(word);
  return at === 0 || (at > 0 && /[^\s"“(,;]/.test(raw[at - 1]!) && /\p{Lu}/u.test(raw[at]!));
}

function joinTimes(a: TimeLimit, b: TimeLimit): TimeLimit {
  if (a.amount === b.amount && a.unit === b.unit) return a;
  const inWords = (t: TimeLimit) => t.text ?? (t.amount === null ? '' : `${t.amount} ${t.unit ?? ''}`.trim());
  const text = [inWords(a), inWords(b)].filter((part) => part !== '').join(' / ');
  return { amount: null, unit: null, text: text === '' ? null : clip(text, 1_000) };
}

function readTime(value: unknown, place: string, say: Say): TimeLimit {
  if (value === undefined || value === null || value === '') {
    say('time-missing', place);
    return { amount: null, unit: null, text: null };
  }
  const source = typeof value === 'number' ? String(value) : value;
  if (typeof source !== 'string') {
    say('wrong-type', place, value);
    return { amount: null, unit: null, text: null };
  }
  const match = /^\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(\D*)$/u.exec(source);
  const amount = match ? Number(match[1]!.replace(',', '.')) : null;
  const word = match?.[2]?.trim().toLowerCase() ?? '';
  const unit = UNITS[word];
  if (amount !== null && amount > 0 && unit) return { amount, unit, text: null };
  if (amount !== null && word === '') say('time-unit-missing', place, source);
  if (amount !== null && amount > 0 && word === '') return { amount, unit: null, text: clip(source, 500) };
  say('time-unreadable', place, source);
  return { amount: null, unit: null, text: clip(source, 500) };
}

function readFee(value: unknown, key: string, place: string, say: Say): { fees: Fee[]; feesKnown: boolean } {
  const fee = (amountDong: number | null, text: string | null): Fee => ({
    key,
    kind: 'fee',
    name: null,
    case: null,
    amountDong,
    text,
  });
  if (value === undefined || value === null || value === '') {
    say('fee-unknown', place);
    return { fees: [], feesKnown: false };
  }
  if (typeof value !== 'string') {
    say('wrong-type', place, value);
    return { fees: [], feesKnown: false };
  }
  if (/^\s*miễn phí\s*$/i.test(value)) return { fees: [], feesKnown: true };
  const text = clip(value, 500);
  const match = /^\s*(\d{1,3}(?:[,.]\d{3})+|\d+)\s*(.*)$/u.exec(text);
  const amount = match ? Number(match[1]!.replaceAll(/[,.]/g, '')) : Number.NaN;
  const currency = match?.[2]?.trim().toLowerCase() ?? '';
  if (currency === 'usd') {
    say('fee-foreign-currency', place, text);
    return { fees: [fee(null, text)], feesKnown: true };
  }
  if (!Number.isSafeInteger(amount) || !/^(vnđ|vnd|việt nam đồng|đồng|đ)$/.test(currency)) {
    say('fee-unreadable', place, text);
    return { fees: [fee(null, text)], feesKnown: true };
  }
  if (amount < LEAST_FEE_DONG) {
    say('fee-unlikely', place, text);
    return { fees: [fee(null, text)], feesKnown: true };
  }
  return { fees: [fee(amount, null)], feesKnown: true };
}

function readNote(value: unknown, place: string, say: Say): Channel['note'] {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    say('wrong-type', `${place}.note`, value);
    return null;
  }
  let note = clip(value, 8_000).trim();
  if (note.startsWith(NO_INFORMATION) && note.length > NO_INFORMATION.length) {
    say('note-glued', `${place}.note`, note);
    note = note.slice(NO_INFORMATION.length).trim();
  }
  return note === '' || note === '(không có)' || note === NO_INFORMATION ? null : { vi: note };
}

function readPapers(record: Raw, say: Say): PaperCase[] {
  const value = record['documents'];
  const rawLength = typeof record['documents_raw_len'] === 'number' ? record['documents_raw_len'] : 0;
  if (value !== undefined && value !== null && !Array.isArray(value)) say('wrong-type', 'documents', value);
  const groups: PaperCase[] = [];
  let number = 0;
  for (const [index, one] of (Array.isArray(value) ? value.slice(0, 200) : []).entries()) {
    if (!isRaw(one) || !Array.isArray(one['items'])) {
      say('wrong-type', `documents[${index}]`, one);
      continue;
    }
    const title =
      typeof one['case'] === 'string' && one['case'].trim() !== '' ? { vi: clip(one['case'], 2_000) } : null;
    const group: PaperCase = { key: `case-${index + 1}`, title, papers: [] };
    for (const [at, item] of one['items'].slice(0, 500).entries()) {
      const place = `documents[${index}].items[${at}]`;
      if (!isRaw(item) || typeof item['name'] !== 'string' || item['name'].trim() === '') {
        say(isRaw(item) ? 'paper-name-missing' : 'wrong-type', place, item);
        continue;
      }
      const originals = countOf(item['original']);
      const copies = countOf(item['copy']);
      if ((originals ?? 0) + (copies ?? 0) === 0) say('paper-without-count', place, item['name']);
      group.papers.push({
        key: `paper-${++number}`,
        name: { vi: clip(item['name'], 6_000).trim() },
        originals,
        copies,
        required: false,
        when: null,
        template: null,
        nationalCode: null,
        presentOnly: false,
      });
    }
    if (group.papers.length > 0) groups.push(group);
  }
  if (groups.length === 0)
    say(
      rawLength > 0 ? 'papers-lost' : 'papers-missing',
      'documents',
      rawLength > 0 ? `${rawLength} characters` : null,
    );
  return groups;
}

const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000 ? value : null;
