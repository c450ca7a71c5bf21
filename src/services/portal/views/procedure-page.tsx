import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatDate, formatNumber, formatPercent } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { procedurePageWords as words } from './procedure-page-words.ts';
import {
  channelOf,
  wordsIn,
  type Field,
  type Procedure,
  type ProcedureSummary,
  type Words,
} from '../../procedures/index.ts';
import { onlineShare, onTimeShare, type Counts } from '../figures.ts';
import {
  audienceWords,
  channelWords,
  costWords,
  feeWords,
  levelWords,
  onlineWords,
  timeWords,
} from '../procedure-words.ts';

export interface ProcedurePageProps {
  procedure: Procedure;
  field: Field | null;
  related: readonly ProcedureSummary[];
  counts: Counts;
  year: string;
  /** Set when the page was asked for a day that is not today. */
  asOf: string | null;
  apply: 'online' | 'national' | 'no' | 'not-offered';
}

/** One procedure: the plain answer first, the whole record below. */
export function ProcedurePage(props: ProcedurePageProps) {
  const own = words.use();
  const locale = useLocale();
  const { procedure, field } = props;
  const { content } = procedure;
  const name = wordsIn(procedure.name, locale);
  const say = (text: Words | null) => (text ? wordsIn(text, locale) : null);
  const online = channelOf(content, 'online') ?? content.channels[0];
  return (
    <PublicLayout
      title={name}
      description={say(content.summary) ?? undefined}
      breadcrumbs={[
        { text: own.list, path: paths.procedures() },
        ...(field ? [{ text: field.name[locale], path: paths.procedureField({ field: field.code }) }] : []),
        { text: procedure.code },
      ]}
      readsAloud
    >
      {props.asOf && (
        <InsetText>
          {own.version(formatDate(props.asOf))}{' '}
          <Link to={paths.procedure({ code: procedure.code })}>{own.current}</Link>
        </InsetText>
      )}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl sen-procedure__name">{name}</h1>
          {content.summary && <p class="govuk-body-l">{say(content.summary)}</p>}
          <Apply {...props} />
        </div>
      </div>
      <DescriptionGrid
        class="sen-facts--band"
        items={[
          { term: own.howLong, value: timeWords(online?.time, locale), isStrong: true },
          { term: own.howMuch, value: costWords(online, locale), isStrong: true },
          { term: own.online, value: onlineWords[procedure.onlineScope][locale] },
          { term: own.who, value: procedure.audiences.map((each) => audienceWords[each][locale]).join(', ') || '–' },
          {
            term: own.where,
            value: say(content.receivingAddress) ?? say(content.competentAgency) ?? '–',
            isWide: true,
          },
        ]}
      />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Papers procedure={procedure} />
          <Steps procedure={procedure} />
          <Channels procedure={procedure} />
          <ListOf title={own.results} items={content.results.map((each) => wordsIn(each.name, locale))} id="ket-qua" />
          {content.conditions && (
            <Part id="dieu-kien" title={own.conditions}>
              <Lines text={say(content.conditions) ?? ''} />
            </Part>
          )}
          <ListOf
            id="can-cu"
            title={own.basis}
            items={content.legalBases.map((each) =>
              each.title ? `${each.number} – ${wordsIn(each.title, locale)}` : each.number,
            )}
          />
        </div>
        <aside class="govuk-grid-column-one-third">
          <Facts {...props} />
        </aside>
      </div>
      <Statistics {...props} />
      <p class="govuk-body sen-soft govuk-!-display-none-print">{own.print}</p>
    </PublicLayout>
  );
}

function Apply(props: ProcedurePageProps) {
  const own = words.use();
  if (props.asOf) return null;
  if (props.apply !== 'online')
    return (
      <InsetText text={{ national: own.national, no: own.notOnline, 'not-offered': own.notOffered }[props.apply]} />
    );
  return (
    <div class="sen-apply">
      <Button text={own.apply} href={paths.startApplication({ code: props.procedure.code })} isStartButton />
      <p class="govuk-body sen-soft">{own.applyText}</p>
    </div>
  );
}

function Part(props: { id: string; title: string; children?: ComponentChildren }) {
  return (
    <section id={props.id}>
      <h2 class="govuk-heading-m">{props.title}</h2>
      {props.children}
    </section>
  );
}

/** A long text of the catalogue: its lines as paragraphs. */
const Lines = (props: { text: string }) => (
  <>
    {props.text
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
  </>
);

function ListOf(props: { id: string; title: string; items: readonly string[] }) {
  if (props.items.length === 0) return null;
  return (
    <Part id={props.id} title={props.title}>
      <ul class="govuk-list govuk-list--bullet">
        {props.items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </Part>
  );
}

function Papers(props: { procedure: Procedure }) {
  const own = words.use();
  const locale = useLocale();
  const { content, code } = props.procedure;
  const groups = content.papers.filter((group) => group.papers.length > 0);
  return (
    <Part id="giay-to" title={own.bring}>
      {groups.length === 0 && <p class="govuk-body">{own.nothing}</p>}
      {groups.map((group) => (
        <>
          {group.title && <h3 class="govuk-heading-s">{wordsIn(group.title, locale)}</h3>}
          <ul class="sen-papers">
            {group.papers.map((paper) => (
              <li class="sen-papers__item">
                <span>{wordsIn(paper.name, locale)}</span>{' '}
                <Tag
                  text={paper.required ? own.needed : own.ifNeeded}
                  classes={paper.required ? 'govuk-tag--yellow' : 'govuk-tag--grey'}
                />
                <span class="sen-papers__note">
                  {[
                    paper.presentOnly ? own.show : null,
                    paper.when ? wordsIn(paper.when, locale) : null,
                    !paper.presentOnly && paper.originals ? own.original(paper.originals) : null,
                    !paper.presentOnly && paper.copies ? own.copy(paper.copies) : null,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
                {paper.template && (
                  <span class="sen-papers__note">
                    <Link to={paths.procedureTemplate({ code, fileId: paper.template.file })} download>
                      {own.template}: {wordsIn(paper.template.title, locale)}
                    </Link>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      ))}
      {content.sets !== null && <p class="govuk-body">{own.sets(content.sets)}</p>}
      {props.procedure.formVersionId !== null && (
        <p class="govuk-body">
          <Link to={paths.procedureBlankForm({ code })}>{own.blankForm}</Link>
        </p>
      )}
    </Part>
  );
}

function Steps(props: { procedure: Procedure }) {
  const own = words.use();
  const locale = useLocale();
  const { order } = props.procedure.content;
  if (order.length === 0) return null;
  return (
    <Part id="cac-buoc" title={own.order}>
      {order.map((each) => (
        <>
          {each.case && <h3 class="govuk-heading-s">{wordsIn(each.case, locale)}</h3>}
          <ol class="govuk-list govuk-list--number govuk-list--spaced">
            {each.steps.map((step) => (
              <li>{wordsIn(step, locale)}</li>
            ))}
          </ol>
        </>
      ))}
    </Part>
  );
}

function Channels(props: { procedure: Procedure }) {
  const own = words.use();
  const locale = useLocale();
  const { channels } = props.procedure.content;
  if (channels.length === 0) return null;
  return (
    <Part id="cach-nop" title={own.channels}>
      <Table
        caption={own.channels}
        captionClasses="govuk-visually-hidden"
        firstCellIsHeader
        head={[{ text: own.channel }, { text: own.time }, { text: own.fee }]}
        rows={channels.map((channel) => [
          { text: channelWords[channel.kind][locale] },
          { text: timeWords(channel.time, locale) },
          {
            html: (
              <>
                {!channel.feesKnown && own.unknownFee}
                {channel.feesKnown && channel.fees.length === 0 && own.free}
                {channel.fees.map((fee) => {
                  const said = feeWords(fee, locale);
                  return (
                    <div>
                      <strong>{said.amount}</strong> {said.name}
                      {said.when && ` (${said.when})`}
                    </div>
                  );
                })}
                {channel.note && <div class="sen-soft">{wordsIn(channel.note, locale)}</div>}
              </>
            ),
          },
        ])}
      />
    </Part>
  );
}

function Facts(props: ProcedurePageProps) {
  const own = words.use();
  const locale = useLocale();
  const { procedure, field } = props;
  const { content } = procedure;
  const say = (text: Words | null) => (text ? wordsIn(text, locale) : null);
  const facts: [string, string | null][] = [
    [own.code, procedure.code],
    [own.field, field?.name[locale] ?? procedure.nationalField],
    [own.level, procedure.levels.map((level) => levelWords[level][locale]).join(', ')],
    [own.agency, say(content.competentAgency)],
    [own.address, say(content.receivingAddress)],
    [own.authorised, say(content.authorisedAgency)],
    [own.coordinating, say(content.coordinatingAgency)],
    [own.type, content.type],
    [own.decision, procedure.decisionNumber],
    [own.validFrom, formatDate(procedure.validFrom)],
  ];
  return (
    <>
      <h2 class="govuk-heading-s">{own.more}</h2>
      <dl class="sen-side">
        {facts.map(
          ([term, value]) =>
            value && (
              <div>
                <dt>{term}</dt>
                <dd lang={term === own.type ? 'vi' : undefined}>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {props.related.length > 0 && (
        <>
          <h2 class="govuk-heading-s">{own.related}</h2>
          <ul class="govuk-list">
            {props.related.map((each) => (
              <li>
                <Link to={paths.procedure({ code: each.code })}>{wordsIn(each.name, locale)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <Details summaryText={own.asOf}>
        <Form method="get" action={paths.procedure({ code: procedure.code })}>
          <Input
            id="ngay"
            name="ngay"
            label={{ text: own.asOf }}
            hint={{ text: own.asOfHint }}
            value={props.asOf ? formatDate(props.asOf) : ''}
            classes="govuk-input--width-10"
          />
          <Button text={own.show2} classes="govuk-button--secondary" />
        </Form>
      </Details>
    </>
  );
}

function Statistics(props: ProcedurePageProps) {
  const own = words.use();
  const locale = useLocale();
  const { counts } = props;
  const onTime = onTimeShare(counts);
  const online = onlineShare(counts);
  return (
    <Part id="so-lieu" title={props.asOf ? own.statsTo(props.year, formatDate(props.asOf)) : own.stats(props.year)}>
      {counts.submitted === 0 ? (
        <p class="govuk-body">{own.noStats}</p>
      ) : (
        <StatTiles
          tiles={[
            { value: formatNumber(counts.submitted, locale), label: own.submitted },
            { value: online === null ? '–' : formatPercent(online, locale), label: own.onlineCount },
            { value: formatNumber(counts.finishedOnTime + counts.finishedLate, locale), label: own.finished },
            { value: onTime === null ? '–' : formatPercent(onTime, locale), label: own.onTime },
          ]}
        />
      )}
    </Part>
  );
}
