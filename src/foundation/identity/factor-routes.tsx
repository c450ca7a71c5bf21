import QRCode from 'qrcode';
import { isId, newId } from '../../platform/ids.ts';
import { json, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { provinceOf } from '../organisations/index.ts';
import { paths } from '../../ui/paths.ts';
import { findAccount, listLogins } from './account-queries.ts';
import { mustHaveFactor } from './assurance.ts';
import { changeFactors } from './assurance-acts.ts';
import { raiseSession } from './assurance-queries.ts';
import { deviceWords } from './device-words.ts';
import { countRecoveryCodes, listFactors, renameFactor, type FactorRow } from './factor-queries.ts';
import { readPasskeyAnswer } from './passkey-answer.ts';
import { addPasskey, passkeyCreationOptions } from './passkeys.ts';
import { safeReturnAddress } from './relying-party.ts';
import { addApp, makeRecoveryCodes, removeFactor } from './second-factor.ts';
import { seal, unseal } from '../../platform/seal.ts';
import { holderOf } from './step-up-routes.tsx';
import { insertChallenge, takeChallenge } from './step-queries.ts';
import { matchingStep, newTotpSecret, toBase32, totpAddress } from './totp.ts';
import type { FieldErrors } from './views/form-page.tsx';
import {
  AppPage,
  CodesPage,
  FactorDonePage,
  FactorPage,
  factorWords,
  NewPasskeyPage,
  RecoveryCodesPage,
  RemoveFactorPage,
} from './views/factor-pages.tsx';

const MAX_FACTORS = 20;
const ENROL = 'totp-enrol';
const ENROL_MINUTES = 30;

const nameOf = (form: URLSearchParams, fallback: string): string =>
  (form.get('name') ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 60) || fallback;
const returnOf = (request: WebRequest, text: string | null): string =>
  safeReturnAddress(text, request.href(paths.accountSecurity()));

/** The secret of an app that is being set up travels sealed in the form, for this session and half an hour: nothing is stored before it works. */
interface Enrolment {
  secret: string;
  session: string;
  until: number;
}

async function appPage(
  request: WebRequest,
  secret: Buffer,
  more: { returnTo: string; name?: string; errors?: FieldErrors },
): Promise<Reply> {
  const { session, holderId } = await holderOf(request);
  const issuer = provinceOf(request.config).shortName.vi;
  const logins = await listLogins(request.reader, holderId);
  const login =
    logins.find((one) => one.kind === 'user-name' || one.kind === 'tax-code')?.value ??
    (await findAccount(request.reader, holderId))?.name ??
    '';
  const address = totpAddress(issuer, login, secret);
  const svg = await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  const enrolment: Enrolment = {
    secret: secret.toString('base64'),
    session: session.tokenHash.toString('hex'),
    until: request.now.getTime() + ENROL_MINUTES * 60_000,
  };
  return page(
    <AppPage
      qr={`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`}
      secret={toBase32(secret)}
      address={address}
      sealed={seal(request.config.secret, ENROL, JSON.stringify(enrolment)).toString('base64url')}
      {...more}
    />,
    { status: more.errors ? 422 : 200 },
  );
}

function enrolmentOf(request: WebRequest, sealed: string | null): Buffer | null {
  if (!sealed || sealed.length > 1_000) return null;
  const text = unseal(request.config.secret, ENROL, Buffer.from(sealed, 'base64url'));
  if (text === null) return null;
  const { secret, session, until } = JSON.parse(text) as Enrolment;
  const isOurs = session === request.session?.tokenHash.toString('hex') && until > request.now.getTime();
  return isOurs ? Buffer.from(secret, 'base64') : null;
}

const donePage = (codes: string[] | null, returnTo: string): Reply =>
  codes ? page(<CodesPage codes={codes} returnTo={returnTo} isNew />) : page(<FactorDonePage returnTo={returnTo} />);

async function sendApp(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const w = factorWords.in(request.locale);
  const returnTo = returnOf(request, form.get('ve'));
  const { session, holderId } = await holderOf(request);
  const secret = enrolmentOf(request, form.get('enrolment'));
  const name = nameOf(form, w.appName);
  if (!secret) return appPage(request, newTotpSecret(), { returnTo, name, errors: { code: w.enrolmentOld } });
  const step = matchingStep(secret, (form.get('code') ?? '').replaceAll(/\s/g, ''), request.now);
  if (step === null) return appPage(request, secret, { returnTo, name, errors: { code: w.codeWrong } });
  if ((await listFactors(request.reader, holderId)).length >= MAX_FACTORS)
    return appPage(request, secret, { returnTo, name, errors: { code: w.tooMany } });
  const codes = await request.command(async (tx) => {
    const made = await addApp(tx, request.config, { accountId: holderId, name, secret, step });
    await raiseSession(tx, session.tokenHash, 2, ['otp', 'mfa']);
    return made;
  });
  return donePage(codes, returnTo);
}

async function showPasskey(request: WebRequest, errors?: FieldErrors, form?: URLSearchParams): Promise<Reply> {
  const returnTo = returnOf(request, form ? form.get('ve') : request.query.get('ve'));
  const name = form?.get('name') ?? deviceWords(request.headers['user-agent'] ?? null, request.locale);
  return page(<NewPasskeyPage returnTo={returnTo} name={name.slice(0, 60)} {...(errors ? { errors } : {})} />, {
    status: errors ? 422 : 200,
  });
}

async function passkeyQuestion(request: WebRequest): Promise<Reply> {
  await request.form();
  const { session, holderId } = await holderOf(request);
  const [account, factors] = await Promise.all([
    findAccount(request.reader, holderId),
    listFactors(request.reader, holderId),
  ]);
  const options = await passkeyCreationOptions(request.config, {
    accountId: holderId,
    name: account?.name ?? '',
    factors,
    issuer: provinceOf(request.config).shortName.vi,
  });
  const id = newId();
  await request.command((tx) =>
    insertChallenge(
      tx,
      { id, accountId: holderId, sessionHash: session.tokenHash, purpose: 'enrol' },
      options.challenge,
    ),
  );
  return json({ id, publicKey: options });
}

async function sendPasskey(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const w = factorWords.in(request.locale);
  const { session, holderId } = await holderOf(request);
  const response = readPasskeyAnswer(form.get('answer'), 'attestationObject');
  const id = form.get('challenge') ?? '';
  const name = nameOf(form, w.passkeyName);
  const isFull = (await listFactors(request.reader, holderId)).length >= MAX_FACTORS;
  const codes =
    response && isId(id) && !isFull
      ? await request.command(async (tx) => {
          const asked = { id, accountId: holderId, sessionHash: session.tokenHash, purpose: 'enrol' as const };
          const challenge = await takeChallenge(tx, asked);
          if (challenge === null) return false as const;
          const made = await addPasskey(tx, request.config, { accountId: holderId, name, challenge, response });
          if (made !== false) await raiseSession(tx, session.tokenHash, 2, ['hwk', 'mfa']);
          return made;
        })
      : (false as const);
  if (codes === false) return showPasskey(request, { '': isFull ? w.tooMany : w.passkeyFailed }, form);
  return donePage(codes, returnOf(request, form.get('ve')));
}

async function factorOf(request: WebRequest): Promise<{ factor: FactorRow; factors: FactorRow[]; holderId: string }> {
  const { holderId } = await holderOf(request);
  const factors = await listFactors(request.reader, holderId);
  const factor = factors.find((one) => one.id === request.params['id']);
  if (!factor) throw problem(notFound);
  return { factor, factors, holderId };
}

async function rename(request: WebRequest): Promise<Reply> {
  const { factor, holderId } = await factorOf(request);
  const name = nameOf(await request.form(), '');
  if (!name)
    return page(<FactorPage factor={factor} errors={{ name: factorWords.in(request.locale).needName }} />, {
      status: 422,
    });
  await request.command((tx) => renameFactor(tx, holderId, factor.id, name));
  return seeOther(request.href(paths.accountSecurity()));
}

async function showRemoval(request: WebRequest): Promise<Reply> {
  const { factor, factors } = await factorOf(request);
  const isLast = factors.length === 1;
  const isCompulsory = isLast && mustHaveFactor(request.actor, request.address, request.config);
  return page(<RemoveFactorPage factor={factor} isLast={isLast} isCompulsory={isCompulsory} />);
}

async function remove(request: WebRequest): Promise<Reply> {
  await request.form();
  const { factor, factors, holderId } = await factorOf(request);
  if (factors.length === 1 && mustHaveFactor(request.actor, request.address, request.config))
    return page(<RemoveFactorPage factor={factor} isLast isCompulsory />, { status: 422 });
  await request.command((tx) => removeFactor(tx, holderId, factor.id));
  return seeOther(request.href(paths.accountSecurity()));
}

async function showCodes(request: WebRequest): Promise<Reply> {
  const { holderId } = await holderOf(request);
  const [codes, factors] = await Promise.all([
    countRecoveryCodes(request.reader, holderId),
    listFactors(request.reader, holderId),
  ]);
  return page(<RecoveryCodesPage {...codes} hasFactor={factors.length > 0} />);
}

async function newCodes(request: WebRequest): Promise<Reply> {
  await request.form();
  const { holderId } = await holderOf(request);
  if ((await listFactors(request.reader, holderId)).length === 0) return showCodes(request);
  const codes = await request.command((tx) => makeRecoveryCodes(tx, request.config, holderId));
  return page(<CodesPage codes={codes} returnTo={request.href(paths.accountSecurity())} />);
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** Setting up, naming and taking away second factors: every change asks for a fresh proof. */
export function factorRoutes(web: Web): void {
  const open = { access: 'signed-in', whileProving: true } as const;
  const guarded = { ...open, act: changeFactors } as const;
  const limited = {
    ...guarded,
    rateLimit: { name: 'identity.factors', limit: 30, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.factorApp, guarded, (request) =>
    appPage(request, newTotpSecret(), { returnTo: returnOf(request, request.query.get('ve')) }),
  );
  web.post(paths.factorApp, limited, sendApp);
  web.get(paths.factorPasskey, guarded, (request) => showPasskey(request));
  web.post(paths.factorPasskey, limited, sendPasskey);
  web.post(paths.factorPasskeyQuestion, limited, passkeyQuestion);
  web.get(paths.factorRecoveryCodes, open, showCodes);
  web.post(paths.factorRecoveryCodes, limited, newCodes);
  web.get(paths.factor, { ...open, example: EXAMPLE }, async (request) =>
    page(<FactorPage factor={(await factorOf(request)).factor} />),
  );
  web.post(paths.factor, limited, rename);
  web.get(paths.factorRemoval, { ...open, example: EXAMPLE }, showRemoval);
  web.post(paths.factorRemoval, limited, remove);
}
