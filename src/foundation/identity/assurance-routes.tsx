import { isDate } from '../../platform/day.ts';
import { localDate } from '../../platform/clock.ts';
import { definedActs, type AssuranceLevel } from '../../platform/assurance.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { SESSION_IDLE_MINUTES, SESSION_MAX_HOURS } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import { changeAssurance } from './assurance-acts.ts';
import { deleteAssuranceRule, insertAssuranceRule, listAssuranceRules } from './assurance-queries.ts';
import { assuranceRuleAdded, assuranceRuleRemoved } from './identity-events.ts';
import { identityManage } from './identity-permissions.ts';
import { demandProvince } from './over-account.ts';
import { policy, policyFigures } from './identity-policy.ts';
import { AssurancePage, assuranceWords } from './views/assurance-page.tsx';
import { PolicyPage } from './views/policy-page.tsx';
import type { FieldErrors } from './views/form-page.tsx';

const NO_CONTROLS = /\p{Cc}+/gu;

async function show(request: WebRequest, form?: { values: URLSearchParams; errors: FieldErrors }): Promise<Reply> {
  demandProvince(request.actor);
  return page(
    <AssurancePage
      acts={definedActs()}
      rules={await listAssuranceRules(request.reader)}
      today={localDate(request.now)}
      values={form?.values ?? new URLSearchParams()}
      errors={form?.errors ?? {}}
    />,
    { status: form ? 422 : 200 },
  );
}

/** Reads the form of a rule; what is wrong with it, by field. A rule never changes a day that has passed. */
function readRule(request: WebRequest, form: URLSearchParams) {
  const w = assuranceWords.in(request.locale);
  const text = (name: string) => (form.get(name) ?? '').replaceAll(NO_CONTROLS, ' ').trim();
  const act = definedActs().find((one) => one.name === text('act'));
  const level = ([1, 2, 3] as const).find((one) => String(one) === text('level'));
  const minutes = text('freshMinutes');
  const freshMinutes = minutes === '' ? null : Number(minutes);
  const validFrom = text('validFrom');
  const basis = text('basis');
  const errors: FieldErrors = {};
  if (!act) errors['act'] = w.needAct;
  if (!level) errors['level'] = w.needLevel;
  if (freshMinutes !== null && !(/^\d{1,3}$/.test(minutes) && freshMinutes >= 1 && freshMinutes <= 720))
    errors['freshMinutes'] = w.wrongMinutes;
  if (!isDate(validFrom)) errors['validFrom'] = w.needDay;
  else if (validFrom < localDate(request.now)) errors['validFrom'] = w.dayPassed;
  if (basis === '' || basis.length > 500) errors['basis'] = w.needBasis;
  return {
    errors,
    rule: { act: act?.name ?? '', level: (level ?? 1) as AssuranceLevel, freshMinutes, validFrom, basis },
  };
}

async function add(request: WebRequest): Promise<Reply> {
  demandProvince(request.actor);
  const form = await request.form();
  const { errors, rule } = readRule(request, form);
  if (Object.keys(errors).length > 0) return show(request, { values: form, errors });
  const id = newId();
  const isNew = await request.command(async (tx) => {
    if (!(await insertAssuranceRule(tx, { id, ...rule, createdBy: request.actor.label }))) return false;
    const { act, level, freshMinutes, validFrom } = rule;
    publish(tx, assuranceRuleAdded, {
      subject: { kind: 'assurance-rule', id },
      payload: { act, level, freshMinutes, validFrom },
    });
    return true;
  });
  if (isNew) return seeOther(request.href(paths.adminAssurance()));
  return show(request, { values: form, errors: { validFrom: assuranceWords.in(request.locale).dayTaken } });
}

/** Takes a rule back before its first day; from then on it is history. */
async function remove(request: WebRequest): Promise<Reply> {
  demandProvince(request.actor);
  await request.form();
  const id = request.params['id'] ?? '';
  if (!isId(id)) throw problem(notFound);
  await request.command(async (tx) => {
    const gone = await deleteAssuranceRule(tx, id);
    if (!gone) throw problem(notFound);
    publish(tx, assuranceRuleRemoved, { subject: { kind: 'assurance-rule', id }, payload: gone });
  });
  return seeOther(request.href(paths.adminAssurance()));
}

function showPolicy({ config }: WebRequest): Reply {
  return page(
    <PolicyPage
      figures={policyFigures(policy)}
      session={{ idleMinutes: SESSION_IDLE_MINUTES, maxHours: SESSION_MAX_HOURS }}
      secondFactor={config.secondFactor}
      networks={config.provinceNetworks}
      national={config.national && { from: config.national.compulsoryFrom, level: config.national.minimumLevel }}
    />,
  );
}

/** What acts ask for from which day, and the figures of the account rules: both as they are in force. */
export function assuranceRoutes(web: Web): void {
  const access = { permission: identityManage };
  web.get(paths.adminAssurance, { access }, (request) => show(request));
  web.post(paths.adminAssurance, { access, act: changeAssurance }, add);
  web.post(paths.adminAssuranceRemoval, { access, act: changeAssurance }, remove);
  web.get(paths.adminAccountPolicy, { access }, showPolicy);
}
