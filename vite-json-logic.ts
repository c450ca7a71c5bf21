import { parseSync, Visitor } from 'oxc-parser';
import type { Plugin } from 'vite';

/**
 * The browser only interprets the logic of forms; the engine's compiler, its optimizer, its asynchronous half and operators that no form may
 * use would be most of its weight, and the content security policy forbids making functions out of text anyway. Leaves them out,
 * so that what only they need is shaken off. Fails the build when a new version has another shape.
 */
export function jsonLogicWithoutCompiler(): Plugin {
  const members = new Set(['compile', 'asyncMethod', 'build', 'deterministic', 'asyncBuild']);
  const operators = new Set(
    'throw try ?? substr length exists merge reduce keys pipe eachKey get missing missing_some'.split(' '),
  );
  const nameOf = (key: { type: string; name?: unknown; value?: unknown }): string => String(key.name ?? key.value);
  return {
    name: 'sen:json-logic-without-compiler',
    transform(code, id) {
      if (!id.includes('json-logic-engine/dist')) return null;
      const cuts: [start: number, end: number, instead: string][] = [];
      const { program } = parseSync(id, code);
      for (const node of program.body) {
        const text = code.slice(node.start, node.end);
        if (
          node.type === 'ExpressionStatement' &&
          /^defaultMethods\S*\.(compile|deterministic|optimizeUnary)\b/.test(text)
        )
          cuts.push([node.start, node.end, '']);
        if (node.type === 'FunctionDeclaration' && /^optimize(\$1)?$/.test(node.id?.name ?? '') && node.body)
          cuts.push([node.body.start, node.body.end, '{}']);
      }
      const cut = (node: { start: number; end: number; key: { type: string } }): void => {
        const name = nameOf(node.key);
        if (!members.has(name) && !operators.has(name)) return;
        cuts.push([node.start, node.end + (/^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0), '']);
      };
      new Visitor({ Property: cut, MethodDefinition: cut }).visit(program);
      const outer = cuts.filter(
        ([start, end]) => !cuts.some(([a, b]) => (a < start && end <= b) || (a <= start && end < b)),
      );
      if (outer.length < 40) throw new Error('json-logic-engine has another shape: see vite.config.ts');
      let lean = code;
      for (const [start, end, instead] of outer.sort((a, b) => b[0] - a[0]))
        lean = lean.slice(0, start) + instead + lean.slice(end);
      return { code: lean, map: null };
    },
  };
}
