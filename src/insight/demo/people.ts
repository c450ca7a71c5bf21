import type { Dice } from './dice.ts';

/** An invented person of the province. */
export interface Person {
  name: string;
  gender: 'male' | 'female';
  birthDate: string;
  identityNumber: string;
  phone: string;
  email: string;
  addressLine: string;
}

/* Family names as frequent as in Nghệ An, where Hồ, Cao, Đậu, Phan and the Thái names Lô, Lương, Vi, Kha stand out. */
const FAMILY = [
  ['Nguyễn', 300],
  ['Trần', 90],
  ['Lê', 85],
  ['Phan', 60],
  ['Hoàng', 58],
  ['Phạm', 52],
  ['Hồ', 48],
  ['Võ', 34],
  ['Bùi', 32],
  ['Cao', 28],
  ['Đặng', 27],
  ['Vũ', 22],
  ['Ngô', 21],
  ['Đậu', 19],
  ['Thái', 18],
  ['Lô', 18],
  ['Lương', 16],
  ['Vi', 15],
  ['Dương', 14],
  ['Đinh', 12],
  ['Trương', 12],
  ['Đào', 9],
  ['Hà', 9],
  ['Chu', 8],
  ['Kha', 7],
  ['Quang', 6],
  ['Lữ', 6],
  ['Moong', 4],
  ['Lầu', 4],
  ['Xồng', 3],
  ['Tăng', 3],
] as const;
const MIDDLE_MALE = [
  ['Văn', 34],
  ['Đức', 9],
  ['Xuân', 8],
  ['Hữu', 8],
  ['Đình', 8],
  ['Quang', 6],
  ['Minh', 6],
  ['Ngọc', 5],
  ['Thanh', 4],
  ['Bá', 4],
  ['Sỹ', 4],
  ['Anh', 3],
  ['Trọng', 3],
] as const;
const MIDDLE_FEMALE = [
  ['Thị', 52],
  ['Thị Thu', 5],
  ['Thị Thanh', 4],
  ['Thị Hồng', 4],
  ['Thị Ngọc', 4],
  ['Thị Mai', 3],
  ['Thị Khánh', 3],
  ['Thanh', 3],
  ['Thuỳ', 2],
  ['Phương', 2],
  ['Quỳnh', 2],
  ['Bảo', 2],
] as const;
const GIVEN_MALE =
  'An Anh Bảo Bình Chiến Công Cường Dũng Duy Đạt Đông Đức Giang Hải Hào Hậu Hiếu Hoà Hoàng Hùng Huy Khánh Khoa Kiên Lâm Linh Long Lực Mạnh Minh Nam Nghĩa Nhân Phong Phúc Quân Quang Quý Sơn Tài Tâm Thái Thắng Thành Thiện Thịnh Tiến Toàn Trung Tú Tuấn Tùng Việt Vinh'.split(
    ' ',
  );
const GIVEN_FEMALE =
  'An Anh Bích Châu Chi Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hoài Hồng Huệ Hương Huyền Lam Lan Liên Linh Loan Ly Mai My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phương Quyên Quỳnh Sen Tâm Thảo Thắm Thơm Thuý Thư Thương Tình Trang Trinh Uyên Vân Xuân Yến'.split(
    ' ',
  );
const PREFIXES =
  '032 033 034 035 036 037 038 039 086 096 097 098 081 082 083 084 085 088 091 094 070 076 077 078 079 089 090 093'.split(
    ' ',
  );

const two = (n: number): string => String(n).padStart(2, '0');

const plain = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();

/**
 * The person of a number: always the same one. `commune` is the name of where they live. The identity number has the structure of TT
 * 59/2021/TT-BCA (province 040, century and sex, year, six digits) and is unique up to a million people.
 */
export function personOf(dice: Dice, serial: number, commune: string): Person {
  const gender = dice.chance(0.5) ? 'male' : 'female';
  const year = dice.weighted([
    [dice.between(1945, 1965), 2],
    [dice.between(1966, 1985), 5],
    [dice.between(1986, 2007), 5],
  ]);
  const male = gender === 'male';
  const name =
    `${dice.weighted(FAMILY)} ${dice.weighted(male ? MIDDLE_MALE : MIDDLE_FEMALE)} ${dice.pick(male ? GIVEN_MALE : GIVEN_FEMALE)}`.normalize(
      'NFC',
    );
  const century = (year < 2000 ? 0 : 2) + (male ? 0 : 1);
  const words = plain(name).split(' ');
  const isWard = commune.startsWith('phường') || commune.startsWith('Phường');
  return {
    name,
    gender,
    birthDate: `${year}-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}`,
    // 611,953 is prime to a million, so every serial gives other six digits.
    identityNumber: `040${century}${two(year % 100)}${String((serial * 611_953 + 104_729) % 1_000_000).padStart(6, '0')}`,
    phone: `${dice.pick(PREFIXES)}${String(dice.between(0, 9_999_999)).padStart(7, '0')}`,
    email: `${words.at(-1)}${words[0]}${serial}@example.vn`,
    addressLine: isWard
      ? `${dice.chance(0.6) ? `Số ${dice.between(1, 240)}, ` : ''}khối ${dice.between(1, 14)}`
      : `${dice.chance(0.7) ? 'Xóm' : 'Bản'} ${dice.between(1, 16)}`,
  };
}

const TRADES = [
  'Xây dựng',
  'Thương mại',
  'Vận tải',
  'Nông sản',
  'Cơ khí',
  'Dược phẩm',
  'Du lịch',
  'Chế biến thuỷ sản',
  'Vật liệu',
  'Dịch vụ kỹ thuật',
];
const PLACES = [
  'Sông Lam',
  'Hồng Lĩnh',
  'Phượng Hoàng',
  'Cửa Lò',
  'Hoàng Mai',
  'Pù Mát',
  'Thanh Chương',
  'Yên Thành',
  'Con Cuông',
  'Tân Kỳ',
  'Trường Sơn',
  'Kim Liên',
];
const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** An invented firm with a tax code whose check digit is right. */
export function businessOf(dice: Dice): { name: string; taxCode: string } {
  const name = `Công ty ${dice.chance(0.7) ? 'TNHH' : 'cổ phần'} ${dice.pick(TRADES)} ${dice.pick(PLACES)}${dice.chance(0.4) ? ` ${dice.between(2, 36)}` : ''}`;
  for (;;) {
    const digits = `290${String(dice.between(0, 999_999)).padStart(6, '0')}`;
    const check = 10 - (TAX_WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11);
    if (check >= 0 && check < 10) return { name, taxCode: `${digits}${check}` };
  }
}
