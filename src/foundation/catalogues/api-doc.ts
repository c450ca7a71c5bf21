import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { aDay, maybe, oneOf, pageOf, said, Words } from '../../platform/http/api-schema.ts';
import { catalogueMissing, itemMissing } from './catalogue-problems.ts';
import { scopes } from './catalogue.ts';

const tag = 'catalogues';
const code = { description: { vi: 'Mã danh mục', en: 'Code of the catalogue' }, example: 'dan-toc' };
const facts = {
  code: Type.String(said('Mã danh mục', 'Code')),
  name: Words,
  description: Type.Object({ vi: maybe(Type.String()), en: maybe(Type.String()) }),
  scope: oneOf(scopes, said('Phạm vi dùng', 'Where it is used')),
  owner: maybe(Type.String(said('Cơ quan quản lý', 'Who keeps it'))),
  legalBasis: maybe(Type.String(said('Căn cứ pháp lý', 'Legal basis'))),
  partnerCode: maybe(Type.String()),
  isUnsure: Type.Boolean(said('Chưa được xác nhận', 'Not confirmed yet')),
  unsureNote: maybe(Type.String()),
};
const item = {
  code: Type.String(),
  name: Words,
  parent: maybe(Type.String(said('Mã mục cha', 'Code of the item above'))),
  validFrom: maybe(aDay('Từ ngày', 'From')),
  validTo: maybe(aDay('Đến hết ngày', 'Until')),
  replacedBy: maybe(Type.String(said('Được thay bằng', 'Code that took its place'))),
  attributes: Type.Object({}, said('Thuộc tính riêng', 'Further facts')),
  isUnsure: Type.Boolean(),
  isChoosable: Type.Boolean(said('Chọn được vào ngày được hỏi', 'May be chosen on the day')),
};
const Item = Type.Object(item, { title: 'CatalogueItem' });

/** What the document says of the operations of catalogues. */
export const catalogueDocs = {
  list: {
    id: 'listCatalogues',
    tag,
    summary: { vi: 'Các danh mục dùng chung', en: 'List shared catalogues' },
    answers: {
      200: {
        description: { vi: 'Một trang', en: 'A page' },
        schema: pageOf(
          Type.Object(
            {
              ...facts,
              version: maybe(Type.Integer()),
              validFrom: maybe(aDay('Từ ngày', 'From')),
              items: maybe(Type.Integer()),
            },
            { title: 'CatalogueLine' },
          ),
        ),
      },
    },
    conditional: 'etag',
  },
  one: {
    id: 'getCatalogue',
    tag,
    summary: { vi: 'Một danh mục với các phiên bản, ánh xạ', en: 'One catalogue with its versions and mappings' },
    params: { code },
    answers: {
      200: {
        description: { vi: 'Danh mục', en: 'The catalogue' },
        schema: Type.Object(
          {
            ...facts,
            attributes: Type.Array(Type.Unknown()),
            versions: Type.Array(
              Type.Object({
                number: Type.Integer(),
                validFrom: aDay('Từ ngày', 'From'),
                decision: maybe(Type.String()),
                items: Type.Integer(),
              }),
            ),
            mappings: Type.Array(Type.Object({ to: Type.String(), entries: Type.Integer() })),
          },
          { title: 'Catalogue' },
        ),
      },
    },
    problems: [catalogueMissing],
    conditional: 'etag',
  },
  items: {
    id: 'listCatalogueItems',
    tag,
    summary: { vi: 'Các mục của danh mục vào một ngày', en: 'Items of a catalogue on a day' },
    params: { code },
    answers: {
      200: {
        description: { vi: 'Một trang', en: 'A page' },
        schema: pageOf(Item, { version: maybe(Type.Integer()), validFrom: maybe(aDay('Từ ngày', 'From')) }),
      },
    },
    problems: [catalogueMissing],
    conditional: 'etag',
  },
  item: {
    id: 'getCatalogueItem',
    tag,
    summary: { vi: 'Một mục của danh mục', en: 'One item, as it holds on a day' },
    params: { code, item: { description: { vi: 'Mã mục', en: 'Code of the item' }, example: '01' } },
    answers: {
      200: {
        description: { vi: 'Mục', en: 'The item' },
        schema: Type.Object({ ...item, version: Type.Integer() }, { title: 'CatalogueItemOfVersion' }),
      },
    },
    problems: [catalogueMissing, itemMissing],
    conditional: 'etag',
  },
  mapping: {
    id: 'listCatalogueMapping',
    tag,
    summary: { vi: 'Ánh xạ mã sang danh mục khác', en: 'What the codes of a catalogue stand for in another, on a day' },
    params: {
      code: { ...code, example: 'tinh-thanh' },
      target: { description: { vi: 'Danh mục đích', en: 'The other catalogue' }, example: 'tinh-thanh' },
    },
    answers: {
      200: {
        description: { vi: 'Một trang', en: 'A page' },
        schema: pageOf(
          Type.Object(
            {
              from: Type.String(),
              to: Type.String(),
              validFrom: maybe(aDay('Từ ngày', 'From')),
              validTo: maybe(aDay('Đến hết ngày', 'Until')),
              note: maybe(Type.String()),
            },
            { title: 'CatalogueMapping' },
          ),
        ),
      },
    },
    problems: [catalogueMissing],
    conditional: 'etag',
  },
} as const satisfies Record<string, ApiDoc>;
