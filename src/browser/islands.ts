import type { ComponentType } from 'preact';

type Enhance = (element: Element, props: object) => void;

async function wake(element: Element): Promise<void> {
  const source = element.getAttribute('src');
  if (!source) return;
  element.removeAttribute('src');
  if (element.hasAttribute('plain')) {
    // Plain DOM over HTML that stays the server's: no component, no Preact.
    const module = (await import(/* @vite-ignore */ source)) as { default: Enhance };
    module.default(element, propsOf(element));
    element.setAttribute('data-awake', '');
    return;
  }
  const [module, { start }] = await Promise.all([
    import(/* @vite-ignore */ source) as Promise<{ default: ComponentType<object> }>,
    import('./hydrate.ts'),
  ]);
  start(element, module.default, propsOf(element));
  element.setAttribute('data-awake', '');
}

const propsOf = (element: Element): object => JSON.parse(element.getAttribute('data-props') ?? '{}') as object;

/** Finds the islands below `root` and wakes each at its moment. Waking twice does nothing. */
export function findIslands(root: ParentNode = document): void {
  for (const element of root.querySelectorAll('x-island[src]')) {
    const moment = element.getAttribute('on');
    const go = (): void => void wake(element);
    if (moment === 'interaction') {
      for (const name of ['focusin', 'pointerover']) element.addEventListener(name, go, { once: true });
    } else if (moment === 'visible' && 'IntersectionObserver' in window) {
      const watcher = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        go();
      });
      // `display: contents` has no box: the first child stands for the island.
      watcher.observe(element.firstElementChild ?? element);
    } else go();
  }
}
