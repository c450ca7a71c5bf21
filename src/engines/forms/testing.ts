import type { AddressBook, Books, FormFile } from './books.ts';
import type { Field, FormDefinition, Logic, Page, Text } from './definition.ts';

/** The same words in both languages, for tests. */
export const words = (text: string): Text => ({ vi: text, en: `${text} (en)` });

/** A form of one group per page out of fields. */
export function aForm(
  pages: Field[][],
  extra: Partial<FormDefinition['ui']> = {},
  schema: FormDefinition['schema']['properties'] = {},
): FormDefinition {
  return {
    code: 'bieu-mau-thu',
    title: words('Biểu mẫu thử'),
    schema: { type: 'object', properties: schema },
    ui: {
      pages: pages.map((fields, i): Page => ({
        id: `trang-${i + 1}`,
        title: words(`Trang ${i + 1}`),
        groups: [{ id: `nhom-${i + 1}`, fields }],
      })),
      ...extra,
    },
  };
}

/** A short text field. */
export const textField = (
  name: string,
  extra: { showWhen?: Logic; requiredWhen?: Logic; required?: boolean } = {},
): Field => ({
  name,
  type: 'text',
  label: words(`Mục ${name}`),
  ...extra,
});

const unit = (code: string, name: string) => ({ code, name });

/** Two provinces; three tiers before 1 July 2025, two after. */
export const testAddresses: AddressBook = {
  unitsOn: (date) => {
    const hasDistricts = date < '2025-07-01';
    const children: Record<string, { code: string; name: string }[]> = hasDistricts
      ? { '40': [unit('412', 'Thành phố Vinh')], '412': [unit('16681', 'Phường Đông Vĩnh')] }
      : {
          '40': [unit('16690', 'Phường Trường Vinh'), unit('16708', 'Phường Thành Vinh')],
          '42': [unit('18073', 'Phường Thành Sen')],
        };
    return {
      hasDistricts,
      provinces: () => [unit('40', 'Tỉnh Nghệ An'), unit('42', 'Tỉnh Hà Tĩnh')],
      children: (code) => (Object.hasOwn(children, code) ? (children[code] ?? []) : []),
    };
  },
};

/** Books with the addresses above and the files given. */
export const testBooks = (files: FormFile[] = []): Books => ({
  addresses: testAddresses,
  files: { find: (id) => files.find((file) => file.id === id) },
  options: {
    optionsOf: (catalogue) =>
      catalogue === 'dan-toc'
        ? [
            { value: 'kinh', label: words('Kinh') },
            { value: 'thai', label: words('Thái') },
          ]
        : undefined,
  },
});

/** A posted body out of pairs; a list posts the name several times. */
export function aPost(fields: Record<string, string | string[]>): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) body.append(name, item);
  return body;
}
