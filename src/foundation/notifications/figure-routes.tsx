import { localDate } from '../../platform/clock.ts';
import { page } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { namesOf } from '../organisations/index.ts';
import { paths } from '../../ui/paths.ts';
import { WHOLE_PROVINCE } from './budget-queries.ts';
import { figureGroups, listFigures, type Figure, type FigureFilter, type FigureGroup } from './figure-queries.ts';
import { definedMessages, findMessage, titleOf } from './message-template.ts';
import { messageWords } from './message-words.ts';
import { manageNotifications } from './notification-permissions.ts';
import { providersOf } from './provider-settings.ts';
import { keptBy } from './trial.ts';
import { FiguresPage, figureWords } from './views/figures-page.tsx';

const DAYS = 30;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function filterOf({ query, now }: WebRequest): FigureFilter & { group: FigureGroup } {
  const day = (name: string, fallback: Date) => {
    const text = query.get(name) ?? '';
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : localDate(fallback);
  };
  const group = query.get('theo') ?? '';
  const unitId = query.get('don-vi') ?? '';
  const short = (name: string) => (query.get(name) ?? '').slice(0, 100);
  return {
    from: day('tu', new Date(now.getTime() - (DAYS - 1) * 86_400_000)),
    until: day('den', now),
    channel: short('kenh'),
    provider: short('nha-cung-cap'),
    template: short('mau'),
    unitId: isId(unitId) ? unitId : null,
    group: (figureGroups as readonly string[]).includes(group) ? (group as FigureGroup) : 'day',
  };
}

/** Figures with the names of what they are grouped by. */
async function named(
  request: WebRequest,
  group: FigureGroup,
  figures: readonly Figure[],
): Promise<(Figure & { label: string })[]> {
  const { locale } = request;
  const own = figureWords.in(locale);
  const units =
    group === 'unit_id'
      ? await namesOf(
          request.reader,
          figures.map((each) => each.group).filter((id) => id !== WHOLE_PROVINCE),
          localDate(request.now),
        )
      : null;
  const labelOf = (value: string): string => {
    if (group === 'day') return value.split('-').reverse().join('/');
    if (group === 'channel') return messageWords.in(locale).channels[value] ?? value;
    if (group === 'unit_id') return units?.get(value)?.[locale === 'en' ? 'nameEn' : 'nameVi'] ?? own.noUnit;
    if (group === 'template') {
      const message = findMessage(value);
      return message ? titleOf(message, locale) : value;
    }
    if (value === keptBy.test || value === keptBy.trial) return own.trial;
    return value === '' || value === keptBy.outbox ? own.noProvider : value;
  };
  return figures.map((each) => ({ ...each, label: labelOf(each.group) }));
}

/** What was sent and what arrived: chart, table, file. */
export function figureRoutes(web: Web): void {
  const access = { permission: manageNotifications };
  web.get(paths.adminMessageFigures, { access }, async (request) => {
    const filter = filterOf(request);
    const [days, rows] = await Promise.all([
      listFigures(request.reader, 'day', filter),
      listFigures(request.reader, filter.group, filter),
    ]);
    return page(
      <FiguresPage
        filter={filter}
        days={await named(request, 'day', days)}
        rows={await named(request, filter.group, rows)}
        providers={providersOf(request.config).map((each) => each.key)}
        templates={definedMessages().map((each) => ({ key: each.key, title: titleOf(each, request.locale) }))}
      />,
    );
  });
  web.get(paths.adminMessageFiguresExport, { access }, async (request) => {
    const filter = filterOf(request);
    const own = figureWords.in(request.locale);
    const rows = await named(request, filter.group, await listFigures(request.reader, filter.group, filter));
    return tableExport(request.params['format'] ?? '', {
      name: own.title,
      locale: request.locale,
      rows,
      columns: [
        { heading: own.groups[filter.group], value: (row) => row.label, width: 40 },
        { heading: own.sent, value: (row) => row.sent },
        { heading: own.delivered, value: (row) => row.delivered },
        { heading: own.failed, value: (row) => row.failed },
        { heading: own.parts, value: (row) => row.parts },
        { heading: own.cost, value: (row) => row.costDong },
        {
          heading: own.seconds,
          value: (row) => (row.deliverySeconds === null ? null : Math.round(row.deliverySeconds * 10) / 10),
        },
        {
          heading: own.fast,
          value: (row) => (row.withinTenSeconds === null ? null : Math.round(row.withinTenSeconds * 1000) / 10),
        },
      ],
    });
  });
}
