/**
 * Bulk selection in tables: a box in the head selects all rows, and the button says how many are chosen. Without the script the boxes work
 * one by one and the head's box is not shown.
 */
export function enhanceTables(root: ParentNode = document): void {
  for (const form of root.querySelectorAll<HTMLElement>('[data-bulk]')) {
    const all = form.querySelector<HTMLInputElement>('[data-bulk-all]');
    const boxes = [...form.querySelectorAll<HTMLInputElement>('[data-bulk-row]')];
    const count = form.querySelector<HTMLElement>('[data-bulk-count]');
    if (!all || form.dataset['bulk'] === 'ready') continue;
    form.dataset['bulk'] = 'ready';
    all.closest<HTMLElement>('[hidden]')?.removeAttribute('hidden');
    const update = (): void => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
      if (count) count.textContent = chosen > 0 ? ` (${chosen})` : '';
    };
    all.addEventListener('change', () => {
      for (const box of boxes) box.checked = all.checked;
      update();
    });
    for (const box of boxes) box.addEventListener('change', update);
    update();
  }
}
