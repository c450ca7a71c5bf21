import { useLocale } from '../platform/http/page-context.ts';
import { Details } from '../ui/govuk/details.tsx';
import { Table } from '../ui/govuk/table.tsx';
import { guideWords } from './guide-words.ts';

type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  description?: string;
  'x-vi'?: string;
};

const MAX_DEPTH = 4;

/** A schema's kind in a few words; null beside a kind reads `kind?`. */
export function kindOf(schema: Schema): string {
  const variants = schema.anyOf?.filter((each) => each.type !== 'null');
  if (schema.anyOf && variants) {
    const isNullable = variants.length < schema.anyOf.length;
    const kinds = [...new Set(variants.map(kindOf))].join(' | ');
    return isNullable ? `${kinds}?` : kinds;
  }
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === 'array') return schema.items ? `${kindOf(schema.items)}[]` : 'array';
  return [schema.type ?? 'any', schema.format ? `(${schema.format})` : ''].filter(Boolean).join(' ');
}

interface Line {
  name: string;
  kind: string;
  isRequired: boolean;
  text: Schema;
}

function linesOf(schema: Schema, before: string, depth: number): Line[] {
  const own = schema.anyOf?.find((each) => each.properties) ?? schema;
  return Object.entries(own.properties ?? {}).flatMap(([name, part]) => {
    const inner = part.type === 'array' && part.items ? part.items : part;
    const isList = part.type === 'array';
    const line = {
      name: `${before}${name}`,
      kind: kindOf(part),
      isRequired: own.required?.includes(name) ?? false,
      text: part,
    };
    return depth < MAX_DEPTH ? [line, ...linesOf(inner, `${line.name}${isList ? '[]' : ''}.`, depth + 1)] : [line];
  });
}

/** A JSON Schema for people: one line per field, inner ones by their way. The whole schema lies behind a click. */
export function SchemaTable(props: { schema: object; caption: string }) {
  const own = guideWords.use();
  const locale = useLocale();
  const lines = linesOf(props.schema as Schema, '', 1);
  return (
    <>
      {lines.length > 0 && (
        <div class="sen-scroll" tabIndex={0} role="region" aria-label={props.caption}>
          <Table
            caption={props.caption}
            captionClasses="govuk-visually-hidden"
            firstCellIsHeader
            head={[{ text: own.name }, { text: own.kind }, { text: own.needed }, { text: own.about }]}
            rows={lines.map(({ name, kind, isRequired, text }) => [
              { html: <code>{name}</code> },
              { html: <code>{kind}</code> },
              { text: isRequired ? own.yes : own.no },
              { text: (locale === 'vi' ? text['x-vi'] : text.description) ?? '' },
            ])}
          />
        </div>
      )}
      <Details summaryText={own.schema}>
        <pre class="sen-schema" tabIndex={0}>
          {JSON.stringify(props.schema, null, 2)}
        </pre>
      </Details>
    </>
  );
}
