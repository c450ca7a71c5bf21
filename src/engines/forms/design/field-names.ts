/** Names of fields and codes out of Vietnamese words. No imports, so that the designer in the browser can use it. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, (sign) => (sign === 'đ' ? 'd' : 'D'));

/** A field name out of a label: `Họ và tên` → `hoVaTen`; `truong` when no letter is left. */
export function fieldNameFrom(label: string): string {
  const words = plain(label)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, 6);
  const name = words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  const fit = name.replace(/^[0-9]+/, '').slice(0, 36);
  return fit === '' ? 'truong' : fit[0]!.toLowerCase() + fit.slice(1);
}

/** A code in kebab-case: `Đăng ký kết hôn` → `dang-ky-ket-hon`; `muc` when nothing is left. */
export function codeFrom(title: string): string {
  const code = plain(title)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return code === '' ? 'muc' : code;
}

/** The name itself, or with the first number behind it that nobody has. */
export function freeName(wanted: string, taken: ReadonlySet<string>, joint = ''): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const name = `${wanted}${joint}${number}`;
    if (!taken.has(name)) return name;
  }
}
