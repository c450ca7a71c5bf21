import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../platform/http/page-context.ts';
import { bound, boundFile, type FormState } from '../../../ui/components/form-state.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { PaperKind } from '../stored-paper.ts';
import { storeWords } from './store-words.ts';

/** Adding a paper, or (with `paper`) describing and replacing one. */
export function PaperFormPage(props: {
  form: FormState;
  kinds: readonly PaperKind[];
  fileKinds: string;
  paper: { id: string; version: number; name: string } | null;
}) {
  const own = storeWords.use();
  const locale = useLocale();
  const { form, paper } = props;
  const title = paper ? own.editTitle : own.add;
  const optional = (label: string) => ({ text: `${label} ${own.optional}` });
  const day = (name: string, label: string, hint?: string) => (
    <Input
      {...bound(form, name)}
      type="date"
      label={optional(label)}
      classes="govuk-input--width-10"
      {...(hint ? { hint: { text: hint } } : {})}
    />
  );
  return (
    <PublicLayout
      title={title}
      width="narrow"
      noIndex
      hasErrors={Object.keys(form.errors).length > 0}
      backPath={paper ? paths.storedPaper({ id: paper.id }) : paths.storedPapers()}
      backText={paper ? own.backPaper : own.back}
    >
      <ErrorSummaryFor form={form} />
      {paper && (
        <span class="govuk-caption-l">
          <TypedText text={paper.name} />
        </span>
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <Form upload>
        {paper && <input type="hidden" name="version" value={String(paper.version)} />}
        <Select
          {...bound(form, 'loai')}
          label={{ text: own.kind }}
          items={[
            { value: '', text: '–' },
            ...props.kinds.map((kind) => ({ value: kind.key, text: kind.name[locale] })),
          ]}
        />
        <Input {...bound(form, 'ten')} label={optional(own.name)} hint={{ text: own.nameHint }} />
        <FileUpload
          {...boundFile(form, 'tep')}
          label={{ text: paper ? own.newFile : own.chooseFile }}
          hint={{ text: paper ? own.newFileHint : own.fileHint(props.fileKinds) }}
        />
        <Input {...bound(form, 'so')} label={optional(own.number)} classes="govuk-input--width-20" />
        <Input {...bound(form, 'noi-cap')} label={optional(own.issuer)} />
        {day('ngay-cap', own.issuedOn)}
        {day('het-han', own.validUntil, own.dayHint)}
        <Button text={paper ? own.saveChange : own.save} preventDoubleClick />
      </Form>
    </PublicLayout>
  );
}
