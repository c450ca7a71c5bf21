import { publish } from '../../platform/events.ts';
import { definedActs } from '../../platform/assurance.ts';
import { isId, newId } from '../../platform/ids.ts';
import { json, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem, signInRequired } from '../../platform/problems.ts';
import type { SessionView } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import { insertSignIn } from './account-queries.ts';
import { levelOfMethods, type Method } from './assurance.ts';
import { raiseSession, ruleOfAct } from './assurance-queries.ts';
import { readStoppedPost, returnAddressOf, sealPost, unsealPost, type CarriedPost } from './carried-post.ts';
import { listFactors } from './factor-queries.ts';
import { steppedUp } from './identity-events.ts';
import { readPasskeyAnswer } from './passkey-answer.ts';
import { notePasskeyUse, passkeyRequestOptions, verifyPasskey } from './passkeys.ts';
import { provePassword } from './prove-password.ts';
import { safeReturnAddress } from './relying-party.ts';
import { choiceOf } from './second-step-routes.tsx';
import { proveCodeOfFactor } from './second-factor.ts';
import { findSessionPerson } from './session-queries.ts';
import { insertChallenge, takeChallenge } from './step-queries.ts';
import type { FieldErrors } from './views/form-page.tsx';
import { MustEnrolPage, secondStepWords, StepUpPage } from './views/second-step-page.tsx';
import { RepeatPage } from './views/unlock-page.tsx';

/** The open session and whose factors count in it: the person's own, also while acting for a business. @throws sign-in-required */
export async function holderOf(request: WebRequest): Promise<{ session: SessionView; holderId: string }> {
  const { session, actor } = request;
  if (!session || !actor.accountId) throw problem(signInRequired);
  const person = actor.kind === 'business' ? await findSessionPerson(request.reader, session.tokenHash) : null;
  return { session, holderId: person ?? actor.accountId };
}

const fallbackOf = (request: WebRequest): string =>
  request.href(request.actor.kind === 'official' ? paths.workspace() : paths.account());

interface Asked {
  act: string;
  returnTo: string;
  carried?: { sealed: string; hasFiles: boolean } | null;
  isTooLong?: boolean;
  errors?: FieldErrors;
  status?: number;
}

async function stepUpPage(request: WebRequest, asked: Asked): Promise<Reply> {
  const { holderId } = await holderOf(request);
  const act = definedActs().find((one) => one.name === asked.act);
  const rule = act && ((await ruleOfAct(request.reader, act.name, request.now)) ?? act);
  const { status = 200, ...props } = asked;
  return page(
    <StepUpPage
      {...props}
      actTitle={act?.title[request.locale] ?? null}
      level={rule?.level ?? 1}
      choice={choiceOf(await listFactors(request.reader, holderId))}
    />,
    { status },
  );
}

function show(request: WebRequest): Promise<Reply> | Reply {
  const returnTo = safeReturnAddress(request.query.get('ve'), fallbackOf(request));
  if (!request.session) return seeOther(returnTo);
  if (request.query.get('thiet-lap') !== null) return page(<MustEnrolPage returnTo={returnTo} />);
  return stepUpPage(request, { act: (request.query.get('viec') ?? '').slice(0, 60), returnTo });
}

/**
 * Leads a request whose session has to prove more to the page that asks, and back: an address is kept, a sent form is carried
 * sealed. `details` are those of the problem `step-up-required`.
 */
export async function leadToProof(request: WebRequest, details: Readonly<Record<string, unknown>>): Promise<Reply> {
  const act = typeof details['act'] === 'string' ? details['act'] : '';
  const isPost = request.method === 'POST';
  const returnTo = isPost
    ? returnAddressOf(request, fallbackOf(request))
    : safeReturnAddress(request.href(request.url), fallbackOf(request));
  if (!isPost || details['enrol'] === true) {
    const query = { ve: returnTo, ...(details['enrol'] === true ? { 'thiet-lap': '1' } : { viec: act }) };
    return seeOther(request.href(paths.stepUp(query)));
  }
  const post = await readStoppedPost(request);
  const sealed = post && sealPost(request, post);
  const carried = sealed === null ? null : { sealed, hasFiles: (post?.files.length ?? 0) > 0 };
  return stepUpPage(request, { act, returnTo, carried, isTooLong: carried === null, status: 403 });
}

function askedOf(request: WebRequest, form: URLSearchParams): Asked & { post: CarriedPost | null } {
  const post = unsealPost(request, form.get('carried'));
  return {
    act: (form.get('viec') ?? '').slice(0, 60),
    returnTo: safeReturnAddress(form.get('ve'), fallbackOf(request)),
    post,
    carried: post && { sealed: form.get('carried') ?? '', hasFiles: post.files.length > 0 },
  };
}

const again = (request: WebRequest, asked: ReturnType<typeof askedOf>, errors: FieldErrors) =>
  stepUpPage(request, {
    act: asked.act,
    returnTo: asked.returnTo,
    carried: asked.carried ?? null,
    errors,
    status: 422,
  });

/** Notes the proof in the session and goes on: nothing is sent again without a word. */
async function proven(
  request: WebRequest,
  asked: ReturnType<typeof askedOf>,
  methods: readonly Method[],
  note?: Parameters<WebRequest['command']>[0],
): Promise<Reply> {
  const { session, holderId } = await holderOf(request);
  const level = levelOfMethods(methods);
  const isDone = await request.command(async (tx) => {
    if (note && (await note(tx)) === false) return false;
    await raiseSession(tx, session.tokenHash, level, methods);
    publish(tx, steppedUp, { subject: { kind: 'account', id: holderId }, payload: { act: asked.act, level } });
    return true;
  });
  if (!isDone) return again(request, asked, { '': secondStepWords.in(request.locale).wrongPasskey });
  return asked.post
    ? page(<RepeatPage post={asked.post} returnTo={asked.returnTo} isProof />)
    : seeOther(asked.returnTo);
}

async function send(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const asked = askedOf(request, form);
  const { holderId } = await holderOf(request);
  const w = secondStepWords.in(request.locale);
  const common = {
    clientId: request.actor.kind === 'official' ? 'workspace' : 'portal',
    address: request.address,
    userAgent: request.headers['user-agent'] ?? null,
    outcome: 'stepped-up' as const,
  };
  const factors = await listFactors(request.reader, holderId);
  if (factors.length === 0) {
    const login = { accountId: holderId };
    const account = await provePassword(request, { ...common, login, password: form.get('password') ?? '' });
    return account ? proven(request, asked, ['pwd']) : again(request, asked, { password: w.wrongPassword });
  }
  // Where there is a factor the password alone proves nothing more.
  const code = (form.get('code') ?? '').trim().slice(0, 60);
  if (!code) return again(request, asked, { code: w.needCode });
  const methods = await proveCodeOfFactor(request, request.config, request.now, {
    ...common,
    accountId: holderId,
    code,
  });
  return methods ? proven(request, asked, [...methods, 'mfa']) : again(request, asked, { code: w.wrong });
}

async function question(request: WebRequest): Promise<Reply> {
  await request.form();
  const { session, holderId } = await holderOf(request);
  const options = await passkeyRequestOptions(request.config, undefined, await listFactors(request.reader, holderId));
  const id = newId();
  await request.command((tx) =>
    insertChallenge(
      tx,
      { id, accountId: holderId, sessionHash: session.tokenHash, purpose: 'step-up' },
      options.challenge,
    ),
  );
  return json({ id, publicKey: options });
}

async function sendPasskey(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const asked = askedOf(request, form);
  const { session, holderId } = await holderOf(request);
  const response = readPasskeyAnswer(form.get('answer'), 'signature');
  const id = form.get('challenge') ?? '';
  const challenge = isId(id)
    ? await request.command((tx) =>
        takeChallenge(tx, { id, accountId: holderId, sessionHash: session.tokenHash, purpose: 'step-up' }),
      )
    : null;
  const proof =
    response && challenge !== null
      ? await verifyPasskey(request.reader, request.config, { response, challenge, accountId: holderId })
      : null;
  if (!proof) return again(request, asked, { '': secondStepWords.in(request.locale).wrongPasskey });
  return proven(request, asked, proof.methods, async (tx) => {
    await insertSignIn(tx, newId(), {
      accountId: holderId,
      outcome: 'stepped-up',
      clientId: request.actor.kind === 'official' ? 'workspace' : 'portal',
      address: request.address,
      userAgent: request.headers['user-agent'] ?? null,
    });
    return notePasskeyUse(tx, proof);
  });
}

/** Proving again, or more, in an open session. */
export function stepUpRoutes(web: Web): void {
  const open = { access: 'signed-in', whileProving: true } as const;
  const limited = {
    ...open,
    bodyLimitBytes: 2 * 1024 * 1024,
    rateLimit: { name: 'identity.step-up', limit: 30, windowSeconds: 60, by: 'account' },
  } as const;
  web.get(paths.stepUp, open, show);
  web.post(paths.stepUp, limited, send);
  web.post(paths.stepUpQuestion, limited, question);
  web.post(paths.stepUpPasskey, limited, sendPasskey);
}
