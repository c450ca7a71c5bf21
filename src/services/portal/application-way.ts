import type { WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { missingPapers } from './application.ts';
import { openApplication, type OpenApplication } from './open-application.ts';
import type { ApplicationFacts } from './views/application-frame.tsx';

/** Routes that a person writes with, held to a limit of their own in ten minutes. */
export const perAccount = (name: string, limit: number) =>
  ({ access: 'submitter', rateLimit: { name: `portal.${name}`, limit, windowSeconds: 600, by: 'account' } }) as const;

/** The application of the address, for the person whose it is. */
export const openOf = (request: WebRequest): Promise<OpenApplication> =>
  openApplication(request.reader, request.config, request.actor, request.params['draftId'] ?? '', request.now);

/** What the frame of the pages shows of an application. */
export const factsOf = (open: OpenApplication): ApplicationFacts => ({
  id: open.application.id,
  purpose: open.application.purpose,
  procedureName: open.procedure.name,
  formTitle: open.form?.definition.title ?? null,
  pages: open.journey?.pages ?? [],
  hasPapers: open.slots.length > 0,
  hasNewVersion: open.newer !== null || (open.draft?.carried ?? null) !== null,
  onBehalfOf: open.applicant.delegationId === null ? null : open.applicant.name,
});

/** The unit that receives it, in the page's language. */
export const unitNameOf = (open: OpenApplication, locale: 'vi' | 'en'): string => {
  const unit = open.unitNames.get(open.offer?.receivingUnitId ?? open.dossier?.receivingUnitId ?? '');
  return (locale === 'en' ? unit?.nameEn : unit?.nameVi) ?? '';
};

/** Whether the version it was begun with is not accepted any more. */
export const mustMove = (open: OpenApplication): boolean => open.newer !== null && !open.newer.mayStay;

/** Where the person stands: the first page that is not done. */
export function placeOf(open: OpenApplication): string {
  const id = { draftId: open.application.id };
  if (open.application.purpose === 'supplement') return paths.applicationPapers(id);
  if (mustMove(open)) return paths.applicationNewVersion(id);
  if (open.journey?.firstOpen) return paths.applicationPage({ ...id, page: open.journey.firstOpen });
  return afterForm(open);
}

/** The step after the last page of the form that is not done. */
export function afterForm(open: OpenApplication): string {
  const id = { draftId: open.application.id };
  const { purpose, delivery } = open.application;
  const hasNothing = open.slots.every((slot) => slot.files.length === 0);
  if (open.slots.length > 0 && (missingPapers(open.slots).length > 0 || (hasNothing && delivery === null)))
    return paths.applicationPapers(id);
  return purpose === 'submission' && delivery === null ? paths.applicationDelivery(id) : paths.applicationReview(id);
}
