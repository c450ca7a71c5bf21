import { visit } from '@hotwired/turbo';
import { Alert, ButtonMenu, SortableTable } from '@ministryofjustice/frontend';
import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Tabs,
} from 'govuk-frontend';
import NamedFileUpload from './kit/file-upload.ts';
import AllowedRadios from './kit/radios.ts';
import { findIslands } from './islands.ts';
import { closeMenus } from './menus.ts';
import { enhanceTables } from './tables.ts';

/** The officials' script: Turbo for quick pages, the kits' components, islands. Lists, forms and links work without it. */
const components = [
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NamedFileUpload,
  NotificationBanner,
  PasswordInput,
  AllowedRadios,
  Tabs,
  Alert,
  ButtonMenu,
];

const sortWords = {
  statusMessage: 'Đã sắp xếp theo %heading% (%direction%)',
  ascendingText: 'tăng dần',
  descendingText: 'giảm dần',
};

function enhance(): void {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported', 'moj-frontend-supported');
  for (const component of components) {
    for (const root of document.querySelectorAll(`[data-module="${component.moduleName}"]`)) {
      // Pages that Turbo takes from its cache are enhanced already.
      if (!root.hasAttribute(`data-${component.moduleName}-init`)) Reflect.construct(component, [root]);
    }
  }
  const words = document.documentElement.lang === 'vi' ? sortWords : {};
  for (const root of document.querySelectorAll(
    '[data-module="moj-sortable-table"]:not([data-moj-sortable-table-init])',
  )) {
    Reflect.construct(SortableTable, [root, words]);
  }
  enhanceTables();
  findIslands();
  refreshLater();
}

/** Long work asks for a look every few seconds; a page left meanwhile is not called back. */
function refreshLater(): void {
  const work = document.querySelector<HTMLElement>('[data-refresh-seconds]');
  if (!work) return;
  setTimeout(
    () => {
      if (work.isConnected) visit(location.href, { action: 'replace' });
    },
    Number(work.dataset['refreshSeconds']) * 1000,
  );
}

// A page kept for “Back” must be as the server sent it, or components would be set up twice.
document.addEventListener('turbo:load', enhance);
document.addEventListener('turbo:render', (event) => {
  if ((event as CustomEvent<{ renderMethod?: string }>).detail.renderMethod === 'morph') enhance();
});
document.addEventListener('turbo:before-cache', () => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('.sen-drop[open]')) menu.open = false;
});
closeMenus();
