import { useHref, useLocale } from './platform/http/page-context.ts';
import { Details } from './ui/govuk/details.tsx';
import { Table } from './ui/govuk/table.tsx';
import { PublicLayout } from './ui/layouts/public-layout.tsx';
import { localWords } from './ui/local-words.ts';

/* The public API for people who read: the same document that machines get at /api/openapi.json. */

interface Operation {
  summary?: string;
  description?: string;
  tags?: (string | undefined)[];
  parameters?: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  security?: Record<string, string[]>[];
  responses?: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}
interface Document {
  info?: { title?: string; version?: string; description?: string };
  servers?: { url: string }[];
  paths?: Record<string, Record<string, Operation>>;
}

const words = localWords({
  vi: {
    title: 'Tài liệu API công khai',
    intro: 'Dành cho lập trình viên. Tên và mô tả của từng lệnh viết bằng tiếng Anh, như trong tài liệu OpenAPI.',
    machine: 'Tài liệu OpenAPI 3.1 (JSON)',
    server: 'Địa chỉ máy chủ',
    errors: 'Lỗi trả về theo RFC 9457 (application/problem+json), có mã cố định và mã tham chiếu để hỏi hỗ trợ.',
    token: 'Lệnh cần quyền gửi kèm mã truy cập: Authorization: Bearer …',
    scope: 'Cần quyền',
    open: 'Không cần quyền',
    parameters: 'Tham số',
    name: 'Tên',
    place: 'Ở đâu',
    kind: 'Kiểu',
    needed: 'Bắt buộc',
    yes: 'có',
    no: 'không',
    body: 'Nội dung gửi lên (JSON Schema)',
    answer: 'Nội dung trả về (JSON Schema)',
    try: 'Gọi thử',
    language: 'English',
  },
  en: {
    title: 'Public API',
    intro: 'For programmers: what the portal can be asked by other programs.',
    machine: 'OpenAPI 3.1 document (JSON)',
    server: 'Server',
    errors:
      'Failures come as RFC 9457 problems (application/problem+json) with a permanent code, and a reference to ask for help with.',
    token: 'Calls that need a right carry an access token: Authorization: Bearer …',
    scope: 'Needs the scope',
    open: 'Open to everybody',
    parameters: 'Parameters',
    name: 'Name',
    place: 'In',
    kind: 'Type',
    needed: 'Required',
    yes: 'yes',
    no: 'no',
    body: 'What is sent (JSON Schema)',
    answer: 'What comes back (JSON Schema)',
    try: 'Try it',
    language: 'Tiếng Việt',
  },
});

const typeOf = (schema: unknown): string => {
  const { type, format, enum: values, pattern } = (schema ?? {}) as Record<string, unknown>;
  if (Array.isArray(values)) return values.join(' | ');
  return [
    typeof type === 'string' ? type : 'string',
    typeof format === 'string' ? `(${format})` : '',
    typeof pattern === 'string' ? pattern : '',
  ]
    .filter(Boolean)
    .join(' ');
};

function Schema(props: { summary: string; schema: unknown }) {
  return (
    <Details summaryText={props.summary}>
      <pre class="sen-schema" tabIndex={0}>
        {JSON.stringify(props.schema, null, 2)}
      </pre>
    </Details>
  );
}

function OperationPart(props: { method: string; path: string; operation: Operation; server: string }) {
  const own = words.use();
  const { operation, method, path } = props;
  const scope = operation.security?.[0]?.['bearer']?.[0];
  const body = operation.requestBody?.content['application/json']?.schema;
  const answer = operation.responses?.['2XX']?.content?.['application/json']?.schema;
  const parameters = operation.parameters ?? [];
  return (
    <section class="sen-operation">
      <h3 class="govuk-heading-s">
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h3>
      <p class="govuk-body">
        <strong lang="en">{operation.summary}</strong>
        {operation.description && <span lang="en">. {operation.description}</span>}
      </p>
      <p class="govuk-body sen-soft">{scope ? `${own.scope} ${scope}` : own.open}</p>
      {parameters.length > 0 && (
        <div class="sen-scroll" tabIndex={0} role="region" aria-label={`${own.parameters}: ${method} ${path}`}>
          <Table
            caption={own.parameters}
            captionClasses="govuk-table__caption--s"
            firstCellIsHeader
            head={[{ text: own.name }, { text: own.place }, { text: own.kind }, { text: own.needed }]}
            rows={parameters.map((each) => [
              { html: <code>{each.name}</code> },
              { text: each.in },
              { text: typeOf(each.schema) },
              { text: each.required ? own.yes : own.no },
            ])}
          />
        </div>
      )}
      {body !== undefined && <Schema summary={`${own.body}: ${method.toUpperCase()} ${path}`} schema={body} />}
      {answer !== undefined && <Schema summary={`${own.answer}: ${method.toUpperCase()} ${path}`} schema={answer} />}
      {method === 'get' && (
        <pre class="sen-schema" tabIndex={0}>
          curl '{props.server}
          {path}'
        </pre>
      )}
    </section>
  );
}

/** The public API as a page, grouped by tag. */
export function ApiDocsPage(props: { document: Document }) {
  const own = words.use();
  const href = useHref();
  const locale = useLocale();
  const { document } = props;
  const server = document.servers?.[0]?.url ?? '';
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other');
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          <a class="govuk-link" href={href('/api/openapi.json')}>
            {own.machine}
          </a>
        </li>
        <li>
          {own.server}: <code>{server}</code>
        </li>
        <li>{own.errors}</li>
        <li>{own.token}</li>
        <li>
          <a
            class="govuk-link"
            href={locale === 'vi' ? '/en/api/docs' : '/api/docs'}
            lang={locale === 'vi' ? 'en' : 'vi'}
          >
            {own.language}
          </a>
        </li>
      </ul>
      {[...byTag].map(([tag, list]) => (
        <section>
          <h2 class="govuk-heading-m" lang="en">
            {tag}
          </h2>
          {list.map((each) => (
            <OperationPart {...each} server={server} />
          ))}
        </section>
      ))}
    </PublicLayout>
  );
}
