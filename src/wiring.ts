import { moveCalendars, provideAffectedWork } from './engines/calendar/index.ts';
import {
  countAffected,
  dossierClasses,
  dossierHoldSubject,
  dossierState,
  mergeDossiers,
  moveDossiers,
  publicStateInWords,
} from './services/dossiers/index.ts';
import { mergeDelegations } from './services/delegations/index.ts';
import { mergeRequests, movePeople } from './services/people/index.ts';
import { closedAccountClass, mergePapers } from './services/paperstore/index.ts';
import { draftClass, mergeApplications, mergeSavedSearches } from './services/portal/index.ts';
import { moveOffers } from './services/procedures/index.ts';
import { movePhrases } from './services/frontdesk/index.ts';
import { provideUnitMove, provinceOf } from './foundation/organisations/index.ts';
import { provideSealedState } from './foundation/ledger/index.ts';
import {
  provideDisposalNotice,
  provideHoldSubject,
  provideInfectionNotice,
  provideRetentionClass,
} from './foundation/files/index.ts';
import { tellOfDisposal, tellOfInfection } from './file-notices.ts';
import { countUnread, provideTextService } from './foundation/notifications/index.ts';
import { downtimeBanner, forgetDowntime } from './insight/operations/index.ts';
import type { Actor } from './platform/access.ts';
import type { PagePerson, PageProvince } from './platform/http/page-context.ts';
import type { Locale, WebRequest } from './platform/http/web.ts';
import type { AppContext } from './platform/module.ts';
import {
  hasDemoAccounts,
  demoAccounts as listedAccounts,
  forgetAssuranceRules,
  idleLockMinutes,
  listPostsOf,
  mergeAccountFacts,
  moveAccounts,
  provideAccountMerge,
  resolveClient as clientOf,
  type DemoAccount,
} from './foundation/identity/index.ts';
import { ConfigError } from './platform/config.ts';
import { provideNews } from './platform/node-news.ts';
export { isAllowedOrigin, missingProof, resolveSession } from './foundation/identity/index.ts';
import { isWritingStopped } from './platform/space.ts';

/* What the platform and the layouts need from modules above them: wired here, because only the composition may know both sides. */

export const resolveClient = (context: AppContext, token: string): Promise<Actor | null> =>
  clientOf(context.db.reader, token, context.clock.now());

/** The signed-in person as the layouts show them. */
export async function pagePersonOf(request: WebRequest): Promise<PagePerson | null> {
  const { actor } = request;
  if (actor.kind !== 'citizen' && actor.kind !== 'business' && actor.kind !== 'official') return null;
  const posts = actor.kind === 'official' && actor.id ? await listPostsOf(request.reader, actor.id, request.now) : [];
  const otherPosts = posts
    .filter((post) => post.postId !== actor.postId)
    .map(({ postId, postName, unitName }) => ({ postId, postName, unitName: unitName ?? '' }));
  return {
    name: actor.label,
    kind: actor.kind,
    unitName: actor.unitName,
    postName: actor.postName,
    otherPosts,
    idleLockMinutes: idleLockMinutes(actor.kind, actor.grants) ?? undefined,
  };
}

/** Number of unread notifications of the signed-in person. */
export async function unreadCountOf({ actor, reader }: WebRequest): Promise<number> {
  return actor.kind === 'official'
    ? countUnread(reader, 'official', actor.id ?? '')
    : countUnread(reader, 'account', actor.accountId ?? '');
}

const SPACE_WORDS: Record<Locale, { heading: string; text: string }> = {
  vi: {
    heading: 'Tạm dừng nhận dữ liệu mới',
    text: 'Máy chủ sắp hết chỗ chứa. Bạn vẫn xem và tra cứu được, những gì đã lưu vẫn còn nguyên. Hãy nộp hồ sơ sau ít phút.',
  },
  en: {
    heading: 'Nothing new is accepted for the moment',
    text: 'The server is running out of space. Everything can still be read, and what was saved is safe. Submit in a few minutes.',
  },
};

/** What stands above every page: that nothing can be stored for now, or the announcement of a planned downtime. */
export const downtimeNotice = async (
  context: AppContext,
  locale: Locale,
): Promise<{ heading?: string; text: string } | null> =>
  isWritingStopped() ? SPACE_WORDS[locale] : downtimeBanner(context.db.reader, context.clock.now(), locale);

/** Name, motto and contacts of the province in both languages. */
export function provinceTexts({ config }: AppContext): Record<Locale, PageProvince> {
  const province = provinceOf(config);
  const inLanguage = (locale: Locale): PageProvince => ({
    name: province.name[locale],
    shortName: province.shortName[locale],
    motto: province.motto[locale],
    hotline: province.hotline,
    email: province.email,
    address: province.address[locale],
    responsible: province.responsible[locale],
    responsiblePerson: province.responsiblePerson[locale],
    ...(province.emblem === null ? {} : { emblemPath: province.emblem }),
  });
  return { vi: inLanguage('vi'), en: inLanguage('en') };
}

/** The accounts that the demonstration makes, for the announcement at start and `npx sen demo accounts`. */
export const demoAccounts = (): readonly DemoAccount[] => listedAccounts;

/** @throws ConfigError when a production database holds demo accounts */
export async function refuseDemoAccounts(context: AppContext): Promise<void> {
  if (await hasDemoAccounts(context.db.reader))
    throw new ConfigError(
      'The database holds demonstration accounts: close them with `npx sen accounts close-demo`, or use another database',
    );
}

/** Drops what this process keeps in memory of things that another one may have changed. */
export const forgetKept = (): void => {
  forgetAssuranceRules();
  forgetDowntime();
};

// Pages for everybody are kept in memory by each process: these events change what they say.
const NEWS = /^(procedures|catalogues|organisations|calendar|forms)\.|^operations\.downtime|^identity\.assurance-rule/;
provideNews((eventName) => NEWS.test(eventName));

// The calendar keeps no due dates: dossiers count what a decision would move.
provideAffectedWork('dossiers', (reader, { unitId, firstDate, lastDate }, now) =>
  countAffected(reader, unitId, firstDate, lastDate, now),
);

// Notifications know no dossier: whoever texts “HS” and a code is answered by dossiers.
provideTextService({
  keyword: 'HS',
  help: 'HS ma-ho-so: xem tinh trang ho so',
  answer: (reader, argument, { number }) => publicStateInWords(reader, argument, number),
});

// The ledger knows no dossier: dossiers say what their events promise of them.
provideSealedState(dossierState);

// What moves with its unit when units are merged, split or dissolved.
for (const move of [moveAccounts, moveOffers, moveCalendars, movePhrases, moveDossiers, movePeople])
  provideUnitMove(move);

// What goes over when two accounts of one person are merged.
for (const merge of [
  mergeAccountFacts,
  mergeDelegations,
  mergeApplications,
  mergePapers,
  mergeSavedSearches,
  mergeDossiers,
  mergeRequests,
])
  provideAccountMerge(merge);

// Files know neither people nor officials.
provideInfectionNotice(tellOfInfection);
provideDisposalNotice(tellOfDisposal);
for (const each of [...dossierClasses, draftClass, closedAccountClass]) provideRetentionClass(each);
provideHoldSubject(dossierHoldSubject);
