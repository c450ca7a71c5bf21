import type { FormDefinition } from '../../definition.ts';
import type { ShownFinding } from './structure.tsx';

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'refused' | 'conflict';
export type Conflict = {
  definition: FormDefinition;
  version: number;
  updatedBy: string;
  changes: string[];
  findings: ShownFinding[];
};
export type SaveAnswer =
  | { kind: 'saved'; version: number; findings: ShownFinding[] }
  | { kind: 'conflict'; conflict: Conflict }
  | { kind: 'refused' }
  | { kind: 'failed' };

/** Sends the working copy with the version it was made from. Never throws: a lost connection is `failed`, to be tried again. */
export async function sendDesign(
  path: string,
  token: string,
  expectedVersion: number,
  definition: FormDefinition,
): Promise<SaveAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': token },
      body: JSON.stringify({ expectedVersion, definition }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.ok)
      return { kind: 'saved', version: answer['version'] as number, findings: answer['findings'] as ShownFinding[] };
    if (response.status === 409 && answer['current']) {
      const current = answer['current'] as Omit<Conflict, 'changes' | 'findings'>;
      return {
        kind: 'conflict',
        conflict: {
          ...current,
          changes: answer['changes'] as string[],
          findings: answer['findings'] as ShownFinding[],
        },
      };
    }
    return { kind: response.status === 422 || response.status === 413 ? 'refused' : 'failed' };
  } catch {
    return { kind: 'failed' };
  }
}

/** Keeps or removes a group of the library; the new list, or null when it did not work. */
export async function changeGroups<T>(path: string, token: string, body: object): Promise<T | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': token },
      body: JSON.stringify(body),
    });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
