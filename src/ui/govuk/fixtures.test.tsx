import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { LocaleProvider } from '../../platform/http/page-context.ts';
import { normaliseHtml } from '../testing/normalise-html.ts';
import { TrustedHtml, type TrustedMarkup } from './content.tsx';

/**
 * Every wrapper renders every example that govuk-frontend ships with it and gives the same HTML. There are no
 * exceptions, and there should be none.
 */

const wrappers: Record<string, string> = {
  accordion: 'Accordion',
  'back-link': 'BackLink',
  breadcrumbs: 'Breadcrumbs',
  button: 'Button',
  'character-count': 'CharacterCount',
  checkboxes: 'Checkboxes',
  'date-input': 'DateInput',
  details: 'Details',
  'error-message': 'ErrorMessage',
  'error-summary': 'ErrorSummary',
  fieldset: 'Fieldset',
  'file-upload': 'FileUpload',
  hint: 'Hint',
  input: 'Input',
  'inset-text': 'InsetText',
  label: 'Label',
  'notification-banner': 'NotificationBanner',
  pagination: 'Pagination',
  panel: 'Panel',
  'password-input': 'PasswordInput',
  'phase-banner': 'PhaseBanner',
  radios: 'Radios',
  select: 'Select',
  'service-navigation': 'ServiceNavigation',
  'skip-link': 'SkipLink',
  'summary-list': 'SummaryList',
  table: 'Table',
  tabs: 'Tabs',
  tag: 'Tag',
  'task-list': 'TaskList',
  textarea: 'Textarea',
  'warning-text': 'WarningText',
};

const componentsFolder = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist/govuk/components',
);

interface Fixture {
  name: string;
  options: Record<string, unknown>;
  html: string;
}

/** The examples carry raw markup in options named `html`; only this test turns it into trusted markup. */
function withTrustedMarkup(value: unknown, key = ''): unknown {
  const isMarkup = /^(html|titleHtml|descriptionHtml|summaryHtml|start|navigation(Start|End))$/.test(key);
  if (typeof value === 'string' && key === 'end') return { html: withTrustedMarkup(value, 'html') };
  if (typeof value === 'string' && isMarkup) return value && h(TrustedHtml, { markup: value as TrustedMarkup });
  if (Array.isArray(value)) return value.map((item) => withTrustedMarkup(item));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTrustedMarkup(item, name)]));
  }
  return value;
}

describe.each(Object.entries(wrappers))('%s', async (folder, exportName) => {
  const module = (await import(`./${folder}.tsx`)) as Record<string, ComponentType<object>>;
  const component = module[exportName];
  if (!component) throw new Error(`${folder}.tsx does not export ${exportName}`);
  const file = join(componentsFolder, folder, 'fixtures.json');
  const { fixtures } = JSON.parse(readFileSync(file, 'utf8')) as { fixtures: Fixture[] };

  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const props = withTrustedMarkup(fixture.options) as object;
    const ours = normaliseHtml(
      renderToString(h(LocaleProvider, { locale: 'en', keepsPaths: true, children: h(component, props) })),
    );
    expect(ours).toBe(normaliseHtml(fixture.html));
  });
});

test('the package still ships the examples', () => {
  expect(existsSync(join(componentsFolder, 'button/fixtures.json'))).toBe(true);
});
