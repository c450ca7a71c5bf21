import type { LoggedEvent } from '../../../platform/event-log.ts';
import { definedScopes } from '../../../platform/access.ts';
import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { UnitName } from '../../organisations/index.ts';
import type { AppLine } from '../oidc-app-queries.ts';
import type { LogoutLine } from '../oidc-logout-queries.ts';
import { appWords as words } from './oidc-app-words.ts';
import { claimCatalogue, type AppStatus, type RelyingApp } from '../relying-app.ts';

const COLOURS: Record<AppStatus, string> = {
  requested: 'govuk-tag--yellow',
  active: 'govuk-tag--green',
  suspended: 'govuk-tag--red',
  refused: 'govuk-tag--grey',
};
function StatusTag(props: { status: AppStatus }) {
  return <Tag text={words.use().statuses[props.status]} classes={COLOURS[props.status]} />;
}

export interface AppsQuery {
  tim?: string | undefined;
  trangthai?: string | undefined;
  loai?: string | undefined;
}

/** All applications that the viewer may see, newest first. */
export function AppsPage(props: {
  rows: readonly AppLine[];
  units: ReadonlyMap<string, UnitName>;
  query: AppsQuery;
  nextCursor: string | null;
  isManager: boolean;
}) {
  const w = words.use();
  const { locale } = usePage();
  const choice = (values: Record<string, string>, chosen: string | undefined) => [
    { value: '', text: w.all, selected: !chosen },
    ...Object.entries(values).map(([value, text]) => ({ value, text, selected: value === chosen })),
  ];
  const unitOf = (row: AppLine) => props.units.get(row.unitId)?.[locale === 'vi' ? 'nameVi' : 'nameEn'] ?? '';
  return (
    <WorkspaceLayout
      title={w.title}
      actions={<Button text={props.isManager ? w.register : w.request} href={paths.adminAppNew()} />}
    >
      <FilterBar action={paths.adminApps()}>
        <Input name="tim" label={{ text: w.search }} value={props.query.tim} />
        <Select name="trangthai" label={{ text: w.status }} items={choice(w.statuses, props.query.trangthai)} />
        <Select name="loai" label={{ text: w.kind }} items={choice(w.kinds, props.query.loai)} />
      </FilterBar>
      <DataTable
        caption={w.title}
        path={paths.adminApps()}
        query={{ ...props.query }}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminAppsExport({ format }, { ...props.query }),
        }))}
        toneOf={(row) => (row.failed > 0 ? 'late' : undefined)}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          {
            heading: w.name,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminApp({ id: row.id })}>{locale === 'vi' ? row.nameVi : row.nameEn}</Link>,
          },
          { heading: w.unit, cell: unitOf },
          { heading: w.kind, cell: (row) => w.kinds[row.kind] },
          { heading: w.status, cell: (row) => <StatusTag status={row.status} /> },
          {
            heading: w.lastUsed,
            isTight: true,
            cell: (row) => (row.lastUsedAt ? formatDateTime(row.lastUsedAt, locale) : w.never),
          },
          { heading: w.failedLogouts, isNumeric: true, cell: (row) => row.failed },
        ]}
      />
    </WorkspaceLayout>
  );
}

/** Shown once, right after the secret was made; only its hash is stored. */
export function AppSecretPage(props: { app: RelyingApp; secret: string }) {
  const w = words.use();
  const { locale } = usePage();
  return (
    <WorkspaceLayout title={w.secretTitle} caption={locale === 'vi' ? props.app.nameVi : props.app.nameEn}>
      <p class="govuk-body">{w.secretOnce}</p>
      <SummaryList rows={[{ key: { text: w.clientId }, value: { html: <code>{props.app.clientId}</code> } }]} />
      <InsetText>
        <code data-secret="">{props.secret}</code>
      </InsetText>
      <p class="govuk-body">
        <Link to={paths.adminApp({ id: props.app.id })}>{w.back}</Link>
      </p>
    </WorkspaceLayout>
  );
}

const Addresses = (props: { uris: readonly string[] }) => (
  <>
    {props.uris.map((uri) => (
      <code class="sen-break">
        {uri}
        <br />
      </code>
    ))}
  </>
);

function Facts(props: { app: RelyingApp; unit: string; reach: readonly UnitName[]; issuer: string }) {
  const w = words.use();
  const { locale } = usePage();
  const { app } = props;
  const at = (date: Date) => formatDateTime(date, locale);
  const text = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
  return (
    <SummaryList
      rows={[
        { key: { text: w.status }, value: { html: <StatusTag status={app.status} /> } },
        app.statusReason !== null && text(w.reason, app.statusReason),
        text(w.unit, props.unit),
        text(w.purpose, locale === 'vi' ? app.purposeVi : app.purposeEn),
        { key: { text: w.homeUrl }, value: { html: <code class="sen-break">{app.homeUrl}</code> } },
        text(w.contact, app.contact),
        text(w.requestedBy, `${app.requestedBy}, ${at(app.createdAt)}`),
        text(w.kind, w.kinds[app.kind]),
        { key: { text: w.clientId }, value: { html: <code data-client="">{app.clientId}</code> } },
        { key: { text: w.issuer }, value: { html: <code class="sen-break">{props.issuer}</code> } },
        app.kind !== 'service' && {
          key: { text: w.redirectUris },
          value: { html: <Addresses uris={app.redirectUris} /> },
        },
        app.kind === 'service' && {
          key: { text: w.serviceScopes },
          value: {
            html: (
              <ul class="govuk-list">
                {definedScopes()
                  .filter(({ name }) => app.serviceScopes.includes(name))
                  .map(({ title, name }) => (
                    <li>
                      {title[locale]} <code>{name}</code>
                    </li>
                  ))}
              </ul>
            ),
          },
        },
        props.reach.length > 0 &&
          text(w.reach, props.reach.map((unit) => (locale === 'vi' ? unit.nameVi : unit.nameEn)).join('; ')),
        app.validTo !== null && text(w.validTo, formatDate(app.validTo)),
        app.secretExpiresAt !== null && text(w.secretExpires, at(app.secretExpiresAt)),
        app.allowedOrigins.length > 0 && {
          key: { text: w.allowedOrigins },
          value: { html: <Addresses uris={app.allowedOrigins} /> },
        },
        app.postLogoutUris.length > 0 && {
          key: { text: w.postLogoutUris },
          value: { html: <Addresses uris={app.postLogoutUris} /> },
        },
        app.backchannelUri !== null && {
          key: { text: w.backchannelUri },
          value: { html: <Addresses uris={[app.backchannelUri]} /> },
        },
        text(w.authMethod, w.methods[app.authMethod]),
        text(w.pairwise, app.isPairwise ? w.yes : w.no),
        text(w.audience, app.audience.map((one) => w.audiences[one]).join(', ')),
        app.authMethod.startsWith('client_secret') &&
          text(
            w.secret,
            app.secretMadeAt
              ? [
                  w.secretMade(at(app.secretMadeAt)),
                  ...(app.previousSecretUntil ? [w.secretOld(at(app.previousSecretUntil))] : []),
                ].join('. ')
              : w.secretNone,
          ),
      ]}
    />
  );
}

function Claims(props: { app: RelyingApp }) {
  const w = words.use();
  const { locale } = usePage();
  const { claims } = props.app;
  return (
    <>
      <h2 class="govuk-heading-m">{w.claims}</h2>
      {claims.length === 0 ? (
        <p class="govuk-body">{w.noClaims}</p>
      ) : (
        <Table
          head={[{ text: w.claims }, { text: w.claimPurpose }, { text: w.claimBasis }]}
          rows={claims.map(({ claim, purpose, legalBasis }) => [
            { text: claimCatalogue[claim][locale] },
            { html: <span lang="vi">{purpose}</span> },
            { html: <span lang="vi">{legalBasis}</span> },
          ])}
        />
      )}
    </>
  );
}

function Actions(props: { app: RelyingApp; isManager: boolean; fault: string | undefined }) {
  const w = words.use();
  const { app } = props;
  const to = (action: string) => paths.adminAppAction({ id: app.id, action });
  const reason = (action: string, button: string, hint?: string) => (
    <Form action={to(action)}>
      <Input
        name="reason"
        label={{ text: w.reason, classes: 'govuk-label--s' }}
        hint={hint ? { text: hint } : undefined}
        errorMessage={props.fault ? { text: props.fault } : undefined}
      />
      <Button text={button} classes="govuk-button--warning" />
    </Form>
  );
  return (
    <>
      <h2 class="govuk-heading-m">{w.actions}</h2>
      {props.isManager && app.status !== 'active' && (
        <Form action={to('duyet')}>
          <Button text={app.status === 'suspended' ? w.resume : w.approve} />
        </Form>
      )}
      {props.isManager && app.status === 'requested' && reason('tu-choi', w.refuse)}
      {app.status === 'active' && app.authMethod.startsWith('client_secret') && (
        <Form action={to('khoa-bi-mat')} attributes={{ 'data-turbo': 'false' }}>
          <p class="govuk-hint">{w.secretText}</p>
          <Button text={w.makeSecret} classes="govuk-button--secondary" />
        </Form>
      )}
      {props.isManager && app.status === 'active' && reason('tam-dung', w.suspend, w.suspendText)}
    </>
  );
}

function Logouts(props: { app: RelyingApp; logouts: readonly LogoutLine[] }) {
  const w = words.use();
  const { locale } = usePage();
  return (
    <>
      <h2 class="govuk-heading-m">{w.logouts}</h2>
      {props.logouts.length === 0 ? (
        <p class="govuk-body">{w.noLogouts}</p>
      ) : (
        <Table
          head={[{ text: w.when }, { text: w.result }, { text: w.tries }, { text: w.note }]}
          rows={props.logouts.map((line) => [
            { text: formatDateTime(line.createdAt, locale) },
            { text: w.results[line.status] },
            { text: String(line.attempts) },
            { text: line.lastError ? (w.faults[line.lastError] ?? w.fault(line.lastError)) : '' },
          ])}
        />
      )}
      {props.logouts.some((line) => line.status === 'failed') && (
        <Form action={paths.adminAppAction({ id: props.app.id, action: 'bao-lai' })}>
          <Button text={w.repeat} classes="govuk-button--secondary" />
        </Form>
      )}
    </>
  );
}

/** One application: what it is, what it learns, its figures, its sign-outs, its history. */
export function AppPage(props: {
  app: RelyingApp;
  unit: UnitName | undefined;
  reach: readonly UnitName[];
  issuer: string;
  days: readonly { day: string; signIns: number }[];
  people: number;
  logouts: readonly LogoutLine[];
  history: readonly (LoggedEvent & { title: string })[];
  isManager: boolean;
  fault?: 'needReason' | undefined;
}) {
  const w = words.use();
  const { locale } = usePage();
  const { app } = props;
  const fault = props.fault && w[props.fault];
  const total = props.days.reduce((sum, { signIns }) => sum + signIns, 0);
  return (
    <WorkspaceLayout
      title={locale === 'vi' ? app.nameVi : app.nameEn}
      caption={w.title}
      backPath={paths.adminApps()}
      hasErrors={fault !== undefined}
      actions={<Button text={w.change} href={paths.adminAppChange({ id: app.id })} classes="govuk-button--secondary" />}
    >
      {fault && <ErrorSummary titleText={w.problem} errorList={[{ text: fault, href: '#reason' }]} />}
      {app.status === 'active' && app.authMethod.startsWith('client_secret') && !app.secretMadeAt && (
        <WarningText text={w.makeSecret} />
      )}
      <Facts
        app={app}
        unit={props.unit?.[locale === 'vi' ? 'nameVi' : 'nameEn'] ?? ''}
        reach={props.reach}
        issuer={props.issuer}
      />
      <p class="govuk-hint">{w.guide}</p>
      <Claims app={app} />
      <div class="sen-actform">
        <Actions app={app} isManager={props.isManager} fault={fault} />
      </div>
      <h2 class="govuk-heading-m">{w.figures}</h2>
      <StatTiles
        label={w.figures}
        tiles={[
          ...(app.kind === 'service' ? [] : [{ value: props.people, label: w.people }]),
          { value: total, label: app.kind === 'service' ? w.tokens : w.signIns },
          { value: app.lastUsedAt ? formatDateTime(app.lastUsedAt, locale) : w.never, label: w.lastUsed },
        ]}
      />
      {props.days.length > 0 && (
        <Table
          head={[{ text: w.day }, { text: app.kind === 'service' ? w.tokens : w.daily }]}
          rows={props.days.map(({ day, signIns }) => [{ text: formatDate(day) }, { text: String(signIns) }])}
        />
      )}
      <Logouts app={app} logouts={props.logouts} />
      <h2 class="govuk-heading-m">{w.history}</h2>
      {props.history.length === 0 && <p class="govuk-body">{w.noHistory}</p>}
      <Table
        head={props.history.length === 0 ? [] : [{ text: w.when }, { text: w.act }, { text: w.who }]}
        rows={props.history.map((event) => [
          { text: formatDateTime(event.occurredAt, locale) },
          { text: event.title },
          { html: <span lang="vi">{event.actorLabel}</span> },
        ])}
      />
    </WorkspaceLayout>
  );
}
