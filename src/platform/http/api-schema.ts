import { Type, type TObject, type TSchema } from 'typebox';

/* Pieces of the schemas of the public API. A schema with a `title` in one word becomes a component of the document. */

/** Words in both languages beside a schema: `description` is English, `x-vi` Vietnamese. */
export const said = (vi: string, en: string) => ({ description: en, 'x-vi': vi });

export const aDay = (vi: string, en: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-11-23'], ...said(vi, en) });
export const anInstant = (vi: string, en: string) =>
  Type.String({ format: 'date-time', examples: ['2026-11-23T01:30:00.000Z'], ...said(vi, en) });
export const anId = (vi: string, en: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    examples: ['01998a52-0000-7000-8000-000000000001'],
    ...said(vi, en),
  });
export const maybe = (schema: TSchema) => Type.Union([schema, Type.Null()]);
export const oneOf = (values: readonly (string | number)[], more: object = {}) =>
  Type.Unsafe<string>({ type: typeof values[0] === 'number' ? 'integer' : 'string', enum: [...values], ...more });

/** A name in Vietnamese, and in English where somebody wrote one. */
export const Words = Type.Object(
  { vi: Type.String(), en: Type.Optional(Type.Union([Type.String(), Type.Null()])) },
  { title: 'Words', ...said('Tên tiếng Việt, và tiếng Anh nếu có', 'Vietnamese, and English where there is one') },
);
export const UnitName = Type.Union(
  [
    Type.Object(
      { id: anId('Mã đơn vị', 'Unit'), nameVi: Type.String(), nameEn: Type.String(), shortName: Type.String() },
      { title: 'UnitName' },
    ),
    Type.Null(),
  ],
  said('Tên của đơn vị vào ngày được hỏi', 'The name of the unit on the day asked for'),
);

/** What a search or list takes to go on: at most so many rows, and where the page before ended. */
export const pageQuery = (max: number, standard: number) => ({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: max, default: standard, ...said('Số dòng mỗi trang', 'Rows of a page') }),
  ),
  cursor: Type.Optional(
    Type.String({
      maxLength: 4_000,
      ...said(
        'Vị trí tiếp theo, lấy từ next của trang trước',
        'Where the page before ended: its `next`. Opaque; do not build it yourself',
      ),
    }),
  ),
});

/** A page of a list. `next` is null at the end; the `Link` header holds the same as an address. */
export const pageOf = (item: TSchema, more: Record<string, TSchema> = {}): TObject =>
  Type.Object({
    items: Type.Array(item),
    next: maybe(Type.String(said('Đưa vào cursor để xem tiếp', 'Give it back as `cursor` to go on'))),
    ...more,
  });
