import { Ajv, type ValidateFunction } from 'ajv';
import { Type, type Static } from 'typebox';
import { audiences, channelKinds, levels, paperKinds, partialReasons, stepRoles, timeUnits } from './procedure.ts';

/**
 * The file of one procedure in a province's folder: `province/<name>/procedures/<code>.json`. Written by people; the guide is
 * docs/guides/add-a-procedure.md. `checkProcedureFile` tells what is wrong in sentences.
 */
const closed = { additionalProperties: false } as const;
const words = (maxLength: number) =>
  Type.Object({ vi: Type.String({ minLength: 1, maxLength }), en: Type.String({ minLength: 1, maxLength }) }, closed);
const short = words(400);
const long = words(4000);
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const key = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 });
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const time = Type.Object(
  { amount: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }), unit: oneOf(timeUnits) },
  closed,
);

const fee = Type.Object(
  {
    key,
    kind: oneOf(['fee', 'charge'] as const),
    name: short,
    case: Type.Optional(short),
    amountDong: Type.Integer({ minimum: 1000, maximum: 1_000_000_000_000 }),
  },
  closed,
);

const channel = Type.Object(
  {
    kind: oneOf(channelKinds),
    time,
    fees: Type.Array(fee, { maxItems: 20 }),
    /** False: nobody here knows what it costs. Left out: the list of fees is the whole truth, an empty one means free. */
    feesKnown: Type.Optional(Type.Literal(false)),
    note: Type.Optional(long),
  },
  closed,
);

/** What the authors of the file are not sure of: the part of the file, how they know it, and why. Not shown to applicants. */
const authorNote = Type.Object(
  {
    about: Type.String({ pattern: '^[a-zA-Z]+$', maxLength: 40 }),
    certainty: oneOf(['recalled', 'uncertain'] as const),
    text: long,
  },
  closed,
);

const paper = Type.Object(
  {
    key,
    name: words(1000),
    originals: Type.Integer({ minimum: 0, maximum: 20 }),
    copies: Type.Integer({ minimum: 0, maximum: 20 }),
    required: Type.Boolean(),
    when: Type.Optional(words(1000)),
    template: Type.Optional(
      Type.Object({ file: Type.String({ pattern: '^[a-z0-9.-]+\\.(docx|pdf|xlsx)$' }), title: short }, closed),
    ),
    nationalCode: Type.Optional(Type.String({ maxLength: 40 })),
    presentOnly: Type.Optional(Type.Boolean()),
  },
  closed,
);

const step = Type.Object(
  {
    key,
    name: short,
    kind: oneOf(['receive', 'process', 'approve', 'return'] as const),
    role: oneOf(stepRoles),
    unit: Type.Union([
      Type.Literal('receiving'),
      Type.Literal('competent'),
      Type.Object({ division: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    ]),
    hours: Type.Number({ exclusiveMinimum: 0, maximum: 5000 }),
  },
  closed,
);

export const procedureFileSchema = Type.Object(
  {
    code: Type.String({ pattern: '^\\d\\.\\d{6}$' }),
    ownCode: Type.Optional(Type.String({ maxLength: 40 })),
    name: short,
    summary: words(600),
    /** A code of fields.json. */
    field: key,
    /** The field's name in the national catalogue. */
    nationalField: Type.String({ minLength: 1, maxLength: 200 }),
    levels: Type.Array(oneOf(levels), { minItems: 1, uniqueItems: true }),
    audiences: Type.Array(oneOf(audiences), { minItems: 1, uniqueItems: true }),
    type: Type.Optional(Type.String({ maxLength: 200 })),
    decisionNumber: Type.Optional(Type.String({ maxLength: 100 })),
    validFrom: date,
    validTo: Type.Optional(date),
    competentAgency: short,
    receivingAddress: Type.Optional(long),
    authorisedAgency: Type.Optional(short),
    coordinatingAgency: Type.Optional(short),
    order: Type.Array(
      Type.Object({ case: Type.Optional(short), steps: Type.Array(long, { minItems: 1, maxItems: 30 }) }, closed),
      { minItems: 1, maxItems: 10 },
    ),
    channels: Type.Array(channel, { minItems: 1, maxItems: 3 }),
    sets: Type.Integer({ minimum: 1, maximum: 10 }),
    papers: Type.Array(
      Type.Object(
        { key, title: Type.Optional(short), papers: Type.Array(paper, { minItems: 1, maxItems: 40 }) },
        closed,
      ),
      { minItems: 1, maxItems: 20 },
    ),
    results: Type.Array(Type.Object({ name: short, code: Type.Optional(Type.String({ maxLength: 40 })) }, closed), {
      minItems: 1,
      maxItems: 10,
    }),
    legalBases: Type.Array(
      Type.Object({ number: Type.String({ minLength: 1, maxLength: 60 }), title: Type.Optional(short) }, closed),
      { minItems: 1, maxItems: 60 },
    ),
    conditions: Type.Optional(long),
    related: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    keywords: Type.Object(
      {
        vi: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 40 }),
        en: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 40 }),
      },
      closed,
    ),
    /** Code of `forms/<code>.json`; left out: no e-form yet. */
    form: Type.Optional(key),
    online: Type.Object(
      { scope: oneOf(['none', 'partial', 'full'] as const), reason: Type.Optional(oneOf(partialReasons)) },
      closed,
    ),
    intakeChannel: oneOf(['local', 'dvcqg', 'ministry'] as const),
    steps: Type.Array(step, { minItems: 2, maxItems: 20 }),
    files: Type.Optional(
      Type.Object(
        {
          accept: Type.Array(oneOf(paperKinds), { minItems: 1, uniqueItems: true }),
          maxMegabytes: Type.Integer({ minimum: 1, maximum: 100 }),
          maxFiles: Type.Integer({ minimum: 1, maximum: 60 }),
          maxTotalMegabytes: Type.Integer({ minimum: 1, maximum: 500 }),
        },
        closed,
      ),
    ),
    /**
     * Who offers it: every commune, or one department by its name without diacritics (`so-y-te`). `receivedAt`: the front desk of
     * the unit itself, or the province's one-stop centre.
     */
    offeredBy: Type.Union([
      Type.Literal('communes'),
      Type.Object({ department: key, receivedAt: Type.Optional(oneOf(['own', 'province-centre'] as const)) }, closed),
    ]),
    notes: Type.Optional(Type.Array(authorNote, { maxItems: 20 })),
  },
  closed,
);

export type ProcedureFile = Static<typeof procedureFileSchema>;

export interface FileDefect {
  /** Where: a JSON pointer. */
  place: string;
  message: string;
}

let validate: ValidateFunction<ProcedureFile> | undefined;

/** What else the checker needs to know of the province's folder. */
export interface ProvinceFacts {
  fieldCodes: ReadonlySet<string>;
  formCodes: ReadonlySet<string>;
  templateFiles: ReadonlySet<string>;
}

/**
 * Everything wrong with a procedure file, each with its place and a sentence; an empty list means it can be loaded.
 * Without `facts` only the file itself is checked.
 */
export function checkProcedureFile(value: unknown, facts?: ProvinceFacts): FileDefect[] {
  validate ??= new Ajv({ allErrors: true, ownProperties: true, strict: false }).compile<ProcedureFile>(
    procedureFileSchema,
  );
  if (!validate(value))
    return (validate.errors ?? []).slice(0, 50).map((e) => ({
      place: e.instancePath || '/',
      message: `${e.message ?? e.keyword}${detailOf(e.params)}`,
    }));
  return [...defectsWithin(value), ...(facts ? defectsAgainst(value, facts) : [])];
}

function detailOf(params: Record<string, unknown>): string {
  const detail = params['additionalProperty'] ?? params['missingProperty'] ?? params['allowedValues'];
  if (detail === undefined) return '';
  return ` (${Array.isArray(detail) ? detail.join(', ') : JSON.stringify(detail)})`;
}

function defectsWithin(file: ProcedureFile): FileDefect[] {
  const defects: FileDefect[] = [];
  const say = (place: string, message: string) => defects.push({ place, message });
  const unique = (place: string, values: readonly string[]) => {
    for (const [index, one] of values.entries())
      if (values.indexOf(one) !== index) say(place, `"${one}" stands there twice`);
  };
  unique(
    '/channels',
    file.channels.map((c) => c.kind),
  );
  unique(
    '/papers',
    file.papers.map((group) => group.key),
  );
  unique(
    '/papers',
    file.papers.flatMap((group) => group.papers.map((p) => p.key)),
  );
  unique(
    '/steps',
    file.steps.map((s) => s.key),
  );
  for (const [index, one] of file.channels.entries())
    if (one.feesKnown === false && one.fees.length > 0)
      say(`/channels/${index}/feesKnown`, 'fees are listed, so they are known');
  for (const [index, one] of (file.notes ?? []).entries())
    if (!Object.hasOwn(file, one.about)) say(`/notes/${index}/about`, `there is no "${one.about}" in the file`);
  for (const [index, one] of file.channels.entries())
    unique(
      `/channels/${index}/fees`,
      one.fees.map((f) => f.key),
    );
  if (file.validTo !== undefined && file.validTo < file.validFrom) say('/validTo', 'lies before validFrom');
  for (const [place, text] of [
    ['/validFrom', file.validFrom],
    ['/validTo', file.validTo],
  ] as const)
    if (text !== undefined && !isCalendarDate(text)) say(place, `${text} is no day of the calendar`);
  if (file.online.scope === 'partial' && file.online.reason === undefined)
    say('/online/reason', 'một phần needs a reason of the closed list (NĐ 224/2026/NĐ-CP, Điều 14)');
  if (file.online.scope !== 'partial' && file.online.reason !== undefined)
    say('/online/reason', 'only một phần has a reason');
  if (file.online.scope !== 'none' && file.form === undefined) say('/form', 'an online procedure needs an e-form');
  if (file.online.scope !== 'none' && !file.channels.some((c) => c.kind === 'online'))
    say('/channels', 'an online procedure needs the channel "online"');
  if (file.steps[0]?.kind !== 'receive') say('/steps/0/kind', 'the first step receives');
  if (file.steps.at(-1)?.kind !== 'return') say('/steps', 'the last step returns the result');
  if (!file.steps.some((s) => s.kind === 'approve')) say('/steps', 'somebody has to approve');
  if (file.papers.length > 1 && file.papers.some((group) => group.title === undefined))
    say('/papers', 'with several cases each needs a title');
  for (const group of file.papers)
    for (const one of group.papers) {
      if (!one.required && one.when === undefined)
        say(`/papers/${group.key}/${one.key}`, 'say when the paper is needed');
      if (!one.presentOnly && one.originals + one.copies === 0)
        say(`/papers/${group.key}/${one.key}`, 'no original and no copy: what is handed in?');
    }
  return defects;
}

function defectsAgainst(file: ProcedureFile, facts: ProvinceFacts): FileDefect[] {
  const defects: FileDefect[] = [];
  if (!facts.fieldCodes.has(file.field))
    defects.push({ place: '/field', message: `${file.field} is not in fields.json` });
  if (file.form !== undefined && !facts.formCodes.has(file.form))
    defects.push({ place: '/form', message: `forms/${file.form}.json does not exist` });
  for (const one of file.papers.flatMap((group) => group.papers))
    if (one.template && !facts.templateFiles.has(one.template.file))
      defects.push({ place: `/papers/${one.key}/template`, message: `templates/${one.template.file} does not exist` });
  return defects;
}

const isCalendarDate = (text: string): boolean => {
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
};
