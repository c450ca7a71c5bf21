import { isDate } from '../../platform/day.ts';
import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';
import { listFaults, type CatalogueFacts, type Item } from './catalogue.ts';

const text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const code = Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' });
const only = { additionalProperties: false } as const;

const itemSchema = Type.Object(
  {
    code,
    vi: text(500),
    en: Type.Optional(text(500)),
    parent: Type.Optional(code),
    from: Type.Optional(day),
    to: Type.Optional(day),
    replacedBy: Type.Optional(code),
    attributes: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }), Type.String({ maxLength: 1000 })),
    ),
    unsure: Type.Optional(Type.Boolean()),
  },
  only,
);
const fileSchema = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,79}$' }),
    name: Type.Object({ vi: text(300), en: text(300) }, only),
    description: Type.Optional(
      Type.Object({ vi: Type.String({ maxLength: 2000 }), en: Type.String({ maxLength: 2000 }) }, only),
    ),
    scope: Type.Union([Type.Literal('national'), Type.Literal('province'), Type.Literal('sector')]),
    owner: text(300),
    legalBasis: text(500),
    partnerCode: Type.Optional(text(100)),
    unsure: Type.Optional(text(1000)),
    attributes: Type.Optional(
      Type.Array(
        Type.Object(
          { key: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }), vi: text(100), en: text(100) },
          only,
        ),
        { maxItems: 20 },
      ),
    ),
    versions: Type.Array(
      Type.Object(
        { validFrom: day, decision: Type.Optional(text(500)), items: Type.Array(itemSchema, { maxItems: 20_000 }) },
        only,
      ),
      { maxItems: 50 },
    ),
    mappings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            to: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,79}$' }),
            entries: Type.Array(
              Type.Object(
                {
                  from: code,
                  to: code,
                  validFrom: Type.Optional(day),
                  validTo: Type.Optional(day),
                  note: Type.Optional(text(500)),
                },
                only,
              ),
              { maxItems: 20_000 },
            ),
          },
          only,
        ),
        { maxItems: 20 },
      ),
    ),
  },
  only,
);
/** A catalogue as a file: facts, versions from the oldest to the newest, mappings to other lists. */
export type CatalogueFile = Static<typeof fileSchema>;
const check = new Ajv({ allErrors: true, ownProperties: true, strict: false }).compile<CatalogueFile>(fileSchema);

export interface FileFault {
  place: string;
  message: string;
}

/** Items of a version of a file, in its order. */
export const itemsOfFile = (items: CatalogueFile['versions'][number]['items']): Item[] =>
  items.map((item, at) => ({
    code: item.code,
    position: (at + 1) * 10,
    nameVi: item.vi.normalize('NFC'),
    nameEn: item.en?.normalize('NFC') ?? null,
    parentCode: item.parent ?? null,
    validFrom: item.from ?? null,
    validTo: item.to ?? null,
    replacedBy: item.replacedBy ?? null,
    attributes: item.attributes ?? {},
    isUnsure: item.unsure ?? false,
  }));

/** What a file says of the list as a whole. */
export const factsOfFile = (file: CatalogueFile): CatalogueFacts => ({
  code: file.code,
  nameVi: file.name.vi,
  nameEn: file.name.en,
  descriptionVi: file.description?.vi ?? '',
  descriptionEn: file.description?.en ?? '',
  scope: file.scope,
  owner: file.owner,
  legalBasis: file.legalBasis,
  partnerCode: file.partnerCode ?? null,
  isUnsure: file.unsure !== undefined,
  unsureNote: file.unsure ?? null,
  attributes: file.attributes ?? [],
});

/** Reads a file of a catalogue; either the file, or every fault with its place. Never throws at content. */
export function readCatalogueFile(content: string): { file: CatalogueFile; digest: string } | { faults: FileFault[] } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { faults: [{ place: '/', message: 'is no JSON' }] };
  }
  if (!check(value)) {
    const faults = (check.errors ?? []).slice(0, 20);
    return {
      faults: faults.map((fault) => ({ place: fault.instancePath || '/', message: fault.message ?? fault.keyword })),
    };
  }
  const faults: FileFault[] = value.versions.flatMap((version, number) => {
    const before = value.versions[number - 1];
    const own: FileFault[] = [];
    if (!isDate(version.validFrom)) own.push({ place: `/versions/${number}/validFrom`, message: 'is no day' });
    if (before && before.validFrom >= version.validFrom)
      own.push({ place: `/versions/${number}/validFrom`, message: 'must be after the version before' });
    for (const [at, found] of listFaults(itemsOfFile(version.items)))
      own.push({ place: `/versions/${number}/items/${at}`, message: found.join(', ') });
    return own;
  });
  if (faults.length > 0) return { faults };
  return { file: value, digest: createHash('sha256').update(JSON.stringify(value)).digest('hex') };
}
