/** Round steps for an axis from 0 to at least `highest`: 1, 2, 2.5 or 5 times a power of ten, about four of them. */
export function axisSteps(highest: number): number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps: number[] = [];
  for (let at = 0; at * step < highest + step; at++) steps.push(Number((at * step).toPrecision(12)));
  return steps;
}

/** Position with one decimal: keeps the SVG small. */
export function at(value: number): number {
  return Math.round(value * 10) / 10;
}
