import type { ComponentChildren } from 'preact';
import type { PageView } from '../../platform/http/page-context.ts';
import { BarChart } from '../components/bar-chart.tsx';
import { CardGrid } from '../components/card-grid.tsx';
import { DeadlineTag } from '../components/deadline-tag.tsx';
import { DescriptionGrid } from '../components/description-grid.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorSummaryFor } from '../components/error-summary-for.tsx';
import { FileList } from '../components/file-list.tsx';
import { bound, boundDate, boundFile, boundMany, type FormState } from '../components/form-state.ts';
import { ColumnChart, LineChart } from '../components/line-chart.tsx';
import { SearchHero } from '../components/search-hero.tsx';
import { StatTiles } from '../components/stat-tiles.tsx';
import { StepIndicator } from '../components/step-indicator.tsx';
import { Form } from '../form.tsx';
import { formatDateTime, formatMoney, formatNumber, maskIdentityNumber } from '../format.ts';
import { Button } from '../govuk/button.tsx';
import { CharacterCount } from '../govuk/character-count.tsx';
import { Checkboxes } from '../govuk/checkboxes.tsx';
import { DateInput } from '../govuk/date-input.tsx';
import { Details } from '../govuk/details.tsx';
import { FileUpload } from '../govuk/file-upload.tsx';
import { Input } from '../govuk/input.tsx';
import { InsetText } from '../govuk/inset-text.tsx';
import { Panel } from '../govuk/panel.tsx';
import { PasswordInput } from '../govuk/password-input.tsx';
import { Radios } from '../govuk/radios.tsx';
import { Select } from '../govuk/select.tsx';
import { SummaryList } from '../govuk/summary-list.tsx';
import { Tag } from '../govuk/tag.tsx';
import { TaskList } from '../govuk/task-list.tsx';
import { WarningText } from '../govuk/warning-text.tsx';
import { ErrorPage } from '../layouts/error-page.tsx';
import { KioskLayout } from '../layouts/kiosk-layout.tsx';
import { PublicLayout } from '../layouts/public-layout.tsx';
import { Link } from '../link.tsx';
import { paths } from '../paths.ts';
import { now, official, officialDossier, timeline, worklist } from './preview-workspace.tsx';

/** Pages that show every layout and shared part with believable content: looked at as pictures, visited by axe and the HTML validator. */
export interface PreviewPage {
  view: Partial<PageView>;
  content: ComponentChildren;
}

const citizen = { name: 'Trần Thị Hoa', kind: 'citizen' } as const;
const home = (
  <PublicLayout
    title="Trang chủ"
    hero={
      <SearchHero
        heading="Bạn cần làm thủ tục gì?"
        lead="1.653 thủ tục · 207 thủ tục làm hoàn toàn trên mạng"
        action={paths.search()}
        label="Tìm thủ tục"
        placeholder="Ví dụ: đăng ký kết hôn, cấp phép xây dựng…"
        buttonText="Tìm kiếm"
        examplesLabel="Nhiều người tìm:"
        examples={['Khai sinh', 'Đăng ký kết hôn', 'Hộ kinh doanh'].map((text) => ({
          text,
          path: paths.search({ q: text }),
        }))}
      />
    }
  >
    <CardGrid
      headingLevel={2}
      cards={[
        ['Khai sinh, kết hôn, khai tử', 'Hộ tịch, quốc tịch, chứng thực bản sao', 41],
        ['Đất đai, nhà ở, xây dựng', 'Cấp giấy chứng nhận, biến động, cấp phép', 96],
        ['Thành lập và đăng ký kinh doanh', 'Hộ kinh doanh, hợp tác xã, giấy phép con', 122],
        ['Y tế, bảo trợ xã hội', 'Chứng chỉ hành nghề, trợ cấp, người khuyết tật', 88],
        ['Giao thông vận tải', 'Giấy phép lái xe, đăng ký phương tiện, vận tải', 64],
        ['Môi trường, thủy sản', 'Giấy phép môi trường, đăng ký tàu cá', 37],
      ].map(([title, text, count]) => ({
        title: String(title),
        text,
        meta: `${count} thủ tục`,
        path: paths.procedureField({ field: 'x' }),
      }))}
    />
    <h2 class="govuk-heading-m">Tháng này, toàn tỉnh</h2>
    <StatTiles
      tiles={[
        { value: formatNumber(12418), label: 'hồ sơ tiếp nhận' },
        { value: '98,7%', label: 'giải quyết đúng hạn' },
        { value: '63%', label: 'nộp trực tuyến' },
        { value: '4,8/5', label: 'mức độ hài lòng' },
      ]}
    />
  </PublicLayout>
);

const procedure = (
  <PublicLayout
    title="Đăng ký kết hôn"
    breadcrumbs={[
      { text: 'Thủ tục hành chính', path: paths.procedures() },
      { text: 'Hộ tịch', path: '/x' },
      { text: 'Đăng ký kết hôn' },
    ]}
    aside={
      <div class="sen-panel sen-panel--actions">
        <h2 class="govuk-heading-s">Cần giúp?</h2>
        <p class="govuk-body">Gọi 1022 hoặc đến bộ phận Một cửa nơi bạn cư trú.</p>
        <Link to={paths.help()}>Câu hỏi thường gặp</Link>
      </div>
    }
  >
    <span class="govuk-caption-l">Hộ tịch · Mã 1.000894</span>
    <h1 class="govuk-heading-xl">Đăng ký kết hôn</h1>
    <p class="govuk-body-l">
      Nam, nữ đủ điều kiện kết hôn đăng ký tại Ủy ban nhân dân xã, phường nơi cư trú của một trong hai bên.
    </p>
    <DescriptionGrid
      items={[
        { term: 'Thời hạn', value: 'Trong ngày làm việc', isStrong: true },
        { term: 'Lệ phí', value: 'Miễn phí', isStrong: true },
        { term: 'Nộp ở đâu', value: 'Trên mạng hoặc tại Một cửa cấp xã' },
        { term: 'Mức độ', value: <Tag classes="govuk-tag--green" text="Làm hoàn toàn trên mạng" /> },
        { term: 'Căn cứ pháp lý', value: 'Luật Hộ tịch số 60/2014/QH13; Nghị định 123/2015/NĐ-CP', isWide: true },
      ]}
    />
    <Button text="Nộp hồ sơ" href={paths.startApplication({ code: '1' })} isStartButton />
    <h2 class="govuk-heading-m">Giấy tờ cần có</h2>
    <FileList
      label="Biểu mẫu"
      files={[
        { name: 'To-khai-dang-ky-ket-hon.docx', path: '/x', sizeBytes: 24_500, note: 'Mẫu tờ khai' },
        { name: 'Huong-dan.pdf', path: '/y', sizeBytes: 1_420_000 },
      ]}
    />
    <Details summaryText="Ai không phải nộp giấy xác nhận tình trạng hôn nhân?">
      Người đã có dữ liệu trong cơ sở dữ liệu quốc gia.
    </Details>
    <WarningText text="Hai bên phải cùng có mặt khi nhận giấy chứng nhận kết hôn." />
  </PublicLayout>
);

const wrongForm: FormState = {
  values: {
    phone: '09123',
    'birth-day': '31',
    'birth-month': '2',
    'birth-year': '1995',
    channel: 'online',
    note: 'Xin nhận sớm',
  },
  errors: {
    phone: 'Số điện thoại có 10 chữ số, bắt đầu bằng 0',
    birth: 'Ngày sinh phải là một ngày có thật',
    paper: 'Hãy chọn tệp nhỏ hơn 20 MB',
  },
};

const form = (
  <PublicLayout
    title="Giấy tờ tùy thân của bạn"
    subtitle="Đăng ký kết hôn"
    isQuiet
    backPath="/nop-ho-so/1"
    width="narrow"
    hasErrors
  >
    <ErrorSummaryFor form={wrongForm} targets={{ birth: 'birth-day' }} />
    <StepIndicator
      current={1}
      steps={[
        { name: 'Bên nam', path: '/x' },
        { name: 'Bên nữ' },
        { name: 'Giấy tờ' },
        { name: 'Nhận kết quả' },
        { name: 'Kiểm tra' },
      ]}
    />
    <h1 class="govuk-heading-l">Giấy tờ tùy thân của bạn</h1>
    <InsetText>
      Họ tên, ngày sinh và nơi thường trú đã lấy từ Cơ sở dữ liệu quốc gia về dân cư lúc 09:41. Bạn không cần chụp lại
      căn cước.
    </InsetText>
    <SummaryList
      rows={[
        {
          key: { text: 'Họ và tên' },
          value: { text: 'Trần Thị Hoa' },
          actions: { items: [{ text: 'Sửa', href: '#phone', visuallyHiddenText: 'họ và tên' }] },
        },
        { key: { text: 'Số định danh' }, value: { text: maskIdentityNumber('040195000012') } },
        { key: { text: 'Lệ phí' }, value: { text: formatMoney(1_250_000) } },
      ]}
    />
    <Form action="/nop-ho-so/1/2" upload>
      <Input
        {...bound(wrongForm, 'phone')}
        label={{ text: 'Số điện thoại', classes: 'govuk-label--s' }}
        hint={{ text: 'Chúng tôi nhắn tin khi có kết quả' }}
        classes="govuk-input--width-10"
        inputmode="tel"
        autocomplete="tel"
      />
      <DateInput
        {...boundDate(wrongForm, 'birth')}
        fieldset={{ legend: { text: 'Ngày sinh', classes: 'govuk-fieldset__legend--s' } }}
        hint={{ text: 'Ví dụ: 27 3 1995' }}
      />
      <Select
        {...bound(wrongForm, 'ward')}
        label={{ text: 'Xã, phường nơi cư trú', classes: 'govuk-label--s' }}
        items={[
          { value: '', text: 'Chọn xã, phường' },
          { value: '1', text: 'Phường Trường Vinh' },
        ]}
      />
      <Radios
        {...bound(wrongForm, 'channel')}
        fieldset={{ legend: { text: 'Nhận kết quả ở đâu?', classes: 'govuk-fieldset__legend--s' } }}
        items={[
          { value: 'online', text: 'Bản điện tử, trong kho giấy tờ của tôi' },
          { value: 'desk', text: 'Tại bộ phận Một cửa phường Trường Vinh', hint: { text: 'Mang theo căn cước' } },
          {
            value: 'post',
            text: 'Qua bưu điện',
            conditional: { html: <Input name="address" label={{ text: 'Địa chỉ nhận' }} /> },
          },
        ]}
      />
      <Checkboxes
        {...boundMany(wrongForm, 'consent')}
        items={[{ value: 'yes', text: 'Tôi cam đoan lời khai trên là đúng sự thật' }]}
        fieldset={{ legend: { text: 'Cam đoan', classes: 'govuk-fieldset__legend--s' } }}
      />
      <FileUpload
        {...boundFile(wrongForm, 'paper')}
        label={{ text: 'Giấy xác nhận', classes: 'govuk-label--s' }}
        hint={{ text: 'PDF hoặc ảnh, tối đa 20 MB' }}
      />
      <CharacterCount
        {...bound(wrongForm, 'note')}
        maxlength={500}
        label={{ text: 'Ghi chú', classes: 'govuk-label--s' }}
      />
      <PasswordInput name="password" label={{ text: 'Mật khẩu', classes: 'govuk-label--s' }} />
      <div class="govuk-button-group">
        <Button text="Tiếp tục" />
        <Button text="Lưu và làm sau" classes="govuk-button--secondary" name="save" value="1" />
      </div>
    </Form>
  </PublicLayout>
);

const dossier = (
  <PublicLayout
    title="Hồ sơ H41.12-20261120-0000021"
    breadcrumbs={[{ text: 'Hồ sơ của tôi', path: paths.myDossiers() }, { text: 'H41.12-20261120-0000021' }]}
    aside={<TaskAside />}
  >
    <Panel titleText="Đã nhận hồ sơ" headingLevel={2}>
      Mã hồ sơ
      <br />
      <strong>H41.12-20261120-0000021</strong>
    </Panel>
    <h1 class="govuk-heading-l">Đăng ký kết hôn</h1>
    <p class="govuk-body">
      Hạn trả kết quả {formatDateTime(new Date('2026-11-23T07:00:00Z'))}{' '}
      <DeadlineTag due={new Date('2026-11-23T07:00:00Z')} now={now} />
    </p>
    {timeline}
    <EmptyState heading="Chưa có kết quả" text="Kết quả sẽ hiện ở đây và được nhắn đến số điện thoại của bạn.">
      <Button text="Xem hướng dẫn" classes="govuk-button--secondary" href={paths.help()} />
    </EmptyState>
  </PublicLayout>
);

function TaskAside() {
  return (
    <TaskList
      items={[
        { title: { text: 'Thông tin' }, href: '/a', status: { text: 'Đã xong' } },
        { title: { text: 'Giấy tờ' }, href: '/b', status: { tag: { text: 'Chưa làm', classes: 'govuk-tag--blue' } } },
      ]}
    />
  );
}

const months = ['T12', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11'];
const figures = (
  <PublicLayout title="Số liệu công khai" breadcrumbs={[{ text: 'Số liệu công khai' }]}>
    <h1 class="govuk-heading-xl">Số liệu công khai</h1>
    <LineChart
      title="Hồ sơ tiếp nhận và giải quyết, 12 tháng"
      labelHeading="Tháng"
      labels={months}
      series={[
        {
          name: 'Tiếp nhận',
          values: [9800, 8700, 7600, 9900, 10_400, 11_100, 11_800, 12_600, 12_100, 12_900, 13_200, 12_418],
        },
        {
          name: 'Đã giải quyết',
          values: [9500, 8800, 7100, 9500, 10_300, 10_900, 11_600, 12_400, 12_000, 12_500, 13_000, null],
        },
      ]}
    />
    <ColumnChart
      title="Mức độ hài lòng theo tháng"
      labelHeading="Tháng"
      labels={months}
      decimals={1}
      series={[{ name: 'Điểm', values: [4.5, 4.4, 4.6, 4.6, 4.7, 4.6, 4.7, 4.7, 4.8, 4.8, 4.8, 4.8] }]}
    />
    <BarChart
      title="Hồ sơ quá hạn theo đơn vị"
      labelHeading="Đơn vị"
      valueHeading="Số hồ sơ"
      bars={[
        { label: 'Sở Nông nghiệp và Môi trường', value: 41, isBad: true, path: '/x' },
        { label: 'Sở Xây dựng', value: 17 },
        { label: 'Phường Trường Vinh', value: 3 },
      ]}
    />
  </PublicLayout>
);

const kiosk = (
  <KioskLayout title="Bạn cần gì?" startPath="/kiosk" backPath="/kiosk/1">
    <h1 class="govuk-heading-xl">Xin chào, bạn cần gì?</h1>
    <CardGrid
      headingLevel={2}
      cards={[
        { title: 'Lấy số thứ tự', path: '/a', text: 'Nộp hồ sơ tại quầy' },
        { title: 'Tra cứu hồ sơ', path: '/b', text: 'Bằng mã hồ sơ hoặc mã QR' },
        { title: 'Nộp hồ sơ tại đây', path: '/c', text: 'Có cán bộ hướng dẫn' },
      ]}
    />
  </KioskLayout>
);

/** By name; the name is the file name of the picture. */
export const previewPages: Record<string, PreviewPage> = {
  home: { view: {}, content: home },
  procedure: { view: { path: '/thu-tuc-hanh-chinh/1', person: citizen, unreadCount: 2 }, content: procedure },
  form: { view: { path: '/nop-ho-so/1/2', person: citizen }, content: form },
  dossier: {
    view: {
      path: '/tai-khoan/ho-so/1',
      person: citizen,
      downtime: { text: 'Hệ thống bảo trì từ 22:00 đến 24:00 ngày 28/11/2026.' },
      messages: [{ kind: 'success', text: 'Đã gửi giấy tờ bổ sung.' }],
    },
    content: dossier,
  },
  figures: { view: { path: '/so-lieu' }, content: figures },
  worklist: { view: { path: '/lam-viec/ho-so', person: official, unreadCount: 3 }, content: worklist },
  'official-dossier': {
    view: {
      path: '/lam-viec/ho-so/1',
      person: official,
      messages: [{ kind: 'warning', text: 'Hồ sơ này đã quá hạn tiếp nhận.' }],
    },
    content: officialDossier,
  },
  kiosk: { view: { path: '/kiosk' }, content: kiosk },
  'not-found': { view: { path: '/khong-co' }, content: <ErrorPage status={404} reference="7F3K2Q9B" /> },
  'too-fast-en': {
    view: { locale: 'en', path: '/tra-cuu' },
    content: <ErrorPage status={429} reference="7F3K2Q9B" retryAfterSeconds={40} />,
  },
};
