import type { Interaction } from 'oidc-provider';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { publish } from '../../platform/events.ts';
import { paths } from '../../ui/paths.ts';
import type { ClientId } from './account.ts';
import { findAccount, insertSignIn, noteSignIn } from './account-queries.ts';
import type { Method } from './assurance.ts';
import { listFactors, type FactorRow } from './factor-queries.ts';
import { signInFailed } from './identity-events.ts';
import { onward } from './oidc-notice-routes.tsx';
import { isCompulsory } from './oidc-national-policy.ts';
import { finishStep, findStep } from './oidc-provider.ts';
import { readPasskeyAnswer } from './passkey-answer.ts';
import { notePasskeyUse, passkeyRequestOptions, verifyPasskey } from './passkeys.ts';
import { proveCodeOfFactor } from './second-factor.ts';
import { derive } from '../../platform/seal.ts';
import { endSignInStep, findSignInStep, saveSignInStep } from './step-queries.ts';
import { LostDevicePage, SecondStepPage, secondStepWords, type FactorChoice } from './views/second-step-page.tsx';
import { SignInPage } from './views/sign-in-page.tsx';
import type { FieldErrors } from './views/form-page.tsx';

/** Which words and which log a step belongs to; applications of agencies count as the portal. */
export const clientOfStep = (params: Record<string, unknown>): ClientId =>
  params['client_id'] === 'workspace' ? 'workspace' : 'portal';
const isOfHouse = (params: Record<string, unknown>): boolean =>
  params['client_id'] === 'portal' || params['client_id'] === 'workspace';

/** Tells the provider who signed in and how, and sends the browser on. */
async function goOn(
  context: AppContext,
  request: WebRequest,
  step: Interaction,
  accountId: string,
  methods: readonly Method[],
): Promise<Reply> {
  // Where the national provider is the only way for people, no other proof of theirs opens anything.
  if (isCompulsory(request.config, request.now) && (await findAccount(request.reader, accountId))?.kind !== 'official')
    return seeOther(request.href(paths.signInStep({ uid: step.uid })));
  const location = await finishStep(context, request.headers, accountId, methods);
  return isOfHouse(step.params) ? seeOther(location) : onward(location);
}

/**
 * The question put to passkeys during one sign-in: derived from the provider's step, which belongs to one browser (its signed cookie) and ends
 * with the sign-in. Another step, or the same one once it is over, has another question or none.
 */
export const challengeOfStep = (request: WebRequest, uid: string): Buffer =>
  derive(request.config.secret, 'passkey-sign-in', uid);

/** Which ways there are for these factors. */
export const choiceOf = (factors: readonly FactorRow[]): FactorChoice => ({
  hasApp: factors.some((one) => one.kind === 'app'),
  hasPasskey: factors.some((one) => one.kind === 'passkey'),
});

/** After a right password: on to the second step when the account has a factor, straight through otherwise. */
export async function afterPassword(
  context: AppContext,
  request: WebRequest,
  step: Interaction,
  accountId: string,
): Promise<Reply> {
  const { uid } = step;
  const factors = await listFactors(request.reader, accountId);
  if (factors.length === 0) return goOn(context, request, step, accountId, ['pwd']);
  await request.command((tx) => saveSignInStep(tx, uid, { accountId, methods: ['pwd'] }));
  return seeOther(request.href(paths.signInSecond({ uid })));
}

/** The step this browser is in, when its password was right. */
async function waitingStep(context: AppContext, request: WebRequest) {
  const uid = request.params['uid'] ?? '';
  const found = await findStep(context, request.headers, uid);
  const step = found?.prompt.name === 'login' ? found : null;
  const waiting = step ? await findSignInStep(request.reader, uid, request.now) : undefined;
  return { uid, step, waiting, client: step ? clientOfStep(step.params) : ('portal' as const) };
}

async function secondPage(request: WebRequest, uid: string, accountId: string, errors?: FieldErrors): Promise<Reply> {
  const factors = await listFactors(request.reader, accountId);
  const options = await passkeyRequestOptions(request.config, challengeOfStep(request, uid), factors);
  return page(
    <SecondStepPage
      uid={uid}
      choice={choiceOf(factors)}
      passkeyOptions={options}
      {...(errors === undefined ? {} : { errors })}
    />,
    { status: errors ? 422 : 200 },
  );
}

async function showSecond(context: AppContext, request: WebRequest): Promise<Reply> {
  const { uid, waiting } = await waitingStep(context, request);
  return waiting ? secondPage(request, uid, waiting.accountId) : seeOther(request.href(paths.signIn()));
}

async function finish(
  context: AppContext,
  request: WebRequest,
  step: Interaction,
  accountId: string,
  methods: readonly Method[],
): Promise<Reply> {
  await request.command((tx) => endSignInStep(tx, step.uid));
  return goOn(context, request, step, accountId, methods);
}

async function sendCode(context: AppContext, request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { uid, step, waiting, client } = await waitingStep(context, request);
  if (!step || !waiting) return seeOther(request.href(paths.signInLost()));
  const w = secondStepWords.in(request.locale);
  const code = (form.get('code') ?? '').trim();
  if (!code) return secondPage(request, uid, waiting.accountId, { code: w.needCode });
  const account = await findAccount(request.reader, waiting.accountId);
  const proven =
    account?.status === 'active'
      ? await proveCodeOfFactor(request, request.config, request.now, {
          accountId: waiting.accountId,
          code: code.slice(0, 60),
          clientId: client,
          address: request.address,
          userAgent: request.headers['user-agent'] ?? null,
          outcome: 'second-factor',
        })
      : null;
  if (!proven) return secondPage(request, uid, waiting.accountId, { code: w.wrong });
  return finish(context, request, step, waiting.accountId, ['pwd', ...proven, 'mfa']);
}

/** A passkey answers: as second step after a right password, or alone (passwordless), when the device has checked its owner. */
async function sendPasskey(context: AppContext, request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { uid, step, waiting, client } = await waitingStep(context, request);
  if (!step) return seeOther(request.href(paths.signInLost()));
  const response = readPasskeyAnswer(form.get('answer'), 'signature');
  const proof =
    response &&
    (await verifyPasskey(request.reader, request.config, {
      response,
      challenge: challengeOfStep(request, uid).toString('base64url'),
      accountId: waiting?.accountId ?? null,
    }));
  const account = proof ? await findAccount(request.reader, proof.accountId) : undefined;
  const isIn =
    proof !== null &&
    account?.status === 'active' &&
    (await request.command(async (tx) => {
      if (!(await notePasskeyUse(tx, proof))) return false;
      await noteSignIn(tx, account.id);
      await insertSignIn(tx, newId(), {
        accountId: account.id,
        outcome: 'passkey',
        clientId: client,
        address: request.address,
        userAgent: request.headers['user-agent'] ?? null,
      });
      return true;
    }));
  if (isIn)
    return finish(context, request, step, account.id, [...(waiting ? (['pwd'] as const) : []), ...proof.methods]);
  await request.command(async (tx) =>
    publish(tx, signInFailed, {
      subject: { kind: 'account', id: account?.id ?? 'unknown' },
      payload: { reason: 'wrong-passkey' },
    }),
  );
  const errors = { '': secondStepWords.in(request.locale).wrongPasskey };
  if (waiting) return secondPage(request, uid, waiting.accountId, errors);
  return page(
    <SignInPage uid={uid} client={client} passkeyOptions={await signInPasskeyOptions(request, uid)} errors={errors} />,
    { status: 422 },
  );
}

/** What the sign-in page asks any passkey of this site. */
export const signInPasskeyOptions = (request: WebRequest, uid: string): Promise<object> =>
  passkeyRequestOptions(request.config, challengeOfStep(request, uid), null);

/** The second step of a sign-in, and passkeys instead of the first. */
export function secondStepRoutes(web: Web, context: AppContext): void {
  const open = { access: 'public', whileLocked: true, whileProving: true } as const;
  const limited = {
    ...open,
    rateLimit: { name: 'identity.second-step', limit: 60, windowSeconds: 60, by: 'address' },
  } as const;
  web.get(paths.signInSecond, { ...open, example: { uid: 'example' } }, (request) => showSecond(context, request));
  web.post(paths.signInSecond, limited, (request) => sendCode(context, request));
  web.post(paths.signInPasskey, limited, (request) => sendPasskey(context, request));
  web.get(paths.signInHelp, open, () => page(<LostDevicePage />));
}
