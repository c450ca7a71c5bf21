import { typesetPdf } from '../../../platform/typst.ts';
import type { SlipContent } from './slip-content.ts';

const TEMPLATE = new URL('./slip.typ', import.meta.url);

/** Sets a slip as PDF in this thread, in a few milliseconds once the fonts are loaded. */
export const compileSlip = (content: SlipContent): Buffer => typesetPdf(TEMPLATE, content);
