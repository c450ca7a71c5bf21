import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { Type, type Static, type TSchema } from 'typebox';
import { ConfigError, type Config } from '../../platform/config.ts';

const Name = Type.String({ minLength: 1, maxLength: 300 });
const Texts = Type.Object({ vi: Name, en: Name }, { additionalProperties: false });
const Day = Type.String({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` });
const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9:/-]{1,80}$' });
const Colour = Type.String({ pattern: '^#[0-9a-f]{6}$' });
const Notes = Type.Optional(Type.Array(Type.String()));

/** `province.json`: names, contacts and colours. */
export const ProvinceSchema = Type.Object(
  {
    notes: Notes,
    key: Key,
    gsoCode: Type.String({ pattern: String.raw`^\d{2}$` }),
    agencyCode: Type.String({ pattern: String.raw`^[A-Y]\d{2}$` }),
    name: Texts,
    provinceName: Texts,
    shortName: Texts,
    motto: Texts,
    responsible: Texts,
    responsiblePerson: Texts,
    hotline: Name,
    email: Name,
    /** Where weaknesses of the site are reported (security.txt): `mailto:`, `https:` or `tel:`; `email` when there are none. */
    securityContacts: Type.Optional(
      Type.Array(Type.String({ pattern: String.raw`^(mailto:\S+@\S+|https://\S+|tel:\+\d+)$`, maxLength: 200 }), {
        minItems: 1,
        maxItems: 5,
      }),
    ),
    address: Texts,
    emblem: Type.Union([Name, Type.Null()]),
    theme: Type.Object({ primary: Colour, accent: Colour }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type Province = Static<typeof ProvinceSchema>;

const UnitEntry = {
  nameVi: Name,
  nameEn: Name,
  shortName: Name,
  kind: Type.String({ pattern: '^[a-z][a-z-]{1,39}$' }),
  sortOrder: Type.Integer(),
  /** Digits below the province's level-1 code: `12` or `01.02`. An invented example unless the province replaces it. */
  number: Type.Optional(Type.String({ pattern: String.raw`^\d{2}(\.\d{2})?$` })),
  validFrom: Type.Optional(Day),
  validTo: Type.Optional(Day),
};

/** `units.json`: the agencies of a province; districts and communes come from the administrative lists. */
export const UnitsSchema = Type.Object(
  {
    notes: Notes,
    recordsFrom: Day,
    root: Type.Object(
      {
        key: Key,
        nameVi: Name,
        nameEn: Name,
        shortName: Name,
        kind: Type.Literal('province'),
        tier: Type.Integer(),
        gsoCode: Name,
        address: Name,
      },
      { additionalProperties: false },
    ),
    identifiers: Type.Object(
      { level1: Type.String({ pattern: String.raw`^[A-Y]\d{2}$` }), qcvn102LastDay: Day, qd20From: Day },
      { additionalProperties: false },
    ),
    units: Type.Array(Type.Object({ key: Key, parent: Key, ...UnitEntry }, { additionalProperties: false })),
    successions: Type.Array(
      Type.Object(
        {
          from: Type.Array(Key, { minItems: 1 }),
          to: Key,
          effectiveOn: Day,
          decisionNumber: Type.Union([Type.String(), Type.Null()]),
          isPartial: Type.Optional(Type.Boolean()),
          note: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    divisions: Type.Array(
      Type.Object(
        { of: Type.Union([Type.Literal('department'), Type.Literal('commune-2025')]), key: Key, ...UnitEntry },
        { additionalProperties: false },
      ),
    ),
    territory: Type.Object(
      {
        districtsAndCommunes2018: Type.Optional(Type.Object({ lastDay: Day }, { additionalProperties: false })),
        communes2025: Type.Optional(Type.Object({ firstDay: Day }, { additionalProperties: false })),
      },
      { additionalProperties: false },
    ),
    examplePosts: Type.Array(
      Type.Object(
        {
          at: Key,
          key: Key,
          titleVi: Name,
          titleEn: Name,
          isLeader: Type.Optional(Type.Boolean()),
          role: Key,
          reach: Type.Optional(Type.Literal('all')),
          /** Units outside the agency that the role reaches too: the provincial centre, for those who sit there. */
          alsoReaches: Type.Optional(Type.Array(Key, { minItems: 1 })),
          count: Type.Integer({ minimum: 1, maximum: 20 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type UnitsFile = Static<typeof UnitsSchema>;

/** `commune-successions.json` (may be absent): which commune of today took over which communes of before. */
export const SuccessionsSchema = Type.Object(
  {
    note: Type.Optional(Type.String()),
    effectiveOn: Day,
    decisionNumber: Name,
    whole: Type.Record(Type.String(), Type.String()),
    partial: Type.Array(Type.Object({ from: Name, to: Name }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type SuccessionsFile = Static<typeof SuccessionsSchema>;

/** `roles.json`: the roles a province starts with. */
export const RolesSchema = Type.Object(
  {
    notes: Notes,
    roles: Type.Array(
      Type.Object(
        {
          key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
          nameVi: Name,
          nameEn: Name,
          descriptionVi: Name,
          descriptionEn: Name,
          permissions: Type.Array(Type.String({ pattern: String.raw`^[a-z][a-z-]*\.[a-z][a-z.-]*$` }), {
            uniqueItems: true,
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const checks = new Map<TSchema, ValidateFunction>();

/**
 * Reads one file of the province's folder and holds it to its schema. Null when `optional` and absent.
 * @throws ConfigError naming the file, the place in it and what is wrong there
 */
export function readProvinceFile<S extends TSchema>(folder: string, name: string, schema: S): Static<S>;
export function readProvinceFile<S extends TSchema>(
  folder: string,
  name: string,
  schema: S,
  optional: true,
): Static<S> | null;
export function readProvinceFile<S extends TSchema>(
  folder: string,
  name: string,
  schema: S,
  optional = false,
): Static<S> | null {
  const file = join(folder, name);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    if (optional) return null;
    throw new ConfigError(
      `${file} cannot be read: SEN_PROVINCE must name a folder with province.json, units.json and roles.json`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(content.normalize('NFC'));
  } catch (error) {
    throw new ConfigError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  let check = checks.get(schema);
  if (!check) checks.set(schema, (check = new Ajv({ strict: false }).compile(schema)));
  if (check(value)) return value as Static<S>;
  const fault = check.errors?.[0];
  const extra = (fault?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
  throw new ConfigError(
    `${file}: ${fault?.instancePath || 'the file'} ${fault?.message ?? 'is not valid'}${extra ? ` (${extra})` : ''}`,
  );
}

/** Names, contacts and colours of the province that this installation serves. @throws ConfigError */
export const provinceOf = (config: Pick<Config, 'provinceFolder'>): Province =>
  readProvinceFile(config.provinceFolder, 'province.json', ProvinceSchema);
