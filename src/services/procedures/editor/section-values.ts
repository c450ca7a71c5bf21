/** A procedure as the editor's fields, and back. Keys of papers, fees and steps stay what they were. */
import { parseDay } from '../../../platform/day.ts';
import type {
  Audience,
  Channel,
  ChannelKind,
  ExecutionOrder,
  Fee,
  Level,
  Paper,
  PaperCase,
  PaperKind,
  PartialReason,
  PlannedStep,
  ProcedureContent,
  TimeUnit,
  Words,
} from '../procedure.ts';
import type { VersionFacts } from '../version-queries.ts';
import { numberOf, type RowValues, type SectionInput } from './read-section.ts';
import type { SectionKey } from './sections.ts';

type Facts = VersionFacts;

const textOf = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : '');
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' || value === undefined ? [] : value;
const orNull = (text: string): string | null => (text === '' ? null : text);
const digits = (value: number | null): string => (value === null ? '' : String(value).replace('.', ','));

const split = (name: string, words: Words | null): RowValues => ({
  [`${name}Vi`]: words?.vi ?? '',
  [`${name}En`]: words?.en ?? '',
});
/** Both languages of a text; null when the Vietnamese is empty. */
function join(values: RowValues, name: string): Words | null {
  const [vi, en] = [textOf(values[`${name}Vi`]), textOf(values[`${name}En`])];
  return vi === '' ? null : { vi, ...(en === '' ? {} : { en }) };
}
const commas = (text: string): string[] =>
  text.split(/[,;\n]/).map((one) => one.trim().slice(0, 100)).filter((one) => one !== ''); // prettier-ignore

/** A key that is not taken: the row's own, or the next number. */
function keysOf(rows: readonly RowValues[], prefix: string): string[] {
  const used = new Set<string>();
  const given = new Set(rows.map((row) => textOf(row['key'])));
  return rows.map((row) => {
    let key = textOf(row['key']);
    for (let n = 1; key === '' || used.has(key); n += 1) if (!given.has(`${prefix}-${n}`)) key = `${prefix}-${n}`;
    used.add(key);
    given.add(key);
    return key;
  });
}

interface SectionForm {
  read(facts: Facts): SectionInput;
  write(facts: Facts, input: SectionInput): Facts;
}
const withContent = (facts: Facts, content: Partial<ProcedureContent>): Facts => ({
  ...facts,
  content: { ...facts.content, ...content },
});

const general: SectionForm = {
  read: (facts) => ({
    rows: [],
    fields: {
      ...split('name', facts.name),
      ...split('summary', facts.content.summary),
      field: facts.fieldCode ?? '',
      levels: facts.levels,
      audiences: facts.audiences,
      otherAudiences: facts.content.otherAudiences.join('\n'),
      type: facts.content.type ?? '',
      ...split('competent', facts.content.competentAgency),
      ...split('receiving', facts.content.receivingAddress),
      ...split('authorised', facts.content.authorisedAgency),
      ...split('coordinating', facts.content.coordinatingAgency),
      ...split('conditions', facts.content.conditions),
      decisionNumber: facts.decisionNumber ?? '',
      intake: facts.intakeChannel,
      related: facts.content.related.join(', '),
      keywordsVi: facts.content.keywords.vi.join(', '),
      keywordsEn: facts.content.keywords.en.join(', '),
    },
  }),
  write: (facts, { fields }) => ({
    ...withContent(facts, {
      summary: join(fields, 'summary'),
      otherAudiences: textOf(fields['otherAudiences'])
        .split('\n')
        .map((one) => one.trim().slice(0, 300))
        .filter((one) => one !== '')
        .slice(0, 50),
      type: orNull(textOf(fields['type'])),
      competentAgency: join(fields, 'competent'),
      receivingAddress: join(fields, 'receiving'),
      authorisedAgency: join(fields, 'authorised'),
      coordinatingAgency: join(fields, 'coordinating'),
      conditions: join(fields, 'conditions'),
      related: commas(textOf(fields['related'])).slice(0, 20),
      keywords: {
        vi: commas(textOf(fields['keywordsVi'])).slice(0, 40),
        en: commas(textOf(fields['keywordsEn'])).slice(0, 40),
      },
    }),
    name: join(fields, 'name') ?? facts.name,
    fieldCode: orNull(textOf(fields['field'])),
    levels: [...listOf(fields['levels'])] as Level[],
    audiences: [...listOf(fields['audiences'])] as Audience[],
    decisionNumber: orNull(textOf(fields['decisionNumber'])),
    intakeChannel: (textOf(fields['intake']) || facts.intakeChannel) as Facts['intakeChannel'],
  }),
};

const order: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: content.order.flatMap((one) =>
      one.steps.map((step) => ({ ...split('case', one.case), ...split('step', step) })),
    ),
  }),
  write(facts, { rows }) {
    const list: ExecutionOrder[] = [];
    for (const row of rows) {
      const [title, step] = [join(row, 'case'), join(row, 'step')];
      if (step === null) continue;
      const last = list.at(-1);
      if (last && last.case?.vi === title?.vi) last.steps.push(step);
      else list.push({ case: title, steps: [step] });
    }
    return withContent(facts, { order: list });
  },
};

const channels: SectionForm = {
  read: ({ content }) => ({
    fields: { sets: digits(content.sets) },
    rows: content.channels.map((channel) => ({
      kind: channel.kind,
      amount: digits(channel.time.amount),
      unit: channel.time.unit ?? '',
      timeText: channel.time.text ?? '',
      feesKnown: channel.feesKnown ? 'yes' : 'no',
      ...split('note', channel.note),
    })),
  }),
  write: (facts, { fields, rows }) =>
    withContent(facts, {
      sets: numberOf(fields['sets']),
      channels: rows.map((row): Channel => {
        const kind = textOf(row['kind']) as ChannelKind;
        const fees = facts.content.channels.find((channel) => channel.kind === kind)?.fees ?? [];
        return {
          kind,
          time: {
            amount: numberOf(row['amount']),
            unit: orNull(textOf(row['unit'])) as TimeUnit | null,
            text: orNull(textOf(row['timeText'])),
          },
          feesKnown: row['feesKnown'] === 'yes' || fees.length > 0,
          fees,
          note: join(row, 'note'),
        };
      }),
    }),
};

const fees: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: content.channels.flatMap((channel) =>
      channel.fees.map((fee) => ({
        key: fee.key,
        channel: channel.kind,
        kind: fee.kind,
        ...split('name', fee.name),
        ...split('case', fee.case),
        amount: digits(fee.amountDong),
        text: fee.text ?? '',
      })),
    ),
  }),
  write(facts, { rows }) {
    const list = facts.content.channels.map((channel): Channel => {
      const own = rows.filter((row) => row['channel'] === channel.kind);
      const keys = keysOf(own, channel.kind);
      const ownFees = own.map((row, at): Fee => ({
        key: keys[at]!,
        kind: row['kind'] === 'charge' ? 'charge' : 'fee',
        name: join(row, 'name'),
        case: join(row, 'case'),
        amountDong: numberOf(row['amount']),
        text: orNull(textOf(row['text'])),
      }));
      return { ...channel, fees: ownFees, feesKnown: channel.feesKnown || ownFees.length > 0 };
    });
    return withContent(facts, { channels: list });
  },
};

const papers: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: content.papers.flatMap((group) =>
      group.papers.map((paper) => ({
        key: paper.key,
        ...split('case', group.title),
        ...split('name', paper.name),
        originals: digits(paper.originals),
        copies: digits(paper.copies),
        required: paper.presentOnly
          ? paper.required ? 'present' : 'present-when'
          : paper.required ? 'yes' : 'no', // prettier-ignore
        ...split('when', paper.when),
        template: paper.template?.file ?? '',
        ...split('templateTitle', paper.template?.title ?? null),
        nationalCode: paper.nationalCode ?? '',
      })),
    ),
  }),
  write(facts, { rows }) {
    const keys = keysOf(rows, 'paper');
    const before = facts.content.papers;
    const groups: PaperCase[] = [];
    for (const [at, row] of rows.entries()) {
      const title = join(row, 'case');
      const paper = paperOfRow(row, keys[at]!);
      const known = groups.find((group) => group.title?.vi === title?.vi);
      if (known) known.papers.push(paper);
      else {
        const old = before.find((group) => group.title?.vi === title?.vi)?.key;
        const taken = new Set([...groups.map((group) => group.key), ...before.map((group) => group.key)]);
        let key = old ?? '';
        for (let n = 1; key === ''; n += 1) if (!taken.has(`case-${n}`)) key = `case-${n}`;
        groups.push({ key, title, papers: [paper] });
      }
    }
    return withContent(facts, { papers: groups });
  },
};

function paperOfRow(row: RowValues, key: string): Paper {
  const required = textOf(row['required']);
  const file = textOf(row['template']);
  return {
    key,
    name: join(row, 'name') ?? { vi: '' },
    originals: numberOf(row['originals']),
    copies: numberOf(row['copies']),
    required: required === 'yes' || required === 'present',
    when: join(row, 'when'),
    template: file === '' ? null : { file, title: join(row, 'templateTitle') ?? join(row, 'name') ?? { vi: file } },
    nationalCode: orNull(textOf(row['nationalCode'])),
    presentOnly: required.startsWith('present'),
  };
}

const results: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: content.results.map((result) => ({
      ...split('name', result.name),
      code: result.code ?? '',
      electronic: result.electronic === undefined ? '' : result.electronic ? 'yes' : 'no',
    })),
  }),
  write: (facts, { rows }) =>
    withContent(facts, {
      results: rows.map((row) => ({
        name: join(row, 'name') ?? { vi: '' },
        code: orNull(textOf(row['code'])),
        ...(row['electronic'] === '' ? {} : { electronic: row['electronic'] === 'yes' }),
      })),
    }),
};

const legal: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: content.legalBases.map((basis) => ({
      number: basis.number,
      date: basis.date?.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1') ?? '',
      ...split('title', basis.title),
      article: basis.article ?? '',
      link: basis.link ?? '',
    })),
  }),
  write: (facts, { rows }) =>
    withContent(facts, {
      legalBases: rows.map((row) => {
        const date = parseDay(textOf(row['date']));
        const [article, link] = [textOf(row['article']), textOf(row['link'])];
        return {
          number: textOf(row['number']),
          title: join(row, 'title'),
          ...(date === null ? {} : { date }),
          ...(article === '' ? {} : { article }),
          ...(link === '' ? {} : { link }),
        };
      }),
    }),
};

const steps: SectionForm = {
  read: ({ content }) => ({
    fields: {},
    rows: (content.steps?.steps ?? []).map((step) => ({
      key: step.key,
      ...split('name', step.name),
      kind: step.kind,
      role: step.role,
      unit: typeof step.unit === 'string' ? step.unit : 'division',
      division: typeof step.unit === 'string' ? '' : step.unit.division,
      hours: digits(step.hours),
    })),
  }),
  write(facts, { rows }) {
    const keys = keysOf(rows, 'step');
    const list = rows.map((row, at): PlannedStep => ({
      key: keys[at]!,
      name: join(row, 'name') ?? { vi: '' },
      kind: textOf(row['kind']) as PlannedStep['kind'],
      role: textOf(row['role']) as PlannedStep['role'],
      unit: row['unit'] === 'division' ? { division: textOf(row['division']) } : (textOf(row['unit']) as 'receiving'),
      hours: numberOf(row['hours']) ?? 0,
    }));
    return withContent(facts, { steps: list.length === 0 ? null : { steps: list } });
  },
};

const online: SectionForm = {
  read: (facts) => ({
    rows: [],
    fields: {
      scope: facts.onlineScope,
      reason: facts.partialReason ?? '',
      accept: facts.content.files.accept,
      maxMegabytes: String(facts.content.files.maxMegabytes),
      maxFiles: String(facts.content.files.maxFiles),
      maxTotalMegabytes: String(facts.content.files.maxTotalMegabytes),
    },
  }),
  write(facts, { fields }) {
    const scope = textOf(fields['scope']) as Facts['onlineScope'];
    const within = (name: string, max: number) => Math.min(Math.max(numberOf(fields[name]) ?? 1, 1), max);
    const accept = [...listOf(fields['accept'])] as PaperKind[];
    return {
      ...withContent(facts, {
        files: {
          accept: accept.length > 0 ? accept : facts.content.files.accept,
          maxMegabytes: within('maxMegabytes', 100),
          maxFiles: within('maxFiles', 60),
          maxTotalMegabytes: within('maxTotalMegabytes', 500),
        },
      }),
      onlineScope: scope,
      partialReason: scope === 'partial' ? (textOf(fields['reason']) as PartialReason) : null,
    };
  },
};

const forms: Record<SectionKey, SectionForm> = {
  general,
  order,
  channels,
  fees,
  papers,
  results,
  legal,
  steps,
  online,
};

/** A section as the editor shows it. */
export const readSection = (key: SectionKey, facts: VersionFacts): SectionInput => forms[key].read(facts);

/** What a version says after a section was changed. */
export const writeSection = (key: SectionKey, facts: VersionFacts, input: SectionInput): VersionFacts =>
  forms[key].write(facts, input);
