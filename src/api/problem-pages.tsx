import { useLocale } from '../platform/http/page-context.ts';
import type { ProblemDefinition } from '../platform/problems.ts';
import { formatDate } from '../ui/format.ts';
import { SummaryList } from '../ui/govuk/summary-list.tsx';
import { Table } from '../ui/govuk/table.tsx';
import { PublicLayout } from '../ui/layouts/public-layout.tsx';
import { Link } from '../ui/link.tsx';
import { paths } from '../ui/paths.ts';
import { releases } from './changes.ts';
import { OtherLanguage } from './docs-page.tsx';
import type { ApiRoute } from './document.ts';
import { guideWords } from './guide-words.ts';

/** Every kind of problem that an operation may answer with. */
export function ProblemsPage(props: { problems: readonly ProblemDefinition[] }) {
  const own = guideWords.use();
  const locale = useLocale();
  return (
    <PublicLayout
      title={own.problems}
      breadcrumbs={[{ text: own.title, path: paths.apiDocs() }, { text: own.problems }]}
    >
      <h1 class="govuk-heading-l">{own.problems}</h1>
      <p class="govuk-body">{own.problemIntro}</p>
      <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.problems}>
        <Table
          head={[{ text: own.status }, { text: own.code }, { text: own.about }]}
          rows={props.problems.map(({ code, status, title }) => [
            { text: String(status) },
            { html: <Link to={paths.apiProblem({ code })}>{code}</Link> },
            { text: title[locale] },
          ])}
        />
      </div>
      <p class="govuk-body">
        <OtherLanguage path={paths.apiProblems()} />
      </p>
    </PublicLayout>
  );
}

/** One kind of problem: the address in `type` leads here. */
export function ProblemPage(props: { problem: ProblemDefinition; routes: readonly ApiRoute[] }) {
  const own = guideWords.use();
  const locale = useLocale();
  const { code, status, title, advice } = props.problem;
  return (
    <PublicLayout
      title={title[locale]}
      breadcrumbs={[
        { text: own.title, path: paths.apiDocs() },
        { text: own.problems, path: paths.apiProblems() },
        { text: title[locale] },
      ]}
    >
      <h1 class="govuk-heading-l">{title[locale]}</h1>
      <SummaryList
        rows={[
          { key: { text: own.code }, value: { html: <code>{code}</code> } },
          { key: { text: own.status }, value: { text: String(status) } },
          { key: { text: own.advice }, value: { text: advice?.[locale] ?? own.noAdvice } },
        ]}
      />
      {props.routes.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.usedBy}</h2>
          <ul class="govuk-list">
            {props.routes.map(({ options: { api } }) => (
              <li>
                <Link to={paths.apiOperation({ operation: api.id })}>{api.summary[locale]}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="govuk-body">
        <OtherLanguage path={paths.apiProblem({ code })} />
      </p>
    </PublicLayout>
  );
}

/** What changed for integrators. */
export function ChangesPage() {
  const own = guideWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.changes} breadcrumbs={[{ text: own.title, path: paths.apiDocs() }, { text: own.changes }]}>
      <h1 class="govuk-heading-l">{own.changes}</h1>
      <p class="govuk-body">{own.supportText}</p>
      {releases.map(({ version, on, changes }) => (
        <>
          <h2 class="govuk-heading-m">
            {own.version} {version}, {formatDate(on)}
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {changes.map((change) => (
              <li>{change[locale]}</li>
            ))}
          </ul>
        </>
      ))}
      <p class="govuk-body">
        <OtherLanguage path={paths.apiChanges()} />
      </p>
    </PublicLayout>
  );
}
