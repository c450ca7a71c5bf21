import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: Object.fromEntries(
    // The kit's own markup, held to its fixtures: buttons as links, white space, long titles; newer elements than the validator's table.
    [
      'prefer-native-element',
      'no-trailing-whitespace',
      'long-title',
      'void-style',
      'attribute-boolean-style',
      'attribute-empty-style',
      'no-implicit-button-type',
      'no-redundant-role',
      'tel-non-breaking',
      'doctype-style',
      'attr-case',
      'require-sri',
      'no-raw-characters',
      'no-redundant-for',
      'input-attributes',
      'form-dup-name',
      'element-name',
      'valid-autocomplete',
    ].map((name) => [name, 'off']),
  ),
});

/** What is wrong with the HTML of a page, in words. */
export async function htmlFaults(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results
    .flatMap((result) => result.messages)
    .map((message) => `${message.ruleId}: ${message.message} (${message.selector ?? ''})`);
}

/** Words that no Vietnamese sentence has, and words that no English one has; names of units and procedures may hold `và`. */
const ENGLISH =
  /\b(the|and|with|your|you|please|search|submit|cancel|save|error|dossiers?|password|account|details|received|not found|sign in|sign out|next|back)\b/i;
const VIETNAMESE = /(?<!\p{L})(của|được|những|hãy|bạn)(?!\p{L})/iu;

const decode = (text: string): string =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** The visible text of a page, line by line, without what is marked as being in the other language, code, addresses and data of people. */
export function visibleText(html: string, locale: 'vi' | 'en'): string[] {
  const other = locale === 'vi' ? 'en' : 'vi';
  let body = html
    .replace(/^[\s\S]*<body/, '<body')
    .replaceAll(/<(script|style|template|code|pre|svg|datalist)\b[\s\S]*?<\/\1>/g, ' ');
  const marked = new RegExp(
    `<(\\w+)(?=[^>]*\\s(?:lang|hreflang)="${other}")[^>]*>(?:(?!<\\1[\\s>])[\\s\\S])*?</\\1>`,
    'g',
  );
  for (let before = ''; before !== body;) {
    before = body;
    body = body.replaceAll(marked, ' ');
  }
  return decode(body.replaceAll(/<[^>]+>/g, '\n'))
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** E-mail addresses, addresses, names of rights and events, keys: data, in no language. */
const CODES = /\S+@\S+|https?:\S+|\/\S+|[a-z]+\.[a-z.-]*|[a-z0-9]+(?:-[a-z0-9]+)+/g;

/** Lines of a page in the wrong language. */
export const wrongLanguage = (html: string, locale: 'vi' | 'en'): string[] =>
  visibleText(html, locale).filter((line) =>
    (locale === 'vi' ? ENGLISH : VIETNAMESE).test(line.replaceAll(CODES, ' ')),
  );
