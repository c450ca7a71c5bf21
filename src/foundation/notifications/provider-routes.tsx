import { publish } from '../../platform/events.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { localDate } from '../../platform/clock.ts';
import { namesOf } from '../organisations/index.ts';
import { paths } from '../../ui/paths.ts';
import { deleteBudget, listBudgets, releaseHeld, upsertBudget, WHOLE_PROVINCE } from './budget-queries.ts';
import { callbackAddress } from './callback-token.ts';
import { budgetChanged, providerChanged } from './notification-events.ts';
import { manageNotifications } from './notification-permissions.ts';
import { paidChannels, providerState } from './provider.ts';
import { providersOf } from './provider-settings.ts';
import { listHealth, setProviderUse } from './send-queries.ts';
import { isBoundHere } from './transport.ts';
import { findTrial } from './trial.ts';
import { unitChoices } from './unit-choices.ts';
import { wakeSenders } from './wake-senders.ts';
import { BudgetsPage } from './views/budgets-page.tsx';
import { ProvidersPage } from './views/providers-page.tsx';

const MAX_DONG = 1_000_000_000_000;

async function budgetsPage(
  request: WebRequest,
  errors: Record<string, string> = {},
  values: Record<string, string> = {},
) {
  const [budgets, units] = await Promise.all([
    listBudgets(request.reader, request.now),
    unitChoices(request.reader, request.actor, manageNotifications, request.now, request.locale),
  ]);
  const names = await namesOf(
    request.reader,
    budgets.map((each) => each.unitId).filter((id) => id !== WHOLE_PROVINCE),
    localDate(request.now),
  );
  const rows = budgets.map((each) => ({
    ...each,
    unitName: names.get(each.unitId)?.[request.locale === 'en' ? 'nameEn' : 'nameVi'] ?? null,
  }));
  return page(<BudgetsPage budgets={rows} units={units} form={{ values, errors }} />, {
    status: Object.keys(errors).length > 0 ? 422 : 200,
  });
}

/** Providers and what they may cost. */
export function providerRoutes(web: Web, context: AppContext): void {
  const access = { permission: manageNotifications };
  web.get(paths.adminMessageProviders, { access }, async (request) => {
    const health = await listHealth(request.reader);
    const providers = providersOf(request.config).map((settings) => {
      const row = health.find((each) => each.key === settings.key);
      const known = row ?? { isEnabled: true, weight: null, failures: 0, openUntil: null, slowUntil: null };
      return {
        key: settings.key,
        channel: settings.channel,
        kind: settings.kind,
        place: settings.kind === 'web-push' ? '' : new URL(settings.url).host,
        sender: settings.sender,
        costDong: settings.costDong,
        weight: known.weight ?? settings.weight,
        state: providerState(known, request.now),
        isBound: isBoundHere(context.db, settings),
        callback: ['http-sms', 'zalo'].includes(settings.kind) ? callbackAddress(request.config, settings.key) : null,
        receiptSeconds: row?.receiptSeconds ?? null,
        lastSentAt: row?.lastSentAt ?? null,
        lastFailedAt: row?.lastFailedAt ?? null,
        lastError: row?.lastError ?? null,
        openUntil: known.openUntil,
        quotaLeft: row?.quotaLeft ?? null,
      };
    });
    return page(
      <ProvidersPage
        providers={providers}
        isLive={request.config.mode === 'production'}
        trialMode={(await findTrial(request.reader)).value.mode}
      />,
    );
  });
  web.post(paths.adminMessageProvider, { access }, async (request) => {
    const form = await request.form();
    const settings = providersOf(request.config).find((each) => each.key === request.params['key']);
    if (!settings) throw problem(notFound);
    const weight = Number(form.get('trong-so'));
    const isEnabled = form.get('dung') !== 'khong';
    const kept = form.get('trong-so') && Number.isInteger(weight) && weight >= 0 && weight <= 100 ? weight : null;
    await request.command(async (tx) => {
      await setProviderUse(tx, settings.key, settings.channel, isEnabled, kept);
      publish(tx, providerChanged, {
        subject: { kind: 'message-provider', id: settings.key },
        payload: { isEnabled, weight: kept },
      });
    });
    return seeOther(request.href(paths.adminMessageProviders()));
  });
  web.get(paths.adminMessageBudgets, { access }, (request) => budgetsPage(request));
  web.post(paths.adminMessageBudgets, { access }, async (request) => {
    const form = await request.form();
    const values = Object.fromEntries(
      ['don-vi', 'kenh', 'han-muc'].map((name) => [name, (form.get(name) ?? '').trim().slice(0, 100)]),
    );
    const unitId = values['don-vi'] || WHOLE_PROVINCE;
    const channel = values['kenh'] ?? '';
    const amount = (values['han-muc'] ?? '').replaceAll(/[.,\s\u00a0đ]/g, '');
    const say = (vi: string, en: string) => (request.locale === 'en' ? en : vi);
    const errors: Record<string, string> = {};
    if (!isId(unitId)) errors['don-vi'] = say('Chọn đơn vị', 'Choose a unit');
    if (!(paidChannels as readonly string[]).includes(channel)) errors['kenh'] = say('Chọn kênh', 'Choose a channel');
    if (amount !== '' && (!/^\d+$/.test(amount) || Number(amount) > MAX_DONG))
      errors['han-muc'] = say(
        'Nhập số tiền bằng đồng, để trống để bỏ hạn mức',
        'Enter an amount in đồng, or leave it empty to remove the limit',
      );
    if (Object.keys(errors).length > 0) return budgetsPage(request, errors, values);
    await request.command(async (tx) => {
      const limitDong = amount === '' ? null : Number(amount);
      await (limitDong === null ? deleteBudget(tx, unitId, channel) : upsertBudget(tx, unitId, channel, limitDong));
      publish(tx, budgetChanged, { subject: { kind: 'budget', id: unitId }, payload: { channel, limitDong } });
      const freed = await releaseHeld(tx, unitId === WHOLE_PROVINCE ? null : unitId, channel);
      if (freed.length > 0) wakeSenders(tx, [{ channel, nextAttemptAt: null }]);
    });
    return seeOther(request.href(paths.adminMessageBudgets()));
  });
}
