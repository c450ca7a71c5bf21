import { useLocale } from '../platform/http/page-context.ts';
import { InsetText } from '../ui/govuk/inset-text.tsx';
import { Table } from '../ui/govuk/table.tsx';
import { PublicLayout } from '../ui/layouts/public-layout.tsx';
import { Link } from '../ui/link.tsx';
import { paths } from '../ui/paths.ts';
import { formatDate } from '../ui/format.ts';
import { OtherLanguage } from './docs-page.tsx';
import { problemsOf, scopesNeeded, type ApiRoute } from './document.ts';
import { guideWords } from './guide-words.ts';
import { kindOf, SchemaTable } from './schema-table.tsx';

/** A parameter as the document has it. */
export interface ShownParameter {
  name: string;
  in: string;
  required: boolean;
  schema: object;
  description?: string;
  'x-description-vi'?: string;
}

function curlOf(route: ApiRoute, publicUrl: string): string {
  const { api } = route.options;
  const path = route.pattern.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(api.params?.[name]?.example ?? route.options.example?.[name] ?? name),
  );
  const parts = [`curl${route.method === 'GET' ? '' : ` -X ${route.method}`} '${publicUrl}${path}'`];
  if (scopesNeeded(route).length > 0) parts.push(`-H 'Authorization: Bearer $TOKEN'`);
  if (api.isKeyed) parts.push(`-H "Idempotency-Key: $(uuidgen)"`);
  if (api.conditional === 'if-match') parts.push(`-H 'If-Match: "3"'`);
  for (const [name, { required, example }] of Object.entries(api.headers ?? {}))
    if (required) parts.push(`-H '${name}: ${example}'`);
  if (api.bodyExample !== undefined)
    parts.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(api.bodyExample, null, 2)}'`);
  return parts.join(' \\\n  ');
}

function Access(props: { route: ApiRoute }) {
  const own = guideWords.use();
  const scopes = scopesNeeded(props.route);
  const more = props.route.options.api.moreWith ?? [];
  const codes = (list: readonly string[]) => list.map((scope, at) => [at > 0 && ', ', <code>{scope}</code>]);
  return (
    <>
      <p class="govuk-body">
        {scopes.length === 0 ? own.open : scopes.length === 1 ? own.needs : own.oneOf} {codes(scopes)}
      </p>
      {more.length > 0 && (
        <p class="govuk-body">
          {own.moreWith}: {codes(more)}
        </p>
      )}
    </>
  );
}

function Parameters(props: { parameters: readonly ShownParameter[] }) {
  const own = guideWords.use();
  const locale = useLocale();
  if (props.parameters.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{own.parameters}</h2>
      <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.parameters}>
        <Table
          firstCellIsHeader
          head={[
            { text: own.name },
            { text: own.place },
            { text: own.kind },
            { text: own.needed },
            { text: own.about },
          ]}
          rows={props.parameters.map((each) => [
            { html: <code>{each.name}</code> },
            { text: own.places[each.in] ?? each.in },
            { html: <code>{kindOf(each.schema)}</code> },
            { text: each.required ? own.yes : own.no },
            { text: (locale === 'vi' ? each['x-description-vi'] : each.description) ?? '' },
          ])}
        />
      </div>
    </>
  );
}

const Json = (props: { title: string; value: unknown }) => (
  <>
    <h3 class="govuk-heading-s">{props.title}</h3>
    <pre class="sen-schema" tabIndex={0}>
      {JSON.stringify(props.value, null, 2)}
    </pre>
  </>
);

/** One operation of the public API. */
export function OperationPage(props: { route: ApiRoute; parameters: readonly ShownParameter[]; publicUrl: string }) {
  const own = guideWords.use();
  const locale = useLocale();
  const { route } = props;
  const { api, body, rateLimit } = route.options;
  return (
    <PublicLayout
      title={api.summary[locale]}
      breadcrumbs={[{ text: own.title, path: paths.apiDocs() }, { text: api.summary[locale] }]}
    >
      <h1 class="govuk-heading-l">{api.summary[locale]}</h1>
      <p class="govuk-body sen-linklist">
        <code>
          {route.method} {route.pattern.replaceAll(/:(\w+)\??/g, '{$1}')}
        </code>
      </p>
      {api.deprecated && (
        <InsetText>
          <strong>{own.deprecated}.</strong>{' '}
          {own.deprecatedText(formatDate(api.deprecated.until), api.deprecated.instead)}
        </InsetText>
      )}
      {api.description && <p class="govuk-body">{api.description[locale]}</p>}
      <Access route={route} />
      {rateLimit && <p class="govuk-body">{own.limit(rateLimit.limit, rateLimit.windowSeconds)}</p>}
      <h2 class="govuk-heading-m">{own.try}</h2>
      <pre class="sen-schema" tabIndex={0}>
        {curlOf(route, props.publicUrl)}
      </pre>
      <Parameters parameters={props.parameters} />
      {body && (
        <>
          <h2 class="govuk-heading-m">{own.body}</h2>
          <SchemaTable schema={body} caption={own.body} />
        </>
      )}
      <h2 class="govuk-heading-m">{own.answer}</h2>
      {Object.entries(api.answers).map(([status, answer]) => (
        <>
          <h3 class="govuk-heading-s">
            {status} {answer.description[locale]}
          </h3>
          {answer.schema && <SchemaTable schema={answer.schema} caption={`${own.answer} ${status}`} />}
          {!answer.schema && <p class="govuk-body">{answer.type ? `${own.bytes} (${answer.type})` : own.empty}</p>}
          {answer.example !== undefined && <Json title={`${own.example} (${status})`} value={answer.example} />}
        </>
      ))}
      <h2 class="govuk-heading-m">{own.failures}</h2>
      <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.failures}>
        <Table
          head={[{ text: own.status }, { text: own.code }, { text: own.about }]}
          rows={problemsOf(route).map(({ status, code, title }) => [
            { text: String(status) },
            { html: <Link to={paths.apiProblem({ code })}>{code}</Link> },
            { text: title[locale] },
          ])}
        />
      </div>
      <p class="govuk-body">
        <Link to={paths.apiDocs()}>{own.back}</Link>, <OtherLanguage path={paths.apiOperation({ operation: api.id })} />
      </p>
    </PublicLayout>
  );
}
