import {
  getFormVersion,
  type FieldValue,
  type FormDefinition,
  type PrefillSource,
  type Values,
} from '../../engines/forms/index.ts';
import { loadAddressBook } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { diceOf } from './dice.ts';
import { answersOf, inventAnswers } from './invent-answers.ts';
import type { ProvinceFacts } from './province-facts.ts';
import type { Plan } from './story.ts';

/**
 * Answers to every form of the services, some for each quarter of a year, right by the form's own rules; a dossier takes one of the quarter
 * before it was sent and makes it its applicant's.
 */
export type FormPool = ReadonlyMap<string, { definition: FormDefinition; answersOn(day: string): readonly Values[] }>;

const SETS = 4;
/** Nghệ An, like the identity numbers of the demonstration's people. */
const PROVINCE = '40';

export async function readFormPool(reader: Reader, { services }: ProvinceFacts): Promise<FormPool> {
  const addresses = await loadAddressBook();
  const ids = [...new Set(services.flatMap(({ procedure }) => procedure.formVersionId ?? []))];
  const pool = new Map<string, { definition: FormDefinition; answersOn(day: string): readonly Values[] }>();
  for (const versionId of ids) {
    const { definition } = await getFormVersion(reader, versionId);
    const kept = new Map<string, readonly Values[]>();
    const answersOn = (day: string): readonly Values[] => {
      const known = kept.get(day);
      if (known) return known;
      const made = Array.from({ length: SETS }, (_, i) =>
        inventAnswers(definition, diceOf('sen-demo-answers', `${definition.code}/${day}/${i}`), {
          today: day,
          province: PROVINCE,
          addresses,
          versionId,
        }),
      ).filter((each) => each !== null);
      kept.set(day, made);
      return made;
    };
    pool.set(versionId, { definition, answersOn });
  }
  return pool;
}

/** False for a procedure without a form, and for one whose form demands a file, which the demonstration has none for. */
export const hasAnswers = (pool: FormPool, { formVersionId }: Plan['procedure'], day: string): boolean =>
  (pool.get(formVersionId ?? '')?.answersOn(quarterOf(day)).length ?? 0) > 0;

/** The first day of the quarter in which a dossier was sent. */
const quarterOf = (day: string): string =>
  `${day.slice(0, 5)}${String(Number(day.slice(5, 7)) - ((Number(day.slice(5, 7)) - 1) % 3)).padStart(2, '0')}-01`;

/** The answers of a planned dossier, as they are stored; none for one over the counter. */
export function answersFor(pool: FormPool, { procedure, applicant, answersId, submittedAt }: Plan) {
  const form = pool.get(procedure.formVersionId ?? '');
  if (answersId === null || form === undefined) return [];
  const answers = form.answersOn(quarterOf(localDate(submittedAt)));
  const drawn = answers[Number.parseInt(answersId.slice(-6), 16) % answers.length]!;
  const known: { [source in PrefillSource]?: FieldValue } =
    applicant.kind === 'business'
      ? {
          'business.name': applicant.name,
          ...(applicant.identity === null ? {} : { 'business.taxCode': applicant.identity }),
          ...(applicant.submitterName === null ? {} : { 'business.representative': applicant.submitterName }),
        }
      : {
          'person.fullName': applicant.name,
          ...(applicant.identity === null ? {} : { 'person.identityNumber': applicant.identity }),
          ...(applicant.phone === null ? {} : { 'person.phone': applicant.phone }),
          ...(applicant.email === null ? {} : { 'person.email': applicant.email }),
        };
  const values = answersOf(form.definition, drawn, known);
  return [{ id: answersId, formVersionId: procedure.formVersionId!, values, createdAt: submittedAt }];
}
