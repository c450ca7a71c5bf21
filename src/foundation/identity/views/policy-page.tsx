import { formatDate } from '../../../ui/format.ts';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { PolicyFigure } from '../identity-policy.ts';

const words = localWords({
  vi: {
    title: 'Quy định về tài khoản đang áp dụng',
    why: 'Các con số dưới đây được đọc từ hệ thống đang chạy. Người vận hành chỉ có thể siết chặt hơn, không nới lỏng, bằng biến cài đặt ghi ở cột cuối; thay đổi có hiệu lực khi khởi động lại.',
    rule: 'Quy định',
    figure: 'Đang áp dụng',
    limit: 'Giới hạn cho phép',
    atMost: (n: number): string => `Không quá ${n}`,
    atLeast: (n: number): string => `Ít nhất ${n}`,
    fixed: 'Cố định',
    setting: 'Biến cài đặt',
    none: '—',
    source: 'Giới hạn theo TCVN 14423 (hệ thống cấp độ 3), như tỉnh hiểu; cần bộ phận pháp chế xác nhận.',
    figures: {
      lockoutFailures: 'Số lần nhập sai mật khẩu liên tiếp trước khi tạm khóa',
      lockoutMinutes: 'Số phút khóa lần đầu; mỗi lần sau gấp đôi, tối đa một ngày',
      idleLockMinutes: 'Số phút không thao tác trước khi khóa màn hình cán bộ',
      administratorIdleLockMinutes: 'Số phút không thao tác trước khi khóa màn hình quản trị viên',
      personPasswordLength: 'Độ dài mật khẩu của công dân, doanh nghiệp',
      officialPasswordLength: 'Độ dài mật khẩu của cán bộ chưa có bước xác minh thứ hai',
      officialPasswordLengthWithFactor: 'Độ dài mật khẩu của cán bộ đã có bước xác minh thứ hai',
      rememberedPasswords: 'Số mật khẩu cũ của cán bộ không được dùng lại',
      administratorPasswordDays: 'Số ngày quản trị viên phải đổi mật khẩu',
      inactiveDays: 'Số ngày tài khoản cán bộ không dùng thì bị khóa',
      inactiveWarningDays: 'Số ngày báo trước khi khóa tài khoản không dùng',
      recoveryWaitHours: 'Số giờ chờ sau khi hai quản trị viên đồng ý gỡ cách xác minh',
      codeMinutes: 'Số phút mã xác minh có hiệu lực',
      codeAttempts: 'Số lần nhập sai một mã xác minh',
      resetLinkHours: 'Số giờ liên kết đặt lại mật khẩu có hiệu lực',
    },
    others: 'Phiên làm việc và bước xác minh thứ hai',
    idle: 'Phiên kết thúc khi không dùng',
    idleText: (minutes: number, hours: number): string => `Sau ${minutes} phút; lâu nhất ${hours} giờ`,
    second: 'Bước xác minh thứ hai',
    required: 'Bắt buộc với quản trị viên và cán bộ đăng nhập từ ngoài mạng của tỉnh',
    offered: 'Tự nguyện',
    networks: 'Mạng của tỉnh',
    outside: 'Chưa khai báo: mọi địa chỉ được coi là bên ngoài',
    national: 'Định danh điện tử quốc gia',
    off: 'Không kết nối',
    from: (day: string, level: number): string => `Từ ngày ${day} là cách duy nhất cho công dân, doanh nghiệp; mức tài khoản từ ${level}`,
    free: (level: number): string => `Một trong các cách đăng nhập; mức tài khoản từ ${level}`,
    levels: 'Mức độ xác minh từng việc',
  },
  en: {
    title: 'Account rules in force',
    why: 'These figures are read from the running program. Whoever runs it may only tighten them, by the setting in the last column; a change counts after a restart.',
    rule: 'Rule',
    figure: 'In force',
    limit: 'What is allowed',
    atMost: (n: number): string => `At most ${n}`,
    atLeast: (n: number): string => `At least ${n}`,
    fixed: 'Fixed',
    setting: 'Setting',
    none: '—',
    source: 'Limits follow TCVN 14423 (level 3) as the province reads it; to be confirmed by its lawyers.',
    figures: {
      lockoutFailures: 'Wrong passwords in a row before the account is locked for a while',
      lockoutMinutes: 'Minutes of the first lock; each further one twice as long, up to a day',
      idleLockMinutes: 'Minutes without use before an official’s screen locks',
      administratorIdleLockMinutes: 'Minutes without use before an administrator’s screen locks',
      personPasswordLength: 'Length of a citizen’s or business’ password',
      officialPasswordLength: 'Length of an official’s password without a second factor',
      officialPasswordLengthWithFactor: 'Length of an official’s password with a second factor',
      rememberedPasswords: 'Former passwords an official may not use again',
      administratorPasswordDays: 'Days after which administrators change their password',
      inactiveDays: 'Days without use after which an official’s account is locked',
      inactiveWarningDays: 'Days of warning before an unused account is locked',
      recoveryWaitHours: 'Hours of waiting after two administrators agree to remove factors',
      codeMinutes: 'Minutes a verification code is good for',
      codeAttempts: 'Wrong tries with one verification code',
      resetLinkHours: 'Hours a link to reset a password is good for',
    },
    others: 'Sessions and the second factor',
    idle: 'An unused session ends',
    idleText: (minutes: number, hours: number): string => `After ${minutes} minutes; ${hours} hours at the longest`,
    second: 'Second factor',
    required: 'Compulsory for administrators, and for officials from outside the province’s networks',
    offered: 'Of one’s own will',
    networks: 'The province’s networks',
    outside: 'None named: every address counts as outside',
    national: 'National electronic identity',
    off: 'Not connected',
    from: (day: string, level: number): string => `From ${day} the only way for citizens and businesses; account level ${level} or higher`,
    free: (level: number): string => `One of the ways to sign in; account level ${level} or higher`,
    levels: 'Level of assurance of each act',
  },
}); // prettier-ignore

/** Every figure of the account rules as this process holds to it, with what a province may choose. */
export function PolicyPage(props: {
  figures: readonly PolicyFigure[];
  session: { idleMinutes: number; maxHours: number };
  secondFactor: 'offered' | 'required';
  networks: readonly string[];
  national: { from: string | null; level: number } | null;
}) {
  const w = words.use();
  const { national } = props;
  const nationalText = !national
    ? w.off
    : national.from
      ? w.from(formatDate(national.from), national.level)
      : w.free(national.level);
  const row = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
  return (
    <WorkspaceLayout title={w.title} backPath={paths.adminAccounts()}>
      <p class="govuk-body">{w.why}</p>
      <DataTable
        caption={w.title}
        path={paths.adminAccountPolicy()}
        query={{}}
        rows={props.figures}
        idOf={(figure) => figure.key}
        empty={null}
        columns={[
          { heading: w.rule, isRowHeader: true, cell: (figure) => w.figures[figure.key] },
          { heading: w.figure, isNumeric: true, cell: (figure) => figure.value },
          {
            heading: w.limit,
            isTight: true,
            cell: ({ bound }) =>
              bound === null ? w.fixed : bound.atLeast ? w.atLeast(bound.value) : w.atMost(bound.value),
          },
          {
            heading: w.setting,
            isTight: true,
            cell: (figure) => (figure.variable ? <code>{figure.variable}</code> : w.none),
          },
        ]}
      />
      <p class="govuk-body govuk-hint">{w.source}</p>
      <h2 class="govuk-heading-m">{w.others}</h2>
      <SummaryList
        rows={[
          row(w.idle, w.idleText(props.session.idleMinutes, props.session.maxHours)),
          row(w.second, props.secondFactor === 'required' ? w.required : w.offered),
          row(w.networks, props.networks.join(', ') || w.outside),
          row(w.national, nationalText),
        ]}
      />
      <p class="govuk-body">
        <Link to={paths.adminAssurance()}>{w.levels}</Link>
      </p>
    </WorkspaceLayout>
  );
}
