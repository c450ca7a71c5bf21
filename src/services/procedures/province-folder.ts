import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFormDefinition, type FormDefinition } from '../../engines/forms/index.ts';
import { checkProcedureFile, type ProcedureFile } from './procedure-file.ts';
import type { Field } from './procedure-queries.ts';

export interface FolderDefect {
  file: string;
  place: string;
  message: string;
}

/** What a province's folder says about procedures. */
export interface ProvinceProcedures {
  fields: Field[];
  forms: Map<string, FormDefinition>;
  procedures: ProcedureFile[];
  /** Files that are left out, and why. */
  defects: FolderDefect[];
}

/** Reads and checks fields, forms and procedures of a province's folder. A wrong file is left out and told. */
export function readProvinceProcedures(folder: string): ProvinceProcedures {
  const defects: FolderDefect[] = [];
  const fields = readFields(folder, defects);
  const forms = new Map<string, FormDefinition>();
  for (const [name, value] of jsonFiles(folder, 'forms', defects)) {
    const found = checkFormDefinition(value);
    for (const defect of found) defects.push({ file: `forms/${name}`, place: defect.path, message: defect.message });
    if (found.length > 0) continue;
    const form = value as FormDefinition;
    if (`${form.code}.json` === name) forms.set(form.code, form);
    else defects.push({ file: `forms/${name}`, place: '/code', message: `the file must be named ${form.code}.json` });
  }
  const facts = {
    fieldCodes: new Set(fields.map((field) => field.code)),
    formCodes: new Set(forms.keys()),
    templateFiles: new Set(namesIn(join(folder, 'templates'))),
  };
  const procedures: ProcedureFile[] = [];
  for (const [name, value] of jsonFiles(folder, 'procedures', defects)) {
    const found = checkProcedureFile(value, facts);
    for (const defect of found) defects.push({ file: `procedures/${name}`, ...defect });
    if (found.length > 0) continue;
    const file = value as ProcedureFile;
    if (`${file.code}.json` === name) procedures.push(file);
    else
      defects.push({ file: `procedures/${name}`, place: '/code', message: `the file must be named ${file.code}.json` });
  }
  return { fields, forms, procedures, defects };
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function* jsonFiles(folder: string, part: string, defects: FolderDefect[]): Generator<[string, unknown]> {
  for (const name of namesIn(join(folder, part)).filter((one) => one.endsWith('.json'))) {
    const value = readJson(join(folder, part, name), `${part}/${name}`, defects);
    if (value !== undefined) yield [name, value];
  }
}

function readJson(path: string, file: string, defects: FolderDefect[]): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').normalize('NFC'));
  } catch (error) {
    defects.push({ file, place: '/', message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function readFields(folder: string, defects: FolderDefect[]): Field[] {
  const path = join(folder, 'fields.json');
  const value = existsSync(path) ? readJson(path, 'fields.json', defects) : [];
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: Partial<Field> | null, index): Field[] => {
    if (typeof one?.code === 'string' && typeof one.name?.vi === 'string' && typeof one.name.en === 'string')
      return [
        {
          code: one.code,
          name: one.name,
          position: index + 1,
          listed: one.listed === true,
          nationalNames: one.nationalNames ?? [],
        },
      ];
    defects.push({
      file: 'fields.json',
      place: `/${index}`,
      message: 'a field has a code and a name in both languages',
    });
    return [];
  });
}
