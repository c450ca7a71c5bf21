import { TypedText } from '../../../ui/components/typed-text.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { KeepablePaper } from '../keep-from-dossier.ts';
import { storeWords } from './store-words.ts';

/** The papers of a dossier that may be kept for later. */
export function FromDossierPage(props: {
  dossierId: string;
  name: string;
  papers: readonly KeepablePaper[];
  error: string | null;
}) {
  const own = storeWords.use();
  return (
    <PublicLayout
      title={own.fromTitle}
      width="narrow"
      noIndex
      hasErrors={props.error !== null}
      backPath={paths.myDossier({ id: props.dossierId })}
    >
      <span class="govuk-caption-l">{props.name}</span>
      <h1 class="govuk-heading-l">{own.fromTitle}</h1>
      {props.papers.length === 0 ? (
        <p class="govuk-body">{own.fromNone}</p>
      ) : (
        <Form>
          <Checkboxes
            name="giay-to"
            idPrefix="giay-to"
            fieldset={{ legend: { text: own.fromLead } }}
            errorMessage={props.error ? { text: props.error } : undefined}
            items={props.papers.map((paper) => ({
              value: paper.paperId,
              html: <TypedText text={paper.name} />,
              disabled: paper.state !== 'new',
              ...(paper.state === 'new' ? {} : { hint: { text: own.fromStates[paper.state] } }),
            }))}
          />
          {props.papers.some((paper) => paper.state === 'new') && <Button text={own.keepChosen} preventDoubleClick />}
        </Form>
      )}
    </PublicLayout>
  );
}
