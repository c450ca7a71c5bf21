/** An element of a test file; names come without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replaceAll(/&(#x?[0-9a-fA-F]+|\w+);/g, (_, name: string) =>
    name.startsWith('#x')
      ? String.fromCodePoint(Number.parseInt(name.slice(2), 16))
      : name.startsWith('#')
        ? String.fromCodePoint(Number(name.slice(1)))
        : (ENTITIES[name] ?? ''),
  );
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads the well-formed XML of the test kits: enough for their files, and not for anybody else's. */
export function readXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  for (const [piece, tag = ''] of xml.matchAll(
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<([^>]+)>|([^<]+)/g,
  )) {
    const top = stack.at(-1)!;
    if (piece.startsWith('<!--') || piece.startsWith('<?')) continue;
    if (piece.startsWith('<![CDATA[')) top.text += tag;
    else if (!piece.startsWith('<')) top.text += decoded(piece);
    else if (piece.startsWith('</')) stack.pop();
    else {
      const name = /^<([^\s/>]+)/.exec(piece)![1]!;
      const attributes = Object.fromEntries(
        [...piece.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key, a, b]) => [
          local(key!),
          decoded(a ?? b ?? ''),
        ]),
      );
      const element: XmlElement = { name: local(name), attributes, children: [], text: '' };
      top.children.push(element);
      if (!piece.endsWith('/>')) stack.push(element);
    }
  }
  return root.children[0]!;
}
