import { HtmlValidate } from 'html-validate/node';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { checkFormDefinition } from '../check-definition.ts';
import type { Field, FieldType, FormDefinition, Locale, Values } from '../definition.ts';
import { exampleForm } from '../example-form.ts';
import type { Prefilled } from '../books.ts';
import { parseFormPost } from '../form-post.ts';
import { aForm, aPost, testBooks, words } from '../testing.ts';
import { renderCheckAnswers, renderSubmission } from './answers-view.tsx';
import { errorTarget, renderFormPage, type FormPageProps } from './form-page.tsx';

const surroundings = { today: '2026-11-22' };
const books = testBooks([{ id: 'f-1', name: 'hợp đồng.pdf', kind: 'pdf', sizeBytes: 20_000 }]);
const htmlValidate = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Matters of writing, not of validity: how Preact writes boolean attributes and what the kit's own markup does.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'no-inline-style': 'off',
    'doctype-style': 'off',
    'prefer-native-element': ['error', { exclude: ['region', 'button'] }],
    // The kit's own date input says role="group" on its fieldset, as the shipped fixtures do; boxes of one question share a name.
    'no-redundant-role': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    'no-implicit-button-type': 'off',
    'text-content': 'off',
    'tel-non-breaking': 'off',
  },
});
const invalid = async (html: string): Promise<string[]> => {
  const page = `<!DOCTYPE html><html lang="vi"><head><title>Thử</title></head><body><main>${html}</main></body></html>`;
  const report = await htmlValidate.validateString(page);
  return report.results.flatMap((result) =>
    result.messages.map((m) => `${m.ruleId}: ${m.message} (${m.selector ?? ''})`),
  );
};
const render = (props: Partial<FormPageProps> & { pageId: string }): string =>
  renderToString(renderFormPage({ definition: exampleForm, values: {}, locale: 'vi', surroundings, books, ...props }));
const answered: Values = {
  trade: 'other',
  otherTrade: 'Nuôi ong',
  shared: true,
  ownCapital: 1_250_000,
  members: [{ memberName: 'Nam', capital: 5 }, { memberName: '<b>Hoa</b>' }],
  equipment: [{ item: 'Bếp', quantity: 2, price: 4_000_000 }],
  place: { province: '40', commune: '16690', detail: '12 Lê Lợi' },
  lease: ['f-1'],
  services: ['tax'],
  startDate: '2026-12-01',
};

/** 120 fields of every kind, 40 of them conditional. */
function bigForm(): FormDefinition {
  const types: FieldType[] = [
    'text',
    'longText',
    'integer',
    'decimal',
    'money',
    'date',
    'identityNumber',
    'taxCode',
    'phone',
    'email',
    'yesNo',
    'radios',
    'select',
    'checkboxes',
    'address',
    'file',
    'declaration',
    'businessNumber',
  ];
  const options = [
    { value: 'x', label: words('Có x') },
    { value: 'y', label: words('Có y') },
  ];
  const fields = Array.from({ length: 120 }, (_, i): Field => {
    const type = types[i % types.length]!;
    return {
      name: `field${i}`,
      type,
      label: words(`Mục số ${i}`),
      hint: words(`Gợi ý ${i}`),
      ...(i % 3 === 2 && i > 0 ? { showWhen: { '!': [{ empty: { var: `field${i - 1}` } }] } } : {}),
      ...(['radios', 'select', 'checkboxes'].includes(type) ? { options } : {}),
      ...(type === 'file' ? { accept: ['pdf'] } : {}),
      ...(type === 'declaration' ? { text: words('Tôi cam đoan') } : {}),
    } as Field;
  });
  return aForm([fields.slice(0, 60), fields.slice(60)]);
}

describe('pages', () => {
  test.each(exampleForm.ui.pages.map((page) => page.id))(
    '%s is valid HTML, empty, answered and with errors, in both languages',
    async (pageId) => {
      const parsed = parseFormPost(
        exampleForm,
        pageId,
        aPost({ '_rows.members': '2', 'members.0.capital': 'x', shared: 'yes', _asked: 'members' }),
        {},
        { ...surroundings, books },
      );
      for (const locale of ['vi', 'en'] as Locale[]) {
        expect(await invalid(render({ pageId, locale }))).toEqual([]);
        expect(await invalid(render({ pageId, locale, values: answered }))).toEqual([]);
        const again = render({ pageId, locale, values: parsed.values, errors: parsed.errors, typed: parsed.typed });
        expect(await invalid(again)).toEqual([]);
        for (const error of parsed.errors) expect(again).toContain(`id="${errorTarget(exampleForm, error).slice(1)}"`);
      }
    },
  );
  test('a form of 120 fields and 40 conditions is valid HTML', async () => {
    const form = bigForm();
    expect(checkFormDefinition(form)).toEqual([]);
    for (const page of form.ui.pages) expect(await invalid(render({ definition: form, pageId: page.id }))).toEqual([]);
  });
  test('what was typed wrongly is shown again with the reason', () => {
    const parsed = parseFormPost(
      exampleForm,
      'nguoi-dang-ky',
      aPost({ phone: '09123', 'dateOfBirth-day': '31', 'dateOfBirth-month': '2' }),
      {},
      surroundings,
    );
    const html = render({ pageId: 'nguoi-dang-ky', ...parsed });
    expect(html).toMatch(/name="phone"[^>]*value="09123"|value="09123"[^>]*name="phone"/);
    expect(html).toContain('Số điện thoại có 10 chữ số, bắt đầu bằng 0');
    expect(html).toContain('value="31"');
  });
  test('a field emptied on the page does not fill itself again', () => {
    const prefilled = { 'person.dateOfBirth': { value: '1990-01-01', from: words('Sổ') } };
    const parsed = parseFormPost(
      exampleForm,
      'nguoi-dang-ky',
      aPost({ 'dateOfBirth-year': '' }),
      {},
      surroundings,
      prefilled,
    );
    expect(render({ pageId: 'nguoi-dang-ky', ...parsed, prefilled })).not.toContain('value="1990"');
    expect(render({ pageId: 'nguoi-dang-ky', prefilled })).toContain('value="1990"');
  });
  test('a locked value is told with its source and masked, and has no control', () => {
    const from = { vi: 'Cơ sở dữ liệu quốc gia về dân cư', en: 'National population database' };
    const prefilled = {
      'person.identityNumber': { value: '040195001212', from, at: new Date('2026-11-22T09:41:00+07:00') },
    };
    const html = render({ pageId: 'nguoi-dang-ky', prefilled });
    expect(html).toContain('Cơ sở dữ liệu quốc gia về dân cư lúc 09:41');
    expect(html).toContain('040 195 ••• •12');
    expect(html).not.toContain('name="identityNumber"');
  });
  test('conditional parts wait in the page, hidden, for the script', () => {
    expect(render({ pageId: 'co-so' })).toMatch(/data-at="otherTrade" hidden/);
    expect(render({ pageId: 'co-so', values: answered })).not.toMatch(/data-at="otherTrade" hidden/);
  });
  test('answers are text, never markup', () => {
    const html = render({ pageId: 'von', values: answered });
    expect(html).not.toContain('<b>Hoa</b>');
    expect(html).toContain('một triệu hai trăm năm mươi nghìn đồng');
  });
  test('no English word on a Vietnamese page and no Vietnamese label on an English one', () => {
    for (const page of exampleForm.ui.pages) {
      const text = (locale: Locale) =>
        render({ pageId: page.id, locale, values: answered, books: {} }).replaceAll(/data-props="[^"]*"|<[^>]+>/g, ' ');
      expect(text('vi')).not.toMatch(/\b(Continue|Choose|Save|Add|Remove|Help|optional|Yes|No)\b/);
      expect(text('en')).not.toMatch(/Tiếp tục|Chọn|Lưu|Thêm|Bỏ|không bắt buộc|Gợi ý/);
    }
  });
});

describe('reading', () => {
  test('check-your-answers links each answer to its place and is valid', async () => {
    const html = renderToString(
      renderCheckAnswers({
        definition: exampleForm,
        values: answered,
        locale: 'vi',
        surroundings,
        books,
        changeHref: (page, id) => `/nop/${page}#${id}`,
      }),
    );
    expect(await invalid(html)).toEqual([]);
    expect(html).toContain('href="/nop/co-so#f-trade"');
    expect(html).toContain('12 Lê Lợi, Phường Trường Vinh, Tỉnh Nghệ An');
    expect(html).toContain('hợp đồng.pdf');
    expect(html).toContain('01/12/2026');
  });
  test('check-your-answers offers no change in a group that registers have locked altogether, and does in a mixed one', () => {
    const from = { vi: 'Cơ sở dữ liệu quốc gia về dân cư', en: 'National population database' };
    const locked = (name: string, source: string): Field => ({
      name,
      type: 'text',
      label: words(name),
      prefill: { source, locked: true } as never,
    });
    const open: Field = { name: 'nickname', type: 'text', label: words('nickname') };
    const name = locked('fullName', 'person.fullName');
    const place = locked('homeplace', 'person.homeplace');
    const linksOf = (fields: Field[][], prefilled: Prefilled): string[] =>
      [
        ...renderToString(
          renderCheckAnswers({
            definition: aForm(fields),
            values: { fullName: 'Lan', homeplace: 'Nghệ An', nickname: 'Na' },
            locale: 'vi',
            surroundings,
            prefilled,
            changeHref: (page, id) => `/nop/${page}#${id}`,
          }),
        ).matchAll(/#f-(\w+)/g),
      ].map((match) => match[1]!);
    const both = {
      'person.fullName': { value: 'Lan', from },
      'person.homeplace': { value: 'Nghệ An', from },
    };
    expect(linksOf([[name, place], [open]], both)).toEqual(['nickname']);
    expect(linksOf([[name, place, open]], both)).toEqual(['fullName', 'homeplace', 'nickname']);
    // The register knew one of the two: the other is the person's to type.
    expect(linksOf([[name, place]], { 'person.fullName': both['person.fullName'] })).toEqual(['fullName', 'homeplace']);
    expect(linksOf([[name, place]], {})).toEqual(['fullName', 'homeplace']);
  });
  test('a submission marks what changed since the one before', async () => {
    const before = {
      ...answered,
      otherTrade: 'Nuôi gà',
      services: undefined,
      members: [{ memberName: 'Nam', capital: 4 }, { memberName: 'Cũ' }, { memberName: 'Thừa', capital: 1 }],
    };
    delete (before as Partial<typeof before>).services;
    const html = renderToString(
      renderSubmission({
        definition: exampleForm,
        values: answered,
        before: before as unknown as Values,
        locale: 'vi',
        surroundings,
        books,
      }),
    );
    expect(await invalid(html)).toEqual([]);
    expect(html).toContain('Nuôi gà');
    for (const words of ['Đã sửa', 'Mới thêm', 'Đã bỏ', 'Trước đó:']) expect(html).toContain(words);
  });
  test('odd values are shown, not thrown at', () => {
    for (const odd of [null, 7, 'x', [], [null], { a: 1 }, true]) {
      const values = Object.fromEntries(Object.keys(answered).map((name) => [name, odd])) as unknown as Values;
      expect(() =>
        renderToString(
          renderSubmission({ definition: exampleForm, values, before: answered, locale: 'en', surroundings, books }),
        ),
      ).not.toThrow();
      for (const page of exampleForm.ui.pages) expect(() => render({ pageId: page.id, values })).not.toThrow();
    }
  });
});
