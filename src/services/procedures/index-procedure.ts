import type { Tx } from '../../platform/database.ts';
import { indexDocuments, removeDocuments, type SearchDocument } from '../../foundation/search/index.ts';
import { wordsIn, type Procedure } from './procedure.ts';

/** Kind of a procedure's documents in the search; the reference is the national code. */
export const procedureDocumentKind = 'procedure';

/** Makes a published version findable, in both languages where it has English words. */
export async function indexProcedure(tx: Tx, procedure: Procedure, isOffered: boolean): Promise<void> {
  const documents: SearchDocument[] = [documentOf(procedure, 'vi', isOffered)];
  if (procedure.name.en !== undefined) documents.push(documentOf(procedure, 'en', isOffered));
  await indexDocuments(tx, documents);
}

/** Takes procedures out of the search, by code. */
export const unindexProcedures = (tx: Tx, codes: readonly string[]): Promise<void> =>
  removeDocuments(tx, procedureDocumentKind, codes);

/** The document of a procedure in a language. */
function documentOf(procedure: Procedure, locale: 'vi' | 'en', isOffered: boolean): SearchDocument {
  const { content } = procedure;
  const say = (words: { vi: string; en?: string | undefined } | null) => (words ? wordsIn(words, locale) : null);
  const body = [
    say(content.summary),
    ...content.papers.flatMap((group) => group.papers.map((paper) => wordsIn(paper.name, locale))),
    ...content.results.map((result) => wordsIn(result.name, locale)),
    say(content.competentAgency),
    ...content.order.flatMap((order) => order.steps.map((step) => wordsIn(step, locale))),
    say(content.conditions),
    content.legalBases.map((basis) => basis.number).join(', '),
  ];
  return {
    kind: procedureDocumentKind,
    refId: procedure.code,
    locale,
    title: wordsIn(procedure.name, locale),
    body: body.filter((part) => part !== null && part !== '').join('. '),
    codes: [procedure.code, ...(procedure.ownCode === null ? [] : [procedure.ownCode])],
    keywords: content.keywords[locale],
    facets: [
      ...(procedure.fieldCode === null ? [] : [`field:${procedure.fieldCode}`]),
      ...procedure.levels.map((level) => `level:${level}`),
      ...procedure.audiences.map((audience) => `audience:${audience}`),
      ...(isOffered ? ['offered'] : []),
      ...(procedure.onlineScope === 'none' ? [] : ['online']),
    ],
    boost: isOffered ? 1 : 0,
    version: procedure.number,
  };
}
