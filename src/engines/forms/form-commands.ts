import { readFile } from 'node:fs/promises';
import type { CliCommand } from '../../platform/module.ts';
import { checkFormDefinition } from './check-definition.ts';

/** `npx sen forms check FILE…`: says what is wrong with form files; exit code 1 when something is. */
export const formsCommand: CliCommand = {
  name: 'forms',
  summary: 'Check form files',
  usage: 'forms check FILE…',
  run: async (_context, [verb, ...files]) => {
    if (verb !== 'check' || files.length === 0) {
      console.error('Usage: sen forms check FILE…');
      return 1;
    }
    let total = 0;
    for (const file of files) {
      const defects = await defectsOf(file);
      total += defects.length;
      console.log(defects.length === 0 ? `${file}: right` : defects.map((defect) => `${file}${defect}`).join('\n'));
    }
    return total === 0 ? 0 : 1;
  },
};

async function defectsOf(file: string): Promise<string[]> {
  let definition: unknown;
  try {
    definition = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return [`: cannot be read as JSON: ${(error as Error).message}`];
  }
  return checkFormDefinition(definition).map((defect) => `${defect.path}: ${defect.message} (${defect.code})`);
}
