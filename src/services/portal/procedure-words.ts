import { formatMoney } from '../../ui/format.ts';
import type { Audience, Channel, ChannelKind, Fee, Level, TimeLimit } from '../procedures/index.ts';

/* The catalogue in plain words, both languages. */

type Locale = 'vi' | 'en';
interface Pair {
  vi: string;
  en: string;
}

export const levelWords: Readonly<Record<Level, Pair>> = {
  ministry: { vi: 'Cấp bộ', en: 'Ministry' },
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
  other: { vi: 'Cơ quan khác', en: 'Other bodies' },
};
export const audienceWords: Readonly<Record<Audience, Pair>> = {
  citizen: { vi: 'Công dân Việt Nam', en: 'Vietnamese citizens' },
  'overseas-vietnamese': { vi: 'Người Việt Nam ở nước ngoài', en: 'Vietnamese living abroad' },
  foreigner: { vi: 'Người nước ngoài', en: 'Foreigners' },
  official: { vi: 'Cán bộ, công chức, viên chức', en: 'Officials' },
  business: { vi: 'Doanh nghiệp', en: 'Businesses' },
  'foreign-business': { vi: 'Doanh nghiệp có vốn nước ngoài', en: 'Foreign-owned businesses' },
  cooperative: { vi: 'Hợp tác xã', en: 'Cooperatives' },
  organisation: { vi: 'Tổ chức, đơn vị', en: 'Organisations' },
  'foreign-organisation': { vi: 'Tổ chức nước ngoài', en: 'Foreign organisations' },
  party: { vi: 'Tổ chức đảng, đoàn thể', en: 'Party and mass organisations' },
};
export const channelWords: Readonly<Record<ChannelKind, Pair>> = {
  online: { vi: 'Trực tuyến', en: 'Online' },
  counter: { vi: 'Tại quầy', en: 'At the counter' },
  post: { vi: 'Qua bưu chính', en: 'By post' },
};
export const onlineWords: Readonly<Record<'none' | 'partial' | 'full', Pair & { short: Pair }>> = {
  full: {
    vi: 'Làm hoàn toàn trên mạng (toàn trình)',
    en: 'Entirely online',
    short: { vi: 'Toàn trình', en: 'Entirely online' },
  },
  partial: {
    vi: 'Nộp trên mạng, có bước phải đến (một phần)',
    en: 'Apply online, one step in person',
    short: { vi: 'Một phần', en: 'Partly online' },
  },
  none: {
    vi: 'Nộp trực tiếp hoặc qua bưu chính',
    en: 'At the counter or by post',
    short: { vi: 'Trực tiếp', en: 'In person' },
  },
};

const UNITS: Readonly<Record<NonNullable<TimeLimit['unit']>, { vi: string; one: string; many: string }>> = {
  workingHour: { vi: 'giờ làm việc', one: 'working hour', many: 'working hours' },
  hour: { vi: 'giờ', one: 'hour', many: 'hours' },
  workingDay: { vi: 'ngày làm việc', one: 'working day', many: 'working days' },
  day: { vi: 'ngày', one: 'day', many: 'days' },
  month: { vi: 'tháng', one: 'month', many: 'months' },
};

/** `5 ngày làm việc`; the source's words when it gives no amount, and plainly nothing when it is silent. */
export function timeWords(time: TimeLimit | undefined, locale: Locale): string {
  if (!time || time.amount === null || time.unit === null)
    return time?.text ?? { vi: 'Chưa có quy định', en: 'Not laid down' }[locale];
  const unit = UNITS[time.unit];
  const amount = locale === 'vi' ? String(time.amount).replace('.', ',') : String(time.amount);
  return `${amount} ${locale === 'vi' ? unit.vi : time.amount === 1 ? unit.one : unit.many}`;
}

/** One fee: name, case and amount. */
export function feeWords(fee: Fee, locale: Locale): { name: string; when: string | null; amount: string } {
  const say = (words: { vi: string; en?: string | undefined } | null) =>
    words ? (locale === 'en' && words.en) || words.vi : null;
  const kind = fee.kind === 'fee' ? { vi: 'Lệ phí', en: 'Fee' } : { vi: 'Phí', en: 'Charge' };
  return {
    name: say(fee.name) ?? kind[locale],
    when: say(fee.case),
    amount:
      fee.amountDong === null
        ? (fee.text ?? { vi: 'Theo quy định', en: 'As laid down' }[locale])
        : formatMoney(fee.amountDong, locale),
  };
}

/** How much a way in costs, in one line. */
export function costWords(channel: Channel | undefined, locale: Locale): string {
  if (!channel || !channel.feesKnown) return { vi: 'Chưa có thông tin', en: 'Not stated' }[locale];
  const always = channel.fees.filter((fee) => fee.case === null);
  if (always.some((fee) => fee.amountDong === null)) return { vi: 'Theo quy định', en: 'As laid down' }[locale];
  const total = always.reduce((sum, fee) => sum + (fee.amountDong ?? 0), 0);
  if (total > 0) return formatMoney(total, locale);
  return channel.fees.length === 0
    ? { vi: 'Miễn phí', en: 'Free' }[locale]
    : { vi: 'Miễn phí, trừ trường hợp riêng', en: 'Free, except in some cases' }[locale];
}

/** What people look for, as they would say it: the words of a field's card. Fields of other provinces show their own names. */
export const fieldWords: Readonly<Record<string, { title: Pair; text: Pair }>> = {
  'ho-tich-chung-thuc': {
    title: { vi: 'Khai sinh, kết hôn, khai tử', en: 'Birth, marriage, death' },
    text: { vi: 'Trích lục hộ tịch, chứng thực bản sao, chữ ký', en: 'Extracts, certified copies and signatures' },
  },
  'bao-tro-xa-hoi': {
    title: { vi: 'Trợ cấp, người khuyết tật, trẻ em', en: 'Benefits, disability, children' },
    text: { vi: 'Trợ cấp hằng tháng, mai táng, hộ nghèo', en: 'Monthly benefits, funeral costs, poor households' },
  },
  'y-te': {
    title: { vi: 'Khám chữa bệnh, dược, an toàn thực phẩm', en: 'Health, pharmacy, food safety' },
    text: {
      vi: 'Giấy phép hành nghề, nhà thuốc, cơ sở ăn uống',
      en: 'Licences to practise, pharmacies, eating places',
    },
  },
  'giao-duc-va-dao-tao': {
    title: { vi: 'Trường lớp, văn bằng, học sinh', en: 'Schools, degrees, pupils' },
    text: {
      vi: 'Chuyển trường, bản sao bằng, mở trung tâm',
      en: 'Changing schools, copies of degrees, opening a centre',
    },
  },
  'xuat-nhap-canh': {
    title: { vi: 'Đi nước ngoài', en: 'Going abroad' },
    text: { vi: 'Hộ chiếu, giấy thông hành', en: 'Passports and travel papers' },
  },
  'an-ninh-trat-tu': {
    title: { vi: 'Con dấu, ngành nghề có điều kiện', en: 'Seals and controlled trades' },
    text: { vi: 'Cầm đồ, bảo vệ, pháo hoa', en: 'Pawnshops, guards, fireworks' },
  },
  'dat-dai': {
    title: { vi: 'Đất đai, sổ đỏ', en: 'Land and land certificates' },
    text: { vi: 'Cấp giấy chứng nhận, sang tên, tách thửa', en: 'Certificates, transfers, splitting a plot' },
  },
  'xay-dung': {
    title: { vi: 'Xây, sửa nhà', en: 'Building and rebuilding' },
    text: { vi: 'Giấy phép xây dựng, quy hoạch, nhà ở', en: 'Building permits, planning, housing' },
  },
  'moi-truong': {
    title: { vi: 'Môi trường, nước, khoáng sản', en: 'Environment, water, minerals' },
    text: { vi: 'Giấy phép môi trường, khai thác nước', en: 'Environmental permits, use of water' },
  },
  'giao-thong': {
    title: { vi: 'Lái xe, xe cộ, vận tải', en: 'Driving, vehicles, transport' },
    text: { vi: 'Giấy phép lái xe, đăng ký xe, phù hiệu', en: 'Driving licences, registration, badges' },
  },
  'kinh-doanh': {
    title: { vi: 'Mở cửa hàng, lập doanh nghiệp', en: 'Opening a shop or a company' },
    text: {
      vi: 'Hộ kinh doanh, hợp tác xã, rượu, thuốc lá',
      en: 'Household businesses, cooperatives, alcohol, tobacco',
    },
  },
  'thuy-san': {
    title: { vi: 'Tàu cá, nuôi trồng thủy sản', en: 'Fishing boats and fish farming' },
    text: { vi: 'Đăng ký tàu cá, giấy phép khai thác', en: 'Boat registration, fishing licences' },
  },
  'du-lich': {
    title: { vi: 'Du lịch, khách sạn', en: 'Tourism and hotels' },
    text: { vi: 'Lữ hành, hướng dẫn viên, xếp hạng', en: 'Tour operators, guides, ratings' },
  },
  'van-hoa': {
    title: { vi: 'Lễ hội, biểu diễn, quảng cáo', en: 'Festivals, shows, advertising' },
    text: { vi: 'Karaoke, triển lãm, di sản, thể thao', en: 'Karaoke, exhibitions, heritage, sport' },
  },
  'truyen-thong': {
    title: { vi: 'Báo chí, xuất bản, mạng', en: 'Press, publishing, networks' },
    text: { vi: 'In ấn, trang tin, trò chơi điện tử', en: 'Printing, news sites, video games' },
  },
  'khoa-hoc-cong-nghe': {
    title: { vi: 'Khoa học, sở hữu trí tuệ', en: 'Science and intellectual property' },
    text: { vi: 'Đăng ký hoạt động, an toàn bức xạ', en: 'Registration, radiation safety' },
  },
};

/** Fields in the groups in which people look for them; what is in no group stands in the last one. */
export const fieldGroups: readonly { title: Pair; fields: readonly string[] }[] = [
  {
    title: { vi: 'Gia đình và đời sống', en: 'Family and everyday life' },
    fields: [
      'ho-tich-chung-thuc',
      'bao-tro-xa-hoi',
      'y-te',
      'giao-duc-va-dao-tao',
      'xuat-nhap-canh',
      'an-ninh-trat-tu',
    ],
  },
  {
    title: { vi: 'Nhà đất, xe cộ, môi trường', en: 'Land, vehicles, environment' },
    fields: ['dat-dai', 'xay-dung', 'giao-thong', 'moi-truong'],
  },
  { title: { vi: 'Làm ăn, nghề nghiệp', en: 'Business and professions' }, fields: [] },
];
