import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import { remindChoices } from '../stored-paper.ts';
import type { StoreChoice } from '../use-queries.ts';
import { storeWords } from './store-words.ts';

/** When to remind, and whether results come by themselves. */
export function ChoicePage(props: { choice: StoreChoice; done: string | null }) {
  const own = storeWords.use();
  const { remindDays, keepResults } = props.choice;
  const days = [...new Set([...remindChoices, ...(remindDays === null ? [] : [remindDays])])].toSorted((a, b) => a - b);
  return (
    <PublicLayout title={own.choiceTitle} width="narrow" noIndex backPath={paths.storedPapers()} backText={own.back}>
      {props.done && <NotificationBanner type="success" text={props.done} />}
      <h1 class="govuk-heading-l">{own.choiceTitle}</h1>
      <Form>
        <Select
          id="nhac"
          name="nhac"
          label={{ text: own.remind, classes: 'govuk-label--m' }}
          value={remindDays === null ? 'khong' : String(remindDays)}
          items={[
            ...days.map((n) => ({ value: String(n), text: own.remindDays(n) })),
            { value: 'khong', text: own.remindNever },
          ]}
        />
        <Checkboxes
          name="tu-luu"
          idPrefix="tu-luu"
          values={keepResults ? ['co'] : []}
          items={[{ value: 'co', text: own.keep, hint: { text: own.keepHint } }]}
        />
        <Button text={own.saveChange} preventDoubleClick />
      </Form>
    </PublicLayout>
  );
}
