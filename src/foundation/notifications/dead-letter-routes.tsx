import { page, seeOther } from '../../platform/http/reply.ts';
import { MAX_EXPORT_ROWS, tableExport } from '../../platform/http/table-export.ts';
import type { Reader } from '../../platform/database.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { listInbound } from './inbound-queries.ts';
import { cursorOf, cursorText, dayOf } from './list-position.ts';
import { definedMessages, titleOf } from './message-template.ts';
import { faultInWords, messageWords } from './message-words.ts';
import { manageNotifications } from './notification-permissions.ts';
import { listOutbox, type MessageRow, type OutboxFilter } from './notification-queries.ts';
import { providersOf } from './provider-settings.ts';
import { discardAll, resendMessages } from './resend-message.ts';
import { internationalNumber } from './sms-text.ts';
import { deadStates, DeadLettersPage, deadWords } from './views/dead-letters-page.tsx';
import { InboundPage } from './views/inbound-page.tsx';

const PAGE = 50;
const FILTERS = ['trang-thai', 'kenh', 'nha-cung-cap', 'mau', 'dia-chi', 'tu', 'den'] as const;

const queryOf = ({ query }: WebRequest): Record<string, string> =>
  Object.fromEntries(
    FILTERS.flatMap((name) => (query.get(name) ? [[name, (query.get(name) ?? '').slice(0, 100)]] : [])),
  );

function filterOf(query: Record<string, string>): OutboxFilter {
  const state = query['trang-thai'] ?? '';
  return {
    states: (deadStates as readonly string[]).includes(state) ? [state] : deadStates,
    channel: query['kenh'] ?? null,
    provider: query['nha-cung-cap'] ?? null,
    template: query['mau'] ?? null,
    address: query['dia-chi'] ?? null,
    from: dayOf(query['tu'] ?? null),
    before: dayOf(query['den'] ?? null, 1),
  };
}

async function deadLetters(request: WebRequest, error: string | null = null) {
  const query = queryOf(request);
  const rows = await listOutbox(request.reader, filterOf(query), cursorOf(request, listQuery.after), PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return page(
    <DeadLettersPage
      rows={rows.slice(0, PAGE)}
      query={query}
      nextCursor={last ? cursorText(last.createdAt, last.id) : null}
      providers={providersOf(request.config).map((each) => each.key)}
      templates={definedMessages().map((each) => ({ key: each.key, title: titleOf(each, request.locale) }))}
      error={error}
      moved={Number(request.query.get('da-chuyen') ?? Number.NaN)}
    />,
    { status: error ? 422 : 200 },
  );
}

async function* walk(reader: Reader, filter: OutboxFilter, limit: number): AsyncGenerator<MessageRow> {
  let before = null;
  for (let count = 0; count < limit;) {
    const rows: MessageRow[] = await listOutbox(reader, filter, before, 1_000);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1_000) return;
    before = { createdAt: last.createdAt, id: last.id };
    count += rows.length;
  }
}

/** Messages that did not get out: looked for, sent again, or given up for good with a reason. */
export function deadLetterRoutes(web: Web): void {
  const access = { permission: manageNotifications };
  web.get(paths.adminDeadLetters, { access }, (request) => deadLetters(request));
  web.post(paths.adminDeadLettersBulk, { access }, async (request) => {
    const form = await request.form();
    const ids = form.getAll('id').filter(isId).slice(0, 500);
    const reason = (form.get('ly-do') ?? '').trim().slice(0, 200);
    const isDiscard = form.get('viec') === 'bo';
    const own = deadWords.in(request.locale);
    if (ids.length === 0) return deadLetters(request, own.chooseSome);
    if (isDiscard && reason === '') return deadLetters(request, own.sayWhy);
    const moved = await request.command((tx) => (isDiscard ? discardAll(tx, ids, reason) : resendMessages(tx, ids)));
    return seeOther(request.href(paths.adminDeadLetters({ 'da-chuyen': moved })));
  });
  web.get(paths.adminDeadLettersExport, { access }, (request) => {
    const own = deadWords.in(request.locale);
    const common = messageWords.in(request.locale);
    return tableExport<MessageRow>(request.params['format'] ?? '', {
      name: own.title,
      locale: request.locale,
      rows: walk(request.reader, filterOf(queryOf(request)), MAX_EXPORT_ROWS.csv + 1),
      columns: [
        { heading: own.created, value: (row) => row.createdAt },
        { heading: own.channel, value: (row) => common.channels[row.channel] },
        { heading: own.address, value: (row) => row.address },
        { heading: own.message, value: (row) => (row.isSensitive ? '' : row.subject), width: 50 },
        { heading: own.state, value: (row) => common.states[row.state] },
        {
          heading: own.reason,
          value: (row) => row.lastError && faultInWords(row.lastError, request.locale),
          width: 60,
        },
        { heading: own.provider, value: (row) => row.provider },
        { heading: own.tries, value: (row) => row.attempts },
      ],
    });
  });
  web.get(paths.adminInboundTexts, { access }, async (request) => {
    const asked = (request.query.get('so') ?? '').slice(0, 40);
    const rows = await listInbound(
      request.reader,
      asked ? (internationalNumber(asked) ?? asked) : null,
      cursorOf(request, listQuery.after),
      PAGE + 1,
    );
    const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
    return page(
      <InboundPage
        rows={rows.slice(0, PAGE)}
        number={asked}
        nextCursor={last ? cursorText(last.receivedAt, last.id) : null}
      />,
    );
  });
}
