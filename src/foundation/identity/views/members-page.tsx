import { usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Invitation, MemberChange, MemberHistoryRow, MemberRole, MemberRow } from '../member-queries.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    title: 'Người làm việc cho doanh nghiệp',
    text: 'Những người này làm việc thay doanh nghiệp bằng tài khoản cá nhân của họ. Hồ sơ ghi tên doanh nghiệp và tên người đã làm.',
    roles: {
      owner: 'Người đại diện theo pháp luật',
      agent: 'Được nộp hồ sơ',
      viewer: 'Chỉ được xem',
    } satisfies Record<MemberRole, string>,
    roleHints: {
      owner: 'Chuyển giao: khi người này chấp nhận, bạn thôi là người đại diện và còn quyền nộp hồ sơ.',
      agent: 'Nộp, bổ sung, rút hồ sơ, nhận kết quả.',
      viewer: 'Xem hồ sơ và kết quả, không gửi được gì.',
    } satisfies Record<MemberRole, string>,
    period: (from: string, to: string | null): string => (to ? `${from} đến hết ${to}` : `từ ${from}`),
    always: 'không thời hạn',
    remove: 'Cho thôi',
    waiting: 'Lời mời đang chờ trả lời',
    cancel: 'Hủy lời mời',
    add: 'Mời người làm việc',
    identityNumber: 'Số định danh cá nhân',
    name: 'Họ và tên',
    hint: 'Người này phải có tài khoản công dân trước, và phải chấp nhận lời mời.',
    role: 'Vai trò',
    from: 'Từ ngày',
    to: 'Đến hết ngày (để trống: không thời hạn)',
    send: 'Gửi lời mời',
    missing: 'Không có tài khoản công dân với đúng số định danh và họ tên này, hoặc người này đã được mời',
    roleMissing: 'Chọn vai trò',
    datesWrong: 'Ngày kết thúc không trước ngày bắt đầu, ngày bắt đầu từ hôm nay',
    history: 'Diễn biến',
    changes: {
      invited: 'được mời',
      accepted: 'đã chấp nhận',
      declined: 'đã từ chối',
      cancelled: 'hủy lời mời',
      ended: 'thôi làm việc',
      'handed-over': 'chuyển giao đại diện',
    } satisfies Record<MemberChange, string>,
    by: (who: string): string => `bởi ${who}`,
    invitations: 'Lời mời làm việc cho doanh nghiệp',
    none: 'Không có lời mời nào.',
    accept: 'Chấp nhận',
    decline: 'Từ chối',
  },
  en: {
    title: 'People who act for the business',
    text: 'They act for it with their own accounts. The record names the business and the person.',
    roles: { owner: 'Legal representative', agent: 'May submit', viewer: 'May only see' },
    roleHints: {
      owner: 'Hand-over: once accepted you are the representative no more, and may still submit.',
      agent: 'Hands in, supplements, withdraws, receives results.',
      viewer: 'Sees dossiers and results, sends nothing.',
    },
    period: (from: string, to: string | null): string => (to ? `${from} to ${to}` : `since ${from}`),
    always: 'without end',
    remove: 'End',
    waiting: 'Invitations that wait',
    cancel: 'Cancel the invitation',
    add: 'Invite a person',
    identityNumber: 'Identity number',
    name: 'Full name',
    hint: 'The person needs a citizen’s account, and has to accept.',
    role: 'Role',
    from: 'From',
    to: 'To (empty: without end)',
    send: 'Send the invitation',
    missing: 'No citizen’s account has this number and name, or the person was invited already',
    roleMissing: 'Choose a role',
    datesWrong: 'The last day is not before the first, and the first is today or later',
    history: 'History',
    changes: {
      invited: 'invited',
      accepted: 'accepted',
      declined: 'declined',
      cancelled: 'invitation cancelled',
      ended: 'ended',
      'handed-over': 'representation handed over',
    },
    by: (who: string): string => `by ${who}`,
    invitations: 'Invitations of businesses',
    none: 'There are none.',
    accept: 'Accept',
    decline: 'Decline',
  },
});
export const memberWords = words;

const FIRST = '1900-01-01';

function periodText(row: { validFrom: string; validTo: string | null }, own: ReturnType<typeof words.use>): string {
  if (row.validFrom === FIRST && row.validTo === null) return own.always;
  return own.period(formatDate(row.validFrom), row.validTo && formatDate(row.validTo));
}

/** Who may act for the business, who was invited, what happened; only its representative sees this page. */
export function MembersPage(props: {
  members: readonly MemberRow[];
  invitations: readonly Invitation[];
  history: readonly MemberHistoryRow[];
  today: string;
  values?: URLSearchParams;
  errors?: FieldErrors;
}) {
  const w = words.use();
  const { locale } = usePage();
  const { values } = props;
  const small = (text: string) => ({ text, classes: 'govuk-label--s' });
  return (
    <FormPage title={w.title} errors={props.errors} backPath={paths.account()}>
      <p class="govuk-body">{w.text}</p>
      <ul class="sen-rows">
        {props.members.map((member) => (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <h2 class="sen-row-card__title">{member.name}</h2>
              <p class="sen-row-card__meta">
                {w.roles[member.role]} · {periodText(member, w)}
              </p>
            </div>
            {member.role !== 'owner' && (
              <Form action={paths.businessMembers()}>
                <Button
                  text={w.remove}
                  name="remove"
                  value={member.personId}
                  type="submit"
                  classes="govuk-button--secondary sen-button--small"
                />
              </Form>
            )}
          </li>
        ))}
      </ul>
      {props.invitations.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{w.waiting}</h2>
          <ul class="sen-rows">
            {props.invitations.map((one) => (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h3 class="sen-row-card__title">{one.personName}</h3>
                  <p class="sen-row-card__meta">
                    {w.roles[one.role]} · {periodText(one, w)}
                  </p>
                </div>
                <Form action={paths.businessMembers()}>
                  <Button
                    text={w.cancel}
                    name="cancel"
                    value={one.id}
                    type="submit"
                    classes="govuk-button--secondary sen-button--small"
                  />
                </Form>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 class="govuk-heading-m">{w.add}</h2>
      <Form action={paths.businessMembers()}>
        <Input
          name="identityNumber"
          label={small(w.identityNumber)}
          hint={{ text: w.hint }}
          value={values?.get('identityNumber')?.slice(0, 30)}
          errorMessage={errorOf(props.errors, 'identityNumber')}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Input name="fullName" label={small(w.name)} value={values?.get('fullName')?.slice(0, 100)} />
        <Radios
          name="role"
          idPrefix="role"
          fieldset={{ legend: { text: w.role, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorOf(props.errors, 'role')}
          value={values?.get('role') ?? 'agent'}
          items={(['agent', 'viewer', 'owner'] as const).map((role) => ({
            value: role,
            text: w.roles[role],
            hint: { text: w.roleHints[role] },
          }))}
        />
        <Input
          name="validFrom"
          type="date"
          label={small(w.from)}
          value={values?.get('validFrom')?.slice(0, 10) ?? props.today}
          errorMessage={errorOf(props.errors, 'validFrom')}
          classes="govuk-input--width-10"
        />
        <Input
          name="validTo"
          type="date"
          label={small(w.to)}
          value={values?.get('validTo')?.slice(0, 10) ?? ''}
          classes="govuk-input--width-10"
        />
        <Button text={w.send} />
      </Form>
      {props.history.length > 0 && (
        <Details summaryText={w.history}>
          <ul class="govuk-list govuk-list--bullet">
            {props.history.map((row) => (
              <li>
                {formatDateTime(row.at, locale)}: {row.name} {w.changes[row.what]} ({w.roles[row.role]}){' '}
                {w.by(row.byName)}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </FormPage>
  );
}

/** Invitations that the person has not answered. */
export function InvitationsPage(props: { rows: readonly Invitation[] }) {
  const w = words.use();
  return (
    <FormPage title={w.invitations} backPath={paths.account()}>
      {props.rows.length === 0 && <p class="govuk-body">{w.none}</p>}
      {props.rows.map((one) => (
        <>
          <h2 class="govuk-heading-m">{one.businessName}</h2>
          <p class="govuk-body">
            {w.roles[one.role]} · {periodText(one, w)} · {w.by(one.invitedBy)}
          </p>
          <Form action={paths.memberInvitations()}>
            <input type="hidden" name="id" value={one.id} />
            <div class="govuk-button-group">
              <Button text={w.accept} name="answer" value="accept" type="submit" />
              <Button text={w.decline} name="answer" value="decline" type="submit" classes="govuk-button--secondary" />
            </div>
          </Form>
        </>
      ))}
    </FormPage>
  );
}
