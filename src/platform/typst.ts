import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const FONTS = ['400Regular', '700Bold', '400Regular_Italic', '700Bold_Italic'];

let compiler: NodeCompiler | undefined;
const templates = new Map<string, string>();
let sets = 0;

/** Tinos has every Vietnamese glyph in four styles; the files come with its npm package. */
function fontFiles(): Buffer[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
  return FONTS.map((style) => readFileSync(join(folder, style, `Tinos_${style}.ttf`)));
}

/**
 * Sets a Typst template as PDF, in a few milliseconds once the fonts are loaded. `data` goes in as JSON (`sys.inputs.data`),
 * so that nothing people have typed can become markup. Templates are files of the program; one compiler serves them all.
 */
export function typesetPdf(template: URL, data: unknown): Buffer {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles() }] });
  let source = templates.get(template.href);
  if (source === undefined) {
    source = readFileSync(template, 'utf8');
    templates.set(template.href, source);
  }
  const pdf = compiler.pdf({ mainFileContent: source, inputs: { data: JSON.stringify(data) } });
  if (++sets % 100 === 0) compiler.evictCache(10); // what earlier papers left behind
  return pdf;
}
