import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { DataSection } from '../readable-data.ts';
import { exportWords } from './export-words.ts';

/** The person's data as a page to read and print. */
export function ExportPage(props: { sections: readonly DataSection[]; madeAt: Date; isComplete: boolean }) {
  const own = exportWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} noIndex backPath={paths.dataRequests()} backText={own.back}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body">{own.made(formatDateTime(props.madeAt, locale))}</p>
      {!props.isComplete && <WarningText text={own.incomplete} />}
      <div class="govuk-button-group">
        <Button text={own.pdf} href={paths.dataExport({ format: 'pdf' })} attributes={{ 'data-turbo': 'false' }} />
        <Button
          text={own.json}
          href={paths.dataExport({ format: 'json' })}
          classes="govuk-button--secondary"
          attributes={{ 'data-turbo': 'false' }}
        />
      </div>
      {props.sections.map((section) => (
        <>
          <h2 class="govuk-heading-m">{section.title}</h2>
          {section.items.length === 0 && <p class="govuk-body sen-soft">{section.none}</p>}
          {section.items.map((item) => (
            <>
              <h3 class="govuk-heading-s">{item.heading}</h3>
              {item.rows.length > 0 && (
                <SummaryList rows={item.rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))} />
              )}
            </>
          ))}
        </>
      ))}
    </PublicLayout>
  );
}
