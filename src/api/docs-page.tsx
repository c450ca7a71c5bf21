import { definedScopes } from '../platform/access.ts';
import { apiTags } from '../platform/http/api-doc.ts';
import { useLocale } from '../platform/http/page-context.ts';
import { Table } from '../ui/govuk/table.tsx';
import { PublicLayout } from '../ui/layouts/public-layout.tsx';
import { Link } from '../ui/link.tsx';
import { paths } from '../ui/paths.ts';
import type { ApiRoute } from './document.ts';
import { guideWords } from './guide-words.ts';

const RULES = ['token', 'keys', 'pages', 'versions', 'errors', 'limits', 'hooks', 'support'] as const;

/** Where the other language of a page about the API is. */
export function OtherLanguage(props: { path: string }) {
  const own = guideWords.use();
  const locale = useLocale();
  return (
    <a class="govuk-link" href={locale === 'vi' ? `/en${props.path}` : props.path} lang={locale === 'vi' ? 'en' : 'vi'}>
      {own.language}
    </a>
  );
}

const bracketed = (pattern: string): string => pattern.replaceAll(/:(\w+)\??/g, '{$1}');

function Operations(props: { tag: string; routes: readonly ApiRoute[] }) {
  const locale = useLocale();
  return (
    <section>
      <h3 class="govuk-heading-m">{apiTags[props.tag]?.[locale] ?? props.tag}</h3>
      <ul class="govuk-list">
        {props.routes.map(({ method, pattern, options: { api } }) => (
          <li class="sen-operation">
            <Link to={paths.apiOperation({ operation: api.id })}>{api.summary[locale]}</Link>
            <br />
            <code>
              {method} {bracketed(pattern)}
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The public API for people who read: how to begin, the rules, every operation by group, the scopes. */
export function ApiDocsPage(props: { routes: readonly ApiRoute[]; publicUrl: string; version: string }) {
  const own = guideWords.use();
  const locale = useLocale();
  const byTag = Map.groupBy(props.routes, ({ options }) => options.api.tag);
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          <Link to={paths.openApi()}>{own.machine}</Link>
        </li>
        <li>
          <Link to={paths.apiChanges()}>{own.changes}</Link>
        </li>
        <li>
          <Link to={paths.apiProblems()}>{own.problems}</Link>
        </li>
        <li>
          {own.server}: <code>{props.publicUrl}</code>, {own.version.toLowerCase()} {props.version}
        </li>
        <li>
          <OtherLanguage path={paths.apiDocs()} />
        </li>
      </ul>
      <h2 class="govuk-heading-m">{own.rules}</h2>
      {RULES.map((rule) => (
        <>
          <h3 class="govuk-heading-s">{own[rule]}</h3>
          <p class="govuk-body">{own[`${rule}Text`]}</p>
          {rule === 'token' && (
            <pre class="sen-schema" tabIndex={0}>
              {`curl -u CLIENT_ID:CLIENT_SECRET ${props.publicUrl}/oidc/token \\\n  -d grant_type=client_credentials -d scope=dossiers.submit`}
            </pre>
          )}
        </>
      ))}
      <h2 class="govuk-heading-m">{own.operations}</h2>
      {Object.keys(apiTags).map((tag) => byTag.has(tag) && <Operations tag={tag} routes={byTag.get(tag) ?? []} />)}
      <h2 class="govuk-heading-m">{own.scopes}</h2>
      <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.scopes}>
        <Table
          firstCellIsHeader
          head={[{ text: own.scope }, { text: own.meaning }]}
          rows={definedScopes().map(({ name, title, needsUnits }) => [
            { html: <code>{name}</code> },
            { text: needsUnits ? `${title[locale]}. ${own.ofUnits}.` : title[locale] },
          ])}
        />
      </div>
    </PublicLayout>
  );
}
