import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { SlipContent } from './slip-content.ts';

const TEMPLATE = new URL('./slip.typ', import.meta.url);
const FONTS = ['400Regular', '700Bold', '400Regular_Italic', '700Bold_Italic'];

let compiler: NodeCompiler | undefined;
let template = '';
let sets = 0;

/** Tinos has every Vietnamese glyph in four styles; the files come with its npm package. */
function fontFiles(): Buffer[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
  return FONTS.map((style) => readFileSync(join(folder, style, `Tinos_${style}.ttf`)));
}

/**
 * Sets a slip as PDF in this thread, in a few milliseconds once the fonts are loaded. The content goes in as data, so that no input can
 * become markup.
 */
export function compileSlip(content: SlipContent): Buffer {
  if (!compiler) {
    compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles() }] });
    template = readFileSync(TEMPLATE, 'utf8');
  }
  const pdf = compiler.pdf({ mainFileContent: template, inputs: { data: JSON.stringify(content) } });
  if (++sets % 100 === 0) compiler.evictCache(10); // what earlier slips left behind
  return pdf;
}
