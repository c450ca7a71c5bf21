/** Why a piece of XML is not read. */
export type XmlFault =
  | 'too-large'
  | 'not-text'
  | 'document-type'
  | 'too-deep'
  | 'too-many-elements'
  | 'too-many-attributes'
  | 'text-too-long'
  | 'not-well-formed';

export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** Of one element. */
  readonly attributes: number;
  /** Characters of one attribute or one run of text. */
  readonly text: number;
}

export const XML_LIMITS: XmlLimits = {
  bytes: 2 * 1024 * 1024,
  depth: 60,
  elements: 30_000,
  attributes: 60,
  text: 200_000,
};

/**
 * Looks over XML that somebody sent, before any parser sees it: no document type (and so no entities of one's own and nothing fetched), and no more of
 * anything than `limits` allow. One pass, no copies. Null when it may be parsed; whether it is what it should be is the parser's business.
 */
export function xmlFault(xml: string, limits: XmlLimits = XML_LIMITS): XmlFault | null {
  if (Buffer.byteLength(xml) > limits.bytes) return 'too-large';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed()) return 'not-text';
  let depth = 0;
  let elements = 0;
  for (let at = 0; at < xml.length;) {
    const open = xml.indexOf('<', at);
    const end = open === -1 ? xml.length : open;
    if (end - at > limits.text) return 'text-too-long';
    if (open === -1) break;
    const skipped = skip(xml, open);
    if (typeof skipped === 'string') return skipped;
    if (skipped > 0) {
      at = skipped;
      continue;
    }
    const tag = readTag(xml, open, limits);
    if (typeof tag === 'string') return tag;
    if (tag.kind === 'close') depth--;
    else if (++elements > limits.elements) return 'too-many-elements';
    else if (tag.kind === 'open' && ++depth > limits.depth) return 'too-deep';
    if (depth < 0) return 'not-well-formed';
    at = tag.next;
  }
  return depth === 0 && elements > 0 ? null : 'not-well-formed';
}

/** Where reading goes on behind a comment, CDATA or instruction at `open`; 0 when a tag begins there. */
function skip(xml: string, open: number): number | XmlFault {
  const behind = (from: number, mark: string): number | XmlFault => {
    const end = xml.indexOf(mark, from);
    return end === -1 ? 'not-well-formed' : end + mark.length;
  };
  if (xml.startsWith('<!--', open)) return behind(open + 4, '-->');
  if (xml.startsWith('<![CDATA[', open)) return behind(open + 9, ']]>');
  if (xml.startsWith('<!', open)) return 'document-type';
  return xml.startsWith('<?', open) ? behind(open + 2, '?>') : 0;
}

function readTag(
  xml: string,
  open: number,
  limits: XmlLimits,
): { kind: 'open' | 'close' | 'empty'; next: number } | XmlFault {
  let attributes = 0;
  for (let at = open + 1; at < xml.length; at++) {
    const letter = xml[at];
    if (letter === '"' || letter === "'") {
      const end = xml.indexOf(letter, at + 1);
      if (end === -1) return 'not-well-formed';
      if (end - at > limits.text) return 'text-too-long';
      if (++attributes > limits.attributes) return 'too-many-attributes';
      at = end;
    } else if (letter === '<') return 'not-well-formed';
    else if (letter === '>') {
      const kind = xml[open + 1] === '/' ? 'close' : xml[at - 1] === '/' ? 'empty' : 'open';
      return { kind, next: at + 1 };
    }
  }
  return 'not-well-formed';
}
