import { Radios } from 'govuk-frontend';

/** The kit writes `aria-expanded` on radio buttons, where ARIA does not allow it; the revealed part follows in reading order anyway. */
export default class AllowedRadios extends Radios {
  constructor(root: Element) {
    super(root);
    const tidy = (): void => {
      for (const input of root.querySelectorAll('input[aria-expanded]')) input.removeAttribute('aria-expanded');
    };
    tidy();
    // After the kit's own listener, which hangs on the document.
    document.addEventListener('click', () => queueMicrotask(tidy));
  }
}
