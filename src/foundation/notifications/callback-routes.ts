import type { AppContext } from '../../platform/module.ts';
import { text } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { malformedRequest, notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { callbackDocs } from './callback-doc.ts';
import { isCallbackToken } from './callback-token.ts';
import { providersOf } from './provider-settings.ts';
import { takeReceipts } from './receive-receipts.ts';
import type { IncomingText } from './providers/provider-contract.ts';
import { receiveText } from './receive-text.ts';
import type { ProviderReceipt } from './send-queries.ts';

const MAX_REPORTS = 1_000;
/** Words of the JSON form, and numbers of Kannel: 1 delivered, 2 failed, 16 refused by the centre. */
const STATES = new Map<string, ProviderReceipt['state']>([
  ['delivered', 'delivered'],
  ['1', 'delivered'],
  ['undelivered', 'undelivered'],
  ['2', 'undelivered'],
  ['16', 'undelivered'],
]);

type Report = { receipt: ProviderReceipt } | { text: IncomingText } | null;
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.toWellFormed().normalize('NFC').replaceAll('\u0000', '')
    : typeof value === 'number'
      ? String(value)
      : '';

/** `{type: 'receipt', reference, state, reason?}` or `{type: 'text', reference, from, text}`; Zalo's own event; null: nothing for us. */
function reportOf(provider: string, raw: Record<string, unknown>): Report {
  const reference = textOf(raw['reference']).slice(0, 200);
  if (raw['event_name'] === 'user_received_message') {
    const id = textOf((raw['message'] as Record<string, unknown> | undefined)?.['msg_id']).slice(0, 200);
    return id === '' ? null : { receipt: { provider, reference: id, state: 'delivered', reason: null } };
  }
  if (raw['type'] === 'text' && reference !== '')
    return {
      text: {
        provider,
        reference,
        sender: textOf(raw['from']).slice(0, 40),
        body: textOf(raw['text']).slice(0, 1_000),
      },
    };
  if (raw['type'] !== 'receipt' || reference === '') return null;
  const state = STATES.get(textOf(raw['state'] ?? raw['status']));
  return state
    ? { receipt: { provider, reference, state, reason: textOf(raw['reason']).slice(0, 200) || null } }
    : null;
}

function reportsIn(request: WebRequest): Record<string, unknown>[] {
  if (request.method === 'GET') return [Object.fromEntries(request.query)];
  const { json } = request;
  if (json instanceof URLSearchParams) return [Object.fromEntries(json)];
  const list = Array.isArray(json) ? json : [json];
  if (list.length > MAX_REPORTS || list.some((each) => typeof each !== 'object' || each === null))
    throw problem(malformedRequest);
  return list as Record<string, unknown>[];
}

/** Where providers over HTTP report receipts and texts; the address itself is the secret. */
export function callbackRoutes(web: Web, context: AppContext): void {
  const handle = async (request: WebRequest) => {
    const { provider = '', token = '' } = request.params;
    const isKnown = providersOf(context.config).some((each) => each.key === provider);
    if (!isKnown || !isCallbackToken(context.config, provider, token)) throw problem(notFound);
    const reports = reportsIn(request).map((raw) => reportOf(provider, raw));
    await Promise.all(
      reports.flatMap((report) => (report && 'receipt' in report ? [takeReceipts(context, report.receipt)] : [])),
    );
    for (const report of reports) if (report && 'text' in report) await receiveText(context, report.text);
    return text('ok');
  };
  const options = { access: 'public', machine: true, example: { provider: 'none', token: 'none' } } as const;
  web.get(paths.apiMessageCallback, { ...options, api: callbackDocs.get }, handle);
  web.post(paths.apiMessageCallback, { ...options, api: callbackDocs.post }, handle);
}
