import { formatDate, formatMoney, formatNumber } from '../../ui/format.ts';
import { wordsIn, type Channel, type Paper, type Procedure, type Words } from './procedure.ts';
import { words } from './views/words.ts';

/** Parts of a procedure in the order in which people read it; their names are `words.parts`. */
export const partKeys = [
  'name', 'nameEn', 'summary', 'field', 'levels', 'audiences', 'type', 'decisionNumber', 'online', 'intake', 'competentAgency', 'receivingAddress',
  'otherAgencies', 'order', 'channels', 'fees', 'sets', 'papers', 'results', 'legalBases', 'conditions', 'related', 'keywords', 'files', 'steps', 'form',
] as const; // prettier-ignore
export type PartKey = (typeof partKeys)[number];

/** What a version says, part by part, in lines for people to read and compare. A part of which nothing is said has no lines. */
export function versionParts(procedure: Procedure, locale: 'vi' | 'en'): { part: PartKey; lines: string[] }[] {
  const own = words.in(locale);
  const { content } = procedure;
  const say = (text: Words | null | undefined): string => (text ? wordsIn(text, locale) : '');
  const named = (list: readonly string[], names: Record<string, string>) => list.map((one) => names[one] ?? one);
  const one = (text: string | null | undefined): string[] => (text ? text.split('\n') : []);
  const inCase = (title: Words | null, text: string) => (title ? `${say(title)}: ${text}` : text);
  const parts: Record<PartKey, string[]> = {
    name: one(procedure.name.vi),
    nameEn: one(procedure.name.en),
    summary: one(say(content.summary)),
    field: one(procedure.nationalField ?? procedure.fieldCode),
    levels: named(procedure.levels, own.levels),
    audiences: [...named(procedure.audiences, own.audienceNames), ...content.otherAudiences],
    type: one(content.type),
    decisionNumber: one(procedure.decisionNumber),
    online: [
      own.scopes[procedure.onlineScope] ?? '',
      ...(procedure.partialReason ? [own.partialReasons[procedure.partialReason] ?? ''] : []),
      `${own.serviceLevel} ${procedure.serviceLevel}`,
    ],
    intake: one(own.intakes[procedure.intakeChannel]),
    competentAgency: one(say(content.competentAgency)),
    receivingAddress: one(say(content.receivingAddress)),
    otherAgencies: [say(content.authorisedAgency), say(content.coordinatingAgency)].filter((text) => text !== ''),
    order: content.order.flatMap((order) => order.steps.map((step) => inCase(order.case, say(step)))),
    channels: content.channels.map((channel) =>
      [`${own.channelKinds[channel.kind]}: ${timeText(channel, locale)}`, say(channel.note)]
        .filter(Boolean)
        .join(' · '),
    ),
    fees: content.channels.flatMap((channel) =>
      feeTexts(channel, locale).map((text) => `${own.channelKinds[channel.kind]}: ${text}`),
    ),
    sets: content.sets === null ? [] : [formatNumber(content.sets, locale)],
    papers: content.papers.flatMap((group) =>
      group.papers.map((paper) => inCase(group.title, paperText(paper, locale))),
    ),
    results: content.results.map((result) =>
      [say(result.name), result.code, result.electronic === true ? own.electronic : ''].filter(Boolean).join(' · '),
    ),
    legalBases: content.legalBases.map((basis) =>
      [basis.number, basis.date ? formatDate(basis.date) : '', say(basis.title), basis.article, basis.link]
        .filter(Boolean)
        .join(' · '),
    ),
    conditions: one(say(content.conditions)),
    related: content.related,
    keywords: content.keywords[locale],
    files: [
      `${content.files.accept.map((kind) => kind.toUpperCase()).join(', ')} · ${own.fileLimits(content.files.maxMegabytes, content.files.maxFiles, content.files.maxTotalMegabytes)}`,
    ],
    steps: (content.steps?.steps ?? []).map((step) =>
      [
        say(step.name),
        own.stepRoles[step.role],
        typeof step.unit === 'string' ? own.stepUnits[step.unit] : step.unit.division,
        `${formatNumber(step.hours, locale, Number.isInteger(step.hours) ? 0 : 1)} ${own.units['workingHour']}`,
      ].join(' · '),
    ),
    form: one(procedure.formVersionId),
  };
  return partKeys.map((part) => ({ part, lines: parts[part].filter((line) => line !== '') }));
}

/** How long a way takes, in words; “…” around the source's own. */
export function timeText({ time }: Channel, locale: 'vi' | 'en'): string {
  const own = words.in(locale);
  if (time.amount !== null && time.unit !== null)
    return `${formatNumber(time.amount, locale, Number.isInteger(time.amount) ? 0 : 1)} ${own.units[time.unit]}`;
  return time.text === null ? own.nothing : `“${time.text}”`;
}

/** What a way costs, one text a fee. */
export function feeTexts(channel: Channel, locale: 'vi' | 'en'): string[] {
  const own = words.in(locale);
  if (!channel.feesKnown) return [own.unknownFee];
  if (channel.fees.length === 0) return [own.free];
  return channel.fees.map((fee) =>
    [
      fee.name && wordsIn(fee.name, locale),
      fee.case && wordsIn(fee.case, locale),
      fee.amountDong === null ? `“${fee.text ?? ''}”` : formatMoney(fee.amountDong, locale),
    ]
      .filter(Boolean)
      .join(': '),
  );
}

function paperText(paper: Paper, locale: 'vi' | 'en'): string {
  const own = words.in(locale);
  return [
    wordsIn(paper.name, locale),
    own.paperCount(paper.originals, paper.copies),
    paper.presentOnly ? own.presentOnly : '',
    paper.required ? '' : [own.onlyWhen, paper.when && wordsIn(paper.when, locale)].filter(Boolean).join(' '),
    paper.template?.file ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}
