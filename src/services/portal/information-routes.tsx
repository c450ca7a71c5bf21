import { namesOf } from '../../foundation/organisations/index.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import { parseDay, shiftDay } from '../../platform/day.ts';
import { download, page, seeOther, text, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { provinceOf } from '../../foundation/organisations/index.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { unitViewOf, type UnitView } from '../../ui/components/as-of-banner.tsx';
import { figuresAsOf, trackDossier } from '../dossiers/index.ts';
import { listFields, listProcedures } from '../procedures/index.ts';
import {
  fieldFigures,
  monthlyCounts,
  monthOf,
  monthsBefore,
  onlineShare,
  onTimeShare,
  readMonth,
  unitFigures,
} from './figures.ts';
import { lifeEventsOf } from './life-events.ts';
import { helpTopics } from './help-topics.ts';
import { FiguresPage, type UnitFigure } from './views/figures-page.tsx';
import { AccessibilityPage, HelpPage, HelpTopicPage, SitemapPage } from './views/help-pages.tsx';
import { TrackingPage, trackingWords } from './views/tracking-page.tsx';

/** What a page of figures is asked for: the month, the day it looks back from (`?ngay=`), and which units it names. */
async function askedFigures({ reader, query, now }: WebRequest) {
  const today = localDate(now);
  const day = parseDay(query.get('ngay'));
  const on = day !== null && day < today && day >= monthsBefore(monthOf(now), 120) ? day : today;
  const last = on === today ? { to: monthOf(now), until: null } : await figuresAsOf(reader, on);
  const month = readMonth(query.get('thang'), last.to);
  const view: UnitView = on === today ? 'past' : unitViewOf(query);
  return { on, today, last: last.to, month, until: month === last.to ? last.until : null, view };
}
type AskedFigures = Awaited<ReturnType<typeof askedFigures>>;

async function unitsWithNames({ reader }: WebRequest, asked: AskedFigures): Promise<UnitFigure[]> {
  const isNow = asked.view === 'now';
  const units = await unitFigures(reader, asked, isNow ? asked.today : null);
  const names = await namesOf(
    reader,
    units.map((unit) => unit.unitId),
    isNow ? asked.today : namesDay(asked),
  );
  return units.map(({ unitId, counts }) => {
    const name = names.get(unitId);
    return { name: { vi: name?.nameVi ?? unitId, en: name?.nameEn ?? unitId }, counts };
  });
}

/** The day of which the names of a month's units are taken: its last, or the day looked back from. */
function namesDay({ month, on }: AskedFigures): string {
  const last = shiftDay(monthsBefore(month, -1), -1);
  return last < on ? last : on;
}

async function figuresPage(request: WebRequest): Promise<Reply> {
  const { reader } = request;
  const asked = await askedFigures(request);
  const [year, fields, units] = await Promise.all([
    monthlyCounts(reader, asked, 12),
    fieldFigures(reader, asked, { on: namesDay(asked), today: asked.today }),
    unitsWithNames(request, asked),
  ]);
  return page(
    <FiguresPage
      {...asked}
      months={Array.from({ length: 24 }, (_, index) => monthsBefore(asked.last, index))}
      total={year.at(-1)!.counts}
      year={year}
      fields={fields}
      units={units}
    />,
  );
}

/** A cell of CSV; what a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (value: string | number): string => {
  const words = String(value);
  const safe = /^[=+\-@\t\r]/.test(words) && typeof value === 'string' ? `'${words}` : words;
  return /[",\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

async function figuresFile(request: WebRequest): Promise<Reply> {
  const asked = await askedFigures(request);
  const [fields, units] = await Promise.all([
    fieldFigures(request.reader, asked, { on: namesDay(asked), today: asked.today }),
    unitsWithNames(request, asked),
  ]);
  const head = {
    vi: [
      'Loại',
      'Tên',
      'Nộp vào',
      'Nộp trực tuyến',
      'Tiếp nhận',
      'Giải quyết đúng hạn',
      'Giải quyết trễ hạn',
      'Tỷ lệ đúng hạn',
      'Tỷ lệ trực tuyến',
    ],
    en: [
      'Kind',
      'Name',
      'Handed in',
      'Online',
      'Received',
      'Finished on time',
      'Finished late',
      'Share on time',
      'Share online',
    ],
  }[request.locale];
  const kinds = { vi: ['Lĩnh vực', 'Cơ quan'], en: ['Field', 'Agency'] }[request.locale];
  const lines = [
    ...fields.map((each) => [kinds[0]!, each] as const),
    ...units.map((each) => [kinds[1]!, each] as const),
  ].map(([kind, { name, counts: c }]) => [
    kind,
    name[request.locale],
    c.submitted,
    c.submittedOnline,
    c.received,
    c.finishedOnTime,
    c.finishedLate,
    onTimeShare(c)?.toFixed(4) ?? '',
    onlineShare(c)?.toFixed(4) ?? '',
  ]);
  // The mark at the start tells spreadsheets that this is UTF-8.
  const body = `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
  return download(body, {
    fileName: `so-lieu-${asked.month.slice(0, 7)}${asked.on === asked.today ? '' : `-tinh-den-${asked.on}`}.csv`,
    type: 'text/csv; charset=utf-8',
  });
}

async function track(request: WebRequest, code: string, secret: string): Promise<Reply> {
  const own = trackingWords.in(request.locale);
  const values = { ma: code.slice(0, 64), khoa: secret.slice(0, 40) };
  const errors: Record<string, string> = {};
  if (code.trim() === '') errors['ma'] = own.codeMissing;
  if (secret.trim() === '') errors['khoa'] = own.secretMissing;
  if (Object.keys(errors).length > 0)
    return page(<TrackingPage form={{ values, errors }} found={null} />, { status: 422 });
  try {
    const found = await trackDossier(request.reader, code, secret);
    return page(<TrackingPage form={freshForm()} found={found} />);
  } catch (error) {
    // A wrong code and a wrong secret are told alike: nobody learns which codes exist.
    if (!isProblem(error) || error.definition.status !== 404) throw error;
    return page(<TrackingPage form={{ values, errors: { ma: own.wrong } }} found={null} />, { status: 422 });
  }
}

async function sitemapXml(request: WebRequest): Promise<Reply> {
  const today = localDate(request.now);
  const addresses = [
    paths.home(),
    paths.procedures(),
    paths.lifeEvents(),
    paths.tracking(),
    paths.figures(),
    paths.help(),
    paths.accessibility(),
    paths.privacy(),
    paths.sitemap(),
  ];
  for (const event of lifeEventsOf(request.config)) addresses.push(paths.lifeEvent({ event: event.key }));
  for (const topic of helpTopics) addresses.push(paths.helpTopic({ topic: topic.id }));
  for (const field of await listFields(request.reader)) addresses.push(paths.procedureField({ field: field.code }));
  let after: string | null = null;
  // A sitemap holds 50,000 addresses at most (sitemaps.org); the national catalogue has some thousands.
  for (let round = 0; round < 100; round += 1) {
    const list = await listProcedures(request.reader, { onDate: today, offeredOnly: true }, { after, limit: 200 });
    for (const row of list.rows) addresses.push(paths.procedure({ code: row.code }));
    after = list.next;
    if (after === null) break;
  }
  const { publicUrl } = request.config;
  const entries = addresses.map((path) => {
    const english = `${publicUrl}/en${path === '/' ? '' : path}`;
    return `<url><loc>${publicUrl}${path}</loc><xhtml:link rel="alternate" hreflang="en" href="${english}"/></url>`;
  });
  return text(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join('\n')}\n</urlset>\n`,
    'application/xml; charset=utf-8',
  );
}

const robots = (request: WebRequest): Reply =>
  text(
    [
      'User-agent: *',
      'Disallow: /tai-khoan',
      'Disallow: /nop-ho-so',
      'Disallow: /lam-viec',
      'Disallow: /quan-tri',
      'Disallow: /dang-nhap',
      'Disallow: /tim-kiem?',
      `Sitemap: ${request.config.publicUrl}${paths.sitemapXml()}`,
      '',
    ].join('\n'),
  );

const POLICY = 'bao-lo-hong';

/** RFC 9116, from the province's own contacts. The day of expiry moves with the clock, a day at a time, as nobody will edit it by hand. */
function securityText(request: WebRequest): Reply {
  const { email, securityContacts = [`mailto:${email}`] } = provinceOf(request.config);
  const { publicUrl } = request.config;
  const policy = paths.helpTopic({ topic: POLICY });
  const today = instantOf(localDate(request.now)).getTime();
  return text(
    [
      ...securityContacts.map((contact) => `Contact: ${contact}`),
      `Expires: ${new Date(today + 180 * 86_400_000).toISOString()}`,
      'Preferred-Languages: vi, en',
      `Canonical: ${publicUrl}${paths.securityText()}`,
      `Policy: ${publicUrl}${policy}`,
      `Policy: ${publicUrl}/en${policy}`,
      '',
    ].join('\n'),
  );
}

/** Figures, tracking, help, and the pages about the portal. */
export function informationRoutes(web: Web): void {
  const cached = { access: 'public', cacheSeconds: 60 } as const;
  const tracking = {
    access: 'public',
    rateLimit: { name: 'portal.track', limit: 20, windowSeconds: 600, by: 'address' },
  } as const;
  web.get(paths.figures, cached, figuresPage);
  web.get(paths.figuresExport, { access: 'public' }, figuresFile);
  web.get(paths.tracking, { access: 'public' }, (request) => {
    const code = request.query.get('ma');
    const secret = request.query.get('khoa');
    // Slips of before had the code of tracking in the address, where logs and histories keep it: it goes behind #, which is sent to nobody.
    if (secret !== null) {
      const to = request.href(paths.tracking({ ma: code?.slice(0, 64) ?? null }));
      return seeOther(`${to}#khoa=${encodeURIComponent(secret.slice(0, 40))}`);
    }
    // From the square on a slip: the form is filled in and sent by the person, so that no guess goes by without the limit.
    return page(<TrackingPage form={freshForm(code === null ? {} : { ma: code.slice(0, 64) })} found={null} />);
  });
  web.post(paths.tracking, tracking, async (request) => {
    const fields = await request.form();
    return track(request, fields.get('ma') ?? '', fields.get('khoa') ?? '');
  });
  web.get(paths.help, cached, () => page(<HelpPage />));
  web.get(paths.helpTopic, { ...cached, example: { topic: 'nop-ho-so' } }, (request) => {
    const topic = helpTopics.find((each) => each.id === request.params['topic']);
    if (!topic) throw problem(notFound);
    return page(<HelpTopicPage topic={topic} />);
  });
  web.get(paths.accessibility, cached, () => page(<AccessibilityPage />));
  web.get(paths.sitemap, cached, async (request) => page(<SitemapPage fields={await listFields(request.reader)} />));
  web.get(paths.sitemapXml, cached, sitemapXml);
  web.get(paths.robots, cached, robots);
  web.get(paths.securityText, { access: 'public' }, securityText);
}
