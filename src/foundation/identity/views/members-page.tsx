import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { MemberRow } from '../account-queries.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    title: 'Người làm việc cho doanh nghiệp',
    text: 'Những người này được nộp hồ sơ và xem hồ sơ của doanh nghiệp bằng tài khoản cá nhân của họ.',
    name: 'Họ và tên',
    role: 'Vai trò',
    roles: { owner: 'Chủ tài khoản', agent: 'Người được giao' },
    since: 'Từ ngày',
    remove: 'Bớt',
    add: 'Thêm người',
    identityNumber: 'Số định danh cá nhân',
    hint: 'Người này phải có tài khoản công dân trước.',
    send: 'Thêm',
    missing: 'Không có tài khoản công dân với đúng số định danh và họ tên này, hoặc người này đã có trong danh sách',
  },
  en: {
    title: 'People who act for the business',
    text: 'They may hand in and see its dossiers with their own accounts.',
    name: 'Full name',
    role: 'Role',
    roles: { owner: 'Owner', agent: 'Agent' },
    since: 'Since',
    remove: 'Remove',
    add: 'Add a person',
    identityNumber: 'Identity number',
    hint: 'The person needs a citizen’s account first.',
    send: 'Add',
    missing: 'No citizen’s account has this number and name, or the person is on the list already',
  },
});
export const memberWords = words;

/** Who may act for the business; only its owner sees this page. */
export function MembersPage(props: { members: readonly MemberRow[]; values?: URLSearchParams; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <FormPage title={w.title} errors={props.errors} backPath={paths.account()}>
      <p class="govuk-body">{w.text}</p>
      <Table
        head={[
          { text: w.name },
          { text: w.role },
          { text: w.since },
          { html: <span class="govuk-visually-hidden">{w.remove}</span> },
        ]}
        rows={props.members.map((member) => [
          { text: member.name },
          { text: w.roles[member.role] },
          { text: formatDate(member.since) },
          {
            html: member.role === 'agent' && (
              <Form action={paths.businessMembers()}>
                <Button
                  text={w.remove}
                  name="remove"
                  value={member.personId}
                  type="submit"
                  classes="govuk-button--secondary"
                />
              </Form>
            ),
          },
        ])}
      />
      <h2 class="govuk-heading-m">{w.add}</h2>
      <Form action={paths.businessMembers()}>
        <Input
          name="identityNumber"
          label={{ text: w.identityNumber, classes: 'govuk-label--s' }}
          hint={{ text: w.hint }}
          value={props.values?.get('identityNumber')?.slice(0, 30)}
          errorMessage={errorOf(props.errors, 'identityNumber')}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Input
          name="fullName"
          label={{ text: w.name, classes: 'govuk-label--s' }}
          value={props.values?.get('fullName')?.slice(0, 100)}
        />
        <Button text={w.send} />
      </Form>
    </FormPage>
  );
}
