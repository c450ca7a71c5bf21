import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { findAccountByLogin, findPerson } from './account-queries.ts';
import { recoverInPerson } from './assurance-acts.ts';
import { recoverAtCounter } from './identity-permissions.ts';
import { normaliseIdentityNumber } from './login-name.ts';
import { recoverByPaper, stopRecovery } from './recover-account.ts';
import { CounterRecoveryPage, counterRecoveryWords, PAPERS } from './views/counter-recovery-page.tsx';
import type { FieldErrors } from './views/form-page.tsx';

const folded = (name: string): string => name.normalize('NFC').toLocaleLowerCase('vi').replaceAll(/\s+/g, ' ').trim();

async function recover(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const w = counterRecoveryWords.in(request.locale);
  const number = normaliseIdentityNumber(form.get('identityNumber') ?? '');
  const paper = PAPERS.find((one) => one === form.get('paper'));
  const account = number ? await findAccountByLogin(request.reader, number) : undefined;
  const person = account?.kind === 'citizen' ? await findPerson(request.reader, account.id) : undefined;
  const isThem =
    person?.identityNumber === number && folded(person?.fullName ?? '') === folded(form.get('fullName') ?? '');
  const errors: FieldErrors = {};
  if (number === null) errors['identityNumber'] = w.needNumber;
  else if (!isThem) errors['identityNumber'] = w.missing;
  if (!paper) errors['paper'] = w.needPaper;
  if (form.get('checked') !== 'yes') errors['checked'] = w.needCheck;
  if (!account || !paper || Object.keys(errors).length > 0)
    return page(<CounterRecoveryPage values={form} errors={errors} />, { status: 422 });
  await request.command((tx) => recoverByPaper(tx, request.actor, { accountId: account.id, paper }));
  return page(<CounterRecoveryPage isDone />);
}

async function stop(request: WebRequest): Promise<Reply> {
  await request.form();
  await request.command((tx) => stopRecovery(tx, request.actor, request.actor.accountId ?? ''));
  return seeOther(request.href(paths.accountSecurity()));
}

/** Getting back what was lost: at the counter with a paper; and the owner's word against a request of administrators. */
export function recoveryRoutes(web: Web): void {
  const access = { permission: recoverAtCounter };
  web.get(paths.counterRecovery, { access, act: recoverInPerson }, () => page(<CounterRecoveryPage />));
  web.post(
    paths.counterRecovery,
    {
      access,
      act: recoverInPerson,
      rateLimit: { name: 'identity.recover', limit: 30, windowSeconds: 600, by: 'account' },
    },
    recover,
  );
  web.post(paths.recoveryStop, { access: 'signed-in', whileProving: true }, stop);
}
