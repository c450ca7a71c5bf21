import type { ComponentChildren } from 'preact';
import { useHref, useLocale } from '../../platform/http/page-context.ts';
import { formatFileSize } from '../format.ts';

/** A file a person may open. */
export interface FileListItem {
  name: string;
  path: string;
  sizeBytes: number;
  /** What the file is for, such as the paper it stands for. */
  note?: ComponentChildren;
  /** A warning in a box behind its name, such as that no scanner has looked at it yet. */
  mark?: ComponentChildren;
  /** Buttons and links beside it: remove, replace. */
  actions?: ComponentChildren;
  /** A small picture of the first page, where the file can be drawn. */
  thumbPath?: string | undefined;
}

/** `giay-khai-sinh.PDF` → `PDF`; up to four letters, `–` when there is none. */
function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? '–';
}

/** Files with their kind and size. Links open in the same window: the server decides whether to show or to save. */
export function FileList(props: { files: readonly FileListItem[]; label?: string | undefined }) {
  const href = useHref();
  const locale = useLocale();
  return (
    <ul class="sen-files" aria-label={props.label}>
      {props.files.map((file) => (
        <li class="sen-file">
          {file.thumbPath ? (
            <img class="sen-file__thumb" src={href(file.thumbPath)} alt="" width="46" height="60" loading="lazy" />
          ) : (
            <span class="sen-file__kind" aria-hidden="true">
              {extensionOf(file.name)}
            </span>
          )}
          <div class="sen-file__body">
            <a class="govuk-link sen-file__name" href={href(file.path)} data-turbo="false">
              {file.name}
            </a>
            <span class="sen-file__meta">
              {formatFileSize(file.sizeBytes, locale)}
              {file.note && <> · {file.note}</>}
            </span>
            {file.mark}
          </div>
          {file.actions && <div class="sen-file__actions">{file.actions}</div>}
        </li>
      ))}
    </ul>
  );
}
