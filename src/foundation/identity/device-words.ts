import type { Locale } from '../../platform/http/page-context.ts';

const BROWSERS: readonly [sign: string, name: string][] = [
  ['coc_coc', 'Cốc Cốc'],
  ['Zalo', 'Zalo'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
];
const SYSTEMS: readonly [sign: string, vi: string, en: string][] = [
  ['iPhone', 'điện thoại iPhone', 'an iPhone'],
  ['iPad', 'máy tính bảng iPad', 'an iPad'],
  ['Android', 'điện thoại Android', 'an Android device'],
  ['Windows', 'máy tính Windows', 'a Windows computer'],
  ['Mac OS', 'máy tính Mac', 'a Mac'],
  ['CrOS', 'máy tính Chromebook', 'a Chromebook'],
  ['Linux', 'máy tính Linux', 'a Linux computer'],
];

/** A user agent in plain words, good enough to recognise one's own devices: “Chrome trên máy tính Windows”. */
export function deviceWords(agent: string | null, locale: Locale): string {
  const text = agent ?? '';
  const browser = BROWSERS.find(([sign]) => text.includes(sign))?.[1];
  const system = SYSTEMS.find(([sign]) => text.includes(sign));
  const place = system && (locale === 'vi' ? system[1] : system[2]);
  if (browser && place) return locale === 'vi' ? `${browser} trên ${place}` : `${browser} on ${place}`;
  if (browser) return browser;
  if (place) return place.charAt(0).toUpperCase() + place.slice(1);
  return locale === 'vi' ? 'Không rõ thiết bị' : 'Unknown device';
}
