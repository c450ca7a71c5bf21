import type { Tx } from '../../platform/database.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { planProvince } from './load-province-units.ts';
import {
  insertAppointments,
  insertOfficers,
  lastExampleNumber,
  listOfficersByStaffCode,
  listPostsEverHeld,
} from './officer-queries.ts';
import type { UnitsFile } from './province-file.ts';
import { loadPosts, type LoadedPost } from './province-queries.ts';
import { idOfKey, type PlannedUnit } from './province-units.ts';
import { withoutMarks } from './territory.ts';

/**
 * The officers that demo accounts point to: staff code by what they show. All work for the first commune's people's committee and its
 * centre, the administrator, the auditor and the reviewer of procedures for the province.
 */
export const demoOfficers = {
  frontDesk: 'DEMO-MOTCUA',
  specialist: 'DEMO-CHUYENVIEN',
  head: 'DEMO-TRUONGBOPHAN',
  leader: 'DEMO-LANHDAO',
  administrator: 'DEMO-QUANTRI',
  auditor: 'DEMO-KIEMTRA',
  procedureReviewer: 'DEMO-KIEMSOATTHUTUC',
  unitAdministrator: 'DEMO-QUANTRIDONVI',
} as const;

const FAMILY = [
  'Nguyễn',
  'Nguyễn',
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Hồ',
  'Cao',
  'Đậu',
  'Thái',
  'Ngô',
  'Dương',
  'Lô',
  'Vi',
];
const MIDDLE = {
  m: ['Văn', 'Đức', 'Hữu', 'Quang', 'Minh', 'Xuân', 'Thanh', 'Đình'],
  f: ['Thị', 'Thị', 'Thị Thu', 'Thị Ngọc', 'Thanh', 'Thị Hồng', 'Thuỳ', 'Phương'],
};
const GIVEN = {
  m: [
    'An',
    'Bình',
    'Cường',
    'Dũng',
    'Đạt',
    'Hải',
    'Hùng',
    'Khánh',
    'Lâm',
    'Long',
    'Mạnh',
    'Nam',
    'Phúc',
    'Quân',
    'Sơn',
    'Thắng',
    'Tuấn',
    'Việt',
  ],
  f: [
    'Anh',
    'Chi',
    'Dung',
    'Giang',
    'Hà',
    'Hằng',
    'Hiền',
    'Hoa',
    'Hương',
    'Lan',
    'Linh',
    'Mai',
    'Nga',
    'Oanh',
    'Phương',
    'Thảo',
    'Trang',
    'Yến',
  ],
};

/** A believable name from a number; the same number always gives the same name. */
export function exampleName(seed: number): string {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)]!;
  };
  const gender = pick(['m', 'f'] as const);
  return `${pick(FAMILY)} ${pick(MIDDLE[gender])} ${pick(GIVEN[gender])}`;
}

interface PlannedPost extends LoadedPost {
  count: number;
}

/** The example posts of every agency in force today, with the units their roles reach. */
function planPosts(file: UnitsFile, units: readonly PlannedUnit[]): PlannedPost[] {
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  const below = new Map<string, string[]>();
  for (const unit of units) {
    const agency = unit.key.split('/')[0] ?? unit.key;
    below.set(agency, [...(below.get(agency) ?? []), unit.id]);
  }
  const places = (at: string): PlannedUnit[] => {
    const [owner = '', division] = at.split('/');
    const owners =
      owner === 'commune-2025'
        ? units.filter((unit) => unit.key.startsWith('gso:') && !unit.key.includes('/'))
        : owner === 'department'
          ? units.filter((unit) => unit.kind === 'department')
          : units.filter((unit) => unit.key === owner);
    return owners
      .flatMap((unit) => (division === undefined ? [unit] : [byKey.get(`${unit.key}/${division}`)]))
      .filter((unit): unit is PlannedUnit => unit !== undefined && unit.validTo === null);
  };
  return file.examplePosts.flatMap((template, order) =>
    places(template.at).map((unit) => {
      const key = `${unit.key}#${template.key}`;
      const agency = unit.key.split('/')[0] ?? unit.key;
      return {
        id: idOfKey('post', key),
        key,
        unitId: unit.id,
        titleVi: template.titleVi,
        titleEn: template.titleEn,
        isLeader: template.isLeader ?? false,
        sortOrder: order + 1,
        validFrom: unit.validFrom,
        validTo: null,
        roleKey: template.role,
        reach: template.reach ?? (unit.key === agency && !template.alsoReaches ? 'unit-and-below' : 'listed'),
        reachUnitIds: [
          ...(below.get(agency) ?? []),
          ...(template.alsoReaches ?? []).flatMap((also) => byKey.get(also)?.id ?? []),
        ],
        count: template.count,
      };
    }),
  );
}

const accountName = (fullName: string, serial: number) =>
  `${withoutMarks(fullName).toLowerCase().replaceAll(' ', '.')}.${serial}@example.vn`;

interface PlannedOfficer {
  id: string;
  staffCode: string;
  fullName: string;
  email: string;
  post: PlannedPost;
}

function officerOf(post: PlannedPost, serial: number, demoCode: string | null): PlannedOfficer {
  const fullName = exampleName(serial);
  const staffCode = demoCode ?? `CB${String(serial).padStart(6, '0')}`;
  return { id: idOfKey('officer', staffCode), staffCode, fullName, email: accountName(fullName, serial), post };
}

/** Which demo officer, if any, fills a post: the first commune's people, and the posts of the whole province. */
function demoCodeOf(post: PlannedPost, firstCommune: string): string | null {
  if (post.roleKey === 'administrator') return demoOfficers.administrator;
  if (post.roleKey === 'auditor') return demoOfficers.auditor;
  if (post.roleKey === 'procedure-reviewer') return demoOfficers.procedureReviewer;
  const at: Record<string, string> = {
    [`${firstCommune}/ttpvhcc#tiep-nhan`]: demoOfficers.frontDesk,
    [`${firstCommune}/van-phong#ho-tich`]: demoOfficers.specialist,
    [`${firstCommune}/ttpvhcc#giam-doc`]: demoOfficers.head,
    [`${firstCommune}#chu-tich`]: demoOfficers.leader,
    [`${firstCommune}#quan-tri`]: demoOfficers.unitAdministrator,
  };
  return at[post.key] ?? null;
}

/** Fills every example post with invented people, the same at every installation. A second run changes nothing. */
export async function loadDemoStaff(context: AppContext): Promise<void> {
  const { file, units } = await planProvince(context.config.provinceFolder);
  const posts = planPosts(file, units);
  const firstCommune = units.find((unit) => unit.key.startsWith('gso:'))?.key ?? '';
  const staff: PlannedOfficer[] = [];
  for (const post of posts)
    for (let i = 0; i < post.count; i++)
      staff.push(officerOf(post, staff.length + 1, i === 0 ? demoCodeOf(post, firstCommune) : null));
  await inTransaction(context.db, { actor: systemActor('demo'), clock: context.clock }, async (tx) => {
    await loadPosts(tx, posts);
    const codes = staff.map((each) => each.staffCode);
    const known = new Set((await listOfficersByStaffCode(tx, codes)).map((officer) => officer.staffCode));
    const fresh = known.size === 0 ? staff : await staffOfNewPosts(tx, staff, known);
    if (fresh.length === 0) return;
    await insertOfficers(
      tx,
      fresh.map(({ id, staffCode, fullName, email }) => ({ id, staffCode, fullName, email, phone: null })),
      true,
    );
    await insertAppointments(
      tx,
      fresh.map(({ id, post }) => ({
        officerId: id,
        postId: post.id,
        isPrimary: true,
        decisionNumber: null,
        validFrom: post.validFrom,
        validTo: null,
      })),
    );
  });
}

/** A later province file may have posts in between, which shifts every number: whoever is new then is numbered after all others. */
async function staffOfNewPosts(
  tx: Tx,
  staff: readonly PlannedOfficer[],
  known: ReadonlySet<string>,
): Promise<PlannedOfficer[]> {
  const held = new Set(await listPostsEverHeld(tx, [...new Set(staff.map((each) => each.post.id))]));
  const wanting = staff.filter(
    (each) => !held.has(each.post.id) && !(each.staffCode.startsWith('DEMO-') && known.has(each.staffCode)),
  );
  const last = await lastExampleNumber(tx);
  return wanting.map((each, index) =>
    officerOf(each.post, last + 1 + index, each.staffCode.startsWith('DEMO-') ? each.staffCode : null),
  );
}
