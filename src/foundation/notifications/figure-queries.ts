import { statement, type Reader } from '../../platform/database.ts';

export interface FigureFilter {
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  until: string;
  channel?: string | null;
  provider?: string | null;
  unitId?: string | null;
  template?: string | null;
}
export interface Figure {
  /** The day, or what the figures are grouped by. */
  group: string;
  sent: number;
  delivered: number;
  failed: number;
  parts: number;
  costDong: number;
  /** Mean time from the moment a message was due to its receipt. */
  deliverySeconds: number | null;
  /** Share of the delivered that arrived within ten seconds, 0 to 1. */
  withinTenSeconds: number | null;
}
export const figureGroups = ['day', 'channel', 'provider', 'unit_id', 'template'] as const;
export type FigureGroup = (typeof figureGroups)[number];

const by = (column: FigureGroup) =>
  statement(
    `notifications.figures_by_${column}`,
    `select ${column}::text as "group", sum(sent)::int8 as sent, sum(delivered)::int8 as delivered, sum(failed)::int8 as failed, sum(parts)::int8 as parts,
       sum(cost_dong)::int8 as "costDong", (sum(delivery_ms) / 1000.0 / nullif(sum(delivered), 0))::float8 as "deliverySeconds",
       (sum(within_10s)::float8 / nullif(sum(delivered), 0))::float8 as "withinTenSeconds"
     from notifications.figure where day between $1::date and $2::date and ($3::text is null or channel = $3) and ($4::text is null or provider = $4)
       and ($5::uuid is null or unit_id = $5) and ($6::text is null or template = $6)
     group by ${column} order by ${column === 'day' ? 'day' : 'sum(sent) desc, 1'} limit 1000`,
  );
const statements = Object.fromEntries(figureGroups.map((column) => [column, by(column)])) as Record<
  FigureGroup,
  ReturnType<typeof by>
>;

/** What was sent and what arrived, by day or another way: sums of figures that are kept while messages go out. */
export const listFigures = (reader: Reader, group: FigureGroup, filter: FigureFilter): Promise<Figure[]> =>
  reader.run<Figure>(statements[group], [
    filter.from,
    filter.until,
    filter.channel || null,
    filter.provider || null,
    filter.unitId || null,
    filter.template || null,
  ]);
