import { FileUpload } from 'govuk-frontend';

/**
 * The kit puts hidden commas between the parts of the button's name, so that what is seen is no longer part of what is heard (WCAG 2.5.3).
 * Naming the parts one by one gives the same pauses without them.
 */
export default class NamedFileUpload extends FileUpload {
  constructor(root: Element) {
    super(root);
    const button = root.querySelector<HTMLElement>('.govuk-file-upload-button');
    const label = button?.getAttribute('aria-labelledby')?.split(' ')[0];
    if (!button || !label) return;
    button.querySelector('.govuk-visually-hidden')?.replaceWith(' ');
    const parts = button.querySelectorAll(
      '[class*="__status"],[class*="__pseudo-button"].govuk-button,[class*="__instruction"]',
    );
    const ids = [...parts].map((part, at) => (part.id ||= `${button.id}-name-${at}`));
    button.setAttribute('aria-labelledby', [label, ...ids].join(' '));
  }
}
