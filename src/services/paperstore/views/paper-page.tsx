import { TypedText } from '../../../ui/components/typed-text.tsx';
import { ReadingList, type ReadingLine } from '../../../foundation/readings/index.ts';
import { ScanMark, type ScanMarkKind } from '../../../foundation/files/index.ts';
import { useHref, useLocale } from '../../../platform/http/page-context.ts';
import { formatDate, formatDateTime, formatFileSize } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { StoredPaper } from '../stored-paper.ts';
import type { PaperUse } from '../use-queries.ts';
import { PaperMarks } from './paper-marks.tsx';
import { storeWords } from './store-words.ts';

/** One paper: what it is, its first page, where it was used, who has looked. */
export function PaperPage(props: {
  paper: StoredPaper;
  kindName: string;
  file: { name: string; sizeBytes: number; canPreview: boolean; scanMark: ScanMarkKind | null };
  uses: readonly PaperUse[];
  readings: readonly ReadingLine[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  today: string;
  soonDays: number;
  done: string | null;
  mayChange: boolean;
}) {
  const own = storeWords.use();
  const locale = useLocale();
  const href = useHref();
  const { paper, file } = props;
  const row = (key: string, value: string | null) => value !== null && { key: { text: key }, value: { text: value } };
  const typed = (key: string, value: string | null) =>
    value !== null && { key: { text: key }, value: { html: <TypedText text={value} /> } };
  return (
    <PublicLayout title={props.kindName} width="narrow" noIndex backPath={paths.storedPapers()} backText={own.back}>
      {props.done && <NotificationBanner type="success" text={props.done} />}
      <span class="govuk-caption-l">{props.kindName}</span>
      <h1 class="govuk-heading-l">
        <TypedText text={paper.name} />
      </h1>
      <p class="govuk-body">
        <PaperMarks paper={paper} today={props.today} soonDays={props.soonDays} />
      </p>
      <p class="govuk-body sen-soft">
        {paper.isVerified || paper.source === 'uploaded' ? own.verifiedText[paper.source] : own.verifiedText.uploaded}
      </p>
      {file.canPreview && (
        <p class="govuk-body">
          <img
            class="sen-stored__page"
            src={href(paths.storedPaperPreview({ id: paper.id }))}
            alt={own.photo}
            loading="lazy"
          />
        </p>
      )}
      <SummaryList
        rows={[
          {
            key: { text: own.file },
            value: {
              html: (
                <>
                  <a class="govuk-link" href={href(paths.storedPaperFile({ id: paper.id }))} data-turbo="false">
                    <TypedText text={file.name} />
                  </a>{' '}
                  ({formatFileSize(file.sizeBytes, locale)}) <ScanMark mark={file.scanMark} />
                </>
              ),
            },
          },
          typed(own.number, paper.number),
          typed(own.issuer, paper.issuer),
          row(own.issuedOn, paper.issuedOn && formatDate(paper.issuedOn)),
          row(own.validUntil, paper.validUntil && formatDate(paper.validUntil)),
          row(own.source, own.sources[paper.source]),
          row(own.resultCode, paper.resultCode),
          paper.dossierId !== null && {
            key: { text: own.fromDossier },
            value: { html: <Link to={paths.myDossier({ id: paper.dossierId })}>{own.seeDossier}</Link> },
          },
          row(own.added, formatDateTime(paper.addedAt, locale)),
        ]}
      />
      {props.mayChange && (
        <>
          <div class="govuk-button-group">
            <Button text={own.edit} href={paths.storedPaperEdit({ id: paper.id })} classes="govuk-button--secondary" />
          </div>
          <Form action={paths.storedPaperAct({ id: paper.id, act: 'xoa' })}>
            <p class="govuk-body sen-soft">{own.deleteText}</p>
            <Button text={own.delete} classes="govuk-button--warning" preventDoubleClick />
          </Form>
        </>
      )}
      <h2 class="govuk-heading-m">{own.uses}</h2>
      {props.uses.length === 0 ? (
        <p class="govuk-body sen-soft">{own.noUses}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {props.uses.map((use) => (
            <li>
              <TypedText text={use.about} />
              <br />
              <span class="sen-soft">
                {formatDateTime(use.usedAt, locale)} · {own.usedBy} <TypedText text={use.usedBy} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <h2 class="govuk-heading-m">{own.readings}</h2>
      {props.readings.length === 0 ? (
        <p class="govuk-body sen-soft">{own.noReadings}</p>
      ) : (
        <ReadingList rows={props.readings} unitNames={props.unitNames} />
      )}
    </PublicLayout>
  );
}
