import { formatFileSize } from '../../../ui/format.ts';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import type { LabelProps } from '../../../ui/govuk/label.tsx';
import type { FileField } from '../definition.ts';
import { commandName, controlId, controlName } from '../form-post.ts';
import { valueAt, type FieldContext, type StoreOffer } from './field-context.ts';

/** Files attached so far, each with a box to untick, and a control for more. The page's form must be multipart. */
export function FileControl(props: {
  field: FileField;
  at: string;
  context: FieldContext;
  label: Omit<LabelProps, 'for'>;
  hint: { text: string } | undefined;
}) {
  const { field, at, context } = props;
  const { words, locale } = context;
  const error = context.errors.get(at);
  const max = field.maxFiles ?? 1;
  const { typed } = context;
  const value = typed
    ? [...(typed.get(controlName(at, 'kept')) ?? []), ...(typed.get(controlName(at)) ?? [])]
    : valueAt(context.values, at);
  const files = (Array.isArray(value) ? (value as string[]) : []).flatMap((id) => context.books?.files?.find(id) ?? []);
  const rule = words.fileRule(field.accept.map((kind) => kind.toUpperCase()).join(', '), field.maxMegabytes ?? 10, max);
  // A phone's HEIC becomes a JPEG on the way in.
  const heic = field.accept.includes('jpg') ? ['jpeg', 'heic', 'heif'] : [];
  const id = controlId(at);
  return (
    <>
      {files.length > 0 && (
        <Checkboxes
          idPrefix={`${id}-kept`}
          name={controlName(at, 'kept')}
          classes="govuk-checkboxes--small"
          fieldset={{
            legend: { text: `${field.label[locale]}: ${words.keepFile}`, classes: 'govuk-fieldset__legend--s' },
          }}
          items={files.map((file) => ({
            value: file.id,
            html: (
              <>
                <span lang={locale === 'en' ? 'vi' : undefined}>{file.name}</span> (
                {formatFileSize(file.sizeBytes, locale)})
              </>
            ),
            ...(file.from ? { hint: { text: file.from[locale] } } : {}),
            checked: true,
          }))}
        />
      )}
      {context.store && <FromStore {...props} offers={context.store.offersFor(at, field)} />}
      <FileUpload
        id={id}
        name={controlName(at)}
        label={props.label}
        hint={{ text: [props.hint?.text, rule].filter((part) => part !== undefined).join('. ') }}
        errorMessage={error ? { text: error.message[locale] } : undefined}
        multiple={max > 1}
        attributes={{ accept: [...field.accept, ...heic].map((kind) => `.${kind}`).join(',') }}
      />
    </>
  );
}

/** The person's own papers for one file question: a button for each that fits, and the way to all others. */
function FromStore(props: { field: FileField; at: string; context: FieldContext; offers: readonly StoreOffer[] }) {
  const { field, at, context, offers } = props;
  const { words, locale } = context;
  const about = <span class="govuk-visually-hidden"> – {field.label[locale]}</span>;
  return (
    <div class="sen-paper__store">
      {offers.length > 0 && (
        <>
          <p class="sen-paper__store-title">{words.inStore}</p>
          <ul class="sen-paper__offers">
            {offers.map((paper) => (
              <li class="sen-paper__offer">
                <span class="sen-paper__offer-name">
                  <span lang={locale === 'en' ? 'vi' : undefined}>{paper.name}</span> {paper.note}
                </span>
                <button type="submit" name={commandName} value={`take:${at}:${paper.id}`} class="sen-link-button">
                  {words.usePaper}
                  <span class="govuk-visually-hidden" lang={locale === 'en' ? 'vi' : undefined}>
                    {' '}
                    {paper.name}
                  </span>
                  {about}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="sen-paper__note">
        <button type="submit" name={commandName} value={`store:${at}`} class="sen-link-button">
          {words.fromStore}
          {about}
        </button>
      </p>
    </div>
  );
}
