import { sendFile, sendPreview, previewAsked } from '../../foundation/files/index.ts';
import { noteReading } from '../../foundation/readings/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { mayReceive } from '../dossiers/index.ts';
import {
  codeNotValid,
  consentedPapers,
  paperKindsOf,
  paperNotFound,
  readPaperOf,
  useCode,
  type OfferedPaper,
} from '../paperstore/index.ts';
import { openIntake, type OpenIntake } from './take-in.ts';
import { takeStored } from './take-stored.ts';
import { CounterStorePage, counterStoreWords } from './views/counter-store-page.tsx';

async function intakeOf(request: WebRequest): Promise<OpenIntake> {
  const intake = await openIntake(request.reader, request.actor, request.params['intakeId'] ?? '', request.now);
  if (intake.dossierId !== null) throw problem(notFound);
  return intake;
}

const openedFor = (request: WebRequest, intake: OpenIntake): Promise<OfferedPaper[]> =>
  consentedPapers(request.reader, intake.id, request.actor.id ?? '', request.now);

async function show(request: WebRequest, errors: Record<string, string> = {}): Promise<Reply> {
  const intake = await intakeOf(request);
  const isRefused = Object.keys(errors).length > 0;
  return page(
    <CounterStorePage
      intake={intake}
      papers={await openedFor(request, intake)}
      kinds={paperKindsOf(request.config)}
      form={{ values: {}, errors }}
      today={localDate(request.now)}
      isDone={request.query.get('xong') === '1'}
    />,
    { status: isRefused ? 422 : 200 },
  );
}

async function send(request: WebRequest): Promise<Reply> {
  const { actor, config, locale } = request;
  const intake = await intakeOf(request);
  const form = await request.form();
  const here = paths.counterStore({ intakeId: intake.id });
  const paperId = form.get('giay-to');
  if (paperId !== null) {
    const key = form.get('muc') ?? '';
    if (key === '') return show(request, { [`muc-${paperId}`]: counterStoreWords.in(locale).chooseLine });
    await request.command((tx) =>
      takeStored(tx, actor, config, { intakeId: intake.id, paperId, key, procedureName: intake.procedure.name.vi }),
    );
    return seeOther(request.href(`${here}?xong=1`));
  }
  try {
    await request.command((tx) => useCode(tx, actor, config, { code: form.get('ma') ?? '', intakeId: intake.id }));
  } catch (error) {
    if (!isProblem(error, codeNotValid)) throw error;
    return show(request, { ma: `${codeNotValid.title[locale]}. ${codeNotValid.advice?.[locale] ?? ''}` });
  }
  return seeOther(request.href(here));
}

/** Opens one of the papers that a code has opened; recorded like every look. */
async function openFile(request: WebRequest): Promise<Reply> {
  const intake = await intakeOf(request);
  const paper = (await openedFor(request, intake)).find((each) => each.id === request.params['paperId']);
  if (!paper) throw problem(paperNotFound);
  await noteReading(request, [readPaperOf(request.config, paper)], {
    work: 'paper',
    purpose: 'Mở giấy tờ bạn cho lấy tại quầy',
  });
  return request.query.has('co')
    ? sendPreview(request, paper.file, previewAsked(request.query))
    : sendFile(request, paper.file);
}

/** Taking papers from a person's store at the counter, with the code that the person reads out. */
export function counterStoreRoutes(web: Web): void {
  const access = { permission: mayReceive };
  web.get(paths.counterStore, { access }, (request) => show(request));
  web.post(
    paths.counterStore,
    // A code has eight digits: twenty guesses in ten minutes find none.
    { access, rateLimit: { name: 'frontdesk.store-code', limit: 20, windowSeconds: 600, by: 'account' } },
    send,
  );
  web.get(paths.counterStoreFile, { access }, openFile);
}
