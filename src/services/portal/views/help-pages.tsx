import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { CardGrid } from '../../../ui/components/card-grid.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { helpTopics, type HelpTopic } from '../help-topics.ts';

const words = localWords({
  vi: {
    title: 'Hỗ trợ',
    intro: 'Hướng dẫn ngắn, từng bước một. Không thấy điều bạn cần thì gọi chúng tôi.',
    call: 'Gọi tổng đài',
    write: 'Viết thư',
    others: 'Hướng dẫn khác',
    accessTitle: 'Khả năng tiếp cận',
    accessIntro:
      'Cổng này làm để ai cũng dùng được: người nhìn kém, người không dùng chuột, người dùng điện thoại cũ và mạng chậm.',
    accessDo: 'Chúng tôi làm gì',
    accessPoints: [
      'Theo Hướng dẫn WCAG 2.2 mức AA và Thông tư 26/2020/TT-BTTTT. Mỗi trang được máy kiểm tra mỗi lần sửa cổng.',
      'Mọi việc đều làm được bằng bàn phím, không cần JavaScript.',
      'Chữ phóng to đến 400% vẫn đọc được; màu sắc luôn có chữ đi kèm.',
      'Biểu đồ có bảng số liệu kèm theo. Không có chữ chạy hay nhấp nháy.',
      'Chọn được cỡ chữ, tương phản cao, nền tối, giãn dòng, gạch chân liên kết; trang thủ tục, hướng dẫn, hồ sơ và tờ khai nghe đọc được.',
      'Có trên điện thoại màn hình nhỏ từ 320 điểm ảnh, mỗi trang dưới 200 kB.',
    ],
    displayLink: 'Chọn cỡ chữ, màu sắc cho dễ đọc',
    accessLimits: 'Những chỗ chưa tốt',
    accessLimitsText:
      'Tệp do người dân và cơ quan khác gửi có thể không đọc được bằng phần mềm đọc màn hình. Phiếu PDF chưa gắn thẻ đầy đủ: mọi nội dung của phiếu đều có trên trang hồ sơ.',
    accessTell: 'Báo cho chúng tôi',
    accessTellText: 'Gặp chỗ khó dùng, hãy gọi hoặc viết thư. Chúng tôi trả lời trong 5 ngày làm việc.',
    mapTitle: 'Sơ đồ trang',
    procedures: 'Thủ tục hành chính theo lĩnh vực',
    pages: 'Các trang chính',
    lifeEvents: 'Sự kiện trong đời',
    catalogues: 'Danh mục dùng chung',
    verifySignature: 'Kiểm tra chữ ký số',
    display: 'Cỡ chữ, màu sắc',
    myPage: 'Trang của tôi',
    myPapers: 'Kho giấy tờ',
    searches: 'Tìm kiếm đã lưu',
    mine: 'Của tôi (cần đăng nhập)',
    home: 'Trang chủ',
    search: 'Tìm kiếm',
    tracking: 'Tra cứu hồ sơ',
    figures: 'Số liệu công khai',
    ledger: 'Sổ cái kiểm chứng',
    privacy: 'Quyền riêng tư',
    dossiers: 'Hồ sơ của tôi',
    drafts: 'Bản đang soạn',
    notifications: 'Thông báo',
    account: 'Tài khoản',
    api: 'Tài liệu cho lập trình viên (API)',
    allProcedures: 'Tất cả thủ tục',
  },
  en: {
    title: 'Help',
    intro: 'Short guides, step by step. If you do not find what you need, call us.',
    call: 'Call the hotline',
    write: 'Write',
    others: 'Other guides',
    accessTitle: 'Accessibility',
    accessIntro:
      'This portal is made for everybody: people who see little, who use no mouse, who have an old telephone or a slow network.',
    accessDo: 'What we do',
    accessPoints: [
      'We follow WCAG 2.2 at level AA and Circular 26/2020/TT-BTTTT. Every page is checked by machine at every change.',
      'Everything works with the keyboard and without JavaScript.',
      'Text stays readable at 400%; colour never stands alone.',
      'Charts have a table. Nothing blinks or moves.',
      'Text size, high contrast, dark colours, spacing and underlined links can be chosen; pages of procedures, guides, dossiers and forms can be read aloud.',
      'It works on small telephones from 320 pixels, and no page weighs more than 200 kB.',
    ],
    displayLink: 'Choose text size and colours',
    accessLimits: 'What is not good yet',
    accessLimitsText:
      'Files of citizens and other bodies may not work with a screen reader. The PDF slips are not fully tagged: all they say is on the page of the dossier.',
    accessTell: 'Tell us',
    accessTellText: 'If something is hard to use, call or write. We answer within 5 working days.',
    mapTitle: 'Sitemap',
    procedures: 'Procedures by field',
    pages: 'Main pages',
    lifeEvents: 'Events of life',
    catalogues: 'Shared catalogues',
    verifySignature: 'Check a digital signature',
    display: 'Text and colours',
    myPage: 'My page',
    myPapers: 'My papers',
    searches: 'Saved searches',
    mine: 'Mine (after signing in)',
    home: 'Home',
    search: 'Search',
    tracking: 'Track a dossier',
    figures: 'Public figures',
    ledger: 'Verifiable ledger',
    privacy: 'Privacy',
    dossiers: 'My dossiers',
    drafts: 'Drafts',
    notifications: 'Notifications',
    account: 'Account',
    api: 'For programmers (API)',
    allProcedures: 'All procedures',
  },
});

function Contact() {
  const own = words.use();
  const { province } = usePage();
  return (
    <ul class="govuk-list">
      <li>
        {own.call}:{' '}
        <a class="govuk-link" href={`tel:${province.hotline.replace(/[^\d+]/g, '')}`}>
          {province.hotline}
        </a>
      </li>
      <li>
        {own.write}:{' '}
        <a class="govuk-link" href={`mailto:${province.email}`}>
          {province.email}
        </a>
      </li>
    </ul>
  );
}

/** All guides, and whom to call. */
export function HelpPage() {
  const own = words.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} description={own.intro} breadcrumbs={[{ text: own.title }]}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.intro}</p>
      <CardGrid
        headingLevel={2}
        cards={helpTopics.map((topic) => ({
          title: topic.title[locale],
          text: topic.summary[locale],
          path: paths.helpTopic({ topic: topic.id }),
        }))}
      />
      <Contact />
    </PublicLayout>
  );
}

/** One guide. */
export function HelpTopicPage(props: { topic: HelpTopic }) {
  const own = words.use();
  const locale = useLocale();
  const { topic } = props;
  return (
    <PublicLayout
      title={topic.title[locale]}
      description={topic.summary[locale]}
      breadcrumbs={[{ text: own.title, path: paths.help() }, { text: topic.title[locale] }]}
      width="narrow"
      readsAloud
      aside={
        <>
          <h2 class="govuk-heading-s">{own.others}</h2>
          <ul class="govuk-list">
            {helpTopics
              .filter((each) => each.id !== topic.id)
              .map((each) => (
                <li>
                  <Link to={paths.helpTopic({ topic: each.id })}>{each.title[locale]}</Link>
                </li>
              ))}
          </ul>
          <Contact />
        </>
      }
    >
      <h1 class="govuk-heading-l">{topic.title[locale]}</h1>
      <p class="govuk-body-l">{topic.summary[locale]}</p>
      {topic.parts.map((part) => (
        <section>
          <h2 class="govuk-heading-m">{part.title[locale]}</h2>
          {part.paragraphs?.map((text) => (
            <p class="govuk-body">{text[locale]}</p>
          ))}
          {part.steps && (
            <ol class="govuk-list govuk-list--number govuk-list--spaced">
              {part.steps.map((step) => (
                <li>{step[locale]}</li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </PublicLayout>
  );
}

/** The accessibility statement. */
export function AccessibilityPage() {
  const own = words.use();
  return (
    <PublicLayout title={own.accessTitle} breadcrumbs={[{ text: own.accessTitle }]} width="narrow" readsAloud>
      <h1 class="govuk-heading-l">{own.accessTitle}</h1>
      <p class="govuk-body-l">{own.accessIntro}</p>
      <h2 class="govuk-heading-m">{own.accessDo}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {own.accessPoints.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link to={paths.displaySettings({ ve: paths.accessibility() })}>{own.displayLink}</Link>
      </p>
      <h2 class="govuk-heading-m">{own.accessLimits}</h2>
      <p class="govuk-body">{own.accessLimitsText}</p>
      <h2 class="govuk-heading-m">{own.accessTell}</h2>
      <p class="govuk-body">{own.accessTellText}</p>
      <Contact />
    </PublicLayout>
  );
}

/** The sitemap as a tree (TT 32/2017/TT-BTTTT, Điều 16). */
export function SitemapPage(props: { fields: readonly { code: string; name: { vi: string; en: string } }[] }) {
  const own = words.use();
  const locale = useLocale();
  const tree: [string, [string, string][]][] = [
    [
      own.pages,
      [
        [own.home, paths.home()],
        [own.search, paths.search()],
        [own.tracking, paths.tracking()],
        [own.figures, paths.figures()],
        [own.lifeEvents, paths.lifeEvents()],
        [own.catalogues, paths.catalogues()],
        [own.verifySignature, paths.verifySignature()],
        [own.display, paths.displaySettings()],
        [own.accessTitle, paths.accessibility()],
        [own.ledger, paths.ledger()],
        [own.privacy, paths.privacy()],
        [own.api, paths.apiDocs()],
      ],
    ],
    [
      own.procedures,
      [
        [own.allProcedures, paths.procedures()],
        ...props.fields.map((field): [string, string] => [
          field.name[locale],
          paths.procedureField({ field: field.code }),
        ]),
      ],
    ],
    [
      own.title,
      [
        [own.title, paths.help()],
        ...helpTopics.map((topic): [string, string] => [topic.title[locale], paths.helpTopic({ topic: topic.id })]),
      ],
    ],
    [
      own.mine,
      [
        [own.myPage, paths.personalHome()],
        [own.dossiers, paths.myDossiers()],
        [own.myPapers, paths.storedPapers()],
        [own.searches, paths.savedSearches()],
        [own.drafts, paths.drafts()],
        [own.notifications, paths.notifications()],
        [own.account, paths.account()],
      ],
    ],
  ];
  return (
    <PublicLayout title={own.mapTitle} breadcrumbs={[{ text: own.mapTitle }]}>
      <h1 class="govuk-heading-l">{own.mapTitle}</h1>
      <div class="sen-columns">
        {tree.map(([title, links]) => (
          <section>
            <h2 class="govuk-heading-m">{title}</h2>
            <ul class="govuk-list">
              {links.map(([text, path]) => (
                <li>
                  <Link to={path}>{text}</Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </PublicLayout>
  );
}
