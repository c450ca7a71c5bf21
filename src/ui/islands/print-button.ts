/** Shows a button that is hidden without a script, and prints the page with it. */
export default function enhance(element: Element): void {
  const button = element.querySelector('button');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
