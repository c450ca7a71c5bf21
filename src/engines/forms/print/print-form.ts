import { typesetPdf } from '../../../platform/typst.ts';
import type { FormDefinition } from '../definition.ts';
import { formSheet, type Filled, type SheetSetting } from './form-sheet.ts';

export type { Filled, SheetSetting } from './form-sheet.ts';

const TEMPLATE = new URL('./form-sheet.typ', import.meta.url);

/**
 * A form on A4 as PDF: blank with room to write by hand, or with what was entered ("in hoặc lưu nội dung đã khai",
 * TT 32/2017/TT-BTTTT, Điều 5). About 10 ms; the caller keeps blank ones.
 */
export const printForm = (definition: FormDefinition, setting: SheetSetting, filled: Filled | null = null): Buffer =>
  typesetPdf(TEMPLATE, formSheet(definition, setting, filled));
