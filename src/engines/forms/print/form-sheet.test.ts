import { expect, test } from 'vitest';
import { exampleForm } from '../example-form.ts';
import { aForm, testBooks, textField, words } from '../testing.ts';
import { conditionInWords } from './condition-words.ts';
import { formSheet } from './form-sheet.ts';
import { printForm } from './print-form.ts';

const setting = { locale: 'vi' as const, today: '2026-11-22', books: testBooks(), footer: '1.001612 · v1' };
const hostile = '#strong[x] $x$ "]) <script> \\u{41} #read("/etc/passwd")';
const blocksOf = (sheet: ReturnType<typeof formSheet>) => sheet.sections.flatMap((section) => section.blocks);

test('a blank form has room for every field, by its kind', () => {
  const sheet = formSheet(exampleForm, setting, null);
  const items = blocksOf(sheet).flatMap((block) => (block.kind === 'row' ? block.items : []));
  const control = (label: string) => items.find((item) => item.label === label)?.control;
  expect(control('Số định danh cá nhân')).toEqual({ kind: 'digits', groups: [12], between: '' });
  expect(control('Ngày sinh')).toEqual({ kind: 'digits', groups: [2, 2, 4], between: '/' });
  expect(control('Ngành chính')).toMatchObject({ kind: 'choices', items: ['Ăn uống', 'Bán lẻ', 'Ngành khác'] });
  expect(control('Vốn của bạn')).toMatchObject({ kind: 'money', suffix: 'đồng' });
  expect(control('Địa điểm kinh doanh')).toMatchObject({ kind: 'parts' });
  expect(items.find((item) => item.label === 'Thư điện tử')?.remark).toBe('(nếu có)');
  const tables = blocksOf(sheet).filter((block) => block.kind === 'table');
  expect(tables.map((table) => table.title)).toEqual(['Các thành viên', 'Máy móc, thiết bị']);
  expect(tables[0]?.note).toBe('Chỉ khai khi “Nhiều người cùng góp vốn?” là “Có”');
  expect(blocksOf(sheet).filter((block) => block.kind === 'tick')).toHaveLength(2);
});

test('every group of many fields becomes columns per item, so that it fits across the paper', () => {
  const form = aForm([[textField('a')]]);
  form.ui.pages[0]!.groups[0] = {
    id: 'con',
    repeat: { name: 'children', itemTitle: words('Người con') },
    fields: ['b', 'c', 'd', 'e', 'f', 'g'].map((name) => textField(name)),
  };
  const [table] = blocksOf(formSheet(form, setting, null));
  expect(table).toMatchObject({ kind: 'table', head: ['', 'Người con 1', 'Người con 2'], isFirstColumnLabel: true });
});

test('a filled form says what was entered, and only what was asked', () => {
  const values = {
    fullName: hostile,
    shared: false,
    members: [{ memberName: 'Ẩn' }],
    oath: true,
    identityNumber: '040012345678',
  };
  const sheet = formSheet(exampleForm, setting, { values, masked: true });
  const text = JSON.stringify(sheet);
  expect(text).not.toContain('Ẩn'); // the members are not asked when nobody shares the capital
  expect(text).not.toContain('040012345678');
  expect(blocksOf(sheet)).toContainEqual(expect.objectContaining({ kind: 'tick', isTicked: true }));
});

test('blank and filled are PDFs in both languages, whatever people have typed', () => {
  for (const locale of ['vi', 'en'] as const) {
    const blank = printForm(exampleForm, { ...setting, locale, subtitle: hostile, addressee: hostile });
    expect(blank.subarray(0, 5).toString()).toBe('%PDF-');
    const filled = printForm(
      exampleForm,
      { ...setting, locale },
      { values: { fullName: hostile, businessName: hostile, members: 7 as never } },
    );
    expect(filled.subarray(0, 5).toString()).toBe('%PDF-');
  }
});

test('a condition that has no short words is not explained wrongly', () => {
  const say = (logic: Parameters<typeof conditionInWords>[1]) => conditionInWords(exampleForm, logic, 'vi');
  expect(say(undefined)).toBeNull();
  expect(say({ '==': [{ var: 'trade' }, 'food'] })).toBe('Chỉ khai khi “Ngành chính” là “Ăn uống”');
  expect(say({ in: [{ var: 'trade' }, ['food', 'retail']] })).toBe(
    'Chỉ khai khi “Ngành chính” là một trong “Ăn uống”, “Bán lẻ”',
  );
  expect(say({ '<': [{ age: [{ var: 'dateOfBirth' }, { var: 'today' }] }, 18] })).toBe('Chỉ khai nếu có');
  expect(say({ '==': [{ var: 'nobody' }, 1] })).toBe('Chỉ khai nếu có');
});
