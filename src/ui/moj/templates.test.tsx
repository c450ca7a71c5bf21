import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import nunjucks from 'nunjucks';
import { expect, test } from 'vitest';
import { LocaleProvider } from '../../platform/http/page-context.ts';
import { TrustedHtml, type TrustedMarkup } from '../govuk/content.tsx';
import { normaliseHtml } from '../testing/normalise-html.ts';

/**
 * The moj package ships no examples, so each wrapper is compared with what the package's own template makes of the same options.
 * Not compared: `SortableTable` (the package has only a script for it) and `messages` (not wrapped: its template writes English and dates itself).
 */

const require_ = createRequire(import.meta.url);
const packages = [
  dirname(
    dirname(
      require_.resolve('@ministryofjustice/frontend/moj/components/alert/template.njk').split('/moj/')[0] + '/moj/x',
    ),
  ),
  join(dirname(require_.resolve('govuk-frontend/package.json')), 'dist'),
];
const environment = nunjucks.configure([packages[0] ?? '', packages[1] ?? ''], { autoescape: true });
// In the wrapper the caller formats the date; the template does it with these two.
environment.addFilter('mojDate', (value: string) => value);
environment.addFilter('date', (value: string) => value);

function theirs(component: string, macro: string, options: unknown, caller?: string): string {
  const call = caller === undefined ? `{{ ${macro}(params) }}` : `{% call ${macro}(params) %}${caller}{% endcall %}`;
  return environment.renderString(`{% from "moj/components/${component}/macro.njk" import ${macro} %}${call}`, {
    params: options,
  });
}

const markup = (html: string) => h(TrustedHtml, { markup: html as TrustedMarkup });

interface Case {
  file: string;
  exportName: string;
  macro: string;
  name: string;
  options: Record<string, unknown>;
  /** Where the wrapper's options differ in kind (JSX for markup). */
  ours?: Record<string, unknown>;
  caller?: string;
}

const field = { label: { text: 'Ngày' }, hint: { text: 'Ví dụ' }, id: 'd', name: 'd' };
const action = { text: 'Xem', href: '/x' };
const cases: Case[] = [
  ...(['information', 'success', 'warning', 'error'] as const).map((variant) => ({
    file: 'alert',
    exportName: 'Alert',
    macro: 'mojAlert',
    name: variant,
    options: {
      variant,
      title: 'A & B',
      text: '<b>no</b>',
      showTitleAsHeading: true,
      headingTag: 'h3',
      dismissible: true,
    },
  })),
  {
    file: 'alert',
    exportName: 'Alert',
    macro: 'mojAlert',
    name: 'title only',
    options: { title: 'Xong', classes: 'x', disableAutoFocus: true, focusOnDismissSelector: 'h1', dismissText: 'Đóng' },
  },
  {
    file: 'badge',
    exportName: 'Badge',
    macro: 'mojBadge',
    name: 'default',
    options: { text: 'Mới <', classes: 'moj-badge--green', attributes: { id: 'b' } },
  },
  {
    file: 'notification-badge',
    exportName: 'NotificationBadge',
    macro: 'mojNotificationBadge',
    name: 'count',
    options: { text: 7, visuallyHiddenText: 'new' },
  },
  {
    file: 'notification-badge',
    exportName: 'NotificationBadge',
    macro: 'mojNotificationBadge',
    name: 'many',
    options: { text: '150', classes: 'x' },
  },
  {
    file: 'notification-badge',
    exportName: 'NotificationBadge',
    macro: 'mojNotificationBadge',
    name: 'none',
    options: { text: 0 },
  },
  {
    file: 'button-menu',
    exportName: 'ButtonMenu',
    macro: 'mojButtonMenu',
    name: 'default',
    options: {
      button: { text: 'Thao tác', classes: 'x' },
      alignMenu: 'right',
      attributes: { id: 'm' },
      items: [action, { text: 'Xóa', classes: 'red', name: 'n', value: 'v' }],
    },
  },
  { file: 'date-picker', exportName: 'DatePicker', macro: 'mojDatePicker', name: 'default', options: field },
  {
    file: 'date-picker',
    exportName: 'DatePicker',
    macro: 'mojDatePicker',
    name: 'all',
    options: {
      ...field,
      value: '22/11/2026',
      minDate: '01/11/2026',
      maxDate: '30/11/2026',
      excludedDates: '02/11/2026',
      excludedDays: 'sunday',
      leadingZeros: true,
      weekStartDay: 'monday',
      errorMessage: { text: 'Sai' },
    },
  },
  {
    file: 'filter',
    exportName: 'Filter',
    macro: 'mojFilter',
    name: 'selected',
    options: {
      heading: { text: 'Lọc' },
      submit: { text: 'Lọc' },
      optionsHtml: '<p>x</p>',
      selectedFilters: {
        heading: { text: 'Đã chọn' },
        clearLink: { text: 'Bỏ', href: '/l' },
        categories: [{ heading: { text: 'Trạng thái' }, items: [{ text: 'Mới', href: '/a' }] }],
      },
    },
    ours: { optionsHtml: markup('<p>x</p>') },
  },
  {
    file: 'filter',
    exportName: 'Filter',
    macro: 'mojFilter',
    name: 'none selected',
    options: { heading: { text: 'Lọc' }, attributes: { id: 'f' } },
  },
  {
    file: 'identity-bar',
    exportName: 'IdentityBar',
    macro: 'mojIdentityBar',
    name: 'menus',
    options: { title: { text: 'Trần Thị Hoa' }, menus: [{ items: [action] }], classes: 'x' },
  },
  {
    file: 'page-header-actions',
    exportName: 'PageHeaderActions',
    macro: 'mojPageHeaderActions',
    name: 'items',
    options: { heading: { text: 'Hồ sơ', level: 2, classes: 'govuk-heading-l' }, items: [action] },
  },
  {
    file: 'page-header-actions',
    exportName: 'PageHeaderActions',
    macro: 'mojPageHeaderActions',
    name: 'default',
    options: { heading: { text: 'Hồ sơ' } },
  },
  {
    file: 'pagination',
    exportName: 'MojPagination',
    macro: 'mojPagination',
    name: 'pages',
    options: {
      classes: 'x',
      items: [{ number: 1, href: '/1', current: true }, { ellipsis: true }, { number: 9, href: '/9' }],
      next: { href: '/2' },
      results: { from: 1, to: 10, count: 90 },
    },
  },
  {
    file: 'pagination',
    exportName: 'MojPagination',
    macro: 'mojPagination',
    name: 'one page',
    options: { results: { count: 4, text: 'dossiers' } },
  },
  {
    file: 'pagination',
    exportName: 'MojPagination',
    macro: 'mojPagination',
    name: 'page of',
    options: {
      classes: 'x',
      items: [
        { number: 1, href: '/1' },
        { number: 2, href: '/2', current: true },
      ],
      results: { pages: { current: 2, count: 2 } },
    },
  },
  {
    file: 'primary-navigation',
    exportName: 'PrimaryNavigation',
    macro: 'mojPrimaryNavigation',
    name: 'default',
    options: {
      label: 'Chính',
      containerClasses: 'c',
      classes: 'x',
      items: [
        { text: 'A', href: '/a', active: true },
        { text: 'B', href: '/b', attributes: { id: 'b' } },
      ],
      searchHtml: '<i>s</i>',
    },
    ours: { searchHtml: markup('<i>s</i>') },
  },
  {
    file: 'sub-navigation',
    exportName: 'SubNavigation',
    macro: 'mojSubNavigation',
    name: 'default',
    options: {
      items: [
        { text: 'A', href: '/a', active: true, classes: 'x' },
        { text: 'B', href: '/b' },
      ],
    },
  },
  {
    file: 'side-navigation',
    exportName: 'SideNavigation',
    macro: 'mojSideNavigation',
    name: 'items',
    options: {
      label: 'Bên',
      items: [
        { text: 'A', href: '/a', active: true },
        { text: 'B', href: '/b' },
      ],
    },
  },
  {
    file: 'side-navigation',
    exportName: 'SideNavigation',
    macro: 'mojSideNavigation',
    name: 'sections',
    options: {
      sections: [
        { heading: { text: 'Hồ sơ', headingLevel: 2, classes: 'x' }, items: [{ text: 'A', href: '/a' }] },
        { heading: { text: 'Văn bản' }, items: [] },
      ],
    },
  },
  {
    file: 'organisation-switcher',
    exportName: 'OrganisationSwitcher',
    macro: 'mojOrganisationSwitcher',
    name: 'default',
    options: { text: 'Sở Y tế', id: 'o', link: { href: '/doi', classes: 'x' } },
  },
  {
    file: 'search',
    exportName: 'Search',
    macro: 'mojSearch',
    name: 'inline',
    options: {
      action: '/tim',
      label: { text: 'Tìm', classes: 'l' },
      hint: { text: 'Mã' },
      input: { id: 's', name: 'q', classes: 'i', value: 'a"b' },
      button: { text: 'Tìm', classes: 'b' },
      csrf: { value: 't' },
      classes: 'x',
    },
  },
  {
    file: 'search',
    exportName: 'Search',
    macro: 'mojSearch',
    name: 'stacked',
    options: {
      action: '/tim',
      layout: 'stacked',
      label: { text: 'Tìm', classes: 'l' },
      input: { id: 's', name: 'q', classes: 'i' },
      button: { text: 'Tìm' },
      iconButton: true,
      method: 'post',
    },
  },
  {
    file: 'search',
    exportName: 'Search',
    macro: 'mojSearch',
    name: 'icon',
    options: {
      action: '/tim',
      iconButton: true,
      label: { text: 'Tìm', classes: 'l' },
      input: { id: 's', name: 'q', classes: 'i' },
      button: { text: 'Tìm' },
    },
  },
  {
    file: 'ticket-panel',
    exportName: 'TicketPanel',
    macro: 'mojTicketPanel',
    name: 'default',
    options: {
      items: [{ text: 'A', classes: 'moj-ticket-panel__content--red', attributes: { id: 't' } }, { text: 'B' }],
      attributes: { 'aria-label': 'x' },
    },
  },
  {
    file: 'timeline',
    exportName: 'Timeline',
    macro: 'mojTimeline',
    name: 'default',
    options: {
      headingLevel: 3,
      items: [
        {
          label: { text: 'Nhận' },
          text: 'Xong',
          byline: { text: 'Mai' },
          datetime: { timestamp: '2026-11-22', type: 'date' },
          classes: 'x',
        },
        { label: { text: 'Nộp' }, datetime: { timestamp: '2026-11-21', format: 'x' } },
      ],
    },
    ours: {
      items: [
        {
          label: { text: 'Nhận' },
          text: 'Xong',
          byline: { text: 'Mai' },
          datetime: { timestamp: '2026-11-22', text: '2026-11-22' },
          classes: 'x',
        },
        { label: { text: 'Nộp' }, datetime: { timestamp: '2026-11-21', text: '2026-11-21' } },
      ],
    },
  },
  {
    file: 'interruption-card',
    exportName: 'InterruptionCard',
    macro: 'interruptionCard',
    name: 'buttons',
    options: {
      heading: 'Dừng',
      primaryAction: { text: 'Tiếp', href: '/a' },
      secondaryAction: { text: 'Thôi', href: '/b' },
    },
    ours: { children: 'Thân' },
    caller: 'Thân',
  },
  {
    file: 'interruption-card',
    exportName: 'InterruptionCard',
    macro: 'interruptionCard',
    name: 'link',
    options: {
      heading: 'Dừng',
      primaryAction: { text: 'Tiếp', href: '/a', style: 'link' },
      secondaryAction: { text: 'Thôi', href: '/b', style: 'button' },
    },
    ours: { children: 'Thân' },
    caller: 'Thân',
  },
];

test.each(cases.map((item) => [item.file, item.name, item] as const))('%s: %s', async (file, _name, item) => {
  const module = (await import(`./${file}.tsx`)) as Record<string, ComponentType<object>>;
  const component = module[item.exportName];
  expect(component).toBeDefined();
  const props = { ...item.options, ...item.ours };
  const ours = renderToString(
    h(LocaleProvider, { locale: 'en', keepsPaths: true, children: h(component as ComponentType<object>, props) }),
  );
  expect(normaliseHtml(ours)).toBe(normaliseHtml(theirs(file, item.macro, item.options, item.caller)));
});
