import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { readAssets } from '../assets.ts';
import { previewPages } from './preview-pages.tsx';
import { renderPreview } from './render-preview.tsx';

const assets = readAssets('dist/client');

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // The kit's own markup, held to its fixtures: buttons as links, white space, long titles.
    'no-inline-style': 'error',
    'prefer-native-element': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-implicit-button-type': 'off',
    'no-redundant-role': 'off',
    'tel-non-breaking': 'off',
    'doctype-style': 'off',
    'attr-case': 'off',
    'require-sri': 'off',
    'no-raw-characters': 'off',
    'no-redundant-for': 'off',
    'input-attributes': 'off',
    'form-dup-name': 'off',
    // Names of island elements and of `search` are newer than the validator's table.
    'element-name': 'off',
  },
});

describe.each(Object.keys(previewPages))('%s', (name) => {
  const html = renderPreview(name, assets);

  test('is valid HTML', async () => {
    const report = await validator.validateString(html);
    const messages = report.results.flatMap((result) => result.messages);
    expect(messages.map((message) => `${message.ruleId}: ${message.message} (${message.selector ?? ''})`)).toEqual([]);
  });

  test('has no inline script, style or event handler', () => {
    expect(html).not.toMatch(/<style|<script(?![^>]*src=)|\sstyle="|\son\w+="(?!(?:load|visible|interaction)")/);
  });

  test('has one h1, one main and a title', () => {
    expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(html.match(/<main[\s>]/g)).toHaveLength(1);
    expect(html).toMatch(/<title>.+ – .+<\/title>/);
  });
});

test('a hostile name cannot leave its text', () => {
  const html = renderPreview('home', assets, { person: { name: '<script>alert(1)</script>"', kind: 'citizen' } });
  expect(html).not.toContain('<script>alert');
});
