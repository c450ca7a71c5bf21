/** The way through a form: which pages there are for these answers, and what is done. */
import { outlineOf } from './outline.ts';
import { pageOf, validateAnswers, type Circumstances, type FormError } from './validate-answers.ts';
import type { FormDefinition, Text, Values } from './definition.ts';

export type JourneyPage = { id: string; title: Text; isDone: boolean; errors: FormError[] };
export type Journey = {
  /** Pages that are asked, in order. */
  pages: JourneyPage[];
  /** The first page that is not done; null when the form may be submitted. */
  firstOpen: string | null;
  isComplete: boolean;
  /** Settled values, as `validateAnswers` gives them. */
  values: Values;
};

/** Judges all answers and says where the person stands. */
export function journeyOf(definition: FormDefinition, values: Values, circumstances: Circumstances): Journey {
  const judged = validateAnswers(definition, values, circumstances);
  const outline = outlineOf(definition);
  const asked = definition.ui.pages.filter((page) => judged.evaluation.shownPages.has(page.id));
  const pages = asked.map((page): JourneyPage => {
    const errors = judged.errors.filter((error) => (pageOf(outline, error.at) ?? asked[0]?.id) === page.id);
    return { id: page.id, title: page.title, isDone: errors.length === 0, errors };
  });
  const firstOpen = pages.find((page) => !page.isDone)?.id ?? null;
  return { pages, firstOpen, isComplete: firstOpen === null && judged.errors.length === 0, values: judged.values };
}

/** The page after this one for these answers; null after the last. An unknown or hidden page gives the first one after its place. */
export function pageAfter(definition: FormDefinition, journey: Pick<Journey, 'pages'>, pageId: string): string | null {
  const order = definition.ui.pages.map((page) => page.id);
  const from = order.indexOf(pageId);
  return journey.pages.find((page) => order.indexOf(page.id) > from)?.id ?? null;
}

/** The page before this one; null before the first. */
export function pageBefore(definition: FormDefinition, journey: Pick<Journey, 'pages'>, pageId: string): string | null {
  const order = definition.ui.pages.map((page) => page.id);
  const from = order.indexOf(pageId);
  return journey.pages.filter((page) => order.indexOf(page.id) < from).at(-1)?.id ?? null;
}
