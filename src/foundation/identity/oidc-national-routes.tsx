import type { NationalSettings } from '../../platform/config.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import {
  beginNational,
  completeNational,
  endNational,
  NATIONAL_END_COOKIE,
  NATIONAL_FLOW_COOKIE,
  readNationalFlow,
} from './oidc-national.ts';
import { nationalDate, type NationalPerson } from './oidc-national-claims.ts';
import {
  isAnswered,
  judgeNational,
  noteConflict,
  settleNational,
  type NationalAnswers,
  type NationalCase,
} from './oidc-national-link.ts';
import { onward } from './oidc-notice-routes.tsx';
import { finishStep, findStep } from './oidc-provider.ts';
import { seal, unseal } from '../../platform/seal.ts';
import { isCompulsory } from './oidc-national-policy.ts';
import {
  NationalEndPage,
  NationalQuestionPage,
  NationalStopPage,
  type NationalStop,
} from './views/oidc-national-page.tsx';

const PROVEN = 'national-proven';
const PROVEN_SECONDS = 900;
const END_SECONDS = 12 * 3_600;

interface Proven {
  uid: string;
  person: NationalPerson;
  at: number;
}

/** What the provider proved, carried through our question, sealed: for this step of this browser, for a quarter of an hour. */
const sealProven = (context: AppContext, proven: Proven): string =>
  seal(context.config.secret, PROVEN, JSON.stringify(proven)).toString('base64url');
function readProven(context: AppContext, text: string | null, uid: string): NationalPerson | null {
  const opened =
    text && text.length < 8_000 ? unseal(context.config.secret, PROVEN, Buffer.from(text, 'base64url')) : null;
  const proven = opened === null ? null : (JSON.parse(opened) as Proven);
  return proven && proven.uid === uid && Date.now() / 1000 - proven.at < PROVEN_SECONDS ? proven.person : null;
}

const stop = (request: WebRequest, why: NationalStop, uid: string | null, status = 400): Reply =>
  page(
    <NationalStopPage
      why={why}
      uid={uid}
      hasOtherWays={!isCompulsory(request.config, request.now)}
      isDemo={request.config.mode === 'demo'}
    />,
    { status },
  );

async function begin(context: AppContext, national: NationalSettings, request: WebRequest): Promise<Reply> {
  const uid = request.query.get('buoc') ?? '';
  if (!/^[\w-]{1,64}$/.test(uid)) return seeOther(request.href(paths.signIn()));
  const started = await beginNational(context, national, { uid, locale: request.locale });
  if (!started) return stop(request, 'unreachable', uid, 503);
  request.setCookie(NATIONAL_FLOW_COOKIE, started.cookie, { maxAgeSeconds: started.maxAgeSeconds });
  return seeOther(started.location);
}

/** The registered address: hands the answer to the step it belongs to, where the step's own cookie is. */
function comeBack(context: AppContext, request: WebRequest): Reply {
  const flow = readNationalFlow(context, request.cookie(NATIONAL_FLOW_COOKIE));
  const at = request.url.indexOf('?');
  if (!flow || at < 0 || request.url.length > 4_000) return seeOther(request.href(paths.signInLost()));
  return seeOther(
    `${flow.locale === 'en' ? '/en' : ''}${paths.signInStepNational({ uid: flow.uid })}${request.url.slice(at)}`,
  );
}

const NOTHING: NationalAnswers = { birthDate: null, account: null, name: null };

/** Settles the case, asks what has to be asked, or says why it ends here. */
async function goOn(
  context: AppContext,
  national: NationalSettings,
  request: WebRequest,
  step: { uid: string; isOfHouse: boolean },
  person: NationalPerson,
  answers: NationalAnswers,
  wasAsked: boolean,
): Promise<Reply> {
  const input = { issuer: national.issuer, minimumLevel: national.minimumLevel, person, answers };
  const found = await judgeNational(request.reader, national.issuer, national.minimumLevel, person);
  if (found.kind === 'conflict') {
    await request.command((tx) => noteConflict(tx, national.issuer, person));
    return stop(request, 'conflict', step.uid, 409);
  }
  if (found.kind === 'too-weak' || found.kind === 'no-number' || found.kind === 'closed')
    return stop(request, found.kind, step.uid, 403);
  if (!isAnswered(found, person, answers)) return ask(context, step.uid, person, found, wasAsked);
  const device = { address: request.address, userAgent: request.headers['user-agent'] ?? null };
  const accountId = await request.command((tx) => settleNational(tx, input, device));
  if (accountId === null) return seeOther(request.href(paths.signIn()));
  const location = await finishStep(context, request.headers, accountId, ['national']);
  return step.isOfHouse ? seeOther(location) : onward(location);
}

function ask(context: AppContext, uid: string, person: NationalPerson, found: NationalCase, wasAsked: boolean): Reply {
  const proven = sealProven(context, { uid, person, at: Math.floor(Date.now() / 1000) });
  return page(
    <NationalQuestionPage
      uid={uid}
      proven={proven}
      question={found.kind === 'new' ? 'birth-date' : found.kind === 'changed-name' ? 'changed-name' : 'first-link'}
      name={person.fullName ?? ''}
      nameHere={'name' in found ? found.name : ''}
      hasFault={wasAsked}
    />,
    { status: wasAsked ? 422 : 200 },
  );
}

async function stepOf(context: AppContext, request: WebRequest) {
  const uid = request.params['uid'] ?? '';
  const step = await findStep(context, request.headers, uid);
  if (!step || step.prompt.name !== 'login') return null;
  const clientId = step.params['client_id'];
  return { uid, isOfHouse: clientId === 'portal' || clientId === 'workspace' };
}

async function receive(context: AppContext, national: NationalSettings, request: WebRequest): Promise<Reply> {
  const step = await stepOf(context, request);
  const flow = readNationalFlow(context, request.cookie(NATIONAL_FLOW_COOKIE));
  request.setCookie(NATIONAL_FLOW_COOKIE, null);
  const at = request.url.indexOf('?');
  if (!step || !flow || flow.uid !== step.uid || at < 0) return seeOther(request.href(paths.signInLost()));
  const answer = await completeNational(context, national, flow, request.url.slice(at));
  if (answer.kind !== 'person') return stop(request, answer.kind, step.uid, answer.kind === 'unreachable' ? 503 : 400);
  if (answer.endCookie.length < 3_800)
    request.setCookie(NATIONAL_END_COOKIE, answer.endCookie, { maxAgeSeconds: END_SECONDS });
  return goOn(context, national, request, step, answer.person, NOTHING, false);
}

async function answerQuestion(context: AppContext, national: NationalSettings, request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const step = await stepOf(context, request);
  const person = step && readProven(context, form.get('proven'), step.uid);
  if (!step || !person) return seeOther(request.href(paths.signInLost()));
  const pad = (name: string, length: number) => (form.get(name) ?? '').trim().padStart(length, '0');
  const account = form.get('account');
  const name = form.get('name');
  const answers: NationalAnswers = {
    birthDate: nationalDate(`${pad('birth-day', 2)}/${pad('birth-month', 2)}/${pad('birth-year', 4)}`),
    account: account === 'mine' || account === 'not-mine' ? account : null,
    name: name === 'new' || name === 'keep' ? name : null,
  };
  return goOn(context, national, request, step, person, answers, true);
}

async function end(context: AppContext, request: WebRequest): Promise<Reply> {
  const location = await endNational(context, request.cookie(NATIONAL_END_COOKIE));
  request.setCookie(NATIONAL_END_COOKIE, null);
  return seeOther(location ?? request.href(paths.home()));
}

/** After signing out here: on to the national provider, from a page (see `onward`). Null when the person did not come from there. */
export function nationalSignOut(request: WebRequest): Reply | null {
  if (!request.config.national || !request.cookie(NATIONAL_END_COOKIE)) return null;
  return page(<NationalEndPage />, {
    headers: { refresh: `0; url=${request.href(paths.signOutNational())}`, 'clear-site-data': '"cache", "storage"' },
  });
}

/** Signing in through the national identity provider, and out there. Without one in the settings nothing is here. */
export function oidcNationalRoutes(web: Web, context: AppContext): void {
  const { national } = context.config;
  const options = {
    access: 'public',
    whileLocked: true,
    whileProving: true,
    rateLimit: { name: 'identity.sign-in', limit: 60, windowSeconds: 60, by: 'address' },
  } as const;
  const off = (request: WebRequest): Reply => seeOther(request.href(paths.signIn()));
  const on =
    (handle: (national: NationalSettings, request: WebRequest) => Reply | Promise<Reply>) => (request: WebRequest) =>
      national ? handle(national, request) : off(request);
  web.get(
    paths.signInNational,
    options,
    on((settings, request) => begin(context, settings, request)),
  );
  web.get(
    paths.signInNationalCallback,
    options,
    on((_settings, request) => comeBack(context, request)),
  );
  const example = { ...options, example: { uid: 'example' } };
  web.get(
    paths.signInStepNational,
    example,
    on((settings, request) => receive(context, settings, request)),
  );
  web.post(
    paths.signInStepNational,
    options,
    on((settings, request) => answerQuestion(context, settings, request)),
  );
  web.get(paths.signOutNational, options, (request) => end(context, request));
}
