import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { unitActedFor, unitsOf } from '../../platform/access.ts';
import { publish } from '../../platform/events.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { exportPeople } from './assurance-acts.ts';
import { accountsExported, accountsReviewed } from './identity-events.ts';
import { identityManage } from './identity-permissions.ts';
import { managesProvince } from './over-account.ts';
import { countForReview, lastReview, listForReview, type ReviewFilter, type ReviewLine } from './review-queries.ts';
import { adminWords } from './views/admin-words.ts';
import { ReviewPage, reviewWords } from './views/review-page.tsx';

const PAGE = 100;
const EXPORT_PAGE = 2_000;
/** Half a year: who has not signed in since, and when the next review is due. */
const REVIEW_MONTHS = 6;

/** The same day so many months before; the last day of a shorter month. */
function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() - months);
  if (then.getUTCDate() !== now.getUTCDate()) then.setUTCDate(0);
  return then;
}

function filterOf(request: WebRequest): { filter: ReviewFilter; query: Record<string, string> } {
  const unit = (request.query.get('donvi') ?? '').replaceAll('\u0000', '').trim().slice(0, 100);
  const only = (['lau', 'khong-vi-tri'] as const).find((one) => one === request.query.get('chi'));
  return {
    query: { ...(unit ? { donvi: unit } : {}), ...(only ? { chi: only } : {}) },
    filter: {
      day: localDate(request.now),
      unit: unit || null,
      idleSince: only === 'lau' ? monthsBefore(request.now, REVIEW_MONTHS) : null,
      withoutPost: only === 'khong-vi-tri',
      unitIds: unitsOf(request.actor, identityManage),
    },
  };
}

async function countsOf(request: WebRequest) {
  const { filter } = filterOf(request);
  const whole = { ...filter, unit: null, idleSince: null, withoutPost: false };
  const { reader, now } = request;
  const [accounts, idle, withoutPost] = await Promise.all([
    countForReview(reader, whole),
    countForReview(reader, { ...whole, idleSince: monthsBefore(now, REVIEW_MONTHS) }),
    countForReview(reader, { ...whole, withoutPost: true }),
  ]);
  return { accounts, idle, withoutPost };
}

async function show(request: WebRequest): Promise<Reply> {
  const { filter, query } = filterOf(request);
  const after = Number(request.query.get(listQuery.after) ?? 0);
  const offset = Number.isSafeInteger(after) && after > 0 && after < 1_000_000 ? after : 0;
  const found = await listForReview(request.reader, filter, { offset, limit: PAGE + 1 });
  const last = await lastReview(request.reader, filter.unitIds);
  return page(
    <ReviewPage
      rows={found.slice(0, PAGE)}
      query={query}
      nextCursor={found.length > PAGE ? String(offset + PAGE) : null}
      counts={await countsOf(request)}
      last={last ?? null}
      isDue={!last || last.at < monthsBefore(request.now, REVIEW_MONTHS)}
      idleSince={monthsBefore(request.now, REVIEW_MONTHS)}
    />,
  );
}

async function* allRows(request: WebRequest): AsyncGenerator<ReviewLine> {
  const { filter } = filterOf(request);
  for (let offset = 0; ; offset += EXPORT_PAGE) {
    const rows = await listForReview(request.reader, filter, { offset, limit: EXPORT_PAGE });
    yield* rows;
    if (rows.length < EXPORT_PAGE) return;
  }
}

async function exportReview(request: WebRequest): Promise<Reply> {
  const w = reviewWords.in(request.locale);
  const admin = adminWords.in(request.locale);
  const { query } = filterOf(request);
  const reply = await tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: `ra-soat-tai-khoan-${isoDate(request.now)}`,
    rows: allRows(request),
    columns: [
      { heading: w.unit, value: (row) => row.unitName ?? w.noPost, width: 44 },
      { heading: w.post, value: (row) => row.postName, width: 30 },
      { heading: admin.name, value: (row) => row.name, width: 30 },
      { heading: admin.login, value: (row) => row.userName },
      { heading: admin.status, value: (row) => admin.statuses[row.status] },
      { heading: admin.lastSignIn, value: (row) => row.lastSignInAt },
      { heading: w.created, value: (row) => row.createdAt },
    ],
  });
  await request.command(async (tx) =>
    publish(tx, accountsExported, {
      subject: { kind: 'account', id: 'list' },
      payload: { filtered: Object.keys(query).length > 0 },
    }),
  );
  return reply;
}

/** Says that the accounts were reviewed: who and when stands in the log of events. */
async function finish(request: WebRequest): Promise<Reply> {
  await request.form();
  const counts = await countsOf(request);
  await request.command(async (tx) =>
    publish(tx, accountsReviewed, {
      // A review of the province's accounts is told apart from one of some units' by its subject.
      subject: { kind: 'account', id: managesProvince(request.actor) ? 'list' : 'list-of-units' },
      unitId: unitActedFor(request.actor, identityManage),
      payload: counts,
    }),
  );
  return seeOther(request.href(paths.adminAccountReview()));
}

/** The half-yearly review of officials' accounts: who still needs one, by unit. */
export function reviewRoutes(web: Web): void {
  const access = { permission: identityManage };
  web.get(paths.adminAccountReview, { access }, show);
  web.post(paths.adminAccountReview, { access }, finish);
  web.get(paths.adminAccountReviewExport, { access, act: exportPeople, example: { format: 'csv' } }, exportReview);
}
