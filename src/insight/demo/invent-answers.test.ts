import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { validateAnswers, type FormDefinition } from '../../engines/forms/index.ts';
import { loadAddressBook } from '../../foundation/organisations/index.ts';
import { diceOf } from './dice.ts';
import { answersOf, inventAnswers } from './invent-answers.ts';

const folder = 'province/nghe-an/forms';
const addresses = await loadAddressBook();
const forms = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as FormDefinition,
);
const needsFile = (form: FormDefinition): boolean =>
  form.ui.pages.some((page) =>
    page.groups.some((group) => group.fields.some((field) => field.type === 'file' && field.required !== false)),
  );
const today = '2026-11-20';

test.each(forms.filter((form) => !needsFile(form)).map((form) => [form.code, form] as const))(
  'the demonstration answers %s rightly, also by another person, and always alike',
  (code, form) => {
    const place = { today, province: '40', addresses, versionId: `demo-test/${code}` };
    for (let i = 0; i < 6; i += 1) {
      const values = inventAnswers(form, diceOf('test', `${code}/${i}`), place);
      expect(values).not.toBeNull();
      expect(inventAnswers(form, diceOf('test', `${code}/${i}`), place)).toEqual(values);
      const own = answersOf(form, values ?? {}, {
        'person.fullName': 'Lô Thị Mai',
        'person.identityNumber': '040190000017',
        'person.phone': '0912000017',
        'business.name': 'Công ty TNHH Sông Lam',
      });
      const judged = validateAnswers(form, own, { today, context: { channel: 'online' }, books: { addresses } });
      expect(judged.errors).toEqual([]);
    }
  },
);
