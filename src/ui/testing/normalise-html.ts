/** Names of elements without an end tag. */
const voidNames = new Set('area base br col embed hr img input link meta source track wbr path image'.split(' '));
const booleanNames = new Set('hidden checked selected disabled multiple open draggable-none'.split(' '));

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ctdot: '⋯',
  nbsp: '\u00a0',
  ndash: '–',
};

function decode(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number.parseInt(name.slice(1), 10));
    return entities[name] ?? whole;
  });
}

function attributesOf(source: string): string {
  const list: string[] = [];
  for (const [, name = '', , quoted, single, bare] of source.matchAll(
    /([^\s=/>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g,
  )) {
    const raw = decode(quoted ?? single ?? bare ?? '');
    const isBoolean = booleanNames.has(name) && (raw === '' || raw === name || raw === 'true');
    const value =
      name === 'class'
        ? [...new Set(raw.split(/\s+/).filter(Boolean))].sort().join(' ')
        : raw.replace(/\s+/g, ' ').trim();
    if (name === 'class' && value === '') continue;
    list.push(isBoolean ? name : `${name}="${value}"`);
  }
  return list.sort().join(' ');
}

/**
 * Brings HTML into one form for comparison: attributes and classes in order, entities decoded, white space between and at the edges of text
 * folded. One line per tag or text. Not a parser for hostile input: it reads what the kit and our own renderer write.
 */
export function normaliseHtml(html: string): string {
  const lines: string[] = [];
  const tokens = html.match(/<!--[\s\S]*?-->|<\/?[a-z][^\s>/]*(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+|</gi) ?? [];
  let depth = 0;
  for (const token of tokens) {
    if (token.startsWith('<!--')) continue;
    const tag = /^<(\/?)([a-z][^\s>/]*)([\s\S]*?)\/?>$/i.exec(token);
    if (!tag) {
      const text = decode(token).replace(/\s+/g, ' ').trim();
      if (text) lines.push('  '.repeat(depth) + text);
      continue;
    }
    const [, slash, rawName = '', rest = ''] = tag;
    const name = rawName.toLowerCase();
    if (voidNames.has(name)) {
      if (!slash) lines.push(`${'  '.repeat(depth)}<${name} ${attributesOf(rest)}>`);
      continue;
    }
    if (slash) {
      depth = Math.max(0, depth - 1);
      lines.push(`${'  '.repeat(depth)}</${name}>`);
    } else {
      lines.push(`${'  '.repeat(depth)}<${name} ${attributesOf(rest)}>`);
      depth += 1;
    }
  }
  return lines.join('\n');
}
