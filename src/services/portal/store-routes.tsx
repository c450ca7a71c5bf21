import { noteReading } from '../../foundation/readings/index.ts';
import { fold } from '../../foundation/search/index.ts';
import { controlId, type FileField } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listStore, paperNotAccepted, paperNotFound, papersFitting, readPaperOf } from '../paperstore/index.ts';
import { limitsOf, type PaperSlot } from './application.ts';
import { factsOf, openOf, perAccount } from './application-way.ts';
import { keepPapers } from './keep-papers.ts';
import { accountOf, type OpenApplication } from './open-application.ts';
import { storesOf, takeFromStores, type SlotOffer, type TakingPlace } from './store-papers.ts';
import { fileQuestion, takeIntoForm } from './take-into-form.ts';
import { StoreChoicePage, storeChoiceWords, type ChoicePlace } from './views/store-choice-page.tsx';

/** What a paper is chosen for: how the page shows it, and what is done with the choice. */
interface Target {
  place: TakingPlace;
  shown: ChoicePlace;
  /** Says what is wrong in the person's language, or null when it is done. */
  take: (paperId: string) => Promise<string | null>;
}

function slotTarget(request: WebRequest, open: OpenApplication): Target {
  const slot = open.slots.find((each) => each.key === request.params['key']);
  if (!slot) throw problem(notFound);
  const draftId = open.application.id;
  return {
    place: slotPlace(open, slot),
    shown: {
      name: slot.name,
      at: 'papers',
      action: paths.applicationStore({ draftId, key: slot.key }),
      back: `${paths.applicationPapers({ draftId })}#paper-${slot.key}`,
    },
    take: (paperId) => takeInto(request, open, slot, paperId),
  };
}

const slotPlace = (open: OpenApplication, slot: PaperSlot): TakingPlace => ({
  asks: slot.name.vi,
  about: open.procedure.name.vi,
  limits: limitsOf(open.procedure.content.files),
});

function formTarget(request: WebRequest, open: OpenApplication): Target {
  const { page: pageId = '', at = '' } = request.params;
  const question = fileQuestion(open, pageId, at);
  if (!question) throw problem(notFound);
  const place = { draftId: open.application.id, page: pageId };
  const isReview: Record<string, string> = request.query.get('ve') === 'kiem-tra' ? { ve: 'kiem-tra' } : {};
  return {
    place: question.place,
    shown: {
      name: question.field.label,
      at: { page: pageId },
      action: paths.applicationFormStore({ ...place, at }, isReview),
      back: `${paths.applicationPage(place, isReview)}#${controlId(at)}`,
    },
    take: (paperId) => takeForQuestion(request, open, question, paperId),
  };
}

/** Every paper that may be taken for one line of the checklist or one question of the form. */
async function choicePage(
  request: WebRequest,
  open: OpenApplication,
  target: Target,
  error: string | null = null,
): Promise<Reply> {
  const { reader, actor, config, now, query } = request;
  const { asks, limits } = target.place;
  const typed = (query.get('tim') ?? '').trim().slice(0, 100);
  const text = typed === '' ? null : fold(typed);
  const papers: SlotOffer[] = [];
  const fitting = new Set<string>();
  for (const { accountId, ownerName } of await storesOf(reader, actor, open, now)) {
    const store = await listStore(reader, accountId, text);
    const fits = papersFitting(config, store, asks);
    for (const paper of fits) fitting.add(paper.id);
    // Of a giver's store only what is asked for is shown; of one's own everything.
    const shown = ownerName === null ? [...fits, ...store.filter((paper) => !fitting.has(paper.id))] : fits;
    papers.push(...shown.map((paper) => ({ ...paper, ownerName })));
    if (ownerName !== null)
      await noteReading(
        request,
        shown.map((paper) => readPaperOf(config, paper)),
        { work: 'delegate', purpose: 'Xem danh sách giấy tờ hợp với hồ sơ nộp thay bạn' },
      );
  }
  return page(
    <StoreChoicePage
      facts={factsOf(open)}
      place={target.shown}
      papers={papers.map((paper) => ({
        ...paper,
        fits: fitting.has(paper.id),
        isAccepted: limits.kinds.includes(paper.file.kind) && paper.file.sizeBytes <= limits.maxBytes,
      }))}
      text={typed}
      today={localDate(now)}
      error={error}
    />,
    { status: error ? 422 : 200 },
  );
}

async function choose(request: WebRequest, open: OpenApplication, target: Target): Promise<Reply> {
  const own = storeChoiceWords.in(request.locale);
  const paperId = (await request.form()).get('giay-to') ?? '';
  const error = paperId === '' ? own.chooseFirst : await target.take(paperId);
  return error ? choicePage(request, open, target, error) : seeOther(request.href(target.shown.back));
}

/** Words for a paper that the place does not take; every other failure is thrown on. */
const refusalOf = (request: WebRequest, error: unknown): string => {
  if (isProblem(error, paperNotAccepted)) return paperNotAccepted.title[request.locale];
  if (isProblem(error, paperNotFound)) return storeChoiceWords.in(request.locale).gone;
  throw error;
};

/** Puts a stored paper to a line of the checklist; says what is wrong in the person's language, or null when it is done. */
export async function takeInto(
  request: WebRequest,
  open: OpenApplication,
  slot: PaperSlot,
  paperId: string,
): Promise<string | null> {
  const { reader, actor, config, now, locale } = request;
  const stores = await storesOf(reader, actor, open, now);
  const place = slotPlace(open, slot);
  try {
    const refused = await request.command(async (tx) =>
      keepPapers(tx, {
        applicationId: open.application.id,
        accountId: accountOf(actor).id,
        slots: open.slots,
        uploads: [{ key: slot.key, ...(await takeFromStores(tx, config, actor, open, stores, { place, paperId })) }],
        replaced: new Set(),
        removed: [],
        limits: limitsOf(open.procedure.content.files),
      }),
    );
    return refused.size > 0 ? storeChoiceWords.in(locale).noRoom : null;
  } catch (error) {
    return refusalOf(request, error);
  }
}

/** Puts a stored paper to a file question of the form, in its draft; says what is wrong, or null. */
export async function takeForQuestion(
  request: WebRequest,
  open: OpenApplication,
  question: { at: string; pageId: string; field: FileField; place: TakingPlace },
  paperId: string,
): Promise<string | null> {
  const stores = await storesOf(request.reader, request.actor, open, request.now);
  try {
    const taken = await request.command((tx) =>
      takeIntoForm(tx, request.config, request.actor, open, stores, { question, paperId }),
    );
    return taken ? null : storeChoiceWords.in(request.locale).full(question.field.maxFiles ?? 1);
  } catch (error) {
    return refusalOf(request, error);
  }
}

/** Choosing a paper of the store for a line of the checklist or a file question of the form. */
export function storeRoutes(web: Web): void {
  const targets = [
    { path: paths.applicationStore, of: slotTarget },
    { path: paths.applicationFormStore, of: formTarget },
  ];
  for (const { path, of } of targets) {
    web.get(path, { access: 'person' }, async (request) => {
      const open = await openOf(request);
      return choicePage(request, open, of(request, open));
    });
    web.post(path, perAccount('store', 200), async (request) => {
      const open = await openOf(request);
      return choose(request, open, of(request, open));
    });
  }
}
