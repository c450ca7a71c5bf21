/** Who has to confirm a form, and what: pure, from the definition and the answers. */
import { holds } from '../logic.ts';
import { outlineOf } from '../outline.ts';
import { digestOf } from '../publish-form.ts';
import type { Surroundings } from '../evaluate-form.ts';
import type { FormDefinition, RowValue, Signer, Values } from '../definition.ts';

/** A signer with what the answers say of them. */
export type NeededSigner = {
  id: string;
  title: Signer['title'];
  /** Pages they confirm; null for the whole form. */
  pages: string[] | null;
  name: string | null;
  identityNumber: string | null;
  contact: { channel: 'sms' | 'email'; address: string } | null;
};

const textOf = (values: Values, name: string | undefined): string | null => {
  const value = name === undefined || !Object.hasOwn(values, name) ? undefined : values[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Everybody who has to confirm these answers; empty for a form of one person. */
export function signersOf(definition: FormDefinition, values: Values, surroundings: Surroundings): NeededSigner[] {
  const data = { ...values, today: surroundings.today, context: { ...surroundings.context } };
  return (definition.ui.signers ?? [])
    .filter((signer) => holds(signer.when, data))
    .map((signer) => {
      const contact = textOf(values, signer.contactField);
      return {
        id: signer.id,
        title: signer.title,
        pages: signer.pages ?? null,
        name: textOf(values, signer.nameField),
        identityNumber: textOf(values, signer.identityField),
        contact: contact === null ? null : { channel: contact.includes('@') ? 'email' : 'sms', address: contact },
      };
    });
}

/** The part of a form that a signer sees: only the pages they confirm. */
export function partFor(definition: FormDefinition, signer: Pick<NeededSigner, 'pages'>): FormDefinition {
  if (signer.pages === null) return definition;
  const pages = definition.ui.pages.filter((page) => signer.pages!.includes(page.id));
  return { ...definition, ui: { ...definition.ui, pages } };
}

/** The digest that people confirm: of what was answered. What is calculated follows from it and may depend on the day. */
export function answersDigest(definition: FormDefinition, values: Values): string {
  const outline = outlineOf(definition);
  const answered: Values = {};
  for (const [name, value] of Object.entries(values)) {
    if (outline.byKey.get(name)?.field.calculate !== undefined) continue;
    const list = outline.lists.get(name);
    const isCalculated = (field: string): boolean =>
      outline.byKey.get(`${name}.${field}`)?.field.calculate !== undefined;
    answered[name] =
      list && Array.isArray(value)
        ? (value as RowValue[]).map((row) =>
            Object.fromEntries(Object.entries(row).filter(([field]) => !isCalculated(field))),
          )
        : value;
  }
  return digestOf(answered);
}
