import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { h, type ComponentChildren, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { validateAnswers } from '../src/engines/forms/index.ts';
import { contractOf } from '../src/engines/forms/contract.ts';
import type { Field, FieldType, FormDefinition, Values } from '../src/engines/forms/definition.ts';
import { renderFormPage } from '../src/engines/forms/views/form-page.tsx';

/**
 * A form of 120 fields of every kind with 40 conditions, all on one page: drawing it and judging all its answers, one after the other. The limit
 * of drawing is Preact over the finished tree of the same HTML; that of judging is Ajv alone over the same contract. `product` and `limit` are
 * forms drawn and judged in a second; the promise is 5 ms p99 for each, and a page of 60 kB compressed at most.
 */
const ROUNDS = Number(process.argv[2] ?? 1_500);
const words = (text: string) => ({ vi: text, en: text });
const options = ['mot', 'hai', 'ba'].map((value) => ({ value, label: words(`Lựa chọn ${value}`) }));
const types: FieldType[] = ['text', 'longText', 'integer', 'decimal', 'money', 'date', 'identityNumber', 'phone', 'email', 'yesNo', 'radios', 'select', 'checkboxes', 'declaration']; // prettier-ignore
const answers: Record<string, Values[string]> = {
  text: 'Nguyễn Thị Ánh Nguyệt',
  longText: 'Xóm 3, xã Kim Liên\ngần chợ',
  integer: 7,
  decimal: 1.5,
  money: 1_250_000,
  date: '1990-05-12',
  identityNumber: '040190000012',
  phone: '0912345678',
  email: 'lan@example.vn',
  yesNo: true,
  radios: 'hai',
  select: 'ba',
  checkboxes: ['mot', 'ba'],
  declaration: true,
};

const fields = Array.from({ length: 120 }, (_, i): Field => {
  const type = types[i % types.length]!;
  return {
    name: `field${i}`,
    type,
    label: words(`Câu hỏi số ${i}`),
    hint: words(`Gợi ý của câu ${i}`),
    ...(i % 3 === 2 ? { showWhen: { '!': [{ empty: { var: `field${i - 1}` } }] } } : {}),
    ...(['radios', 'select', 'checkboxes'].includes(type) ? { options } : {}),
    ...(type === 'declaration' ? { text: words('Tôi cam đoan những nội dung trên là đúng sự thật.') } : {}),
  } as Field;
});
const definition: FormDefinition = {
  code: 'do-toc-do',
  title: words('Biểu mẫu lớn'),
  schema: { type: 'object' },
  ui: {
    pages: [
      {
        id: 'trang',
        title: words('Trang'),
        groups: [0, 1].map((half) => ({ id: `nhom-${half}`, fields: fields.slice(half * 60, half * 60 + 60) })),
      },
    ],
  },
};
const values: Values = Object.fromEntries(fields.map((field) => [field.name, answers[field.type]!]));
const circumstances = { today: '2026-11-23', versionId: 'bench' };

const page = () => renderFormPage({ definition, pageId: 'trang', values, locale: 'vi', surroundings: circumstances });
const draw = (): string => renderToString(page());
const judge = (): number => validateAnswers(definition, values, circumstances).errors.length;

/** The finished tree of the page: components and decisions gone, only elements with their attributes left. */
function treeOf(html: string): VNode {
  const root: { tag: string; props: Record<string, string | true>; children: ComponentChildren[] } = {
    tag: 'div',
    props: {},
    children: [],
  };
  const stack = [root];
  const text = (raw: string): string => raw.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  for (const [, close, tag, attributes = '', words2] of html.matchAll(/<(\/?)([a-z0-9-]+)([^>]*)>|([^<]+)/g)) {
    const top = stack.at(-1)!;
    if (words2 !== undefined) top.children.push(text(words2));
    else if (close) {
      const done = stack.pop()!;
      stack.at(-1)!.children.push(h(done.tag, done.props, ...done.children));
    } else {
      const props: Record<string, string | true> = {};
      for (const [, name = '', value] of attributes.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g))
        props[name] = value === undefined ? true : text(value);
      if (/^(input|br|hr|img)$/.test(tag!)) top.children.push(h(tag!, props));
      else stack.push({ tag: tag!, props, children: [] });
    }
  }
  return h('div', null, ...root.children);
}

const html = draw();
if (judge() !== 0) throw new Error('The answers of the bench are not right');
const tree = treeOf(html);
const bare = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(contractOf(definition));
if (!bare(values)) throw new Error('The bare contract refuses the answers');

function timed(work: () => unknown): number[] {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const started = performance.now();
    work();
    times.push(performance.now() - started);
  }
  return times;
}
const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!;
const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length;
const round = (value: number): number => Math.round(value * 1_000) / 1_000;

for (const work of [draw, judge, () => renderToString(tree), () => bare(values)])
  for (let i = 0; i < 200; i += 1) work();
// In turns, so that a busy machine is the same for all.
const drawn: number[] = [];
const judged: number[] = [];
const treeDrawn: number[] = [];
const bareJudged: number[] = [];
for (let turn = 0; turn < 3; turn += 1) {
  drawn.push(...timed(draw));
  treeDrawn.push(...timed(() => renderToString(tree)));
  judged.push(...timed(judge));
  bareJudged.push(...timed(() => bare(values)));
}
const product = 1_000 / (mean(drawn) + mean(judged));
const limit = 1_000 / (mean(treeDrawn) + mean(bareJudged));
console.log(
  JSON.stringify({
    bench: 'form',
    unit: 'forms/s',
    product: Math.round(product),
    limit: Math.round(limit),
    ratio: round(product / limit),
    p50_ms: round(percentile(drawn, 0.5) + percentile(judged, 0.5)),
    p99_ms: round(percentile(drawn, 0.99) + percentile(judged, 0.99)),
    n: drawn.length,
    fields: fields.length,
    conditions: fields.filter((field) => field.showWhen !== undefined).length,
    draw_p99_ms: round(percentile(drawn, 0.99)),
    judge_p99_ms: round(percentile(judged, 0.99)),
    bare_draw_p99_ms: round(percentile(treeDrawn, 0.99)),
    bare_judge_p99_ms: round(percentile(bareJudged, 0.99)),
    page_gzip_bytes: gzipSync(html).length,
    page_brotli_bytes: brotliCompressSync(html).length,
  }),
);
