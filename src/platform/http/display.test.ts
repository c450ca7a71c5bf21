import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayClasses, displayIn, formatDisplay, parseDisplay, usualDisplay } from './display.ts';

const anyDisplay = fc.record({
  text: fc.constantFrom(0 as const, 1 as const, 2 as const),
  colours: fc.constantFrom(0 as const, 1 as const, 2 as const),
  spacing: fc.boolean(),
  underline: fc.boolean(),
  still: fc.boolean(),
});

test('a choice survives its cookie, among other cookies too', () => {
  fc.assert(
    fc.property(anyDisplay, (display) => {
      const value = formatDisplay(display);
      expect(parseDisplay(value)).toEqual(display);
      expect(displayIn(`a=b; sen_display=${value}; c=d`)).toBe(value);
    }),
  );
  expect(formatDisplay(usualDisplay)).toBe('');
  expect(displayClasses('')).toBe('');
  expect(displayClasses('t2c2s1u1m1')).toBe('sen-text-2 sen-dark sen-spacing sen-underline sen-still');
});

test('whatever else a cookie says is the usual display, so that nobody fills the cache with made-up ones', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const choice = displayIn(`sen_display=${text}`);
      expect(choice === '' || /^t[0-2]c[0-2]s[01]u[01]m[01]$/.test(choice)).toBe(true);
    }),
  );
  for (const wrong of ['t3c0s0u0m0', 't1c0s0u0m0x', '', '"><script>', 't1c0s0u0'])
    expect(displayIn(`sen_display=${wrong}`)).toBe('');
});
