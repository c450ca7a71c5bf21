import type { Reader } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { LocalText } from '../../platform/problems.ts';
import { decisionOf, type PostMove, type ReorganisationPlan, type ResolvedPlan } from './reorganisation.ts';
import { countLeaders, countListedRights, listMovingPosts, type MovingPost } from './staff-move-queries.ts';
import type { Ambiguity, MoveLine, Obstacle, UnitMovePreview } from './unit-move.ts';

export const staffKinds: Readonly<Record<string, LocalText>> = {
  posts: { vi: 'Vị trí công tác', en: 'Posts' },
  appointments: { vi: 'Người giữ vị trí', en: 'Appointments' },
  substitutions: { vi: 'Uỷ quyền', en: 'Substitutions' },
  rights: { vi: 'Quyền ghi đích danh đơn vị', en: 'Rights that name the unit' },
};

interface Destination {
  post: MovingPost;
  /** Null: ends with its unit. */
  toUnitId: string | null;
  isSplit: boolean;
  otherUnitIds: readonly string[];
}

type Where = Pick<ResolvedPlan, 'transfers' | 'children'>;

/** Which unit each post of the ending units goes to by the plan, before decisions about single posts. */
function destinationsOf(posts: readonly MovingPost[], where: Where): Destination[] {
  const targets = new Map<string, { toUnitId: string | null; otherUnitIds: readonly string[] }>();
  for (const each of where.transfers) if (each.ends) targets.set(each.fromUnitId, each);
  for (const child of where.children)
    if (child.action === 'merge') targets.set(child.unitId, { toUnitId: child.toUnitId, otherUnitIds: [] });
  return posts.flatMap((post) => {
    const target = targets.get(post.unitId);
    return target ? [{ post, ...target, isSplit: target.otherUnitIds.length > 0 }] : [];
  });
}

const endingUnits = (where: Where): string[] => [
  ...where.transfers.filter((each) => each.ends).map((each) => each.fromUnitId),
  ...where.children.filter((each) => each.action === 'merge').map((each) => each.unitId),
];

/** What becomes of each post, by the plan and what people decided; and which appointments are no longer main ones. */
export async function planPosts(
  reader: Reader,
  plan: Pick<ReorganisationPlan, 'decisions'>,
  where: Where,
  effectiveOn: string,
): Promise<{ posts: PostMove[]; secondary: string[] }> {
  const posts = await listMovingPosts(reader, endingUnits(where), effectiveOn);
  const destinations = destinationsOf(posts, where);
  const { decisions } = plan;
  const moves = destinations.map(({ post, toUnitId, isSplit, otherUnitIds }): PostMove => {
    let unitId = toUnitId;
    const own = isSplit ? decisionOf(decisions, `post:${post.id}`) : null;
    if (own === 'end') unitId = null;
    else if (own !== null && otherUnitIds.includes(own)) unitId = own;
    if (unitId !== null && post.isLeader) {
      const chosen = decisionOf(decisions, `leader:${unitId}`);
      if (chosen === 'none' || (chosen?.startsWith('only:') && chosen !== `only:${post.id}`)) unitId = null;
    }
    return { fromPostId: post.id, toPostId: unitId === null ? null : newId(), toUnitId: unitId };
  });
  const goesOn = new Set(moves.filter((move) => move.toPostId !== null).map((move) => move.fromPostId));
  const secondary = twoPosts(destinations.filter(({ post }) => goesOn.has(post.id))).flatMap(({ officerId, held }) => {
    const chosen = decisionOf(decisions, `two-posts:${officerId}`);
    const main = chosen?.startsWith('main:') ? chosen.slice(5) : chosen === 'first' ? held[0]?.post.id : null;
    return main === null || main === undefined
      ? []
      : held.filter(({ post }) => post.id !== main).map(({ post }) => `${officerId} ${post.id}`);
  });
  return { posts: moves, secondary };
}

/** Officers who hold two or more of the posts that go on as their main one. */
function twoPosts(destinations: readonly Destination[]) {
  const held = new Map<string, { fullName: string; held: Destination[] }>();
  for (const each of destinations)
    for (const holder of each.post.holders.filter((one) => one.isPrimary)) {
      const known = held.get(holder.officerId);
      if (known) known.held.push(each);
      else held.set(holder.officerId, { fullName: holder.fullName, held: [each] });
    }
  return [...held].flatMap(([officerId, each]) => (each.held.length > 1 ? [{ officerId, ...each }] : []));
}

/** What happens to staff: figures, names, and what a person has to decide. */
export async function previewStaff(
  reader: Reader,
  where: Where,
  effectiveOn: string,
  nameOf: (unitId: string) => LocalText,
): Promise<UnitMovePreview> {
  const units = endingUnits(where);
  const posts = await listMovingPosts(reader, units, effectiveOn);
  const destinations = destinationsOf(posts, where);
  const lines: MoveLine[] = [];
  for (const [fromUnitId, group] of Map.groupBy(destinations, ({ post }) => post.unitId)) {
    const toUnitId = group[0]?.toUnitId ?? null;
    const names = group.flatMap(({ post }) => post.holders.map((holder) => holder.fullName));
    const acted = group.reduce((sum, { post }) => sum + post.substitutions, 0);
    lines.push({
      fromUnitId,
      toUnitId,
      kind: 'posts',
      count: group.length,
      samples: group.slice(0, 3).map(({ post }) => post.titleVi),
    });
    if (names.length > 0)
      lines.push({ fromUnitId, toUnitId, kind: 'appointments', count: names.length, samples: names.slice(0, 3) });
    if (acted > 0) lines.push({ fromUnitId, toUnitId, kind: 'substitutions', count: acted, samples: [] });
  }
  for (const [fromUnitId, count] of await countListedRights(reader, units)) {
    const toUnitId =
      where.transfers.find((each) => each.fromUnitId === fromUnitId)?.toUnitId ??
      where.children.find((each) => each.unitId === fromUnitId)?.toUnitId ??
      null;
    lines.push({ fromUnitId, toUnitId, kind: 'rights', count, samples: [] });
  }
  return {
    kinds: staffKinds,
    lines,
    ambiguities: [
      ...(await leaderQuestions(reader, destinations, effectiveOn, nameOf)),
      ...postQuestions(destinations, nameOf),
      ...twoPosts(destinations).map(twoPostsQuestion),
    ],
    obstacles: obstaclesOf(destinations, effectiveOn),
  };
}

const titleOf = ({ post }: Destination, nameOf: (unitId: string) => LocalText): LocalText => {
  const people = post.holders.map((holder) => holder.fullName).join(', ') || '–';
  const unit = nameOf(post.unitId);
  return { vi: `${people}: ${post.titleVi}, ${unit.vi}`, en: `${people}: ${post.titleEn}, ${unit.en}` };
};

async function leaderQuestions(
  reader: Reader,
  destinations: readonly Destination[],
  on: string,
  nameOf: (unitId: string) => LocalText,
): Promise<Ambiguity[]> {
  const arriving = Map.groupBy(
    destinations.filter(({ post, toUnitId }) => toUnitId !== null && post.isLeader && post.holders.length > 0),
    ({ toUnitId }) => toUnitId ?? '',
  );
  const there = await countLeaders(reader, [...arriving.keys()], on);
  return [...arriving].flatMap(([unitId, group]) => {
    const fromUnits = new Set(group.map(({ post }) => post.unitId)).size;
    const already = there.get(unitId) ?? 0;
    if (fromUnits + (already > 0 ? 1 : 0) < 2) return [];
    const unit = nameOf(unitId);
    return {
      key: `leader:${unitId}`,
      unitId,
      count: group.length + already,
      title: {
        vi: `${group.length + already} vị trí lãnh đạo về ${unit.vi}`,
        en: `${group.length + already} leading posts come to ${unit.en}`,
      },
      options: [
        {
          value: 'keep-all',
          label: { vi: 'Giữ tất cả cho đến khi bổ nhiệm lại', en: 'Keep them all until people are appointed anew' },
        },
        ...(already > 0
          ? [{ value: 'none', label: { vi: 'Chỉ giữ lãnh đạo hiện có', en: 'Keep only those already there' } }]
          : []),
        ...group.map((each) => ({
          value: `only:${each.post.id}`,
          label: {
            vi: `Chỉ chuyển: ${titleOf(each, nameOf).vi}`,
            en: `Only: ${titleOf(each, nameOf).en}`,
          },
        })),
      ],
    };
  });
}

/** Posts of a split unit: to which of the successors? */
const postQuestions = (destinations: readonly Destination[], nameOf: (unitId: string) => LocalText): Ambiguity[] =>
  destinations
    .filter(({ isSplit, post }) => isSplit && post.holders.length > 0)
    .map((each) => ({
      key: `post:${each.post.id}`,
      unitId: each.post.unitId,
      count: each.post.holders.length,
      title: titleOf(each, nameOf),
      options: [
        ...(each.toUnitId === null
          ? []
          : [{ value: 'main', label: { vi: `Về ${nameOf(each.toUnitId).vi}`, en: `To ${nameOf(each.toUnitId).en}` } }]),
        ...each.otherUnitIds.map((id) => ({
          value: id,
          label: { vi: `Về ${nameOf(id).vi}`, en: `To ${nameOf(id).en}` },
        })),
        { value: 'end', label: { vi: 'Kết thúc cùng đơn vị', en: 'Ends with the unit' } },
      ],
    }));

const twoPostsQuestion = (each: { officerId: string; fullName: string; held: Destination[] }): Ambiguity => ({
  key: `two-posts:${each.officerId}`,
  unitId: each.held[0]?.toUnitId ?? null,
  count: each.held.length,
  title: {
    vi: `${each.fullName} có ${each.held.length} vị trí chính`,
    en: `${each.fullName} has ${each.held.length} main posts`,
  },
  options: [
    { value: 'first', label: { vi: 'Vị trí đầu tiên là chính', en: 'The first is the main one' } },
    ...each.held.map(({ post }) => ({
      value: `main:${post.id}`,
      label: { vi: `Vị trí chính: ${post.titleVi}`, en: `Main post: ${post.titleEn}` },
    })),
    { value: 'keep', label: { vi: 'Giữ nguyên', en: 'Leave them' } },
  ],
});

const obstaclesOf = (destinations: readonly Destination[], effectiveOn: string): Obstacle[] =>
  destinations
    .filter(({ post }) => post.validFrom >= effectiveOn)
    .map(({ post }) => ({
      unitId: post.unitId,
      text: {
        vi: `Vị trí "${post.titleVi}" bắt đầu sau ngày hiệu lực: sửa ngày của vị trí trước`,
        en: `The post "${post.titleEn}" begins after the day of the change: correct its first day first`,
      },
    }));
