/** What the server hands over: `source` is the address of places up to the code. */
export interface AddressUnitsProps {
  source: string;
  levels: ('province' | 'district' | 'commune')[];
  words: { choose: string; find: string; found: string; none: string };
}
type Place = readonly [code: string, name: string];

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();

/**
 * Choosing a province brings its communes at once, and typing a few letters (marks do not matter) narrows them. The button
 * that does the same without a script steps aside, and comes back when the list cannot be fetched.
 */
export default function addressUnits(element: Element, given: object): void {
  const { source, levels, words } = given as AddressUnitsProps;
  if (levels.length === 0) return;
  const button = element.querySelector<HTMLButtonElement>('button');
  const selectOf = (level: string) => element.querySelector<HTMLSelectElement>(`select[data-unit=${level}]`);
  const finders = new Map<HTMLSelectElement, (places: readonly Place[]) => void>();
  let turn = 0;

  const show = (select: HTMLSelectElement, places: readonly Place[], chosen = ''): void => {
    select.replaceChildren(new Option(words.choose, ''), ...places.map(([code, name]) => new Option(name, code)));
    select.value = places.some(([code]) => code === chosen) ? chosen : '';
  };
  const open = (select: HTMLSelectElement, isOpen: boolean): void => {
    select.disabled = !isOpen;
    const part = select.closest<HTMLElement>('[data-part]');
    if (part) part.hidden = !isOpen;
  };
  const tell = (select: HTMLSelectElement): void => {
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };

  async function follow(select: HTMLSelectElement, at: number): Promise<void> {
    const mine = ++turn;
    const below = levels.slice(at + 1).map(selectOf);
    for (const lower of below) if (lower) open(lower, false);
    for (const carried of element.querySelectorAll('input[data-carried]')) carried.remove();
    const next = below[0];
    if (!next || select.value === '') return;
    try {
      const answer = await fetch(source + encodeURIComponent(select.value));
      if (!answer.ok) throw new Error(String(answer.status));
      const places = (await answer.json()) as Place[];
      if (mine !== turn) return; // somebody chose again meanwhile
      show(next, places, next.value);
      open(next, true);
      (finders.get(next) ?? finderFor(next))(places);
    } catch {
      if (button) button.hidden = false;
    }
  }

  /** A field above a long list that narrows it; has no name, so it is never sent. */
  function finderFor(select: HTMLSelectElement): (places: readonly Place[]) => void {
    let all: readonly Place[] = [];
    const input = document.createElement('input');
    input.className = 'govuk-input sen-address__find';
    input.autocomplete = 'off';
    input.placeholder = words.find;
    input.setAttribute('aria-label', words.find);
    const status = document.createElement('p');
    status.className = 'govuk-hint';
    status.setAttribute('role', 'status');
    input.addEventListener('input', (event) => {
      event.stopPropagation();
      const wanted = fold(input.value.trim());
      const found = all.filter(([, name]) => fold(name).includes(wanted));
      show(select, found, found.length === 1 ? found[0]![0] : select.value);
      status.textContent =
        wanted === '' ? '' : found.length === 0 ? words.none : words.found.replace('{n}', String(found.length));
      tell(select);
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
      event.preventDefault(); // Enter would send the form before a place is chosen
      select.focus();
    });
    select.before(input, status);
    const take = (places: readonly Place[]): void => {
      all = places;
      input.value = '';
      status.textContent = '';
      input.hidden = places.length < 15;
    };
    finders.set(select, take);
    return take;
  }

  levels.forEach((level, at) => {
    const select = selectOf(level);
    select?.addEventListener('change', () => void follow(select, at));
    if (select && !select.disabled && level === 'commune')
      finderFor(select)([...select.options].slice(1).map((option) => [option.value, option.text]));
  });
  if (button) button.hidden = true;
}
