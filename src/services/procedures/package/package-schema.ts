import { Ajv, type ValidateFunction } from 'ajv';
import { Type, type Static, type TSchema } from 'typebox';
import { audiences, channelKinds, levels, paperKinds, partialReasons, stepRoles, timeUnits } from '../procedure.ts';

/** What the files of a package may say; nothing else is let in. */
const closed = { additionalProperties: false } as const;
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const words = (maxLength: number) => Type.Object({ vi: text(maxLength), en: Type.Optional(text(maxLength)) }, closed);
const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const key = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const templateName = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,110}\\.(docx|pdf|xlsx)$' });
const https = Type.String({ pattern: '^https://[^\\s"\'<>]{1,490}$' });
const count = maybe(Type.Integer({ minimum: 0, maximum: 1000 }));

const content = Type.Object(
  {
    summary: maybe(words(4000)),
    type: maybe(text(300)),
    competentAgency: maybe(words(1000)),
    receivingAddress: maybe(words(4000)),
    authorisedAgency: maybe(words(1000)),
    coordinatingAgency: maybe(words(2000)),
    order: Type.Array(
      Type.Object({ case: maybe(words(400)), steps: Type.Array(words(20_000), { maxItems: 100 }) }, closed),
      { maxItems: 30 },
    ),
    channels: Type.Array(
      Type.Object(
        {
          kind: oneOf(channelKinds),
          time: Type.Object(
            {
              amount: maybe(Type.Number({ minimum: 0, maximum: 10_000 })),
              unit: maybe(oneOf(timeUnits)),
              text: maybe(text(1000)),
            },
            closed,
          ),
          feesKnown: Type.Boolean(),
          fees: Type.Array(
            Type.Object(
              {
                key,
                kind: oneOf(['fee', 'charge'] as const),
                name: maybe(words(400)),
                case: maybe(words(400)),
                amountDong: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
                text: maybe(text(500)),
              },
              closed,
            ),
            { maxItems: 60 },
          ),
          note: maybe(words(8000)),
        },
        closed,
      ),
      { maxItems: 3 },
    ),
    papers: Type.Array(
      Type.Object(
        {
          key,
          title: maybe(words(2000)),
          papers: Type.Array(
            Type.Object(
              {
                key,
                name: words(6000),
                originals: count,
                copies: count,
                required: Type.Boolean(),
                when: maybe(words(1000)),
                template: maybe(Type.Object({ file: templateName, title: words(400) }, closed)),
                nationalCode: maybe(text(60)),
                presentOnly: Type.Boolean(),
              },
              closed,
            ),
            { maxItems: 500 },
          ),
        },
        closed,
      ),
      { maxItems: 200 },
    ),
    sets: maybe(Type.Integer({ minimum: 0, maximum: 50 })),
    results: Type.Array(
      Type.Object({ name: words(2000), code: maybe(text(60)), electronic: Type.Optional(Type.Boolean()) }, closed),
      { maxItems: 100 },
    ),
    legalBases: Type.Array(
      Type.Object(
        {
          number: text(200),
          title: maybe(words(400)),
          date: Type.Optional(date),
          article: Type.Optional(text(300)),
          link: Type.Optional(https),
        },
        closed,
      ),
      { maxItems: 200 },
    ),
    conditions: maybe(words(60_000)),
    related: Type.Array(text(100), { maxItems: 40 }),
    keywords: Type.Object(
      { vi: Type.Array(text(100), { maxItems: 60 }), en: Type.Array(text(100), { maxItems: 60 }) },
      closed,
    ),
    files: Type.Object(
      {
        accept: Type.Array(oneOf(paperKinds), { minItems: 1, uniqueItems: true }),
        maxMegabytes: Type.Integer({ minimum: 1, maximum: 100 }),
        maxFiles: Type.Integer({ minimum: 1, maximum: 60 }),
        maxTotalMegabytes: Type.Integer({ minimum: 1, maximum: 500 }),
      },
      closed,
    ),
    steps: maybe(
      Type.Object(
        {
          steps: Type.Array(
            Type.Object(
              {
                key,
                name: words(400),
                kind: oneOf(['receive', 'process', 'approve', 'return'] as const),
                role: oneOf(stepRoles),
                unit: Type.Union([
                  Type.Literal('receiving'),
                  Type.Literal('competent'),
                  Type.Object({ division: text(200) }, closed),
                ]),
                hours: Type.Number({ minimum: 0, maximum: 5000 }),
              },
              closed,
            ),
            { maxItems: 30 },
          ),
        },
        closed,
      ),
    ),
    sourceUrl: maybe(https),
    otherAudiences: Type.Array(text(300), { maxItems: 50 }),
  },
  closed,
);

/** Who offers it there: all communes, or departments by key and name. */
const offeredBy = Type.Object(
  {
    communes: Type.Boolean(),
    units: Type.Array(Type.Object({ key: maybe(text(120)), name: text(300) }, closed), { maxItems: 60 }),
  },
  closed,
);

const procedureSchema = Type.Object(
  {
    code: Type.String({ pattern: '^\\d{1,2}\\.\\d{4,8}$' }),
    ownCode: maybe(text(40)),
    name: words(2000),
    field: maybe(key),
    nationalField: maybe(text(300)),
    levels: Type.Array(oneOf(levels), { maxItems: 5, uniqueItems: true }),
    audiences: Type.Array(oneOf(audiences), { maxItems: 10, uniqueItems: true }),
    serviceLevel: Type.Unsafe<1 | 2 | 3 | 4>({ type: 'integer', minimum: 1, maximum: 4 }),
    onlineScope: oneOf(['none', 'partial', 'full'] as const),
    partialReason: maybe(oneOf(partialReasons)),
    intakeChannel: oneOf(['local', 'dvcqg', 'ministry'] as const),
    decisionNumber: maybe(text(200)),
    form: maybe(Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 })),
    offeredBy,
    content,
  },
  closed,
);
export type PackedProcedure = Static<typeof procedureSchema>;
/** What a program may write into a draft: the same pieces, without what follows from them or is decided elsewhere. */
export const writableSchema = Type.Omit(procedureSchema, ['code', 'ownCode', 'serviceLevel', 'offeredBy'], closed);

const fieldsSchema = Type.Array(
  Type.Object(
    {
      code: key,
      name: Type.Object({ vi: text(300), en: text(300) }, closed),
      nationalNames: Type.Array(text(300), { maxItems: 50 }),
    },
    closed,
  ),
  { maxItems: 200 },
);
export type PackedField = Static<typeof fieldsSchema>[number];

const legalSchema = Type.Array(
  Type.Object(
    {
      number: text(60),
      titleVi: text(500),
      titleEn: maybe(text(500)),
      issuedOn: maybe(date),
      link: maybe(https),
      lostForceOn: maybe(date),
      replacedBy: maybe(text(60)),
    },
    closed,
  ),
  { maxItems: 2000 },
);
export type PackedLegal = Static<typeof legalSchema>[number];

const manifestSchema = Type.Object(
  {
    format: Type.Literal('sen-procedure-package'),
    schema: Type.Literal(1),
    province: Type.Object({ code: text(20), name: text(200) }, closed),
    procedures: Type.Array(Type.String({ pattern: '^\\d{1,2}\\.\\d{4,8}$' }), { minItems: 1, maxItems: 300, uniqueItems: true }), // prettier-ignore
    files: Type.Array(
      Type.Object(
        {
          path: text(200),
          bytes: Type.Integer({ minimum: 0, maximum: 20_000_000 }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        },
        closed,
      ),
      { maxItems: 1000 },
    ),
  },
  closed,
);
export type Manifest = Static<typeof manifestSchema>;

const schemas = { manifest: manifestSchema, procedure: procedureSchema, fields: fieldsSchema, legal: legalSchema };
type Kind = keyof typeof schemas;
const compiled = new Map<Kind, ValidateFunction>();

/** What is wrong with a file of a package, each with its place; empty when it may be read. */
export function faultsOf(kind: Kind, value: unknown): { place: string; message: string }[] {
  let check = compiled.get(kind);
  if (!check) {
    check = new Ajv({ allErrors: false, ownProperties: true, strict: false }).compile(schemas[kind]);
    compiled.set(kind, check);
  }
  if (check(value)) return [];
  return (check.errors ?? []).slice(0, 10).map((error) => ({
    place: error.instancePath || '/',
    message: `${error.message ?? error.keyword} ${JSON.stringify(error.params['additionalProperty'] ?? error.params['missingProperty'] ?? '')}`.replace(/ ""$/, ''), // prettier-ignore
  }));
}
