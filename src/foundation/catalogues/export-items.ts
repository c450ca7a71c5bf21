import { download, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Locale } from '../../platform/http/page-context.ts';
import type { CatalogueFile } from './catalogue-file.ts';
import type { Reader } from '../../platform/database.ts';
import { findCatalogue, type Catalogue } from './catalogue-queries.ts';
import { itemsOf, versionOn } from './version-queries.ts';
import type { Item } from './catalogue.ts';
import { sheetHeadings } from './item-sheet.ts';

/** A version as it stands in a file: what `import` reads again. */
export function fileOf(
  catalogue: Catalogue,
  version: { validFrom: string; decision: string | null; items: readonly Item[] },
): CatalogueFile {
  const given = <T>(name: string, value: T | null | undefined | '' | false) =>
    value === null || value === undefined || value === '' || value === false ? {} : { [name]: value };
  return {
    code: catalogue.code,
    name: { vi: catalogue.nameVi, en: catalogue.nameEn },
    description: { vi: catalogue.descriptionVi, en: catalogue.descriptionEn },
    scope: catalogue.scope,
    owner: catalogue.owner,
    legalBasis: catalogue.legalBasis,
    ...given('partnerCode', catalogue.partnerCode),
    ...given('unsure', catalogue.unsureNote),
    attributes: [...catalogue.attributes],
    versions: [
      {
        validFrom: version.validFrom,
        ...given('decision', version.decision),
        items: version.items.map((item) => ({
          code: item.code,
          vi: item.nameVi,
          ...given('en', item.nameEn),
          ...given('parent', item.parentCode),
          ...given('from', item.validFrom),
          ...given('to', item.validTo),
          ...given('replacedBy', item.replacedBy),
          ...(Object.keys(item.attributes).length > 0 ? { attributes: { ...item.attributes } } : {}),
          ...given('unsure', item.isUnsure),
        })),
      },
    ],
  };
}

/** A version to take away as `csv`, `xlsx` or `json`. @throws notFound for another format */
export async function exportItems(
  format: string,
  locale: Locale,
  catalogue: Catalogue,
  version: { validFrom: string; decision: string | null; items: readonly Item[] },
): Promise<Reply> {
  if (format === 'json')
    return download(`${JSON.stringify(fileOf(catalogue, version), null, 2)}\n`, {
      fileName: `${catalogue.code}.json`,
      type: 'application/json; charset=utf-8',
    });
  const headings = sheetHeadings[locale];
  return tableExport(format, {
    locale,
    name: catalogue.code,
    rows: version.items,
    columns: [
      { heading: headings.code, value: (item: Item) => item.code, width: 16 },
      { heading: headings.nameVi, value: (item: Item) => item.nameVi, width: 50 },
      { heading: headings.nameEn, value: (item: Item) => item.nameEn, width: 40 },
      { heading: headings.parent, value: (item: Item) => item.parentCode, width: 16 },
      { heading: headings.validFrom, value: (item: Item) => item.validFrom, width: 14 },
      { heading: headings.validTo, value: (item: Item) => item.validTo, width: 14 },
      { heading: headings.replacedBy, value: (item: Item) => item.replacedBy, width: 16 },
      ...catalogue.attributes.map((attribute) => ({
        heading: attribute[locale],
        value: (item: Item) => item.attributes[attribute.key],
      })),
    ],
  });
}

/** A catalogue as a file of one version, the one in force on a day; undefined when there is no such list. */
export async function packCatalogue(reader: Reader, code: string, onDate: string): Promise<CatalogueFile | undefined> {
  const catalogue = await findCatalogue(reader, code);
  const version = catalogue && (await versionOn(reader, catalogue.id, onDate));
  if (!catalogue || !version?.validFrom) return undefined;
  const items = await itemsOf(reader, version.id);
  return fileOf(catalogue, { validFrom: version.validFrom, decision: version.decision, items });
}
