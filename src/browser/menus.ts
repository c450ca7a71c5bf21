/** Closes open drop-down menus on a click elsewhere and on Escape (the keyboard goes back to the menu's button). */
export function closeMenus(): void {
  const close = (keep: Node | null, isEscape: boolean): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('.sen-drop[open]')) {
      if (keep && menu.contains(keep)) continue;
      menu.open = false;
      if (isEscape) menu.querySelector('summary')?.focus();
    }
  };
  document.addEventListener('click', (event) => close(event.target as Node, false));
  document.addEventListener('keydown', (event) => event.key === 'Escape' && close(null, true));
}
