import { statement, type Reader } from '../../platform/database.ts';
import { listEvents } from '../../platform/event-log.ts';
import type { AccountStatus } from './account.ts';

/** An official's account as a review lists it. `unitName` null: the person holds no post any more. */
export interface ReviewLine {
  id: string;
  name: string;
  userName: string | null;
  status: AccountStatus;
  unitName: string | null;
  postName: string | null;
  lastSignInAt: Date | null;
  createdAt: Date;
}

export interface ReviewFilter {
  /** Day whose posts count, `YYYY-MM-DD`. */
  day: string;
  unit: string | null;
  /** Only accounts that nobody signed in to since then. */
  idleSince: Date | null;
  withoutPost: boolean;
  /** Only officials of these units; null for everybody. */
  unitIds: readonly string[] | null;
}

const FROM = `from identity.account a join identity.official o on o.account_id = a.id
   left join lateral (select post_name, unit_name from lateral organisations.posts_of(o.officer_id, $1::date) limit 1) p on true
   where a.status <> 'closed' and ($2::text is null or platform.fold(p.unit_name) like '%' || platform.fold($2) || '%')
     and ($3::timestamptz is null or coalesce(a.last_sign_in_at, a.created_at) < $3) and (not $4::boolean or p.post_name is null)
     and ($5::uuid[] is null or o.officer_id = any((select organisations.officers_within($5, $1::date))::uuid[]))`;

const list = statement(
  'identity.review_accounts',
  `select a.id, a.name, a.status, a.last_sign_in_at as "lastSignInAt", a.created_at as "createdAt", p.unit_name as "unitName", p.post_name as "postName",
     (select l.value from identity.login l where l.account_id = a.id and l.kind = 'user-name' limit 1) as "userName"
   ${FROM} order by p.unit_name collate "vi-x-icu" nulls first, a.name collate "vi-x-icu", a.id limit $6 offset $7`,
);
const count = statement('identity.count_review_accounts', `select count(*)::int as count ${FROM}`);

const valuesOf = (filter: ReviewFilter) => [
  filter.day,
  filter.unit?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
  filter.idleSince,
  filter.withoutPost,
  filter.unitIds,
];

/** Accounts of officials by unit; those who hold no post come first. A province has some thousands: pages by offset. */
export const listForReview = (reader: Reader, filter: ReviewFilter, page: { offset: number; limit: number }) =>
  reader.run<ReviewLine>(list, [...valuesOf(filter), page.limit, page.offset]);

export async function countForReview(reader: Reader, filter: ReviewFilter): Promise<number> {
  return (await reader.run<{ count: number }>(count, valuesOf(filter)))[0]?.count ?? 0;
}

/** When accounts were last reviewed, and by whom: those of the province, or by administrators of one of the units. */
export async function lastReview(
  reader: Reader,
  unitIds: readonly string[] | null,
): Promise<{ at: Date; by: string } | undefined> {
  const scope = unitIds === null ? { subjectId: 'list' } : { unitIds };
  const [event] = await listEvents(reader, { name: 'identity.accounts-reviewed', ...scope }, null, 1);
  return event && { at: event.occurredAt, by: event.actorLabel };
}
