import { resolve } from 'node:path';

/* What the commands of this module share. */

export const say = (line: string) => void process.stdout.write(`${line}\n`);
export const from = (path: string) => resolve(process.env['SEN_CALLED_FROM'] ?? '.', path);

export function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 1;
}

export async function attempt(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
}

export const isOption = (text: string | undefined): boolean => text?.startsWith('--') === true;
