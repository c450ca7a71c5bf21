import { findPerson } from '../../../foundation/identity/index.ts';
import { loadAddressBook } from '../../../foundation/organisations/index.ts';
import { page, seeOther, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { isProblem, problem } from '../../../platform/problems.ts';
import { localDate } from '../../../platform/clock.ts';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { confirmAtCounter } from '../form-permissions.ts';
import { notTheSigner, signingNotFound, signingVoid } from '../form-problems.ts';
import { getFormVersion } from '../publish-form.ts';
import { renderSubmission } from '../views/answers-view.tsx';
import {
  ConfirmedPage,
  CounterCodePage,
  CounterSigningPage,
  InvitationPage,
  signingWords,
} from '../views/signing-pages.tsx';
import { signatureOfToken } from './invitation-link.ts';
import {
  confirmSignature,
  openInvitation,
  openSigningByCode,
  type OpenSigning,
  type SignerState,
} from './sign-form.ts';
import { partFor } from './signers.ts';

/** Confirming what somebody else filled in: by the link of an invitation, or before an official at the counter. */
export function signingRoutes(web: Web): void {
  const limited = { name: 'forms.invitation', limit: 120, windowSeconds: 600, by: 'address' } as const;
  web.get(paths.signingInvitation, { access: 'person', rateLimit: limited }, (request) =>
    invitationPage(request, freshForm()),
  );
  web.post(paths.signingInvitation, { access: 'person', rateLimit: limited }, confirmInvitation);
  const access = { permission: confirmAtCounter };
  web.get(paths.counterSigning, { access }, async (request) => {
    const code = request.query.get('ma') ?? '';
    return code === '' ? page(<CounterCodePage form={freshForm()} />) : counterPage(request, code, freshForm());
  });
  web.post(
    paths.counterSigning,
    { access, rateLimit: { name: 'forms.counter-signing', limit: 200, windowSeconds: 600, by: 'account' } },
    confirmAtDesk,
  );
}

async function invitationOf(request: WebRequest) {
  const id = signatureOfToken(request.config.secret, request.params['token'] ?? '');
  if (id === null) throw problem(signingNotFound);
  return openInvitation(request.reader, id, request.now);
}

/** The frozen answers that a signer confirms, in words. */
async function answersFor(request: WebRequest, open: OpenSigning, signer: SignerState) {
  const { definition } = await getFormVersion(request.reader, open.signing.formVersionId);
  return {
    definition,
    answers: renderSubmission({
      definition: partFor(definition, signer.needed),
      values: open.signing.answers,
      locale: request.locale,
      surroundings: { today: localDate(open.signing.createdAt) },
      books: { addresses: await loadAddressBook() },
    }),
  };
}

async function invitationPage(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const open = await invitationOf(request);
  if (open.own.confirmedAt) return page(<ConfirmedPage open={open} own={open.own} />);
  const { definition, answers } = await answersFor(request, open, open.own);
  const person = request.actor.accountId ? await findPerson(request.reader, request.actor.accountId) : undefined;
  const wanted = open.own.needed.identityNumber;
  const isOther = wanted !== null && person?.identityNumber !== wanted;
  return page(
    <InvitationPage
      token={request.params['token'] ?? ''}
      title={definition.title}
      open={open}
      own={open.own}
      answers={answers}
      isOther={isOther}
      personName={person?.fullName ?? request.actor.label}
      form={form}
    />,
    { status: isOther && status === 200 ? 200 : status },
  );
}

async function confirmInvitation(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const open = await invitationOf(request);
  const own = signingWords.in(request.locale);
  if (fields.get('agree') !== 'yes')
    return invitationPage(request, { values: {}, errors: { agree: own.mustAgree } }, 422);
  const { accountId } = request.actor;
  const person = accountId ? await findPerson(request.reader, accountId) : undefined;
  if (!accountId || !person) throw problem(notTheSigner);
  await request.command((tx) =>
    confirmSignature(tx, {
      signingId: open.signing.id,
      signatureId: open.own.id,
      digest: (fields.get('digest') ?? '').slice(0, 64),
      by: { method: 'account', accountId, name: person.fullName, identityNumber: person.identityNumber },
    }),
  );
  return seeOther(request.href(paths.signingInvitation({ token: request.params['token'] ?? '' })));
}

async function counterPage(request: WebRequest, code: string, form: FormState, status = 200): Promise<Reply> {
  const own = signingWords.in(request.locale);
  try {
    const open = await openSigningByCode(request.reader, code, request.now);
    const wanted = request.query.get('nguoi') ?? form.values['signature'];
    const signer =
      open.signers.find((each) => each.id === wanted) ??
      open.signers.find((each) => !each.confirmedAt) ??
      open.signers[0];
    if (!signer) throw problem(signingNotFound);
    const { definition, answers } = await answersFor(request, open, signer);
    return page(
      <CounterSigningPage
        code={code}
        title={definition.title}
        open={open}
        signer={signer}
        answers={answers}
        form={form}
      />,
      { status },
    );
  } catch (error) {
    if (!isProblem(error, signingNotFound) && !isProblem(error, signingVoid)) throw error;
    const message = isProblem(error, signingVoid) ? own.codeEnded : own.codeUnknown;
    return page(<CounterCodePage form={{ values: { ma: code.slice(0, 40) }, errors: { ma: message } }} />, {
      status: 422,
    });
  }
}

async function confirmAtDesk(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const code = (fields.get('ma') ?? '').slice(0, 40);
  const signature = fields.get('signature') ?? '';
  const paper = (fields.get('paper') ?? '').trim().slice(0, 300);
  const own = signingWords.in(request.locale);
  const errors: Record<string, string> = {};
  if (paper === '') errors['paper'] = own.paperMissing;
  if (fields.get('seen') !== 'yes') errors['seen'] = own.mustSee;
  if (Object.keys(errors).length > 0) return counterPage(request, code, { values: { paper, signature }, errors }, 422);
  const open = await openSigningByCode(request.reader, code, request.now);
  if (!isId(signature)) throw problem(signingNotFound);
  await request.command((tx) =>
    confirmSignature(tx, {
      signingId: open.signing.id,
      signatureId: signature,
      digest: (fields.get('digest') ?? '').slice(0, 64),
      by: { method: 'counter', officialId: request.actor.id, officialName: request.actor.label, note: paper },
    }),
  );
  return seeOther(request.href(paths.counterSigning({ ma: code })));
}
