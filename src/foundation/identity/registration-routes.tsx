import { localDate } from '../../platform/clock.ts';
import { isId } from '../../platform/ids.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { findAccountByLogin } from './account-queries.ts';
import { linkExpired } from './identity-problems.ts';
import { isCompulsory } from './oidc-national-policy.ts';
import { hashPassword } from './password-hash.ts';
import { beginRegistration, finishRegistration, registerBusiness } from './register-account.ts';
import { readBusinessForm, readPersonForm } from './registration-form.ts';
import {
  CodePage,
  RegisterBusinessPage,
  RegisteredPage,
  RegisterPage,
  RegistrationClosedPage,
  registrationWords,
} from './views/registration-pages.tsx';
import { PrivacyPage } from './views/privacy-page.tsx';

/** Where people come in by the national provider only, nobody registers with a password: a page says so and leads there. */
const closedTo = (request: WebRequest): Reply | null =>
  isCompulsory(request.config, request.now) ? page(<RegistrationClosedPage />, { status: 403 }) : null;

async function register(request: WebRequest): Promise<Reply> {
  const closed = closedTo(request);
  if (closed) return closed;
  const form = await request.form();
  const checked = readPersonForm(form, localDate(request.now), request.locale);
  if ('errors' in checked) return page(<RegisterPage values={form} errors={checked.errors} />, { status: 422 });
  const { facts, password, channel, address } = checked.value;
  const passwordHash = await hashPassword(password);
  const id = await request.command((tx) =>
    beginRegistration(tx, request.config, { facts, passwordHash, channel, address, locale: request.locale }),
  );
  return seeOther(request.href(paths.registerVerify({ id })));
}

const codePage = (id: string, fault?: string) => (
  <CodePage
    id={id}
    action={paths.registerVerify()}
    againPath={paths.register()}
    {...(fault === undefined ? {} : { fault })}
  />
);

function askCode(request: WebRequest): Reply {
  if (isCompulsory(request.config, request.now)) return seeOther(request.href(paths.register()));
  const id = request.query.get('id') ?? '';
  return isId(id) ? page(codePage(id)) : seeOther(request.href(paths.register()));
}

async function verify(request: WebRequest): Promise<Reply> {
  const closed = closedTo(request);
  if (closed) return closed;
  const form = await request.form();
  const id = form.get('id') ?? '';
  if (!isId(id)) throw problem(linkExpired);
  const result = await request.command((tx) => finishRegistration(tx, request.config, id, form.get('code') ?? ''));
  const w = registrationWords.in(request.locale);
  if (result === 'registered') return seeOther(request.href(paths.registerDone()));
  return page(codePage(id, result === 'wrong-code' ? w.codeWrong : w.taken), { status: 422 });
}

async function addBusiness(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const checked = readBusinessForm(form, request.locale);
  const ownerId = request.actor.accountId;
  if ('errors' in checked) return page(<RegisterBusinessPage values={form} errors={checked.errors} />, { status: 422 });
  const { facts, password } = checked.value;
  if (!ownerId || request.actor.kind !== 'citizen') return seeOther(request.href(paths.account()));
  if (await findAccountByLogin(request.reader, facts.taxCode)) {
    const errors = { taxCode: registrationWords.in(request.locale).taken };
    return page(<RegisterBusinessPage values={form} errors={errors} />, { status: 422 });
  }
  const hash = password === null ? null : await hashPassword(password);
  await request.command((tx) => registerBusiness(tx, ownerId, facts, hash));
  return seeOther(request.href(paths.account()));
}

/** Registering as a person or a business, and the notice on personal data. */
export function registrationRoutes(web: Web): void {
  const limited = {
    access: 'public',
    rateLimit: { name: 'identity.register', limit: 20, windowSeconds: 600, by: 'address' },
  } as const;
  const codes = {
    access: 'public',
    rateLimit: { name: 'identity.code', limit: 40, windowSeconds: 600, by: 'address' },
  } as const;
  web.get(paths.register, { access: 'public', cacheSeconds: 60 }, (request) =>
    isCompulsory(request.config, request.now) ? page(<RegistrationClosedPage />) : page(<RegisterPage />),
  );
  web.post(paths.register, limited, register);
  web.get(paths.registerVerify, { access: 'public' }, askCode);
  web.post(paths.registerVerify, codes, verify);
  web.get(paths.registerDone, { access: 'public' }, () => page(<RegisteredPage />));
  web.get(paths.registerBusiness, { access: 'person' }, () => page(<RegisterBusinessPage />));
  web.post(
    paths.registerBusiness,
    { access: 'person', rateLimit: { name: 'identity.business', limit: 10, windowSeconds: 3_600, by: 'account' } },
    addBusiness,
  );
  web.get(paths.privacy, { access: 'public', cacheSeconds: 60 }, () => page(<PrivacyPage />));
}
