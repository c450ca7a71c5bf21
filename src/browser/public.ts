import { findIslands } from './islands.ts';
import { closeMenus } from './menus.ts';

/**
 * The portal's only script: at most 2 kB. It loads a component of the kit when the page has one, and wakes islands. Without it every page works.
 */
type Kit = Promise<{ default: new (root: Element) => object }>;
const kit: Record<string, () => Kit> = {
  accordion: () => import('./kit/accordion.ts'),
  'character-count': () => import('./kit/character-count.ts'),
  checkboxes: () => import('./kit/checkboxes.ts'),
  'file-upload': () => import('./kit/file-upload.ts'),
  'password-input': () => import('./kit/password-input.ts'),
  radios: () => import('./kit/radios.ts'),
  tabs: () => import('./kit/tabs.ts'),
};

for (const root of document.querySelectorAll('[data-module^=govuk-]')) {
  const name = (root as HTMLElement).dataset['module']?.slice(6) ?? '';
  // Choices need their script only when something depends on them.
  const isPlain = /^(radios|checkboxes)$/.test(name) && !root.querySelector('[data-aria-controls],[data-behaviour]');
  if (!isPlain) {
    void kit[name]?.().then((module) => {
      document.body.classList.add('js-enabled', 'govuk-frontend-supported');
      return new module.default(root);
    });
  }
}

const summary = document.querySelector<HTMLElement>('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

const waiting = document.querySelectorAll<HTMLInputElement>('[data-from-fragment]');
if (waiting.length > 0) void import('./fragment.ts').then((module) => module.fillFromFragment(waiting));

closeMenus();
findIslands();

// The app that can be installed, and the page for no connection. A browser that may not have it goes without.
void navigator.serviceWorker?.register('/sw.js').catch(() => {});
