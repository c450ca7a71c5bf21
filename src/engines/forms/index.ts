export type { AnswerField, Field, FormDefinition, Locale, Text, Values } from './definition.ts';
export { checkFormDefinition, type Defect } from './check-definition.ts';
