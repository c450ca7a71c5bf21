import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';

/** What is wrong with a form, by field name; the empty name is about the form as a whole. */
export type FieldErrors = Record<string, string>;

/** The red bar of one field, in the kit's shape. */
export const errorOf = (errors: FieldErrors | undefined, field: string): { text: string } | undefined =>
  errors?.[field] === undefined ? undefined : { text: errors[field] };

/** A narrow page with an error summary; officials see it inside their workspace once they are signed in. */
export function FormPage(props: {
  title: string;
  caption?: string | undefined;
  errors?: FieldErrors | undefined;
  backPath?: string | undefined;
  isQuiet?: boolean | undefined;
  children?: ComponentChildren;
}) {
  const { person } = usePage();
  const errors = Object.entries(props.errors ?? {});
  const summary = errors.length > 0 && (
    <ErrorSummary
      titleText={usePage().locale === 'vi' ? 'Chưa thực hiện được' : 'There is a problem'}
      errorList={errors.map(([field, text]) => ({ text, href: field ? `#${field}` : undefined }))}
    />
  );
  const body = (
    <>
      {summary}
      {props.caption && <span class="govuk-caption-l">{props.caption}</span>}
      <h1 class="govuk-heading-l">{props.title}</h1>
      {props.children}
    </>
  );
  if (person?.kind === 'official')
    return (
      <WorkspaceLayout title={props.title} heading={false} backPath={props.backPath} hasErrors={errors.length > 0}>
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">{body}</div>
        </div>
      </WorkspaceLayout>
    );
  return (
    <PublicLayout
      title={props.title}
      width="narrow"
      noIndex
      isQuiet={props.isQuiet}
      backPath={props.backPath}
      hasErrors={errors.length > 0}
    >
      {body}
    </PublicLayout>
  );
}
