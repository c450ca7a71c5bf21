import { useLocale } from '../../../platform/http/page-context.ts';
import { CardGrid } from '../../../ui/components/card-grid.tsx';
import { SearchHero } from '../../../ui/components/search-hero.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatNumber, formatPercent } from '../../../ui/format.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Field, ProcedureSummary } from '../../procedures/index.ts';
import type { LifeEvent } from '../life-events.ts';
import { onlineShare, onTimeShare, type Counts } from '../figures.ts';
import { fieldGroups, fieldWords, onlineWords } from '../procedure-words.ts';
import { usePage } from '../../../platform/http/page-context.ts';

const words = localWords({
  vi: {
    title: 'Trang chủ',
    description: 'Tìm thủ tục, nộp hồ sơ trên mạng và theo dõi kết quả.',
    heading: 'Bạn cần làm thủ tục gì?',
    lead: (all: string, full: string): string => `${all} thủ tục · ${full} thủ tục làm hoàn toàn trên mạng`,
    search: 'Tìm thủ tục hành chính',
    placeholder: 'Ví dụ: đăng ký khai sinh',
    button: 'Tìm kiếm',
    often: 'Hay tìm:',
    events: 'Sự kiện trong đời',
    used: 'Thủ tục làm nhiều nhất',
    offered: (n: string): string => `${n} thủ tục`,
    figures: (month: string): string => `Tháng ${month}, toàn tỉnh`,
    received: 'hồ sơ tiếp nhận',
    onTime: 'giải quyết đúng hạn',
    online: 'nộp trực tuyến',
    submitted: 'hồ sơ nộp vào',
    all: 'Xem tất cả số liệu',
    noFigure: 'chưa có',
    how: 'Làm trên mạng gồm ba bước',
    steps: [
      [
        'Tìm thủ tục',
        'Gõ việc bạn cần làm, không cần dấu. Trang thủ tục cho biết cần giấy gì, mất bao lâu, bao nhiêu tiền.',
      ],
      ['Điền và gửi', 'Đăng nhập, điền tờ khai, chụp giấy tờ gửi lên. Dừng giữa chừng cũng được, nội dung vẫn còn.'],
      ['Theo dõi và nhận kết quả', 'Mỗi bước đều báo cho bạn. Nhận bản điện tử, tại quầy hoặc qua bưu chính.'],
    ],
    help: 'Cần giúp?',
    helpText: (hotline: string): string =>
      `Gọi ${hotline} hoặc đến Trung tâm Phục vụ hành chính công gần nhất, có người làm cùng bạn.`,
    guides: 'Hướng dẫn từng bước',
    track: 'Tra cứu hồ sơ',
    trackText: 'Nhập mã hồ sơ và mã tra cứu trên giấy hẹn để biết hồ sơ đến đâu, không cần đăng nhập.',
  },
  en: {
    title: 'Home',
    description: 'Find a procedure, apply online and follow your dossier.',
    heading: 'What do you need to do?',
    lead: (all: string, full: string): string => `${all} procedures · ${full} of them entirely online`,
    search: 'Find an administrative procedure',
    placeholder: 'For example: register a birth',
    button: 'Search',
    often: 'Often asked for:',
    events: 'Events of life',
    used: 'Most used procedures',
    offered: (n: string): string => `${n} procedures`,
    figures: (month: string): string => `The whole province in ${month}`,
    received: 'dossiers received',
    onTime: 'finished on time',
    online: 'handed in online',
    submitted: 'dossiers handed in',
    all: 'See all figures',
    noFigure: 'none yet',
    how: 'Online, in three steps',
    steps: [
      [
        'Find the procedure',
        'Type what you need to do; marks are not needed. Its page says which papers, how long and how much.',
      ],
      [
        'Fill in and send',
        'Sign in, fill in the form, take pictures of your papers. You can stop half way; nothing is lost.',
      ],
      [
        'Follow it, get the result',
        'You are told at every step. Get the result electronically, at the counter or by post.',
      ],
    ],
    help: 'Do you need help?',
    helpText: (hotline: string): string =>
      `Call ${hotline}, or come to the nearest public service centre: somebody will do it with you.`,
    guides: 'Guides, step by step',
    track: 'Track a dossier',
    trackText: 'Type the dossier code and the tracking code of your slip to see how far it is. No need to sign in.',
  },
});

export interface HomePageProps {
  fields: readonly Field[];
  /** Procedures offered, by field. */
  counts: Readonly<Record<string, number>>;
  total: number;
  entirelyOnline: number;
  used: readonly ProcedureSummary[];
  events: readonly LifeEvent[];
  month: string;
  figures: Counts;
}

/** The front page: search first, then what people look for. A field in which nothing is offered has no card. */
export function HomePage(props: HomePageProps) {
  const own = words.use();
  const locale = useLocale();
  const { province } = usePage();
  const [year, month] = props.month.split('-');
  const examples = props.used.slice(0, 4).map((each) => ({
    text: (locale === 'en' && each.name.en) || each.name.vi,
    path: paths.procedure({ code: each.code }),
  }));
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share, locale));
  const hero = (
    <SearchHero
      heading={own.heading}
      lead={own.lead(formatNumber(props.total, locale), formatNumber(props.entirelyOnline, locale))}
      action={paths.search()}
      label={own.search}
      placeholder={own.placeholder}
      buttonText={own.button}
      examplesLabel={own.often}
      examples={examples}
    />
  );
  return (
    <PublicLayout title={own.title} description={own.description} hero={hero}>
      {groupsOf(props.fields.filter((field) => (props.counts[field.code] ?? 0) > 0)).map((group) => (
        <section>
          <h2 class="govuk-heading-m">{group.title[locale]}</h2>
          <CardGrid
            headingLevel={3}
            cards={group.fields.map((field) => ({
              title: fieldWords[field.code]?.title[locale] ?? field.name[locale],
              text: fieldWords[field.code]?.text[locale],
              meta: `${field.name[locale]} · ${own.offered(formatNumber(props.counts[field.code] ?? 0, locale))}`,
              path: paths.procedureField({ field: field.code }),
            }))}
          />
        </section>
      ))}
      {props.events.length > 0 && (
        <section class="sen-section">
          <h2 class="govuk-heading-m">{own.events}</h2>
          <ul class="sen-choices">
            {props.events.map((event) => (
              <li>
                <Link to={paths.lifeEvent({ event: event.key })} class="sen-choice">
                  {event.title[locale]}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.used.length > 0 && (
        <section>
          <h2 class="govuk-heading-m">{own.used}</h2>
          <ul class="sen-linklist">
            {props.used.map((each) => (
              <li>
                <Link to={paths.procedure({ code: each.code })}>
                  {(locale === 'en' && each.name.en) || each.name.vi}
                </Link>{' '}
                <span class="sen-soft">{onlineWords[each.onlineScope].short[locale]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 class="govuk-heading-m">{own.figures(`${Number(month)}/${year}`)}</h2>
        <StatTiles
          tiles={[
            { value: formatNumber(props.figures.submitted, locale), label: own.submitted },
            { value: formatNumber(props.figures.received, locale), label: own.received },
            { value: percent(onTimeShare(props.figures)), label: own.onTime },
            { value: percent(onlineShare(props.figures)), label: own.online },
          ]}
        />
        <p class="govuk-body">
          <Link to={paths.figures()}>{own.all}</Link>
        </p>
      </section>
      <section>
        <h2 class="govuk-heading-m">{own.how}</h2>
        <ol class="sen-how">
          {own.steps.map(([name, text]) => (
            <li class="sen-how__step">
              <h3 class="sen-how__name">{name}</h3>
              <p class="sen-how__text">{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <div class="govuk-grid-row">
        <section class="govuk-grid-column-one-half">
          <h2 class="govuk-heading-m">{own.track}</h2>
          <p class="govuk-body">{own.trackText}</p>
          <p class="govuk-body">
            <Link to={paths.tracking()}>{own.track}</Link>
          </p>
        </section>
        <section class="govuk-grid-column-one-half">
          <h2 class="govuk-heading-m">{own.help}</h2>
          <p class="govuk-body">{own.helpText(province.hotline)}</p>
          <p class="govuk-body">
            <Link to={paths.help()}>{own.guides}</Link>
          </p>
        </section>
      </div>
    </PublicLayout>
  );
}

/** Fields in their groups; those of no group stand in the last one. */
export function groupsOf(fields: readonly Field[]) {
  const byCode = new Map(fields.map((field) => [field.code, field]));
  const grouped = new Set(fieldGroups.flatMap((group) => group.fields));
  return fieldGroups
    .map((group, index) => ({
      title: group.title,
      fields: [
        ...group.fields.flatMap((code) => byCode.get(code) ?? []),
        ...(index === fieldGroups.length - 1 ? fields.filter((field) => !grouped.has(field.code)) : []),
      ],
    }))
    .filter((group) => group.fields.length > 0);
}
