import { useLocale } from '../../../../platform/http/page-context.ts';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Textarea } from '../../../../ui/govuk/textarea.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { ReviewComment } from '../revision.ts';
import { editorWords } from './editor-words.ts';

/** Remarks of the review on one section, with the form to leave one. */
export function Remarks(props: { code: string; section: string; comments: readonly ReviewComment[]; form: FormState }) {
  const own = editorWords.use();
  const locale = useLocale();
  return (
    <section aria-labelledby="gop-y">
      <h2 class="govuk-heading-m" id="gop-y">
        {own.remarks}
      </h2>
      {props.comments.length === 0 && <p class="govuk-body">{own.noRemarks}</p>}
      {props.comments.map((comment) => (
        <div class="sen-remark">
          <p class="govuk-body sen-remark__text">{comment.body}</p>
          <p class="govuk-hint">
            {comment.madeBy} · {formatDateTime(comment.madeAt, locale)}
            {comment.settledBy !== null && ` · ${own.settled(comment.settledBy)}`}
          </p>
          {comment.settledAt === null && (
            <Form action={paths.adminProcedureRemarks({ code: props.code })}>
              <input type="hidden" name="section" value={props.section} />
              <input type="hidden" name="settle" value={comment.id} />
              <Button text={own.settle} classes="govuk-button--secondary" />
            </Form>
          )}
        </div>
      ))}
      <Form action={paths.adminProcedureRemarks({ code: props.code })}>
        <input type="hidden" name="section" value={props.section} />
        <Textarea {...bound(props.form, 'body')} label={{ text: own.remark }} rows={3} />
        <Button text={own.addRemark} classes="govuk-button--secondary" />
      </Form>
    </section>
  );
}
