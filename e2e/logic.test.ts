import { build } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { evaluate } from '../src/engines/forms/logic.ts';
import { evaluateForm } from '../src/engines/forms/evaluate-form.ts';
import { exampleForm } from '../src/engines/forms/example-form.ts';
import { logicCorpus } from '../src/engines/forms/testing/logic-corpus.ts';
import { jsonLogicWithoutCompiler } from '../vite-json-logic.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';

/* The same files work out a form's logic on the server and in the browser: here both answer the same cases. */

const opened = await openBrowser();
afterAll(closeBrowser);

/** The logic as browsers load it: the same bundler and the same plugin as the product's. */
async function bundle(): Promise<string> {
  const entry = 'virtual:logic';
  const source = `import { evaluate } from '/src/engines/forms/logic.ts';
    import { evaluateForm } from '/src/engines/forms/evaluate-form.ts';
    globalThis.senLogic = { evaluate, evaluateForm };`;
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      jsonLogicWithoutCompiler(),
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : null),
        load: (id) => (id === `\0${entry}` ? source : null),
      },
    ],
    build: { write: false, target: 'es2020', rollupOptions: { input: entry, output: { format: 'iife' } } },
  });
  const output = (Array.isArray(result) ? result[0]! : result) as { output: { code?: string }[] };
  return output.output[0]?.code ?? '';
}

describe.skipIf('reason' in opened)(`logic in the browser${'reason' in opened ? `: ${opened.reason}` : ''}`, () => {
  test('answers every case of the corpus, and a whole form, as the server does', async () => {
    if ('reason' in opened) return;
    const page = await opened.browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    const cases = logicCorpus.map(([logic, data]) => ({ logic, data: { today: '2026-11-23', ...data } }));
    const there = await page.evaluate((given: string) => {
      const { senLogic } = globalThis as unknown as {
        senLogic: { evaluate: (logic: unknown, data: unknown) => unknown };
      };
      const all = JSON.parse(given) as { logic: unknown; data: unknown }[];
      return all.map(({ logic, data }) => JSON.stringify(senLogic.evaluate(logic, data)));
    }, JSON.stringify(cases));
    expect(there).toEqual(cases.map(({ logic, data }) => JSON.stringify(evaluate(logic, data))));
    const forms = [
      {},
      {
        trade: 'other',
        otherTrade: 'Nuôi ong',
        shared: true,
        ownCapital: 1_250_000,
        members: [{ memberName: 'Nam', capital: 5 }],
      },
      {
        equipment: [{ item: 'Bếp', quantity: 2, price: 4_000_000 }],
        dateOfBirth: '1990-05-12',
        startDate: '2026-12-01',
      },
    ];
    const settled = await page.evaluate(
      (text: string) => {
        const { senLogic } = globalThis as unknown as {
          senLogic: {
            evaluateForm: (form: unknown, values: unknown, at: unknown) => { values: unknown; shown: Set<string> };
          };
        };
        const { form, given } = JSON.parse(text) as { form: unknown; given: unknown[] };
        return given.map((values) => {
          const result = senLogic.evaluateForm(form, values, { today: '2026-11-23' });
          return JSON.stringify([result.values, [...result.shown].sort()]);
        });
      },
      JSON.stringify({ form: exampleForm, given: forms }),
    );
    const here = forms.map((values) => {
      const result = evaluateForm(exampleForm, values as never, { today: '2026-11-23' });
      return JSON.stringify([result.values, [...result.shown].sort()]);
    });
    expect(settled).toEqual(here);
    await page.close();
  });
});
