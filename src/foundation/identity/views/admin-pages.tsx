import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { maskContact } from '../account.ts';
import type { AccountLine } from '../admin-queries.ts';
import type { LoginRow, SignInLine } from '../account-queries.ts';
import type { RecoveryRequest } from '../recovery-queries.ts';
import type { SessionLine } from '../session-queries.ts';
import { accountWords } from './account-page.tsx';
import { adminWords as words } from './admin-words.ts';
import { errorOf, type FieldErrors } from './form-page.tsx';

function StatusTag(props: { account: Pick<AccountLine, 'status' | 'lockedUntil'>; now: Date }) {
  const w = words.use();
  const { locale } = usePage();
  const { status, lockedUntil } = props.account;
  if (status === 'active' && lockedUntil && lockedUntil > props.now)
    return <Tag text={w.temporarily(formatDateTime(lockedUntil, locale))} classes="govuk-tag--yellow" />;
  return <Tag text={w.statuses[status]} classes={status === 'active' ? 'govuk-tag--green' : 'govuk-tag--red'} />;
}

export interface AccountsQuery {
  tim?: string | undefined;
  loai?: string | undefined;
  trangthai?: string | undefined;
}

/** All accounts, newest first; identity numbers are shown masked. */
export function AccountsPage(props: {
  rows: readonly AccountLine[];
  recoveries: readonly RecoveryRequest[];
  query: AccountsQuery;
  /** The reader manages accounts of the whole province, not of some units. */
  isProvince: boolean;
  nextCursor: string | null;
  now: Date;
}) {
  const w = words.use();
  const { locale } = usePage();
  const { query } = props;
  const choice = (values: Record<string, string>, chosen: string | undefined) => [
    { value: '', text: w.all, selected: !chosen },
    ...Object.entries(values).map(([value, text]) => ({ value, text, selected: value === chosen })),
  ];
  return (
    <WorkspaceLayout
      title={w.title}
      actions={
        <>
          <Button text={w.policy} href={paths.adminAccountPolicy()} classes="govuk-button--secondary" />
          {props.isProvince && (
            <Button text={w.levels} href={paths.adminAssurance()} classes="govuk-button--secondary" />
          )}
          <Button text={w.review} href={paths.adminAccountReview()} classes="govuk-button--secondary" />
          <Button text={w.add} href={paths.adminAccountNew()} />
        </>
      }
    >
      {props.recoveries.length > 0 && (
        <InsetText>
          {w.recoveries}{' '}
          {props.recoveries.map((one, at) => (
            <>
              {at > 0 && ', '}
              <Link to={paths.adminAccount({ id: one.accountId })}>{one.accountName}</Link>
            </>
          ))}
        </InsetText>
      )}
      {!props.isProvince && <p class="govuk-body sen-soft">{w.ofUnits}</p>}
      <FilterBar action={paths.adminAccounts()}>
        <Input name="tim" label={{ text: w.search }} value={query.tim} />
        {props.isProvince && <Select name="loai" label={{ text: w.kind }} items={choice(w.kinds, query.loai)} />}
        <Select name="trangthai" label={{ text: w.status }} items={choice(w.statuses, query.trangthai)} />
      </FilterBar>
      <DataTable
        caption={w.title}
        path={paths.adminAccounts()}
        query={{ ...query }}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminAccountsExport({ format }, { ...query }),
        }))}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          {
            heading: w.name,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminAccount({ id: row.id })}>{row.name}</Link>,
          },
          { heading: w.kind, cell: (row) => w.kinds[row.kind] },
          {
            heading: w.login,
            isTight: true,
            cell: (row) => (row.kind === 'citizen' && row.login ? maskContact(row.login) : row.login),
          },
          { heading: w.status, cell: (row) => <StatusTag account={row} now={props.now} /> },
          {
            heading: w.lastSignIn,
            isTight: true,
            cell: (row) => (row.lastSignInAt ? formatDateTime(row.lastSignInAt, locale) : w.never),
          },
        ]}
      />
    </WorkspaceLayout>
  );
}

export function NewAccountPage(props: { values?: URLSearchParams; errors?: FieldErrors }) {
  const w = words.use();
  const errors = Object.entries(props.errors ?? {});
  return (
    <WorkspaceLayout title={w.add} backPath={paths.adminAccounts()} hasErrors={errors.length > 0}>
      {errors.length > 0 && (
        <ErrorSummary titleText={w.problem} errorList={errors.map(([field, text]) => ({ text, href: `#${field}` }))} />
      )}
      <p class="govuk-body">{w.addText}</p>
      <Form action={paths.adminAccountNew()}>
        <Input
          name="staffCode"
          label={{ text: w.staffCode, classes: 'govuk-label--s' }}
          value={props.values?.get('staffCode')?.slice(0, 60)}
          errorMessage={errorOf(props.errors, 'staffCode')}
          classes="govuk-input--width-20"
        />
        <Input
          name="userName"
          label={{ text: w.userName, classes: 'govuk-label--s' }}
          hint={{ text: w.userNameHint }}
          value={props.values?.get('userName')?.slice(0, 60)}
          errorMessage={errorOf(props.errors, 'userName')}
          classes="govuk-input--width-20"
          autocapitalize="none"
          spellcheck={false}
        />
        <Button text={w.create} />
      </Form>
    </WorkspaceLayout>
  );
}

/** Shown once, right after the link was made; it is stored nowhere. */
export function LinkPage(props: { name: string; url: string; accountId: string }) {
  const w = words.use();
  return (
    <WorkspaceLayout title={w.link} caption={props.name}>
      <p class="govuk-body">{w.linkText}</p>
      <InsetText>
        <code>{props.url}</code>
      </InsetText>
      <p class="govuk-body">
        <Link to={paths.adminAccount({ id: props.accountId })}>{w.back}</Link>
      </p>
    </WorkspaceLayout>
  );
}

/** Lost factors: one administrator asks, another agrees, then it waits. */
function Recovery(props: {
  account: AccountLine;
  factors: number;
  recovery: RecoveryRequest | null;
  ownId: string | null;
  errors?: FieldErrors | undefined;
}) {
  const w = words.use();
  const { locale } = usePage();
  const { account, recovery, ownId } = props;
  const act = (action: string) => paths.adminAccountAction({ id: account.id, action });
  if (props.factors === 0 && !recovery) return null;
  if (!recovery)
    return (
      <Form action={act('khoi-phuc')}>
        <Input
          name="recoveryReason"
          label={{ text: w.recoveryReason, classes: 'govuk-label--s' }}
          hint={{ text: w.recoveryText }}
          errorMessage={errorOf(props.errors, 'recoveryReason')}
        />
        <Button text={w.recoveryAsk} classes="govuk-button--secondary" />
      </Form>
    );
  const mayApprove = recovery.state === 'asked' && recovery.requestedBy !== ownId && account.id !== ownId;
  return (
    <InsetText>
      <p class="govuk-body">
        {recovery.state === 'asked'
          ? w.recoveryAsked(recovery.requestedByName, formatDateTime(recovery.requestedAt, locale))
          : w.recoveryApproved(recovery.effectiveAt ? formatDateTime(recovery.effectiveAt, locale) : '')}
      </p>
      <p class="govuk-body">
        {w.reason}: {recovery.reason}
      </p>
      {mayApprove && (
        <Form action={act('duyet-khoi-phuc')}>
          <Button text={w.recoveryApprove} />
        </Form>
      )}
      <Form action={act('dung-khoi-phuc')}>
        <Button text={w.recoveryStop} classes="govuk-button--secondary" />
      </Form>
    </InsetText>
  );
}

export function AdminAccountPage(props: {
  factors: number;
  recovery: RecoveryRequest | null;
  ownId: string | null;
  mayChange: boolean;
  account: AccountLine;
  logins: readonly LoginRow[];
  sessions: readonly SessionLine[];
  history: readonly SignInLine[];
  now: Date;
  errors?: FieldErrors;
}) {
  const w = words.use();
  const a = accountWords.use();
  const { locale } = usePage();
  const { account } = props;
  const act = (action: string) => paths.adminAccountAction({ id: account.id, action });
  const errors = Object.entries(props.errors ?? {});
  return (
    <WorkspaceLayout
      title={account.name}
      caption={w.kinds[account.kind]}
      backPath={paths.adminAccounts()}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && (
        <ErrorSummary titleText={w.problem} errorList={errors.map(([field, text]) => ({ text, href: `#${field}` }))} />
      )}
      <SummaryList
        rows={[
          { key: { text: w.status }, value: { html: <StatusTag account={account} now={props.now} /> } },
          account.statusReason !== null && {
            key: { text: w.reason },
            value: { text: account.statusReason === 'inactive' ? w.inactive : account.statusReason },
          },
          {
            key: { text: w.login },
            value: {
              text: props.logins
                .map((one) =>
                  one.kind === 'user-name' || one.kind === 'tax-code' ? one.value : maskContact(one.value),
                )
                .join(', '),
            },
          },
          {
            key: { text: w.lastSignIn },
            value: { text: account.lastSignInAt ? formatDateTime(account.lastSignInAt, locale) : w.never },
          },
        ]}
      />
      {!props.mayChange && <InsetText text={w.beyond} />}
      {account.status !== 'closed' && props.mayChange && (
        <>
          <h2 class="govuk-heading-m">{w.actions}</h2>
          {account.status === 'active' ? (
            <Form action={act('khoa')}>
              <Input
                name="reason"
                label={{ text: w.lockReason, classes: 'govuk-label--s' }}
                errorMessage={errorOf(props.errors, 'reason')}
              />
              <Button text={w.lock} classes="govuk-button--warning" />
            </Form>
          ) : null}
          {(account.status === 'locked' || (account.lockedUntil && account.lockedUntil > props.now)) && (
            <Form action={act('mo-khoa')}>
              <Button text={w.unlock} />
            </Form>
          )}
          <Form action={act('dat-lai')}>
            <p class="govuk-hint">{w.resetText}</p>
            <Button text={w.reset} classes="govuk-button--secondary" />
          </Form>
          <Recovery
            account={account}
            factors={props.factors}
            recovery={props.recovery}
            ownId={props.ownId}
            errors={props.errors}
          />
          <Form action={act('ket-thuc-phien')}>
            <Button text={w.end} classes="govuk-button--secondary" />
          </Form>
        </>
      )}
      <h2 class="govuk-heading-m">{w.sessions}</h2>
      {props.sessions.length === 0 ? (
        <p class="govuk-body">{w.empty}</p>
      ) : (
        <Table
          head={[{ text: w.lastSeen }, { text: w.place }]}
          rows={props.sessions.map((one) => [
            { text: formatDateTime(one.seenAt, locale) },
            { text: one.address ?? '' },
          ])}
        />
      )}
      <h2 class="govuk-heading-m">{w.history}</h2>
      {props.history.length === 0 ? (
        <p class="govuk-body">{w.empty}</p>
      ) : (
        <Table
          head={[{ text: w.when }, { text: w.result }, { text: w.place }]}
          rows={props.history.map((one) => [
            { text: formatDateTime(one.occurredAt, locale) },
            { text: a.outcomes[one.outcome] },
            { text: one.address ?? '' },
          ])}
        />
      )}
    </WorkspaceLayout>
  );
}
