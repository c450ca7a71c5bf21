import { ScanMark, type ScanMarkKind } from '../../../foundation/files/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import type { FormState } from '../../../ui/components/form-state.ts';
import { fieldId } from '../../../ui/components/form-state.ts';
import { formatDateTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { fromStore, type OriginWords } from '../../paperstore/index.ts';
import type { DossierFile, Paper } from '../../dossiers/index.ts';

const words = localWords({
  vi: {
    caption: 'Kiểm tra giấy tờ',
    paper: 'Giấy tờ',
    ok: 'Đạt',
    bad: 'Chưa đạt',
    originals: 'Bản chính',
    copies: 'Bản sao',
    note: 'Ghi chú',
    open: 'Mở tệp',
    pages: 'Xem từng trang',
    paperOnly: 'Bản giấy',
    isNew: (round: number): string => `Bổ sung lần ${round}`,
    checked: (who: string, when: string): string => `${who} xem ${when}`,
    none: 'Hồ sơ này không có giấy tờ kèm theo.',
  },
  en: {
    caption: 'Check of the papers',
    paper: 'Paper',
    ok: 'Right',
    bad: 'Not right',
    originals: 'Originals',
    copies: 'Copies',
    note: 'Note',
    open: 'Open the file',
    pages: 'Page by page',
    paperOnly: 'On paper',
    isNew: (round: number): string => `Supplement ${round}`,
    checked: (who: string, when: string): string => `${who} looked at it, ${when}`,
    none: 'This dossier has no papers.',
  },
});

/** What was found, where nothing is to be found out any more. */
function ReadOnlyCells(props: { paper: Paper }) {
  const own = words.use();
  const { paper } = props;
  const labels = [own.ok, own.bad, own.originals, own.copies, own.note];
  const cells = [
    paper.isAccepted === true ? '✓' : '',
    paper.isAccepted === false ? '✗' : '',
    paper.originals,
    paper.copies,
    paper.remark ?? '',
  ];
  return (
    <>
      {cells.map((cell, at) => (
        <td class="govuk-table__cell" data-label={labels[at]}>
          {cell}
        </td>
      ))}
    </>
  );
}

/** The checklist with a mark, counts and a note per paper, in one dense table; works with the keyboard alone. */
export function PaperChecks(props: {
  file: Pick<DossierFile, 'id' | 'papers'>;
  form: FormState;
  isCaptionHidden?: boolean;
  isReadOnly?: boolean;
  /** Marks of the files, by their ids. */
  marks?: ReadonlyMap<string, ScanMarkKind | null>;
  /** Where files taken from a person's store came from, by their ids. */
  origins?: ReadonlyMap<string, OriginWords>;
}) {
  const own = words.use();
  const locale = useLocale();
  const { file, form } = props;
  if (file.papers.length === 0) return <p class="govuk-body">{own.none}</p>;
  const typed = (name: string): string | undefined =>
    typeof form.values[name] === 'string' ? form.values[name] : undefined;
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.caption}>
      <table class="govuk-table sen-table sen-checks">
        <caption
          class={props.isCaptionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--s'}
        >
          {own.caption}
        </caption>
        <thead class="govuk-table__head">
          <tr>
            {[own.paper, own.ok, own.bad, own.originals, own.copies, own.note].map((heading) => (
              <th scope="col" class="govuk-table__header">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.papers.map((paper) => {
            const name = `p-${paper.id}`;
            const mark = typed(name) ?? (paper.isAccepted === null ? '' : paper.isAccepted ? 'yes' : 'no');
            return (
              <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">
                  <span lang="vi">{paper.name}</span>{' '}
                  {paper.round > 0 && <Tag text={own.isNew(paper.round)} classes="govuk-tag--yellow" />}{' '}
                  {paper.fileId && <ScanMark mark={props.marks?.get(paper.fileId)} />}
                  <span class="sen-under">
                    {paper.fileId && (
                      <>
                        <Link to={paths.dossierFilePages({ id: file.id, fileId: paper.fileId })}>
                          {own.pages}
                          <span class="govuk-visually-hidden" lang="vi">
                            {' '}
                            {paper.name}
                          </span>
                        </Link>
                        {' · '}
                      </>
                    )}
                    {paper.fileId ? (
                      <Link
                        to={paths.dossierFile({ id: file.id, fileId: paper.fileId })}
                        attributes={{ target: '_blank', 'data-turbo': 'false' }}
                      >
                        {own.open}
                        <span class="govuk-visually-hidden" lang="vi">
                          {' '}
                          {paper.name}
                        </span>
                      </Link>
                    ) : (
                      own.paperOnly
                    )}
                    {paper.isFromDataStore && (
                      <>
                        {' · '}
                        {(props.origins?.get(paper.fileId ?? '') ?? fromStore)[locale]}
                      </>
                    )}
                    {paper.checkedAt &&
                      ` · ${own.checked(paper.checkedBy ?? '', formatDateTime(paper.checkedAt, locale))}`}
                  </span>
                </th>
                {props.isReadOnly && <ReadOnlyCells paper={paper} />}
                {!props.isReadOnly &&
                  (['yes', 'no'] as const).map((value) => (
                    <td class="govuk-table__cell" data-label={value === 'yes' ? own.ok : own.bad}>
                      <input
                        type="radio"
                        class="sen-box"
                        name={name}
                        value={value}
                        checked={mark === value}
                        aria-label={`${value === 'yes' ? own.ok : own.bad}: ${paper.name}`}
                      />
                    </td>
                  ))}
                {!props.isReadOnly && (
                  <>
                    <td class="govuk-table__cell" data-label={own.originals}>
                      <input
                        type="text"
                        class="govuk-input govuk-input--width-2 sen-small"
                        name={`${name}-originals`}
                        inputmode="numeric"
                        value={typed(`${name}-originals`) ?? String(paper.originals)}
                        aria-label={`${own.originals}: ${paper.name}`}
                      />
                    </td>
                    <td class="govuk-table__cell" data-label={own.copies}>
                      <input
                        type="text"
                        class="govuk-input govuk-input--width-2 sen-small"
                        name={`${name}-copies`}
                        inputmode="numeric"
                        value={typed(`${name}-copies`) ?? String(paper.copies)}
                        aria-label={`${own.copies}: ${paper.name}`}
                      />
                    </td>
                    <td class="govuk-table__cell" data-label={own.note}>
                      <input
                        type="text"
                        class="govuk-input sen-small"
                        id={fieldId(`${name}-remark`)}
                        name={`${name}-remark`}
                        value={typed(`${name}-remark`) ?? paper.remark ?? ''}
                        aria-label={`${own.note}: ${paper.name}`}
                      />
                    </td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
