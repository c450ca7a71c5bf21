/** Shows the question that is being worked on in the preview: scrolled to, with a golden line beside it. Nothing when it is not on the page. */
export function pointInFrame(frame: HTMLIFrameElement | null, name: string): void {
  const page = frame?.contentDocument;
  const view = frame?.contentWindow;
  if (!page || !view) return;
  for (const before of page.querySelectorAll<HTMLElement>('[data-pointed]')) {
    before.removeAttribute('data-pointed');
    before.style.boxShadow = '';
  }
  const place = name === '' ? null : placeOf(page, name);
  // A question whose condition does not hold yet is there, but not seen.
  if (!place || place.getClientRects().length === 0) return;
  place.setAttribute('data-pointed', '');
  place.style.boxShadow = '-8px 0 0 #fff, -12px 0 0 #e9b44c';
  // Not `scrollIntoView`: that would move the page around the frame as well.
  view.scrollTo(0, view.scrollY + place.getBoundingClientRect().top - view.innerHeight / 3);
}

/** The group of a question's control: by the control's own name, by a part of it, or by the first row of a list. */
function placeOf(page: Document, name: string): HTMLElement | null {
  const quoted = CSS.escape(name);
  const control = page.querySelector(
    `[data-at="${quoted}"], [name="${quoted}"], [name^="${quoted}."], [name^="${quoted}-"], [name$=".0.${quoted}"], [data-calculated="${quoted}"], [data-content="${quoted}"]`,
  );
  return control?.closest<HTMLElement>('.govuk-form-group, .sen-form-part, .sen-rows') ?? null;
}
