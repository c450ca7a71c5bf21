import { noteReading } from '../../foundation/readings/index.ts';
import { fold } from '../../foundation/search/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listStore, paperNotAccepted, papersFitting, readPaperOf } from '../paperstore/index.ts';
import { limitsOf, type PaperSlot } from './application.ts';
import { factsOf, openOf, perAccount } from './application-way.ts';
import { keepPapers } from './keep-papers.ts';
import { accountOf, type OpenApplication } from './open-application.ts';
import { storesOf, takeForSlot, type SlotOffer } from './store-papers.ts';
import { StoreChoicePage, storeChoiceWords } from './views/store-choice-page.tsx';

const slotOf = (request: WebRequest, open: OpenApplication): PaperSlot => {
  const slot = open.slots.find((each) => each.key === request.params['key']);
  if (!slot) throw problem(notFound);
  return slot;
};

/** Every paper that may be taken for one line of the checklist. */
async function choicePage(request: WebRequest, error: string | null = null): Promise<Reply> {
  const { reader, actor, config, now, query } = request;
  const open = await openOf(request);
  const slot = slotOf(request, open);
  const typed = (query.get('tim') ?? '').trim().slice(0, 100);
  const text = typed === '' ? null : fold(typed);
  const papers: SlotOffer[] = [];
  const fitting = new Set<string>();
  for (const { accountId, ownerName } of await storesOf(reader, actor, open, now)) {
    const store = await listStore(reader, accountId, text);
    const fits = papersFitting(config, store, slot.name.vi);
    for (const paper of fits) fitting.add(paper.id);
    // Of a giver's store only what the line asks for is shown; of one's own everything.
    const shown = ownerName === null ? [...fits, ...store.filter((paper) => !fitting.has(paper.id))] : fits;
    papers.push(...shown.map((paper) => ({ ...paper, ownerName })));
    if (ownerName !== null)
      await noteReading(
        request,
        shown.map((paper) => readPaperOf(config, paper)),
        { work: 'delegate', purpose: 'Xem danh sách giấy tờ hợp với hồ sơ nộp thay bạn' },
      );
  }
  const { kinds, maxBytes } = limitsOf(open.procedure.content.files);
  return page(
    <StoreChoicePage
      facts={factsOf(open)}
      slot={slot}
      papers={papers.map((paper) => ({
        ...paper,
        fits: fitting.has(paper.id),
        isAccepted: kinds.includes(paper.file.kind) && paper.file.sizeBytes <= maxBytes,
      }))}
      text={typed}
      today={localDate(now)}
      error={error}
    />,
    { status: error ? 422 : 200 },
  );
}

async function choose(request: WebRequest): Promise<Reply> {
  const open = await openOf(request);
  const slot = slotOf(request, open);
  const own = storeChoiceWords.in(request.locale);
  const paperId = (await request.form()).get('giay-to') ?? '';
  if (paperId === '') return choicePage(request, own.chooseFirst);
  const error = await takeInto(request, open, slot, paperId);
  if (error) return choicePage(request, error);
  return seeOther(request.href(`${paths.applicationPapers({ draftId: open.application.id })}#paper-${slot.key}`));
}

/** Puts a stored paper to a line of the checklist; says what is wrong in the person's language, or null when it is done. */
export async function takeInto(
  request: WebRequest,
  open: OpenApplication,
  slot: PaperSlot,
  paperId: string,
): Promise<string | null> {
  const { reader, actor, config, now, locale } = request;
  const limits = limitsOf(open.procedure.content.files);
  const stores = await storesOf(reader, actor, open, now);
  try {
    const refused = await request.command(async (tx) =>
      keepPapers(tx, {
        applicationId: open.application.id,
        accountId: accountOf(actor).id,
        slots: open.slots,
        uploads: [await takeForSlot(tx, config, actor, open, stores, { slot, paperId, limits })],
        replaced: new Set(),
        removed: [],
        limits,
      }),
    );
    return refused.size > 0 ? storeChoiceWords.in(locale).noRoom : null;
  } catch (error) {
    if (isProblem(error, paperNotAccepted)) return paperNotAccepted.title[locale];
    throw error;
  }
}

/** Choosing a paper of the store for a line of the checklist. */
export function storeRoutes(web: Web): void {
  web.get(paths.applicationStore, { access: 'person' }, (request) => choicePage(request));
  web.post(paths.applicationStore, perAccount('store', 200), choose);
}
