import type { AnswerField, FormDefinition, Group } from '../../definition.ts';
import type { Pointer } from './design-state.ts';

/** Gives a changed form; `key` joins typing into one box to one step of undo. */
export type Change = (form: FormDefinition, key: string | null) => void;
export type SettingsProps = {
  form: FormDefinition;
  pointer: Pointer;
  change: Change;
  select: (pointer: Pointer) => void;
  keepGroup: (group: Group) => void;
};

/** What the parts of one question's settings are given. */
export type PartProps = SettingsProps & { field: AnswerField; set: (name: string, value: unknown) => void };
