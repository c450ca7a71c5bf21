import { eventTitle } from '../../platform/events.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import { takeFile } from '../../platform/http/take-file.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { findNewestCheckpoint } from './checkpoint-queries.ts';
import { listKeys } from './key-queries.ts';
import { getHead } from './ledger-queries.ts';
import { judgeProof, parseProof, type Verdict } from './proof.ts';
import { sealedState } from './sealed-state.ts';
import { parseVerifierKey } from './signed-note.ts';
import { LedgerPage, VerifyPage, type ShownVerdict } from './views/public-pages.tsx';
import { ledgerWords } from './views/ledger-words.ts';
import { listWitnesses } from './witness-queries.ts';

const MAX_PROOF = 128 * 1024;

/** What everybody may see: how the ledger stands, and whether a proof holds. */
export function publicRoutes(web: Web): void {
  web.get(paths.ledger, { access: 'public', cacheSeconds: 5 }, async ({ reader, config }) => {
    const [head, checkpoint, keys, witnesses] = await Promise.all([
      getHead(reader),
      findNewestCheckpoint(reader),
      listKeys(reader),
      listWitnesses(reader),
    ]);
    return page(
      <LedgerPage
        size={head.size}
        checkpoint={checkpoint}
        keys={keys}
        witnesses={witnesses.map((each) => ({ ...each, name: each.verifierKey.split('+')[0] ?? each.address }))}
        logAddress={`${config.publicUrl}/ledger`}
      />,
    );
  });
  web.get(paths.ledgerVerify, { access: 'public' }, async (request) => {
    const code = request.query.get('ma') ?? '';
    return code === '' ? page(<VerifyPage form={freshForm()} verdict={null} />) : judged(request, code, code);
  });
  web.post(
    paths.ledgerVerify,
    {
      access: 'public',
      bodyLimitBytes: 512 * 1024,
      rateLimit: { name: 'ledger-verify', limit: 60, windowSeconds: 60, by: 'address' },
    },
    verify,
  );
}

async function verify(request: WebRequest): Promise<Reply> {
  const own = ledgerWords.in(request.locale);
  let [file, isTooLarge] = ['', false];
  const form = await request.form(async ({ field, stream }) => {
    const bytes = await takeFile(stream, MAX_PROOF);
    if (field === 'tep') [file, isTooLarge] = [bytes?.toString('utf8') ?? '', bytes === undefined];
    return null;
  });
  const code = (form.get('ma') ?? '').trim();
  const wrong = (errors: Record<string, string>) =>
    page(<VerifyPage form={{ values: { ma: code.slice(0, 8_000) }, errors }} verdict={null} />, { status: 422 });
  if (isTooLarge) return wrong({ tep: own.tooLarge });
  if (file === '' && code === '') return wrong({ tep: own.needOne });
  return judged(request, file === '' ? code : file, code);
}

async function judged(request: WebRequest, text: string, code: string): Promise<Reply> {
  const own = ledgerWords.in(request.locale);
  const proof = parseProof(text);
  const form: FormState = { values: { ma: code.slice(0, 8_000) }, errors: {} };
  if (!proof) {
    const errors = { [text === code ? 'ma' : 'tep']: own.unreadable };
    return page(<VerifyPage form={{ ...form, errors }} verdict={null} />, { status: 422 });
  }
  const [keys, witnesses] = [await listKeys(request.reader), await listWitnesses(request.reader)];
  const verifiers = (list: readonly { verifierKey: string }[]) =>
    list.flatMap((each) => parseVerifierKey(each.verifierKey) ?? []);
  const verdict = judgeProof(proof, verifiers(keys), verifiers(witnesses));
  return page(<VerifyPage form={freshForm()} verdict={shown(verdict, request)} />);
}

function shown(verdict: Verdict, { locale }: WebRequest): ShownVerdict {
  const { event, data } = verdict;
  const state = event && sealedState(event.subjectKind);
  const payload = data?.payload ?? {};
  const name = (payload['procedureName'] as { vi?: unknown } | undefined)?.vi;
  const due = payload['dueAt'];
  const dueAt = new Date(typeof due === 'string' ? due : '');
  return {
    ...verdict,
    eventTitle: event ? eventTitle(event.name, locale) : '',
    subjectTitle: event
      ? state
        ? `${state.title[locale]} ${state.labelOf(event.subjectId)}`
        : `${event.subjectKind} ${event.subjectId}`
      : '',
    facts: {
      code: typeof payload['code'] === 'string' ? payload['code'] : null,
      procedure: typeof name === 'string' ? name : null,
      dueAt: Number.isNaN(dueAt.getTime()) ? null : dueAt,
    },
  };
}
